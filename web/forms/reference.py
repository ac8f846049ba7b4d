"""Forms of the reference data: an activity with its words, a rule with its values."""

from typing import Any, Self

from wtforms import BooleanField, Field, HiddenField, SelectField

from matcher.rules import CHECKS
from matcher.vocabulary import Certainty, NeedKind, OfferKind, OrganisationType, WorkForm
from models import Activity, Rule, options
from web.forms.base import (
    BrugForm,
    DayField,
    LineField,
    NumberField,
    Required,
    TextField,
    choices_of,
)
from web.forms.dynamic import ChoicesField
from web.i18n import N_, _l
from web.labels import LABELS, options_of
from web.services.reference_editing import LONGEST_CLUSTER, LONGEST_LABEL, ActivityDraft, RuleDraft

#: Labels of the values that rules take.
PARAMETERS = {
    "work_forms": N_("Work forms"),
    "asker_types": N_("Who asks"),
    "host_types": N_("Who hosts"),
    "need_kinds": N_("Kinds of needs"),
    "offer_kinds": N_("Kinds of offers"),
    "licences": N_("Licences"),
    "certificates": N_("Certificates"),
    "items": N_("Points of attention (codes, one a line)"),
    "except_nace": N_("Except for these branches (first digits of the NACE code, one a line)"),
    "max_hours_per_month": N_("Hours a month, at most"),
    "min_hours_per_week": N_("Hours a week, at least"),
    "max_months": N_("Months, at most"),
    "amount_eur": N_("Amount in euro"),
    "minimum_share_percent": N_("Share in percent, at least"),
    "vat_included": N_("VAT included"),
}
_ENUMS = {
    "work_forms": WorkForm,
    "asker_types": OrganisationType,
    "host_types": OrganisationType,
    "need_kinds": NeedKind,
    "offer_kinds": OfferKind,
}
_LISTS = {"licences": options.LICENCES, "certificates": options.CERTIFICATES}
_PREFIX = "value_"
#: Values that are typed as text, one a line.
_LINES = ("items", "except_nace")


class ActivityForm(BrugForm):
    """An activity; its synonyms stand one a line."""

    seen = HiddenField()
    label = LineField(_l("Name"), [Required()], most=LONGEST_LABEL)
    cluster = LineField(_l("Field of work"), [Required()], most=LONGEST_CLUSTER)
    synonyms = TextField(_l("Other words for it"), most=30_000)
    is_active = BooleanField(_l("In use"))

    @classmethod
    def showing(cls, row: Activity, seen: str) -> Self:
        """Return the form with a stored activity in it."""
        words = "\n".join(synonym.text for synonym in row.synonyms)
        data = {"label": row.label, "cluster": row.cluster, "is_active": row.is_active}
        return cls(formdata=None, data={**data, "synonyms": words, "seen": seen})

    @property
    def draft(self) -> ActivityDraft:
        """Return what was typed."""
        return ActivityDraft(
            label=self.label.data or "",
            cluster=self.cluster.data or "",
            synonyms=(self.synonyms.data or "").splitlines(),
            is_active=bool(self.is_active.data),
        )


class RuleForm(BrugForm):
    """A rule; `rule_form` adds a field for each of its values."""

    seen = HiddenField()
    title = LineField(_l("Title"), [Required()], most=200)
    explanation = TextField(_l("Explanation"), [Required()], most=4_000)
    certainty = SelectField(_l("How sure is it?"))
    source = TextField(_l("Where can it be read?"), [Required()], most=2_000)
    valid_from = DayField(_l("From"))
    valid_to = DayField(_l("Until"))
    confirm = BooleanField(_l("Yes, this rule may keep offers out"))

    def __init__(self, *args: Any, **kw: Any) -> None:
        super().__init__(*args, **kw)
        self.certainty.choices = options_of(Certainty)

    @property
    def values(self) -> list[Field]:
        """Return the fields of the rule's own values."""
        return [field for field in self if field.short_name.startswith(_PREFIX)]

    @classmethod
    def showing(cls, row: Rule, seen: str) -> Self:
        """Return the form with a stored rule in it."""
        names = ("title", "explanation", "source", "valid_from", "valid_to")
        data: dict[str, Any] = {name: getattr(row, name) for name in names}
        data |= {"seen": seen, "certainty": row.certainty.value}
        for name, value in row.parameters.items():
            data[_PREFIX + name] = "\n".join(value) if name in _LINES else value
        return cls(formdata=None, data=data)

    def draft_of(self, row: Rule) -> RuleDraft:
        """Return what was typed; values that the form does not know stay as they were."""
        parameters = dict(row.parameters)
        for field in self.values:
            name = field.short_name.removeprefix(_PREFIX)
            value = _read(field, row.parameters.get(name))
            parameters.pop(name, None)
            if value not in (None, "", []):
                parameters[name] = value
        return RuleDraft(
            title=self.title.data or "",
            explanation=self.explanation.data or "",
            certainty=Certainty(self.certainty.data),
            source=self.source.data or "",
            parameters=parameters,
            valid_from=self.valid_from.data,
            valid_to=self.valid_to.data,
        )


def rule_form(row: Rule) -> type[RuleForm]:
    """Return the form of a rule, with a field for each value that its check takes."""
    definition = CHECKS.get(row.code)
    names = dict.fromkeys(row.parameters)
    if definition is not None:
        names |= dict.fromkeys([*definition.required, *definition.optional])
    fields = {_PREFIX + name: _field(name, row.parameters.get(name)) for name in names}
    return type(
        "RuleForm",
        (RuleForm,),
        {name: field for name, field in fields.items() if field is not None},
    )


def _field(name: str, value: Any) -> Any:
    label = _l(PARAMETERS[name]) if name in PARAMETERS else name
    if name in _ENUMS:
        words = LABELS[_ENUMS[name]]
        return ChoicesField(
            label, choices=choices_of((code.value, _l(text)) for code, text in words.items())
        )
    if name in _LISTS:
        return ChoicesField(
            label, choices=choices_of((code, _l(text)) for code, text in _LISTS[name])
        )
    if name in _LINES:
        return TextField(label, most=2_000)
    if isinstance(value, bool):
        return BooleanField(label)
    if value is None or isinstance(value, int | float):
        return NumberField(label, whole=False, maximum=100_000_000)
    return LineField(label) if isinstance(value, str) else None


def _read(field: Field, stored: Any) -> Any:
    """Return a value as stored: whole numbers whole, an equal list in its old order."""
    if isinstance(field, NumberField):
        number = field.data
        return int(number) if number is not None and float(number).is_integer() else number
    if field.short_name.removeprefix(_PREFIX) in _LINES:
        return [line.strip() for line in (field.data or "").splitlines() if line.strip()]
    if isinstance(field, ChoicesField):
        chosen = list(field.data or [])
        return stored if isinstance(stored, list) and set(stored) == set(chosen) else chosen
    return field.data
