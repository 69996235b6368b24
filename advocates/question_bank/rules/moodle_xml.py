"""Moodle XML: every kind of question, with images inside the file.

It has no place for the objective and for what only this product knows: that stands in an element of its own, which
other programs pass over. A scenario is a description, and the questions after it are its own.
"""

import base64
import binascii
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from urllib.parse import quote, unquote
from xml.sax.saxutils import escape, quoteattr

from .exchange import LONGEST_LOOKED_AT, Problem, Written, cannot_be_written, extras
from .questions import N_, Kind, Question

NOTED = "advocates"
TYPES = {
    Kind.SINGLE: "multichoice",
    Kind.MULTIPLE: "multichoice",
    Kind.TRUE_FALSE: "truefalse",
    Kind.MATCHING: "matching",
    Kind.ORDERING: "ordering",
    Kind.SHORT_ANSWER: "shortanswer",
    Kind.ESSAY: "essay",
    Kind.SCENARIO: "description",
}
_CARRIED = {"key", "module", "kind", "text", "explanation", "points", "choices", "is_true", "pairs", "distractors"}
_CARRIED |= {"items", "accepted", "questions"}


def write(questions: Iterable[Question], images: Mapping[str, bytes] | None = None) -> Written:
    """A Moodle XML file that `moodle_xml_reading.read` reads the same; `images` are the bytes by a question's name."""
    left_out: list[Problem] = []
    lines, module, held = ['<?xml version="1.0" encoding="UTF-8"?>', "<quiz>"], None, images or {}
    for question in questions:
        if cannot_be_written(question):
            left_out.append(Problem(question.key, N_("It holds control characters or HTML.")))
            continue
        if question.module != module:
            module = question.module
            path = "$course$/top/" + module.replace("/", "//")
            lines.append(f'<question type="category"><category>{_text(path)}</category></question>')
        for each in (question, *question.questions):
            if each.image and each.image.file not in held:
                left_out.append(Problem(question.key, N_("Its image is not in the file; the name of it is.")))
        lines += _written(question, question.key, held)
    return Written("\n".join([*lines, "</quiz>", ""]), tuple(left_out))


def _written(question: Question, name: str, images: Mapping[str, bytes]) -> Iterator[str]:
    is_scenario = question.kind is Kind.SCENARIO
    noted = json.loads(extras(question, _CARRIED - ({"points"} if is_scenario else set())) or "{}")
    noted |= {"scenario": len(question.questions)} if is_scenario else {}
    yield f'<question type="{TYPES[question.kind]}">'
    yield f"<name>{_text(name)}</name>"
    yield from _stem(question, images)
    yield _formatted("generalfeedback", question.explanation)
    yield f"<defaultgrade>{0 if is_scenario else question.points}</defaultgrade>"
    yield f"<penalty>0</penalty><hidden>0</hidden><idnumber>{escape(name)}</idnumber>"
    yield from _parts(question)
    if question.key:
        yield f"<tags><tag>{_text(question.difficulty.value)}</tag></tags>"
    if noted:
        yield f"<{NOTED}>{escape(json.dumps(noted, ensure_ascii=True))}</{NOTED}>"
    yield "</question>"
    for n, inside in enumerate(question.questions, 1):
        yield from _written(inside, f"{name}-{n}", images)


def _stem(question: Question, images: Mapping[str, bytes]) -> Iterator[str]:
    image, text, file = question.image, question.text, ""
    if image and image.file in images:
        alt = " ".join(image.alt.split()).translate(str.maketrans("[]", "()"))
        text += f"\n\n![{alt}](@@PLUGINFILE@@/{quote(image.file, safe='')})"
        content = base64.b64encode(images[image.file]).decode()
        file = f'<file name={quoteattr(image.file)} path="/" encoding="base64">{content}</file>'
    yield f'<questiontext format="markdown">{_text(text)}{file}</questiontext>'


def _parts(question: Question) -> Iterator[str]:
    match question.kind:
        case Kind.SINGLE | Kind.MULTIPLE:
            yield f"<single>{str(question.kind is Kind.SINGLE).lower()}</single><shuffleanswers>true</shuffleanswers>"
            yield "<answernumbering>abc</answernumbering>"
            share = f"{100 / sum(each.is_right for each in question.choices):.5f}".rstrip("0").rstrip(".")
            wrong = "0" if question.kind is Kind.SINGLE else f"-{share}"
            for each in question.choices:
                yield _answer(each.text, share if each.is_right else wrong, each.feedback or "")
        case Kind.TRUE_FALSE:
            for text, is_right in (("true", question.is_true), ("false", not question.is_true)):
                yield _answer(text, "100" if is_right else "0", of="moodle_auto_format")
        case Kind.MATCHING:
            yield "<shuffleanswers>true</shuffleanswers>"
            sides = [(pair.left, pair.right) for pair in question.pairs] + [("", text) for text in question.distractors]
            for left, right in sides:
                answer = f"<answer>{_text(right)}</answer>"
                yield f'<subquestion format="markdown">{_text(left)}{answer}</subquestion>'
        case Kind.ORDERING:
            yield "<layouttype>VERTICAL</layouttype><selecttype>ALL</selecttype><selectcount>0</selectcount>"
            yield "<gradingtype>RELATIVE_NEXT_EXCLUDE_LAST</gradingtype><showgrading>SHOW</showgrading>"
            yield "<numberingstyle>none</numberingstyle>"
            for n, item in enumerate(question.items, 1):
                yield _answer(item, f"{n}.0000000")
        case Kind.SHORT_ANSWER:
            yield "<usecase>0</usecase>"
            for text in question.accepted:
                yield _answer(text.replace("*", "\\*"), "100", of="moodle_auto_format")
        case Kind.ESSAY:
            rubric = "\n".join(f"- {line.text} ({line.points})" for line in question.rubric)
            yield "<responseformat>editor</responseformat><responserequired>1</responserequired>"
            yield "<responsefieldlines>15</responsefieldlines><attachments>0</attachments>"
            yield f"<maxwordlimit>{question.most_words}</maxwordlimit>" if question.most_words else ""
            yield _formatted("graderinfo", rubric)


def _answer(text: str, fraction: str, feedback: str = "", of: str = "markdown") -> str:
    said = _formatted("feedback", feedback)
    return f'<answer fraction="{fraction}" format="{of}">{_text(text)}{said}</answer>'


def _formatted(name: str, text: str) -> str:
    return f'<{name} format="markdown">{_text(text)}</{name}>'


def _text(text: str) -> str:
    return f"<text>{escape(text)}</text>"


def image_bytes(text: str | None) -> bytes | None:
    """The bytes of a file in it; None for what is no base64."""
    try:
        return base64.b64decode("".join((text or "").split()), validate=True)
    except (binascii.Error, ValueError):
        return None


_IMAGE = re.compile(r"!\[([^\[\]]*)\]\(@@PLUGINFILE@@/([^()\s]+)\)")
_HTML_IMAGE = re.compile(r"<img\b[^<>]*@@PLUGINFILE@@/[^<>]*>", re.IGNORECASE)
_SRC = re.compile(r"@@PLUGINFILE@@/([^\"'?<>\s]+)")
_ALT = re.compile(r"\balt\s*=\s*(?:\"([^\"]*)\"|'([^']*)')", re.IGNORECASE)


def taken_image(text: str) -> tuple[str, Mapping[str, Any] | None]:
    """A text without its first image, and that image."""
    if len(text) > LONGEST_LOOKED_AT:
        return text, None
    if match := _IMAGE.search(text):
        return text[: match.start()] + text[match.end() :], {"file": unquote(match[2]), "alt": match[1].strip()}
    if match := _HTML_IMAGE.search(text):
        source, alt = _SRC.search(match[0]), _ALT.search(match[0])
        said = (alt[1] or alt[2] or "").strip() if alt else ""
        name = unquote(source[1]) if source else ""
        return text[: match.start()] + text[match.end() :], {"file": name, "alt": said}
    return text, None
