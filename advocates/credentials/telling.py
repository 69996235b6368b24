"""What falls short, by how much, in plain sentences."""

import uuid
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from flask_babel import gettext as _
from flask_babel import ngettext

from advocates.credentials.content import mode_label
from advocates.credentials.rules import Eligibility, Requirement, RequirementKind
from advocates.curriculum.labels import AGREEMENT_LABELS
from advocates.curriculum.rules import Agreement
from advocates.formatting import contact_hours
from advocates.hours.queries import VersionTerms


@dataclass(frozen=True)
class Told:
    """Sentences about minutes in all, about single modules, and about everything else."""

    total: Sequence[str]
    modules: Sequence[str]
    others: Sequence[str]


def tell(verdict: Eligibility, terms: VersionTerms, *, with_slices: bool = True) -> Told:
    """What falls short of the version's terms. Slices are for those who may see attendance, not for auditors."""
    short = verdict.shortfalls
    return Told(
        total=[_total(r) for r in short if r.kind is RequirementKind.CONTACT_MINUTES],
        modules=[_module(r, terms, with_slices) for r in short if r.kind is RequirementKind.MODULE],
        others=list(_others(short)),
    )


def requirement_label(key: str) -> str:
    """A requirement that may be waived, by its key."""
    kind, _separator, subject = key.partition(":")
    if kind == RequirementKind.SKILL:
        return _("Skill: %(skill)s", skill=subject)
    if kind == RequirementKind.AGREEMENT:
        return _("Agreement: %(agreement)s", agreement=AGREEMENT_LABELS[Agreement(subject)])
    labels = {
        RequirementKind.COMPLETION_WINDOW: _("Days to complete it"),
        RequirementKind.PRE_TEST: _("Pre-test"),
        RequirementKind.POST_TEST: _("Post-test"),
    }
    return labels[RequirementKind(kind)]


def _total(requirement: Requirement) -> str:
    return _(
        "Contact hours: %(credited)s of %(needed)s credited, %(missing)s missing",
        credited=contact_hours(requirement.credited),
        needed=contact_hours(requirement.needed),
        missing=contact_hours(requirement.needed - requirement.credited),
    )


def _module(requirement: Requirement, terms: VersionTerms, with_slices: bool) -> str:
    title = terms.titles[uuid.UUID(requirement.subject)]
    missing = contact_hours(requirement.needed - requirement.credited)
    if not requirement.credited:
        return _("%(module)s: all %(missing)s missing", module=title, missing=missing)
    if not with_slices:
        return _("%(module)s: %(missing)s missing", module=title, missing=missing)
    slices = ", ".join(f"{part.from_minute}–{part.to_minute}" for part in requirement.missing)
    return _("%(module)s: %(missing)s missing (minutes %(slices)s)", module=title, missing=missing, slices=slices)


def _others(short: Iterable[Requirement]) -> Iterator[str]:
    skills = [r.subject for r in short if r.kind is RequirementKind.SKILL]
    agreements = [str(AGREEMENT_LABELS[Agreement(r.subject)]) for r in short if r.kind is RequirementKind.AGREEMENT]
    for requirement in short:
        if sentence := _single(requirement):
            yield sentence
    if skills:
        counted = ngettext("%(num)d skill not signed yet", "%(num)d skills not signed yet", len(skills))
        yield _("%(counted)s: %(names)s", counted=counted, names="; ".join(skills))
    if agreements:
        counted = ngettext("%(num)d agreement not signed yet", "%(num)d agreements not signed yet", len(agreements))
        yield _("%(counted)s: %(names)s", counted=counted, names="; ".join(agreements))


def _single(requirement: Requirement) -> str | None:
    """None for what is told together with others of its kind."""
    credited, needed = contact_hours(requirement.credited), contact_hours(requirement.needed)
    match requirement.kind:
        case RequirementKind.ENROLLMENT:
            return _("The enrollment is no longer open")
        case RequirementKind.ELECTIVES:
            return _("Electives: %(credited)s of %(needed)s credited", credited=credited, needed=needed)
        case RequirementKind.DELIVERY_MINIMUM:
            mode = mode_label(requirement.subject)
            return _("%(mode)s: %(credited)s of at least %(needed)s", mode=mode, credited=credited, needed=needed)
        case RequirementKind.DELIVERY_CAP:
            mode = mode_label(requirement.subject)
            return _("%(mode)s: %(needed)s done, only %(credited)s count", mode=mode, needed=needed, credited=credited)
        case RequirementKind.COMPLETION_WINDOW:
            figures = {"taken": requirement.needed, "most": requirement.credited}
            return _("Days from the first to the last: %(taken)s, at most %(most)s are given", **figures)
        case RequirementKind.PRE_TEST:
            return _("Pre-test: not taken yet")
        case RequirementKind.POST_TEST:
            return _post_test(requirement)
        case RequirementKind.CERTIFICATE_NAME:
            return _("Certificate name: not confirmed yet")
    return None


def _post_test(requirement: Requirement) -> str:
    figures = {"best": requirement.credited, "questions": requirement.out_of, "needed": requirement.needed}
    if not requirement.attempts_made:
        return _("Post-test: not taken yet; %(needed)s of %(questions)s needed", **figures)
    if not requirement.attempts_left:
        return _("Post-test: best %(best)s of %(questions)s; %(needed)s needed; no attempt left", **figures)
    return ngettext(
        "Post-test: best %(best)s of %(questions)s; %(needed)s needed; %(num)d attempt left",
        "Post-test: best %(best)s of %(questions)s; %(needed)s needed; %(num)d attempts left",
        requirement.attempts_left,
        **figures,
    )
