"""Compile the message catalogues: gettext reads `.mo`, the repository holds only `.po`.

setup.cfg names `BuildWithCatalogues` as the `build_py` command, so a wheel, an editable install and
`python -m web.catalogues` (from `./run` and the tests) all make them in the same way. Who works on
Brug runs `python -m web.catalogues update` first, to bring the `.po` level with the code.
"""

import sys
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from setuptools.command.build_py import build_py

TRANSLATIONS = Path(__file__).parent / "translations"


def compile_catalogues(folder: Path = TRANSLATIONS) -> list[Path]:
    """Write every `.mo` that is older than its `.po`, or absent, and return those written."""
    written = []
    for source in sorted(folder.glob("*/LC_MESSAGES/*.po")):
        target = source.with_suffix(".mo")
        if not target.exists() or target.stat().st_mtime < source.stat().st_mtime:
            _compile(source, target)
            written.append(target)
    return written


def _compile(source: Path, target: Path) -> None:
    with source.open("rb") as file:
        catalogue = read_po(file, locale=source.parent.parent.name)
    # Renamed into place: another process may be reading the old one.
    draft = target.with_suffix(".mo.new")
    with draft.open("wb") as file:
        write_mo(file, catalogue)
    draft.replace(target)


class BuildWithCatalogues(build_py):
    """The usual `build_py`, with the catalogues compiled before the package data is gathered."""

    def run(self) -> None:
        """Compile, then build."""
        compile_catalogues()
        super().run()


def update_catalogues(folder: Path = TRANSLATIONS) -> list[str]:
    """Bring every `.po` level with the code and return a line for each missing translation."""
    from web.extraction import update  # the parsers of code and templates: no build needs them

    return [
        f"{source.parent.parent.name}: {message}"
        for source in sorted(folder.glob("*/LC_MESSAGES/*.po"))
        for message in update(source)
    ]


def main(arguments: list[str]) -> str | None:
    """Compile, after an update when `update` is asked; returns what is missing, if anything."""
    missing = update_catalogues() if arguments == ["update"] else []
    compile_catalogues()
    return "\n".join(["missing translations:", *missing]) if missing else None


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
