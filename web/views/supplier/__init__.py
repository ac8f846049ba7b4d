"""Pages of the supplier: list what one can do, keep it right, and see which needs fit."""

from web.views.supplier import agenda, fitting, life, listing, writing
from web.views.supplier.base import blueprint

__all__ = ["agenda", "blueprint", "fitting", "life", "listing", "writing"]
