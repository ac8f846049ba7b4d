"""The coordinator edits the activities and the dated rules; every process notices."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from matcher import RuleError, check_rules
from matcher.vocabulary import Certainty
from models import Activity, ActivitySynonym, Rule, fold, now
from models.marker import N_
from web.services import events
from web.services.actor import Actor
from web.services.catalogue import INFORMATION, stamp_reference
from web.services.errors import ConflictError, InvalidError, NotFoundError
from web.services.reference_queries import activity
from web.services.reference_rights import check_may_edit, tell_other_regions
from web.services.texts import clean_line
from web.services.values import rule_value

LONGEST_LABEL = 120
LONGEST_CLUSTER = 60
MOST_SYNONYMS = 200
#: Checks that only ever advise, however certain the rule is.
ADVISING = frozenset({"checklist", "placement.agreement", INFORMATION})


@dataclass(frozen=True, slots=True, kw_only=True)
class ActivityDraft:
    """An activity as somebody typed it; synonyms one by one."""

    label: str
    cluster: str
    synonyms: Sequence[str] = ()
    is_active: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleDraft:
    """What may be changed of a rule; its check stays what it is."""

    title: str
    explanation: str
    certainty: Certainty
    source: str
    parameters: dict[str, Any] = field(default_factory=dict)
    valid_from: date | None = None
    valid_to: date | None = None


def seen_mark(edited_at: datetime | None) -> str:
    """Return what a form carries to notice that somebody edited the row meanwhile."""
    return edited_at.isoformat() if edited_at else ""


def add_activity(session: Session, actor: Actor, draft: ActivityDraft) -> Activity:
    """Add an activity, named after its label; raises `InvalidError` when it exists."""
    check_may_edit(session, actor)
    draft = _tidy(draft)
    slug = re.sub(r"[^a-z0-9]+", "-", fold(draft.label)).strip("-")[:60].strip("-")
    if not slug:
        raise InvalidError({"label": N_("Write a name with letters.")})
    _check_label(session, draft.label, None)
    if session.get(Activity, slug) is not None:
        raise InvalidError({"label": N_("There is an activity with this name already.")})
    row = Activity(id=slug, edited_at=now())
    session.add(row)
    _fill(row, draft)
    try:
        session.flush()
    except IntegrityError as error:
        raise ConflictError("exists") from error
    stamp_reference(session)
    events.record(session, actor, "activity", row.id, "added", after=activity_facts(row))
    tell_other_regions(session, actor, "activity", row.id, row.label)
    return row


def edit_activity(
    session: Session, actor: Actor, activity_id: str, draft: ActivityDraft, seen: str
) -> Activity:
    """Change an activity; raises `ConflictError` when somebody edited it since `seen`."""
    check_may_edit(session, actor)
    session.execute(select(Activity.id).where(Activity.id == activity_id).with_for_update())
    row = activity(session, activity_id)
    draft = _tidy(draft)
    if seen_mark(row.edited_at) != seen:
        raise ConflictError("stale")
    _check_label(session, draft.label, activity_id)
    before = activity_facts(row)
    _fill(row, draft)
    after = activity_facts(row)
    if after != before:
        row.edited_at = now()
        session.flush()
        stamp_reference(session)
        events.record(session, actor, "activity", row.id, "edited", before=before, after=after)
        tell_other_regions(session, actor, "activity", row.id, row.label)
    return row


def _tidy(draft: ActivityDraft) -> ActivityDraft:
    problems: dict[str, str] = {}
    label, cluster = clean_line(draft.label), clean_line(draft.cluster)
    synonyms = list({clean_line(s).casefold(): clean_line(s) for s in draft.synonyms}.values())
    synonyms = [s for s in synonyms if s and s.casefold() != label.casefold()]
    if not 0 < len(label) <= LONGEST_LABEL:
        problems["label"] = N_("Write a name of at most 120 characters.")
    if not 0 < len(cluster) <= LONGEST_CLUSTER:
        problems["cluster"] = N_("Write a field of work of at most 60 characters.")
    if len(synonyms) > MOST_SYNONYMS or any(len(s) > LONGEST_LABEL for s in synonyms):
        problems["synonyms"] = N_("At most 200 lines, each of at most 120 characters.")
    if problems:
        raise InvalidError(problems)
    return ActivityDraft(label=label, cluster=cluster, synonyms=synonyms, is_active=draft.is_active)


def _check_label(session: Session, label: str, own_id: str | None) -> None:
    same = select(Activity.id).where(func.lower(Activity.label) == label.lower())
    if own_id is not None:
        same = same.where(Activity.id != own_id)
    if session.scalar(same.limit(1)) is not None:
        raise InvalidError({"label": N_("There is an activity with this name already.")})


def _fill(row: Activity, draft: ActivityDraft) -> None:
    row.label, row.cluster, row.is_active = draft.label, draft.cluster, draft.is_active
    known = {synonym.text: synonym for synonym in row.synonyms}
    row.synonyms = [known.get(text) or ActivitySynonym(text=text) for text in draft.synonyms]


def activity_facts(row: Activity) -> dict[str, Any]:
    """Return what the record keeps of an activity."""
    return {
        "label": row.label,
        "cluster": row.cluster,
        "is_active": row.is_active,
        "synonyms": [synonym.text for synonym in row.synonyms],
    }


def can_block(code: str, certainty: Certainty) -> bool:
    """Tell whether a rule of this kind keeps offers out."""
    return certainty is Certainty.CERTAIN and code not in ADVISING


def edit_rule(
    session: Session, actor: Actor, rule_id: str, draft: RuleDraft, seen: str, *, confirmed: bool
) -> Rule:
    """Change a rule; asks `confirm` where it will block what it did not block before.

    Raises `InvalidError` and `ConflictError` (`stale`).
    """
    check_may_edit(session, actor)
    session.execute(select(Rule.id).where(Rule.id == rule_id).with_for_update())
    row = session.get(Rule, rule_id, populate_existing=True)
    if row is None:
        raise NotFoundError
    if seen_mark(row.edited_at) != seen:
        raise ConflictError("stale")
    _check_rule(row, draft)
    before = rule_facts(row)
    if _blocks_more(row, draft) and not confirmed:
        message = N_("This rule will keep offers out. Confirm that you mean this.")
        raise InvalidError({"confirm": message})
    for name in ("title", "explanation", "certainty", "source", "parameters"):
        setattr(row, name, getattr(draft, name))
    row.valid_from, row.valid_to = draft.valid_from, draft.valid_to
    after = rule_facts(row)
    if after != before:
        row.edited_at = now()
        session.flush()
        stamp_reference(session)
        events.record(session, actor, "rule", row.id, "edited", before=before, after=after)
        tell_other_regions(session, actor, "rule", row.id, row.title)
    return row


def _check_rule(row: Rule, draft: RuleDraft) -> None:
    problems: dict[str, str] = {}
    if not 0 < len(draft.title) <= 200:
        problems["title"] = N_("Write a title of at most 200 characters.")
    if not draft.explanation:
        problems["explanation"] = N_("Explain the rule in plain words.")
    if not draft.source:
        problems["source"] = N_("Name where this rule can be read.")
    if draft.valid_from and draft.valid_to and draft.valid_to < draft.valid_from:
        problems["valid_to"] = N_("The last day lies before the first.")
    if row.code != INFORMATION:
        try:
            check_rules([_as_drafted(row, draft)])
        except RuleError:
            problems["parameters"] = N_("With these values the rule cannot be applied.")
    if problems:
        raise InvalidError(problems)


def _as_drafted(row: Rule, draft: RuleDraft) -> Any:
    copy = Rule(
        id=row.id,
        code=row.code,
        certainty=draft.certainty,
        parameters=draft.parameters,
        valid_from=draft.valid_from,
        valid_to=draft.valid_to,
        source=draft.source,
    )
    return rule_value(copy)


def _blocks_more(row: Rule, draft: RuleDraft) -> bool:
    """Tell whether a blocking rule is new, or blocks by other values or on other days."""
    if not can_block(row.code, draft.certainty):
        return False
    same = (row.parameters, row.valid_from, row.valid_to) == (
        draft.parameters,
        draft.valid_from,
        draft.valid_to,
    )
    return not (can_block(row.code, row.certainty) and same)


def rule_facts(row: Rule) -> dict[str, Any]:
    """Return what the record keeps of a rule."""
    return {
        "title": row.title,
        "explanation": row.explanation,
        "certainty": row.certainty.value,
        "parameters": dict(row.parameters),
        "source": row.source,
        "valid_from": row.valid_from.isoformat() if row.valid_from else None,
        "valid_to": row.valid_to.isoformat() if row.valid_to else None,
    }
