"""Who may see what: the scopes asked directly, for every person of the town. The pages are walked in test_walk.py."""

import random
from datetime import datetime

import pytest
from sqlalchemy import select

from pressedesk import access, db, organisation
from pressedesk.access import Actor
from pressedesk.desk import handling, intake
from pressedesk.models import Inquiry, Restriction
from pressedesk.regulation.facts import Facts
from pressedesk.regulation.vocabulary import NO, YES, Ask, Known, Level, Role
from tests.conftest import NOON
from tests.organisation import Town

SUBJECTS = (None, Role.RADMANN, Role.KOMMUNALSJEF, Role.VIRKSOMHETSLEDER, Role.ORDFORER)


def log(town: Town, facts: Facts, unit: str | None = None, by: str = "sentralbord", now: datetime = NOON) -> str:
    """A call about `unit`, logged by somebody; its reference."""
    call = intake.Call(
        caller_name="Mari Nygård",
        question="Hva skjer med saken?",
        facts=facts,
        outlet_name="Granliposten",
        unit_id=town.units[unit] if unit else None,
    )
    logged = intake.log_call(town.people[by], f"token-{random.random()}", call, now)
    assert logged.reference is not None
    return logged.reference


def actors(town: Town, now: datetime = NOON) -> dict[str, Actor]:
    """Everybody in the town, with what he is."""
    with db.reading() as tx:
        org = organisation.snapshot(tx, now)
        return {name: access.actor(tx, person, now, org) for name, person in town.people.items()}


def knows_of(town: Town, reference: str) -> set[str]:
    """Who sees that the inquiry exists."""
    with db.reading() as tx:
        return {
            name
            for name, who in actors(town).items()
            if tx.scalar(access.visible_inquiries(who).where(Inquiry.reference == reference)) is not None
        }


def readers(town: Town, reference: str) -> set[str]:
    """Who can read its text."""
    with db.reading() as tx:
        found = set()
        for name, who in actors(town).items():
            text = select(access.question_for(who)).where(Inquiry.reference == reference)
            allowed = access.visible_inquiries(who).where(Inquiry.reference == reference).with_only_columns(Inquiry.id)
            if tx.scalar(text.where(Inquiry.id.in_(allowed))) is not None:
                found.add(name)
        return found


LEVEL_OF = {"skole": Level.UNIT, "vann": Level.SECTION, "oppvekst": Level.AREA, "kis": Level.UNIT, None: None}
AT_THE_DESK = {
    "sentralbord", "leder", "kommunalsjef", "kommunalsjef2", "radmann", "ordforer", "varaordforer", "kis",
    "kis_adviser", "annen_leder", "seksjonsleder", "teknisk_leder",
}  # fmt: skip


def test_an_ordinary_inquiry_is_for_the_whole_desk(town: Town) -> None:
    """O: everybody at the desk sees the row and reads the text; admin, auditor and an employee do not."""
    reference = log(town, Facts(level=Level.UNIT, personnel=NO, client_case=NO), "skole")
    assert knows_of(town, reference) == readers(town, reference) == AT_THE_DESK


@pytest.mark.parametrize("case", [{"personnel": YES, "client_case": NO}, {"personnel": NO, "client_case": YES}])
def test_a_restricted_inquiry_is_for_owner_line_radmann_and_the_leader_of_kis(
    town: Town, case: dict[str, Known]
) -> None:
    """R: nobody sideways, not the ordfører, not the adviser, not the switchboard that logged it."""
    reference = log(town, Facts(level=Level.UNIT, **case), "skole")
    assert knows_of(town, reference) == readers(town, reference) == {"leder", "kommunalsjef", "radmann", "kis"}


def test_an_open_question_shows_the_row_and_holds_the_text(town: Town) -> None:
    """Nobody has said whether a person is concerned: the row is ordinary, the text for logger, owner, line and KIS."""
    reference = log(town, Facts(level=Level.UNIT), "skole")
    assert knows_of(town, reference) == AT_THE_DESK
    assert readers(town, reference) == {"sentralbord", "leder", "kommunalsjef", "radmann", "kis"}


def test_the_owners_tap_opens_the_text_or_restricts(town: Town) -> None:
    """«Nei» opens the text to the desk; «en bruker» takes the row away from it, for good."""
    reference = log(town, Facts(level=Level.UNIT), "skole")
    handling.say_person(town.people["leder"], reference, version(reference), handling.Concerns.NOBODY, NOON)
    assert readers(town, reference) == AT_THE_DESK
    handling.say_person(town.people["leder"], reference, version(reference), handling.Concerns.CLIENT, NOON)
    assert knows_of(town, reference) == {"leder", "kommunalsjef", "radmann", "kis"}


def version(reference: str) -> int:
    with db.reading() as tx:
        return tx.scalars(access.unscoped_inquiries().where(Inquiry.reference == reference)).one().version


def test_zero_ticks_are_safe(town: Town) -> None:
    """Whatever turns out to be true: a text logged without a tick has reached nobody who may not read it then.

    The person who wrote it down apart, and a person who turns out to be the subject."""
    chosen = random.Random(20261124)
    blind = readers(town, log(town, Facts()))
    for _ in range(80):
        unit = chosen.choice(list(LEVEL_OF))
        true = Facts(
            asks=frozenset(chosen.sample(list(Ask), chosen.randint(0, 3))),
            level=LEVEL_OF[unit],
            personnel=chosen.choice([YES, NO]),
            client_case=chosen.choice([YES, NO]),
            subject=chosen.choice(SUBJECTS) if unit else None,
            principled=chosen.choice([YES, NO]),
            accusation=chosen.random() < 0.3,
        )
        seen = log(town, true, unit)
        extra = blind - readers(town, seen) - {"sentralbord"} - subjects(town, seen)
        assert not extra, f"{extra} read what {true} keeps from them"


@pytest.mark.parametrize("unit", ["skole", "vann", "oppvekst", "kis"])
@pytest.mark.parametrize("case", [{"personnel": YES, "client_case": NO}, {"personnel": NO, "client_case": YES}])
def test_a_unit_without_a_tick_is_safe(town: Town, unit: str, case: dict[str, Known]) -> None:
    """The unit was chosen and the person chip left alone: then it was a person's own case after all."""
    blind = readers(town, log(town, Facts(level=LEVEL_OF[unit]), unit))
    seen = readers(town, log(town, Facts(level=LEVEL_OF[unit], **case), unit))
    assert blind - {"sentralbord"} <= seen


def subjects(town: Town, reference: str) -> set[str]:
    """Whom the inquiry is about, by name."""
    with db.reading() as tx:
        inquiry = tx.scalars(access.unscoped_inquiries().where(Inquiry.reference == reference)).one()
        about = {exclusion.person_id for exclusion in inquiry.exclusions}
    return {name for name, person in town.people.items() if person in about}


@pytest.mark.parametrize("subject", ["radmann", "kommunalsjef", "leder"])
def test_the_subject_is_shut_out_whatever_else_he_is(town: Town, subject: str) -> None:
    """By person: as owner, superior, deputy; and whoever is above owns it instead."""
    role = {"radmann": Role.RADMANN, "kommunalsjef": Role.KOMMUNALSJEF, "leder": Role.VIRKSOMHETSLEDER}[subject]
    reference = log(town, Facts(level=Level.UNIT, personnel=YES, client_case=NO, subject=role), "skole")
    assert subject not in knows_of(town, reference)
    assert "kis" in readers(town, reference)


def test_the_leader_of_kis_as_subject_is_shut_out(town: Town) -> None:
    """KIS watches over everything but itself."""
    reference = log(
        town, Facts(level=Level.UNIT, personnel=YES, client_case=NO, subject=Role.VIRKSOMHETSLEDER_KIS), "kis"
    )
    assert "kis" not in knows_of(town, reference)
    assert "radmann" in readers(town, reference)


def test_a_restriction_takes_the_row_away_at_once_and_two_give_it_back(town: Town) -> None:
    """Anybody who sees it restricts it; a confirmed one needs two who may, and the second must be another person."""
    reference = log(town, Facts(level=Level.UNIT, personnel=NO, client_case=NO), "skole")
    handling.restrict(town.people["leder"], reference, version(reference), NOON)
    assert "sentralbord" not in knows_of(town, reference)
    for name in ("kis", "kis", "leder"):
        try:
            assert not handling.lift(town.people[name], reference, version(reference), NOON)
        except access.Refused:
            assert name == "leder"
    assert handling.lift(town.people["radmann"], reference, version(reference), NOON)
    assert knows_of(town, reference) == AT_THE_DESK


def test_an_unconfirmed_restriction_is_lifted_by_the_owner_alone(town: Town) -> None:
    """The switchboard ticked «en ansatt»; the owner knows better."""
    reference = log(town, Facts(level=Level.UNIT, personnel=YES, client_case=NO), "skole")
    assert restriction(reference) is Restriction.UNCONFIRMED
    handling.say_person(town.people["leder"], reference, version(reference), handling.Concerns.NOBODY, NOON)
    assert restriction(reference) is Restriction.NONE


def restriction(reference: str) -> Restriction:
    with db.reading() as tx:
        return tx.scalars(access.unscoped_inquiries().where(Inquiry.reference == reference)).one().restriction
