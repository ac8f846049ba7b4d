"""Offers and needs of any number, for measuring: Dutch-like texts with realistic fields.

Texts come from `seed.writing`. Fields are drawn at random, about half of the optional ones empty,
as people leave them; organisations come in the types and work forms of a Flemish region, with about
twenty offers or needs each. An item follows from the seed and its number alone, so any part can
be made anywhere, in any order, and is the same.
"""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TypeVar

from matcher.values import Conditions, Need, Offer, Place
from matcher.vocabulary import NeedKind, OfferKind, OrganisationType, WorkForm, WorkSite
from seed.writing import Subject, Writer

Drawn = TypeVar("Drawn")

SEED = 2026
#: The day that generated periods count from.
TODAY = date(2026, 11, 23)
_ITEMS_EACH = 20
_CHOSEN = 0.6
_SERVED_AROUND = 0.8
_OFFER_KINDS = {
    OfferKind.SERVICE: 4,
    OfferKind.ENCLAVE_TEAM: 3,
    OfferKind.PROFILE: 2,
    OfferKind.WORKPLACE: 1,
}
_NEED_KINDS = {
    NeedKind.SERVICE: 4,
    NeedKind.ENCLAVE: 2,
    NeedKind.VACANCY: 2,
    NeedKind.PLACEMENT: 1,
}
_WORK_FORMS = {
    WorkForm.MAATWERKBEDRIJF: 50,
    WorkForm.LOCAL_SERVICE: 20,
    WorkForm.OCMW_SERVICE: 15,
    WorkForm.WIJK_WERKEN: 8,
    WorkForm.AMA: 4,
    WorkForm.GOB: 3,
}
_ASKER_TYPES = {
    OrganisationType.COMPANY: 50,
    OrganisationType.VZW: 14,
    OrganisationType.MUNICIPALITY: 12,
    OrganisationType.SCHOOL: 10,
    OrganisationType.OCMW: 8,
    OrganisationType.HOUSING_COMPANY: 3,
    OrganisationType.SOCIAL_ECONOMY: 3,
}


@dataclass(frozen=True, slots=True)
class Supplier:
    """An organisation that offers."""

    type: OrganisationType
    work_form: WorkForm


class Generator:
    """Makes offer or need number n of a seed: `writer` for its text, one of `places` for its place.

    offers, needs: how many there are of each, which decides how many organisations share them.
    """

    def __init__(
        self,
        subjects: Sequence[Subject],
        places: Sequence[Place],
        *,
        offers: int,
        needs: int,
        seed: int = SEED,
    ) -> None:
        self._writer = Writer(subjects)
        self.places = places
        self._seed = seed
        self.suppliers = max(10, offers // _ITEMS_EACH)
        self.askers = max(10, needs // _ITEMS_EACH)

    def _draw(self, what: str, number: int) -> random.Random:
        return random.Random(f"{self._seed}:{what}:{number}")  # noqa: S311 - repeatable, no secret

    def supplier(self, number: int) -> Supplier:
        """Return the organisation behind `supplier_id` number."""
        form = _weighted(self._draw("supplier", number), _WORK_FORMS)
        local = form is WorkForm.OCMW_SERVICE
        return Supplier(OrganisationType.OCMW if local else OrganisationType.SOCIAL_ECONOMY, form)

    def asker(self, number: int) -> OrganisationType:
        """Return the type of the organisation behind `asker_id` number."""
        return _weighted(self._draw("asker", number), _ASKER_TYPES)

    def offer(self, number: int) -> Offer:
        """Return offer `number`, from 0."""
        draw = self._draw("offer", number)
        kind = _weighted(draw, _OFFER_KINDS)
        subject, title, text = self._writer.offer(draw)
        owner = draw.randrange(self.suppliers)
        supplier = self.supplier(owner)
        around = draw.random() < _SERVED_AROUND
        return Offer(
            id=str(number),
            kind=kind,
            title=title,
            text=text,
            activities=_chosen(draw, subject),
            place=draw.choice(self.places),
            service_nis=frozenset() if around else self._area(draw),
            radius_km=draw.choice((None, 15.0, 25.0, 40.0)) if around else None,
            supplier_id=f"supplier-{owner}",
            supplier_type=supplier.type,
            work_form=supplier.work_form,
            conditions=_conditions(draw, kind),
        )

    def need(self, number: int) -> Need:
        """Return need `number`, from 0."""
        draw = self._draw("need", number)
        kind = _weighted(draw, _NEED_KINDS)
        subject, title, text = self._writer.need(draw)
        owner = draw.randrange(self.askers)
        return Need(
            id=str(number),
            kind=kind,
            title=title,
            text=text,
            activities=_chosen(draw, subject),
            place=draw.choice(self.places),
            asker_id=f"asker-{owner}",
            asker_type=self.asker(owner),
            core_activity=True if kind is NeedKind.ENCLAVE else None,
            conditions=_conditions(draw, kind),
        )

    def _area(self, draw: random.Random) -> frozenset[str]:
        return frozenset(place.nis for place in draw.choices(self.places, k=draw.randint(1, 8)))


def _weighted(draw: random.Random, chances: dict[Drawn, int]) -> Drawn:
    return draw.choices(list(chances), list(chances.values()))[0]


def _chosen(draw: random.Random, subject: Subject) -> frozenset[str]:
    return frozenset([subject.id]) if draw.random() < _CHOSEN else frozenset()


def _conditions(draw: random.Random, kind: NeedKind | OfferKind) -> Conditions:
    people = draw.choice((None, 2, 4, 6, 8, 12))
    start = draw.choice((None, TODAY + timedelta(days=draw.randint(5, 200))))
    end = start and draw.choice((None, start + timedelta(days=draw.randint(30, 300))))
    return Conditions(
        people_min=people,
        people_max=people and people + draw.choice((0, 2, 4)),
        hours_per_week=draw.choice((None, 19.0, 30.0, 38.0)),
        start=start,
        end=end,
        certificates=frozenset(draw.choice(((), (), ("haccp",), ("vca-basis",)))),
        licences=frozenset(draw.choice(((), (), ("B",)))),
        languages=frozenset(["nl"]),
        language_level=draw.choice((None, "A2", "B1")),
        schedule=frozenset(draw.choice(((), ("day",), ("two_shifts",), ("day", "weekend")))),
        site=draw.choice((None, *WorkSite)) if kind.value == "service" else None,
    )
