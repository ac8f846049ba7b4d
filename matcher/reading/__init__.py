"""Conditions read in free text: Dutch as Flanders writes it, the commonest French and English.

    read(text, kind, on=day)    tuple of `Reading`: a typed fact, its words, how sure it is

Each family of facts (people, hours, heights, …) has a small reader of its own, in `registry`. A
reader sees the text as a `page.Page`, looks for its `phrases`, and asks `scope` how they are meant:
denied, welcome, nothing else, or not required at all. Nothing is ever raised, and every span lies
inside the text.
"""

from matcher.reading.reader import read
from matcher.reading.values import Context, Polarity, Reading

__all__ = ["Context", "Polarity", "Reading", "read"]
