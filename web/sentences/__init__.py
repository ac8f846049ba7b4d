"""One short sentence for each reason code of the matcher, from its evidence."""

from web.sentences.base import Evidence, Labels
from web.sentences.conditions import CONDITIONS
from web.sentences.texts import TEXTS
from web.sentences.unknown import unknown_sentence

__all__ = ["sentence_of"]


def sentence_of(code: str, evidence: Evidence, labels: Labels, *, of_you: bool = False) -> str:
    """Return what a reason holds; `labels` gives the name of each activity.

    of_you: the reader is the supplier himself.
    """
    if code in TEXTS:
        return TEXTS[code](evidence, labels)
    if code in CONDITIONS:
        return CONDITIONS[code](evidence)
    return unknown_sentence(code, evidence, of_you=of_you)
