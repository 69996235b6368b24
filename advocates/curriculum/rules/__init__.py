"""Curriculum files and what a version must satisfy before it is published: pure, plain values in and out."""

from advocates.curriculum.rules.document import (
    Agreement,
    CurriculumDocument,
    MakeUpRoute,
    ModuleDocument,
    PostTestRule,
    PreTest,
    VersionRules,
)
from advocates.curriculum.rules.problems import N_, Problem, place
from advocates.curriculum.rules.publishing import publishing_problems, required_minutes_total
from advocates.curriculum.rules.reading import CurriculumFileError, read_document, rules_from_json
from advocates.curriculum.rules.writing import rules_to_json, write_document

__all__ = [
    "N_",
    "Agreement",
    "CurriculumDocument",
    "CurriculumFileError",
    "MakeUpRoute",
    "ModuleDocument",
    "PostTestRule",
    "PreTest",
    "Problem",
    "VersionRules",
    "place",
    "publishing_problems",
    "read_document",
    "required_minutes_total",
    "rules_from_json",
    "rules_to_json",
    "write_document",
]
