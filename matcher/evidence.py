"""What two texts share, in words and in characters, so that a page can show why."""

from collections.abc import Container, Sequence
from dataclasses import dataclass
from functools import lru_cache

from matcher import dutch
from matcher.tokens import Token, normal_form, tokens, typed_words

_MOST_WORDS = 8
_SHORTEST_TYPO = 6
#: Words commoner than this (Zipf scale) explain nothing.
_TOO_COMMON = 5.3

WordPair = list[str]
Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class _Mention:
    """Where a term stands: the word as typed, and how close the term is to it (0 is itself)."""

    word: str
    step: int


@lru_cache(maxsize=100_000)
def telling_terms(word: str) -> tuple[tuple[int, str], ...]:
    """Return the terms of a word that explain something, each with its step from the word."""
    return tuple(
        (step, term)
        for step, term in enumerate(dutch.terms(word))
        if not dutch.is_generic(term) and dutch.term_zipf(term) < _TOO_COMMON
    )


@lru_cache(maxsize=100_000)
def _telling(typed: str) -> tuple[tuple[int, str], ...]:
    word = normal_form(typed)
    return telling_terms(word) if word else ()


@lru_cache(maxsize=2048)
def _mentions(title: str, text: str) -> dict[str, _Mention]:
    return _mentions_among(None, title, text)


def _mentions_among(terms: Container[str] | None, title: str, text: str) -> dict[str, _Mention]:
    """Return where a text has these terms, or any; of a hundred words few have those of another."""
    found: dict[str, _Mention] = {}
    for typed in (*typed_words(title), *typed_words(text)):
        for step, term in _telling(typed):
            if terms is None or term in terms:
                known = found.get(term)
                if known is None or step < known.step:
                    found[term] = _Mention(typed, step)
    return found


def shared_words(need: tuple[str, str], offer: tuple[str, str]) -> list[WordPair]:
    """Return pairs [word of the need, word of the offer] that mean the same, the rarest first.

    Each side is (title, text). A word of either side appears once.
    """
    left = _mentions(*need)
    right = _mentions_among(left, *offer)
    common = [term for term in left if term in right]
    common.sort(key=lambda t: (left[t].step + right[t].step > 0, dutch.term_zipf(t), t))
    pairs: list[WordPair] = []
    used: set[str] = set()
    for term in common:
        words = [left[term].word, right[term].word]
        sides = {f"n:{words[0].lower()}", f"o:{words[1].lower()}"}
        if used & sides:
            continue
        used |= sides
        pairs.append(words)
        if len(pairs) == _MOST_WORDS:
            break
    return pairs


def shared_spans(need_text: str, offer_text: str) -> tuple[tuple[Span, ...], tuple[Span, ...]]:
    """Return the character spans (start, end) in each text of the words that both share.

    Shared are equal stems, equal parts of compounds, words with the same meaning, and rare words
    one typing error apart; the commonest words are left out. Both texts are read as far as
    `matcher.tokens` reads.
    """
    left, right = tokens(need_text), tokens(offer_text)
    common = _all_terms(left) & _all_terms(right)
    typos = _typos({t.word for t in left}, {t.word for t in right})
    return _spans(left, common, typos), _spans(right, common, typos)


def _all_terms(found: Sequence[Token]) -> set[str]:
    return {term for token in found for _, term in telling_terms(token.word)}


def _typos(left: set[str], right: set[str]) -> set[str]:
    """Return the rare words of either side that are one typing error from a word of the other."""
    from rapidfuzz.distance import OSA
    from rapidfuzz.process import extract

    found: set[str] = set()
    for one, other in ((left, right), (right, left)):
        candidates = sorted(word for word in other if len(word) >= _SHORTEST_TYPO - 1)
        for word in sorted(word for word in one - other if _may_be_mistyped(word)):
            for match, _, _ in extract(word, candidates, scorer=OSA.distance, score_cutoff=1):
                found |= {word, match}
    return found


def _may_be_mistyped(word: str) -> bool:
    rare = dutch.frequencies().get(word, 0.0) < dutch.CORRECT_WORD
    return len(word) >= _SHORTEST_TYPO and rare


def _spans(found: Sequence[Token], common: set[str], typos: set[str]) -> tuple[Span, ...]:
    return tuple(
        (token.start, token.end)
        for token in found
        if token.word in typos or any(term in common for term in dutch.terms(token.word))
    )
