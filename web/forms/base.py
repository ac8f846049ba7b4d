"""Fields and filters that every form shares."""

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from babel.numbers import NumberFormatError, parse_decimal
from flask_wtf import FlaskForm
from wtforms import DateField, Field, RadioField, SelectMultipleField, StringField, TextAreaField
from wtforms.fields.choices import (  # type: ignore[attr-defined]  # newer than its stubs
    SelectChoice,
)
from wtforms.validators import DataRequired, Length, ValidationError
from wtforms.widgets import TextArea, TextInput

from web.i18n import LOCALE, _, _l
from web.services.texts import LONGEST_TEXT, LONGEST_TITLE, clean_line, clean_text

#: What a page may send of codes; there are about a hundred activities.
MOST_IDS = 100


class Required(DataRequired):
    """Ask for an answer, without the browser's own message: ours says what is missing."""

    field_flags: dict[str, Any] = {}  # noqa: RUF012 - as WTForms declares it

    def __init__(self) -> None:
        super().__init__(_l("Please fill this in."))

    def __call__(self, form: Any, field: Any) -> None:
        """Let stand what is wrong with an answer that is there: it was filled in, but not well."""
        if not field.process_errors:
            super().__call__(form, field)


def at_most(length: int) -> Length:
    """Bound the length of a text."""
    message = _l("This is too long: at most %(most)s characters.", most=dotted(length))
    return Length(max=length, message=message)


def dotted(number: float) -> str:
    """Return a whole number the Flemish way: 10.000."""
    return f"{number:,.0f}".replace(",", ".")


class LineField(StringField):
    """One line of text, cleaned."""

    def __init__(
        self, label: Any = None, validators: Any = (), *, most: int = LONGEST_TITLE, **kw: Any
    ):
        super().__init__(label, [*validators, at_most(most)], filters=[clean_line], **kw)


class _Uncut(TextArea):
    validation_attrs: list[str] = ["required", "disabled", "minlength"]  # noqa: RUF012 - as WTForms declares it


class TextField(TextAreaField):
    """Several lines of text, cleaned."""

    # Without `maxlength`, with which a browser cuts what is pasted and says nothing of it.
    widget = _Uncut()

    def __init__(
        self, label: Any = None, validators: Any = (), *, most: int = LONGEST_TEXT, **kw: Any
    ):
        super().__init__(label, [*validators, at_most(most)], filters=[clean_text], **kw)


class IdsField(SelectMultipleField):
    """Codes that the page sends along; what is not known is dropped where they are used."""

    def __init__(self, **kw: Any):
        super().__init__(choices=[], validate_choice=False, default=[], **kw)

    @property
    def ids(self) -> frozenset[str]:
        """Return the codes, a bounded number of them."""
        return frozenset((self.data or [])[:MOST_IDS])


class DayField(DateField):
    """A day, as the browser sends it or as people write it: 2026-11-03, 3/11/2026, 3-11-2026."""

    def __init__(self, label: Any = None, validators: Any = (), **kw: Any):
        super().__init__(label, validators, format=["%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y"], **kw)

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read the day; raises `ValueError` with what was expected."""
        self.data = None
        text = clean_line(valuelist[0]) if valuelist else ""
        self.raw_data = [text]
        if not text:
            return
        for pattern in self.strptime_format:
            try:
                self.data = datetime.strptime(text, pattern).date()  # noqa: DTZ007 - only the day
            except ValueError:
                continue
            if date(1990, 1, 1) <= self.data <= date(2100, 1, 1):
                return
        self.data = None
        raise ValueError(_("This is no date: write for instance 3/11/2026."))


def flemish(number: float) -> str:
    """Return a number as it is typed in a form: 1250 or 7,5."""
    return f"{Decimal(str(number)).normalize():f}".replace(".", ",")


class NumberField(Field):
    """A number written the Flemish way (1.250,5); `whole` takes no decimals."""

    # Not a number input: browsers refuse the Flemish way of writing, or read it otherwise.
    widget = TextInput()

    def __init__(
        self,
        label: Any = None,
        validators: Any = (),
        *,
        minimum: float = 0,
        maximum: float = 1_000_000,
        whole: bool = True,
        **kw: Any,
    ):
        super().__init__(label, validators, **kw)
        self.minimum, self.maximum, self.whole = minimum, maximum, whole
        self.data: int | float | None = None

    def _value(self) -> str:
        if self.raw_data:
            return clean_line(str(self.raw_data[0]))
        return "" if self.data is None else flemish(self.data)

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read the number; raises `ValueError` with what was expected."""
        self.data = None
        text = clean_line(valuelist[0]).replace(" ", "") if valuelist else ""
        if not text:
            return
        try:
            number = parse_decimal(text, locale=LOCALE, strict=True)
        except NumberFormatError as error:
            raise ValueError(_("This is no number: write for instance 1250 or 7,5.")) from error
        if not number.is_finite() or not self.minimum <= number <= self.maximum:
            raise ValueError(
                _(
                    "This should lie between %(low)s and %(high)s.",
                    low=f"{self.minimum:g}",
                    high=dotted(self.maximum),
                )
            )
        if self.whole and number != int(number):
            raise ValueError(_("This should be a whole number."))
        self.data = int(number) if self.whole else float(number)


def choices_of(options: Iterable[tuple[Any, Any]]) -> list[Any]:
    """Return codes with their labels as the choices of a field."""
    return [SelectChoice(value=code, label=label) for code, label in options]


def yes_no_unknown(value: Any) -> bool | None:
    """Turn the codes of a `YesNoField` into an answer; unknown stays None."""
    return {"yes": True, "no": False, True: True, False: False}.get(value)


class YesNoField(RadioField):
    """A question with the answers yes, no and not known."""

    def __init__(self, label: Any = None, validators: Any = (), **kw: Any):
        answers = [("yes", _l("Yes")), ("no", _l("No")), ("", _l("Not known yet"))]
        super().__init__(label, validators, choices=choices_of(answers), **kw)

    def process_data(self, value: Any) -> None:
        """Show a stored answer."""
        self.data = {True: "yes", False: "no"}.get(value, "")

    @property
    def answer(self) -> bool | None:
        """Return the answer as stored."""
        return yes_no_unknown(self.data)


class BrugForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF ships no types
    """A form whose problems can also come from a use case."""

    def add_problems(self, problems: dict[str, str]) -> None:
        """Show the message ids of an `InvalidError` at their fields, or above the form."""
        for name, message in problems.items():
            if name in self:
                self[name].errors = [*self[name].errors, _(message)]
            else:
                self.form_errors.append(_(message))


def not_in_past(_form: FlaskForm, field: DayField) -> None:
    """Refuse a day before today."""
    if field.data is not None and field.data < date.today():  # noqa: DTZ011 - the server's day
        raise ValidationError(_("This day is past."))
