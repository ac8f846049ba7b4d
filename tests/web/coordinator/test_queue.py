"""The queue: what stands in it, in which order, and at what cost."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import Engine, event

from matcher.vocabulary import NeedKind
from models import Match, Need, now, session_factory
from models.states import MatchStatus, NeedStatus, Urgency
from tests.support import builders as build
from tests.web.coordinator.people import Person
from tests.web.coordinator.scene import Decide, Scene, actor
from web.database import Sessions
from web.services import queue
from web.services.catalogue import stamp
from web.services.queue import Cause, QueueFilter, QueueOrder, QueueState


def add_need(engine: Engine, scene: Scene, **values: object) -> int:
    with session_factory(engine).begin() as session:
        return build.need(session, **{"region_id": scene.region, **values}).id


def add_match(engine: Engine, need_id: int, offer_id: int, score: float) -> None:
    with session_factory(engine).begin() as session:
        session.add(
            Match(need_id=need_id, offer_id=offer_id, score=score, weights_version="t", reasons=[])
        )


def titles(engine: Engine, scene: Scene, **wanted: object) -> list[str]:
    moment = now()
    with session_factory(engine)() as session:
        person = actor(session, scene.coordinator)
        chosen = queue.queue(person, QueueFilter(**wanted), moment)  # type: ignore[arg-type]
        return [need.title for need in session.scalars(chosen)]


def test_the_most_urgent_stands_first(engine: Engine, scene: Scene) -> None:
    today = now().date()
    add_match(engine, scene.need, scene.offers[0], 2.0)
    for title, values in {
        "Dringend": {"urgency": Urgency.HIGH},
        "Straks": {"start_date": today + timedelta(days=5), "start_to_agree": False},
        "Wacht": {"published_at": now() - timedelta(days=30)},
    }.items():
        made = add_need(engine, scene, title=title, **values)
        add_match(engine, made, scene.offers[0], 2.0)
    add_need(engine, scene, title="Niets")
    assert titles(engine, scene) == ["Dringend", "Straks", "Wacht", "Niets", "Gras maaien"]


def test_the_order_in_the_database_follows_the_causes_that_the_page_shows(
    engine: Engine, scene: Scene
) -> None:
    today = now().date()
    for n in range(12):
        start = today + timedelta(days=3 * n - 10)
        made = add_need(
            engine,
            scene,
            title=f"Vraag {n}",
            urgency=Urgency.HIGH if n % 3 == 0 else Urgency.NORMAL,
            published_at=now() - timedelta(days=4 * n),
            start_date=start if n % 2 else None,
        )
        if n % 4:
            add_match(engine, made, scene.offers[0], float(n - 6))
    moment = now()
    with session_factory(engine)() as session:
        person = actor(session, scene.coordinator)
        needs = session.scalars(queue.queue(person, QueueFilter(), moment)).all()
        rows = queue.rows(session, person, needs, moment)
    points = [sum(queue.URGENCY[cause] for cause in row.causes) for row in rows]
    assert points == sorted(points, reverse=True)
    assert len(set(points)) > 5


def test_each_state_holds_its_needs(deciding: Decide, engine: Engine, scene: Scene) -> None:
    later = now() + timedelta(days=3)
    add_need(engine, scene, title="Uitgesteld", postponed_until=later)
    add_need(engine, scene, title="Weer terug", postponed_until=now() - timedelta(days=1))
    add_need(engine, scene, title="Concept", status=NeedStatus.DRAFT)
    add_need(engine, scene, title="Ingetrokken", status=NeedStatus.WITHDRAWN)
    weak = add_need(engine, scene, title="Zwak")
    add_match(engine, weak, scene.offers[2], -3.0)
    add_match(engine, scene.need, scene.offers[0], 2.0)
    assert set(titles(engine, scene)) == {"Gras maaien", "Weer terug", "Zwak"}
    assert titles(engine, scene, state=QueueState.LATER) == ["Uitgesteld"]
    assert set(titles(engine, scene, state=QueueState.WITHOUT)) == {"Weer terug", "Zwak"}
    deciding(0)
    assert titles(engine, scene, state=QueueState.DECIDED) == ["Gras maaien"]
    with session_factory(engine)() as session:
        counted = queue.counts(session, actor(session, scene.coordinator), now())
    assert list(counted.values()) == [2, 2, 1, 1]


def test_filters_narrow_the_queue(engine: Engine, scene: Scene) -> None:
    add_need(engine, scene, title="Vast werk", kind=NeedKind.VACANCY)
    add_need(engine, scene, title="Elders", municipality_nis="24020")
    assert titles(engine, scene, kind=NeedKind.VACANCY) == ["Vast werk"]
    assert titles(engine, scene, nis="24020") == ["Elders"]
    assert titles(engine, scene, text="GRASVELDEN") == ["Gras maaien"]
    assert titles(engine, scene, text="100%") == []
    newest = titles(engine, scene, order=QueueOrder.NEWEST)
    assert newest == titles(engine, scene, order=QueueOrder.WAITING)[::-1]


def test_a_need_of_another_region_stands_in_its_own_queue_only(
    app: Flask, rita: Person, scene: Scene
) -> None:
    stranger = Person(app, scene.stranger)
    assert "Gras maaien" in rita.get("/regie").text
    assert "Gras maaien" not in stranger.get("/regie").text
    page = f"/regie/vragen/{scene.need}"
    assert stranger.get(page).status_code == 404
    assert stranger.get(f"{page}/uitgesloten").status_code == 404
    assert stranger.get(f"{page}/aanbod-zoeken").status_code == 404
    for what in ("goedkeuren", "weigeren", "opzij", "toevoegen"):
        path = f"{page}/aanbod/{scene.offers[0]}/{what}"
        # His own token, from a form of another page; the name carries the form's prefix.
        token = stranger.form("/regie", "afmelden")[1]["csrf_token"]
        words = {
            "goedkeuren": "approve",
            "weigeren": "refuse",
            "opzij": "aside",
            "toevoegen": "add",
        }
        prefix = f"{words[what]}-{scene.offers[0]}"
        typed = {"csrf_token": token, "refusal_reason": "too_far", "words": "Past."}
        values = {f"{prefix}-{name}": value for name, value in typed.items()}
        assert stranger.client.post(path, data=values).status_code == 404, what


@pytest.mark.parametrize(
    "address",
    [
        "/regie?state=zzz&kind=<b>&place='--&order=99&page=abc&q=%25",
        "/regie?page=-5",
        "/regie?page=99999999999999999999",
        "/regie?q=" + "x" * 3000,
        "/regie?state=later",
        "/regie?state=decided&q=bestaatniet",
    ],
)
def test_whatever_stands_in_the_address_the_queue_answers(rita: Person, address: str) -> None:
    assert rita.get(address).status_code == 200


def test_an_empty_queue_says_what_to_do(rita: Person) -> None:
    assert "U hebt niets uitgesteld" in rita.get("/regie?state=later").text
    assert "Filters wegnemen" in rita.get("/regie?q=bestaatniet").text


@contextmanager
def counting(app: Flask) -> Iterator[list[str]]:
    stored: Sessions = app.extensions["brug_sessions"]
    statements: list[str] = []

    def note(*args: object) -> None:
        if not str(args[2]).startswith(("PRAGMA", "BEGIN")):
            statements.append(str(args[2]))

    event.listen(stored.engine, "before_cursor_execute", note)
    yield statements
    event.remove(stored.engine, "before_cursor_execute", note)


def test_a_full_page_takes_as_many_queries_as_a_short_one(
    app: Flask, rita: Person, engine: Engine, scene: Scene
) -> None:
    def queries(path: str) -> int:
        rita.get(path)
        with counting(app) as statements:
            assert rita.get(path).status_code == 200
        return len(statements)

    add_match(engine, scene.need, scene.offers[0], 1.0)
    page = f"/regie/vragen/{scene.need}"
    before = queries("/regie"), queries(page)
    for n in range(25):
        made = add_need(engine, scene, title=f"Vraag {n}")
        add_match(engine, made, scene.offers[n % 3], 1.0)
    with session_factory(engine).begin() as session:
        more = [build.offer(session, title=f"Gras {n}", text="gras maaien") for n in range(12)]
        stamp(session, *more)
    after = queries("/regie"), queries(page)
    assert after[0] <= before[0] <= 20
    assert after[1] <= before[1] + 1 <= 30


def test_the_best_suggestion_is_shown_with_its_reason_and_the_refused_one_is_not(
    engine: Engine, scene: Scene
) -> None:
    add_match(engine, scene.need, scene.offers[1], 1.0)
    add_match(engine, scene.need, scene.offers[0], 3.0)
    with session_factory(engine).begin() as session:
        best = session.query(Match).filter_by(offer_id=scene.offers[0]).one()
        best.status = MatchStatus.REFUSED
    moment = now()
    with session_factory(engine)() as session:
        person = actor(session, scene.coordinator)
        need = session.get_one(Need, scene.need)
        (row,) = queue.rows(session, person, [need], moment)
    assert row.best is not None
    assert (row.suggestions, row.best.offer_id) == (1, scene.offers[1])
    assert Cause.NOTHING not in row.causes
