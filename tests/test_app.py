"""What `create_app` promises beside its pages."""

import threading

from flask import Flask

from pressedesk import create_app
from pressedesk.cli import main
from pressedesk.config import Settings


def test_flask_has_the_commands_of_pressedesk(app: Flask) -> None:
    """`flask --app pressedesk …` and `pressedesk …` are the same."""
    assert main.commands.keys() <= app.cli.commands.keys()
    assert all(app.cli.commands[name] is command for name, command in main.commands.items())


def test_creating_the_application_starts_no_thread(settings: Settings) -> None:
    """Work in the background belongs to `serve` and `worker`; a reloader would start it twice."""
    before = threading.active_count()
    create_app(settings)
    assert threading.active_count() == before
