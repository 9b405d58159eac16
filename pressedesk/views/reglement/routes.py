"""The blueprint of /reglement."""

from flask import Blueprint

bp = Blueprint("reglement", __name__)
