"""Name, phone number and address: changed by their owner only."""

import pytest

from tests.web.account.visitors import (
    BOTH_DATABASES,
    OTHER_KBO,
    PASSWORD,
    Visitor,
    link_to,
    mails_to,
    user,
)

pytestmark = BOTH_DATABASES

ANN = "ann@korst.example"
PAGE = "/mijn-gegevens/e-mailadres"


def test_name_and_phone_number_are_kept(visitor: Visitor) -> None:
    visitor.join()
    visitor.press("/mijn-gegevens", name="Ann Peeters-Claes", phone="+32 (0)16 12 34 56")
    kept = user(visitor.app, ANN)
    assert (kept.name, kept.phone) == ("Ann Peeters-Claes", "+32 (0)16 12 34 56")
    assert "Ann Peeters-Claes" in visitor.get("/mijn-brug").text


@pytest.mark.parametrize("phone", ["bel mij", "12", "<script>", "0" * 41, "016'; DROP TABLE user"])
def test_what_nobody_can_call_is_no_phone_number(visitor: Visitor, phone: str) -> None:
    visitor.join()
    answer = visitor.press("/mijn-gegevens", name="Ann Nieuw", phone=phone)
    assert answer.status_code == 422
    assert 'value="Ann Nieuw"' in answer.text
    assert user(visitor.app, ANN).name == "Ann Peeters"


def test_a_new_address_counts_once_it_is_confirmed(visitor: Visitor) -> None:
    visitor.join()
    visitor.press(PAGE, email="Ann@Nieuw.example", current_password=PASSWORD)
    assert user(visitor.app, ANN).email == ANN
    visitor.press(link_to(visitor.app, "ann@nieuw.example", "/bevestigen/"))
    assert user(visitor.app, "ann@nieuw.example").name == "Ann Peeters"
    assert "gebruikt voortaan een ander e-mailadres" in mails_to(visitor.app, ANN)[0]
    assert Visitor(visitor.app).log_in(ANN).status_code == 422
    assert Visitor(visitor.app).log_in("ann@nieuw.example").status_code == 303


def test_a_new_address_asks_the_password(visitor: Visitor) -> None:
    visitor.join()
    answer = visitor.press(PAGE, email="ann@nieuw.example", current_password="fout, helemaal fout")
    assert answer.status_code == 422
    assert mails_to(visitor.app, "ann@nieuw.example") == []


def test_the_address_of_somebody_else_cannot_be_taken_nor_found_out(visitor: Visitor) -> None:
    visitor.join()
    bert = Visitor(visitor.app).join(name="Bert", email="bert@anders.example", kbo=OTHER_KBO)
    taken = bert.press(PAGE, email=ANN, current_password=PASSWORD)
    free = bert.press(PAGE, email="vrij@anders.example", current_password=PASSWORD)
    assert (taken.status_code, taken.location) == (free.status_code, free.location)
    assert "U hebt al een account" in mails_to(visitor.app, ANN)[0]


def test_an_address_that_somebody_took_meanwhile_is_not_taken_again(visitor: Visitor) -> None:
    visitor.join()
    visitor.press(PAGE, email="nieuw@korst.example", current_password=PASSWORD)
    link = link_to(visitor.app, "nieuw@korst.example", "/bevestigen/")
    Visitor(visitor.app).join(name="Carl", email="nieuw@korst.example", kbo=OTHER_KBO)
    assert visitor.press(link).status_code == 404
    assert user(visitor.app, ANN).name == "Ann Peeters"
    assert user(visitor.app, "nieuw@korst.example").name == "Carl"


def test_an_older_reset_link_ends_with_the_old_address(visitor: Visitor) -> None:
    visitor.join()
    visitor.press("/wachtwoord-vergeten", email=ANN)
    reset = link_to(visitor.app, ANN, "/wachtwoord-kiezen/")
    visitor.press(PAGE, email="ann@nieuw.example", current_password=PASSWORD)
    visitor.press(link_to(visitor.app, "ann@nieuw.example", "/bevestigen/"))
    assert Visitor(visitor.app).get(reset).status_code == 410
