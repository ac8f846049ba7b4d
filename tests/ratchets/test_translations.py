"""The Dutch catalogue says exactly what the code asks for."""

import gettext
import re
import shutil
from collections.abc import Iterable
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po

from tests.support.server import ROOT
from web.catalogues import TRANSLATIONS, compile_catalogues
from web.extraction import extract, is_translated, update

DUTCH = TRANSLATIONS / "nl" / "LC_MESSAGES" / "messages.po"
PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%%|\{\w*\}|<[^>]+>")


@pytest.fixture(scope="module")
def code() -> Catalog:
    return extract()


@pytest.fixture(scope="module")
def dutch() -> Catalog:
    with DUTCH.open("rb") as file:
        return read_po(file, locale="nl")


def _ids(messages: Iterable[Message]) -> set[object]:
    return {tuple(_forms(message.id)) for message in messages if message.id}


def _forms(value: str | tuple[str, ...] | list[str]) -> list[str]:
    return [value] if isinstance(value, str) else list(value)


def test_every_message_of_the_code_is_in_the_catalogue(code: Catalog, dutch: Catalog) -> None:
    assert _ids(code) - _ids(dutch) == set()


def test_the_catalogue_holds_nothing_that_the_code_no_longer_says(
    code: Catalog, dutch: Catalog
) -> None:
    assert _ids(dutch) - _ids(code) == set()
    assert dict(dutch.obsolete) == {}


def test_every_message_has_its_dutch(dutch: Catalog) -> None:
    assert [m.id for m in dutch if m.id and not is_translated(m)] == []


def test_placeholders_are_the_same_in_both_languages(dutch: Catalog) -> None:
    wrong = []
    for message in dutch:
        english, translated = _placeholders(message.id), _placeholders(message.string)
        # Where something is counted, the form for one may write the number out.
        if translated[-1] != english[-1] or not translated[0] <= english[-1] | english[0]:
            wrong.append(message.id)
    assert wrong == []


def _placeholders(value: str | tuple[str, ...] | list[str]) -> list[set[str]]:
    return [set(PLACEHOLDER.findall(form)) for form in _forms(value)]


def test_no_text_begins_or_ends_otherwise_than_its_message(dutch: Catalog) -> None:
    odd = [
        message.id
        for message in dutch
        for one, other in zip(_forms(message.id), _forms(message.string), strict=True)
        if message.id and (one != one.strip()) != (other != other.strip())
    ]
    assert odd == []


def test_the_catalogue_compiles_to_what_the_application_reads(
    dutch: Catalog, tmp_path: Path
) -> None:
    shutil.copytree(DUTCH.parents[1], tmp_path / "nl", ignore=shutil.ignore_patterns("*.mo"))
    written = compile_catalogues(tmp_path)
    assert [path.name for path in written] == ["messages.mo"]
    with written[0].open("rb") as file:
        assert _ids(read_mo(file)) == _ids(dutch)
    with written[0].open("rb") as file:
        translations = gettext.GNUTranslations(file)
    assert translations.gettext("My needs") == "Mijn vragen"


def test_the_catalogue_is_as_the_update_writes_it(tmp_path: Path) -> None:
    copy = _copy(tmp_path, DUTCH.read_text())
    assert update(copy) == []
    assert _texts(copy) == _texts(DUTCH), "run: python -m web.catalogues update"


def test_an_update_adds_what_is_new_drops_what_is_gone_and_guesses_nothing(tmp_path: Path) -> None:
    package = tmp_path / "shop"
    (package / "templates").mkdir(parents=True)
    (package / "words.py").write_text('_("Bread")\n_n("%(num)d roll", "%(num)d rolls", 2)\n')
    page = "{% trans %}\n  Fresh\n  today\n{% endtrans %}{{ _('Cakes') }}"
    (package / "templates" / "page.html").write_text(page)
    copy = _copy(tmp_path, 'msgid "Bread"\nmsgstr "Brood"\n\nmsgid "Cake"\nmsgstr "Taart"\n')
    assert sorted(update(copy, (package,))) == ["%(num)d roll", "Cakes", "Fresh today"]
    with copy.open("rb") as file:
        kept = {message.id: message.string for message in read_po(file, locale="nl") if message.id}
    assert kept == {
        "Bread": "Brood",
        "Cakes": "",
        "Fresh today": "",
        ("%(num)d roll", "%(num)d rolls"): ("", ""),
    }


def test_no_message_is_made_of_pieces_at_run_time() -> None:
    # An f-string, a sum or a variable is never found by the extraction, so it stays English.
    pieces = re.compile(r'(?<![\w.])(_|_l|_n|N_|gettext)\((f["\']|["\'][^"\']*["\']\s*[+%])')
    sources = [p for folder in ("web", "models") for p in (ROOT / folder).rglob("*.py")]
    sources += (ROOT / "web" / "templates").rglob("*.html")
    assert [str(path) for path in sources if pieces.search(path.read_text())] == []


def _texts(catalogue: Path) -> list[str]:
    """Return the lines but where each message stands, which says nothing to who reads the page."""
    return [line for line in catalogue.read_text().splitlines() if not line.startswith("#:")]


def _copy(folder: Path, text: str) -> Path:
    copy = folder / "nl" / "LC_MESSAGES" / "messages.po"
    copy.parent.mkdir(parents=True)
    copy.write_text(text)
    return copy


def test_offers_have_one_plural(dutch: Catalog) -> None:
    texts = [text for message in dutch for text in _forms(message.string)]
    assert [text for text in texts if "keer aanbod" in text] == []
    assert any("aanbiedingen" in text for text in texts)
