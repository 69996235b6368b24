"""Verification codes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advocates.credentials.codes import ALPHABET, clean_code, new_code


def test_a_code_has_eighty_random_bits_and_reads_in_groups():
    code = new_code()
    assert len(code.replace("-", "")) == 17
    assert code.count("-") == 4
    assert len({new_code() for _ in range(1000)}) == 1000


def test_a_code_is_understood_however_it_is_typed():
    code = new_code()
    for typed in (code.lower(), code.replace("-", ""), f"  {code} ", code.replace("-", " ")):
        assert clean_code(typed) == code
    zero = next(c for c in iter(new_code, None) if "0" in c and "1" in c)
    assert clean_code(zero.replace("0", "O").replace("1", "l")) == zero


@given(st.integers(0, 16), st.sampled_from(ALPHABET))
def test_one_wrong_symbol_is_always_noticed(place, symbol):
    plain = new_code().replace("-", "")
    if plain[place] != symbol:
        assert clean_code(plain[:place] + symbol + plain[place + 1 :]) is None


@pytest.mark.parametrize("typed", ["", "A", "U" * 17, "0" * 18, "../../etc", "Ж" * 17])
def test_what_cannot_be_a_code_is_none(typed):
    assert clean_code(typed) is None
