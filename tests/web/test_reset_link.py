"""The link of a forgotten password leads to the site, whatever the request says."""

import logging

import pytest

from app.config import MailServer
from tests.conftest import EMAILS


def asked(browse, caplog, **headers):
    with caplog.at_level(logging.WARNING, "chartroom.mail"):
        browse("nobody").post("/forgot", data={"email": EMAILS["learner"]}, headers=headers)
    return caplog.text


def test_the_link_leads_to_the_address_of_the_site(app, cast, browse, caplog):
    app.config["SITE_URL"] = "https://chartroom.example.org"
    text = asked(browse, caplog, Host="evil.example")
    assert "https://chartroom.example.org/reset/" in text
    assert "evil.example" not in text


@pytest.mark.parametrize(("who", "mails"), [("learner@example.org", 1), ("who@example.org", 0)])
def test_with_a_mail_server_the_link_goes_by_mail(app, cast, browse, monkeypatch, caplog, who, mails):
    sent = []
    monkeypatch.setattr("app.actions.mail._deliver", lambda server, message: sent.append(message))
    app.config["MAIL"] = MailServer("mail.example.org", "office@example.org")
    browse("nobody").post("/forgot", data={"email": who})
    assert len(sent) == mails
    assert "/reset/" not in caplog.text
