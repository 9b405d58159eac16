"""/ny: the switchboard logs a call. The form, the panel that says who answers, and the pages."""

from pressedesk.views.ny.pages import bp

__all__ = ["bp"]
