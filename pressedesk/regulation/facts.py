"""Facts: what is known of one inquiry. Each field's question, domain, default and meaning of null; JSON in and out.

Pure. `Facts.from_json` is the one gate for what comes from outside: it raises `FactsError`, in bokmål.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Self

from pressedesk.regulation.vocabulary import (
    N_,
    NO,
    UNKNOWN,
    AgreementKind,
    Ask,
    Capacity,
    Code,
    Form,
    Known,
    Level,
    Role,
    Waiver,
    in_order,
)


@dataclass(frozen=True)
class Facts:
    """One record per inquiry. An untouched field means its default. Lists are sets."""

    asks: frozenset[Ask] = frozenset()
    form: Form = Form.PRESS
    level: Level | None = None
    principled: Known = NO
    addressed: Role | None = None
    capacities: frozenset[Capacity] | None = frozenset({Capacity.OFFICIAL})
    own_field: Known = UNKNOWN
    agreement: AgreementKind = AgreementKind.NONE
    personnel: Known = UNKNOWN
    client_case: Known = UNKNOWN
    waiver: Waiver = Waiver.NONE
    case_public: bool = False
    subject: Role | None = None
    letter_error: bool = False
    letter_political: bool = False
    letter_author: Role | None = None
    crisis: bool = False
    crisis_released: bool = False
    political_process: bool = False
    accusation: bool = False
    important: bool = False
    children_images: bool = False
    in_doubt: bool = False
    unavailable: frozenset[Role] = frozenset()
    deputised: frozenset[Role] = frozenset()

    def __post_init__(self) -> None:
        for name in LISTS:
            given = getattr(self, name)
            if given is not None and type(given) is not frozenset:
                object.__setattr__(self, name, frozenset(given))

    def but(self, **changes: Any) -> Self:
        """These facts with some changed: a faster `dataclasses.replace`, for values that are valid already."""
        other = object.__new__(type(self))
        other.__dict__.update(self.__dict__, **changes)
        return other

    @classmethod
    def from_json(cls, record: Mapping[str, object]) -> Self:
        """The facts of one JSON object, a missing key meaning its default. Raises FactsError at the first fault."""
        if not isinstance(record, Mapping):
            raise FactsError(None, N_('Opplysningene skal være ett JSON-objekt, slik: {"level": "unit"}.'))
        given: dict[str, Any] = {}
        for key, value in record.items():
            if key not in FIELDS:
                raise _unknown_key(key)
            given[key] = FIELDS[key].read(value)
        return cls(**given)

    def to_json(self) -> dict[str, Any]:
        """Every fact, in the order of the contract, as JSON holds it."""
        return {name: _json(getattr(self, name)) for name in FIELDS}


def _json(value: object) -> object:
    match value:
        case Known():
            return value.value
        case Code():
            return value.value
        case frozenset():
            return [code.value for code in in_order(value)]
        case _:
            return value


class FactsError(ValueError):
    """A fact that cannot be read. `str()` is one Norwegian sentence for whoever wrote it.

    `key` is the fact (None: the record itself), `allowed` what may stand there, `nearest` what was perhaps meant.
    """

    def __init__(self, key: str | None, message: str, allowed: Iterable[str] = (), nearest: str | None = None):
        self.key, self.allowed, self.nearest = key, tuple(allowed), nearest
        told = message
        if self.allowed:
            told += " " + N_("Lovlig: {allowed}.").format(allowed=", ".join(self.allowed))
        if nearest:
            told += " " + N_("Mente du «{nearest}»?").format(nearest=nearest)
        super().__init__(told)


def nearest_to(given: object, allowed: Iterable[str]) -> str | None:
    """What was perhaps meant, among what is allowed."""
    words = tuple(allowed)
    if "true" in words and str(given).lower() in LIKE_BOOLEANS:
        return LIKE_BOOLEANS[str(given).lower()]
    if isinstance(given, str):
        return next(iter(difflib.get_close_matches(given.lower(), words, n=1, cutoff=0.5)), None)
    return None


LIKE_BOOLEANS = {"1": "true", "0": "false", "ja": "true", "nei": "false", "true": "true", "false": "false"}


def _unknown_key(key: object) -> FactsError:
    return FactsError(
        str(key), N_("Nøkkelen «{key}» er ukjent.").format(key=_short(key)), tuple(FIELDS), nearest_to(key, FIELDS)
    )


def _short(value: object) -> str:
    """A given value on one line, cut where it gets long."""
    line = " ".join(str(value).split())
    told = "".join(each if each.isprintable() else each.encode("unicode_escape").decode() for each in line)
    return told if len(told) <= 40 else told[:39] + "…"


@dataclass(frozen=True)
class Field:
    """One fact: how it is asked, who usually knows it, what may stand there, what null means («vet ikke», «ingen»)."""

    name: str
    question: str
    who_knows: tuple[str, ...]
    codes: type[Code] | None = None
    many: bool = False
    null: str | None = None
    hint: str = ""

    @property
    def allowed(self) -> tuple[str, ...]:
        """What JSON may hold here, as it is written there."""
        own = tuple(self.codes) if self.codes else ("true", "false")
        return (*own, "null") if self.null else own

    def read(self, value: object) -> object:
        """A JSON value as the fact. Raises FactsError."""
        if value is None and self.null:
            return UNKNOWN if self.codes is None else None
        if self.codes:
            return self._read_list(self.codes, value) if self.many else self._read_code(self.codes, value)
        if not isinstance(value, bool):
            raise self._wrong(value)
        return Known(value) if self.null else value

    def _read_list(self, codes: type[Code], value: object) -> object:
        if not isinstance(value, list | tuple):
            raise FactsError(
                self.name,
                N_("«{key}» skal være en liste, ikke {given}.").format(key=self.name, given=_told(value)),
                self.allowed,
                nearest_to(value, codes),
            )
        return frozenset(self._read_code(codes, item) for item in value)

    def _read_code(self, codes: type[Code], value: object) -> Code:
        for code in codes:
            if isinstance(value, str) and code.value == value:
                return code
        raise self._wrong(value)

    def _wrong(self, value: object) -> FactsError:
        message = N_("«{key}» kan ikke være {given}.").format(key=self.name, given=_told(value))
        return FactsError(self.name, message, self.allowed, nearest_to(value, self.allowed))


def _told(value: object) -> str:
    """A JSON value as a person would name it."""
    match value:
        case None:
            return "null"
        case bool():
            return "true" if value else "false"
        case int() | float():
            return N_("tallet {number}").format(number=_short(value))
        case str():
            return f"«{_short(value)}»"
        case list() | tuple():
            return N_("en liste")
        case _:
            return N_("et objekt")


SWITCHBOARD, OWNER, KIS, CRISIS_LEADERSHIP, ORGANISATION = "sentralbord", "eier", "kis", "kriseledelse", "organisasjon"
"""Who usually knows a fact. `organisasjon`: nobody is asked, it is derived."""
DONT_KNOW, NOBODY = "vet ikke", "ingen"

FIELDS: dict[str, Field] = {
    fact.name: fact
    for fact in (
        Field("asks", N_("Hva vil journalisten ha?"), (SWITCHBOARD,), Ask, many=True),
        Field("form", N_("Hvordan kom spørsmålet?"), (SWITCHBOARD, KIS), Form, hint=N_("Er det et leserbrev?")),
        Field("level", N_("Hvor hører saken hjemme?"), (SWITCHBOARD, KIS), Level, null=DONT_KNOW),
        Field(
            "principled",
            N_("Gjelder det hva kommunen skal gjøre framover, ikke bare denne saken?"),
            (OWNER,),
            null=DONT_KNOW,
        ),
        Field("addressed", N_("Hvem ba journalisten om?"), (SWITCHBOARD,), Role, null=NOBODY),
        Field("capacities", N_("Som hva skal vedkommende svare?"), (SWITCHBOARD,), Capacity, many=True, null=DONT_KNOW),
        Field("own_field", N_("Hører spørsmålet til den ansattes eget fagfelt?"), (OWNER,), null=DONT_KNOW),
        Field("agreement", N_("Har den ansatte avtalt å gi vurderinger?"), (ORGANISATION,), AgreementKind),
        Field(
            "personnel",
            N_("Gjelder det en enkelt ansatts arbeidsforhold?"),
            (SWITCHBOARD, OWNER),
            null=DONT_KNOW,
            hint=N_("Skriv ikke navn."),
        ),
        Field(
            "client_case",
            N_("Gjelder det saken til en bruker, elev eller pasient?"),
            (SWITCHBOARD, OWNER),
            null=DONT_KNOW,
            hint=N_("Skriv ikke navn."),
        ),
        Field("waiver", N_("Har personen fritatt kommunen fra taushetsplikten?"), (OWNER,), Waiver),
        Field("case_public", N_("Er dokumentene i saken åpne for alle fra før?"), (OWNER,)),
        Field("subject", N_("Gjelder det lederen selv? Hvilken leder?"), (SWITCHBOARD, OWNER), Role, null=NOBODY),
        Field("letter_error", N_("Er noe faktisk feil?"), (KIS,)),
        Field("letter_political", N_("Er leserbrevet politisk?"), (KIS,)),
        Field("letter_author", N_("Hvem skal skrive kommunens svar?"), (KIS,), Role, null=NOBODY),
        Field("crisis", N_("Er kriseledelsen satt?"), (CRISIS_LEADERSHIP,)),
        Field(
            "crisis_released",
            N_("Skal denne besvares på vanlig måte, utenom kriseledelsen?"),
            (CRISIS_LEADERSHIP,),
        ),
        Field("political_process", N_("Skal politikerne behandle saken nå?"), (OWNER, KIS)),
        Field(
            "accusation", N_("Skal noen få svare på alvorlig kritikk?"), (SWITCHBOARD, KIS), hint=N_("Da haster det.")
        ),
        Field("important", N_("Er det en viktig sak eller en alvorlig hendelse?"), (OWNER, KIS)),
        Field("children_images", N_("Kan barn, brukere eller pasienter kjennes igjen på bildene?"), (OWNER,)),
        Field("in_doubt", N_("Er du i tvil om du bør svare?"), (OWNER,)),
        Field("unavailable", N_("Hvilke stillinger er ingen å få tak i?"), (ORGANISATION,), Role, many=True),
        Field("deputised", N_("Hvilke stillinger har en stedfortreder nå?"), (ORGANISATION,), Role, many=True),
    )
}
"""Every fact in the order of the contract."""

OPEN_FACTS = ("level", "principled", "own_field", "personnel", "client_case")
"""The facts for which «vet ikke» means: the widest owner, and only what every answer would permit."""


LISTS = tuple(name for name, fact in FIELDS.items() if fact.many)
