"""Telling people things, and looking at what came of it."""

from datetime import datetime

from sqlalchemy import or_, select

from models import Notice, OutboxMail, User
from models.states import NewsTopic, Rhythm
from tests.support.site import Site
from tests.support.world import email_of
from web.jobs.bundling import write_all_bundles
from web.letterhead import letterhead
from web.services import mail
from web.services.letters import Letterhead
from web.services.mail_samples import VALUES

#: The other side in all news of these tests; nobody in the world is called so.
OTHER = "Proefbedrijf"


class Desk:
    """Writes news to the people of the world."""

    def __init__(self, site: Site) -> None:
        self.site = site

    @property
    def letterhead(self) -> Letterhead:
        """Return how the mail of this site looks."""
        return letterhead(self.site.app.config["BRUG_SETTINGS"])

    def tell(self, name: str, template: str = "introduction", other: str = OTHER) -> None:
        """Tell somebody something."""
        with self.site.sessions.writing.begin() as session:
            user = session.scalars(select(User).where(User.email == email_of(name))).one()
            mail.write_to(session, template, user, **{**VALUES, "name": name, "other": other})

    def choose(self, name: str, topic: NewsTopic, rhythm: Rhythm) -> None:
        """Let somebody choose on his page how often he wants mail about a topic."""
        person = self.site.person(name)
        form = next(f for f in person.forms("/mijn-gegevens/mail") if f.path.endswith("/mail"))
        answer = person.post("/mijn-gegevens/mail", form.filled({topic.value: rhythm.value}))
        assert answer.status_code == 303

    def mails(self, name: str) -> list[OutboxMail]:
        """Return the mail that somebody got of it, the oldest first."""
        told = or_(OutboxMail.subject.contains(OTHER), OutboxMail.template.startswith("digest"))
        mine = select(OutboxMail).where(OutboxMail.recipient == email_of(name), told)
        with self.site.sessions.reading() as session:
            return list(session.scalars(mine.order_by(OutboxMail.id)))

    def notices(self, name: str) -> list[Notice]:
        """Return the messages that somebody got of it, the oldest first."""
        mine = select(Notice).join(User, User.id == Notice.user_id)
        mine = mine.where(User.email == email_of(name), Notice.title.contains(OTHER))
        with self.site.sessions.reading() as session:
            return list(session.scalars(mine.order_by(Notice.id)))

    def bundle(self, moment: datetime) -> int:
        """Do what the worker does every ten minutes."""
        return write_all_bundles(self.site.sessions, moment)
