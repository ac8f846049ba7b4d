"""The menu of each kind of person."""

from dataclasses import dataclass

from web.i18n import N_
from web.services.actor import Actor


@dataclass(frozen=True, slots=True)
class Item:
    """One entry of the menu."""

    label: str
    endpoint: str
    #: Beginnings of the names of the pages that lie under it.
    under: tuple[str, ...] = ()

    def state(self, endpoint: str | None) -> str:
        """Return what `aria-current` says while a page is open: page, true (under it) or none."""
        if endpoint == self.endpoint:
            return "page"
        return "true" if endpoint and self.under and endpoint.startswith(self.under) else ""


VISITOR = (
    Item(N_("Search offers"), "visitor.search", ("visitor.offer", "visitor.organisation")),
    Item(N_("What is possible"), "visitor.showcase", ("visitor.showcase_",)),
    Item(N_("Work forms"), "visitor.work_forms", ("visitor.work_form",)),
)
FOOTER = (
    *VISITOR,
    Item(N_("Glossary"), "visitor.glossary"),
    Item(N_("Privacy"), "visitor.privacy"),
    Item(N_("Accessibility"), "visitor.accessibility"),
)
MEMBER = (Item(N_("My needs"), "buyer.needs", ("buyer.",)),)
INTRODUCTIONS = (Item(N_("Introductions"), "introductions.index", ("introductions.",)),)
SUPPLIER = (
    Item(
        N_("My offers"),
        "supplier.offers",
        ("supplier.new", "supplier.edit", "supplier.withdraw"),
    ),
    Item(N_("Needs that fit"), "supplier.fitting_needs", ("supplier.fitting_need",)),
)
COORDINATOR = (
    Item(
        N_("Queue"),
        "coordinator.queue",
        ("coordinator.need", "coordinator.find", "coordinator.refused"),
    ),
    Item(
        N_("Region"),
        "coordinator.region",
        (
            "importing.",
            "coordinator.activit",
            "coordinator.new_activity",
            "coordinator.rule",
            "coordinator.interests",
            "coordinator.dead_mail",
            "coordinator.delays",
            "coordinator.waiting",
            "coordinator.mail_sample",
            "coordinator.expos",
            "record.log",
        ),
    ),
)
POLICY_OFFICER = (Item(N_("My municipality"), "policy.home", ("policy.",)),)


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
