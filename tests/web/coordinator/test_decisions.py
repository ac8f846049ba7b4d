"""Decisions on a match: who may take them, what they ask and what they leave behind."""

import pytest
from sqlalchemy import Engine, func, select, update
from sqlalchemy.orm import Session

from models import (
    CatalogueState,
    Decision,
    DeclaredInterest,
    Event,
    Match,
    Membership,
    Need,
    Offer,
    OutboxMail,
    session_factory,
)
from models.states import MatchOrigin, MatchStatus, NeedStatus, OfferStatus, RefusalReason
from tests.web.coordinator.scene import TODAY, Decide, Scene, actor
from tests.web.coordinator.scene import status as stored_status
from web.services.catalogue import Catalogue, stamp
from web.services.decisions import add_by_hand, approved_for, undo
from web.services.errors import ConflictError, ForbiddenError, InvalidError, NotFoundError

APPROVED, REFUSED, ASIDE = MatchStatus.APPROVED, MatchStatus.REFUSED, MatchStatus.SET_ASIDE


def need_status(engine: Engine, scene: Scene) -> NeedStatus:
    with session_factory(engine)() as session:
        return session.get_one(Need, scene.need).status


def undoing(engine: Engine, match: Match, by: int, seen: int | None = None) -> Match:
    with session_factory(engine).begin() as session:
        version = match.version if seen is None else seen
        return undo(
            session,
            Catalogue(),
            actor(session, by),
            match.id,
            seen_version=version,
            on=TODAY,
        )


def adding(engine: Engine, scene: Scene, rank: int, words: str) -> Match:
    with session_factory(engine).begin() as session:
        person = actor(session, scene.coordinator)
        offer = scene.offers[rank]
        return add_by_hand(session, Catalogue(), person, scene.need, offer, words, TODAY)


def test_approving_writes_the_decision_and_what_the_match_looked_like(
    deciding: Decide, engine: Engine, scene: Scene
) -> None:
    match = deciding(0)
    with session_factory(engine)() as session:
        decision = session.scalars(select(Decision)).one()
        event = session.scalars(select(Event).where(Event.subject_type == "match")).one()
    assert (decision.to_status, decision.position) == (APPROVED, 1)
    assert event.actor_id == decision.actor_id == scene.coordinator
    assert event.after["score"] == pytest.approx(match.score)
    assert event.after["reasons"] == match.reasons != []
    assert event.region_id == scene.region


def test_an_approved_need_is_no_longer_open_to_the_matcher(
    deciding: Decide, engine: Engine, scene: Scene
) -> None:
    catalogue = Catalogue()
    with session_factory(engine, read_only=True)() as session, catalogue.open(session) as shelf:
        assert str(scene.need) in shelf.needs
    deciding(0)
    assert need_status(engine, scene) is NeedStatus.APPROVED
    with session_factory(engine, read_only=True)() as session, catalogue.open(session) as shelf:
        assert str(scene.need) not in shelf.needs


def test_both_contacts_get_a_mail_about_the_introduction(
    deciding: Decide, engine: Engine, scene: Scene
) -> None:
    match = deciding(0)
    with session_factory(engine)() as session:
        mails = session.scalars(select(OutboxMail)).all()
        sides = [session.get_one(Need, scene.need), session.get_one(Offer, scene.offers[0])]
        contacts = {side.contact.email for side in sides if side.contact}
    assert {mail.recipient for mail in mails} == contacts
    assert all(f"/kennismakingen/{match.id}" in mail.body for mail in mails)


def test_choosing_past_the_first_asks_why(deciding: Decide) -> None:
    with pytest.raises(InvalidError) as asked:
        deciding(1)
    assert set(asked.value.problems) == {"words"}
    match = deciding(1, words="Kent het gebouw al.")
    assert match.decisions[-1].position == 2
    assert match.decisions[-1].words == "Kent het gebouw al."


def test_the_second_needs_no_words_once_the_first_is_refused(deciding: Decide) -> None:
    deciding(0, REFUSED, refusal_reason=RefusalReason.NO_CAPACITY)
    assert deciding(1).status is APPROVED


def test_the_second_still_needs_words_when_the_first_is_only_set_aside(deciding: Decide) -> None:
    deciding(0, ASIDE)
    with pytest.raises(InvalidError):
        deciding(1)


def test_refusing_asks_a_reason_and_another_reason_asks_words(deciding: Decide) -> None:
    with pytest.raises(InvalidError) as no_reason:
        deciding(0, REFUSED)
    with pytest.raises(InvalidError) as no_words:
        deciding(0, REFUSED, refusal_reason=RefusalReason.OTHER, words="  ")
    assert set(no_reason.value.problems) == {"refusal_reason"}
    assert set(no_words.value.problems) == {"words"}
    match = deciding(0, REFUSED, refusal_reason=RefusalReason.OTHER, words="Werkt niet samen.")
    assert match.decisions[-1].refusal_reason is RefusalReason.OTHER


def test_endless_words_are_refused(deciding: Decide) -> None:
    with pytest.raises(InvalidError):
        deciding(0, words="x" * 1_000_000)


def test_a_coordinator_of_another_region_does_not_find_the_need(
    deciding: Decide, scene: Scene
) -> None:
    with pytest.raises(NotFoundError):
        deciding(0, by=scene.stranger)


@pytest.mark.parametrize("side", ["need", "offer"])
@pytest.mark.parametrize("interest", [Membership, DeclaredInterest])
def test_whoever_has_an_interest_in_a_side_cannot_decide(
    deciding: Decide, engine: Engine, scene: Scene, side: str, interest: type
) -> None:
    with session_factory(engine).begin() as session:
        sides = {"need": (Need, scene.need), "offer": (Offer, scene.offers[0])}
        row = session.get_one(*sides[side])
        values = {"user_id": scene.coordinator, "organisation_id": row.organisation_id}
        session.add(interest(**values))
    with pytest.raises(ForbiddenError) as refusal:
        deciding(0)
    assert refusal.value.code == "interest"
    assert deciding(0, by=scene.colleague).status is APPROVED


def test_an_interest_also_bars_from_undoing_and_adding(
    deciding: Decide, engine: Engine, scene: Scene
) -> None:
    match = deciding(0, by=scene.colleague)
    with session_factory(engine).begin() as session:
        offer = session.get_one(Offer, scene.offers[0])
        interest = DeclaredInterest(
            user_id=scene.coordinator, organisation_id=offer.organisation_id
        )
        session.add(interest)
    with pytest.raises(ForbiddenError):
        undoing(engine, match, scene.coordinator)
    with pytest.raises(ForbiddenError):
        adding(engine, scene, 0, "Kent ons.")


def test_a_pair_that_a_certain_rule_refuses_cannot_be_approved(
    deciding: Decide, engine: Engine, scene: Scene
) -> None:
    with session_factory(engine).begin() as session:
        offer = session.get_one(Offer, scene.offers[0])
        offer.organisation.work_form = "wijk_werken"
        stamp(session, offer)
    with pytest.raises(ForbiddenError) as refusal:
        deciding(0, words="Toch.")
    assert refusal.value.code == "refused_by_rule"


def test_an_offer_that_is_paused_meanwhile_cannot_be_approved(
    deciding: Decide, engine: Engine, scene: Scene
) -> None:
    with session_factory(engine).begin() as session:
        offer = session.get_one(Offer, scene.offers[0])
        offer.status = OfferStatus.PAUSED
        offer.organisation.region_id = scene.region
        stamp(session, offer)
    with pytest.raises(ConflictError) as conflict:
        deciding(0)
    assert conflict.value.code == "offer_gone"


def test_a_second_offer_is_approved_only_on_purpose(
    deciding: Decide, engine: Engine, scene: Scene
) -> None:
    deciding(0)
    with pytest.raises(ConflictError) as conflict:
        deciding(1)
    assert conflict.value.code == "already_approved"
    deciding(1, also=True)
    with session_factory(engine)() as session:
        assert approved_for(session, scene.need) == sorted(scene.offers[:2])


def test_a_need_stays_approved_until_its_last_approval_is_undone(
    deciding: Decide, engine: Engine, scene: Scene
) -> None:
    first, second = deciding(0), deciding(1, also=True)
    undoing(engine, first, scene.coordinator)
    assert need_status(engine, scene) is NeedStatus.APPROVED
    undoing(engine, second, scene.coordinator)
    assert need_status(engine, scene) is NeedStatus.PUBLISHED


def test_undo_restores_the_match_and_keeps_the_decision(
    deciding: Decide, engine: Engine, scene: Scene
) -> None:
    deciding(0, ASIDE)
    version = deciding(0, ASIDE).version
    refused = deciding(
        0, REFUSED, refusal_reason=RefusalReason.TOO_FAR, seen_version=version, by=scene.colleague
    )
    match = undoing(engine, refused, scene.coordinator)
    assert match.status is ASIDE
    assert [d.to_status for d in match.decisions] == [ASIDE, REFUSED, ASIDE]


def test_nothing_is_undone_twice(deciding: Decide, engine: Engine, scene: Scene) -> None:
    match = undoing(engine, deciding(0), scene.coordinator)
    with pytest.raises(ConflictError) as conflict:
        undoing(engine, match, scene.coordinator)
    assert conflict.value.code == "nothing_to_undo"


def test_what_was_undone_is_not_brought_back_by_undoing_again(
    deciding: Decide, engine: Engine, scene: Scene
) -> None:
    aside = deciding(0, ASIDE)
    approved = deciding(0, seen_version=aside.version)
    once = undoing(engine, approved, scene.coordinator)
    assert stored_status(engine, scene, 0) is ASIDE
    undoing(engine, once, scene.coordinator)
    assert stored_status(engine, scene, 0) is MatchStatus.SUGGESTED
    assert need_status(engine, scene) is NeedStatus.PUBLISHED


def test_a_click_too_many_lands_on_the_first_decision(deciding: Decide, engine: Engine) -> None:
    first, again = deciding(0), deciding(0)
    assert (again.id, again.version) == (first.id, first.version)
    with session_factory(engine)() as session:
        assert session.scalar(select(func.count()).select_from(Decision)) == 1
        assert session.scalar(select(func.count()).select_from(OutboxMail)) == 2


def test_a_decision_on_an_older_state_changes_nothing(
    deciding: Decide, engine: Engine, scene: Scene
) -> None:
    deciding(0, REFUSED, refusal_reason=RefusalReason.TOO_FAR)
    with pytest.raises(ConflictError):
        deciding(0, by=scene.colleague)
    assert need_status(engine, scene) is NeedStatus.PUBLISHED


def test_a_need_that_changed_since_it_was_read_is_read_again_first(
    deciding: Decide, engine: Engine, scene: Scene
) -> None:
    with session_factory(engine).begin() as session:
        need = session.get_one(Need, scene.need)
        seen = need.version
        need.text = "Toch liever hemden strijken."
        stamp(session, need)
    with pytest.raises(ConflictError) as conflict:
        deciding(0, seen_need=seen)
    assert conflict.value.code == "need_changed"


def test_a_new_score_alone_does_not_make_the_page_stale(
    deciding: Decide, engine: Engine, scene: Scene
) -> None:
    seen = adding(engine, scene, 2, "Kent ons.").version
    with session_factory(engine).begin() as session:
        session.execute(update(Match).values(score=Match.score + 1, version=Match.version + 1))
    assert deciding(2, seen_version=seen, words="Kent ons.").status is APPROVED


def test_a_need_that_was_withdrawn_takes_no_decision(
    deciding: Decide, engine: Engine, scene: Scene
) -> None:
    with session_factory(engine).begin() as session:
        need = session.get_one(Need, scene.need)
        need.status = NeedStatus.WITHDRAWN
        stamp(session, need)
    with pytest.raises(ConflictError) as conflict:
        deciding(0)
    assert conflict.value.code == "need_closed"


def test_an_offer_put_forward_by_hand_keeps_its_origin_and_its_reason(
    engine: Engine, scene: Scene
) -> None:
    with pytest.raises(InvalidError):
        adding(engine, scene, 2, " ")
    match = adding(engine, scene, 2, "Zij doen dit voor de buren.")
    assert match.origin is MatchOrigin.MANUAL
    assert adding(engine, scene, 2, "Nog eens.").id == match.id
    with session_factory(engine)() as session:
        event = session.scalars(select(Event).where(Event.action == "added_by_hand")).one()
    assert event.reason == "Zij doen dit voor de buren."


def test_the_catalogue_hears_of_every_approval(
    deciding: Decide, engine: Engine, scene: Scene
) -> None:
    def revision(session: Session) -> int:
        return session.scalars(select(CatalogueState.revision)).one()

    with session_factory(engine)() as session:
        before = revision(session)
    deciding(0)
    with session_factory(engine)() as session:
        assert revision(session) > before
