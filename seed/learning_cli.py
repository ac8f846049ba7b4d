"""`brug simulate-learning` and `brug calibrate`: learning and calibration, measured."""

import json
from datetime import UTC, datetime
from pathlib import Path
from statistics import fmean
from typing import TYPE_CHECKING, Any

import click

from seed.files import DATA
from seed.inputs import chosen_encoder, encoder_option, labelled_file

if TYPE_CHECKING:
    from matcher.reliability import Reliability
    from seed.calibration import Pairs
    from seed.simulation import Simulated

_json = click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
_chart = click.option(
    "--chart", type=click.Path(path_type=Path, dir_okay=False), help="Write the curve as SVG."
)


@click.command("simulate-learning")
@click.option("--seeds", default=10, show_default=True, type=click.IntRange(1))
@click.option("--first-seed", default=1, show_default=True, type=click.IntRange(0))
@click.option("--decisions", default=200, show_default=True, type=click.IntRange(80))
@click.option("--offers", default=2_000, show_default=True, type=click.IntRange(50))
@click.option("--needs", default=100, show_default=True, type=click.IntRange(20))
@_json
@_chart
def simulate_learning(
    seeds: int,
    first_seed: int,
    decisions: int,
    offers: int,
    needs: int,
    as_json: bool,
    chart: Path | None,
) -> None:
    """Let a coordinator with a hidden preference, and one with a coin, teach generated regions."""
    from seed.reliability_chart import reliability_svg
    from seed.simulation import LOOKED_AT, Simulation

    if needs * LOOKED_AT <= decisions:
        raise click.ClickException(f"{decisions} decisions leave none of {needs} needs unseen")
    arms: dict[str, list[Simulated]] = {"preference": [], "coin": []}
    for seed in range(first_seed, first_seed + seeds):
        for arm, runs in arms.items():
            region = Simulation(offers=offers, needs=needs, seed=seed, coin=arm == "coin")
            runs.append(region.run(decisions))
            if not as_json:
                click.echo(_run_line(seed, arm, runs[-1]))
    curves = _curves(arms["preference"])
    if chart is not None:
        chart.write_text(reliability_svg(curves), encoding="utf-8")
    told = {arm: _summary(runs) for arm, runs in arms.items()}
    told["reliability"] = {name: _curve(curve) for name, curve in curves.items()}
    click.echo(json.dumps(told) if as_json else "\n".join(_summary_lines(told)))


def _run_line(seed: int, arm: str, run: "Simulated") -> str:
    state = f"{run.kind}, {'live' if run.live else 'not live'}"
    return (
        f"seed {seed:3} {arm:11} approved {run.approved:.2f}  nDCG@10 "
        f"{run.ndcg_before:.3f} -> {run.ndcg_after:.3f} ({run.gain:+.3f})  {state}"
    )


def _curves(runs: "list[Simulated]") -> "dict[str, Reliability]":
    from matcher.reliability import reliability

    shown = [pair for run in runs for pair in run.shown]
    approved = [pair.approved for pair in shown]
    return {
        "before learning": reliability([pair.chance_before for pair in shown], approved),
        "after learning": reliability([pair.chance for pair in shown], approved),
    }


def _summary(runs: "list[Simulated]") -> dict[str, Any]:
    from matcher.evaluation import mean_of

    gain = mean_of([run.gain for run in runs])
    return {
        "runs": len(runs),
        "ndcg_before": round(fmean(run.ndcg_before for run in runs), 4),
        "ndcg_after": round(fmean(run.ndcg_after for run in runs), 4),
        "gain": [round(value or 0.0, 4) for value in (gain.mean, gain.low, gain.high)],
        "worst": round(min(run.gain for run in runs), 4),
        "reweighted_live": sum(run.live and run.kind == "reweighted" for run in runs),
    }


def _curve(curve: "Reliability") -> dict[str, Any]:
    bins = [one.as_json() for one in curve.bins]
    return {"ece": round(curve.error, 4), "pairs": curve.pairs, "bins": bins}


def _summary_lines(told: dict[str, Any]) -> list[str]:
    lines = []
    for arm in ("preference", "coin"):
        found = told[arm]
        mean, low, high = found["gain"]
        lines.append(
            f"{arm:11} nDCG@10 {found['ndcg_before']:.3f} -> {found['ndcg_after']:.3f}: "
            f"{mean:+.3f} ({low:+.3f} to {high:+.3f}), worst {found['worst']:+.3f}, "
            f"new factors live in {found['reweighted_live']} of {found['runs']}"
        )
    for name, curve in told["reliability"].items():
        lines += [f"{name}: ECE {curve['ece']:.3f} over {curve['pairs']} pairs"]
        lines += _bin_lines(curve["bins"])
    return lines


def _bin_lines(bins: list[dict[str, float]]) -> list[str]:
    return [
        f"  shown {100 * one['chance']:5.1f} %  approved {100 * one['approved']:5.1f} %  "
        f"({one['pairs']:.0f} pairs)"
        for one in bins
    ]


def _shown(path: Path, choice: str) -> "Pairs":
    from seed.calibration import shown_pairs
    from seed.evaluation import rank_labelled

    encoder, labelled = chosen_encoder(choice), labelled_file(path)
    return shown_pairs(rank_labelled(labelled, datetime.now(UTC).date(), encoder), labelled)


@click.command("calibrate")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path, dir_okay=False), metavar="FILE…")
@click.option("--write", is_flag=True, help="Make what all files fit the calibration of the prior.")
@encoder_option
@_json
@_chart
def calibrate(
    paths: tuple[Path, ...], write: bool, choice: str, as_json: bool, chart: Path | None
) -> None:
    """Fit scale and base so that scores read as chances; without FILE, on Brug's own files.

    Files are labelled as for `brug evaluate`; an offer of grade 2 or 3 counts as approved.
    """
    from seed import calibration
    from seed.reliability_chart import reliability_svg

    paths = paths or tuple(sorted((DATA / "labelled").glob("*.jsonl")))
    files = {path.name: _shown(path, choice) for path in paths}
    everything = calibration.Pairs.join(list(files.values()))
    found, as_it_is = calibration.fit(everything), calibration.Calibration()
    curves = {"as it is": as_it_is.reliability(everything)}
    curves["fitted on other needs"] = calibration.across_needs(everything)
    if chart is not None:
        chart.write_text(reliability_svg(curves), encoding="utf-8")
    across = calibration.across_files(files)
    curves |= {f"{name}, as it is": as_it_is.reliability(files[name]) for name in across}
    curves |= {f"{name}, fitted on the others": curve for name, curve in across.items()}
    if write:
        calibration.write_calibration(found)
    told = {name: _curve(curve) for name, curve in curves.items()}
    if as_json:
        click.echo(json.dumps({"scale": found.scale, "shift": found.shift, "curves": told}))
        return
    click.echo(f"scale {found.scale}, shift {found.shift}{' (written)' if write else ''}")
    for name, curve in told.items():
        click.echo(f"{name}: ECE {curve['ece']:.3f} over {curve['pairs']} pairs")
        click.echo("\n".join(_bin_lines(curve["bins"])))
