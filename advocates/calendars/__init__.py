"""Calendars of other programs: private feeds, and single sessions as a file."""
