"""Dates, durations, numbers, telephone numbers and text as people write them."""

import unicodedata
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pressedesk.formats import (
    clean_line,
    clean_text,
    clock_time,
    count,
    countdown,
    day,
    day_and_time,
    duration,
    excerpt,
    name_key,
    number,
    percent,
    phone,
    phone_key,
    when,
)
from pressedesk.workhours import OSLO

PROPERTY = settings(max_examples=300, deadline=None, derandomize=True, database=None)
NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)  # Monday 10.00 in Norway


def local(text: str) -> datetime:
    """A local clock time as the instant it is."""
    return datetime.fromisoformat(text).replace(tzinfo=OSLO).astimezone(UTC)


# Dates and times


@pytest.mark.parametrize(
    ("at", "text"),
    [
        ("2026-11-23T14:00", "i dag kl. 14.00"),
        ("2026-11-23T00:00", "i dag kl. 00.00"),
        ("2026-11-23T08:05", "i dag kl. 08.05"),
        ("2026-11-24T14:00", "tirsdag 24.11. kl. 14.00"),
        ("2026-11-22T23:59", "søndag 22.11. kl. 23.59"),
        ("2026-07-01T09:30", "onsdag 1.7. kl. 09.30"),  # summer time
        ("2027-01-05T14:00", "tirsdag 5.1.2027 kl. 14.00"),
        ("2025-12-31T23:59", "onsdag 31.12.2025 kl. 23.59"),
    ],
)
def test_when(at, text):
    """Weekday, date and clock in Norway; «i dag» for today; the year only when it is another."""
    assert when(local(at), NOW) == text


def test_today_is_today_in_norway():
    """23.30 UTC on New Year's Eve is the first day of the new year."""
    at, now = datetime(2026, 12, 31, 23, 30, tzinfo=UTC), datetime(2026, 12, 31, 22, 30, tzinfo=UTC)
    assert when(at, now) == "fredag 1.1.2027 kl. 00.30"
    assert clock_time(at) == "00.30"
    assert day_and_time(now, now) == "torsdag 31.12. kl. 23.30"
    assert day(date(2026, 5, 17), date(2026, 1, 1)) == "søndag 17.5."


@pytest.mark.parametrize(
    ("minutes", "text"),
    [(0, "0 min"), (40, "40 min"), (60, "1 t"), (110, "1 t 50 min"), (2885, "48 t 5 min"), (-25, "−25 min")],
)  # fmt: skip
def test_duration(minutes, text):
    """Hours and minutes, never days: a working day has no fixed length."""
    assert duration(minutes) == text


@pytest.mark.parametrize(
    ("left", "text"),
    [
        (timedelta(hours=4), "om 4 t"),
        (timedelta(hours=1, minutes=50), "om 1 t 50 min"),
        (timedelta(minutes=25), "om 25 min"),
        (timedelta(seconds=30), "om 1 min"),
        (timedelta(minutes=24, seconds=1), "om 25 min"),
        (timedelta(0), "nå"),
        (timedelta(seconds=-59), "nå"),
        (timedelta(seconds=-60), "1 min over fristen"),
        (timedelta(minutes=-25), "25 min over fristen"),
        (timedelta(hours=-3), "3 t over fristen"),
        (timedelta(hours=23, minutes=59), "om 23 t 59 min"),
        (timedelta(hours=24), "om 1 dag"),
        (timedelta(hours=39), "om 2 dager"),  # Wednesday 01.00 is the day after tomorrow
        (timedelta(days=9), "om 9 dager"),
        (timedelta(days=-2), "2 dager over fristen"),
    ],
)
def test_countdown(left, text):
    """Nobody is told that time is up while a second is left; from a day on, dates are counted."""
    assert countdown(NOW + left, NOW) == text


# Numbers


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [
        (0, 0, "0"),
        (999, 0, "999"),
        (1234, 0, "1234"),
        (1234.5, 1, "1234,5"),
        (10000, 0, "10\u202f000"),
        (1234567, 0, "1\u202f234\u202f567"),
        (3.5, 1, "3,5"),
        (-3.5, 1, "\u22123,5"),
        (-0.01, 1, "0,0"),
    ],
)
def test_number(value, decimals, text):
    """Decimal comma, groups of three from five digits on, a true minus and never minus nought."""
    assert number(value, decimals) == text


def test_percent_and_count():
    """A no-break space before the sign; 299 of 300 is not all of them; one is singular, none and many are plural."""
    assert percent(0.87) == "87\u202f%"
    assert percent(0.875, 1) == "87,5\u202f%"
    assert [percent(share) for share in (0, 1, 0.999, 0.001)] == [f"{n}\u202f%" for n in (0, 100, 99, 1)]
    assert [count(n, "sak", "saker") for n in (0, 1, 2, 10000)] == ["0 saker", "1 sak", "2 saker", "10\u202f000 saker"]


# Telephone numbers


@pytest.mark.parametrize(
    ("raw", "shown", "key"),
    [
        ("91234567", "912 34 567", "91234567"),
        ("912 34 567", "912 34 567", "91234567"),
        ("+47 912 34 567", "912 34 567", "91234567"),
        ("+4791234567", "912 34 567", "91234567"),
        ("004791234567", "912 34 567", "91234567"),
        ("0047 912 34 567", "912 34 567", "91234567"),
        ("(+47) 91 23 45 67", "912 34 567", "91234567"),
        ("4791234567", "912 34 567", "91234567"),
        ("912/34/567", "912 34 567", "91234567"),
        ("912-34-567", "912 34 567", "91234567"),
        ("912.34.567", "912 34 567", "91234567"),
        (" 912\u00a034\u202f567 ", "912 34 567", "91234567"),
        ("９１２３４５６７", "912 34 567", "91234567"),
        ("+47 47 12 34 56", "471 23 456", "47123456"),
        ("47123456", "471 23 456", "47123456"),  # a mobile number that begins like the country code
        ("62593000", "62 59 30 00", "62593000"),
        ("62 59/30 00", "62 59 30 00", "62593000"),
        ("800 12 345", "800 12 345", "80012345"),
        ("02800", "02800", "02800"),
        ("+47 02800", "02800", "02800"),
        ("116117", "116 117", "116117"),
        ("110", "110", "110"),
        ("1881", "1881", "1881"),
        ("+46 70 123 45 67", "+46 70 123 45 67", "+46701234567"),
        ("0046701234567", "0046701234567", "+46701234567"),
        ("+46 (0)70 123 45 67", "+46 (0)70 123 45 67", "+46701234567"),
        ("00123456", "00123456", "+123456"),  # eight digits, but from abroad
        ("912 34 56", "912 34 56", "9123456"),  # a digit is missing: kept, and still found
        ("912 34 567 (mobil)", "912 34 567 (mobil)", "91234567"),
        ("skjult nummer", "skjult nummer", ""),
        ("", "", ""),
        ("<b>912</b>", "<b>912</b>", "912"),
    ],
)
def test_phone(raw, shown, key):
    """Spellings of one Norwegian number are shown and matched alike; what is not understood is kept, never refused."""
    assert phone(raw) == shown
    assert phone_key(raw) == key


@PROPERTY
@given(st.text(max_size=40) | st.text("+0123456789 ()/.-", max_size=20))
def test_phone_never_refuses(raw):
    """Any text at all has a way to be shown, and what is shown matches what was typed."""
    assert phone(phone(raw)) == phone(raw)
    assert phone_key(phone(raw)) == phone_key(raw)


# Names


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Bjørn", "bjorn"),
        ("BJØRN", "Björn"),
        ("Åse", "Aase"),
        ("Åse", "Ase"),
        ("Håkon", "Haakon"),
        ("Lærke", "Laerke"),
        ("Kari Nordmann", "  kari   NORDMANN "),
        ("Jan-Erik Lie", "Jan Erik Lie"),
        ("André", "Andre"),
        ("Ødegård", "Odegaard"),
        ("VG, Oslo", "vg oslo"),
        ("O'Hara", "OHara"),
        ("A\u030ase", "Åse"),  # a ring set after the letter
        ("Łukasz Đorđević", "lukasz dordevic"),
        ("Strauß", "STRAUSS"),
    ],
)
def test_spellings_of_one_name(first, second):
    """The switchboard types in haste and without the right keys; the name is found all the same."""
    assert name_key(first) == name_key(second)


@pytest.mark.parametrize(
    ("first", "second"), [("Lie", "Li"), ("Berg", "Borg"), ("Kari Lie", "Kari Lien"), ("Ås", "Øs")]
)
def test_different_names_stay_different(first, second):
    """Folding is for keyboards, not for guessing."""
    assert name_key(first) != name_key(second)


@PROPERTY
@given(st.text(max_size=60))
def test_a_key_is_its_own_key(text):
    """Folding twice changes nothing, so stored keys and typed ones can meet."""
    assert name_key(name_key(text)) == name_key(text)


# Text


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("Hei\r\nDer\rog der", "Hei\nDer\nog der"),
        ("a\x00b\x07c\x1bd", "abcd"),
        ("a\u2028b\u2029c\x0bd\x85e", "a\nb\nc\nd\ne"),
        ("a\tb", "a b"),
        ("\u202eevil\u202c \u2066x\u2069", "evil x"),
        ("null\u200bbredde\ufeff", "nullbredde"),
        ("vann\u00adlekkasje", "vannlekkasje"),
        ("A\u030as", "Ås"),
        ("👩\u200d👧 ❤\ufe0f 🇳🇴", "👩\u200d👧 ❤\ufe0f 🇳🇴"),
        ("  <b>æøå</b> & \"  ", "<b>æøå</b> & \""),
        ("halv \ud83d emoji", "halv  emoji"),
        ("første\n\nandre", "første\n\nandre"),
        ("", ""),
    ],
)  # fmt: skip
def test_clean_text(raw, clean):
    """What nobody can see goes, what somebody wrote stays: line breaks, ÆØÅ, emoji, angle brackets."""
    assert clean_text(raw) == clean


def test_clean_line():
    """One line with single spaces, fit for a mail header or a list."""
    assert clean_line(" Kari\r\nBcc: x@y.no\u2028  Lie ") == "Kari Bcc: x@y.no Lie"


@PROPERTY
@given(st.text(st.characters(), max_size=80))
def test_cleaned_text_is_clean(text):
    """Cleaning twice changes nothing; no control character, no line separator is left; the text can be stored."""
    for cleaned in (clean_text(text), clean_line(text)):
        assert not [c for c in cleaned if unicodedata.category(c) in ("Cc", "Cs", "Zl", "Zp") and c != "\n"]
        assert unicodedata.is_normalized("NFC", cleaned)
        cleaned.encode()
    assert clean_text(clean_text(text)) == clean_text(text)
    assert clean_line(clean_line(text)) == clean_line(text)
    assert "\n" not in clean_line(text)


@pytest.mark.parametrize(
    ("text", "length", "short"),
    [
        ("Vannlekkasje", 20, "Vannlekkasje"),
        ("Vannlekkasje", 12, "Vannlekkasje"),
        ("Vannlekkasje i sentrum", 20, "Vannlekkasje i…"),
        ("Vannlekkasje i sentrum", 16, "Vannlekkasje i…"),
        ("Kort, men likevel", 6, "Kort…"),
        ("Donaudampfschifffahrt", 8, "Donauda…"),
        ("to\nlinjer", 20, "to linjer"),
    ],
)
def test_excerpt(text, length, short):
    """Cut between words, never longer than asked for."""
    assert excerpt(text, length) == short
    assert len(excerpt(text, length)) <= length


@pytest.mark.parametrize("unit", ["a", "å", " ", "\u202e", "9", "(", "\x00", "aa ", "👩\u200d"])
def test_long_input_is_handled_whole(unit):
    """Ten thousand characters of anything give text, and nothing raises."""
    text = unit * (10_000 // len(unit))
    for function in (clean_text, clean_line, name_key, phone, phone_key, excerpt):
        assert isinstance(function(text), str)
