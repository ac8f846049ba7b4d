"""How often one wants mail, and stopping it from a mail without logging in."""

from flask import current_app, render_template, url_for
from flask.typing import ResponseReturnValue

from models.states import NewsTopic, Rhythm
from web.access import Access, access
from web.database import db
from web.errors import told
from web.forms.base import BrugForm
from web.forms.news import PreferencesForm
from web.i18n import _
from web.labels import label_of
from web.letterhead import mail_links
from web.login import current_actor
from web.services import preferences as service
from web.services.actor import Actor
from web.services.mail_links import LinkError
from web.views.account.base import blueprint, gone, shown


@blueprint.route("/mijn-gegevens/mail", methods=["GET", "POST"])
@access(Access.LOGGED_IN)
def preferences() -> ResponseReturnValue:
    """Show and keep how often one wants mail, by topic."""
    actor = current_actor()
    assert actor.user_id is not None
    kept = service.rhythms_of(db(), actor.user_id)
    # A field called `matches` would hide what every element of a page has by that name.
    form = PreferencesForm(
        prefix="news-", data={topic.value: rhythm.value for topic, rhythm in kept.items()}
    )
    form.show(_topics_of(actor))
    if not form.validate_on_submit():
        return shown("preferences", form)
    service.choose(db(), actor, form.wanted)
    return told(_("Your choice is kept."), url_for("account.preferences"))


def _topics_of(actor: Actor) -> list[NewsTopic]:
    return [t for t in NewsTopic if t is not NewsTopic.REGION or actor.coordinator_regions]


@blueprint.route("/mail/afmelden/<token>", methods=["GET", "POST"])
@access(Access.PUBLIC)
def unsubscribe(token: str) -> ResponseReturnValue:
    """Stop the mail of one sort; opening the page changes nothing, for scanners do that.

    Mail programs send the POST by themselves, without cookies (RFC 8058): the signed address is
    all that it takes, see `web/app.py`.
    """
    form = BrugForm(meta={"csrf": False})
    try:
        user_id, what = mail_links(current_app.config["BRUG_SETTINGS"]).read_unsubscribe(token)
    except LinkError:
        return gone("unsubscribe")
    if not form.is_submitted():
        return render_template("account/unsubscribe.html", words=_worded(what), token=token)
    if not service.stop(db(), user_id, what):
        return gone("unsubscribe")
    # No redirect: a mail program does not follow one.
    return render_template("account/unsubscribed.html")


def _worded(what: NewsTopic | Rhythm) -> str:
    return label_of(what)
