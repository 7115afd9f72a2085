"""Every error is a page that says what to do, and a broken site still answers."""

import pytest
from flask import abort

from app.web import gate


@pytest.fixture
def broken(app):
    """Routes that end in each error, open to everybody."""
    def ends(code):
        abort(code)

    def breaks():
        raise RuntimeError("secret detail")

    app.add_url_rule("/ends/<int:code>", "ends", ends)
    app.add_url_rule("/breaks", "breaks", breaks)
    return app.test_client()


@pytest.fixture(autouse=True)
def open_to_everybody(monkeypatch):
    monkeypatch.setattr(gate, "PUBLIC", gate.PUBLIC | {"ends", "breaks"})


@pytest.mark.parametrize(("code", "said"), [
    (400, "reload the page"), (403, "Not yours"), (404, "nothing here"), (413, "Send less"), (429, "Wait a minute"),
    (500, "our fault"), (418, "could not be read"), (503, "our fault"),
])
def test_every_error_says_what_to_do(broken, code, said):
    answer = broken.get(f"/ends/{code}")
    assert answer.status_code == code
    assert said in answer.text
    assert "Go home" in answer.text


def test_a_bug_shows_a_page_and_no_detail(broken, caplog):
    answer = broken.get("/breaks")
    assert answer.status_code == 500
    assert "secret detail" not in answer.text
    assert "secret detail" in caplog.text


def test_even_the_error_page_may_break(broken, monkeypatch):
    def gone(*_, **__):
        raise OSError("the templates are gone")

    monkeypatch.setattr("app.web.errors.render_template", gone)
    answer = broken.get("/breaks")
    assert answer.status_code == 500
    assert "our fault" in answer.text
    assert answer.headers["Content-Security-Policy"]


def test_too_large_a_form_is_refused(broken):
    assert broken.post("/sign-in", data={"email": "x" * 300_000}).status_code == 413


def test_a_page_that_only_shows_says_how_to_ask(app):
    answer = app.test_client().post("/about")
    assert answer.status_code == 405
    assert "GET" in answer.headers["Allow"]
