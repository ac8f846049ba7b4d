"""The policy officer works in the same scene as the buyers of his municipality."""

from tests.web.buyer.conftest import ann, app, contents, scene

__all__ = ["ann", "app", "contents", "scene"]
