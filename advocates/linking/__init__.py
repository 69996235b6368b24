"""Linking a walk-in to the person they turn out to be: one person again, and every mark is kept."""
