import pytest

from matcher import Taxonomy, recognise
from matcher.activity_model import activity_model
from matcher.entries import make_entry
from matcher.features import text_vector
from matcher.profiles import clusters_of, likeness, profile_of
from matcher.values import Activity
from tests.matcher.samples import make_need, make_offer, taxonomy


def known(name: str = "gras-maaien", *synonyms: str) -> Activity:
    """Return an activity that the model has learned, under names that it has not."""
    return Activity(name, "zonder naam", "groen", synonyms)


def learned() -> Taxonomy:
    """Return all activities of the model, by names that say nothing."""
    return Taxonomy([known(name) for name in activity_model().activities])


@pytest.mark.parametrize(
    ("text", "activity"),
    [
        (
            "Het staat hier kniehoog en de machine is stuk, kan iemand die lappen doen?",
            "gras-maaien",
        ),
        ("Met Allerheiligen moeten de graven er proper bij liggen.", "begraafplaatsen"),
        (
            "Wie brengt onze bejaarden elke middag iets warms te eten?",
            "maaltijden-aan-huis",
        ),
        ("Une équipe pour nettoyer les vitres de nos bureaux", "ramen-wassen"),
        ("Somebody to scan forty boxes of old files", "digitalisering"),
    ],
)
def test_what_is_meant_is_found_without_being_named(text: str, activity: str) -> None:
    profile = make_entry(make_need(text=text), learned())[0].activities
    assert next(iter(profile)) == activity
    assert sum(profile.values()) <= 105


@pytest.mark.parametrize("text", ["", "!!", "1234"])
def test_a_text_without_words_has_no_profile(text: str) -> None:
    assert make_entry(make_need(text=text), learned())[0].activities == {}


@pytest.mark.parametrize("text", ["Vraagje", "Kunt u ons helpen? Bel gerust."])
def test_a_text_that_says_nothing_is_recognised_as_nothing(text: str) -> None:
    assert recognise(learned(), "", text) == ()
    assert max(make_entry(make_need(text=text), learned())[0].activities.values()) < 10


def test_a_name_that_was_never_learned_is_heard_at_once() -> None:
    text = "wie komt er bij ons zwabberkesdag doen?"
    named = [known(a.id, "zwabberkesdag") if a.id == "verhuis" else a for a in learned().activities]
    assert "verhuis" not in make_entry(make_need(text=text), learned())[0].activities
    profile = make_entry(make_need(text=text), Taxonomy(named))[0].activities
    assert next(iter(profile)) == "verhuis"
    assert profile["verhuis"] > 50


def test_what_the_writer_chose_comes_first_and_what_he_took_away_is_gone() -> None:
    text = "Het onkruid tussen de klinkers moet weg"
    assert next(iter(make_entry(make_need(text=text), learned())[0].activities)) == "onkruid"
    chosen = make_need(text=text, activities=frozenset({"verhuis", "gone"}))
    assert next(iter(make_entry(chosen, learned())[0].activities)) == "verhuis"
    rejected = make_offer(text=text, rejected=frozenset({"onkruid", "gone"}))
    assert "onkruid" not in make_entry(rejected, learned())[0].activities


def test_everything_taken_away_leaves_nothing() -> None:
    one = Taxonomy([known()])
    profile = profile_of(one, (), text_vector("", "gras maaien"), rejected=["gras-maaien"])
    assert profile == {}
    assert profile_of(Taxonomy(()), (), text_vector("", "gras maaien")) == {}


def test_profiles_are_compared_by_their_cosine() -> None:
    one, other = {"a": 60, "b": 40}, {"b": 40, "a": 60}
    assert likeness(one, other) == pytest.approx(1)
    assert likeness(one, {"c": 100}) == 0
    assert likeness(one, {"a": 100}) == pytest.approx(60 / (60**2 + 40**2) ** 0.5)


def test_clusters_add_up_their_activities() -> None:
    assert clusters_of(taxonomy(), {"gras": 50, "haag": 30, "fiets": 20}) == {
        "groen": 80,
        "fiets": 20,
    }


def test_the_words_that_tell_are_those_of_the_text_and_the_strongest_first() -> None:
    text = "Voor onze kantine zoeken wij iemand die LAKENS door de mangel haalt."
    found = {item.activity_id: item for item in recognise(learned(), "", text)}
    assert found["wasserij"].words[0] in ("LAKENS", "mangel")
    assert "iemand" not in found["wasserij"].words
    assert 0 < found["wasserij"].strength <= 1


def test_recognising_can_be_cut_short() -> None:
    text = "gras maaien, hagen scheren, ramen wassen, fietsen herstellen"
    assert len(recognise(taxonomy(), "", text)) > 1
    assert len(recognise(taxonomy(), "", text, limit=1)) == 1
