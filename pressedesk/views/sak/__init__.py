"""/sak/<reference>: one inquiry, and everything that is done with it. One module an action, on one blueprint."""

from pressedesk.views.sak import answer, buttons, close, correct, note, passing, promising, show, silence, story
from pressedesk.views.sak.routes import bp

__all__ = ["answer", "bp", "buttons", "close", "correct", "note", "passing", "promising", "show", "silence", "story"]
