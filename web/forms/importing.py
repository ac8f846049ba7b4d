"""The form that takes a list in."""

from flask_wtf.file import FileField, FileRequired
from wtforms import BooleanField, RadioField, StringField
from wtforms.validators import ValidationError

from web.forms.base import BrugForm, choices_of
from web.i18n import N_, _, _l
from web.services.importing.columns import ListKind
from web.services.kbo import KboError, read_kbo
from web.services.texts import clean_line

KIND_LABELS = {
    ListKind.NEED: N_("Needs"),
    ListKind.OFFER: N_("Offers"),
    ListKind.ORGANISATION: N_("Organisations"),
}


class ImportForm(BrugForm):
    """A file, what it holds, and how to take it in."""

    kind = RadioField(
        _l("What does the list hold?"),
        choices=choices_of((kind.value, _l(label)) for kind, label in KIND_LABELS.items()),
        default=ListKind.NEED.value,
    )
    file = FileField(
        _l("File (csv, xlsx or jsonl)"), validators=[FileRequired(_l("Choose a file."))]
    )
    default_kbo = StringField(_l("Enterprise number for rows that name none"), filters=[clean_line])
    publish = BooleanField(_l("Publish at once; otherwise the rows become drafts"), default=True)
    partial = BooleanField(
        _l("Also publish rows that leave questions open, as old lists do"), default=False
    )

    def validate_default_kbo(self, field: StringField) -> None:
        """Refuse a number that cannot be right."""
        typed = (field.data or "").strip()
        try:
            field.data = read_kbo(typed) if typed else ""
        except KboError as error:
            raise ValidationError(_(error.message, **error.values)) from error
