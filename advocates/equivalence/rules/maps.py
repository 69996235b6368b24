"""A map from one version to another: slices of modules, and the tests, skills and agreements that stand as well."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from uuid import UUID

from advocates.curriculum.rules import N_, Problem
from advocates.hours.rules import Slice, subtract


class GateKind(StrEnum):
    PRE_TEST = "pre_test"
    POST_TEST = "post_test"
    SKILL = "skill"
    AGREEMENT = "agreement"


@dataclass(frozen=True, order=True)
class Line:
    """Minutes of one version's module that stand for as many of the other's, from its minute `to_from_minute` on."""

    from_module_id: UUID
    from_minute: int
    to_minute: int
    to_module_id: UUID
    to_from_minute: int

    @property
    def source(self) -> Slice:
        return Slice(self.from_minute, self.to_minute)

    @property
    def target(self) -> Slice:
        return Slice(self.to_from_minute, self.to_from_minute + self.to_minute - self.from_minute)


@dataclass(frozen=True, order=True)
class GateLine:
    """A test, skill or agreement that stands in the other version, there by the name `to_name`; tests have no name."""

    kind: GateKind
    from_name: str = ""
    to_name: str = ""


@dataclass(frozen=True)
class Equivalence:
    """Everything one map says."""

    lines: tuple[Line, ...] = ()
    gates: tuple[GateLine, ...] = ()

    @property
    def digest(self) -> str:
        """Short, to tell whether the map still says what a page showed of it."""
        return hashlib.sha256(repr((self.lines, sorted(self.gates))).encode()).hexdigest()[:16]


@dataclass(frozen=True)
class OutlineModule:
    module_id: UUID
    key: str
    title: str
    minutes: int


@dataclass(frozen=True)
class Outline:
    """What a map has to know of a version: its modules in order, its skills and agreements."""

    modules: tuple[OutlineModule, ...]
    skills: tuple[str, ...] = ()
    agreements: tuple[str, ...] = ()

    @property
    def by_id(self) -> Mapping[UUID, OutlineModule]:
        return {module.module_id: module for module in self.modules}


def default_equivalence(old: Outline, new: Outline) -> Equivalence:
    """What the two versions share: modules of the same key as far as both go, skills and agreements of the same name.

    The pre-test, only ever taken, stands as well. The post-test asks what the version teaches: people decide.
    """
    known = {module.key: module for module in old.modules}
    lines = [
        Line(known[module.key].module_id, 0, min(known[module.key].minutes, module.minutes), module.module_id, 0)
        for module in new.modules
        if module.key in known
    ]
    named = [
        *(GateLine(GateKind.SKILL, skill, skill) for skill in new.skills if skill in old.skills),
        *(GateLine(GateKind.AGREEMENT, key, key) for key in new.agreements if key in old.agreements),
    ]
    return Equivalence(tuple(lines), (GateLine(GateKind.PRE_TEST), *named))


def map_problems(said: Equivalence, old: Outline, new: Outline) -> tuple[Problem, ...]:
    """What is wrong with a map. The path of a line's problem is its number, from 0, and the field."""
    return (*_line_problems(said.lines, old, new), *_counted_twice(said.lines), *_gate_problems(said.gates, old, new))


def unmapped_slices(lines: Iterable[Line], old: Outline) -> Mapping[UUID, tuple[Slice, ...]]:
    """What of each of the old version's modules no line takes along; modules without any left out."""
    taken: dict[UUID, list[Slice]] = defaultdict(list)
    for line in lines:
        taken[line.from_module_id].append(line.source)
    rest = {module.module_id: subtract([Slice(0, module.minutes)], taken[module.module_id]) for module in old.modules}
    return {module_id: slices for module_id, slices in rest.items() if slices}


def _line_problems(lines: Sequence[Line], old: Outline, new: Outline) -> Iterator[Problem]:
    modules, targets = old.by_id, new.by_id
    for number, line in enumerate(lines):
        source, target = modules.get(line.from_module_id), targets.get(line.to_module_id)
        if source is None:
            yield Problem(f"{number}.from_module_id", N_("This module is not in the version that people leave."))
        elif not 0 <= line.from_minute < line.to_minute <= source.minutes:
            message = N_("Take minutes within 0 and %(minutes)s, the first before the last.")
            yield Problem(f"{number}.from_minute", message, {"minutes": source.minutes})
        if target is None:
            yield Problem(f"{number}.to_module_id", N_("This module is not in the version that people go on in."))
        elif not (line.to_from_minute >= 0 and line.target.to_minute <= target.minutes):
            message = N_("The module there has %(minutes)s minutes: begin earlier or take less.")
            yield Problem(f"{number}.to_from_minute", message, {"minutes": target.minutes})


def _counted_twice(lines: Sequence[Line]) -> Iterator[Problem]:
    """A minute sat through once may not become two."""
    by_module: dict[UUID, list[tuple[Slice, int]]] = defaultdict(list)
    for number, line in enumerate(lines):
        by_module[line.from_module_id].append((line.source, number))
    for slices in by_module.values():
        for (earlier, first), (later, second) in pairwise(sorted(slices)):
            if later.from_minute < earlier.to_minute:
                message = N_("These minutes stand in line %(line)s as well. A minute counts once.")
                yield Problem(f"{max(first, second)}.from_minute", message, {"line": min(first, second) + 1})


def _gate_problems(gates: Iterable[GateLine], old: Outline, new: Outline) -> Iterator[Problem]:
    names = {
        GateKind.SKILL: (old.skills, new.skills),
        GateKind.AGREEMENT: (old.agreements, new.agreements),
    }
    taken: set[tuple[GateKind, str]] = set()
    for gate in gates:
        known, wanted = names.get(gate.kind, (("",), ("",)))
        if gate.from_name not in known or gate.to_name not in wanted:
            yield Problem("gates", N_("One of the versions does not ask for this: %(name)s."), {"name": gate.to_name})
        if (gate.kind, gate.to_name) in taken:
            yield Problem("gates", N_("This is mapped twice: %(name)s."), {"name": gate.to_name})
        taken.add((gate.kind, gate.to_name))
