"""Forms of what the two sides of a match ask each other, and of their visits."""

from datetime import datetime
from typing import Any
from uuid import uuid4

from flask import request
from werkzeug.datastructures import FileStorage
from wtforms import BooleanField, HiddenField, MultipleFileField, SelectField, TimeField
from wtforms.validators import Optional, ValidationError

from web.forms.base import BrugForm, DayField, LineField, TextField, choices_of
from web.forms.coordinator import LONGEST_WORDS, SeenField
from web.i18n import N_, _, _l, _n
from web.services.conversation.files import (
    LARGEST,
    MOST_FILES,
    CheckedFile,
    RefusedFileError,
    checked_file,
)
from web.services.conversation.questions import Typed
from web.services.conversation.visits import LENGTHS, LONGEST_PLACE, Proposal
from web.services.texts import clean_line

_TAKEN = ".pdf,.docx,.png,.jpg,.jpeg,.webp"
_MANY = N_("Send at most %(most)s files at once.")


class FilesField(MultipleFileField):
    """Files, looked over: `checked` holds those that may be kept."""

    def __init__(self, label: Any = None, **kw: Any) -> None:
        super().__init__(label, render_kw={"accept": _TAKEN}, **kw)
        self.checked: list[CheckedFile] = []

    def pre_validate(self, form: Any) -> None:
        """Look over each file; the problem names the file."""
        sent = [one for one in self.data or [] if isinstance(one, FileStorage) and one.filename]
        if len(sent) > MOST_FILES:
            raise ValidationError(_(_MANY, most=MOST_FILES))
        self.checked = [self._looked_over(one) for one in sent]

    @staticmethod
    def _looked_over(sent: FileStorage) -> CheckedFile:
        try:
            return checked_file(sent.filename or "", sent.stream.read(LARGEST + 1))
        except RefusedFileError as error:
            raise ValidationError(f"{(sent.filename or '')[-80:]}: {_(error.message)}") from error


class WordsForm(BrugForm):
    """A text with files."""

    words = TextField(_l("Your question"), most=LONGEST_WORDS)
    files = FilesField(_l("Files to send along"))
    key: Any = HiddenField(default=lambda: str(uuid4()))

    @property
    def typed(self) -> Typed:
        """Return what was sent."""
        key = request.form.get(f"{self._prefix}key", "")
        known = key if 0 < len(key) <= 36 and key.isascii() else None
        return Typed(self.words.data, tuple(self.files.checked), known)


class AskForm(WordsForm):
    """A question for the other side."""

    side: Any = HiddenField()


class AnswerForm(WordsForm):
    """An answer to a question of the other side."""

    words = TextField(_l("Your answer"), most=LONGEST_WORDS)
    public = BooleanField(_l("All suppliers who are invited for this need may read this"))
    seen = SeenField()


class SeenForm(BrugForm):
    """A step on something as it was seen."""

    seen = SeenField()


class HourField(TimeField):
    """A time of the day; what was typed is cleaned before it is shown again."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read the time; raises `ValueError` with what was expected."""
        self.raw_data = [clean_line(value) for value in valuelist]
        super().process_formdata(self.raw_data)


class VisitForm(BrugForm):
    """A moment and a place."""

    day = DayField(_l("Day"), [Optional()])
    hour = HourField(_l("Hour"), [Optional()])
    minutes: Any = SelectField(_l("How long?"), coerce=int, default=60)
    place = LineField(_l("Where?"), most=LONGEST_PLACE)
    words = TextField(_l("What for, or what to bring"), most=LONGEST_WORDS)
    key: Any = HiddenField(default=lambda: str(uuid4()))

    def __init__(self, *args: Any, **kw: Any) -> None:
        super().__init__(*args, **kw)
        self.minutes.choices = choices_of((number, length_of(number)) for number in LENGTHS)

    @property
    def proposal(self) -> Proposal:
        """Return what was typed."""
        moment = None
        if self.day.data is not None and self.hour.data is not None:
            moment = datetime.combine(self.day.data, self.hour.data)
        key = self.key.data or ""
        known = key if 0 < len(key) <= 36 and key.isascii() else None
        return Proposal(moment, self.minutes.data or 0, self.place.data, self.words.data, known)


def length_of(minutes: int) -> str:
    """Say how long something takes, such as 1,5 uur."""
    if minutes < 60:
        return _n("%(num)d minute", "%(num)d minutes", minutes)
    hours = f"{minutes / 60:g}".replace(".", ",")
    return _("%(hours)s hours", hours=hours)
