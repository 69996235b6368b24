"""A real SMTP server on a free port, which keeps what it was given and may refuse."""

import dataclasses
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from typing import Any

from aiosmtpd.controller import Controller
from flask import Flask


class Mailbox:
    """Everything that arrived. Addresses in `refused` get a 550."""

    def __init__(self) -> None:
        self.mails: list[Any] = []
        self.refused: set[str] = set()
        self.tries = 0

    async def handle_RCPT(self, _server: Any, _session: Any, envelope: Any, address: str, _options: Any) -> str:  # noqa: N802
        self.tries += 1
        if address in self.refused:
            return "550 no such mailbox"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802
        self.mails.append(message_from_bytes(envelope.content, policy=policy.default))
        return "250 OK"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def mail_server(app: Flask) -> Iterator[Mailbox]:
    """Run a server and point the app's settings at it."""
    mailbox, port = Mailbox(), free_port()
    controller = Controller(mailbox, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        with mail_settings(app, mail_server="127.0.0.1", mail_port=port, mail_sender="training@example.org"):
            yield mailbox
    finally:
        controller.stop()


@contextmanager
def mail_settings(app: Flask, **settings: Any) -> Iterator[None]:
    """The app with other settings, until the block ends."""
    before = app.config["SETTINGS"]
    app.config["SETTINGS"] = dataclasses.replace(before, **settings)
    try:
        yield
    finally:
        app.config["SETTINGS"] = before


def text_of(mail: Any) -> str:
    """What a mail says to who reads plain text."""
    return str(mail.get_body(("plain",)).get_content())
