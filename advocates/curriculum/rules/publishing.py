"""What a version must satisfy before it is published and frozen."""

from collections.abc import Collection, Iterator, Mapping

from advocates.curriculum.delivery import DeliveryMode
from advocates.curriculum.rules.document import CurriculumDocument, MakeUpRoute, ModuleDocument, VersionRules
from advocates.curriculum.rules.ordering import prerequisite_problems
from advocates.curriculum.rules.problems import N_, Problem
from advocates.curriculum.rules.sentences import Minutes


def required_minutes_total(document: CurriculumDocument) -> int:
    """Minutes of all required modules plus the elective minutes owed."""
    required = sum(module.contact_minutes for module in document.modules if module.required)
    return required + document.rules.electives_owed_minutes


def publishing_problems(document: CurriculumDocument, framework: Collection[str] = ()) -> tuple[Problem, ...]:
    """Everything that keeps this curriculum from being published; empty when it may be.

    `framework` holds the keys of the competencies that may be named; without any, none is checked.
    """
    problems = [*_total_problems(document), *_delivery_problems(document)]
    for position, module in enumerate(document.modules):
        path = f"modules[{position}]"
        problems += _module_problems(path, module, document.rules)
        problems += _mode_problems(path, module, document.rules)
        if framework:
            problems += _competency_problems(path, module, framework)
    return (*problems, *prerequisite_problems(document))


def _total_problems(document: CurriculumDocument) -> Iterator[Problem]:
    total, required = required_minutes_total(document), document.required_contact_minutes
    values = _hours(total=total, required=required, difference=abs(total - required))
    if total < required:
        message = N_("Required modules and electives owed come to %(total)s, not %(required)s: %(difference)s too few.")
        yield Problem("required_contact_minutes", message, values)
    elif total > required:
        message = N_(
            "Required modules and electives owed come to %(total)s, not %(required)s: %(difference)s too many."
        )
        yield Problem("required_contact_minutes", message, values)
    offered = sum(module.contact_minutes for module in document.modules if not module.required)
    owed = document.rules.electives_owed_minutes
    if offered < owed:
        message = N_("Electives of %(owed)s are owed, but only %(offered)s are on offer.")
        yield Problem("rules.electives_owed_minutes", message, _hours(owed=owed, offered=offered))


def _delivery_problems(document: CurriculumDocument) -> Iterator[Problem]:
    rules, required = document.rules, document.required_contact_minutes
    minimum = sum(rules.delivery_minimums_minutes.values())
    if minimum > required:
        message = N_("The minimums come to %(minimum)s, more than the %(required)s of the whole.")
        values = _hours(minimum=minimum, required=required)
        yield Problem("rules.delivery_minimums_minutes", message, values)
    for mode, least in rules.delivery_minimums_minutes.items():
        most = rules.delivery_caps_minutes.get(mode, required)
        if most < least <= required:
            message = N_("At least %(least)s are asked for, but at most %(most)s may count.")
            yield Problem(f"rules.delivery_minimums_minutes.{mode}", message, _hours(least=least, most=most))
        able = sum(module.contact_minutes for module in document.modules if mode in module.allowed_modes)
        if mode is not DeliveryMode.EQUIVALENT_ACTIVITY and able < least <= required:
            message = N_("At least %(least)s are asked for, but modules that may be taught so take %(able)s.")
            yield Problem(f"rules.delivery_minimums_minutes.{mode}", message, _hours(least=least, able=able))
    if not set(DeliveryMode) - set(rules.delivery_caps_minutes):
        most = sum(rules.delivery_caps_minutes.values())
        if most < required:
            message = N_("All modes together may count at most %(most)s, but %(required)s are required.")
            yield Problem("rules.delivery_caps_minutes", message, _hours(most=most, required=required))


def _hours(**minutes: int) -> Mapping[str, object]:
    """Totals read as everywhere else, in hours and minutes."""
    return {name: Minutes(each) for name, each in minutes.items()}


def _module_problems(path: str, module: ModuleDocument, rules: VersionRules) -> Iterator[Problem]:
    if module.content_note is not None:
        yield from _equivalent_problems(path, module, rules)
    if module.observed_skills and not rules.skills:
        message = N_("%(key)s observes skills, but the rules name no skill to sign.")
        yield Problem(f"{path}.observed_skills", message, {"key": module.key})


def _mode_problems(path: str, module: ModuleDocument, rules: VersionRules) -> Iterator[Problem]:
    if all(rules.delivery_caps_minutes.get(mode) == 0 for mode in module.allowed_modes):
        message = N_("%(key)s may only be taught in ways that earn no credit.")
        yield Problem(f"{path}.delivery_modes", message, {"key": module.key})


def _competency_problems(path: str, module: ModuleDocument, framework: Collection[str]) -> Iterator[Problem]:
    for position, competency in enumerate(module.competencies):
        if competency not in framework:
            message = N_("%(key)s names %(competency)s, which is not in the competency framework.")
            yield Problem(f"{path}.competencies[{position}]", message, {"key": module.key, "competency": competency})


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
    limits = rules.make_up_limits
    by_route = limits.most_minutes_by_route.get(MakeUpRoute.EQUIVALENT_ACTIVITY)
    most = min((limit for limit in (limits.most_minutes, by_route) if limit is not None), default=None)
    if most is not None and most < module.contact_minutes:
        message = N_(
            "%(key)s has a content note and takes %(minutes)s min, but at most %(most)s min of an equivalent "
            "activity may be made up."
        )
        yield Problem("rules.make_up_limits", message, values | {"most": most})
