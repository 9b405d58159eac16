"""What can be done at the desk, each as an act that anybody may try: for the machine of machine.py."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, TypeVar

from sqlalchemy import select

from pressedesk import access, db, organisation
from pressedesk.access import NotFound
from pressedesk.desk import (
    answering,
    closing,
    deviating,
    handling,
    passing,
    promising,
    requests,
    second_call,
    silence,
    whom,
)
from pressedesk.desk.answering import Agreed, Channel, Consulted, Deviated, Said
from pressedesk.desk.deviating import Reasoned
from pressedesk.desk.handling import Concerns, Correction
from pressedesk.desk.requests import Question
from pressedesk.desk.whom import Asking, Way
from pressedesk.models import Handover, HandoverState, Inquiry, Request, Strand
from pressedesk.regulation.vocabulary import Role, Statement
from pressedesk.workflow import Ending
from tests.organisation import Town

UNITS = ("skole", "barnehage", "vann", None)


@dataclass(frozen=True)
class Turn:
    """One act: by whom, on which inquiry and strand, as it stands."""

    town: Town
    person_id: int
    inquiry: Inquiry
    strand: Strand
    now: datetime
    pick: int  # a choice of its own, for acts that have one
    others: Sequence[str] = ()  # the references of all that has been logged

    @property
    def on_strand(self) -> tuple[int, str, int, int]:
        return self.person_id, self.inquiry.reference, self.strand.id, self.strand.version

    @property
    def on_inquiry(self) -> tuple[int, str, int]:
        return self.person_id, self.inquiry.reference, self.inquiry.version


Act = Callable[[Turn], Any]


def _say(turn: Turn) -> None:
    said = Said(
        text="Det er 214 elever.",
        kinds=(list(Statement)[turn.pick % len(Statement)],),
        role=(turn.strand.owner_role or Role.RADMANN, Role.ANSATT)[turn.pick % 2],
        by="Noen",
        at=max(turn.inquiry.received_at, turn.now - timedelta(minutes=turn.pick)),
        channel=Channel.PHONE,
        consulted=Consulted(Role.KOMMUNALSJEF, turn.now) if turn.pick % 3 == 0 else None,
        agreed=Agreed(Role.KOMMUNALSJEF, "Denne saken", turn.now) if turn.pick % 5 == 0 else None,
        deviated=Deviated("Innenfor samtykket", Role.RADMANN, turn.now) if turn.pick % 7 == 0 else None,
    )
    answering.record_answer(*turn.on_strand, said, turn.now)


def _close(turn: Turn) -> None:
    ending = list(Ending)[turn.pick % len(Ending)]
    closing.close(*turn.on_strand, ending, "" if ending.needs_answer else "En grunn.", turn.now)


def _correct(turn: Turn) -> None:
    facts = (
        {"level": "unit"}, {"level": None}, {"level": "cross_area"}, {"principled": True}, {"asks": ["political"]},
        {"asks": ["facts", "political"]}, {"asks": ["facts", "documents"]}, {"accusation": True}, {"in_doubt": True},
        {"client_case": True, "waiver": "written"}, {"personnel": True}, {"form": "letter"},
        {"form": "letter", "letter_error": True},
    )[turn.pick % 13]  # fmt: skip
    unit = UNITS[turn.pick % len(UNITS)]
    correction = Correction(facts, turn.town.units[unit] if unit else None, turn.inquiry.addressed_office_id)
    handling.correct_facts(*turn.on_inquiry, correction, turn.now)


def _offered_ways(turn: Turn) -> list[tuple[Way, int]]:
    """What the page would offer."""
    with db.reading() as tx:
        org = organisation.snapshot(tx, turn.now)
        strand = tx.get_one(Strand, turn.strand.id)
        inquiry = strand.inquiry
        who = access.actor(tx, turn.person_id, turn.now, org)
        ways = whom.ways(Asking(who, org, strand, inquiry.decisions[-1], turn.now))
    return [(way, office.id) for way, offices in ways.items() for office in offices]


def _ask(turn: Turn) -> None:
    """Any kind of asking, of any office: most are not to be asked about this."""
    offices = list(turn.town.offices.values())
    way, office_id = list(Way)[turn.pick % len(Way)], offices[turn.pick % len(offices)]
    if turn.pick % 3:
        offered = _offered_ways(turn)
        if offered:
            way, office_id = offered[turn.pick % len(offered)]
    question = Question(way, office_id, "Hva mener du?")
    requests.ask(*turn.on_strand, question, turn.now)


Row = TypeVar("Row")


def _the(row: Row | None) -> Row:
    if row is None:
        raise NotFound
    return row


def _waiting_request(turn: Turn) -> Request | None:
    with db.reading() as tx:
        waiting = select(Request).where(
            Request.strand_id == turn.strand.id, Request.replied_at.is_(None), Request.withdrawn_at.is_(None)
        )
        return tx.scalars(waiting.order_by(Request.id)).first()


def _reply(turn: Turn) -> None:
    request = _the(_waiting_request(turn))
    person_id = turn.person_id if turn.pick % 3 == 0 else request.person_id or turn.person_id
    requests.reply(person_id, request.id, request.version, "Det er greit.", turn.pick % 2 == 0, turn.now)


def _withdraw_request(turn: Turn) -> None:
    requests.withdraw(*turn.on_strand[:3], _the(_waiting_request(turn)).id, turn.strand.version, turn.now)


def _deviate(turn: Turn) -> None:
    reasoned = Reasoned("Personen har selv fortalt alt.", turn.pick % 2 == 0, Consulted(Role.KOMMUNALSJEF, turn.now))
    deviating.deviate(*turn.on_strand, reasoned, turn.now)


def _offer(turn: Turn) -> None:
    unit, colleague = UNITS[turn.pick % len(UNITS)], turn.pick % 5 == 0
    to_person = turn.town.people["inspektor"] if colleague else None
    to_unit = turn.town.units[unit] if unit and not colleague else None
    passing.offer(*turn.on_strand, to_unit, to_person, "Denne er nok din.", "", turn.now)


def _open_offer(turn: Turn) -> Handover | None:
    with db.reading() as tx:
        offered = select(Handover).where(Handover.strand_id == turn.strand.id, Handover.state == HandoverState.OFFERED)
        return tx.scalars(offered).first()


def _receive(turn: Turn) -> None:
    handover = _the(_open_offer(turn))
    person_id = turn.person_id if turn.pick % 3 == 0 else handover.to_person_id or turn.person_id
    _, *on_strand, version = turn.on_strand
    passing.receive(person_id, *on_strand, handover.id, version, turn.now)


def _decline(turn: Turn) -> None:
    handover = _the(_open_offer(turn))
    _, *on_strand, version = turn.on_strand
    passing.decline(handover.to_person_id or turn.person_id, *on_strand, handover.id, version, "", turn.now)


def _withdraw_offer(turn: Turn) -> None:
    passing.withdraw(*turn.on_strand[:3], _the(_open_offer(turn)).id, turn.strand.version, turn.now)


def _more_time(turn: Turn) -> None:
    promised_at = turn.now + timedelta(minutes=turn.pick % 400 - 20)
    promising.need_more_time(*turn.on_strand, promised_at, "Venter på tall.", turn.now)


ACTS: dict[str, Act] = {
    "take": lambda turn: handling.take(*turn.on_strand, turn.now),
    "give back": lambda turn: handling.give_back(*turn.on_strand, turn.now),
    "say person": lambda turn: handling.say_person(
        *turn.on_inquiry, list(Concerns)[turn.pick % len(Concerns)], turn.now
    ),
    "correct": _correct,
    "restrict": lambda turn: handling.restrict(*turn.on_inquiry, turn.now),
    "lift": lambda turn: handling.lift(*turn.on_inquiry, turn.now),
    "note": lambda turn: handling.note(*turn.on_inquiry, "Et notat", turn.now),
    "answer": _say,
    "close": _close,
    "ask": _ask,
    "reply": _reply,
    "withdraw request": _withdraw_request,
    "deviate": _deviate,
    "offer": _offer,
    "receive": _receive,
    "decline": _decline,
    "withdraw offer": _withdraw_offer,
    "cannot now": lambda turn: silence.cannot_now(*turn.on_strand, turn.now),
    "not answering": lambda turn: silence.not_answering(*turn.on_strand, turn.now),
    "more time": _more_time,
    "nudge": lambda turn: second_call.nudge(turn.person_id, turn.inquiry.reference, turn.now),
    "add": lambda turn: second_call.add(*turn.on_inquiry, "Og hvor mange lærere?", turn.now),
}

NEEDS: dict[str, Callable[[Turn], object]] = {
    "reply": _waiting_request,
    "withdraw request": _waiting_request,
    "receive": _open_offer,
    "decline": _open_offer,
    "withdraw offer": _open_offer,
}
"""Acts that are tried only where there is something to do them to."""

WEIGHTS = {**dict.fromkeys(NEEDS, 8), **dict.fromkeys(("restrict", "lift", "note", "add", "nudge", "say person"), 1)}
"""How often an act is tried, beside 3: what must be there first, often; what shuts others out, seldom."""

BY_THE_DESK = frozenset({"nudge", "not answering", "add"})
