"""Language: English message ids, Dutch by default; numbers and dates the Flemish way."""

from typing import Any

import flask_babel
from flask import Flask, has_app_context

from models.marker import N_

__all__ = ["LOCALE", "N_", "TIME_ZONE", "_", "_l", "_n", "can_word", "init_i18n"]

LOCALE = "nl_BE"
TIME_ZONE = "Europe/Brussels"


def init_i18n(app: Flask) -> None:
    """Set up translation and formatting."""
    flask_babel.Babel(
        app, default_locale=LOCALE, default_timezone=TIME_ZONE, locale_selector=lambda: LOCALE
    )


def _(message: str, **values: Any) -> str:
    """Translate a message for the page at hand."""
    return str(flask_babel.gettext(message, **values))


def _n(one: str, many: str, num: int, **values: Any) -> str:
    """Translate a message that counts; `%(num)d` stands for the count."""
    return str(flask_babel.ngettext(one, many, num, **values))


def can_word() -> bool:
    """Tell whether there is an application to word something for; loaders and tests have none."""
    return has_app_context()


def _l(message: str, **values: Any) -> str:
    """Translate when shown, for texts that are made before any request."""
    lazy: str = flask_babel.lazy_gettext(message, **values)
    return lazy
