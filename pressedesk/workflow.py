"""The workflow of a strand: its states, what can be done, and from which state. One table; pure.

Who may do it is another question and stands in access/.
"""

from enum import StrEnum


class State(StrEnum):
    """Where a strand stands."""

    NEW = "new"  # logged and decided; nobody could be told yet
    TOLD = "told"  # the owner has been sent word
    TAKEN = "taken"  # somebody has it
    ANSWERED = "answered"  # the journalist has been told
    CLOSED = "closed"  # with an ending
    LAPSED = "lapsed"  # a later decision has no such strand

    @property
    def label(self) -> str:
        return STATE_LABELS[self]


class Action(StrEnum):
    """What can be done to a strand."""

    TELL = "tell"
    TAKE = "take"
    GIVE_BACK = "give_back"
    ANSWER = "answer"
    CLOSE = "close"
    MOVE = "move"  # a new decision points to another owner
    LAPSE = "lapse"


class Ending(StrEnum):
    """How it ended."""

    STATEMENT = "statement"
    INTERVIEW = "interview"
    BACKGROUND = "background"
    DOCUMENT = "document"
    REFERRED = "referred"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    NO_ANSWER = "no_answer"

    @property
    def label(self) -> str:
        return ENDING_LABELS[self]

    @property
    def needs_answer(self) -> bool:
        """Whether it says that the journalist was told something, so an answer must be on record."""
        return self in {Ending.STATEMENT, Ending.INTERVIEW, Ending.BACKGROUND, Ending.DOCUMENT}

    @property
    def needs_reason(self) -> bool:
        return not self.needs_answer


STATE_LABELS = {
    State.NEW: "Ny",
    State.TOLD: "Varslet",
    State.TAKEN: "Tatt",
    State.ANSWERED: "Besvart",
    State.CLOSED: "Lukket",
    State.LAPSED: "Bortfalt",
}

ENDING_LABELS = {
    Ending.STATEMENT: "Svar gitt",
    Ending.INTERVIEW: "Intervju gitt",
    Ending.BACKGROUND: "Bakgrunn gitt",
    Ending.DOCUMENT: "Dokument gitt",
    Ending.REFERRED: "Vist videre",
    Ending.DECLINED: "Avslått med grunn",
    Ending.WITHDRAWN: "Trukket av journalisten",
    Ending.NO_ANSWER: "Ikke noe svar gitt",
}

OPEN = frozenset({State.NEW, State.TOLD, State.TAKEN})
UNTAKEN = frozenset({State.NEW, State.TOLD})

TRANSITIONS: dict[tuple[State, Action], State] = {
    (State.NEW, Action.TELL): State.TOLD,
    (State.NEW, Action.TAKE): State.TAKEN,
    (State.TOLD, Action.TAKE): State.TAKEN,
    (State.TAKEN, Action.TAKE): State.TAKEN,  # a superior takes over
    (State.TAKEN, Action.GIVE_BACK): State.TOLD,
    (State.NEW, Action.ANSWER): State.ANSWERED,
    (State.TOLD, Action.ANSWER): State.ANSWERED,
    (State.TAKEN, Action.ANSWER): State.ANSWERED,
    (State.ANSWERED, Action.ANSWER): State.ANSWERED,  # more was said
    (State.NEW, Action.CLOSE): State.CLOSED,
    (State.TOLD, Action.CLOSE): State.CLOSED,
    (State.TAKEN, Action.CLOSE): State.CLOSED,
    (State.ANSWERED, Action.CLOSE): State.CLOSED,
    (State.NEW, Action.MOVE): State.NEW,
    (State.TOLD, Action.MOVE): State.NEW,
    (State.TAKEN, Action.MOVE): State.NEW,
    (State.LAPSED, Action.MOVE): State.NEW,  # a later decision has the strand again
    (State.NEW, Action.LAPSE): State.LAPSED,
    (State.TOLD, Action.LAPSE): State.LAPSED,
    (State.TAKEN, Action.LAPSE): State.LAPSED,
}


def after(state: State, action: Action) -> State | None:
    """The state that `action` leads to from `state`; None where it cannot be done."""
    return TRANSITIONS.get((state, action))
