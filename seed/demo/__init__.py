"""Loads the demo region: real municipalities, invented organisations, people, offers and needs."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from models import now
from seed.demo.decisions import decide_all
from seed.demo.listings import load_needs, load_offers
from seed.demo.people import load_people
from seed.demo.steps import Steps
from web.services.renewal import renew_one

__all__ = ["LoadedDemo", "load_demo"]


@dataclass(frozen=True, slots=True)
class LoadedDemo:
    """How many rows a load added."""

    organisations: int
    offers: int
    needs: int
    decisions: int


def load_demo(session: Session, on: date | None = None) -> LoadedDemo:
    """Add what is missing of the demo region, as of a day (today by default); the caller commits.

    Needs the reference data. Offers, needs and decisions go through the same services as those of
    real people, so that suggestions are the matcher's own; what is there already stays as it is.
    """
    steps = Steps(session, on or now().date())
    organisations = load_people(session)
    offers = load_offers(steps)
    needs = load_needs(steps)
    decisions = decide_all(steps, needs)
    if needs:
        _bring_up_to_date(steps)
    return LoadedDemo(organisations, len(offers), len(needs), decisions)


def _bring_up_to_date(steps: Steps) -> None:
    """Rank as of today what was published, on paper, weeks ago."""
    with steps.next() as session:
        while renew_one(session, steps.catalogue, steps.on):
            pass
