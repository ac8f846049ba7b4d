"""What can be read in a text: typed facts, each with the words that say it.

`str(value)` is the short notation of the labelled sentences in `seed/data/reading`.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from matcher.vocabulary import NeedKind, OfferKind, WorkSite


class Polarity(StrEnum):
    """How a fact is meant: plainly asked or possible, welcome, nothing else, or not at all."""

    PLAIN = ""
    NICE = "nice"
    ONLY = "only"
    NOT = "no"


@dataclass(frozen=True, slots=True)
class Context:
    """Who writes: the kind of need or offer, and the day on which `next month` is said."""

    kind: NeedKind | OfferKind
    on: date | None = None

    @property
    def is_offer(self) -> bool:
        """Tell whether a supplier writes."""
        return isinstance(self.kind, OfferKind)


def plain(number: float) -> str:
    """Write a number without needless decimals."""
    return f"{number:g}" if number < 1e6 else f"{number:.0f}"


def _span(low: float | None, high: float | None, unit: str = "") -> str:
    tail = f" {unit}" if unit else ""
    if low is None or high is None:
        word, bound = ("max", high) if low is None else ("min", low)
        return f"{word} {plain(bound or 0)}{tail}"
    return f"{plain(low)}{'' if low == high else f'-{plain(high)}'}{tail}"


@dataclass(frozen=True, slots=True)
class People:
    """Persons wanted, or that can come."""

    low: int | None
    high: int | None

    def __str__(self) -> str:
        """Return `4`, `6-8`, `min 4` or `max 6`."""
        return _span(self.low, self.high)


@dataclass(frozen=True, slots=True)
class Amount:
    """How much of something, from `low` to `high` (None: no such bound), `per` day … year.

    unit: a code of `models.options.UNITS` without its period, or `boxes`, `pallets`, `visits`.
    """

    low: float | None
    high: float | None
    unit: str
    per: str | None = None

    def __str__(self) -> str:
        """Return `2000 pieces`, `40 kg/week` or `max 500 pieces`."""
        return _span(self.low, self.high, self.unit) + (f"/{self.per}" if self.per else "")


@dataclass(frozen=True, slots=True)
class Hours:
    """Hours a week per person."""

    low: float
    high: float

    def __str__(self) -> str:
        """Return `38` or `24-30`."""
        return _span(self.low, self.high)


@dataclass(frozen=True, slots=True)
class Period:
    """Months of the year (1 to 12), and the days that they are next: None where open."""

    months: frozenset[int] = frozenset()
    start: date | None = None
    end: date | None = None

    def __str__(self) -> str:
        """Return `2026-04-01..2026-09-30`, or `months 4-9` without a day."""
        if self.start or self.end:
            days = ("" if day is None else day.isoformat() for day in (self.start, self.end))
            return "..".join(days)
        return f"months {min(self.months)}-{max(self.months)}" if self.months else ""


@dataclass(frozen=True, slots=True)
class Codes:
    """Codes of a list, such as `day`, `haccp`, `indoor` or `municipality`."""

    codes: frozenset[str]

    def __str__(self) -> str:
        """Return the codes in order, joined by a plus."""
        return "+".join(sorted(self.codes))


@dataclass(frozen=True, slots=True)
class Measure:
    """Metres of height, or kilograms to lift."""

    amount: float
    unit: str

    def __str__(self) -> str:
        """Return `6 m` or `15 kg`."""
        return f"{plain(self.amount)} {self.unit}"


@dataclass(frozen=True, slots=True)
class Language:
    """Languages spoken or asked, and the CEFR level of Dutch when it is one of them."""

    codes: frozenset[str]
    level: str | None = None

    def __str__(self) -> str:
        """Return `nl A2` or `en`."""
        return "+".join(sorted(self.codes)) + (f" {self.level}" if self.level else "")


@dataclass(frozen=True, slots=True)
class Site:
    """Where the work is done, as both sides call it."""

    where: WorkSite

    def __str__(self) -> str:
        """Return the code."""
        return self.where.value


@dataclass(frozen=True, slots=True)
class Words:
    """Something that is left out, in the words of the text."""

    phrase: str

    def __str__(self) -> str:
        """Return the words."""
        return self.phrase


Value = People | Amount | Hours | Period | Codes | Measure | Language | Site | Words


@dataclass(frozen=True, slots=True)
class Reading:
    """A fact read in a text: `words` are its characters `start` to `end`, as they were typed.

    family: the reader that found it; confidence: 0 to 1, how sure it is that the text means this.
    """

    family: str
    value: Value
    start: int
    end: int
    words: str
    confidence: float
    polarity: Polarity = Polarity.PLAIN

    def __str__(self) -> str:
        """Return the polarity and the value, such as `no night` or `6-8`."""
        return f"{self.polarity.value} {self.value}".strip()
