"""What coordinators see of learning, and the way back to earlier weights."""

import pytest
from flask import Flask
from sqlalchemy import Engine, select

from matcher.weights import DEFAULT_WEIGHTS
from models import Event, Need, UserRole, WeightsVersion, session_factory
from tests.matcher.decisions import FAR_MATTERS, draw_examples
from tests.web.coordinator.people import Person
from tests.web.coordinator.scene import TODAY, Scene
from tests.web.learning.record import record
from web.cli.people import OPERATOR
from web.learning_words import verdict
from web.services.catalogue import Catalogue
from web.services.learning import study
from web.services.matching import rank_offers, store_suggestions
from web.services.renewal import count_behind

PAGE = "/regie/leren"
FIRST = f"{PAGE}/begin"


@pytest.fixture
def rita(app: Flask, scene: Scene) -> Person:
    return Person(app, scene.coordinator)


def learn(engine: Engine, decisions: int = 400, seed: int = 1) -> WeightsVersion:
    """Record decisions in which the distance matters, and learn from them."""
    record(engine, draw_examples(decisions, FAR_MATTERS, seed=seed, blame=True))
    with session_factory(engine).begin() as session:
        _found, version = study.learn(session, Catalogue(), OPERATOR, TODAY)
    assert version is not None
    return version


def counting(engine: Engine, process: Catalogue, scene: Scene) -> str:
    """Return the name of the weights with which a process ranks at its next request."""
    with session_factory(engine, read_only=True)() as session, process.open(session) as shelf:
        need = session.get_one(Need, scene.need)
        return rank_offers(session, shelf, need, TODAY).weights_version


def test_before_learning_the_page_says_what_is_missing(rita: Person, engine: Engine) -> None:
    shown = rita.get(PAGE).text
    assert "Waarmee Brug begon" in shown
    assert "nog 80 beslissingen" in shown
    assert "minstens 10 goedkeuringen" in shown
    record(engine, draw_examples(46, FAR_MATTERS))
    shown = rita.get(PAGE).text
    assert "nog 34 beslissingen" in shown
    assert "goedkeuringen</li>" not in shown


def test_what_was_learned_is_told_in_plain_words_with_its_evidence(
    rita: Person, engine: Engine
) -> None:
    version = learn(engine)
    assert version.won
    assert "Binnen het werkgebied" in rita.get(PAGE).text
    shown = rita.get(f"{PAGE}/{version.id}").text
    evidence = version.figures["evidence"]["distance.outside"]
    assert 0 < evidence < 400
    assert f"speelde mee in {evidence} beslissingen" in shown
    assert "keer zo zwaar" in shown
    assert "300 beslissingen" in shown
    assert "Beter dan het toeval verklaart" in shown


def test_a_version_that_did_not_win_says_why(rita: Person, engine: Engine) -> None:
    live, tried = learn(engine), learn(engine, 20, seed=2)
    assert not tried.won
    shown = rita.get(PAGE).text
    assert "niet duidelijk beter" in shown
    assert f"Versie {live.id}</a>," in shown
    assert "daarom telt" in rita.get(f"{PAGE}/{tried.id}").text


@pytest.mark.parametrize(
    ("live", "tried", "why"),
    [
        ((0.50, 0.90), (0.499, 0.90), "Niet beter dan het toeval kan verklaren"),
        ((0.50, 0.90), (0.40, 0.88), "slechtere volgorde"),
        ((0.50, None), (0.51, None), "slechter ingeschat"),
    ],
)
def test_each_reason_not_to_count_has_its_words(
    app: Flask,
    live: tuple[float, float | None],
    tried: tuple[float, float | None],
    why: str,
) -> None:
    names = "log_loss", "ndcg"
    figures = {
        "live": dict(zip(names, live, strict=True)),
        "tried": dict(zip(names, tried, strict=True)),
    }
    with app.test_request_context():
        assert why in verdict(WeightsVersion(won=False, figures=figures))


def test_going_back_counts_at_the_next_request_of_every_process_and_is_undone(
    rita: Person, engine: Engine, scene: Scene
) -> None:
    other = Catalogue()
    with session_factory(engine).begin() as session, other.open(session) as shelf:
        store_suggestions(session, shelf, session.get_one(Need, scene.need), TODAY)
    version = learn(engine)
    assert counting(engine, other, scene) == version.name
    answer = rita.send(f"{FIRST}/terug", "terug")
    assert "telt opnieuw" in rita.get(answer.location).text
    assert counting(engine, other, scene) == DEFAULT_WEIGHTS.version
    shown = rita.get(PAGE).text
    assert "Rita Regisseur keerde hiernaar terug" in shown
    rita.send(PAGE, f"/{version.id}/terug")
    assert counting(engine, other, scene) == version.name
    with session_factory(engine)() as session:
        assert count_behind(session, TODAY) == 1
        told = session.scalars(select(Event).where(Event.action == "went_back")).all()
    assert [event.after["weights"] for event in told] == [None, version.id]
    assert {event.actor_id for event in told} == {scene.coordinator}


def test_who_looked_at_other_weights_is_told_so(
    app: Flask, rita: Person, engine: Engine, scene: Scene
) -> None:
    karel = Person(app, scene.colleague)
    first = learn(engine)
    address, fields = karel.form(f"{FIRST}/terug", "terug")
    rita.send(f"{FIRST}/terug", "terug")
    rita.send(PAGE, f"/{first.id}/terug")
    with session_factory(engine).begin() as session:
        session.add(copy_of(first))
    rita.send(f"{PAGE}/{first.id + 1}/terug", "terug")
    answer = karel.post(address, fields)
    assert "Intussen ging een andere versie tellen" in karel.get(answer.location).text
    assert counting(engine, Catalogue(), scene) == f"learned-{first.id + 1}"


def copy_of(version: WeightsVersion, **other: object) -> WeightsVersion:
    """Return another version with the same contents."""
    names = ("prior", "kind", "shift", "factors", "weights", "decisions", "approvals", "figures")
    same = {name: getattr(version, name) for name in (*names, "won")}
    return WeightsVersion(**{**same, **other})


def test_weights_of_an_older_brug_cannot_count_again(
    rita: Person, engine: Engine, scene: Scene
) -> None:
    first = learn(engine)
    with session_factory(engine).begin() as session:
        session.add(copy_of(first, prior="prior-0"))
    old = f"{PAGE}/{first.id + 1}"
    assert "geleerd door een oudere Brug" in rita.get(PAGE).text
    assert f"{old}/terug" not in rita.get(old).text
    _, fields = rita.form(f"{FIRST}/terug", "terug")
    answer = rita.post(f"{old}/terug", fields)
    assert "kan niet opnieuw tellen" in rita.get(answer.location).text
    assert counting(engine, Catalogue(), scene) == first.name


def test_who_does_not_keep_what_is_shared_reads_and_changes_nothing(
    app: Flask, engine: Engine, scene: Scene
) -> None:
    elke = Person(app, scene.stranger)
    version = learn(engine)
    with session_factory(engine)() as session:
        rights = session.scalars(select(UserRole).where(UserRole.user_id == scene.stranger))
        assert not any(role.keeps_reference for role in rights)
    shown = elke.get(FIRST).text
    assert "Rita Regisseur" in shown
    assert f"{FIRST}/terug" not in shown
    assert elke.get(f"{FIRST}/terug").status_code == 403
    _, fields = elke.form("/regie/belangen", "")
    answer = elke.client.post(f"{FIRST}/terug", data={**fields, "seen": str(version.id)})
    assert answer.status_code == 403
    assert counting(engine, Catalogue(), scene) == version.name


def test_chances_are_laid_beside_what_was_approved(rita: Person, engine: Engine) -> None:
    assert "Kwamen de kansen uit?" not in rita.get(PAGE).text
    with session_factory(engine).begin() as session:
        for place in range(10):
            status = "approved" if place < 7 else "refused"
            after = {"need": place, "offer": place, "status": status, "score": 0.85}
            told = {"subject_id": f"7{place}", "action": "decided", "after": after}
            session.add(Event(subject_type="match", **told))
    shown = rita.get(PAGE).text
    assert "Kwamen de kansen uit?" in shown
    assert "60–80 %" in shown
    assert "70 %" in shown


def test_an_unknown_version_does_not_exist(rita: Person) -> None:
    for address in (f"{PAGE}/99", f"{PAGE}/99/terug", f"{PAGE}/0"):
        assert rita.get(address).status_code == 404
