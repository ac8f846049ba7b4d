"""When Brug keeps quiet: outside working hours, and on the holidays of Belgium."""

from datetime import date, datetime, time
from functools import cache
from zoneinfo import ZoneInfo

BRUSSELS = ZoneInfo("Europe/Brussels")
#: Between these, by the clock of Brussels, mail may come.
FROM, UNTIL = time(7), time(19)


def is_quiet(moment: datetime) -> bool:
    """Tell whether only what is urgent may be sent at a moment."""
    local = moment.astimezone(BRUSSELS)
    return not FROM <= local.time() < UNTIL or is_holiday(local.date())


def is_holiday(day: date) -> bool:
    """Tell whether a day is an official holiday in Belgium."""
    return day in _holidays(day.year)


@cache
def _holidays(year: int) -> frozenset[date]:
    # Loaded when it is needed: the package knows every country.
    from holidays import country_holidays

    return frozenset(country_holidays("BE", years=year))


def is_working_day(day: date) -> bool:
    """Tell whether people work on a day."""
    return day.weekday() < 5 and not is_holiday(day)


def working_days_between(start: date, end: date) -> int:
    """Return how many working days there were after `start`, up to and with `end`."""
    days = (end - start).days
    return sum(is_working_day(date.fromordinal(start.toordinal() + n)) for n in range(1, days + 1))
