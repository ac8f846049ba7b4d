"""The pages to read: home, the showcase, the work forms, the glossary and the statements."""

from flask import current_app, render_template

from web.access import Access, access
from web.database import db
from web.login import current_actor
from web.services.errors import NotFoundError
from web.services.region_numbers import numbers, regions
from web.services.search import newest_offers, offers_in_clusters
from web.showcase import PICTOGRAMS, SECTORS, WORK_FORMS
from web.views.visitor.blueprint import blueprint

RECENT_OFFERS = 6
SECTOR_OFFERS = 3


@blueprint.get("/")
@access(Access.PUBLIC)
def home() -> str:
    """Say what Brug is and let people begin."""
    recent = db().scalars(newest_offers(current_actor()).limit(RECENT_OFFERS)).all()
    return render_template(
        "visitor/home.html",
        recent=recent,
        numbers=numbers(db()),
        regions=regions(db()),
        pictograms=PICTOGRAMS,
    )


@blueprint.get("/mogelijkheden")
@access(Access.PUBLIC)
def showcase() -> str:
    """Show per sector what is possible."""
    return render_template("visitor/showcase.html", pictograms=PICTOGRAMS)


@blueprint.get("/mogelijkheden/<string:sector>")
@access(Access.PUBLIC)
def showcase_sector(sector: str) -> str:
    """Show the examples of one sector, with some offers of today."""
    if sector not in SECTORS:
        raise NotFoundError
    with current_app.extensions["brug_catalogue"].open(db()) as shelf:
        offers = offers_in_clusters(db(), shelf, current_actor(), SECTORS[sector], SECTOR_OFFERS)
    return render_template("visitor/sector.html", slug=sector, pictograms=PICTOGRAMS, offers=offers)


@blueprint.get("/werkvormen")
@access(Access.PUBLIC)
def work_forms() -> str:
    """Explain which work forms there are."""
    return render_template("visitor/work_forms.html", slugs=WORK_FORMS)


@blueprint.get("/werkvormen/<string:work_form>")
@access(Access.PUBLIC)
def work_form(work_form: str) -> str:
    """Explain one work form."""
    if work_form not in WORK_FORMS:
        raise NotFoundError
    return render_template("visitor/work_form.html", slug=work_form, slugs=WORK_FORMS)


@blueprint.get("/woordenlijst")
@access(Access.PUBLIC)
def glossary() -> str:
    """Explain the words of the trade."""
    return render_template("visitor/glossary.html")


@blueprint.get("/privacy")
@access(Access.PUBLIC)
def privacy() -> str:
    """Say what is kept of people, why, and how long."""
    kept = current_app.config["BRUG_SETTINGS"].retention
    return render_template("content/privacy.html", regions=regions(db()), kept=kept)


@blueprint.get("/toegankelijkheid")
@access(Access.PUBLIC)
def accessibility() -> str:
    """Say how accessible the site is, and where it falls short."""
    return render_template("content/accessibility.html")
