"""pressedesk: the press desk of a Norwegian municipality.

`create_app` wires the web application and does nothing else; it starts no thread. Importing the package is light,
so that `pressedesk route` answers without the web framework.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask

    from pressedesk.config import Settings


def create_app(settings: Settings | None = None) -> Flask:
    """The web application for `settings`; without them, for what `config.load()` finds."""
    from flask import Flask

    from pressedesk import auth, cli, config, db, views
    from pressedesk.views import errors, security

    settings = settings or config.load()
    config.activate(settings)
    db.connect(settings.database_url)
    app = Flask(__name__, instance_path=str(settings.instance_path))
    security.secure(app, settings)
    auth.init_app(app)
    errors.register(app)
    views.register(app)
    for command in cli.main.commands.values():
        app.cli.add_command(command)
    return app
