"""What every test may ask for: settings, a database of its own, the application, and a client that reads pages."""

import gc
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import Flask
from jinja2 import FileSystemBytecodeCache

from pressedesk import clock, config, create_app, db
from pressedesk.config import Settings
from tests import organisation
from tests.organisation import Town
from tests.pages import PageClient

gc.set_threshold(200_000, 20, 100)  # thousands of small tests: collecting rarely saves a tenth of the time

BUILT_AT = datetime(2026, 1, 5, 8, 0, tzinfo=UTC)  # before anything in the tests happens
NOON = datetime(2026, 11, 24, 11, 0, tzinfo=UTC)  # Tuesday 24 November 2026 at 12.00 in Oslo


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty database at the newest schema, made once; `settings` copies it."""
    file = tmp_path_factory.mktemp("schema") / "empty.sqlite3"
    engine = db.connect(f"sqlite:///{file}")
    db.migrate()
    engine.dispose()  # the last connection folds the write-ahead log into the file
    return file


@pytest.fixture
def settings(tmp_path: Path, migrated: Path) -> Settings:
    """Settings for one test, whose database is its own and empty."""
    file = tmp_path / "pressedesk.sqlite3"
    shutil.copyfile(migrated, file)
    return Settings(
        instance_path=tmp_path,
        database_url=f"sqlite:///{file}",
        base_url="http://localhost",
        secret_key="a key for tests",
        trusted_hosts=("localhost",),
    )


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory, migrated: Path) -> tuple[Path, Town]:
    """A database with the municipality of tests/organisation.py, made once; `town` copies it."""
    file = tmp_path_factory.mktemp("town") / "town.sqlite3"
    shutil.copyfile(migrated, file)
    engine = db.connect(f"sqlite:///{file}")
    town = organisation.build(BUILT_AT)
    engine.dispose()
    return file, town


@pytest.fixture
def town(settings: Settings, built: tuple[Path, Town]) -> Iterator[Town]:
    """The invented municipality in this test's database, connected; with `app` and `client` or without."""
    file, town = built
    config.activate(settings)
    db.connect(settings.database_url).dispose()
    shutil.copyfile(file, settings.database_url.removeprefix("sqlite:///"))
    yield town
    db.engine().dispose()


@pytest.fixture(scope="session")
def compiled(tmp_path_factory: pytest.TempPathFactory) -> FileSystemBytecodeCache:
    """The templates, compiled once for all the applications of the tests."""
    return FileSystemBytecodeCache(str(tmp_path_factory.mktemp("templates")))


@pytest.fixture
def app(settings: Settings, compiled: FileSystemBytecodeCache) -> Iterator[Flask]:
    """The application; its errors reach the test."""
    app = create_app(settings)
    app.jinja_env.bytecode_cache = compiled
    app.testing = True
    app.test_client_class = PageClient
    yield app
    db.engine().dispose()


@pytest.fixture
def client(app: Flask) -> PageClient:
    """A browser without scripts, that nobody has logged in with; it fails the test on a faulty page."""
    made = app.test_client()
    assert isinstance(made, PageClient)
    return made


@pytest.fixture
def at_noon() -> Iterator[clock.FrozenClock]:
    """The clock stands at noon on an ordinary Tuesday, and can be moved."""
    with clock.frozen(NOON) as frozen:
        yield frozen
