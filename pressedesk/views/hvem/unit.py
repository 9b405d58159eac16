"""/hvem-kan-si-hva/<unit>: «Når journalisten ringer», one page to print and hang up where the telephone is."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from flask import render_template

from pressedesk import access, auth, clock, config, formats, organisation, rules
from pressedesk.access import Do
from pressedesk.auth import requires
from pressedesk.desk.chips import LEVEL_OF
from pressedesk.organisation import OfficeRow, Organisation
from pressedesk.regulation import explained
from pressedesk.regulation.deciding import AGREEMENT, CONSULTATION
from pressedesk.regulation.vocabulary import Clock, Outcome, Role
from pressedesk.views.hvem.routes import bp
from pressedesk.views.hvem.saying import Line, Said, an_employee, speaker_in, what_may_be_said
from pressedesk.views.hvem.search import FREE_SPEECH, leader_of
from pressedesk.views.words import Cited, listed
from pressedesk.workhours import local_day

NOT_COMMENTED_ON = frozenset({Outcome.DECLINE, Outcome.LIMITED, Outcome.NO_REPLY})
NOT_ON_THE_LINE = frozenset({Role.ANSATT, Role.ARKIV_POSTMOTTAK, Role.KONTOADMINISTRATOR, Role.KRISELEDELSE})
STEPS = (
    "Spør hvem som ringer og fra hvilken redaksjon, hva det gjelder, når svaret trengs, og hvilket nummer du kan "
    "ringe tilbake på.",
    "Er det ditt å svare på, og du vet svaret: svar med det samme.",
    "Ellers: si at det kommer svar eller ny beskjed, og si når. Det du lover, blir fristen.",
    "Legg henvendelsen inn i Pressedesk, eller be sentralbordet gjøre det. Da får rett person beskjed.",
    "Kan det gjelde en enkeltperson: verken bekreft eller avkreft. Si at en leder ringer tilbake.",
    "Rekker du det ikke likevel: ring journalisten før tiden er ute.",
)


@dataclass(frozen=True)
class Answers:
    """Who answers in an office: those who hold it, those who step in, and where to ring."""

    title: str
    holders: str
    deputies: str
    now: str
    phone: str


@dataclass(frozen=True)
class Sheet:
    """What one kind of speaker may say of his own, whom he asks first, and what others answer."""

    who: str
    may: list[Line]
    consults: list[Cited]
    first: list[Line]
    others: list[Said]


@bp.get("/hvem-kan-si-hva/<int:unit_id>")
@requires(Do.READ_RULES)
def show_unit(unit_id: int) -> str:
    """The page of one unit. Raises NotFound."""
    org, now = auth.organisation_now(), clock.now()
    unit = org.units.get(unit_id)
    if unit is None:
        raise access.NotFound(unit_id)
    leader = leader_of(org, unit_id)
    speakers = list(_speakers(org, leader, unit_id))
    return render_template(
        "hvem/virksomhet.html",
        unit=unit,
        leader=leader,
        answers=list(_line(org, unit_id)),
        sheets=[_sheet(who, told) for who, told in speakers],
        never=list(_not_commented_on(speakers[0][1])),
        steps=STEPS,
        deadlines=list(_deadlines(now)),
        kis=_answers(org, org.kis_leader) if org.kis_leader else None,
        press_phone=config.current().press_phone,
        is_crisis=org.is_crisis,
        free_speech=FREE_SPEECH,
        version=rules.VERSION,
        made_at=formats.day_and_time(now, now),
    )


def _line(org: Organisation, unit_id: int) -> Iterator[Answers]:
    """The offices of the unit, those that lead what is under it, and the line above."""
    here = [office for office in org.offices.values() if office.unit_id == unit_id]
    children = {unit.id for unit in org.units.values() if unit.parent_id == unit_id}
    below = [leader for child in children if (leader := leader_of(org, child)) and leader.unit_id == child]
    own = leader_of(org, unit_id)
    yield from (_answers(org, office) for office in here if office.role not in NOT_ON_THE_LINE)
    for office in sorted(below, key=lambda office: office.title):
        yield replace(_answers(org, office), deputies="")  # they stand on its own page
    above = org.superior(own.id) if own else None
    while above:
        yield _answers(org, above)
        above = org.superior(above.id)


def _answers(org: Organisation, office: OfficeRow) -> Answers:
    reached = org.reach(office.id)
    acting = org.people.get(reached.person_id or 0)
    holders = org.holders.get(office.id, ())
    names = [org.people[each].name for each in holders]
    stands_in = acting is not None and acting.id not in holders
    phone = (acting.phone if acting else None) or office.phone or ""
    return Answers(
        title=office.title,
        holders=listed(names) or "Ledig",
        deputies=", så ".join(org.people[each].name for each in org.deputies.get(office.id, ())),
        now=f"Nå: {acting.name}" if acting and stands_in else "" if acting else "Nå: ingen er å få tak i",
        phone=phone,
    )


def _speakers(org: Organisation, leader: OfficeRow | None, unit_id: int) -> Iterator[tuple[str, list[Said]]]:
    """The leader of the unit and everybody else in it, with all that they may say. Nobody is employed in the whole."""
    if leader:
        yield f"Du som er {_lower(leader.title)}", what_may_be_said(speaker_in(org, leader), org)
    if org.units[unit_id] != org.root:
        yield "Du som er ansatt", what_may_be_said(an_employee(unit_id, LEVEL_OF[org.units[unit_id].kind]), org)


def _sheet(who: str, told: list[Said]) -> Sheet:
    """The first situation is the speaker's own."""
    own = told[0]
    lines = [line for said in told if said is own or said.outcome not in NOT_COMMENTED_ON for line in said.lines]
    return Sheet(
        who=who,
        may=[line for line in own.lines if line.is_allowed],
        consults=own.consults,
        first=list(dict.fromkeys(line for line in lines if set(line.needs) & {CONSULTATION, AGREEMENT})),
        others=[
            said
            for said in told
            if said.answered_by and said.outcome not in NOT_COMMENTED_ON and not all(_is_said(x) for x in said.lines)
        ],
    )


def _is_said(line: Line) -> bool:
    return line.is_allowed or AGREEMENT in line.needs


def _not_commented_on(told: Iterable[Said]) -> Iterator[tuple[str, str, Line]]:
    """Where the municipality itself declines, is general or does not reply: situation, what is done, why."""
    for said in told:
        refused = next((line for line in said.lines if not line.is_allowed), None)
        if said.outcome in NOT_COMMENTED_ON and refused:
            yield said.title, said.outcome.label, refused


def _lower(title: str) -> str:
    return title if title[1:2].isupper() else title[:1].lower() + title[1:]


def _deadlines(now: datetime) -> Iterator[str]:
    tx, today = auth.reader(), local_day(now)
    ordinary = organisation.target_minutes(tx, Clock.COMMENT, False, today)
    urgent = organisation.target_minutes(tx, Clock.COMMENT, True, today)
    if ordinary:
        told = f"Kommunens eget svarmål er {formats.duration(ordinary)} i åpningstiden"
        yield f"{told}, og {formats.duration(urgent)} når det haster." if urgent else f"{told}."
    yield explained.NO_TIMES
    yield "Krav om innsyn går til arkivet og har sin egen klokke."
