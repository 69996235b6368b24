"""What a version must satisfy before it is published and frozen."""

from collections.abc import Iterator

from advocates.curriculum.delivery import DeliveryMode
from advocates.curriculum.rules.document import CurriculumDocument, MakeUpRoute, ModuleDocument, VersionRules
from advocates.curriculum.rules.problems import N_, Problem


def required_minutes_total(document: CurriculumDocument) -> int:
    """Minutes of all required modules plus the elective minutes owed."""
    required = sum(module.contact_minutes for module in document.modules if module.required)
    return required + document.rules.electives_owed_minutes


def publishing_problems(document: CurriculumDocument) -> tuple[Problem, ...]:
    """Everything that keeps this curriculum from being published; empty when it may be."""
    problems = [*_total_problems(document), *_delivery_problems(document)]
    for position, module in enumerate(document.modules):
        problems += _module_problems(f"modules[{position}]", module, document.rules)
    return tuple(problems)


def _total_problems(document: CurriculumDocument) -> Iterator[Problem]:
    total, required = required_minutes_total(document), document.required_contact_minutes
    values = {"total": total, "required": required, "difference": abs(total - required)}
    if total < required:
        message = N_(
            "Required modules and electives owed come to %(total)s min, not %(required)s min: "
            "%(difference)s min too few."
        )
        yield Problem("required_contact_minutes", message, values)
    elif total > required:
        message = N_(
            "Required modules and electives owed come to %(total)s min, not %(required)s min: "
            "%(difference)s min too many."
        )
        yield Problem("required_contact_minutes", message, values)
    offered = sum(module.contact_minutes for module in document.modules if not module.required)
    owed = document.rules.electives_owed_minutes
    if offered < owed:
        message = N_("Electives of %(owed)s min are owed, but only %(offered)s min are on offer.")
        yield Problem("rules.electives_owed_minutes", message, {"owed": owed, "offered": offered})


def _delivery_problems(document: CurriculumDocument) -> Iterator[Problem]:
    rules, required = document.rules, document.required_contact_minutes
    minimum = sum(rules.delivery_minimums_minutes.values())
    if minimum > required:
        message = N_("The minimums come to %(minimum)s min, more than the %(required)s min of the whole.")
        values = {"minimum": minimum, "required": required}
        yield Problem("rules.delivery_minimums_minutes", message, values)
    for mode, least in rules.delivery_minimums_minutes.items():
        most = rules.delivery_caps_minutes.get(mode, required)
        if most < least <= required:
            message = N_("At least %(least)s min are asked for, but at most %(most)s min may count.")
            yield Problem(f"rules.delivery_minimums_minutes.{mode}", message, {"least": least, "most": most})
    if not set(DeliveryMode) - set(rules.delivery_caps_minutes):
        most = sum(rules.delivery_caps_minutes.values())
        if most < required:
            message = N_("All modes together may count at most %(most)s min, but %(required)s min are required.")
            yield Problem("rules.delivery_caps_minutes", message, {"most": most, "required": required})


def _module_problems(path: str, module: ModuleDocument, rules: VersionRules) -> Iterator[Problem]:
    if module.content_note is not None:
        yield from _equivalent_problems(path, module, rules)
    if module.observed_skills and not rules.skills:
        message = N_("%(key)s observes skills, but the rules name no skill to sign.")
        yield Problem(f"{path}.observed_skills", message, {"key": module.key})


def _equivalent_problems(path: str, module: ModuleDocument, rules: VersionRules) -> Iterator[Problem]:
    """No one is made to sit through what a content note warns of: another way must exist and must count."""
    values: dict[str, object] = {"key": module.key, "minutes": module.contact_minutes}
    cap = rules.delivery_caps_minutes.get(DeliveryMode.EQUIVALENT_ACTIVITY, module.contact_minutes)
    if module.equivalent_activity is None:
        message = N_("%(key)s has a content note, so it must offer an equivalent activity.")
        yield Problem(f"{path}.equivalent_activity", message, values)
    elif MakeUpRoute.EQUIVALENT_ACTIVITY not in rules.make_up_routes:
        message = N_("%(key)s offers an equivalent activity, but the make-up routes do not allow one.")
        yield Problem("rules.make_up_routes", message, values)
    elif cap < module.contact_minutes:
        message = N_(
            "%(key)s has a content note and takes %(minutes)s min, but equivalent activities may count "
            "at most %(cap)s min."
        )
        yield Problem("rules.delivery_caps_minutes.equivalent_activity", message, values | {"cap": cap})
