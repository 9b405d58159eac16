"""Facts: what may come in from outside, what a missing key means, and what is said of what cannot be read."""

from typing import Any

import pytest

from pressedesk.regulation import vocabulary
from pressedesk.regulation.facts import FIELDS, Facts, FactsError
from pressedesk.regulation.vocabulary import NO, SOURCES, UNKNOWN, YES, Code, Known, Level, in_order

DEFAULTS = {
    "asks": [],
    "form": "press",
    "level": None,
    "principled": False,
    "addressed": None,
    "capacities": ["official"],
    "own_field": None,
    "agreement": "none",
    "personnel": None,
    "client_case": None,
    "waiver": "none",
    "case_public": False,
    "subject": None,
    "letter_error": False,
    "letter_political": False,
    "letter_author": None,
    "crisis": False,
    "crisis_released": False,
    "political_process": False,
    "accusation": False,
    "important": False,
    "children_images": False,
    "in_doubt": False,
    "unavailable": [],
    "deputised": [],
}


def test_an_empty_record_means_the_defaults() -> None:
    """A missing key means its default, key by key and in the order of the contract."""
    assert Facts.from_json({}).to_json() == DEFAULTS
    assert list(Facts().to_json()) == list(DEFAULTS) == list(FIELDS)


@pytest.mark.parametrize("name", FIELDS)
def test_every_value_goes_in_and_comes_out(name: str) -> None:
    """Each value of each fact is read and written as it stands in the contract."""
    fact = FIELDS[name]
    values: list[Any] = [each.value for each in fact.codes] if fact.codes else [True, False]
    values = [[value] for value in values] + [[]] if fact.many else values
    values += [None] if fact.null else []
    assert [Facts.from_json({name: value}).to_json()[name] for value in values] == values


def test_lists_are_sets() -> None:
    """Order and repetition in a list say nothing, whether it comes as JSON or from other code."""
    assert Facts.from_json({"asks": ["images", "facts", "images"]}).to_json()["asks"] == ["facts", "images"]
    from_code: Any = ("radmann", "radmann")
    assert Facts(unavailable=from_code) == Facts.from_json({"unavailable": ["radmann"]})


@pytest.mark.parametrize(
    ("record", "key", "nearest", "message"),
    [
        ({"leveel": "unit"}, "leveel", "level", "Nøkkelen «leveel» er ukjent."),
        ({"level": "unitt"}, "level", "unit", "«level» kan ikke være «unitt»."),
        ({"level": "Unit"}, "level", "unit", "«level» kan ikke være «Unit»."),
        ({"level": ["unit"]}, "level", None, "«level» kan ikke være en liste."),
        ({"form": None}, "form", None, "«form» kan ikke være null."),
        ({"form": {}}, "form", None, "«form» kan ikke være et objekt."),
        ({"agreement": None}, "agreement", None, "«agreement» kan ikke være null."),
        ({"asks": None}, "asks", None, "«asks» skal være en liste, ikke null."),
        ({"asks": "facts"}, "asks", "facts", "«asks» skal være en liste, ikke «facts»."),
        ({"asks": ["fact"]}, "asks", "facts", "«asks» kan ikke være «fact»."),
        ({"asks": [["facts"]]}, "asks", None, "«asks» kan ikke være en liste."),
        ({"unavailable": None}, "unavailable", None, "«unavailable» skal være en liste, ikke null."),
        ({"addressed": "rådmann"}, "addressed", "radmann", "«addressed» kan ikke være «rådmann»."),
        ({"crisis": 1}, "crisis", "true", "«crisis» kan ikke være tallet 1."),
        ({"crisis": 0}, "crisis", "false", "«crisis» kan ikke være tallet 0."),
        ({"crisis": None}, "crisis", None, "«crisis» kan ikke være null."),
        ({"crisis": "true"}, "crisis", "true", "«crisis» kan ikke være «true»."),
        ({"personnel": "ja"}, "personnel", "true", "«personnel» kan ikke være «ja»."),
        ({"personnel": 0}, "personnel", "false", "«personnel» kan ikke være tallet 0."),
        ({"level": 1.5}, "level", None, "«level» kan ikke være tallet 1.5."),
        ({"level": True}, "level", None, "«level» kan ikke være true."),
        ({"level": False}, "level", None, "«level» kan ikke være false."),
        ({"level": "x" * 99}, "level", None, f"«level» kan ikke være «{'x' * 39}…»."),
        ({"level": "én\nto"}, "level", None, "«level» kan ikke være «én to»."),
    ],
    ids=str,
)
def test_what_cannot_be_read_is_named(record: dict[str, Any], key: str, nearest: str | None, message: str) -> None:
    """The error names the key, what may stand there, and what was perhaps meant, in one Norwegian line."""
    with pytest.raises(FactsError) as caught:
        Facts.from_json(record)
    error = caught.value
    assert (error.key, error.nearest) == (key, nearest)
    assert str(error).startswith(message)
    assert "\n" not in str(error)
    assert f"Lovlig: {', '.join(error.allowed)}." in str(error)
    assert error.allowed
    assert (f"Mente du «{nearest}»?" in str(error)) is (nearest is not None)


def test_what_may_stand_there_is_told_in_full() -> None:
    """Null is named where it may stand, and only there."""
    assert FIELDS["level"].allowed == (*(level.value for level in Level), "null")
    assert FIELDS["personnel"].allowed == ("true", "false", "null")
    assert FIELDS["crisis"].allowed == ("true", "false")
    assert FIELDS["asks"].allowed == ("facts", "assessment", "political", "documents", "images")


def test_a_record_is_an_object() -> None:
    """A list is no record of facts."""
    record: Any = []
    with pytest.raises(FactsError, match="ett JSON-objekt") as caught:
        Facts.from_json(record)
    assert caught.value.key is None


def test_dont_know_has_no_truth_value() -> None:
    """«Vet ikke» never passes for no, nor no for yes: whoever forgets to say which is stopped."""
    assert [Known(value) for value in (True, False, None)] == [YES, NO, UNKNOWN]
    for known in Known:
        with pytest.raises(TypeError, match="three values"):
            bool(known)


def test_every_fact_is_asked_in_words() -> None:
    """Each fact has a question and somebody who usually knows it."""
    assert [name for name, fact in FIELDS.items() if not fact.question.endswith("?") or not fact.who_knows] == []


CODES = [each for each in vars(vocabulary).values() if isinstance(each, type) and issubclass(each, Code) and len(each)]


@pytest.mark.parametrize("codes", CODES, ids=lambda each: each.__name__)
def test_every_code_has_its_words(codes: type[Code]) -> None:
    """Each code has its own label in Norwegian, and lists keep the order of the vocabulary."""
    labels = [code.label for code in codes]
    assert "" not in labels
    assert len(set(labels)) == len(labels)
    assert in_order(reversed([*codes, *codes])) == list(codes)


def test_no_code_names_what_nobody_may_record() -> None:
    """There is no value for a source, a critic or a whistle-blower, nor for disloyalty."""
    words = [code.value for codes in CODES for code in codes] + list(FIELDS) + list(SOURCES)
    never = ("kritik", "critic", "illoyal", "kilde", "whistle", "varsler")
    assert [word for word in words if any(each in word for each in never)] == []
