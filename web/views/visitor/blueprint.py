"""The blueprint that the pages of the visitor share."""

from flask import Blueprint

blueprint = Blueprint("visitor", __name__)
