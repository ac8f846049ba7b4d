"""Who gets what of every route: `tests/support/routes.txt` is the table that these tests hold."""

import re
from collections.abc import Iterator

import pytest
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from tests.support.pages import Form
from tests.support.routes import OTHERS, ROWS, Row, found_forms, values_of
from tests.support.site import NOBODY, Person, Site
from web.access import STATIC_ENDPOINTS, groups_of
from web.settings import Mode

#: Methods that Werkzeug adds by itself.
IMPLIED = {"HEAD", "OPTIONS"}
#: Answers that refuse: who gets one has changed nothing.
REFUSALS = ("login", "home", "403", "404")
#: Attempts are counted, also those that are refused.
COUNTED = ("account.invite",)
#: Show contact data, and note for whose they are that they were seen.
NOTED = (
    "account.organisation",
    "coordinator.need",
    "coordinator.region",
    "introductions.introduction",
    "record.history",
)
#: Called by our scripts, so no form stands on a page.
FORMLESS = ("buyer.recognise", "supplier.recognise")
#: What stands in an address that is no number: checked by its view against a fixed list.
WORDS = re.compile(
    r"<(string:)?"
    r"(secret|slug|sector|work_form|activity_id|rule_id|kind|ending|token|name)>"
)
KEBAB = re.compile(r"/|(/([a-z0-9]+(-[a-z0-9]+)*(\.json|\.txt)?|<[^>]+>(\.<[^>]+>)?))+")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    site = Site(tmp_path_factory.mktemp("site"))
    yield site
    site.close()


@pytest.fixture(scope="module")
def forms(site: Site) -> dict[tuple[str, str], Form]:
    site.reset()
    return found_forms(site)


def _rules(site: Site) -> list[Rule]:
    return list(site.app.url_map.iter_rules())


def _own_rules(site: Site) -> list[Rule]:
    return [rule for rule in _rules(site) if rule.endpoint not in STATIC_ENDPOINTS]


def test_every_route_has_a_line_and_every_line_a_route(site: Site) -> None:
    routes = {
        (method, rule.endpoint)
        for rule in _rules(site)
        for method in (rule.methods or set()) - IMPLIED
    }
    assert {(row.method, row.endpoint) for row in ROWS} == routes


def _answer(answer: TestResponse, person: str, changed: bool) -> str:
    """Word an answer as the table does; whoever did something may be sent to log in as well."""
    where = answer.headers.get("Location", "").split("?")[0]
    if answer.status_code == 303 and not changed:
        if person == NOBODY and where == "/aanmelden":
            return "login"
        if person != NOBODY and where == "/mijn-brug":
            return "home"
    return str(answer.status_code)


def _do(site: Site, person: Person, row: Row, form: Form | None) -> tuple[str, bool]:
    address, values = row.address(site), values_of(site, row, form)
    token = person.token if row.method == "POST" else ""
    before = site.changes()
    if row.method == "GET":
        answer = person.get(address)
    else:
        answer = person.post(address, {**values, "csrf_token": token})
    answer.close()
    changed = site.changes() != before
    return _answer(answer, person.name, changed), changed


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.id)
def test_everybody_gets_what_the_table_says(
    site: Site, forms: dict[tuple[str, str], Form], row: Row
) -> None:
    form = forms.get((row.right, row.address(site)))
    answers = {}
    for name in (*OTHERS, row.right):
        site.reset()
        answer, changed = _do(site, site.person(name), row, form)
        answers[name] = answer
        if row.method == "GET" and row.endpoint not in NOTED:
            assert not changed, f"{name} changed something by looking"
        elif row.method == "POST" and answer in REFUSALS and row.endpoint not in COUNTED:
            assert not changed, f"{name} was refused with {answer}, yet changed something"
    assert answers == {**dict(zip(OTHERS, row.others, strict=True)), row.right: row.expected}


@pytest.mark.parametrize("row", [row for row in ROWS if row.method == "POST"], ids=lambda r: r.id)
def test_what_can_be_sent_is_sent_by_a_form_on_a_page(
    site: Site, forms: dict[tuple[str, str], Form], row: Row
) -> None:
    assert ((row.right, row.address(site)) in forms) is (row.endpoint not in FORMLESS)


def test_every_view_states_who_may_use_it(site: Site) -> None:
    silent = [rule.endpoint for rule in _own_rules(site) if not groups_of(site.app, rule.endpoint)]
    assert silent == []


def test_ids_in_addresses_are_typed(site: Site) -> None:
    loose = [
        rule.rule
        for rule in _own_rules(site)
        for part in re.findall(r"<[^>]*>", rule.rule)
        if not re.fullmatch(r"<int:\w+_id>", part) and not WORDS.fullmatch(part)
    ]
    assert loose == []


def test_addresses_are_in_kebab_case(site: Site) -> None:
    odd = [rule.rule for rule in _own_rules(site) if not KEBAB.fullmatch(rule.rule)]
    assert odd == []


#: What Brug began with is version 0 of the weights.
NUMBERED_FROM_0 = {"version_id", "version"}


@pytest.mark.parametrize("number", [0, 2**31, 2**63, 10**30])
def test_a_number_that_nothing_has_is_not_found(site: Site, number: int) -> None:
    answers = {}
    for row in ROWS:
        if number == 0 and any(key in NUMBERED_FROM_0 for key, _name in row.names):
            continue
        if any(key.endswith("_id") and key in site.numbers for key, _name in row.names):
            names = {key: str(number) if key in site.numbers else v for key, v in row.names}
            address = site.address(row.endpoint, **names)
            person = site.person(row.right)
            send = person.get if row.method == "GET" else person.post
            # 405 where the same address is known for another method; 422 where nothing was typed.
            if (status := send(address).status_code) not in (404, 405, 422):
                answers[row.id] = status
    assert answers == {}


def test_the_post_box_of_the_demo_exists_nowhere_else(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    site = Site(tmp_path_factory.mktemp("elsewhere"), Mode.DEVELOPMENT)
    for name in (*OTHERS, "ann", "rita"):
        assert site.person(name).get("/postbus").status_code == 404
    site.close()
