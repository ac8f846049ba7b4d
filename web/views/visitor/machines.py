"""Answers for programs: places to complete what is typed, and what robots may read."""

from flask import Response, current_app, jsonify, request

from web.access import Access, access
from web.database import db
from web.services.places import suggest_places
from web.services.texts import clean_line
from web.views.visitor.blueprint import blueprint

LONGEST_PLACE = 80
PLACES_MAX_AGE = 600


@blueprint.get("/plaatsen.json")
@access(Access.PUBLIC)
def places() -> Response:
    """Return the places that begin with `q`, for a field that completes."""
    found = suggest_places(db(), clean_line(request.args.get("q"))[:LONGEST_PLACE])
    items = [
        {"label": place.label, "postcode": place.postcode, "nis": place.nis} for place in found
    ]
    answer = jsonify(items=items)
    answer.cache_control.public = True
    answer.cache_control.max_age = PLACES_MAX_AGE
    return answer


@blueprint.get("/robots.txt")
@access(Access.PUBLIC)
def robots() -> Response:
    """Keep robots out of a demo, and elsewhere out of the endless combinations of a search."""
    closed = "/" if current_app.config["BRUG_DEMO"] else "/zoeken?"
    return Response(f"User-agent: *\nDisallow: {closed}\n", mimetype="text/plain")
