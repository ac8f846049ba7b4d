"""The application factory."""

import logging

from flask import Flask
from flask_bootstrap import Bootstrap5
from flask_wtf import CSRFProtect
from sqlalchemy import event
from sqlalchemy.orm import Session
from werkzeug.middleware.proxy_fix import ProxyFix

from matcher.encoders import start_encoder
from models import make_engine
from web.access import init_access
from web.database import Sessions, init_database
from web.errors import init_errors
from web.i18n import init_i18n
from web.login import init_login
from web.rendering import init_rendering
from web.security import init_security
from web.services.catalogue import Catalogue
from web.services.mail import WRITTEN
from web.services.shelf_file import ShelfFile
from web.settings import Mode, Settings
from web.urls import init_urls
from web.views import register_views

MEGABYTE = 1024 * 1024


def create_app(settings: Settings | None = None) -> Flask:
    """Build an application; without settings they come from the environment."""
    settings = settings or Settings.from_environment()
    app = Flask("web")
    app.config.from_mapping(
        SECRET_KEY=settings.secret_key,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=settings.secure_cookies,
        SESSION_COOKIE_NAME="brug",
        REMEMBER_COOKIE_HTTPONLY=True,
        REMEMBER_COOKIE_SAMESITE="Lax",
        REMEMBER_COOKIE_SECURE=settings.secure_cookies,
        # A text of a megabyte must come back with a message, not be cut off on the way in.
        MAX_CONTENT_LENGTH=12 * MEGABYTE,
        MAX_FORM_MEMORY_SIZE=6 * MEGABYTE,
        WTF_CSRF_TIME_LIMIT=None,
        BOOTSTRAP_SERVE_LOCAL=True,
        BRUG_DEMO=settings.mode is Mode.DEMO,
        BRUG_SETTINGS=settings,
    )
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    kept = ShelfFile(settings.index_file) if settings.index_file else None
    app.extensions["brug_catalogue"] = Catalogue(start_encoder(settings.encoder), kept)
    Bootstrap5(app)
    csrf = CSRFProtect(app)
    init_urls(app)
    init_database(app, make_engine(settings.database_url))
    if settings.smtp_url:
        _wake_worker_after_mail(app)
    init_i18n(app)
    init_login(app)
    init_access(app)
    init_security(app)
    init_errors(app)
    init_rendering(app)
    register_views(app)
    # Mail programs stop a mail without cookies (RFC 8058); the signed address is what counts.
    csrf.exempt(app.view_functions["account.unsubscribe"])
    if settings.trusted_proxies:
        app.wsgi_app = ProxyFix(  # type: ignore[method-assign]  # the documented way
            app.wsgi_app, x_for=settings.trusted_proxies, x_proto=settings.trusted_proxies
        )
    return app


def _wake_worker_after_mail(app: Flask) -> None:
    sessions: Sessions = app.extensions["brug_sessions"]

    @event.listens_for(sessions.writing, "after_commit")
    def wake(session: Session) -> None:
        if session.info.pop(WRITTEN, False):
            # Loaded at the first mail: most commands write none.
            from web.jobs.queue import mail_queue

            mail_queue(app).wake()
