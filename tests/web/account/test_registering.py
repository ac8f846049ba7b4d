"""Registering and confirming: who gets in, and what nobody learns."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select, update

from models import Membership, Organisation, Token, User, now
from models.states import OrganisationStatus
from tests.web.account.visitors import (
    KBO,
    OTHER_KBO,
    Visitor,
    coordinator,
    link_to,
    mails_to,
    organisation,
    reading,
    user,
    writing,
)


def _count(app: Flask, table: type) -> int:
    with reading(app) as session:
        return session.scalar(select(func.count()).select_from(table)) or 0


def test_a_buyer_registers_confirms_and_logs_in(visitor: Visitor) -> None:
    answer = visitor.register()
    assert (answer.status_code, answer.location) == (303, "/registreren/mail")
    assert "Kijk in uw mailbox" in visitor.get(answer.location).text
    assert visitor.confirm().location == "/aanmelden"
    assert visitor.log_in().location == "/mijn-brug"
    page = visitor.get("/mijn-brug").text
    assert "Dag Ann Peeters" in page
    assert "Bakkerij De Korst" in page
    made = organisation(visitor.app)
    assert (made.status, made.municipality_nis) == (OrganisationStatus.APPROVED, "24008")


def test_opening_the_link_confirms_nothing_only_the_button_does(visitor: Visitor) -> None:
    visitor.register()
    page = visitor.get(link_to(visitor.app, "ann@korst.example", "/bevestigen/"))
    assert "Ann Peeters" in page.text
    assert user(visitor.app, "ann@korst.example").email_confirmed_at is None


def test_without_confirming_nobody_logs_in_and_the_page_says_what_to_do(visitor: Visitor) -> None:
    visitor.register()
    answer = visitor.log_in()
    assert answer.status_code == 422
    assert "Bevestig eerst uw e-mailadres" in answer.text
    assert "/bevestigen" in answer.text
    assert not visitor.is_logged_in


def test_the_password_is_stored_as_argon2_and_never_as_typed(visitor: Visitor) -> None:
    visitor.register(password="een heel eigen zin")
    stored = user(visitor.app, "ann@korst.example").password_hash
    assert stored is not None
    assert stored.startswith("$argon2id$")
    assert "eigen" not in stored


def test_a_known_address_gets_the_same_answer_and_a_mail_instead(visitor: Visitor) -> None:
    visitor.join()
    stranger = Visitor(visitor.app)
    answer = stranger.register(kbo=OTHER_KBO, organisation_name="Iets anders", name="Niemand")
    assert (answer.status_code, answer.location) == (303, "/registreren/mail")
    assert "U hebt al een account" in mails_to(visitor.app, "ann@korst.example")[0]
    assert user(visitor.app, "ann@korst.example").name == "Ann Peeters"
    assert _count(visitor.app, Organisation) == 1


def test_a_double_click_makes_one_account_one_organisation_and_one_mail(visitor: Visitor) -> None:
    visitor.register()
    visitor.register()
    assert (_count(visitor.app, User), _count(visitor.app, Organisation)) == (1, 1)
    assert len(mails_to(visitor.app, "ann@korst.example")) == 1


def test_whoever_registered_an_address_first_never_knows_the_password_of_its_owner(
    visitor: Visitor,
) -> None:
    """Somebody registers an address that is not his; then its owner comes."""
    visitor.register(password="het mijne, niet het zijne")
    with writing(visitor.app) as session:
        session.execute(update(User).values(created_at=now() - timedelta(hours=1)))
    visitor.register()
    link = link_to(visitor.app, "ann@korst.example", "/wachtwoord-kiezen/")
    visitor.press(link, password="alleen van de eigenaar")
    assert visitor.log_in(password="het mijne, niet het zijne").status_code == 422
    assert visitor.log_in(password="alleen van de eigenaar").status_code == 303


def test_a_known_organisation_is_not_joined_but_its_people_are_asked(visitor: Visitor) -> None:
    visitor.join()
    bert = Visitor(visitor.app)
    answer = bert.register(name="Bert Claes", email="bert@korst.example", kbo="0999.109.896")
    assert answer.location == "/registreren/mail"
    assert len(mails_to(visitor.app, "ann@korst.example")) == 1, "nobody is bothered before he is"
    bert.confirm("bert@korst.example")
    bert.log_in("bert@korst.example")
    asked = mails_to(visitor.app, "ann@korst.example")[0]
    assert "Bert Claes (bert@korst.example)" in asked
    page = bert.get("/mijn-brug").text
    assert "Bakkerij De Korst" not in page
    assert "Zeg eerst voor welke organisatie u komt" in page
    assert bert.get(f"/mijn-organisaties/{organisation(visitor.app).id}").status_code == 403
    invite = visitor.get(link_to(visitor.app, "ann@korst.example", "/mijn-organisaties/")).text
    assert 'value="bert@korst.example"' in invite


def test_a_registration_that_nobody_confirms_keeps_nobody_out(visitor: Visitor) -> None:
    visitor.register(name="Kraker", email="kraker@elders.example")
    ann = Visitor(visitor.app).join()
    assert "Bakkerij De Korst" in ann.get("/mijn-brug").text
    visitor.confirm("kraker@elders.example")
    visitor.log_in("kraker@elders.example")
    assert "Bakkerij De Korst" not in visitor.get("/mijn-brug").text


def test_an_organisation_without_people_is_given_by_the_coordinator_not_taken(
    visitor: Visitor,
) -> None:
    rita = coordinator(visitor.app)
    visitor.join()
    with writing(visitor.app) as session:
        session.query(Membership).delete()
    bert = Visitor(visitor.app).join(name="Bert Claes", email="bert@korst.example")
    assert "Bakkerij" not in bert.get("/mijn-brug").text
    path = link_to(visitor.app, "regisseur@hageland.example", "/mijn-organisaties/")
    page = path.partition("?")[0]
    assert "bert@korst.example" in rita.get(path).text
    rita.press(page, f"{page}/uitnodigingen", email="bert@korst.example")
    bert.press(link_to(visitor.app, "bert@korst.example", "/uitnodiging/"))
    assert "Bakkerij De Korst" in bert.get("/mijn-brug").text


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("kbo", "0999.109.869", "Bedoelt u 0999.109.896?"),
        ("kbo", "0999.109.897", "na 0999.109.8 hoort 96 te staan, en hier staat 97"),
        ("kbo", "0999", "telt 10 cijfers; hier staan er 4"),
        ("kbo", "'; DROP TABLE user; --", "telt alleen cijfers"),
        ("kbo", "", "Vul dit"),
        ("place", "9999 Nergenshuizen", "Deze plaats kennen we niet"),
        ("place", "9999", "Deze plaats kennen we niet"),
        ("email", "geen adres", "Dit is geen e-mailadres"),
        ("email", "a@b@c.example", "Dit is geen e-mailadres"),
        ("email", "ann@korst.example\r\nBcc: x@y.example", "Dit is geen e-mailadres"),
        ("name", "", "Vul dit"),
        ("name", "\x00\x07 \u202e", "Vul dit"),
        ("name", "Win op https://kwaad.example", "geen web- of e-mailadres"),
        ("name", "x" * 1_000_000, "Dit is te lang"),
        ("organisation_name", "🙂" * 1_000_000, "Dit is te lang"),
        ("type", "iets anders", "invalid-feedback"),
        ("side", "regisseur", "invalid-feedback"),
        ("password", "te kort", "minstens 10 tekens"),
        ("password", "Ann@Korst.example", "Uw e-mailadres is geen goed wachtwoord"),
        ("password", "wachtwoord123", "een van de eerste"),
        ("password", "aaaaaaaaaaaa", "een van de eerste"),
        ("password", "x" * 1_000_000, "Dit is te lang"),
    ],
)
def test_a_wrong_answer_is_told_and_nothing_is_stored(
    visitor: Visitor, field: str, value: str, message: str
) -> None:
    answer = visitor.register(**{field: value})
    assert answer.status_code == 422
    assert message in answer.text
    if field != "name":
        assert "Ann Peeters" in answer.text, "what was typed is kept"
    assert (_count(visitor.app, User), _count(visitor.app, Organisation)) == (0, 0)


@pytest.mark.parametrize(
    "name",
    ["<script>alert(1)</script>", "Robert'); DROP TABLE user;--", "Zoë 🙂 Özdemir", "{{ 7*7 }}"],
)
def test_an_odd_name_is_shown_as_it_was_typed_and_does_nothing(visitor: Visitor, name: str) -> None:
    visitor.join(name=name, organisation_name=name)
    page = visitor.get("/mijn-brug").text
    assert "<script>alert" not in page
    assert user(visitor.app, "ann@korst.example").name == name
    assert organisation(visitor.app).name == name


@pytest.mark.parametrize("typed", ["999109896", "BTW BE 0999 109 896", "be0999-109-896"])
def test_the_enterprise_number_may_be_written_in_any_way(visitor: Visitor, typed: str) -> None:
    visitor.register(kbo=typed)
    assert organisation(visitor.app).kbo == KBO


def test_all_that_is_wrong_is_told_at_once_also_the_place(visitor: Visitor) -> None:
    page = visitor.register(kbo="0999", place="Nergenshuizen", password="kort").text
    for message in ("hier staan er 4", "Deze plaats kennen we niet", "Neem minstens 10 tekens"):
        assert message in page


def test_a_supplier_has_to_name_its_work_form(visitor: Visitor) -> None:
    answer = visitor.register(side="aanbieder", type="social_economy")
    assert answer.status_code == 422
    assert _count(visitor.app, User) == 0


def test_a_link_works_once(visitor: Visitor) -> None:
    visitor.register()
    link = link_to(visitor.app, "ann@korst.example", "/bevestigen/")
    visitor.press(link)
    again = visitor.get(link)
    assert again.status_code == 410
    assert "Deze link werkt niet meer" in again.text


@pytest.mark.parametrize("changed", ["x", "<script>", "%00", "a" * 5000, "' OR 1=1 --"])
def test_an_altered_link_opens_nothing(visitor: Visitor, changed: str) -> None:
    visitor.register()
    link = link_to(visitor.app, "ann@korst.example", "/bevestigen/")
    assert visitor.get(link + changed).status_code in (404, 410)
    assert visitor.get(link.replace("/bevestigen/", "/wachtwoord-kiezen/")).status_code == 410
    assert visitor.get(link.replace("/bevestigen/", "/uitnodiging/")).status_code == 410


def test_an_old_link_no_longer_works_and_a_new_one_can_be_had(visitor: Visitor) -> None:
    visitor.register()
    link = link_to(visitor.app, "ann@korst.example", "/bevestigen/")
    with writing(visitor.app) as session:
        session.execute(update(Token).values(expires_at=now() - timedelta(minutes=1)))
    assert visitor.get(link).status_code == 410
    visitor.press("/bevestigen", email="ann@korst.example")
    visitor.confirm()
    assert visitor.log_in().status_code == 303
    assert "Bakkerij De Korst" in visitor.get("/mijn-brug").text


def test_asking_a_new_link_says_the_same_for_every_address(visitor: Visitor) -> None:
    visitor.join()
    known, unknown = Visitor(visitor.app), Visitor(visitor.app)
    first = known.press("/bevestigen", email="ann@korst.example")
    second = unknown.press("/bevestigen", email="niemand@nergens.example")
    assert (first.status_code, first.location) == (second.status_code, second.location)
    assert known.get(first.location).text == unknown.get(second.location).text
    assert mails_to(visitor.app, "niemand@nergens.example") == []
    assert len(mails_to(visitor.app, "ann@korst.example")) == 1
