"""The pages of moves as a browser reads and sends them."""

import re
from html import unescape
from typing import Any


def words(response: Any) -> str:
    """The text of a page without its tags, one space between words."""
    text = re.sub(r"<(script|style).*?</\1>|<[^>]+>", " ", response.text, flags=re.S)
    return " ".join(unescape(text).replace("\xa0", " ").split())


def chosen_of(response: Any) -> list[str]:
    """Who can be chosen on the page, as the form sends them."""
    return re.findall(r'name="chosen"[^>]*value="([^"]+)"', response.text)


def form_of(response: Any, cohort: Any, reason: str = "other_dates") -> dict[str, Any]:
    """The form with everybody ticked."""
    return {"to": cohort.id, "reason": reason, "chosen": chosen_of(response)}
