"""The search of a visitor: a form whose answers live in the address."""

from collections.abc import Mapping
from typing import Any

from wtforms import SelectField

from matcher.vocabulary import OfferKind
from models import Activity
from web.forms.base import BrugForm, LineField
from web.i18n import _, _l
from web.labels import label_of
from web.services.actor import Actor

LONGEST_QUERY = 300
LONGEST_PLACE = 80
DISTANCES = (5, 10, 20, 30, 50)
NEAREST_FIRST = "afstand"
#: Before the name of a cluster in the address: every activity of that cluster.
WHOLE_CLUSTER = "alles:"


class SearchForm(BrugForm):
    """What somebody looks for; every part may stay open."""

    class Meta:
        """A search changes nothing, so it needs no token."""

        csrf = False

    query = LineField(_l("What are you looking for?"), most=LONGEST_QUERY, name="q")
    place = LineField(_l("Near which municipality?"), most=LONGEST_PLACE, name="plaats")
    kind = SelectField(_l("Kind of offer"), name="soort")
    work = SelectField(_l("Kind of work"), name="werk")
    distance = SelectField(_l("Distance"), name="km")
    order = SelectField(_l("Order"), name="volgorde")


def search_form(arguments: Any, actor: Actor, clusters: Mapping[str, list[Activity]]) -> SearchForm:
    """Return the form with what the address says; its choices depend on who asks."""
    form = SearchForm(formdata=arguments)
    kinds = [kind for kind in OfferKind if kind is not OfferKind.PROFILE or sees_profiles(actor)]
    form.kind.choices = [("", _("All kinds")), *((kind.value, label_of(kind)) for kind in kinds)]
    form.work.choices = {"": [("", _("All work"))], **_by_cluster(clusters)}
    form.distance.choices = [
        ("", _("Any distance")),
        *((str(km), _("At most %(km)d km", km=km)) for km in DISTANCES),
    ]
    form.order.choices = [("", _("Best fit first")), (NEAREST_FIRST, _("Nearest first"))]
    for field in (form.kind, form.work, form.distance, form.order):
        field.data = field.data or ""
    return form


def sees_profiles(actor: Actor) -> bool:
    """Tell whether the actor may see profiles at all."""
    return bool(actor.organisation_ids or actor.coordinator_regions)


def _by_cluster(clusters: Mapping[str, list[Activity]]) -> dict[str, list[tuple[str, str]]]:
    return {
        cluster.capitalize(): [
            (WHOLE_CLUSTER + cluster, _("Everything in %(cluster)s", cluster=cluster)),
            *((activity.id, activity.label) for activity in activities),
        ]
        for cluster, activities in clusters.items()
    }
