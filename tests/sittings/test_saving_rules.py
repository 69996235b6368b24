"""What becomes of a save, and how a test's settings are kept."""

import pytest

from advocates.sittings.rules.drawing import Plan
from advocates.sittings.rules.saving import NOTHING, Content, Verdict, Version, judge
from advocates.sittings.rules.settings import Feedback, Paging, Settings, settings_from_json, settings_to_json

OLD, NEW = Content({"choice": 0}, False), Content({"choice": 1}, False)


@pytest.mark.parametrize(
    ("current", "base", "follows", "wanted", "verdict"),
    [
        (NOTHING, 0, (), NEW, Verdict.SAVED),
        (NOTHING, 0, (), NOTHING.content, Verdict.UNCHANGED),
        (Version(1, OLD, "k"), 1, (), NEW, Verdict.SAVED),
        (Version(2, OLD, "k"), 1, (), NEW, Verdict.CONFLICT),
        (Version(2, OLD, "k"), 1, ("k",), NEW, Verdict.SAVED),
        (Version(2, NEW, "k"), 1, (), NEW, Verdict.UNCHANGED),
        (Version(2, NEW, "k"), 2, (), Content({"choice": 1}, True), Verdict.SAVED),
    ],
)
def test_the_newer_answer_stands(current, base, follows, wanted, verdict):
    assert judge(current, base, follows, wanted) is verdict


@pytest.mark.parametrize(
    "settings",
    [
        Settings(Plan(fixed=("a", "b")), is_shuffled=False, minutes=45, wait_hours=24, paging=Paging.ONE_EACH),
        Settings(Plan(quotas={"m": 3}), feedback=Feedback.ANSWERS, is_blind=True, pairs_with_pre_test=True),
    ],
)
def test_settings_are_read_as_they_were_written(settings):
    assert settings_from_json(settings_to_json(settings)) == settings


def test_each_feedback_tells_what_the_one_before_does():
    assert Feedback.ANSWERS.tells(Feedback.SCORE)
    assert not Feedback.NONE.tells(Feedback.SCORE)
    assert Feedback.MODULES.tells(Feedback.MODULES)
