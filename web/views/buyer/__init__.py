"""Pages of the buyer: write a need, follow it, change it."""

from web.views.buyer import answering, changing, reading, recognising, writing
from web.views.buyer.base import blueprint

__all__ = ["answering", "blueprint", "changing", "reading", "recognising", "writing"]
