"""Asking first: who may ask whom about what, what a reply leaves, and that no way stands in for another."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from pressedesk import access, db
from pressedesk.access import NotFound, Refused
from pressedesk.administration import absence
from pressedesk.desk import requests, silence
from pressedesk.desk.answering import Consulted
from pressedesk.desk.change import NotNow, Stale
from pressedesk.desk.requests import Question
from pressedesk.desk.whom import Way
from pressedesk.events import EventKind
from pressedesk.models import Agreement, Consultation, DeliveryState, Message, MessageKind, ReminderState
from pressedesk.regulation.facts import Facts
from pressedesk.regulation.vocabulary import YES, AgreementKind, Ask, Form, Kind, Level, Role, Statement, Waiver
from pressedesk.workflow import Ending, State
from tests.asking import ASKED_TEXT, ask, deviate, may_say, offered, reply, request, task, withdraw
from tests.conftest import NOON
from tests.desk.test_handling import ledger
from tests.inquiries import Sak, call
from tests.organisation import SYSTEM, Town

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
LATER = NOON + 30 * MINUTE
BY_EMPLOYEE = {
    "unit": "vann", "level": Level.SECTION, "addressed": Role.ANSATT, "addressed_office": "ingenior", "own_field": YES,
}  # fmt: skip
WAIVED = {"client_case": YES, "waiver": Waiver.WRITTEN}
LETTER = {"form": Form.LETTER, "letter_error": True}
DOUBT, ADVICE, AGREEMENT = {"kommunalsjef", "radmann"}, {"kis"}, {"seksjonsleder"}

WAYS = [  # told as, facts, whose strand, by whom, which ways are open besides facts from others
    ("a head of unit", {}, None, "leder", {Way.DOUBT: DOUBT, Way.ADVICE: ADVICE}),
    ("a head of section", {"unit": "vann", "level": Level.SECTION}, None, "seksjonsleder",
     {Way.DOUBT: {"kommunalsjef2", "radmann"}, Way.ADVICE: ADVICE}),
    ("a kommunalsjef has no such duty", {"level": Level.AREA}, None, "kommunalsjef", {Way.ADVICE: ADVICE}),
    ("rådmann neither", {"unit": None, "level": Level.MUNICIPALITY}, None, "radmann", {Way.ADVICE: ADVICE}),
    ("the ordfører neither", {"asks": {Ask.POLITICAL}}, None, "ordforer", {Way.ADVICE: ADVICE}),
    ("a head of unit, of his superior's", {"asks": {Ask.POLITICAL, Ask.FACTS}}, Kind.ADMINISTRATIVE, "leder",
     {Way.DOUBT: DOUBT, Way.ADVICE: ADVICE}),
    ("KIS asks no advice of itself", {"unit": "kis"}, None, "kis", {Way.DOUBT: {"kommunalsjef2", "radmann"}}),
    ("the superior who took over is not asked himself", {}, None, "kommunalsjef",
     {Way.DOUBT: {"radmann"}, Way.ADVICE: ADVICE}),
    ("before a letter", LETTER, None, "leder", {Way.DOUBT: DOUBT, Way.LETTER: DOUBT, Way.ADVICE: ADVICE}),
    ("a letter without an error: only as an exception", {"form": Form.LETTER}, None, "leder",
     {Way.DOUBT: DOUBT, Way.DEVIATION: DOUBT, Way.ADVICE: ADVICE}),
    ("an employee", BY_EMPLOYEE, None, "ansatt", {Way.AGREEMENT: AGREEMENT, Way.ADVICE: ADVICE}),
    ("an employee without any agreement that counts", {**BY_EMPLOYEE, "agreement": AgreementKind.GENERAL}, None,
     "ansatt", {Way.AGREEMENT: AGREEMENT, Way.ADVICE: ADVICE}),
    ("an employee with one", {**BY_EMPLOYEE, "agreement": AgreementKind.SPECIFIC}, None, "ansatt",
     {Way.ADVICE: ADVICE}),
    ("a head of unit for an employee", {**BY_EMPLOYEE, "level": Level.UNIT, "asks": {Ask.ASSESSMENT}}, None,
     "teknisk_leder", {Way.DOUBT: {"kommunalsjef2", "radmann"}, Way.AGREEMENT: AGREEMENT, Way.ADVICE: ADVICE}),
    ("the nearest superior himself agrees when he answers", {**BY_EMPLOYEE, "asks": {Ask.ASSESSMENT}}, None,
     "seksjonsleder", {Way.DOUBT: {"kommunalsjef2", "radmann"}, Way.ADVICE: ADVICE}),
    ("a client who waived: an exception", WAIVED, None, "leder",
     {Way.DOUBT: DOUBT, Way.DEVIATION: DOUBT, Way.ADVICE: ADVICE}),
    ("a client who did not: none", {"client_case": YES}, None, "leder", {Way.DOUBT: DOUBT, Way.ADVICE: ADVICE}),
    ("a personnel case: none", {"personnel": YES}, None, "leder", {Way.DOUBT: DOUBT, Way.ADVICE: ADVICE}),
    ("rådmann before an exception asks the ordfører", {**WAIVED, "level": Level.MUNICIPALITY}, None, "radmann",
     {Way.DEVIATION: {"ordforer"}, Way.ADVICE: ADVICE}),
    ("documents", {"asks": {Ask.DOCUMENTS}}, None, "arkiv", {Way.ADVICE: ADVICE}),
]  # fmt: skip


@pytest.mark.parametrize(
    ("facts", "kind", "by", "open_to"), [each[1:] for each in WAYS], ids=[each[0] for each in WAYS]
)
def test_who_may_ask_whom(
    town: Town, facts: dict[str, Any], kind: Kind | None, by: str, open_to: dict[Way, set[str]]
) -> None:
    """The ways that apply, each to the offices that its point names; nobody asks himself."""
    found = offered(call(town, NOON, **facts), by, NOON, kind)
    found.pop(Way.FACTS)
    assert found == open_to


def test_facts_are_asked_of_the_leader_of_any_other_unit(town: Town) -> None:
    """Every leader but the owner's own and the asker; never the office that it is about."""
    everyone = {"radmann", "kommunalsjef", "kommunalsjef2", "styrer", "teknisk_leder", "seksjonsleder", "kis"}
    assert offered(call(town, NOON), "leder", NOON)[Way.FACTS] == everyone
    about = call(town, NOON, subject=Role.VIRKSOMHETSLEDER)
    assert offered(about, "kommunalsjef", NOON)[Way.FACTS] == everyone - {"kommunalsjef"}


WRONG = [  # told as, by, way, office
    ("the rektor is not above himself", "leder", Way.DOUBT, "styrer"),
    ("KIS does no consulting under point 6", "leder", Way.DOUBT, "kis"),
    ("advice is of KIS alone", "leder", Way.ADVICE, "kommunalsjef"),
    ("nobody needs an agreement here", "leder", Way.AGREEMENT, "kommunalsjef"),
    ("it is no letter", "leder", Way.LETTER, "kommunalsjef"),
    ("there is nothing to depart from", "leder", Way.DEVIATION, "kommunalsjef"),
    ("one's own office", "leder", Way.FACTS, "rektor"),
    ("an office that leads nothing", "leder", Way.FACTS, "ingenior"),
    ("not his to ask", "annen_leder", Way.ADVICE, "kis"),
    ("not KIS's either", "kis", Way.FACTS, "styrer"),
]


@pytest.mark.parametrize(("by", "way", "office"), [each[1:] for each in WRONG], ids=[each[0] for each in WRONG])
def test_what_may_not_be_asked(town: Town, by: str, way: Way, office: str) -> None:
    """Refused, and nothing is changed."""
    sak = call(town, NOON)
    before = sak.events()
    with pytest.raises(Refused):
        ask(sak, by, way, office, NOON)
    assert (sak.events(), sak.strand().state) == (before, State.TOLD)


# --- Never in place of one another ----------------------------------------------------------------------------------

ASSESSMENTS, FACTS = Statement.ASSESSMENTS, Statement.FACTS


def test_doubt_waits_for_the_reply(town: Town) -> None:
    """To ask under point 6 is to be in doubt: the permission waits, and the reply opens it. Both decisions stand."""
    sak = call(town, NOON)
    assert may_say(sak, Role.VIRKSOMHETSLEDER, FACTS, NOON) == (True, ())
    asked = ask(sak, "leder", Way.DOUBT, "kommunalsjef", NOON)
    assert may_say(sak, Role.VIRKSOMHETSLEDER, FACTS, NOON) == (False, ("consultation",))
    assert [record.facts["in_doubt"] for record in sak.inquiry().decisions] == [False, True]
    reply(sak, asked, "kommunalsjef", LATER)
    assert may_say(sak, Role.VIRKSOMHETSLEDER, FACTS, LATER) == (True, ())
    assert may_say(sak, Role.VIRKSOMHETSLEDER, FACTS, LATER - MINUTE) == (False, ("consultation",))


def test_whoever_withdraws_is_still_in_doubt(town: Town) -> None:
    """Until he says otherwise of the facts."""
    sak = call(town, NOON)
    withdraw(sak, ask(sak, "leder", Way.DOUBT, "kommunalsjef", NOON), "leder", LATER)
    assert may_say(sak, Role.VIRKSOMHETSLEDER, FACTS, LATER) == (False, ("consultation",))
    sak.correct("leder", LATER, in_doubt=False)
    assert may_say(sak, Role.VIRKSOMHETSLEDER, FACTS, LATER) == (True, ())


NEVER = [  # told as, facts, role, statement, what is lacking, by, what is asked instead, of whom
    ("advice is no consultation", {"in_doubt": True}, Role.VIRKSOMHETSLEDER, FACTS, "consultation", "leder",
     Way.ADVICE, "kis"),
    ("facts are none", {"in_doubt": True}, Role.VIRKSOMHETSLEDER, FACTS, "consultation", "leder",
     Way.FACTS, "kommunalsjef"),
    ("advice is none before a letter", LETTER, Role.VIRKSOMHETSLEDER, Statement.LETTER, "consultation", "leder",
     Way.ADVICE, "kis"),
    ("advice is no agreement", BY_EMPLOYEE, Role.ANSATT, ASSESSMENTS, "agreement", "ansatt", Way.ADVICE, "kis"),
    ("facts from the superior are none", BY_EMPLOYEE, Role.ANSATT, ASSESSMENTS, "agreement", "ansatt",
     Way.FACTS, "seksjonsleder"),
    ("a general one is none", {**BY_EMPLOYEE, "agreement": AgreementKind.GENERAL}, Role.ANSATT, ASSESSMENTS,
     "agreement", "ansatt", Way.ADVICE, "kis"),
    ("a consultation is no deviation", WAIVED, Role.VIRKSOMHETSLEDER, FACTS, "deviation", "leder",
     Way.DEVIATION, "kommunalsjef"),
    ("nor is advice", WAIVED, Role.VIRKSOMHETSLEDER, FACTS, "deviation", "leder", Way.ADVICE, "kis"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("facts", "role", "kind", "lacks", "by", "way", "office"),
    [each[1:] for each in NEVER],
    ids=[each[0] for each in NEVER],
)
def test_never_in_place_of_another(
    town: Town, facts: dict[str, Any], role: Role, kind: Statement, lacks: str, by: str, way: Way, office: str
) -> None:
    """What is lacking before is lacking after, whatever else was asked and said yes to."""
    sak = call(town, NOON, **facts)
    is_open, before = may_say(sak, role, kind, NOON)
    assert not is_open
    assert lacks in before
    reply(sak, ask(sak, by, way, office, NOON), office, LATER, agreed=True)
    is_open, after = may_say(sak, role, kind, LATER)
    assert not is_open
    assert lacks in after
    with db.reading() as tx:
        assert tx.scalars(select(Agreement)).all() == []
        assert len(tx.scalars(select(Consultation)).all()) == (way is Way.DEVIATION)


@pytest.mark.parametrize("agreed", [True, False])
def test_an_agreement_is_about_one_matter_and_one_person(town: Town, agreed: bool) -> None:
    """Yes makes the record, with who and what, and opens it in this case alone; no makes none."""
    sak, other = call(town, NOON, **BY_EMPLOYEE), call(town, NOON, **BY_EMPLOYEE)
    asked = ask(sak, "ansatt", Way.AGREEMENT, "seksjonsleder", NOON, text="Om vannet er trygt.")
    reply(sak, asked, "seksjonsleder", LATER, text="Bare prøvene fra i dag", agreed=agreed)
    assert may_say(sak, Role.ANSATT, ASSESSMENTS, LATER) == (agreed, () if agreed else ("agreement",))
    assert may_say(other, Role.ANSATT, ASSESSMENTS, LATER) == (False, ("agreement",))
    with db.reading() as tx:
        records = [(each.with_role, each.scope, each.agreed_at) for each in tx.scalars(select(Agreement))]
    scope = "Ingeniør vann og avløp, Jon Bakke: Om vannet er trygt. Bare prøvene fra i dag"
    assert records == ([(Role.SEKSJONSLEDER, scope, LATER)] if agreed else [])
    assert [each.facts["agreement"] for each in sak.inquiry().decisions] == ["none", *(["specific"] if agreed else [])]


def test_an_agreement_is_a_yes_or_a_no(town: Town) -> None:
    """A line of text alone is neither."""
    sak = call(town, NOON, **BY_EMPLOYEE)
    asked = ask(sak, "ansatt", Way.AGREEMENT, "seksjonsleder", NOON)
    with pytest.raises(Refused):
        reply(sak, asked, "seksjonsleder", LATER)
    assert request(asked).is_waiting


# --- What asking does -----------------------------------------------------------------------------------------------


def test_to_ask_is_to_have_taken_it(town: Town) -> None:
    """The strand is the asker's, «avklares», and nobody is chased for not having taken it."""
    sak = call(town, NOON)
    ask(sak, "leder", Way.ADVICE, "kis", LATER)
    strand = sak.strand()
    assert (strand.state, strand.taken_by_id, strand.acknowledged_at) == (
        State.CLARIFYING, town.people["leder"], LATER,
    )  # fmt: skip
    assert ledger(sak)["not_taken"] is ReminderState.CANCELLED
    assert sak.events()[-3:] == [EventKind.TAKEN, EventKind.ASKED, EventKind.TASK_MADE]


def test_a_strand_that_somebody_has_stays_his(town: Town) -> None:
    """A superior who asks on the way does not take it over; and the rådmann takes nothing that is the ordfører's."""
    sak = call(town, NOON)
    sak.take("leder", NOON)
    ask(sak, "kommunalsjef", Way.ADVICE, "kis", LATER)
    assert sak.strand().taken_by_id == town.people["leder"]
    political = call(town, NOON, asks={Ask.POLITICAL})
    with pytest.raises(Refused):
        ask(political, "radmann", Way.ADVICE, "kis", LATER)
    assert political.strand().taken_by_id is None


DUE = [  # minutes of working time to the strand's own due time, to the reply's
    (120, 60), (40, 20), (20, 15), (5, 15), (-30, 15),
]  # fmt: skip


@pytest.mark.parametrize(("left", "gets"), DUE)
def test_the_due_time_of_a_reply(town: Town, left: int, gets: int) -> None:
    """Half of what is left, at least a quarter of an hour; the task has the same."""
    sak = call(town, NOON - HOUR, deadline_at=NOON + left * MINUTE)
    asked = ask(sak, "leder", Way.FACTS, "styrer", NOON)
    assert request(asked).due_at == task(asked).due_at == NOON + gets * MINUTE


def test_the_asker_may_set_it(town: Town) -> None:
    """To any time that is not past."""
    sak = call(town, NOON)
    asked = ask(sak, "leder", Way.FACTS, "styrer", NOON, due_at=NOON + 5 * MINUTE)
    assert task(asked).due_at == NOON + 5 * MINUTE
    with pytest.raises(Refused):
        ask(sak, "leder", Way.FACTS, "styrer", NOON, due_at=NOON)


def messages(kind: MessageKind, sak: Sak) -> list[tuple[str, str]]:
    """To whom, and what: those of one kind, in order."""
    names = {person_id: name for name, person_id in sak.town.people.items()}
    with db.reading() as tx:
        found = select(Message).where(Message.inquiry_id == sak.inquiry().id, Message.kind == kind)
        return [(names[each.person_id], each.body) for each in tx.scalars(found.order_by(Message.id))]


def test_who_is_told(town: Town) -> None:
    """The person in the office is sent the way to the question and nothing of it; whoever asked is told of the reply;
    also the one who has taken over since."""
    sak = call(town, NOON)
    asked = ask(sak, "leder", Way.DOUBT, "kommunalsjef", NOON)
    ((person, body),) = messages(MessageKind.REQUEST, sak)
    assert person == "kommunalsjef"
    assert f"/spurt/{asked}" in body
    assert ASKED_TEXT not in body
    sak.take("kommunalsjef", NOON)
    sak.take("radmann", NOON)
    reply(sak, asked, "kommunalsjef", LATER)
    assert {person for person, _ in messages(MessageKind.REPLIED, sak)} == {"leder", "radmann"}
    assert task(asked).done_at == LATER


def test_the_deputy_is_asked_for_somebody_who_is_away(town: Town) -> None:
    """Also for one who is away himself; where nobody is left, the office is named."""
    sak = call(town, NOON)
    for who in ("kommunalsjef", "kommunalsjef2"):
        absence.register(SYSTEM, town.people[who], NOON - HOUR, NOON + 24 * HOUR, NOON)
        if who == "kommunalsjef":
            asked = ask(sak, "leder", Way.FACTS, "kommunalsjef", NOON)
            assert request(asked).person_id == town.people["kommunalsjef2"]
    with pytest.raises(Refused, match="Kommunalsjef oppvekst"):
        ask(sak, "leder", Way.FACTS, "kommunalsjef", NOON)


def test_whom_it_is_about_is_never_asked(town: Town) -> None:
    """Not in his office, which is not offered at all; and not where he stands in for another."""
    about = call(town, NOON, subject=Role.KOMMUNALSJEF)
    assert "kommunalsjef" not in {name for offices in offered(about, "radmann", NOON).values() for name in offices}
    absence.register(SYSTEM, town.people["kommunalsjef2"], NOON - HOUR, NOON + 24 * HOUR, NOON)
    with pytest.raises(Refused, match="Kommunalsjef lokalsamfunn"):
        ask(about, "radmann", Way.FACTS, "kommunalsjef2", NOON)


# --- Replying -------------------------------------------------------------------------------------------------------

MAY_REPLY = [  # way, office, facts, who may, who may not
    (Way.DOUBT, "kommunalsjef", {}, {"kommunalsjef"}, {"leder", "radmann", "kis", "kis_adviser", "annen_leder"}),
    (Way.ADVICE, "kis", {}, {"kis", "kis_adviser"}, {"leder", "radmann", "kommunalsjef", "sentralbord"}),
    (Way.ADVICE, "kis", {"personnel": YES}, {"kis"}, {"leder", "radmann", "kis_adviser"}),
    (Way.FACTS, "styrer", {}, {"annen_leder"}, {"leder", "kommunalsjef", "kis", "kis_adviser"}),
    (Way.FACTS, "styrer", {"personnel": YES}, {"annen_leder"}, {"leder", "kommunalsjef", "kis", "radmann"}),
]


@pytest.mark.parametrize(("way", "office", "facts", "may", "may_not"), MAY_REPLY)
def test_who_may_reply(
    town: Town, way: Way, office: str, facts: dict[str, Any], may: set[str], may_not: set[str]
) -> None:
    """The office that was asked, and for advice its advisers, of what is not for few eyes; nobody else knows of it."""
    for who in may_not:
        sak = call(town, NOON, **facts)
        asked = ask(sak, "leder", way, office, NOON)
        with pytest.raises(NotFound):
            reply(sak, asked, who, LATER)
    for who in may:
        sak = call(town, NOON, **facts)
        asked = ask(sak, "leder", way, office, NOON)
        reply(sak, asked, who, LATER)
        assert request(asked).replied_by_id == town.people[who]


def test_facts_of_a_restricted_inquiry_let_nobody_into_it(town: Town) -> None:
    """The leader who is asked reads the question to him, and the inquiry does not exist for him."""
    sak = call(town, NOON, personnel=YES)
    asked = ask(sak, "leder", Way.FACTS, "styrer", NOON)
    with db.reading() as tx:
        who = access.actor(tx, town.people["annen_leder"], NOON)
        assert access.open_request(tx, who, asked).text == ASKED_TEXT
        with pytest.raises(NotFound):
            access.open_case(tx, who, sak.reference)


def test_whoever_acts_for_the_asked_does_not_reply_to_himself(town: Town) -> None:
    """A consultation takes two."""
    sak = call(town, NOON, level=Level.AREA, **WAIVED)
    asked = ask(sak, "kommunalsjef", Way.DEVIATION, "radmann", NOON)
    absence.register(SYSTEM, town.people["radmann"], NOON - HOUR, NOON + 24 * HOUR, NOON)
    with pytest.raises(Refused):
        reply(sak, asked, "kommunalsjef", LATER)


def test_it_is_settled_when_nobody_waits(town: Town) -> None:
    """Two were asked: the first reply leaves it waiting, the second sets it free."""
    sak = call(town, NOON)
    first, second = (ask(sak, "leder", Way.FACTS, office, NOON) for office in ("styrer", "teknisk_leder"))
    reply(sak, first, "annen_leder", LATER)
    assert sak.strand().state is State.CLARIFYING
    reply(sak, second, "teknisk_leder", LATER)
    assert sak.strand().state is State.TAKEN


def test_a_second_reply_comes_too_late(town: Town) -> None:
    """What was said first stands."""
    sak = call(town, NOON)
    asked = ask(sak, "leder", Way.ADVICE, "kis", NOON)
    reply(sak, asked, "kis", LATER, text="Hold deg til tallene.")
    for seen in (1, request(asked).version):
        with pytest.raises(Stale):
            requests.reply(town.people["kis_adviser"], asked, seen, "Noe annet.", None, LATER)
    with db.reading() as tx:
        who = access.actor(tx, town.people["leder"], LATER)
        assert access.open_case(tx, who, sak.reference).replied == {asked: "Hold deg til tallene."}


# --- Withdrawn ------------------------------------------------------------------------------------------------------

ENDS = [
    ("answered", lambda sak: sak.answer("leder", LATER), State.ANSWERED),
    ("closed", lambda sak: sak.close("leder", LATER, Ending.NO_ANSWER, "Rakk det ikke."), State.CLOSED),
    ("moved to another owner", lambda sak: sak.correct("leder", LATER, level="area"), State.TOLD),
    ("lapsed", lambda sak: sak.correct("leder", LATER, asks=["political"]), State.LAPSED),
    ("withdrawn by the asker", None, State.TAKEN),
]


@pytest.mark.parametrize(("ends", "state"), [each[1:] for each in ENDS], ids=[each[0] for each in ENDS])
def test_nobody_is_waited_for_any_longer(town: Town, ends: Any, state: State) -> None:
    """Then nobody may reply, nobody is reminded, and what was not sent yet is never sent."""
    sak = call(town, NOON)
    asked = ask(sak, "leder", Way.FACTS, "styrer", NOON)
    if ends is None:
        withdraw(sak, asked, "leder", LATER)
    else:
        ends(sak)
    assert sak.strands()[Kind.ADMINISTRATIVE].state is state
    assert (request(asked).withdrawn_at, task(asked).done_at) == (LATER, LATER)
    assert EventKind.WITHDRAWN in sak.events()
    with pytest.raises(NotFound):
        reply(sak, asked, "annen_leder", LATER)
    with db.reading() as tx:
        message = tx.scalars(select(Message).where(Message.request_id == asked)).one()
        assert message.state is DeliveryState.QUEUED  # the claim asks again
        assert not access.may_reply(tx, message.person_id, asked, LATER)


def test_what_is_replied_to_is_not_withdrawn(town: Town) -> None:
    """Neither by hand, nor when the strand is closed."""
    sak = call(town, NOON)
    asked = ask(sak, "leder", Way.FACTS, "styrer", NOON)
    reply(sak, asked, "annen_leder", NOON)
    with pytest.raises(Stale):
        withdraw(sak, asked, "leder", LATER)
    sak.answer("leder", LATER)
    assert request(asked).withdrawn_at is None


def test_nothing_is_asked_of_what_is_over(town: Town) -> None:
    """And no request of another strand is withdrawn through this one."""
    sak, other = call(town, NOON), call(town, NOON)
    asked = ask(other, "leder", Way.ADVICE, "kis", NOON)
    with pytest.raises(NotFound):
        withdraw(sak, asked, "leder", NOON)
    sak.answer("leder", NOON)
    with pytest.raises(NotNow):
        ask(sak, "leder", Way.ADVICE, "kis", LATER)


def test_from_an_old_page(town: Town) -> None:
    """Somebody was first: nothing is asked twice."""
    sak = call(town, NOON)
    strand = sak.strand()
    question = Question(Way.ADVICE, town.offices["kis"], ASKED_TEXT)
    requests.ask(town.people["leder"], sak.reference, strand.id, strand.version, question, NOON)
    with pytest.raises(Stale):
        requests.ask(town.people["leder"], sak.reference, strand.id, strand.version, question, NOON)


# --- Deviation ------------------------------------------------------------------------------------------------------

CONSULTED = Consulted(Role.KOMMUNALSJEF, NOON)
DEVIATING = [  # told as, facts, what is given, what is said where it is refused
    ("waived, reasoned, consulted", WAIVED, {"consulted": CONSULTED}, None),
    ("a letter of opinions, and no waiver to stay within", {"form": Form.LETTER},
     {"consulted": CONSULTED, "within": False}, None),
    ("no reason", WAIVED, {"consulted": CONSULTED, "reason": ""}, "hvorfor"),
    ("outside the waiver", WAIVED, {"consulted": CONSULTED, "within": False}, "punkt 12"),
    ("nobody asked", WAIVED, {}, "Rådfør deg"),
    ("asked of KIS", WAIVED, {"consulted": Consulted(Role.VIRKSOMHETSLEDER_KIS, NOON)}, "overordnet"),
    ("asked of a colleague", WAIVED, {"consulted": Consulted(Role.VIRKSOMHETSLEDER, NOON)}, "overordnet"),
    ("to be asked later", WAIVED, {"consulted": Consulted(Role.KOMMUNALSJEF, LATER + HOUR)}, "før"),
    ("no waiver: the law", {"client_case": YES}, {"consulted": CONSULTED}, "Forvaltningsloven § 13"),
    ("a personnel case", {"personnel": YES}, {"consulted": CONSULTED}, "Forvaltningsloven § 13"),
    ("nothing is barred", {}, {"consulted": CONSULTED}, "ikke noe å gjøre"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("facts", "given", "refused"), [each[1:] for each in DEVIATING], ids=[each[0] for each in DEVIATING]
)
def test_a_deviation(town: Town, facts: dict[str, Any], given: dict[str, Any], refused: str | None) -> None:
    """Reasoned, inside the waiver, consulted, recorded; what the law bars has no exception, and is named."""
    sak = call(town, NOON, **facts)
    kind = Statement.LETTER if facts.get("form") is Form.LETTER else FACTS
    decisions = len(sak.inquiry().decisions)
    if refused is None:
        deviate(sak, "leder", LATER, **given)
        assert may_say(sak, Role.VIRKSOMHETSLEDER, kind, LATER) == (True, ())
        assert may_say(sak, Role.VIRKSOMHETSLEDER, kind, LATER - MINUTE)[0] is False
        assert sak.events()[-1] is EventKind.DEVIATED
    else:
        with pytest.raises(Refused, match=refused):
            deviate(sak, "leder", LATER, **given)
        assert EventKind.DEVIATED not in sak.events()
    assert len(sak.inquiry().decisions) == decisions


def test_a_deviation_after_a_reply(town: Town) -> None:
    """The reply of a superior is the consultation; the advice of KIS is none."""
    sak = call(town, NOON, **WAIVED)
    reply(sak, ask(sak, "leder", Way.ADVICE, "kis", NOON), "kis", NOON)
    with pytest.raises(Refused):
        deviate(sak, "leder", LATER)
    reply(sak, ask(sak, "leder", Way.DEVIATION, "kommunalsjef", NOON), "kommunalsjef", LATER)
    deviate(sak, "leder", LATER)
    assert may_say(sak, Role.VIRKSOMHETSLEDER, FACTS, LATER) == (True, ())
    assert Facts.from_json(sak.inquiry().facts).in_doubt is False


def test_a_deviation_comes_before_the_answer(town: Town) -> None:
    """Afterwards it is recorded with the answer, with its own time."""
    sak = call(town, NOON, **WAIVED)
    sak.answer("leder", NOON, kinds=(Statement.GENERAL_INFO,))
    with pytest.raises(NotNow):
        deviate(sak, "leder", LATER, consulted=CONSULTED)


def test_whoever_has_it_by_now_reads_the_reply_too(town: Town) -> None:
    """He who asked cannot now, and his deputy was told: the reply is for both."""
    sak = call(town, NOON)
    asked = ask(sak, "leder", Way.FACTS, "styrer", NOON)
    strand = sak.strand()
    silence.cannot_now(town.people["leder"], sak.reference, strand.id, strand.version, NOON)
    before = len(sak.told())
    reply(sak, asked, "annen_leder", NOON)
    assert sorted(sak.told()[before:]) == ["inspektor", "leder"]
