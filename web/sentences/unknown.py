"""What is not known, and what is asked of it."""

from collections.abc import Mapping

from models.options import MOBILITY, PAPERS, SCHEDULES, SURROUNDINGS
from web.i18n import N_
from web.sentences.base import Evidence, Word, lower, names, number, say, told

_PAPERS = say(N_("It is not known whether they have %(names)s."), names=names("asked", PAPERS))

#: By the name of the criterion or the condition.
UNKNOWN: Mapping[str, Word] = {
    "text": say(N_("There is too little text to compare.")),
    "activity": say(N_("It is not known which activity it is about.")),
    "core_activity": say(N_("It is not known whether this is the core activity.")),
    "distance": say(N_("The service area is not known.")),
    "capacity": say(
        N_("It is not known how many people are free; %(asked)s asked."), asked=told("asked")
    ),
    "period": say(N_("It is not known when they are free.")),
    "hours": say(
        N_("It is not known how many hours are possible; %(asked)s asked."), asked=number("asked")
    ),
    "schedule": say(
        N_("It is not known whether they can work then: %(times)s."),
        times=lower("asked", SCHEDULES),
    ),
    "certificates": _PAPERS,
    "licences": _PAPERS,
    "wishes": say(
        N_("It is not known whether they have what is welcome: %(names)s."),
        names=names("asked", PAPERS),
    ),
    "language": say(N_("The level of Dutch is not known; %(asked)s asked."), asked=told("asked")),
    "site": say(N_("It is not known whether they come on site.")),
    "phase": say(N_("It is not known for which step of the track this is.")),
    "surroundings": say(
        N_("It is not known whether they work %(where)s."), where=lower("asked", SURROUNDINGS)
    ),
    "height": say(N_("It is not known whether they work %(asked)s m high."), asked=number("asked")),
    "load": say(N_("It is not known whether they lift %(asked)s kg."), asked=number("asked")),
    "moving": say(N_("It is not known whether they fetch and bring the goods.")),
    "travel": say(
        N_("It is not known whether they get there by %(ways)s."), ways=lower("asked", MOBILITY)
    ),
}
_YOUR_PAPERS = say(N_("It is not known whether you have %(names)s."), names=names("asked", PAPERS))
#: What is told otherwise to the supplier himself.
UNKNOWN_OF_YOU: Mapping[str, Word] = {
    "period": say(N_("It is not known when you are free.")),
    "schedule": say(
        N_("It is not known whether you can work then: %(times)s."),
        times=lower("asked", SCHEDULES),
    ),
    "certificates": _YOUR_PAPERS,
    "licences": _YOUR_PAPERS,
    "wishes": say(
        N_("It is not known whether you have what is welcome: %(names)s."),
        names=names("asked", PAPERS),
    ),
    "site": say(N_("It is not known whether you come on site.")),
    "surroundings": say(
        N_("It is not known whether you work %(where)s."), where=lower("asked", SURROUNDINGS)
    ),
    "height": say(N_("It is not known whether you work %(asked)s m high."), asked=number("asked")),
    "load": say(N_("It is not known whether you lift %(asked)s kg."), asked=number("asked")),
    "moving": say(N_("It is not known whether you fetch and bring the goods.")),
}
_SOMETHING = say(N_("Something is not known."))


def unknown_sentence(code: str, evidence: Evidence, *, of_you: bool = False) -> str:
    """Say which fact was missing for a reason; `of_you` speaks to the supplier himself."""
    name = code.split(".")[0]
    word = UNKNOWN.get(name, _SOMETHING)
    return (UNKNOWN_OF_YOU.get(name, word) if of_you else word)(evidence)
