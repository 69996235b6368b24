"""Write what surveys ask. A form is never changed: another wording is a new version, and open rounds keep theirs."""

import uuid
from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from advocates import clock
from advocates.audit.recording import record
from advocates.database import db, new_id
from advocates.evaluations.models import SurveyForm
from advocates.evaluations.rules import SHIPPED, Question, SurveyKind, questions_to_json


class FormRefused(Exception):
    """No form was written."""


class SameForm(FormRefused):
    """The form in use asks exactly this."""


class NumberTaken(FormRefused):
    """Somebody else wrote a version since the page was opened."""


def form_in_use(kind: SurveyKind) -> SurveyForm:
    """The highest number of this kind. The first is the shipped one, stored when it is first needed."""
    newest = select(SurveyForm).filter_by(kind=kind).order_by(SurveyForm.number.desc()).limit(1)
    stored = db.session.scalars(newest).one_or_none()
    if stored is None:
        stored = _form(kind, 1, SHIPPED[kind], None)
        db.session.add(stored)
        db.session.flush()
    return stored


def write_form(actor_id: uuid.UUID, kind: SurveyKind, questions: Sequence[Question], based_on: int) -> SurveyForm:
    """The version after `based_on`, for rounds that are opened from now on. Raises FormRefused."""
    current = form_in_use(kind)
    if current.number != based_on:
        raise NumberTaken
    form = _form(kind, current.number + 1, questions, actor_id)
    if form.questions == current.questions:
        raise SameForm
    db.session.add(form)
    try:
        db.session.flush()
    except IntegrityError as error:
        raise NumberTaken from error
    record(actor_id, "write_survey_form", form_id=form.id, kind=kind, number=form.number)
    return form


def _form(kind: SurveyKind, number: int, questions: Sequence[Question], by: uuid.UUID | None) -> SurveyForm:
    return SurveyForm(
        id=new_id(),
        kind=kind,
        number=number,
        questions=questions_to_json(questions),
        written_by=by,
        written_at=clock.now(),
    )
