"""The form that people fill in: by a private link without an account, or signed in from their home.

Neither writes what was sent under the form's key, as other forms do: that row would name the person, the time and a
digest of the answers. An invitation is used up once, which makes a form sent twice count once.
"""

import uuid
from collections.abc import Mapping

from flask import abort, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from advocates.access import Permission, actor, requires
from advocates.database import db, start_writing
from advocates.evaluations import answering, queries
from advocates.evaluations.labels import PROBLEM_LABELS, SCALE_WORDS, value_words
from advocates.evaluations.queries import Asked
from advocates.evaluations.rules import AnswerProblem, QuestionKind, Standing, SurveyKind, read_answers
from advocates.evaluations.views import blueprint
from advocates.people import signing_in


@blueprint.route("/surveys/<token>", methods=["GET", "POST"])
@requires(Permission.PUBLIC)
def answer_survey(token: str) -> tuple[str, int] | Response:
    """By the link of the mail. Guessing links from one address is slowed down."""
    limits = signing_in.throttle("survey", token[:60], request.remote_addr or "")
    if signing_in.is_throttled(limits):
        abort(429, _("Too many links were tried from here. Wait five minutes and try again."))
    asked = queries.find_asked_by_link(token)
    if asked is None:
        start_writing(db.session)
        signing_in.note_failure(limits)
        abort(404)
    return _page(asked) if request.method == "GET" else _take(asked)


@blueprint.route("/my-surveys/<uuid:invitation_id>", methods=["GET", "POST"])
@requires(Permission.SIGNED_IN)
def answer_own_survey(invitation_id: uuid.UUID) -> tuple[str, int] | Response:
    asked = queries.find_own_asked(invitation_id, actor().person_id) or abort(404)
    return _page(asked) if request.method == "GET" else _take(asked)


@blueprint.get("/survey-answered")
@requires(Permission.PUBLIC)
def thank() -> str:
    """The same page for an answer and for "no thanks"; its address says nothing of the survey."""
    return render_template("evaluations/thank.html")


def _take(asked: Asked) -> tuple[str, int] | Response:
    """Store what was sent, once; what was typed stays on the page where it cannot be taken."""
    is_declined = request.form.get("no_thanks") is not None
    answers, problems = ({}, {}) if is_declined else read_answers(asked.questions, request.form)
    if problems:
        return _page(asked, request.form, problems)
    try:
        if is_declined:
            answering.decline(asked)
        else:
            answering.answer(asked, answers)
    except answering.SurveyOver as over:
        db.session.rollback()
        if over.standing is Standing.DONE:
            return redirect(url_for("evaluations.thank"), 303)
        return _page(asked, request.form)
    db.session.commit()
    return redirect(url_for("evaluations.thank"), 303)


def _page(
    asked: Asked, typed: Mapping[str, str] | None = None, problems: Mapping[str, AnswerProblem] | None = None
) -> tuple[str, int]:
    """410 for what cannot be answered any more, 409 where it closed while somebody wrote, 422 for what is wrong."""
    standing = asked.standing
    page = render_template(
        "evaluations/answer_own_survey.html" if _is_own() else "evaluations/answer_survey.html",
        asked=asked,
        standing=standing,
        typed=typed,
        problems={key: PROBLEM_LABELS[problem] for key, problem in (problems or {}).items()},
        value_words=value_words,
        scale_words=SCALE_WORDS,
        Standing=Standing,
        SurveyKind=SurveyKind,
        QuestionKind=QuestionKind,
    )
    if standing is not Standing.OPEN:
        return page, 410 if typed is None else 409
    return page, 422 if problems else 200


def _is_own() -> bool:
    return request.endpoint == "evaluations.answer_own_survey"
