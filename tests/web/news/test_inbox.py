"""Messages in Brug: what is new, what was read, and only one's own."""

from sqlalchemy import event

from tests.support.pages import parsed, text_of
from tests.web.news.telling import OTHER, Desk


def _badge(desk: Desk, name: str) -> str:
    page = parsed(desk.site.person(name).get("/mijn-brug").text)
    links = [a for a in page.iter("a") if a.get("href") == "/berichten"]
    return " ".join(text_of(links[0]).split())


def test_the_menu_counts_what_is_new(desk: Desk) -> None:
    before = _badge(desk, "ann")
    desk.tell("ann")
    assert _badge(desk, "ann") != before
    assert "ongelezen" in _badge(desk, "ann")


def test_opening_a_message_reads_it_and_leads_to_the_thing(desk: Desk) -> None:
    desk.tell("ann")
    (notice,) = desk.notices("ann")
    answer = desk.site.person("ann").post(f"/berichten/{notice.id}/openen")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/voorbeeld")
    assert desk.notices("ann")[0].read_at is not None


def test_one_or_all_can_be_marked_as_read_and_the_filter_stays(desk: Desk) -> None:
    desk.tell("ann", other=f"{OTHER} een")
    desk.tell("ann", other=f"{OTHER} twee")
    ann = desk.site.person("ann")
    first, second = desk.notices("ann")
    answer = ann.post(f"/berichten/{first.id}/gelezen?over=matches&toon=new")
    assert answer.headers["Location"] == "/berichten?over=matches&toon=new"
    only_new = ann.get("/berichten?toon=new").text
    assert second.title in only_new
    assert first.title not in only_new
    ann.post("/berichten/gelezen")
    assert all(notice.read_at for notice in desk.notices("ann"))
    assert "Geen bericht gevonden" in ann.get("/berichten?toon=new").text


def test_nobody_reads_or_opens_another_s(desk: Desk) -> None:
    desk.tell("ann")
    (notice,) = desk.notices("ann")
    xavier = desk.site.person("xavier")
    assert OTHER not in xavier.get("/berichten").text
    assert xavier.post(f"/berichten/{notice.id}/openen").status_code == 404
    xavier.post("/berichten/gelezen")
    assert desk.notices("ann")[0].read_at is None


def test_it_shows_twenty_at_a_time_and_finds_by_words(desk: Desk) -> None:
    for number in range(25):
        desk.tell("ann", other=f"{OTHER} {number:02}")
    ann = desk.site.person("ann")
    page = ann.get("/berichten").text
    assert f"{OTHER} 24" in page
    assert f"{OTHER} 04" not in page
    assert f"{OTHER} 04" in ann.get("/berichten?page=2").text
    found = ann.get(f"/berichten?q={OTHER}+07").text
    assert f"{OTHER} 07" in found
    assert f"{OTHER} 08" not in found


def test_the_count_costs_one_query_that_an_index_answers(desk: Desk) -> None:
    statements: list[str] = []

    def note(_c: object, _cursor: object, statement: str, *_rest: object) -> None:
        statements.append(statement)

    engine = desk.site.sessions.engine
    event.listen(engine, "before_cursor_execute", note)
    desk.site.person("ann").get("/privacy")
    event.remove(engine, "before_cursor_execute", note)
    (counted,) = [s for s in statements if "FROM notice" in s]
    with desk.site.sessions.reading() as session:
        bind = session.connection()
        plan = bind.exec_driver_sql(f"EXPLAIN QUERY PLAN {counted}", (1,)).all()
    assert "COVERING INDEX ix_notice_user_id_read_at" in str(plan)
