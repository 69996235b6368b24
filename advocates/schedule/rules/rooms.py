"""What tells one room from another."""


def room_key(place: str, room: str | None) -> tuple[str, str] | None:
    """The same for the same room, however it is typed; None where no room is named."""
    words = " ".join((room or "").casefold().split())
    return (" ".join(place.casefold().split()), words) if words else None
