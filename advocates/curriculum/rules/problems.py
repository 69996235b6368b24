"""One thing that is wrong, and where: said in a sentence the view translates."""

import re
from collections.abc import Callable, Mapping
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


def place(path: str, module_keys: Mapping[int, str], translate: Callable[[str], str] = str) -> str:
    """A path as people count and name: `modules[18].objectives[0]` is module 19 (A1), objectives 1,
    `line[12].title` is line 12, column title.

    `module_keys` are the keys in the file by index, as far as they can be read.
    """
    if in_table := re.fullmatch(r"line\[(\d+)\](?:\.(\w+).*)?", path):
        line, column = in_table.groups()
        named = N_("line %(line)s, column %(column)s") if column else N_("line %(line)s")
        return translate(named) % {"line": line, "column": column}
    found = re.fullmatch(r"modules\[(\d+)\]\.?(.*)", path)
    index, field = (int(found[1]), found[2]) if found else (None, path)
    field = re.sub(r"\[(\d+)\]", lambda entry: f" {int(entry[1]) + 1}", field)
    if index is None:
        return field
    key = module_keys.get(index)
    named = translate(N_("module %(number)s (%(key)s)")) if key else translate(N_("module %(number)s"))
    return ", ".join(filter(None, [named % {"number": index + 1, "key": key}, field]))
