"""/reglement: the regulation explained, and a form to try any combination of facts on it."""

from pressedesk.views.reglement import points, prov
from pressedesk.views.reglement.routes import bp

__all__ = ["bp", "points", "prov"]
