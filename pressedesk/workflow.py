"""The workflow of a strand: its states, what can be done, and from which state. One table; pure.

Who may do it is another question and stands in access/.
"""

from enum import StrEnum


class State(StrEnum):
    """Where a strand stands."""

    NEW = "new"  # logged and decided; nobody could be told yet
    TOLD = "told"  # the owner has been sent word
    TAKEN = "taken"  # somebody has it
    CLARIFYING = "clarifying"  # whoever has it has asked somebody first
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
    ASK = "ask"  # somebody is asked first
    SETTLE = "settle"  # nobody is waited for any longer
    SKIP = "skip"  # whoever was told cannot now, or does not answer: the next one is told
    RECEIVE = "receive"  # passed on, and taken by the receiver
    ANSWER = "answer"
    CLOSE = "close"
    MOVE = "move"  # a new decision points to another owner
    LAPSE = "lapse"  # a later decision has no such strand, it was joined to another, or the call was taken back

    @property
    def label(self) -> str:
        return ACTION_LABELS[self]


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
    State.CLARIFYING: "Avklares",
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

ACTION_LABELS = {
    Action.TELL: "Varsle",
    Action.TAKE: "Ta, eller ta over",
    Action.GIVE_BACK: "Legge tilbake",
    Action.ASK: "Spørre noen først",
    Action.SETTLE: "Alle spurte har svart",
    Action.SKIP: "Kan ikke nå, svarer ikke",
    Action.RECEIVE: "Ta imot",
    Action.ANSWER: "Svare journalisten",
    Action.CLOSE: "Lukke",
    Action.MOVE: "Få ny ansvarlig",
    Action.LAPSE: "Falle bort",
}

UNTAKEN = frozenset({State.NEW, State.TOLD})
HELD = frozenset({State.TAKEN, State.CLARIFYING})
OPEN = UNTAKEN | HELD

TRANSITIONS: dict[tuple[State, Action], State] = {
    (State.NEW, Action.TELL): State.TOLD,
    **{(state, Action.TAKE): State.TAKEN for state in (State.NEW, State.TOLD, State.TAKEN)},
    (State.CLARIFYING, Action.TAKE): State.CLARIFYING,  # a superior takes over; what was asked still waits
    **{(state, Action.GIVE_BACK): State.TOLD for state in HELD},
    **{(state, Action.ASK): State.CLARIFYING for state in OPEN},  # to ask is to have taken it
    (State.CLARIFYING, Action.SETTLE): State.TAKEN,
    **{(state, Action.SKIP): State.TOLD for state in OPEN},
    **{(state, Action.RECEIVE): State.TAKEN for state in OPEN},
    **{(state, Action.ANSWER): State.ANSWERED for state in OPEN},
    (State.ANSWERED, Action.ANSWER): State.ANSWERED,  # more was said
    (State.CLOSED, Action.ANSWER): State.CLOSED,  # what was said is recorded, also when it comes late
    (State.LAPSED, Action.ANSWER): State.ANSWERED,
    **{(state, Action.CLOSE): State.CLOSED for state in (*OPEN, State.ANSWERED)},
    **{(state, Action.MOVE): State.NEW for state in OPEN},
    (State.LAPSED, Action.MOVE): State.NEW,  # a later decision has the strand again
    **{(state, Action.LAPSE): State.LAPSED for state in OPEN},
}


def after(state: State, action: Action) -> State | None:
    """The state that `action` leads to from `state`; None where it cannot be done."""
    return TRANSITIONS.get((state, action))
