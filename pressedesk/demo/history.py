"""The past year of the demo desk: calls in the rhythm of a newsroom's week, and how they went."""

from bisect import bisect
from datetime import datetime, time, timedelta
from itertools import accumulate
from typing import Any

from pressedesk.demo.desk import ActOnPart, Desk, Part
from pressedesk.demo.questions import Text, texts
from pressedesk.desk.handling import Concerns
from pressedesk.regulation.vocabulary import Kind, Outcome
from pressedesk.workflow import Ending
from pressedesk.workhours import add_working_minutes, is_open, local_day, local_instant

YEAR = timedelta(days=364)
RECENT = timedelta(hours=44)  # what is newer than this, today.py tells
GROUPS = {  # group of questions: how often, and how long an answer takes in working minutes (least, most, usual)
    "quick": (44, (4, 150, 18)),
    "thorough": (24, (20, 380, 110)),
    "wide": (10, (40, 480, 180)),
    "politics": (6, (20, 300, 90)),
    "documents": (6, (60, 1500, 500)),
    "personnel": (3, (10, 120, 40)),
    "clients": (3, (10, 120, 45)),
    "accusations": (2, (10, 90, 40)),
    "letters": (1, (120, 900, 400)),
    "own_account": (1, (10, 120, 40)),
}
WEEKDAYS = (17, 12, 11, 10, 9, 1, 1)  # Monday first
HOURS = {8: 9, 9: 18, 10: 20, 11: 15, 12: 9, 13: 10, 14: 8, 15: 4, 17: 1, 19: 1}
MONTHS = (9, 10, 11, 9, 10, 11, 4, 8, 12, 12, 13, 8)  # January first
ENDINGS = (Ending.STATEMENT, Ending.INTERVIEW, Ending.BACKGROUND)
CONCERNED = {"personnel": Concerns.EMPLOYEE, "clients": Concerns.CLIENT}

DECLINED = {
    "personnel": "Personalsaker kommenteres ikke (punkt 13).",
    "clients": "Taushetsplikt om brukere (forvaltningsloven § 13).",
}
NO_REPLY = "Meningene i leserbrev besvares ikke (punkt 11)."
UNANSWERED = (
    "Saken ble publisert før vi rakk å svare.",
    "Vi fant ikke tallene i tide, og journalisten ble ikke ringt opp.",
    "Spørsmålet ble liggende da den ansvarlige ble syk.",
)
WITHDRAWN = (
    "Journalisten fant svaret selv.",
    "Redaksjonen la saken bort.",
    "Journalisten fikk svar på pressekonferansen.",
)


def a_year(desk: Desk, inquiries: int) -> None:
    """Plan so many calls over the past year, up to two days ago."""
    for at in sorted(_moments(desk, inquiries)):
        group = desk.rng.choices(list(GROUPS), [often for often, _ in GROUPS.values()])[0]
        text = desk.rng.choice(texts()[group])
        desk.plan(at, lambda at, group=group, text=text: _one(desk, at, group, text))  # type: ignore[misc]


def _moments(desk: Desk, inquiries: int) -> list[datetime]:
    first = local_day(desk.now - YEAR)
    days = [first + timedelta(days=n) for n in range(local_day(desk.now - RECENT).toordinal() - first.toordinal() + 1)]
    weights = [
        WEEKDAYS[day.weekday()] * MONTHS[day.month - 1] * (is_open(desk.calendar, local_instant(day, time(9))) or 0.1)
        for day in days
    ]
    cumulated = list(accumulate(weights))
    found: list[datetime] = []
    while len(found) < inquiries:
        day = days[bisect(cumulated, desk.rng.random() * cumulated[-1])]
        hour = desk.rng.choices(list(HOURS), list(HOURS.values()))[0]
        at = local_instant(day, time(hour, desk.rng.randint(0, 59)))
        if desk.now - YEAR < at < desk.now - RECENT:
            found.append(at)
    return found


def _one(desk: Desk, at: datetime, group: str, text: Text) -> None:
    """One call, with what the switchboard could tick, and what came of it."""
    reference = desk.call(at, text, _deadline(desk, at, group), **_ticks(desk, group, text))
    parts = desk.parts(reference)
    begun_at = add_working_minutes(desk.calendar, at, 2 + desk.rng.triangular(0, 45, 6))
    if group in CONCERNED or (parts[0].is_held and desk.rng.random() < 0.85):
        concerns = CONCERNED.get(group, Concerns.NOBODY)
        desk.plan_for(begun_at, reference, parts[0].id, lambda at, ref, part: desk.say_person(at, ref, part, concerns))
    for part in parts:
        _follow(desk, reference, part, group, text, begun_at)


def _ticks(desk: Desk, group: str, text: Text) -> dict[str, Any]:
    """What was known at the call: mostly whether a person is concerned, sometimes whom the journalist asked for."""
    if group == "personnel":
        return {"personnel": True if desk.rng.random() < 0.8 else None}
    if group == "clients":
        return {"client_case": True if desk.rng.random() < 0.8 else None}
    ticks: dict[str, Any] = {"personnel": False, "client_case": False} if desk.rng.random() < 0.75 else {}
    office = {"vann": "ingenior", "plan": "byggesak", "bibliotek": "bibliotekar"}.get(next(iter(text.units), ""))
    if group == "quick" and office and desk.rng.random() < 0.5:
        ticks |= {"addressed": "ansatt", "own_field": True, "addressed_office_id": desk.ids.offices[office]}
    if desk.rng.random() < 0.05:
        ticks["important"] = True
    return ticks


def _deadline(desk: Desk, at: datetime, group: str) -> tuple[datetime, str] | None:
    """What the journalist says when asked: an hour, this afternoon, tomorrow, or nothing."""
    if group in {"documents", "letters"} or desk.rng.random() < 0.4:
        return None
    today = local_day(at)
    choices = [(at + timedelta(hours=1), "innen en time"), (at + timedelta(hours=2), "om et par timer")]
    for hour, words in ((12, "før tolv"), (14, "innen kl. 14"), (15, "innen kl. 15")):
        due_at = local_instant(today, time(hour))
        choices += [(due_at, words)] * 2 if due_at > at + timedelta(minutes=75) else []
    choices += [(local_instant(today + timedelta(days=1), time(10)), "i morgen formiddag")]
    return desk.rng.choice(choices)


def _follow(desk: Desk, reference: str, part: Part, group: str, text: Text, begun_at: datetime) -> None:
    """How one strand goes on from here: taken, answered and closed, or one of the ways in which that fails."""

    def later(at: datetime, act: ActOnPart) -> None:
        desk.plan_for(at, reference, part.id, act)

    def close(at: datetime, ending: Ending, reason: str = "") -> None:
        later(at, lambda at, ref, part: desk.close(at, ref, part, ending, reason))

    if part.outcome is Outcome.NO_REPLY:
        return close(begun_at, Ending.DECLINED, NO_REPLY)
    luck = desk.rng.random()
    if luck < 0.85:
        later(begun_at + timedelta(minutes=1), desk.take)
    if luck < 0.04:
        return close(begun_at + timedelta(minutes=20), Ending.WITHDRAWN, desk.rng.choice(WITHDRAWN))
    answer_at = _answer_at(desk, part, group, begun_at)
    if luck < 0.05 and group not in CONCERNED:
        return close(answer_at + timedelta(days=1), Ending.NO_ANSWER, desk.rng.choice(UNANSWERED))
    if group in CONCERNED and desk.rng.random() < 0.6:
        return close(answer_at, Ending.DECLINED, DECLINED[group])
    later(answer_at, lambda at, ref, part: desk.answer(at, ref, part, text))
    ending = Ending.DOCUMENT if part.kind is Kind.DOCUMENTS else desk.rng.choices(ENDINGS, (62, 24, 14))[0]
    return close(add_working_minutes(desk.calendar, answer_at, desk.rng.randint(5, 150)), ending)


def _answer_at(desk: Desk, part: Part, group: str, begun_at: datetime) -> datetime:
    """When the journalist is told: mostly as long as such a thing takes and before the due time, sometimes late."""
    least, most, usual = GROUPS[group][1]
    at = add_working_minutes(desk.calendar, begun_at, 3 + desk.rng.triangular(least, most, usual))
    if part.due_at is None:
        return at
    if desk.rng.random() < 0.06:
        return add_working_minutes(desk.calendar, max(at, part.due_at), desk.rng.triangular(5, 700, 40))
    in_time = part.due_at - timedelta(minutes=desk.rng.randint(5, 75))
    return max(begun_at + timedelta(minutes=3), min(at, in_time))
