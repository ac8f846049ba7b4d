"""A small taxonomy, places and builders for the matcher's tests."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from matcher import NeedIndex, OfferIndex, Taxonomy
from matcher.encoding import Meaning
from matcher.values import Activity, Conditions, Need, Offer, Place, Rule
from matcher.vocabulary import NeedKind, OfferKind

Meanings = Mapping[str, Meaning | None]

TODAY = date(2026, 3, 2)
NO_MEANINGS: Meanings = {}
BEKKEVOORT = Place("24008", "Bekkevoort", 50.9400, 4.9700)
DIEST = Place("24020", "Diest", 50.9890, 5.0500)
OOSTENDE = Place("35013", "Oostende", 51.2254, 2.9193)

ACTIVITIES = (
    Activity("gras", "gras maaien", "groen", ("gazon maaien", "bermen maaien")),
    Activity("haag", "hagen scheren", "groen", ("haag knippen", "heggen snoeien")),
    Activity("onkruid", "onkruid wieden", "groen", ("schoffelen", "onkruid tussen de klinkers")),
    Activity("groen", "onderhoud van groen", "groen", ("groenonderhoud",)),
    Activity("poetsen", "gebouwen schoonmaken", "schoonmaak", ("kantoren poetsen",)),
    Activity("gebouw", "onderhoud van gebouwen", "bouw", ("klein onderhoud", "klusjes")),
    Activity("fiets", "fietsen herstellen", "fiets", ("onderhoud van fietsen", "fietspunt")),
    Activity("strijken", "strijken", "textiel", ("linnen plooien", "strijkdienst")),
    Activity("drukwerk", "drukwerk afwerken", "print", ("brochures plooien", "nieten")),
    Activity("metaal", "metaal bewerken", "metaal", ("plaat plooien", "lassen")),
    Activity("inpakken", "goederen inpakken", "verpakking", ("ompakken", "dozen vullen")),
    Activity("kringloop", "verpakking inzamelen", "kringloop", ("karton inzamelen",)),
    Activity("school", "toezicht op school", "kinderen", ("toezicht aan de schoolpoort",)),
    Activity("parking", "toezicht op de parking", "parkeren", ("parkeerwachter",)),
    Activity("speel", "toezicht op speeltoestellen", "spelen", ("speeltoestellen nakijken",)),
    Activity("scannen", "documenten digitaliseren", "kantoor", ("archief inscannen",)),
)


def taxonomy() -> Taxonomy:
    """Return the small taxonomy."""
    return Taxonomy(ACTIVITIES)


def make_need(name: str = "n1", text: str = "", title: str = "", **fields: Any) -> Need:
    """Return a need for a service, unless a kind is given."""
    fields.setdefault("kind", NeedKind.SERVICE)
    return Need(id=name, title=title, text=text, **fields)


def make_offer(name: str = "o1", text: str = "", title: str = "", **fields: Any) -> Offer:
    """Return an offer of a service, unless a kind is given."""
    fields.setdefault("kind", OfferKind.SERVICE)
    return Offer(id=name, title=title, text=text, **fields)


def asking(need: Need, **facts: Any) -> Need:
    """Return the need with these conditions."""
    return replace(need, conditions=Conditions(**facts))


def stating(offer: Offer, **facts: Any) -> Offer:
    """Return the offer with these conditions."""
    return replace(offer, conditions=Conditions(**facts))


def offer_index(*offers: Offer, meanings: Meanings = NO_MEANINGS) -> OfferIndex:
    """Return an index of these offers, with the vectors of some by their ids."""
    index = OfferIndex(taxonomy())
    for offer in offers:
        index.put(offer, meanings.get(offer.id))
    return index


def need_index(*needs: Need, meanings: Meanings = NO_MEANINGS) -> NeedIndex:
    """Return an index of these needs, with the vectors of some by their ids."""
    index = NeedIndex(taxonomy())
    for need in needs:
        index.put(need, meanings.get(need.id))
    return index


def rule(code: str, certainty: str = "certain", **parameters: object) -> Rule:
    """Return a rule that is always in force, called after its code."""
    return Rule(code, code, certainty, parameters)
