"""The screens: one module each, its form above its routes. This page names them and gives every page its frame."""

from importlib import import_module
from typing import Any

from flask import Flask

from pressedesk import config, formats
from pressedesk.views.addresses import static_file, telephone
from pressedesk.views.frame import Frame

MODULES = (
    "admin",
    "egen_konto",
    "forside",
    "forventet",
    "health",
    "hendelser",
    "hvem",
    "innboks",
    "innlogging",
    "krise",
    "lenke",
    "leserbrev",
    "ny",
    "oppgaver",
    "rapport",
    "reglement",
    "ringer_igjen",
    "sak",
    "saker",
    "snakket",
    "spurt",
)  # each has a blueprint `bp`


def register(app: Flask) -> None:
    """Give `app` every screen, and every template the frame's data."""
    for name in MODULES:
        app.register_blueprint(import_module(f"{__name__}.{name}").bp)
    app.jinja_env.globals["static_file"] = static_file
    app.jinja_env.filters.update(capital=formats.capital, phone=formats.phone, tel=telephone)
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.context_processor(_frame)


def _frame() -> dict[str, Any]:
    """What base.html prints around every page."""
    return {"municipality_name": config.current().municipality_name, "frame": Frame()}
