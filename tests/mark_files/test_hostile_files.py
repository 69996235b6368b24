"""Files made to hurt: each is judged or refused within seconds and a bounded memory."""

import io
import time as stopwatch
import tracemalloc
import zipfile

import pytest

from tests.cohorts.workbooks import changed, workbook
from tests.room import make_room

LONGEST = 5  # seconds of the processor, with the page that a browser's test reads
MOST_MEMORY = 256 * 1024**2
ENTITY = b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'
HEADER = "Name,Join time,Leave time\n"


def bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/workbook.xml", b"\0" * 200 * 1024**2)
    return out.getvalue()


HOSTILE = {
    "one person joins two thousand times": HEADER + "Łucja Wiśniewska,5:31 PM,8:30 PM\n" * 2_000,
    "two hundred strangers": HEADER + "".join(f"Stranger {n},5:31 PM,8:30 PM\n" for n in range(200)),
    "cells of a thousand characters": "Name,Status\n" + "".join(f"{'(' * 990}{n},present\n" for n in range(190)),
    "times of a thousand characters": HEADER + "".join(f"A{n},{', ' * 450}1,8:30 PM\n" for n in range(190)),
    "two hundred thousand columns": "Name,Status" + ",x" * 190_000 + "\nAnn,present\n",
    "lines without an end": "\n" * 390_000 + "Name,Status\nAnn,present\n",
    "a zone that is nowhere": "Name,Join time (UTC+99),Leave time (UTC+99)\nŁucja Wiśniewska,5:31 PM,8:30 PM\n",
    "nothing but headers": "Name,Status\n" * 2_000,
    "a workbook that unpacks to 200 MB": bomb(),
    "a workbook with an entity": changed(workbook(["Name", "Status"]), xl__workbook_xml=ENTITY),
}


def answer(client, name):
    content = HOSTILE[name]
    content = content if isinstance(content, bytes) else content.encode()
    address = f"/sessions/{make_room(40).session.id}/marks-from-file"
    return client.post_form(address, {"file": (io.BytesIO(content), "marks.csv")})


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_answered_in_time(as_administrator, time, name):
    begin = stopwatch.process_time()
    assert answer(as_administrator, name).status_code in {200, 422}
    assert stopwatch.process_time() - begin < LONGEST


@pytest.mark.parametrize("name", ["one person joins two thousand times", "a workbook that unpacks to 200 MB"])
def test_a_hostile_file_takes_little_memory(as_administrator, time, name):
    tracemalloc.start()
    try:
        answer(as_administrator, name)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < MOST_MEMORY
