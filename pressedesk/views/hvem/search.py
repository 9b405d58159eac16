"""/hvem-kan-si-hva: one field. Who it is, in which office now, and what may be said, while the line is open."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from flask import render_template, request, url_for

from pressedesk import auth, clock, formats, organisation, topics
from pressedesk.access import Do
from pressedesk.auth import requires
from pressedesk.desk import phrases
from pressedesk.organisation import OfficeRow, Organisation, PersonRow
from pressedesk.regulation.vocabulary import Guidance
from pressedesk.views.hvem.routes import bp
from pressedesk.views.hvem.saying import Said, Speaker, an_employee, speaker_in, what_may_be_said
from pressedesk.views.ny.form import unit_choices
from pressedesk.views.words import listed

MOST_CARDS = 10  # more than one can look at while somebody waits
MOST_TYPED = 100  # characters
FREE_SPEECH = (
    Guidance.PRIVATE_SPEECH_FREE.label,
    Guidance.ROLE_CLARITY.label,
    "Pressedesk holder ikke rede på noe av det.",
)
"""Stands under every result: what people say for themselves or their union is no business of this tool."""


@dataclass(frozen=True)
class Part:
    """One office with who answers in it now, or the plain employee. `found`: the way to whoever answers."""

    title: str
    unit: str
    unit_url: str
    holders: str
    answers_now: str
    found: str
    deputies: str
    phone: str
    said: list[Said]


@dataclass(frozen=True)
class Card:
    """One hit. `notes` are what one must know of the person now: away, deputy of whom."""

    title: str
    phone: str
    notes: list[str]
    parts: list[Part]


@bp.get("/hvem-kan-si-hva")
@requires(Do.READ_RULES)
def show() -> str:
    """Everybody, every office and every unit that the words fit; without words the units."""
    org, now = auth.organisation_now(), clock.now()
    text = formats.clean_line(request.args.get("q", ""))[:MOST_TYPED]
    words = formats.name_key(text).split()
    found = list(_hits(org, words, now)) if words else []
    by_topic = _by_topic(org, text) if words and not found else None
    if by_topic:
        found = [_office_hit(org, by_topic, now)]
    return render_template(
        "hvem/hvem.html",
        text=text,
        is_asked=bool(text),
        cards=[make() for make in found[:MOST_CARDS]],
        count=formats.count(len(found), "treff", "treff"),
        hidden=max(len(found) - MOST_CARDS, 0),
        topic=org.units[by_topic.unit_id].name if by_topic else "",
        is_crisis=org.is_crisis,
        free_speech=FREE_SPEECH,
        units={} if found else _units(org),
    )


# Finding. A hit is made only when it is shown.

Hit = Callable[[], Card]


def _hits(org: Organisation, words: list[str], now: datetime) -> Iterator[Hit]:
    """People first, then the offices that stand on none of their cards."""
    people = sorted((each for each in org.people.values() if _fits(words, each.name)), key=lambda each: each.name)
    shown: set[int] = set()
    for person in people:
        shown |= org.held_by(person.id) | org.acted_by(person.id)
        yield _person_hit(org, person, now)
    for office in sorted(org.offices.values(), key=lambda each: each.title):
        holders = (org.people[each].name for each in org.holders.get(office.id, ()))
        names = (office.title, org.units[office.unit_id].name, speaker_in(org, office).role.label, *holders)
        if office.id not in shown and _fits(words, *names):
            yield _office_hit(org, office, now)


def _fits(words: Iterable[str], *names: str) -> bool:
    """Whether every word stands somewhere in the names, also inside a longer word («skole» in «ungdomsskole»)."""
    keys = [formats.name_key(name) for name in names]
    return all(any(word in key for key in keys) for word in words)


def _by_topic(org: Organisation, text: str) -> OfficeRow | None:
    """The office of the unit that the words speak for as a topic: «drikkevann»."""
    rows = [topics.Topic(row.unit_id, row.phrase, row.weight) for row in organisation.topic_rows(auth.reader())]
    for each in topics.propose(text, rows):
        if each.unit_id in org.units and (office := leader_of(org, each.unit_id)):
            return office
    return None


def leader_of(org: Organisation, unit_id: int) -> OfficeRow | None:
    """The office that leads a unit."""
    return org.office(organisation.LEADS[org.units[unit_id].kind], unit_id)


def _units(org: Organisation) -> dict[str, list[tuple[str, str]]]:
    """Every unit with the address of its page, under its area, the municipality first."""
    found: dict[str, list[tuple[str, str]]] = {}
    for choice in unit_choices(org):
        unit = org.units[int(choice.value)]
        page = unit.name, url_for("hvem.show_unit", unit_id=unit.id)
        found.setdefault(choice.optgroup or unit.name, []).append(page)
    return found


# Cards


def _person_hit(org: Organisation, person: PersonRow, now: datetime) -> Hit:
    def card() -> Card:
        offices = sorted(org.held_by(person.id) | org.acted_by(person.id))
        parts = [office_part(org, org.offices[office_id], now) for office_id in offices]
        phone = person.phone or ""
        return Card(
            title=person.name,
            phone="" if any(part.phone == phone for part in parts) else phone,
            notes=list(_notes(org, person, now)),
            parts=parts or [_plain_part(org, an_employee(), "Ansatt, uten egen stilling her")],
        )

    return card


def _notes(org: Organisation, person: PersonRow, now: datetime) -> Iterator[str]:
    if person.id in org.away:
        yield f"Borte til {formats.when(org.away[person.id], now)}."
    acted = org.acted_by(person.id)
    if acted:
        yield f"Stedfortreder nå for: {_titles(org, acted)}."
    waits = {office for office, deputies in org.deputies.items() if person.id in deputies and office in org.offices}
    if waits - acted:
        yield f"Trer inn ved fravær for: {_titles(org, waits - acted)}."


def _titles(org: Organisation, offices: Iterable[int]) -> str:
    return listed(sorted(org.offices[each].title for each in offices))


def _office_hit(org: Organisation, office: OfficeRow, now: datetime) -> Hit:
    return lambda: Card(title=office.title, phone="", notes=[], parts=[office_part(org, office, now)])


def office_part(org: Organisation, office: OfficeRow, now: datetime) -> Part:
    """An office as it stands now."""
    reached = org.reach(office.id)
    answers = org.people.get(reached.person_id or 0)
    deputies = [org.people[each].name for each in org.deputies.get(office.id, ())]
    return Part(
        title=office.title,
        unit=org.units[office.unit_id].name,
        unit_url=url_for("hvem.show_unit", unit_id=office.unit_id),
        holders=listed(org.people[each].name for each in org.holders.get(office.id, ())) or "ledig",
        answers_now=answers.name if answers else "ingen er å få tak i",
        found=phrases.how_reached(reached, now),
        deputies=", så ".join(deputies),
        phone=(answers.phone if answers else None) or office.phone or "",
        said=what_may_be_said(speaker_in(org, office), org),
    )


def _plain_part(org: Organisation, speaker: Speaker, title: str) -> Part:
    return Part(title, "", "", "", "", "", "", "", what_may_be_said(speaker, org))
