"""The order in which names are read aloud and listed."""

import unicodedata

# Letters that Unicode does not take apart into a plain letter and a mark.
_PLAIN = str.maketrans({"ł": "l", "đ": "d", "ø": "o", "ħ": "h", "ŧ": "t", "ı": "i", "æ": "ae", "œ": "oe"})


def reading_key(name: str) -> tuple[str, str]:
    """Sorts Łucja among the L and Ágnes among the A; other scripts follow by their own characters."""
    folded = " ".join(name.casefold().translate(_PLAIN).split())
    letters = (c for c in unicodedata.normalize("NFKD", folded) if not unicodedata.combining(c))
    return ("".join(letters), name)
