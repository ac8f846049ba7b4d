"""The policy officer works in the same scene as the buyers of his municipality."""

from tests.web.buyer.conftest import ann, scene, site_url

__all__ = ["ann", "scene", "site_url"]
