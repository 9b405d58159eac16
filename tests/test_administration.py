"""What the administrator decides: each use case with the line it leaves, who may, and the edges of time and tree."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from pressedesk import access, auth, db, organisation
from pressedesk.access import NotFound, Refused
from pressedesk.administration import absence, holders, people, service, units
from pressedesk.administration.change import Invalid, Stale, System, version
from pressedesk.administration.people import Contact
from pressedesk.administration.review import Review, review
from pressedesk.desk import intake
from pressedesk.events import Event, EventKind
from pressedesk.models import Account, Deputy, Duty, Holder, Office, Person, SpecialDay, Topic, Unit, UnitKind
from pressedesk.organisation import Presence
from pressedesk.regulation.facts import Facts
from pressedesk.regulation.vocabulary import Clock, Role
from pressedesk.workhours import Span, is_open, local_instant, spans_of
from tests.conftest import NOON
from tests.organisation import Town, cheap_hash

SYSTEM = System("system:test")
TODAY = date(2026, 11, 24)
DAY = timedelta(days=1)
Act = Callable[[Town, Any], object]


def last_event() -> Event:
    with db.reading() as tx:
        return tx.scalars(select(Event).order_by(Event.id.desc())).first()  # type: ignore[return-value]


def rows(kind: Any, **values: Any) -> list[Any]:
    with db.reading() as tx:
        return list(tx.scalars(select(kind).filter_by(**values).order_by(kind.id)))


def reached(office_id: int, at: datetime = NOON) -> organisation.Reached:
    with db.reading() as tx:
        return organisation.snapshot(tx, at).reach(office_id)


# --- Every use case, its line of the record, and who may ------------------------------------------------------------

ORGANISATION: dict[str, Act] = {  # what the line says happened: an act that does it
    "unit_added": lambda town, by: units.add_unit(by, UnitKind.UNIT, "Ny skole", town.units["oppvekst"], NOON),
    "unit_changed": lambda town, by: units.change_unit(
        by, town.units["skole"], "Bjerke barneskole", town.units["oppvekst"], NOON
    ),
    "unit_closed": lambda town, by: units.close_unit(by, town.units["barnehage"], NOON),
    "office_added": lambda town, by: units.add_office(by, town.units["skole"], Role.ANSATT, "Lærer", "", NOON),
    "office_changed": lambda town, by: units.change_office(by, town.offices["rektor"], "Rektor", "59 00", NOON),
    "office_closed": lambda town, by: units.close_office(by, town.offices["ingenior"], NOON),
    "holder_appointed": lambda town, by: holders.appoint(
        by, town.offices["rektor"], town.people["inspektor"], TODAY, NOON
    ),
    "holder_ended": lambda town, by: holders.vacate(by, town.offices["rektor"], TODAY, NOON),
    "deputies_set": lambda town, by: holders.set_deputies(by, town.offices["rektor"], [], NOON),
    "topic_added": lambda town, by: service.add_topic(by, town.units["skole"], "leirskole", NOON),
    "topic_removed": lambda town, by: service.remove_topic(by, rows(Topic)[0].id, NOON),
    "target_set": lambda town, by: service.set_target(by, False, 120, TODAY, NOON),
    "opening_hours_set": lambda town, by: service.set_opening_hours(
        by, [(Span(time(9), time(14)),)] * 5 + [(), ()], TODAY, NOON
    ),
    "special_day_set": lambda town, by: service.set_special_day(by, date(2026, 12, 24), "julaften", None, NOON),
    "person_added": lambda town, by: people.add_person(by, Contact("Ny Ansatt"), NOON),
    "person_changed": lambda town, by: people.change_person(by, town.people["leder"], Contact("Tone Berg"), NOON),
}
ACCOUNTS: dict[str, Act] = {
    "account_created": lambda town, by: people.create_account(
        by, town.people["konto"], "konto", cheap_hash("x"), [Duty.KIS_ADVISER], NOON
    ),
    "duties_set": lambda town, by: people.set_duties(by, town.accounts["leder"], [Duty.AUDITOR], NOON),
    "password_set": lambda town, by: people.set_password(by, town.accounts["leder"], cheap_hash("y"), NOON),
    "account_disabled": lambda town, by: people.disable_account(by, town.accounts["leder"], NOON),
    "person_left": lambda town, by: people.leave(by, town.people["leder"], NOON),
}
ABSENCES: dict[str, Act] = {
    "absence_registered": lambda town, by: absence.out_today(by, town.people["leder"], NOON),
}
EVERYTHING = {**ORGANISATION, **ACCOUNTS, **ABSENCES}


@pytest.mark.parametrize("what", EVERYTHING)
def test_a_change_leaves_one_line(town: Town, what: str) -> None:
    """Who, when and what stand in the record, in the same transaction; of people only ids: it can never be changed."""
    before = last_event().id
    EVERYTHING[what](town, town.people["admin"])
    line = last_event()
    kind = EventKind.ACCOUNT_CHANGED if what in ACCOUNTS and what != "person_left" else EventKind.ORGANISATION_CHANGED
    assert (line.id, line.kind, line.at, line.person_id) == (before + 1, kind, NOON, town.people["admin"])
    assert line.data["what"] == what
    assert line.data["about"]
    with db.reading() as tx:
        told = [text for person in tx.scalars(select(Person)) for text in (person.name, person.email, person.phone)]
    assert [text for text in told if text and text in str(line.data)] == []


OTHERS = (
    "sentralbord",
    "leder",
    "kommunalsjef",
    "radmann",
    "ordforer",
    "kis",
    "kis_adviser",
    "auditor",
    "ansatt",
    "arkiv",
)


@pytest.mark.parametrize("what", EVERYTHING)
def test_who_may(town: Town, what: str) -> None:
    """Offices and hours are for the administrator and the leader of KIS, accounts for the administrator alone, and
    absence for the switchboard too, for those above on the line, and for everybody of himself."""
    may = {**dict.fromkeys(ORGANISATION, ("kis",)), **dict.fromkeys(ACCOUNTS, ("admin",))}
    may |= dict.fromkeys(ABSENCES, ("kis", "sentralbord", "kommunalsjef", "radmann", "leder"))
    before = last_event().id
    for username in set(OTHERS) - set(may[what]):
        with pytest.raises(Refused):
            EVERYTHING[what](town, town.people[username])
    assert last_event().id == before
    EVERYTHING[what](town, town.people[may[what][-1]])
    assert last_event().id == before + 1


def test_the_system_is_named(town: Town) -> None:
    """A command acts for nobody at the desk; the record says who ran it."""
    units.add_unit(SYSTEM, UnitKind.UNIT, "Ny skole", town.units["oppvekst"], NOON)
    assert (last_event().actor, last_event().person_id) == ("system:test", None)


@pytest.mark.parametrize(
    "act",
    [
        lambda town: units.change_unit(SYSTEM, 999, "Ny", None, NOON),
        lambda town: units.change_office(SYSTEM, 999, "Ny", "", NOON),
        lambda town: holders.appoint(SYSTEM, 999, town.people["leder"], TODAY, NOON),
        lambda town: people.set_password(SYSTEM, 999, "", NOON),
        lambda town: service.remove_topic(SYSTEM, 999, NOON),
        lambda town: absence.end(SYSTEM, 999, NOON),
    ],
)
def test_what_does_not_exist(town: Town, act: Callable[[Town], object]) -> None:
    """An id that leads nowhere is NotFound, not an error."""
    with pytest.raises(NotFound):
        act(town)


def test_somebody_who_left_changes_nothing(town: Town) -> None:
    """A person who works here no longer is not found as the one who asks."""
    people.leave(SYSTEM, town.people["kis"], NOON)
    with pytest.raises(NotFound):
        service.set_target(town.people["kis"], False, 100, TODAY, NOON)


# --- Units and offices ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "parent"),
    [
        (UnitKind.AREA, "oppvekst"),
        (UnitKind.UNIT, "skole"),
        (UnitKind.SECTION, "oppvekst"),
        (UnitKind.SECTION, None),
        (UnitKind.MUNICIPALITY, None),
        (UnitKind.MUNICIPALITY, "oppvekst"),
    ],
)
def test_the_tree_has_its_order(town: Town, kind: UnitKind, parent: str | None) -> None:
    """Municipality, area, unit, section: whatever stands elsewhere is refused, so there is never a cycle."""
    with pytest.raises(Invalid) as refused:
        units.add_unit(SYSTEM, kind, "Ny", town.units[parent] if parent else None, NOON)
    assert refused.value.field == "parent_id"


def test_a_unit_cannot_move_under_itself(town: Town) -> None:
    """The tree stays free of cycles when units move."""
    for parent in ("skole", "vann"):
        with pytest.raises(Invalid):
            units.change_unit(SYSTEM, town.units["skole"], "Bjerke skole", town.units[parent], NOON)


@pytest.mark.parametrize("name", ["", "  ", "Teknisk drift", " Teknisk  drift "])
def test_a_unit_has_a_name_of_its_own(town: Town, name: str) -> None:
    """Empty names and names in use are refused."""
    with pytest.raises(Invalid) as refused:
        units.change_unit(SYSTEM, town.units["skole"], name, town.units["oppvekst"], NOON)
    assert refused.value.field == "name"


def test_one_unit_is_kis(town: Town) -> None:
    """Point 14 knows one adviser."""
    with pytest.raises(Invalid):
        units.add_unit(SYSTEM, UnitKind.UNIT, "KIS 2", town.units["lokalsamfunn"], NOON, is_kis=True)


def test_a_unit_with_units_under_it_stays(town: Town) -> None:
    """Nothing is left hanging in the tree."""
    with pytest.raises(Invalid):
        units.close_unit(SYSTEM, town.units["teknisk"], NOON)


def test_closing_a_unit_closes_its_offices(town: Town) -> None:
    """From that day nobody is asked there."""
    units.close_unit(SYSTEM, town.units["barnehage"], NOON)
    with db.reading() as tx:
        org = organisation.snapshot(tx, NOON + DAY)
    assert town.units["barnehage"] not in org.units
    assert town.offices["styrer"] not in org.offices


def log(town: Town, unit: str, **facts: Any) -> str:
    """A call about `unit`."""
    known = Facts.from_json({"level": "unit", "asks": ["facts"], "personnel": False, "client_case": False, **facts})
    call = intake.Call("Kari Presse", "Hva skjer?", known, "Avisa", unit_id=town.units[unit])
    reference = intake.log_call(town.people["sentralbord"], f"token-{unit}", call, NOON).reference
    assert reference
    return reference


def test_open_cases_keep_their_office(town: Town) -> None:
    """A unit or an office with unanswered cases cannot go; the refusal tells neither which nor how many."""
    log(town, "barnehage")
    for act in (
        lambda: units.close_unit(SYSTEM, town.units["barnehage"], NOON),
        lambda: units.close_office(SYSTEM, town.offices["styrer"], NOON),
    ):
        with pytest.raises(Invalid) as refused:
            act()
        assert not any(character.isdigit() for character in refused.value.message)


@pytest.mark.parametrize(
    ("unit", "role"),
    [
        ("skole", Role.KOMMUNALSJEF),
        ("skole", Role.RADMANN),
        ("skole", Role.TILLITSVALGT),
        ("skole", Role.VIRKSOMHETSLEDER),  # has one
        ("kommune", Role.ORDFORER),  # has one
        ("vann", Role.VIRKSOMHETSLEDER),
    ],
)
def test_an_office_has_its_place(town: Town, unit: str, role: Role) -> None:
    """A role stands where the regulation knows it, and once; only employees are many."""
    with pytest.raises(Invalid) as refused:
        units.add_office(SYSTEM, town.units[unit], role, "Ny", "", NOON)
    assert refused.value.field == "role"


def test_telephone_numbers_are_kept_as_written(town: Town) -> None:
    """Whatever somebody writes can be rung by a person."""
    units.change_office(SYSTEM, town.offices["rektor"], "Rektor", "spør etter  Tone, 4012", NOON)
    assert rows(Office, id=town.offices["rektor"])[0].phone == "spør etter Tone, 4012"


# --- Holders and deputies -------------------------------------------------------------------------------------------


def test_a_new_holder_ends_the_former(town: Town) -> None:
    """No day has two holders, and none is left out."""
    rektor = town.offices["rektor"]
    holders.appoint(SYSTEM, rektor, town.people["inspektor"], TODAY + 7 * DAY, NOON)
    before, after = rows(Holder, office_id=rektor)
    assert (before.to_on, after.from_on, after.to_on) == (TODAY + 6 * DAY, TODAY + 7 * DAY, None)
    assert reached(rektor, NOON + 6 * DAY).person_id == town.people["leder"]
    assert reached(rektor, NOON + 7 * DAY).person_id == town.people["inspektor"]


def test_the_same_day_again_mends_a_mistake(town: Town) -> None:
    """Whoever was put in by mistake today is taken out again."""
    rektor = town.offices["rektor"]
    holders.appoint(SYSTEM, rektor, town.people["arkiv"], TODAY, NOON)
    holders.appoint(SYSTEM, rektor, town.people["inspektor"], TODAY, NOON)
    assert [row.person_id for row in rows(Holder, office_id=rektor)] == [town.people["leder"], town.people["inspektor"]]
    assert last_event().data["old"] == [town.people["arkiv"]]


@pytest.mark.parametrize(
    ("from_on", "to_on", "goes"),
    [
        (TODAY, None, False),  # runs into the one that is decided
        (TODAY, TODAY + 30 * DAY, False),
        (TODAY, TODAY + 29 * DAY, True),
        (TODAY + 31 * DAY, None, True),
        (TODAY, TODAY - DAY, False),
    ],
)
def test_holders_never_overlap(town: Town, from_on: date, to_on: date | None, goes: bool) -> None:
    """Where somebody begins in thirty days, a holder before him needs a last day before that."""
    rektor = town.offices["rektor"]
    holders.appoint(SYSTEM, rektor, town.people["inspektor"], TODAY + 30 * DAY, NOON)
    if goes:
        holders.appoint(SYSTEM, rektor, town.people["arkiv"], from_on, NOON, to_on)
    else:
        with pytest.raises(Invalid):
            holders.appoint(SYSTEM, rektor, town.people["arkiv"], from_on, NOON, to_on)
    for day in (TODAY + n * DAY for n in range(60)):
        assert (
            sum(
                row.from_on <= day and (row.to_on is None or row.to_on >= day) for row in rows(Holder, office_id=rektor)
            )
            <= 1
        )


def test_a_vacant_office_acts_through_its_deputy(town: Town) -> None:
    """When nobody holds the office the deputy answers, and the trace says so."""
    holders.vacate(SYSTEM, town.offices["rektor"], TODAY - DAY, NOON)
    found = reached(town.offices["rektor"])
    assert found.person_id == town.people["inspektor"]
    assert [step.presence for step in found.trace] == [Presence.VACANT, Presence.ACTS]
    with pytest.raises(Invalid):
        holders.vacate(SYSTEM, town.offices["rektor"], TODAY, NOON)


def test_deputies_act_in_order(town: Town) -> None:
    """The first who is there."""
    rektor, first, second = town.offices["rektor"], town.people["arkiv"], town.people["inspektor"]
    holders.set_deputies(SYSTEM, rektor, [first, second], NOON)
    absence.out_today(SYSTEM, town.people["leder"], NOON)
    assert reached(rektor).person_id == first
    holders.set_deputies(SYSTEM, rektor, [second, first], NOON)
    assert reached(rektor).person_id == second
    assert [row.position for row in rows(Deputy, office_id=rektor)] == [1, 2]
    assert (last_event().data["old"], last_event().data["new"]) == ([first, second], [second, first])


@pytest.mark.parametrize(
    ("office", "deputies"),
    [
        ("rektor", ["leder"]),  # himself
        ("rektor", ["inspektor", "inspektor"]),
        ("ordforer", ["radmann"]),  # never between politics and administration
        ("radmann", ["ordforer"]),
        ("kommunalsjef", ["varaordforer"]),
    ],
)
def test_who_cannot_be_deputy(town: Town, office: str, deputies: list[str]) -> None:
    """Not the holder, nobody twice, and nobody from the other side."""
    with pytest.raises(Invalid):
        holders.set_deputies(SYSTEM, town.offices[office], [town.people[key] for key in deputies], NOON)


def test_nobody_who_left_gets_an_office(town: Town) -> None:
    """Neither as holder nor as deputy."""
    people.leave(SYSTEM, town.people["inspektor"], NOON)
    for act in (
        lambda: holders.appoint(SYSTEM, town.offices["rektor"], town.people["inspektor"], TODAY, NOON),
        lambda: holders.set_deputies(SYSTEM, town.offices["styrer"], [town.people["inspektor"]], NOON),
    ):
        with pytest.raises(Invalid):
            act()


# --- Absence --------------------------------------------------------------------------------------------------------


def test_absence_changes_who_is_reached_and_back(town: Town) -> None:
    """«Ute i dag» lasts until midnight; the deputy acts meanwhile, and the trace says until when."""
    rektor, leader = town.offices["rektor"], town.people["leder"]
    absence.out_today(town.people["sentralbord"], leader, NOON)
    found = reached(rektor)
    assert found.person_id == town.people["inspektor"]
    assert found.trace[0].until_at == local_instant(TODAY + DAY, time())
    assert reached(rektor, local_instant(TODAY + DAY, time())).person_id == leader


def test_back_early(town: Town) -> None:
    """What has begun ends now; what has not begun never was."""
    leader = town.people["leder"]
    begun = absence.register(leader, leader, NOON, NOON + DAY, NOON)
    planned = absence.register(leader, leader, NOON + 5 * DAY, NOON + 9 * DAY, NOON)
    absence.end(leader, begun, NOON + timedelta(hours=1))
    assert reached(town.offices["rektor"], NOON + timedelta(hours=1)).person_id == leader
    absence.end(leader, planned, NOON + timedelta(hours=1))
    assert reached(town.offices["rektor"], NOON + 6 * DAY).person_id == leader
    with pytest.raises(Invalid):
        absence.end(leader, begun, NOON + timedelta(hours=2))


@pytest.mark.parametrize(
    ("from_at", "to_at"),
    [(NOON, NOON), (NOON, NOON - DAY), (NOON - 2 * DAY, NOON - DAY), (NOON - DAY, NOON), (NOON, NOON + 1200 * DAY)],
)
def test_impossible_absence(town: Town, from_at: datetime, to_at: datetime) -> None:
    """It ends after it begins and after now, and within three years."""
    with pytest.raises(Invalid) as refused:
        absence.register(SYSTEM, town.people["leder"], from_at, to_at, NOON)
    assert refused.value.field == "to_at"


def test_absence_of_others(town: Town) -> None:
    """Everybody says it of himself; of others the switchboard, the leader of KIS and the administrator."""
    leader, other = town.people["leder"], town.people["annen_leder"]
    theirs = absence.out_today(town.people["sentralbord"], other, NOON)
    for act in (lambda: absence.out_today(leader, other, NOON), lambda: absence.end(leader, theirs, NOON)):
        with pytest.raises(Refused):
            act()
    absence.end(other, theirs, NOON)


@pytest.mark.parametrize("change", ["absence", "deputies", "holder"])
def test_open_cases_stay_where_they_are(town: Town, change: str) -> None:
    """Who holds, deputises or is away afterwards reroutes nothing, least of all by the hand of the one it is about."""
    reference = log(town, "skole", subject="virksomhetsleder")
    leader, rektor = town.people["leder"], town.offices["rektor"]

    def stands() -> tuple[Any, ...]:
        with db.reading() as tx:
            strand = tx.scalars(access.unscoped_strands()).one()
            shut_out = {each.person_id for each in strand.inquiry.exclusions}
            return strand.owner_office_id, strand.acting_id, strand.due_version, strand.version, shut_out

    before = stands()
    match change:
        case "absence":
            absence.out_today(leader, leader, NOON)
        case "deputies":
            holders.set_deputies(town.people["kis"], town.offices["kommunalsjef"], [leader], NOON)
        case "holder":
            holders.appoint(town.people["kis"], rektor, town.people["inspektor"], TODAY, NOON)
    assert stands() == before
    assert leader in before[-1]
    with db.reading() as tx, pytest.raises(NotFound):
        access.visible_inquiry(tx, access.actor(tx, leader, NOON), reference)


# --- People and accounts --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "email",
    ["tone", "tone@", "@granli.example", "tone@granli.example, ola@granli.example", "Tone <tone@granli.example>",
     "tone@granli.example\nBcc: x@y.example", "tøne@granli.example", "to ne@granli.example", "a@b@c.example"],
)  # fmt: skip
def test_an_address_is_exactly_one(town: Town, email: str) -> None:
    """No list, no name, no second header: what a message goes to is one plain address."""
    with pytest.raises(Invalid) as refused:
        people.add_person(SYSTEM, Contact("Ny Ansatt", email), NOON)
    assert refused.value.field == "email"


def test_an_address_may_be_missing(town: Town) -> None:
    """Somebody without e-mail can be rung."""
    person_id = people.add_person(SYSTEM, Contact("Ny Ansatt", "", " 912 34 567 (kveld) "), NOON)
    (person,) = rows(Person, id=person_id)
    assert (person.email, person.phone) == (None, "912 34 567 (kveld)")


@pytest.mark.parametrize("username", ["", "a", "Leder", " LEDER ", "to ord", "x" * 65, "<script>"])
def test_usernames(town: Town, username: str) -> None:
    """One of its own, without capitals or odd signs."""
    with pytest.raises(Invalid) as refused:
        people.create_account(SYSTEM, town.people["konto"], username, "", [], NOON)
    assert refused.value.field == "username"


def test_a_refused_account_leaves_no_person(town: Town) -> None:
    """A new person and the account come together or not at all."""
    with pytest.raises(Invalid):
        people.create_account(SYSTEM, Contact("Ny Ansatt"), "leder", "", [], NOON)
    assert rows(Person, name="Ny Ansatt") == []


@pytest.mark.parametrize(
    ("password", "goes"),
    [
        ("pressedesk", False),
        ("x" * 20, False),
        ("en lang setning", True),
        ("min sentralbordnøkkel", False),
        ("ab" * 65, False),
    ],
)
def test_passwords(password: str, goes: bool) -> None:
    """Long, not built on the username, and not one sign again and again."""
    if goes:
        people.check_password(password, "sentralbord")
    else:
        with pytest.raises(Invalid):
            people.check_password(password, "sentralbord")


@pytest.mark.parametrize("act", [
    lambda town: people.disable_account(SYSTEM, town.accounts["leder"], NOON),
    lambda town: people.set_password(SYSTEM, town.accounts["leder"], cheap_hash("et nytt passord"), NOON),
    lambda town: people.leave(SYSTEM, town.people["leder"], NOON),
])  # fmt: skip
def test_log_ins_end(town: Town, act: Callable[[Town], object]) -> None:
    """Where an account is shut or gets a new password, no old log-in goes on."""
    visitor = auth.start_log_in(town.accounts["leder"], NOON)
    act(town)
    with db.reading() as tx:
        assert tx.get_one(auth.LogIn, visitor.log_in_id).ended_at == NOON


def test_an_administrator_remains(town: Town) -> None:
    """The last one can neither be shut, leave nor lose the duty; a second one makes it possible."""
    mine, me = town.accounts["admin"], town.people["admin"]
    last_ones = (
        lambda: people.disable_account(me, mine, NOON),
        lambda: people.set_duties(me, mine, [], NOON),
        lambda: people.leave(me, me, NOON),
    )
    for act in last_ones:
        with pytest.raises(Invalid):
            act()
    people.set_duties(me, town.accounts["kis"], [Duty.ADMIN], NOON)
    people.disable_account(me, mine, NOON)
    assert rows(Account, id=mine)[0].disabled_at == NOON


def test_leaving_ends_everything(town: Town) -> None:
    """Offices, account and deputising end; the deputy acts at once."""
    people.leave(SYSTEM, town.people["leder"], NOON)
    assert reached(town.offices["rektor"], NOON + timedelta(minutes=1)).person_id == town.people["inspektor"]
    assert rows(Account, id=town.accounts["leder"])[0].disabled_at == NOON


def test_an_account_opens_again_with_a_new_password(town: Town) -> None:
    """What was shut by mistake; but not for somebody who has left."""
    account = town.accounts["leder"]
    with pytest.raises(Invalid):
        people.enable_account(SYSTEM, account, "", NOON)
    people.disable_account(SYSTEM, account, NOON)
    people.enable_account(SYSTEM, account, cheap_hash("et nytt passord"), NOON)
    assert rows(Account, id=account)[0].disabled_at is None


# --- Topics, targets, hours -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("phrase", ["", " ", "!?", "Mobbing", " mobbing "])
def test_topic_words(town: Town, phrase: str) -> None:
    """A word, and once for each unit."""
    with pytest.raises(Invalid) as refused:
        service.add_topic(SYSTEM, town.units["skole"], phrase, NOON)
    assert refused.value.field == "phrase"


def test_the_newest_target_holds(town: Town) -> None:
    """From its day on, and the older one until then."""
    service.set_target(SYSTEM, False, 120, TODAY + DAY, NOON)
    with db.reading() as tx:
        found = [organisation.target_minutes(tx, Clock.COMMENT, False, TODAY + n * DAY) for n in (0, 1, 9)]
        urgent = organisation.target_minutes(tx, Clock.COMMENT, True, TODAY + DAY)
    assert (found, urgent) == ([240, 120, 120], 60)


@pytest.mark.parametrize("minutes", [0, -5, 2251])
def test_impossible_targets(town: Town, minutes: int) -> None:
    """From one minute to five working days."""
    with pytest.raises(Invalid):
        service.set_target(SYSTEM, False, minutes, TODAY, NOON)


def opening(day: date) -> tuple[Span, ...]:
    with db.reading() as tx:
        return spans_of(organisation.calendar(tx), day)


def test_summer_hours_over_the_ordinary(town: Town) -> None:
    """Those that began last hold while they last; the same first day again replaces them."""
    short, shorter = Span(time(8), time(15)), Span(time(8), time(14))
    for span in (short, shorter):
        service.set_opening_hours(SYSTEM, [(span,)] * 5 + [(), ()], date(2027, 6, 1), NOON, date(2027, 8, 31))
    assert [opening(date(2027, 5, 31)), opening(date(2027, 6, 1)), opening(date(2027, 9, 1))] == [
        (Span(time(8), time(15, 30)),), (shorter,), (Span(time(8), time(15, 30)),),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "week",
    [
        [()] * 7,
        [(Span(time(8), time(15)),)] * 6,
        [(Span(time(8), time(12)), Span(time(11), time(15)))] + [()] * 6,
        [(Span(time(8), time()),)] + [()] * 6,
    ],
)
def test_impossible_weeks(town: Town, week: list[tuple[Span, ...]]) -> None:
    """Seven days, one of them open, no overlap, no midnight: a desk that is never open counts no time."""
    with pytest.raises(Invalid):
        service.set_opening_hours(SYSTEM, week, TODAY, NOON)
    assert opening(TODAY) == (Span(time(8), time(15, 30)),)


def test_special_days(town: Town) -> None:
    """A closing day, then half a day instead, then an ordinary one again."""
    day = date(2026, 12, 24)
    service.set_special_day(SYSTEM, day, "julaften", None, NOON)
    with db.reading() as tx:
        assert not is_open(organisation.calendar(tx), local_instant(day, time(10)))
    service.set_special_day(SYSTEM, day, "julaften", Span(time(8), time(12)), NOON)
    assert opening(day) == (Span(time(8), time(12)),)
    service.remove_special_day(SYSTEM, rows(SpecialDay)[0].id, NOON)
    assert opening(day) == (Span(time(8), time(15, 30)),)
    with pytest.raises(Invalid):
        service.set_special_day(SYSTEM, day, " ", None, NOON)


# --- Two at once ----------------------------------------------------------------------------------------------------


def test_the_second_of_two_sees_the_first(town: Town) -> None:
    """A form made before somebody else's change is stale; another row's change does not touch it."""
    unit, office, person = town.units["skole"], town.offices["rektor"], town.people["leder"]

    def seen(kind: Any, row_id: int) -> int:
        with db.reading() as tx:
            return version(tx, kind, row_id)

    acts: list[tuple[Any, int, Callable[[int], None]]] = [
        (Unit, unit, lambda v: units.change_unit(SYSTEM, unit, "Bjerke", town.units["oppvekst"], NOON, seen=v)),
        (Office, office, lambda v: units.change_office(SYSTEM, office, "Leder", "", NOON, seen=v)),
        (Office, office, lambda v: holders.set_deputies(SYSTEM, office, [], NOON, seen=v)),
        (Office, office, lambda v: holders.appoint(SYSTEM, office, town.people["arkiv"], TODAY, NOON, seen=v)),
        (Office, office, lambda v: holders.vacate(SYSTEM, office, TODAY, NOON, seen=v)),
        (Person, person, lambda v: people.change_person(SYSTEM, person, Contact("Tone"), NOON, seen=v)),
        (
            Account,
            town.accounts["leder"],
            lambda v: people.set_duties(SYSTEM, town.accounts["leder"], [], NOON, seen=v),
        ),
    ]
    for kind, row_id, act in acts:
        old = seen(kind, row_id)
        service.add_topic(SYSTEM, unit, f"noe annet {old}", NOON)
        act(old)
        with pytest.raises(Stale):
            act(old)


# --- The standing check ---------------------------------------------------------------------------------------------


def checked(now: datetime = NOON) -> Review:
    with db.reading() as tx:
        return review(tx, now)


def test_the_check_names_what_is_missing(town: Town) -> None:
    """Offices without holder, without deputy; an employee needs none, for the next on the line answers."""
    holders.vacate(SYSTEM, town.offices["rektor"], TODAY - DAY, NOON)
    found = checked()
    assert [office.id for office in found.vacant] == [town.offices["rektor"]]
    assert {office.id for office in found.without_deputy} == {town.offices["styrer"], town.offices["seksjonsleder"]}
    assert found.holes == []


@pytest.mark.parametrize(
    ("from_at", "to_at", "first", "last"),
    [
        (NOON, NOON + DAY, TODAY, TODAY + DAY),
        (NOON + 2 * DAY, NOON + 6 * DAY, TODAY + 2 * DAY, TODAY + 6 * DAY),  # over a week-end
        (NOON - DAY, NOON + 40 * DAY, TODAY, TODAY + 13 * DAY),
        (NOON + 20 * DAY, NOON + 21 * DAY, None, None),  # further ahead than we look
        (local_instant(TODAY + DAY, time(16)), local_instant(TODAY + 2 * DAY, time(7)), None, None),  # by night
    ],
)
def test_the_check_looks_fourteen_days_ahead(
    town: Town, from_at: datetime, to_at: datetime, first: date | None, last: date | None
) -> None:
    """A leader without a deputy who is away while the desk is open leaves a hole, from day to day."""
    absence.register(SYSTEM, town.people["annen_leder"], from_at, to_at, NOON - DAY)
    found = [(hole.office.id, hole.from_on, hole.to_on) for hole in checked().holes]
    assert found == ([(town.offices["styrer"], first, last)] if first else [])


def test_the_check_counts_deputies(town: Town) -> None:
    """There is a hole only while holder and deputies are away at once."""
    for key, days in (("leder", 5), ("inspektor", 2)):
        absence.register(SYSTEM, town.people[key], NOON, NOON + days * DAY, NOON)
    assert [(hole.office.id, hole.from_on, hole.to_on) for hole in checked().holes] == [
        (town.offices["rektor"], TODAY, TODAY + 2 * DAY)
    ]
