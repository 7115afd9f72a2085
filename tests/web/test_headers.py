"""Every page: a strict policy, nothing from elsewhere, nothing inline."""

import re
from pathlib import Path

import pytest

STATIC = Path(__file__).parents[2] / "app/web/static"
TEMPLATES = Path(__file__).parents[2] / "app/web/templates"


@pytest.mark.parametrize("path", ["/", "/about", "/credits", "/privacy", "/sign-in", "/register", "/nowhere"])
def test_the_policy_stands_on_every_page(app, browse, path):
    policy = browse("nobody").get(path).headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy


@pytest.mark.parametrize("template", sorted(TEMPLATES.rglob("*.html")), ids=lambda p: str(p.relative_to(TEMPLATES)))
def test_no_template_holds_inline_style_or_script(template):
    text = template.read_text()
    assert not re.search(r"\sstyle=|\son[a-z]+=\"|<script(?![^>]*src=)|<style", text)
    assert not re.search(r"(src|href)=\"https?://(?!creativecommons\.org)", text)


@pytest.mark.parametrize("sheet", sorted(STATIC.glob("**/*.css")), ids=lambda p: p.name)
def test_no_stylesheet_asks_another_site(sheet):
    assert not re.search(r"url\(\s*['\"]?(https?:)?//|@import", sheet.read_text())


def test_vendored_files_are_what_they_were(app):
    import hashlib

    listed = [line.split() for line in (STATIC / "vendor/VENDORED.txt").read_text().splitlines()
              if line and not line.startswith("#")]
    found = {str(p.relative_to(STATIC / "vendor")) for p in (STATIC / "vendor").rglob("*") if p.is_file()}
    assert {row[-1] for row in listed} == found - {"VENDORED.txt"}
    for row in listed:
        assert hashlib.sha256((STATIC / "vendor" / row[-1]).read_bytes()).hexdigest() == row[-2], row[-1]
