"""What the form of an anonymous profile says about words that give the person away."""

from dataclasses import dataclass

from matcher.vocabulary import OfferKind
from web.forms.offers import OfferForm
from web.services.profile_check import FREE_TEXTS, Finding, Piece, check_profile, pieces
from web.services.profile_rewrites import rewrite
from web.services.texts import LONGEST_TEXT

#: How the value of a button begins that takes a proposal over.
REWRITE = "rewrite:"


@dataclass(frozen=True, slots=True)
class ToldAway:
    """A text of a profile with the words in it that give something away."""

    name: str
    label: str
    pieces: tuple[Piece, ...]
    findings: tuple[Finding, ...]


def told_away(form: OfferForm, kind: OfferKind) -> list[ToldAway]:
    """Return the texts of a profile that give something away; none for another kind."""
    if kind is not OfferKind.PROFILE:
        return []
    found = []
    for name in FREE_TEXTS:
        text = (form[name].data or "")[:LONGEST_TEXT]
        if findings := check_profile(text):
            label = form[name].label.text
            found.append(ToldAway(name, label, pieces(text, findings), findings))
    return found


def take_rewrite_over(form: OfferForm, kind: OfferKind, action: str) -> bool:
    """Put the words of a pressed button where others gave somebody away; nothing is stored yet."""
    if kind is not OfferKind.PROFILE or not action.startswith(REWRITE):
        return False
    name, _, rest = action.removeprefix(REWRITE).partition(":")
    start, _, rest = rest.partition(":")
    words, _, instead = rest.partition("=>")
    if name in FREE_TEXTS and start.isdecimal() and len(start) < 9:
        text = (form[name].data or "")[:LONGEST_TEXT]
        form[name].data = rewrite(text, int(start), words, instead)
    return True
