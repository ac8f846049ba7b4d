"""The facts of a need beside those of an offer, row by row: as stated, or as read in the text."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from flask_babel import format_decimal

from matcher.facts import Facts, facts_of
from matcher.values import Conditions, Suggestion
from matcher.values import Need as NeedValue
from matcher.values import Offer as OfferValue
from models import Match, Need, Offer
from models.states import ActivityOrigin
from web.explanations import activity_labels
from web.fact_words import FAMILIES, told_of
from web.i18n import _
from web.labels import label_of
from web.offer_place import offer_place
from web.services.values import need_value, offer_value
from web.wording import explain

#: The reasons that are about a family of facts, where they have another name.
_REASONS: Mapping[str, tuple[str, ...]] = {
    "people": ("capacity",),
    "period": ("period", "season"),
    "certificates": ("certificates", "wishes"),
}


@dataclass(frozen=True, slots=True)
class Side:
    """What one side tells; `read` quotes where it was read, and is empty where it was stated."""

    text: str = ""
    read: str = ""


@dataclass(frozen=True, slots=True)
class Fact:
    """One row; a side without text is not known. `sign` is `plus`, `minus` or empty."""

    label: str
    need: Side
    offer: Side
    sign: str


def compared(need: Need, offer: Offer, scored: Suggestion | Match) -> list[Fact]:
    """Return the facts that at least one side tells, with what the score made of them."""
    signs = _signs(scored)
    asked, offered = _known(need_value(need)), _known(offer_value(offer))
    if offered.conditions.askers:
        asked = Facts(_with_asker(asked.conditions, need), asked.read)
    rows = [
        (_("Activity"), Side(_activities(need)), Side(_activities(offer)), ("activity",)),
        (_("Place"), Side(_place(need)), Side(_area(offer)), ("distance",)),
        *(
            (_(label), _side(asked, name), _side(offered, name), _REASONS.get(name, (name,)))
            for name, label in FAMILIES.items()
        ),
        (_("Step of the track"), _phase(need), _phase(offer), ("phase",)),
    ]
    return [
        Fact(label, ours, theirs, next((signs[code] for code in codes if code in signs), ""))
        for label, ours, theirs, codes in rows
        if ours.text or theirs.text
    ]


def _signs(scored: Suggestion | Match) -> dict[str, str]:
    signs: dict[str, str] = {}
    for reason in explain(scored.score, scored.reasons, {}).reasons:
        if reason.points and reason.known:
            signs[reason.code.split(".")[0]] = "plus" if reason.points > 0 else "minus"
    return signs


def _known(item: NeedValue | OfferValue) -> Facts:
    return facts_of(item) or Facts(item.conditions, {})


def _with_asker(conditions: Conditions, need: Need) -> Conditions:
    """Return conditions with who asks, to lay beside whom the supplier works for."""
    return replace(conditions, askers=frozenset({need.organisation.type.value}))


def _side(facts: Facts, family: str) -> Side:
    text = told_of(family, facts.conditions)
    return Side(text, facts.read[family].words if text and family in facts.read else "")


def _phase(row: Need | Offer) -> Side:
    return Side(label_of(row.phase) if row.phase else "")


def _activities(row: Need | Offer) -> str:
    names = activity_labels()
    kept = [a for a in row.activities if a.origin is not ActivityOrigin.REJECTED]
    return ", ".join(names.get(a.activity_id, a.activity_id) for a in kept)


def _place(need: Need) -> str:
    name = need.municipality.name if need.municipality else ""
    return f"{need.postcode} {name}" if need.postcode else name


def _area(offer: Offer) -> str:
    if offer.service_area:
        return ", ".join(place.name for place in offer.service_area)
    name = offer_place(offer)
    if offer.radius_km:
        km = str(format_decimal(offer.radius_km))
        return _("up to %(km)s km around %(place)s", km=km, place=name)
    return name
