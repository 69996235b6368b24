"""Balances from the ledger, against the version each enrollment pins."""

from advocates.hours.queries import balances, entry_ids_by_module, live_entries, session_credits, standings
from tests.factories.attendance import make_signed_off


def test_the_denominator_is_the_whole_version(room):
    make_signed_off(room.session, room.trainer, absent=[room.trainees[1]])
    found = balances([t.id for t in room.trainees])
    assert {b.required_minutes for b in found.values()} == {2400}
    assert [found[t.id].credited_minutes for t in room.trainees] == [170, 0, 170]
    assert not any(b.is_complete for b in found.values())


def test_a_proof_names_the_live_entries_of_each_module(room):
    make_signed_off(room.session, room.trainer)
    trainee = room.trainees[0]
    live = live_entries([trainee.id])[trainee.id]
    by_module = entry_ids_by_module(live)
    assert sorted(entry for ids in by_module.values() for entry in ids) == sorted(e.entry_id for e in live)
    assert standings([trainee.id])[trainee.id].live == live


def test_a_sessions_credits_are_summed_by_person(room):
    make_signed_off(room.session, room.trainer, absent=[room.trainees[1]])
    assert session_credits(room.session.id) == {room.trainees[0].id: 170, room.trainees[2].id: 170}
