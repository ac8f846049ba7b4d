"""Pages of the visitor."""

from flask import Blueprint

blueprint = Blueprint("visitor", __name__)
