"""The figures: what counts, as what, for whom, and what is hidden. Every inquiry is made through the use cases."""

import csv
import io
import json
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import pytest
from sqlalchemy import event

from pressedesk import access, db, workhours
from pressedesk.administration import units as unit_administration
from pressedesk.administration.change import System
from pressedesk.desk import handling
from pressedesk.models import Inquiry
from pressedesk.regulation.vocabulary import YES, Ask, Level, Role
from pressedesk.reports import export, words
from pressedesk.reports.figures import Figures, Period, Report, UnitRow, last_twelve_months, report, too_small
from pressedesk.workflow import Ending
from pressedesk.workhours import OSLO
from tests.organisation import Town
from tests.reporting import HOUR, MONDAY, TODAY, Case, Desk

NOW = datetime(2026, 11, 24, 11, 0, tzinfo=UTC)  # Tuesday at 12.00 in Oslo
YEAR = last_twelve_months(workhours.local_day(NOW))
MINUTE = timedelta(minutes=1)


@pytest.fixture
def desk(town: Town) -> Desk:
    return Desk(town)


@pytest.fixture(scope="module")
def kept() -> dict[str, bytes]:
    """Databases that several tests begin with, each made once."""
    return {}


def begin_with(kept: dict[str, bytes], name: str, desk: Desk, make: Callable[[], None]) -> Desk:
    """The database after `make`, from what is kept of an earlier test where it can be had."""
    file = Path(str(db.engine().url.database))
    if name not in kept:
        make()
        db.engine().dispose()  # the last connection folds the write-ahead log into the file
        kept[name] = file.read_bytes()
    db.engine().dispose()
    file.write_bytes(kept[name])
    desk.logged += 1000
    return desk


@pytest.fixture
def five(desk: Desk, kept: dict[str, bytes]) -> Desk:
    """Five that were answered in time: with one more, nothing is too small to show."""
    return begin_with(kept, "five", desk, lambda: desk.answered(5))


def made(
    desk: Desk, who: str | None = None, unit: str | None = None, period: Period = YEAR, now: datetime = NOW
) -> Report:
    """The report of somebody; of the system without a name."""
    with db.reading() as tx:
        actor = access.actor(tx, desk.town.people[who], now) if who else None
        return report(tx, actor, period, desk.town.units[unit] if unit else None, now)


def total(of: Report) -> Figures:
    assert of.total is not None
    return of.total


# --- What counts, and as what ---------------------------------------------------------------------------------------


def no_more(desk: Desk, case: Case) -> None:
    """Nothing happens."""


def answered_in_time(desk: Desk, case: Case) -> None:
    desk.answer(case, MONDAY + HOUR)


def answered_at_the_due_time(desk: Desk, case: Case) -> None:
    desk.answer(case, MONDAY + 4 * HOUR)


def answered_late(desk: Desk, case: Case) -> None:
    desk.answer(case, MONDAY + 4 * HOUR + MINUTE)


def declined_in_time(desk: Desk, case: Case) -> None:
    desk.close(case, Ending.DECLINED, MONDAY + HOUR)


def declined_late(desk: Desk, case: Case) -> None:
    desk.close(case, Ending.DECLINED, MONDAY + 5 * HOUR)


def referred_in_time(desk: Desk, case: Case) -> None:
    desk.close(case, Ending.REFERRED, MONDAY + HOUR)


def referred_late(desk: Desk, case: Case) -> None:
    desk.close(case, Ending.REFERRED, MONDAY + 5 * HOUR)


def withdrawn_in_time(desk: Desk, case: Case) -> None:
    desk.close(case, Ending.WITHDRAWN, MONDAY + HOUR)


def withdrawn_late(desk: Desk, case: Case) -> None:
    desk.close(case, Ending.WITHDRAWN, MONDAY + 5 * HOUR)


def withdrawn_after_a_late_answer(desk: Desk, case: Case) -> None:
    answered_late(desk, case)
    desk.close(case, Ending.WITHDRAWN, MONDAY + 6 * HOUR)


def no_answer_before_due(desk: Desk, case: Case) -> None:
    desk.close(case, Ending.NO_ANSWER, MONDAY + HOUR)


def no_answer_after_due(desk: Desk, case: Case) -> None:
    desk.close(case, Ending.NO_ANSWER, MONDAY + 5 * HOUR)


def answered_and_closed(desk: Desk, case: Case) -> None:
    answered_in_time(desk, case)
    desk.close(case, Ending.STATEMENT, MONDAY + 6 * HOUR)


def answered_twice(desk: Desk, case: Case) -> None:
    answered_in_time(desk, case)
    desk.answer(case, MONDAY + 6 * HOUR)


def taken_only(desk: Desk, case: Case) -> None:
    handling.take(desk.kis, case.reference, case.strand_id, desk.strand(case.reference)[1], MONDAY + HOUR)


def noted_only(desk: Desk, case: Case) -> None:
    with db.reading() as tx:
        inquiry = tx.scalar(access.unscoped_inquiries().where(Inquiry.reference == case.reference))
        assert inquiry
    handling.note(desk.kis, case.reference, inquiry.version, "Ringte, opptatt.", MONDAY + HOUR)


NOTHING = {"n": 0}
IN_TIME, LATE = {"n": 1, "in_time": 1}, {"n": 1, "late": 1}
UNANSWERED, OVERDUE, WAITING = {"n": 1, "unanswered": 1}, {"n": 1, "open": 1, "overdue": 1}, {"n": 1, "open": 1}

KINDS = [  # told as, received, what happened, how it counts
    ("besvart i tide", MONDAY, answered_in_time, IN_TIME),
    ("besvart på fristen", MONDAY, answered_at_the_due_time, IN_TIME),
    ("besvart for sent", MONDAY, answered_late, LATE),
    ("avslått i tide", MONDAY, declined_in_time, IN_TIME),
    ("avslått for sent", MONDAY, declined_late, LATE),
    ("vist videre i tide", MONDAY, referred_in_time, IN_TIME),
    ("vist videre for sent", MONDAY, referred_late, LATE),
    ("trukket i tide", MONDAY, withdrawn_in_time, NOTHING),
    ("trukket etter fristen", MONDAY, withdrawn_late, NOTHING),
    ("trukket etter et sent svar", MONDAY, withdrawn_after_a_late_answer, LATE),
    ("lukket uten svar før fristen", MONDAY, no_answer_before_due, UNANSWERED),
    ("lukket uten svar etter fristen", MONDAY, no_answer_after_due, UNANSWERED),
    ("besvart og lukket", MONDAY, answered_and_closed, IN_TIME),
    ("besvart to ganger: den første gjelder", MONDAY, answered_twice, IN_TIME),
    ("tatt er ikke besvart", MONDAY, taken_only, OVERDUE),
    ("et notat er ikke svar", MONDAY, noted_only, OVERDUE),
    ("åpen over fristen", MONDAY, no_more, OVERDUE),
    ("åpen innen fristen", TODAY, no_more, WAITING),
]


@pytest.mark.parametrize(("told", "received_at", "happens", "counts"), KINDS, ids=[kind[0] for kind in KINDS])
def test_every_kind_of_ending_counts_as_what_it_is(told, received_at, happens, counts, five: Desk) -> None:
    """Withdrawn leaves the count; «no answer» is never in time; a refusal or a referral is an answer; the rest wait."""
    happens(five, five.log(received_at))
    figures = total(made(five))
    expected = {"n": 5, "in_time": 5, "late": 0, "open": 0, "overdue": 0, "unanswered": 0}
    expected = {name: before + counts.get(name, 0) for name, before in expected.items()}
    assert {name: getattr(figures, name) for name in expected} == expected
    assert figures.in_time + figures.late + figures.open + figures.unanswered == figures.n


def test_each_part_of_a_mixed_inquiry_counts_but_documents_do_not(five: Desk) -> None:
    """Two owners, two answers; a request for documents has a clock of its own."""
    five.log(MONDAY, asks=frozenset({Ask.FACTS, Ask.POLITICAL, Ask.DOCUMENTS}))
    five.log(MONDAY, asks=frozenset({Ask.DOCUMENTS}))
    assert total(made(five)).n == 5 + 2


def test_a_lapsed_part_counts_no_more(five: Desk) -> None:
    """A later decision has no such question."""
    case = five.log(MONDAY, asks=frozenset({Ask.FACTS, Ask.POLITICAL}))
    with db.reading() as tx:
        inquiry = tx.scalar(access.unscoped_inquiries().where(Inquiry.reference == case.reference))
        assert inquiry
    better = handling.Correction({"asks": ["facts"]}, inquiry.unit_id, None)
    handling.correct_facts(five.kis, case.reference, inquiry.version, better, MONDAY + HOUR)
    assert total(made(five)).n == 5 + 1


PERCENTILES = [  # minutes of the answered, how many wait, median, ninetieth
    ([10, 20, 30, 40, 50], 0, 30, 50),
    ([10, 20, 30, 40, 50, 60], 0, 30, 60),  # half of six is three: no mean of two
    ([10] * 9 + [200], 0, 10, 10),
    ([10] * 8 + [200, 200], 0, 10, 200),
    ([10, 20, 30], 3, 30, None),  # three of six had an answer
    ([10, 20, 30], 4, None, None),  # fewer than half
    ([], 5, None, None),
    ([60] * 9, 1, 60, 60),
    ([60] * 8, 2, 60, None),
]


@pytest.mark.parametrize(("minutes", "waiting", "median", "ninetieth"), PERCENTILES)
def test_percentiles_are_over_everybody_who_asked(minutes, waiting, median, ninetieth, desk: Desk) -> None:
    """Who waits counts as not answered, so that no figure gains by leaving the slowest out."""
    for each in minutes:
        desk.answered(1, after=each * MINUTE)
    for _ in range(waiting):
        desk.log(MONDAY)
    figures = total(made(desk))
    assert (figures.median_minutes, figures.ninetieth_minutes) == (median, ninetieth)


def test_minutes_are_working_minutes(desk: Desk) -> None:
    """Asked on Friday at 15.00, answered on Monday at 8.30: an hour, not a week-end."""
    desk.answered(5, at=datetime(2026, 11, 20, 15, 0, tzinfo=OSLO), after=timedelta(days=2, hours=17, minutes=30))
    assert total(made(desk)).median_minutes == 60


def test_open_ones_have_the_age_they_have_now(desk: Desk) -> None:
    """The oldest that waits: from Monday 9.00 to Tuesday 12.00 are 390 and 240 working minutes; not the answered."""
    desk.answered(5, at=MONDAY - HOUR)
    desk.log(MONDAY)
    desk.log(TODAY)
    assert total(made(desk)).oldest_open_minutes == 630
    assert total(made(desk, now=NOW + HOUR)).oldest_open_minutes == 690


def test_the_share_is_of_what_is_settled(desk: Desk) -> None:
    """Who waits within the due time is neither in time nor late yet; who waits beyond it is not in time any more."""
    desk.answered(6)
    desk.log(MONDAY)
    no_answer_before_due(desk, desk.log(MONDAY))
    desk.log(TODAY)
    figures = total(made(desk))
    assert (figures.settled, figures.share_in_time) == (8, 6 / 8)


# --- Periods --------------------------------------------------------------------------------------------------------


def test_the_year_is_this_month_and_the_eleven_before_it() -> None:
    assert last_twelve_months(date(2026, 11, 24)) == Period(date(2025, 12, 1), date(2026, 11, 24))
    assert last_twelve_months(date(2026, 12, 31)) == Period(date(2026, 1, 1), date(2026, 12, 31))
    assert last_twelve_months(date(2026, 1, 1)) == Period(date(2025, 2, 1), date(2026, 1, 1))


def test_months_are_cut_at_the_ends() -> None:
    months = list(Period(date(2025, 12, 30), date(2026, 2, 3)).months())
    assert [(each.from_on, each.to_on) for each in months] == [
        (date(2025, 12, 30), date(2025, 12, 31)),
        (date(2026, 1, 1), date(2026, 1, 31)),
        (date(2026, 2, 1), date(2026, 2, 3)),
    ]
    assert [words.month(each) for each in months] == ["30.–31. desember 2025", "januar 2026", "1.–3. februar 2026"]


def test_a_period_has_an_order_and_an_end() -> None:
    """Each month is a condition of the query and a bar of the picture."""
    with pytest.raises(ValueError, match="end before"):
        Period(date(2026, 2, 1), date(2026, 1, 31))
    with pytest.raises(ValueError, match="more than 5 years"):
        Period(date(1, 1, 1), date(2026, 1, 31))


def test_days_are_local_days(desk: Desk) -> None:
    """Midnight is Oslo's: 23.30 on 31 October belongs to October, half an hour later to November."""
    desk.answered(5, at=datetime(2026, 10, 31, 23, 30, tzinfo=OSLO), after=timedelta(days=2))
    desk.answered(6, at=datetime(2026, 11, 1, 0, 0, tzinfo=OSLO), after=timedelta(days=2))
    by_month = {words.month(row.period): row.figures.n for row in made(desk).months if row.figures}
    assert (by_month["oktober 2026"], by_month["1.–24. november 2026"]) == (5, 6)
    assert total(made(desk, period=Period(date(2026, 10, 31), date(2026, 10, 31)))).n == 5


# --- Who counts what ------------------------------------------------------------------------------------------------


SCOPES = [  # who, how many of `busy`
    (None, 35),
    ("radmann", 35),
    ("kis", 35),
    ("kis_adviser", 30),
    ("auditor", 30),
    ("kommunalsjef", 6 + 7 + 5),
    ("leder", 6 + 5),
    ("annen_leder", 7),
    ("seksjonsleder", 8),
    ("ordforer", 9),
    ("sentralbord", 6 + 8 + 9),
    ("admin", 0),
    ("ansatt", 0),
]


@pytest.fixture
def busy(desk: Desk, kept: dict[str, bytes]) -> Desk:
    return begin_with(kept, "busy", desk, desk.busy_week)


def test_everybody_counts_his_own_part(busy: Desk) -> None:
    """The whole for rådmann, KIS and auditor, own offices and line for leaders, own desk for the switchboard;
    restricted ones only for those who may see them."""
    counted = {who: made(busy, who) for who, _ in SCOPES}
    assert {who: report.total.n if report.total else 0 for who, report in counted.items()} == dict(SCOPES)


def test_nobody_counts_what_is_about_himself(five: Desk) -> None:
    """The subject is shut out before every grant, also from the numbers."""
    five.answered(2, personnel=YES, subject=Role.VIRKSOMHETSLEDER)
    assert (total(made(five, "leder")).n, total(made(five, "radmann")).n) == (5, 7)


def test_no_figure_of_a_unit_holds_restricted_ones(busy: Desk) -> None:
    """Beside the list that everybody sees, it would tell that the unit has one. In the totals they are."""
    rows = {row.title: row.figures.n for row in made(busy, "radmann").units if row.figures}
    assert rows["Bjerke skole"] == 6
    assert rows["Begrensede saker"] == 5
    assert total(made(busy, "radmann", unit="skole")).n == 6


def test_a_unit_holds_what_is_under_it(busy: Desk) -> None:
    """An area with its units, and the parts add up to the whole."""
    of = made(busy, "radmann")
    rows = {row.title: (row.depth, row.figures.n) for row in of.units if row.figures}
    assert rows == {
        "Lokalsamfunn": (0, 8), "Teknisk drift": (1, 8), "Vann og avløp": (2, 8),
        "Oppvekst": (0, 13), "Bjerke skole": (1, 6), "Trollskogen barnehage": (1, 7),
        "Hele kommunen, eller ikke plassert": (0, 9), "Begrensede saker": (0, 5),
    }  # fmt: skip
    assert sum(n for depth, n in rows.values() if depth == 0) == total(of).n
    assert total(made(busy, "radmann", unit="oppvekst")).n == 13


def test_months_add_up(busy: Desk) -> None:
    of = made(busy, "radmann")
    assert sum(row.figures.n for row in of.months if row.figures) == total(of).n
    assert len(of.months) == 12


def test_an_unknown_unit_is_not_found(desk: Desk) -> None:
    with db.reading() as tx, pytest.raises(access.NotFound):
        report(tx, None, YEAR, 4711, NOW)


# --- Small groups ---------------------------------------------------------------------------------------------------


GROUPS = [  # sizes, which are hidden
    ([], []),
    ([0, 0], []),
    ([5, 6, 7], []),
    ([4, 6, 7], [4, 6]),  # one alone is the sum less the others
    ([1, 2, 20], [1, 2, 20]),  # three together: it would be clear that they are one and two
    ([1, 4, 20], [1, 4]),
    ([3, 3, 20], [3, 3]),
    ([0, 4, 6], [4, 6]),
    ([1, 1, 1, 9, 30], [1, 1, 1, 9]),
    ([4], [4]),
]


@pytest.mark.parametrize(("sizes", "hidden"), GROUPS)
def test_small_groups_are_hidden_and_cannot_be_worked_out(sizes: list[int], hidden: list[int]) -> None:
    """Fewer than five, and the next smallest while subtraction would give them away."""
    assert sorted(sizes[key] for key in too_small(dict(enumerate(sizes)))) == hidden


def test_a_small_total_shows_nothing(desk: Desk) -> None:
    """Four are too few for any figure, in any table."""
    desk.answered(4)
    of = made(desk)
    assert (of.total, of.units, of.months, of.is_empty) == (None, (), (), False)
    assert words.sentence(of) == "Færre enn 5 henvendelser siden 1. desember 2025. Så få viser vi ikke tall for."


def test_small_units_and_months_are_hidden_with_the_next_smallest(desk: Desk) -> None:
    """A unit with two is hidden, and so is its neighbour, or the area's sum would tell."""
    desk.answered(2, "skole")
    desk.answered(9, "barnehage", at=datetime(2026, 10, 5, 9, 0, tzinfo=OSLO))
    desk.answered(20, "teknisk", at=datetime(2026, 9, 1, 9, 0, tzinfo=OSLO))
    of = made(desk)
    assert {row.title: row.figures and row.figures.n for row in of.units} == {
        "Lokalsamfunn": 20, "Teknisk drift": 20, "Oppvekst": 11, "Bjerke skole": None, "Trollskogen barnehage": None,
    }  # fmt: skip
    shown = {words.month(row.period): row.figures.n for row in of.months if row.figures and row.figures.n}
    assert shown == {"september 2026": 20}


def test_what_is_under_a_hidden_unit_is_hidden(desk: Desk) -> None:
    """Or the parts would add up to it."""
    desk.answered(4, "skole")
    desk.answered(6, "vann", level=Level.SECTION)
    desk.answered(30, None, asks=frozenset({Ask.POLITICAL}))
    assert {row.title: row.figures and row.figures.n for row in made(desk).units} == {
        "Lokalsamfunn": None, "Teknisk drift": None, "Vann og avløp": None, "Oppvekst": None, "Bjerke skole": None,
        "Hele kommunen, eller ikke plassert": 30,
    }  # fmt: skip


# --- Words ----------------------------------------------------------------------------------------------------------


def figures(n: int, in_time: int, waiting: int, median: int | None) -> Figures:
    return Figures(n, in_time, n - in_time - waiting, waiting, 0, 0, median, None, None)


SENTENCES = [  # figures, what stands after «henvendelser siden 1. desember 2025»
    (figures(312, 289, 4, 110), "289 fikk svar i tide, 4 venter fortsatt, og halvparten fikk svar innen 1 t 50 min."),
    (figures(99, 98, 1, 60), "98 fikk svar i tide, 1 venter fortsatt, og halvparten fikk svar innen 1 t."),
    (figures(12, 12, 0, 0), "alle fikk svar i tide, ingen venter, og halvparten fikk svar innen 1 min."),
    (figures(7, 0, 0, 300), "ingen fikk svar i tide, ingen venter, og halvparten fikk svar innen 5 t."),
    (figures(9, 1, 8, None), "1 fikk svar i tide, 8 venter fortsatt, og færre enn halvparten har fått svar."),
    (figures(6, 0, 6, None), "alle venter fortsatt."),
]


def by_hand(total: Figures | None, units: tuple[UnitRow, ...] = (), is_empty: bool = False) -> Report:
    """A report of these figures."""
    return Report(YEAR, None, NOW, is_empty, total, units, (), workhours.OFFICE_HOURS)


@pytest.mark.parametrize(("of", "outcome"), SENTENCES)
def test_the_first_sentence(of: Figures, outcome: str) -> None:
    """Right for nobody, one and many, and when half have not been answered."""
    assert words.sentence(by_hand(of)) == f"{of.n} henvendelser siden 1. desember 2025: {outcome}"


def test_the_first_sentence_when_nobody_asked() -> None:
    """No colon, no figures."""
    assert words.sentence(by_hand(None, is_empty=True)) == "Ingen henvendelser siden 1. desember 2025."


PERIODS = [
    (Period(date(2026, 1, 1), date(2026, 11, 24)), "siden 1. januar 2026"),
    (Period(date(2026, 1, 1), date(2026, 3, 31)), "fra 1. januar 2026 til 31. mars 2026"),
    (Period(date(2026, 5, 4), date(2026, 5, 4)), "4. mai 2026"),
]


@pytest.mark.parametrize(("of", "expected"), PERIODS)
def test_a_period_in_words(of: Period, expected: str) -> None:
    assert words.period(of, date(2026, 11, 24)) == expected


def test_the_hours_that_were_counted() -> None:
    """Ordinary and summer hours, and the days that had their own, as far as they lie in the period."""
    ordinary = workhours.weekly(time(8), time(15, 30))
    short = workhours.Span(time(8), time(12))
    summer = workhours.OpeningHours(((short,),) * 4 + ((), (), ()), date(2026, 7, 1), date(2026, 7, 31))
    days = (
        workhours.DayException(date(2025, 12, 24), (short,), "julaften"),
        workhours.DayException(date(2026, 5, 15), (), "inneklemt dag"),
        workhours.DayException(date(2027, 5, 15), (), "etter perioden"),
    )
    assert words.opening_hours(workhours.Calendar((ordinary, summer), days), YEAR) == (
        "Mandag–fredag kl. 08.00–15.30. Helligdager regnes ikke.",
        "Mandag–torsdag kl. 08.00–12.00 fra 1. juli 2026 til 31. juli 2026. Helligdager regnes ikke.",
        "24. desember 2025 (julaften): kl. 08.00–12.00.",
        "15. mai 2026 (inneklemt dag): stengt.",
    )


# --- Out of the house -----------------------------------------------------------------------------------------------


def cells(text: str) -> list[list[str]]:
    assert text.startswith("\ufeff")
    return list(csv.reader(io.StringIO(text[1:], newline=""), delimiter=";"))


def test_csv_is_what_a_norwegian_spreadsheet_reads(busy: Desk) -> None:
    """Semicolons, decimal comma, a byte order mark, and as many cells in each row."""
    busy.log(MONDAY)
    rows = cells(export.as_csv(made(busy)))
    assert {len(row) for row in rows} == {len(export.COLUMNS)}
    whole = dict(zip(rows[0], rows[1], strict=True))
    assert (whole["henvendelser"], whole["besvart i tide"], whole["andel i tide"]) == ("36", "35", "0,9722")


FORMULAS = ["=1+1", "+47 62", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "=cmd|' /C calc'!A0"]


@pytest.mark.parametrize("name", FORMULAS)
def test_no_name_becomes_a_formula(name: str) -> None:
    """A unit's name is somebody's text, and a spreadsheet carries out what begins like a formula."""
    text = export.as_csv(by_hand(figures(5, 5, 0, 60), (UnitRow(1, name, 0, figures(5, 5, 0, 60)),)))
    assert cells(text)[2][1] == f"'{name}"


def test_what_is_hidden_leaves_by_no_door(desk: Desk) -> None:
    """Text, CSV and JSON hide what the page hides."""
    desk.answered(2, "skole")
    desk.answered(9, "barnehage")
    of = made(desk)
    by_name = {row[1]: row[2:] for row in cells(export.as_csv(of))}
    assert set(by_name["Bjerke skole"]) == set(by_name["Trollskogen barnehage"]) == {""}
    by_name = {group["name"]: group["figures"] for group in json.loads(export.as_json(of))["groups"]}
    assert by_name["Bjerke skole"] is by_name["Trollskogen barnehage"] is None
    line = next(line for line in export.as_text(of).splitlines() if "Bjerke skole" in line)
    assert line.split("Bjerke skole")[1].split() == ["skjult"]


def test_json_says_what_it_was_made_of(busy: Desk) -> None:
    """Period, moment, sentence, figures, definitions and hours: enough to make it again."""
    made_json = json.loads(export.as_json(made(busy)))
    assert (made_json["from"], made_json["to"], made_json["made_at"]) == ("2025-12-01", "2026-11-24", NOW.isoformat())
    assert made_json["groups"][0]["figures"]["n"] == 35
    assert made_json["groups"][0]["figures"]["share_in_time"] == 1
    assert made_json["sentence"].startswith("35 henvendelser siden")
    assert len(made_json["definitions"]) == len(words.DEFINITIONS)
    assert made_json["opening_hours"] == ["Mandag–fredag kl. 08.00–15.30. Helligdager regnes ikke."]


def test_an_empty_report_is_said_so(desk: Desk) -> None:
    assert export.as_text(made(desk)).startswith("Ingen henvendelser siden 1. desember 2025.")


# --- Cost -----------------------------------------------------------------------------------------------------------


def test_the_number_of_queries_does_not_grow(five: Desk) -> None:
    """No query in a loop: as many for five rows as for fifty."""

    def asked() -> int:
        statements: list[str] = []
        listen = lambda *given: statements.append(given[2])  # noqa: E731
        event.listen(db.engine(), "before_cursor_execute", listen)
        with db.reading() as tx:
            report(tx, None, YEAR, None, NOW)
        event.remove(db.engine(), "before_cursor_execute", listen)
        return len(statements)

    few = asked()
    five.answered(20, "barnehage", at=datetime(2026, 10, 5, 9, 0, tzinfo=OSLO))
    five.answered(25, "vann", at=datetime(2026, 9, 1, 9, 0, tzinfo=OSLO), level=Level.SECTION)
    assert asked() == few <= 6


def test_a_closed_unit_keeps_its_name(five: Desk) -> None:
    """What was asked about it while it was open still counts."""
    five.answered(5, "barnehage")
    unit_administration.close_unit(System(), five.town.units["barnehage"], NOW)
    assert "Trollskogen barnehage" in [row.title for row in made(five).units]
