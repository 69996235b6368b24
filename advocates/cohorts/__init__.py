"""Cohorts, enrollments (a person's way through one curriculum version) and their placements."""
