"""Points of the source that cannot be right are found and repaired."""

from seed.build_geography import Sources, municipality_rows, name_rows, repair_points
from seed.geometry import Point, Ring, distance_km, emptiest_point, is_inside

FAR_AWAY = (50.0, 6.0)


def square(south: float, west: float, side: float = 0.1) -> Ring:
    north, east = south + side, west + side
    return [(south, west), (south, east), (north, east), (north, west), (south, west)]


def sources(points: dict[str, Point]) -> Sources:
    codes = [("1000", "11001"), ("1001", "11001"), ("1002", "11001"), ("2000", "11002")]
    names = {"11001": "Noorddorp", "11002": "Zuiddorp"}
    return Sources(
        municipalities={
            nis: {"name": {"nl": name, "fr": f"{name}-le-Village"}, "province": "10000"}
            for nis, name in names.items()
        },
        provinces={"10000": "Antwerpen"},
        codes=codes,
        points=points,
        localities={"1001": "Gehucht"},
        shapes={"11001": [square(51.1, 4.0)], "11002": [square(51.0, 4.0)]},
        mergers=[
            {
                "nis": "11099",
                "name": "Oudgehucht",
                "postcodes": "1001",
                "valid_to": "2024-12-31",
                "merged_into": "11001",
            }
        ],
    )


GOOD = {
    "1000": (51.15, 4.05),
    "1001": (51.16, 4.06),
    "1002": (51.14, 4.04),
    "2000": (51.05, 4.05),
}


def test_believable_points_stay_as_they_are() -> None:
    repaired = repair_points(sources(GOOD))
    assert {code: point for (code, _), point in repaired.items()} == GOOD


def test_a_point_outside_its_canton_moves_to_the_median_of_its_municipality() -> None:
    repaired = repair_points(sources({**GOOD, "1001": FAR_AWAY}))
    assert distance_km(repaired["1001", "11001"], (51.145, 4.045)) < 0.1


def test_a_missing_point_gets_the_median_of_its_municipality() -> None:
    points = {code: point for code, point in GOOD.items() if code != "1002"}
    repaired = repair_points(sources(points))
    assert distance_km(repaired["1002", "11001"], (51.155, 4.055)) < 0.1


def test_the_only_point_of_a_municipality_moves_into_its_canton() -> None:
    repaired = repair_points(sources({**GOOD, "2000": FAR_AWAY}))
    assert is_inside(repaired["2000", "11002"], [square(51.0, 4.0)])


def test_the_emptiest_point_of_a_shape_keeps_away_from_the_others() -> None:
    shape = [square(51.0, 4.0)]
    assert distance_km(emptiest_point(shape, []), (51.05, 4.05)) < 1.5
    pushed = emptiest_point(shape, [(51.02, 4.02)])
    assert distance_km(pushed, (51.02, 4.02)) > 3


def test_a_hole_in_a_shape_is_outside_it() -> None:
    ring_with_hole = [square(51.0, 4.0), square(51.04, 4.04, side=0.02)]
    assert is_inside((51.01, 4.01), ring_with_hole)
    assert not is_inside((51.05, 4.05), ring_with_hole)


def test_a_merged_municipality_keeps_its_last_day_and_its_own_point() -> None:
    given = sources(GOOD)
    rows = {row[0]: row for row in municipality_rows(given, repair_points(given))}
    assert rows["11099"][1:7] == (
        "Oudgehucht",
        "Antwerpen",
        "Antwerpen",
        "",
        "2024-12-31",
        "11001",
    )
    assert rows["11099"][7:] == ("51.1600", "4.0600")


def test_names_list_municipalities_first_and_lead_old_names_to_today() -> None:
    rows = name_rows(sources(GOOD))
    kinds = [kind for *_, kind in rows]
    assert kinds == sorted(kinds, key=["municipality", "former", "locality", "alias"].index)
    assert ("Oudgehucht", "1001", "11001", "former") in rows
    assert ("Gehucht", "1001", "11001", "locality") in rows
    assert ("Noorddorp-le-Village", "1000", "11001", "alias") in rows
