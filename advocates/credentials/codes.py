"""Verification codes: 80 random bits in letters and digits that are read aloud without confusion, and a check letter.

Crockford's Base32: no I, L, O or U; what is heard or typed as O is 0, as I or L is 1.
"""

import secrets

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
SYMBOLS = 16
GROUP = 4
_READ_AS = str.maketrans({"O": "0", "I": "1", "L": "1", "-": None, " ": None})


def new_code() -> str:
    """A fresh code such as 7K3M-9QRS-TVWX-YZ01-4: 16 random symbols and their check symbol."""
    body = "".join(secrets.choice(ALPHABET) for _ in range(SYMBOLS))
    return _grouped(body + _check_symbol(body))


def clean_code(text: str) -> str | None:
    """The code as stored, however it was typed; None when it cannot be one (its check symbol is wrong)."""
    plain = text.strip().upper().translate(_READ_AS)
    if len(plain) != SYMBOLS + 1 or any(symbol not in ALPHABET for symbol in plain):
        return None
    return _grouped(plain) if _check_symbol(plain[:-1]) == plain[-1] else None


def _check_symbol(body: str) -> str:
    """Weighted by odd numbers, which 32 does not divide: every single wrong symbol changes it."""
    total = sum((2 * place + 1) * ALPHABET.index(symbol) for place, symbol in enumerate(body))
    return ALPHABET[total % len(ALPHABET)]


def _grouped(plain: str) -> str:
    return "-".join(plain[start : start + GROUP] for start in range(0, len(plain), GROUP))
