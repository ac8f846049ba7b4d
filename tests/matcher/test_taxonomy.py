import pytest

from matcher import Taxonomy
from matcher.values import Activity
from tests.matcher.samples import ACTIVITIES, taxonomy


def recognised(text: str, title: str = "") -> dict[str, tuple[str, ...]]:
    return {found.activity_id: found.words for found in taxonomy().mentions(title, text)}


@pytest.mark.parametrize("word", ["onderhoud", "verpakking", "toezicht", "plooien", "Plooien?"])
def test_a_word_of_many_trades_alone_leads_nowhere(word: str) -> None:
    assert recognised(word) == {}
    assert recognised(f"wij zoeken een ploeg voor {word}") == {}


@pytest.mark.parametrize(
    ("text", "activity"),
    [
        ("het onkruid staat hoog", "onkruid"),
        ("onkruit tussen de klinkers", "onkruid"),
        ("toezicht aan de schoolpoort", "school"),
        ("wie komt ons gazon maaien", "gras"),
        ("gazonnen die gemaaid worden", "gras"),
        ("de haagskes mogen geknipt worden", "haag"),
        ("onderhoud van het groen rond de zaal", "groen"),
        ("linnen wassen en plooien", "strijken"),
        ("onze bureaus laten kuisen", "poetsen"),
        ("de kantoren worden 's avonds gepoetst", "poetsen"),
    ],
)
def test_activities_are_found_behind_the_words_of_the_street(text: str, activity: str) -> None:
    assert next(iter(recognised(text))) == activity


def test_the_words_that_led_there_are_those_of_the_text() -> None:
    assert set(recognised("Veel ONKRUIT tussen de klinkers!")["onkruid"]) >= {"ONKRUIT", "klinkers"}


def test_words_together_weigh_more_than_words_apart() -> None:
    together = taxonomy().mentions("", "wij willen documenten digitaliseren")
    filler = " en daarna doen we nog wel eens iets heel anders met de buren van hiernaast"
    apart = taxonomy().mentions("", f"documenten{filler} digitaliseren")
    strengths = [
        {found.activity_id: found.strength for found in result}.get("scannen", 0.0)
        for result in (together, apart)
    ]
    assert strengths[0] > strengths[1]


def test_strengths_lie_between_nothing_and_one_and_the_strongest_comes_first() -> None:
    text = " ".join(name for a in ACTIVITIES for name in (a.label, *a.synonyms))
    found = taxonomy().mentions(text, text)
    strengths = [item.strength for item in found]
    assert strengths == sorted(strengths, reverse=True)
    assert all(0 < strength <= 1 for strength in strengths)


def test_a_text_in_another_language_is_no_activity() -> None:
    assert recognised("Lorem ipsum dolor sit amet, consectetur adipiscing elit") == {}


@pytest.mark.parametrize(
    ("query", "activity"),
    [("onkr", "onkruid"), ("Kantoren p", "poetsen"), ("onkruit", "onkruid"), ("lassen", "metaal")],
)
def test_a_suggestion_completes_or_mends_what_is_typed(query: str, activity: str) -> None:
    assert taxonomy().suggest(query)[0].id == activity


def test_suggestions_without_a_query_go_by_label() -> None:
    labels = [activity.label for activity in taxonomy().suggest("", limit=4)]
    assert labels == sorted(activity.label for activity in ACTIVITIES)[:4]


def test_nonsense_suggests_nothing() -> None:
    assert taxonomy().suggest("xqzzvw") == ()


def test_two_activities_of_one_name_are_refused() -> None:
    with pytest.raises(ValueError, match="same id"):
        Taxonomy([Activity("a", "x", "c"), Activity("a", "y", "c")])


def test_the_order_of_the_activities_does_not_matter() -> None:
    text = "groenonderhoud: gazon maaien, hagen scheren en onkruid wieden"
    backwards = Taxonomy(reversed(ACTIVITIES))
    assert backwards.mentions("", text) == taxonomy().mentions("", text)
