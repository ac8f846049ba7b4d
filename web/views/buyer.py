"""Pages of the buyer."""

from flask import Blueprint

blueprint = Blueprint("buyer", __name__)
