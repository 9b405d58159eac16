"""A test client that reads every page it fetches as a browser and a screen reader would, and complains.

`client.get(…)` and the rest are Flask's own; each HTML answer is checked before the test sees it. `client.submit`
fills in a form of a page and sends it with what the page put there: token, version and all.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any
from urllib.parse import unquote, urljoin, urlsplit

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import HTTPException
from werkzeug.test import TestResponse

VOID = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
)
NEEDS_LABEL = frozenset({"input", "select", "textarea"})
NEEDS_NO_LABEL = frozenset({"hidden", "submit", "button", "reset", "image"})
POINTS_TO_IDS = ("aria-describedby", "aria-labelledby", "aria-controls", "aria-activedescendant", "list")


@dataclass
class Element:
    """A start tag with its attributes, the elements around it, and the text inside it."""

    tag: str
    attributes: dict[str, str]
    around: tuple[Element, ...] = ()
    text: str = ""

    def get(self, name: str) -> str:
        """An attribute, or nothing."""
        return self.attributes.get(name, "")

    def within(self, tag: str) -> Element | None:
        """The nearest element called `tag` around this one."""
        return next((each for each in reversed(self.around) if each.tag == tag), None)


@dataclass
class Page:
    """A parsed page."""

    address: str
    elements: list[Element] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    def all(self, *tags: str) -> list[Element]:
        """Every element with one of these names, in the order of the page."""
        return [each for each in self.elements if each.tag in tags]

    def inside(self, form: Element) -> list[Element]:
        """The elements inside `form`."""
        return [each for each in self.elements if any(parent is form for parent in each.around)]


class _Reader(HTMLParser):
    """Builds a Page, and notes tags that do not match."""

    def __init__(self, page: Page) -> None:
        super().__init__(convert_charrefs=True)
        self.page, self.open = page, list[Element]()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        twice = [name for name, count in Counter(name for name, _ in attrs).items() if count > 1]
        if twice:
            self.page.faults.append(f"<{tag}> has {twice[0]} twice")
        element = Element(tag, {name: value or "" for name, value in attrs}, tuple(self.open))
        self.page.elements.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.page.elements.append(Element(tag, {name: value or "" for name, value in attrs}, tuple(self.open)))

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID:
            return
        if tag not in [element.tag for element in self.open]:
            self.page.faults.append(f"</{tag}> at line {self.getpos()[0]} closes nothing")
            return
        while (inner := self.open.pop()).tag != tag:
            self.page.faults.append(f"</{tag}> at line {self.getpos()[0]} closes <{inner.tag}>")

    def handle_data(self, data: str) -> None:
        for element in self.open:
            element.text += data


def read(html: str, address: str = "/") -> Page:
    """Parse `html`."""
    page = Page(address)
    reader = _Reader(page)
    reader.feed(html)
    reader.close()
    page.faults += [f"<{element.tag}> is never closed" for element in reader.open]
    return page


def faults(html: str, app: Flask, address: str = "/") -> list[str]:
    """Everything that is wrong with a page, or with a fragment of one, in words that say what to mend."""
    page = read(html, address)
    return [
        *page.faults,
        *(_frame_faults(page) if page.all("html") else ()),
        *_id_faults(page),
        *_label_faults(page),
        *_form_faults(page, app),
        *_link_faults(page, app),
        *_policy_faults(page),
    ]


def _frame_faults(page: Page) -> list[str]:
    """What a whole page needs."""
    found = []
    if not page.all("html")[0].get("lang"):
        found.append("<html> needs a lang")
    titles = [each.text.strip() for each in page.all("title") if not each.within("svg")]
    if len(titles) != 1 or titles[0].startswith("–"):
        found.append(f"one <title> with the page's own words, not {titles}")
    headings = [each.text.strip() for each in page.all("h1")]
    if len(headings) != 1 or not headings[0]:
        found.append(f"one <h1> with words in it, not {headings}")
    if len(page.all("main")) != 1:
        found.append("one <main>")
    return found


def _id_faults(page: Page) -> list[str]:
    ids = Counter(each.get("id") for each in page.elements if "id" in each.attributes)
    found = [f"id {name!r} stands {count} times" for name, count in ids.items() if count > 1 or not name]
    for element in page.elements:
        pointed = [name for attribute in POINTS_TO_IDS for name in element.get(attribute).split()]
        pointed += [element.get("for")] if element.tag == "label" and "for" in element.attributes else []
        found += [f"<{element.tag}> points to id {name!r}, which is not there" for name in pointed if name not in ids]
    return found


def _label_faults(page: Page) -> list[str]:
    labelled = {each.get("for") for each in page.all("label")}
    found = [
        f"<{each.tag} name={each.get('name')!r}> has no label"
        for each in page.all(*NEEDS_LABEL)
        if each.get("type") not in NEEDS_NO_LABEL
        and each.get("id") not in labelled
        and not each.within("label")
        and not {"aria-label", "aria-labelledby"} & each.attributes.keys()
    ]
    found += [
        f"<{each.tag}> has no words: {each.attributes}"
        for each in page.all("button", "a")
        if not each.text.strip() and not each.get("aria-label")
    ]
    found += [f"<img src={each.get('src')!r}> has no alt" for each in page.all("img") if "alt" not in each.attributes]
    return found


def _form_faults(page: Page, app: Flask) -> list[str]:
    found = []
    for form in page.all("form"):
        method = form.get("method").upper() or "GET"
        action = form.get("action") or page.address
        tokens = [each for each in page.inside(form) if each.get("name") == "csrf_token" and each.get("value")]
        if method == "POST" and len(tokens) != 1:
            found.append(f"the form to {action} needs one csrf_token, and has {len(tokens)}")
        if method == "GET" and tokens:
            found.append(f"the form to {action} would put its csrf_token in the address")
        found += _address_faults(action, method, page, app)
    return found


def _link_faults(page: Page, app: Flask) -> list[str]:
    ids = {each.get("id") for each in page.elements}
    found = []
    for element in page.all("a", "link", "script", "img"):
        address = element.get("href") or element.get("src")
        if address.startswith("#"):
            found += [] if address[1:] in ids else [f"the link {address} leads nowhere on the page"]
        elif address:
            found += _address_faults(address, "GET", page, app)
    return found


def _address_faults(address: str, method: str, page: Page, app: Flask) -> list[str]:
    parts = urlsplit(urljoin(page.address, address))
    if parts.scheme in {"tel", "mailto", "data"} or (parts.scheme and parts.netloc not in {"", "localhost"}):
        return []
    try:
        app.url_map.bind("localhost").match(unquote(parts.path), method)
    except HTTPException as error:
        return [f"{method} {address} has no route ({error.code})"]
    return []


def _policy_faults(page: Page) -> list[str]:
    """What our Content-Security-Policy would not let through."""
    found = [f"<{each.tag}> has an inline style" for each in page.elements if "style" in each.attributes]
    found += ["inline <style>" for each in page.all("style")]
    found += ["inline <script>" for each in page.all("script") if not each.get("src")]
    found += [
        f"<{each.tag}> has the inline script {name}"
        for each in page.elements
        for name in each.attributes
        if name.startswith("on")
    ]
    return found


class PageClient(FlaskClient):
    """Flask's test client, which fails the test on a faulty page."""

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        """As Flask's; an HTML answer with faults fails the test and names them."""
        response = super().open(*args, **{"buffered": True, **kwargs})
        if response.mimetype == "text/html" and response.status_code not in range(300, 400):
            address = response.request.path
            found = faults(response.get_data(as_text=True), self.application, address)
            assert not found, f"{address} ({response.status_code}):\n  " + "\n  ".join(found)
        return response

    def page(self, address: str) -> Page:
        """Fetch and parse a page that must be there."""
        response = self.get(address)
        assert response.status_code == 200, f"{address}: {response.status}"
        return read(response.get_data(as_text=True), address)

    def submit(self, address: str, action: str | None = None, press: str = "", **values: Any) -> TestResponse:
        """Fetch the page at `address`, fill in one of its forms and send it.

        `action` picks the form by its address (needed when the page has several), `press` the named button
        («name=value»). What is not given in `values` is sent as it stands on the page; a list fills check boxes.
        """
        page = self.page(address)
        forms = [form for form in page.all("form") if form.get("method").upper() == "POST"]
        chosen = [form for form in forms if action is None or form.get("action") == action]
        found = [form.get("action") for form in forms]
        assert chosen, f"{address} has no form to {action}, only {found}"
        assert action or len(chosen) == 1, f"{address} has several forms, choose one by its action: {found}"
        data = filled(page, chosen[0])
        unknown = values.keys() - {each.get("name") for each in page.inside(chosen[0])}
        assert not unknown, f"the form on {address} has no field {sorted(unknown)}"
        for name, value in values.items():
            data.setlist(name, value if isinstance(value, list) else [value])
        if press:
            data.add(*press.split("=", 1))
        return self.post(chosen[0].get("action") or address, data=data)


def filled(page: Page, form: Element) -> MultiDict[str, str]:
    """What a browser would send from `form` as it stands."""
    data: MultiDict[str, str] = MultiDict()
    for element in page.inside(form):
        name, kind = element.get("name"), element.get("type")
        if not name:
            continue
        if element.tag == "textarea":
            data.add(name, element.text.removeprefix("\n").removeprefix("\r\n"))
        elif element.tag == "select":
            options = [each for each in page.inside(form) if each.tag == "option" and each.within("select") is element]
            chosen = [each for each in options if "selected" in each.attributes] or options[:1]
            data.setlist(name, [each.get("value") for each in chosen])
        elif kind in {"radio", "checkbox"}:
            if "checked" in element.attributes:
                data.add(name, element.get("value") or "on")
        elif element.tag == "input" and kind not in {"submit", "button"}:
            data.add(name, element.get("value"))
    return data
