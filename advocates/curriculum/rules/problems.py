"""One thing that is wrong, and where: said in a sentence the view translates."""

from collections.abc import Mapping
from dataclasses import dataclass, field

# Rules know no language: N_ only marks a sentence for extraction, the view looks its translation up.
N_ = str


@dataclass(frozen=True)
class Problem:
    """`path` is a place such as `modules[3].contact_minutes`, "" for the whole.

    `message` is a msgid with %(name)s placeholders; the view shows `gettext(message) % values`.
    """

    path: str
    message: str
    values: Mapping[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        sentence = self.message % self.values
        return f"{self.path}: {sentence}" if self.path else sentence
