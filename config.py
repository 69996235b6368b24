"""Settings, read from the environment once at start. A wrong one stops the start with a sentence."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

ROOT = Path(__file__).resolve().parent
INSTANCE = ROOT / "instance"
MOST_REMINDER_HOURS = 168
SHORTEST_SECRET = 32


class ConfigurationError(Exception):
    """A setting is missing or wrong; the text says which one and what to do."""


@dataclass(frozen=True)
class Config:
    """Everything that may differ between two installations. Each field is ADVOCATES_<NAME> in the environment."""

    secret_key: str
    database_url: str
    base_address: str = "http://127.0.0.1:8000"
    jobs_path: str = str(INSTANCE / "jobs.sqlite")
    mail_server: str = ""
    mail_port: int = 25
    mail_username: str = ""
    mail_password: str = ""
    mail_use_tls: bool = False
    mail_sender: str = "advocates@localhost"
    reminder_hours: int = 24
    time_zone: str = "America/Chicago"
    quick_exit_address: str = "https://www.weather.gov/"
    argon2_memory_kib: int = 19 * 1024
    largest_upload_bytes: int = 2 * 1024 * 1024
    largest_material_bytes: int = 20 * 1024 * 1024

    @property
    def is_https(self) -> bool:
        return self.base_address.startswith("https://")

    @property
    def host(self) -> str:
        return urlsplit(self.base_address).hostname or ""

    @property
    def is_local(self) -> bool:
        """Whether the address means this machine only."""
        return self.host == "localhost" or self.host == "::1" or self.host.startswith("127.")

    @property
    def can_send_mail(self) -> bool:
        return bool(self.mail_server)


def from_environment(environment: Mapping[str, str] = os.environ) -> Config:
    """Read ADVOCATES_* settings; raise ConfigurationError with one sentence on the first that is wrong."""
    values = {
        name.removeprefix("ADVOCATES_").lower(): value
        for name, value in environment.items()
        if name.startswith("ADVOCATES_")
    }
    fields = Config.__dataclass_fields__
    settings: dict[str, object] = {
        name: _convert(name, values[name], str(field.type)) for name, field in fields.items() if name in values
    }
    settings.setdefault("secret_key", _stored_secret())
    settings.setdefault("database_url", f"sqlite:///{INSTANCE / 'advocates.sqlite'}")
    config = Config(**settings)  # type: ignore[arg-type]
    _check(config)
    return config


def _convert(name: str, text: str, kind: str) -> object:
    variable = f"ADVOCATES_{name.upper()}"
    if "int" in kind:
        if not text.isdigit():
            raise ConfigurationError(f"{variable} must be a whole number, not {text!r}.")
        return int(text)
    if "bool" in kind:
        if text.lower() not in {"0", "1", "true", "false", "yes", "no"}:
            raise ConfigurationError(f"{variable} must be yes or no, not {text!r}.")
        return text.lower() in {"1", "true", "yes"}
    return text


def _stored_secret() -> str:
    path = INSTANCE / "secret_key"
    return path.read_text().strip() if path.is_file() else ""


def _check(config: Config) -> None:
    if len(config.secret_key) < SHORTEST_SECRET:
        raise ConfigurationError(
            f"ADVOCATES_SECRET_KEY must be at least {SHORTEST_SECRET} characters; bin/start makes one by itself."
        )
    if not config.database_url.startswith(("sqlite:///", "postgresql+psycopg://")):
        raise ConfigurationError("ADVOCATES_DATABASE_URL must begin with sqlite:/// or postgresql+psycopg://.")
    if not config.base_address.startswith(("http://", "https://")) or not config.host:
        raise ConfigurationError("ADVOCATES_BASE_ADDRESS must be an address such as https://training.example.")
    if config.reminder_hours > MOST_REMINDER_HOURS:
        raise ConfigurationError(f"ADVOCATES_REMINDER_HOURS must be at most {MOST_REMINDER_HOURS}; 0 sends none.")
    if not config.quick_exit_address.startswith("https://"):
        raise ConfigurationError("ADVOCATES_QUICK_EXIT_ADDRESS must begin with https://.")
    try:
        ZoneInfo(config.time_zone)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:  # a folder of zones is an OSError
        raise ConfigurationError(
            f"ADVOCATES_TIME_ZONE must be a zone such as America/Chicago, not {config.time_zone!r}."
        ) from error
