"""Agreements signed on paper, typed in later: who typed, who witnessed."""

import uuid
from collections.abc import Sequence
from datetime import date
from typing import cast

from flask import flash, render_template, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response
from wtforms import SelectChoice  # type: ignore[attr-defined]

from advocates import clock
from advocates.access import Permission, actor, requires
from advocates.assessments import signing
from advocates.assessments.agreement_queries import VersionTexts, asked_since, text_versions
from advocates.assessments.forms import PaperForm
from advocates.assessments.models import AgreementText
from advocates.assessments.queries import PersonRecord, people_of, staff_besides
from advocates.assessments.rules import SignedAgreement, standing_signature
from advocates.assessments.views import blueprint
from advocates.cohorts.models import Cohort
from advocates.cohorts.scope import load_cohort
from advocates.formatting import short_day
from advocates.idempotency import commit_and_redirect
from advocates.people.forms import LANGUAGE_NAMES

Page = tuple[str, int] | Response
PERMISSION = Permission.RECORD_ASSESSMENTS


@blueprint.route("/cohorts/<uuid:cohort_id>/agreements", methods=["GET", "POST"])
@requires(PERMISSION)
def record_paper_agreements(cohort_id: uuid.UUID) -> Page:
    cohort = load_cohort(cohort_id, PERMISSION)
    versions, people = _countable(), people_of(cohort.id)
    asked = request.args.get("text")
    version = next((each for each in versions if str(each.binding.id) == asked), next(iter(versions), None))
    form = _form(cohort, people, version)
    if version is None or not form.is_submitted_and_valid():
        return _page(cohort, versions, version, people, form)
    text, witness_id = version.by_language[form.language.data], uuid.UUID(form.witness.data)
    signed_on = cast(date, form.signed_on.data)
    try:
        signing.record_paper_agreements(actor(), cohort, text, form.people.data or [], witness_id, signed_on)
    except signing.SigningRefused as refusal:
        return _page(cohort, versions, version, people, form, _sentence(refusal))
    flash(_("The signatures are recorded."))
    return commit_and_redirect("assessments.record_paper_agreements", cohort_id=cohort.id, text=version.binding.id)


def signature_of(person: PersonRecord, text: AgreementText) -> SignedAgreement | None:
    """The person's signature under any version of this agreement that none newer asks for again."""
    return standing_signature(person.facts.signed_agreements, text.key, is_settled=person.facts.is_settled)


def _countable() -> list[VersionTexts]:
    """The versions that a signature still counts under, by agreement, the newest first."""
    return [
        each
        for versions in text_versions().values()
        for each in versions
        if each.binding.version >= asked_since(versions)
    ]


def _form(cohort: Cohort, people: Sequence[PersonRecord], version: VersionTexts | None) -> PaperForm:
    form = PaperForm.of_request(today=clock.today(cohort.time_zone))
    staff = [SelectChoice(str(person_id), name) for person_id, name in staff_besides(actor().person_id)]
    form.witness.choices = [SelectChoice("", _("Choose")), *staff]
    form.people.choices = [
        SelectChoice(str(person.row.enrollment_id), person.row.chosen_name)
        for person in people
        if version is not None and _may_sign(person, version.binding)
    ]
    languages = version.by_language if version else {}
    form.language.choices = [SelectChoice(code, name) for code, name in LANGUAGE_NAMES.items() if code in languages]
    return form


def _may_sign(person: PersonRecord, text: AgreementText) -> bool:
    is_other = person.row.person_id != actor().person_id
    return person.is_enrolled and is_other and text.key in person.rules.agreements and not signature_of(person, text)


def _sentence(refusal: signing.SigningRefused) -> str:
    if isinstance(refusal, signing.OwnPaper):
        return _("Nobody types in or witnesses their own signature. Choose another witness.")
    if isinstance(refusal, signing.NotYetInForce):
        since = short_day(refusal.since)
        return _("This text is in force since %(day)s: nobody signed it before. Correct the day.", day=since)
    if isinstance(refusal, signing.NothingToSign):
        return _("All of them have signed this agreement before.")
    if isinstance(refusal, signing.AskedAgain):
        return _("A newer version asks everyone to sign again. Record papers of that one.")
    return _("Somebody on this page is no longer in training here. Reload the page.")


def _page(
    cohort: Cohort,
    versions: Sequence[VersionTexts],
    version: VersionTexts | None,
    people: Sequence[PersonRecord],
    form: PaperForm,
    problem: str | None = None,
) -> Page:
    text = version.binding if version else None
    page = render_template(
        "assessments/record_paper_agreements.html",
        cohort=cohort,
        texts=[each.binding for each in versions],
        text=text,
        signed=[(p.row.chosen_name, signed) for p in people if text and (signed := signature_of(p, text))],
        form=form,
        problem=problem,
    )
    return page, 422 if request.method == "POST" else 200
