"""Beside the form: who answers, by when and why, and the sentence to say while the line is open."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from pressedesk import formats, organisation, rules, topics
from pressedesk.desk import chips, phrases, silence
from pressedesk.desk.placing import Placed, Placement
from pressedesk.organisation import Organisation
from pressedesk.regulation.findings import Consult, Decision, Reason
from pressedesk.regulation.vocabulary import NO, UNKNOWN, Force, Kind
from pressedesk.timephrases import Past, Read, Reading, WithoutTime
from pressedesk.views.ny.form import CallForm
from pressedesk.views.words import Cited, cited, listed, sentence

ASKED_FIRST = frozenset({Force.PLIKTER, Force.KUN_ETTER})  # said under «Må spørres»
UNCLEAR = "uavklart"  # the rule's name where a fact is open
PERSON = ("personnel", "client_case")
NOT_SAID_YET = "Er en enkeltperson berørt? Til den ansvarlige har svart på det, gis bare generell informasjon."


@dataclass(frozen=True)
class Goes:
    """One strand: the office, whoever answers for it now and how that was found, and by when."""

    part: str
    office: str
    unit: str
    person: str
    person_id: int
    phone: str
    how: str
    is_red: bool
    due: str
    due_trace: tuple[str, ...]
    because: list[Cited]


@dataclass(frozen=True)
class Panel:
    """What stands beside the form. `receiver` is what a screen reader hears when it changes."""

    goes: list[Goes]
    passed_on: bool
    say: tuple[str, ...]
    ask_first: list[Cited]
    not_said: list[Cited]
    unclear: list[str]
    receiver: str


@dataclass(frozen=True)
class Note:
    """A line under a field. `color`: as for tags."""

    text: str = ""
    color: str = "neutral"


def panel(
    placement: Placement,
    org: Organisation,
    reference: str | None,
    now: datetime,
    concerned: chips.Concerned | None,
    silent: frozenset[int] = frozenset(),
) -> Panel:
    """The panel of a placement. `silent`: who did not answer when the desk rang.

    What is barred only because nobody has said if a person is concerned is one line."""
    decision, certain = placement.decision, _if_nobody_is_concerned(placement)
    strands = [strand for strand in decision.strands if strand.owner is not None]
    reasons = [reason for reason in decision.reasons if reason in certain.reasons or not _is_open(reason, placement)]
    goes = [
        _goes(placed, [each for each in reasons if each.source in strand.sources], placement, org, now, silent)
        for placed, strand in zip(placement.strands, strands, strict=True)
    ]
    barred = [each for each in decision.prohibited if each in certain.prohibited]
    return Panel(
        goes=goes,
        passed_on=bool(placement.outside),
        say=phrases.what_to_say(placement, org, reference, now, concerned),
        ask_first=[cited(_consult(each), each.source, each.force) for each in decision.consult],
        not_said=[cited(sentence(each.what.label), each.source, each.force) for each in barred],
        unclear=[
            *([NOT_SAID_YET] if goes and decision != certain else []),
            *(reason.text for reason in reasons if reason.rule == UNCLEAR),
        ],
        receiver="; ".join(f"{each.office} {each.person}".strip() for each in goes) or "Gis bare videre",
    )


def _if_nobody_is_concerned(placement: Placement) -> Decision:
    """The decision as it would be if the open questions about a person were answered with no."""
    open_ones = {name: NO for name in PERSON if getattr(placement.facts, name) is UNKNOWN}
    return rules.route(placement.facts.but(**open_ones)) if open_ones else placement.decision


def _is_open(reason: Reason, placement: Placement) -> bool:
    """Whether it was said because nobody has answered if a person is concerned."""
    return any(name in reason.because and getattr(placement.facts, name) is UNKNOWN for name in PERSON)


def _consult(each: Consult) -> str:
    asked = listed((role.label for role in each.any_of), "eller")
    return sentence(f"{each.by.label} spør {asked} {each.when.label}")


def _goes(
    placed: Placed,
    reasons: list[Reason],
    placement: Placement,
    org: Organisation,
    now: datetime,
    silent: frozenset[int],
) -> Goes:
    person = org.people.get(placed.reached.person_id or 0) if placed.reached else None
    is_alone = len(placement.strands) == 1 and placed.kind is Kind.ADMINISTRATIVE
    phone = (person.phone if person else None) or (placed.office.phone if placed.office else None) or ""
    return Goes(
        part="" if is_alone else formats.capital(placed.kind.label),
        office=formats.capital(placed.office.title if placed.office else placed.role.label),
        unit=_unit(placed, org),
        person=person.name if person else "",
        person_id=person.id if person else 0,
        phone=phone,
        how=" ".join(filter(None, _how(placed, placement, org, now, silent))),
        is_red=phrases.is_nobody_there(placed),
        due=formats.when(placed.due_at, now) if placed.due_at else "",
        due_trace=placed.due_trace,
        because=[cited(each.text, each.source, each.force) for each in reasons if each.force not in ASKED_FIRST],
    )


def _how(
    placed: Placed, placement: Placement, org: Organisation, now: datetime, silent: frozenset[int]
) -> Iterable[str]:
    """How the person was found, whom KIS asks first, and who hears too where nobody but him is there."""
    yield phrases.how_reached(placed.reached, now)
    yield _kis_first(placed, now)
    if placed.reached is None or placed.reached.person_id not in silent:
        return
    yield "Ingen andre i stillingen er å få tak i."
    office_id = placed.office.id if placed.office else None
    above = next(silence.above(org, office_id, placement.subject_office_id, placement.excluded, silent), None)
    yield f"{org.people[above].name} får også beskjed." if above else "Ring noen som kan svare."


def _kis_first(placed: Placed, now: datetime) -> str:
    return f"KIS avklarer først. {phrases.after_kis(placed, now)}" if placed.clarifying else ""


def _unit(placed: Placed, org: Organisation) -> str:
    """Where the office is, unless its title says so or it stands over all."""
    if placed.office is None:
        return ""
    unit = org.units[placed.office.unit_id]
    is_said = unit == org.root or unit.name.casefold() in placed.office.title.casefold()
    return "" if is_said else unit.name


def deadline_note(reading: Reading | None) -> Note:
    """What the deadline was understood as: «Tirsdag 24.11. kl. 14.00, om 4 t»."""
    match reading:
        case None:
            return Note()
        case Read(words=words) | WithoutTime(words=words):
            return Note(formats.capital(words), "success")
        case Past(sentence=said):
            return Note(said, "danger")
        case _:
            return Note(reading.sentence, "warning")


def propose_unit(tx: Session, form: CallForm) -> Note:
    """Put the unit that the words speak for into the form, unless a person has chosen; says which words, or doubt.

    A proposal that nobody has touched gives way to a better one."""
    org = form.org
    rows = [topics.Topic(row.unit_id, row.phrase, row.weight) for row in organisation.topic_rows(tx)]
    found = [each for each in topics.propose(form.question.data or "", rows) if each.unit_id in org.units]
    is_untouched = form.unit.data is None or str(form.unit.data) == form.proposed_unit.data
    if not is_untouched:
        return _chosen_note(form)
    best = found[0] if found and not topics.in_doubt(found) else None
    form.unit.data = best.unit_id if best else None
    form.proposed_unit.data = str(best.unit_id) if best else ""
    if best:
        words = listed(f"«{word}»" for word in best.words)
        return Note(f"Foreslått ut fra {words}. Velg en annen om det er feil.", "info")
    if found:
        names = listed((org.units[each.unit_id].name for each in found[:2]), "eller")
        return Note(f"Det kan være {names}. Velg hvem det gjelder.", "warning")
    return _chosen_note(form)


def _chosen_note(form: CallForm) -> Note:
    unit = form.org.units.get(form.unit.data or 0)
    if unit is None and form.concerned.data is chips.Concerned.LEADER:
        return Note("Velg virksomheten, så saken ikke går til den lederen det gjelder.", "warning")
    if unit is None or form.level.data is not None:
        return Note()
    return Note(f"Regnes som {chips.LEVEL_OF[unit.kind].label}. Er det bredere, si det under «Flere opplysninger».")
