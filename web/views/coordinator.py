"""Pages of the coordinator."""

from flask import Blueprint

blueprint = Blueprint("coordinator", __name__)
