"""The data files hold together: codes resolve, points are believable, rules can be applied."""

import statistics
from collections import defaultdict

import pytest

from matcher import check_rules
from matcher.values import Rule
from matcher.vocabulary import Certainty
from models.geography import fold
from seed.files import read_rows, read_yaml
from seed.geometry import Point, distance_km

INFORMATION = "info"
FARTHEST_KM = 15


def points_by_municipality() -> dict[str, list[Point]]:
    points: dict[str, list[Point]] = defaultdict(list)
    for row in read_rows("postcodes.csv"):
        points[row["nis"]].append((float(row["latitude"]), float(row["longitude"])))
    return points


def test_every_postcode_and_every_name_lies_in_a_municipality_of_today() -> None:
    today = {row["nis"] for row in read_rows("municipalities.csv") if not row["valid_to"]}
    assert len(today) == 565
    assert {row["nis"] for row in read_rows("postcodes.csv")} == today
    assert {row["nis"] for row in read_rows("place_names.csv")} == today


def test_every_merged_municipality_points_to_one_of_today() -> None:
    rows = {row["nis"]: row for row in read_rows("municipalities.csv")}
    merged = [row for row in rows.values() if row["merged_into"]]
    assert len(merged) == len(read_rows("mergers.csv"))
    for row in merged:
        assert row["valid_to"], row["name"]
        assert not rows[row["merged_into"]]["valid_to"], row["name"]


def test_the_mergers_of_2025_leave_285_flemish_municipalities() -> None:
    provinces = {"Antwerpen", "Limburg", "Oost-Vlaanderen", "Vlaams-Brabant", "West-Vlaanderen"}
    flemish = [r for r in read_rows("municipalities.csv") if r["province"] in provinces]
    assert sum(not row["valid_to"] for row in flemish) == 285
    in_2024 = [r for r in flemish if r["valid_to"] != "2018-12-31"]
    assert sum(row["valid_from"] != "2025-01-01" for row in in_2024) == 300


def test_every_point_lies_in_belgium_and_near_the_rest_of_its_municipality() -> None:
    for nis, points in points_by_municipality().items():
        middle = (
            statistics.median(latitude for latitude, _ in points),
            statistics.median(longitude for _, longitude in points),
        )
        for latitude, longitude in points:
            assert 49.49 < latitude < 51.51, nis
            assert 2.54 < longitude < 6.41, nis
            assert distance_km((latitude, longitude), middle) < FARTHEST_KM, nis


@pytest.mark.parametrize(
    ("nis", "town_hall"),
    [("24008", (50.941, 4.969)), ("23038", (50.942, 4.552)), ("12014", (51.076, 4.727))],
    ids=["Bekkevoort", "Kampenhout", "Heist-op-den-Berg"],
)
def test_a_municipality_stands_within_a_few_kilometres_of_its_town_hall(
    nis: str, town_hall: Point
) -> None:
    rows = {row["nis"]: row for row in read_rows("municipalities.csv")}
    point = (float(rows[nis]["latitude"]), float(rows[nis]["longitude"]))
    assert distance_km(point, town_hall) < 5


def test_a_name_is_listed_once_for_a_postcode_and_a_municipality() -> None:
    seen = [(fold(r["name"]), r["postcode"], r["nis"]) for r in read_rows("place_names.csv")]
    assert len(seen) == len(set(seen))


def test_every_locality_kept_by_hand_has_a_postcode_that_exists() -> None:
    known = {row["postcode"] for row in read_rows("postcodes.csv")}
    assert {row["postcode"] for row in read_rows("localities.csv")} <= known


def test_the_rules_can_be_applied_by_the_matcher() -> None:
    entries = read_yaml("rules.yaml")["rules"]
    assert len({entry["id"] for entry in entries}) == len(entries)
    applied = [entry for entry in entries if entry["code"] != INFORMATION]
    check_rules(
        Rule(
            id=entry["id"],
            code=entry["code"],
            certainty=entry["certainty"],
            parameters=entry["parameters"],
            source=entry["source"],
        )
        for entry in applied
    )


def test_a_rule_without_a_published_source_never_claims_to_be_certain() -> None:
    doubtful = ("algemene kennis", "open vraag", "regels van dit platform")
    for entry in read_yaml("rules.yaml")["rules"]:
        if entry["source"].startswith(doubtful):
            assert entry["certainty"] != Certainty.CERTAIN, entry["id"]


def test_thresholds_of_the_same_kind_do_not_overlap() -> None:
    spans = defaultdict(list)
    for entry in read_yaml("rules.yaml")["rules"]:
        if entry["id"].startswith("drempel-") and entry.get("valid_to"):
            kind = entry["id"].rsplit("-", 1)[0]
            spans[kind].append((entry["valid_from"], entry["valid_to"]))
    assert len(spans["drempel-onderhandeling"]) == 5
    for periods in spans.values():
        periods.sort()
        ends = [end for _, end in periods[:-1]]
        assert all(end < start for end, (start, _) in zip(ends, periods[1:], strict=True))


def test_activities_have_their_own_id_and_words_that_fit_the_columns() -> None:
    entries = read_yaml("activities.yaml")["activities"]
    assert len({entry["id"] for entry in entries}) == len(entries) >= 93
    for entry in entries:
        assert len(entry["synonyms"]) >= 6, entry["id"]
        assert len(entry["synonyms"]) == len(set(entry["synonyms"])), entry["id"]
        assert max(len(word) for word in entry["synonyms"]) <= 120, entry["id"]
        assert (entry.get("cpv_fit") is not None) == bool(entry.get("cpv")), entry["id"]
