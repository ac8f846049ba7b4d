"""What the form of an anonymous profile says about words that give the person away."""

from dataclasses import dataclass

from matcher.vocabulary import OfferKind
from web.forms.offers import OfferForm
from web.services.profile_check import FREE_TEXTS, Finding, Piece, check_profile, pieces
from web.services.texts import LONGEST_TEXT


@dataclass(frozen=True, slots=True)
class ToldAway:
    """A text of a profile with the words in it that give something away."""

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
            found.append(ToldAway(form[name].label.text, pieces(text, findings), findings))
    return found
