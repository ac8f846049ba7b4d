import json
import subprocess
import sys

import pytest

from matcher import rank, search, shared_spans
from matcher.features import text_vector
from matcher.tokens import MAX_CHARACTERS
from tests.matcher.samples import TODAY, make_need, make_offer, offer_index, taxonomy

TEXTS = {
    "empty": "",
    "one word": "haag",
    "blanks": " \t\r\n\u00a0\u200b",
    "a megabyte of words": "onkruid wieden " * 70_000,
    "a megabyte of one word": "a" * 1_000_000,
    "a megabyte of new words": " ".join(f"woord{n}x" for n in range(90_000)),
    "control characters": "haag\x00\x01\x1b[31m\x7fknippen",
    "lone surrogates": "haag \ud800\udfff knippen",
    "emoji": "🌿👩‍🌾 haag 🇧🇪",
    "combining": "e\u0301" * 500 + " hááág",
    "right to left": "نحن نبحث عن عمال لتنظيف المكاتب",
    "chinese": "我们需要清洁服务",
    "turkish": "İSTANBUL İŞÇİ",
    "sql": "'; DROP TABLE needs; --",
    "html": "<script>alert('haag')</script>",
    "apostrophes": "'''' ’s 's-Gravenhage d'office foto's 't",
    "digits": "1234567890 " * 1000,
}


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS.keys())
def test_any_text_gets_an_answer(text: str) -> None:
    index = offer_index(make_offer("a", text, text), make_offer("b", "haag knippen"))
    ranking = rank(make_need(text=text, title=text), index, [], on=TODAY)
    assert len(ranking.suggestions) == 2
    json.dumps([r.evidence for s in ranking.suggestions for r in s.reasons])
    search(text, index)
    shared_spans(text, text)
    taxonomy().suggest(text)


def test_what_lies_beyond_the_cap_is_not_read() -> None:
    filler = "woord " * (MAX_CHARACTERS // 6 + 1)
    assert taxonomy().mentions("", filler + "onkruid wieden") == ()
    assert text_vector("", filler + "onkruid").ids.tolist() == text_vector("", filler).ids.tolist()


def test_importing_the_vocabulary_loads_no_heavy_library() -> None:
    program = (
        "import sys, matcher, matcher.vocabulary, matcher.values\n"
        "assert not {'numpy', 'scipy', 'sklearn', 'rapidfuzz'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", program], check=True)


def test_every_public_name_is_there() -> None:
    import matcher

    assert all(getattr(matcher, name) is not None for name in matcher.__all__)
    with pytest.raises(AttributeError, match="nothing"):
        matcher.nothing  # noqa: B018 -- asking for the name is the test
