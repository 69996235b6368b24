"""Attendance: who was in the room from when to when, as trainers record it."""
