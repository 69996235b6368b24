"""GIFT, the plain text of questions that Moodle and others read.

It has no place for points, difficulty, objective, image and rubric: they stand in a comment, which other programs pass
over. Ordering is no kind of GIFT. A scenario is a description, and the questions after it are its own.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from .exchange import (
    Collected,
    Problem,
    Reading,
    Unreadable,
    Written,
    cannot_be_written,
    decode,
    extras,
    extras_from,
    with_rubric,
)
from .questions import N_, Kind, Question

NOTED = "//advocates: "
_CARRIED = ("key", "module", "kind", "text", "explanation", "choices", "is_true", "pairs", "accepted", "questions")
_SPECIAL = "~=#{}:"
_ESCAPED = re.compile(r"\\([~=#{}:\\n])")
# While a question is taken apart, an escaped character is one that no file has: such characters are refused.
_HELD = {**{character: chr(0x0E + n) for n, character in enumerate(_SPECIAL)}, "n": "\x14", "\\": "\x15"}
_GIVEN_BACK = str.maketrans({held: "\n" if character == "n" else character for character, held in _HELD.items()})
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f]")
_FORMAT = re.compile(r"\[(html|markdown|plain|moodle)\]")
_WEIGHT = re.compile(r"%(-?\d{1,3}(?:\.\d{1,10})?)%")
_PLAIN_MODULE = re.compile(r"[\w][\w .,&'()-]*")


def write(questions: Iterable[Question]) -> Written:
    """A GIFT file that `read` reads the same."""
    left_out: list[Problem] = []
    parts, module = [], ""
    for question in questions:
        reason = _not_carried(question)
        if reason:
            left_out.append(Problem(question.key, reason))
            continue
        if question.module != module and _PLAIN_MODULE.fullmatch(question.module):
            parts.append(f"$CATEGORY: {question.module}\n")
            module = question.module
        if question.image:
            left_out.append(Problem(question.key, N_("GIFT carries no image; other programs show only the text.")))
        parts += _written(question, question.key, question.module != module)
    return Written("\n".join(parts), tuple(left_out))


def read(content: bytes | str, module: str = "") -> Reading:
    """What a GIFT file holds; `module` for questions before its first category. Raises Unreadable."""
    text, collected = decode(content), Collected(module)
    if _CONTROL.search(text):
        raise Unreadable(N_("This file holds control characters, which no text has."))
    reader = _Reader(collected)
    for line, block in _blocks(text):
        reader.take(line, block)
    reader.end_scenario()
    return collected.done()


def _not_carried(question: Question) -> str | None:
    if cannot_be_written(question):
        return N_("It holds control characters or HTML.")
    if question.kind is Kind.ORDERING or any(inside.kind is Kind.ORDERING for inside in question.questions):
        return N_("GIFT has no questions that put things in order.")
    sides = [pair.left for each in (question, *question.questions) for pair in each.pairs]
    accepted = [text for each in (question, *question.questions) for text in each.accepted]
    if any("->" in side for side in (*sides, *accepted)):
        return N_("GIFT takes an arrow (->) in an answer for a pair.")
    return None


def _written(question: Question, title: str, notes_module: bool) -> Iterator[str]:
    is_scenario = question.kind is Kind.SCENARIO  # a description, which has no feedback
    kept = {"module"} if notes_module else set()
    noted = extras(question, set(_CARRIED) - kept - ({"explanation"} if is_scenario else set()))
    if is_scenario:
        noted = f'{noted.removesuffix("}")},"scenario":{len(question.questions)}}}'
    comment = f"{NOTED}{noted}\n" if noted else ""
    feedback = f"####{_text(question.explanation)}" if question.explanation else ""
    if is_scenario:
        yield f"{comment}::{_escaped(title)}::[markdown]{_escaped(question.text)}\n"
        for n, inside in enumerate(question.questions, 1):
            yield from _written(inside, f"{title}-{n}", False)
        return
    yield f"{comment}::{_escaped(title)}::[markdown]{_escaped(question.text)}{{{_answers(question)}{feedback}}}\n"


def _answers(question: Question) -> str:
    match question.kind:
        case Kind.SINGLE:
            lines = [("=" if each.is_right else "~") + _choice(each.text, each.feedback) for each in question.choices]
        case Kind.MULTIPLE:
            share = Fraction(100, sum(each.is_right for each in question.choices))
            weight = f"{float(share):.5f}".rstrip("0").rstrip(".")
            lines = [
                f"~%{'' if each.is_right else '-'}{weight}%" + _choice(each.text, each.feedback)
                for each in question.choices
            ]
        case Kind.TRUE_FALSE:
            return "TRUE" if question.is_true else "FALSE"
        case Kind.MATCHING:
            lines = [f"={_text(pair.left)} -> {_escaped(pair.right)}" for pair in question.pairs]
            lines += [f"= -> {_escaped(text)}" for text in question.distractors]
        case Kind.SHORT_ANSWER:
            lines = [f"=%100%{_text(text)}" for text in question.accepted]
        case _:
            return ""
    return "\n\t" + "\n\t".join(lines) + "\n"


def _choice(text: str, feedback: str | None) -> str:
    return _text(text) + (f"#{_text(feedback)}" if feedback else "")


def _text(text: str) -> str:
    """An answer, told to be Markdown where it begins like a format or a weight."""
    return ("[markdown]" if text.startswith(("[", "%")) else "") + _escaped(text)


def _escaped(text: str) -> str:
    return re.sub(r"[~=#{}:\\]", r"\\\g<0>", text).replace("\n", "\\n")


def _blocks(text: str) -> Iterator[tuple[int, list[str]]]:
    """The lines between blank ones, with the number of the first."""
    start = 1
    block: list[str] = []
    for number, line in enumerate([*text.split("\n"), ""], 1):
        if line.strip():
            start = start if block else number
            block.append(line)
        elif block:
            yield start, block
            block = []


@dataclass
class _Scenario:
    sent: dict[str, Any]
    where: str
    left: int


class _Reader:
    def __init__(self, collected: Collected) -> None:
        self.collected, self.module = collected, collected.default_module
        self.scenario: _Scenario | None = None
        self.where, self.is_html = "", False

    def take(self, line: int, block: list[str]) -> None:
        self.where = f"line {line}"
        noted = [each.strip()[len(NOTED) :] for each in block if each.strip().startswith(NOTED)]
        lines = [each for each in block if not each.strip().startswith("//")]
        while lines and lines[0].strip().startswith("$CATEGORY:"):
            self.module = lines.pop(0).strip()[10:].strip().rsplit("/", 1)[-1].strip() or self.module
        text = _ESCAPED.sub(lambda match: _HELD[match[1]], "\n".join(lines).strip())
        if not text:
            return
        title, text = self.title(text)
        self.where = title or self.where
        more = extras_from(self.collected, self.where, noted[0]) if noted else {}
        count = more.pop("scenario", None)
        opened, closed = text.find("{"), text.find("}")
        if opened < 0 and closed < 0:
            self.description(title, text, more, count)
        elif opened < 0 or closed < opened:
            self.not_taken(N_("It is not taken: a brace { or } has no partner."))
        else:
            stem = text[:opened] + ("_____" if text[closed + 1 :].strip() else "") + text[closed + 1 :]
            self.question(title, stem, text[opened + 1 : closed].strip(), more)

    def title(self, text: str) -> tuple[str, str]:
        if text.startswith("::") and "::" in text[2:]:
            title, text = text[2:].split("::", 1)
            return title.translate(_GIVEN_BACK).strip(), text.strip()
        return "", text

    def description(self, title: str, text: str, more: dict[str, Any], count: Any) -> None:
        self.end_scenario()
        if type(count) is not int or not 0 < count <= 20:
            self.not_taken(N_("It is not taken: a text without a question."))
            return
        sent = self.head(title) | {"kind": "scenario", "text": self.text(text, True), "questions": []} | more
        self.scenario = _Scenario(sent, self.where, count)

    def end_scenario(self) -> None:
        if self.scenario:
            ended, self.scenario = self.scenario, None
            self.collected.add(ended.where, ended.sent)

    def question(self, title: str, stem: str, answers: str, more: dict[str, Any]) -> None:
        answers, _, explanation = answers.rpartition("####") if "####" in answers else (answers, "", "")
        text = self.text(stem, True)
        parts = self.parts(answers.strip())
        if parts is None:
            return
        sent = {"text": text, "explanation": self.text(explanation)} | parts | more
        sent = with_rubric(self.collected, self.where, sent)
        if self.scenario:
            self.scenario.sent["questions"].append(sent)
            self.scenario.left -= 1
            if not self.scenario.left:
                self.end_scenario()
        else:
            self.collected.add(self.where, self.head(title or text[:60]) | sent)

    def head(self, title: str) -> dict[str, Any]:
        return {"key": self.collected.key(title), "module": self.module}

    def parts(self, answers: str) -> dict[str, Any] | None:
        """None, with a sentence, for what is no kind of question here."""
        if not answers:
            return {"kind": "essay"}
        if answers.startswith("#"):
            self.not_taken(N_("It is not taken: questions whose answer is a number are not known here."))
            return None
        if "~" in answers:
            return self.choices(answers)
        if "=" in answers and "->" in answers:
            return self.matching(answers)
        said = answers.split("#", 1)
        if said[0].strip() in {"T", "TRUE", "F", "FALSE"}:
            if len(said) > 1:
                self.collected.note(self.where, N_("Feedback on an answer is left out; explain it for everybody."))
            return {"kind": "true_false", "is_true": said[0].strip() in {"T", "TRUE"}}
        return self.accepted(answers)

    def choices(self, answers: str) -> dict[str, Any]:
        found, weights = [], []
        for each in re.split(r"(?=[~=])", answers):
            if each.strip():
                weight, text, feedback = self.answer(each)
                weights.append(weight)
                found.append({"text": text, "is_right": weight > 0, "feedback": feedback})
        is_single = "=" in answers and sum(weight >= 100 for weight in weights) == 1
        if is_single:
            for choice, weight in zip(found, weights, strict=True):
                choice["is_right"] = weight >= 100
        if any(0 < weight < 100 for weight in weights) if is_single else len({w for w in weights if w > 0}) > 1:
            self.collected.note(self.where, N_("Its shares of points are left out: right choices weigh the same."))
        return {"kind": "single" if is_single else "multiple", "choices": found}

    def answer(self, each: str) -> tuple[float, str, str | None]:
        mark, rest = each.strip()[:1], each.strip()[1:].strip()
        weight = 100.0 if mark == "=" else 0.0
        if match := _WEIGHT.match(rest):
            weight, rest = float(match[1]), rest[match.end() :]
        text, _, feedback = rest.partition("#")
        return weight, self.text(text), self.text(feedback) or None

    def matching(self, answers: str) -> dict[str, Any] | None:
        pairs, distractors = [], []
        for each in filter(str.strip, answers.split("=")):
            left, arrow, right = each.partition("->")
            if not arrow:
                self.not_taken(N_("It is not taken: one of its pairs has no arrow (->)."))
                return None
            left, right = self.text(left), right.translate(_GIVEN_BACK).strip()
            right = self.collected.text(self.where, right, is_html=False)
            if left:
                pairs.append({"left": left, "right": right})
            else:
                distractors.append(right)
        return {"kind": "matching", "pairs": pairs, "distractors": distractors}

    def accepted(self, answers: str) -> dict[str, Any]:
        found = []
        for each in filter(str.strip, answers.split("=")):
            weight, text, feedback = self.answer("=" + each)
            if feedback or weight < 100:
                self.collected.note(self.where, N_("Feedback and shares of points of an answer are left out."))
            if weight >= 100:
                found.append(text)
        return {"kind": "short_answer", "accepted": found}

    def text(self, text: str, is_stem: bool = False) -> str:
        """Markdown of a text; a stem states the format of all that follow in its question."""
        text = text.strip()
        is_html = True if is_stem else self.is_html
        if match := _FORMAT.match(text):
            text, is_html = text[match.end() :], match[1] in {"html", "moodle"}
        if is_stem:
            self.is_html = is_html
        return self.collected.text(self.where, text.translate(_GIVEN_BACK), is_html=is_html)

    def not_taken(self, message: str) -> None:
        self.collected.note(self.where, message)
        if self.scenario:
            self.scenario.left -= 1
