"""The search: what is asked, what was found, and why."""

from dataclasses import dataclass

from flask import current_app, render_template, request
from markupsafe import Markup

from matcher.vocabulary import OfferKind
from models import Activity, Offer
from web.access import Access, access
from web.database import db
from web.explanations import activity_labels
from web.forms.search import NEAREST_FIRST, WHOLE_CLUSTER, SearchForm, search_form
from web.i18n import N_
from web.login import current_actor
from web.marking import excerpt_for, marked_for
from web.paging import Page, paged, paged_list
from web.services.places import FoundPlace, resolve_place, suggest_places
from web.services.search import (
    Hit,
    Wish,
    activities_by_cluster,
    find_offers,
    load_offers,
    newest_offers,
)
from web.views.visitor.blueprint import blueprint
from web.wording import Explanation, explain


@dataclass(frozen=True, slots=True)
class Result:
    """One offer on the page, with what it shares with the question marked."""

    offer: Offer
    title: Markup
    excerpt: Markup
    why: Explanation | None = None
    km: float | None = None


@blueprint.get("/zoeken")
@access(Access.PUBLIC)
def search() -> str:
    """Show what answers a question, or everything when nothing is asked."""
    clusters = activities_by_cluster(db())
    form = search_form(request.args, current_actor(), clusters)
    form.validate()
    place = _place(form)
    wish = _wish(form, place, clusters)
    return render_template(
        "visitor/search.html",
        form=form,
        place=place,
        near=_places_like(form) if form.place.errors else [],
        page=_newest(wish) if wish.is_open else _found(wish, form),
        wish=wish,
    )


def _place(form: SearchForm) -> FoundPlace | None:
    text = form.place.data
    place = resolve_place(db(), text) if text and not form.place.errors else None
    if text and place is None:
        form.add_problems({"place": N_("We do not know this place. Try the postcode.")})
    if form.distance.data and not text:
        form.add_problems({"place": N_("A distance needs a place to count from.")})
    return place


def _places_like(form: SearchForm) -> list[FoundPlace]:
    """Return places that begin as what was typed does, trying shorter beginnings."""
    typed = (form.place.data or "")[:20]
    for end in range(len(typed), 2, -1):
        found = suggest_places(db(), typed[:end])
        if found:
            return found[:4]
    return []


def _wish(form: SearchForm, place: FoundPlace | None, clusters: dict[str, list[Activity]]) -> Wish:
    valid = {field.short_name: field.data for field in form if not field.errors and field.data}
    work = valid.get("werk", "")
    cluster = clusters.get(work.removeprefix(WHOLE_CLUSTER), [])
    return Wish(
        text=valid.get("q", ""),
        place=place.place if place else None,
        kind=OfferKind(valid["soort"]) if "soort" in valid else None,
        activities=frozenset(a.id for a in cluster) or frozenset({work} if work else ()),
        max_km=float(valid["km"]) if place and "km" in valid else None,
    )


def _newest(wish: Wish) -> Page[Result]:
    page = paged(db(), newest_offers(current_actor(), wish.kind))
    results = [
        Result(offer, Markup.escape(offer.title), excerpt_for("", offer.text))
        for offer in page.items
    ]
    return Page(results, page.number, page.total, page.per_page)


def _found(wish: Wish, form: SearchForm) -> Page[Result]:
    nearest = form.order.data == NEAREST_FIRST or not wish.text
    with current_app.extensions["brug_catalogue"].open(db()) as shelf:
        hits = find_offers(db(), shelf, current_actor(), wish, nearest_first=nearest)
    page = paged_list(hits)
    offers = load_offers(db(), current_actor(), [hit.offer_id for hit in page.items])
    results = [_result(wish, hit, offers[hit.offer_id]) for hit in page.items]
    return Page(results, page.number, page.total, page.per_page)


def _result(wish: Wish, hit: Hit, offer: Offer) -> Result:
    return Result(
        offer,
        marked_for(wish.text, offer.title),
        excerpt_for(wish.text, offer.text),
        explain(hit.score, hit.reasons, activity_labels()),
        hit.km,
    )
