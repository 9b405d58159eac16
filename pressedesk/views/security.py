"""What every answer of the web application carries, and what every request must hold to be read at all."""

from typing import Any

from flask import Flask, Response, request
from flask_wtf import CSRFProtect
from werkzeug.middleware.proxy_fix import ProxyFix

from pressedesk.config import Settings

MOST_BYTES = 1024 * 1024  # 10 000 characters of four bytes, percent-encoded, are 120 kB
YEAR_SECONDS = 365 * 24 * 3600

CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",  # the icons inside Designsystemet's CSS
        "connect-src 'self'",
        "font-src 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
        "manifest-src 'self'",
    )
)
HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}

csrf = CSRFProtect()


def secure(app: Flask, settings: Settings) -> None:
    """Cookies, hosts, proxies, sizes, CSRF and headers for `app`."""
    app.config.update(_flask_settings(settings))
    csrf.init_app(app)
    app.after_request(_strict_transport if settings.production else _headers)
    if settings.trusted_proxies:
        count = settings.trusted_proxies
        proxied = ProxyFix(app.wsgi_app, x_for=count, x_proto=count, x_host=count)
        app.wsgi_app = proxied  # type: ignore[method-assign]  # Flask's own documented way


def _flask_settings(settings: Settings) -> dict[str, Any]:
    return {
        "SECRET_KEY": settings.secret_key,
        "TRUSTED_HOSTS": list(settings.trusted_hosts) or None,
        "MAX_CONTENT_LENGTH": MOST_BYTES,
        "SESSION_COOKIE_NAME": "__Host-pressedesk" if settings.production else "pressedesk",
        "SESSION_COOKIE_SECURE": settings.production,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "WTF_CSRF_TIME_LIMIT": None,  # the token lives as long as the log-in
        "WTF_CSRF_SSL_STRICT": False,  # would demand the Referer that our own policy leaves out
        "WTF_I18N_ENABLED": False,  # the forms bring WTForms' own Norwegian
    }


def _headers(response: Response) -> Response:
    response.headers.update(HEADERS)
    response.headers["Cache-Control"] = _may_be_kept()
    return response


def _may_be_kept() -> str:
    """Pages never; files for a year when their address has their digest, else the browser asks each time."""
    if request.endpoint != "static":
        return "no-store"
    return f"public, max-age={YEAR_SECONDS}, immutable" if "v" in request.args else "no-cache"


def _strict_transport(response: Response) -> Response:
    response.headers["Strict-Transport-Security"] = f"max-age={YEAR_SECONDS}; includeSubDomains"
    return _headers(response)
