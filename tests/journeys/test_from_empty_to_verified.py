"""The whole main job as one story, by keyboard: from an empty database to a certificate that anybody can check."""

import time
from pathlib import Path

from playwright.sync_api import Browser

from tests.journeys import awarding, classroom, enrolling, finishing, opening, planning, trainee
from tests.journeys.cast import latest_autumn
from tests.journeys.site import Site
from tests.journeys.story import Story

STEPS = (
    opening.first_administrator,
    opening.import_the_curriculum,
    opening.name_the_issuer,
    opening.install_agreement_texts,
    planning.create_the_cohort,
    planning.lay_out_the_sessions,
    planning.add_two_sessions,
    enrolling.enroll_one_by_form,
    enrolling.enroll_the_others_by_list,
    enrolling.everybody_is_written_to,
    enrolling.two_trainers_join,
    classroom.first_evening,
    classroom.second_evening,
    classroom.sign_off_the_second_evening,
    classroom.correct_a_mark,
    classroom.saturday_awaits_its_sign_off,
    trainee.first_screen_half_way,
    classroom.make_up_by_an_equivalent_activity,
    trainee.first_screen_after_the_make_up,
    classroom.catch_up_in_another_session,
    classroom.all_other_sessions,
    finishing.record_both_tests,
    finishing.sign_the_skills,
    finishing.sign_agreements_on_screen,
    finishing.type_in_agreements_on_paper,
    finishing.confirm_certificate_names,
    awarding.graduation_page,
    awarding.issue_to_the_ready,
    awarding.nobody_is_issued_by_address,
    awarding.certificate_opens,
    awarding.anybody_can_check_it,
    awarding.revoked_reads_revoked,
    awarding.books_agree,
)


def test_from_an_empty_machine_to_a_verified_certificate(site: Site, browser: Browser, tmp_path: Path) -> None:
    """Each step's time is printed: `pytest -rP` shows it."""
    story = Story(site, browser, latest_autumn(), tmp_path)
    for step in STEPS:
        began = time.monotonic()
        step(story)
        print(f"{time.monotonic() - began:6.1f} s  {step.__name__.replace('_', ' ')}")  # noqa: T201
