"""Forms of the account: entering, one's own data, one's organisation."""

from collections.abc import Callable
from enum import StrEnum
from typing import Any

from wtforms import (
    BooleanField,
    EmailField,
    Field,
    HiddenField,
    IntegerField,
    PasswordField,
    RadioField,
    SelectField,
)
from wtforms.validators import ValidationError
from wtforms.widgets import HiddenInput

from matcher.vocabulary import OrganisationType, WorkForm
from web.database import sessions
from web.forms.base import BrugForm, LineField, Required, TextField, at_most
from web.i18n import _, _l
from web.labels import options_of
from web.services.accounts import read_email
from web.services.errors import InvalidError
from web.services.kbo import KboError, read_kbo
from web.services.organisations import OrganisationDraft, find_place
from web.services.passwords import problem_of
from web.services.texts import clean_line

LONGEST_EMAIL = 254
LONGEST_NAME = 120
LONGEST_PHONE = 40
LONGEST_PLACE = 80
LONGEST_WEBSITE = 200
LONGEST_DESCRIPTION = 5_000
#: Far above what a password may have, far below what would keep the machine busy.
LONGEST_SECRET = 1_000

BUYER, SUPPLIER = "vrager", "aanbieder"


def said(field: Field) -> str:
    """Return what somebody typed in a field of text."""
    return field.data or ""


class AddressField(EmailField):
    """An e-mail address, read into the way it is stored."""

    def __init__(self, label: Any, **kw: Any):
        super().__init__(
            label, [Required(), at_most(LONGEST_EMAIL), _an_address], filters=[clean_line], **kw
        )


def _an_address(_form: BrugForm, field: Field) -> None:
    try:
        field.data = read_email(field.data)
    except InvalidError as error:
        (message,) = error.problems.values()
        raise ValidationError(_(message)) from error


class SecretField(PasswordField):
    """A password, kept as typed and never shown again."""

    def __init__(self, label: Any, **kw: Any):
        super().__init__(label, [Required(), at_most(LONGEST_SECRET)], **kw)


class KboField(LineField):
    """An enterprise number in any way people write it; `number` has its digits once valid."""

    number = ""

    def pre_validate(self, form: Any) -> None:
        """Read the number; raises `ValidationError` with what is wrong."""
        if not self.data:
            return
        try:
            self.number = read_kbo(self.data)
        except KboError as error:
            raise ValidationError(_(error.message, **error.values)) from error


class PlaceField(LineField):
    """A municipality that Brug knows."""

    def pre_validate(self, form: Any) -> None:
        """Look the place up; raises `ValidationError` with what is wrong."""
        if not self.data or len(self.data) > LONGEST_PLACE:
            return
        try:
            # A session of its own: that of the request would hold the only write lock meanwhile.
            with sessions().reading() as session:
                find_place(session, self.data)
        except InvalidError as error:
            (message,) = error.problems.values()
            raise ValidationError(_(message)) from error


class ChosenField(SelectField):
    """One of the values of an enum; `chosen` has it once valid."""

    def __init__(self, label: Any, enum: type[StrEnum], **kw: Any):
        super().__init__(label, choices=_choices(enum), **kw)
        self.enum = enum

    def process_data(self, value: Any) -> None:
        """Show a stored value."""
        self.data = value.value if isinstance(value, StrEnum) else (value or "")

    @property
    def chosen(self) -> Any:
        """Return the enum's member."""
        return self.enum(self.data)


def _choices(enum: type[StrEnum]) -> Callable[[], dict[str, str]]:
    return lambda: {"": _("Choose…"), **dict(options_of(enum))}


def no_address(_form: BrugForm, field: Field) -> None:
    """Refuse a name that carries a web or mail address: names are put in mails to others."""
    text = (field.data or "").lower()
    if any(sign in text for sign in ("://", "www.", "@")):
        raise ValidationError(_("A name has no web or e-mail address in it."))


def _good_password(form: BrugForm, field: Field, email: str) -> None:
    problem = problem_of(field.data or "", email)
    if problem:
        raise ValidationError(_(problem))


class OrganisationFields(BrugForm):
    """What a person tells of his organisation."""

    side = RadioField(
        _l("What brings you here?"),
        choices=lambda: {
            BUYER: _("I look for help with work"),
            SUPPLIER: _("We are a social-economy organisation and offer work"),
        },
        validators=[Required()],
    )
    kbo = KboField(_l("Enterprise number (KBO)"), [Required()], most=60)
    organisation_name = LineField(_l("Name of the organisation"), [Required(), no_address])
    type = ChosenField(_l("Kind of organisation"), OrganisationType, validators=[Required()])
    place = PlaceField(_l("Municipality"), [Required()], most=LONGEST_PLACE)
    work_form = ChosenField(_l("Work form"), WorkForm)

    def validate_work_form(self, field: Field) -> None:
        """Ask a supplier for its work form; the rules depend on it."""
        if self.side.data == SUPPLIER and not field.data:
            raise ValidationError(_("Please fill this in."))

    def draft(self) -> OrganisationDraft:
        """Return what was told, once valid."""
        supplies = self.side.data == SUPPLIER
        return OrganisationDraft(
            kbo=self.kbo.number,
            name=said(self.organisation_name),
            type=self.type.chosen,
            place=said(self.place),
            is_supplier=supplies,
            work_form=self.work_form.chosen if supplies else WorkForm.NONE,
        )


class RegisterForm(OrganisationFields):
    """A new account with its organisation."""

    name = LineField(_l("Your name"), [Required(), no_address], most=LONGEST_NAME)
    email = AddressField(_l("E-mail address"))
    password = SecretField(_l("Password"))

    def validate_password(self, field: Field) -> None:
        """Refuse what is too short or the first that somebody would guess."""
        _good_password(self, field, self.email.data or "")


class LoginForm(BrugForm):
    """Address and password; nothing is said about which of the two is wrong."""

    email = LineField(_l("E-mail address"), [Required()], most=LONGEST_EMAIL)
    password = SecretField(_l("Password"))
    remember = BooleanField(_l("Stay logged in for 30 days on this device"))
    next = HiddenField()


class AddressForm(BrugForm):
    """Only an address: for a new link, or an invitation."""

    email = AddressField(_l("E-mail address"))


class NewPasswordForm(BrugForm):
    """A new password, by a mailed link."""

    password = SecretField(_l("New password"))


class JoinForm(BrugForm):
    """The account of whom was invited."""

    name = LineField(_l("Your name"), [Required(), no_address], most=LONGEST_NAME)
    password = SecretField(_l("Password"))


class ChangePasswordForm(BrugForm):
    """Another password, for whom knows the present one."""

    current_password = SecretField(_l("Current password"))
    new_password = SecretField(_l("New password"))


class ChangeAddressForm(BrugForm):
    """Another address, for whom knows the password."""

    email = AddressField(_l("New e-mail address"))
    current_password = SecretField(_l("Current password"))


class PersonForm(BrugForm):
    """Name and phone number; both sides of an introduction see them."""

    name = LineField(_l("Your name"), [Required(), no_address], most=LONGEST_NAME)
    phone = LineField(_l("Phone number"), most=LONGEST_PHONE)

    def validate_phone(self, field: Field) -> None:
        """Refuse what nobody can call."""
        digits = sum(c.isdecimal() for c in field.data)
        if field.data and not (6 <= digits <= 20 and set(field.data) <= set("0123456789 +./()-")):
            raise ValidationError(_("This is no phone number: write for instance 016 00 00 00."))


class ApplyForm(BrugForm):
    """Becoming a supplier."""

    work_form = ChosenField(_l("Work form"), WorkForm, validators=[Required()])


class OrganisationForm(BrugForm):
    """What members change of their organisation; `version` is what they looked at."""

    version = IntegerField(widget=HiddenInput())
    name = LineField(_l("Name of the organisation"), [Required(), no_address])
    type = ChosenField(_l("Kind of organisation"), OrganisationType, validators=[Required()])
    work_form = ChosenField(_l("Work form"), WorkForm, validators=[Required()])
    place = PlaceField(_l("Municipality"), [Required()], most=LONGEST_PLACE)
    recognition = LineField(_l("Recognition"), most=160)
    website = LineField(_l("Website"), most=LONGEST_WEBSITE)
    description = TextField(_l("Who are you and what do you do?"), most=LONGEST_DESCRIPTION)

    def validate_website(self, field: Field) -> None:
        """Complete a web address, and refuse anything that is none."""
        text = field.data
        if text and "://" not in text:
            text = f"https://{text}"
        if text and not _is_web_address(text):
            raise ValidationError(_("This is no web address: write for instance www.example.be."))
        field.data = text


def _is_web_address(text: str) -> bool:
    scheme, _sign, rest = text.partition("://")
    host = rest.split("/")[0]
    plain = not any(c.isspace() or c in "\"'<>\\@" for c in text)
    return scheme in ("http", "https") and plain and "." in host.strip(".")
