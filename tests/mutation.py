"""Mutation of the regulation: `python -m tests.mutation [RULE …]`. Run by command, not in CI; it takes minutes.

Each mutant is the source of `rules.py` or `law.py` with one thing changed: a condition turned, dropped or weakened, a
constant swapped for its neighbour, a set for another, a finding left out, or an element of a table or list left out or
swapped. A mutant that the tests of the regulation do not notice survives; it must stand in `EXPLAINED`. Prints the
score of each rule and table; a rule without mutants, or an unexplained survivor, is an error (exit code 1).
"""

from __future__ import annotations

import ast
import copy
import importlib
import importlib.util
import inspect
import os
import resource
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

import hypothesis  # noqa: F401  loaded here once, and not in each child
import pytest

from pressedesk.regulation import vocabulary

SOURCES = {"pressedesk.regulation.law": "law.py", "pressedesk.rules": "rules.py"}
CASES = ("test_points", "test_tables", "test_ambiguities")
TESTS = (
    "tests/regulation/test_tables.py",
    "tests/regulation/test_ambiguities.py",
    "tests/regulation/test_proof.py",
)
SECONDS = 40  # of the processor; a mutant that runs longer has lost its way out of a loop
MEMORY = 2**31
TURNED = {
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.LtE: ast.Lt,
}
SETS = {
    "FAKTA": "VURDERINGER",
    "VURDERINGER": "FAKTA",
    "UTTALELSER": "FAKTA",
    "ALT_OM_SAKEN": "UTTALELSER",
    "LINJESVAR": "BREVSVAR",
    "POLITISK_SVAR": "BREVSVAR",
    "BREVSVAR": "LINJESVAR",
    "POLITISK": "FAKTA",
    "LESERBREV": "FAKTA",
    "GENERELT": "FAKTA",
    "INGEN_UTSAGN": "FAKTA",
    "SUBSTANCE": "INGEN_UTSAGN",
    "RADMANN": "ORDFORER",
    "KOMMUNALSJEF": "RADMANN",
    "ORDFORER": "RADMANN",
    "LEDERE": "RADMANN",
    "ANSATT": "RADMANN",
    "KRISELEDELSE": "RADMANN",
    "ADMINISTRATION": "MUNICIPAL",
    "MUNICIPAL": "ADMINISTRATION",
    "EVERYBODY": "MUNICIPAL",
    "YES": "NO",
    "NO": "UNKNOWN",
    "UNKNOWN": "YES",
}
"""Names that stand for a set or an answer, and what they are swapped for."""

NOT_LAW = {"VERSION", "POINTS", "OTHER_SOURCES", "REGULATION", "SOURCES_OF_LAW"}
"""Names at the foot of the modules that hold the parts together and decide nothing."""

ITSELF = "an office in its own line changes nothing: the line is read only when the office itself is away"
NEVER_BOTH = "the two never speak of the same strand, so their order is for the reader"
ALSO_ELSEWHERE = "the official strand hears it as well, before any gate that could close there"
EXPLAINED: dict[str, str] = {
    "STANDS_IN: Role.VIRKSOMHETSLEDER → (Role.VIRKSOMHETSLEDER, Role.KOMMUNALSJEF, Role.RADMANN)": ITSELF,
    "STANDS_IN: Role.KOMMUNALSJEF → (Role.KOMMUNALSJEF, Role.RADMANN)": ITSELF,
    "STANDS_IN: Role.RADMANN → (Role.RADMANN,)": ITSELF,
    "STANDS_IN: Role.VARAORDFORER → (Role.VARAORDFORER,)": ITSELF,
    "GATES: swap privatperson and roller_holdes_adskilt": ALSO_ELSEWHERE,
    "GATES: swap roller_holdes_adskilt and tillitsvalgt": ALSO_ELSEWHERE,
    "GATES: swap andre_folkevalgte and alle_kan_vise_videre": ALSO_ELSEWHERE,
    "WHO: swap egen_konto and politisk_leserbrev": NEVER_BOTH,
    "WHO: swap politisk_leserbrev and politisk_sporsmal": NEVER_BOTH,
    "WHO: swap utenfor_kommunen and ansatt_eget_fagfelt": NEVER_BOTH,
    "WHO: swap leder_egen_virksomhet and kommunalsjef_eget_omrade": NEVER_BOTH,
}
"""Survivors that cannot be told from the original by anybody, and why."""


@dataclass(frozen=True)
class Mutant:
    """One changed source: where, what was done, and the tree."""

    module: str
    where: str
    what: str
    tree: ast.Module

    @property
    def name(self) -> str:
        return f"{self.where}: {self.what}"


def _unchanged() -> Iterator[Mutant]:
    """The rules as they are: what notices this notices anything."""
    for module in SOURCES:
        yield Mutant(module, "", "unchanged", _tree(module))


def _tree(module: str) -> ast.Module:
    spec = importlib.util.find_spec(module)
    assert spec is not None
    assert spec.origin is not None
    return ast.parse(Path(spec.origin).read_text(encoding="utf-8"))


def mutants() -> Iterator[Mutant]:
    """Every mutant of every rule and table."""
    for module in SOURCES:
        tree = _tree(module)
        for at, node in enumerate(tree.body):
            if isinstance(node, ast.FunctionDef):
                changes = _of_function(node)
                where = node.name
            elif isinstance(node, ast.Assign | ast.AnnAssign) and node.value:
                where = ast.unparse(node.target if isinstance(node, ast.AnnAssign) else node.targets[0])
                changes = _of_table(node, where)
            else:
                continue
            for what, changed in changes:
                other = copy.copy(tree)
                other.body = [*tree.body[:at], changed, *tree.body[at + 1 :]]
                yield Mutant(module, where, what, ast.fix_missing_locations(other))


def _of_function(function: ast.FunctionDef) -> Iterator[tuple[str, ast.stmt]]:
    """The function with one thing changed, its docstring and signature apart."""
    for at, node in enumerate(ast.walk(function)):
        if node is function or _is_annotation(function, node):
            continue
        for what, change in _changes(node):
            other = copy.deepcopy(function)
            target = list(ast.walk(other))[at]
            change(target)
            yield f"{getattr(node, 'lineno', 0) - function.lineno}:{getattr(node, 'col_offset', 0)} {what}", other


def _is_annotation(function: ast.FunctionDef, node: ast.AST) -> bool:
    parts = [each.annotation for each in function.args.args] + [function.returns]
    return any(node is each for part in parts if part for each in ast.walk(part))


def _changes(node: ast.AST) -> Iterator[tuple[str, Any]]:  # noqa: PLR0912
    """What can be done to one node: a name for it, and how."""
    match node:
        case ast.Compare(ops=[op]) if type(op) in TURNED:
            turned = TURNED[type(op)]
            yield f"turn {type(op).__name__}", lambda it: it.ops.__setitem__(0, turned())
        case ast.BoolOp(op=op, values=values):
            other = ast.Or if isinstance(op, ast.And) else ast.And
            yield f"{type(op).__name__} → {other.__name__}", lambda it: setattr(it, "op", other())
            for at in range(len(values)):
                yield f"drop operand {at}", lambda it, at=at: it.values.pop(at)
        case ast.UnaryOp(op=ast.Not()):
            yield "drop not", lambda it: setattr(it, "op", ast.UAdd())
        case ast.If() | ast.IfExp() | ast.While():
            if not isinstance(node, ast.While):
                yield "always", lambda it: setattr(it, "test", ast.Constant(True))
            yield "never", lambda it: setattr(it, "test", ast.Constant(False))
        case ast.Expr(value=ast.Yield() | ast.YieldFrom()):
            yield "say nothing", lambda it: setattr(it, "value", ast.Constant(None))
        case ast.Attribute(value=ast.Name(id=enum), attr=attr) if _members(enum):
            members = _members(enum)
            following = members[(members.index(attr) + 1) % len(members)]
            yield f"{enum}.{attr} → {following}", lambda it: setattr(it, "attr", following)
        case ast.Name(id=name) if name in SETS:
            yield f"{name} → {SETS[name]}", lambda it: setattr(it, "id", SETS[name])
        case ast.BinOp(op=ast.BitOr(), left=left, right=right):
            yield "drop left set", lambda it: setattr(it, "left", copy.deepcopy(right))
            yield "drop right set", lambda it: setattr(it, "right", copy.deepcopy(left))
        case ast.Set(elts=elements) | ast.Tuple(elts=elements, ctx=ast.Load()) if _is_data(node):
            for at in range(len(elements)):
                yield f"drop element {at}", lambda it, at=at: it.elts.pop(at)
        case ast.Constant(value=bool(value)):
            yield f"{value} → {not value}", lambda it: setattr(it, "value", not value)


def _members(enum: str) -> list[str]:
    """The names of the members of one of our vocabularies."""
    return list(getattr(getattr(vocabulary, enum, None), "__members__", ()))


def _is_data(node: ast.Set | ast.Tuple) -> bool:
    """A set or tuple of roles, kinds or levels; not the three things a rule yields."""
    return len(node.elts) > 1 and not any(isinstance(each, ast.Call) for each in node.elts)


def _of_table(node: ast.Assign | ast.AnnAssign, where: str) -> Iterator[tuple[str, ast.stmt]]:
    """A table or list with one element left out, or two swapped."""
    if where in NOT_LAW or where.isdigit():
        return
    value = node.value
    if isinstance(value, ast.Dict):
        for at, key in enumerate(value.keys):
            assert key is not None
            other = copy.deepcopy(node)
            assert isinstance(other.value, ast.Dict)
            del other.value.keys[at], other.value.values[at]
            yield f"drop {ast.unparse(key)}", other
            if ast.unparse(value.values[at]) != ast.unparse(value.values[at - 1]):
                other = copy.deepcopy(node)
                assert isinstance(other.value, ast.Dict)
                other.value.values[at] = copy.deepcopy(value.values[at - 1])
                yield f"{ast.unparse(key)} → {ast.unparse(value.values[at - 1])}", other
        for at, inner in enumerate(ast.walk(node)):
            if isinstance(inner, ast.Set | ast.Tuple) and _is_data(inner) and inner.lineno > node.lineno:
                for which, element in enumerate(inner.elts):
                    other = copy.deepcopy(node)
                    target = list(ast.walk(other))[at]
                    assert isinstance(target, ast.Set | ast.Tuple)
                    target.elts.pop(which)
                    yield f"drop {ast.unparse(element)} ({inner.lineno - node.lineno})", other
    elif isinstance(value, ast.Tuple):
        names = [ast.unparse(each) for each in value.elts]
        for at, name in enumerate(names):
            other = copy.deepcopy(node)
            assert isinstance(other.value, ast.Tuple)
            other.value.elts.pop(at)
            yield f"drop {name}", other
        for first, second in _competing(names):
            other = copy.deepcopy(node)
            assert isinstance(other.value, ast.Tuple)
            elements = other.value.elts
            elements[first], elements[second] = elements[second], elements[first]
            yield f"swap {names[first]} and {names[second]}", other
    elif isinstance(value, ast.BinOp):
        for what, change in _changes(value):
            other = copy.deepcopy(node)
            change(other.value)
            yield what, other


def _competing(names: list[str]) -> Iterator[tuple[int, int]]:
    """Neighbours in a list that decide the same thing: the first who owns, the first who treats, what a gate closes."""
    decide = {name: _decides(name) for name in names}
    for first in range(len(names)):
        for second in range(first + 1, len(names)):
            both = decide[names[first]] & decide[names[second]]
            either = decide[names[first]] | decide[names[second]]
            if both - {"gate"} or (both and either & {"Owns(", "PassesOn("}):
                yield first, second
                break


def _decides(name: str) -> set[str]:
    """Which of the first-come effects a rule has, by its text."""
    rules = importlib.import_module("pressedesk.rules")
    says = getattr(rules, name, None)
    if not callable(says) or name not in {each.__name__ for each in rules.REGULATION.rules}:
        return set()
    text = inspect.getsource(says)
    found = {effect for effect in ("Owns(", "Treats(", "PassesOn(") if effect in text}
    return found | ({"gate"} if says in rules.GATES else set())


def survives(mutant: Mutant) -> bool:
    """Whether the tests of the regulation fail to notice the mutant. Runs in a child of its own."""
    child = os.fork()
    if child == 0:
        os.setsid()
        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        silence = os.open(os.devnull, os.O_WRONLY)
        os.dup2(silence, 1)
        os.dup2(silence, 2)
        os._exit(_noticed(mutant))
    _, status = os.waitpid(child, 0)
    return os.WIFEXITED(status) and os.WEXITSTATUS(status) == 0


def _noticed(mutant: Mutant) -> int:
    """1 if a test fails: first the told cases and the house of the rule, without pytest around them, then the rest."""
    try:
        for name in [*SOURCES, "pressedesk.regulation.deciding", "pressedesk.regulation.weighing"]:
            sys.modules.pop(name, None)
        for name in [each for each in sys.modules if each.startswith(("tests.regulation", "tests.test_rules"))]:
            sys.modules.pop(name, None)
        _load(mutant)
        _told_cases()
        _house_of(mutant.where)
        chosen = ["--noconftest", "-W", "ignore", "-x", "-q", "-p", "no:cacheprovider", "-p", "no:playwright", *TESTS]
        return int(pytest.main(chosen) != 0)
    except BaseException:  # whatever it is, it was noticed
        return 1


def _told_cases() -> None:
    telling = importlib.import_module("tests.regulation.telling")
    for file in CASES:
        for listed in vars(importlib.import_module(f"tests.regulation.{file}")).values():
            told = listed.values() if isinstance(listed, dict) else [listed]
            for case in [each for cases in told if isinstance(cases, list) for each in cases]:
                if isinstance(case, telling.Case):
                    telling.hold(case)


def _house_of(where: str) -> None:
    """The house tests, of the mutated rule alone: the other rules are as they were."""
    house = importlib.import_module("tests.test_rules")
    house.test_every_rule_stands_once_in_the_order()
    for rule in house.RULES:
        if rule.name == where:
            house.test_force_is_as_strong_as_the_text(rule)
            house.test_no_idle_parameter(rule)
            house.test_unknown_is_told_from_no_or_says_why_not(rule)


def _load(mutant: Mutant) -> None:
    for name in SOURCES:
        if name == mutant.module:
            module = ModuleType(name)
            spec = importlib.util.find_spec(name)
            assert spec is not None
            module.__file__, module.__package__, module.__spec__ = spec.origin, name.rpartition(".")[0], spec
            sys.modules[name] = module
            package = importlib.import_module(module.__package__)
            setattr(package, name.rpartition(".")[2], module)
            exec(compile(mutant.tree, str(spec.origin), "exec"), module.__dict__)
        else:
            importlib.import_module(name)


def tell(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def main(chosen: list[str]) -> int:
    """Runs the chosen rules, or all; prints the scores; says whether all is well."""
    if not all(map(survives, _unchanged())):
        tell("The tests fail on the unchanged rules. Mend that first.")
        return 1
    started, total, killed, unexplained = time.monotonic(), Counter[str](), Counter[str](), []
    for mutant in mutants():
        if chosen and mutant.where not in chosen:
            continue
        if not total[mutant.where]:
            tell(f"{time.monotonic() - started:5.0f} s  {mutant.where}")
        total[mutant.where] += 1
        if not survives(mutant):
            killed[mutant.where] += 1
        elif mutant.name in EXPLAINED:
            killed[mutant.where] += 1
            tell(f"explained  {mutant.name}: {EXPLAINED[mutant.name]}")
        else:
            unexplained.append(mutant.name)
            tell(f"SURVIVED   {mutant.name}")
    rules = importlib.import_module("pressedesk.rules").REGULATION.rules
    without = [] if chosen else [says.__name__ for says in rules if not total[says.__name__]]
    for where, count in total.items():
        tell(f"{killed[where]:>4} of {count:<4} {where}")
    tell(f"{sum(killed.values())} of {sum(total.values())} in {time.monotonic() - started:.0f} s")
    tell(f"Rules without mutants: {', '.join(without) or 'none'}")
    return int(bool(unexplained or without))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
