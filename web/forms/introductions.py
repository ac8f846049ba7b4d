"""Forms of a match that was put to its two sides."""

from typing import Any

from wtforms import HiddenField, RadioField, SelectField

from matcher.vocabulary import NeedKind
from models.options import CONTRACTS
from models.states import FallReason, HoursPer
from web.forms.base import BrugForm, DayField, NumberField, Required, TextField, choices_of
from web.forms.coordinator import LONGEST_WORDS, SeenField
from web.i18n import _, _l
from web.labels import options_of
from web.services.match_life.figures import MOST_PEOPLE, Outcome, Terms

_EURO = 100_000_000
#: Fields that a kind of need has no use for.
_WITHOUT: dict[NeedKind, tuple[str, ...]] = {
    NeedKind.VACANCY: ("people", "fte", "hours_per", "euro", "end_date"),
    NeedKind.PLACEMENT: ("people", "fte", "hours_per", "euro", "contract"),
    NeedKind.ENCLAVE: ("contract",),
    NeedKind.SERVICE: ("contract",),
}
_WITHOUT_OUTCOME: dict[NeedKind, tuple[str, ...]] = {
    NeedKind.VACANCY: ("real_people", "real_fte", "real_hours", "real_euro", "real_end"),
    NeedKind.PLACEMENT: ("real_people", "real_fte", "real_euro", "real_contract", "hired"),
    NeedKind.ENCLAVE: ("real_contract", "hired"),
    NeedKind.SERVICE: ("real_contract", "hired"),
}


def _contracts() -> list[Any]:
    return choices_of([("", _l("Choose…")), *((code, _l(label)) for code, label in CONTRACTS)])


class YesForm(BrugForm):
    """A side says yes to the approval that it saw."""

    approval = SeenField()
    side: Any = HiddenField()


class _WithReason(BrugForm):
    reason = SelectField(_l("Why not?"))
    words = TextField(_l("In a few words"), most=LONGEST_WORDS)

    def __init__(self, *args: Any, **kw: Any) -> None:
        super().__init__(*args, **kw)
        self.reason.choices = [("", _("Choose…")), *options_of(FallReason)]

    @property
    def why(self) -> FallReason | None:
        """Return the chosen reason."""
        return FallReason(self.reason.data) if self.reason.data else None


class NoForm(_WithReason, YesForm):
    """A side says no, with a reason."""


class ForSideForm(_WithReason, YesForm):
    """A coordinator writes down what a side told him."""

    side = RadioField(
        _l("Who said it?"),
        [Required()],
        choices=choices_of([("need", _l("Who asks")), ("offer", _l("Who offers"))]),
        validate_choice=False,
    )
    said = RadioField(
        _l("What do they say?"),
        [Required()],
        choices=choices_of([("yes", _l("Yes")), ("no", _l("No"))]),
        validate_choice=False,
    )
    words = TextField(_l("How do you know?"), most=LONGEST_WORDS)


class GiveUpForm(_WithReason):
    """It came to nothing, with a reason."""

    seen = SeenField()


class StepForm(BrugForm):
    """A step on the match as it was seen."""

    seen = SeenField()


class BeginForm(StepForm):
    """The day on which the work began."""

    started = DayField(_l("Began on"))


class CheckForm(BrugForm):
    """An item of the checklist, with its day."""

    done_on = DayField(_l("In order since"))


class StillThereForm(BrugForm):
    """Whether the person is still there after some months: each answer is a button."""


class AgreementForm(StepForm):
    """What was agreed, with the fields of its kind of need."""

    agreement = SeenField()
    people = NumberField(_l("People"), minimum=1, maximum=MOST_PEOPLE)
    fte = NumberField(_l("Full-time equivalents (VTE)"), minimum=0.01, maximum=500, whole=False)
    hours = NumberField(
        _l("Hours, of all people together"), minimum=0.5, maximum=1_000_000, whole=False
    )
    hours_per = SelectField(_l("These hours are"))
    euro = NumberField(_l("Amount in all, without VAT"), maximum=_EURO, description="€")
    contract = SelectField(_l("Contract"), choices=_contracts())
    start_date = DayField(_l("Start"))
    end_date = DayField(_l("End"))

    def __init__(self, kind: NeedKind, *args: Any, **kw: Any) -> None:
        super().__init__(*args, **kw)
        self.hours_per.choices = [("", _("Choose…")), *options_of(HoursPer)]
        if "hours_per" in _WITHOUT[kind]:
            self.hours.label.text = _("Hours a week")
        for name in _WITHOUT[kind]:
            del self[name]

    @property
    def terms(self) -> Terms:
        """Return what was typed."""
        values = {name: self[name].data or None for name in self.data if name in _TERMS}
        if "hours_per" not in self:
            values["hours_per"] = HoursPer.WEEK if values.get("hours") else None
        elif values["hours_per"]:
            values["hours_per"] = HoursPer(values["hours_per"])
        return Terms(**{"start_date": None, **values})


class OutcomeForm(StepForm):
    """What it became, with the fields of its kind of need."""

    agreement = SeenField()
    # What is missing here is told by the use case, which knows when it is asked.
    hired = RadioField(
        _l("Was the person hired?"),
        choices=choices_of([("yes", _l("Yes")), ("no", _l("No"))]),
        validate_choice=False,
    )
    real_contract = SelectField(_l("Contract"), choices=_contracts())
    real_people = NumberField(_l("People who worked"), maximum=MOST_PEOPLE)
    real_fte = NumberField(_l("Full-time equivalents (VTE)"), maximum=500, whole=False)
    real_hours = NumberField(_l("Hours in all"), maximum=1_000_000, whole=False)
    real_euro = NumberField(_l("Amount in all, without VAT"), maximum=_EURO, description="€")
    real_start = DayField(_l("Began on"))
    real_end = DayField(_l("Ended on"))

    def __init__(self, kind: NeedKind, *args: Any, **kw: Any) -> None:
        super().__init__(*args, **kw)
        for name in _WITHOUT_OUTCOME[kind]:
            del self[name]

    @property
    def outcome(self) -> Outcome:
        """Return what was typed; a nought is an answer here."""
        values = {name: self[name].data for name in self.data if name in _OUTCOME}
        if "hired" in self:
            values["hired"] = {"yes": True, "no": False}.get(str(values["hired"] or ""))
            values["real_contract"] = values["real_contract"] or None
        return Outcome(**{"real_start": None, **values})


_TERMS = frozenset(Terms.__dataclass_fields__)
_OUTCOME = frozenset(Outcome.__dataclass_fields__)
