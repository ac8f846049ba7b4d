"""What stands in the addresses of the world's things, by the names of `world.py`."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from models import (
    Attachment,
    DeclaredInterest,
    ImportBatch,
    Match,
    Need,
    Notice,
    Offer,
    Organisation,
    OutboxMail,
    Question,
    Region,
    SynonymProposal,
    Token,
    User,
    Visit,
    WeightsVersion,
)
from models.match_life import CHOSEN
from models.states import MailState, NewsTopic, TokenPurpose
from tests.support.world import ORGANISATIONS, SECRET_KEY, number_of
from web.services.mail_links import AnswerLink, MailLinks


def _tokens(session: Session) -> dict[str, str]:
    """Return the signed parts of addresses in mails."""
    ann, sam = (session.scalars(number_of(name)).one() for name in ("ann", "sam"))
    offer = session.scalars(select(Offer.id).where(Offer.external_id == "world:current")).one()
    links = MailLinks(SECRET_KEY)
    paths = {
        "stop": links.unsubscribe(ann, NewsTopic.MATCHES),
        "confirm": links.answer(AnswerLink("offer_current", offer, sam, 0)),
    }
    return {name: path.split("/")[-1] for name, path in paths.items()}


def _questions(session: Session) -> dict[str, int]:
    """Return the questions by what became of them."""
    columns = select(Question.id, Question.answer, Question.is_public)
    return {
        "shared" if public else "asked" if answer is None else "answered": number
        for number, answer, public in session.execute(columns)
    }


def numbers(session: Session) -> dict[str, dict[str, Any]]:
    """Return what stands in addresses, by the name of the argument and then by ours."""
    needs = session.execute(select(Need.external_id, Need.id))
    offers = session.execute(select(Offer.external_id, Offer.id))
    called = {values[0]: name for name, values in ORGANISATIONS.items()}
    organisations = session.execute(select(Organisation.name, Organisation.id))
    news = Notice.key == "world:news"
    chosen = select(Need.external_id, Match.id).join(Match.need)
    chosen = chosen.where(Match.status.in_(CHOSEN), Need.external_id.startswith("world:"))
    dead = OutboxMail.state == MailState.DEAD
    invitation = select(Token.id).where(Token.purpose == TokenPurpose.INVITE)
    people = select(User.email, User.id)
    return {
        "need_id": {str(mark).removeprefix("world:"): number for mark, number in needs},
        "offer_id": {str(mark).removeprefix("world:"): number for mark, number in offers},
        "organisation_id": {
            called[name]: number for name, number in organisations if name in called
        },
        "match_id": {
            str(mark).removeprefix("world:"): number for mark, number in session.execute(chosen)
        },
        "question_id": _questions(session),
        "attachment_id": {"plan": session.scalars(select(Attachment.id)).one()},
        "visit_id": {"proposed": session.scalars(select(Visit.id)).one()},
        "invitation_id": {"open": session.scalars(invitation).one()},
        "interest_id": {"ritas": session.scalars(select(DeclaredInterest.id)).one()},
        "batch_id": {"ritas": session.scalars(select(ImportBatch.id)).one()},
        "user_id": {email.split("@")[0]: number for email, number in session.execute(people)},
        "version_id": {"learned": session.scalars(select(WeightsVersion.id)).one()},
        "mail_id": {"dead": session.scalars(select(OutboxMail.id).where(dead)).one()},
        "notice_id": {"news": session.scalars(select(Notice.id).where(news)).one()},
        "token": _tokens(session),
        "region_id": {region.slug: region.id for region in session.scalars(select(Region))},
        "proposal_id": {"open": session.scalars(select(SynonymProposal.id)).one()},
    }
