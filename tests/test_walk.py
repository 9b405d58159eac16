"""The walk: every route and method, by every role, on every kind of inquiry, against the table of who may do what.

The table below is written from the access table of the design, column by column, and shares nothing with access/. A
route that is not in it fails. Log-ins are made as rows; forms are sent with an old version, so that what is allowed
answers 409 and changes nothing.
"""

import re
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from pressedesk import clock, config, db
from pressedesk.access import unscoped_inquiries
from pressedesk.config import Settings
from pressedesk.desk import intake
from pressedesk.models import Handover, HandoverState, Inquiry, Request, RequestKind
from pressedesk.regulation.facts import Facts
from pressedesk.regulation.vocabulary import NO, UNKNOWN, YES, Ask, Level, Role
from tests.conftest import NOON
from tests.organisation import Town, sign_in

# What a column of the table may: O for ordinary inquiries (those where nobody has said yet included), R for restricted.
TABLE = {
    "sentralbord": {"see": "O", "note": "O", "restrict": "O", "close": "O", "hand_over": "O", "not_answering": "O",
                    "add": "O"},
    "owner":       {"see": "OR", "take": "OR", "say_person": "OR", "edit": "OR", "note": "OR", "restrict": "OR",
                    "answer": "OR", "close": "OR", "ask": "OR", "hand_over": "OR", "more_time": "OR",
                    "cannot_now": "OR", "join": "OR", "follow_up": "OR", "rule_on_access": "OR", "add": "OR"},
    "line":        {"see": "OR", "take": "OR", "edit": "OR", "note": "OR", "restrict": "OR", "lift": "R",
                    "answer": "OR", "close": "OR", "ask": "OR", "hand_over": "OR", "more_time": "OR", "join": "OR",
                    "follow_up": "OR", "rule_on_access": "OR", "add": "OR"},
    "leader":      {"see": "O", "restrict": "O"},
    "radmann":     {"see": "OR", "edit": "OR", "note": "OR", "restrict": "OR", "lift": "R", "ask": "OR",
                    "hand_over": "OR", "join": "OR", "add": "OR", "story": "OR",
                    "release": "OR"},  # he leads the crisis here
    "kis_adviser": {"see": "O", "edit": "O", "note": "O", "restrict": "O", "answer": "O", "close": "O",
                    "hand_over": "O", "not_answering": "O", "join": "O", "follow_up": "O", "add": "O",
                    "story": "O"},
    "kis_leader":  {"see": "OR", "take": "OR", "edit": "OR", "note": "OR", "restrict": "OR", "lift": "R",
                    "answer": "OR", "close": "OR", "hand_over": "OR", "not_answering": "OR", "join": "OR",
                    "follow_up": "OR", "add": "OR", "story": "OR"},
    "asked":       {"see": "OR", "note": "OR"},
    "facts":       {"see": "O", "note": "O"},  # of one for few eyes he reads what he is asked, and nothing of it
    "offered":     {"see": "OR"},
    "admin": {}, "auditor": {}, "nobody": {},
}  # fmt: skip

# Each person of the town that logs in: the columns that are his whatever the inquiry.
STANDING = {
    "sentralbord": ("sentralbord",),
    "leder": ("leader",),
    "annen_leder": ("leader",),
    "seksjonsleder": ("leader",),
    "kommunalsjef": ("leader",),
    "radmann": ("leader", "radmann"),
    "ordforer": ("leader",),
    "kis": ("leader", "kis_leader"),
    "kis_adviser": ("kis_adviser",),
    "admin": ("admin",),
    "auditor": ("auditor",),
    "ansatt": ("nobody",),
    "arkiv": ("nobody",),
    "inspektor": ("nobody",),
}

# Who owns an inquiry and who stands above, for each place a question can lead to.
PLACES = {
    "skole": ("leder", {"kommunalsjef", "radmann"}),
    "barnehage": ("annen_leder", {"kommunalsjef", "radmann"}),
    "vann": ("seksjonsleder", {"radmann"}),
    "oppvekst": ("kommunalsjef", {"radmann"}),
    "kommune": ("radmann", set()),
    "politikk": ("ordforer", set()),
    "innsyn": ("arkiv", {"kis", "radmann"}),
    "kis": ("kis", {"radmann"}),
}
PERSON = {"O": (NO, NO), "P": (YES, NO), "C": (NO, YES), "open": (UNKNOWN, UNKNOWN)}
SUBJECTS = {"leder": Role.VIRKSOMHETSLEDER, "kommunalsjef": Role.KOMMUNALSJEF, "radmann": Role.RADMANN}

# Every route: what it needs. «case» routes are walked on every inquiry, the others once a role.
CASE_ROUTES = {
    ("sak.show", "GET"): "see",
    ("sak.take", "POST"): "take",
    ("sak.give_back", "POST"): "take",
    ("sak.say_person", "POST"): "say_person",
    ("sak.correct", "GET"): "edit",
    ("sak.correct", "POST"): "edit",
    ("sak.add_note", "POST"): "note",
    ("sak.restrict", "POST"): "restrict",
    ("sak.release", "POST"): "release",
    ("sak.lift", "POST"): "lift",
    ("sak.ask", "GET"): "ask",
    ("sak.ask", "POST"): "ask",
    ("sak.withdraw_request", "POST"): "ask",
    ("sak.deviate", "GET"): "ask",
    ("sak.deviate", "POST"): "ask",
    ("sak.answer", "GET"): "answer",
    ("sak.answer", "POST"): "answer",
    ("sak.close", "GET"): "close",
    ("sak.close", "POST"): "close",
    ("sak.set_in_print", "POST"): "follow_up",
    ("sak.set_staff", "POST"): "follow_up",
    ("sak.set_journal", "POST"): "follow_up",
    ("sak.rule_on_access", "GET"): "rule_on_access",
    ("sak.rule_on_access", "POST"): "rule_on_access",
    ("sak.put_in_story", "POST"): "story",
    ("sak.take_out_of_story", "POST"): "story",
    ("sak.join", "GET"): "join",
    ("sak.join", "POST"): "join",
    ("sak.part", "POST"): "join",
    ("sak.split", "GET"): "join",
    ("sak.split", "POST"): "join",
    ("sak.hand_over", "GET"): "hand_over",
    ("sak.hand_over", "POST"): "hand_over",
    ("sak.receive_offer", "POST"): "see",  # whose offer it is, is asked when there is one
    ("sak.decline_offer", "POST"): "see",
    ("sak.withdraw_offer", "POST"): "see",
    ("sak.cannot_now", "POST"): "cannot_now",
    ("sak.not_answering", "POST"): "not_answering",
    ("sak.more_time", "GET"): "more_time",
    ("sak.more_time", "POST"): "more_time",
    ("sak.time_passed_on", "POST"): "note",
}
EVERYBODY = frozenset(STANDING)
AT_THE_DESK = EVERYBODY - {"admin", "auditor", "inspektor"}  # inspektor is a deputy who does not act now
WITH_FIGURES = AT_THE_DESK | {"auditor"}
AT_LARGE = {
    ("forside.show", "GET"): EVERYBODY,
    ("innboks.show", "GET"): EVERYBODY,
    ("saker.show", "GET"): EVERYBODY,
    ("spurt.show", "GET"): EVERYBODY,
    ("spurt.reply", "POST"): EVERYBODY,
    ("oppgaver.done", "POST"): EVERYBODY,
    ("ny.show", "GET"): AT_THE_DESK,
    ("ny.save", "POST"): AT_THE_DESK,
    ("ny.preview", "POST"): AT_THE_DESK,
    ("ny.discard", "POST"): AT_THE_DESK,
    ("ny.saved", "GET"): AT_THE_DESK,
    ("ny.park", "POST"): AT_THE_DESK,
    ("ny.take_over", "POST"): AT_THE_DESK,
    ("ny.undo", "POST"): AT_THE_DESK,
    ("ny.spoken", "POST"): AT_THE_DESK,
    ("rapport.show", "GET"): WITH_FIGURES,
    ("reglement.show", "GET"): EVERYBODY,
    ("reglement.try_out", "GET"): EVERYBODY,
    ("reglement.try_json", "GET"): EVERYBODY,
    ("hvem.show", "GET"): EVERYBODY,
    ("hvem.show_unit", "GET"): EVERYBODY,
    ("hendelser.index", "GET"): AT_THE_DESK,
    ("hendelser.show", "GET"): AT_THE_DESK,
    ("hendelser.make", "POST"): frozenset({"radmann", "kis", "kis_adviser"}),
    ("hendelser.rename", "POST"): frozenset({"radmann", "kis", "kis_adviser"}),
    ("hendelser.end", "POST"): frozenset({"radmann", "kis", "kis_adviser"}),
    ("hendelser.set_answer", "POST"): AT_THE_DESK,
    ("hendelser.give", "POST"): AT_THE_DESK,
    ("forventet.index", "GET"): AT_THE_DESK,
    ("forventet.new", "GET"): frozenset({"kis", "kis_adviser"}),
    ("forventet.expect", "POST"): frozenset({"kis", "kis_adviser"}),
    ("forventet.show", "GET"): frozenset({"kis", "kis_adviser"}),
    ("forventet.rewrite", "POST"): frozenset({"kis", "kis_adviser"}),
    ("forventet.staff_informed", "POST"): frozenset({"kis", "kis_adviser"}),
    ("forventet.end", "POST"): frozenset({"kis", "kis_adviser"}),
    ("snakket.show", "GET"): AT_THE_DESK,
    ("snakket.show", "POST"): AT_THE_DESK,
    ("leserbrev.show", "GET"): frozenset({"kis", "kis_adviser"}),
    ("leserbrev.show", "POST"): frozenset({"kis", "kis_adviser"}),
    ("egen_konto.show", "GET"): AT_THE_DESK,
    ("egen_konto.show", "POST"): AT_THE_DESK,
    ("egen_konto.saved", "GET"): AT_THE_DESK,
    ("ringer_igjen.show", "GET"): frozenset({"sentralbord", "kis", "kis_adviser"}),
    ("ringer_igjen.nudge", "POST"): frozenset({"sentralbord", "kis", "kis_adviser"}),
    ("ringer_igjen.add", "POST"): AT_THE_DESK,
    ("health.release", "POST"): frozenset({"kis", "kis_adviser"}),
    ("krise.show", "GET"): EVERYBODY,
    ("krise.review_start", "POST"): frozenset({"radmann", "kis"}),
    ("krise.start", "POST"): frozenset({"radmann", "kis"}),
    ("krise.change", "POST"): frozenset({"radmann", "kis"}),
    ("krise.review_end", "GET"): frozenset({"radmann", "kis"}),
    ("krise.end", "POST"): frozenset({"radmann", "kis"}),
    ("admin.show_absence", "GET"): EVERYBODY,
    ("admin.register_absence", "POST"): EVERYBODY,
    ("admin.end_absence", "POST"): EVERYBODY,
    ("admin.out_today", "POST"): frozenset({"sentralbord", "kis", "admin"}),  # of anybody; see the walk of absence
}
ORGANISATION = frozenset({"kis", "admin"})
AT_LARGE |= {
    (f"admin.{name}", method): ORGANISATION
    for method, names in {
        "GET": "show_organisation show_person new_person show_office show_services show_topics show_unit new_unit",
        "POST": "change_person add_person change_office appoint vacate close_office set_deputies set_hours"
        " accept_topic decline_topic"
        " set_special_day remove_special_day set_target add_topic remove_topic change_unit close_unit add_office"
        " add_unit",
    }.items()
    for name in names.split()
}
AT_LARGE |= {
    (f"admin.{name}", method): frozenset({"admin"})
    for method, names in {
        "GET": "show_users show_user new_user",
        "POST": "enable_user set_duties set_password disable_user add_user leave",
    }.items()
    for name in names.split()
}
NOBODY_HAS_ID = "999999"  # what is allowed answers 404 and changes nothing
PUBLIC = {
    ("innlogging.show", "GET"),
    ("innlogging.log_in", "POST"),
    ("innlogging.log_out", "POST"),
    ("lenke.show", "GET"),
    ("lenke.take", "POST"),
    ("lenke.not_mine", "POST"),
    ("health.alive", "GET"),
    ("health.ready", "GET"),
    ("static", "GET"),
}
FORMS = {
    "sak.say_person": {"concerns": "client"},
    "sak.add_note": {"text": "Et notat"},
    "sak.answer": {
        "text": "Et svar", "kinds": "general_info", "role": "radmann", "by": "Noen", "at": "nå", "channel": "phone"
    },
    "sak.close": {"ending": "withdrawn", "reason": "Trengte det ikke"},
}  # fmt: skip
OLD = {"version": "9999999", "seen": "1"}
LET_IN, SHUT_OUT = {200, 303, 409, 422}, {403, 404}


@dataclass(frozen=True)
class Case:
    """One inquiry of the walk. `about`: the person it is about, who sees nothing of it. `drawn_in`: what somebody else
    is to it who was asked first, or to whom it was offered."""

    reference: str
    strand_id: int
    place: str
    person: str
    about: str | None = None
    drawn_in: Mapping[str, str] = field(default_factory=dict)

    @property
    def letter(self) -> str:
        return "R" if self.person in ("P", "C") else "O"

    def columns(self, name: str) -> tuple[str, ...]:
        owner, line = PLACES[self.place]
        own = ("owner",) if name == owner else ("line",) if name in line else ()
        return (*STANDING[name], *own, *([self.drawn_in[name]] if name in self.drawn_in else []))

    def allows(self, name: str, action: str) -> bool:
        if name == self.about:
            return False
        return any(self.letter in TABLE[column].get(action, "") for column in self.columns(name))


def facts_for(place: str, person: str, subject: Role | None = None) -> Facts:
    levels = {"skole": Level.UNIT, "barnehage": Level.UNIT, "kis": Level.UNIT, "vann": Level.SECTION}
    levels |= {"oppvekst": Level.AREA, "kommune": Level.MUNICIPALITY, "politikk": Level.MUNICIPALITY}
    asks = {"politikk": Ask.POLITICAL, "innsyn": Ask.DOCUMENTS}.get(place, Ask.FACTS)
    personnel, client_case = PERSON[person]
    return Facts(
        asks=frozenset({asks}),
        level=levels.get(place),
        personnel=personnel,
        client_case=client_case,
        subject=subject,
    )


STEPS_ASIDE = {"leder": "oppvekst", "kommunalsjef": "kommune", "radmann": "politikk"}  # whose it is when about them


def log(town: Town, place: str, person: str, about: str | None = None) -> Case:
    unit = town.units.get("skole" if about else place)
    facts = facts_for("skole" if about else place, person, SUBJECTS.get(about or ""))
    call = intake.Call("Mari Nygård", "Hva skjer?", facts, unit_id=unit)
    logged = intake.log_call(town.people["sentralbord"], f"{place}-{person}-{about}", call, NOON)
    with db.reading() as tx:
        inquiry = tx.scalars(unscoped_inquiries().where(Inquiry.reference == logged.reference)).one()
        return Case(inquiry.reference, inquiry.strands[0].id, place, person, about)


@pytest.fixture(scope="module")
def walked(built: tuple[Path, Town], tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[Case]]:
    """A database with an inquiry of every sensitivity in every place, and those that are about a leader; made once."""
    file, town = built
    copy = tmp_path_factory.mktemp("walk") / "walk.sqlite3"
    shutil.copyfile(file, copy)
    config.activate(Settings(instance_path=copy.parent, database_url=f"sqlite:///{copy}", secret_key="a key for tests"))
    engine = db.connect(f"sqlite:///{copy}")
    cases = [log(town, place, person) for place in PLACES for person in PERSON]
    cases += [log(town, place, "P", about) for about, place in STEPS_ASIDE.items()]
    engine.dispose()
    return copy, cases


@pytest.fixture
def cases(walked: tuple[Path, list[Case]], town: Town, settings: Settings) -> list[Case]:
    """The inquiries of the walk, in this test's database."""
    db.engine().dispose()
    shutil.copyfile(walked[0], settings.database_url.removeprefix("sqlite:///"))
    return walked[1]


def worth_walking(name: str, cases: list[Case]) -> list[Case]:
    """For one person: every sensitivity of what is his, of what stands under him and of what is neither, once, and
    what he is the subject of."""
    first: dict[object, Case] = {}
    for case in cases:
        # Where nobody has said yet, the row is an ordinary one: walked where it is his own, and where it is nobody's.
        if case.person != "open" or "line" not in case.columns(name):
            first.setdefault((case.columns(name), case.person, case.about == name), case)
    return list(first.values())


@pytest.fixture
def walker(town: Town, app: Flask) -> Iterator[FlaskClient]:
    """A browser that does not read the pages, without form tokens: they are tested elsewhere."""
    app.config["WTF_CSRF_ENABLED"] = False
    with clock.frozen(NOON):
        yield FlaskClient(app)


def routes(app: Flask) -> set[tuple[str, str]]:
    return {
        (rule.endpoint, method)
        for rule in app.url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }


def test_every_route_has_a_row(app: Flask) -> None:
    """A new route says in this table who may use it."""
    known = set(CASE_ROUTES) | set(AT_LARGE) | PUBLIC
    assert routes(app) == known


def address(app: Flask, endpoint: str, case: Case) -> str:
    values = {"reference": case.reference, "strand_id": case.strand_id, "request_id": NOBODY_HAS_ID}
    rule = next(rule for rule in app.url_map.iter_rules() if rule.endpoint == endpoint)
    with app.test_request_context():
        return app.url_for(endpoint, **{name: values.get(name, NOBODY_HAS_ID) for name in rule.arguments})


def send(walker: FlaskClient, app: Flask, endpoint: str, method: str, case: Case) -> int:
    path = address(app, endpoint, case)
    data = {**OLD, **FORMS.get(endpoint, {})} if method == "POST" else None
    return walker.open(path, method=method, data=data).status_code


@pytest.mark.parametrize("name", STANDING)
def test_walk_of_inquiries(name: str, town: Town, cases: list[Case], app: Flask, walker: FlaskClient) -> None:
    """What the table lets in is let in; what is seen but not allowed is refused; what is not seen does not exist."""
    sign_in(walker, town, name)
    wrong = []
    for case in worth_walking(name, cases):
        for (endpoint, method), action in CASE_ROUTES.items():
            status = send(walker, app, endpoint, method, case)
            expected = LET_IN if case.allows(name, action) else {403} if case.allows(name, "see") else {404}
            shell = name == "sentralbord" and case.letter == "R" and endpoint == "sak.show"
            if status not in ({200} if shell else expected):
                wrong.append((endpoint, method, case.place, case.person, case.about, status, sorted(expected)))
    assert not wrong, f"{name}: {wrong}"


@pytest.mark.parametrize("name", [*STANDING, "nobody at all"])
def test_walk_of_what_is_missing(name: str, town: Town, cases: list[Case], app: Flask, walker: FlaskClient) -> None:
    """No such inquiry, another inquiry's strand, and somebody who is not logged in."""
    missing = [
        Case("PD-2026-9999", cases[0].strand_id, "skole", "O"),
        Case(cases[0].reference, cases[-1].strand_id, "skole", "O"),
    ]
    signed_in = name in STANDING
    if signed_in:
        sign_in(walker, town, name)
    for case in missing if signed_in else [*missing, cases[0]]:
        for endpoint, method in CASE_ROUTES:
            if case is missing[1] and "<int:strand_id>" not in rule_of(app, endpoint):
                continue
            status = send(walker, app, endpoint, method, case)
            assert status == 404 if signed_in else status in {302, 401}, (endpoint, method, case, status)


REQUESTS = {"asked": RequestKind.CONSULTATION, "facts": RequestKind.FACTS}
OFFICE = {"annen_leder": "styrer", "arkiv": "arkiv", "leder": "rektor"}


def draw_in(town: Town, case: Case, name: str, tie: str, how: str) -> int:
    """Somebody is asked first, or offered a strand: `how` it stands. The id of the request, or of the offer."""
    settled = NOON if how != "waiting" else None
    office_id, owner = town.offices[OFFICE[name]], town.people["kommunalsjef"]
    with db.writing() as tx:
        row: Request | Handover
        if tie in REQUESTS:
            row = Request(
                strand_id=case.strand_id, kind=REQUESTS[tie], asked_by_id=owner, asked_at=NOON, office_id=office_id,
                person_id=town.people[name], text="Hva vet du?", due_at=NOON + timedelta(hours=1),
            )  # fmt: skip
            row.withdrawn_at = settled if how == "withdrawn" else None
            row.replied_at, row.reply = (settled, "Ingenting.") if how == "replied" else (None, None)
        else:
            state = {"declined": HandoverState.DECLINED, "withdrawn": HandoverState.WITHDRAWN}
            row = Handover(
                strand_id=case.strand_id, from_person_id=owner, offered_at=NOON, to_office_id=office_id,
                to_person_id=town.people[name], state=state.get(how, HandoverState.OFFERED), settled_at=settled,
            )  # fmt: skip
        tx.add(row)
        tx.flush()
        return row.id


TIES = [
    ("asked", "waiting"), ("asked", "replied"), ("asked", "withdrawn"), ("facts", "waiting"), ("facts", "withdrawn"),
    ("offered", "waiting"), ("offered", "declined"), ("offered", "withdrawn"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "tie", "how"),
    [("arkiv", *tie) for tie in TIES]
    + [(name, tie, "waiting") for name in ("annen_leder", "leder") for tie in ("asked", "facts", "offered")],
)
def test_walk_of_whoever_is_drawn_in(
    name: str, tie: str, how: str, town: Town, cases: list[Case], app: Flask, walker: FlaskClient
) -> None:
    """Whoever is asked first sees that inquiry and may note, and nothing else; to whom it is offered sees it; when it
    was taken back nothing is left of that. Whoever it is about sees nothing, though he be asked."""
    sign_in(walker, town, name)
    mine = [each for each in cases if each.place == ("oppvekst" if name == "leder" else "skole")]
    wrong: list[object] = []
    for case in [each for each in mine if each.person in "OP" and (each.about == name or name != "leder")]:
        row_id = draw_in(town, case, name, tie, how)
        lasts = how in ("waiting", "replied")
        drawn = replace(case, drawn_in={name: tie} if lasts else {})
        if tie in REQUESTS:
            status = walker.get(f"/spurt/{row_id}").status_code
            is_told = 404 if case.about == name else 200 if lasts else 410  # that it was withdrawn, and no more
            wrong += [("spurt", case.person, status)] * (status != is_told)
        for (endpoint, method), action in CASE_ROUTES.items():
            status = send(walker, app, endpoint, method, drawn)
            expected = LET_IN if drawn.allows(name, action) else {403} if drawn.allows(name, "see") else {404}
            wrong += [(endpoint, method, case.person, case.about, status, sorted(expected))] * (status not in expected)
    assert not wrong


def rule_of(app: Flask, endpoint: str, method: str = "") -> str:
    rules = (rule for rule in app.url_map.iter_rules() if rule.endpoint == endpoint)
    return next(rule.rule for rule in rules if not method or method in (rule.methods or ()))


@pytest.mark.parametrize("name", STANDING)
def test_walk_of_absence(name: str, town: Town, app: Flask, walker: FlaskClient) -> None:
    """«Ute i dag» of the kindergarten's head: herself, those above her, the switchboard, KIS' leader and admin."""
    sign_in(walker, town, name)
    status = walker.post(f"/admin/fravaer/ute/{town.people['annen_leder']}", data={}).status_code
    may = {"annen_leder", "kommunalsjef", "radmann", "sentralbord", "kis", "admin"}
    assert status in (LET_IN if name in may else SHUT_OUT)


@pytest.mark.parametrize("name", [*STANDING, "nobody at all"])
def test_walk_of_the_rest(name: str, town: Town, app: Flask, walker: FlaskClient) -> None:
    """Lists, the form, the report and administration: by role."""
    if name in STANDING:
        sign_in(walker, town, name)
    wrong = []
    for (endpoint, method), who in AT_LARGE.items():
        path = re.sub("<int:[a-z_]+>", NOBODY_HAS_ID, rule_of(app, endpoint, method))
        status = walker.open(path, method=method, data={} if method == "POST" else None).status_code
        let_in = LET_IN | {302, 404} if name in who else {403}
        expected = let_in if name in STANDING else {302, 401}
        if status not in expected:
            wrong.append((endpoint, method, status, sorted(expected)))
    assert not wrong, f"{name}: {wrong}"
