"""Tests, observed skills and signed agreements: what must be shown besides hours."""
