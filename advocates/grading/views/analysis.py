"""What the tests tell about their questions, and what a cohort learned."""

import csv
import uuid
from io import BytesIO, StringIO

from flask import abort, render_template, send_file
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from advocates.access import Permission, actor, requires
from advocates.cohorts.scope import load_cohort
from advocates.database import db
from advocates.grading.analyzing import Analyzed, analyze_test, gain_of
from advocates.grading.labels import REMARKS
from advocates.grading.views import blueprint
from advocates.question_bank.queries import is_asked, may_write
from advocates.sittings.models import Assessment
from advocates.sittings.rules import analysis, gain

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


@blueprint.get("/tests/<uuid:assessment_id>/analysis")
@requires(Permission.VIEW_QUESTIONS)
def show_analysis(assessment_id: uuid.UUID) -> str:
    assessment = _load(assessment_id)
    return render_template(
        "grading/show_analysis.html",
        assessment=assessment,
        analyzed=analyze_test(assessment.id),
        remarks=REMARKS,
        least=analysis.LEAST,
        small=analysis.SMALL,
    )


@blueprint.get("/tests/<uuid:assessment_id>/analysis.csv")
@requires(Permission.VIEW_QUESTIONS)
def export_analysis(assessment_id: uuid.UUID) -> Response:
    assessment = _load(assessment_id)
    text = StringIO()
    sheet = csv.writer(text)
    sheet.writerow([_("Question"), _("People"), _("Share of points, percent"), _("Discrimination"), _("What to do")])
    sheet.writerows(_row(each) for each in analyze_test(assessment.id))
    # A spreadsheet reads UTF-8 as such only behind a byte order mark.
    content = BytesIO(text.getvalue().encode("utf-8-sig"))
    return send_file(content, mimetype="text/csv", as_attachment=True, download_name="analysis.csv")


@blueprint.get("/cohorts/<uuid:cohort_id>/knowledge-gain")
@requires(Permission.VIEW_GRADUATION)
def show_gain(cohort_id: uuid.UUID) -> str:
    cohort = load_cohort(cohort_id, Permission.VIEW_GRADUATION)
    return render_template("grading/show_gain.html", cohort=cohort, gain=gain_of(cohort.id), least=gain.LEAST)


def _load(assessment_id: uuid.UUID) -> Assessment:
    """The test, for those who may write its questions and are not asked them."""
    assessment = db.session.get(Assessment, assessment_id) or abort(404)
    if not may_write(actor(), assessment.version_id) or is_asked(actor(), assessment.version_id):
        abort(404)
    return assessment


def _row(each: Analyzed) -> list[str]:
    item = each.item
    percent = "" if item.difficulty is None else str(int(item.difficulty * 100))
    told = "" if item.discrimination is None else f"{item.discrimination:.2f}"
    cells = [each.question.key, str(item.n), percent, told, " ".join(str(REMARKS[r]) for r in item.remarks)]
    return [f"'{cell}" if cell.startswith(FORMULA_STARTS) and cell != told else cell for cell in cells]
