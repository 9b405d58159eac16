"""Who is away, from when to when. Why is nobody's business, and is never asked."""

from datetime import datetime, time, timedelta

from pressedesk import access, organisation
from pressedesk.access import Do, Refused
from pressedesk.administration.change import REFUSALS, By, Edit, Invalid, change, found
from pressedesk.models import Absence, Person
from pressedesk.workhours import local_day, local_instant

LONGEST = timedelta(days=3 * 366)


def register(by: By, person_id: int, from_at: datetime, to_at: datetime, now: datetime) -> int:
    """The person is away from one instant to another; returns the id. Everybody may say it of himself,
    a leader of those below.

    What is over already cannot be registered: nothing would come of it. Raises Refused, NotFound, Invalid."""
    with change(by, Do.SET_OWN_ABSENCE, now) as edit:
        _demand(edit, person_id)
        found(edit.tx, Person, person_id)
        if to_at <= from_at:
            raise Invalid("to_at", "Fraværet må slutte etter at det begynner.")
        if to_at <= now:
            raise Invalid("to_at", "Fraværet er alt over.")
        if to_at - from_at > LONGEST:
            raise Invalid("to_at", "Fraværet er for langt. Velg en tidligere siste dag.")
        absence = Absence(person_id=person_id, from_at=from_at, to_at=to_at)
        edit.tx.add(absence)
        edit.tx.flush()
        edit.record(
            absence, "absence_registered", person=person_id, from_at=from_at.isoformat(), to_at=to_at.isoformat()
        )
        return absence.id


def out_today(by: By, person_id: int, now: datetime) -> int:
    """«Ute i dag»: away from now until midnight. Raises Refused, NotFound."""
    return register(by, person_id, now, local_instant(local_day(now) + timedelta(days=1), time()), now)


def end(by: By, absence_id: int, now: datetime) -> None:
    """The person is back: an absence that has begun ends now, one that has not begun never was.

    Raises Refused, NotFound, Invalid for one that is over."""
    with change(by, Do.SET_OWN_ABSENCE, now) as edit:
        absence: Absence = found(edit.tx, Absence, absence_id)
        _demand(edit, absence.person_id)
        if absence.to_at <= now:
            raise Invalid("absence_id", "Fraværet er alt over.")
        edit.record(absence, "absence_ended", person=absence.person_id, old=absence.to_at.isoformat())
        if absence.from_at < now:
            absence.to_at = now
        else:
            edit.tx.delete(absence)


def _demand(edit: Edit, person_id: int) -> None:
    if edit.who is None:
        return
    if not access.may_set_absence(edit.who, person_id, organisation.snapshot(edit.tx, edit.now)):
        raise Refused(REFUSALS[Do.SET_ABSENCE])
