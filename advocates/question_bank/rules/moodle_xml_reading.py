"""Moodle XML from anybody: no declarations, no entities, nothing from outside, HTML reduced to text."""

from collections.abc import Callable
from typing import Any
from xml.etree.ElementTree import Element, ParseError  # only the types: defusedxml parses

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from .exchange import MOST_BYTES, Collected, Reading, Unreadable, extras_from, with_rubric
from .moodle_xml import NOTED, image_bytes, taken_image
from .questions import N_


def read(content: bytes, module: str = "") -> Reading:
    """What a Moodle XML file holds; `module` for questions before its first category. Raises Unreadable."""
    if len(content) > MOST_BYTES:
        raise Unreadable(N_("This file is larger than %(n)s MB. Split it."), n=MOST_BYTES // 1_000_000)
    try:
        root = fromstring(content, forbid_dtd=True)
    except DefusedXmlException as error:
        raise Unreadable(N_("This file declares a document type or entities, which no questions need.")) from error
    except ParseError as error:
        message = N_("This is no whole XML file: it breaks off or is wrong in line %(line)s.")
        raise Unreadable(message, line=error.position[0]) from error
    except (ValueError, LookupError) as error:
        raise Unreadable(N_("This file's encoding is not known. Save it as UTF-8.")) from error
    if root.tag != "quiz":
        raise Unreadable(N_("This XML file holds no questions of Moodle."))
    collected = Collected(module)
    reader = _Reader(collected)
    for number, each in enumerate(root.findall("question"), 1):
        reader.take(number, each)
    reader.end_scenario()
    return collected.done()


class _Reader:
    def __init__(self, collected: Collected) -> None:
        self.collected, self.module, self.where = collected, collected.default_module, ""
        self.scenario: dict[str, Any] | None = None
        self.left, self.scenario_at = 0, ""
        self.parts: dict[str, Callable[[Element], dict[str, Any]]] = {
            "multichoice": self.choices,
            "truefalse": self.true_false,
            "matching": self.matching,
            "ordering": self.ordering,
            "shortanswer": self.accepted,
            "essay": lambda _: {"kind": "essay"},
        }

    def take(self, number: int, node: Element) -> None:
        kind, name = node.get("type", ""), (node.findtext("name/text") or "").strip()
        self.where = name or f"question {number}"
        if kind == "category":
            path = (node.findtext("category/text") or "").strip().replace("//", "\0")
            self.module = path.rsplit("/", 1)[-1].replace("\0", "/").strip() or self.module
            return
        more = extras_from(self.collected, self.where, node.findtext(NOTED) or "")
        count = more.pop("scenario", None)
        if kind == "description" and type(count) is int and 0 < count <= 20:
            self.end_scenario()
            self.scenario = self.head(node, name) | self.stem(node) | {"kind": "scenario", "questions": []} | more
            self.left, self.scenario_at = count, self.where
        elif kind not in self.parts:
            self.collected.note(self.where, N_("It is not taken: “%(kind)s” is not known here."), kind=kind[:40])
            self.count_down()
        else:
            self.question(node, name, kind, more)

    def question(self, node: Element, name: str, kind: str, more: dict[str, Any]) -> None:
        sent = self.stem(node) | {"points": self.points(node)} | self.parts[kind](node) | more
        sent = with_rubric(self.collected, self.where, sent)
        if self.scenario:
            self.scenario["questions"].append(sent)
            self.count_down()
        else:
            self.collected.add(self.where, self.head(node, name) | sent)

    def count_down(self) -> None:
        self.left -= 1
        if self.left <= 0:
            self.end_scenario()

    def end_scenario(self) -> None:
        if self.scenario:
            ended, self.scenario = self.scenario, None
            self.collected.add(self.scenario_at, ended)

    def head(self, node: Element, name: str) -> dict[str, Any]:
        title = (node.findtext("idnumber") or "").strip() or name
        tags = [(tag.findtext("text") or "").strip() for tag in node.findall("tags/tag")]
        difficulty = next((tag for tag in tags if tag in {"easy", "medium", "hard"}), "medium")
        return {"key": self.collected.key(title), "module": self.module, "difficulty": difficulty}

    def stem(self, node: Element) -> dict[str, Any]:
        part = node.find("questiontext")
        text, image = taken_image(part.findtext("text") or "" if part is not None else "")
        sent = {"text": self.plain(text, part), "explanation": self.text(node.find("generalfeedback"))}
        return sent | ({"image": self.image(node, image)} if image else {})

    def image(self, node: Element, image: Any) -> Any:
        """The image, None with a sentence where it is not in the file or says nothing to who cannot see it."""
        files = {file.get("name"): file for file in node.findall("questiontext/file")}
        file = files.get(image["file"])
        content = image_bytes(file.text) if file is not None and file.get("encoding") == "base64" else None
        if not content:
            self.collected.note(self.where, N_("Its image is not in the file."))
            return None
        if not image["alt"]:
            self.collected.note(self.where, N_("Its image is left out: no words say what it shows."))
            return None
        if self.collected.images.setdefault(image["file"], content) != content:
            self.collected.note(self.where, N_("Two images have this name; this one is left out."))
            return None
        return image

    def points(self, node: Element) -> int:
        try:
            value = float(node.findtext("defaultgrade") or 1)
        except ValueError:
            value = 0.0
        if not (1 <= value <= 100 and value == int(value)):
            self.collected.note(self.where, N_("Its points are not a whole number from 1 to 100; it is worth 1."))
            return 1
        return int(value)

    def choices(self, node: Element) -> dict[str, Any]:
        is_single = (node.findtext("single") or "true").strip() in {"true", "1"}
        answers = node.findall("answer")
        weights = [self.weight(answer) for answer in answers]
        partial = [w for w in weights if 0 < w < 100] if is_single else list({w for w in weights if w > 0})[1:]
        if partial:
            self.collected.note(self.where, N_("Its shares of points are left out: right choices weigh the same."))
        found = [
            {
                "text": self.text(answer),
                "is_right": weight >= 100 if is_single else weight > 0,
                "feedback": self.text(answer.find("feedback")) or None,
            }
            for answer, weight in zip(answers, weights, strict=True)
        ]
        return {"kind": "single" if is_single else "multiple", "choices": found}

    def true_false(self, node: Element) -> dict[str, Any]:
        right = [self.text(a).casefold() for a in node.findall("answer") if self.weight(a) >= 100]
        self.no_feedback(node)
        return {"kind": "true_false", "is_true": right == ["true"] if right in (["true"], ["false"]) else None}

    def matching(self, node: Element) -> dict[str, Any]:
        sides = [(self.text(each), each.findtext("answer/text") or "") for each in node.findall("subquestion")]
        plain = [(left, self.collected.text(self.where, right, is_html=False)) for left, right in sides]
        pairs = [{"left": left, "right": right} for left, right in plain if left]
        return {"kind": "matching", "pairs": pairs, "distractors": [right for left, right in plain if not left]}

    def ordering(self, node: Element) -> dict[str, Any]:
        answers = sorted(node.findall("answer"), key=self.weight)
        self.no_feedback(node)
        return {"kind": "ordering", "items": [self.text(answer) for answer in answers]}

    def accepted(self, node: Element) -> dict[str, Any]:
        answers = node.findall("answer")
        if any(self.weight(answer) < 100 for answer in answers):
            self.collected.note(self.where, N_("Its answers that earn only a share of the points are left out."))
        self.no_feedback(node)
        whole = [self.text(answer) for answer in answers if self.weight(answer) >= 100]
        if any("*" in text.replace("\\*", "") for text in whole):
            self.collected.note(self.where, N_("An asterisk stands for itself here, not for any text."))
        return {"kind": "short_answer", "accepted": [text.replace("\\*", "*") for text in whole]}

    def no_feedback(self, node: Element) -> None:
        if any(self.text(answer.find("feedback")) for answer in node.findall("answer")):
            self.collected.note(self.where, N_("Feedback on an answer is left out; explain it for everybody."))

    def weight(self, answer: Element) -> float:
        try:
            value = float(answer.get("fraction", "0"))
        except ValueError:
            return 0.0
        return value if abs(value) < 1e6 else 0.0

    def text(self, part: Element | None) -> str:
        return self.plain(part.findtext("text") or "", part) if part is not None else ""

    def plain(self, text: str, part: Element | None) -> str:
        is_html = part is not None and part.get("format", "html") in {"html", "moodle_auto_format"}
        is_short = part is not None and part.get("format") == "moodle_auto_format" and part.tag == "answer"
        return self.collected.text(self.where, text, is_html=is_html and not is_short)
