"""What stands on the demo desk right now, at whatever hour it is loaded: every state of every screen, relative to now.

One line a case: how long ago it came, which question, what is special, its deadline from now, and what was done since.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from pressedesk.demo.desk import Desk, Part
from pressedesk.demo.questions import Text, texts
from pressedesk.desk import handling, intake
from pressedesk.desk.handling import Concerns
from pressedesk.formats import clock_time
from pressedesk.regulation.facts import Facts
from pressedesk.workflow import Ending
from pressedesk.workhours import local_day, statutory_days_after

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
NOBODY = {"personnel": False, "client_case": False}

Step = Callable[[Desk, datetime, str, Part, Text], None]


def take(desk: Desk, at: datetime, reference: str, part: Part, text: Text) -> None:
    desk.take(at, reference, part)


def answer(desk: Desk, at: datetime, reference: str, part: Part, text: Text) -> None:
    desk.answer(at, reference, part, text)


def says(concerns: Concerns) -> Step:
    """The one tap of the owner."""
    return lambda desk, at, reference, part, text: desk.say_person(at, reference, part, concerns)


def ends(ending: Ending, reason: str = "") -> Step:
    return lambda desk, at, reference, part, text: desk.close(at, reference, part, ending, reason)


def notes(key: str, note: str) -> Step:
    """Somebody adds a line."""
    return lambda desk, at, reference, part, text: handling.note(
        desk.ids.people[key], reference, part.inquiry_version, note, at
    )


def proposes_to_lift(key: str) -> Step:
    """The first of the two who lift a restriction."""

    def propose(desk: Desk, at: datetime, reference: str, part: Part, text: Text) -> None:
        handling.lift(desk.ids.people[key], reference, part.inquiry_version, at)

    return propose


@dataclass(frozen=True)
class Case:
    """One case of today. `ago`: when it came. `left`: until the journalist's deadline, negative when it has passed.
    `then`: what was done, each so long before now."""

    ago: timedelta
    group: str
    unit: str = ""
    left: timedelta | None = None
    then: tuple[tuple[timedelta, Step], ...] = ()
    known: dict[str, Any] = field(default_factory=lambda: dict(NOBODY))
    asked: str = ""  # part of the question, where several would do
    logger: str = "siv"
    addressed: str = ""  # the office that the journalist asked for
    source_url: str = ""


CASES = (
    # Solbakken skole, so that «leder» has one of each
    Case(4 * MINUTE, "quick", "solbakken", asked="første klasse"),
    Case(50 * MINUTE, "thorough", "solbakken", 35 * MINUTE, asked="mobbing"),
    Case(3 * HOUR, "thorough", "solbakken", -25 * MINUTE, ((150 * MINUTE, take),), asked="leirskolen"),
    Case(2 * HOUR, "quick", "solbakken", -30 * MINUTE, ((100 * MINUTE, take), (40 * MINUTE, answer)), asked="mobil"),
    Case(30 * MINUTE, "thorough", "solbakken", 2 * HOUR, known={}, asked="nasjonale prøver"),
    Case(90 * MINUTE, "personnel", "solbakken", 70 * MINUTE,
         ((80 * MINUTE, says(Concerns.EMPLOYEE)), (79 * MINUTE, take)), known={"personnel": True}),
    Case(65 * MINUTE, "accusations", "nordbygda", 45 * MINUTE, known={**NOBODY, "subject": "virksomhetsleder"}),
    Case(26 * HOUR, "thorough", "solbakken", -20 * HOUR,
         ((25 * HOUR, take), (21 * HOUR, answer), (20 * HOUR, ends(Ending.INTERVIEW))), asked="Tak og ventilasjon"),
    # about one person
    Case(2 * HOUR, "clients", "barnevern", 90 * MINUTE, known={"client_case": True}),
    Case(30 * HOUR, "clients", "hjemme", -22 * HOUR,
         ((29 * HOUR, says(Concerns.CLIENT)), (28 * HOUR, take), (5 * HOUR, proposes_to_lift("kari"))),
         known={"client_case": True}),
    Case(20 * MINUTE, "personnel", "helsetun", 3 * HOUR, known={}),
    # nobody there, deputies, undelivered
    Case(70 * MINUTE, "own_account", asked="lekeplassen"),
    Case(55 * MINUTE, "quick", "vann", 100 * MINUTE, asked="borte"),
    Case(100 * MINUTE, "quick", "vei", 20 * MINUTE, ((90 * MINUTE, take), (15 * MINUTE, answer)), asked="brøytes"),
    Case(60 * MINUTE, "wide", "velferd", 4 * HOUR, asked="helsefagarbeidere"),
    Case(40 * MINUTE, "quick", "elvestad", 55 * MINUTE, asked="skolebussen"),
    # the area, the whole municipality, politics
    Case(3 * HOUR, "wide", "oppvekst", 2 * HOUR, asked="færre barn"),
    Case(25 * MINUTE, "wide", asked="nye opplegget", known={}),
    Case(2 * HOUR, "wide", left=3 * HOUR, then=((HOUR, take),), asked="faller utenfor"),
    Case(5 * HOUR, "wide", left=-HOUR, then=((4 * HOUR, take),), asked="sykefraværet"),
    Case(45 * MINUTE, "politics", "nordbygda", 50 * MINUTE),
    Case(80 * MINUTE, "politics", left=3 * HOUR, then=((70 * MINUTE, take),), asked="Eiendomsskatten"),
    Case(12 * MINUTE, "accusations", "helsetun", 48 * MINUTE),
    # late, and how cases end
    Case(50 * HOUR, "thorough", "hjemme", -26 * HOUR, asked="for korte besøk"),
    Case(28 * HOUR, "quick", "bibliotek", -24 * HOUR, ((27 * HOUR, take),), asked="meråpent"),
    Case(6 * HOUR, "quick", "nav", -2 * HOUR, ((5 * HOUR, ends(Ending.WITHDRAWN, "Redaksjonen la saken bort.")),)),
    Case(7 * HOUR, "quick", "kloverenga", -3 * HOUR,
         ((6 * HOUR, ends(Ending.REFERRED, "Vist videre til fylkeskommunen.")),)),
    Case(9 * HOUR, "personnel", "drift", -6 * HOUR,
         ((8 * HOUR, says(Concerns.EMPLOYEE)),
          (7 * HOUR, ends(Ending.DECLINED, "Personalsaker kommenteres ikke (punkt 13)."))),
         known={"personnel": True}),
    Case(47 * HOUR, "thorough", "plan", -40 * HOUR,
         ((20 * HOUR, ends(Ending.NO_ANSWER, "Saken ble publisert før vi rakk å svare.")),)),
    Case(31 * HOUR, "quick", "helse", -28 * HOUR, ((29 * HOUR, answer), (28 * HOUR, ends(Ending.BACKGROUND)))),
    Case(32 * HOUR, "quick", "forvaltning", -29 * HOUR, ((30 * HOUR, answer), (29 * HOUR, ends(Ending.STATEMENT)))),
    Case(46 * HOUR, "documents", "nav", None,
         ((40 * HOUR, take), (26 * HOUR, answer), (25 * HOUR, ends(Ending.DOCUMENT)))),
    Case(27 * HOUR, "letters", "vann", asked="feil pris"),
    Case(4 * HOUR, "quick", "kis", -3 * HOUR, ((230 * MINUTE, take), (210 * MINUTE, answer),
         (180 * MINUTE, notes("per", "Journalisten ringte og takket for raskt svar.")))),
)  # fmt: skip
DOCUMENTS = ((0, "prøveresultatene"), (2, "Helsetunet"), (4, "kontrakten"), (6, "reiseregninger"))
"""Requests for access: how many statutory days ago, and which."""


def stands(desk: Desk) -> None:
    """Plan everything that stands on the desk now."""
    for case in CASES:
        desk.plan(desk.now - case.ago, lambda at, case=case: stand(desk, at, case))  # type: ignore[misc]
    for days, asked in DOCUMENTS:
        today = local_day(desk.now)
        at = desk.now - (today - statutory_days_after(today, -days)) - 90 * MINUTE
        desk.plan(at, lambda at, asked=asked: stand(desk, at, Case(HOUR, "documents", asked=asked)))  # type: ignore[misc]
    for ago, capacity, key in (
        (5 * HOUR, "union", "vibeke"),
        (26 * HOUR, "private", "gro"),
        (40 * HOUR, "elected", "ola"),
    ):
        desk.plan(desk.now - ago, lambda at, who=key, asked_as=capacity: _pass_on(desk, at, who, asked_as))  # type: ignore[misc]


def stand(desk: Desk, at: datetime, case: Case) -> str:
    """The case comes in, and what was done since is planned; its reference."""
    text = _text(case)
    deadline = None
    if case.left is not None:
        due_at = desk.now + case.left
        deadline = (due_at, f"innen kl. {clock_time(due_at)}")
    more: dict[str, Any] = {"source_url": case.source_url} if case.source_url else {}
    if case.addressed:
        more["addressed_office_id"] = desk.ids.offices[case.addressed]
    reference = desk.call(at, text, deadline, case.logger, **case.known, **more)
    lead = desk.parts(reference)[0]
    for before, step in case.then:
        desk.plan_for(
            desk.now - before,
            reference,
            lead.id,
            lambda at, reference, part, step=step: step(desk, at, reference, part, text),  # type: ignore[misc]
        )
    return reference


def _text(case: Case) -> Text:
    """The question that the case means, in its unit."""
    for text in texts()[case.group]:
        if case.asked in text.question and (not case.unit or case.unit in text.units):
            return Text((case.unit,) if case.unit else text.units, text.question, text.answer, text.known)
    raise AssertionError(f"no such question: {case.group} {case.unit} {case.asked}")


def _pass_on(desk: Desk, at: datetime, key: str, capacity: str) -> None:
    """A contact that leaves nothing but a number."""
    facts = Facts.from_json({"capacities": [capacity]})
    call = intake.Call(
        "Even Krogsrud", "", facts, "Radio Hamar-traktene", "59 02 14 12", contact_person_id=desk.ids.people[key]
    )
    intake.log_call(desk.ids.people["siv"], f"demo-contact-{capacity}", call, at)
