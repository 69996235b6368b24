"""What one session teaches, measured by the curriculum versions of those who are in it."""

import uuid
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select

from advocates.attendance.queries.register import StoredMark
from advocates.curriculum.delivery import DeliveryMode
from advocates.curriculum.models import VersionModule
from advocates.database import db
from advocates.hours.rules import DeliveredSegment, earned_from_presence
from advocates.schedule.models import AgendaSegment, TrainingSession


@dataclass(frozen=True)
class ModuleTaught:
    """A module of the session, and the minutes of it that are delivered, or planned before sign-off."""

    module_id: uuid.UUID
    title: str
    minutes: int


@dataclass(frozen=True)
class Teaching:
    """The segments that teach, in order of time, and each version's minutes of their modules."""

    segments: Sequence[DeliveredSegment]
    modules: Sequence[ModuleTaught]
    version_minutes: Mapping[uuid.UUID, Mapping[uuid.UUID, int]]

    def minutes_of(self, stored: StoredMark | None, version_id: uuid.UUID) -> dict[uuid.UUID, int]:
        """What the mark alone earns here by module, whatever is credited from elsewhere."""
        if stored is None:
            return {}
        minutes: Counter[uuid.UUID] = Counter()
        presences = stored.content.presences
        for part in earned_from_presence(stored.mark.id, presences, self.segments, self.version_minutes[version_id]):
            minutes[part.module_id] += part.minutes
        return dict(minutes)


def teaching_of(session: TrainingSession, version_ids: Collection[uuid.UUID]) -> Teaching:
    """One statement."""
    rows = db.session.execute(
        select(AgendaSegment, VersionModule)
        .join(VersionModule, VersionModule.module_id == AgendaSegment.module_id)
        .where(
            AgendaSegment.session_id == session.id,
            AgendaSegment.agenda_version == session.agenda_version,
            VersionModule.version_id.in_(version_ids),
        )
        .order_by(AgendaSegment.planned_start, VersionModule.version_id)
    ).all()
    segments: dict[uuid.UUID, DeliveredSegment] = {}
    titles: dict[uuid.UUID, str] = {}
    version_minutes: dict[uuid.UUID, dict[uuid.UUID, int]] = defaultdict(dict)
    for segment, module in rows:
        segments[segment.id] = _delivered(segment)
        titles.setdefault(module.module_id, module.title)
        version_minutes[module.version_id][module.module_id] = module.contact_minutes
    taught: Counter[uuid.UUID] = Counter()
    for each in segments.values():
        if each.module_id:
            taught[each.module_id] += int((each.end - each.start).total_seconds()) // 60
    modules = [ModuleTaught(module_id, titles[module_id], minutes) for module_id, minutes in taught.items()]
    return Teaching(tuple(segments.values()), modules, version_minutes)


def _delivered(segment: AgendaSegment) -> DeliveredSegment:
    return DeliveredSegment(
        segment.id,
        segment.session_id,
        segment.module_id,
        segment.from_minute or 0,
        segment.delivered_start or segment.planned_start,
        segment.delivered_end or segment.planned_end,
        segment.delivery_mode or DeliveryMode.IN_PERSON,
    )
