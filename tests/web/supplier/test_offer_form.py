"""The form of an offer, in the real app, without JavaScript."""

import re
from collections.abc import Callable

from sqlalchemy import Engine, select

from models import Event, session_factory
from models.states import ActivityOrigin, OfferStatus
from tests.web.buyer.browser import Browser, form_in
from tests.web.supplier.scene import GRASS
from tests.web.supplier.seen import all_offers

NEW = "/mijn-aanbod/nieuw/dienst"
COMPLETE = {"text": GRASS, "site": "on_site", "radius_km": "30"}
ODD = "\U0001f331 '; DROP TABLE offer;-- <script>alert(1)</script> <b>&amp;"


def test_own_words_become_a_published_offer_that_shows_the_needs_it_fits(
    maatwerk: Browser, engine: Engine
) -> None:
    answer = maatwerk.send(NEW, "offer", "publish", **COMPLETE)
    assert answer.status_code == 303
    (offer,) = all_offers(engine)
    assert offer.status is OfferStatus.PUBLISHED
    assert offer.title
    assert {a.origin for a in offer.activities} == {ActivityOrigin.RECOGNISED}
    shown = maatwerk.get(answer.location)
    assert "Gras maaien" in shown.text
    assert "Hemden strijken" not in shown.text


def test_a_draft_is_kept_with_nothing_but_a_few_words(maatwerk: Browser, engine: Engine) -> None:
    answer = maatwerk.send(NEW, "offer", "save", text="Iets met hout", place="")
    assert answer.status_code == 303
    (offer,) = all_offers(engine)
    assert (offer.status, offer.text, offer.municipality_nis) == (
        OfferStatus.DRAFT,
        "Iets met hout",
        None,
    )


def test_who_goes_back_and_writes_something_else_keeps_his_words(
    maatwerk: Browser, engine: Engine
) -> None:
    form = {**maatwerk.form(NEW, "offer"), "action": "save"}
    for text in (GRASS, GRASS, "Wij scheren ook hagen."):
        assert maatwerk.post(NEW, {**form, "text": text}).status_code == 303
    assert [offer.text for offer in all_offers(engine)] == ["Wij scheren ook hagen."]
    with session_factory(engine)() as session:
        chosen = select(Event.action).where(Event.subject_type == "offer").order_by(Event.id)
        assert session.scalars(chosen).all() == ["created", "changed"]


def test_looking_shows_what_is_recognised_and_stores_nothing(
    maatwerk: Browser, engine: Engine
) -> None:
    answer = maatwerk.send(NEW, "offer", "look", text=GRASS)
    assert form_in(answer, "offer")["activity"]
    assert all_offers(engine) == []


def test_the_words_are_recognised_while_they_are_typed(maatwerk: Browser, engine: Engine) -> None:
    answer = maatwerk.post(f"{NEW}/herken", {"text": GRASS})
    assert "gras" in answer.get_json()["html"]
    assert all_offers(engine) == []


def test_an_unticked_activity_is_rejected_and_a_looked_up_one_is_chosen(
    maatwerk: Browser, engine: Engine
) -> None:
    seen = form_in(maatwerk.send(NEW, "offer", "look", text=GRASS), "offer")
    first, *kept = seen["activity"]
    more = maatwerk.post(NEW, {**seen, "activity": kept, "add": "strijken", "action": "add"})
    form = form_in(more, "offer")
    assert "strijken" in form["activity"]
    maatwerk.post(NEW, {**form, **COMPLETE, "action": "save"})
    origins = {a.activity_id: a.origin for a in all_offers(engine)[0].activities}
    assert origins[first] is ActivityOrigin.REJECTED
    assert origins["strijken"] is ActivityOrigin.CHOSEN


def test_a_municipality_is_added_by_name_and_goes_before_the_kilometres(
    maatwerk: Browser, engine: Engine
) -> None:
    form = form_in(maatwerk.send(NEW, "offer", "area", area_add="Assent"), "offer")
    assert form["service_nis"] == ["24008"]
    maatwerk.post(NEW, {**form, "text": GRASS, "action": "save"})
    assert [m.nis for m in all_offers(engine)[0].service_area] == ["24008"]


#: What is wrong with a form that is complete otherwise, and words of the message.
WRONG = (
    ({"site": ""}, "Vul dit in"),
    ({"text": ""}, "Vul dit in"),
    ({"text": "x" * 1_000_000}, "te lang"),
    ({"title": "x" * 161}, "te lang"),
    ({"place": "Nergenshuizen"}, "Deze plaats kennen we niet"),
    ({"place": "9999"}, "Deze plaats kennen we niet"),
    ({"area_add": "Nergenshuizen"}, "Deze plaats kennen we niet"),
    ({"radius_km": "-3"}, "tussen 1 en 300"),
    ({"radius_km": "99999999999"}, "tussen 1 en 300"),
    ({"radius_km": "veel"}, "geen getal"),
    ({"people_max": "-1"}, "tussen 1 en 500"),
    ({"quantity": "1e400"}, "tussen 0 en 10.000.000"),
    ({"start_date": "2027-05-01", "end_date": "2027-04-01"}, "voor het begin"),
    ({"end_date": "morgen"}, "geen datum"),
    ({"valid_until": "2020-01-01"}, "voorbij"),
    ({"site": "de maan"}, "keuze"),
    ({"certificates": "raket"}, "keuze"),
)


def test_what_cannot_be_is_told_in_dutch_and_everything_typed_is_kept(
    maatwerk: Browser, engine: Engine
) -> None:
    untouched = maatwerk.form(NEW, "offer")
    for changes, message in WRONG:
        sent = {**COMPLETE, "machines": "twee zitmaaiers", **changes}
        answer = maatwerk.post(NEW, {**untouched, **sent, "action": "publish"})
        assert answer.status_code == 422, changes
        assert message in answer.text, changes
        form = form_in(answer, "offer")
        assert form["machines"] == ["twee zitmaaiers"], changes
        assert form["text"][0].strip() == sent["text"], changes
    assert all_offers(engine) == []


def test_without_words_only_the_words_are_asked_not_the_title_that_follows_from_them(
    maatwerk: Browser,
) -> None:
    page = maatwerk.send(NEW, "offer", "publish", **{**COMPLETE, "text": "", "title": ""}).text
    assert re.findall(r'id="(?:title|text)-error"', page) == ['id="text-error"']


def test_no_browser_cuts_a_long_text_without_a_word(maatwerk: Browser) -> None:
    (text,) = re.findall(r'<textarea[^>]*name="text"[^>]*>', maatwerk.get(NEW).text)
    assert "maxlength" not in text


def test_a_length_is_told_the_flemish_way(maatwerk: Browser) -> None:
    sent = {**COMPLETE, "text": "x" * 10_001}
    assert "hoogstens 10.000 tekens" in maatwerk.send(NEW, "offer", "publish", **sent).text


def test_odd_characters_are_shown_as_they_were_typed(maatwerk: Browser, engine: Engine) -> None:
    odd = {**COMPLETE, "title": ODD, "text": f"{GRASS}\x00\x07 {ODD}", "machines": ODD}
    assert maatwerk.send(NEW, "offer", "publish", **odd).status_code == 303
    (offer,) = all_offers(engine)
    assert offer.title == ODD
    assert offer.text == f"{GRASS} {ODD}"
    page = maatwerk.get("/mijn-aanbod").text
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_a_second_submit_makes_no_second_offer(maatwerk: Browser, engine: Engine) -> None:
    form = {**maatwerk.form(NEW, "offer"), **COMPLETE, "action": "publish"}
    answers = [maatwerk.post(NEW, form) for _ in range(2)]
    assert answers[0].location == answers[1].location
    assert len(all_offers(engine)) == 1


def test_a_stale_edit_shows_what_it_says_now_and_keeps_what_was_typed(
    maatwerk: Browser, engine: Engine, published: Callable[..., int]
) -> None:
    path = f"/mijn-aanbod/{published()}/wijzigen"
    old = maatwerk.form(path, "offer")
    maatwerk.post(path, {**old, "title": "Eerst bewaard", "action": "save"})
    answer = maatwerk.post(path, {**old, "title": "Te laat", "action": "save"})
    assert answer.status_code == 409
    assert "Eerst bewaard" in answer.text
    assert all_offers(engine)[0].title == "Eerst bewaard"
    again = form_in(answer, "offer")
    assert again["title"] == ["Te laat"]
    assert maatwerk.post(path, {**again, "action": "save"}).status_code == 303
    assert all_offers(engine)[0].title == "Te laat"
