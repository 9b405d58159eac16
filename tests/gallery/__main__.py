"""Serve the gallery on loopback, for somebody who works on the look of things."""

import sys
import tempfile
from pathlib import Path

from flask import Flask

from pressedesk import config, create_app
from tests.gallery import bp


def gallery() -> Flask:
    """The application with the gallery, on a database of its own."""
    app = create_app(config.load(Path(tempfile.mkdtemp()), environ={}))
    app.register_blueprint(bp)
    return app


if __name__ == "__main__":
    gallery().run(port=int(sys.argv[1]) if sys.argv[1:] else 8100)
