"""Scores made to read as chances, with every order of offers kept."""

import json
import xml.etree.ElementTree as ElementTree
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner

from matcher.weights import CALIBRATION, DEFAULT_WEIGHTS, Weights, calibrated, knobs
from seed.calibration import (
    Calibration,
    Pairs,
    across_files,
    across_needs,
    fit,
    write_calibration,
)
from seed.learning_cli import calibrate, simulate_learning


def drawn(scale: float, shift: float, *, needs: int = 300, seed: int = 1) -> Pairs:
    """Return pairs approved by the chance of another scale and base than those of the prior."""
    draw = np.random.default_rng(seed)
    points = draw.uniform(0, 9, needs * 10)
    chances = 1 / (1 + np.exp(-(DEFAULT_WEIGHTS.base + shift + scale * points)))
    approved = (draw.random(points.size) < chances).astype(float)
    return Pairs(points, approved, np.repeat(np.arange(needs), 10))


def test_what_is_too_sure_becomes_honest_also_about_other_needs() -> None:
    pairs = drawn(0.5, 0.8)
    assert Calibration().reliability(pairs).error > 0.1
    found = fit(pairs)
    assert (found.scale, found.shift) == pytest.approx((0.5, 0.8), abs=0.2)
    assert across_needs(pairs).error < 0.03
    assert across_needs(pairs).pairs == pairs.points.size


def test_a_file_is_reported_with_what_the_others_fitted() -> None:
    files = {"a": drawn(0.5, 0.8, seed=1), "b": drawn(0.5, 0.8, seed=2)}
    assert all(curve.error < 0.04 for curve in across_files(files).values())
    stranger = across_files({**files, "c": drawn(2.0, -2.0, seed=3)})
    assert stranger["c"].error > 0.1
    assert across_files({"a": files["a"]}) == {}


def test_joined_files_keep_their_needs_apart() -> None:
    one, other = drawn(1.0, 0.0, needs=3), drawn(1.0, 0.0, needs=4)
    joined = Pairs.join([one, other])
    assert len(np.unique(joined.needs)) == 7
    assert joined.of_needs(np.arange(7) < 3).points.tolist() == one.points.tolist()


def test_what_is_written_adds_to_what_was_there_and_makes_another_version(tmp_path: Path) -> None:
    path = tmp_path / CALIBRATION
    path.write_text('{"scale": 0.5, "shift": -1.0}')
    write_calibration(Calibration(1.2, 0.25), path)
    assert json.loads(path.read_text()) == {"scale": 0.6, "shift": -0.75}
    weights, untouched = calibrated(Weights(), 0.6, -0.75), calibrated(Weights(), 1.0, 0.0)
    assert weights.version != untouched.version
    assert weights.version == calibrated(Weights(), 0.6, -0.75).version
    assert weights.version.startswith(f"{Weights().version}-")
    assert weights.base == pytest.approx(Weights().base - 0.75)
    for knob in knobs():
        for name in knob.fields:
            assert getattr(weights, name) == pytest.approx(0.6 * getattr(Weights(), name))
    assert replace(untouched, version=Weights().version) == Weights()


@pytest.fixture
def labelled(tmp_path: Path) -> Path:
    rows: list[dict[str, object]] = []
    words = ("gras maaien", "ramen wassen", "dozen inpakken", "fietsen herstellen")
    for number in range(24):
        text = {"title": words[number % 4], "text": f"{words[number % 4]} nummer {number}"}
        rows.append({"type": "need", "id": f"n{number}", "kind": "service", **text})
        rows.append({"type": "offer", "id": f"o{number}", "kind": "service", **text})
    rows += [
        {"type": "judgment", "need": f"n{n}", "offer": f"o{o}", "grade": 3}
        for n in range(24)
        for o in range(n % 4, 24, 4)
    ]
    path = tmp_path / "own.jsonl"
    path.write_text("\n".join(map(json.dumps, rows)))
    return path


def test_the_command_reports_and_draws_without_touching_the_prior(
    labelled: Path, tmp_path: Path
) -> None:
    chart = tmp_path / "chart.svg"
    arguments = [str(labelled), "--encoder", "none", "--json", "--chart", str(chart)]
    result = CliRunner().invoke(calibrate, arguments)
    assert result.exit_code == 0, result.output
    told = json.loads(result.output)
    assert set(told["curves"]) == {"as it is", "fitted on other needs"}
    assert told["scale"] > 0
    drawing = ElementTree.parse(chart).getroot()
    assert drawing.tag.endswith("svg")
    assert "fitted on other needs" in chart.read_text()


def test_of_several_files_the_command_tells_each_apart(labelled: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.jsonl"
    other.write_text(labelled.read_text())
    arguments = [str(labelled), str(other), "--encoder", "none", "--json"]
    result = CliRunner().invoke(calibrate, arguments)
    curves = json.loads(result.output)["curves"]
    for name in (labelled.name, other.name):
        assert curves[f"{name}, as it is"]["ece"] == curves["as it is"]["ece"]
        assert f"{name}, fitted on the others" in curves


@pytest.mark.parametrize(("content", "says"), [("x\n", "line 1"), (None, "No such file")])
def test_a_file_that_cannot_be_read_is_told_in_one_line(
    tmp_path: Path, content: str | None, says: str
) -> None:
    path = tmp_path / "wrong.jsonl"
    if content is not None:
        path.write_text(content)
    result = CliRunner().invoke(calibrate, [str(path), "--encoder", "none"])
    assert result.exit_code == 1
    assert says in result.output
    assert result.output.count("\n") == 1


def test_a_simulation_that_leaves_no_need_unseen_is_refused() -> None:
    result = CliRunner().invoke(simulate_learning, ["--needs", "20", "--decisions", "200"])
    assert result.exit_code == 1
    assert "leave none of 20 needs unseen" in result.output
