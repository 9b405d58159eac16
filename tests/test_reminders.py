"""The tick: who is told at which step, once, and what an outage, an answer or a moved due time does to it."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import delete, func, select, text, update

from pressedesk import access, db, pulse, reminders
from pressedesk.administration import absence, holders
from pressedesk.clocks import Step
from pressedesk.desk import crisis, handling
from pressedesk.events import Event, EventKind
from pressedesk.models import (
    DeliveryState,
    Inquiry,
    Link,
    Message,
    MessageKind,
    Reminder,
    ReminderState,
    Restriction,
    Silence,
    Strand,
)
from pressedesk.regulation.facts import Facts
from pressedesk.regulation.vocabulary import NO, YES, Ask, Form, Level, Role
from pressedesk.workflow import State
from pressedesk.workhours import local_day
from tests.calls import Case, log_call, messages
from tests.organisation import SYSTEM, Town

NINE = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)  # Tuesday at 09.00 in Oslo; an ordinary call is due at 13.00
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
ABOUT_SCHOOL = {"level": Level.UNIT, "personnel": NO, "client_case": NO}


def tick_through(until: datetime, since: datetime = NINE, every: timedelta = 5 * MINUTE) -> int:
    """Tick as the worker does, each mail leaving at once; how many steps were put into the queue."""
    everything_left(since)
    steps, now = 0, since
    while now <= until:
        ticked = reminders.tick(now).steps
        if ticked:
            everything_left(now)
        steps, now = steps + ticked, now + every
    return steps


def everything_left(now: datetime = NINE) -> None:
    """Nothing waits any more, so the next step supersedes nothing."""
    with db.writing() as tx:
        waits = update(Message).where(Message.state == DeliveryState.QUEUED)
        tx.execute(waits.values(state=DeliveryState.SENT, sent_at=now))


def headings(case: Case) -> dict[str, list[str]]:
    """What each was told, in order."""
    found: dict[str, list[str]] = {}
    for name, heading in case.told():
        found.setdefault(name, []).append(heading)
    return found


@pytest.fixture
def case(town: Town) -> Case:
    """An ordinary call about the school, at nine, due at one."""
    return log_call(town, NINE)


# --- Who is told ----------------------------------------------------------------------------------------------------

STEPS = [  # step, who is told of it when nobody has taken an ordinary case about the school
    (Step.NOT_TAKEN, {"leder"}),
    (Step.BEFORE_DUE, {"leder"}),
    (Step.DUE, {"leder"}),
    (Step.OVERDUE, {"leder", "kommunalsjef"}),
    (Step.OVERDUE_TWO_HOURS, {"kommunalsjef"}),
    (Step.NEXT_MORNING, {"radmann", "kis"}),
    (Step.DAILY, {"leder", "kommunalsjef"}),
]


@pytest.mark.parametrize(("step", "told"), STEPS, ids=[step for step, _ in STEPS])
def test_each_step_reaches_those_it_is_for(case: Case, step: Step, told: set[str]) -> None:
    """The owner, then up the line, at the minute that was planned."""
    at = case.planned_at(step)
    tick_through(at - MINUTE)
    before = len(messages())
    assert reminders.tick(at).steps == 1
    names = {person_id: name for name, person_id in case.town.people.items()}
    assert {names[row.person_id] for row in messages()[before:]} == told
    assert case.ledger()[step] is (ReminderState.PLANNED if step is Step.DAILY else ReminderState.ENQUEUED)


def test_a_short_deadline_goes_up_the_line_within_minutes(town: Town) -> None:
    """Forty minutes and a silent owner: he is chased after 10, the line after 20. The deputy of somebody who is present
    may not know of the case, so the superior is next."""
    case = log_call(town, NINE, deadline_at=NINE + 40 * MINUTE)
    tick_through(NINE + 25 * MINUTE, every=MINUTE)
    assert case.told()[1:] == [("leder", "Ikke tatt ennå"), ("kommunalsjef", "Ikke tatt ennå, og det haster")]


def test_a_deputy_who_may_know_comes_before_the_superior(town: Town) -> None:
    """The next reachable person of the owner's office is asked first, also while the holder is there."""
    holders.set_deputies(SYSTEM, town.offices["rektor"], [town.people["annen_leder"]], NINE)
    case = log_call(town, NINE, deadline_at=NINE + 40 * MINUTE)
    tick_through(NINE + 20 * MINUTE, every=MINUTE)
    assert case.told()[-1][0] == "annen_leder"


def test_a_request_for_documents_has_its_own_steps(town: Town) -> None:
    """Innsyn: amber after one working day, red after three (KIS too), a last word on the fifth; told in the morning."""
    facts = Facts(**ABOUT_SCHOOL, asks=frozenset({Ask.DOCUMENTS}))
    case = log_call(town, NINE, facts=facts)
    tick_through(NINE + 7 * DAY, every=HOUR)
    told = headings(case)
    assert told["arkiv"][1:4] == ["Innsynskrav venter på svar", "Innsynskrav haster", "Fristen nærmer seg"]
    assert told["kis"][0] == "Innsynskrav haster"
    with db.reading() as tx:
        at = tx.scalars(select(Reminder.settled_at).where(Reminder.step == Step.AMBER)).one()
    assert at == datetime(2026, 11, 26, 7, 0, tzinfo=UTC)  # the day after, when the office opens


def test_whoever_took_it_is_told_instead(case: Case) -> None:
    """Taken from above: the superior has it, and steps for the untaken fall silent."""
    case.take("kommunalsjef", NINE + MINUTE)
    tick_through(case.planned_at(Step.DUE))
    assert case.told()[1:] == [("kommunalsjef", "Fristen nærmer seg"), ("kommunalsjef", "Fristen er nå")]
    assert case.ledger()[Step.NOT_TAKEN] is ReminderState.CANCELLED


def test_an_absence_since_then_sends_the_reminder_to_the_deputy(case: Case) -> None:
    """The office stays the owner; the person is found anew, and his own link opens."""
    town = case.town
    absence.register(SYSTEM, town.people["leder"], NINE + MINUTE, NINE + DAY, NINE + MINUTE)
    tick_through(NINE + 30 * MINUTE)
    assert case.told() == [("leder", "Ny pressehenvendelse"), ("inspektor", "Ikke tatt ennå")]
    assert case.strand().owner_role is Role.VIRKSOMHETSLEDER
    assert "/v/" in messages()[-1].body


def test_whoever_took_it_and_went_away_is_not_waited_for(case: Case) -> None:
    """The office answers for it again."""
    case.take("leder", NINE + MINUTE)
    absence.register(SYSTEM, case.town.people["leder"], NINE + HOUR, NINE + DAY, NINE + HOUR)
    tick_through(case.planned_at(Step.DUE))
    assert case.told()[1:] == [("inspektor", "Fristen nærmer seg"), ("inspektor", "Fristen er nå")]


def test_an_owner_at_the_top_is_never_left_untold(town: Town) -> None:
    """Above the rådmann there is nobody: he hears it himself at every step."""
    case = log_call(town, NINE, None, Facts(level=Level.MUNICIPALITY, personnel=NO, client_case=NO))
    tick_through(NINE + DAY, every=15 * MINUTE)
    assert "Fristen gikk ut, og journalisten venter" in headings(case)["radmann"]
    assert {step for step, state in case.ledger().items() if state is not ReminderState.ENQUEUED} == {Step.DAILY}


def test_nobody_in_the_office_means_the_top_hears(case: Case) -> None:
    """An office that everybody has left is never a silent one."""
    town = case.town
    for name in ("leder", "inspektor"):
        absence.register(SYSTEM, town.people[name], NINE + MINUTE, NINE + DAY, NINE + MINUTE)
    reminders.tick(NINE + 30 * MINUTE)
    assert {name for name, heading in case.told() if heading == "Ikke tatt ennå"} == {"radmann", "kis"}


# --- Whom it is about -----------------------------------------------------------------------------------------------


def test_the_person_it_is_about_is_passed_by_and_the_line_is_not_shortened(town: Town) -> None:
    """About the kommunalsjef: owned above him, and nothing of it ever reaches him, nor does his office count."""
    facts = Facts(level=Level.UNIT, personnel=YES, client_case=NO, subject=Role.KOMMUNALSJEF)
    case = log_call(town, NINE, facts=facts)
    tick_through(NINE + 2 * DAY, every=15 * MINUTE)
    told = {name for name, _ in case.told()}
    assert "kommunalsjef" not in told
    assert "radmann" in told
    assert [step for step, state in case.ledger().items() if state is ReminderState.PLANNED] == [Step.DAILY]


def test_nobody_is_told_in_place_of_whom_it_is_about(town: Town) -> None:
    """About the rådmann: his deputy, who stands under him, does not hear of it for him. KIS does."""
    facts = Facts(level=Level.MUNICIPALITY, personnel=NO, client_case=NO, subject=Role.RADMANN)
    case = log_call(town, NINE, None, facts)
    tick_through(NINE + 2 * DAY, every=15 * MINUTE)
    assert {name for name, _ in case.told()} & {"radmann", "kommunalsjef"} == set()
    assert case.told()[-2:] == [("kis", "Fristen gikk ut, og journalisten venter"), ("ordforer", "Fortsatt åpen")]


def test_the_line_goes_on_above_whom_it_is_about(town: Town) -> None:
    """Documents about a kommunalsjef: the archive stands under him, and the one above him hears of it."""
    facts = Facts(**ABOUT_SCHOOL, asks=frozenset({Ask.DOCUMENTS}), subject=Role.KOMMUNALSJEF)
    case = log_call(town, NINE, "teknisk", facts)
    tick_through(NINE + 14 * DAY, every=HOUR)
    told = headings(case)
    assert "Fortsatt over fristen" in told["radmann"]
    assert {"kommunalsjef", "kommunalsjef2"} & told.keys() == set()


def test_a_new_holder_of_the_subjects_office_is_passed_by_as_well(town: Town) -> None:
    """Excluded are those stored when it was decided and whoever holds the subject's office now."""
    facts = Facts(level=Level.UNIT, personnel=YES, client_case=NO, subject=Role.VIRKSOMHETSLEDER)
    case = log_call(town, NINE, facts=facts)
    office, today = town.offices["rektor"], local_day(NINE)
    with db.writing() as tx:
        inquiry = tx.scalars(select(Inquiry).where(Inquiry.reference == case.reference)).one()
        assert inquiry.subject_office_id == office
    holders.appoint(SYSTEM, office, town.people["kommunalsjef2"], today, NINE)
    tick_through(NINE + 2 * DAY, every=15 * MINUTE)
    assert {"leder", "kommunalsjef2"} & {name for name, _ in case.told()} == set()


def test_every_receiver_may_know_of_the_inquiry(town: Town) -> None:
    """Whatever the facts: who is told is in the scope of access.py."""
    for personnel in (NO, YES):
        case = log_call(town, NINE, facts=Facts(level=Level.UNIT, personnel=personnel, client_case=NO))
        tick_through(NINE + 2 * DAY, every=15 * MINUTE)
        with db.reading() as tx:
            inquiry_id = case.strand().inquiry_id
            for row in messages():
                assert row.inquiry_id != inquiry_id or access.may_receive(tx, row.person_id, inquiry_id, NINE + 2 * DAY)


# --- Once -----------------------------------------------------------------------------------------------------------


def test_a_thousand_ticks_are_as_many_messages_as_steps(case: Case) -> None:
    """An overdue case is told of at each step, never at each tick."""
    tick_through(NINE + 3 * DAY, every=5 * MINUTE)
    once = len(messages())
    assert sum(reminders.tick(NINE + 3 * DAY + n * MINUTE).steps for n in range(1000)) == 0
    assert len(messages()) == once
    left = {step for step, state in case.ledger().items() if state is not ReminderState.ENQUEUED}
    assert left == {Step.DAILY}  # every morning, as long as it is open


def test_ticks_at_the_same_time_send_once(town: Town) -> None:
    """Four workers without a lease, twenty cases, one due step each: twenty messages."""
    for _ in range(20):
        log_call(town, NINE)
    with ThreadPoolExecutor(4) as pool:
        ticked = list(pool.map(reminders.tick, [NINE + 30 * MINUTE] * 4))
    assert sum(each.steps for each in ticked) == 20
    assert [each.failed for each in ticked] == [0] * 4
    with db.reading() as tx:
        per_step = tx.execute(
            select(func.count()).where(Message.reminder_id.is_not(None)).group_by(Message.reminder_id)
        )
        assert {row[0] for row in per_step} == {1}
        assert tx.scalar(select(func.count()).select_from(Event).where(Event.kind == EventKind.REMINDED)) == 20


def test_after_three_days_off_each_person_hears_once(case: Case) -> None:
    """The ledger has every step; each gets the highest that concerns him, and what nobody new would hear is passed."""
    everything_left()
    assert reminders.tick(NINE + 3 * DAY).steps == 2
    assert case.told()[1:] == [
        ("leder", "Fortsatt åpen"),
        ("kommunalsjef", "Fortsatt åpen"),
        ("radmann", "Fristen gikk ut, og journalisten venter"),
        ("kis", "Fristen gikk ut, og journalisten venter"),
    ]
    states = case.ledger()
    lower = (Step.NOT_TAKEN, Step.BEFORE_DUE, Step.DUE, Step.OVERDUE, Step.OVERDUE_TWO_HOURS)
    assert [states[step] for step in lower] == [ReminderState.PASSED] * 5
    assert reminders.tick(NINE + 3 * DAY).steps == 0


def test_what_has_not_left_is_replaced_by_the_next_step(case: Case) -> None:
    """A mail server that was away an hour: the owner gets one message about the case, not two."""
    reminders.tick(NINE + 30 * MINUTE)
    assert [row.state for row in messages()] == [DeliveryState.SUPERSEDED, DeliveryState.QUEUED]


def test_one_strand_that_fails_stops_no_other(town: Town, caplog: pytest.LogCaptureFixture) -> None:
    """A row that cannot be read is logged without what stands in it, and the rest is told in the same tick."""
    broken, whole = log_call(town, NINE), log_call(town, NINE)
    with db.writing() as tx:
        tx.execute(text("UPDATE strand SET kind = 'kaker' WHERE id = :id"), {"id": broken.strand_id})
    ticked = reminders.tick(NINE + 30 * MINUTE)
    assert (ticked.strands, ticked.steps, ticked.failed) == (2, 1, 1)
    assert whole.told()[-1][1] == "Ikke tatt ennå"
    assert f"strand {broken.strand_id} failed" in caplog.text
    assert "kaker" not in caplog.text


def test_a_worker_of_an_old_epoch_is_refused(case: Case) -> None:
    """Stopped while it held the lease, it goes on after another took over: its tick writes nothing."""
    old = pulse.take_lease("a", NINE)
    assert old is not None
    assert pulse.take_lease("b", NINE + 5 * MINUTE) is not None
    with pytest.raises(pulse.Fenced):
        reminders.tick(NINE + 30 * MINUTE, old)
    assert case.ledger()[Step.NOT_TAKEN] is ReminderState.PLANNED


# --- What stops a step ----------------------------------------------------------------------------------------------


def test_an_answer_stops_everything(case: Case) -> None:
    """Nothing is told after it, and what waits in the queue is superseded."""
    reminders.tick(NINE + 30 * MINUTE)
    case.take("leder", NINE + 31 * MINUTE)
    case.answer("leder", NINE + 32 * MINUTE)
    assert tick_through(NINE + 3 * DAY, every=30 * MINUTE) == 0
    assert {row.state for row in messages() if row.strand_id} == {DeliveryState.SUPERSEDED}
    assert ReminderState.PLANNED not in case.ledger().values()


STOPS = [  # what has happened to the strand since a step was planned, and the step that says nothing true any more
    ({"state": State.ANSWERED}, Step.DUE),
    ({"state": State.CLOSED}, Step.DUE),
    ({"state": State.TAKEN}, Step.NOT_TAKEN),
    ({"due_version": 2}, Step.DUE),
]


@pytest.mark.parametrize(("since", "step"), STOPS, ids=str)
def test_a_step_is_asked_again_at_its_time(case: Case, since: dict[str, object], step: Step) -> None:
    """Whatever the change itself has cancelled or forgotten to."""
    at = case.planned_at(step)
    with db.writing() as tx:
        for name, value in since.items():
            setattr(tx.get_one(Strand, case.strand_id), name, value)
        tx.execute(update(Reminder).where(Reminder.step != step).values(state=ReminderState.PASSED))
    assert reminders.tick(at).steps == 0
    with db.reading() as tx:
        assert tx.scalars(select(Reminder.state).where(Reminder.step == step)).one() is ReminderState.CANCELLED


def test_laying_it_back_starts_anew_and_tells_the_owner(case: Case) -> None:
    """A superior took it and laid it back: a new version of the due time, and word to whoever has the office."""
    case.take("kommunalsjef", NINE + MINUTE)
    case.give_back("kommunalsjef", NINE + HOUR)
    assert case.told()[-1] == ("leder", "Ny pressehenvendelse")
    assert case.ledger()[Step.NOT_TAKEN] is ReminderState.PLANNED
    reminders.tick(NINE + 2 * HOUR)
    assert case.told()[-1] == ("leder", "Ikke tatt ennå")


def test_a_new_due_time_is_told_and_the_old_ledger_is_void(town: Town) -> None:
    """A question came out of a request for documents, and then an accusation: due sooner, the same owner, one message
    with the new time, and the ledger and the link of the old one are void."""
    log_call(town, NINE, facts=Facts(**ABOUT_SCHOOL, asks=frozenset({Ask.DOCUMENTS})))
    for minute, fact in enumerate(({"asks": ["documents", "facts"]}, {"accusation": True}), 1):
        with db.reading() as tx:
            reference, seen = tx.execute(select(Inquiry.reference, Inquiry.version)).one()
        correction = handling.Correction(fact, town.units["skole"], None)
        handling.correct_facts(town.people["kis"], reference, seen, correction, NINE + minute * MINUTE)
    with db.reading() as tx:
        moved = tx.scalars(select(Message).where(Message.kind == MessageKind.DUE_MOVED)).one()
        first = tx.scalars(select(Message).where(Message.strand_id == moved.strand_id).order_by(Message.id)).first()
        old = (Reminder.strand_id == moved.strand_id, Reminder.due_version == 1, Reminder.step != Step.TOLD)
        assert set(tx.scalars(select(Reminder.state).where(*old))) == {ReminderState.CANCELLED}
        links = tx.scalars(select(Link).where(Link.strand_id == moved.strand_id).order_by(Link.id)).all()
    assert moved.subject.startswith("Ny frist")
    assert first is not None
    assert first.state is DeliveryState.SUPERSEDED
    assert [link.ended_at is None for link in links] == [False, True]


# --- When -----------------------------------------------------------------------------------------------------------


def test_a_step_at_night_waits_until_somebody_can_read_it(town: Town) -> None:
    """A deadline at ten in the evening: told the next morning, and the ledger says so."""
    case = log_call(town, NINE + 8 * HOUR, deadline_at=NINE + 13 * HOUR)
    opening = datetime(2026, 11, 25, 7, 0, tzinfo=UTC)
    assert tick_through(opening - MINUTE, NINE + 8 * HOUR) == 0
    assert case.planned_at(Step.DUE) == opening
    reminders.tick(opening)
    assert case.told()[-1] == ("leder", "Fristen er nå")


def test_crisis_leadership_is_told_at_night(town: Town) -> None:
    """In a crisis somebody is on duty: what its decision gave to crisis leadership does not wait for the morning."""
    crisis.start(town.people["radmann"], "Øvelse", None, None, NINE + 11 * HOUR)
    case = log_call(town, NINE + 12 * HOUR, deadline_at=NINE + 13 * HOUR)
    assert tick_through(NINE + 13 * HOUR, NINE + 12 * HOUR, MINUTE) >= 2
    assert ("radmann", "Fristen er nå") in case.told()


def test_documents_wait_for_the_morning_also_in_a_crisis(town: Town) -> None:
    """The archive answers them by law, and the archive sleeps."""
    crisis.start(town.people["radmann"], "Øvelse", None, None, NINE)
    log_call(town, NINE, facts=Facts(**ABOUT_SCHOOL, asks=frozenset({Ask.DOCUMENTS})))
    assert tick_through(datetime(2026, 11, 26, 6, 55, tzinfo=UTC), NINE + 9 * HOUR, HOUR) == 0


def test_what_crisis_leadership_handed_back_waits_for_the_morning(town: Town) -> None:
    """Released from the crisis it is an ordinary case, and an ordinary leader sleeps."""
    crisis.start(town.people["radmann"], "Øvelse", None, None, NINE)
    case = log_call(town, NINE + 12 * HOUR, deadline_at=NINE + 13 * HOUR)
    with db.reading() as tx:
        seen = tx.scalars(select(Inquiry.version).where(Inquiry.reference == case.reference)).one()
    crisis.release(town.people["radmann"], case.reference, seen, NINE + 12 * HOUR)
    assert tick_through(NINE + 14 * HOUR, NINE + 12 * HOUR) == 0


NIGHTS = [
    datetime(2026, 3, 28, 22, 0, tzinfo=UTC),  # at two the clock is set to three
    datetime(2026, 10, 24, 21, 0, tzinfo=UTC),  # at three the clock is set back to two
]


@pytest.mark.parametrize("evening", NIGHTS)
def test_the_nights_when_clocks_change_send_each_step_once(town: Town, evening: datetime) -> None:
    """Ticked minute by minute through the night, in a crisis, so that nothing waits for the morning."""
    crisis.start(town.people["radmann"], "Øvelse", None, None, evening)
    case = log_call(town, evening, deadline_at=evening + 5 * HOUR)
    planned = {step: case.planned_at(step) for step in case.ledger()}
    for minute in range(7 * 60):
        reminders.tick(evening + minute * MINUTE)
    with db.reading() as tx:
        rows = tx.scalars(select(Reminder).where(Reminder.state == ReminderState.ENQUEUED)).all()
        told = tx.scalar(select(func.count()).select_from(Event).where(Event.kind == EventKind.REMINDED))
    assert {row.step: row.settled_at for row in rows} == {row.step: planned[row.step] for row in rows}
    assert Step.DUE in {row.step for row in rows}
    assert told == len(rows) - 1  # all but the first, which was told when it was logged


def test_restricting_later_shuts_out_who_may_no_longer_know(case: Case) -> None:
    """Restricted after it was logged: the ordinary line goes on, nobody else is ever told."""
    with db.writing() as tx:
        inquiry = tx.scalars(select(Inquiry).where(Inquiry.reference == case.reference)).one()
        inquiry.restriction = Restriction.CONFIRMED
    tick_through(NINE + 2 * DAY, every=15 * MINUTE)
    assert {name for name, _ in case.told()} <= {"leder", "kommunalsjef", "radmann", "kis"}


# --- Every morning --------------------------------------------------------------------------------------------------


def test_what_is_open_is_chased_every_working_morning(case: Case) -> None:
    """A new message each morning to whoever has it and to the superior; none on Saturday and Sunday."""
    tick_through(NINE + 7 * DAY, every=15 * MINUTE)
    mornings = [name for name, heading in case.told() if heading == "Fortsatt åpen"]
    assert mornings == ["leder", "kommunalsjef"] * 4  # Thursday, Friday, Monday, Tuesday
    assert case.ledger()[Step.DAILY] is ReminderState.PLANNED


def test_a_letter_without_a_clock_is_told_of_and_chased_all_the_same(town: Town) -> None:
    """Not to be answered, but somebody has to close it."""
    letter = Facts(level=Level.UNIT, personnel=NO, client_case=NO, form=Form.LETTER)
    case = log_call(town, NINE, facts=letter)
    assert case.strand().clock is None
    assert list(case.ledger()) == [Step.TOLD, Step.DAILY]
    reminders.tick(NINE + DAY)
    assert "Fortsatt åpen" in {heading for _, heading in case.told()}


def test_what_was_left_without_a_next_step_is_found(case: Case) -> None:
    """A ledger of an older version ended with the rådmann: from the next morning on it is chased."""
    with db.writing() as tx:
        tx.execute(update(Message).values(reminder_id=None))
        tx.execute(delete(Reminder))
    reminders.tick(NINE + MINUTE)
    assert case.planned_at(Step.DAILY) == NINE + 23 * HOUR  # Wednesday at eight
    assert reminders.tick(NINE + 23 * HOUR).steps == 1
    assert reminders.tick(NINE + 23 * HOUR).steps == 0


def test_a_step_that_was_only_stopped_is_found_as_well(case: Case) -> None:
    """The row is there already, and is used again."""
    with db.writing() as tx:
        tx.execute(update(Reminder).values(state=ReminderState.CANCELLED))
    reminders.tick(NINE + MINUTE)
    assert case.ledger()[Step.DAILY] is ReminderState.PLANNED


def test_what_is_closed_is_chased_no_more(case: Case) -> None:
    """The end of the ladder is the end of the strand."""
    case.take("leder", NINE)
    case.answer("leder", NINE + MINUTE)
    assert tick_through(NINE + 5 * DAY, every=HOUR) == 0


# --- Silence --------------------------------------------------------------------------------------------------------


def silence(case: Case, *names: str, until: datetime = NINE + 10 * DAY) -> None:
    """They cannot now, or did not answer."""
    with db.writing() as tx:
        about = case.strand().inquiry_id
        for name in names:
            tx.add(Silence(inquiry_id=about, person_id=case.town.people[name], from_at=NINE, until_at=until))


SILENT = [  # who is silent, the step, who is told instead: a deputy of his office first, then the line above
    (("leder",), Step.NOT_TAKEN, {"kommunalsjef"}),
    (("leder", "kommunalsjef"), Step.NOT_TAKEN, {"kommunalsjef2"}),
    (("leder", "kommunalsjef", "kommunalsjef2"), Step.NOT_TAKEN, {"radmann"}),
    (("kommunalsjef",), Step.OVERDUE, {"leder", "kommunalsjef2"}),
    (("kommunalsjef",), Step.OVERDUE_TWO_HOURS, {"kommunalsjef2"}),
    (("radmann",), Step.NEXT_MORNING, {"kommunalsjef", "kis"}),
    (("leder",), Step.DAILY, {"kommunalsjef"}),
    (("leder", "kommunalsjef", "kommunalsjef2", "radmann", "kis", "kis_adviser"), Step.NOT_TAKEN, {"leder"}),
]


@pytest.mark.parametrize(("silent", "step", "told"), SILENT)
def test_whoever_is_silent_is_passed_by_at_every_step(
    case: Case, silent: tuple[str, ...], step: Step, told: set[str]
) -> None:
    """The next one is told; where all are silent, silence does not count."""
    silence(case, *silent)
    with db.writing() as tx:
        tx.execute(update(Reminder).where(Reminder.step != step).values(state=ReminderState.PASSED))
    before = len(messages())
    reminders.tick(case.planned_at(step))
    names = {person_id: name for name, person_id in case.town.people.items()}
    assert {names[row.person_id] for row in messages()[before:]} == told


def test_a_silence_that_is_over_passes_nobody_by(case: Case) -> None:
    """An hour later he is told again."""
    silence(case, "leder", until=NINE + 29 * MINUTE)
    reminders.tick(NINE + 30 * MINUTE)
    assert case.told()[-1] == ("leder", "Ikke tatt ennå")
