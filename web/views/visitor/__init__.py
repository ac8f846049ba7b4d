"""Pages that everybody may read."""

from web.views.visitor import machines, offers, pages, searching
from web.views.visitor.blueprint import blueprint

__all__ = ["blueprint", "machines", "offers", "pages", "searching"]
