"""Pages of the policy."""

from flask import Blueprint

blueprint = Blueprint("policy", __name__)
