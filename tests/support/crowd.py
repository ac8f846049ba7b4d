"""More of everything in the world, with organisations, people and places that all differ."""

from datetime import timedelta
from typing import Any

from sqlalchemy import inspect, select
from sqlalchemy.orm import Session

from matcher.vocabulary import OrganisationType, WorkForm
from models import (
    Activity,
    Base,
    Decision,
    DeclaredInterest,
    ImportBatch,
    Match,
    Membership,
    Need,
    NeedActivity,
    Notice,
    Offer,
    OfferActivity,
    OfferMunicipality,
    Organisation,
    OutboxMail,
    Region,
    Token,
    User,
    now,
)
from models.states import ActivityOrigin, NewsTopic, OrganisationStatus, TokenPurpose
from tests.support import builders as build
from tests.support.world import email_of
from web.services import events
from web.services.actor import VISITOR
from web.services.catalogue import stamp

#: Municipalities with one of their postcodes.
PLACES = (("24008", "3460"), ("24020", "3290"), ("24134", "3270"), ("24135", "3390"))
#: What a copy does not take over: it gets its own.
OWN = ("id", "version", "submission_key", "external_id", "pseudonym", "updated_at")


def grow(session: Session, times: int) -> None:
    """Add `times` copies of every need and offer, half of them of others, and of what hangs on."""
    needs, offers = session.scalars(select(Need)).all(), session.scalars(select(Offer)).all()
    green = select(Activity.id).where(Activity.cluster == "groen").order_by(Activity.id)
    activities = list(session.scalars(green.limit(len(PLACES))))
    for number in range(times):
        asker, supplier = _organisations(session, number)
        own = number % 2 == 0
        asked = {need.id: _copy(session, need, number, None if own else asker) for need in needs}
        listed = {o.id: _copy(session, o, number, None if own else supplier) for o in offers}
        for need in asked.values():
            session.add(
                _activity(NeedActivity, "need_id", need.id, activities[number % len(PLACES)])
            )
        for offer in listed.values():
            session.add(
                _activity(OfferActivity, "offer_id", offer.id, activities[number % len(PLACES)])
            )
            place = PLACES[number % len(PLACES)][0]
            session.add(OfferMunicipality(offer_id=offer.id, municipality_nis=place))
        _matches(session, asked, listed)
        _papers(session, asker, number)
    session.flush()
    stamp(session, *session.scalars(select(Need)), *session.scalars(select(Offer)))


def _organisations(session: Session, number: int) -> tuple[Organisation, Organisation]:
    nis, postcode = PLACES[number % len(PLACES)]
    region = session.scalars(select(Region.id).where(Region.slug == "igo")).one()
    here = {"municipality_nis": nis, "postcode": postcode, "region_id": region}
    work = {"type": OrganisationType.SOCIAL_ECONOMY, "work_form": WorkForm.MAATWERKBEDRIJF}
    asker = build.organisation(session, name=f"Vrager {number}", **here)
    supplier = build.organisation(session, is_supplier=True, **here, **work)
    status = OrganisationStatus.PENDING
    waiting = build.organisation(session, is_supplier=True, status=status, **here, **work)
    for organisation in (asker, supplier, waiting):
        person = build.user(session, email_confirmed_at=now(), phone="016 00 00 00")
        session.add(Membership(user_id=person.id, organisation_id=organisation.id))
    return asker, supplier


def _copy(session: Session, row: Any, number: int, of: Organisation | None) -> Any:
    columns = [c.key for c in inspect(type(row)).column_attrs if c.key not in OWN]
    values = {name: getattr(row, name) for name in columns}
    values["title"] = f"{row.title} {number}"
    if getattr(row, "pseudonym", None):
        values["pseudonym"] = f"C-{number:04d}"
    if of is not None:
        contact = session.scalars(
            select(Membership.user_id).where(Membership.organisation_id == of.id)
        ).one()
        values |= {"organisation_id": of.id, "contact_id": contact, "postcode": of.postcode}
        values["municipality_nis"] = of.municipality_nis
    made = type(row)(**values)
    session.add(made)
    session.flush()
    return made


def _activity(link: type[Base], key: str, number: int, activity: str) -> Base:
    return link(**{key: number, "activity_id": activity, "origin": ActivityOrigin.CHOSEN})


def _matches(session: Session, needs: dict[int, Need], offers: dict[int, Offer]) -> None:
    own = {*OWN, "status"}
    columns = [c.key for c in inspect(Match).column_attrs if c.key not in own]
    for match in session.scalars(
        select(Match).where(Match.need_id.in_(list(needs)), Match.offer_id.in_(list(offers)))
    ).all():
        values = {name: getattr(match, name) for name in columns}
        made = Match(
            **{**values, "need_id": needs[match.need_id].id, "offer_id": offers[match.offer_id].id}
        )
        # The pages of the world's own needs get more offers as well.
        extra = Match(**{**values, "offer_id": offers[match.offer_id].id})
        session.add_all([made, extra])
        session.flush()
        for copy in (made, extra):
            build.bring(session, copy, match.status)
        for decision in session.scalars(select(Decision).where(Decision.match_id == match.id)):
            for copy in (made, extra):
                session.add(_decision(decision, copy.id, build.user(session).id))


def _decision(decision: Decision, match_id: int, actor_id: int) -> Decision:
    names = ("at", "from_status", "to_status", "refusal_reason", "words", "position")
    values = {name: getattr(decision, name) for name in names}
    return Decision(match_id=match_id, actor_id=actor_id, **values)


def _papers(session: Session, asker: Organisation, number: int) -> None:
    """Add what stands in the smaller lists: members, invitations, interests, uploads, mails."""
    rita = session.scalars(select(User.id).where(User.email == email_of("rita"))).one()
    ann = select(User).where(User.email == email_of("ann"))
    company = session.scalars(ann).one().memberships[0].organisation_id
    colleague = build.user(session, email_confirmed_at=now())
    session.add(Membership(user_id=colleague.id, organisation_id=company))
    session.add(DeclaredInterest(user_id=rita, organisation_id=asker.id))
    session.add(
        Token(
            digest=f"{number:064d}",
            purpose=TokenPurpose.INVITE,
            email=f"gast{number}@wereld.be",
            organisation_id=company,
            expires_at=now() + timedelta(days=1),
        )
    )
    upload = session.scalars(select(ImportBatch).limit(1)).one()
    values = {"options": upload.options, "content": upload.content}
    session.add(ImportBatch(user_id=rita, kind="need", filename=f"{number}.csv", **values))
    news = {"title": f"Nieuws {number}", "body": "Dag.", "key": f"crowd:{number}"}
    ann_id = session.scalars(ann).one().id
    session.add(Notice(user_id=ann_id, topic=NewsTopic.MATCHES, path="/vragen", **news))
    session.add(OutboxMail(recipient="a@b.be", subject=f"Brief {number}", body="Dag."))
    for need in session.scalars(select(Need).where(Need.external_id.is_not(None))).all():
        events.record(session, VISITOR, "need", need.id, "changed", region_id=need.region_id)
