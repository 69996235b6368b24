"""Questions that Hypothesis draws: every kind, every part, and the characters that files are made of."""

from hypothesis import assume
from hypothesis import strategies as st

from advocates.question_bank.rules import Kind, Question, question_from_json
from advocates.question_bank.rules.exchange import cannot_be_written

LETTERS = st.sampled_from(list("abÉשﺃ中 '\"\\~=#{}:%[]<&>-*_/@+,;|\n\t."))
TEXTS = st.text(LETTERS, min_size=1, max_size=24).map(lambda text: f"x{text}".strip())
LEADING = st.text(LETTERS, min_size=1, max_size=24).map(str.strip).filter(bool)


def _apart(texts, least, most=5):
    return st.lists(texts, min_size=least, max_size=most, unique_by=lambda text: " ".join(text.split()).casefold())


@st.composite
def parts(draw, kind, texts):
    if kind in {Kind.SINGLE, Kind.MULTIPLE}:
        said = draw(_apart(texts, 2))
        right = draw(st.sets(st.integers(0, len(said) - 1), min_size=1, max_size=1 if kind is Kind.SINGLE else 9))
        feedback = st.none() | texts
        return {
            "choices": [{"text": t, "is_right": n in right, "feedback": draw(feedback)} for n, t in enumerate(said)]
        }
    if kind is Kind.TRUE_FALSE:
        return {"is_true": draw(st.booleans())}
    if kind is Kind.MATCHING:
        rights = draw(_apart(texts, 2, 6))
        lefts = draw(_apart(texts, 2, len(rights)))
        pairs = [{"left": left, "right": right} for left, right in zip(lefts, rights, strict=False)]
        return {"pairs": pairs, "distractors": rights[len(lefts) :]}
    if kind is Kind.ORDERING:
        return {"items": draw(_apart(texts, 2))}
    if kind is Kind.SHORT_ANSWER:
        return {"accepted": draw(_apart(texts, 1))}
    if kind is Kind.ESSAY:
        points = draw(st.lists(st.integers(1, 5), min_size=1, max_size=3))
        rubric = [{"criterion": draw(texts), "points": each} for each in points]
        return {"rubric": rubric, "points": sum(points), "most_words": draw(st.none() | st.integers(1, 5000))}
    inside = st.sampled_from([each for each in Kind if each is not Kind.SCENARIO])
    return {"questions": [draw(inner(draw(inside), texts)) for _ in range(draw(st.integers(1, 3)))]}


@st.composite
def inner(draw, kind, texts):
    sent = {"kind": kind.value, "text": draw(texts), "explanation": draw(st.just("") | texts)}
    return sent | {"points": draw(st.integers(1, 3))} | draw(parts(kind, texts))


@st.composite
def questions(draw, kinds=tuple(Kind), texts=LEADING, key="a3-drawn") -> Question:
    sent = draw(inner(draw(st.sampled_from(list(kinds))), texts))
    sent |= {"key": key, "module": "A3", "objective": draw(st.none() | texts)}
    sent |= {"difficulty": draw(st.sampled_from(["easy", "medium", "hard"]))}
    if draw(st.booleans()):
        sent["image"] = {"file": "room.png", "alt": draw(texts)}
    question = question_from_json(sent)
    assume(not cannot_be_written(question))
    return question
