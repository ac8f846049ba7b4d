"""Saying yes or no to a proposal from its mail, as each side."""

import re

import pytest
from sqlalchemy import select

from models import Answer, Match, OutboxMail
from models.states import AnswerKind, FallReason, MatchStatus, Side
from tests.support.world import email_of
from tests.web.news.telling import Desk
from web.services import match_mail

WHO = {Side.NEED: "ann", Side.OFFER: "sam"}


def _links(desk: Desk, side: Side) -> tuple[str, str]:
    """Return the links to yes and to no in the mail about the match that waits for answers."""
    number = desk.site.numbers["match_id"]["introduced"]
    chosen = select(OutboxMail).where(
        OutboxMail.template == "asked",
        OutboxMail.recipient == email_of(WHO[side]),
        OutboxMail.body.contains(f"/kennismakingen/{number}\n"),
    )
    with desk.site.sessions.reading() as session:
        row = session.scalars(chosen).one()
    text = desk.letterhead.text(row)
    yes, no = re.findall(r"^(?:Ja|Nee), .*: http://localhost(/mail/antwoord/\S+)$", text, re.M)
    return yes, no


def _match(desk: Desk) -> Match:
    with desk.site.sessions.reading() as session:
        return session.get_one(Match, desk.site.numbers["match_id"]["introduced"])


def _answers(desk: Desk) -> list[tuple[Side, AnswerKind, FallReason | None, bool]]:
    with desk.site.sessions.reading() as session:
        mine = select(Answer).where(Answer.match_id == _match(desk).id).order_by(Answer.id)
        rows = session.scalars(mine).all()
        return [(row.side, row.kind, row.reason, row.by_coordinator) for row in rows]


def test_the_mail_tells_why_it_fits_in_the_words_of_its_reader(desk: Desk) -> None:
    with desk.site.app.app_context(), desk.site.sessions.writing.begin() as session:
        match = session.get_one(Match, _match(desk).id)
        match_mail.ask(session, match, match.need, match.offer)
    with desk.site.sessions.reading() as session:
        newest = select(OutboxMail).where(OutboxMail.template == "asked")
        mails = session.scalars(newest.order_by(OutboxMail.id.desc()).limit(2)).all()
    for row in mails:
        told = desk.letterhead.text(row).partition("Waarom het past:\n")[2].partition("\n\n")[0]
        assert 1 <= told.count("- ") <= match_mail.MOST_REASONS
        assert "gras" in told.lower()


def test_two_yeses_from_the_mail_introduce_the_sides(desk: Desk) -> None:
    reader = desk.site.person("nobody")
    for side in (Side.NEED, Side.OFFER):
        assert _match(desk).status is MatchStatus.APPROVED
        yes, _no = _links(desk, side)
        assert "Wilt u kennismaken?" in reader.get(yes).text
        assert reader.post(yes).status_code == 200
    assert _match(desk).status is MatchStatus.INTRODUCED
    assert _answers(desk) == [
        (Side.NEED, AnswerKind.YES, None, False),
        (Side.OFFER, AnswerKind.YES, None, False),
    ]


@pytest.mark.parametrize("side", list(WHO))
def test_a_no_asks_for_its_reason_and_ends_the_proposal(desk: Desk, side: Side) -> None:
    yes, no = _links(desk, side)
    reader = desk.site.person("nobody")
    without = reader.post(no)
    assert without.status_code == 422
    assert _answers(desk) == []
    assert reader.post(no, {"reason": "other"}).status_code == 422
    assert reader.post(no, {"reason": "too_far"}).status_code == 200
    assert _match(desk).status is MatchStatus.FELL_THROUGH
    assert _answers(desk) == [(side, AnswerKind.NO, FallReason.TOO_FAR, False)]
    assert "Antwoorden hoeft niet meer" in reader.post(yes).text


def test_a_link_of_one_side_is_of_no_use_to_the_other(desk: Desk) -> None:
    yes, _no = _links(desk, Side.OFFER)
    assert desk.site.person("ann").post(yes).status_code == 403
    assert desk.site.person("rita").post(yes).status_code == 403
    assert _answers(desk) == []


def test_after_an_undone_approval_the_old_mail_asks_nothing(desk: Desk) -> None:
    yes, _no = _links(desk, Side.NEED)
    names = {"need": "introduced", "offer": "current", "match": "introduced"}
    undo = desk.site.address(
        "coordinator.undo_decision", **{f"{k}_id": v for k, v in names.items()}
    )
    form = next(
        f
        for f in desk.site.person("rita").forms(
            desk.site.address("coordinator.need", need_id="introduced")
        )
        if f.path == undo
    )
    assert desk.site.person("rita").post(undo, form.filled({})).status_code == 303
    assert desk.site.person("nobody").post(yes).status_code == 410
    assert _answers(desk) == []
