"""The messages of the code, and the catalogues brought level with them; for who works on Brug."""

import io
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

#: Texts stand in these packages; the words for stored codes are in `models`.
PACKAGES = (Path(__file__).parent, Path(__file__).parents[1] / "models")
METHODS = [
    ("**.py", "python"),
    ("**/templates/**.html", "jinja2.ext:babel_extract"),
    ("**/templates/**.txt", "jinja2.ext:babel_extract"),
]
#: As `web.rendering` sets Jinja up; a template that cannot be read is an error.
_TEMPLATES = {"trimmed": "true", "trim_blocks": "true", "lstrip_blocks": "true", "silent": "false"}
OPTIONS = {pattern: _TEMPLATES for pattern, _method in METHODS[1:]}
KEYWORDS = {
    "_": None,
    "_l": None,
    "N_": None,
    "gettext": None,
    "_n": (1, 2),
    "ngettext": (1, 2),
}
_COMMENT = (
    "# Dutch of Brug. `python -m web.catalogues update` brings this file level with the code:\n"
    "# it adds what is new with an empty msgstr, and drops what is gone. Write the msgstr lines."
)
_WIDTH = 100


def extract(packages: tuple[Path, ...] = PACKAGES) -> Catalog:
    """Return the messages of the code, untranslated, each with the files that hold it."""
    found = Catalog()
    for package in packages:
        for name, _line, message, _comments, context in extract_from_dir(
            package, method_map=METHODS, options_map=OPTIONS, keywords=KEYWORDS
        ):
            if any(message if isinstance(message, tuple) else [message]):
                found.add(message, locations=[(f"{package.name}/{name}", 0)], context=context)
    return found


def update(catalogue: Path, packages: tuple[Path, ...] = PACKAGES) -> list[str]:
    """Bring a `.po` level with the code and return the messages that lack a translation.

    Nothing is guessed: a changed message is a new one.
    """
    with catalogue.open("rb") as file:
        known = read_po(file, locale=catalogue.parent.parent.name)
    merged = _merged(known, extract(packages))
    written = io.BytesIO()
    write_po(written, merged, width=_WIDTH, sort_output=True, include_lineno=False)
    if written.getvalue() != catalogue.read_bytes():
        catalogue.write_bytes(written.getvalue())
    return [_name(message) for message in merged if message.id and not is_translated(message)]


def is_translated(message: Message) -> bool:
    """Tell whether every form of a message has a translation that nobody doubts."""
    forms = message.string if isinstance(message.string, tuple | list) else (message.string,)
    return all(forms) and not message.fuzzy


def _merged(known: Catalog, found: Catalog) -> Catalog:
    merged = Catalog(
        locale=known.locale,
        project="Brug",
        version="1",
        header_comment=_COMMENT,
        msgid_bugs_address="-",
        last_translator="-",
        language_team="-",
        charset="utf-8",
        fuzzy=False,
    )
    # Babel would write the moment; then no two runs would give the same file.
    merged.creation_date = merged.revision_date = datetime(2026, 1, 1, tzinfo=UTC)
    for message in found:
        if not message.id:
            continue
        before = known.get(message.id, message.context)
        string = before.string if before and not before.fuzzy else None
        merged.add(message.id, string, locations=message.locations, context=message.context)
    return merged


def _name(message: Message) -> str:
    return message.id[0] if isinstance(message.id, tuple | list) else str(message.id)
