"""A value in a file of unknown make, with the place it stands at.

Each reading method returns a value of the type it promises. Where the file holds something else, it records
a problem and returns a placeholder, so that one pass finds everything wrong; a missing field is told once.
"""

import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from advocates.curriculum.rules.problems import N_, Problem

MOST_UNKNOWN_FIELDS_TOLD = 20
MISSING = object()
Choice = TypeVar("Choice", bound=StrEnum)


class JsonObject(dict[str, object]):
    """A JSON object that remembers the names it was given twice."""

    def __init__(self, pairs: Iterable[tuple[str, object]]) -> None:
        pairs = list(pairs)
        super().__init__(pairs)
        self.repeated = [name for name, count in Counter(name for name, _ in pairs).items() if count > 1]


@dataclass(frozen=True)
class Node:
    value: object
    path: str
    problems: list[Problem]

    def refuse(self, message: str, **values: object) -> None:
        if self.value is not MISSING:
            self.problems.append(Problem(self.path, message, values))

    def child(self, name: str, value: object) -> "Node":
        # Names come from the file: a page must be able to print them.
        shown = (name if name.isprintable() else ascii(name))[:60]
        return Node(value, f"{self.path}.{shown}" if self.path else shown, self.problems)

    @property
    def is_missing(self) -> bool:
        return self.value is MISSING

    def fields(self, names: Iterable[str], optional: Iterable[str] = ()) -> dict[str, "Node"]:
        """A node for each of `names` and `optional`, and no others; all of `names` must be there."""
        given, optional = self.members(), tuple(optional)
        nodes = {name: given.pop(name) if name in given else self.child(name, MISSING) for name in (*names, *optional)}
        for name, node in nodes.items():
            if node.is_missing and name not in optional and isinstance(self.value, JsonObject):
                self.problems.append(Problem(node.path, N_("This field is missing.")))
        for node in list(given.values())[:MOST_UNKNOWN_FIELDS_TOLD]:
            node.refuse(N_("This field is not known. Remove it or correct its name."))
        return nodes

    def members(self) -> dict[str, "Node"]:
        """Every member of a JSON object by its name."""
        if not isinstance(self.value, JsonObject):
            self.refuse(N_("This must be an object: names and values in braces."))
            return {}
        for name in self.value.repeated:
            self.child(name, None).refuse(N_("This field is given more than once."))
        return {name: self.child(name, value) for name, value in self.value.items()}

    def items(self, most: int) -> list["Node"]:
        if not isinstance(self.value, list):
            self.refuse(N_("This must be a list in square brackets."))
            return []
        if len(self.value) > most:
            self.refuse(N_("This list is longer than %(most)s entries."), most=most)
            return []
        return [Node(value, f"{self.path}[{n}]", self.problems) for n, value in enumerate(self.value)]

    def text(self, most: int, may_be_empty: bool = False) -> str:
        """Text that both databases, every page and every export can hold."""
        if not isinstance(self.value, str):
            self.refuse(N_("This must be text in quotation marks."))
            return ""
        if not self.value and not may_be_empty:
            self.refuse(N_("This must not be empty."))
        elif len(self.value) > most:
            self.refuse(N_("This is longer than %(most)s characters."), most=most)
        elif any(unicodedata.category(character) in {"Cc", "Cs"} for character in self.value):
            self.refuse(N_("This contains a character that cannot be printed."))
        elif self.value != self.value.strip():
            self.refuse(N_("Remove the space at the start or the end."))
        return self.value

    def optional_text(self, most: int) -> str | None:
        return None if self.value is None else self.text(most)

    def whole_number(self, low: int, high: int) -> int:
        # JSON's true is an int to Python, and NaN and 90.0 are floats: none is a count of minutes.
        if isinstance(self.value, bool) or not isinstance(self.value, int) or not low <= self.value <= high:
            self.refuse(N_("This must be a whole number from %(low)s to %(high)s."), low=low, high=high)
            return low
        return self.value

    def yes_or_no(self) -> bool:
        if not isinstance(self.value, bool):
            self.refuse(N_("This must be true or false."))
        return self.value is True

    def choice(self, kind: type[Choice], among: Iterable[Choice] | None = None) -> Choice:
        """One of `kind`, or of those `among` it."""
        choices = list(kind if among is None else among)
        if not isinstance(self.value, str) or self.value not in choices:
            self.refuse(N_("This must be one of: %(choices)s."), choices=", ".join(choices))
            return choices[0]
        return kind(self.value)


def refuse_repeats(nodes: Iterable[Node]) -> None:
    """Record a problem at each node whose text an earlier one has."""
    seen: set[str] = set()
    for node in nodes:
        if isinstance(node.value, str):
            if node.value in seen:
                node.refuse(N_("This is given more than once."))
            seen.add(node.value)
