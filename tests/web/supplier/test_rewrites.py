"""What Brug proposes instead of words that give somebody away, and taking it over in one click."""

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.pages import forms_in, parsed
from tests.support.site import Site
from web.services.profile_check import check_profile
from web.services.profile_rewrites import rewrite, rewrites


def _first(text: str, choice: int = 0) -> str:
    found = check_profile(text)[0]
    return rewrite(text, found.start, found.words, rewrites(found)[choice])


@pytest.mark.parametrize(
    ("text", "choice", "expected"),
    [
        ("Is 52 jaar oud en werkt graag.", 0, "Werkt graag."),
        ("De kandidaat is 52 jaar oud en kookt.", 0, "De kandidaat kookt."),
        ("Kandidaat, 52 jaar, zoekt werk.", 0, "Kandidaat, zoekt werk."),
        ("Kandidaat, 52 jaar, zoekt werk.", 1, "Kandidaat, ervaren, zoekt werk."),
        ("Fatima kan goed naaien.", 0, "De kandidaat kan goed naaien."),
        ("Werkt graag, 23 jaar oud.", 0, "Werkt graag."),
        ("Heeft rugklachten.", 0, "Tilt niet zwaar."),
        ("Kandidaat met rugklachten, kookt graag.", 0, "Kandidaat, tilt niet zwaar, kookt graag."),
        ("Kookt graag (uit Syrië).", 0, "Kookt graag."),
        ("Goede poetsvrouw.", 0, "Goede poetshulp."),
    ],
)
def test_one_click_leaves_a_text_that_reads_well(text: str, choice: int, expected: str) -> None:
    assert _first(text, choice) == expected


def test_a_young_person_is_not_called_experienced() -> None:
    assert rewrites(check_profile("Is 19 jaar oud.")[0]) == ("",)


def test_words_that_moved_are_found_again_and_words_that_went_change_nothing() -> None:
    assert rewrite("Nieuw begin. Fatima kookt.", 0, "Fatima", "de kandidaat") == (
        "Nieuw begin. De kandidaat kookt."
    )
    assert rewrite("Niets meer.", 0, "Fatima", "de kandidaat") == "Niets meer."


def test_only_what_was_proposed_is_put_there() -> None:
    text = "Fatima kookt."
    assert rewrite(text, 0, "Fatima", "<script>") == text


WORDS = (
    "Fatima",
    "52 jaar oud",
    ",",
    ".",
    "(",
    ")",
    "rugklachten",
    "kookt",
    "uit Syrië",
    "hij",
    " ",
)


@given(st.lists(st.sampled_from(WORDS), max_size=8).map(" ".join))
def test_taking_every_proposal_over_ends(text: str) -> None:
    for _ in range(60):
        found = check_profile(text)
        if not found:
            break
        text = rewrite(text, found[0].start, found[0].words, rewrites(found[0])[0])
    assert check_profile(text) == ()


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    site = Site(tmp_path_factory.mktemp("rewrites"))
    yield site
    site.close()


def test_a_button_puts_it_in_the_form_without_a_script_and_stores_nothing(site: Site) -> None:
    sam = site.person("sam")
    address = site.address("supplier.edit_offer", offer_id="profile")
    form = next(form for form in sam.forms(address) if form.named("text") == "text")
    sent = form.filled({"text": "Fatima kan naaien."})
    before = site.changes()
    looked = sam.post(address, {**sent, "action": "look"})
    [button] = [
        b for f in forms_in(parsed(looked.text), address) for b in f.buttons if "=>de" in b[1]
    ]
    answer = sam.post(address, {**sent, "action": button[1]})
    assert answer.status_code == 200
    assert "De kandidaat kan naaien." in answer.text
    assert site.changes() == before


@pytest.mark.parametrize(
    "odd", ["rewrite:", "rewrite:text:x:y", "rewrite:place:1:a=>b", "rewrite:::=>"]
)
def test_an_odd_button_changes_nothing(site: Site, odd: str) -> None:
    sam = site.person("sam")
    address = site.address("supplier.edit_offer", offer_id="profile")
    form = next(form for form in sam.forms(address) if form.named("text") == "text")
    answer = sam.post(address, {**form.filled({"text": "Fatima kan naaien."}), "action": odd})
    assert answer.status_code == 200
    assert "Fatima kan naaien." in answer.text


def test_a_script_gets_the_new_text_with_the_findings(site: Site) -> None:
    sam = site.person("sam")
    typed = {"text": "Fatima kan naaien.", "action": "rewrite:text:0:Fatima=>de kandidaat"}
    found = sam.post("/mijn-aanbod/nieuw/profiel/herken", typed).get_json()
    assert found["rewritten"]["text"] == "De kandidaat kan naaien."
    assert "Fatima" not in found["told_away"]
