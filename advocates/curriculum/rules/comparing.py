"""Two versions held against each other, module by module by key and rule by rule."""

from collections.abc import Iterable
from dataclasses import dataclass, fields

from advocates.curriculum.rules.document import CurriculumDocument, ModuleDocument
from advocates.curriculum.rules.sentences import RuleSentence, rule_sentences


@dataclass(frozen=True)
class ModuleChange:
    """A module that both versions have and that they state differently, with the names of the fields."""

    before: ModuleDocument
    after: ModuleDocument
    fields: tuple[str, ...]

    @property
    def key(self) -> str:
        return self.after.key

    @property
    def minutes(self) -> int:
        """Contact minutes gained; negative where some are lost."""
        return self.after.contact_minutes - self.before.contact_minutes


@dataclass(frozen=True)
class RuleChange:
    """What one rule said and no longer says, and what it says instead."""

    rule: str
    before: tuple[RuleSentence, ...]
    after: tuple[RuleSentence, ...]


@dataclass(frozen=True)
class Comparison:
    """From one version to another; modules in the order of the version that has them."""

    added: tuple[ModuleDocument, ...]
    removed: tuple[ModuleDocument, ...]
    changed: tuple[ModuleChange, ...]
    rules: tuple[RuleChange, ...]
    is_reordered: bool
    is_renamed: bool

    @property
    def is_same(self) -> bool:
        return not any((self.added, self.removed, self.changed, self.rules, self.is_reordered, self.is_renamed))

    @property
    def minutes_added(self) -> int:
        """Contact minutes of modules that are new or longer."""
        gained = (change.minutes for change in self.changed if change.minutes > 0)
        return sum(gained) + sum(module.contact_minutes for module in self.added)

    @property
    def minutes_removed(self) -> int:
        """Contact minutes of modules that are gone or shorter."""
        lost = (-change.minutes for change in self.changed if change.minutes < 0)
        return sum(lost) + sum(module.contact_minutes for module in self.removed)


def compare(before: CurriculumDocument, after: CurriculumDocument) -> Comparison:
    """What changes from one version to the other."""
    old, new = ({module.key: module for module in document.modules} for document in (before, after))
    return Comparison(
        added=tuple(module for module in after.modules if module.key not in old),
        removed=tuple(module for module in before.modules if module.key not in new),
        changed=tuple(
            ModuleChange(old[module.key], module, changed)
            for module in after.modules
            if module.key in old and (changed := _changed_fields(old[module.key], module))
        ),
        rules=_rule_changes(rule_sentences(before), rule_sentences(after)),
        is_reordered=[key for key in old if key in new] != [key for key in new if key in old],
        is_renamed=(before.title, before.note) != (after.title, after.note),
    )


def _changed_fields(before: ModuleDocument, after: ModuleDocument) -> tuple[str, ...]:
    names = (field.name for field in fields(ModuleDocument))
    return tuple(name for name in names if getattr(before, name) != getattr(after, name))


def _rule_changes(before: tuple[RuleSentence, ...], after: tuple[RuleSentence, ...]) -> tuple[RuleChange, ...]:
    names = dict.fromkeys(sentence.rule for sentence in (*before, *after))
    changes = (RuleChange(name, _only(before, after, name), _only(after, before, name)) for name in names)
    return tuple(change for change in changes if change.before or change.after)


def _only(here: Iterable[RuleSentence], there: tuple[RuleSentence, ...], name: str) -> tuple[RuleSentence, ...]:
    return tuple(sentence for sentence in here if sentence.rule == name and sentence not in there)
