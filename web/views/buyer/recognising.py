"""What Brug makes of the words while they are typed; asked by `static/js/recognise.js`."""

from flask import jsonify, render_template, request
from flask.typing import ResponseReturnValue

from web.access import Access, access
from web.database import db, reads_only
from web.views.buyer.base import blueprint, catalogue, own_need
from web.views.buyer.words import seen, words_form


@blueprint.route("/vragen/herken", methods=["POST"])
@access(Access.MEMBER)
@reads_only
def recognise() -> ResponseReturnValue:
    """Return the recognised part of the page, and the kind to propose; nothing is stored."""
    number = request.form.get("need_id", "", str)
    need = own_need(int(number)) if number.isascii() and number.isdecimal() else None
    form = words_form(need)
    shown = seen(form, need)
    look = shown["look"]
    html = render_template("buyer/_seen.html", form=form, **shown)
    return jsonify(html=html, kind=look.kind.value, fitting=look.fitting)


@blueprint.route("/vragen/activiteiten")
@access(Access.MEMBER)
def activities() -> ResponseReturnValue:
    """Complete the name of an activity, also by its other names."""
    with catalogue().open(db()) as shelf:
        found = shelf.taxonomy.suggest(request.args.get("q", "")[:120])
    return jsonify(items=[{"label": activity.label} for activity in found])
