"""Questions as a CSV table that people edit in a spreadsheet: one line a question, its answers side by side.

`right` numbers the right answers. `note` beside an answer is a choice's feedback, a pair's other side (alone: one that
fits nothing) or the points of a rubric's line. A question inside a scenario names the scenario's key in `inside`.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from advocates.curriculum.rules import CurriculumFileError
from advocates.curriculum.rules.table import Columns, TableRow, read_table, write_table

from .exchange import MOST_QUESTIONS, Collected, Problem, Reading, Unreadable, Written, cannot_be_written, with_rubric
from .questions import MOST_PARTS, N_, Kind, Question

HEAD = ("key", "inside", "module", "kind", "text", "points", "difficulty", "objective", "explanation")
MORE = ("image", "image_alt", "most_words", "right")
MOST_ANSWERS = 2 * MOST_PARTS  # pairs, and as many that fit nothing
_ANSWERS = tuple(f"{name}_{n}" for n in range(1, MOST_ANSWERS + 1) for name in ("answer", "note"))
COLUMNS = Columns(("kind", "text"), (*(name for name in HEAD if name not in {"kind", "text"}), *MORE, *_ANSWERS))


def write(questions: Iterable[Question]) -> Written:
    """A CSV table that `read` reads the same."""
    left_out: list[Problem] = []
    lines: list[dict[str, str]] = []
    for question in questions:
        if cannot_be_written(question):
            left_out.append(Problem(question.key, N_("It holds control characters or HTML.")))
        else:
            lines += _lines(question, "")
    used = {name for line in lines for name, cell in line.items() if cell}
    most = max((n for n in range(1, MOST_ANSWERS + 1) if {f"answer_{n}", f"note_{n}"} & used), default=0)
    columns = (*HEAD, *MORE, *_ANSWERS[: 2 * most])
    return Written(write_table(columns, [[line.get(name, "") for name in columns] for line in lines]), tuple(left_out))


def read(content: bytes, module: str = "") -> Reading:
    """What a CSV table holds; `module` for lines that name none. Raises Unreadable."""
    try:
        rows = read_table(content, COLUMNS, MOST_QUESTIONS)
    except CurriculumFileError as error:
        problem = error.problems[0]
        raise Unreadable(problem.message, **problem.values) from error
    collected = Collected(module)
    taken: list[tuple[str, dict[str, Any]]] = []
    scenarios: dict[str, dict[str, Any]] = {}
    for row in rows:
        where = row.cells.get("key") or f"line {row.line}"
        sent = with_rubric(collected, where, _question(collected, where, row))
        inside = row.cells.get("inside", "")
        if inside and inside not in scenarios:
            collected.note(where, N_("It is not taken: no scenario above has the key “%(key)s”."), key=inside[:60])
        elif inside:
            scenarios[inside]["questions"].append(sent)
        else:
            scenarios |= {row.cells["key"]: sent} if sent["kind"] == Kind.SCENARIO and row.cells.get("key") else {}
            taken.append((where, sent | {"key": collected.key(row.cells.get("key") or sent["text"][:60])}))
    for where, sent in taken:
        collected.add(where, sent)
    return collected.done()


def _lines(question: Question, inside: str) -> Iterator[dict[str, str]]:
    line = {"key": question.key, "inside": inside, "module": question.module, "kind": question.kind.value}
    line |= {"text": question.text, "points": str(question.points), "explanation": question.explanation}
    line |= {"difficulty": question.difficulty.value if question.key else "", "objective": question.objective or ""}
    line |= {"most_words": str(question.most_words or "")}
    if question.image:
        line |= {"image": question.image.file, "image_alt": question.image.alt}
    sides = [(choice.text, choice.feedback or "") for choice in question.choices]
    sides += [(pair.left, pair.right) for pair in question.pairs] + [("", text) for text in question.distractors]
    sides += [(text, "") for text in (*question.items, *question.accepted)]
    sides += [(each.text, str(each.points)) for each in question.rubric]
    for n, (answer, note) in enumerate(sides, 1):
        line |= {f"answer_{n}": answer, f"note_{n}": note}
    right = ", ".join(str(n) for n, choice in enumerate(question.choices, 1) if choice.is_right)
    line["right"] = right if question.is_true is None else str(question.is_true).lower()
    yield line
    for each in question.questions:
        yield from _lines(each, question.key)


def _question(collected: Collected, where: str, row: TableRow) -> dict[str, Any]:
    def text(name: str) -> str:
        return collected.text(where, row.cells.get(name, ""), is_html=False)

    sent: dict[str, Any] = {"kind": row.cells["kind"].casefold(), "text": text("text"), "points": 1}
    sent |= {"module": row.cells.get("module") or collected.default_module, "explanation": text("explanation")}
    sent |= {"objective": text("objective") or None, "difficulty": row.cells.get("difficulty") or "medium"}
    if row.cells.get("image"):
        sent["image"] = {"file": row.cells["image"], "alt": text("image_alt")}
    for name in ("points", "most_words"):
        if row.cells.get(name):
            sent[name] = _number(row.cells[name])
    sides = [(text(f"answer_{n}"), text(f"note_{n}")) for n in range(1, MOST_ANSWERS + 1)]
    return sent | _parts(sent["kind"], [side for side in sides if any(side)], row.cells)


def _parts(kind: str, sides: list[tuple[str, str]], cells: Mapping[str, str]) -> dict[str, Any]:
    right = cells.get("right", "").casefold()
    if kind in {Kind.SINGLE, Kind.MULTIPLE}:
        numbers = {_number(each) for each in right.replace(";", ",").split(",")}
        is_known = numbers <= set(range(1, len(sides) + 1))
        chosen = [(text, note, is_known and n in numbers) for n, (text, note) in enumerate(sides, 1)]
        return {
            "choices": [{"text": t, "is_right": is_right, "feedback": note or None} for t, note, is_right in chosen]
        }
    if kind == Kind.TRUE_FALSE:
        return {"is_true": {"true": True, "false": False}.get(right)}
    if kind == Kind.MATCHING:
        pairs = [{"left": left, "right": other} for left, other in sides if left]
        return {"pairs": pairs, "distractors": [other for left, other in sides if not left]}
    if kind == Kind.ESSAY:
        rubric = [{"criterion": text, "points": _number(note)} for text, note in sides]
        return {"rubric": rubric}
    if kind == Kind.SCENARIO:
        return {"questions": []}
    return {"items" if kind == Kind.ORDERING else "accepted": [text for text, _ in sides]}


def _number(cell: str) -> int | None:
    """None, which no question takes, for what is no small number."""
    return int(cell) if cell.strip().isascii() and cell.strip().isdigit() and len(cell.strip()) < 6 else None
