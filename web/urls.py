"""Parts of addresses."""

from flask import Flask
from werkzeug.routing import IntegerConverter, Map

#: The largest id that a column holds; a larger number names nothing.
LARGEST_ID = 2**31 - 1


class IdConverter(IntegerConverter):
    """A whole number that can be an id; any other is an address that does not exist."""

    def __init__(self, url_map: Map) -> None:
        super().__init__(url_map, max=LARGEST_ID)


def init_urls(app: Flask) -> None:
    """Let `<int:…>` in addresses mean an id."""
    app.url_map.converters["int"] = IdConverter
