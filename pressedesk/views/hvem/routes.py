"""The blueprint of /hvem-kan-si-hva."""

from flask import Blueprint

bp = Blueprint("hvem", __name__)
