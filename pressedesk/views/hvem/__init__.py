"""/hvem-kan-si-hva: what somebody may say right now, and a page for each unit to print and hang up."""

from pressedesk.views.hvem import search, unit
from pressedesk.views.hvem.routes import bp

__all__ = ["bp", "search", "unit"]
