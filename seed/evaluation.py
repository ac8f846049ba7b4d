"""Measures the matcher on a labelled file, through the very services that serve the pages.

The activities, rules and places are those of this version of Brug, loaded into a database in
memory, so that the figures depend on nothing but the code, the file and the encoder.
"""

from collections.abc import Mapping
from datetime import date

from sqlalchemy.orm import Session

from matcher.encoding import Encoder, Meaning, TimedEncoder, meanings
from matcher.evaluation import Mean, Quality
from matcher.labelled import Labelled, LabelledNeed, LabelledOffer
from matcher.values import Need as NeedValue
from matcher.values import Offer as OfferValue
from matcher.values import Place
from matcher.weights import Weights
from models import make_engine, migrate, session_factory
from seed.reference import load_reference
from web.services.catalogue import Catalogue, Shelf
from web.services.matching import rank_values
from web.services.places import resolve_place

Rankings = dict[str, list[tuple[str, float]]]
Meanings = dict[str, Meaning | None]


def rank_labelled(labelled: Labelled, on: date, encoder: TimedEncoder | None) -> Rankings:
    """Rank the offers of a file for each of its needs: offer ids with scores, best first.

    Without an encoder, by words alone.
    """
    return rank_read(labelled, on, read_meanings(labelled, encoder), encoder)


def rank_read(
    labelled: Labelled,
    on: date,
    known: Meanings,
    encoder: TimedEncoder | None,
    weights: Weights | None = None,
) -> Rankings:
    """Rank as `rank_labelled` does, with vectors that are there already; weights: other ones.

    Without an encoder the profiles do not read the vectors.
    """
    engine = make_engine("sqlite://")
    migrate.upgrade(engine)
    with session_factory(engine).begin() as session:
        load_reference(session)
    with session_factory(engine)() as session, Catalogue(encoder).open(session) as shelf:
        shelf.offers.weights = weights or shelf.offers.weights
        for offer in labelled.offers:
            shelf.offers.put(_offer(session, offer, on), known.get(offer.id))
        return {
            need.id: _ranked(session, shelf, need, known.get(need.id), on)
            for need in labelled.needs
        }


def read_meanings(labelled: Labelled, encoder: Encoder | None) -> Meanings:
    """Return the vectors of all texts of a file by id; none without an encoder."""
    if encoder is None:
        return {}
    rows: list[LabelledNeed | LabelledOffer] = [*labelled.needs, *labelled.offers]
    found = meanings(encoder, [(row.title, row.text) for row in rows])
    return {row.id: meaning for row, meaning in zip(rows, found, strict=True)}


def _ranked(
    session: Session, shelf: Shelf, need: LabelledNeed, meaning: Meaning | None, on: date
) -> list[tuple[str, float]]:
    value = NeedValue(
        id=need.id,
        kind=need.kind,
        title=need.title,
        text=need.text,
        place=_place(session, need.municipality),
        written=on,
    )
    ranking = rank_values(shelf, value, on, meaning=meaning)
    return [(found.offer_id, found.score) for found in ranking.suggestions]


def _offer(session: Session, offer: LabelledOffer, on: date) -> OfferValue:
    return OfferValue(
        id=offer.id,
        kind=offer.kind,
        title=offer.title,
        text=offer.text,
        place=_place(session, offer.municipality),
        written=on,
    )


def _place(session: Session, municipality: str) -> Place | None:
    found = resolve_place(session, municipality)
    return found.place if found else None


def table_lines(quality: Quality) -> list[str]:
    """Return the means with their intervals as lines of a table, a column a group."""
    groups = list(next(iter(quality.means.values())))
    lines = ["".join(["".ljust(10), *(group.rjust(20) for group in groups)])]
    for name, means in quality.means.items():
        cells = [_cell(means[group]).rjust(20) for group in groups]
        lines.append("".join([name.ljust(10), *cells]))
    return lines


def peer_lines(qualities: Mapping[str, Quality]) -> list[str]:
    """Return the overall means of several rankings as lines of a table, a row each."""
    width = max(map(len, qualities)) + 2
    measures = next(iter(qualities.values())).means
    lines = ["".join(["".ljust(width), *(name.rjust(20) for name in measures)])]
    for name, quality in qualities.items():
        cells = [_cell(groups["overall"]).rjust(20) for groups in quality.means.values()]
        lines.append("".join([name.ljust(width), *cells]))
    return lines


def _cell(mean: Mean) -> str:
    if mean.mean is None or mean.low is None or mean.high is None:
        return "-"
    return f"{mean.mean:.3f} ({mean.low:.2f}-{mean.high:.2f})"
