"""The demo municipality: every state of every screen at any hour, nothing real in it, and made by use cases alone."""

import ast
import re
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select

from pressedesk import access, auth, config, create_app, db, demo, organisation
from pressedesk.access import NotFound, actor
from pressedesk.config import Settings
from pressedesk.demo import municipality
from pressedesk.demo.questions import texts
from pressedesk.desk.drafts import is_red
from pressedesk.events import Event, EventKind
from pressedesk.models import (
    Account,
    Agreement,
    ContactCount,
    Crisis,
    DeliveryState,
    Deviation,
    Draft,
    ExpectedStory,
    Granted,
    Handover,
    HandoverState,
    Inquiry,
    Message,
    MessageKind,
    Person,
    Reminder,
    ReminderState,
    Request,
    RequestKind,
    Restriction,
    Story,
    Strand,
    Task,
    TaskKind,
)
from pressedesk.organisation import Presence
from pressedesk.regulation.vocabulary import Kind, Role
from pressedesk.views.inbox_sections import Desk as InboxOf
from pressedesk.views.inbox_sections import inbox_sections
from pressedesk.views.innlogging import DEMO_LOG_INS, DEMO_PASSWORD
from pressedesk.workflow import OPEN, Ending, State

HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)
NOON = datetime(2026, 11, 24, 11, 0, tzinfo=UTC)  # a Tuesday
MOMENTS = {  # when else it is loaded, in UTC
    "Sunday at three in the night": datetime(2026, 11, 22, 2, 0, tzinfo=UTC),
    "Christmas Eve": datetime(2026, 12, 24, 9, 30, tzinfo=UTC),
    "New Year, shortly after midnight": datetime(2026, 12, 31, 23, 10, tzinfo=UTC),
    "the night the clocks go back": datetime(2026, 10, 25, 1, 30, tzinfo=UTC),
}


def load(folder: Path, migrated: Path, now: datetime, inquiries: int) -> Settings:
    """Load the demo into a database of its own, connected."""
    file = folder / "demo.sqlite3"
    shutil.copyfile(migrated, file)
    settings = Settings(instance_path=folder, database_url=f"sqlite:///{file}", secret_key="x", demo=True)
    config.activate(settings)
    db.connect(settings.database_url)
    demo.load(now, inquiries)
    return settings


@pytest.fixture(scope="module")
def at_noon_loaded(tmp_path_factory: pytest.TempPathFactory, migrated: Path) -> Settings:
    """Loaded once, with a part of the year before: to load it takes seconds."""
    return load(tmp_path_factory.mktemp("demo"), migrated, NOON, 120)


@pytest.fixture
def noon(at_noon_loaded: Settings) -> Iterator[datetime]:
    """The demo as it stands at noon on a Tuesday. For tests that only look."""
    config.activate(at_noon_loaded)
    db.connect(at_noon_loaded.database_url)
    yield NOON
    db.engine().dispose()


def strands() -> list[Strand]:
    with db.reading() as tx:
        found = list(tx.scalars(access.unscoped_strands()))
        for strand in found:
            _ = strand.inquiry  # while the session is open
        return found


def ids(now: datetime) -> dict[str, int]:
    """The persons of the log-ins."""
    with db.reading() as tx:
        return {row.username: row.person_id for row in tx.scalars(select(Account))}


def seen_by(username: str, now: datetime) -> list[Strand]:
    """The strands that somebody may know of."""
    with db.reading() as tx:
        return list(tx.scalars(access.visible_strands(actor(tx, ids(now)[username], now))))


@pytest.mark.parametrize("moment", MOMENTS)
def test_every_state_is_there_at_any_hour(tmp_path: Path, migrated: Path, moment: str) -> None:
    """Also where no office is open, at the turn of the year and when the clocks change."""
    load(tmp_path, migrated, MOMENTS[moment], 0)
    assert missing(MOMENTS[moment]) == []
    db.engine().dispose()


def test_every_state_is_there(noon: datetime) -> None:
    """Something new, due within the hour, overdue, taken, answered, closed in every way, held, restricted,
    undelivered, with nobody there, passed on, half typed."""
    assert missing(noon) == []


def missing(now: datetime) -> list[str]:
    """The states that nobody would find."""
    all_of_them = strands()
    is_open = [strand for strand in all_of_them if strand.state in OPEN]
    with db.reading() as tx:
        failed = tx.scalars(select(Message).where(Message.state == DeliveryState.FAILED)).all()
        undelivered = {message.strand_id for message in failed}
        there = {
            "new": any(now - strand.logged_at < 10 * MINUTE for strand in is_open),
            "due within the hour": any(timedelta() < _left(strand, now) < HOUR for strand in is_open),
            "overdue, not taken": any(
                _left(strand, now) < timedelta() and strand.state is State.TOLD for strand in is_open
            ),
            "overdue, taken": any(
                _left(strand, now) < timedelta() and strand.state is State.TAKEN for strand in is_open
            ),
            "answered, not closed": any(strand.state is State.ANSWERED for strand in all_of_them),
            "nobody there": any(strand.state is State.NEW and strand.acting_id is None for strand in is_open),
            "undelivered": any(strand.id in undelivered for strand in is_open),
            "text held": any(strand.inquiry.text_is_held for strand in is_open),
            "through a deputy": any(_presences(strand) & {Presence.AWAY.value} for strand in is_open),
            "vacant, through the deputy": any(_presences(strand) & {Presence.VACANT.value} for strand in all_of_them),
            "about the leader": any(strand.inquiry.subject_office_id for strand in is_open),
            "political and administrative": any(len(strand.inquiry.strands) > 1 for strand in _with_strands(tx)),
            "proposed to be lifted": any(strand.inquiry.restriction_lift_by_id for strand in all_of_them),
            "a draft": tx.scalar(select(func.count()).select_from(Draft)) == 1,
            "a note": bool(tx.scalar(select(Event.id).where(Event.kind == EventKind.NOTED))),
            "passed on": tx.scalar(select(func.sum(ContactCount.n))) == 3,
            "reminded up the line": bool(
                tx.scalar(
                    select(Reminder.id).where(Reminder.step == "overdue", Reminder.state == ReminderState.ENQUEUED)
                )
            ),
        }
        there |= in_depth(tx, now, all_of_them)
    there |= {f"closed: {ending}": any(strand.ending is ending for strand in all_of_them) for ending in Ending}
    there |= {f"open: {kind}": any(strand.kind is kind for strand in is_open) for kind in KINDS}
    there |= {
        f"{restriction}": any(strand.inquiry.restriction is restriction for strand in is_open)
        for restriction in Restriction
    }
    there |= {f"owned by {role}": any(strand.owner_role is role for strand in all_of_them) for role in OWNERS}
    return [what for what, is_there in there.items() if not is_there]


def in_depth(tx: db.Session, now: datetime, all_of_them: list[Strand]) -> dict[str, bool]:
    """What a bad day has besides: asked first, passed on, called again, stories, what follows an answer."""
    requests = tx.scalars(select(Request)).all()
    handovers = tx.scalars(select(Handover).where(Handover.state == HandoverState.OFFERED)).all()
    tasks = {task.kind for task in tx.scalars(select(Task).where(Task.done_at.is_(None)))}
    expected = tx.scalars(select(ExpectedStory).where(ExpectedStory.ended_at.is_(None))).all()
    draft = tx.scalars(select(Draft)).one()
    story = tx.scalars(select(Story)).one()
    inquiries = {strand.inquiry.id: strand.inquiry for strand in all_of_them}.values()
    rulings = [strand.ruling for strand in _with_strands(tx) if strand.ruling]
    return {
        **{f"waits: {kind}": any(each.kind is kind and each.is_waiting for each in requests) for kind in WAITING},
        **{f"replied: {kind}": any(each.kind is kind and each.replied_at for each in requests) for kind in RequestKind},
        "agreed": any(each.agreed for each in requests) and bool(tx.scalar(select(Agreement.id))),
        "facts overdue": any(each.is_waiting and each.due_at < now for each in requests),
        "offered": any(each.to_person_id for each in handovers),
        "nobody knows": any(each.to_person_id is None and each.to_office_id is None for each in handovers),
        **{f"task: {kind}": kind in tasks for kind in TASKS},
        "called again": any(inquiry.nudged_at for inquiry in inquiries),
        "a story of three": sum(inquiry.story_id == story.id for inquiry in inquiries) == 3,
        "its answer holds": story.answer_until_at is not None and story.answer_until_at > now,
        "beside it, for few": any("da vannet ble borte" in text for text in _restricted_questions(tx)),
        "may be read out": any(each.staff_informed_at and each.until_at > now for each in expected),
        "expired": any(each.until_at < now for each in expected),
        "refused": any(ruling.granted is Granted.REFUSED and ruling.provision for ruling in rulings),
        "deviation": bool(tx.scalar(select(Deviation.id))),
        "afterwards": any(inquiry.is_afterwards for inquiry in inquiries),
        "joined": any(inquiry.joined_into_id for inquiry in inquiries),
        "parked and red": bool(draft.parked_at) and is_red(draft, now),
        "with a link": {Kind.LETTER, Kind.OWN_ACCOUNT} <= {s.kind for s in all_of_them if s.inquiry.source_url},
        "no crisis": tx.scalar(select(Crisis.id)) is None,
    }


WAITING = (RequestKind.CONSULTATION, RequestKind.ADVICE, RequestKind.FACTS)
TASKS = (TaskKind.PROMISE, TaskKind.CORRECTION, TaskKind.JOURNAL, TaskKind.STAFF, TaskKind.REPLY)


def _restricted_questions(tx: db.Session) -> list[str]:
    rows = access.unscoped_inquiries().where(Inquiry.restriction != Restriction.NONE, Inquiry.story_id.is_(None))
    return list(tx.scalars(rows.with_only_columns(Inquiry.question)))


KINDS = (Kind.ADMINISTRATIVE, Kind.POLITICAL, Kind.DOCUMENTS, Kind.LETTER, Kind.OWN_ACCOUNT)
OWNERS = (
    Role.ORDFORER,
    Role.RADMANN,
    Role.KOMMUNALSJEF,
    Role.VIRKSOMHETSLEDER,
    Role.SEKSJONSLEDER,
    Role.ARKIV_POSTMOTTAK,
)


def _left(strand: Strand, now: datetime) -> timedelta:
    return strand.due_at - now if strand.due_at else timedelta(days=99)


def _presences(strand: Strand) -> set[str]:
    return {step["presence"] for step in strand.resolution}


def _with_strands(tx: db.Session) -> list[Strand]:
    return list(tx.scalars(access.unscoped_strands()))


def test_it_is_loaded_once(noon: datetime) -> None:
    """A database with people in it is left alone."""
    with db.reading() as tx:
        before = tx.scalar(select(func.max(Event.id)))
    assert demo.load(noon + HOUR) is None
    with db.reading() as tx:
        assert tx.scalar(select(func.max(Event.id))) == before


def test_the_log_ins(noon: datetime) -> None:
    """One for each role that design.md names, with the known password, and offered on the log-in page."""
    assert set(DEMO_LOG_INS) <= set(demo.LOG_INS)
    assert demo.PASSWORD == DEMO_PASSWORD
    with db.reading() as tx:
        accounts = {row.username: row for row in tx.scalars(select(Account))}
        roles = {name: actor(tx, row.person_id, noon) for name, row in accounts.items()}
    assert set(accounts) == set(demo.LOG_INS)
    assert all(auth._verify(accounts[name].password_hash, demo.PASSWORD) for name in ("leder", "kis"))
    assert roles["leder"].roles == {Role.VIRKSOMHETSLEDER}
    assert roles["kommunalsjef"].roles >= {Role.KOMMUNALSJEF}
    assert Role.RADMANN in roles["radmann"].roles
    assert roles["ordforer"].roles == {Role.ORDFORER}
    assert roles["kis"].is_kis_leader


@pytest.mark.parametrize("username", ["leder", "kommunalsjef", "radmann", "ordforer", "kis"])
def test_everybody_has_something_to_do(noon: datetime, username: str) -> None:
    """Each log-in finds open cases of its own or in sight."""
    assert any(strand.state in OPEN for strand in seen_by(username, noon))


INBOXES = {
    "sentralbord": {"kladder", "ny_tid"},
    "leder": {"spurt", "overlevering", "oppgaver"},
    "kommunalsjef": {"spurt"},
    "radmann": {"oppgaver"},
    "ordforer": {"oppgaver"},
    "kis": {"kladder", "spurt", "ikke_min", "ny_tid", "innsyn"},
}


@pytest.mark.parametrize("username", INBOXES)
def test_each_inbox_shows_something_of_it(noon: datetime, username: str) -> None:
    """The lists above the cases are there for whom they are made."""
    app = create_app(config.current())  # the lists are found by the modules of the views
    with app.test_request_context(), db.reading() as tx:
        listed = inbox_sections(InboxOf(tx, actor(tx, ids(noon)[username], noon), noon))
    assert {each.id for each in listed} >= INBOXES[username]


def test_the_leader_has_one_of_each(noon: datetime) -> None:
    """«leder» sees new, late, taken, answered, held and restricted cases of the own school."""
    person = ids(noon)["leder"]
    own = [strand for strand in seen_by("leder", noon) if strand.acting_id == person]
    assert {strand.state for strand in own} >= {State.TOLD, State.TAKEN, State.ANSWERED, State.CLOSED}
    with db.reading() as tx:
        office = organisation.snapshot(tx, noon).held_by(person)
        mine = list(tx.scalars(access.unscoped_strands().where(Strand.owner_office_id.in_(office))))
        assert {strand.inquiry.restriction for strand in mine} >= {Restriction.NONE, Restriction.CONFIRMED}
        assert any(strand.inquiry.text_is_held for strand in mine)


def test_restricted_cases_stay_out_of_sight(noon: datetime) -> None:
    """Personnel and client cases are seen by owner, line, rådmann and KIS leader, and by nobody else; the leader a
    case is about sees nothing of it."""
    restricted = {s.id for s in strands() if s.inquiry.restriction is not Restriction.NONE}
    for username in ("sentralbord", "ordforer", "radgiver", "admin"):
        assert not restricted & {strand.id for strand in seen_by(username, noon)}, username
    for username in ("radmann", "kis"):
        assert restricted <= {strand.id for strand in seen_by(username, noon)}, username
    with db.reading() as tx:
        about = next(strand.inquiry for strand in _with_strands(tx) if strand.inquiry.subject_office_id)
        (subject,) = (exclusion.person_id for exclusion in about.exclusions)
        with pytest.raises(NotFound):
            access.visible_inquiry(tx, actor(tx, subject, noon), about.reference)


def test_old_mail_has_left(noon: datetime) -> None:
    """What is more than an hour old stands as sent, superseded or red, and contacts that were passed on are gone."""
    with db.reading() as tx:
        waiting = select(Message).where(Message.state.in_((DeliveryState.QUEUED, DeliveryState.SENDING)))
        assert [message.created_at for message in tx.scalars(waiting) if message.created_at < noon - HOUR] == []
        assert tx.scalar(select(Message.id).where(Message.kind == MessageKind.CONTACT)) is None
        assert tx.scalars(select(Message.id).where(Message.sent_at < Message.created_at)).all() == []


def test_nothing_of_it_lies_ahead(noon: datetime) -> None:
    """Every line of the record, in order of time for each inquiry, is of the past."""
    with db.reading() as tx:
        lines = tx.execute(select(Event.inquiry_id, Event.at).order_by(Event.id)).all()
    assert max(at for _, at in lines) <= noon
    last: dict[int, datetime] = {}
    for inquiry_id, at in lines:
        if inquiry_id is not None:
            assert at >= last.get(inquiry_id, at)
            last[inquiry_id] = at


def test_a_year_has_its_rhythm(noon: datetime) -> None:
    """More on Mondays than on Fridays, more before noon than after, most answered in time, some late."""
    found = strands()
    received = [strand.received_at for strand in found]
    assert sum(at.weekday() == 0 for at in received) > sum(at.weekday() == 4 for at in received)
    assert sum(at.hour < 11 for at in received) > sum(at.hour >= 12 for at in received)
    answered = [strand for strand in found if strand.answered_at]
    assert 0.6 < sum(strand.was_in_time is True for strand in answered) / len(answered) < 0.95


# --- What it is made of ---------------------------------------------------------------------------------------------


REAL = (  # surnames of those who wrote the strategy or have led the municipality it was written for
    "Friis", "Ruud", "Kjendlie", "Lilleøkseth", "Tønseth", "Stubrud", "Mathisen",
)  # fmt: skip


def test_nobody_is_real() -> None:
    """Invented names, `.example` addresses and numbers that are given to nobody; no name twice."""
    names = [*municipality.PEOPLE.values(), *(name for names in municipality.OUTLETS.values() for name in names)]
    assert len(set(names)) == len(names)
    assert [name for name in names if any(surname in name for surname in REAL)] == []


def test_addresses_lead_nowhere(noon: datetime) -> None:
    """Nothing that is sent by mistake reaches anybody."""
    with db.reading() as tx:
        people = tx.scalars(select(Person)).all()
        callers = tx.execute(select(Inquiry.caller_email, Inquiry.caller_phone)).all()
    emails = [each for each in (*(p.email for p in people), *(row.caller_email for row in callers)) if each]
    phones = [person.phone for person in people] + [row.caller_phone for row in callers if row.caller_phone]
    assert [email for email in emails if not email.endswith(".example")] == []
    assert [phone for phone in phones if not phone.startswith("59 ")] == []


def test_the_questions_are_many() -> None:
    """Eighty different ones and more, each with its own answer, none with a blank that is never filled."""
    every = [text for group in texts().values() for text in group]
    assert len({text.question for text in every}) == len(every) > 80
    blanks = {blank for text in every for blank in re.findall(r"{(.*?)}", text.question + text.answer)}
    assert blanks <= {"navn", "n", "uke"}
    known = set(municipality.UNITS)
    assert [text.question for text in every if not set(text.units) <= known] == []


def test_only_use_cases_write() -> None:
    """The demo adds no row itself; what it says of old mail is the one exception, in post.py."""
    found = [
        (file.name, ast.unparse(node.func))
        for file in (Path(demo.__file__).parent).glob("*.py")
        if file.name != "post.py"
        for node in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(node, ast.Call)
        and ast.unparse(node.func).split(".")[-1] in {"add", "add_all", "insert", "update", "delete", "writing"}
    ]
    assert found == []
