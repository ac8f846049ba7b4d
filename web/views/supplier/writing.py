"""Write an offer and change it."""

from flask import jsonify, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from matcher.vocabulary import OfferKind
from models import Offer, Rule
from models.states import OfferStatus
from web.access import Access, access
from web.database import db, reads_only
from web.errors import told
from web.forms.offers import OfferForm
from web.i18n import _
from web.login import current_actor
from web.services.errors import NotFoundError
from web.services.offer_checks import broken_rule
from web.services.offers import create_offer, publish_offer, update_offer
from web.services.profile_check import FREE_TEXTS
from web.services.profile_rewrites import rewrites
from web.views.supplier.base import (
    KIND_WORDS,
    SLUGS,
    attempt,
    blueprint,
    catalogue,
    own_offer,
    today,
    whole_number,
)
from web.views.supplier.privacy import take_rewrite_over, told_away
from web.views.supplier.sheet import (
    offer_form,
    offer_page,
    organisations_for,
    pressed,
    seen,
    written,
)

#: Buttons that only look again: nothing is stored.
LOOKS = ("look", "add", "area")


def _kind(slug: str) -> OfferKind:
    if slug not in SLUGS:
        raise NotFoundError
    return SLUGS[slug]


def _only_looks(form: OfferForm, kind: OfferKind) -> bool:
    action = request.form.get("action", "")
    return request.method == "GET" or action in LOOKS or pressed(form, kind, action)


def _forbidding_rule(kind: OfferKind) -> Rule | None:
    """Return the rule by which none of the person's organisations may list this kind."""
    with catalogue().open(db()) as shelf:
        rules = [
            broken_rule(kind, organisation.work_form, shelf.rules, today())
            for organisation in organisations_for(None)
        ]
    return db().get(Rule, rules[0].id) if rules[0] and all(rules) else None


@blueprint.route("/mijn-aanbod/nieuw")
@access(Access.SUPPLIER)
def new_offer() -> ResponseReturnValue:
    """Choose what kind of offer to list."""
    rule = _forbidding_rule(OfferKind.ENCLAVE_TEAM)
    kinds = [(slug, kind, _(KIND_WORDS[kind])) for slug, kind in SLUGS.items()]
    return render_template("supplier/new_offer.html", kinds=kinds, rule=rule)


@blueprint.route("/mijn-aanbod/nieuw/<slug>", methods=["GET", "POST"])
@access(Access.SUPPLIER)
def new_offer_of_kind(slug: str) -> ResponseReturnValue:
    """Write a new offer of one kind."""
    kind = _kind(slug)
    if rule := _forbidding_rule(kind):
        return render_template("supplier/not_allowed.html", kind=kind, rule=rule), 403
    form = offer_form(kind)
    if _only_looks(form, kind):
        return offer_page(form, kind)
    return attempt(
        form, lambda: _create(form, kind), lambda status: offer_page(form, kind, status=status)
    )


@blueprint.route("/mijn-aanbod/<int:offer_id>/wijzigen", methods=["GET", "POST"])
@access(Access.SUPPLIER)
def edit_offer(offer_id: int) -> ResponseReturnValue:
    """Change an offer; a withdrawn one can only be copied."""
    offer = own_offer(offer_id)
    if offer.status is OfferStatus.WITHDRAWN:
        message = _("This offer is withdrawn. Copy it to start from what it says.")
        return told(message, url_for("supplier.offers", toon="withdrawn"), "warning")
    form = offer_form(offer.kind, offer)
    if _only_looks(form, offer.kind):
        return offer_page(form, offer.kind, offer)
    return attempt(
        form,
        lambda: _change(form, offer),
        lambda status: offer_page(form, offer.kind, offer, status),
    )


@blueprint.route("/mijn-aanbod/nieuw/<slug>/herken", methods=["POST"])
@access(Access.SUPPLIER)
@reads_only
def recognise(slug: str) -> ResponseReturnValue:
    """Return what Brug makes of the words while they are typed; nothing is stored."""
    kind = _kind(slug)
    form = offer_form(kind)
    rewritten = {}
    if take_rewrite_over(form, kind, request.form.get("action", "")):
        rewritten = {name: form[name].data for name in FREE_TEXTS}
    _look, shown = seen(form, kind)
    html = render_template("supplier/_seen.html", form=form, kind=kind, **shown)
    slots = render_template("supplier/_slots.html", **shown)
    given = render_template(
        "supplier/_told_away.html", form=form, told_away=told_away(form, kind), rewrites=rewrites
    )
    return jsonify(html=html, slots=slots, told_away=given, rewritten=rewritten)


def _publishes() -> bool:
    return request.form.get("action") == "publish"


def _create(form: OfferForm, kind: OfferKind) -> Response:
    key = (form.submission_key.data or "")[:36] or None
    offer = create_offer(db(), current_actor(), written(form, kind), submission_key=key)
    return _onwards(form, offer)


def _change(form: OfferForm, offer: Offer) -> Response:
    update_offer(
        db(),
        current_actor(),
        catalogue(),
        offer,
        written(form, offer.kind),
        version=whole_number(form.version.data) or 0,
        on=today(),
        looked_over=form.looked_over.data,
    )
    return _onwards(form, offer)


def _onwards(form: OfferForm, offer: Offer) -> Response:
    if _publishes():
        if offer.status is OfferStatus.DRAFT:
            looked_over = form.looked_over.data
            publish_offer(
                db(), catalogue(), current_actor(), offer, today(), looked_over=looked_over
            )
        message = _("Your offer is published. These open needs fit it today.")
        return told(message, url_for("supplier.fitting_needs", aanbod=offer.id))
    if offer.status is OfferStatus.DRAFT:
        return told(_("Your draft is kept. Nobody else sees it yet."), url_for("supplier.offers"))
    return told(_("Your changes are saved."), url_for("supplier.offers"))
