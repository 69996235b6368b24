"""The forms of attendance. Register and sign-off have as many fields as people and parts, named by their ids."""

import re
import uuid
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Self

from flask import request

from advocates.attendance.marking import Entry
from advocates.attendance.rules import CorrectionReason, Outcome, Typed
from advocates.curriculum.delivery import DeliveryMode
from advocates.database import new_id

FIELD = re.compile(
    r"([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})-"
    r"(version|client_key|outcome|arrived|left|mode|undecided|choice|start|end|absences-(?:\d{1,2})-(?:out|back))"
)
LONGEST_TIME = 20
EVERYONE = "everyone"


@dataclass(frozen=True)
class Complaint:
    """An error as `error_summary` wants it: the field's id, a label, and what to mend."""

    id: str
    label: "Label"
    errors: tuple[str, ...]


@dataclass(frozen=True)
class Label:
    text: str


class Complaints:
    """The errors of a form whose fields are not WTForms fields; iterating gives them in the order noted."""

    def __init__(self) -> None:
        self.errors: dict[str, str] = {}
        self._labels: dict[str, str] = {}

    def note(self, field_id: str, label: str, sentence: str) -> None:
        self.errors[field_id] = sentence
        self._labels[field_id] = label

    def has_errors_at(self, prefix: str) -> bool:
        """Whether a field of this person or part is refused."""
        return any(field_id.startswith(prefix) for field_id in self.errors)

    def __iter__(self) -> Iterator[Complaint]:
        for field_id, error in self.errors.items():
            yield Complaint(field_id, Label(self._labels[field_id]), (error,))


class RegisterForm(Complaints):
    """The register as sent: one entry a person."""

    def __init__(self, entries: tuple[Entry, ...], fills_unmarked: bool) -> None:
        super().__init__()
        self.entries = entries
        self.fills_unmarked = fills_unmarked

    @classmethod
    def of_request(cls) -> Self:
        sent = fields_by_id()
        kept = {key: fields for key, fields in sent.items() if fields.get("choice") != "theirs"}
        return cls(tuple(_entry(key, fields) for key, fields in kept.items()), EVERYONE in request.form)


class SignOffForm(Complaints):
    """Delivered times as typed, by segment; `ended` cuts everything after it."""

    def __init__(self, times: Mapping[uuid.UUID, tuple[str, str]], ended: str, agenda_version: int) -> None:
        super().__init__()
        self.times = times
        self.ended = ended
        self.agenda_version = agenda_version

    @classmethod
    def of_request(cls) -> Self:
        times = {key: (_time(fields, "start"), _time(fields, "end")) for key, fields in fields_by_id().items()}
        return cls(times, _time(request.form, "ended"), _whole_number(request.form.get("agenda_version")))


class CorrectionForm(Complaints):
    """One person's fields as the register names them, and why they are corrected."""

    def __init__(self, base_version: int, typed: Typed, reason: CorrectionReason | None) -> None:
        super().__init__()
        self.base_version = base_version
        self.typed = typed
        self.reason = reason

    @classmethod
    def of_request(cls, enrollment_id: uuid.UUID) -> Self:
        fields = fields_by_id().get(enrollment_id, {})
        reason = request.form.get("reason")
        return cls(
            _whole_number(fields.get("version")),
            typed_fields(fields),
            CorrectionReason(reason) if reason in set(CorrectionReason) else None,
        )


def fields_by_id() -> dict[uuid.UUID, dict[str, str]]:
    """The request's fields named `<id>-<field>`, by id, in the order sent."""
    sent: dict[uuid.UUID, dict[str, str]] = defaultdict(dict)
    for name, value in request.form.items():
        if match := FIELD.fullmatch(name):
            sent[uuid.UUID(match[1])][match[2]] = value
    return dict(sent)


def typed_fields(fields: Mapping[str, str]) -> Typed:
    """One person's fields; pairs of absences left empty close up."""
    numbers = sorted({int(name.split("-")[1]) for name in fields if name.startswith("absences-")})
    pairs = ((_time(fields, f"absences-{n}-out"), _time(fields, f"absences-{n}-back")) for n in numbers)
    outcome, mode = fields.get("outcome"), fields.get("mode")
    return Typed(
        outcome=Outcome(outcome) if outcome in set(Outcome) else None,
        arrived=_time(fields, "arrived"),
        left=_time(fields, "left"),
        absences=tuple(pair for pair in pairs if any(pair)),
        mode=DeliveryMode(mode) if mode in set(DeliveryMode) else None,
    )


def _entry(enrollment_id: uuid.UUID, fields: Mapping[str, str]) -> Entry:
    return Entry(
        enrollment_id=enrollment_id,
        base_version=_whole_number(fields.get("version")),
        client_key=_key(fields.get("client_key")),
        typed=typed_fields(fields),
        is_undecided="undecided" in fields and fields.get("choice") != "mine",
    )


def _time(fields: Mapping[str, str], name: str) -> str:
    return fields.get(name, "").strip()[:LONGEST_TIME]


def _whole_number(text: str | None) -> int:
    return int(text) if text and re.fullmatch(r"[0-9]{1,6}", text) else 0


def _key(text: str | None) -> uuid.UUID:
    try:
        return uuid.UUID(text or "")
    except ValueError:
        return new_id()
