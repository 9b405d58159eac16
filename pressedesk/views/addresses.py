"""Addresses inside the application: those a stranger hands us, and those of our own files."""

import hashlib
from functools import cache
from pathlib import Path
from urllib.parse import unquote, urlsplit

from flask import current_app, url_for
from werkzeug.exceptions import HTTPException

from pressedesk import formats

NATIONAL_DIGITS = 8  # of a Norwegian subscriber's number


def own_address(raw: str, method: str = "GET") -> str | None:
    """`raw` if it is the path of one of our routes for `method`, else None.

    Guards every address that comes with a request (`next`): no other host, no scheme, nothing that a browser or
    Werkzeug would read as one.
    """
    path = unquote(urlsplit(raw).path)
    if not raw.startswith("/") or any("//" in text or _is_odd(text) for text in (raw, path)):
        return None
    try:
        current_app.url_map.bind("").match(path, method)
    except HTTPException:  # no such route, another method, or a redirect to somewhere else
        return None
    return raw


def static_file(name: str) -> str:
    """The address of a file in static/, with a digest of its content, so that browsers may keep it for a year."""
    return url_for("static", filename=name, v=_digest(Path(current_app.static_folder or "") / name))


def telephone(number: str) -> str:
    """The address that rings `number`, of any spelling."""
    key = formats.phone_key(number)
    return f"tel:+47{key}" if len(key) == NATIONAL_DIGITS and key.isdigit() else f"tel:{key}"


def _is_odd(text: str) -> bool:
    return any(c <= " " or c in "\\\x7f" for c in text)


@cache
def _digest(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()[:12] if file.exists() else "mangler"
