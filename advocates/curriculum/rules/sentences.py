"""Each rule of a version as a plain sentence, the ones that set no limit too."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from advocates.curriculum.rules.document import CurriculumDocument, VersionRules
from advocates.curriculum.rules.problems import N_


@dataclass(frozen=True)
class Minutes:
    """A figure that reads as hours and minutes."""

    minutes: int

    def __str__(self) -> str:
        return f"{self.minutes // 60} h {self.minutes % 60:02d} min"


@dataclass(frozen=True)
class Days:
    days: int


@dataclass(frozen=True)
class RuleSentence:
    """What one rule says. `rule` is its name in the file.

    `message` is a msgid with %(name)s placeholders, `items` what it lists; their values are text, numbers, Minutes,
    Days, or members of the curriculum's enums, which `curriculum.wording` puts into words.
    """

    rule: str
    message: str
    values: Mapping[str, object] = field(default_factory=dict)
    items: tuple[object, ...] = ()


def rule_sentences(document: CurriculumDocument) -> tuple[RuleSentence, ...]:
    """Every rule of the version in the order of its file, the required minutes first; at least one for each."""
    rules = document.rules
    return tuple(
        RuleSentence(name, message, values, items)
        for name, sentences in (
            ("required_contact_minutes", _required(document.required_contact_minutes)),
            ("electives_owed_minutes", _electives(rules)),
            ("delivery_caps_minutes", _caps(rules)),
            ("delivery_minimums_minutes", _minimums(rules)),
            ("brief_absence_minutes", _brief_absence(rules)),
            ("completion_window_days", _window(rules)),
            ("pre_test", _pre_test()),
            ("post_test", _post_test(rules)),
            ("agreements", _agreements(rules)),
            ("skills", _skills(rules)),
            ("make_up_routes", _routes(rules)),
            ("make_up_limits", _limits(rules)),
        )
        for message, values, items in sentences
    )


def limit_sentences(rules: VersionRules) -> tuple[RuleSentence, ...]:
    """What limits making up, nothing where nothing does."""
    if not rules.make_up_limits.is_set:
        return ()
    return tuple(RuleSentence("make_up_limits", *said) for said in _limits(rules))


Said = Iterator[tuple[str, dict[str, object], tuple[object, ...]]]


def _required(minutes: int) -> Said:
    message = N_("%(hours)s of credited contact time. Contact time is never waived.")
    yield message, {"hours": Minutes(minutes)}, ()


def _electives(rules: VersionRules) -> Said:
    if rules.electives_owed_minutes:
        message = N_("%(hours)s of it in electives that the trainee chooses.")
        yield message, {"hours": Minutes(rules.electives_owed_minutes)}, ()
    else:
        yield N_("No elective time is owed."), {}, ()


def _caps(rules: VersionRules) -> Said:
    for mode, minutes in rules.delivery_caps_minutes.items():
        if minutes:
            yield N_("At most %(hours)s of it as %(mode)s time."), {"hours": Minutes(minutes), "mode": mode}, ()
        else:
            yield N_("No credit for %(mode)s time."), {"mode": mode}, ()
    if not rules.delivery_caps_minutes:
        yield N_("No limit on any way of teaching."), {}, ()


def _minimums(rules: VersionRules) -> Said:
    for mode, minutes in rules.delivery_minimums_minutes.items():
        yield N_("At least %(hours)s of it %(mode)s."), {"hours": Minutes(minutes), "mode": mode}, ()
    if not rules.delivery_minimums_minutes:
        yield N_("No minimum for any way of teaching."), {}, ()


def _brief_absence(rules: VersionRules) -> Said:
    if rules.brief_absence_minutes:
        message = N_("Absences of up to %(n)s minutes are not recorded; longer ones count from their first minute.")
        yield message, {"n": rules.brief_absence_minutes}, ()
    else:
        yield N_("Every absence is recorded, however short."), {}, ()


def _window(rules: VersionRules) -> Said:
    if rules.completion_window_days:
        message = N_("Everything within %(days)s, counted from the first day with credited time.")
        yield message, {"days": Days(rules.completion_window_days)}, ()
    else:
        yield N_("No limit on the days that it may take."), {}, ()


def _pre_test() -> Said:
    yield N_("The pre-test taken. It cannot be failed."), {}, ()


def _post_test(rules: VersionRules) -> Said:
    message = N_(
        "The post-test passed: at least %(percent)s %% of at least %(questions)s questions, in at most "
        "%(attempts)s attempts."
    )
    test = rules.post_test
    values: dict[str, object] = {
        "percent": test.pass_mark_percent,
        "questions": test.questions_at_least,
        "attempts": test.attempts,
    }
    yield message, values, ()


def _agreements(rules: VersionRules) -> Said:
    for agreement in rules.agreements:
        yield N_("The %(agreement)s agreement signed."), {"agreement": agreement}, ()
    if not rules.agreements:
        yield N_("No agreement has to be signed."), {}, ()


def _skills(rules: VersionRules) -> Said:
    if rules.skills:
        yield N_("Each of these skills observed and signed by a trainer:"), {}, rules.skills
    else:
        yield N_("No skill has to be signed."), {}, ()


def _routes(rules: VersionRules) -> Said:
    if rules.make_up_routes:
        yield N_("Missed time can be made up by:"), {}, rules.make_up_routes
    else:
        yield N_("Missed time cannot be made up."), {}, ()


def _limits(rules: VersionRules) -> Said:
    limits = rules.make_up_limits
    if limits.most_minutes is not None:
        yield N_("At most %(hours)s can be made up in all."), {"hours": Minutes(limits.most_minutes)}, ()
    for route, minutes in limits.most_minutes_by_route.items():
        yield N_("At most %(hours)s can be made up by %(route)s."), {"hours": Minutes(minutes), "route": route}, ()
    if limits.within_days is not None:
        message = N_("Missed time has to be made up within %(days)s of the session that was missed.")
        yield message, {"days": Days(limits.within_days)}, ()
    if not limits.is_set:
        yield N_("No limit on how much can be made up, or by when."), {}, ()
