"""Cohorts that finished before this system: what others say of them, with no evidence held here."""
