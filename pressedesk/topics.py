"""Proposes the unit a question belongs to, from topic words, while it is typed. Pure. A person decides.

A topic is a word or phrase in its base form («lekkasje», «offentlig bad»), in bokmål or nynorsk, and is found in any
inflection and in compounds: «vannlekkasjen» is about *lekkasje* (its last part) and, less so, about *vann* (its first).
Short words are found whole, never inside others: «nav» is not in «navn», nor «is» in «politisk».
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from pressedesk.formats import clean_line

WHOLE, LAST_PART, FIRST_PART = 1.0, 0.75, 0.4  # what a match is worth: the last part of a compound says what it is
SHORTEST_FIRST_PART, SHORTEST_REST = 4, 3  # letters
LONGEST_PHRASE = 6  # words
SHORTEST_TELLING, SHORTEST_PART = 3, 5  # letters of a word that tells one story from another
DOUBT_SHARE = 0.75  # a second unit this close to the first makes the proposal doubtful


@dataclass(frozen=True)
class Topic:
    """A word or phrase that belongs to a unit; `weight` is 1 unless experience says otherwise."""

    unit_id: int
    phrase: str
    weight: float = 1.0


@dataclass(frozen=True)
class Proposal:
    """A unit, the words of the text that speak for it as they were typed, and how strongly (higher is better)."""

    unit_id: int
    words: tuple[str, ...]
    score: float


@dataclass(frozen=True)
class _Match:
    topic: Topic
    halves: frozenset[int]  # word n of the text has the halves 2n and 2n + 1: the first and last part of a compound
    score: float


@dataclass(frozen=True)
class _Index:
    """Topics by the forms under which they are found, so that no word is compared with every topic."""

    whole: dict[str, list[tuple[Topic, list[str]]]]  # by each form of the first word
    first: dict[str, list[Topic]]  # words that may begin a compound
    last: dict[str, list[Topic]]  # forms that may end one


def propose(text: str, topics: Sequence[Topic]) -> list[Proposal]:
    """The units that the text speaks for, best first; equal scores stay in the order of the units' ids.

    A topic counts once for its unit, and so does each part of a word, however often they come."""
    shown = _WORD.findall(clean_line(text))
    by_unit: defaultdict[int, list[_Match]] = defaultdict(list)
    for match in _matches([word.casefold() for word in shown], _index(topics)):
        by_unit[match.topic.unit_id].append(match)
    proposals = [_add_up(unit_id, matches, shown) for unit_id, matches in by_unit.items()]
    return sorted(proposals, key=lambda proposal: (-proposal.score, proposal.unit_id))


def in_doubt(proposals: Sequence[Proposal]) -> bool:
    """True when a second unit is nearly as likely as the first."""
    return len(proposals) > 1 and proposals[1].score >= DOUBT_SHARE * proposals[0].score


def shared_words(one: str, other: str) -> tuple[str, ...]:
    """The words of `one` that stand in `other` too, in any inflection or as a part of a compound; each once, and none
    of those that stand in every question."""
    there = {form for word in _telling(other) for form in _forms(word)}
    found: list[str] = []
    counted: set[str] = set()
    for word in _telling(one):
        forms = _forms(word)
        is_there = forms & there or any(_is_part(form, of) for form in forms for of in there)
        if is_there and not forms & counted:
            found.append(word)
            counted |= forms
    return tuple(found)


def _telling(text: str) -> list[str]:
    words = (word.casefold() for word in _WORD.findall(clean_line(text)))
    return [word for word in words if len(word) >= SHORTEST_TELLING and word not in _EVERYWHERE]


def _is_part(one: str, other: str) -> bool:
    """Whether one of two words is the first or the last part of the other: «vannlekkasje» and «lekkasje»."""
    part, whole = sorted((one, other), key=len)
    fits = len(part) >= SHORTEST_PART and len(whole) - len(part) >= SHORTEST_REST
    return fits and (whole.startswith(part) or whole.endswith(part))


def _add_up(unit_id: int, matches: list[_Match], shown: list[str]) -> Proposal:
    used: set[int] = set()
    counted: set[str] = set()
    score = 0.0
    for match in sorted(matches, key=lambda match: (-match.score, min(match.halves))):
        if match.topic.phrase not in counted and used.isdisjoint(match.halves):
            counted.add(match.topic.phrase)
            used |= match.halves
            score += match.score
    words = dict.fromkeys(shown[half // 2] for half in sorted(used))
    return Proposal(unit_id, tuple(words), round(score, 3))


def _index(topics: Sequence[Topic]) -> _Index:
    index = _Index(defaultdict(list), defaultdict(list), defaultdict(list))
    for topic in topics:
        parts = _WORD.findall(clean_line(topic.phrase).casefold())
        for form in _forms(parts[0]) if parts else ():
            index.whole[form].append((topic, parts))
            if len(parts) == 1:
                index.last[form].append(topic)
        if len(parts) == 1 and len(parts[0]) >= SHORTEST_FIRST_PART:
            index.first[parts[0]].append(topic)
    return index


def _matches(words: list[str], index: _Index) -> Iterator[_Match]:
    first_lengths, last_lengths = {len(word) for word in index.first}, {len(form) for form in index.last}
    seen: set[str] = set()
    for at, word in enumerate(words):
        forms = _forms(word)
        yield from _whole(words[at : at + LONGEST_PHRASE], at, forms, index)
        if word in seen:
            continue
        seen.add(word)
        for ending in {form[-n:] for form in forms for n in last_lengths if _can_end(len(form), n)}:
            yield from (_Match(t, frozenset({2 * at + 1}), t.weight * LAST_PART) for t in index.last.get(ending, ()))
        for beginning in {word[:n] for n in first_lengths if len(word) >= n + SHORTEST_REST}:
            yield from (_Match(t, frozenset({2 * at}), t.weight * FIRST_PART) for t in index.first.get(beginning, ()))


def _whole(words: list[str], at: int, forms: frozenset[str], index: _Index) -> Iterator[_Match]:
    """The topics that stand here in full, in any inflection of their words."""
    for topic, parts in (found for form in forms for found in index.whole.get(form, ())):
        if len(parts) <= len(words) and all(_forms(p) & _forms(word) for p, word in zip(parts, words, strict=False)):
            yield _Match(topic, frozenset(range(2 * at, 2 * (at + len(parts)))), topic.weight * WHOLE * len(parts))


def _can_end(whole: int, part: int) -> bool:
    """A short last part needs a longer first one: «tannlege» ends in «lege», «kollege» does not."""
    return part >= 3 and whole - part >= (SHORTEST_REST + 1 if part <= 4 else SHORTEST_REST)


_IN_EVERY_QUESTION = """
    alle alt andre at av bare ble bli blir bør da de deg dem den denne der deres det dette dere disse du eller enn er et
    etter får fikk finnes flere for fordi forhold fra før gir gjelder gjør gjøre gjort går ha hadde han har helt her hun
    hva hvem hvilke hvilken hvilket hvis hvor hvordan hvorfor ikke ingen inn jeg kan kom kommer kommune kommunen
    kommunens kunne man mange med meg mellom men mer mener mens mot mye må måtte når nå også om opp oss over på samme
    seg selv siden sier sin sine skal skjer skjedd skulle slik som spørsmål svar så til under ut uten var ved vi vil
    ville vår være vært
    eg ein ei eit dei dykk ho honom korleis kvar kva kven kvifor ikkje nokon noko noen noe meir vere vore
"""
_EVERYWHERE = frozenset(_IN_EVERY_QUESTION.split())
_WORD = re.compile(r"[^\W_]+")
_ENDINGS = ("enes", "anes", "ene", "ane", "ens", "ets", "en", "et", "er", "ar", "es", "as", "nes", "ne", "a", "e", "s")


@lru_cache(maxsize=4096)
def _forms(word: str) -> frozenset[str]:
    """The word itself and what is left of it without a Norwegian inflection; at least three letters."""
    forms = {word}
    for ending in _ENDINGS:
        stem = word.removesuffix(ending)
        if stem != word and len(stem) >= 3:
            forms.add(stem.removesuffix("m") if stem.endswith("mm") else stem)
    return frozenset(forms)
