"""The views, one blueprint for each kind of person."""

from flask import Flask


def register_views(app: Flask) -> None:
    """Register every blueprint; imported here so that nothing loads before the app is built."""
    from web.views import (
        account,
        buyer,
        coordinator,
        importing,
        inbox,
        introductions,
        policy,
        record,
        supplier,
        visitor,
    )

    people = (visitor, account, buyer, supplier, coordinator, introductions, policy)
    for module in (*people, importing, inbox, record):
        app.register_blueprint(module.blueprint)
