"""What the form of an anonymous profile says about words that give the person away."""

from dataclasses import dataclass

from matcher.vocabulary import OfferKind
from web.forms.offers import OfferForm
from web.i18n import N_
from web.services.errors import InvalidError
from web.services.profile_check import Finding, Giveaway, Piece, check_profile, pieces
from web.services.texts import LONGEST_TEXT

#: Fields of a profile in which people write freely.
FREE_TEXTS = ("title", "text", "skills", "support")
CATEGORY_WORDS = {
    Giveaway.NAME: N_("name"),
    Giveaway.CONTACT: N_("contact details"),
    Giveaway.AGE: N_("age"),
    Giveaway.SEX: N_("sex"),
    Giveaway.ORIGIN: N_("origin or belief"),
    Giveaway.HEALTH: N_("health"),
    Giveaway.PRIVATE: N_("private life"),
}
NOT_LOOKED_OVER = N_("Look at the marked words first, then tick this box.")


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


def check_looked_over(form: OfferForm, kind: OfferKind) -> None:
    """Raise `InvalidError` when something is given away and the writer did not say he looked."""
    if told_away(form, kind) and not form.looked_over.data:
        raise InvalidError({"looked_over": NOT_LOOKED_OVER})
