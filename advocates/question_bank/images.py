"""The images of a bank: stored once, named by their digest, and only PNG, JPEG and WebP."""

import hashlib
import uuid
from collections.abc import Iterable, Mapping
from typing import Final

from sqlalchemy import select

from advocates.database import db
from advocates.files import storing
from advocates.files.models import StoredFile
from advocates.files.rules import FileType, image_type_of
from advocates.question_bank.models import QuestionImage
from advocates.question_bank.rules import Question, images_of

LARGEST_IMAGE_BYTES: Final = 2_000_000


def taken_type(content: bytes) -> FileType | None:
    """The type of an image that a question may show; None for anything else, and for one that is too large."""
    return image_type_of(content) if len(content) <= LARGEST_IMAGE_BYTES else None


def known_images(version_id: uuid.UUID) -> set[str]:
    """The digests of the images that the bank holds. One statement."""
    return set(db.session.scalars(select(QuestionImage.sha256).filter_by(version_id=version_id)))


def image_file(version_id: uuid.UUID, sha256: str) -> StoredFile | None:
    """An image of the bank, with its bytes still to load. One statement."""
    asked = select(StoredFile).join(QuestionImage, QuestionImage.file_id == StoredFile.id)
    asked = asked.where(QuestionImage.version_id == version_id, QuestionImage.sha256 == sha256)
    return db.session.scalars(asked).one_or_none()


def image_contents(version_id: uuid.UUID) -> Mapping[str, bytes]:
    """The bytes of every image of the bank by its digest. One statement."""
    asked = select(QuestionImage.sha256, StoredFile.content).join(StoredFile, StoredFile.id == QuestionImage.file_id)
    found = db.session.execute(asked.where(QuestionImage.version_id == version_id))
    return {sha256: content for sha256, content in found}  # noqa: C416


def store_images(version_id: uuid.UUID, questions: Iterable[Question], contents: Mapping[str, bytes]) -> None:
    """Those that the questions show and the bank does not hold; the bank is locked. Flushes."""
    known = known_images(version_id)
    wanted = {image.file for question in questions for image in images_of(question)}
    for sha256 in sorted((wanted & contents.keys()) - known):
        kind = taken_type(contents[sha256])
        if kind is None or hashlib.sha256(contents[sha256]).hexdigest() != sha256:
            raise ValueError("an image that was not judged before")
        file_id = storing.put(contents[sha256], kind.media_type).id
        db.session.add(QuestionImage(version_id=version_id, sha256=sha256, file_id=file_id))
    db.session.flush()
