"""The criteria that weigh a pair: each one short function, one reason, one formula.

A criterion returns None where it has nothing to say of the pair (neither side states the fact, or
it does not concern this kind). Where one side lacks the fact, its reason is `<name>.unknown` with
0 points and `known=False`: missing is not a mismatch.

========================  =========================================================================
reason codes              evidence
========================  =========================================================================
base                      (none)
text.similar              similarity: of the words (0..1); words: list of [word of the need, word of
                          the offer]; meaning: cosine of the two vectors, None where only words were
                          compared
text.none                 similarity, words, meaning
text.unknown              side: need, offer or both
activity.shared           activities: list of {id, need_words, offer_words}; chosen: sides where
                          the writer chose them (need, offer)
activity.cluster          cluster, need, offer: activity ids that are near each other
activity.none             need, offer: activity ids
activity.unknown          side
kind.natural              need_kind, offer_kind
kind.second               need_kind, offer_kind
core_activity.yes/.no     (none)
core_activity.unknown     side: need
distance.inside           km (absent when a place is unknown), area: radius or municipalities,
                          radius_km
distance.outside          km, beyond_km (radius only), area, radius_km
distance.unknown          km where both places are known; missing: place or area
========================  =========================================================================

The other conditions, with their evidence, are in `matcher.conditions`.
"""

import math
from collections.abc import Iterator
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from matcher.conditions import Condition
from matcher.encoding import MEANING_UNIT
from matcher.features import UNIT
from matcher.geography import kilometres, serves
from matcher.pairs import Pair, asked_of
from matcher.profiles import Profile, likeness
from matcher.values import Evidence, Need, Reason
from matcher.vocabulary import ANSWERS, NeedKind, OfferKind
from matcher.weights import Weights

Number = TypeVar("Number", float, NDArray[np.float32])

#: Contributions are rounded to this many decimals: equal on every machine, and readable.
DECIMALS = 4
#: From this similarity on two texts are called similar, from this likeness on two profiles alike.
_SIMILAR, _ALIKE = 0.02, 0.2
#: Or from this cosine on: one in ten texts that have nothing to do with each other gets there.
_SAME_MEANING = 0.15
_MOST_ACTIVITIES = 3


def _reason(code: str, points: float, evidence: Evidence) -> Reason:
    return Reason(code, round(points, DECIMALS) + 0.0, evidence)


def _unknown(name: str, evidence: Evidence) -> Reason:
    return Reason(f"{name}.unknown", 0.0, evidence, known=False)


def _lacking(need: bool, offer: bool) -> str:
    """Name the side that lacks a fact, given which side has it."""
    if need:
        return "offer"
    return "need" if offer else "both"


def base(pair: Pair, weights: Weights) -> Reason:
    """Return the prior: `base`."""
    return _reason("base", weights.base, {})


def text_points(similarity: Number, weights: Weights) -> Number:
    """Return text_scale x s / (s + text_half) for one similarity or many, 0 to 1."""
    return weights.text_scale * similarity / (similarity + weights.text_half)


def together(similarity: Number, meaning: Number, weights: Weights) -> Number:
    """Return similarity + text_meaning x max(0, cosine), for whole units of each."""
    near: Number = np.maximum(0.0, meaning / MEANING_UNIT**2)
    return similarity / UNIT**2 + weights.text_meaning * near


def text(pair: Pair, weights: Weights) -> Reason:
    """Return `text_points` of what the two texts have in common, in words and in meaning.

    Where a vector lacks, in words alone.
    """
    if not (pair.need.text_known and pair.offer.text_known):
        side = _lacking(pair.need.text_known, pair.offer.text_known)
        return _unknown("text", {"side": side})
    words = pair.similarity / UNIT**2
    cosine = None if pair.meaning is None else round(pair.meaning / MEANING_UNIT**2, 3)
    alike = words >= _SIMILAR or (cosine is not None and cosine >= _SAME_MEANING)
    evidence: Evidence = {"similarity": round(words, 3), "meaning": cosine}
    points = text_points(float(together(pair.similarity, pair.meaning or 0, weights)), weights)
    return _reason("text.similar" if alike else "text.none", points, evidence)


def activity_points(likeness: Number, cluster_likeness: Number, weights: Weights) -> Number:
    """Return activity_shared x likeness + activity_cluster x that of the clusters + apart."""
    near: Number = weights.activity_shared * likeness + weights.activity_cluster * cluster_likeness
    return near + weights.activity_apart


def activity(pair: Pair, weights: Weights) -> Reason:
    """Return `activity_points` of the two profiles, where both are known."""
    need, offer = pair.need, pair.offer
    if not (need.activities and offer.activities):
        side = _lacking(bool(need.activities), bool(offer.activities))
        return _unknown("activity", {"side": side})
    alike = likeness(need.activities, offer.activities)
    near = likeness(need.clusters, offer.clusters)
    points = activity_points(alike, near, weights)
    if alike >= _ALIKE:
        return _reason("activity.shared", points, _shared_evidence(pair))
    if near >= _ALIKE:
        cluster = _most_shared(need.clusters, offer.clusters)[0]
        return _reason("activity.cluster", points, {"cluster": cluster, **_ids(pair)})
    return _reason("activity.none", points, _ids(pair))


def _ids(pair: Pair) -> Evidence:
    return {
        "need": list(pair.need.activities)[:_MOST_ACTIVITIES],
        "offer": list(pair.offer.activities)[:_MOST_ACTIVITIES],
    }


def _most_shared(need: Profile, offer: Profile) -> list[str]:
    shared = {name: percent * offer[name] for name, percent in need.items() if name in offer}
    return sorted(shared, key=lambda name: (-shared[name], name))[:_MOST_ACTIVITIES]


def _shared_evidence(pair: Pair) -> Evidence:
    shared = _most_shared(pair.need.activities, pair.offer.activities)
    sides = (("need", pair.need), ("offer", pair.offer))
    chosen = [side for side, entry in sides if entry.item.activities]
    return {"activities": [{"id": name} for name in shared], "chosen": chosen}


def kind_points(need: NeedKind, offer: OfferKind, weights: Weights) -> float:
    """Return 0 for the natural answer to a kind of need, `kind_second` for another one."""
    return 0.0 if ANSWERS[need][0] is offer else weights.kind_second


def kind(pair: Pair, weights: Weights) -> Reason:
    """Return `kind_points`."""
    need, offer = pair.need.item.kind, pair.offer.item.kind
    points = kind_points(need, offer, weights)
    code = "kind.natural" if ANSWERS[need][0] is offer else "kind.second"
    return _reason(code, points, {"need_kind": need.value, "offer_kind": offer.value})


def core_points(need: Need, offer: OfferKind, weights: Weights) -> float:
    """Return core_activity_yes or core_activity_no for a team in an enclave, else 0."""
    if need.kind is not NeedKind.ENCLAVE or offer is not OfferKind.ENCLAVE_TEAM:
        return 0.0
    if need.core_activity is None:
        return 0.0
    return weights.core_activity_yes if need.core_activity else weights.core_activity_no


def core_activity(pair: Pair, weights: Weights) -> Reason | None:
    """Return `core_points` for a team in an enclave."""
    need = pair.need.item
    if need.kind is not NeedKind.ENCLAVE or pair.offer.item.kind is not OfferKind.ENCLAVE_TEAM:
        return None
    if need.core_activity is None:
        return _unknown("core_activity", {"side": "need"})
    code = "core_activity.yes" if need.core_activity else "core_activity.no"
    return _reason(code, core_points(need, pair.offer.item.kind, weights), {})


def distance(pair: Pair, weights: Weights) -> Reason:
    """Return points for the way from the work place to the service area.

    Inside: distance_inside x (1 - km / (2 x radius)), whole without a radius.
    Outside: distance_outside + kilometre x km beyond the radius (all km without a radius), at
    least far.
    """
    need, offer = pair.need.item, pair.offer.item
    if need.place is None:
        return _unknown("distance", {"missing": "place"})
    inside = serves(offer, need.place)
    km = None if offer.place is None else kilometres(need.place, offer.place)
    evidence: Evidence = {} if km is None else {"km": km}
    if inside is None:
        return _unknown("distance", {**evidence, "missing": "area"})
    radius = offer.radius_km if km is not None else None
    listed = need.place.nis in offer.service_nis
    evidence["area"] = "municipalities" if listed or radius is None else "radius"
    if radius is not None and not listed:
        evidence["radius_km"] = radius
    if inside:
        points = inside_points(None if listed else km, radius, weights)
        return _reason("distance.inside", points, evidence)
    beyond = None if km is None else km - (radius or 0.0)
    if radius is not None and beyond is not None:
        evidence["beyond_km"] = round(beyond, 1)
    return _reason("distance.outside", outside_points(beyond, weights), evidence)


def inside_points(km: float | None, radius: float | None, weights: Weights) -> float:
    """Return the points for a place inside the area, fewer towards the border of a radius."""
    if km is None or not radius:
        return weights.distance_inside
    return weights.distance_inside * (1 - min(1.0, km / radius) / 2)


def outside_points(beyond: float | None, weights: Weights) -> float:
    """Return the points for a place outside the area, fewer with every km (None: unknown)."""
    return max(weights.far, weights.distance_outside + weights.kilometre * (beyond or 0.0))


def _conditions(pair: Pair, weights: Weights) -> Iterator[Reason]:
    """Weigh every condition on what is known of both sides."""
    asked = pair.asked or asked_of(pair.need)
    offer = pair.offered or pair.offer.known
    for condition in asked.conditions:
        told = condition.weigh(asked.need, offer, weights)
        if told is not None:
            yield _quoting(told, condition, pair)


def _quoting(told: Reason, condition: Condition, pair: Pair) -> Reason:
    """Return a reason for as much as its facts are sure, with the words they were read in."""
    if pair.need.facts is None and pair.offer.facts is None:
        return told
    read = {
        side: found
        for side, facts in (("need", pair.need.facts), ("offer", pair.offer.facts))
        if facts is not None
        and (found := [facts.read[name] for name in condition.families if name in facts.read])
    }
    if not read:
        return told
    quotes = {side: " … ".join(one.words for one in found) for side, found in read.items()}
    sure = {side: math.prod(one.confidence for one in found) for side, found in read.items()}
    points = round(told.contribution * math.prod(sure.values()), DECIMALS) + 0.0
    evidence: Evidence = {
        **told.evidence,
        "read": quotes,
        "sure": {side: round(value, 2) for side, value in sure.items()},
    }
    return Reason(told.code, points, evidence, told.known)


def subject(pair: Pair, weights: Weights) -> tuple[Reason, ...]:
    """Return what the text, the activities and the kind say of a pair, the base first."""
    return (
        base(pair, weights),
        text(pair, weights),
        activity(pair, weights),
        kind(pair, weights),
    )


def terms(pair: Pair, weights: Weights) -> tuple[Reason, ...]:
    """Return what everything else says: core activity, distance, and the conditions in order."""
    core = core_activity(pair, weights)
    first = () if core is None else (core,)
    return (*first, distance(pair, weights), *_conditions(pair, weights))


def reasons(pair: Pair, weights: Weights) -> tuple[Reason, ...]:
    """Return what every criterion says of a pair, always in the same order."""
    return (*subject(pair, weights), *terms(pair, weights))
