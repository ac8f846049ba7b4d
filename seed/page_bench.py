"""CPU time of the main pages on a generated region, beside a bare Flask page in the same run.

Requests go through the whole application in this process, without a socket; the processor's own
clock is read, so that other work on the machine counts little. Each page is asked once to warm up.
"""

import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from http import HTTPStatus
from pathlib import Path

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from matcher.vocabulary import OfferKind
from models import (
    Match,
    Membership,
    Need,
    Offer,
    Region,
    User,
    UserRole,
    make_engine,
    migrate,
    now,
    session_factory,
)
from models.match_life import MET
from models.states import Role
from seed.generate import generate
from seed.lived import bring_to_life
from seed.reference import load_reference
from web.app import create_app
from web.services.catalogue import Catalogue
from web.services.matching import store_suggestions
from web.settings import Mode, Settings


@dataclass(frozen=True, slots=True)
class PageTime:
    """Median and 95th percentile of one page, in milliseconds of CPU; `ratio` to a bare page."""

    page: str
    cpu_ms_p50: float
    cpu_ms_p95: float
    ratio: float


@dataclass(frozen=True, slots=True)
class PageBench:
    """The whole measurement; the first request of a process also fills its catalogue."""

    offers: int
    needs: int
    matches: int
    requests: int
    bare_ms_p50: float
    first_request_s: float
    pages: tuple[PageTime, ...]

    def as_json(self) -> dict[str, object]:
        """Return the measurement as a JSON-ready object."""
        return asdict(self)


def bench_pages(*, offers: int, needs: int, requests: int) -> PageBench:
    """Generate a region of that size, and measure its main pages."""
    with _generated(offers, needs) as (app, writing):
        with writing.begin() as session:
            bring_to_life(session)
        with writing.begin() as session:
            people, addresses = _people(session), _addresses(session)
            matches = len(session.scalars(select(Match.id)).all())
        clients = {who: _browser(app, token) for who, token in people.items()}
        start = time.perf_counter()
        clients["visitor"].get("/zoeken?q=gras")
        first = time.perf_counter() - start
        bare, _bare_95 = _cpu_ms(_bare_page(), requests)
        pages = []
        for who, address in addresses:
            p50, p95 = _cpu_ms(_ask(clients[who], address), requests)
            pages.append(
                PageTime(f"{who} {address}", round(p50, 2), round(p95, 2), round(p50 / bare, 1))
            )
    return PageBench(
        offers, needs, matches, requests, round(bare, 3), round(first, 2), tuple(pages)
    )


@contextmanager
def _generated(offers: int, needs: int) -> Iterator[tuple[Flask, sessionmaker[Session]]]:
    with tempfile.TemporaryDirectory(prefix="brug-bench-") as folder:
        url = f"sqlite:///{Path(folder) / 'bench.sqlite3'}"
        engine = make_engine(url)
        migrate.upgrade(engine)
        writing = session_factory(engine)
        with writing.begin() as session:
            load_reference(session)
            generate(session, offers=offers, needs=needs)
        with writing.begin() as session, Catalogue().open(session) as shelf:
            for need in session.scalars(select(Need).order_by(Need.id)):
                store_suggestions(session, shelf, need, need.created_at.date())
        settings = Settings(
            mode=Mode.DEMO, secret_key="bench" * 8, database_url=url, base_url="http://localhost"
        )
        yield create_app(settings), writing
        engine.dispose()


def _people(session: Session) -> dict[str, str]:
    """Add somebody of each kind; returns their session tokens, empty for a visitor."""
    region = session.scalars(select(Region)).one()
    asker = session.scalars(select(Need.organisation_id).limit(1)).one()
    supplier = session.scalars(select(Offer.organisation_id).limit(1)).one()
    people = {}
    for who in ("buyer", "supplier", "coordinator"):
        user = User(email=f"{who}@bench.example", name=who, email_confirmed_at=now())
        session.add(user)
        session.flush()
        people[who] = user.session_token
        if who == "coordinator":
            session.add(UserRole(user_id=user.id, role=Role.COORDINATOR, region_id=region.id))
        else:
            organisation_id = asker if who == "buyer" else supplier
            session.add(Membership(user_id=user.id, organisation_id=organisation_id))
    session.flush()
    return {"visitor": "", **people}


def _addresses(session: Session) -> list[tuple[str, str]]:
    """Return who opens which of the main pages."""
    # The first needs have a life behind them, the last are still open.
    lived, open_one = (
        session.scalars(select(Need.id).order_by(order).limit(1)).one()
        for order in (Need.id, Need.id.desc())
    )
    asker = session.scalars(select(Need.organisation_id).limit(1)).one()
    own = session.scalars(select(Need.id).where(Need.organisation_id == asker).limit(1)).one()
    met = session.scalars(select(Match.id).where(Match.need_id == own, Match.status.in_(MET)))
    match = met.first()
    offer = session.scalars(select(Offer).where(Offer.kind == OfferKind.SERVICE).limit(1)).one()
    return [
        ("visitor", "/"),
        ("visitor", "/zoeken?q=gras+maaien&plaats=Bekkevoort"),
        ("visitor", f"/aanbod/{offer.id}"),
        ("visitor", f"/organisaties/{offer.organisation_id}"),
        ("buyer", "/vragen"),
        ("buyer", f"/vragen/{own}"),
        ("supplier", "/mijn-aanbod"),
        ("supplier", "/passende-vragen"),
        ("coordinator", "/regie"),
        ("coordinator", f"/regie/vragen/{open_one}"),
        ("coordinator", f"/regie/vragen/{lived}"),
        ("buyer", "/kennismakingen"),
        ("buyer", f"/kennismakingen/{match}"),
        ("buyer", f"/kennismakingen/{match}/overleg"),
        ("buyer", "/berichten"),
        ("supplier", "/mijn-aanbod/agenda"),
        ("coordinator", "/kennismakingen"),
        ("coordinator", "/regie/logboek"),
        ("coordinator", "/regie/spreiding"),
    ]


def _browser(app: Flask, session_token: str) -> FlaskClient:
    client = app.test_client()
    if session_token:
        with client.session_transaction() as cookie:
            cookie["_user_id"] = session_token
            cookie["_fresh"] = True
    return client


def _ask(client: FlaskClient, address: str) -> Callable[[], None]:
    def ask() -> None:
        answer = client.get(address)
        if answer.status_code != HTTPStatus.OK:
            raise RuntimeError(f"{address} answered {answer.status_code}")

    return ask


def _bare_page() -> Callable[[], None]:
    """Return a request to a page that does nothing, the least that Flask itself costs."""
    app = Flask("bare")
    app.add_url_rule("/", "home", lambda: "<!doctype html><title>x</title>")
    return _ask(app.test_client(), "/")


def _cpu_ms(ask: Callable[[], None], requests: int) -> tuple[float, float]:
    ask()
    times = []
    for _ in range(requests):
        start = time.process_time()
        ask()
        times.append(1000 * (time.process_time() - start))
    return statistics.median(times), statistics.quantiles(times, n=20)[-1]
