"""/sak/<reference>: one inquiry, and everything that is done with it. One module an action, on one blueprint."""

from pressedesk.views.sak import (
    answer,
    ask,
    buttons,
    close,
    correct,
    deviate,
    following,
    joining,
    note,
    passing,
    promising,
    release,
    ruling,
    show,
    silence,
    story,
)
from pressedesk.views.sak.routes import bp

__all__ = [
    "answer",
    "ask",
    "bp",
    "buttons",
    "close",
    "correct",
    "deviate",
    "following",
    "joining",
    "note",
    "passing",
    "promising",
    "release",
    "ruling",
    "show",
    "silence",
    "story",
]
