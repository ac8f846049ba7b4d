"""Signed addresses in mails: each for one purpose, one person and one thing.

The clock may have gone back since a link was signed, so a link from the future counts as new.
"""

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any

from itsdangerous import BadSignature, URLSafeSerializer, URLSafeTimedSerializer

from models.states import NewsTopic, Rhythm

#: How long an answer may be given from a mail.
ANSWER_WITHIN = timedelta(days=30)
UNSUBSCRIBE = "/mail/afmelden/"
ANSWER = "/mail/antwoord/"


class LinkError(Exception):
    """A link that does not work; `code` says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class AnswerLink:
    """What a link stands for: an action on a thing by a person, as one mail offered it."""

    action: str
    subject_id: int
    user_id: int
    mail_id: int

    @property
    def digest(self) -> str:
        """Return what is kept once it is used."""
        said = f"{self.action}/{self.subject_id}/{self.user_id}/{self.mail_id}"
        return hashlib.sha256(said.encode()).hexdigest()


class What(StrEnum):
    """Kinds of unsubscribing: from a topic, or from all that comes in one rhythm."""

    TOPIC = "topic"
    RHYTHM = "rhythm"


class MailLinks:
    """Signs and reads the links of one installation."""

    def __init__(self, secret: str) -> None:
        self._answers = URLSafeTimedSerializer(secret, salt="brug.mail.answer")
        self._goodbyes = URLSafeSerializer(secret, salt="brug.mail.unsubscribe")

    def answer(self, link: AnswerLink) -> str:
        """Return the path behind which the button for an answer stands."""
        said = [link.action, link.subject_id, link.user_id, link.mail_id]
        return ANSWER + self._answers.dumps(said)

    def read_answer(self, token: str, moment: datetime) -> AnswerLink:
        """Return what a link stands for; raises `LinkError` (`altered` or `expired`)."""
        try:
            said, signed_at = self._answers.loads(token, return_timestamp=True)
            action, *numbers = said
            link = AnswerLink(str(action), *(int(number) for number in numbers))
        except (BadSignature, TypeError, ValueError) as error:
            raise LinkError("altered") from error
        if moment - signed_at.astimezone(UTC) > ANSWER_WITHIN:
            raise LinkError("expired")
        return link

    def unsubscribe(self, user_id: int, what: NewsTopic | Rhythm) -> str:
        """Return the path on which a person stops the mail about a topic or in a rhythm."""
        kind = What.TOPIC if isinstance(what, NewsTopic) else What.RHYTHM
        return UNSUBSCRIBE + str(self._goodbyes.dumps([user_id, kind.value, what.value]))

    def read_unsubscribe(self, token: str) -> tuple[int, NewsTopic | Rhythm]:
        """Return who stops what; raises `LinkError`. It never expires: old mail must stop too."""
        try:
            said: Any = self._goodbyes.loads(token)
            user_id, kind, value = said
            what = NewsTopic(value) if What(kind) is What.TOPIC else Rhythm(value)
            return int(user_id), what
        except (BadSignature, TypeError, ValueError) as error:
            raise LinkError("altered") from error
