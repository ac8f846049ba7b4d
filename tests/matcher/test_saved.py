from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

import matcher
from matcher import NeedIndex, OfferIndex, Taxonomy, rank
from matcher.saved import (
    Saved,
    UnusableIndexError,
    index_version,
    load,
    package_files,
    save,
)
from matcher.values import Conditions
from tests.matcher.samples import (
    ACTIVITIES,
    BEKKEVOORT,
    DIEST,
    TODAY,
    make_need,
    make_offer,
    need_index,
    offer_index,
    rule,
    taxonomy,
)

RULES = [rule("enclave.supplier", work_forms=["maatwerkbedrijf"]), rule("checklist", items=["x"])]
NEED = make_need(text="gras maaien", place=DIEST, conditions=Conditions(people_min=3))
OFFERS = [
    make_offer(
        f"o{number}",
        f"wij maaien gras en scheren hagen, dag {number}",
        place=(BEKKEVOORT, None)[number % 2],
        radius_km=(None, 20.0, 5.0)[number % 3],
        service_nis=frozenset({DIEST.nis} if number % 4 == 0 else ()),
        conditions=Conditions(people_max=number % 7 or None),
    )
    for number in range(150)
]
MEANINGS = {"o3": np.array([100, 3], np.int8)}


@pytest.fixture
def file(tmp_path: Path) -> Path:
    offers = offer_index(*OFFERS, meanings=MEANINGS)
    segments = {"offers": offers.segments(), "needs": need_index(NEED).segments()}
    path = tmp_path / "brug.index"
    save(path, "v1", Saved(segments, {"seen": np.arange(5)}))
    return path


def loaded(path: Path) -> tuple[OfferIndex, NeedIndex]:
    saved = load(path, "v1")
    offers, needs = OfferIndex(taxonomy()), NeedIndex(taxonomy())
    for segment in saved.segments["offers"]:
        offers.adopt(segment)
    for segment in saved.segments["needs"]:
        needs.adopt(segment)
    return offers, needs


def test_a_saved_index_answers_as_the_one_it_was_saved_from(file: Path) -> None:
    offers, needs = loaded(file)
    asked = np.array([90, 0], np.int8)
    before = offer_index(*OFFERS, meanings=MEANINGS)
    for limit in (None, 5):
        found = rank(NEED, offers, RULES, on=TODAY, limit=limit, meaning=asked)
        assert found == rank(NEED, before, RULES, on=TODAY, limit=limit, meaning=asked)
    assert needs.get("n1") == NEED
    assert load(file, "v1").arrays["seen"].tolist() == [0, 1, 2, 3, 4]


def test_what_changes_after_loading_stays_in_the_process(file: Path) -> None:
    content = file.read_bytes()
    offers, _ = loaded(file)
    offers.remove("o4")
    offers.put(OFFERS[5], np.array([1, 2], np.int8))
    offers.put(replace(OFFERS[6], title="anders"))
    assert "o4" not in offers
    assert offers.meaning("o5") is not None
    assert file.read_bytes() == content
    assert "o4" in loaded(file)[0]


def test_only_the_file_itself_is_left_behind(file: Path) -> None:
    assert list(file.parent.iterdir()) == [file]
    assert file.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("place", [0, 20, 60, 500, 5000, -1])
def test_a_damaged_file_is_refused_wherever_it_is_damaged(file: Path, place: int) -> None:
    content = bytearray(file.read_bytes())
    content[place] ^= 1
    file.write_bytes(content)
    with pytest.raises(UnusableIndexError):
        load(file, "v1")


@pytest.mark.parametrize("kept", [0, 10, 50, 3000])
def test_a_file_cut_off_is_refused(file: Path, kept: int) -> None:
    file.write_bytes(file.read_bytes()[:kept])
    with pytest.raises(UnusableIndexError):
        load(file, "v1")


def test_a_file_of_another_version_is_refused_and_none_is_no_file(file: Path) -> None:
    with pytest.raises(UnusableIndexError, match="another version"):
        load(file, "v2")
    with pytest.raises(FileNotFoundError):
        load(file.with_name("absent"), "v1")


def test_the_version_follows_the_activities_and_the_encoder() -> None:
    fewer = Taxonomy(ACTIVITIES[:-1])
    others = (taxonomy(), fewer, Taxonomy(ACTIVITIES, "e 1"))
    assert len({index_version(made) for made in others}) == 3
    assert index_version(taxonomy()) == index_version(Taxonomy(ACTIVITIES))


def test_an_index_without_anything_is_saved_too(tmp_path: Path) -> None:
    path = tmp_path / "empty"
    save(path, "v1", Saved({"offers": OfferIndex(taxonomy()).segments()}, {}))
    assert load(path, "v1").segments == {"offers": []}


def test_every_module_of_the_matcher_decides_the_version() -> None:
    package = Path(matcher.__file__).parent
    known = {path.name for path in package_files()}
    assert {path.name for path in package.rglob("*.py")} <= known
    assert {path.name for path in (package / "data").iterdir()} <= known
