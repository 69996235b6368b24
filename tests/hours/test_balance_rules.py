"""What live entries are worth against the whole curriculum version."""

import json
import uuid
from pathlib import Path

import pytest

from advocates.curriculum.delivery import DeliveryMode
from advocates.hours.rules import (
    ModuleHours,
    Part,
    Shortfall,
    ShortfallKind,
    Slice,
    VersionHours,
    balance,
    missing_slices,
)

IN_PERSON, ONLINE, SELF_PACED, EQUIVALENT = DeliveryMode
MODULES = [uuid.UUID(int=n) for n in range(1, 41)]
# forty hours in forty modules of one hour, with Chicago's caps and minimum
FORTY = VersionHours(
    2400,
    {module: ModuleHours(60, position=n) for n, module in enumerate(MODULES)},
    delivery_caps={SELF_PACED: 0, EQUIVALENT: 480},
    delivery_minimums={IN_PERSON: 1200},
)
REQUIRED, ELECTIVE_A, ELECTIVE_B = MODULES[:3]
WITH_ELECTIVES = VersionHours(
    180,
    {
        REQUIRED: ModuleHours(120, position=1),
        ELECTIVE_A: ModuleHours(60, is_required=False, position=2),
        ELECTIVE_B: ModuleHours(60, is_required=False, position=3),
    },
    electives_owed_minutes=60,
    delivery_caps={EQUIVALENT: 60},
)


def part(module, from_minute=0, to_minute=60, mode=IN_PERSON):
    return Part(module, from_minute, to_minute, mode)


def all_but_last(to_minute):
    return [*(part(module) for module in MODULES[:-1]), part(MODULES[-1], 0, to_minute)]


def kinds(result):
    return [shortfall.kind for shortfall in result.shortfalls]


@pytest.mark.parametrize(
    ("parts", "credited", "is_complete"),
    [
        pytest.param([], 0, False, id="nothing"),
        pytest.param(all_but_last(59), 2399, False, id="2,399"),
        pytest.param(all_but_last(60), 2400, True, id="2,400"),
        pytest.param(all_but_last(61), 2400, True, id="2,401 earned"),
        pytest.param([*all_but_last(59), part(MODULES[0])], 2399, False, id="2,399 and an hour twice"),
        pytest.param([*all_but_last(59), part(uuid.UUID(int=99))], 2399, False, id="2,399 and a foreign module"),
    ],
)
def test_completion_is_exactly_the_required_minutes(parts, credited, is_complete):
    result = balance(parts, FORTY)
    assert (result.credited_minutes, result.required_minutes) == (credited, 2400)
    assert result.is_complete is is_complete


def test_modules_that_hold_less_than_is_required_never_complete_it():
    result = balance(all_but_last(60), VersionHours(2401, FORTY.modules))
    assert result.shortfalls == (Shortfall(ShortfallKind.TOTAL, 2401, 2400),)


def test_modules_that_hold_more_than_is_required_credit_no_more():
    assert balance(all_but_last(60), VersionHours(2399, FORTY.modules)).credited_minutes == 2399


def test_one_missing_minute_is_named():
    result = balance(all_but_last(59), FORTY)
    assert result.modules[-1].missing == (Slice(59, 60),)
    assert result.shortfalls == (
        Shortfall(ShortfallKind.MODULE, 60, 59, module_id=MODULES[-1]),
        Shortfall(ShortfallKind.TOTAL, 2400, 2399),
    )
    assert [shortfall.minutes for shortfall in result.shortfalls] == [1, 1]


def test_a_surplus_in_one_module_never_covers_another():
    result = balance([part(MODULES[0], 0, 600)], FORTY)
    assert result.credited_minutes == 60
    assert result.modules[1].credited_minutes == 0


def test_the_same_part_twice_counts_once():
    result = balance([part(MODULES[0], 0, 40), part(MODULES[0], 20, 50), part(MODULES[0], 20, 50)], FORTY)
    assert result.modules[0].credited_minutes == 50


def test_missing_slices_are_the_debts_of_a_module():
    parts = [part(MODULES[0], 10, 20), part(MODULES[0], 30, 45)]
    assert missing_slices(MODULES[0], parts, FORTY) == (Slice(0, 10), Slice(20, 30), Slice(45, 60))
    assert missing_slices(MODULES[1], parts, FORTY) == (Slice(0, 60),)
    assert missing_slices(MODULES[0], [part(MODULES[0])], FORTY) == ()


def test_of_600_equivalent_minutes_under_a_cap_of_480_the_last_two_modules_lose_theirs():
    parts = [part(module, mode=EQUIVALENT if n < 10 else IN_PERSON) for n, module in enumerate(MODULES)]
    result = balance(parts, FORTY)
    assert result.credited_minutes == 2280
    assert result.mode_minutes == {IN_PERSON: 1800, ONLINE: 0, SELF_PACED: 0, EQUIVALENT: 480}
    assert [module.module_id for module in result.modules if module.missing] == MODULES[8:10]
    assert Shortfall(ShortfallKind.CAP, 600, 480, mode=EQUIVALENT) in result.shortfalls


def test_a_cap_may_cut_a_module_and_its_end_is_missing():
    parts = [part(MODULES[0], 0, 50, EQUIVALENT), part(MODULES[1], mode=EQUIVALENT)]
    version = VersionHours(120, {m: FORTY.modules[m] for m in MODULES[:2]}, delivery_caps={EQUIVALENT: 70})
    assert missing_slices(MODULES[0], parts, version) == (Slice(50, 60),)
    assert missing_slices(MODULES[1], parts, version) == (Slice(20, 60),)


def test_a_slice_lost_to_a_cap_is_paid_by_attending_it():
    parts = [part(module, mode=EQUIVALENT if n < 9 else IN_PERSON) for n, module in enumerate(MODULES)]
    assert not balance(parts, FORTY).is_complete
    assert balance([*parts, part(MODULES[3])], FORTY).is_complete


def test_self_paced_minutes_count_for_nothing_under_a_cap_of_zero():
    result = balance([part(MODULES[0], mode=SELF_PACED)], FORTY)
    assert result.credited_minutes == 0
    assert Shortfall(ShortfallKind.CAP, 60, 0, mode=SELF_PACED) in result.shortfalls


@pytest.mark.parametrize(("in_person_modules", "is_complete"), [(19, False), (20, True)])
def test_full_hours_below_the_in_person_minimum_are_not_complete(in_person_modules, is_complete):
    parts = [part(module, mode=IN_PERSON if n < in_person_modules else ONLINE) for n, module in enumerate(MODULES)]
    result = balance(parts, FORTY)
    assert result.credited_minutes == 2400
    assert result.is_complete is is_complete
    if not is_complete:
        assert result.shortfalls == (Shortfall(ShortfallKind.MINIMUM, 1200, 1140, mode=IN_PERSON),)


def test_electives_count_no_more_than_is_owed():
    result = balance([part(REQUIRED, 0, 120), part(ELECTIVE_A), part(ELECTIVE_B)], WITH_ELECTIVES)
    assert result.is_complete
    assert (result.credited_minutes, result.electives_minutes) == (180, 60)


def test_owed_electives_may_be_mixed_and_then_nothing_is_missing_in_them():
    result = balance([part(REQUIRED, 0, 120), part(ELECTIVE_A, 0, 30), part(ELECTIVE_B, 30, 60)], WITH_ELECTIVES)
    assert result.is_complete
    assert [module.missing for module in result.modules] == [(), (), ()]


def test_short_electives_are_one_shortfall_and_show_where_they_could_be_earned():
    result = balance([part(REQUIRED, 0, 120), part(ELECTIVE_A, 0, 50)], WITH_ELECTIVES)
    assert result.shortfalls == (
        Shortfall(ShortfallKind.ELECTIVES, 60, 50),
        Shortfall(ShortfallKind.TOTAL, 180, 170),
    )
    assert [module.missing for module in result.modules] == [(), (Slice(50, 60),), (Slice(0, 60),)]


def test_electives_never_cover_a_required_module():
    result = balance([part(ELECTIVE_A), part(ELECTIVE_B)], WITH_ELECTIVES)
    assert result.credited_minutes == 60
    assert kinds(result) == [ShortfallKind.MODULE, ShortfallKind.TOTAL]


def test_a_cap_serves_required_modules_before_electives():
    parts = [part(REQUIRED, 0, 60), part(REQUIRED, 60, 120, EQUIVALENT), part(ELECTIVE_A, mode=EQUIVALENT)]
    result = balance(parts, WITH_ELECTIVES)
    assert result.modules[0].missing == ()
    assert kinds(result) == [ShortfallKind.ELECTIVES, ShortfallKind.CAP, ShortfallKind.TOTAL]
    assert balance([*parts, part(ELECTIVE_B)], WITH_ELECTIVES).is_complete


def test_a_cap_on_surplus_electives_is_no_shortfall():
    parts = [part(REQUIRED, 0, 120), part(ELECTIVE_A, mode=EQUIVALENT), part(ELECTIVE_B, mode=EQUIVALENT)]
    assert balance(parts, WITH_ELECTIVES).is_complete


@pytest.mark.parametrize("name", ["chicago-40h", "statewide-40h"])
def test_both_shipped_curricula_are_complete_at_their_last_minute_and_not_one_before(name):
    [path] = Path("advocates/curriculum/data").rglob(f"{name}.json")
    curriculum = json.loads(path.read_text())
    minutes = {uuid.UUID(int=n): each["contact_minutes"] for n, each in enumerate(curriculum["modules"])}
    rules = curriculum["rules"]
    version = VersionHours(
        curriculum["required_contact_minutes"],
        {module: ModuleHours(length, position=module.int) for module, length in minutes.items()},
        rules["electives_owed_minutes"],
        {DeliveryMode(mode): cap for mode, cap in rules["delivery_caps_minutes"].items()},
        {DeliveryMode(mode): least for mode, least in rules["delivery_minimums_minutes"].items()},
    )
    parts = [part(module, 0, length) for module, length in minutes.items()]
    last = parts.pop()
    assert balance([*parts, last], version).is_complete
    almost = balance([*parts, part(last.module_id, 0, last.to_minute - 1)], version)
    assert (almost.credited_minutes, almost.is_complete) == (2399, False)
