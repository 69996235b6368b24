"""Contact hours: what was earned, what the ledger holds, and what still falls short of completion."""
