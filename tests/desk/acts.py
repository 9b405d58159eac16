"""What can be done at the desk, each as an act that anybody may try: for the machine of machine.py."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, TypeVar

from sqlalchemy import select

from pressedesk import access, db, organisation
from pressedesk.access import NotFound, Refused
from pressedesk.desk import (
    answering,
    closing,
    crisis,
    deviating,
    following,
    handling,
    joining,
    passing,
    promising,
    requests,
    rulings,
    second_call,
    shared_answers,
    silence,
    stories,
    tasks,
    whom,
)
from pressedesk.desk.answering import Agreed, Channel, Consulted, Deviated, Said
from pressedesk.desk.deviating import Reasoned
from pressedesk.desk.following import Follow, Staff
from pressedesk.desk.handling import Concerns, Correction
from pressedesk.desk.joining import Second
from pressedesk.desk.requests import Question
from pressedesk.desk.rulings import Ruling
from pressedesk.desk.shared_answers import Spoken
from pressedesk.desk.whom import Asking, Way
from pressedesk.models import Granted, Handover, HandoverState, InPrint, Inquiry, Journal, Request, Story, Strand, Task
from pressedesk.regulation.vocabulary import NO, UNKNOWN, Ask, Clock, Role, Statement
from pressedesk.workflow import Ending, State
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
    if turn.strand.state is State.NEW and turn.pick % 2:  # KIS finds out where it belongs
        facts, unit = {"level": "unit"}, "skole"
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
    reasoned = Reasoned("Personen har selv fortalt alt.", turn.pick % 5 != 0, Consulted(Role.KOMMUNALSJEF, turn.now))
    deviating.deviate(*turn.on_strand, reasoned, turn.now)


def _colleagues(turn: Turn) -> list[int]:
    """Whom the page would offer beside the units."""
    with db.reading() as tx:
        org = organisation.snapshot(tx, turn.now)
        who = access.actor(tx, turn.person_id, turn.now, org)
        return [person.id for person in passing.colleagues(org, who, tx.get_one(Strand, turn.strand.id))]


def _offer(turn: Turn) -> None:
    """To another unit, to a colleague, or to nobody in particular: then KIS finds out."""
    others = [unit for unit in UNITS if unit is None or turn.town.units[unit] != turn.inquiry.unit_id]
    unit, colleagues = others[turn.pick % len(others)], _colleagues(turn) if turn.pick % 2 else []
    to_person = colleagues[turn.pick % len(colleagues)] if colleagues else None
    to_unit = turn.town.units[unit] if unit and not colleagues else None
    passing.offer(*turn.on_strand, to_unit, to_person, "Denne er nok din.", "", turn.now)


def _open_offer(turn: Turn) -> Handover | None:
    with db.reading() as tx:
        offered = select(Handover).where(Handover.strand_id == turn.strand.id, Handover.state == HandoverState.OFFERED)
        return tx.scalars(offered).first()


def _receive(turn: Turn) -> None:
    handover = _the(_open_offer(turn))
    person_id = turn.person_id if turn.pick % 5 == 0 else handover.to_person_id or turn.person_id
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


def _rule(turn: Turn) -> None:
    granted = list(Granted)[turn.pick % len(Granted)]
    provision = None if granted is Granted.FULL else "offl_14"
    ruling = Ruling(granted, provision, True, "Et internt dokument.", "Liv Holm", turn.now)
    rulings.rule(*turn.on_strand, ruling, turn.now)


def _follow_up(turn: Turn) -> None:
    follow = Follow(
        in_print=list(InPrint)[turn.pick % len(InPrint)],
        staff=list(Staff)[turn.pick % len(Staff)],
        journal=list(Journal)[turn.pick % len(Journal)] if turn.pick % 2 else None,
    )
    following.follow_up(*turn.on_strand, follow, turn.now)


def _open_task(turn: Turn) -> Task | None:
    with db.reading() as tx:
        return tx.scalars(
            select(Task).where(
                Task.inquiry_id == turn.inquiry.id, Task.done_at.is_(None), Task.kind.in_(tasks.OUTCOMES)
            )
        ).first()


def _do_task(turn: Turn) -> None:
    task = _the(_open_task(turn))
    tasks.done(turn.person_id, task.id, turn.now, tasks.OUTCOMES[task.kind][0])


def _join(turn: Turn) -> None:
    joining.join(turn.person_id, turn.inquiry.reference, _another(turn), turn.inquiry.version, turn.now)


def _another(turn: Turn) -> str:
    others = [each for each in turn.others if each != turn.inquiry.reference]
    return others[turn.pick % len(others)]


def _split(turn: Turn) -> str:
    unit = UNITS[turn.pick % len(UNITS)]
    known = NO if turn.pick % 2 else UNKNOWN
    second = Second("Og hva koster det?", turn.town.units[unit] if unit else None, frozenset({Ask.FACTS}), known, known)
    return joining.split(*turn.on_inquiry, second, turn.now)


def _switch(turn: Turn) -> None:
    """Crisis leadership is established, or ended."""
    with db.reading() as tx:
        stands = crisis.standing(tx)
    if stands is None:
        crisis.start(turn.person_id, "Brann i rådhuset", None, None, turn.now)
    else:
        crisis.end(turn.person_id, stands.version, turn.now)


def _crisis_stands(_: Turn) -> bool:
    with db.reading() as tx:
        return crisis.standing(tx) is not None


def _story(_: Turn | None = None) -> Story | None:
    with db.reading() as tx:
        return tx.scalars(select(Story).where(Story.ended_at.is_(None)).order_by(Story.id.desc())).first()


def _put_in_story(turn: Turn) -> None:
    stories.put(turn.person_id, _the(_story()).id, *turn.on_inquiry[1:], turn.now)


def _share_an_answer(turn: Turn) -> None:
    story = _the(_story())
    until_at = turn.now + timedelta(hours=3)
    shared_answers.set_answer(
        turn.person_id, story.id, story.version, "Vannet er tilbake.", (Statement.FACTS,), until_at, turn.now
    )


def _answer_all(turn: Turn) -> None:
    story = _the(_story())
    spoken = Spoken("Noen", turn.strand.owner_role or Role.RADMANN, turn.now, Channel.PHONE)
    marked = shared_answers.answer_all(turn.person_id, story.id, story.version, [turn.strand.id], spoken, turn.now)
    if not marked.answered:
        raise Refused("Ingen av dem var hans.")


def _is_innsyn(turn: Turn) -> bool:
    return turn.strand.clock is Clock.INNSYN


def _may_be_deviated_from(turn: Turn) -> bool:
    """Point 12 advises against, or point 11 does as a rule."""
    facts = turn.inquiry.facts
    of_client = facts["client_case"] is True and facts["waiver"] == "written"
    return facts["personnel"] is False and (of_client or (facts["form"] == "letter" and facts["client_case"] is False))


def _is_in_story(turn: Turn) -> bool:
    return turn.inquiry.story_id is not None


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
    "rule on documents": _rule,
    "follow up": _follow_up,
    "do a task": _do_task,
    "join": _join,
    "part": lambda turn: joining.part(*turn.on_inquiry, turn.now),
    "split": _split,
    "crisis": _switch,
    "release": lambda turn: crisis.release(*turn.on_inquiry, turn.now),
    "make a story": lambda turn: stories.make(turn.person_id, "Vannlekkasjen", turn.now),
    "put in story": _put_in_story,
    "take out of story": lambda turn: stories.take_out(*turn.on_inquiry, turn.now),
    "share an answer": _share_an_answer,
    "answer all": _answer_all,
    "add": lambda turn: second_call.add(*turn.on_inquiry, "Og hvor mange lærere?", turn.now),
}

NEEDS: dict[str, Callable[[Turn], object]] = {
    "reply": _waiting_request,
    "withdraw request": _waiting_request,
    "receive": _open_offer,
    "decline": _open_offer,
    "withdraw offer": _open_offer,
    "rule on documents": _is_innsyn,
    "do a task": _open_task,
    "release": _crisis_stands,
    "part": lambda turn: turn.inquiry.joined_into_id,
    "join": lambda turn: len(turn.others) > 1,
    "deviate": _may_be_deviated_from,
    "make a story": lambda turn: _story() is None,
    "put in story": lambda turn: _story() and not _is_in_story(turn),
    "take out of story": _is_in_story,
    "share an answer": _is_in_story,
    "answer all": _is_in_story,
}
"""Acts that are tried only where there is something to do them to."""

WEIGHTS = {
    **dict.fromkeys(NEEDS, 10),
    **dict.fromkeys(("receive", "deviate", "part", "answer all"), 25),
    **dict.fromkeys(("take", "give back", "ask", "offer", "correct", "cannot now"), 7),
    **dict.fromkeys(("restrict", "note", "add", "nudge", "say person", "crisis", "split", "make a story", "join"), 1),
    **dict.fromkeys(("put in story", "share an answer", "take out of story"), 4),
}
"""How often an act is tried, beside 3: what must be there first, often; what shuts others out, seldom."""

SCENES = (
    ("take", "take"),
    ("take", "ask", "give back"),
    ("take", "ask", "reply", "deviate"),
    ("ask", "correct"),
    ("correct",),
    ("ask", "offer", "receive"),
    ("take", "offer", "receive"),
    ("offer", "receive"),
    ("offer", "decline"),
    ("take", "cannot now"),
    ("correct", "correct", "offer", "receive"),
    ("make a story", "put in story", "share an answer", "answer all"),
    ("make a story", "put in story", "take out of story"),
    ("join", "part"),
    ("join", "join", "part", "part"),
    ("join", "join", "join", "part", "part"),
    ("take", "answer", "close", "follow up", "do a task", "answer"),
)
"""Acts that tend to follow one another on one inquiry."""

BY_THE_DESK = frozenset(
    {"nudge", "not answering", "add", "crisis", "make a story", "put in story", "share an answer", "answer all"}
    | {"join", "part", "split", "lift", "correct"}
)
