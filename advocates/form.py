"""The base of every form: translated messages, and text that both databases accept."""

from typing import Any, Self

from flask import request
from flask_babel import get_translations, gettext
from werkzeug.datastructures import CombinedMultiDict
from wtforms import Form as WTForm

LONGEST_TEXT = 20_000


class Form(WTForm):
    """A form that refuses text which a database would refuse, with a sentence at the field."""

    class Meta:
        def get_translations(self, form: WTForm) -> Any:
            return get_translations()

        def bind_field(self, form: WTForm, unbound_field: Any, options: dict[str, Any]) -> Any:
            return unbound_field.bind(form=form, **options)

    @classmethod
    def of_request(cls, **data: Any) -> Self:
        """The form as submitted, or filled with `data` where nothing was submitted."""
        if request.method == "POST":
            return cls(CombinedMultiDict([request.form, request.files]), **data)
        return cls(None, **data)

    def is_submitted_and_valid(self) -> bool:
        return request.method == "POST" and self.validate()

    def validate(self, extra_validators: Any = None) -> bool:
        is_valid = super().validate(extra_validators)
        for field in self:
            if isinstance(field.data, str) and (problem := _text_problem(field.data)):
                field.errors = [*field.errors, problem]
                field.data = field.data.replace("\x00", "\ufffd")  # no page can hold it either
                is_valid = False
        return bool(is_valid)


def _text_problem(value: str) -> str | None:
    if len(value) > LONGEST_TEXT:
        return gettext("This is too long. Use at most %(n)s characters.", n=LONGEST_TEXT)
    if "\x00" in value or any(0xD800 <= ord(character) <= 0xDFFF for character in value):
        return gettext("This holds a character that cannot be stored. Type it again without pasting.")
    return None
