"""Introductions: where the two sides of an approved match find each other."""

from web.views.introductions import pages, talking
from web.views.introductions.base import blueprint

__all__ = ["blueprint", "pages", "talking"]
