"""The hash-chained audit trail: who did what, provable and erasable."""
