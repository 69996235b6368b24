"""A program of invented people to look at: a graduated cohort, one in mid-course, and one to come."""
