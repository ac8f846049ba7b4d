"""`brug bench`, as a person runs it, on a size that says nothing about speed."""

import json
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path

from seed.bench.chart import main
from seed.bench.engine import EngineFigures
from seed.bench.peers import installed
from seed.bench.report import report_lines
from seed.bench.run import Figures
from seed.bench.start import bench_start
from seed.mail_bench import bench_mail

BRUG = Path(sys.executable).with_name("brug")
FIGURES = {
    "build_s",
    "memory_mb",
    "suggest_ms_p50",
    "suggest_ms_p95",
    "retrieve_ms_p50",
    "encode_ms_p50",
    "add_ms_p50",
    "allpairs_needs_per_s",
}


def bench(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([BRUG, "bench", *arguments], capture_output=True, text=True, check=False)


def test_every_size_gives_one_object_with_the_figures_of_brug_and_of_the_others() -> None:
    result = bench("--offers", "60", "--needs", "4", "--json")
    assert result.returncode == 0, result.stderr
    row = json.loads(result.stdout)
    assert row["offers"] == 60
    assert set(row) == {"offers", "peers", *FIGURES}
    assert all(row[name] > 0 for name in FIGURES)
    assert set(row["peers"]) == set(installed())
    for peer in row["peers"].values():
        assert set(peer) == {"retrieve_ms_p50", "allpairs_needs_per_s"}
        assert peer["allpairs_needs_per_s"] > 0


def test_the_others_are_there_to_be_measured() -> None:
    assert installed() == ["bm25s", "tantivy", "linear_kernel", "sparse_dot_topn"]


def test_the_table_names_every_figure_and_every_engine() -> None:
    figures = Figures(
        7,
        EngineFigures(1, 2, 3, 4, 5, 6, 7, 8),
        {"other": {"retrieve_ms_p50": 9.0, "allpairs_needs_per_s": 10.0}},
    )
    lines = report_lines(figures)
    assert lines[0] == "7 offers"
    assert [line.split() for line in lines[1:9]] == [
        [name, str(value)] for name, value in zip(asdict(figures.engine), range(1, 9), strict=True)
    ]
    assert [line.split() for line in lines[-2:]] == [["brug", "5", "8"], ["other", "9.0", "10.0"]]


def test_a_size_that_is_none_is_refused_in_one_line() -> None:
    result = bench("--offers", "0")
    assert result.returncode == 2
    assert len(result.stderr.splitlines()) == 1


def test_the_chart_shows_every_engine_and_is_the_same_every_time(tmp_path: Path) -> None:
    rows = [
        {
            "offers": offers,
            "suggest_ms_p50": 2.0,
            "retrieve_ms_p50": 1.0,
            "allpairs_needs_per_s": 900.0,
            "peers": {"bm25s": {"retrieve_ms_p50": 3.0, "allpairs_needs_per_s": 300.0}},
        }
        for offers in (1000, 10_000)
    ]
    source = tmp_path / "bench.jsonl"
    source.write_text("\n".join(map(json.dumps, rows)))
    charts = [tmp_path / "one.svg", tmp_path / "two.svg"]
    for chart in charts:
        main([str(source), str(chart)])
    first, second = (chart.read_text() for chart in charts)
    assert first == second
    assert all(name in first for name in ("bm25s", "Brug, 20 suggestions with reasons", "offers"))


def test_the_second_process_starts_from_the_index_of_the_first() -> None:
    found = bench_start(offers=520, needs=5)
    assert found.first_s > 0
    assert found.from_index_s > 0 < found.from_index_cpu_s
    assert found.index_mb > 0


def test_every_mail_of_the_measurement_leaves() -> None:
    found = bench_mail(mails=20, senders=2)
    assert found.mails == 20
    assert found.sent_per_s > 0
