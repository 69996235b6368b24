"""Other evidence of who was there, held against the register before it is signed off."""

from collections.abc import Callable

from advocates.attendance.open_register import is_open
from advocates.attendance.queries import Register

_counts: list[Callable[[Register], int]] = []


def compares_with_register(count: Callable[[Register], int]) -> Callable[[Register], int]:
    """Register what tells of how many people the evidence says something else than their marks.

    Evidence stands above attendance, so it registers its count here. Usable as a decorator.
    """
    _counts.append(count)
    return count


def count_differing(register: Register) -> int:
    """Of how many people the register says something else, while that can be mended. One statement."""
    return sum(count(register) for count in _counts) if is_open(register.session) else 0
