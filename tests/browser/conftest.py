"""A real Chromium against a real server on this machine. One browser a worker; a fresh context a test.

CSP stays as it is served. Axe is put into the page by the test driver, not by the page.
"""

import shutil
import threading
from pathlib import Path

import axe_playwright_python
import pytest
from playwright.sync_api import sync_playwright
from werkzeug.serving import make_server

from app.extensions import db
from app.factory import create_app
from tests.conftest import settings_for

AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text()
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update",
             "--disable-sync", "--no-first-run", "--disable-quic"]
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
MAC = "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"


def pytest_collection_modifyitems(items):
    """All browser tests of a run share two browsers: one for each worker that draws the group."""
    for item in items:
        if "tests/browser" in str(item.path):
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.xdist_group("browser"))


@pytest.fixture(scope="session")
def chromium():
    path = next((found for name in BROWSERS if (found := shutil.which(name))), MAC if Path(MAC).exists() else None)
    assert path, "the browser tests need Chromium: on Debian, apt-get install chromium"
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield browser
        browser.close()


class Site:
    """The running site, its application, and every address that a page asked for."""

    def __init__(self, app, address):
        self.app, self.address = app, address


@pytest.fixture
def site(tmp_path, empty_database):
    shutil.copy(empty_database, tmp_path / "test.sqlite")
    app = create_app(settings_for(tmp_path))
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield Site(app, f"http://127.0.0.1:{server.server_port}")
    server.shutdown()
    thread.join()
    with app.app_context():
        db.engine.dispose()


@pytest.fixture(params=["script", "no script"])
def page(request, chromium, site):
    """A page with and without JavaScript; it fails the test on a request to anybody else, or a script error."""
    yield from _page(chromium, site, script=request.param == "script")


@pytest.fixture
def scripted(chromium, site):
    """A page with JavaScript."""
    yield from _page(chromium, site, script=True)


def _page(chromium, site, *, script, **context):
    opened = chromium.new_context(java_script_enabled=script, base_url=site.address, **context)
    opened.set_default_timeout(15_000)
    tab, foreign, broken = opened.new_page(), [], []
    tab.on("request", lambda r: foreign.append(r.url) if not r.url.startswith((site.address, "data:")) else None)
    tab.on("pageerror", lambda error: broken.append(str(error)))
    tab.on("console", lambda message: broken.append(message.text) if message.type == "error"
           and "Content Security Policy" in message.text else None)
    tab.script = script
    yield tab
    opened.close()
    assert foreign == []
    assert broken == []


def serious(page):
    """Return what axe finds that is serious or critical (WCAG 2.2 A and AA), a line each."""
    page.evaluate(AXE)
    found = page.evaluate("""axe.run(document, {runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]})
        .then(r => r.violations.filter(v => ["serious", "critical"].includes(v.impact))
        .map(v => v.id + ": " + v.nodes.slice(0, 3).map(n => n.target + " " + (n.any[0] || {message: ""}).message)
            .join(" | ")))""")
    return [f"{page.url}: {line}" for line in found]
