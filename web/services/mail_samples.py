"""Every mail with example values, for a coordinator to look at and for the tests to read."""

from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

from models import OutboxMail, now
from web.services import mail
from web.services.mail_text import link

_ORGANISATION = SimpleNamespace(id=0, name="Maatwerkbedrijf De Brug")
_PERSON = SimpleNamespace(name="Jan Peeters", email="jan.peeters@voorbeeld.be")
_NEED = SimpleNamespace(id=0, title="Geschenkdozen inpakken voor het eindejaar")
_OFFER = SimpleNamespace(id=0, title="Inpakken en verpakken in ons atelier", pseudonym=None)

#: What the templates may ask for; one that asks for more fails a test.
VALUES: dict[str, Any] = {
    "approval": 0,
    "days": 7,
    "by": "Rita Regisseur",
    "day": "25/12/2026",
    "kind": "rule",
    "label": "Enclave: vaste begeleiding",
    "months": 6,
    "more": 0,
    "name": "An",
    "need": _NEED,
    "news": [
        link("/berichten", "Kennismaking: Koekjes Bekkevoort"),
        link("/berichten", "Jan Peeters wil meewerken voor De Brug"),
    ],
    "offer": _OFFER,
    "offers": [_OFFER, SimpleNamespace(id=0, title="", pseudonym="P-0042")],
    "organisation": _ORGANISATION,
    "other": "Koekjes Bekkevoort",
    "path": "/voorbeeld",
    "person": _PERSON,
    "reason": "De erkenning als maatwerkbedrijf is er nog niet.",
    "reasons": [
        "De activiteit past: inpakken en verpakken.",
        "Het is dichtbij: 6 km.",
        "De ploeg is groot genoeg: 8 personen.",
    ],
    "secret": "voorbeeld",
    "side": "offer",
    "title": "Inpakken",
    "what": "accounts",
    "when": "3 november 2026, 14:00",
    "words": "Kan de ploeg ook op vrijdag komen?",
}


@dataclass(frozen=True, slots=True)
class Sample:
    """A mail as an example; `row` is stored nowhere."""

    name: str
    row: OutboxMail


def sample(name: str) -> Sample:
    """Return a mail with example values."""
    subject, body = mail.render(name, VALUES)
    row = OutboxMail(
        id=0,
        recipient="an@voorbeeld.be",
        subject=subject,
        body=body,
        user_id=0,
        template=name,
        key=f"voorbeeld:{name}",
        created_at=now(),
    )
    return Sample(name, row)


def samples() -> list[Sample]:
    """Return every mail that there is."""
    return [sample(name) for name in mail.names()]
