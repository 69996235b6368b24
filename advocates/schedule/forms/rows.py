"""Fields for days and clock times, and forms with numbered rows, of which an empty one does not count."""

from collections.abc import Iterator, Mapping
from itertools import chain
from typing import Any, Self
from urllib.parse import urlsplit

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import DateField, Field, IntegerField, TimeField
from wtforms.fields import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import DataRequired, Length, Optional, ValidationError

from advocates.curriculum.delivery import DeliveryMode
from advocates.curriculum.labels import DELIVERY_LABELS
from advocates.curriculum.rules import Problem
from advocates.form import Form
from advocates.schedule.rules import FIRST_YEAR, LAST_YEAR

PLACE = [DataRequired(_l("Type where it takes place.")), Length(max=300)]
MOST_ROOM, MOST_LINK = 120, 500


class DayField(DateField):
    """A calendar day in the years that a schedule may lie in."""

    def __init__(self, label: Any, validators: Any = (), **more: Any) -> None:
        super().__init__(label, validators, **more)
        self.invalid_value_message = _l("This is not a day. Type it as 2026-11-26.")

    def pre_validate(self, form: Any) -> None:
        if self.data is not None and not FIRST_YEAR <= self.data.year <= LAST_YEAR:
            raise ValidationError(
                _("The day must be in the years %(first)s to %(last)s.", first=FIRST_YEAR, last=LAST_YEAR)
            )


class ClockField(TimeField):
    """A clock time to the minute, as browsers send it or as people type it."""

    def __init__(self, label: Any, validators: Any = (), **more: Any) -> None:
        super().__init__(label, validators, format=["%H:%M", "%I:%M %p", "%I:%M%p"], **more)
        self.invalid_value_message = _l("This is not a clock time. Type it as 17:30 or 5:30 PM.")


class MinutesField(IntegerField):
    """A whole number of minutes."""

    def __init__(self, label: Any, validators: Any = (), **more: Any) -> None:
        super().__init__(label, validators, **more)
        self.invalid_value_message = _l("This is not a whole number of minutes.")


def https_link(_form: Any, field: Field) -> None:
    """Nothing, or an https address that a browser can open."""
    if field.data and not is_link(field.data):
        raise ValidationError(_("A link must begin with https:// and hold no spaces."))


def is_link(text: str) -> bool:
    if not text.isprintable() or any(map(str.isspace, text)):
        return False
    try:
        parts = urlsplit(text)
    except ValueError:  # https://[ is no address at all
        return False
    return parts.scheme == "https" and bool(parts.hostname)


class Row(Form):
    """One numbered row. What `tells` names makes it count; other fields have a value from the start."""

    tells: tuple[str, ...] = ()

    @classmethod
    def numbered(cls, number: int, name: str, formdata: Any, **data: Any) -> Self:
        """Row `number` (from 1). `name` stands before each label, so that a list of errors tells the rows apart."""
        row = cls(formdata, prefix=f"rows-{number - 1}-", **data)
        row.number, row.name = number, name
        for field in row:
            field.description = field.label.text
            field.label.text = f"{name}: {field.label.text}"
        return row

    number: int
    name: str

    @property
    def counts(self) -> bool:
        return any((self[name].raw_data or [""])[0].strip() for name in self.tells)


class WithRows(Form):
    """A form and its rows: errors and iteration span both."""

    rows: list[Any]

    def __iter__(self) -> Iterator[Field]:
        return chain(super().__iter__(), *getattr(self, "rows", ()))

    @property
    def errors(self) -> dict[str, Any]:
        return {field.name: field.errors for field in self if field.errors}

    @property
    def filled(self) -> list[Any]:
        return [row for row in self.rows if row.counts]

    def rows_are_valid(self) -> bool:
        return not [row for row in self.filled if not row.validate()]


ROOM = [Optional(), Length(max=MOST_ROOM)]
LINK = [Optional(), Length(max=MOST_LINK), https_link]


def stripped(text: str | None) -> str:
    return (text or "").strip()


def complain(field: Field, sentence: str) -> None:
    """Say a sentence at a field."""
    field.errors = [*field.errors, sentence]


def sentence(problem: Problem) -> str:
    """The problem in the reader's language."""
    return _(problem.message, **problem.values)


def choices_of(labels: Mapping[Any, Any]) -> list[Any]:
    """A choice for each code and its label."""
    return [SelectChoice(str(value), label) for value, label in labels.items()]


def mode_choices() -> list[Any]:
    """The modes in which a session can meet."""
    return choices_of({mode: DELIVERY_LABELS[mode] for mode in (DeliveryMode.IN_PERSON, DeliveryMode.LIVE_ONLINE)})
