"""The table of all routes, and what people type where a route takes something."""

from dataclasses import dataclass
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

from models import now
from tests.support.pages import Form
from tests.support.site import NOBODY, Person, Site
from tests.support.world import PASSWORD

#: Everybody beside the right person, in the order of the columns.
OTHERS = (NOBODY, "xavier", "olga", "elke", "dirk")

_ORGANISATION = {
    "kbo": "0999.109.896",
    "organisation_name": "Bakkerij De Korst",
    "type": "company",
    "place": "3460 Bekkevoort",
}
_NEED = {"text": "Het gras moet gemaaid worden.", "place": "3460 Bekkevoort", "kind": "service"}
_LIST = b'{"type": "need", "id": "9", "kind": "service", "title": "Gras", "text": "Maaien.", '
_OTHER_PASSWORD = "een andere lange zin"
_TODAY = str(now().date())
_NEXT_MONTH = str((now() + timedelta(days=30)).date())

#: What the right person types in the form of a route; fields are named by their ending.
TYPED: dict[str, dict[str, Any]] = {
    "account.accept": {"name": "Nieuwe Peeters", "password": _OTHER_PASSWORD},
    "account.add_organisation": _ORGANISATION,
    "account.apply_as_supplier": {"work_form": "maatwerkbedrijf"},
    "account.change_address": {"email": "anders@wereld.be", "current_password": PASSWORD},
    "account.change_password": {"current_password": PASSWORD, "new_password": _OTHER_PASSWORD},
    "account.forgot": {"email": "ann@wereld.be"},
    "account.invite": {"email": "collega@wereld.be"},
    "account.login": {"email": "ann@wereld.be", "password": PASSWORD},
    "account.edit_organisation": {"website": "https://koekjes.be"},
    "account.person": {"phone": "0470 11 22 33"},
    "account.register": {
        **_ORGANISATION,
        "side": "vrager",
        "name": "Jan Peeters",
        "email": "jan@wereld.be",
        "password": _OTHER_PASSWORD,
    },
    "account.resend": {"email": "nele@wereld.be"},
    "account.reset": {"password": _OTHER_PASSWORD},
    "buyer.details": {"action": "publish"},
    "buyer.new_need": {**_NEED, "action": "next"},
    "buyer.recognise": {**_NEED, "need_id": "open"},
    "buyer.words": {**_NEED, "action": "next"},
    "coordinator.add_activity": {"label": "wol spinnen", "cluster": "textiel"},
    "coordinator.add_offer": {"words": "Zij kennen de weg."},
    "coordinator.approve": {"words": "Zij kennen de weg."},
    "coordinator.declare_interest": {"note": "Mijn broer werkt er."},
    "coordinator.choose_delays": {"ask_offer_days": "100"},
    "coordinator.edit_activity": {"synonyms": "gazon afrijden"},
    "coordinator.edit_rule": {"title": "Wie een enclave mag leveren"},
    "coordinator.postpone": {"until": _NEXT_MONTH},
    "coordinator.refuse": {"refusal_reason": "too_far", "words": "Te ver."},
    "coordinator.turn_down": {"reason": "Er is geen erkenning."},
    "importing.preview": {"file": (_LIST + b'"municipality": "Bekkevoort"}', "lijst.jsonl")},
    "introductions.agree": {"hours": "120", "hours_per": "total", "start_date": _NEXT_MONTH},
    "introductions.answer_question": {"words": "Ja, twee."},
    "introductions.ask_other": {"words": "Is er parking?"},
    "introductions.finish": {"real_end": _TODAY},
    "introductions.give_up": {"reason": "price", "words": "Te duur."},
    "introductions.say_for": {"side": "offer", "said": "yes", "words": "Aan de telefoon."},
    "introductions.propose_visit": {"day": _NEXT_MONTH, "hour": "09:30", "place": "De poort"},
    "introductions.say_no": {"reason": "no_capacity", "words": "Alles is volzet."},
    "supplier.edit_offer": {"site": "on_site", "action": "save"},
    "supplier.new_offer_of_kind": {"text": "Wij maaien gras.", "action": "save"},
    "supplier.recognise": {"text": "Wij maaien gras."},
}


@dataclass(frozen=True)
class Row:
    """What people get of one route; `right` is the person whose object it is."""

    method: str
    endpoint: str
    names: tuple[tuple[str, str], ...]
    others: tuple[str, ...]
    expected: str
    right: str

    @property
    def id(self) -> str:
        """Return a name for the test's report."""
        names = ",".join(name for _key, name in self.names)
        return f"{self.method}-{self.endpoint}-{names}-{self.right}"

    def address(self, site: Site) -> str:
        """Return the address of the right person's object."""
        return site.address(self.endpoint, **dict(self.names))


def _row(line: str) -> Row:
    method, endpoint, given, *answers, right = line.split()
    pairs = [pair.split("=") for pair in given.split(",") if pair != "-"]
    # Arguments that hold an id are written without that ending.
    ids = ("need", "offer", "match", "organisation", "invitation", "interest", "batch")
    ids += ("activity", "rule", "version", "proposal", "mail", "notice", "user", "region")
    ids += ("question", "attachment", "visit")
    names = tuple((f"{key}_id" if key in ids else key, name) for key, name in pairs)
    return Row(method, endpoint, names, tuple(answers[:-1]), answers[-1], right)


_LINES = Path(__file__).with_name("routes.txt").read_text().splitlines()
ROWS = [_row(line) for line in _LINES if line and not line.startswith("#")]
#: What a GET gives that is no page: files and answers for scripts.
NO_PAGES = frozenset(
    {
        "static",
        "bootstrap.static",
        "buyer.activities",
        "coordinator.mail_sample_html",
        "importing.template",
        "account.my_data",
        "introductions.attachment",
        "introductions.visit_calendar",
        "record.history_file",
        "record.log_file",
        "visitor.places",
        "visitor.robots",
    }
)
PAGES = [
    row
    for row in ROWS
    if row.method == "GET" and row.expected == "200" and row.endpoint not in NO_PAGES
]
#: The same pages where they look otherwise, or show other forms.
MORE_PAGES = [
    _row(f"GET {line}")
    for line in (
        "buyer.need need=draft 200 ann",
        "buyer.need need=introduced 200 ann",
        "buyer.need need=withdrawn 200 ann",
        "buyer.details need=enclave 200 ann",
        "buyer.details need=vacancy 200 ann",
        "buyer.details need=placement 200 ann",
        "buyer.needs q=niets-van-dat-alles 200 ann",
        "supplier.new_offer_of_kind slug=enclaveploeg 200 sam",
        "supplier.new_offer_of_kind slug=profiel 200 sam",
        "supplier.new_offer_of_kind slug=werkplek 200 sam",
        "supplier.offers toon=withdrawn 200 sam",
        "supplier.withdraw offer=draft 200 sam",
        "inbox.messages q=niets-van-dat-alles 200 ann",
        "coordinator.waiting bij=both 200 rita",
        "inbox.messages - 200 greet",
        "account.home - 200 rita",
        "account.home - 200 sam",
        "account.home - 200 greet",
        "account.register als=aanbieder 200 nobody",
        "coordinator.need need=later 200 rita",
        "coordinator.need need=introduced 200 rita",
        "coordinator.queue state=decided 200 rita",
        "coordinator.queue state=later 200 rita",
        "coordinator.rule rule=wijk-werken-uren 200 rita",
        "introductions.index - 200 rita",
        "introductions.introduction match=met 200 ann",
        "introductions.introduction match=met 200 sam",
        "introductions.introduction match=agreed 200 sam",
        "introductions.introduction match=ready 200 sam",
        "introductions.introduction match=running 200 ann",
        "introductions.introduction match=hired 200 ann",
        "record.history need=open 200 rita",
        "record.log wie=Niemand 200 rita",
        "visitor.search q=gras,plaats=Diest 200 nobody",
        "visitor.search q=zzzzzz 200 nobody",
        "visitor.home - 200 rita",
    )
]


def found_forms(site: Site) -> dict[tuple[str, str], Form]:
    """Return every form that sends something, by the person who finds it and its address."""
    people: dict[str, Person] = {}
    found: dict[tuple[str, str], Form] = {}
    for row in (*PAGES, *MORE_PAGES):
        person = people.setdefault(row.right, site.person(row.right))
        for form in person.forms(row.address(site)):
            if form.method == "post":
                found.setdefault((row.right, form.path), form)
    return found


def values_of(site: Site, row: Row, form: Form | None) -> dict[str, Any]:
    """Return what the right person sends: his form as he finds it, with what he types."""
    typed = {
        name: site.numbers[name][value] if name in site.numbers else value
        for name, value in TYPED.get(row.endpoint, {}).items()
    }
    if "file" in typed:
        content, filename = typed["file"]
        typed["file"] = (BytesIO(content), filename)
    return form.filled(typed) if form else typed
