"""Observed skills: rubrics, who may sign, and what was seen."""
