"""dev.py: what stands before the first command, on a machine that has nothing."""

import json
from pathlib import Path

import pytest

import dev


def test_help_names_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    """Also for a command that does not exist, which is a failure."""
    assert dev.main([]) == 0
    assert dev.main(["fly"]) == 2
    told = capsys.readouterr().out
    assert [name for name in dev.COMMANDS if f"dev.py {name}" not in told] == []


def test_an_old_python_is_told_so(monkeypatch: pytest.MonkeyPatch) -> None:
    """In one sentence, before anything is made."""
    monkeypatch.setattr(dev, "OLDEST_PYTHON", (4, 0))
    with pytest.raises(dev.Stop, match=r"Python 3\.11"):
        dev.main(["run"])


def test_a_missing_venv_module_names_the_package(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Debian's python3 alone cannot make a virtual environment."""
    broken = tmp_path / "python"
    broken.write_text("#!/bin/sh\nexit 1\n")
    broken.chmod(0o755)
    monkeypatch.setattr(dev.sys, "executable", str(broken))
    monkeypatch.setattr(dev, "PYTHON", tmp_path / "none")
    with pytest.raises(dev.Stop, match="apt install python3-venv"):
        dev.make_venv()


@pytest.fixture
def checkout(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A checkout with one vendored file, fetched already."""
    source = tmp_path / "node_modules" / "some-package" / "style.css"
    source.parent.mkdir(parents=True)
    source.write_text("body {}")
    vendor = {"style.css": {"from": "some-package/style.css", "sha256": dev.digest(source)}}
    (tmp_path / "package.json").write_text(json.dumps({"vendor": vendor}))
    (tmp_path / "package-lock.json").write_text("{}")
    made_from = dev.digest(tmp_path / "package.json", tmp_path / "package-lock.json")
    (tmp_path / "node_modules" / "pressedesk.stamp").write_text(made_from)
    monkeypatch.setattr(dev, "ROOT", tmp_path)
    monkeypatch.setattr(dev, "VENDOR", tmp_path / "vendor")
    return tmp_path


def test_front_end_files_are_copied_and_mended(checkout: Path) -> None:
    """A copy that somebody changed is made anew."""
    copied = checkout / "vendor" / "style.css"
    dev.vendor_front_end()
    assert copied.read_text() == "body {}"
    copied.write_text("body { color: red }")
    dev.vendor_front_end()
    assert copied.read_text() == "body {}"


def test_a_front_end_file_that_is_another_is_refused(checkout: Path) -> None:
    """What came is what package.json names, to the byte."""
    (checkout / "node_modules" / "some-package" / "style.css").write_text("body { display: none }")
    with pytest.raises(dev.Stop, match="kontrollsummen"):
        dev.vendor_front_end()
