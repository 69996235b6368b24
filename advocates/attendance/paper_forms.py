"""The paper sheet as a form: the register's rows without absences, who saw it being signed, and its scan."""

import uuid
from typing import Self

from flask import current_app, request
from flask_babel import gettext as _

from advocates.attendance.forms import RegisterForm
from advocates.attendance.paper import Scan
from advocates.files.rules import JPEG, PDF, PNG, FileRefused, type_of
from advocates.people.forms import id_or_none

SCANS = (PDF, JPEG, PNG)


class PaperForm(RegisterForm):
    """`witness_id` is None until one is chosen. `scan` is None without one, and where it was refused.

    `is_scan_lost` where a file was sent: a form that comes back asks for it again.
    """

    witness_id: uuid.UUID | None = None
    scan: Scan | None = None
    is_scan_lost = False

    @classmethod
    def of_request(cls) -> Self:
        form = super().of_request()
        try:
            form.witness_id = id_or_none(request.form.get("witness_id"))
        except ValueError:
            form.witness_id = None
        form._read_scan()
        return form

    def _read_scan(self) -> None:
        """What the file holds decides, not what the browser says of it."""
        chosen = request.files.get("scan")
        if chosen is None or not chosen.filename:
            return
        self.is_scan_lost = True
        most = current_app.config["SETTINGS"].largest_material_bytes
        content = chosen.stream.read(most + 1)
        if len(content) > most:
            self.note("scan", _("Scan"), _("This file is larger than %(n)s MB.", n=most // 1024**2))
            return
        try:
            self.scan = Scan(content, type_of(content, chosen.filename, SCANS).media_type)
        except FileRefused as refusal:
            self.note("scan", _("Scan"), _(refusal.message, **refusal.values))
