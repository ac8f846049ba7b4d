"""The views, one blueprint for each kind of person."""

from flask import Flask


def register_views(app: Flask) -> None:
    """Register every blueprint; imported here so that nothing loads before the app is built."""
    from web.views import account, buyer, coordinator, introductions, policy, supplier, visitor

    for module in (visitor, account, buyer, supplier, coordinator, introductions, policy):
        app.register_blueprint(module.blueprint)
