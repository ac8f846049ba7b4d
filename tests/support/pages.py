"""What a page holds, as a browser reads it: its forms with what they would send."""

import io
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urljoin, urlsplit
from xml.etree.ElementTree import Element

import html5lib

#: Inputs that send nothing unless they are ticked or pressed.
CHOSEN = ("checkbox", "radio")
BUTTONS = ("submit", "button", "reset", "image")


@dataclass
class Control:
    """One field of a form; `values` is what it would send as it stands."""

    name: str
    type: str
    values: list[str]
    options: list[str] = field(default_factory=list)

    @property
    def is_typed(self) -> bool:
        """Tell whether somebody types in it."""
        return self.type not in (*CHOSEN, "hidden", "file", "select", "submit")


@dataclass
class Form:
    """One form of a page; `action` is the address it sends to."""

    action: str
    method: str
    controls: list[Control]
    buttons: list[tuple[str, str]]

    @property
    def path(self) -> str:
        """Return the path of its address."""
        return urlsplit(self.action).path

    @property
    def values(self) -> dict[str, list[str]]:
        """Return what it would send as it stands, with its first button pressed."""
        sent: dict[str, list[str]] = {}
        for control in self.controls:
            sent.setdefault(control.name, []).extend(control.values)
        for name, value in self.buttons[:1]:
            sent[name] = [value]
        return {name: values for name, values in sent.items() if values}

    def named(self, ending: str) -> str:
        """Return the full name of the field whose name ends so; forms on one page have prefixes."""
        names = [control.name for control in self.controls]
        return next((n for n in names if n == ending or n.endswith(f"-{ending}")), ending)

    def filled(self, typed: dict[str, Any]) -> dict[str, Any]:
        """Return what it sends after somebody typed; fields are named by their ending."""
        return {**self.values, **{self.named(name): value for name, value in typed.items()}}


def parsed(html: str, *, strict: bool = False) -> Element:
    """Return the tree of a page; strict raises `html5lib.html5parser.ParseError`."""
    parser = html5lib.HTMLParser(strict=strict, namespaceHTMLElements=False)
    tree: Element = parser.parse(io.StringIO(html))
    return tree


def text_of(element: Element) -> str:
    """Return the text in an element, spaces made single."""
    return " ".join("".join(element.itertext()).split())


def forms_in(tree: Element, address: str) -> list[Form]:
    """Return the forms of the page that stands at `address`."""
    return [_form(tree, element, address) for element in tree.iter("form")]


def _form(tree: Element, element: Element, address: str) -> Form:
    mine = list(element.iter())
    if own := element.get("id"):
        mine += [other for other in tree.iter() if other.get("form") == own]
    controls: dict[tuple[str, str], Control] = {}
    buttons = []
    for part in mine:
        name, kind = part.get("name"), part.get("type", "text")
        if part.tag == "button" or (part.tag == "input" and kind in BUTTONS):
            if name and kind != "button":
                buttons.append((name, part.get("value", "")))
        elif name and part.tag in ("input", "textarea", "select"):
            found = _control(part)
            known = controls.setdefault((name, found.type), found)
            if known is not found:
                known.values += found.values
                known.options += found.options
    return Form(
        action=urljoin(address, element.get("action") or address),
        method=element.get("method", "get").lower(),
        controls=list(controls.values()),
        buttons=buttons,
    )


def _control(part: Element) -> Control:
    name = part.get("name", "")
    if part.tag == "textarea":
        return Control(name, "textarea", [(part.text or "").removeprefix("\n")])
    if part.tag == "select":
        options = list(part.iter("option"))
        chosen = [o for o in options if "selected" in o.attrib]
        if not chosen and "multiple" not in part.attrib:
            chosen = options[:1]
        return Control(name, "select", list(map(_value, chosen)), list(map(_value, options)))
    kind = part.get("type", "text")
    if kind in CHOSEN:
        value = part.get("value", "on")
        return Control(name, kind, [value] if "checked" in part.attrib else [], [value])
    return Control(name, kind, [part.get("value", "")] if kind != "file" else [])


def _value(option: Element) -> str:
    value = option.get("value")
    return text_of(option) if value is None else value
