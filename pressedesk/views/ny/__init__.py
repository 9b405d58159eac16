"""/ny: the switchboard logs a call. The form, the panel that says who answers, and the pages."""

from pressedesk.views.ny import after, drafts, pages
from pressedesk.views.ny.routes import bp

__all__ = ["after", "bp", "drafts", "pages"]
