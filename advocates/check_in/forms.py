"""The forms of checking in: a code, a kiosk's code with its direction, and the ticks of whoever confirms."""

import re
import uuid
from collections.abc import Collection, Mapping

from flask import request
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, RadioField, StringField
from wtforms.fields import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import DataRequired

from advocates.check_in.confirming import Tick
from advocates.check_in.rules import Direction
from advocates.database import new_id
from advocates.form import Form
from advocates.idempotency import KEY_FIELD
from advocates.people.forms import id_in_address


class CodeForm(Form):
    """`opening` seals when the page of a scanned code was opened."""

    code = StringField(_l("Code in the room"), [DataRequired(_l("Type the code that is shown in the room."))])
    opening = HiddenField()


def direction_or_none(value: object) -> Direction | None:
    return Direction(str(value)) if value in set(Direction) else None


class KioskForm(Form):
    """Without a direction it is what the person must mean."""

    code = StringField(_l("Your personal code"), [DataRequired(_l("Type the six digits of your personal code."))])
    direction = RadioField(
        _l("I am"),
        coerce=direction_or_none,
        choices=[
            SelectChoice(value="", label=_l("Coming or going")),
            SelectChoice(value=Direction.IN.value, label=_l("Coming")),
            SelectChoice(value=Direction.OUT.value, label=_l("Going")),
        ],
        validate_choice=False,
    )


def request_key() -> uuid.UUID:
    """The form's own key, so that a form sent twice writes one row."""
    return id_in_address(request.form.get(KEY_FIELD, "")) or new_id()


def ticks_of(enrollment_ids: Collection[uuid.UUID]) -> Mapping[uuid.UUID, Tick]:
    """What the trainer ticked, by enrollment; whoever left the register meanwhile is left out."""
    return {key: _tick(key) for key in enrollment_ids if f"{key}-confirm" in request.form}


def _tick(key: uuid.UUID) -> Tick:
    sent = {name: request.form.get(f"{key}-{name}", "") for name in ("version", "seen", "client_key")}
    numbers = {name: int(text) if re.fullmatch(r"[0-9]{1,6}", text) else 0 for name, text in sent.items()}
    return Tick(numbers["version"], numbers["seen"], id_in_address(sent["client_key"]) or new_id())
