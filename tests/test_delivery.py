"""Delivery: claim, send, record; through real mail on loopback, and through faults between the three."""

import random
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from sqlalchemy import func, select, update

from pressedesk import access, db, delivery, events, outbox, pulse, reminders
from pressedesk.access import Refused
from pressedesk.administration import absence, people
from pressedesk.channels import SENT, Fault, Letter, Outcome, mail
from pressedesk.config import Settings
from pressedesk.desk import intake
from pressedesk.events import Event, EventKind
from pressedesk.models import Attempt, DeliveryState, Inquiry, Message, MessageKind, Person, Restriction, Strand
from pressedesk.outbox import Occasion
from pressedesk.regulation.facts import Facts
from pressedesk.regulation.vocabulary import NO, YES, Capacity, Level
from pressedesk.workflow import State
from tests.calls import log_call, messages, set_address
from tests.channels.post import DROP, HANG, Post, post_office
from tests.organisation import SYSTEM, Town

NINE = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)  # Tuesday at 09.00 in Oslo
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
UNITS = {"skole": "leder", "barnehage": "annen_leder", "teknisk": "teknisk_leder", "kis": "kis"}  # and who is told


@pytest.fixture
def post() -> Iterator[Post]:
    """A mail server that takes everything, until told otherwise."""
    with post_office() as running:
        yield running


@pytest.fixture
def smtp(post: Post, settings: Settings) -> mail.Smtp:
    """The channel to it."""
    ours = replace(settings, mail_host="127.0.0.1", mail_port=post.port, mail_starttls=False)
    return mail.Smtp(ours, timeout_seconds=0.3)


class Told:
    """A channel in memory: what it was given, and what comes of it. For what a network would only slow down."""

    def __init__(self, *outcomes: Outcome) -> None:
        self.letters: list[Letter] = []
        self._outcomes = list(outcomes)

    def send(self, letter: Letter) -> Outcome:
        self.letters.append(letter)
        return self._outcomes.pop(0) if self._outcomes else SENT


def deliver(channel: mail.Smtp | Told, now: datetime, worker: str = "a") -> int:
    """Everything that is ready at `now`; how many mails."""
    mails = 0
    while delivery.deliver_next(channel, worker, now, jitter=lambda: 0.5):
        mails += 1
    return mails


def states() -> list[str]:
    """Of all messages, oldest first."""
    return [row.state.value for row in messages()]


def attempts() -> list[tuple[str, str | None]]:
    """Every try that was recorded: its state and our code."""
    with db.reading() as tx:
        return [(row.state.value, row.error) for row in tx.scalars(select(Attempt).order_by(Attempt.id))]


def events_of(kind: EventKind) -> list[Event]:
    """What the record says of this kind."""
    with db.reading() as tx:
        return list(tx.scalars(select(Event).where(Event.kind == kind)))


LATER, NEVER = Outcome(DeliveryState.QUEUED, Fault.LATER), Outcome(DeliveryState.FAILED, Fault.REFUSED)
PERHAPS = Outcome(DeliveryState.UNKNOWN, Fault.NO_REPLY)


# --- To the end -----------------------------------------------------------------------------------------------------


def test_a_message_arrives_once(town: Town, post: Post, smtp: mail.Smtp) -> None:
    """Logged, sent, recorded; nothing is left to send."""
    case = log_call(town, NINE)
    assert deliver(smtp, NINE) == 1
    assert deliver(smtp, NINE + HOUR) == 0
    assert post.receivers == ["leder@granli.example"]
    assert str(post.received[0]["Subject"]) == f"Ny pressehenvendelse: {case.reference}"
    assert (states(), attempts()) == (["sent"], [("sent", None)])


TEN = ["radmann", "kommunalsjef", "kommunalsjef2", "kis", "kis_adviser", "leder", "annen_leder", "teknisk_leder",
       "seksjonsleder", "sentralbord"]  # fmt: skip


def test_one_bad_address_of_ten_stops_no_other(town: Town, post: Post, smtp: mail.Smtp) -> None:
    """550 for the third: nine delivered, one red, and the record of its inquiry says so."""
    log_call(town, NINE)
    with db.writing() as tx:
        inquiry = tx.scalars(select(Inquiry)).one()
        tx.scalars(select(Message)).one().state = DeliveryState.SUPERSEDED
        occasion = Occasion("to all", MessageKind.INFORM, inquiry)
        outbox.enqueue(tx, occasion, [town.people[name] for name in TEN], NINE)
    post.at_address["kommunalsjef2@granli.example"] = ["550 nobody here"]
    deliver(smtp, NINE)
    assert sorted(post.receivers) == sorted(f"{name}@granli.example" for name in TEN if name != "kommunalsjef2")
    assert states().count("failed") == 1
    (undelivered,) = events_of(EventKind.UNDELIVERED)
    assert undelivered.data == {"person": town.people["kommunalsjef2"], "fault": "refused"}
    assert undelivered.inquiry_id == inquiry.id


def test_a_server_that_asks_us_to_wait_gets_it_later(town: Town, post: Post, smtp: mail.Smtp) -> None:
    """4xx, then 250: tried again after a minute, under the same Message-ID."""
    log_call(town, NINE)
    post.after_text = ["451 later"]
    deliver(smtp, NINE)
    assert (states(), deliver(smtp, NINE + 30 * timedelta(seconds=1))) == (["queued"], 0)
    assert deliver(smtp, NINE + MINUTE) == 1
    assert attempts() == [("queued", "later"), ("sent", None)]


@pytest.mark.parametrize("fault", [DROP, HANG])
def test_a_lost_reply_sends_once_more_under_the_same_message_id(
    town: Town, post: Post, smtp: mail.Smtp, fault: str
) -> None:
    """The server had the text: one repeat, counted, and no third."""
    log_call(town, NINE)
    post.after_text = [fault]
    deliver(smtp, NINE)
    assert states() == ["unknown"]
    for minute in range(1, 90):
        deliver(smtp, NINE + minute * MINUTE)
    assert len({got["Message-ID"] for got in post.received}) == 1
    assert len(post.received) == 2
    assert attempts() == [("unknown", "no_reply"), ("sent", None)]


def test_twice_unclear_is_red(town: Town) -> None:
    """It may have arrived, twice; a third is not sent, somebody rings."""
    log_call(town, NINE)
    told = Told(PERHAPS, PERHAPS)
    for minute in range(90):
        deliver(told, NINE + minute * MINUTE)
    assert (len(told.letters), states()) == (2, ["failed"])
    assert events_of(EventKind.UNDELIVERED)[0].data["fault"] == "no_reply"


def test_a_server_that_is_away_for_half_an_hour_loses_nothing(town: Town) -> None:
    """Every case is told when it is back."""
    cases = [log_call(town, NINE, unit) for unit in UNITS]
    away = Told(*[Outcome(DeliveryState.QUEUED, Fault.UNREACHABLE)] * 100)
    for minute in range(30):
        deliver(away, NINE + minute * MINUTE)
    back = Told()
    for minute in range(30, 60):
        deliver(back, NINE + minute * MINUTE)
    assert len(back.letters) == len(cases)
    assert set(states()) == {"sent"}


def test_a_server_that_is_away_for_days_is_red_within_the_hour(town: Town) -> None:
    """Eight tries in an hour, each recorded; then somebody rings."""
    log_call(town, NINE)
    away = Told(*[Outcome(DeliveryState.QUEUED, Fault.UNREACHABLE)] * 100)
    for minute in range(3 * 24 * 60):
        if not deliver(away, NINE + minute * MINUTE) and states() == ["failed"]:
            break
    assert (len(away.letters), minute <= 61, states()) == (8, True, ["failed"])
    assert attempts() == [("queued", "unreachable")] * 7 + [("failed", "unreachable")]


def test_pauses_grow_and_differ() -> None:
    """1, 2, 4, 8, then 15 minutes, a quarter more or less, so that a hundred mails do not come back at once."""
    assert [delivery.wait_after(tries, 0.5) for tries in range(1, 8)] == [n * MINUTE for n in (1, 2, 4, 8, 15, 15, 15)]
    assert (delivery.wait_after(1, 0.0), delivery.wait_after(1, 1.0)) == (0.75 * MINUTE, 1.25 * MINUTE)


@pytest.mark.parametrize("address", [None, "", "kari@b.no, c@evil.no"])
def test_a_person_without_an_address_is_red_when_the_call_is_saved(town: Town, address: str | None) -> None:
    """Whoever saves sees it at once; the worker has nothing to find out."""
    set_address(town, "leder", address)
    log_call(town, NINE)
    assert states() == ["failed"]
    assert events_of(EventKind.UNDELIVERED)[0].data["fault"] == ("bad_address" if address else "no_address")


def test_an_address_that_was_mended_is_used(town: Town) -> None:
    """The receiver is asked for again when the mail leaves."""
    log_call(town, NINE)
    set_address(town, "leder", "tone.berg@granli.example")
    told = Told()
    deliver(told, NINE)
    assert told.letters[0].to == "tone.berg@granli.example"


# --- What no longer holds -------------------------------------------------------------------------------------------


def test_an_answer_in_between_and_nothing_leaves(town: Town) -> None:
    """Taken and answered before the mail left: superseded."""
    case = log_call(town, NINE)
    case.take("leder", NINE)
    case.answer("leder", NINE)
    told = Told()
    assert deliver(told, NINE + MINUTE) == 1
    assert told.letters[0].subject == f"Journalisten har fått svar: {case.reference}"
    assert states() == ["superseded", "sent"]


SINCE = [{"state": State.ANSWERED}, {"state": State.CLOSED}, {"state": State.TAKEN}, {"due_version": 2}]


@pytest.mark.parametrize("since", SINCE, ids=str)
def test_a_message_is_asked_again_when_it_leaves(town: Town, since: dict[str, object]) -> None:
    """Whatever the change itself has taken out of the queue or forgotten to."""
    case = log_call(town, NINE)
    with db.writing() as tx:
        for name, value in since.items():
            setattr(tx.get_one(Strand, case.strand_id), name, value)
    assert (deliver(Told(), NINE), states()) == (0, ["superseded"])


def test_that_nobody_is_there_is_not_told_once_somebody_has_it(town: Town) -> None:
    """Everybody away: KIS is told, unless it has taken the case before the mail left."""
    for name in ("leder", "inspektor", "kommunalsjef", "kommunalsjef2", "radmann"):
        absence.register(SYSTEM, town.people[name], NINE, NINE + HOUR, NINE)
    case = log_call(town, NINE)
    assert [name for name, _ in case.told()] == ["kis"]
    case.take("kis", NINE)
    assert (deliver(Told(), NINE), states()) == (0, ["superseded"])


def test_taken_in_between_and_nobody_is_asked_to_take_it(town: Town) -> None:
    """«Jeg tar den» before the first word left."""
    case = log_call(town, NINE)
    case.take("leder", NINE)
    assert (deliver(Told(), NINE), states()) == (0, ["superseded"])


def test_whoever_has_left_gets_nothing(town: Town) -> None:
    """Gone between the call and the mail; the next step finds whoever is there now."""
    case = log_call(town, NINE)
    people.leave(SYSTEM, town.people["leder"], NINE)
    assert (deliver(Told(), NINE + MINUTE), states()) == (0, ["superseded"])
    reminders.tick(NINE + 30 * MINUTE)
    assert [name for name, _ in case.told()] == ["inspektor"]


def test_restricted_in_between_and_only_those_who_may_know_are_told(town: Town) -> None:
    """The switchboard's «har fått svar» of what has become a personnel case does not leave."""
    case = log_call(town, NINE)
    deliver(Told(), NINE)
    case.take("leder", NINE)
    case.answer("leder", NINE)
    with db.writing() as tx:
        tx.scalars(select(Inquiry)).one().restriction = Restriction.CONFIRMED
    assert (deliver(Told(), NINE + MINUTE), states()) == (0, ["sent", "superseded"])


# --- Workers --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("back", [timedelta(), -HOUR], ids=["five minutes later", "by a clock set back an hour"])
def test_a_worker_that_died_while_sending_is_one_lost_reply(town: Town, back: timedelta) -> None:
    """Killed after the mail left and before it was recorded: sent once more, same Message-ID, after five minutes."""
    log_call(town, NINE)

    class Killed(BaseException):
        """Nothing after this runs, as in a process that is gone."""

    class Dies(Told):
        def send(self, letter: Letter) -> Outcome:
            super().send(letter)
            raise Killed

    first, second = Dies(), Told()
    with pytest.raises(Killed):
        deliver(first, NINE)
    assert (states(), deliver(second, NINE + 4 * MINUTE, "b")) == (["sending"], 0)
    for minute in range(5, 8):
        deliver(second, NINE + back + minute * MINUTE, "b")
    assert [letter.message_id for letter in first.letters] == [letter.message_id for letter in second.letters]
    assert (states(), attempts()) == (["sent"], [("unknown", "worker_lost"), ("sent", None)])


def test_a_late_record_is_believed_while_nobody_else_has_the_mail(town: Town) -> None:
    """Stopped while sending and taken for lost: it did arrive, so it is not sent again."""
    log_call(town, NINE)
    other = Told()

    class Stopped(Told):
        def send(self, letter: Letter) -> Outcome:
            deliver(other, NINE + 5 * MINUTE, "b")
            return SENT

    delivery.deliver_next(Stopped(), "a", NINE)
    assert (states(), deliver(other, NINE + HOUR, "b")) == (["sent"], 0)


def test_a_late_record_of_a_lost_worker_changes_nothing(town: Town) -> None:
    """It was stopped while sending; another has sent the mail again; then it goes on and says «refused»."""
    log_call(town, NINE)
    other = Told()

    class Stopped(Told):
        def send(self, letter: Letter) -> Outcome:
            for minute in range(5, 8):
                deliver(other, NINE + minute * MINUTE, "b")
            return NEVER

    delivery.deliver_next(Stopped(), "a", NINE)
    assert (states(), len(other.letters)) == (["sent"], 1)


def test_an_old_epoch_claims_nothing(town: Town) -> None:
    """The lease has gone to another: the claim is refused in its own transaction."""
    log_call(town, NINE)
    old = pulse.take_lease("a", NINE)
    assert pulse.take_lease("b", NINE + 5 * MINUTE) is not None
    with pytest.raises(pulse.Fenced):
        delivery.deliver_next(Told(), "a", NINE + 5 * MINUTE, old)
    assert states() == ["queued"]


def test_four_workers_without_a_lease_send_each_mail_once(town: Town, post: Post, smtp: mail.Smtp) -> None:
    """That nothing is doubled does not depend on the lease."""
    with db.writing() as tx:
        tx.execute(update(Person).values(email=None))
    for unit, name in UNITS.items():
        set_address(town, name, f"{name}@granli.example")
        for _ in range(5):
            log_call(town, NINE, unit)
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda worker: deliver(smtp, NINE, worker), "abcd"))
    assert sorted(post.receivers) == sorted(f"{name}@granli.example" for name in UNITS.values())
    assert set(states()) == {"sent"}
    with db.reading() as tx:
        assert tx.scalar(select(func.max(Message.tries))) == 1


# --- One alert in a quarter of an hour ------------------------------------------------------------------------------


def test_what_waits_for_one_person_leaves_as_one_mail(town: Town) -> None:
    """Three calls in the same minute: one mail with all three, each row sent, one Message-ID."""
    cases = [log_call(town, NINE) for _ in range(3)]
    told = Told()
    assert deliver(told, NINE) == 1
    (letter,) = told.letters
    assert letter.subject == "3 varsler om pressehenvendelser"
    assert all(case.reference in letter.body for case in cases)
    assert {row.mail_id for row in messages()} == {letter.message_id}
    assert states() == ["sent"] * 3


def test_the_next_alert_waits_a_quarter_of_an_hour(town: Town) -> None:
    """A minute after the first, two more calls: they leave together when the quarter is over, not before."""
    told = Told()
    for minute in (0, 1, 2):
        log_call(town, NINE + minute * MINUTE)
        deliver(told, NINE + minute * MINUTE)
    assert len(told.letters) == 1
    assert [deliver(told, NINE + minute * MINUTE) for minute in (14, 15, 16)] == [0, 1, 0]
    assert told.letters[1].subject == "2 varsler om pressehenvendelser"


URGENT = [  # what cannot wait
    {"deadline_at": NINE + 41 * MINUTE},
    {"facts": Facts(level=Level.UNIT, personnel=NO, client_case=NO, accusation=True)},
]


@pytest.mark.parametrize("urgent", URGENT, ids=["due within the hour", "accusation"])
def test_the_first_word_of_what_is_urgent_does_not_wait(town: Town, urgent: dict[str, object]) -> None:
    """And it takes along what was waiting for the same person."""
    told = Told()
    log_call(town, NINE)
    deliver(told, NINE)
    log_call(town, NINE + MINUTE)
    assert deliver(told, NINE + MINUTE) == 0
    log_call(town, NINE + 2 * MINUTE, **urgent)  # type: ignore[arg-type]
    assert deliver(told, NINE + 2 * MINUTE) == 1
    assert told.letters[1].subject == "2 varsler om pressehenvendelser"


def test_two_people_do_not_wait_for_each_other(town: Town) -> None:
    """The quarter of an hour is each person's own."""
    told = Told()
    log_call(town, NINE, "skole")
    deliver(told, NINE)
    log_call(town, NINE + MINUTE, "barnehage")
    assert deliver(told, NINE + MINUTE) == 1


def test_a_morning_of_calls_is_never_more_than_one_alert_in_a_quarter(town: Town) -> None:
    """Twenty calls, ticked every minute: for everybody a quarter lies between two mails; all is told."""
    told = Told()
    order = random.Random(1)
    calls = {order.randrange(150) for _ in range(20)}
    for minute in range(180):
        now = NINE + minute * MINUTE
        if minute in calls:
            log_call(town, now, order.choice(list(UNITS)))
        reminders.tick(now)
        deliver(told, now)
    for to in {letter.to for letter in told.letters}:
        at = [letter.at for letter in told.letters if letter.to == to]
        assert all(later - earlier >= 15 * MINUTE for earlier, later in pairwise(at))
    assert {state for state in states() if state not in ("sent", "superseded")} <= {"queued"}


def test_an_unclear_mail_that_is_put_off_is_still_the_same_mail(town: Town) -> None:
    """Perhaps, then «later», then taken: one Message-ID, and what came meanwhile does not ride along."""
    log_call(town, NINE)
    told = Told(PERHAPS, LATER)
    for minute in range(4):
        deliver(told, NINE + minute * MINUTE)
        log_call(town, NINE + minute * MINUTE)
    assert len(told.letters) == 3
    assert {replace(letter, at=NINE) for letter in told.letters} == {told.letters[0]}


def test_two_unclear_mails_to_one_person_stay_two(town: Town) -> None:
    """Each is repeated as it was."""
    told = Told(PERHAPS, PERHAPS)
    for minute in (0, 1):
        log_call(town, NINE, deadline_at=NINE + 41 * MINUTE)
        deliver(told, NINE + minute * timedelta(seconds=1))
    deliver(told, NINE + 2 * MINUTE)
    assert len(told.letters) == 4
    assert {letter.message_id for letter in told.letters[:2]} == {letter.message_id for letter in told.letters[2:]}
    assert {letter.subject for letter in told.letters[:2]} == {letter.subject for letter in told.letters[2:]}


def test_an_unclear_mail_keeps_its_messages_together(town: Town) -> None:
    """The repeat is the same mail; what came later does not ride along."""
    for _ in range(2):
        log_call(town, NINE)
    told = Told(PERHAPS)
    deliver(told, NINE)
    log_call(town, NINE + MINUTE)
    deliver(told, NINE + MINUTE)
    assert told.letters[0] == replace(told.letters[1], at=NINE)
    assert states() == ["sent", "sent", "queued"]


# --- Contacts -------------------------------------------------------------------------------------------------------


def private_call(town: Town) -> None:
    """A journalist wants somebody as a private person."""
    facts = Facts(level=Level.UNIT, personnel=NO, client_case=NO, capacities=frozenset({Capacity.PRIVATE}))
    call = intake.Call("Mari Nygård", "Om fritiden", facts, phone="91234567", contact_person_id=town.people["leder"])
    assert intake.log_call(town.people["sentralbord"], "token-private", call, NINE).reference is None


def test_a_contact_that_was_passed_on_leaves_nothing(town: Town, post: Post, smtp: mail.Smtp) -> None:
    """Delivered, the message is gone with its attempts; the record never had a line of it."""
    before = len(events_of(EventKind.LOGGED))
    private_call(town)
    deliver(smtp, NINE)
    assert "912 34 567" in post.received[0].get_content()
    assert (messages(), attempts(), len(events_of(EventKind.LOGGED))) == ([], [], before)
    db.engine().dispose()  # the last connection folds the write-ahead log into the file
    file = db.engine().url.database
    assert file is not None
    assert b"912 34 567" not in Path(file).read_bytes()


def test_a_contact_that_cannot_be_delivered_is_red_and_not_on_record(town: Town) -> None:
    """It stays until somebody has rung; the record, which is for ever, says nothing."""
    private_call(town)
    deliver(Told(NEVER), NINE)
    assert states() == ["failed"]
    assert events_of(EventKind.UNDELIVERED) == []


def test_a_contact_travels_alone_and_waits_for_nobody(town: Town) -> None:
    """It is no alert of the desk's: not in the mail of a case, and not held by one."""
    told = Told()
    log_call(town, NINE)
    private_call(town)
    assert deliver(told, NINE) == 2
    assert {letter.subject.partition(":")[0] for letter in told.letters} == CONTACT_AND_CASE


CONTACT_AND_CASE = {"Noen vil ha tak i deg", "Ny pressehenvendelse"}


def test_a_contact_of_somebody_who_left_is_red(town: Town) -> None:
    """Nobody else may read it."""
    private_call(town)
    people.leave(SYSTEM, town.people["leder"], NINE)
    assert (deliver(Told(), NINE + MINUTE), states(), attempts()) == (0, ["failed"], [("failed", "left")])


# --- The pause ------------------------------------------------------------------------------------------------------


def test_a_pause_holds_everything_until_kis_releases_it(town: Town) -> None:
    """Nothing leaves and nothing is lost; who released it is on record."""
    log_call(town, NINE)
    pulse.pause("clocks_parted", NINE)
    assert (deliver(Told(), NINE), states()) == (0, ["queued"])
    for name in ("leder", "sentralbord", "admin"):
        with pytest.raises(Refused):
            delivery.release_sending(town.people[name], NINE)
    delivery.release_sending(town.people["kis"], NINE)
    assert deliver(Told(), NINE) == 1
    assert [event.person_id for event in events_of(EventKind.SENDING_RELEASED)] == [town.people["kis"]]


def test_neither_log_nor_record_holds_names_or_addresses(town: Town, caplog: pytest.LogCaptureFixture) -> None:
    """Codes and ids, whatever goes wrong."""
    caplog.set_level("DEBUG", logger="pressedesk")
    log_call(town, NINE, facts=Facts(level=Level.UNIT, personnel=YES, client_case=NO), outlet_name="Kanariavisa")
    for outcome in (LATER, PERHAPS, NEVER):
        deliver(Told(outcome), NINE + 10 * MINUTE)
    with db.reading() as tx:
        record = " ".join(str(event.data) for event in tx.scalars(select(events.Event)))
        assert access.may_receive(tx, town.people["leder"], 1, NINE)
    for secret in ("granli.example", "Tone", "Nygård", "Kanariavisa", "gymsal"):
        assert secret not in caplog.text + record
