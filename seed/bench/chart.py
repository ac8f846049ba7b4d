"""Draws how time grows with the number of offers, from the JSON lines of `brug bench --json`.

    python -m seed.bench.chart docs/bench.jsonl docs/growth.svg

The same figures give the same file, byte for byte.
"""

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

#: Field of Brug itself and of the others, title and unit of each panel.
_PANELS = (
    ("retrieve_ms_p50", "One need: milliseconds, median"),
    ("allpairs_needs_per_s", "All needs: needs a second"),
)
_SUGGEST = "suggest_ms_p50"
Figures = dict[str, Any]


def draw(figures: Sequence[Figures], target: Path) -> None:
    """Write the chart as SVG, one panel for single needs and one for all needs together."""
    import matplotlib as mpl

    mpl.use("svg")
    mpl.rcParams.update({"svg.hashsalt": "brug", "svg.fonttype": "none", "font.size": 9})
    from matplotlib import pyplot

    figure, panels = pyplot.subplots(1, len(_PANELS), figsize=(10, 4), layout="constrained")
    for panel, (name, title) in zip(panels, _PANELS, strict=True):
        _draw_panel(panel, figures, name)
        panel.set(title=title, xlabel="offers", xscale="log", yscale="log")
        panel.grid(visible=True, which="major", alpha=0.3)
    # The first panel draws every line; a legend within it would lie across them.
    lines, names = panels[0].get_legend_handles_labels()
    figure.legend(lines, names, loc="outside lower center", ncols=3)
    figure.savefig(target, format="svg", metadata={"Date": None, "Title": "Growth of `brug bench`"})
    pyplot.close(figure)


def _draw_panel(panel: Any, figures: Sequence[Figures], name: str) -> None:
    sizes = [row["offers"] for row in figures]
    if name == _PANELS[0][0]:
        suggested = [row[_SUGGEST] for row in figures]
        panel.plot(sizes, suggested, "ko-", label="Brug, 20 suggestions with reasons")
    panel.plot(sizes, [row[name] for row in figures], "ks--", label="Brug, 20 alike by text")
    for peer in dict.fromkeys(peer for row in figures for peer in row["peers"]):
        known = [
            (row["offers"], row["peers"][peer][name]) for row in figures if peer in row["peers"]
        ]
        panel.plot(*zip(*known, strict=True), ".-", label=peer)


def main(arguments: Sequence[str]) -> None:
    """Draw the figures of a file into another."""
    source, target = map(Path, arguments)
    draw([json.loads(line) for line in source.read_text().splitlines()], target)


if __name__ == "__main__":
    main(sys.argv[1:])
