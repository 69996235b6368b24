"""Which questions a sitting asks, and in which order its parts stand: the same from the same seed, on every machine.

Random numbers come from SHA-256 of the seed and a purpose, so that no version of Python changes a draw.
"""

import hashlib
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from advocates.question_bank.rules import Kind, Question

Item = TypeVar("Item")
Arrangement = dict[str, Any]


@dataclass(frozen=True)
class InBank:
    """A question that may be drawn: its id and its module's."""

    id: str
    module: str


@dataclass(frozen=True)
class Plan:
    """What a test draws: `fixed` questions by id, or so many by module. Exactly one of the two is filled."""

    fixed: tuple[str, ...] = ()
    quotas: Mapping[str, int] | None = None

    @property
    def size(self) -> int:
        return len(self.fixed) if self.quotas is None else sum(self.quotas.values())


@dataclass(frozen=True)
class Shortage:
    """A module whose questions do not fill its quota; for a fixed draw module "" and the questions that are gone."""

    module: str
    wanted: int
    found: int


def shuffled(items: Sequence[Item], seed: str, purpose: str) -> list[Item]:
    """Fisher and Yates: every order is as likely as any other."""
    order, numbers = list(items), _numbers(seed, purpose)
    for last in range(len(order) - 1, 0, -1):
        other = next(numbers) % (last + 1)
        order[last], order[other] = order[other], order[last]
    return order


def shortages(plan: Plan, bank: Collection[InBank]) -> list[Shortage]:
    """What keeps the plan from being drawn; empty when nothing does."""
    if plan.quotas is None:
        known = {question.id for question in bank}
        found = sum(each in known for each in plan.fixed)
        return [] if found == len(plan.fixed) else [Shortage("", len(plan.fixed), found)]
    counts = {module: sum(q.module == module for q in bank) for module in plan.quotas}
    return [Shortage(m, n, counts[m]) for m, n in plan.quotas.items() if counts[m] < n]


def draw(
    plan: Plan, bank: Collection[InBank], seed: str, *, is_shuffled: bool, preferred: Collection[str] = ()
) -> list[str]:
    """The questions in the order in which they are asked. ValueError when there are too few.

    `preferred` come first where a quota has to choose: a post-test asks again what its pre-test asked.
    """
    if short := shortages(plan, bank):
        raise ValueError(f"too few questions: {short}")
    drawn = list(plan.fixed) if plan.quotas is None else _by_quotas(plan.quotas, bank, seed, preferred)
    return shuffled(drawn, seed, "order") if is_shuffled else drawn


def arrange(question: Question, seed: str, purpose: str, *, is_shuffled: bool) -> Arrangement:
    """How its parts stand on the screen: for each place there, the stored position that stands in it.

    The right sides of pairs and the items of an order are shuffled always: as stored they would be the answer.
    """
    match question.kind:
        case Kind.SINGLE | Kind.MULTIPLE:
            stored = list(range(len(question.choices)))
            return {"choices": shuffled(stored, seed, purpose) if is_shuffled else stored}
        case Kind.MATCHING:
            many = len(question.pairs) + len(question.distractors)
            return {"rights": shuffled(range(many), seed, purpose)}
        case Kind.ORDERING:
            items = shuffled(range(len(question.items)), seed, purpose)
            return {"items": items if items != sorted(items) else [*items[1:], items[0]]}
        case Kind.SCENARIO:
            inside = enumerate(question.questions)
            return {"questions": [arrange(q, seed, f"{purpose}.{n}", is_shuffled=is_shuffled) for n, q in inside]}
    return {}


def _by_quotas(quotas: Mapping[str, int], bank: Collection[InBank], seed: str, preferred: Collection[str]) -> list[str]:
    first = set(preferred)
    drawn: list[str] = []
    for module, wanted in quotas.items():
        in_module = sorted(question.id for question in bank if question.module == module)
        mixed = shuffled(in_module, seed, f"module {module}")
        drawn += sorted(mixed, key=lambda each: each not in first)[:wanted]
    return drawn


def _numbers(seed: str, purpose: str) -> Iterator[int]:
    count = 0
    while True:
        yield int.from_bytes(hashlib.sha256(f"{seed}/{purpose}/{count}".encode()).digest())
        count += 1
