"""Events in words: who did what, when, and what changed from what to what."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from models import Event
from models.states import MatchStatus, NewsTopic, Rhythm
from web.i18n import N_, _
from web.labels import label_of
from web.record_values import label_for, word_for
from web.services.record import Subject
from web.services.record_names import Names

MAIL_CHOSEN = "mail_chosen"
_ACTIONS: dict[str, dict[str, str]] = {
    Subject.NEED: {
        "created": N_("wrote the need"),
        "published": N_("published the need"),
        "changed": N_("changed the need"),
        "deleted": N_("deleted the draft of the need"),
        "withdrawn": N_("took the need back"),
        "reopened": N_("opened the need again"),
        "postponed": N_("put the need off"),
        "resumed": N_("took the need up again"),
        "handed_over": N_("handed the need to a colleague"),
        "status": N_("brought the need to another status"),
    },
    Subject.OFFER: {
        "created": N_("wrote the offer"),
        "published": N_("published the offer"),
        "changed": N_("changed the offer"),
        "confirmed": N_("confirmed that the offer still holds"),
        "emptied": N_("erased the words of the profile"),
        "paused": N_("paused the offer"),
        "resumed": N_("took the offer up again"),
        "withdrawn": N_("took the offer back"),
        "deleted": N_("deleted the draft of the offer"),
    },
    Subject.MATCH: {
        "added_by_hand": N_("put an offer forward by hand"),
        "undone": N_("undid a decision"),
        "came_back": N_("suggests a refused offer again: one side changed what mattered"),
        "contact_made": N_("noted that the two sides spoke"),
        "question_asked": N_("asked a question"),
        "question_answered": N_("answered a question"),
        "question_shared": N_("showed a question and its answer to others, or hid it"),
        "visit_proposed": N_("proposed a visit"),
        "visit_accepted": N_("accepted a visit"),
        "visit_cancelled": N_("called a visit off"),
        "answered": N_("answered a proposal"),
        "introduced": N_("brought the two sides together"),
        "agreed": N_("wrote down what was agreed"),
        "agreement_changed": N_("changed the agreement"),
        "began": N_("said that the work began"),
        "ended": N_("told what came of it"),
        "fell_through": N_("said that it does not go through"),
        "step_undone": N_("took a step back"),
        "checked": N_("ticked the checklist"),
        "unchecked": N_("took a tick from the checklist"),
        "retention": N_("told whether the person is still there"),
    },
    Subject.ORGANISATION: {
        "created": N_("registered the organisation"),
        "imported": N_("brought the organisation in from a list"),
        "changed": N_("changed the organisation"),
        "applied": N_("asked to be let in as supplier"),
        "approved": N_("let the supplier in"),
        "refused": N_("kept the supplier out"),
        "member_joined": N_("added a person who acts for the organisation"),
        "member_left": N_("removed a person who acted for the organisation"),
        "member_invited": N_("invited somebody to act for the organisation"),
        "invitation_withdrawn": N_("withdrew an invitation"),
        "interest_declared": N_("declared an interest in the organisation"),
        "interest_changed": N_("changed the note of an interest"),
        "interest_withdrawn": N_("withdrew an interest in the organisation"),
    },
    Subject.USER: {
        "registered": N_("registered"),
        "confirmed": N_("confirmed the e-mail address"),
        "changed": N_("changed own data"),
        "email_changed": N_("took another e-mail address"),
        "password_changed": N_("took another password"),
        "sessions_ended": N_("logged out everywhere"),
        "appointed": N_("gave a role"),
        MAIL_CHOSEN: N_("chose how often to get mail"),
        "opened": N_("opened the account again"),
        "closed": N_("closed the account"),
        "erased": N_("erased the person"),
    },
    Subject.ACTIVITY: {
        "added": N_("added the activity"),
        "edited": N_("changed the activity"),
        "word_refused": N_("refused a word for the activity"),
    },
    Subject.RULE: {"edited": N_("changed the rule")},
    Subject.REGION: {"created": N_("made the region"), "set": N_("changed a setting")},
    Subject.LIST: {"imported": N_("brought in a list")},
    Subject.MAIL: {"sent_again": N_("let a mail be sent again")},
    Subject.WEIGHTS: {
        "learned": N_("learned other weights"),
        "went_live": N_("put other weights to work"),
        "went_back": N_("went back to other weights"),
    },
}
_DECISIONS = {
    MatchStatus.APPROVED: N_("approved an offer"),
    MatchStatus.REFUSED: N_("refused an offer"),
    MatchStatus.SET_ASIDE: N_("set an offer aside"),
}
#: What others than the coordinators do not read of a match: the weighing of all suppliers.
_WEIGHING = frozenset({"position", "refusal"})
KINDS = {
    Subject.NEED: N_("Need"),
    Subject.OFFER: N_("Offer"),
    Subject.MATCH: N_("Match"),
    Subject.ORGANISATION: N_("Organisation"),
    Subject.USER: N_("Rights of a person"),
    Subject.ACTIVITY: N_("Activity"),
    Subject.RULE: N_("Rule"),
    Subject.REGION: N_("Region"),
    Subject.LIST: N_("List"),
    Subject.WEIGHTS: N_("Weights"),
    Subject.MAIL: N_("Mail"),
}


@dataclass(frozen=True, slots=True)
class Change:
    """One value, as it was and as it became."""

    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Line:
    """One event, ready to be read."""

    number: int
    at: datetime
    who: str
    what: str
    changes: tuple[Change, ...]
    reason: str
    kind: str
    about: str
    subject: str
    key: str


def worded(events: Iterable[Event], names: Names, *, whole: bool) -> list[Line]:
    """Return events in words; without `whole` what the coordinators weighed stays away."""
    return [_line(event, names, whole) for event in events]


def _line(event: Event, names: Names, whole: bool) -> Line:
    subject = event.subject_type
    kind = Subject(subject) if subject in set(Subject) else None
    return Line(
        number=event.id,
        at=event.at,
        who=_who(event, names),
        what=_what(event),
        changes=tuple(_changes(event, names, whole)),
        reason=(event.reason or "") if whole or subject != Subject.MATCH else "",
        kind=_(KINDS[kind]) if kind else "",
        about=_about(event, names),
        subject=subject,
        key=event.subject_id,
    )


def worded_status(status: MatchStatus) -> str:
    """Say what a person did who brought a match to a status."""
    return _(_DECISIONS.get(status, _ACTIONS[Subject.MATCH]["undone"]))


def _who(event: Event, names: Names) -> str:
    if event.actor is None:
        return "Brug"
    return _("the other side") if event.actor.id in names.hidden else event.actor.name


def _what(event: Event) -> str:
    if event.subject_type == Subject.MATCH and event.action == "decided":
        return worded_status(MatchStatus(event.after["status"]))
    known = _ACTIONS.get(event.subject_type, {})
    return _(known[event.action]) if event.action in known else _("changed something")


def is_worded(subject: str, action: str) -> bool:
    """Tell whether somebody found words for what happened."""
    return action in _ACTIONS.get(subject, {}) or (subject, action) == (Subject.MATCH, "decided")


def _about(event: Event, names: Names) -> str:
    """Return what the thing is called that an event is about."""
    if event.subject_type == Subject.MATCH and event.subject_id in names.pairs:
        need_id, offer_id = names.pairs[event.subject_id]
        return f"{names.of(Subject.NEED, need_id)} – {names.of(Subject.OFFER, offer_id)}"
    if event.subject_type in set(Subject):
        return names.of(Subject(event.subject_type), event.subject_id)
    return ""


def _changes(event: Event, names: Names, whole: bool) -> Iterable[Change]:
    before, after = event.before, event.after
    if event.action == MAIL_CHOSEN:
        yield from _rhythms(before, after)
        return
    kind = after.get("kind") or before.get("kind")
    for name in {**before, **after}:
        label = label_for(name)
        was, became = before.get(name), after.get(name)
        # What was never asked is no, which is nothing to tell at the first writing.
        untold = was is None and became is False
        if label is None or was == became or untold or (not whole and name in _WEIGHING):
            continue
        if name == "synonyms":
            was, became = _only(was, became), _only(became, was)
        words = [word_for(event.subject_type, name, value, kind, names) for value in (was, became)]
        if any(words):
            yield Change(label, *words)


def _rhythms(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterable[Change]:
    """Tell how often somebody wants mail about what."""
    for topic in NewsTopic:
        was, became = before.get(topic), after.get(topic)
        if was != became and became in set(Rhythm):
            told = label_of(Rhythm(was)) if was in set(Rhythm) else ""
            yield Change(label_of(topic), told, label_of(Rhythm(became)))


def _only(words: Any, other: Any) -> list[Any]:
    known = set(other or ())
    return [word for word in words or () if word not in known]
