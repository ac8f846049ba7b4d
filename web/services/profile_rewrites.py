"""What a writer may put instead of words that give a person away, and putting it there."""

import re

from web.services.profile_check import Finding, Giveaway, check_profile

#: Leave the words out.
NOTHING = ""
#: What helps at work, instead of why; the first pattern that fits counts.
_AT_WORK: tuple[tuple[str, str], ...] = (
    (r"rolstoel|rollator|krukken|prothese", "werkt zittend, op een gelijkvloerse plek"),
    (r"^(rug|nek|knie|schouder|gewrichts)|hernia|artrose|reuma|fibromyalgie", "tilt niet zwaar"),
    (r"^(hart|long)", "doet geen zware lichamelijke inspanning"),
    (r"autis|asperger|^ASS$", "werkt best met vaste taken en een vaste begeleider"),
    (r"^ADHD$|^ADD$", "werkt best met korte, afwisselende taken"),
    (r"dyslexie", "krijgt instructies liefst mondeling"),
    (r"slechthorend|doof|dove|auditieve|hoorapparaat", "krijgt instructies liefst op papier"),
    (r"slechtziend|blind|visuele", "krijgt instructies liefst mondeling"),
    (r"astma|allergi", "werkt in een stofvrije omgeving"),
    (r"epilep", "werkt niet op hoogte en niet met gevaarlijke machines"),
    (r"depressi|burn|angst|psych|trauma|PTSS", "werkt best in een rustige omgeving"),
    (r"diabet|suikerziekte", "neemt vaste pauzes"),
    (r"alcohol|drugs|verslav|ontwenning", "heeft baat bij een vast dagritme"),
    (r"verstandelijk|zwakbegaafd|mentale", "leert best stap voor stap, door te doen"),
)
_EXPERIENCED_FROM = 40
_VERB = re.compile(r"\b(heeft|is|lijdt aan|kampt met)( (een|wat|veel|soms))?\s+$", re.I)
_CAUSE = re.compile(r"\s+(met|wegens|door|omwille van|na|en)( (een|wat|veel|zijn|haar))?\s+$", re.I)
_IS = re.compile(r"\b(is|wordt|werd)( (nu|bijna|al|ongeveer))?\s+$", re.I)
_AND = re.compile(r"^\s*,?\s*en\s+")
_NUMBER = re.compile(r"\d{2}")


def rewrites(finding: Finding) -> tuple[str, ...]:
    """Return what may stand instead of some words, the best first; empty: leave them out."""
    words = finding.words
    match finding.category:
        case Giveaway.AGE:
            number = _NUMBER.search(words)
            old = number is not None and int(number.group()) >= _EXPERIENCED_FROM
            return (NOTHING, "ervaren") if old else (NOTHING,)
        case Giveaway.NAME:
            return ("de kandidaat", NOTHING)
        case Giveaway.HEALTH:
            helps = [instead for pattern, instead in _AT_WORK if re.search(pattern, words, re.I)]
            return (*helps[:1], NOTHING)
        case Giveaway.SEX if finding.instead:
            return (finding.instead,)
    return (NOTHING,)


def rewrite(text: str, start: int, words: str, instead: str) -> str:
    """Return a text with some words replaced by what `rewrites` offers for them.

    start: where the words stood; when the text changed meanwhile, the nearest finding of the same
    words counts, and without one the text stays as it is.
    """
    same = [found for found in check_profile(text) if found.words == words]
    if not same:
        return text
    found = min(same, key=lambda one: abs(one.start - start))
    if instead not in rewrites(found):
        return text
    before, after = text[: found.start], text[found.end :]
    if instead and found.category is Giveaway.HEALTH:
        # These begin with a verb of their own: "heeft rugklachten" becomes "tilt niet zwaar".
        before = _CAUSE.sub(", ", _VERB.sub("", before))
    if not instead and found.category is Giveaway.AGE and _IS.search(before):
        # "is 52 jaar oud en kookt" becomes "kookt".
        before, after = _IS.sub("", before), _AND.sub(" ", after)
    return _joined(before, instead, after)


def _joined(before: str, instead: str, after: str) -> str:
    """Join what stands around; without words between, without doubled spaces and commas."""
    begins = not before.strip() or before.rstrip()[-1] in ".!?\n"
    if instead:
        return before + (instead[0].upper() + instead[1:] if begins else instead) + after
    left, right = before.rstrip(" "), after.lstrip(" ")
    if right[:1] in (",", ";") and (begins or left[-1:] in (",", ";", "(")):
        right = right[1:].lstrip(" ")
    if left[-1:] in (",", ";") and right[:1] in ("", ".", "!", "?", ")", "\n"):
        left = left[:-1]
    if left.endswith("(") and right.startswith(")"):
        left, right = left[:-1].rstrip(" "), right[1:].lstrip(" ")
    if begins and right:
        right = right[0].upper() + right[1:]
    tight = not left or left[-1] in "\n(" or right[:1] in ("", ",", ";", ".", "!", "?", ")", "\n")
    return left + ("" if tight else " ") + right
