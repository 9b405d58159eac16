"""A served application and a real browser.

`server` is the application behind waitress in threads of this process, on loopback, with a database of its own; so
`clock.frozen` reaches it. `page` is a tab of Debian's Chromium. Where there is no browser, the tests are skipped with
the command that brings one.
"""

import shutil
import threading
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, sync_playwright
from waitress.server import create_server

from pressedesk import create_app, db
from pressedesk.config import Settings
from tests import gallery

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
AXE = Path(__file__).parents[2] / "node_modules" / "axe-core" / "axe.min.js"
AXE_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
DESKTOP = {"width": 1366, "height": 768}
NARROWEST = 320  # CSS pixels: 1280 at 400 % zoom (WCAG 1.4.10)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything in this folder is of the kind `e2e`."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.e2e)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium, once for all tests."""
    program = next(filter(None, map(shutil.which, BROWSERS)), None)
    if program is None:
        pytest.skip("ingen nettleser på denne maskinen. Slik får du en: apt-get install chromium")
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        yield launched
        launched.close()


@dataclass(frozen=True)
class Server:
    """A served application: where it listens, and what it is."""

    url: str
    app: Flask


@pytest.fixture
def server(settings: Settings) -> Iterator[Server]:
    """The application, served; also with the gallery of components."""
    app = create_app(replace(settings, trusted_hosts=("127.0.0.1",)))
    app.register_blueprint(gallery.bp)
    served = create_server(app, host="127.0.0.1", port=0, threads=4)
    closing = threading.Event()

    def run() -> None:
        try:
            served.run()
        except (OSError, ValueError):  # its socket was closed below while it waited for the next request
            if not closing.is_set():
                raise

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    yield Server(f"http://127.0.0.1:{served.effective_port}", app)
    closing.set()
    served.close()
    thread.join(timeout=5)
    db.engine().dispose()


@pytest.fixture
def page(browser: Browser, server: Server) -> Iterator[Page]:
    """A tab with nobody logged in; addresses are relative to `server`. A script error fails the test."""
    context = browser.new_context(base_url=server.url, viewport=DESKTOP, locale="nb-NO", timezone_id="Europe/Oslo")
    context.set_default_timeout(5_000)
    tab = context.new_page()
    errors: list[str] = []
    tab.on("pageerror", lambda error: errors.append(str(error)))
    tab.on("console", lambda line: errors.append(line.text) if "Content Security Policy" in line.text else None)
    yield tab
    context.close()
    assert errors == []


def assert_accessible(page: Page) -> None:
    """axe-core finds nothing to mend on the page as it stands, in light and in dark.

    Not the whole truth: axe sees about half of what WCAG asks. The rest is in the other helpers and in the story.
    """
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        page.evaluate(AXE.read_text("utf-8"))
        result = page.evaluate("rules => axe.run(document, {runOnly: rules})", AXE_RULES)
        found = [
            f"{violation['id']}: {violation['help']}\n      {node['html'][:160]}"
            for violation in result["violations"]
            for node in violation["nodes"]
        ]
        assert not found, f"{page.url} ({scheme}):\n  " + "\n  ".join(found)
    page.emulate_media(color_scheme=None)


def assert_no_sideways_scroll(page: Page, width: int = NARROWEST) -> None:
    """Nothing stands to the right of a window `width` CSS pixels wide."""
    before = page.viewport_size
    page.set_viewport_size({"width": width, "height": 640})
    outside = page.evaluate(
        """width => [...document.body.querySelectorAll("*")]
            .filter(e => e.checkVisibility())
            .map(e => [e, Math.round(e.getBoundingClientRect().right)])
            .filter(([e, right]) => right > width && !e.closest(".ds-sr-only, svg"))
            .map(([e, right]) => `${e.tagName.toLowerCase()}.${e.className}: ${right} px`)""",
        width,
    )
    scrolls = page.evaluate("document.documentElement.scrollWidth > innerWidth")
    if before:
        page.set_viewport_size(before)
    assert not outside, f"{page.url} at {width} px:\n  " + "\n  ".join(outside)
    assert not scrolls, f"{page.url} scrolls sideways at {width} px"
