"""Every page, as a browser, a screen reader and a strict reader of HTML meet it."""

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element

import pytest
from babel.messages.pofile import read_po
from werkzeug.test import TestResponse

from tests.support.pages import parsed, text_of
from tests.support.routes import MORE_PAGES, PAGES, Row
from tests.support.site import Site
from web.catalogues import TRANSLATIONS
from web.security import CONTENT_SECURITY_POLICY

#: Inputs that need no label of their own: unseen, or named by what stands in them.
UNLABELLED = ("hidden", "submit", "button", "reset", "image")
FETCHED = {"script": "src", "img": "src", "link": "href", "iframe": "src", "source": "src"}
NAMING = ("aria-label", "placeholder", "title", "alt", "content", "label")
UNSEEN = ("script", "style", "template")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    site = Site(tmp_path_factory.mktemp("site"))
    yield site
    site.close()


@pytest.fixture(scope="module", params=[*PAGES, *MORE_PAGES], ids=lambda row: row.id)
def answer(request: pytest.FixtureRequest, site: Site) -> TestResponse:
    """Each page in turn, opened by the person whose page it is."""
    row: Row = request.param
    return site.person(row.right).get(row.address(site))


@pytest.fixture(scope="module")
def page(answer: TestResponse) -> Element:
    return parsed(answer.text)


def _all(page: Element, tag: str) -> list[Element]:
    return list(page.iter(tag))


def test_it_is_shown_to_whom_it_is_for(answer: TestResponse) -> None:
    assert (answer.status_code, answer.mimetype) == (200, "text/html")


def test_it_is_valid_html_for_a_strict_reader(answer: TestResponse) -> None:
    parsed(answer.text, strict=True)


def test_its_title_and_heading_say_where_one_is(page: Element) -> None:
    titles = [text_of(title) for title in _all(page, "title")]
    assert len([t for t in titles if t.endswith(" – Brug")]) == 1
    assert not any(title.startswith("– ") for title in titles), "the title is empty"
    headings = [text_of(heading) for heading in _all(page, "h1")]
    assert len(headings) == 1
    assert headings[0]


def test_it_is_dutch_and_has_one_main_part(page: Element) -> None:
    assert page.get("lang") == "nl"
    assert len(_all(page, "main")) == 1


def test_headings_skip_no_level(page: Element) -> None:
    levels = [int(e.tag[1]) for e in page.iter() if re.fullmatch("h[1-6]", str(e.tag))]
    skipped = [(a, b) for a, b in pairwise(levels) if b > a + 1]
    assert skipped == []


def test_ids_are_unique_and_what_points_to_one_finds_it(page: Element) -> None:
    counted = Counter(e.get("id") for e in page.iter() if e.get("id"))
    assert [name for name, times in counted.items() if times > 1] == []
    pointing = ("for", "aria-describedby", "aria-labelledby", "aria-controls", "form", "list")
    lost = [
        (name, target)
        for element in page.iter()
        for name in pointing
        for target in (element.get(name) or "").split()
        if target not in counted
    ]
    assert lost == []


def test_links_within_the_page_lead_somewhere(page: Element) -> None:
    ids = {element.get("id") for element in page.iter()}
    anchors = [link.get("href", "") for link in _all(page, "a")]
    lost = [a for a in anchors if a.startswith("#") and a[1:] not in ids]
    assert lost == []


def test_every_form_that_sends_carries_a_token(page: Element) -> None:
    bare = [
        form.get("action")
        for form in _all(page, "form")
        if form.get("method", "get").lower() == "post"
        and not [
            i
            for i in form.iter("input")
            if i.get("name", "").endswith("csrf_token") and i.get("value")
        ]
    ]
    assert bare == []


def test_every_field_has_a_label(page: Element) -> None:
    labelled = {label.get("for") for label in _all(page, "label") if text_of(label)}
    within = {id(e) for label in _all(page, "label") if text_of(label) for e in label.iter()}
    bare = [
        field.get("name")
        for tag in ("input", "select", "textarea")
        for field in _all(page, tag)
        if field.get("type") not in UNLABELLED
        and field.get("id") not in labelled
        and id(field) not in within
        and not field.get("aria-label")
        and not field.get("aria-labelledby")
    ]
    assert bare == []


def test_every_button_and_link_has_a_name(page: Element) -> None:
    nameless = [
        element.attrib
        for tag in ("a", "button")
        for element in _all(page, tag)
        # A hidden button in front says what Enter does; nobody meets it.
        if element.get("aria-hidden") != "true"
        and not text_of(element)
        and not element.get("aria-label")
        and not any(image.get("alt") for image in element.iter("img"))
    ]
    assert nameless == []


def test_nothing_is_inline(page: Element) -> None:
    assert [e.tag for e in page.iter() if e.get("style") is not None] == []
    assert [e.attrib for e in page.iter() if any(name.startswith("on") for name in e.attrib)] == []
    assert _all(page, "style") == []
    assert [e.attrib for e in _all(page, "script") if not e.get("src")] == []
    assert [a for a in _all(page, "a") if a.get("href", "").startswith("javascript:")] == []


def test_nothing_is_fetched_from_elsewhere(page: Element) -> None:
    addresses = [e.get(name, "") for tag, name in FETCHED.items() for e in _all(page, tag)]
    addresses += [form.get("action", "") for form in _all(page, "form")]
    outside = [a for a in addresses if urlsplit(a).scheme not in ("", "data") or urlsplit(a).netloc]
    assert outside == []


def test_the_headers_keep_it_to_itself(answer: TestResponse) -> None:
    assert answer.headers["Content-Security-Policy"] == CONTENT_SECURITY_POLICY
    assert "unsafe" not in CONTENT_SECURITY_POLICY
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Referrer-Policy"] == "same-origin"
    assert answer.headers["Cache-Control"] == "no-store"


@cache
def _english() -> frozenset[str]:
    """Return the messages whose Dutch is something else."""
    with (TRANSLATIONS / "nl" / "LC_MESSAGES" / "messages.po").open("rb") as file:
        messages = list(read_po(file, locale="nl"))
    pairs = [(m.id, m.string) for m in messages if m.id and isinstance(m.id, str)]
    dutch = {string for _id, string in pairs}
    return frozenset(text for text, string in pairs if string != text and text not in dutch)


def test_no_english_is_left(page: Element) -> None:
    body = page.find("body")
    assert body is not None
    seen = {element.get(name, "") for element in page.iter() for name in NAMING}
    for element in body.iter():
        if element.tag not in UNSEEN:
            seen.add(element.text or "")
        seen.add(element.tail or "")
    shown = {" ".join(text.split()) for text in seen}
    assert sorted(shown & _english()) == []
    assert [text for text in shown if "%(" in text] == []
