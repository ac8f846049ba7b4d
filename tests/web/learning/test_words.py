"""Words that decisions teach: found, proposed, accepted at once or refused for good."""

from collections.abc import Sequence

import pytest
from flask import Flask
from sqlalchemy import Engine, select

from matcher.profiles import recognise
from models import (
    Event,
    Match,
    Need,
    NeedActivity,
    Offer,
    OfferActivity,
    Organisation,
    PlaceName,
    SynonymProposal,
    UserRole,
    session_factory,
)
from models.states import ActivityOrigin, ProposalStatus
from tests.support import builders as build
from tests.web.coordinator.people import Person
from tests.web.coordinator.scene import TODAY, Scene
from web.services.catalogue import Catalogue, Shelf, stamp
from web.services.learning.words import propose_words
from web.services.matching import store_suggestions
from web.services.renewal import count_behind, renew_one

PAGE = "/regie/activiteiten"
ASKED = "Wie komt er onze pelouze in orde houden?"


def approve(engine: Engine, text: str, activity: str, *, asker: int | None = None) -> int:
    """Store a need, with an approved offer that does an activity; returns the need's number."""
    with session_factory(engine).begin() as session:
        own = {"organisation": session.get_one(Organisation, asker)} if asker else {}
        need = build.need(session, title="Vraag", text=text, **own)
        offer = build.offer(session, title="Aanbod", text="Wij helpen.")
        offer.activities.append(OfferActivity(activity_id=activity, origin=ActivityOrigin.CHOSEN))
        after = {"need": need.id, "offer": offer.id, "status": "approved"}
        session.add(
            Event(subject_type="match", subject_id=f"8{need.id}", action="decided", after=after)
        )
        session.flush()
        return need.id


def proposed(engine: Engine) -> list[tuple[str, str, int]]:
    with session_factory(engine).begin() as session, Catalogue().open(session) as shelf:
        propose_words(session, shelf)
    with session_factory(engine)() as session:
        rows = session.scalars(select(SynonymProposal).order_by(SynonymProposal.id))
        return [(row.word, row.activity_id, row.needs) for row in rows if row.status == "open"]


def teach(engine: Engine) -> list[int]:
    """Let two askers say a word of their own for mowing, beside two needs for ironing."""
    needs = [approve(engine, ASKED, "gras-maaien") for _ in range(2)]
    for text in ("Onze hemden zijn gekreukt.", "Wij hebben veel was voor de ploeg."):
        approve(engine, text, "strijken")
    return needs


def read_in(shelf: Shelf, text: str) -> set[str]:
    """Return the activities that words of a text name; a guess rests on none."""
    return {found.activity_id for found in recognise(shelf.taxonomy, "", text) if found.words}


@pytest.fixture
def rita(app: Flask, scene: Scene) -> Person:
    return Person(app, scene.coordinator)


def test_a_word_of_several_askers_is_proposed_for_the_work_that_was_approved(
    engine: Engine, scene: Scene
) -> None:
    teach(engine)
    assert ("pelouze", "gras-maaien", 2) in proposed(engine)
    assert all(activity == "gras-maaien" for _, activity, _ in proposed(engine))


@pytest.mark.parametrize(
    ("texts", "activity"),
    [
        # One need says nothing; nor does a word that leads somewhere already.
        ([ASKED], "gras-maaien"),
        (["Het gazon maaien.", "Ons gazon maaien."], "gras-maaien"),
        # Everyday words, and names of places, name no work.
        (["Wij willen graag iemand.", "Wij willen graag hulp."], "gras-maaien"),
        (["Het is in Bekkevoort.", "Kom naar Bekkevoort."], "gras-maaien"),
    ],
)
def test_what_teaches_nothing_is_not_proposed(
    engine: Engine, scene: Scene, texts: Sequence[str], activity: str
) -> None:
    for text in ("Onze hemden zijn gekreukt.", "Wij hebben veel was voor de ploeg."):
        approve(engine, text, "strijken")
    with session_factory(engine).begin() as session:
        place = {"postcode": "3460", "municipality_nis": "24008"}
        centre = {"latitude": 50.94, "longitude": 4.97}
        session.add(PlaceName(name="Bekkevoort", folded="bekkevoort", **place, **centre))
    for text in texts:
        approve(engine, text, activity)
    assert proposed(engine) == []


def test_a_word_that_one_asker_repeats_is_his_own_affair(engine: Engine, scene: Scene) -> None:
    first = approve(engine, ASKED, "gras-maaien")
    with session_factory(engine)() as session:
        asker = session.get_one(Need, first).organisation_id
    approve(engine, ASKED, "gras-maaien", asker=asker)
    approve(engine, "Onze hemden zijn gekreukt.", "strijken")
    assert proposed(engine) == []


def test_an_undone_approval_takes_its_proposal_along(engine: Engine, scene: Scene) -> None:
    need, _ = teach(engine)
    assert proposed(engine)
    with session_factory(engine).begin() as session:
        session.add(
            Event(
                subject_type="match",
                subject_id=f"8{need}",
                action="undone",
                after={"need": need, "status": "suggested"},
            )
        )
    assert proposed(engine) == []


def test_an_accepted_word_counts_at_once_in_every_process(
    rita: Person, engine: Engine, scene: Scene
) -> None:
    teach(engine)
    proposed(engine)
    serving = Catalogue()
    with session_factory(engine).begin() as session, serving.open(session) as shelf:
        assert read_in(shelf, "onze pelouze") == set()
        need = session.get_one(Need, scene.need)
        need.text, need.title = "Onze pelouze ligt er slecht bij.", "Pelouze"
        store_suggestions(session, shelf, need, TODAY)
        stamp(session, need)
    assert "pelouze" in rita.get(PAGE).text
    assert rita.send(PAGE, "aanvaarden").status_code == 303
    with session_factory(engine)() as session, serving.open(session) as shelf:
        assert read_in(shelf, "onze pelouze") == {"gras-maaien"}
        assert count_behind(session, TODAY) > 0
    with session_factory(engine).begin() as session:
        while renew_one(session, serving, TODAY):
            pass
        assert count_behind(session, TODAY) == 0
        mine = Match.need_id == scene.need, Match.offer_id == scene.offers[0]
        reasons = session.scalars(select(Match.reasons).where(*mine)).one()
    shared = next(reason for reason in reasons if reason["code"] == "activity.shared")
    assert "pelouze" in shared["evidence"]["activities"][0]["need_words"]
    assert "“pelouze”" not in rita.get(PAGE).text


def test_a_refused_word_never_comes_back(rita: Person, engine: Engine, scene: Scene) -> None:
    teach(engine)
    words = [word for word, _, _ in proposed(engine)]
    for _ in words:
        assert rita.send(PAGE, "weigeren").status_code == 303
    assert proposed(engine) == []
    with session_factory(engine)() as session:
        rows = session.scalars(select(SynonymProposal)).all()
        assert {row.status for row in rows} == {ProposalStatus.REFUSED}
        assert {row.decided_by_id for row in rows} == {scene.coordinator}
        told = session.scalars(select(Event).where(Event.action == "word_refused")).all()
    assert {event.after["word"] for event in told} == set(words)


def test_the_second_of_two_who_decide_is_told(
    app: Flask, rita: Person, engine: Engine, scene: Scene
) -> None:
    teach(engine)
    proposed(engine)
    karel = Person(app, scene.colleague)
    with session_factory(engine).begin() as session:
        for role in session.scalars(select(UserRole)):
            role.keeps_reference = True
    address, fields = karel.form(PAGE, "weigeren")
    rita.send(PAGE, "aanvaarden")
    answer = karel.post(address, fields)
    assert "besliste al over dit woord" in karel.get(answer.location).text


def test_who_may_not_edit_sees_no_proposals_and_decides_on_none(
    app: Flask, engine: Engine, scene: Scene
) -> None:
    teach(engine)
    proposed(engine)
    elke = Person(app, scene.stranger)
    assert "pelouze" not in elke.get(PAGE).text
    _, fields = elke.form("/regie/belangen", "")
    for verdict in ("aanvaarden", "weigeren"):
        answer = elke.client.post(f"{PAGE}/woorden/1/{verdict}", data=fields)
        assert answer.status_code == 403


def test_a_chosen_activity_of_the_need_does_not_hide_the_word(engine: Engine, scene: Scene) -> None:
    for need_id in teach(engine):
        with session_factory(engine).begin() as session:
            need = session.get_one(Need, need_id)
            need.activities.append(
                NeedActivity(activity_id="gras-maaien", origin=ActivityOrigin.CHOSEN)
            )
            assert session.get_one(Offer, scene.offers[0]).activities == []
    assert ("pelouze", "gras-maaien", 2) in proposed(engine)
