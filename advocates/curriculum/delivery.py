"""How teaching reaches a trainee: the modes that curricula cap, sessions default to and presence records."""

from enum import StrEnum


class DeliveryMode(StrEnum):
    """Listed in the order that favors a trainee whose same minute is covered in two modes."""

    IN_PERSON = "in_person"
    LIVE_ONLINE = "live_online"
    SELF_PACED = "self_paced"
    EQUIVALENT_ACTIVITY = "equivalent_activity"


# What a session can be held in; an equivalent activity stands in for one.
TEACHING_MODES = (DeliveryMode.IN_PERSON, DeliveryMode.LIVE_ONLINE, DeliveryMode.SELF_PACED)
