"""The form of a grade: the points of each line of the rubric."""

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from wtforms import IntegerField
from wtforms.validators import InputRequired, NumberRange, StopValidation

from advocates.form import Form
from advocates.question_bank.rules import Question
from advocates.sittings.rules.grading import rubric_of


class GradeForm(Form):
    """Its fields are those that `grade_form` adds."""

    @property
    def lines(self) -> tuple[int, ...]:
        return tuple(field.data for field in self)


def is_read(_form: Form, field: IntegerField) -> None:
    """One sentence is enough: what could not be read as a number is not out of range as well."""
    if field.process_errors:
        raise StopValidation


def grade_form(question: Question) -> GradeForm:
    """The form as submitted, with a field for each line."""
    fields = {
        f"line_{n}": IntegerField(
            gettext("%(criterion)s (0 to %(points)s points)", criterion=line.text, points=line.points),
            [
                InputRequired(_l("Give points for this line; 0 is an answer, too.")),
                is_read,
                NumberRange(0, line.points, _l("Type a number from %(min)s to %(max)s.")),
            ],
            invalid_value_message=_l("Type a whole number."),  # type: ignore[call-arg]
        )
        for n, line in enumerate(rubric_of(question))
    }
    lines_form: type[GradeForm] = type("LinesForm", (GradeForm,), fields)
    return lines_form.of_request()
