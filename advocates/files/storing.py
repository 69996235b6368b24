"""The seam: put bytes, get the same bytes back. Another store can take over behind it."""

import hashlib
import uuid

from advocates import clock
from advocates.database import db, new_id
from advocates.files.models import StoredFile


def put(content: bytes, media_type: str) -> StoredFile:
    """Store the bytes and return their row, flushed."""
    stored = StoredFile(
        id=new_id(),
        sha256=hashlib.sha256(content).hexdigest(),
        size=len(content),
        media_type=media_type,
        content=content,
        stored_at=clock.now(),
    )
    db.session.add(stored)
    db.session.flush()
    return stored


def get(file_id: uuid.UUID) -> bytes | None:
    """The exact bytes, or None when there is no such file."""
    stored = db.session.get(StoredFile, file_id)
    return None if stored is None else stored.content
