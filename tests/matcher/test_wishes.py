import pytest

from matcher.entries import make_entry
from matcher.vocabulary import NeedKind
from matcher.wishes import wished
from tests.matcher.samples import make_need, taxonomy

PAST = "Twee jaar ervaring met fietsen herstellen."


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        (f"{PAST} Wil nu hagen scheren.", "hagen"),
        ("Werkte in een keuken! Zoekt een plek in de groendienst", "groendienst"),
        ("Heeft in een winkel gewerkt en wil daar verder in.", "winkel"),
    ],
)
def test_what_is_wanted_is_kept(text: str, kept: str) -> None:
    assert kept in wished(text)
    assert "fietsen" not in wished(text)
    assert "keuken" not in wished(text)


@pytest.mark.parametrize("text", ["", PAST, "Voltijds. Met de bus."])
def test_without_a_wish_beside_it_the_past_stays(text: str) -> None:
    assert wished(text).replace(".", "").split() == text.replace(".", "").split()


def test_a_placement_is_about_the_next_step_and_a_service_about_everything() -> None:
    text = f"{PAST} Wil nu hagen scheren."
    step = make_entry(make_need(kind=NeedKind.PLACEMENT, text=text), taxonomy())[0]
    task = make_entry(make_need(kind=NeedKind.SERVICE, text=text), taxonomy())[0]
    assert next(iter(step.activities)) == "haag"
    assert "fiets" not in step.activities
    assert "fiets" in task.activities
