"""What Brug understands of somebody's own words, while he is still writing them."""

import re
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date

from matcher import rank, recognise
from matcher.values import Conditions, Place
from matcher.values import Need as NeedValue
from matcher.vocabulary import NeedKind, OrganisationType
from models.need_fields import NEED_FIELDS
from models.states import ActivityOrigin
from web.services.catalogue import Shelf
from web.services.readings import ReadFact, read_facts
from web.services.texts import LONGEST_TEXT, clean_line

#: An offer could fit from this chance on; more than so many are not counted.
COULD_FIT = 0.1
MOST_COUNTED = 50
LONGEST_PROPOSED_TITLE = 80

_OPENINGS = re.compile(
    r"^(hallo|hey|dag|beste|goeiedag|goedendag|goedemorgen)\b[^,.!\n]{0,30}[,.!\n]+\s*|"
    r"^(wij|we|ik)\s+(zoeken|zoek|moeten|moet|willen graag|wil graag|willen|wil|hebben nood aan|"
    r"heb nood aan|hebben nodig|heb nodig|hebben|heb)\s+",
    re.IGNORECASE,
)
#: A lead such as "Vacature: …" or "Gezocht: …" says what follows, and nothing by itself.
_LEAD = re.compile(r"^(vacature|gezocht|vraag|oproep|opdracht|aanbod)\s*:\s+", re.IGNORECASE)

_SOME = r"(\d+|twee|drie|vier|vijf|zes|zeven|acht|tien|twaalf|vijftien|twintig|paar|enkele)"
_PEOPLE = r"(mensen|personen|medewerkers|man|koppen|handen|werkkrachten|werkposten|gasten)"

#: Words that point to a kind, with how much; the largest sum wins, a service when nothing does.
_CUES: tuple[tuple[NeedKind, float, str], ...] = (
    (NeedKind.ENCLAVE, 4, r"\benclave\w*"),
    (NeedKind.ENCLAVE, 2, rf"\b{_SOME}( *(à|a|tot|-|–|of) *{_SOME})? (extra )?{_PEOPLE}\b"),
    (NeedKind.ENCLAVE, 1.5, r"\b(ploeg(je)?|equipe|bende|team|groep(je)?)\b"),
    (NeedKind.ENCLAVE, 1.5, r"\b(begeleid(er|ing|ster)|coach|ploegbaas|werkleid(er|ing|ster))\b"),
    (NeedKind.ENCLAVE, 1.5, r"\b(productie|inpak|verpakkings|montage|sorteer)?(lijn|band)\b"),
    (NeedKind.ENCLAVE, 1, r"\b(bij|in|op|aan) on(s|ze)\b|\bter plaatse\b|\bwerkvloer\b"),
    (NeedKind.ENCLAVE, 0.5, r"\b(piek\w*|\w*drukte|versterking|handen te ?kort)\b"),
    (NeedKind.VACANCY, 3, r"\bvacatures?\b|\bdoorstro\w*|\bin (vaste )?dienst\b|\bsollicit\w*"),
    (NeedKind.VACANCY, 2, r"\baanwerv\w*|\bwerft\b|\bcontract\b|\bopzegtermijn|\bm/v|\bv/m"),
    (NeedKind.VACANCY, 2, r"\b(voltijds|deeltijds|halftijds|fulltime|parttime)\b|\b\d/5\b"),
    (NeedKind.VACANCY, 2, r"\b(bruto|barema|maaltijdcheques|loon\w*|niveau [a-e])\b|\bpc ?\d{3}"),
    (NeedKind.VACANCY, 1.5, r"\b\d{2}([.,]\d+)? ?u(ur|ren)?( ?/ ?| per )w(ee)?k\b|\b\d{2} ?u\b"),
    (NeedKind.VACANCY, 1.5, r"\b(collega|kracht|kandida\w+|functie|interim)\b"),
    (NeedKind.VACANCY, 1.5, r"\b(zoek\w*|voor|plaats voor|gezocht) (een )?iemand\b|\bvast na\b"),
    (NeedKind.VACANCY, 1, r"\b(rijbewijs|diploma|ibo|ervaring|je|jij|chauffeur|medewerk(st)?er)\b"),
    (
        NeedKind.PLACEMENT,
        5,
        r"\bart(\.|ikel)? ?60\b|\btwe\b|\btijdelijke werkervaring|\bleefloon\w*",
    ),
    (
        NeedKind.PLACEMENT,
        2.5,
        r"\b(cliënte?|klante? van (het|ons) ocmw|traject\w*|werkervaring\w*)\b",
    ),
    (NeedKind.PLACEMENT, 2.5, r"\b(werkplek|tewerkstellingsplaats|stageplaats|werkpost voor)\b"),
    (NeedKind.SERVICE, 2, r"\b(uitbested\w*|offerte|prijs(opgave|voorstel)?|aanbested\w*)\b"),
    (NeedKind.SERVICE, 1, r"\b(laten|ophalen|afhalen|onderhoud|m²|m2|hectare|stuks|per beurt)\b"),
    (NeedKind.SERVICE, 1, r"\b((een|twee|drie|vier)maal|keer) (per|in het) (jaar|maand|week)\b"),
)
_PATTERNS = tuple((kind, points, re.compile(cue, re.IGNORECASE)) for kind, points, cue in _CUES)


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What stands on the page: the text, and what its writer made of the activities.

    shown: recognised activities that the page offered; added: those he looked up himself; ticked:
    those of both that he keeps. So one that is shown and not ticked is rejected. conditions: what
    was answered already.
    """

    text: str
    title: str = ""
    kind: NeedKind | None = None
    place: Place | None = None
    asker_id: int | None = None
    asker_type: OrganisationType | None = None
    shown: frozenset[str] = frozenset()
    added: frozenset[str] = frozenset()
    ticked: frozenset[str] = frozenset()
    conditions: Conditions = field(default_factory=Conditions)

    @property
    def rejected(self) -> frozenset[str]:
        """Return the activities that the writer does not want."""
        return self.shown - self.ticked

    @property
    def chosen(self) -> frozenset[str]:
        """Return the activities that he looked up and keeps."""
        return self.added & self.ticked


@dataclass(frozen=True, slots=True)
class Chip:
    """An activity on the page, with the words that led to it when it was recognised."""

    id: str
    label: str
    ticked: bool
    added: bool = False
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Look:
    """What Brug makes of the words: activities, conditions, the kind, and what could fit."""

    chips: tuple[Chip, ...]
    kind: NeedKind
    fitting: int
    read: tuple[ReadFact, ...]

    @property
    def is_more(self) -> bool:
        """Tell whether counting stopped before the end."""
        return self.fitting >= MOST_COUNTED


def look(shelf: Shelf, words: Words, on: date) -> Look:
    """Return what the words say; nothing is stored."""
    text = words.text[:LONGEST_TEXT]
    chips = _chips(shelf, words, text)
    kind = words.kind or guess_kind(f"{words.title}\n{text}", words.asker_type)
    need = need_in(words, kind, on)
    read = read_facts(need, NEED_FIELDS[kind])
    return Look(chips, kind, _fitting(shelf, need, on), read)


def _chips(shelf: Shelf, words: Words, text: str) -> tuple[Chip, ...]:
    labels = {activity.id: activity.label for activity in shelf.taxonomy.activities}
    found = recognise(shelf.taxonomy, words.title, text)
    recognised = [
        Chip(
            one.activity_id,
            labels[one.activity_id],
            one.activity_id not in words.rejected,
            words=one.words,
        )
        for one in found
    ]
    others = sorted((words.chosen & labels.keys()) - {chip.id for chip in recognised})
    return (*recognised, *(Chip(name, labels[name], True, added=True) for name in others))


def need_in(words: Words, kind: NeedKind, on: date) -> NeedValue:
    """Return the need that the words stand for, written on a day."""
    return NeedValue(
        id="",
        kind=kind,
        title=words.title,
        text=words.text[:LONGEST_TEXT],
        activities=words.chosen,
        rejected=words.rejected,
        place=words.place,
        asker_id=str(words.asker_id) if words.asker_id else None,
        asker_type=words.asker_type,
        conditions=words.conditions,
        written=on,
    )


def _fitting(shelf: Shelf, need: NeedValue, on: date) -> int:
    if not need.text.strip():
        return 0
    ranking = rank(need, shelf.offers, shelf.rules, on=on, limit=MOST_COUNTED)
    return sum(suggestion.chance >= COULD_FIT for suggestion in ranking.suggestions)


def origins(shelf: Shelf, words: Words) -> dict[str, ActivityOrigin]:
    """Return the activities to store with a need; unknown ids are left out."""
    found = recognise(shelf.taxonomy, words.title, words.text[:LONGEST_TEXT])
    result = {item.activity_id: ActivityOrigin.RECOGNISED for item in found}
    result |= dict.fromkeys(words.chosen, ActivityOrigin.CHOSEN)
    result |= dict.fromkeys(words.rejected, ActivityOrigin.REJECTED)
    return {name: result[name] for name in sorted(result) if name in shelf.taxonomy}


def guess_kind(text: str, asker: OrganisationType | None) -> NeedKind:
    """Return the kind that a text seems to ask for; only an OCMW asks for a placement."""
    points = dict.fromkeys(NeedKind, 0.0)
    for kind, worth, pattern in _PATTERNS:
        if pattern.search(text):
            points[kind] += worth
    points[NeedKind.SERVICE] += 1.25
    return max(kinds_for({asker} if asker else set()), key=points.__getitem__)


def kinds_for(askers: Collection[OrganisationType]) -> tuple[NeedKind, ...]:
    """Return what organisations of these types may ask for, the commonest first."""
    kinds = (NeedKind.SERVICE, NeedKind.ENCLAVE, NeedKind.VACANCY)
    return (*kinds, NeedKind.PLACEMENT) if OrganisationType.OCMW in askers else kinds


def propose_title(text: str) -> str:
    """Return a title made of the first words of a text, cut between words."""
    line = _LEAD.sub("", clean_line(text[:1000]))
    for _ in range(2):
        line = _OPENINGS.sub("", line)
    sentence = re.split(r"(?<=\w{3})[.!?;:](?:\s|$)", line, maxsplit=1)[0].strip(" ,.-")
    if len(sentence) > LONGEST_PROPOSED_TITLE:
        cut = sentence[:LONGEST_PROPOSED_TITLE]
        whole = cut.rsplit(" ", 1)[0]
        # An endless word is cut through, rather than leaving nothing of the sentence.
        kept = whole if len(whole) > len(cut) / 2 else cut
        sentence = kept.rstrip(" ,;:-") + "…"
    return sentence[:1].upper() + sentence[1:]
