"""Enrollments that follow each other by transfers."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True)
class Link:
    """One transfer: from an enrollment in one version to the enrollment that goes on, by a map."""

    transfer_id: UUID
    from_enrollment_id: UUID
    to_enrollment_id: UUID
    from_version_id: UUID
    map_id: UUID


def before(links: Iterable[Link], enrollment_ids: Collection[UUID]) -> Sequence[Link]:
    """The transfers that led to these enrollments, the earliest first. Nothing in between is left out."""
    by_successor = {link.to_enrollment_id: link for link in links}
    found: dict[UUID, Link] = {}
    for enrollment_id in enrollment_ids:
        link = by_successor.get(enrollment_id)
        while link is not None and link.transfer_id not in found:
            found[link.transfer_id] = link
            link = by_successor.get(link.from_enrollment_id)
    return _in_order(found.values(), by_successor)


def after(links: Iterable[Link], enrollment_ids: Collection[UUID]) -> set[UUID]:
    """The enrollments that followed these."""
    by_predecessor = {link.from_enrollment_id: link.to_enrollment_id for link in links}
    found: set[UUID] = set()
    for enrollment_id in enrollment_ids:
        later = by_predecessor.get(enrollment_id)
        while later is not None and later not in found:
            found.add(later)
            later = by_predecessor.get(later)
    return found


def origins(links: Iterable[Link]) -> set[UUID]:
    """The enrollments that were left."""
    return {link.from_enrollment_id for link in links}


def _in_order(links: Iterable[Link], by_successor: dict[UUID, Link]) -> Sequence[Link]:
    def depth(link: Link) -> int:
        steps, earlier = 0, by_successor.get(link.from_enrollment_id)
        while earlier is not None:
            steps, earlier = steps + 1, by_successor.get(earlier.from_enrollment_id)
        return steps

    return sorted(links, key=lambda link: (depth(link), link.transfer_id))
