"""What tests look up about offers: suggestions, the shelf, problems, everything stored."""

from collections.abc import Callable

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import selectinload

from models import Match, Offer, session_factory
from web.services.catalogue import Catalogue
from web.services.errors import InvalidError


def suggested(engine: Engine, offer_id: int) -> set[int]:
    with session_factory(engine)() as session:
        return set(session.scalars(select(Match.need_id).where(Match.offer_id == offer_id)))


def on_shelf(engine: Engine, catalogue: Catalogue, offer_id: int) -> bool:
    with session_factory(engine)() as session, catalogue.open(session) as shelf:
        return str(offer_id) in shelf.offers


def problems_of(publish: Callable[[], object]) -> dict[str, str]:
    with pytest.raises(InvalidError) as refused:
        publish()
    return refused.value.problems


def all_offers(engine: Engine) -> list[Offer]:
    with session_factory(engine)() as session:
        chosen = select(Offer).order_by(Offer.id)
        chosen = chosen.options(selectinload(Offer.activities), selectinload(Offer.service_area))
        return list(session.scalars(chosen))
