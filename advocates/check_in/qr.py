"""A QR code as the outline of its dark squares, for an SVG without any style of its own."""

import segno

QUIET_ZONE = 4


def qr_outline(text: str) -> tuple[int, str]:
    """The side of the square in modules, quiet zone included, and the path data of everything dark."""
    rows = segno.make(text, error="m", micro=False).matrix
    runs = (
        f"M{start + QUIET_ZONE} {line + QUIET_ZONE}h{end - start}v1h{start - end}z"
        for line, row in enumerate(rows)
        for start, end in _dark_runs(row)
    )
    return len(rows) + 2 * QUIET_ZONE, "".join(runs)


def _dark_runs(row: bytearray) -> list[tuple[int, int]]:
    runs, start = [], None
    for place, module in enumerate((*row, 0)):
        if module and start is None:
            start = place
        elif not module and start is not None:
            runs.append((start, place))
            start = None
    return runs
