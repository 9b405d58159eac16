"""The habits of the house, read from the code itself. Each message says what to do instead."""

import ast
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from flask import Flask

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "pressedesk"
MODULES = sorted(file for file in PACKAGE.rglob("*.py") if "versions" not in file.parts)
MOST_LINES, MOST_FUNCTION_LINES = 400, 40
LONGER = {"rules.py": "a jurist reads the fifteen points in one piece"}
LOCKS = ("requirements.lock", "requirements-dev.lock")

SCOPED = {"Inquiry", "Strand"}  # what a user may see of these is a query in access/
SELECTING = {"select_from", "query", "get", "get_one"}  # and `select`, whatever is inside it
CLOCK_READERS = ("datetime.now", "datetime.utcnow", "datetime.today", "date.today")


@cache
def tree(file: Path) -> ast.Module:
    """The parsed module."""
    return ast.parse(file.read_text("utf-8"))


def place(file: Path, node: ast.AST | None = None) -> str:
    """Where something stands, as an editor opens it."""
    return f"{file.relative_to(ROOT)}:{getattr(node, 'lineno', 1)}"


def calls(file: Path) -> Iterator[tuple[ast.Call, str]]:
    """Every call in a module, with the dotted name of what is called."""
    for node in ast.walk(tree(file)):
        if isinstance(node, ast.Call):
            yield node, ast.unparse(node.func)


def functions(file: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Every function in a module."""
    for node in ast.walk(tree(file)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def test_the_clock_is_read_in_one_module() -> None:
    """Below the edge `now` is an argument, so that a test, the demo and the worker agree on it."""
    found = [
        place(file, call)
        for file in MODULES
        if file.name != "clock.py"
        for call, name in calls(file)
        if name.endswith(CLOCK_READERS)
    ]
    found += [
        place(file, node)
        for file in MODULES
        if file.name != "clock.py"
        for node in ast.walk(tree(file))
        if (isinstance(node, ast.Import) and any(each.name == "time" for each in node.names))
        or (isinstance(node, ast.ImportFrom) and node.module == "time")
    ]
    assert not found, f"take `now` as an argument, or ask pressedesk.clock at the edge: {found}"


def test_inquiries_are_selected_in_access_alone() -> None:
    """A query for an inquiry or a strand starts from a scope, so that no list, count or search can forget it."""
    found = [
        place(file, call)
        for file in MODULES
        if file.parent.name != "access"
        for call, name in calls(file)
        if (name.split(".")[-1] in SELECTING and {ast.unparse(part) for part in call.args} & SCOPED)
        or (name.split(".")[-1] == "select" and _names(call) & SCOPED)
    ]
    assert not found, f"start from access.visible_inquiries or access.visible_strands: {found}"


def _names(call: ast.Call) -> set[str]:
    """The bare names in a call's arguments: `Strand`, also in `Strand.id` and `models.Strand`."""
    nodes = [node for argument in call.args for node in ast.walk(argument)]
    return {node.id for node in nodes if isinstance(node, ast.Name)} | {
        node.attr for node in nodes if isinstance(node, ast.Attribute)
    }


def test_every_route_has_a_permission(app: Flask) -> None:
    """`@requires(Do.…)` or `@public` from auth.py, directly under the route."""
    found = [
        f"{rule.endpoint} ({rule.rule})"
        for rule in app.url_map.iter_rules()
        if rule.endpoint != "static" and not hasattr(app.view_functions[rule.endpoint], "permission")
    ]
    assert not found, f"say who may use these, with @requires(Do.…) or @public: {found}"


def test_every_post_is_validated() -> None:
    """A view that takes a form asks `form.validate()` before it acts: that is where a carried form stops."""
    found = [
        place(file, function)
        for file in sorted((PACKAGE / "views").rglob("*.py"))
        for function in functions(file)
        if any(_takes_post(decorator) for decorator in function.decorator_list)
        and ".validate" not in ast.unparse(function)
    ]
    assert not found, f"call validate() on a fields.Form first, also for a mere button: {found}"


def _takes_post(decorator: ast.expr) -> bool:
    if not isinstance(decorator, ast.Call):
        return False
    name = ast.unparse(decorator.func)
    return name.endswith(".post") or (name.endswith(".route") and "POST" in ast.unparse(decorator))


def test_modules_and_functions_are_short() -> None:
    """One idea a module, one thought a function."""
    long = [
        f"{place(file)} ({lines} lines)"
        for file in MODULES
        if (lines := len(file.read_text("utf-8").splitlines())) > MOST_LINES and file.name not in LONGER
    ]
    long += [
        f"{place(file, function)} {function.name} ({lines} lines)"
        for file in MODULES
        for function in functions(file)
        if (lines := (function.end_lineno or 0) - function.lineno + 1) > MOST_FUNCTION_LINES
    ]
    assert not long, f"split at the seam ({MOST_LINES} lines a module, {MOST_FUNCTION_LINES} a function): {long}"


def test_every_module_opens_with_what_it_owns() -> None:
    """A docstring first."""
    found = [place(file) for file in MODULES if file.read_text("utf-8").strip() and not ast.get_docstring(tree(file))]
    assert not found, f"open with a sentence on what the module owns: {found}"


def test_imports_point_down() -> None:
    """The layers of setup.cfg; a new module gets its place there."""
    linter = shutil.which("lint-imports", path=Path(sys.executable).parent)
    assert linter, "import-linter is not installed: python3 dev.py test installs it"
    result = subprocess.run([linter, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout


def test_importing_the_package_is_light() -> None:
    """`pressedesk route` answers without the web framework or the database library."""
    program = "import sys, pressedesk.cli, pressedesk.rules; print(*{'flask', 'sqlalchemy'} & sys.modules.keys())"
    result = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    assert not result.stdout.strip(), f"import these inside the functions that need them: {result.stdout}"


def test_every_command_is_documented() -> None:
    """The README names each command of `pressedesk`, and nothing else that looks like one."""
    from pressedesk.cli import main

    readme = (ROOT / "README.md").read_text("utf-8")
    documented = set(re.findall(r"^\| `pressedesk ([a-z-]+)", readme, re.MULTILINE))
    commands = {name for name, command in main.commands.items() if not command.hidden}
    assert documented == commands, (
        f"README.md, «Kommandoer»: add {sorted(commands - documented)}, take out {sorted(documented - commands)}"
    )


def test_templates_decide_nothing() -> None:
    """No inline style or script, no permission and no date arithmetic in a template: prepare it in the view."""
    forbidden = re.compile(r"\bstyle=|<style|<script(?![^>]*\bsrc=)|\bon[a-z]+=\"|\bmay_do\(|\bmay\(|timedelta")
    found = [
        f"{place(file)} line {number}: {match.group()}"
        for file in sorted((PACKAGE / "templates").rglob("*.html"))
        for number, line in enumerate(file.read_text("utf-8").splitlines(), 1)
        if (match := forbidden.search(line))
    ]
    assert not found, f"take these out of the templates: {found}"


def test_scripts_are_small() -> None:
    """One behaviour a module, under 100 lines; the page works without it."""
    found = [
        place(file)
        for file in sorted((PACKAGE / "static" / "js").glob("*.js"))
        if len(file.read_text("utf-8").splitlines()) >= 100
    ]
    assert not found, f"split these by behaviour: {found}"


@pytest.mark.parametrize("name", [*LOCKS, "requirements-npm.lock", "package-lock.json"])
def test_locks_name_no_address(name: str) -> None:
    """They fix versions and hashes; where to fetch is the machine's own business."""
    text = (ROOT / name).read_text("utf-8")
    assert not re.findall(r"https?://\S+", text), f"make {name} again as README.md, «Bidra», says"


def test_the_two_locks_agree() -> None:
    """Tests run with the very versions that are served."""
    pinned = re.compile(r"^([a-z0-9._-]+==[^ ;\\]+)", re.MULTILINE)
    core, dev = (set(pinned.findall((ROOT / name).read_text("utf-8"))) for name in LOCKS)
    assert core <= dev, f"make requirements-dev.lock again, it differs in {sorted(core - dev)}"
