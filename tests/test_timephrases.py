"""Deadlines as they are typed with a telephone in the other hand."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pressedesk.formats import WEEKDAYS
from pressedesk.timephrases import EXAMPLES, NotUnderstood, Past, Read, WithoutTime, read
from pressedesk.timewords import FILLERS, FIXED, MONTHS, NUMBERS
from pressedesk.workhours import OSLO

PROPERTY = settings(max_examples=300, deadline=None, derandomize=True, database=None)


def local(text: str) -> datetime:
    """A local clock time as the instant it is."""
    return datetime.fromisoformat(text).replace(tzinfo=OSLO).astimezone(UTC)


NOW = local("2026-11-23T10:00")  # a Monday

PHRASES = [
    # a clock alone is today
    ("16", "23T16:00"),
    ("14:00", "23T14:00"),
    ("16.30", "23T16:30"),
    ("1430", "23T14:30"),
    ("kl 14", "23T14:00"),
    ("kl. 14", "23T14:00"),
    ("kl.14", "23T14:00"),
    ("kl14", "23T14:00"),
    ("Kl 14.", "23T14:00"),
    ("klokka 14", "23T14:00"),
    ("klokken 14.15", "23T14:15"),
    ("kl 1430", "23T14:30"),
    ("kl 14 30", "23T14:30"),
    ("kl 14,30", "23T14:30"),
    ("kl fjorten", "23T14:00"),
    ("kl fjorten tretti", "23T14:30"),
    ("fjorten", "23T14:00"),
    ("innen kl 16", "23T16:00"),
    ("innan kl 16", "23T16:00"),
    ("senest kl 15.30", "23T15:30"),
    ("før kl 12", "23T12:00"),
    ("ca kl 13", "23T13:00"),
    ("om lag kl 13", "23T13:00"),
    ("ved 14-tiden", "23T14:00"),
    ("fristen er kl 14", "23T14:00"),
    ("kl 3", "23T15:00"),
    ("kl 3.30", "23T15:30"),
    ("kl 11", "23T11:00"),
    ("kl 10.11", "23T10:11"),
    ("kl 24", "24T00:00"),
    # as it is spoken
    ("halv tre", "23T14:30"),
    ("halv ett", "23T12:30"),
    ("halv 12", "23T11:30"),
    ("halv fjorten", "23T13:30"),
    ("kvart over to", "23T14:15"),
    ("kvart på tre", "23T14:45"),
    ("kvart over 2", "23T14:15"),
    ("ti over to", "23T14:10"),
    ("ti minutter over to", "23T14:10"),
    ("fem på halv tre", "23T14:25"),
    ("fem over halv tre", "23T14:35"),
    ("kvart på ett", "23T12:45"),
    # spans
    ("om et kvarter", "23T10:15"),
    ("om eit kvarter", "23T10:15"),
    ("om tre kvarter", "23T10:45"),
    ("om halvannen time", "23T11:30"),
    ("om halvanna time", "23T11:30"),
    ("om en time", "23T11:00"),
    ("om ein time", "23T11:00"),
    ("om en halv time", "23T10:30"),
    ("om en halvtime", "23T10:30"),
    ("om 2 timer", "23T12:00"),
    ("om to timar", "23T12:00"),
    ("om to og en halv time", "23T12:30"),
    ("om 1,5 time", "23T11:30"),
    ("om 2 timer og 30 minutter", "23T12:30"),
    ("1t 30min", "23T11:30"),
    ("om 20 min", "23T10:20"),
    ("innen en time", "23T11:00"),
    ("i løpet av en time", "23T11:00"),
    ("om 24 timer", "24T10:00"),
    ("om 3 dager kl 12", "26T12:00"),
    ("om tre dagar", "26T15:30"),
    ("om en uke kl 9", "30T09:00"),
    ("om ei veke", "30T15:30"),
    # days
    ("i dag", "23T15:30"),
    ("i dag kl 14", "23T14:00"),
    ("i morgen kl 14", "24T14:00"),
    ("i morgon", "24T15:30"),
    ("imorgen 9", "24T09:00"),
    ("i morgon klokka ti", "24T10:00"),
    ("i morgen tidlig", "24T09:00"),
    ("i morgen formiddag", "24T12:00"),
    ("i morgen kveld", "24T20:00"),
    ("i overmorgen kl 10", "25T10:00"),
    ("før lunsj", "23T11:30"),
    ("i morgen før lunsj", "24T11:30"),
    ("i ettermiddag", "23T15:30"),
    ("i ettermiddag kl 4", "23T16:00"),
    ("i kveld", "23T20:00"),
    ("i kveld kl 8", "23T20:00"),
    ("kl 8 i kveld", "23T20:00"),
    ("før stengetid", "23T15:30"),
    ("i løpet av dagen", "23T15:30"),
    # weekdays
    ("fredag kl 12", "27T12:00"),
    ("på fredag", "27T15:30"),
    ("fre 12.00", "27T12:00"),
    ("tysdag klokka 9", "24T09:00"),
    ("laurdag kl 12", "28T12:00"),
    ("fredag formiddag", "27T12:00"),
    ("fredag morgen kl 8", "27T08:00"),
    ("neste mandag", "30T15:30"),
    ("neste tirsdag", "12-01T15:30"),
    ("tirsdag i neste uke kl 10", "12-01T10:00"),
    ("tysdag neste veke", "12-01T15:30"),
    ("førstkommende tirsdag", "24T15:30"),
    ("fredag denne uka", "27T15:30"),
    ("tirsdag 24.11. kl 14", "24T14:00"),
    ("i morgen tirsdag kl 10", "24T10:00"),
    # dates
    ("26/11 kl 10", "26T10:00"),
    ("26.11. 10.00", "26T10:00"),
    ("26.11 kl 10", "26T10:00"),
    ("26.11", "26T15:30"),
    ("26.11.26 kl 9", "26T09:00"),
    ("26.11.2026", "26T15:30"),
    ("26-11-2026 14:00", "26T14:00"),
    ("25. november kl 10", "25T10:00"),
    ("25 nov 10.00", "25T10:00"),
    ("25.november", "25T15:30"),
    ("den 25. november 2026 kl. 10", "25T10:00"),
    ("kl 10 25 november", "25T10:00"),
    ("den 25. kl 10", "25T10:00"),
    ("den 23. kl 14", "23T14:00"),
    ("den 5.", "12-05T15:30"),
    ("12.12 10.10", "12-12T10:10"),
    ("12.12 kl 10", "12-12T10:00"),
    ("i morgen 10.11", "24T10:11"),
    # a native picker
    ("2026-11-24T14:00", "24T14:00"),
    ("2026-11-24T14:00:00", "24T14:00"),
    ("2026-11-24 14:00", "24T14:00"),
    ("2026-11-24T13:00Z", "24T14:00"),
    ("2026-11-24T15:00+02:00", "24T14:00"),
    ("2026-11-24", "24T15:30"),
    # the year turns
    ("5.1.", "2027-01-05T15:30"),
    ("5. januar kl 10", "2027-01-05T10:00"),
    ("5.1.2027 kl 10", "2027-01-05T10:00"),
    ("31.12 kl 12", "12-31T12:00"),
    # haste, capitals, odd spaces
    ("  I  MORGEN,  KL  14 ", "24T14:00"),
    ("i morgen kl 14!", "24T14:00"),
    ("i\u00a0morgen kl\u202f14", "24T14:00"),
    ("haster, kl 14", "23T14:00"),
    ("frist: kl. 14.30.", "23T14:30"),
    ("i morgen (tirsdag) kl 12 presis", "24T12:00"),
    ("i løpet av fredag", "27T15:30"),
    ("snarest, helst før 14", "23T14:00"),
    ("onsdag 25/11 1200", "25T12:00"),
]


@pytest.mark.parametrize(("phrase", "due"), PHRASES)
def test_read(phrase, due):
    """On Monday 23 November 2026 at 10.00, each phrase means this local time, and no other."""
    at = f"2026-11-{due}" if "T" in due[:3] else due if due.startswith("2027") else f"2026-{due}"
    reading = read(phrase, NOW)
    assert isinstance(reading, Read), reading
    assert reading.at == local(at)
    assert reading.at.tzinfo is UTC


@pytest.mark.parametrize(
    ("phrase", "words"),
    [
        ("kl 14", "mandag 23.11. kl. 14.00, om 4 t"),
        ("i morgen kl 14", "tirsdag 24.11. kl. 14.00, om 1 dag"),
        ("om et kvarter", "mandag 23.11. kl. 10.15, om 15 min"),
        ("5.1. kl 12", "tirsdag 5.1.2027 kl. 12.00, om 43 dager"),
    ],
)
def test_the_echo(phrase, words):
    """What was understood is shown with weekday, date, clock and the time left, so that a wrong reading is seen."""
    assert read(phrase, NOW).words == words


@pytest.mark.parametrize(
    ("phrase", "words"),
    [
        *((phrase, "så snart som mulig") for phrase in ("snarest", "asap", "Det haster!", "snarast")),
        *((phrase, "ingen frist") for phrase in ("ingen frist", "ingen", "haster ikke", "utan frist")),
    ],
)
def test_without_time(phrase, words):
    """«Snarest» is understood, and no time is invented for it."""
    assert read(phrase, NOW) == WithoutTime(words)


PAST = [
    ("kl 9", "Klokka 09.00 i dag er passert. Skriv et senere klokkeslett, eller «i morgen kl. 09.00»."),
    ("kl 10", "Klokka 10.00 i dag er passert. Skriv et senere klokkeslett, eller «i morgen kl. 10.00»."),
    ("0330", "Klokka 03.30 i dag er passert. Skriv et senere klokkeslett, eller «i morgen kl. 03.30»."),
    ("kl 7", "Klokka 07.00 i dag er passert. Skriv et senere klokkeslett, eller «i morgen kl. 07.00»."),
    ("20.11 kl 12", "Fredag 20.11. kl. 12.00 er passert. Skriv en senere frist."),
    ("10.11 kl 12", "Tirsdag 10.11. kl. 12.00 er passert. Skriv en senere frist."),
    ("i går", "Søndag 22.11. kl. 15.30 er passert. Skriv en senere frist."),
    ("20.11.2025", "Torsdag 20.11.2025 kl. 15.30 er passert. Skriv en senere frist."),
    ("2026-11-23T09:59", "Klokka 09.59 i dag er passert. Skriv et senere klokkeslett, eller «i morgen kl. 09.59»."),
]


@pytest.mark.parametrize(("phrase", "sentence"), PAST)
def test_past(phrase, sentence):
    """A time that has gone is said to have gone; tomorrow is not guessed."""
    reading = read(phrase, NOW)
    assert isinstance(reading, Past)
    assert reading.sentence == sentence
    assert reading.at <= NOW


@pytest.mark.parametrize("hour", [15, 16, 23])
def test_today_after_closing_needs_a_clock(hour):
    """«i dag» said in the evening means no time that is left."""
    now = local(f"2026-11-23T{hour}:45")
    assert isinstance(read("i dag", now), Past)
    assert isinstance(read("i dag kl 23.59", now), Read)


REFUSED = [  # the phrase, the words left over
    ("tjohei", ("tjohei",)),
    ("i morgen tjohei", ("tjohei",)),
    ("når det passer", ("når", "det", "passer")),
    ("etter kl 14", ("etter",)),
    ("ikke kl 14", ("ikke",)),
    ("12-14", ("12-14",)),
    ("mellom 12 og 14", None),
    ("kl 12 eller 14", None),
    ("kl 25", ("kl", "25")),
    ("kl 14.60", ("kl", "14.60")),
    ("14:75", ("14:75",)),
    ("31.2.", ("31.2.",)),
    ("30. februar", None),
    ("32/1", ("32/1",)),
    ("29.2.2027", ("29.2.2027",)),
    ("2026-13-01", ("2026-13-01",)),
    ("2026-11-31T10:00", None),
    ("neste uke", ("neste", "uke")),
    ("før jul", ("jul",)),
    ("i natt", ("i", "natt")),
    ("om litt", ("om", "litt")),
    ("om en halv dag", None),
    ("om 1 dag og 2 timer", None),
    ("40 over to", None),
    ("for 2 timer siden", ("for", "siden")),
    ("25. kl 10", ("25.",)),
    ("-5", None),
    ("kl", ("kl",)),
    ("", ()),
    ("   ", ()),
    ("?", ("?",)),
    ("innen", ()),
    ("🎉", ("🎉",)),
    ("<script>alert(1)</script>", None),
    ("'; DROP TABLE inquiry; --", None),
    ("kl ١٤", None),
    ("1e9", None),
    ("99999999999999999999", None),
]


@pytest.mark.parametrize(("phrase", "left_over"), REFUSED)
def test_refused(phrase, left_over):
    """A word that was not used up refuses the whole phrase, and the sentence says what to write."""
    reading = read(phrase, NOW)
    assert isinstance(reading, NotUnderstood), reading
    assert left_over is None or reading.left_over == left_over
    assert reading.sentence.endswith(".")


@pytest.mark.parametrize(
    ("phrase", "sentence"),
    [
        ("i morgen tjohei", f"Forstår «i morgen», men ikke «tjohei». {EXAMPLES}"),
        ("", f"Når er fristen? {EXAMPLES}"),
        ("10.11", "«10.11» kan være klokkeslett eller dato. Skriv «kl. 10.11», eller både dato og klokkeslett."),
        ("mandag kl 12", "I dag er det mandag. Skriv «i dag» eller «neste mandag», og klokkeslett."),
        ("onsdag 24.11. kl 12", "Dagen stemmer ikke: tirsdag 24.11. er ikke en onsdag."),
        ("kl 12 kl 14", "Her står det to ulike tider. Skriv én dato og ett klokkeslett."),
        ("i morgen fredag", "Dagen stemmer ikke: tirsdag 24.11. er ikke en fredag."),
        ("i dag 26.11.", "Her står det to ulike tider. Skriv én dato og ett klokkeslett."),
        ("om 2 timer kl 14", "Her står det to ulike tider. Skriv én dato og ett klokkeslett."),
        ("24.11.2036", "Fristen er mer enn et år fram i tid. Er datoen riktig?"),
        ("om 500 dager", "Fristen er mer enn et år fram i tid. Er datoen riktig?"),
        ("om 9999 uker", "Fristen er mer enn et år fram i tid. Er datoen riktig?"),
    ],
)  # fmt: skip
def test_what_the_refusal_says(phrase, sentence):
    """What was understood, what was not, and what to write instead."""
    reading = read(phrase, NOW)
    assert isinstance(reading, NotUnderstood)
    assert reading.sentence == sentence


@pytest.mark.parametrize("phrase", ["kl 8 i ettermiddag", "kl 14 i morgen tidlig", "i kveld kl 14", "før lunsj kl 15"])
def test_clock_and_part_of_day_must_agree(phrase):
    """A clock that contradicts the part of the day is not bent to fit."""
    assert isinstance(read(phrase, NOW), NotUnderstood)


# Other days than that Monday

ELSEWHEN = [  # now, phrase, due
    ("2026-12-31T10:00", "i morgen kl 9", "2027-01-01T09:00"),
    ("2026-12-31T10:00", "fredag", "2027-01-01T15:30"),
    ("2026-12-31T10:00", "2.1. kl 12", "2027-01-02T12:00"),
    ("2026-12-31T10:00", "om 2 døgn", "2027-01-02T10:00"),
    ("2026-12-31T23:50", "om et kvarter", "2027-01-01T00:05"),
    ("2026-12-10T10:00", "den 5. kl 9", "2027-01-05T09:00"),
    ("2027-01-04T10:00", "5/1 kl 9", "2027-01-05T09:00"),
    ("2027-12-01T10:00", "29.2. kl 9", "2028-02-29T09:00"),
    ("2026-11-29T10:00", "neste mandag kl 9", "2026-11-30T09:00"),  # a Sunday: next week begins tomorrow
    ("2026-11-27T10:00", "tirsdag kl 9", "2026-12-01T09:00"),
    # clocks go forward on 29 March, back on 25 October
    ("2026-03-28T10:00", "i morgen kl 12", "2026-03-29T12:00"),
    ("2026-03-28T20:00", "om 12 timer", "2026-03-29T09:00"),
    ("2026-03-28T20:00", "om 1 dag kl 20", "2026-03-29T20:00"),
    ("2026-03-27T10:00", "mandag kl 9", "2026-03-30T09:00"),
    ("2026-10-24T20:00", "om 12 timer", "2026-10-25T07:00"),
    ("2026-10-24T10:00", "i morgen kl 12", "2026-10-25T12:00"),
    ("2026-10-23T10:00", "2026-10-26T08:00", "2026-10-26T08:00"),
    ("2026-10-24T10:00", "i morgen kl 02.30", "2026-10-25T02:30"),  # the first of the two
]


@pytest.mark.parametrize(("now", "phrase", "due"), ELSEWHEN)
def test_read_on_other_days(now, phrase, due):
    """Year ends, leap days, Sundays and both changes of clocks."""
    reading = read(phrase, local(now))
    assert isinstance(reading, Read), reading
    assert reading.at == local(due)


def test_a_clock_that_does_not_exist_is_refused():
    """On 29 March 2026 there is no half past two at night."""
    for phrase in ("i morgen kl 02.30", "2026-03-29T02:30"):
        reading = read(phrase, local("2026-03-28T10:00"))
        assert isinstance(reading, NotUnderstood)
        assert "02.30 finnes ikke" in reading.sentence


def test_seconds_of_now_do_not_show():
    """«om et kvarter» typed at 10.00.40 is 10.15."""
    assert read("om et kvarter", NOW + timedelta(seconds=40)).at == local("2026-11-23T10:15")


# Properties

minutes_ahead = st.integers(1, 340 * 24 * 60)
VOCABULARY = [
    *FIXED,
    *NUMBERS,
    *MONTHS,
    *FILLERS,
    *WEEKDAYS,
    "kl",
    "om",
    "halv",
    "kvart",
    "over",
    "på",
    "time",
    "dager",
]
VOCABULARY += ["12", "9", "14.30", "10.11", "26.11.", "1430", "neste", "uke", "og", "en", "-", "24/12", "2026-12-01"]


def comes_once(at: datetime) -> bool:
    """False in the hour that comes twice."""
    here = at.astimezone(OSLO)
    return here.replace(fold=1).utcoffset() == here.replace(fold=0).utcoffset()


@PROPERTY
@given(minutes_ahead)
def test_the_echo_can_be_typed(minutes):
    """What the echo shows, typed again, is read as the same instant."""
    at = NOW + timedelta(minutes=minutes)
    written = f"{at.astimezone(OSLO):%Y-%m-%dT%H:%M}"
    reading = read(written, NOW)
    assert isinstance(reading, Read)
    if comes_once(at):
        assert reading.at == at
        again = read(reading.words.split(",", maxsplit=1)[0], NOW)
        assert isinstance(again, Read)
        assert again.at == at


@PROPERTY
@given(
    minutes_ahead,
    st.sampled_from(["{d}.{m}. kl {H}.{M}", "{d}/{m} {H}:{M}", "{H}{M} {d}/{m}", "den {d}.{m}. kl {H}{M}"]),
)
def test_every_date_and_clock(minutes, form):
    """Day, month and clock in the common orders and signs are never confused."""
    at = NOW + timedelta(minutes=minutes)
    here = at.astimezone(OSLO)
    if comes_once(at) and at < NOW + timedelta(days=180):
        phrase = form.format(d=here.day, m=here.month, H=f"{here.hour:02}", M=f"{here.minute:02}")
        assert read(phrase, NOW).at == at


@PROPERTY
@given(st.lists(st.sampled_from(VOCABULARY), max_size=7).map(" ".join))
def test_known_words_in_any_order(phrase):
    """Never an error; what is read lies ahead; and one unknown word more refuses it."""
    reading = read(phrase, NOW)
    if isinstance(reading, Read):
        assert NOW < reading.at <= NOW + timedelta(days=401)
    if not isinstance(reading, NotUnderstood):
        assert isinstance(read(f"{phrase} tjohei", NOW), NotUnderstood)
        assert isinstance(read(f"tjohei {phrase}", NOW), NotUnderstood)


@PROPERTY
@given(st.text(max_size=130))
def test_any_text_has_a_reading(text):
    """Nothing that can be typed raises."""
    assert read(text, NOW) is not None


@pytest.mark.parametrize(
    "unit",
    ["a", "1", "1.", "1:", "1/", "om ", "kl ", "halv ", "og en halv ", "i morgen ", " ", "\u202e", "12-", "🎉", "\x00"],
)
def test_long_input_is_refused(unit):
    """Ten thousand characters of anything; and as many as are read are read."""
    assert isinstance(read(unit * (10_000 // len(unit)), NOW), NotUnderstood)
    assert read(unit * (120 // len(unit)), NOW) is not None
