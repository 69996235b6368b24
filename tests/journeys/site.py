"""The product as an operator runs it: gunicorn, the background worker and a mail server, on free ports."""

import os
import re
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from aiosmtpd.controller import Controller

import config
from tests.journeys.wall_clock import VARIABLE, WallClock
from tests.messages.mail_server import Mailbox, free_port, text_of

LONGEST_WAIT = 60.0
FLASK = (sys.executable, "-m", "flask", "--app", "wsgi")
GUNICORN = (sys.executable, "-m", "gunicorn")
Found = TypeVar("Found")


@dataclass(frozen=True)
class Site:
    """`environment` holds every setting, so that commands work on the same database."""

    address: str
    mailbox: Mailbox
    environment: dict[str, str]

    def command(self, *words: str) -> str:
        """What `flask ...` prints; it must end well."""
        done = subprocess.run(
            [*FLASK, *words], cwd=config.ROOT, env=self.environment, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, f"flask {' '.join(words)}: {done.stdout}{done.stderr}"
        return done.stdout.strip()

    def link_mailed_to(self, address: str) -> str:
        """The link in the last mail to this address, once it has arrived."""

        def link() -> str | None:
            mails = [mail for mail in self.mailbox.mails if mail["To"] == address]
            found = re.search(r"https?://\S+", text_of(mails[-1])) if mails else None
            return found[0] if found else None

        return wait_for(link, f"a mail to {address}")


def wait_for(look: Callable[[], Found | None], what: str) -> Found:
    """What `look` finds, within a minute."""
    ends = time.monotonic() + LONGEST_WAIT
    while not (found := look()):
        assert time.monotonic() < ends, f"waited in vain for {what}"
        time.sleep(0.05)
    return found


@contextmanager
def serve(
    database_url: str, directory: Path, clock: WallClock | None = None, *, sends_mail: bool = True
) -> Iterator[Site]:
    """Run the site on this database until the block ends. What the processes print must hold no failure.

    With a clock it is the time that the clock says, for the web server.
    """
    mailbox, mail_port, port = Mailbox(), free_port(), free_port()
    settings = {
        "port": port,
        "database_url": database_url,
        "base_address": f"http://127.0.0.1:{port}",
        "secret_key": "a secret for journeys only, long enough",
        "jobs_path": directory / "jobs.sqlite",
        "mail_server": "127.0.0.1" if sends_mail else "",
        "mail_port": mail_port,
        "mail_sender": "training@example.org",
    }
    ours = {name: value for name, value in os.environ.items() if not name.startswith("ADVOCATES_")}
    environment = ours | {f"ADVOCATES_{name.upper()}": str(value) for name, value in settings.items()}
    gunicorn = (*GUNICORN, "wsgi:app")
    if clock:
        gunicorn, environment[VARIABLE] = (*GUNICORN, "tests.journeys.told:app"), str(clock.file)
    mail = Controller(mailbox, hostname="127.0.0.1", port=mail_port)
    mail.start()
    log = directory / "processes.log"
    try:
        with running(gunicorn, environment, log) as server, running((*FLASK, "worker", "run"), environment, log):
            site = Site(f"http://127.0.0.1:{port}", mailbox, environment)
            wait_for(lambda: server.poll() is not None or answers(site.address), "the web server")
            yield site
    finally:
        mail.stop()
    said = log.read_text()
    assert "Traceback" not in said, said


@contextmanager
def running(command: tuple[str, ...], environment: dict[str, str], log: Path) -> Iterator[subprocess.Popen[bytes]]:
    with log.open("a") as output:
        process = subprocess.Popen(command, cwd=config.ROOT, env=environment, stdout=output, stderr=output)
    try:
        yield process
        assert process.poll() is None, f"{' '.join(command)} ended by itself: {log.read_text()}"
    finally:
        process.terminate()
        process.wait(LONGEST_WAIT)


def answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(f"{address}/healthz", timeout=5) as answer:
            return answer.status == 200
    except OSError:
        return False
