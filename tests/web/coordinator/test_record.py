"""The record as people read it: every event in words, for whom it is, and as a file."""

import csv
import io
from collections.abc import Iterator

import pytest
from openpyxl import load_workbook
from sqlalchemy import select

from models import Event, Need, User
from tests.support.routes import ROWS, found_forms, values_of
from tests.support.site import Site
from web.record_words import is_worded
from web.services import events
from web.services.actor import Actor
from web.services.tables import Ending, table_file


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    site = Site(tmp_path_factory.mktemp("record"))
    yield site
    site.close()


def _tell(site: Site, who: str, action: str, **values: object) -> None:
    """Write an event about the open need."""
    with site.sessions.writing() as session, session.begin():
        number = session.scalars(select(User.id).where(User.email == f"{who}@wereld.be")).one()
        need = session.get_one(Need, site.numbers["need_id"]["open"])
        events.record(
            session,
            Actor(user_id=number),
            "need",
            need.id,
            action,
            region_id=need.region_id,
            **values,  # type: ignore[arg-type]
        )


def test_what_every_route_leaves_is_told_in_words(site: Site) -> None:
    """Nobody ever reads a code, a brace or the name of a column."""
    site.reset()
    forms = found_forms(site)
    unworded = set()
    for row in ROWS:
        if row.method != "POST":
            continue
        site.reset()
        address = row.address(site)
        site.person(row.right).post(address, values_of(site, row, forms.get((row.right, address))))
        with site.sessions.reading() as session:
            told = session.execute(select(Event.subject_type, Event.action)).all()
        unworded |= {(kind, action) for kind, action in told if not is_worded(kind, action)}
        page = site.person("rita").get("/regie/logboek").text
        lines = page.partition('<ol class="happenings')[2].partition("</ol>")[0]
        assert not any(sign in lines for sign in ("{", "}", "_", "None", "sha256")), lines
    assert unworded == set()


def test_a_history_tells_who_when_and_from_what_to_what(site: Site) -> None:
    site.reset()
    before, after = {"title": "Gras", "urgency": "low"}, {"title": "Hagen", "urgency": "high"}
    _tell(site, "ann", "changed", before=before, after=after)
    number = site.numbers["need_id"]["open"]
    for reader, page in (("ann", f"/vragen/{number}"), ("rita", f"/regie/vragen/{number}")):
        for address in (page, f"/geschiedenis?need_id={number}"):
            text = site.person(reader).get(address).text
            assert "wijzigde de vraag" in text
            assert "<del>Gras</del> → <ins>Hagen</ins>" in text
            assert "Niet dringend" in text


def test_the_asker_does_not_read_what_coordinators_arrange(site: Site) -> None:
    site.reset()
    _tell(site, "rita", "handed_over", after={"interest": True}, reason="Mijn broer werkt er.")
    address = f"/geschiedenis?need_id={site.numbers['need_id']['open']}"
    assert "Mijn broer werkt er." in site.person("rita").get(address).text
    assert "Mijn broer werkt er." not in site.person("ann").get(address).text


def test_a_supplier_reads_of_a_match_without_the_weighing_or_names(site: Site) -> None:
    site.reset()
    address = f"/geschiedenis?match_id={site.numbers['match_id']['introduced']}"
    rita, sam = (site.person(name).get(address).text for name in ("rita", "sam"))
    assert "keurde een aanbod goed" in sam
    assert "Zij kennen de weg." in rita
    assert "Zij kennen de weg." not in sam
    assert "Plaats in de rangschikking" not in sam


@pytest.mark.parametrize(
    "asked",
    [
        "",
        "need_id=",
        "need_id=x",
        "need_id=-1",
        "need_id=1%27",
        "need_id=99999999999",
        "need_id=1&offer_id=1",
        "rule_id=",
        "weights_id=1",
        "need_id=%D9%A1",
    ],
)
def test_an_odd_address_is_not_found(site: Site, asked: str) -> None:
    assert site.person("rita").get(f"/geschiedenis?{asked}").status_code == 404


def test_the_record_of_a_region_is_narrowed_by_who_what_and_when(site: Site) -> None:
    site.reset()
    _tell(site, "ann", "changed", before={"title": "A"}, after={"title": "Zonnebloem"})
    rita = site.person("rita")
    every = "/regie/logboek?wie=ann&wat=need&van=2020-01-01&tot=2099-12-31"
    assert "Zonnebloem" in rita.get(every).text
    for narrowed in ("wie=niemand", "wat=rule", "tot=2020-01-01", "van=2099-12-31"):
        assert "Zonnebloem" not in rita.get(f"/regie/logboek?{narrowed}").text
    odd = rita.get("/regie/logboek?van=gisteren&tot=9999-12-31&wat=alles&page=x")
    assert "Zonnebloem" in odd.text
    assert "is geen dag" in odd.text


def test_another_region_reads_nothing_of_it(site: Site) -> None:
    site.reset()
    _tell(site, "ann", "changed", before={"title": "A"}, after={"title": "Zonnebloem"})
    assert "Zonnebloem" not in site.person("elke").get("/regie/logboek").text


def test_a_file_holds_what_the_page_holds_and_runs_no_formula(site: Site) -> None:
    site.reset()
    evil = '=HYPERLINK("http://x";"klik")'
    _tell(site, "ann", "withdrawn", after={"title": "Hagen"}, reason=evil)
    rita = site.person("rita")
    address = f"need_id={site.numbers['need_id']['open']}"
    answer = rita.get(f"/geschiedenis/csv?{address}")
    assert "attachment" in answer.headers["Content-Disposition"]
    rows = list(csv.reader(io.StringIO(answer.data.decode("utf-8-sig")), delimiter=";"))
    assert rows[0][1:3] == ["Wanneer", "Wie"]
    assert rows[1][-1] == f"'{evil}"
    book = load_workbook(io.BytesIO(rita.get(f"/geschiedenis/xlsx?{address}").data))
    cell = list(book.worksheets[0].rows)[1][-1]
    assert (cell.value, cell.data_type) == (f"'{evil}", "s")
    assert rita.get(f"/geschiedenis/exe?{address}").status_code == 404


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "  =1", "|calc", "%0A"])
def test_no_cell_begins_like_a_formula(cell: str) -> None:
    content = table_file(Ending.CSV, ["Kop"], [[cell]]).decode("utf-8-sig")
    assert content.splitlines()[1].lstrip('"').startswith("'")
