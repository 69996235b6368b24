"""A browser whose connection breaks: it sends a write over a real socket, and may never read the reply."""

import hashlib
import hmac
import json
import select
import socket
import struct
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode, urlsplit

from advocates.form_token import FIELD, HEADER
from advocates.idempotency import KEY_FIELD

PATIENCE = 60.0
RESET_ON_CLOSE = struct.pack("ii", 1, 0)


@dataclass(frozen=True)
class Reply:
    status: int
    body: str


@dataclass(frozen=True)
class Write:
    """One write as it goes over the wire, keys and all: sending it again is sending the same bytes."""

    address: str
    wire: bytes

    def send(self) -> Reply:
        """Send it and read the whole reply."""
        with self._connection() as connection:
            received = b""
            while part := connection.recv(65536):
                received += part
        head, _, body = received.partition(b"\r\n\r\n")
        return Reply(int(head.split()[1]), body.decode())

    def lose_reply(self) -> None:
        """Send it and wait until the reply is there, which is after the commit; then cut the line, unread."""
        with self._connection() as connection:
            ready, _, _ = select.select([connection], [], [], PATIENCE)
            assert ready, "no reply"
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET_ON_CLOSE)

    def cut_at_once(self) -> None:
        """Send it and cut the line at once: nobody knows whether it was done."""
        with self._connection() as connection:
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET_ON_CLOSE)

    def _connection(self) -> socket.socket:
        where = urlsplit(self.address)
        connection = socket.create_connection((where.hostname, where.port), PATIENCE)
        connection.sendall(self.wire)
        return connection


@dataclass(frozen=True)
class Sender:
    """Somebody signed in at the site of this address."""

    address: str
    cookie: str
    secret: str

    @property
    def form_token(self) -> str:
        return hmac.new(self.secret.encode(), b"form" + self.cookie.encode(), hashlib.sha256).hexdigest()

    def form(self, path: str, fields: Mapping[str, object]) -> Write:
        """A form with its token and a request key of its own."""
        sent = {FIELD: self.form_token, KEY_FIELD: str(uuid.uuid4()), **fields}
        return self._write(path, urlencode(sent), {"Content-Type": "application/x-www-form-urlencoded"})

    def json(self, path: str, document: object) -> Write:
        headers = {"Content-Type": "application/json", "Accept": "application/json", HEADER: self.form_token}
        return self._write(path, json.dumps(document), headers)

    def _write(self, path: str, body: str, headers: Mapping[str, str]) -> Write:
        data = body.encode()
        lines = {
            "Host": urlsplit(self.address).netloc,
            "Cookie": f"sign_in={self.cookie}",
            "Content-Length": str(len(data)),
            "Connection": "close",
            **headers,
        }
        head = "".join(f"{name}: {value}\r\n" for name, value in lines.items())
        return Write(self.address, f"POST {path} HTTP/1.1\r\n{head}\r\n".encode() + data)
