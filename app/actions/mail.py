"""Send a mail by the site's mail server; without one, write it to the log for the person who runs the site."""

import logging
import smtplib
import threading
from email.message import EmailMessage

from app.config import MailServer

log = logging.getLogger("chartroom.mail")
PATIENCE = 20  # seconds


def send(server: MailServer | None, address: str, subject: str, text: str) -> None:
    """Hand a mail over in the background: how long it takes must not tell who has an account."""
    if server is None:
        log.warning("no mail server is set; for %s: %s\n%s", address, subject, text)
        return
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = server.sender, address, subject
    message.set_content(text)
    threading.Thread(target=_deliver, args=(server, message), name="mail", daemon=True).start()


def _deliver(server: MailServer, message: EmailMessage) -> None:
    try:
        kind = smtplib.SMTP_SSL if server.tls and server.port == 465 else smtplib.SMTP
        with kind(server.host, server.port, timeout=PATIENCE) as smtp:
            if server.tls and server.port != 465:
                smtp.starttls()
            if server.username:
                smtp.login(server.username, server.password)
            smtp.send_message(message)
    except (OSError, smtplib.SMTPException):
        log.exception("a mail could not be sent by %s:%s", server.host, server.port)
