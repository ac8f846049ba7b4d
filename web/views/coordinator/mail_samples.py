"""The mails that Brug sends, each with example values."""

from enum import StrEnum

from flask import Response, current_app, render_template, url_for
from flask.typing import ResponseReturnValue

from web.access import Access, access
from web.labels import label_of
from web.letterhead import letterhead
from web.services import mail as mails
from web.services import mail_samples as service
from web.services.errors import NotFoundError
from web.services.mail_samples import Sample
from web.views.coordinator.base import blueprint

#: A mail brings its own colours, and nothing else.
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'"


@blueprint.get("/mail/voorbeelden")
@access(Access.COORDINATOR)
def mail_samples() -> str:
    """List every mail, by what it is about."""
    rows = [
        (
            sample.row.subject,
            _topic(sample.name),
            url_for("coordinator.mail_sample", name=sample.name),
        )
        for sample in service.samples()
    ]
    return render_template("coordinator/mail_samples.html", rows=rows)


@blueprint.get("/mail/voorbeelden/<name>")
@access(Access.COORDINATOR)
def mail_sample(name: str) -> ResponseReturnValue:
    """Show the words of one."""
    sample = _sample(name)
    text = letterhead(current_app.config["BRUG_SETTINGS"]).text(sample.row)
    topic = _topic(name)
    return render_template("coordinator/mail_sample.html", mail=sample, text=text, topic=topic)


@blueprint.get("/mail/voorbeelden/<name>/opmaak")
@access(Access.COORDINATOR)
def mail_sample_html(name: str) -> ResponseReturnValue:
    """Show one as a mail reader does."""
    sample = _sample(name)
    html = letterhead(current_app.config["BRUG_SETTINGS"]).html(sample.row)
    return Response(html, headers={"Content-Security-Policy": _POLICY})


def _sample(name: str) -> Sample:
    if name not in mails.names():
        raise NotFoundError
    return service.sample(name)


def _topic(name: str) -> str | None:
    topic: StrEnum | None = mails.DIGESTS.get(name) or mails.topic_of(name)
    return label_of(topic) if topic else None
