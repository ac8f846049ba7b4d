"""Pages of the supplier."""

from flask import Blueprint

blueprint = Blueprint("supplier", __name__)
