import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from seed.cli import evaluate_reading
from seed.reading_evaluation import FOLDER, SentenceFileError, count, read_sentences


@pytest.mark.parametrize(
    ("name", "precision", "recall"),
    [
        ("building.yaml", 0.98, 0.98),
        ("checking.yaml", 0.96, 0.96),
        ("fresh.yaml", 0.95, 0.90),
        ("later.yaml", 0.89, 0.87),
    ],
)
def test_the_labelled_sentences_are_read_as_well_as_before(
    name: str, precision: float, recall: float
) -> None:
    overall = count(read_sentences(FOLDER / name)).overall
    assert (overall.precision or 0) >= precision
    assert (overall.recall or 0) >= recall


def test_a_mistake_counts_against_precision_and_recall(tmp_path: Path) -> None:
    file = tmp_path / "few.yaml"
    file.write_text(
        "- {enclave: Zes man gevraagd., reads: {people: 7}}\n"
        "- {service: Geen ladders., offer: true, reads: {height: no 2 m}}\n"
    )
    outcome = count(read_sentences(file))
    people, height = outcome.counts["people"], outcome.counts["height"]
    assert (people.right, people.wrong, people.missed) == (0, 1, 1)
    assert (height.precision, height.recall) == (1.0, 1.0)
    assert [mistake.sentence.text for mistake in outcome.mistakes] == ["Zes man gevraagd."]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("- a\n- {", "line 2"),
        ("text", "list of sentences"),
        ("- {reads: {}}", "sentence 1"),
        ("- {service: a, reads: {}}\n- {service: b}", "sentence 2"),
        ("- {service: a, reads: {colour: red}}", "unknown colour"),
        ("- {service: 3, reads: {}}", "expected a text"),
        ("- {service: a, enclave: b, reads: {}}", "expected one kind"),
        ("\xff", "expected a list"),
    ],
)
def test_a_malformed_file_says_where(tmp_path: Path, content: str, message: str) -> None:
    file = tmp_path / "bad.yaml"
    file.write_text(content)
    with pytest.raises(SentenceFileError, match=message):
        read_sentences(file)


def test_the_command_reports_every_family(tmp_path: Path) -> None:
    done = CliRunner().invoke(evaluate_reading, ["--mistakes"])
    assert done.exit_code == 0
    assert "fresh.yaml" in done.output
    assert "schedule" in done.output
    as_json = CliRunner().invoke(evaluate_reading, [str(FOLDER / "fresh.yaml"), "--json"])
    assert json.loads(as_json.output)["families"]["overall"]["precision"] > 0.9


def test_the_command_refuses_a_bad_file_in_one_line(tmp_path: Path) -> None:
    bad = tmp_path / "bad.yaml"
    bad.write_text("text")
    for file in (bad, tmp_path / "none.yaml"):
        done = CliRunner().invoke(evaluate_reading, [str(file)])
        assert done.exit_code == 1
        assert len(done.output.strip().splitlines()) == 1
