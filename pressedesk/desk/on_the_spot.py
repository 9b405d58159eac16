"""«Svart på stedet»: the desk answers the journalist itself, with facts or general information, where the rules let an
employee do so."""

from datetime import datetime

from pressedesk import db, rules
from pressedesk.access import Refused
from pressedesk.desk import intake
from pressedesk.desk.answering import Channel, Said, put_answer
from pressedesk.desk.intake import Call, Logged
from pressedesk.desk.placing import Placement
from pressedesk.desk.routing import decide
from pressedesk.events import EventKind
from pressedesk.regulation.vocabulary import UNKNOWN, YES, Ask, Kind, Role, Statement
from pressedesk.workflow import Action, Ending

STATED = {Ask.FACTS: Statement.FACTS, Ask.ASSESSMENT: Statement.ASSESSMENTS, Ask.POLITICAL: Statement.POLITICAL}
IN_PARTS = "Henvendelsen har en del som andre må svare på. Lagre og varsle, så får de den."
IS_IT_ABOUT_SOMEBODY = "Svar først på om det gjelder en enkeltperson."


class Barred(Refused):
    """The rules leave the answer to somebody else. `source`: the point, empty where none decides."""

    def __init__(self, reason: str, source: str = "") -> None:
        super().__init__(reason)
        self.source = source


def answer_on_the_spot(person_id: int, token: str, call: Call, text: str, now: datetime) -> Logged:
    """Save a call that has had its answer: logged, decided, answered and closed in one act. Nobody is to do anything.

    The same `token` twice is one answer. Raises Barred, Refused and Undone; then nothing is saved."""
    with db.writing() as tx:
        arrival = intake.receive(tx, person_id, token, call, now)
        if not arrival.is_new:
            return arrival.logged()
        barred = why_not(arrival.placement)
        if barred is not None:
            raise barred
        edit = intake.keep(arrival)
        if edit is None:
            raise Barred(IN_PARTS)
        decide(edit, arrival.placement, first_word=None)
        strand = edit.inquiry.strands[0]
        kinds = (statement(arrival.placement),)
        put_answer(edit, strand, Said(text, kinds, Role.ANSATT, arrival.who.name, now, Channel.PHONE))
        edit.move(strand, Action.CLOSE)
        strand.ending, strand.ended_at = Ending.STATEMENT, now
        edit.record(EventKind.CLOSED, strand, ending=Ending.STATEMENT.value)
        return arrival.logged()


def statement(placement: Placement) -> Statement:
    """What is stated: facts where the journalist asked for facts, else how things are in general."""
    return Statement.FACTS if placement.facts.asks == {Ask.FACTS} else Statement.GENERAL_INFO


def why_not(placement: Placement) -> Barred | None:
    """Why the desk may not answer this itself; None where it may. Its own field is what it says it is by answering."""
    facts = placement.facts.but(addressed=Role.ANSATT, own_field=YES)
    is_open = facts.personnel is UNKNOWN or (facts.client_case is UNKNOWN and not facts.case_public)
    for kind in (Statement.FACTS, *(STATED[ask] for ask in Ask if ask in facts.asks and ask in STATED)):
        permission = rules.may_state(Role.ANSATT, facts, kind)
        if not permission.allowed:
            text = IS_IT_ABOUT_SOMEBODY if is_open and kind is Statement.FACTS else permission.finding.text
            return Barred(text, permission.finding.source)
    is_whole = len(placement.strands) == 1 and not placement.outside
    if not is_whole or placement.strands[0].kind is not Kind.ADMINISTRATIVE or not facts.asks <= STATED.keys():
        return Barred(IN_PARTS)
    return None
