"""One question of every kind, plain values."""

from advocates.question_bank.rules import Choice, Criterion, Kind, Pair, Question

SINGLE = Question(
    Kind.SINGLE,
    "Who decides?",
    key="decides",
    module="A1",
    choices=(Choice("The survivor", True), Choice("The advocate", False), Choice("The agency", False)),
)
MULTIPLE = Question(
    Kind.MULTIPLE,
    "What helps?",
    key="helps",
    module="A1",
    choices=(Choice("To listen", True), Choice("To wait", True), Choice("To blame", False)),
)
TRUTH = Question(Kind.TRUE_FALSE, "Rest is work.", key="rest", module="A1", is_true=True)
MATCHING = Question(
    Kind.MATCHING,
    "Who does what?",
    key="who-does",
    module="A1",
    pairs=(Pair("Nurse", "Hospital"), Pair("Clerk", "Court")),
    distractors=("School",),
)
ORDERING = Question(Kind.ORDERING, "In which order?", key="order", module="A1", items=("First", "Second", "Third"))
SHORT = Question(Kind.SHORT_ANSWER, "Which color?", key="color", module="A1", accepted=("blue",))
ESSAY = Question(
    Kind.ESSAY, "Say why.", key="why", module="A1", points=3, rubric=(Criterion("Says why", 3),), most_words=100
)
SCENARIO = Question(
    Kind.SCENARIO,
    "A visit.",
    key="visit",
    module="A1",
    questions=(
        Question(Kind.TRUE_FALSE, "You knock.", is_true=True),
        Question(Kind.ORDERING, "In which order?", items=("Knock", "Greet", "Sit")),
    ),
)
EVERY_KIND = (SINGLE, MULTIPLE, TRUTH, MATCHING, ORDERING, SHORT, ESSAY, SCENARIO)
