"""Which signature stands once a text has newer versions, as a table of cases."""

import uuid
from datetime import date

import pytest

from advocates.assessments.rules import (
    AssessmentFacts,
    GateKind,
    SignedAgreement,
    gates,
    in_language,
    latest_signature,
    standing_signature,
    with_carried,
)
from advocates.equivalence.rules import GateLine
from tests.factories.curriculum import shipped_document

KEY, TEXT = "confidentiality", uuid.UUID(int=98)


def signed(version: int, day: int, asked_since: int = 1, key: str = KEY) -> SignedAgreement:
    return SignedAgreement(
        uuid.UUID(int=version * 100 + day), key, version, date(2026, 11, day), TEXT, asked_since=asked_since
    )


@pytest.mark.parametrize(
    ("signatures", "is_settled", "expected"),
    [
        ([], False, None),
        ([(1, 2, 1)], False, (1, 2)),  # newer versions that ask nobody again
        ([(1, 2, 2)], False, None),  # version 2 asks again
        ([(1, 2, 2)], True, (1, 2)),  # but not whoever has completed
        ([(1, 2, 2), (2, 9, 2)], False, (2, 9)),
        ([(1, 2, 2), (2, 9, 2)], True, (1, 2)),
        ([(3, 9, 2)], False, (3, 9)),  # a later version than the one that asks
        ([(2, 9, 3)], False, None),  # version 3 asks once more
        ([(2, 9, 2), (3, 7, 2)], False, (3, 7)),  # the first by its day, typed in later from paper
    ],
)
def test_the_first_signature_that_no_newer_version_asks_for_again_stands(signatures, is_settled, expected):
    found = standing_signature([signed(*each) for each in signatures], KEY, is_settled=is_settled)
    assert (found and (found.version, found.signed_on.day)) == expected


def test_another_agreement_s_signature_opens_nothing():
    assert standing_signature([signed(1, 2, key="code_of_ethics")], KEY) is None


@pytest.mark.parametrize(("asked_since", "is_open"), [(1, True), (2, False)])
def test_a_signature_carried_over_by_a_transfer_obeys_the_same_rule(asked_since, is_open):
    left = AssessmentFacts(uuid.UUID(int=1), signed_agreements=(signed(1, 2, asked_since),), is_settled=True)
    carried = with_carried(AssessmentFacts(uuid.UUID(int=2)), left, [GateLine(GateKind.AGREEMENT, KEY, KEY)])
    (gate,) = (gate for gate in gates(shipped_document().rules, carried) if gate.name == KEY)
    assert gate.is_open is is_open


def test_the_latest_signature_is_of_the_newest_version_signed():
    found = latest_signature([signed(1, 9, 3), signed(2, 3, 3)], KEY)
    assert found is not None
    assert found.version == 2
    assert latest_signature([], KEY) is None


def test_a_language_without_a_text_reads_the_binding_one():
    assert in_language({"en": "E", "ar": "A"}, "ar") == "A"
    assert in_language({"en": "E", "ar": "A"}, "pl") == "E"
