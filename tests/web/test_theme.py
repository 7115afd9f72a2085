"""Light or dark: kept in a cookie, drawn by the server, and back to the same page."""

import pytest


def choose(client, theme, referrer="http://localhost/about?x=1"):
    return client.post("/theme", data={"theme": theme}, headers={"Referer": referrer})


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_choice_stays(browse, app, theme):
    client = browse("nobody")
    assert choose(client, theme).location == "/about?x=1"
    assert f'data-bs-theme="{theme}"' in client.get("/").text


def test_as_my_device_forgets_the_choice(browse, app):
    client = browse("nobody")
    choose(client, "dark")
    choose(client, "")
    assert "data-bs-theme" not in client.get("/").text


@pytest.mark.parametrize("referrer", ["https://evil.example/about", "//evil.example", "http://localhost/account/password",
                                      "http://localhost/nowhere", ""])
def test_it_leads_only_to_a_page_of_this_site_that_can_be_shown(browse, app, referrer):
    assert choose(browse("nobody"), "dark", referrer).location == "/"


def test_an_unknown_theme_is_no_theme(browse, app):
    client = browse("nobody")
    client.set_cookie("theme", '"><script>')
    assert "<script>" not in client.get("/").text
