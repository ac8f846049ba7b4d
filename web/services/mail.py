"""News for people: a notice in Brug, and a mail in the outbox, in the transaction of its cause.

The bodies are plain Dutch texts, `templates/mail/<name>.txt`, whose first line is the subject; what
`link` and `act` leave in them is told in `web/services/mail_text.py`. Each person chose by topic
how often he wants mail; what is urgent comes at once, and is no news.
"""

from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from sqlalchemy.orm import Session

from models import Notice, OutboxMail, User, now
from models.mail import new_key
from models.states import NewsTopic, Rhythm
from web.services.mail_text import Writer, act, first_path, harmless, link
from web.services.preferences import rhythm_of
from web.services.storing import add_unless_there
from web.services.texts import clean_line

LONGEST_SUBJECT = 200
LONGEST_PATH = 300

#: What must come whatever the hour, for somebody waits for it or has to act.
URGENT = frozenset(
    {
        *("already_known", "confirm", "confirm_change", "email_changed", "invite"),
        *("password_changed", "reset", "welcome", "will_go"),
    }
)
#: What the other templates are about; news of a match where nothing is said.
TOPICS = {
    "asks_coordinator": NewsTopic.REGION,
    "asked_again": NewsTopic.REMINDERS,
    "asks_to_join": NewsTopic.ORGANISATION,
    "need_without": NewsTopic.REGION,
    "begin_asked": NewsTopic.REMINDERS,
    "offers_current": NewsTopic.REMINDERS,
    "outcome_asked": NewsTopic.REMINDERS,
    "retention_asked": NewsTopic.REMINDERS,
    "organisation_left": NewsTopic.REGION,
    "reference_changed": NewsTopic.REGION,
    "silent_side": NewsTopic.REGION,
    "supplier_approved": NewsTopic.ORGANISATION,
    "supplier_changed": NewsTopic.REGION,
    "supplier_refused": NewsTopic.ORGANISATION,
    "supplier_waits": NewsTopic.REGION,
}
#: Bundles of news, which are none themselves.
DIGESTS = {"digest_daily": Rhythm.DAILY, "digest_weekly": Rhythm.WEEKLY}
#: Set in `Session.info` once a mail was written, for who sends them.
WRITTEN = "brug_mail_written"


def topic_of(template: str) -> NewsTopic | None:
    """Return what a mail is about; None for what nobody can do without, and for bundles."""
    if not template or template in URGENT or template in DIGESTS:
        return None
    return TOPICS.get(template, NewsTopic.MATCHES)


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
    subject, body = render(template, values)
    post(session, recipient, subject, body, template=template)


def write_to(session: Session, template: str, user: User, **values: Any) -> None:
    """Tell a user something, made from a template: in Brug, and by mail as he likes it."""
    write_once(session, new_key(), template, user, **values)


def write_once(session: Session, key: str, template: str, user: User, **values: Any) -> bool:
    """Tell a user something; False when the cause that `key` names did before.

    For causes that may come by twice: a job that is done again, or by two workers at once.
    """
    subject, body = render(template, {"name": user.name, **values})
    topic = topic_of(template)
    rhythm = Rhythm.AT_ONCE if topic is None else rhythm_of(session, user.id, topic)
    if topic is not None and not _note(session, key, user, topic, rhythm, subject, body):
        return False
    if rhythm is not Rhythm.AT_ONCE:
        return True
    return post(session, user.email, subject, body, user_id=user.id, template=template, key=key)


def _note(
    session: Session,
    key: str,
    user: User,
    topic: NewsTopic,
    rhythm: Rhythm,
    subject: str,
    body: str,
) -> bool:
    path = first_path(body)
    values = {
        "user_id": user.id,
        "topic": topic,
        "title": subject,
        "body": body,
        "path": path if path and len(path) <= LONGEST_PATH else None,
        "key": key,
        "bundled": rhythm in (Rhythm.DAILY, Rhythm.WEEKLY),
        # Who wants to hear nothing of it finds it when he looks, and is not called.
        "read_at": now() if rhythm is Rhythm.OFF else None,
    }
    return add_unless_there(session, Notice, "key", values)


def addressed(body: str, base_url: str) -> str:
    """Return a stored body with links that work from anywhere, but for the signed ones."""
    return Writer(base_url, lambda action, number: f"/#{action}-{number}").plain(body)


def render(template: str, values: dict[str, Any]) -> tuple[str, str]:
    """Return the subject and the body of a mail, as they are stored."""
    text = _templates().get_template(f"{template}.txt").render(values)
    subject, _, body = text.partition("\n")
    return clean_line(subject)[:LONGEST_SUBJECT], body.strip() + "\n"


def names() -> list[str]:
    """Return the name of every mail that there is."""
    files = _templates().list_templates(extensions=["txt"])
    return sorted(file.removesuffix(".txt") for file in files)


@cache
def _templates() -> Environment:
    environment = Environment(
        loader=PackageLoader("web", "templates/mail"),
        # Plain text: nothing is markup, so nothing may be escaped.
        autoescape=False,  # noqa: S701
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=harmless,
    )
    environment.globals.update(link=link, act=act)
    return environment
