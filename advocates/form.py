"""The base of every form: translated messages, text that both databases accept, and what an edit form has shown."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Self

from flask import request
from flask_babel import get_translations, gettext
from werkzeug.datastructures import CombinedMultiDict
from wtforms import Form as WTForm
from wtforms import SelectField, SelectMultipleField

from advocates.formatting import short_day
from advocates.seen import ChangedMeanwhile, Seen

LONGEST_TEXT = 20_000


class Form(WTForm):
    """A form that refuses text which a database would refuse, with a sentence at the field.

    One that changes a record begins with `editing`; `shown` goes with the page and into the activity that writes.
    """

    shown = Seen()
    is_outdated = False

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

    @classmethod
    def editing(cls, stored: Mapping[str, Any]) -> Self:
        """The form of a record as it is stored, or as submitted together with what was seen of the record then."""
        form = cls.of_request(**stored)
        if request.method == "POST":
            form.shown = Seen.read(request.form.get("seen", ""))
        else:
            form.shown = Seen.of({name: stored[name] for name in form.data})
        return form

    def show_both(self, changed: ChangedMeanwhile) -> None:
        """Beside what was typed, what is stored now. Sent again, the form replaces it knowingly."""
        self.shown = Seen.of(changed.stored)
        self.is_outdated = True
        for name, value in changed.unseen.items():
            field: Any = self[name]
            field.stored_now = _in_words(field, value)

    @property
    def status(self) -> int:
        """What a page that shows this form answers with."""
        return 409 if self.is_outdated else 422 if self.errors else 200

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


def _in_words(field: Any, value: object) -> str:
    """A stored value as a person reads it."""
    if isinstance(field, SelectMultipleField):
        chosen: Any = value
        boxes: Any = field.iter_choices()
        return ", ".join(str(choice.label) for choice in boxes if choice.value in chosen) or gettext("nothing")
    if isinstance(field, SelectField):
        choices: Any = field.iter_choices()
        labels = [choice.label for choice in choices if field.coerce(choice.value) == value]
        return str(labels[0] if labels else value)
    if value is None or value == "":
        return gettext("nothing")
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    return short_day(value) if type(value) is date else str(value)
