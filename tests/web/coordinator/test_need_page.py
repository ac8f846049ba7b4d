"""The page of one need: what it shows, and deciding on it."""

import re

import pytest
from sqlalchemy import Engine, select

from models import Decision, Match, Need, Offer, session_factory
from models.states import MatchStatus, NeedStatus, RefusalReason
from tests.support import builders as build
from tests.web.coordinator.people import Person
from tests.web.coordinator.scene import TODAY, Decide, Scene, action, status
from web.services.catalogue import Catalogue, stamp
from web.services.matching import rank_offers


def test_every_eligible_offer_is_shown_in_order_with_what_both_texts_share(
    rita: Person, scene: Scene, page: str
) -> None:
    text = rita.get(page).text
    places = [text.index(f'id="offer-{offer}"') for offer in scene.offers]
    assert places == sorted(places)
    assert "<mark>Gras</mark>" in text
    assert text.count('class="reason-bar"') == 3


def test_the_first_offer_stands_open_and_the_others_in_short(
    rita: Person, scene: Scene, page: str
) -> None:
    text = rita.get(page).text
    first, second = (
        text[text.index(f'id="offer-{n}"') :].split("</article>")[0] for n in scene.offers[:2]
    )
    before = first[: first.index('<details class="fold"')]
    assert before.count('class="reason"') == first.count('class="reason"')
    assert '<details class="fold" open' in first
    short = second[: second.index('<details class="fold"')]
    assert 0 < short.count('class="reason"') <= 4
    assert second.count('class="reason"') > short.count('class="reason"')
    assert '<details class="fold" open' not in second


def test_script_in_a_text_is_shown_and_not_run(
    rita: Person, engine: Engine, scene: Scene, page: str
) -> None:
    with session_factory(engine).begin() as session:
        offer = session.get_one(Offer, scene.offers[0])
        offer.title = "Gras <script>alert(1)</script>"
        offer.text = "<img src=x onerror=alert(2)> gras maaien"
        stamp(session, offer)
    text = rita.get(page).text
    assert "<script>alert" not in text
    assert "&lt;script&gt;alert" in text
    assert "<img src=x" not in text


def test_an_offer_that_a_rule_keeps_out_is_shown_with_the_rule(
    rita: Person, engine: Engine, scene: Scene, page: str
) -> None:
    with session_factory(engine).begin() as session:
        offer = session.get_one(Offer, scene.offers[0])
        offer.organisation.work_form = "wijk_werken"
        stamp(session, offer)
    for path in (page, f"{page}/uitgesloten"):
        text = rita.get(path).text
        assert "Wijk-werken is er niet voor bedrijven" in text
        assert "decreet wijk-werken" in text
    assert f'id="offer-{scene.offers[0]}"' not in rita.get(page).text


def test_the_offers_that_are_kept_out_are_narrowed_and_sorted_in_the_address(
    rita: Person, engine: Engine, scene: Scene, page: str
) -> None:
    with session_factory(engine).begin() as session:
        for number, title in zip(scene.offers[:2], ("Bermen", "Akkers"), strict=True):
            offer = session.get_one(Offer, number)
            offer.organisation.work_form = "wijk_werken"
            offer.title = title
            stamp(session, offer)
    out = f"{page}/uitgesloten"
    text = rita.get(out).text
    assert text.index("Akkers") < text.index("Bermen")
    only = rita.get(f"{out}?q=berm").text
    assert "Bermen" in only
    assert "Akkers" not in only
    assert "Bermen" in rita.get(f"{out}?regel=wijk-werken-geen-bedrijven").text
    for nothing in ("?q=zzz", "?regel=zzz&q=zzz"):
        assert "Niets past bij deze filter" in rita.get(out + nothing).text


def test_approving_from_the_page_leads_to_the_introduction(
    rita: Person, engine: Engine, scene: Scene, page: str
) -> None:
    answer = rita.send(page, action(scene, 0, "goedkeuren"))
    assert answer.status_code == 303
    assert status(engine, scene, 0) is MatchStatus.APPROVED
    text = rita.get(page).text
    assert "/kennismakingen/" in text
    assert "Ook dit goedkeuren" in text


def test_approving_past_the_first_without_words_comes_back_and_with_words_works(
    rita: Person, engine: Engine, scene: Scene, page: str
) -> None:
    answer = rita.send(page, action(scene, 1, "goedkeuren"))
    assert answer.status_code == 422
    assert "schrijf waarom u dit kiest" in answer.text
    assert status(engine, scene, 1) is None
    assert rita.send(page, action(scene, 1, "goedkeuren"), words="Dichtbij").status_code == 303
    assert status(engine, scene, 1) is MatchStatus.APPROVED


def test_refusing_without_a_reason_keeps_what_was_typed(
    rita: Person, engine: Engine, scene: Scene, page: str
) -> None:
    answer = rita.send(page, action(scene, 0, "weigeren"), words="Werkt <b>nooit</b> ’s nachts 🌙")
    assert answer.status_code == 422
    assert "Werkt &lt;b&gt;nooit&lt;/b&gt; ’s nachts 🌙" in answer.text
    assert status(engine, scene, 0) is None


def test_an_impossible_reason_is_not_stored(
    rita: Person, engine: Engine, scene: Scene, page: str
) -> None:
    address, fields = rita.form(page, action(scene, 0, "weigeren"))
    name = f"refuse-{scene.offers[0]}-refusal_reason"
    for reason in ("bestaat_niet", "", "'; DROP TABLE match; --", "\x00"):
        assert rita.post(address, {**fields, name: reason}).status_code == 422, reason
    assert status(engine, scene, 0) is None


def test_a_megabyte_of_reasons_comes_back_with_a_message(
    rita: Person, scene: Scene, page: str
) -> None:
    answer = rita.send(page, action(scene, 1, "goedkeuren"), words="x" * 1_000_000)
    assert answer.status_code == 422
    assert "te lang" in answer.text


def test_refuse_and_undo_by_the_buttons(
    rita: Person, engine: Engine, scene: Scene, page: str
) -> None:
    reason = RefusalReason.TOO_FAR.value
    assert rita.send(page, action(scene, 0, "weigeren"), refusal_reason=reason).status_code == 303
    assert status(engine, scene, 0) is MatchStatus.REFUSED
    assert "Te ver" in rita.get(page).text
    assert rita.send(page, action(scene, 0, "ongedaan")).status_code == 303
    assert status(engine, scene, 0) is MatchStatus.SUGGESTED


def test_the_second_of_two_coordinators_reads_what_the_first_did(
    rita: Person, karel: Person, engine: Engine, scene: Scene, page: str
) -> None:
    address, fields = karel.form(page, action(scene, 0, "weigeren"))
    rita.send(page, action(scene, 0, "goedkeuren"))
    answer = karel.post(address, fields, refusal_reason=RefusalReason.TOO_FAR.value)
    assert answer.status_code == 303
    text = karel.get(answer.location).text
    assert "Rita Regisseur was u voor" in text
    assert "Er is niets overschreven" in text
    assert status(engine, scene, 0) is MatchStatus.APPROVED


def test_the_second_who_approves_another_offer_is_asked_again(
    rita: Person, karel: Person, engine: Engine, scene: Scene, page: str
) -> None:
    address, fields = karel.form(page, action(scene, 1, "goedkeuren"))
    rita.send(page, action(scene, 0, "goedkeuren"))
    answer = karel.post(address, fields, words="Beter")
    assert "Rita Regisseur was u voor" in karel.get(answer.location).text
    assert status(engine, scene, 1) is None


def test_later_needs_a_day_that_still_comes(
    rita: Person, engine: Engine, scene: Scene, page: str
) -> None:
    address, fields = rita.form(page, "/later")
    for until in ("2020-01-01", "gisteren", "", "2099-01-01", "31/02/2030"):
        assert rita.post(address, {**fields, "until": until}).status_code == 422, until
    with session_factory(engine)() as session:
        assert session.get_one(Need, scene.need).postponed_until is None


def test_an_offer_is_found_and_put_forward_by_hand(rita: Person, scene: Scene, page: str) -> None:
    search = f"{page}/aanbod-zoeken?q=strijken"
    assert rita.send(search, action(scene, 2, "toevoegen"), words="").status_code == 422
    answer = rita.send(search, action(scene, 2, "toevoegen"), words="Zij deden dit al eens.")
    assert answer.status_code == 303
    text = rita.get(page).text
    assert "Zelf toegevoegd" in text
    first = re.search(r'id="offer-(\d+)"', text)
    assert first
    assert first[1] == str(scene.offers[2])
    assert "Zij deden dit al eens." in text


@pytest.mark.parametrize("words", ["strijkn", "strijkwerk", "strijken strijken"])
def test_a_search_by_hand_forgives_what_a_visitors_search_forgives(
    rita: Person, page: str, words: str
) -> None:
    answer = rita.client.get(f"{page}/aanbod-zoeken", query_string={"q": words})
    assert "/toevoegen" in answer.text


def test_a_search_for_nonsense_finds_nothing_and_breaks_nothing(rita: Person, page: str) -> None:
    for words in ("%", "_", "'; --", "zzzz", "<b>", "\x00", "x" * 5000):
        answer = rita.client.get(f"{page}/aanbod-zoeken", query_string={"q": words})
        assert answer.status_code == 200, words
        assert "/toevoegen" not in answer.text, words


def test_the_line_on_public_contracts_stands_where_an_authority_asks(
    rita: Person, engine: Engine, scene: Scene, page: str
) -> None:
    line = "Een match is geen gunning van een overheidsopdracht"
    assert line not in rita.get(page).text
    with session_factory(engine).begin() as session:
        need = session.get_one(Need, scene.need)
        need.organisation.type = "municipality"
        stamp(session, need)
    assert line in rita.get(page).text


def test_a_decision_without_the_forms_token_changes_nothing(
    rita: Person, engine: Engine, scene: Scene, page: str
) -> None:
    address, fields = rita.form(page, action(scene, 0, "goedkeuren"))
    kept = {name: value for name, value in fields.items() if "csrf" not in name}
    assert rita.post(address, kept).status_code == 400
    assert status(engine, scene, 0) is None


def test_looking_changes_nothing(rita: Person, engine: Engine, page: str) -> None:
    rita.get(page)
    with session_factory(engine)() as session:
        assert session.scalars(select(Match)).all() == []
        assert session.scalars(select(Decision)).all() == []


def test_a_withdrawn_need_is_shown_and_takes_no_decision(
    rita: Person, engine: Engine, scene: Scene, page: str
) -> None:
    address, fields = rita.form(page, action(scene, 0, "goedkeuren"))
    with session_factory(engine).begin() as session:
        need = session.get_one(Need, scene.need)
        need.status = NeedStatus.WITHDRAWN
        stamp(session, need)
    answer = rita.post(address, fields)
    assert "De vrager trok deze vraag in" in rita.get(answer.location).text
    assert status(engine, scene, 0) is None


def test_the_keys_are_explained_and_their_script_is_served(rita: Person, page: str) -> None:
    text = rita.get(page).text
    assert "js/decide.js" in text
    for key in "jkarul?":
        assert f"<kbd>{key}</kbd>" in text
    for name in ("decide", "queue", "shortcuts"):
        answer = rita.get(f"/static/js/{name}.js")
        assert answer.status_code == 200
        answer.close()


def test_the_decision_of_the_moment_is_what_the_page_keeps_showing(
    deciding: Decide, rita: Person, engine: Engine, scene: Scene, page: str
) -> None:
    deciding(0)
    with session_factory(engine).begin() as session:
        offer = session.get_one(Offer, scene.offers[0])
        offer.text, offer.title = "Iets heel anders.", "Anders"
        stamp(session, offer)
    text = rita.get(page).text
    card = text[text.index(f'id="offer-{scene.offers[0]}"') :]
    assert "Goedgekeurd" in card[:2000]
    assert "Woorden die overeenkomen" in card[:6000]


def test_the_pages_together_show_every_eligible_offer_once_in_the_order_of_the_ranking(
    deciding: Decide, rita: Person, engine: Engine, scene: Scene, page: str
) -> None:
    with session_factory(engine).begin() as session:
        words = ("gras", "haag", "maaien", "wied", "snoei")
        texts = [" ".join(words[: n % 5 + 1]) + f" {n}" for n in range(22)]
        more = [build.offer(session, title=text, text=text) for text in texts]
        stamp(session, *more)
    with session_factory(engine, read_only=True)() as session, Catalogue().open(session) as shelf:
        ranking = rank_offers(session, shelf, session.get_one(Need, scene.need), TODAY)
    ranked = [int(suggestion.offer_id) for suggestion in ranking.suggestions]
    assert shown(rita, page) == ranked
    scene.offers.append(ranked[-1])
    deciding(3, MatchStatus.REFUSED, refusal_reason=RefusalReason.TOO_FAR)
    assert shown(rita, page) == ranked
    assert "25 aanbiedingen" in rita.get(page).text


def shown(person: Person, page: str) -> list[int]:
    texts = [person.get(f"{page}?page={number}").text for number in (1, 2, 3)]
    return [int(found) for text in texts for found in re.findall(r'id="offer-(\d+)"', text)]
