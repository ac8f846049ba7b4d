"""Activities and rules, edited by the coordinator and noticed by the matcher."""

from datetime import date

from flask import Flask
from sqlalchemy import Engine, select

from matcher import recognise
from matcher.vocabulary import Certainty
from models import Activity, CatalogueState, Event, Rule, session_factory
from tests.web.coordinator.people import Person
from tests.web.coordinator.scene import Scene
from web.services.catalogue import Catalogue

GRASS = "/regie/activiteiten/gras-maaien"
HOURS = "/regie/regels/wijk-werken-uren"


def activity(engine: Engine, activity_id: str) -> Activity:
    with session_factory(engine)() as session:
        row = session.get_one(Activity, activity_id)
        assert row.synonyms is not None
        return row


def rule(engine: Engine, rule_id: str = "wijk-werken-uren") -> Rule:
    with session_factory(engine)() as session:
        return session.get_one(Rule, rule_id)


def revision(engine: Engine) -> int:
    with session_factory(engine)() as session:
        return session.scalars(select(CatalogueState.reference_revision)).one()


def recognised(engine: Engine, text: str) -> list[str]:
    with session_factory(engine, read_only=True)() as session, Catalogue().open(session) as shelf:
        return [found.activity_id for found in recognise(shelf.taxonomy, "", text)]


def test_a_new_word_for_an_activity_is_recognised_at_once(rita: Person, engine: Engine) -> None:
    assert "gras-maaien" not in recognised(engine, "Wie doet de zwoefelen?")
    words = "gazon maaien\nzwoefelen\nZwoefelen\n\n  gazon   maaien "
    assert rita.send(GRASS, "gras-maaien", synonyms=words).status_code == 303
    assert [s.text for s in activity(engine, "gras-maaien").synonyms] == [
        "gazon maaien",
        "Zwoefelen",
    ]
    assert "gras-maaien" in recognised(engine, "Wie doet de zwoefelen?")


def test_an_edit_is_marked_recorded_and_told_to_every_process(
    rita: Person, engine: Engine, scene: Scene
) -> None:
    before = revision(engine)
    rita.send(GRASS, "gras-maaien", label="gras afrijden")
    assert revision(engine) > before
    assert activity(engine, "gras-maaien").edited_at is not None
    with session_factory(engine)() as session:
        event = session.scalars(select(Event).where(Event.subject_type == "activity")).one()
    assert event.actor_id == scene.coordinator
    assert (event.before["label"], event.after["label"]) == ("gras maaien", "gras afrijden")


def test_saving_without_a_change_leaves_no_mark(rita: Person, engine: Engine) -> None:
    before = revision(engine)
    assert rita.send(GRASS, "gras-maaien").status_code == 303
    assert revision(engine) == before
    assert activity(engine, "gras-maaien").edited_at is None


def test_the_second_of_two_editors_overwrites_nothing(
    rita: Person, karel: Person, engine: Engine
) -> None:
    address, fields = karel.form(GRASS, "gras-maaien")
    rita.send(GRASS, "gras-maaien", label="gras afrijden")
    answer = karel.post(address, fields, label="grasmaaiwerk")
    assert "Iemand heeft dit intussen gewijzigd" in karel.get(answer.location).text
    assert activity(engine, "gras-maaien").label == "gras afrijden"


def test_an_activity_is_added_once_and_put_out_of_use(rita: Person, engine: Engine) -> None:
    new = "/regie/activiteiten/nieuw"
    values = {"label": "Bijen houden", "cluster": "groen", "synonyms": "imkeren"}
    assert rita.send(new, "nieuw", **values).status_code == 303
    assert activity(engine, "bijen-houden").is_active
    assert "is al een activiteit" in rita.send(new, "nieuw", **values).text
    address, fields = rita.form("/regie/activiteiten/bijen-houden", "bijen-houden")
    fields.pop("is_active")
    assert rita.post(address, fields).status_code == 303
    assert not activity(engine, "bijen-houden").is_active
    in_use = rita.get("/regie/activiteiten?q=imkeren").text
    assert "Geen activiteit gevonden" in in_use
    assert "Bijen houden" in rita.get("/regie/activiteiten?retired=1").text


def test_bad_activities_come_back_with_what_was_typed(rita: Person, engine: Engine) -> None:
    for typed in (
        {"label": "", "cluster": "groen"},
        {"label": "x" * 500, "cluster": "groen"},
        {"label": "🌱🌱", "cluster": "groen"},
        {"label": "\x00\x01", "cluster": "groen"},
        {"label": "Goed", "cluster": "", "synonyms": "kort"},
        {"label": "Goed", "cluster": "groen", "synonyms": "y" * 200},
        {"label": "Goed", "cluster": "groen", "synonyms": "\n".join(map(str, range(300)))},
    ):
        answer = rita.send("/regie/activiteiten/nieuw", "nieuw", **typed)
        assert answer.status_code == 422, typed
    with session_factory(engine)() as session:
        assert len(session.scalars(select(Activity)).all()) == 3


def test_a_search_among_the_activities_looks_in_their_words(rita: Person) -> None:
    text = rita.get("/regie/activiteiten?q=HAAG").text
    assert "hagen scheren" in text
    assert "strijken" not in text
    assert rita.get("/regie/activiteiten?q=%25%25&cluster=<b>&retired=9").status_code == 200
    assert rita.get("/regie/activiteiten/bestaat-niet").status_code == 404
    assert rita.get("/regie/regels/bestaat-niet").status_code == 404


def test_a_rule_becomes_blocking_only_after_a_confirmation(rita: Person, engine: Engine) -> None:
    answer = rita.send(HOURS, "wijk-werken-uren", certainty="certain")
    assert answer.status_code == 422
    assert "Bevestig dat u dat bedoelt" in answer.text
    assert rule(engine).certainty is Certainty.LIKELY
    answer = rita.send(HOURS, "wijk-werken-uren", certainty="certain", confirm="y")
    assert answer.status_code == 303
    assert rule(engine).certainty is Certainty.CERTAIN
    with session_factory(engine)() as session:
        event = session.scalars(select(Event).where(Event.subject_type == "rule")).one()
    assert (event.before["certainty"], event.after["certainty"]) == ("likely", "certain")


def test_other_values_of_a_blocking_rule_ask_too_and_other_words_do_not(
    rita: Person, engine: Engine
) -> None:
    rita.send(HOURS, "wijk-werken-uren", certainty="certain", confirm="y")
    assert rita.send(HOURS, "wijk-werken-uren", certainty="certain", title="Max").status_code == 303
    answer = rita.send(
        HOURS, "wijk-werken-uren", certainty="certain", value_max_hours_per_month="40"
    )
    assert answer.status_code == 422
    assert rule(engine).parameters == {"max_hours_per_month": 60}
    assert rule(engine).title == "Max"


def test_values_that_the_check_cannot_use_are_refused(rita: Person, engine: Engine) -> None:
    for wrong in ("0", "-5", "veel", "1e9", ""):
        answer = rita.send(
            HOURS, "wijk-werken-uren", certainty="likely", value_max_hours_per_month=wrong
        )
        assert answer.status_code == 422, wrong
    asker = "/regie/regels/wijk-werken-geen-bedrijven"
    address, fields = rita.form(asker, "geen-bedrijven")
    kept = {name: value for name, value in fields.items() if name != "value_asker_types"}
    for types in ([], ["koning"]):
        data = {**kept, "certainty": "likely", "value_asker_types": types}
        assert rita.client.post(address, data=data).status_code == 422, types
    assert rule(engine).edited_at is None
    assert rule(engine, "wijk-werken-geen-bedrijven").edited_at is None


def test_dates_of_a_rule_are_kept_in_order(rita: Person, engine: Engine) -> None:
    wrong = {"certainty": "likely", "valid_from": "2026-05-01", "valid_to": "2026-04-01"}
    assert rita.send(HOURS, "wijk-werken-uren", **wrong).status_code == 422
    right = {**wrong, "valid_to": "31/12/2026"}
    assert rita.send(HOURS, "wijk-werken-uren", **right).status_code == 303
    assert (rule(engine).valid_from, rule(engine).valid_to) == (
        date(2026, 5, 1),
        date(2026, 12, 31),
    )
    assert rule(engine).parameters == {"max_hours_per_month": 60}


def test_a_rule_that_only_informs_keeps_its_figures(rita: Person, engine: Engine) -> None:
    page = "/regie/regels/drempel"
    answer = rita.send(page, "drempel", certainty="certain", value_amount_eur="31.500")
    assert answer.status_code == 303
    assert rule(engine, "drempel").parameters == {"amount_eur": 31500, "vat_included": False}


def test_the_rules_are_listed_with_source_and_found(rita: Person) -> None:
    text = rita.get("/regie/regels").text
    assert "decreet wijk-werken van 7 juli 2017" in text
    assert "sluit aanbod uit" in text
    found = rita.get("/regie/regels?certainty=likely&q=60%20uur").text
    assert "Hoogstens 60 uur" in found
    assert "Aanvaarde factuur" not in found
    assert rita.get("/regie/regels?certainty=zeker&q=%25").status_code == 200


def test_a_visitor_is_asked_to_log_in_first(app: Flask, scene: Scene) -> None:
    for page in ("", "/activiteiten", "/regels", "/belangen", "/werkingsgebied"):
        assert Person(app, None).get(f"/regie{page}").status_code == 303, page


def test_activities_and_rules_are_sorted_in_the_address(rita: Person) -> None:
    rita.send(GRASS, "gras-maaien", label="zoden maaien")
    page = "/regie/activiteiten?volgorde="
    by_name, newest = rita.get(page + "name").text, rita.get(page + "changed").text
    assert by_name.index(">hagen scheren<") < by_name.index(">zoden maaien<")
    assert newest.index(">zoden maaien<") < newest.index(">hagen scheren<")
    rita.send(HOURS, "wijk-werken-uren", certainty="likely", title="Zestig uur")
    page = "/regie/regels?volgorde="
    by_name, newest = rita.get(page + "name").text, rita.get(page + "changed").text
    assert by_name.index(">Aanvaarde factuur<") < by_name.index(">Zestig uur<")
    assert newest.index(">Zestig uur<") < newest.index(">Aanvaarde factuur<")
