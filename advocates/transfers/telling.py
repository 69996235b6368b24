"""Tell people where they go on, by mail with a neutral subject."""

from collections.abc import Collection
from uuid import UUID

from flask_babel import gettext as _
from sqlalchemy import select

from advocates import clock
from advocates.cohorts.models import Cohort
from advocates.database import db
from advocates.formatting import short_day
from advocates.messages.models import MailKind
from advocates.messages.outbox import can_send_mail
from advocates.people.models import PersonProfile
from advocates.schedule.telling import Recipient, write_to_each


def tell_of_move(cohort: Cohort, person_ids: Collection[UUID]) -> int:
    """Tell each in their own language, but for whom must not be written to; returns how many are told."""
    if cohort.ends_on < clock.today(cohort.time_zone) or not can_send_mail():
        return 0
    rows = db.session.execute(
        select(PersonProfile.person_id, PersonProfile.email, PersonProfile.language)
        .where(
            PersonProfile.person_id.in_(person_ids),
            PersonProfile.email.is_not(None),
            PersonProfile.declines_mail.is_(False),
        )
        .order_by(PersonProfile.email)
    )
    people = [Recipient(person_id, address, language) for person_id, address, language in rows if address]

    def words() -> str:
        return _(
            "Hello,\n\nFrom now on your place is in %(cohort)s, %(first)s to %(last)s.\n\n"
            "Sign in to see its sessions and what is credited to you there.\n",
            cohort=cohort.title,
            first=short_day(cohort.starts_on),
            last=short_day(cohort.ends_on),
        )

    return write_to_each(people, MailKind.CHANGE, lambda: _("A change to your schedule"), words)
