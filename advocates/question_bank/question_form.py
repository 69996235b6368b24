"""The form of a question of any kind, with rows to spare; what it says is judged by the rules of a question."""

import hashlib
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import FileStorage
from wtforms import (
    BooleanField,
    FieldList,
    FileField,
    FormField,
    HiddenField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.fields import SelectChoice  # type: ignore[attr-defined]

from advocates.curriculum.models import VersionModule
from advocates.form import Form
from advocates.question_bank import labels
from advocates.question_bank.images import LARGEST_IMAGE_BYTES, taken_type
from advocates.question_bank.rules import (
    Difficulty,
    Kind,
    Question,
    QuestionError,
    question_from_json,
    question_to_json,
)
from advocates.question_bank.rules.exchange import key_of
from advocates.question_bank.rules.questions import MOST_PARTS

ROWS: Mapping[Kind, Mapping[str, int]] = {
    Kind.SINGLE: {"choices": 4},
    Kind.MULTIPLE: {"choices": 5},
    Kind.TRUE_FALSE: {},
    Kind.MATCHING: {"pairs": 4, "distractors": 1},
    Kind.ORDERING: {"items": 4},
    Kind.SHORT_ANSWER: {"accepted": 3},
    Kind.ESSAY: {"rubric": 3},
    Kind.SCENARIO: {"questions": 1},
}
_STEP = re.compile(r"[^.\[\]]+")


class ChoiceRow(Form):
    text = TextAreaField(_l("Choice"))
    is_right = BooleanField(_l("This one is right"))
    feedback = TextAreaField(_l("Said to whoever chooses it"))


class PairRow(Form):
    left = TextAreaField(_l("Left side"))
    right = TextAreaField(_l("What belongs to it"))


class RubricRow(Form):
    criterion = TextAreaField(_l("What a good answer does"))
    points = StringField(_l("Points at most"), default="1")


class PartForm(Form):
    """A question, or one inside a scenario."""

    kind = HiddenField()
    text = TextAreaField(_l("Question"))
    image = FileField(_l("Image"))
    image_file = HiddenField()
    image_alt = StringField(_l("What the image shows"))
    drops_image = BooleanField(_l("Take the image away"))
    choices = FieldList(FormField(ChoiceRow), max_entries=MOST_PARTS)
    is_true = RadioField(
        _l("Which is right?"), choices=[SelectChoice("yes", _l("True")), SelectChoice("no", _l("False"))]
    )
    pairs = FieldList(FormField(PairRow), max_entries=MOST_PARTS)
    distractors = FieldList(TextAreaField(_l("Fits nothing")), max_entries=MOST_PARTS)
    items = FieldList(TextAreaField(_l("Step")), max_entries=MOST_PARTS)
    accepted = FieldList(StringField(_l("Accepted answer")), max_entries=MOST_PARTS)
    rubric = FieldList(FormField(RubricRow), max_entries=MOST_PARTS)
    most_words = StringField(_l("At most this many words"))
    points = StringField(_l("Points"), default="1")
    explanation = TextAreaField(_l("Explanation"))

    @property
    def of_kind(self) -> Kind:
        return Kind(self.kind.data) if self.kind.data in set(Kind) else Kind.SINGLE


class QuestionForm(PartForm):
    """`prepare` must be called before the form is judged or shown."""

    key = StringField(_l("Short name"))
    module = SelectField(_l("Module"), validate_choice=False)
    objective = StringField(_l("Objective"), render_kw={"list": "objectives"})
    difficulty = SelectField(_l("Difficulty"), validate_choice=False)
    questions = FieldList(FormField(PartForm), max_entries=MOST_PARTS)
    number = HiddenField()
    module_keys: frozenset[str] = frozenset()

    def prepare(self, modules: Sequence[VersionModule]) -> "QuestionForm":
        self.module_keys = frozenset(row.key for row in modules)
        self.module.choices = [SelectChoice(row.key, f"{row.key} {row.title}") for row in modules]
        self.difficulty.choices = [SelectChoice(each.value, labels.DIFFICULTIES[each]) for each in Difficulty]
        return self

    @property
    def seen_number(self) -> int:
        """The version that the form was filled from; 0 where it does not say."""
        return _number(self.number.data) or 0

    def add_rows(self, wanted: str) -> None:
        """One more row of a list, by its name in the form; `questions:KIND` adds a question to a scenario."""
        name, _colon, kind = wanted.partition(":")
        for part in (self, *(entry.form for entry in self.questions)):
            for rows in ("choices", "pairs", "distractors", "items", "accepted", "rubric"):
                found: Any = part[rows]
                if found.name == name and len(found.entries) < MOST_PARTS:
                    found.append_entry()
        if name == "questions" and kind in set(Kind) - {Kind.SCENARIO} and len(self.questions.entries) < MOST_PARTS:
            self.questions.append_entry({"kind": kind})
            spare_rows(self.questions.entries[-1].form)


@dataclass
class Judged:
    """What a form came to. `problems`: the id of the field, its name, and the sentence."""

    question: Question | None = None
    images: dict[str, bytes] = field(default_factory=dict)
    problems: list[tuple[str, str, str]] = field(default_factory=list)


def spare_rows(part: Any) -> None:
    """At least as many rows as its kind begins with."""
    for name, least in ROWS[part.of_kind].items():
        rows = part[name]
        if name == "questions":
            for entry in rows:
                spare_rows(entry.form)
            continue
        while len(rows.entries) < min(MOST_PARTS, least):
            rows.append_entry()


def stored_values(question: Question) -> dict[str, Any]:
    """A question as the form shows it."""
    sent = question_to_json(question)
    values = {**sent, "image": None, "points": str(question.points), "most_words": str(question.most_words or "")}
    values["image_file"], values["image_alt"] = (
        (question.image.file, question.image.alt) if question.image else ("", "")
    )
    values["is_true"] = {True: "yes", False: "no", None: None}[question.is_true]
    values["objective"] = question.objective or ""
    values["questions"] = [stored_values(each) for each in question.questions]
    for choice in values.get("choices", ()):
        choice["feedback"] = choice["feedback"] or ""
    return values


def judge(form: QuestionForm, known_keys: set[str], known_images: set[str], key: str = "") -> Judged:
    """The question that the form says, or what is wrong with it, beside its field. `key` is that of a stored one."""
    judged = Judged()
    paths: dict[str, Any] = {}
    sent = _part(form, "", judged, paths, known_images)
    typed = (form.key.data or "").strip()
    chosen = key or typed or key_of(form.text.data or "", known_keys)
    paths |= {name: form[name] for name in ("key", "module", "objective", "difficulty")}
    if chosen in known_keys and chosen != key:
        _tell(judged, form.key, _("The bank has a question with this name. Choose another."))
    if form.module.data not in form.module_keys:
        _tell(judged, form.module, _("Choose a module of this version."))
    sent |= {"key": chosen, "module": form.module.data, "difficulty": form.difficulty.data}
    sent["objective"] = (form.objective.data or "").strip() or None
    if not judged.problems:
        try:
            judged.question = question_from_json(sent)
        except QuestionError as error:
            _tell(judged, _field_at(paths, error.path) or form.text, _(error.message) % error.values)
    return judged


def _part(part: Any, path: str, judged: Judged, paths: dict[str, Any], known: set[str]) -> dict[str, Any]:
    kind = part.of_kind
    paths |= {f"{path}{name}": part[name] for name in ("text", "points", "explanation", "most_words", "is_true")}
    sent: dict[str, Any] = {
        "kind": kind.value,
        "text": part.text.data or "",
        "explanation": part.explanation.data or "",
    }
    sent |= {"image": _image(part, path, judged, paths, known), "points": _number(part.points.data)}

    rows = partial(_rows, part, path, paths)
    match kind:
        case Kind.SINGLE | Kind.MULTIPLE:
            filled = rows("choices", lambda row: row.form.text.data or row.form.is_right.data)
            sent["choices"] = [{**row.data, "feedback": row.form.feedback.data or None} for row in filled]
        case Kind.TRUE_FALSE:
            sent["is_true"] = {"yes": True, "no": False}.get(part.is_true.data or "")
        case Kind.MATCHING:
            sent["pairs"] = [row.data for row in rows("pairs", lambda row: row.form.left.data or row.form.right.data)]
            sent["distractors"] = [row.data for row in rows("distractors", lambda row: bool(row.data))]
        case Kind.ORDERING:
            sent["items"] = [row.data for row in rows("items", lambda row: bool(row.data))]
        case Kind.SHORT_ANSWER:
            sent["accepted"] = [row.data for row in rows("accepted", lambda row: bool(row.data))]
        case Kind.ESSAY:
            lines = [row.form for row in rows("rubric", lambda row: bool(row.form.criterion.data))]
            sent["rubric"] = [{"criterion": each.criterion.data, "points": _number(each.points.data)} for each in lines]
            sent["points"] = sum(_number(each.points.data) or 0 for each in lines) or 1
            sent["most_words"] = _number(part.most_words.data) if (part.most_words.data or "").strip() else None
        case Kind.SCENARIO:
            inside = [entry.form for entry in rows("questions", lambda row: bool(row.form.text.data))]
            parts = [_part(each, f"questions[{n}].", judged, paths, known) for n, each in enumerate(inside)]
            sent |= {"questions": parts, "points": 1}
    return sent


def _rows(part: Any, path: str, paths: dict[str, Any], name: str, is_filled: Callable[[Any], bool]) -> list[Any]:
    """The rows of a list that are filled; the others are left out."""
    paths[f"{path}{name}"] = part[name]
    kept = [entry for entry in part[name] if is_filled(entry)]
    for n, entry in enumerate(kept):
        paths[f"{path}{name}[{n}]"] = entry
        if isinstance(entry, FormField):
            paths.update({f"{path}{name}[{n}].{each.short_name}": each for each in entry.form})
    return kept


def _image(part: Any, path: str, judged: Judged, paths: dict[str, Any], known: set[str]) -> dict[str, str] | None:
    paths |= {f"{path}image": part.image, f"{path}image.alt": part.image_alt}
    alt = part.image_alt.data or ""
    if isinstance(part.image.data, FileStorage) and part.image.data.filename:
        content = part.image.data.stream.read(LARGEST_IMAGE_BYTES + 1)
        if taken_type(content) is None:
            part.image.data.close()
            _tell(judged, part.image, _("Choose a PNG, JPEG or WebP image of at most 2 MB."))
            return None
        digest = hashlib.sha256(content).hexdigest()
        judged.images[digest] = content
    elif part.drops_image.data or part.image_file.data not in known:
        return None
    else:
        digest = part.image_file.data
    if not alt.strip():
        _tell(judged, part.image_alt, _("Say what the image shows, for whoever does not see it."))
    return {"file": digest, "alt": alt}


def _tell(judged: Judged, at: Any, sentence: str) -> None:
    at.errors = [sentence]
    judged.problems.append((at.id, str(at.label.text), sentence))


def _field_at(paths: Mapping[str, Any], path: str) -> Any:
    """The field of the path, or of the nearest one around it that can say something."""
    while path:
        found = paths.get(path)
        if found is not None and not isinstance(found, FormField):
            return found
        steps = list(_STEP.finditer(path))
        path = path[: steps[-1].start()].rstrip(".[") if steps else ""
    return None


def _number(text: str | None) -> int | None:
    """None, which no question takes, for what is no whole number."""
    said = (text or "").strip()
    return int(said) if said.isascii() and said.isdigit() and len(said) < 6 else None
