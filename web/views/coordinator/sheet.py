"""One need with all its offers: what its page and every answer to a decision show."""

from dataclasses import dataclass
from typing import Any

from flask import render_template

from matcher import shared_spans
from matcher.values import Ranking
from matcher.weights import Weights
from models import Need
from models.match_life import CHOSEN, DECIDED
from models.need_fields import NEED_FIELDS
from web.database import db
from web.explanations import best_change_of
from web.forms.base import BrugForm
from web.forms.coordinator import ApproveForm, HandOverForm, LaterForm, RefuseForm, SeenForm
from web.forms.dynamic import shown_values
from web.histories import recent
from web.i18n import _
from web.login import current_actor
from web.marking import marked
from web.paging import Page, requested_page
from web.seen import saw
from web.services import need_care, need_sheet, queue
from web.services.cover import Cover, cover_by, usual_people
from web.services.fields import field_values
from web.services.need_sheet import Candidate, Entry, Standings
from web.services.promises import free_for
from web.services.record import Subject
from web.services.sightings import SeenAt
from web.services.visibility import interested, region_need
from web.views.coordinator.base import catalogue
from web.views.coordinator.comparison import compared
from web.wording import WordedChange

PER_PAGE = 10
SHOWN_REFUSALS = 5
#: What sets the fields of these forms apart from those of the other forms on the page.
RESUME, HAND_OVER = "resume", "hand-over"
AUTHORITIES = frozenset({"municipality", "ocmw", "agb", "igs"})


@dataclass(slots=True)
class Typed:
    """A form that came back: shown again at its offer, with what was typed and why it failed."""

    action: str = ""
    offer_id: int | None = None
    form: BrugForm | None = None
    refused: str = ""


def prefix(action: str, offer_id: int) -> str:
    """Return what sets the fields of one offer's form apart from the others on the page."""
    return f"{action}-{offer_id}"


def need_page(need_id: int, typed: Typed | None = None) -> str:
    """Render the page of a need; raises `NotFoundError` outside the coordinator's regions."""
    typed = typed or Typed()
    need = region_need(db(), current_actor(), need_id)
    saw((need.contact_id,), SeenAt.NEED)
    first = requested_page() * PER_PAGE
    standings = need_sheet.standings(db(), catalogue(), need, queue.today()[1], first)
    return render_template(
        "coordinator/need.html",
        need=need,
        typed=typed,
        **_about_offers(need, standings, typed),
        **_about_refused(standings.ranking),
        **_about_need(need, typed),
    )


def _about_offers(need: Need, standings: Standings, typed: Typed) -> dict[str, Any]:
    entries = need_sheet.entries(db(), need, standings.ranking)
    page = _page(entries, standings.eligible)
    shown = need_sheet.candidates(db(), current_actor(), need, page.items)
    chosen = [entry.match for entry in entries if entry.match and entry.status in CHOSEN]
    approved = len(chosen)
    cover = cover_by(need, ((match.status, match.people) for match in chosen))
    return {
        "page": page,
        "cards": [
            {
                **_card(need, candidate, typed, approved, cover),
                "change": _change(candidate.entry, standings.weights),
            }
            for candidate in shown
        ],
        "rules": need_sheet.rules_by_id(db(), _warning_rules(shown)),
        "approved": approved,
        "cover": cover,
        "eligible": standings.eligible,
    }


def _change(entry: Entry, weights: Weights) -> WordedChange | None:
    """Return what would help an offer most, while nobody decided on it."""
    if entry.suggestion is None or entry.status in DECIDED:
        return None
    return best_change_of(entry.suggestion, weights)


def _page(entries: list[Entry], eligible: int) -> Page[Entry]:
    """Return the page in the address; the entries may stop at the end of that page."""
    total = eligible + sum(entry.position is None for entry in entries)
    number = min(requested_page(), max(1, -(-total // PER_PAGE)))
    return Page(entries[(number - 1) * PER_PAGE : number * PER_PAGE], number, total, PER_PAGE)


def _about_refused(ranking: Ranking) -> dict[str, Any]:
    refused = need_sheet.refused_by_rule(db(), ranking)
    sample = [int(r.offer_id) for group in refused for r in group.refusals[:SHOWN_REFUSALS]]
    return {
        "refused": refused,
        "refused_total": len(ranking.refusals),
        "refused_offers": need_sheet.offers_by_id(db(), sample),
        "sample": SHOWN_REFUSALS,
    }


def _about_need(need: Need, typed: Typed) -> dict[str, Any]:
    actor, moment = current_actor(), queue.today()[0]
    return {
        "facts": _facts(need),
        "interest": interested(actor, need),
        "is_authority": need.organisation.type.value in AUTHORITIES,
        "postponed": need.postponed_until is not None and need.postponed_until > moment,
        "colleagues": need_care.free_colleagues(db(), actor, need),
        "handed": queue.handed_by(db(), need.id),
        "later": _form(typed, "later", LaterForm, seen=need.version),
        "resume": SeenForm(formdata=None, data={"seen": need.version}, prefix=RESUME),
        "hand_over": _hand_over_form(typed),
        "recent": recent(Subject.NEED, need.id),
    }


def _facts(need: Need) -> list[tuple[str, str]]:
    """Return what the need's own questions were answered, question by question."""
    fields = NEED_FIELDS[need.kind]
    values = field_values(need, fields)
    shown = shown_values(fields, values)
    return [(_(field.label), shown[field.name]) for field in fields if field.name in shown]


def _hand_over_form(typed: Typed) -> BrugForm:
    if typed.action == "hand_over" and typed.form is not None:
        return typed.form
    return HandOverForm(formdata=None, prefix=HAND_OVER)


def _form(typed: Typed, action: str, kind: type[BrugForm], **data: Any) -> BrugForm:
    if typed.action == action and typed.form is not None:
        return typed.form
    return kind(formdata=None, data=data)


def _warning_rules(shown: list[Candidate]) -> set[str]:
    return {caution["rule_id"] for candidate in shown for caution in cautions_of(candidate)}


def cautions_of(candidate: Candidate) -> list[dict[str, Any]]:
    """Return the rules that warn about a pair, as stored or as found now."""
    return [
        caution
        if isinstance(caution, dict)
        else {"rule_id": caution.rule_id, "evidence": caution.evidence}
        for caution in candidate.entry.scored.cautions
    ]


def _card(
    need: Need, candidate: Candidate, typed: Typed, approved: int, cover: Cover
) -> dict[str, Any]:
    """Return what one offer's card shows."""
    entry, offer = candidate.entry, candidate.offer
    came_back = typed if typed.offer_id == offer.id else Typed()
    seen = {
        "seen": entry.match.version if entry.match else "",
        "seen_need": need.version,
        "also": "1" if approved else "",
    }
    free = free_for(offer, need)
    people = {"people": usual_people(cover, offer, free if free is None else max(1, free))}
    return {
        "entry": entry,
        "offer": offer,
        "interest": candidate.interest,
        "cautions": cautions_of(candidate),
        "texts": marked_sides(need, offer),
        "facts": compared(need, offer, entry.scored),
        "counts": (cover.wanted or 0) > 1 and people["people"] is not None,
        "approve": _offer_form(came_back, "approve", ApproveForm, offer.id, seen | people),
        "refuse": _offer_form(came_back, "refuse", RefuseForm, offer.id, seen),
        "aside": _offer_form(came_back, "aside", ApproveForm, offer.id, seen),
        "undo": SeenForm(formdata=None, data=seen, prefix=prefix("undo", offer.id)),
        "came_back": came_back.action,
    }


def _offer_form(
    typed: Typed, action: str, kind: type[BrugForm], offer_id: int, seen: dict[str, Any]
) -> BrugForm:
    if typed.action == action and typed.form is not None:
        return typed.form
    return kind(formdata=None, data=seen, prefix=prefix(action, offer_id))


def marked_sides(need: Any, offer: Any) -> dict[str, Any]:
    """Return the two titles and texts with the words marked that both sides share."""
    # Titles count as well, so that a word in one title is found in the other text.
    ours, theirs = (f"{side.title}\n{side.text}" for side in (need, offer))
    left, right = shared_spans(ours, theirs)
    return {
        "need": _split(ours, len(need.title), left),
        "offer": _split(theirs, len(offer.title), right),
        "shared": bool(left),
    }


def _split(text: str, cut: int, spans: Any) -> tuple[Any, Any]:
    title = [span for span in spans if span[1] <= cut]
    rest = [(start - cut - 1, end - cut - 1) for start, end in spans if start > cut]
    return marked(text[:cut], title), marked(text[cut + 1 :], rest)
