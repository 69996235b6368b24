"""Taking a test: its questions, looking them over, and sending it. Works without a script."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from advocates.access import Permission, actor, requires
from advocates.database import db, new_id
from advocates.idempotency import commit_and_redirect
from advocates.sittings import finishing, saving
from advocates.sittings.forms import UnreadableAnswers, sent_by_form
from advocates.sittings.queries import Asked, Held, answers_of, questions_of
from advocates.sittings.rules.answering import AnswerError, is_marked, read_answer
from advocates.sittings.rules.saving import Verdict, Version
from advocates.sittings.rules.settings import Paging
from advocates.sittings.rules.showing import Shown
from advocates.sittings.views import blueprint
from advocates.sittings.views.loading import load_held, seconds_left

Page = str | tuple[str, int] | Response


@dataclass(frozen=True)
class Card:
    """A question on the page: as shown, the version that it shows, and what is to be said of it."""

    position: int
    shown: Shown
    version: int
    is_marked: bool
    key: uuid.UUID
    problem: str = ""
    typed_here: str = ""


@blueprint.route("/sittings/<uuid:sitting_id>", methods=["GET", "POST"])
@requires(Permission.TAKE_TESTS)
def take_sitting(sitting_id: uuid.UUID) -> Page:
    if request.method == "POST":
        return _save(sitting_id)
    held = load_held(sitting_id)
    if held.sitting.finished_at is not None:
        return redirect(url_for("sittings.show_result", sitting_id=sitting_id), 303)
    questions = questions_of(sitting_id)
    answers = answers_of(sitting_id)
    return _page(held, questions, [_card(each, answers[each.row.id]) for each in _on_page(held, questions)])


@blueprint.get("/sittings/<uuid:sitting_id>/review")
@requires(Permission.TAKE_TESTS)
def review_sitting(sitting_id: uuid.UUID) -> Page:
    held = load_held(sitting_id)
    if held.sitting.finished_at is not None:
        return redirect(url_for("sittings.show_result", sitting_id=sitting_id), 303)
    answers = answers_of(sitting_id)
    rows = [(each, answers[each.row.id].content) for each in questions_of(sitting_id)]
    return render_template(
        "sittings/review_sitting.html", held=held, rows=rows, seconds_left=seconds_left(held), paging=Paging
    )


@blueprint.post("/sittings/<uuid:sitting_id>/finish")
@requires(Permission.TAKE_TESTS)
def finish_sitting(sitting_id: uuid.UUID) -> Response:
    try:
        finishing.finish_sitting(actor().person_id, sitting_id, is_sent=True)
    except finishing.NoSuchSitting:
        abort(404)
    return commit_and_redirect("sittings.show_result", sitting_id=sitting_id)


def _save(sitting_id: uuid.UUID) -> Page:
    form = request.form.to_dict(flat=False)
    positions = [int(name[4:]) for name in form if name.startswith("key-") and name[4:].isdigit()][:200]
    try:
        saved = saving.save_answers(actor().person_id, sitting_id, sent_by_form(form, positions))
    except saving.NoSuchSitting:
        abort(404)
    except UnreadableAnswers:
        abort(400, _("These answers cannot be read. Go back, reload the page and answer again."))
    if not (saved.is_late or saved.conflicts or saved.refused):
        flash(_("Saved."))
        if request.form.get("go") == "review":
            return commit_and_redirect("sittings.review_sitting", sitting_id=sitting_id)
        return commit_and_redirect("sittings.take_sitting", sitting_id=sitting_id, page=_next(positions))
    db.session.commit()
    cards = [_card_again(each) for each in saved.outcomes if each.asked is not None]
    status = 409 if saved.is_late or saved.conflicts else 422
    return _page(saved.held, questions_of(sitting_id), cards, is_late=saved.is_late), status


def _next(positions: Sequence[int]) -> int:
    at = max(positions, default=1)
    return at + 1 if request.form.get("go") == "next" else at


def _on_page(held: Held, questions: Sequence[Asked]) -> Sequence[Asked]:
    if held.assessment.held.paging is Paging.ONE_PAGE:
        return questions
    asked_for = request.args.get("page", "1")
    at = int(asked_for) if asked_for.isascii() and asked_for.isdigit() and len(asked_for) < 5 else 1
    at = min(max(at, 1), len(questions))
    return questions[at - 1 : at]


def _card(asked: Asked, version: Version) -> Card:
    content = version.content
    return Card(asked.row.position, asked.shown(content.answer), version.number, content.is_marked, new_id())


def _card_again(outcome: saving.Outcome) -> Card:
    """After a refusal the question as it was filled in; after a conflict as it is stored, with what was typed here."""
    asked, sent = outcome.asked, outcome.sent
    assert asked is not None  # noqa: S101
    card = _card(asked, outcome.stands)
    text = " ".join(sent.fields.get(f"{asked.prefix}-text", ()))
    if outcome.verdict is Verdict.CONFLICT:
        return replace(card, problem=_("Another device saved a newer answer. It is shown here."), typed_here=text)
    if outcome.verdict is not None:
        return card
    if outcome.error is not None:
        error = outcome.error
        return replace(
            card,
            shown=replace(card.shown, typed=text or card.shown.typed),
            problem=_(error.message, **error.values),
        )
    return replace(card, shown=_typed(asked, sent.fields), is_marked=is_marked(asked.prefix, sent.fields))


def _typed(asked: Asked, fields: Mapping[str, Sequence[str]]) -> Shown:
    try:
        return asked.shown(read_answer(asked.question, asked.arrangement, asked.prefix, fields))
    except AnswerError:
        return asked.shown(None)


def _page(held: Held, questions: Sequence[Asked], cards: Sequence[Card], *, is_late: bool = False) -> str:
    return render_template(
        "sittings/take_sitting.html",
        held=held,
        settings=held.assessment.held,
        cards=cards,
        many=len(questions),
        is_late=is_late,
        seconds_left=seconds_left(held),
        paging=Paging,
    )
