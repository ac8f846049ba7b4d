"""The page of an organisation: its data, its people, invitations, leaving."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select, update

from models import Event, Membership, Token, now
from tests.web.account.visitors import (
    OTHER_KBO,
    PASSWORD,
    Visitor,
    coordinator,
    link_to,
    mails_to,
    organisation,
    reading,
    user,
    writing,
)

BERT = "bert@korst.example"
OTHER = {"kbo": OTHER_KBO, "organisation_name": "Vzw Anders"}
CHANGE = {
    "name": "Bakkerij De Korst",
    "type": "company",
    "work_form": "geen",
    "place": "3460 Bekkevoort",
    "description": "",
    "website": "",
    "recognition": "",
}


def _page(visitor: Visitor) -> str:
    return f"/mijn-organisaties/{organisation(visitor.app).id}"


def _change(visitor: Visitor, **values: str) -> int:
    version = str(organisation(visitor.app).version)
    form = {**CHANGE, "version": version, **values}
    return visitor.press(f"{_page(visitor)}/wijzigen", **form).status_code


def _invite(visitor: Visitor, email: str = BERT) -> str:
    visitor.press(_page(visitor), f"{_page(visitor)}/uitnodigingen", email=email)
    return link_to(visitor.app, email, "/uitnodiging/")


def test_members_tell_who_they_are(visitor: Visitor) -> None:
    visitor.join()
    description = "Wij bakken <b>brood</b> 🥖\n\nElke dag."
    assert _change(visitor, description=description, website="www.korst.example") == 303
    kept = organisation(visitor.app)
    assert (kept.description, kept.website) == (description, "https://www.korst.example")
    page = visitor.get(_page(visitor)).text
    assert "&lt;b&gt;brood" in page
    assert "0999.109.896" in page


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", ""),
        ("name", "x" * 161),
        ("type", "regisseur"),
        ("place", "Atlantis"),
        ("website", "javascript:alert(1)"),
        ("website", "geen adres"),
        ("website", 'https://a.example/"><script>'),
        ("description", "x" * 1_000_000),
        ("work_form", "maatwerkbedrijf"),
    ],
)
def test_what_cannot_be_is_not_kept(visitor: Visitor, field: str, value: str) -> None:
    visitor.join()
    assert _change(visitor, **{field: value}) == 422
    assert organisation(visitor.app).version == 1


def test_a_stale_change_overwrites_nothing_and_shows_both(visitor: Visitor) -> None:
    visitor.join()
    seen = str(organisation(visitor.app).version)
    assert _change(visitor, description="Van mijn collega") == 303
    form = {**CHANGE, "version": seen, "description": "Van mij"}
    answer = visitor.press(f"{_page(visitor)}/wijzigen", **form)
    assert answer.status_code == 409
    assert "Van mijn collega" in answer.text
    assert "Van mij</textarea>" in answer.text
    assert organisation(visitor.app).description == "Van mijn collega"
    again = {**form, "version": str(organisation(visitor.app).version)}
    assert visitor.press(f"{_page(visitor)}/wijzigen", **again).status_code == 303
    assert organisation(visitor.app).description == "Van mij"


def test_a_form_of_an_odd_version_is_stale(visitor: Visitor) -> None:
    visitor.join()
    for version in ("", "een", "-1", "9" * 30):
        assert _change(visitor, version=version, description="Van mij") in (409, 422)
    assert organisation(visitor.app).description is None


def test_an_organisation_of_somebody_else_does_not_exist(visitor: Visitor) -> None:
    visitor.join()
    page = _page(visitor)
    bert = Visitor(visitor.app).join(email=BERT, name="Bert", kbo=OTHER_KBO)
    for path in ("", "/wijzigen", "/verlaten"):
        assert bert.get(page + path).status_code == 404
    for path in ("/uitnodigingen", "/uitnodigingen/1", "/aanbieder", "/verlaten", "/wijzigen"):
        form = {**CHANGE, "version": "1", "email": BERT, "work_form": "gob"}
        assert bert.press("/mijn-gegevens", page + path, **form).status_code == 404
    assert Visitor(visitor.app).get(page).location.startswith("/aanmelden?next=")


def test_a_colleague_without_an_account_accepts_and_acts(visitor: Visitor) -> None:
    visitor.join()
    link = _invite(visitor)
    bert = Visitor(visitor.app)
    assert "Bakkerij De Korst" in bert.get(link).text
    assert bert.press(link, name="Bert Claes", password=PASSWORD).location == "/mijn-brug"
    assert "Bakkerij De Korst" in bert.get("/mijn-brug").text
    page = visitor.get(_page(visitor)).text
    assert "Bert Claes" in page
    assert "nog niet aanvaard" not in page
    assert Visitor(visitor.app).log_in(BERT).status_code == 303
    assert bert.get(link).status_code == 410


def test_a_colleague_with_an_account_logs_in_and_accepts(visitor: Visitor) -> None:
    visitor.join()
    Visitor(visitor.app).join(email=BERT, name="Bert Claes", kbo=OTHER_KBO)
    link = _invite(visitor)
    bert = Visitor(visitor.app)
    assert f"/aanmelden?next={link}" in bert.get(link).text
    assert bert.log_in(BERT, next=link).location == link
    bert.press(link)
    assert "Bakkerij De Korst" in bert.get("/mijn-brug").text


def test_an_invitation_is_of_no_use_to_somebody_else(visitor: Visitor) -> None:
    visitor.join()
    link = _invite(visitor)
    carl = Visitor(visitor.app).join(email="carl@anders.example", name="Carl", **OTHER)
    page = carl.get(link).text
    assert "u bent als iemand anders aangemeld" in page
    assert carl.press("/mijn-gegevens", link, name="Bert", password=PASSWORD).status_code == 403
    assert "Bakkerij De Korst" not in carl.get("/mijn-brug").text


def test_an_invitation_finishes_an_account_that_was_never_confirmed(visitor: Visitor) -> None:
    visitor.join()
    Visitor(visitor.app).register(
        email=BERT, name="Kraker", kbo=OTHER_KBO, password="van de kraker, niet van Bert"
    )
    bert = Visitor(visitor.app)
    bert.press(_invite(visitor), name="Bert Claes", password=PASSWORD)
    assert user(visitor.app, BERT).name == "Bert Claes"
    stranger = Visitor(visitor.app)
    assert stranger.log_in(BERT, "van de kraker, niet van Bert").status_code == 422


def test_a_withdrawn_or_old_invitation_no_longer_works(visitor: Visitor) -> None:
    visitor.join()
    link = _invite(visitor)
    with reading(visitor.app) as session:
        number = session.scalar(select(Token.id).where(Token.email == BERT))
    visitor.press(_page(visitor), f"{_page(visitor)}/uitnodigingen/{number}")
    assert Visitor(visitor.app).get(link).status_code == 410
    assert BERT not in visitor.get(_page(visitor)).text
    newer = _invite(visitor)
    with writing(visitor.app) as session:
        session.execute(update(Token).values(expires_at=now() - timedelta(days=1)))
    assert Visitor(visitor.app).get(newer).status_code == 410


def test_inviting_twice_mails_once_and_a_member_is_not_invited(visitor: Visitor) -> None:
    visitor.join()
    assert _invite(visitor) == _invite(visitor)
    assert len(mails_to(visitor.app, BERT)) == 1
    page = _page(visitor)
    again = visitor.press(page, f"{page}/uitnodigingen", email="ann@korst.example")
    assert again.status_code == 422
    assert "hoort al bij uw organisatie" in again.text


@pytest.mark.parametrize("email", ["", "geen adres", "<script>", "x" * 1_000_000])
def test_an_invitation_goes_to_an_address_only(visitor: Visitor, email: str) -> None:
    visitor.join()
    page = _page(visitor)
    answer = visitor.press(page, f"{page}/uitnodigingen", email=email)
    assert answer.status_code == 422
    assert "<script>alert" not in answer.text
    with reading(visitor.app) as session:
        invited = select(func.count()).select_from(Token).where(Token.purpose == "invite")
        assert session.scalar(invited) == 0


def test_whoever_leaves_is_out_and_the_rest_stay(visitor: Visitor) -> None:
    visitor.join()
    bert = Visitor(visitor.app)
    bert.press(_invite(visitor), name="Bert Claes", password=PASSWORD)
    page = _page(visitor)
    assert "neemt Bert Claes over" in visitor.get(f"{page}/verlaten").text
    assert visitor.press(f"{page}/verlaten").location == "/mijn-brug"
    assert "Zeg eerst voor welke organisatie u komt" in visitor.get("/mijn-brug").text
    assert visitor.get(page).status_code == 403
    assert "Bakkerij De Korst" in bert.get("/mijn-brug").text


def test_the_last_one_is_warned_and_the_coordinator_is_told(visitor: Visitor) -> None:
    coordinator(visitor.app)
    visitor.join()
    page = _page(visitor)
    assert "U bent de laatste" in visitor.get(f"{page}/verlaten").text
    visitor.press(f"{page}/verlaten")
    told = mails_to(visitor.app, "regisseur@hageland.example")[0]
    assert "Niemand beheert Bakkerij De Korst nog" in told
    with reading(visitor.app) as session:
        assert session.scalar(select(func.count()).select_from(Membership)) == 0


def test_somebody_without_an_organisation_adds_one_twice_and_gets_one(visitor: Visitor) -> None:
    visitor.join()
    added = {
        "side": "vrager",
        "kbo": OTHER_KBO,
        "organisation_name": "Vzw De Tweede",
        "type": "vzw",
        "place": "Diest",
        "work_form": "",
    }
    first = visitor.press("/mijn-organisaties/toevoegen", **added)
    second = visitor.press("/mijn-organisaties/toevoegen", **added)
    assert first.status_code == 303
    assert first.location == second.location
    page = visitor.get("/mijn-brug").text
    assert "Vzw De Tweede" in page
    assert "Bakkerij De Korst" in page


def test_adding_a_known_organisation_asks_its_people(visitor: Visitor) -> None:
    visitor.join()
    bert = Visitor(visitor.app).join(email=BERT, name="Bert Claes", **OTHER)
    added = {**CHANGE, "side": "vrager", "kbo": "0999109896", "organisation_name": "Mijn bakkerij"}
    assert bert.press("/mijn-organisaties/toevoegen", **added).location == "/mijn-brug"
    assert "Bert Claes wil meewerken" in mails_to(visitor.app, "ann@korst.example")[0]
    assert "akkerij" not in bert.get("/mijn-brug").text


def test_every_change_is_on_the_record_without_an_address(visitor: Visitor) -> None:
    visitor.join()
    _change(visitor, name="Bakkerij De Nieuwe Korst")
    _invite(visitor)
    with reading(visitor.app) as session:
        events = session.scalars(select(Event).order_by(Event.id)).all()
    actions = [event.action for event in events]
    assert actions == [
        "created",
        "member_joined",
        "registered",
        "confirmed",
        "changed",
        "member_invited",
    ]
    assert "@" not in str([(event.before, event.after) for event in events])
    changed = events[4]
    assert changed.before["name"] == "Bakkerij De Korst"
    assert changed.actor_id == user(visitor.app, "ann@korst.example").id
