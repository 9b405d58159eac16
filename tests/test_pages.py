"""The client that reads pages: it sees each fault it is there to see, and sends what a browser would."""

import pytest
from flask import Flask

from tests import gallery
from tests.pages import PageClient, faults, filled, read

GOOD = (
    "<!doctype html><html lang='nb'><head><title>Ny sak – Pressedesk</title></head><body><main><h1>Ny sak</h1>{}"
    "</main></body></html>"
)
FAULTY = [
    ("a word in the title", GOOD.replace("Ny sak – ", "– ").format(""), "<title>"),
    ("a lang", GOOD.replace(" lang='nb'", "").format(""), "lang"),
    ("one h1", GOOD.format("<h1>To</h1>"), "<h1>"),
    ("matching tags", GOOD.format("<div><p>a</div>"), "closes"),
    ("closed tags", GOOD.replace("</html>", ""), "never closed"),
    ("unique ids", GOOD.format("<p id='a'>a</p><p id='a'>b</p>"), "id 'a' stands 2 times"),
    ("one attribute of a name", GOOD.format("<p class='a' class='b'>a</p>"), "twice"),
    ("a label for each field", GOOD.format("<input name='a' id='a'>"), "no label"),
    ("a label that leads to a field", GOOD.format("<label for='x'>a</label>"), "'x'"),
    ("a hint that exists", GOOD.format("<input aria-label='a' aria-describedby='x'>"), "'x'"),
    ("words on a button", GOOD.format("<button></button>"), "no words"),
    ("a text for a picture", GOOD.format("<img src='/healthz'>"), "alt"),
    ("a token in a form", GOOD.format("<form method='post' action='/galleri'></form>"), "csrf_token"),
    ("a route for a form", GOOD.format("<form method='get' action='/nowhere'></form>"), "no route"),
    ("a route that takes the method", GOOD.format("<a href='/galleri/knapp'>a</a>"), "no route (405)"),
    ("a place on the page", GOOD.format("<a href='#x'>a</a>"), "leads nowhere"),
    ("no inline style", GOOD.format("<p style='color:red'>a</p>"), "style"),
    ("no inline script", GOOD.format("<script>1</script>"), "script"),
    ("no inline handler", GOOD.format("<p onclick='a()'>a</p>"), "onclick"),
]


@pytest.fixture
def app(app: Flask) -> Flask:
    """With the gallery."""
    app.register_blueprint(gallery.bp)
    return app


@pytest.mark.parametrize(("needs", "html", "said"), FAULTY, ids=[case[0] for case in FAULTY])
def test_a_page_needs(app: Flask, needs: str, html: str, said: str) -> None:
    """Each habit of a page, broken once: the checker says so, and says nothing of a good page."""
    assert faults(GOOD.format(""), app) == []
    found = faults(html, app)
    assert len(found) == 1, found
    assert said in found[0]


def test_a_faulty_page_fails_the_test_that_fetches_it(app: Flask) -> None:
    """Without anybody asking for a check."""
    app.add_url_rule("/faulty", view_func=lambda: "<p id='a'><b id='a'></p>")
    client = app.test_client()
    with pytest.raises(AssertionError, match="stands 2 times"):
        client.get("/faulty")


def test_a_form_is_sent_as_a_browser_would(app: Flask) -> None:
    """Values, ticks, the chosen option and the first when none is; no button, nothing without a name."""
    page = read(
        "<form><input name='a' value='1'><input type='checkbox' name='b' checked><input type='checkbox' name='c'>"
        "<input type='radio' name='d' value='x'><input type='radio' name='d' value='y' checked>"
        "<textarea name='e'>\nto\nlinjer</textarea><input value='?'><button name='f' value='1'>F</button>"
        "<select name='g'><option value='1'>1</option><option value='2' selected>2</option></select>"
        "<select name='h'><option value='3'>3</option></select></form>"
    )
    assert filled(page, page.all("form")[0]).to_dict(flat=False) == {
        "a": ["1"], "b": ["on"], "d": ["y"], "e": ["to\nlinjer"], "g": ["2"], "h": ["3"],
    }  # fmt: skip


def test_submit_names_a_field_that_is_not_there(client: PageClient) -> None:
    """A test that fills in what the page does not ask is a mistake."""
    with pytest.raises(AssertionError, match=r"no field \['nowhere'\]"):
        client.submit("/galleri", "/galleri", nowhere="x")
