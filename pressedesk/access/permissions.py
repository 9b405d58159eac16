"""What somebody may do: a table of relations, for ordinary and for restricted inquiries."""

from dataclasses import dataclass
from enum import StrEnum

from pressedesk.access.actors import LEADERS, Actor, Refused
from pressedesk.models import (
    Duty,
    Handover,
    HandoverState,
    Inquiry,
    Request,
    RequestKind,
    Restriction,
    Strand,
)
from pressedesk.organisation import Organisation
from pressedesk.regulation.vocabulary import Role
from pressedesk.workflow import OPEN


class Do(StrEnum):
    """What can be done. A route names the one it needs."""

    LOG = "log"
    SEE = "see"
    TAKE = "take"
    GIVE_BACK = "give_back"
    SAY_PERSON = "say_person"  # the one tap: is a person concerned?
    EDIT_FACTS = "edit_facts"
    NOTE = "note"
    RESTRICT = "restrict"
    LIFT = "lift"
    ANSWER = "answer"
    REGISTER_ANSWER = "register_answer"  # for the owner
    CLOSE = "close"
    CLOSE_BY_CALLER = "close_by_caller"  # withdrawn, or shown on to somebody else
    ASK = "ask"  # consult, agree, get advice or facts, and deviate: before answering
    HAND_OVER = "hand_over"
    MORE_TIME = "more_time"
    CANNOT_NOW = "cannot_now"
    NOT_ANSWERING = "not_answering"  # the desk rang, and nobody took the telephone
    JOIN = "join"  # join inquiries to one, or split one
    FOLLOW_UP = "follow_up"  # in print, the employees, the public record
    RULE_ON_ACCESS = "rule_on_access"  # a request for documents
    RELEASE = "release"  # crisis leadership gives an inquiry back to the ladder
    ADD = "add"  # something to an inquiry while the journalist is on the line
    READ_RULES = "read_rules"
    SECOND_CALL = "second_call"  # one status sentence of any inquiry, and «Purr»
    CRISIS = "crisis"
    STORY = "story"
    EXPECT = "expect"
    LETTER = "letter"
    REPORT = "report"
    SET_OWN_ABSENCE = "set_own_absence"
    SET_ABSENCE = "set_absence"  # anybody's, «ute i dag»
    ADMINISTER = "administer"  # offices, holders, deputies, topics, targets, hours
    ADMINISTER_ACCOUNTS = "administer_accounts"
    RELEASE_SENDING = "release_sending"


class Relation(StrEnum):
    """What somebody is to an inquiry, or at the desk."""

    OWNER = "owner"
    LINE = "line"
    ASKED = "asked"  # consulted, or asked for facts
    OFFERED = "offered"  # somebody wants to pass it on to him
    CRISIS_LEADER = "crisis_leader"
    LOGGER = "logger"
    SWITCHBOARD = "switchboard"
    LEADER = "leader"
    RADMANN = "radmann"
    KIS_ADVISER = "kis_adviser"
    KIS_LEADER = "kis_leader"
    ADMIN = "admin"
    AUDITOR = "auditor"
    ANYBODY = "anybody"


R = Relation
WITH_THE_CASE = frozenset({R.OWNER, R.LINE, R.RADMANN, R.KIS_LEADER})
THE_DESK = frozenset({R.SWITCHBOARD, R.KIS_ADVISER, R.KIS_LEADER})
EVERYBODY_WHO_SEES = frozenset(
    {
        R.OWNER,
        R.LINE,
        R.ASKED,
        R.OFFERED,
        R.RADMANN,
        R.KIS_LEADER,
        R.SWITCHBOARD,
        R.LEADER,
        R.KIS_ADVISER,
        R.LOGGER,
    }
)


@dataclass(frozen=True)
class Row:
    """Who may, for an ordinary inquiry and for a restricted one."""

    ordinary: frozenset[Relation]
    restricted: frozenset[Relation]


MAY: dict[Do, Row] = {
    Do.SEE: Row(EVERYBODY_WHO_SEES, WITH_THE_CASE | {R.ASKED, R.OFFERED}),
    Do.TAKE: Row(frozenset({R.OWNER, R.LINE, R.KIS_LEADER}), frozenset({R.OWNER, R.LINE, R.KIS_LEADER})),
    Do.ASK: Row(frozenset({R.OWNER, R.LINE, R.RADMANN}), frozenset({R.OWNER, R.LINE, R.RADMANN})),
    Do.HAND_OVER: Row(WITH_THE_CASE | THE_DESK, WITH_THE_CASE),
    Do.MORE_TIME: Row(frozenset({R.OWNER, R.LINE}), frozenset({R.OWNER, R.LINE})),
    Do.CANNOT_NOW: Row(frozenset({R.OWNER}), frozenset({R.OWNER})),
    Do.NOT_ANSWERING: Row(THE_DESK, frozenset({R.KIS_LEADER})),
    Do.JOIN: Row(WITH_THE_CASE | {R.KIS_ADVISER}, WITH_THE_CASE),
    Do.FOLLOW_UP: Row(
        frozenset({R.OWNER, R.LINE, R.KIS_LEADER, R.KIS_ADVISER}), frozenset({R.OWNER, R.LINE, R.KIS_LEADER})
    ),
    Do.RULE_ON_ACCESS: Row(frozenset({R.OWNER, R.LINE}), frozenset({R.OWNER, R.LINE})),
    Do.RELEASE: Row(frozenset({R.CRISIS_LEADER}), frozenset({R.CRISIS_LEADER})),
    Do.ADD: Row(WITH_THE_CASE | THE_DESK, WITH_THE_CASE),
    Do.GIVE_BACK: Row(frozenset({R.OWNER, R.LINE, R.KIS_LEADER}), frozenset({R.OWNER, R.LINE, R.KIS_LEADER})),
    Do.SAY_PERSON: Row(frozenset({R.OWNER}), frozenset({R.OWNER})),
    Do.EDIT_FACTS: Row(WITH_THE_CASE | {R.KIS_ADVISER}, WITH_THE_CASE),
    Do.NOTE: Row(WITH_THE_CASE | {R.KIS_ADVISER, R.SWITCHBOARD, R.ASKED}, WITH_THE_CASE | {R.ASKED}),
    Do.RESTRICT: Row(EVERYBODY_WHO_SEES - {R.ASKED, R.OFFERED}, WITH_THE_CASE),
    Do.LIFT: Row(frozenset(), frozenset({R.LINE, R.RADMANN, R.KIS_LEADER})),
    Do.ANSWER: Row(frozenset({R.OWNER, R.LINE}), frozenset({R.OWNER, R.LINE})),
    Do.REGISTER_ANSWER: Row(frozenset({R.KIS_LEADER, R.KIS_ADVISER}), frozenset({R.KIS_LEADER})),
    Do.CLOSE: Row(
        frozenset({R.OWNER, R.LINE, R.KIS_LEADER, R.KIS_ADVISER}), frozenset({R.OWNER, R.LINE, R.KIS_LEADER})
    ),
    Do.CLOSE_BY_CALLER: Row(frozenset({R.SWITCHBOARD}), frozenset()),
}

AT_LARGE: dict[Do, frozenset[Relation]] = {
    Do.LOG: frozenset({R.SWITCHBOARD, R.OWNER, R.LEADER, R.KIS_ADVISER, R.KIS_LEADER}),
    Do.REPORT: frozenset({R.RADMANN, R.LEADER, R.KIS_LEADER, R.KIS_ADVISER, R.SWITCHBOARD, R.AUDITOR, R.OWNER}),
    Do.SET_OWN_ABSENCE: frozenset({R.ANYBODY}),
    Do.SET_ABSENCE: frozenset({R.SWITCHBOARD, R.KIS_LEADER, R.ADMIN}),
    Do.ADMINISTER: frozenset({R.KIS_LEADER, R.ADMIN}),
    Do.ADMINISTER_ACCOUNTS: frozenset({R.ADMIN}),
    Do.RELEASE_SENDING: frozenset({R.KIS_LEADER, R.KIS_ADVISER}),
    Do.READ_RULES: frozenset({R.ANYBODY}),
    Do.SECOND_CALL: THE_DESK,
    Do.CRISIS: frozenset({R.RADMANN, R.KIS_LEADER}),
    Do.STORY: frozenset({R.RADMANN, R.KIS_LEADER, R.KIS_ADVISER}),
    Do.EXPECT: frozenset({R.KIS_LEADER, R.KIS_ADVISER}),
    Do.LETTER: frozenset({R.KIS_LEADER, R.KIS_ADVISER}),
}


def _standing(who: Actor) -> set[Relation]:
    """What somebody is at the desk, whatever the inquiry."""
    duties = {
        Duty.SWITCHBOARD: R.SWITCHBOARD,
        Duty.KIS_ADVISER: R.KIS_ADVISER,
        Duty.ADMIN: R.ADMIN,
        Duty.AUDITOR: R.AUDITOR,
    }
    found = {R.ANYBODY} | {duties[duty] for duty in who.duties}
    if who.roles & LEADERS:
        found.add(R.LEADER)
    if Role.RADMANN in who.roles:
        found.add(R.RADMANN)
    if Role.KRISELEDELSE in who.roles:
        found.add(R.CRISIS_LEADER)
    if who.is_kis_leader:
        found.add(R.KIS_LEADER)
    if who.offices:
        found.add(R.OWNER)
    return found


def relations(who: Actor, inquiry: Inquiry, strand: Strand | None = None) -> set[Relation]:
    """What `who` is to an inquiry that is in his scope; to one strand of it where `strand` is given."""
    found = _standing(who) - {R.OWNER}
    strands = [strand] if strand else inquiry.strands
    owners = {each.owner_office_id for each in strands} | {co_owner.office_id for co_owner in inquiry.co_owners}
    if owners & who.offices or any(_stands_in(who, each) for each in strands):
        found.add(R.OWNER)
    if any(_is_asked(who, inquiry, request) for each in strands for request in each.requests):
        found.add(R.ASKED)
    if any(_is_offered(who, handover) for each in strands for handover in each.handovers):
        found.add(R.OFFERED)
    if owners & who.line:
        found.add(R.LINE)
    if inquiry.logged_by_id == who.person_id:
        found.add(R.LOGGER)
    return found


def _stands_in(who: Actor, strand: Strand) -> bool:
    """Whether a strand was sent to this person while the office's own cannot: his for as long as it is open."""
    return strand.acting_id == who.person_id and strand.state in OPEN


def _is_asked(who: Actor, inquiry: Inquiry, request: Request) -> bool:
    """Whether this person, or his office, was asked first. Facts of a restricted inquiry are asked for without it."""
    is_his = request.office_id in who.offices or request.person_id == who.person_id
    in_the_case = request.kind is not RequestKind.FACTS or inquiry.restriction is Restriction.NONE
    return is_his and in_the_case and request.withdrawn_at is None


def _is_offered(who: Actor, handover: Handover) -> bool:
    """Whether somebody wants to pass it on to this person or his office, and waits for the answer."""
    is_his = handover.to_office_id in who.offices or handover.to_person_id == who.person_id
    return is_his and handover.state is HandoverState.OFFERED


def may(who: Actor, do: Do) -> bool:
    """Whether `who` may do something that concerns no particular inquiry."""
    return bool(_standing(who) & AT_LARGE[do])


def may_set_absence(who: Actor, person_id: int, org: Organisation) -> bool:
    """Whether `who` may say that a person is away: of himself, of those below on the line, and the desk of all."""
    return person_id == who.person_id or may(who, Do.SET_ABSENCE) or bool(org.held_by(person_id) & who.line)


def may_do(who: Actor, do: Do, inquiry: Inquiry, strand: Strand | None = None) -> bool:
    """Whether `who` may do this to an inquiry (or one strand of it) that is in his scope."""
    row = MAY[do]
    allowed = row.ordinary if inquiry.restriction is Restriction.NONE else row.restricted
    return bool(relations(who, inquiry, strand) & allowed)


def demand(who: Actor, do: Do, inquiry: Inquiry, strand: Strand | None = None) -> None:
    """Raises Refused where `may_do` says no."""
    if not may_do(who, do, inquiry, strand):
        raise Refused(REFUSALS.get(do, "Dette er det den som er ansvarlig for saken som gjør."))


REFUSALS = {
    Do.TAKE: "Bare den som er ansvarlig, eller en overordnet i linja, kan ta saken.",
    Do.LIFT: "Begrensningen må oppheves av to som kan: en overordnet, rådmannen eller leder for KIS.",
    Do.ANSWER: "Svaret noteres av den som er ansvarlig, eller av KIS på vegne av ansvarlig.",
    Do.SAY_PERSON: "Det er den ansvarlige som avklarer om en enkeltperson er berørt.",
}
