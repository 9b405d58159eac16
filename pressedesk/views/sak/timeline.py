"""The record of an inquiry as sentences: newest first, with who and when. Names are looked up all at once."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from pressedesk import access, formats
from pressedesk.access import Case
from pressedesk.desk.following import Staff
from pressedesk.desk.handling import Concerns
from pressedesk.desk.tasks import Done
from pressedesk.events import Event, EventKind
from pressedesk.models import Granted, InPrint, Journal, Office, RequestKind, TaskKind, Unit
from pressedesk.regulation.provisions import PROVISIONS
from pressedesk.regulation.vocabulary import Role
from pressedesk.views.words import fact_name, fact_value, label, listed, source_name
from pressedesk.workflow import Ending

WITH_NOTE = (EventKind.NOTED, EventKind.ADDED)  # their words stand in a note of the same instant
CONCERNS = {
    Concerns.NOBODY: "gjelder ingen enkeltperson",
    Concerns.EMPLOYEE: "gjelder en ansatt",
    Concerns.CLIENT: "gjelder en bruker, elev eller pasient",
}


@dataclass(frozen=True)
class Names:
    """Persons, offices and units by id."""

    people: dict[int, str] = field(default_factory=dict)
    offices: dict[int, str] = field(default_factory=dict)
    units: dict[int, str] = field(default_factory=dict)

    def person(self, person_id: int | None) -> str:
        return self.people.get(person_id or 0, "ingen")

    def office(self, office_id: int | None) -> str:
        return self.offices.get(office_id or 0, "ingen")

    def unit(self, unit_id: int | None) -> str:
        return self.units.get(unit_id or 0, "ingen")


def names(tx: Session, events: Iterable[Event]) -> Names:
    """The names that the sentences of `events` need, in three queries."""
    people: set[int | None] = set()
    offices: set[int | None] = set()
    units: set[int | None] = set()
    for event in events:
        data = event.data
        people |= {data[key] for key in ("person", "to_person") if key in data}
        offices |= {data[key] for key in ("office", "to_office") if key in data}
        units |= {data[key] for key in ("unit", "to_unit") if key in data}
        if event.kind is EventKind.NOT_SPOKEN:
            people |= set(data["persons"])
        if event.kind in (EventKind.TAKEN, EventKind.TAKEN_OVER, EventKind.GIVEN_BACK):
            people |= {data.get("old"), data.get("new")}
        elif event.kind is EventKind.MOVED:
            offices |= {data.get("old"), data.get("new")}
        elif event.kind is EventKind.FACTS_CHANGED:
            units |= set(data["changed"].get("unit_id", []))
    return Names(
        people={person.id: person.name for person in access.people(tx, filter(None, people)).values()},
        offices=_named(tx.execute(select(Office.id, Office.title).where(Office.id.in_(offices)))),
        units=_named(tx.execute(select(Unit.id, Unit.name).where(Unit.id.in_(units)))),
    )


def _named(rows: Iterable[Any]) -> dict[int, str]:
    return {row[0]: row[1] for row in rows}


@dataclass(frozen=True)
class Line:
    """One line of the record: when, what, and the text of a note where it may be read."""

    at: datetime
    when: str
    text: str
    part: str = ""
    note: str = ""


def timeline(case: Case, named: Names, now: datetime) -> list[Line]:
    """Every line of the record, newest first. A note stands with its text, or without where it is held."""
    parts = {strand.id: strand.kind.label for strand in case.inquiry.strands} if len(case.inquiry.strands) > 1 else {}
    notes = {(note.at, note.person_id): case.notes.get(note.id) for note in case.inquiry.notes}
    lines = []
    for event in case.events:
        note = notes.get((event.at, event.person_id or 0)) if event.kind in WITH_NOTE else None
        lines.append(
            Line(
                at=event.at,
                when=formats.when(event.at, now),
                text=sentence_of(event, named, now),
                part=parts.get(event.strand_id or 0, ""),
                note=note or "",
            )
        )
    return lines[::-1]


def sentence_of(event: Event, named: Names, now: datetime) -> str:
    """What happened, as one sentence with the person who did it."""
    return f"{_told(event, named, now)}."


def _told(event: Event, named: Names, now: datetime) -> str:
    if event.kind in SAYS:
        return SAYS[event.kind](event, named, now)
    by = "" if event.actor == "system" else f" av {event.actor}"
    return f"{PLAIN.get(event.kind, event.kind.label)}{by}"


def _decided(event: Event, named: Names, now: datetime) -> str:
    points = [str(point) for point in event.data["points"]]
    return f"Reglementet ble brukt: punkt {listed(points)}" if points else "Reglementet ble brukt"


def _sent(event: Event, named: Names, now: datetime) -> str:
    person, office = named.person(event.data["person"]), named.office(event.data["office"])
    if "story" in event.data:
        return f"{person}, {office}, hadde alt fått varsel om hendelsen"
    return f"Varsel til {person}, {office}"


def _split(event: Event, named: Names, now: datetime) -> str:
    if event.data.get("again"):
        return f"{event.actor} skilte sakene igjen"
    what = "Skilt ut av en annen sak" if event.data.get("is_new") else "Et spørsmål ble skilt ut som egen sak"
    return f"{what} av {event.actor}"


def _asked_to_clarify(event: Event, named: Names, now: datetime) -> str:
    until_at = formats.when(datetime.fromisoformat(event.data["until_at"]), now)
    return f"KIS ble bedt om å finne ut hvor saken hører hjemme, før den ansvarlige får den {until_at}"


def _taken_over(event: Event, named: Names, now: datetime) -> str:
    old = event.data["old"]
    return f"{event.actor} tok over saken" + (f" fra {named.person(old)}" if old else "")


def _moved(event: Event, named: Names, now: datetime) -> str:
    return f"Ny ansvarlig: {named.office(event.data['new'])}. Før: {named.office(event.data['old'])}"


def _person_said(event: Event, named: Names, now: datetime) -> str:
    return f"{event.actor} avklarte: saken {CONCERNS[Concerns(event.data['concerns'])]}"


def _answered(event: Event, named: Names, now: datetime) -> str:
    said_at = formats.when(datetime.fromisoformat(event.data["said_at"]), now)
    role = label(Role, event.data["role"])
    if not event.data.get("settles", True):
        return f"Journalisten snakket med {role} {said_at}, notert av {event.actor}. Innsynskravet er ikke avgjort"
    return f"Journalisten fikk svar fra {role} {said_at}, notert av {event.actor}"


def _closed(event: Event, named: Names, now: datetime) -> str:
    return f"{event.actor} lukket saken: {Ending(event.data['ending']).label.lower()}"


def _facts_changed(event: Event, named: Names, now: datetime) -> str:
    changes = _changes(event.data["changed"], named)
    return f"{event.actor} rettet opplysninger" + (f". {changes}" if changes else ", uten endring")


def _offered(event: Event, named: Names, now: datetime) -> str:
    office, person = event.data.get("to_office"), event.data.get("to_person")
    if office is None and person is None:
        return f"{event.actor} sa at saken hører hjemme et annet sted, og ba KIS finne ut hvor"
    to = ", ".join([*([named.office(office)] if office else []), *([named.person(person)] if person else [])])
    return f"{event.actor} spurte om {to} kan ta saken"


def _offer_withdrawn(event: Event, named: Names, now: datetime) -> str:
    if event.data.get("kept"):
        return f"{event.actor} trakk spørsmålet, og saken blir der den er"
    return "Spørsmålet om noen andre kan ta saken, gjelder ikke lenger"


def _passed_by(event: Event, named: Names, now: datetime) -> str:
    silent, next_one = event.data["person"], event.data["to_person"]
    person = named.person(silent)
    why = f"{person} kan ikke nå" if event.person_id == silent else f"{person} svarte ikke da {event.actor} ringte"
    return f"{why}. Varsel til {named.person(next_one)}" if next_one else f"{why}. Ingen andre er å få tak i"


def _promised(event: Event, named: Names, now: datetime) -> str:
    old, new = event.data["old"], formats.when(datetime.fromisoformat(event.data["new"]), now)
    before = f". Før: {formats.when(datetime.fromisoformat(old), now)}" if old else ""
    return f"{event.actor} trenger mer tid: svaret kommer {new}{before}"


def _ruled(event: Event, named: Names, now: datetime) -> str:
    ground = PROVISIONS.get(event.data["provision"] or "")
    by = f" etter offentleglova {ground.number}" if ground else ""
    return f"{Granted(event.data['granted']).label}{by}, notert av {event.actor}"


def _task_made(event: Event, named: Names, now: datetime) -> str:
    office, person = event.data.get("office"), event.data.get("person")
    whose = named.office(office) if office else named.person(person)
    due_at = formats.when(datetime.fromisoformat(event.data["due_at"]), now)
    return f"{whose} skal {TaskKind(event.data['task']).label}, innen {due_at}"


def _task_done(event: Event, named: Names, now: datetime) -> str:
    task = TaskKind(event.data["task"]).label
    return f"Oppgaven er ferdig: {task}" + ("" if event.actor == "system" else f". Notert av {event.actor}")


def _followed_up(event: Event, named: Names, now: datetime) -> str:
    what, choice = event.data["what"], event.data["choice"]
    if choice in set(Done):
        return f"{event.actor} noterte hvordan det gikk: {Done(choice).label.lower()}"
    asked, answers = FOLLOWED[what]
    proposed = f". Forslaget var: {Journal(event.data['proposed']).label}" if "proposed" in event.data else ""
    return f"{event.actor} svarte på «{asked}»: {answers(choice).label.lower()}{proposed}"


FOLLOWED: dict[str, tuple[str, Callable[[str], InPrint | Staff | Journal]]] = {
    "print": ("Ble det riktig på trykk?", InPrint),
    "staff": ("Vet de ansatte det?", Staff),
    "journal": ("Journalføres?", Journal),
}


def _logged(event: Event, named: Names, now: datetime) -> str:
    begun_by = event.data.get("person")
    began = f". {named.person(begun_by)} tok telefonen og begynte på den" if begun_by else ""
    return f"{event.actor} noterte henvendelsen{began}"


def _taken(event: Event, named: Names, now: datetime) -> str:
    new = event.data["new"]
    if new == event.person_id:
        return f"{event.actor} tok saken"
    return f"{named.person(new)} fikk journalisten på telefonen og har saken. Notert av {event.actor}"


def _transferred(event: Event, named: Names, now: datetime) -> str:
    return f"{event.actor} satte journalisten over til {named.person(event.data['person'])}"


def _not_spoken(event: Event, named: Names, now: datetime) -> str:
    told = listed(named.person(person_id) for person_id in event.data["persons"])
    return "Ingen svarte da journalisten ble satt over" + (f". Varsel til {told}" if told else "")


def _asked(event: Event, named: Names, now: datetime) -> str:
    data = event.data
    to = f"{named.office(data['office'])}, {named.person(data['person'])}"
    return f"{event.actor} spurte {to}: {RequestKind(data['request_kind']).label} ({source_name(data['source'])})"


def _replied(event: Event, named: Names, now: datetime) -> str:
    said = {True: ": ja, avtalt", False: ": nei", None: ""}[event.data["agreed"]]
    kind = RequestKind(event.data["request_kind"]).label
    return f"{event.actor} svarte for {named.office(event.data['office'])} ({kind}){said}"


def _no_longer_asked(event: Event, named: Names, now: datetime) -> str:
    kind = RequestKind(event.data["request_kind"]).label
    return f"{named.office(event.data['office'])} blir ikke spurt lenger ({kind})"


def _deviated(event: Event, named: Names, now: datetime) -> str:
    sources = listed(source_name(source) for source in event.data["sources"])
    return f"{event.actor} gjorde begrunnet unntak ({sources}), rådført med {label(Role, event.data['role'])}"


SAYS: dict[EventKind, Callable[[Event, Names, datetime], str]] = {
    EventKind.LOGGED: _logged,
    EventKind.DECIDED: _decided,
    EventKind.TOLD: _sent,
    EventKind.ASKED_TO_CLARIFY: _asked_to_clarify,
    EventKind.TAKEN: _taken,
    EventKind.TAKEN_OVER: _taken_over,
    EventKind.GIVEN_BACK: lambda event, named, now: f"{event.actor} la saken tilbake",
    EventKind.FACTS_CHANGED: _facts_changed,
    EventKind.PERSON_SAID: _person_said,
    EventKind.MOVED: _moved,
    EventKind.ANSWERED: _answered,
    EventKind.CLOSED: _closed,
    EventKind.ASKED: _asked,
    EventKind.REPLIED: _replied,
    EventKind.WITHDRAWN: _no_longer_asked,
    EventKind.DEVIATED: _deviated,
    EventKind.JOINED: lambda event, named, now: f"{event.actor} slo saken sammen med en annen",
    EventKind.SPLIT: _split,
    EventKind.PUT_IN_STORY: lambda event, named, now: f"{event.actor} la saken til en hendelse",
    EventKind.TAKEN_OUT_OF_STORY: lambda event, named, now: "Saken ble tatt ut av hendelsen",
    EventKind.RULED: _ruled,
    EventKind.FOLLOWED_UP: _followed_up,
    EventKind.TASK_MADE: _task_made,
    EventKind.TASK_DONE: _task_done,
    EventKind.OFFERED: _offered,
    EventKind.RECEIVED: lambda event, named, now: f"{event.actor} tok imot saken",
    EventKind.DECLINED: lambda event, named, now: f"{event.actor} sa at saken ikke hører til der heller",
    EventKind.OFFER_WITHDRAWN: _offer_withdrawn,
    EventKind.PASSED_BY: _passed_by,
    EventKind.TRANSFERRED: _transferred,
    EventKind.NOT_SPOKEN: _not_spoken,
    EventKind.PROMISED: _promised,
    EventKind.TOPIC_PROPOSED: lambda event, named, now: (
        f"{event.actor} foreslo et tema for {named.unit(event.data['unit'])}"
    ),
}
PLAIN = {
    EventKind.RELEASED: "Gitt tilbake til linja fra kriseledelsen",
    EventKind.RESTRICTED: "Gjort begrenset",
    EventKind.LIFT_PROPOSED: "Foreslått å oppheve begrensningen",
    EventKind.LIFTED: "Begrensningen ble opphevet",
    EventKind.NOTED: "Notat",
    EventKind.NUDGED: "Journalisten ringte igjen, og den som har saken, fikk beskjed. Notert",
    EventKind.ADDED: "Journalisten spurte om mer i saken. Notert",
    EventKind.LAPSED: "Delspørsmålet falt bort etter ny avgjørelse",
}


def _changes(changed: Mapping[str, list[object]], named: Names) -> str:
    found = []
    for name, (before, after) in changed.items():
        if name == "unit_id":
            was, now = (named.unit(each if isinstance(each, int) else None) for each in (before, after))
        else:
            was, now = fact_value(name, before), fact_value(name, after)
        found.append(f"{fact_name(name).rstrip('?')}: fra {was} til {now}")
    return "; ".join(found)
