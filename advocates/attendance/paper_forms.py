"""The paper sheet as a form: the register's rows without absences, and who saw it being signed."""

import uuid
from typing import Self

from flask import request

from advocates.attendance.forms import RegisterForm
from advocates.people.forms import id_or_none


class PaperForm(RegisterForm):
    """`witness_id` is None until one is chosen."""

    witness_id: uuid.UUID | None = None

    @classmethod
    def of_request(cls) -> Self:
        form = super().of_request()
        try:
            form.witness_id = id_or_none(request.form.get("witness_id"))
        except ValueError:
            form.witness_id = None
        return form
