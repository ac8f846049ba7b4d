"""A chart of reliability as SVG, for documents: what is approved against the chance shown."""

from collections.abc import Mapping, Sequence
from html import escape

from matcher.reliability import Bin, Reliability

_SIDE, _LEFT, _TOP, _FOOT, _KEY = 320, 56, 16, 48, 215
_WIDTH, _HEIGHT = _LEFT + _SIDE + _KEY, _TOP + _SIDE + _FOOT
_COLOURS = ("#b45f06", "#0b5d57", "#5b4b8a")
_INK, _LINE = "#1d2b2a", "#d9dfdc"
_DASHES = ("7 4", "", "2 3")
#: Radius in px of a bin with all the pairs.
_LARGEST = 16.0


def reliability_svg(curves: Mapping[str, Reliability]) -> str:
    """Return a chart of at most three curves by name; a dot is a bin, its area its pairs."""
    style = f'font-family="system-ui, sans-serif" font-size="13" fill="{_INK}" role="img"'
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" {style}>',
        "<title>Share approved against the chance shown</title>",
        f'<rect width="{_WIDTH}" height="{_HEIGHT}" fill="#ffffff"/>',
        *_axes(),
    ]
    for place, (name, curve) in enumerate(curves.items()):
        parts += _curve(place, name, curve)
    return "\n".join([*parts, "</svg>", ""])


def _x(chance: float) -> float:
    return round(_LEFT + _SIDE * chance, 1)


def _y(share: float) -> float:
    return round(_TOP + _SIDE * (1 - share), 1)


def _axes() -> Sequence[str]:
    lines = []
    for step in range(0, 101, 20):
        share = step / 100
        ends = f'x1="{_x(0)}" x2="{_x(1)}" y1="{_y(share)}" y2="{_y(share)}"'
        lines.append(f'<line {ends} stroke="{_LINE}"/>')
        place = f'x="{_LEFT - 8}" y="{_y(share) + 4}" text-anchor="end"'
        lines.append(f"<text {place}>{step} %</text>")
        place = f'x="{_x(share)}" y="{_TOP + _SIDE + 18}" text-anchor="middle"'
        lines.append(f"<text {place}>{step} %</text>")
    diagonal = f'x1="{_x(0)}" y1="{_y(0)}" x2="{_x(1)}" y2="{_y(1)}"'
    lines.append(f'<line {diagonal} stroke="{_INK}" stroke-dasharray="3 4"/>')
    below = f'x="{_x(0.5)}" y="{_HEIGHT - 8}" text-anchor="middle"'
    return [*lines, f"<text {below}>chance shown; the height is the share approved</text>"]


def _curve(place: int, name: str, curve: Reliability) -> Sequence[str]:
    colour, dash = _COLOURS[place], _DASHES[place]
    points = " ".join(f"{_x(one.chance)},{_y(one.approved)}" for one in curve.bins)
    stroke = f'fill="none" stroke="{colour}" stroke-width="2" stroke-dasharray="{dash}"'
    top = _TOP + 20 + 44 * place
    left = _LEFT + _SIDE + 16
    return [
        f'<polyline points="{points}" {stroke}/>',
        *(_dot(one, curve.pairs, colour) for one in curve.bins),
        f'<line x1="{left}" x2="{left + 28}" y1="{top - 4}" y2="{top - 4}" {stroke}/>',
        f'<text x="{left + 36}" y="{top}">{escape(name)}</text>',
        f'<text x="{left + 36}" y="{top + 17}">ECE {curve.error:.3f}</text>',
    ]


def _dot(one: Bin, pairs: int, colour: str) -> str:
    radius = max(1.5, _LARGEST * (one.pairs / pairs) ** 0.5)
    place = f'cx="{_x(one.chance)}" cy="{_y(one.approved)}" r="{radius:.1f}"'
    return f'<circle {place} fill="{colour}" fill-opacity="0.35"/>'
