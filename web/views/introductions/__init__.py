"""Introductions: where the two sides of an approved match find each other."""

from web.views.introductions import pages
from web.views.introductions.base import blueprint

__all__ = ["blueprint", "pages"]
