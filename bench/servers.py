"""Applications served on loopback, each in a process of its own, and a browser that keeps its connection."""

import multiprocessing
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from http.client import HTTPConnection
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from bench import bare
from pressedesk import create_app
from pressedesk.config import Settings

SUCCESS = (200, 303)


def ours(settings: Settings, ready: Connection) -> None:
    """Serve pressedesk with these settings."""
    _serve(create_app(settings), ready)


def plain(file: Path, ready: Connection) -> None:
    """Serve the bare routes, with their database in `file`."""
    _serve(bare.create_app(file), ready)


def _serve(app: Any, ready: Connection) -> None:
    from waitress.server import create_server

    server = create_server(app, host="127.0.0.1", port=0, threads=4)
    ready.send(server.effective_port)
    server.run()


@contextmanager
def served(target: Any, argument: object) -> Iterator[int]:
    """The port of a process that serves; it ends with the block. EOFError when it cannot start."""
    context = multiprocessing.get_context("spawn")
    here, there = context.Pipe()
    process = context.Process(target=target, args=(argument, there), daemon=True)
    process.start()
    there.close()  # so that a server that never starts is heard of
    yield here.recv()
    process.terminate()
    process.join()


class Browser:
    """One connection that is kept open, and one cookie."""

    def __init__(self, port: int, cookie: str = "") -> None:
        self.connection, self.cookie = HTTPConnection("127.0.0.1", port), cookie

    def ask(self, method: str, address: str, fields: Sequence[tuple[str, str]] = ()) -> str:
        """The body; any status but success is an error of the measurement."""
        headers = {"Cookie": self.cookie, "Content-Type": "application/x-www-form-urlencoded"}
        self.connection.request(method, address, urlencode(fields) if fields else None, headers)
        response = self.connection.getresponse()
        body = response.read().decode()
        if response.status not in SUCCESS:
            raise RuntimeError(f"{method} {address}: {response.status}\n{body[:2000]}")
        if cookie := response.headers.get("Set-Cookie"):
            self.cookie = cookie.partition(";")[0]
        return body
