"""Logging in and out: sessions, limits, and where one ends up."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select, update

from models import LoginAttempt, User, now
from tests.web.account.visitors import (
    PASSWORD,
    Visitor,
    mails_to,
    reading,
    user,
    writing,
)
from web.app import create_app
from web.services.passwords import hash_password
from web.services.throttle import LIMITS, Tried
from web.settings import Mode, Settings

ANN = "ann@korst.example"
MOST = LIMITS[Tried.LOGIN].per_account


def test_a_wrong_password_and_an_unknown_address_get_the_same_answer(visitor: Visitor) -> None:
    visitor.join()
    stranger = Visitor(visitor.app)
    wrong = stranger.log_in(ANN, "niet het juiste")
    unknown = stranger.log_in("niemand@nergens.example", "niet het juiste")
    assert wrong.status_code == unknown.status_code == 422
    message = "Het e-mailadres of het wachtwoord klopt niet."
    assert message in wrong.text
    assert message in unknown.text
    assert not stranger.is_logged_in


def test_the_address_may_be_written_in_capitals(visitor: Visitor) -> None:
    visitor.join()
    assert Visitor(visitor.app).log_in("ANN@Korst.Example").status_code == 303


@pytest.mark.parametrize("password", ["x" * 1_000_000, "\x00\x01", "' OR 1=1 --", "🙂" * 300, " "])
def test_a_strange_password_is_only_a_wrong_one(visitor: Visitor, password: str) -> None:
    visitor.join()
    assert Visitor(visitor.app).log_in(ANN, password).status_code == 422


def test_somebody_goes_on_to_where_he_was_going(visitor: Visitor) -> None:
    visitor.join()
    visitor.press("/mijn-brug", "/afmelden")
    sent_back = visitor.get("/mijn-gegevens?van=hier")
    assert sent_back.location == "/aanmelden?next=/mijn-gegevens?van%3Dhier"
    page = visitor.get(sent_back.location).text
    assert 'value="/mijn-gegevens?van=hier"' in page
    assert visitor.log_in(next="/mijn-gegevens?van=hier").location == "/mijn-gegevens?van=hier"


@pytest.mark.parametrize(
    "target",
    [
        "https://kwaad.example/",
        "//kwaad.example/",
        "/\\kwaad.example",
        "/\t/kwaad.example",
        "\\\\kwaad.example",
        "javascript:alert(1)",
        "http:kwaad.example",
        " /mijn-gegevens",
        "/\n/kwaad.example",
        "mijn-gegevens",
    ],
)
def test_nobody_is_sent_to_another_site(visitor: Visitor, target: str) -> None:
    visitor.join()
    assert Visitor(visitor.app).log_in(next=target).location == "/mijn-brug"


def test_whoever_is_logged_in_is_not_asked_again(visitor: Visitor) -> None:
    visitor.join()
    assert visitor.get("/aanmelden").location == "/mijn-brug"
    assert visitor.get("/registreren").location == "/mijn-brug"


def test_logging_in_keeps_nothing_of_the_session_before(visitor: Visitor) -> None:
    visitor.join()
    visitor.press("/mijn-brug", "/afmelden")
    visitor.get("/aanmelden")
    with visitor.client.session_transaction(base_url="https://brug.test") as before:
        before["left_by_somebody"] = True
        token = before["csrf_token"]
    visitor.log_in()
    visitor.get("/mijn-gegevens")
    with visitor.client.session_transaction(base_url="https://brug.test") as after:
        assert "left_by_somebody" not in after
        assert after["csrf_token"] != token


def test_a_form_without_its_token_is_refused(visitor: Visitor) -> None:
    visitor.join()
    assert visitor.send("/mijn-gegevens", name="Iemand anders").status_code == 400
    assert visitor.send("/afmelden").status_code == 400
    assert user(visitor.app, ANN).name == "Ann Peeters"
    assert visitor.is_logged_in


def test_logging_out_ends_the_session_and_is_never_done_by_a_link(visitor: Visitor) -> None:
    visitor.join()
    assert visitor.get("/afmelden").status_code == 405
    assert visitor.is_logged_in
    visitor.press("/mijn-brug", "/afmelden")
    assert not visitor.is_logged_in


def test_cookies_travel_over_https_only_and_no_script_reads_them(visitor: Visitor) -> None:
    visitor.join()
    visitor.press("/mijn-brug", "/afmelden")
    cookies = visitor.log_in(remember="y").headers.getlist("Set-Cookie")
    assert {cookie.partition("=")[0] for cookie in cookies} >= {"brug", "remember_token"}
    for cookie in cookies:
        assert {"Secure", "HttpOnly", "SameSite=Lax"} <= set(cookie.split("; "))


def test_a_remembered_browser_stays_logged_in_until_it_logs_out(visitor: Visitor) -> None:
    visitor.join()
    visitor.press("/mijn-brug", "/afmelden")
    visitor.log_in(remember="y")
    visitor.client.delete_cookie("brug", domain="brug.test")
    assert visitor.is_logged_in
    visitor.press("/mijn-brug", "/afmelden")
    visitor.client.delete_cookie("brug", domain="brug.test")
    assert not visitor.is_logged_in


def test_a_closed_account_is_out_at_once(visitor: Visitor) -> None:
    visitor.join()
    with writing(visitor.app) as session:
        session.execute(update(User).values(is_active=False))
    assert not visitor.is_logged_in
    assert "Deze account is gesloten" in visitor.log_in().text


def test_too_many_wrong_passwords_stop_even_the_right_one_for_a_while(visitor: Visitor) -> None:
    visitor.join()
    guesser = Visitor(visitor.app, "198.51.100.1")
    for _guess in range(MOST):
        assert guesser.log_in(ANN, "een gok van iemand").status_code == 422
    refused = guesser.log_in(ANN, PASSWORD)
    assert refused.status_code == 429
    assert "Te veel pogingen. Probeer het opnieuw na" in refused.text
    assert 0 < int(refused.headers["Retry-After"]) <= 900
    elsewhere = Visitor(visitor.app, "198.51.100.2")
    assert elsewhere.log_in(ANN, PASSWORD).status_code == 429, "the account counts"
    assert guesser.log_in("bert@korst.example", PASSWORD).status_code == 422, "not another one"
    _let_time_pass(visitor.app, LIMITS[Tried.LOGIN].window)
    assert guesser.log_in(ANN, PASSWORD).status_code == 303


def test_one_address_cannot_try_everybody(visitor: Visitor) -> None:
    for number in range(LIMITS[Tried.LOGIN].per_address):
        _attempt(visitor.app, number)
    assert visitor.log_in("weer.een@nergens.example").status_code == 429
    assert Visitor(visitor.app, "198.51.100.7").log_in("x@nergens.example").status_code == 422


def test_a_household_with_ipv6_counts_as_one_address(app: Flask) -> None:
    for number in range(LIMITS[Tried.LOGIN].per_address):
        _attempt(app, number, f"2001:db8:1:2::{number:x}")
    neighbour = Visitor(app, "2001:db8:1:3::1")
    assert Visitor(app, "2001:db8:1:2:ffff::1").log_in("x@nergens.example").status_code == 429
    assert neighbour.log_in("x@nergens.example").status_code == 422


def test_attempts_are_counted_across_processes(visitor: Visitor) -> None:
    visitor.join()
    for _guess in range(MOST):
        Visitor(visitor.app).log_in(ANN, "een gok van iemand")
    other = create_app(visitor.app.config["BRUG_SETTINGS"])
    try:
        assert Visitor(other).log_in(ANN).status_code == 429
    finally:
        other.extensions["brug_sessions"].engine.dispose()


def test_the_right_password_starts_the_count_anew(visitor: Visitor) -> None:
    visitor.join()
    for _guess in range(MOST - 1):
        Visitor(visitor.app).log_in(ANN, "een gok van iemand")
    assert Visitor(visitor.app).log_in(ANN).status_code == 303
    for _guess in range(MOST - 1):
        assert Visitor(visitor.app).log_in(ANN, "een gok van iemand").status_code == 422


def test_the_record_of_attempts_names_nobody(visitor: Visitor) -> None:
    visitor.log_in(ANN, "een gok van iemand")
    with reading(visitor.app) as session:
        keys = session.scalars(select(LoginAttempt.key)).all()
    assert keys
    assert all(len(key) == 64 and "ann" not in key for key in keys)


@pytest.mark.parametrize("mode", [Mode.DEMO])
def test_a_demo_login_works_in_the_demo_and_nowhere_else(
    visitor: Visitor, database_url: str
) -> None:
    visitor.join(email="vrager@brug.example")
    assert visitor.is_logged_in
    settings = visitor.app.config["BRUG_SETTINGS"]
    real = create_app(
        Settings(
            mode=Mode.PRODUCTION,
            secret_key=settings.secret_key,
            database_url=database_url,
            base_url="https://brug.test",
            encoder="none",
        )
    )
    try:
        stranger = Visitor(real)
        assert stranger.log_in("vrager@brug.example").status_code == 422
        stranger.client._cookies.update(visitor.client._cookies)
        assert not stranger.is_logged_in, "a session from the demo is worth nothing either"
    finally:
        real.extensions["brug_sessions"].engine.dispose()


def test_a_password_of_older_parameters_is_stored_anew_at_the_next_login(visitor: Visitor) -> None:
    visitor.join()
    visitor.press("/mijn-brug", "/afmelden")
    with writing(visitor.app) as session:
        session.execute(update(User).values(password_hash=_weaker(PASSWORD)))
    assert visitor.log_in().status_code == 303
    stored = user(visitor.app, ANN).password_hash or ""
    assert stored.split("$")[3] == hash_password("x").split("$")[3]
    assert visitor.is_logged_in


def test_registering_is_limited_too_and_keeps_what_was_typed(visitor: Visitor) -> None:
    for _time in range(LIMITS[Tried.REGISTER].per_account):
        assert visitor.register().status_code == 303
    refused = visitor.register()
    assert refused.status_code == 429
    assert 'value="Ann Peeters"' in refused.text
    assert len(mails_to(visitor.app, ANN)) == 1


def _weaker(password: str) -> str:
    from argon2 import PasswordHasher

    return PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(password)


def _attempt(app: Flask, number: int, address: str = "203.0.113.5") -> None:
    from web.services import throttle

    with writing(app) as session:
        throttle.count(session, Tried.LOGIN, f"u{number}@nergens.example", address)


def _let_time_pass(app: Flask, time: timedelta) -> None:
    with writing(app) as session:
        session.execute(update(LoginAttempt).values(at=now() - time))
