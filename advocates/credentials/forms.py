"""The forms of waivers and of the issuer."""

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple, Self

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import Field, SelectField, StringField
from wtforms.fields import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import AnyOf, DataRequired, InputRequired, Length, Regexp

from advocates.credentials.models import Issuer, Signatory
from advocates.credentials.naming_issuer import MOST_SIGNATORIES, StatedIssuer
from advocates.credentials.rules import WaiverReason, WaiverRefusal
from advocates.credentials.telling import requirement_label
from advocates.form import Form
from advocates.people.forms import one_line

WAIVER_REASONS = {
    WaiverReason.LATE_ENROLLMENT: _l("Enrolled after it was held"),
    WaiverReason.SHOWN_ELSEWHERE: _l("Already shown in another program"),
    WaiverReason.NOT_OFFERED: _l("The program could not offer it"),
    WaiverReason.RECORD_LOST: _l("It was done, but its record is lost"),
}
WAIVER_REFUSALS = {
    WaiverRefusal.NOT_WAIVABLE: _l("Contact minutes and the certificate name can never be waived."),
    WaiverRefusal.NOT_OPEN: _l("This requirement is met already, or is none of this person's curriculum."),
    WaiverRefusal.ALREADY_PROPOSED: _l("A waiver of this requirement is proposed or approved already."),
    WaiverRefusal.OWN_ENROLLMENT: _l("Nobody waives anything for themself. Ask a colleague."),
    WaiverRefusal.SAME_PERSON: _l("You proposed this waiver, so somebody else must decide."),
    WaiverRefusal.ALREADY_DECIDED: _l("This waiver was decided in the meantime."),
}
PREFIX = r"^[A-Z][A-Z0-9]{1,9}\Z"
ROWS = range(1, MOST_SIGNATORIES + 1)


class WaiverForm(Form):
    """Which open gate, and why. Any key may be sent: the rule answers for those that are not offered."""

    requirement = SelectField(_l("Requirement"), [InputRequired(_l("Choose a requirement."))], validate_choice=False)
    reason = SelectField(
        _l("Reason"),
        [InputRequired(_l("Choose a reason."))],
        choices=[
            SelectChoice("", _l("Choose one")),
            *(SelectChoice(reason.value, label) for reason, label in WAIVER_REASONS.items()),
        ],
    )

    def offer(self, keys: Sequence[str]) -> Self:
        """Let the open gates of these keys be chosen."""
        offered = (SelectChoice(key, requirement_label(key)) for key in keys)
        self.requirement.choices = [SelectChoice("", _l("Choose one")), *offered]
        return self


class DecisionForm(Form):
    decision = StringField(_l("Decision"), [InputRequired(), AnyOf(["approve", "refuse"])])


class SignatoryRow(NamedTuple):
    """The boxes of one signatory."""

    name: Field
    title: Field
    place: Field

    @property
    def is_used(self) -> bool:
        return bool(self.name.data or self.title.data)


class IssuerForm(Form):
    """The issuer, and boxes for each signatory: those left empty name nobody."""

    name = StringField(
        _l("Issuer"), [DataRequired(_l("Type who issues the certificates.")), Length(max=200)], filters=[one_line]
    )
    program_title = StringField(
        _l("Program title"), [DataRequired(_l("Type the title of the program.")), Length(max=200)], filters=[one_line]
    )
    serial_prefix = StringField(
        _l("Serial prefix"),
        [
            DataRequired(_l("Type a prefix.")),
            Regexp(PREFIX, message=_l("Use 2 to 10 capital letters and digits, beginning with a letter.")),
        ],
        filters=[one_line],
    )

    @classmethod
    def showing(cls, issuer: Issuer | None, signatories: Sequence[Signatory]) -> Self:
        """The form as submitted, or with what stands."""
        data: dict[str, Any] = {}
        if issuer:
            data = {"name": issuer.name, "program_title": issuer.program_title, "serial_prefix": issuer.serial_prefix}
        for number, row in zip(ROWS, signatories, strict=False):
            data |= {f"signatory_{number}_name": row.name, f"signatory_{number}_title": row.title}
        return cls.of_request(**data)

    @property
    def signatories(self) -> Iterator[SignatoryRow]:
        for number in ROWS:
            yield SignatoryRow(*(self[f"signatory_{number}_{part}"] for part in SignatoryRow._fields))

    def validate(self, extra_validators: Any = None) -> bool:
        is_valid = super().validate(extra_validators)
        used = [row for row in self.signatories if row.is_used]
        if not used:
            _refuse(self["signatory_1_name"], _("Name at least one signatory."))
        for row in used:
            if not (row.name.data and row.title.data):
                _refuse(row.title if row.name.data else row.name, _("Type both, or leave both empty."))
            if [other.place.data for other in used].index(row.place.data) != used.index(row):
                _refuse(row.place, _("Somebody else has this place."))
        return is_valid and not self.errors

    def stated(self) -> StatedIssuer:
        """What was typed, the signatories by their place."""
        used = sorted((row for row in self.signatories if row.is_used), key=lambda row: int(row.place.data))
        return StatedIssuer(
            name=self.name.data or "",
            program_title=self.program_title.data or "",
            serial_prefix=self.serial_prefix.data or "",
            signatories=[(row.name.data, row.title.data) for row in used],
        )


for _number in ROWS:
    _boxes = {
        "name": StringField(_l("Name"), [Length(max=120)], filters=[one_line]),
        "title": StringField(_l("Title"), [Length(max=160)], filters=[one_line]),
        "place": SelectField(
            _l("Order"), choices=[SelectChoice(str(place), str(place)) for place in ROWS], default=str(_number)
        ),
    }
    for _part, _box in _boxes.items():
        setattr(IssuerForm, f"signatory_{_number}_{_part}", _box)


def _refuse(field: Field, sentence: str) -> None:
    field.errors = [*field.errors, sentence]
