"""Tests drawn from the bank, and people taking them."""
