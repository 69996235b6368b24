"""The outline of a QR code is exactly its dark squares."""

import re

import pytest
import segno

from advocates.check_in.qr import QUIET_ZONE, qr_outline

RUN = re.compile(r"M(\d+) (\d+)h(\d+)v1h-(\d+)z")


@pytest.mark.parametrize("text", ["https://training.example.org/check-in?code=K7MPQR", "x", "x" * 300])
def test_every_dark_square_and_no_other_is_drawn(text):
    side, outline = qr_outline(text)
    assert RUN.sub("", outline) == ""
    drawn = {
        (int(line), int(start) + n) for start, line, length, _back in RUN.findall(outline) for n in range(int(length))
    }
    matrix = segno.make(text, error="m", micro=False).matrix
    dark = {
        (line + QUIET_ZONE, place + QUIET_ZONE)
        for line, row in enumerate(matrix)
        for place, module in enumerate(row)
        if module
    }
    assert drawn == dark
    assert side == len(matrix) + 2 * QUIET_ZONE
