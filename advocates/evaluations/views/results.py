"""What people answered, from five answers on and once the survey is closed: as a page and as a table."""

import uuid
from io import BytesIO

from flask import abort, render_template, send_file
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from advocates.access import Permission, requires
from advocates.curriculum.rules.table import write_table
from advocates.evaluations import queries
from advocates.evaluations.labels import KIND_LABELS, value_words
from advocates.evaluations.rules import SHOWN_FROM, QuestionKind, Results, SurveyKind
from advocates.evaluations.views import blueprint
from advocates.evaluations.views.rounds import load_round

COLUMNS = ("question", "answered", "answer", "count")


@blueprint.get("/survey-rounds/<uuid:round_id>")
@requires(Permission.RUN_SURVEYS)
def show_results(round_id: uuid.UUID) -> str:
    row, cohort, questions = load_round(round_id)
    return render_template(
        "evaluations/show_results.html",
        row=row,
        cohort=cohort,
        results=queries.results_of(row.round, questions),
        labels=KIND_LABELS,
        value_words=value_words,
        shown_from=SHOWN_FROM,
        QuestionKind=QuestionKind,
        SurveyKind=SurveyKind,
    )


@blueprint.get("/survey-rounds/<uuid:round_id>/answers.csv")
@requires(Permission.RUN_SURVEYS)
def export_results(round_id: uuid.UUID) -> Response:
    """How many gave each answer. Who gave which others with it is not known."""
    row, cohort, questions = load_round(round_id)
    results = queries.results_of(row.round, questions)
    if not results.are_shown:
        abort(409, _("The answers are shown once the survey is closed and at least five people answered."))
    # A spreadsheet reads UTF-8 as such only behind a byte order mark.
    return send_file(
        BytesIO(write_table(COLUMNS, _lines(results)).encode("utf-8-sig")),
        mimetype="text/csv",
        as_attachment=True,
        download_name=f"{cohort.title} {row.round.kind.value}.csv",
    )


def _lines(results: Results) -> list[tuple[str, str, str, str]]:
    """A line for each possible answer, and one for each text; of a question that fewer than five answered, a word."""
    lines = []
    for result in results.questions:
        if not result.is_shown:
            lines.append((result.question.text, _("fewer than 5"), "", ""))
            continue
        answered = str(result.answered)
        if result.question.kind is QuestionKind.TEXT:
            lines += [(result.question.text, answered, text, "1") for text in result.texts]
            continue
        words = value_words(result.question).values()
        pairs = zip(words, result.counts, strict=True)
        lines += [(result.question.text, answered, str(word), str(count)) for word, count in pairs]
    return lines
