"""The post box of the demo."""

import pytest

from models import OutboxMail
from tests.web.account.visitors import Visitor, writing
from web.settings import Mode


def _post(visitor: Visitor, *bodies: str) -> None:
    with writing(visitor.app) as session:
        for number, body in enumerate(bodies):
            mail = OutboxMail(recipient=f"u{number}@x.example", subject=f"Mail {number}", body=body)
            session.add(mail)
            session.flush()


def test_outside_the_demo_there_is_no_post_box(visitor: Visitor) -> None:
    assert visitor.get("/postbus").status_code == 404


@pytest.mark.parametrize("mode", [Mode.DEMO])
class TestInTheDemo:
    """Everybody reads along, for nothing in it is real."""

    def test_a_mail_can_be_read_and_its_link_followed(self, visitor: Visitor) -> None:
        visitor.register()
        page = visitor.get("/postbus").text
        assert "Bevestig uw e-mailadres voor Brug" in page
        link = page.split('href="/bevestigen/')[1].split('"')[0]
        assert f"https://brug.test/bevestigen/{link}" in page
        assert visitor.press(f"/bevestigen/{link}").status_code == 303

    def test_what_people_typed_stays_text(self, visitor: Visitor) -> None:
        _post(visitor, "<script>alert(1)</script> https://kwaad.example/x javascript:alert(2)")
        page = visitor.get("/postbus").text
        assert "<script>alert" not in page
        assert 'href="https://kwaad' not in page
        assert 'href="javascript' not in page

    def test_only_an_address_of_this_site_becomes_a_link(self, visitor: Visitor) -> None:
        _post(visitor, "https://brug.test.kwaad.example/x en https://brug.test/hulp")
        page = visitor.get("/postbus").text
        assert 'href="/hulp"' in page
        assert "kwaad.example/x" in page
        assert ">https://brug.test</a>" not in page

    def test_the_newest_comes_first_ten_at_a_time(self, visitor: Visitor) -> None:
        _post(visitor, *["Dag"] * 25)
        first, last = visitor.get("/postbus").text, visitor.get("/postbus?page=3").text
        assert first.index("Mail 24<") < first.index("Mail 15<")
        assert "Mail 14<" not in first
        assert "Mail 0<" in last

    def test_one_person_s_mail_is_found_by_his_address(self, visitor: Visitor) -> None:
        _post(visitor, "voor nul", "voor een")
        page = visitor.get("/postbus?aan=U1@x").text
        assert "voor een" in page
        assert "voor nul" not in page
        assert "Geen mail gevonden" in visitor.get("/postbus?aan=%25' OR 1=1").text

    def test_an_empty_box_says_how_to_fill_it(self, visitor: Visitor) -> None:
        assert "Registreer u" in visitor.get("/postbus").text
