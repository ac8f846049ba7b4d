"""Introductions: where the two sides of an approved match find each other."""

from web.views.introductions.pages import blueprint

__all__ = ["blueprint"]
