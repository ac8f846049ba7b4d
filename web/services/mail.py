"""Mail: written to the outbox in the transaction of its cause, sent afterwards.

The bodies are plain Dutch texts, `templates/mail/<name>.txt`, whose first line is the subject. A
use case knows no address of the site: in a template `link("/pad")` leaves a mark, for which
`addressed` puts the address when the mail is sent or shown.
"""

from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from sqlalchemy.orm import Session

from models import OutboxMail, User
from models.mail import new_key
from web.services.storing import add_unless_there
from web.services.texts import clean_line

#: Stands for the address of the site in a stored mail.
SITE = "brug:/"
LONGEST_SUBJECT = 200


#: What must come at once whatever the hour, for somebody waits for it or has to act.
URGENT = frozenset(
    {
        *("already_known", "confirm", "confirm_change", "email_changed", "invite"),
        *("password_changed", "reset", "welcome"),
    }
)
#: Set in `Session.info` once a mail was written, for who sends them.
WRITTEN = "brug_mail_written"


def post(
    session: Session,
    recipient: str,
    subject: str,
    body: str,
    *,
    user_id: int | None = None,
    template: str = "",
    key: str | None = None,
) -> bool:
    """Put one mail in the outbox; False when the cause that `key` names wrote it before."""
    values = {
        "recipient": recipient,
        "subject": subject,
        "body": body,
        "user_id": user_id,
        "template": template,
        "urgent": template in URGENT,
        "key": key or new_key(),
    }
    made = add_unless_there(session, OutboxMail, "key", values)
    session.info[WRITTEN] = True
    return made


def write(session: Session, template: str, recipient: str, **values: Any) -> None:
    """Put a mail made from a template in the outbox, for an address."""
    subject, body = _render(template, values)
    post(session, recipient, subject, body, template=template)


def write_to(session: Session, template: str, user: User, **values: Any) -> None:
    """Put a mail made from a template in the outbox, for a user."""
    write_once(session, new_key(), template, user, **values)


def write_once(session: Session, key: str, template: str, user: User, **values: Any) -> bool:
    """Put a mail for a user in the outbox; False when the cause that `key` names did before.

    For causes that may come by twice: a job that is done again, or by two workers at once.
    """
    subject, body = _render(template, {"name": user.name, **values})
    return post(session, user.email, subject, body, user_id=user.id, template=template, key=key)


def addressed(body: str, base_url: str) -> str:
    """Return a stored body with links that work from anywhere."""
    return body.replace(f"{SITE}/", f"{base_url}/")


def _render(template: str, values: dict[str, Any]) -> tuple[str, str]:
    text = _templates().get_template(f"{template}.txt").render(values)
    subject, _, body = text.partition("\n")
    return clean_line(subject)[:LONGEST_SUBJECT], body.strip() + "\n"


@cache
def _templates() -> Environment:
    environment = Environment(
        loader=PackageLoader("web", "templates/mail"),
        # Plain text: nothing is markup, so nothing may be escaped.
        autoescape=False,  # noqa: S701
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals["link"] = lambda path: f"{SITE}{path}"
    return environment
