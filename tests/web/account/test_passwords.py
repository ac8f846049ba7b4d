"""Forgotten and changed passwords."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import update

from models import Token, now
from tests.web.account.visitors import (
    PASSWORD,
    Visitor,
    link_to,
    mails_to,
    writing,
)
from web.services import passwords
from web.services.passwords import hash_password, is_outdated, problem_of, verify_password
from web.services.throttle import LIMITS, Tried

ANN = "ann@korst.example"
NEW = "een andere zin, ook goed"


def _ask(visitor: Visitor, email: str = ANN) -> str:
    visitor.press("/wachtwoord-vergeten", email=email)
    return link_to(visitor.app, email, "/wachtwoord-kiezen/")


def test_a_forgotten_password_is_replaced_and_every_session_ends(visitor: Visitor) -> None:
    visitor.join()
    other = Visitor(visitor.app)
    other.log_in(remember="y")
    answer = Visitor(visitor.app).press(_ask(Visitor(visitor.app)), password=NEW)
    assert answer.location == "/aanmelden"
    assert not visitor.is_logged_in
    assert not other.is_logged_in
    assert Visitor(visitor.app).log_in(password=PASSWORD).status_code == 422
    assert Visitor(visitor.app).log_in(password=NEW).status_code == 303
    assert "Uw wachtwoord op Brug is gewijzigd" in mails_to(visitor.app, ANN)[0]


def test_asking_a_link_says_the_same_for_every_address(visitor: Visitor) -> None:
    visitor.join()
    known, unknown = Visitor(visitor.app), Visitor(visitor.app)
    first = known.press("/wachtwoord-vergeten", email=ANN)
    second = unknown.press("/wachtwoord-vergeten", email="niemand@nergens.example")
    assert (first.status_code, first.location) == (second.status_code, second.location)
    assert mails_to(visitor.app, "niemand@nergens.example") == []


def test_a_reset_link_works_once_and_not_after_a_newer_one(visitor: Visitor) -> None:
    visitor.join()
    stranger = Visitor(visitor.app)
    first = _ask(stranger)
    second = _ask(stranger)
    assert stranger.get(first).status_code == 410
    stranger.press(second, password=NEW)
    again = stranger.get(second)
    assert again.status_code == 410
    assert "Vraag een nieuwe link" in again.text


def test_a_reset_link_runs_out(visitor: Visitor) -> None:
    visitor.join()
    link = _ask(Visitor(visitor.app))
    with writing(visitor.app) as session:
        session.execute(update(Token).values(expires_at=now() - timedelta(seconds=1)))
    assert Visitor(visitor.app).get(link).status_code == 410


def test_a_link_that_was_opened_twice_changes_the_password_once(visitor: Visitor) -> None:
    visitor.join()
    one, two = Visitor(visitor.app), Visitor(visitor.app)
    link = _ask(one)
    token = two.get(link).text.split('name="csrf_token" type="hidden" value="')[1].split('"')[0]
    one.press(link, password=NEW)
    late = two.send(link, csrf_token=token, password="van een ander, te laat")
    assert late.status_code == 410
    assert Visitor(visitor.app).log_in(password=NEW).status_code == 303


def test_a_reset_is_limited_but_the_page_does_not_say_for_whom(visitor: Visitor) -> None:
    for _time in range(LIMITS[Tried.RESET].per_account):
        assert visitor.press("/wachtwoord-vergeten", email="x@y.example").status_code == 303
    refused = visitor.press("/wachtwoord-vergeten", email="x@y.example")
    assert refused.status_code == 429
    assert "Te veel pogingen" in refused.text


def test_a_new_password_has_to_be_a_good_one(visitor: Visitor) -> None:
    visitor.join()
    stranger = Visitor(visitor.app)
    link = _ask(stranger)
    assert "minstens 10 tekens" in stranger.press(link, password="kort").text
    assert "geen goed wachtwoord" in stranger.press(link, password=ANN).text
    assert stranger.press(link, password=NEW).status_code == 303, "the link was not used up"


def test_changing_the_password_ends_the_other_sessions_and_keeps_this_one(
    visitor: Visitor,
) -> None:
    visitor.join()
    other = Visitor(visitor.app)
    other.log_in()
    path = "/mijn-gegevens/wachtwoord"
    wrong = visitor.press(path, current_password="niet het mijne", new_password=NEW)
    assert wrong.status_code == 422
    assert "Dit is niet uw wachtwoord" in wrong.text
    assert visitor.press(path, current_password=PASSWORD, new_password=NEW).status_code == 303
    assert visitor.is_logged_in
    assert not other.is_logged_in
    assert Visitor(visitor.app).log_in(password=NEW).status_code == 303


def test_a_stolen_session_cannot_guess_the_password_for_ever(visitor: Visitor) -> None:
    visitor.join()
    path = "/mijn-gegevens/wachtwoord"
    for _guess in range(LIMITS[Tried.LOGIN].per_account):
        answer = visitor.press(path, current_password="een gok van iemand", new_password=NEW)
        assert answer.status_code == 422
    answer = visitor.press(path, current_password=PASSWORD, new_password=NEW)
    assert answer.status_code == 429
    assert Visitor(visitor.app).log_in(password=NEW).status_code in (422, 429)


def test_logging_out_everywhere_ends_every_session(visitor: Visitor) -> None:
    visitor.join()
    other = Visitor(visitor.app)
    other.log_in(remember="y")
    visitor.press("/mijn-gegevens", "/mijn-gegevens/overal-afmelden")
    assert not visitor.is_logged_in
    assert not other.is_logged_in


@pytest.mark.parametrize(
    "typed", ["café-terras aan zee", "🙂🙃🙂🙃 tien tekens", " spaties tellen "]
)
def test_a_password_is_taken_as_it_is_typed(typed: str) -> None:
    assert problem_of(typed, ANN) is None
    assert verify_password(hash_password(typed), typed)
    assert not verify_password(hash_password(typed), typed.strip().upper())


def test_a_composed_and_a_decomposed_accent_are_the_same_password() -> None:
    assert verify_password(hash_password("caf\u00e9-terras aan zee"), "cafe\u0301-terras aan zee")


def test_verifying_without_an_account_costs_the_same_hash() -> None:
    assert not is_outdated(passwords.NO_ACCOUNT)
    assert not verify_password(None, PASSWORD)


def test_a_damaged_hash_opens_nothing() -> None:
    assert not verify_password("niets dat argon2 kent", PASSWORD)


@given(st.text(max_size=300))
def test_a_password_that_will_do_is_neither_short_nor_endless(typed: str) -> None:
    if problem_of(typed, ANN) is None:
        assert 10 <= len(typed) <= 200
