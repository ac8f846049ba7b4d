"""The letterhead of an installation, made from its settings."""

from web.services.letters import Letterhead
from web.services.mail_links import MailLinks
from web.settings import Settings


def mail_links(settings: Settings) -> MailLinks:
    """Return what signs and reads the links in mails."""
    return MailLinks(settings.secret_key)


def letterhead(settings: Settings) -> Letterhead:
    """Return how mail of this installation looks."""
    return Letterhead(settings.mail_from, settings.base_url, mail_links(settings))
