"""/healthz: whether the process answers at all. It asks nobody else; /readyz does."""

from flask import Blueprint

from pressedesk.auth import public

bp = Blueprint("health", __name__)


@bp.get("/healthz")
@public
def alive() -> tuple[str, int, dict[str, str]]:
    """200 as long as the process can answer."""
    return "ok\n", 200, {"Content-Type": "text/plain; charset=utf-8"}
