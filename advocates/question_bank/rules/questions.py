"""What a question is: its kinds, its parts, and the one JSON form that bank, files and sittings share."""

import enum
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

N_ = str  # marks a sentence for translation; the view translates it

LONGEST_TEXT = 4000
LONGEST_CHOICE = 1000
MOST_PARTS = 20
KEY = re.compile(r"[a-z0-9][a-z0-9-]{0,59}")
_NEVER_STORED = re.compile("[\x00\ud800-\udfff]")


class Kind(enum.StrEnum):
    SINGLE = "single"
    MULTIPLE = "multiple"
    TRUE_FALSE = "true_false"
    MATCHING = "matching"
    ORDERING = "ordering"
    SHORT_ANSWER = "short_answer"
    ESSAY = "essay"
    SCENARIO = "scenario"


class Difficulty(enum.StrEnum):
    EASY = "easy"
    MEDIUM = "medium"
    HARD = "hard"


class QuestionError(ValueError):
    """What is wrong with a question: `path` names the part, `message` is English, for the view to translate."""

    def __init__(self, path: str, message: str, **values: object) -> None:
        super().__init__(f"{path}: {message % values}" if path else message % values)
        self.path, self.message, self.values = path, message, values


@dataclass(frozen=True)
class Choice:
    text: str
    is_right: bool
    feedback: str | None = None


@dataclass(frozen=True)
class Pair:
    left: str
    right: str


@dataclass(frozen=True)
class Criterion:
    """A line of an essay's rubric and the most points that it gives."""

    text: str
    points: int


@dataclass(frozen=True)
class Image:
    """A stored file by its SHA-256, or a file's name in an import; and what it shows, in words."""

    file: str
    alt: str


@dataclass(frozen=True)
class Question:
    """One question. Which of its parts are filled depends on its kind.

    `text` and `explanation` are paragraphs with emphasis and lists in Markdown, never HTML. `key` and `module` are
    empty for the questions inside a scenario.
    """

    kind: Kind
    text: str
    key: str = ""
    module: str = ""
    image: Image | None = None
    objective: str | None = None
    difficulty: Difficulty = Difficulty.MEDIUM
    explanation: str = ""
    points: int = 1
    choices: tuple[Choice, ...] = ()
    is_true: bool | None = None
    pairs: tuple[Pair, ...] = ()
    distractors: tuple[str, ...] = ()
    items: tuple[str, ...] = ()
    accepted: tuple[str, ...] = ()
    rubric: tuple[Criterion, ...] = ()
    most_words: int | None = None
    questions: tuple["Question", ...] = ()

    @property
    def worth(self) -> int:
        """The points of everything in it."""
        if self.kind is Kind.SCENARIO:
            return sum(question.worth for question in self.questions)
        return self.points

    @property
    def needs_person(self) -> bool:
        """Whether somebody has to read an essay in it."""
        return self.kind is Kind.ESSAY or any(question.needs_person for question in self.questions)


def question_to_json(question: Question) -> dict[str, Any]:
    """Only what its kind has, in a fixed order, so that equal questions are equal text."""
    is_inside = not question.key
    head: dict[str, Any] = {} if is_inside else {"key": question.key, "module": question.module}
    image = {"file": question.image.file, "alt": question.image.alt} if question.image else None
    head |= {"kind": question.kind.value, "text": question.text, "image": image}
    if not is_inside:
        head |= {"objective": question.objective, "difficulty": question.difficulty.value}
    return head | {"explanation": question.explanation, "points": question.points} | _parts_to_json(question)


def question_from_json(sent: Any, path: str = "") -> Question:
    """QuestionError for anything that is not a whole question."""
    return _Reader(sent, path).question(is_inside=False)


def _parts_to_json(question: Question) -> dict[str, Any]:
    match question.kind:
        case Kind.SINGLE | Kind.MULTIPLE:
            choices = [{"text": c.text, "is_right": c.is_right, "feedback": c.feedback} for c in question.choices]
            return {"choices": choices}
        case Kind.TRUE_FALSE:
            return {"is_true": question.is_true}
        case Kind.MATCHING:
            pairs = [{"left": pair.left, "right": pair.right} for pair in question.pairs]
            return {"pairs": pairs, "distractors": list(question.distractors)}
        case Kind.ORDERING:
            return {"items": list(question.items)}
        case Kind.SHORT_ANSWER:
            return {"accepted": list(question.accepted)}
        case Kind.ESSAY:
            rubric = [{"criterion": line.text, "points": line.points} for line in question.rubric]
            return {"rubric": rubric, "most_words": question.most_words}
        case Kind.SCENARIO:
            return {"questions": [question_to_json(inside) for inside in question.questions]}


class _Reader:
    """One JSON object, read part by part, with the path of what is wrong."""

    def __init__(self, sent: Any, path: str) -> None:
        if not isinstance(sent, Mapping):
            raise QuestionError(path, N_("A question is an object."))
        self.sent, self.path = sent, path

    def question(self, *, is_inside: bool) -> Question:
        kind = self.choice("kind", Kind)
        if is_inside and kind is Kind.SCENARIO:
            raise QuestionError(self.at("kind"), N_("A scenario holds questions, but no other scenario."))
        head: dict[str, Any] = {} if is_inside else self.head()
        head |= {
            "text": self.text("text"),
            "image": self.image(),
            "explanation": self.text("explanation", may_be_empty=True),
            "points": self.number("points", 1, 100, default=1),
        }
        question = Question(kind=kind, **head, **self.parts(kind))
        if kind is Kind.ESSAY and question.points != sum(line.points for line in question.rubric):
            raise QuestionError(self.at("points"), N_("The points of an essay are the sum of its rubric's."))
        return question

    def head(self) -> dict[str, Any]:
        key = self.text("key")
        if not KEY.fullmatch(key):
            raise QuestionError(self.at("key"), N_("A key has small letters, digits and hyphens, at most 60."))
        objective = self.sent.get("objective")
        return {
            "key": key,
            "module": self.text("module"),
            "objective": self.text("objective") if objective is not None else None,
            "difficulty": self.choice("difficulty", Difficulty, Difficulty.MEDIUM),
        }

    def parts(self, kind: Kind) -> dict[str, Any]:
        read = {
            Kind.SINGLE: self.choices,
            Kind.MULTIPLE: self.choices,
            Kind.TRUE_FALSE: lambda: {"is_true": self.truth("is_true")},
            Kind.MATCHING: self.matching,
            Kind.ORDERING: lambda: {"items": self.texts("items", 2)},
            Kind.SHORT_ANSWER: lambda: {"accepted": self.texts("accepted", 1)},
            Kind.ESSAY: self.essay,
            Kind.SCENARIO: self.scenario,
        }
        parts = read[kind]()
        right = sum(choice.is_right for choice in parts.get("choices", ()))
        if kind is Kind.SINGLE and right != 1:
            raise QuestionError(self.at("choices"), N_("Exactly one choice is right; here %(n)s are."), n=right)
        if kind is Kind.MULTIPLE and not right:
            raise QuestionError(self.at("choices"), N_("At least one choice is right."))
        return parts

    def choices(self) -> dict[str, Any]:
        found = []
        for reader in self.each("choices", 2):
            feedback = reader.sent.get("feedback")
            said = reader.text("feedback") if feedback else None
            found.append(Choice(reader.text("text", longest=LONGEST_CHOICE), reader.truth("is_right"), said))
        _refuse_twice([choice.text for choice in found], self.at("choices"))
        return {"choices": tuple(found)}

    def matching(self) -> dict[str, Any]:
        pairs = tuple(Pair(r.side("left"), r.side("right")) for r in self.each("pairs", 2))
        distractors = self.texts("distractors", 0)
        _refuse_twice([pair.left for pair in pairs], self.at("pairs"))
        _refuse_twice([*(pair.right for pair in pairs), *distractors], self.at("pairs"))
        return {"pairs": pairs, "distractors": distractors}

    def essay(self) -> dict[str, Any]:
        rubric = tuple(Criterion(r.text("criterion"), r.number("points", 1, 100)) for r in self.each("rubric", 1))
        words = self.sent.get("most_words")
        return {"rubric": rubric, "most_words": self.number("most_words", 1, 5000) if words is not None else None}

    def scenario(self) -> dict[str, Any]:
        return {"questions": tuple(reader.question(is_inside=True) for reader in self.each("questions", 1))}

    def image(self) -> Image | None:
        if self.sent.get("image") is None:
            return None
        reader = _Reader(self.sent["image"], self.at("image"))
        return Image(reader.text("file", longest=200), reader.text("alt", longest=LONGEST_CHOICE))

    def text(self, name: str, *, longest: int = LONGEST_TEXT, may_be_empty: bool = False) -> str:
        value = self.sent.get(name, "" if may_be_empty else None)
        if isinstance(value, str) and _NEVER_STORED.search(value):
            raise QuestionError(self.at(name), N_("This holds a character that cannot be stored. Type it again."))
        if not isinstance(value, str) or not (value.strip() or may_be_empty):
            raise QuestionError(self.at(name), N_("A text is missing here."))
        if len(value) > longest:
            raise QuestionError(self.at(name), N_("This is too long. Use at most %(n)s characters."), n=longest)
        return value.strip()

    def side(self, name: str) -> str:
        """One side of a pair."""
        return self.text(name, longest=LONGEST_CHOICE)

    def texts(self, name: str, least: int) -> tuple[str, ...]:
        found = self.list(name, least)
        read = tuple(
            _Reader({"text": each}, f"{self.at(name)}[{n}]").text("text", longest=LONGEST_CHOICE)
            for n, each in enumerate(found)
        )
        _refuse_twice(read, self.at(name))
        return read

    def each(self, name: str, least: int) -> list["_Reader"]:
        return [_Reader(each, f"{self.at(name)}[{n}]") for n, each in enumerate(self.list(name, least))]

    def list(self, name: str, least: int) -> Sequence[Any]:
        found = self.sent.get(name, [] if least == 0 else None)
        if not isinstance(found, list) or not least <= len(found) <= MOST_PARTS:
            raise QuestionError(
                self.at(name), N_("From %(least)s to %(most)s are needed here."), least=least, most=MOST_PARTS
            )
        return found

    def number(self, name: str, least: int, most: int, default: int | None = None) -> int:
        value = self.sent.get(name, default)
        if type(value) is not int or not least <= value <= most:
            raise QuestionError(self.at(name), N_("A whole number from %(least)s to %(most)s."), least=least, most=most)
        return value

    def truth(self, name: str) -> bool:
        value = self.sent.get(name)
        if not isinstance(value, bool):
            raise QuestionError(self.at(name), N_("true or false is needed here."))
        return value

    def choice(self, name: str, kinds: Any, default: Any = None) -> Any:
        value = self.sent.get(name, default)
        if value not in set(kinds):
            raise QuestionError(self.at(name), N_("Not one of: %(known)s."), known=", ".join(kinds))
        return kinds(value)

    def at(self, name: str) -> str:
        return f"{self.path}.{name}" if self.path else name


def _refuse_twice(texts: Sequence[str], path: str) -> None:
    plain = [" ".join(text.split()).casefold() for text in texts]
    if len(set(plain)) < len(plain):
        raise QuestionError(path, N_("Two of these say the same."))
