"""Mail goes to the server of the site, or to the log."""

import logging
import smtplib
import threading

import pytest

from app.actions import mail
from app.config import MailServer

SERVER = MailServer("mail.example.org", "office@example.org", username="u", password="p")


class Smtp:
    """Remembers what it was asked to do."""

    done: list[object] = []

    def __init__(self, host, port, timeout):
        self.done.append(f"{type(self).__name__} {host}:{port}")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.done.append("bye")

    def starttls(self):
        self.done.append("starttls")

    def login(self, username, password):
        self.done.append(f"login {username}")

    def send_message(self, message):
        self.done.append(message)


@pytest.fixture
def smtp(monkeypatch):
    monkeypatch.setattr(Smtp, "done", [])
    monkeypatch.setattr(smtplib, "SMTP", Smtp)
    return Smtp.done


def send(server):
    mail.send(server, "learner@example.org", "Subject", "The text")
    for thread in threading.enumerate():
        if thread.name == "mail":
            thread.join(5)


def test_without_a_server_the_mail_is_in_the_log(smtp, caplog):
    with caplog.at_level(logging.WARNING, "chartroom.mail"):
        send(None)
    assert "The text" in caplog.text
    assert smtp == []


def test_a_password_is_never_sent_before_the_line_is_encrypted(smtp):
    send(SERVER)
    steps = [step for step in smtp if isinstance(step, str)]
    assert steps == ["Smtp mail.example.org:587", "starttls", "login u", "bye"]
    assert next(step for step in smtp if not isinstance(step, str))["To"] == "learner@example.org"


def test_a_server_that_is_away_is_logged_and_breaks_nothing(monkeypatch, caplog):
    def away(*_, **__):
        raise OSError("no route")

    monkeypatch.setattr(smtplib, "SMTP", away)
    send(SERVER)
    assert "could not be sent by mail.example.org:587" in caplog.text
