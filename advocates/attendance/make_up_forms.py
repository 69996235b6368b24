"""The forms of make-ups: a proposal for one missing part, and a decision."""

import uuid
from enum import StrEnum
from typing import Self

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import DateField, IntegerField, SelectField, TextAreaField, ValidationError
from wtforms.fields import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from advocates.attendance.proposing import Proposal
from advocates.attendance.queries.owing import Offer, Owing
from advocates.attendance.rules.make_ups import DecisionReason
from advocates.curriculum.rules import MakeUpRoute
from advocates.form import Form
from advocates.formatting import clock_span, short_day
from advocates.hours.rules import Slice
from advocates.people.forms import id_or_none, one_line

EQUIVALENT = MakeUpRoute.EQUIVALENT_ACTIVITY.value
LONGEST_MODULE = 10_000


def route_or_none(value: object) -> uuid.UUID | str | None:
    """A session's key, the equivalent activity, or nothing. Raises ValueError as WTForms expects."""
    return EQUIVALENT if value == EQUIVALENT else id_or_none(value)


def reason_or_none(value: object) -> DecisionReason | None:
    return DecisionReason(str(value)) if value else None


class ProposalForm(Form):
    """How a missing part, or less of it, is made up."""

    module_id = SelectField(
        _l("Missing part"),
        [InputRequired(_l("Choose a missing part from the list."))],
        coerce=id_or_none,
        choices=[],
        validate_choice=False,
    )
    from_minute = IntegerField(
        _l("From minute"), [InputRequired(_l("Type a minute of the module.")), NumberRange(0, LONGEST_MODULE)]
    )
    to_minute = IntegerField(
        _l("To minute"), [InputRequired(_l("Type a minute of the module.")), NumberRange(1, LONGEST_MODULE)]
    )
    route = SelectField(
        _l("How it is made up"),
        [InputRequired(_l("Choose how it is made up."))],
        coerce=route_or_none,
        choices=[],
        validate_choice=False,
    )
    done_on = DateField(_l("Day of the activity"), [Optional()])
    evidence = TextAreaField(_l("Evidence"), [Length(max=500)], filters=[one_line])

    def offer(self, owing: Owing, module_id: uuid.UUID) -> Self:
        """Fill the list with what may pay a part of this module."""
        choices = [SelectChoice("", _("Choose"))]
        if activity := owing.equivalent_for(module_id):
            choices.append(SelectChoice(EQUIVALENT, _("Equivalent activity: %(what)s", what=activity)))
        offered = (each for each in owing.offers_for(module_id) if each.is_open)
        choices += [SelectChoice(str(each.session.id), _label(each)) for each in offered]
        self.route.choices = choices
        return self

    def validate_to_minute(self, field: IntegerField) -> None:
        if field.data is not None and self.from_minute.data is not None and field.data <= self.from_minute.data:
            raise ValidationError(_("The last minute must be later than the first. Correct one of the two."))

    def proposal(self) -> Proposal:
        """As far as it could be read: what a field with an error holds says nothing."""
        return Proposal(
            module_id=self.module_id.data,
            minutes=Slice(self.from_minute.data or 0, self.to_minute.data or 0),
            session_id=None if self.route.data == EQUIVALENT else self.route.data,
            done_on=self.done_on.data,
            evidence=self.evidence.data or "",
        )


class Decision(StrEnum):
    APPROVE = "approve"
    REFUSE = "refuse"
    REVERSE = "reverse"


class DecisionForm(Form):
    """What becomes of a make-up. A refusal and a reversal say why."""

    decision = SelectField(
        _l("Decision"), choices=[SelectChoice(each.value, each.value) for each in Decision], coerce=Decision
    )
    reason = SelectField(_l("Reason"), choices=[], coerce=reason_or_none, validate_choice=False)

    def validate_reason(self, field: SelectField) -> None:
        if field.data is None and self.decision.data is not Decision.APPROVE:
            raise ValidationError(_("Choose a reason."))


def _label(offer: Offer) -> str:
    """Nov 14, 2026, 9:00 AM – 12:00 PM CST, Fall 2026: minutes 0–85."""
    session = offer.session
    return _(
        "%(day)s, %(span)s, %(cohort)s: minutes %(slices)s",
        day=short_day(session.planned_start, session.time_zone),
        span=clock_span(session.planned_start, session.planned_end, session.time_zone),
        cohort=offer.cohort,
        slices=offer.minutes,
    )
