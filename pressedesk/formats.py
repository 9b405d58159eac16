"""Dates, durations, numbers, telephone numbers and text as people write them in Norwegian. Pure.

Spaces inside numbers and before the per cent sign are the narrow no-break space (U+202F); all other spaces are plain,
so that a time or a telephone number can be searched for and copied.
"""

import re
import unicodedata
from datetime import date, datetime, timedelta

from pressedesk.workhours import OSLO, local_day

WEEKDAYS = ("mandag", "tirsdag", "onsdag", "torsdag", "fredag", "lørdag", "søndag")
NARROW_SPACE = "\u202f"
MINUS = "\u2212"


def day(on: date, near: date) -> str:
    """«tirsdag 24.11.», with the year when it is another than that of `near`: «tirsdag 5.1.2027»."""
    year = "" if on.year == near.year else str(on.year)
    return f"{WEEKDAYS[on.weekday()]} {on.day}.{on.month}.{year}"


def clock_time(at: datetime) -> str:
    """«14.00», local time."""
    return f"{at.astimezone(OSLO):%H.%M}"


def day_and_time(at: datetime, now: datetime) -> str:
    """«tirsdag 24.11. kl. 14.00», always with the date; the year when it is not the year of `now`."""
    return f"{day(local_day(at), local_day(now))} kl. {clock_time(at)}"


def when(at: datetime, now: datetime) -> str:
    """«i dag kl. 14.00», on any other date as `day_and_time`."""
    return f"i dag kl. {clock_time(at)}" if local_day(at) == local_day(now) else day_and_time(at, now)


def duration(minutes: int) -> str:
    """«1 t 50 min», «2 t», «40 min». Working time is never shown in days: a working day has no fixed length."""
    hours, rest = divmod(abs(minutes), 60)
    text = " ".join(part for part in (f"{number(hours)} t" if hours else "", f"{rest} min" if rest else "") if part)
    return (MINUS if minutes < 0 else "") + (text or "0 min")


def countdown(due_at: datetime, now: datetime) -> str:
    """Time left or gone by the clock on the wall: «om 4 t», «om 3 dager», «nå», «25 min over fristen».

    From 24 hours on it counts dates. A minute begun counts while time is left, and only when full once it is over."""
    left = due_at - now
    minutes = -(-left // timedelta(minutes=1))
    if minutes == 0:
        return "nå"
    span = duration(abs(minutes))
    if abs(left) >= timedelta(days=1):
        span = count(abs((local_day(due_at) - local_day(now)).days), "dag", "dager")
    return f"om {span}" if minutes > 0 else f"{span} over fristen"


def number(value: float, decimals: int = 0) -> str:
    """«10 000», «1234», «3,5»: decimal comma, groups of three from five digits on."""
    text = f"{abs(value):_.{decimals}f}"
    whole, _, fraction = text.partition(".")
    if len(whole) == 5:  # 1_234: four digits are written together
        whole = whole.replace("_", "")
    sign = MINUS if value < 0 and text.strip("0._") else ""
    return sign + whole.replace("_", NARROW_SPACE) + (f",{fraction}" if fraction else "")


def percent(share: float, decimals: int = 0) -> str:
    """A share from 0 to 1 as «87 %»; rounding never makes all of nearly all, or none of a few."""
    shown = round(share * 100, decimals)
    if 0 < share < 1:
        smallest = 10.0**-decimals
        shown = min(max(shown, smallest), 100 - smallest)
    return f"{number(shown, decimals)}{NARROW_SPACE}%"


def count(n: int, one: str, many: str) -> str:
    """«1 sak», «0 saker», «12 saker»."""
    return f"{number(n)} {one if n == 1 else many}"


def phone(raw: str) -> str:
    """A telephone number as people read it aloud: «912 34 567», «62 59 30 00». What is not known is kept as typed."""
    digits = _national_digits(raw)
    if digits is None:
        return clean_line(raw)
    if len(digits) == 8:
        if digits[0] in "489":
            return f"{digits[:3]} {digits[3:5]} {digits[5:]}"
        return " ".join(digits[at : at + 2] for at in range(0, 8, 2))
    return f"{digits[:3]} {digits[3:]}" if len(digits) == 6 else digits


def phone_key(raw: str) -> str:
    """What two spellings of one number have in common, for matching; empty when there is no digit.

    Norwegian numbers without country code, foreign ones as «+46701234567»."""
    national = _national_digits(raw)
    if national is not None:
        return national
    plain = _ascii_digits(raw)
    is_foreign = plain.lstrip("(").startswith(("+", "00"))
    digits = re.sub("[^0-9]", "", plain.replace("(0)", "") if is_foreign else plain)
    return f"+{digits.removeprefix('00')}" if is_foreign and digits else digits


def name_key(text: str) -> str:
    """What spellings of one name have in common: «Åse-Marie Bjørn» and «aase marie bjorn» give the same key."""
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold()).translate(_LOOKALIKES)
    letters = (c if c.isalnum() else "" if c in _APOSTROPHES or unicodedata.combining(c) else " " for c in plain)
    return " ".join(re.sub("a{2,}", "a", "".join(letters)).split())


def capital(text: str) -> str:
    """With a capital first; the rest as it is, so that «KIS» stays."""
    return text[:1].upper() + text[1:]


def clean_text(text: str) -> str:
    """Text of several lines without what a person cannot see: control and direction characters, odd line ends.

    Newlines, letters of all languages and emoji stay; the form is NFC."""
    text = _LINE_ENDS.sub("\n", text).replace("\t", " ").translate(_INVISIBLE)
    text = "".join(c for c in text if c == "\n" or unicodedata.category(c) not in ("Cc", "Cs"))
    return unicodedata.normalize("NFC", text).strip()


def clean_line(text: str) -> str:
    """As `clean_text`, on one line with single spaces."""
    return " ".join(clean_text(text).split())


def excerpt(text: str, length: int = 80) -> str:
    """The beginning of a text on one line, cut between words, at most `length` characters with its «…»."""
    line = clean_line(text)
    if len(line) <= length:
        return line
    cut = line[: length - 1]
    if line[length - 1] != " " and " " in cut:
        cut = cut[: cut.rindex(" ")]
    return cut.rstrip(" ,.;:–-") + "…"


_LINE_ENDS = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")
_INVISIBLE = dict.fromkeys(
    [0x200B, 0x200E, 0x200F, 0x061C, 0xFEFF, 0x00AD, *range(0x202A, 0x202F), *range(0x2066, 0x206A)]
)
_LOOKALIKES = str.maketrans({"æ": "ae", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ł": "l", "œ": "oe", "ı": "i"})
_APOSTROPHES = "'’‘`´ʼ"
_SEPARATORS = re.compile(r"[\s()/.\-–‑]+")


def _ascii_digits(raw: str) -> str:
    return unicodedata.normalize("NFKC", clean_line(raw))


def _national_digits(raw: str) -> str | None:
    """The digits of a Norwegian number of a known length without +47, or None."""
    packed = _SEPARATORS.sub("", _ascii_digits(raw))
    if packed.startswith(("+47", "0047")):
        packed = packed[3:] if packed.startswith("+") else packed[4:]
    elif len(packed) == 10 and packed.startswith("47"):
        packed = packed[2:]
    is_number = re.fullmatch("[0-9]+", packed) is not None and not packed.startswith("00")
    return packed if is_number and len(packed) in (3, 4, 5, 6, 8) else None
