"""Facts from a stream: one JSON object, also over several lines, or one object a line (JSON Lines). UTF-8. Pure."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import NoReturn

from pressedesk.regulation.facts import Facts, FactsError
from pressedesk.regulation.vocabulary import N_

BOM = b"\xef\xbb\xbf"


class BadLine(ValueError):
    """A line that is no record of facts. `line` counts from 1; `str()` is one Norwegian line for whoever wrote it."""

    def __init__(self, line: int, message: str):
        self.line = line
        super().__init__(N_("Linje {line}: {message}").format(line=line, message=message))


def why(error: OSError) -> str:
    """Why a file cannot be read, in Norwegian."""
    match error:
        case FileNotFoundError():
            return N_("filen finnes ikke.")
        case IsADirectoryError():
            return N_("det er en mappe, ikke en fil.")
        case PermissionError():
            return N_("du har ikke tilgang til filen.")
        case _:
            return N_("feil {number} fra operativsystemet.").format(number=error.errno)


def read(lines: Iterable[bytes]) -> Iterator[Facts]:
    """The facts of each record, as soon as it is read. Raises BadLine at the first that cannot be read.

    Only the first record may stretch over several lines: after it, a line is a record.
    """
    numbered = _without_empty(lines)
    for number, text in numbered:
        yield _facts(number, _whole_object(number, text, numbered))
        break
    for number, text in numbered:
        yield _facts(number, text)


def _without_empty(lines: Iterable[bytes]) -> Iterator[tuple[int, str]]:
    for number, raw in enumerate(lines, start=1):
        try:
            text = raw.removeprefix(BOM if number == 1 else b"").decode()
        except UnicodeDecodeError:
            raise BadLine(number, N_("Teksten er ikke UTF-8.")) from None
        if text.strip():
            yield number, text


def _whole_object(first: int, text: str, lines: Iterator[tuple[int, str]]) -> str:
    """`text` and the lines up to where the object that it opens is closed."""
    depth = _depth(text)
    while depth > 0 and (following := next(lines, None)):
        number, line = following
        if _is_object(line):
            raise BadLine(first, N_("Dette er ikke gyldig JSON: objektet er ikke avsluttet."))
        depth += _depth(line)
        text += "\n" * (number - first - text.count("\n")) + line
    return text


def _depth(text: str) -> int:
    """How many more brackets the text opens than it closes, strings apart."""
    depth, inside, escaped = 0, False, False
    for char in text:
        if inside:
            inside, escaped = char != '"' or escaped, char == "\\" and not escaped
        elif char == '"':
            inside = True
        else:
            depth += (char in "{[") - (char in "}]")
    return depth


def _is_object(text: str) -> bool:
    try:
        return isinstance(json.loads(text), dict)
    except (ValueError, RecursionError):
        return False


def _facts(number: int, text: str) -> Facts:
    try:
        return Facts.from_json(json.loads(text.rstrip(), object_pairs_hook=_once_each, parse_constant=_no_constant))
    except FactsError as error:
        before = text.partition(json.dumps(error.key, ensure_ascii=False))[0] if error.key else ""
        raise BadLine(number + before.count("\n"), str(error)) from None
    except json.JSONDecodeError as error:
        message = N_("Dette er ikke gyldig JSON, ved tegn {column}.").format(column=error.colno)
        raise BadLine(number + error.lineno - 1, message) from None
    except (ValueError, RecursionError):
        raise BadLine(number, N_("Dette er ikke gyldig JSON.")) from None


def _once_each(pairs: list[tuple[str, object]]) -> dict[str, object]:
    record: dict[str, object] = {}
    for key, value in pairs:
        if key in record:
            raise FactsError(key, N_("Nøkkelen «{key}» står to ganger. Skriv den én gang.").format(key=key))
        record[key] = value
    return record


def _no_constant(name: str) -> NoReturn:
    raise FactsError(None, N_("{name} er ikke et tall i JSON.").format(name=name))
