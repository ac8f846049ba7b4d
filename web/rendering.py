"""What templates may use besides their own values: a few filters and functions."""

from datetime import UTC, date, datetime
from typing import Any

from flask import Flask
from flask_babel import format_date, format_datetime, format_decimal

from web.access import Access
from web.explanations import activity_labels, explained
from web.i18n import _
from web.labels import label_of, options_of
from web.login import current_actor
from web.navigation import FOOTER, menu
from web.offer_place import offer_name, offer_place
from web.paging import address_with
from web.services.kbo import show_kbo
from web.wording import bar_parts

#: A text that is this little too long is shown whole.
LEEWAY = 20


def init_rendering(app: Flask) -> None:
    """Register filters, and the values that every page has."""
    app.jinja_env.filters.update(
        day=_day,
        daymonth=_daymonth,
        excerpt=_excerpt,
        kbo=show_kbo,
        moment=_moment,
        number=_number,
        label=label_of,
    )
    app.jinja_env.globals.update(
        activity_labels=activity_labels,
        address_with=address_with,
        bar_parts=bar_parts,
        explained=explained,
        footer_items=FOOTER,
        menu_of=menu,
        offer_name=offer_name,
        offer_place=offer_place,
        options_of=options_of,
        Access=Access,
        today=_today,
    )
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    app.jinja_env.policies["ext.i18n.trimmed"] = True
    app.context_processor(lambda: {"actor": current_actor()})


def _today() -> date:
    return datetime.now(UTC).date()


def _excerpt(text: str, most: int) -> str:
    """Return the beginning of a text, cut between two words."""
    if len(text) <= most + LEEWAY:
        return text
    return text[:most].rsplit(None, 1)[0].rstrip(" .,;:!?-") + "…"


def _day(value: date | None) -> str:
    """Format a day, such as 3 november 2026."""
    return str(format_date(value, "d MMMM y")) if value else _("not known")


def _daymonth(value: date) -> str:
    """Format a day where the year is known, such as 3 nov."""
    return str(format_date(value, "d MMM"))


def _moment(value: datetime | None) -> str:
    """Format a moment in Belgian time, such as 3 november 2026, 14:05."""
    return str(format_datetime(value, "d MMMM y, H:mm")) if value else _("not known")


def _number(value: Any) -> str:
    """Format a number with a comma for decimals and a point for thousands."""
    return "" if value is None else str(format_decimal(value))
