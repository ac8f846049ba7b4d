"""The menu of each kind of person."""

from dataclasses import dataclass

from web.i18n import N_
from web.services.actor import Actor


@dataclass(frozen=True, slots=True)
class Item:
    """One entry of the menu."""

    label: str
    endpoint: str


VISITOR = (
    Item(N_("Search offers"), "visitor.search"),
    Item(N_("What is possible"), "visitor.showcase"),
    Item(N_("Work forms"), "visitor.work_forms"),
)
FOOTER = (
    *VISITOR,
    Item(N_("Glossary"), "visitor.glossary"),
    Item(N_("Privacy"), "visitor.privacy"),
    Item(N_("Accessibility"), "visitor.accessibility"),
)
MEMBER = (Item(N_("My needs"), "buyer.needs"),)
INTRODUCTIONS = (Item(N_("Introductions"), "introductions.index"),)
SUPPLIER = (
    Item(N_("My offers"), "supplier.offers"),
    Item(N_("Needs that fit"), "supplier.fitting_needs"),
)
COORDINATOR = (
    Item(N_("Queue"), "coordinator.queue"),
    Item(N_("Region"), "coordinator.region"),
)
POLICY_OFFICER = (Item(N_("My municipality"), "policy.home"),)


def menu(actor: Actor) -> tuple[Item, ...]:
    """Return the entries for a person, his own work first."""
    items: tuple[Item, ...] = ()
    if actor.coordinator_regions:
        items += COORDINATOR
    if actor.policy_municipalities:
        items += POLICY_OFFICER
    if actor.supplier_ids | actor.pending_ids:
        items += SUPPLIER
    if actor.organisation_ids:
        items += MEMBER
    if actor.organisation_ids or actor.coordinator_regions:
        items += INTRODUCTIONS
    return items + (VISITOR[:1] if items else VISITOR)
