"""Curriculum files and what a version must satisfy before it is published: pure, plain values in and out."""

from advocates.curriculum.rules.comparing import Comparison, ModuleChange, RuleChange, compare
from advocates.curriculum.rules.document import (
    Agreement,
    CurriculumDocument,
    MakeUpLimits,
    MakeUpRoute,
    ModuleDocument,
    PostTestRule,
    PreTest,
    VersionRules,
)
from advocates.curriculum.rules.framework import CompetencyEntry, modules_by_competency, read_framework
from advocates.curriculum.rules.module_table import read_modules, write_modules
from advocates.curriculum.rules.problems import N_, Problem, place
from advocates.curriculum.rules.publishing import publishing_problems, required_minutes_total
from advocates.curriculum.rules.reading import CurriculumFileError, read_document, rules_from_json
from advocates.curriculum.rules.schema import json_schema, schema_text
from advocates.curriculum.rules.sentences import Days, Minutes, RuleSentence, limit_sentences, rule_sentences
from advocates.curriculum.rules.writing import rules_to_json, write_document

__all__ = [
    "N_",
    "Agreement",
    "Comparison",
    "CompetencyEntry",
    "CurriculumDocument",
    "CurriculumFileError",
    "Days",
    "MakeUpLimits",
    "MakeUpRoute",
    "Minutes",
    "ModuleChange",
    "ModuleDocument",
    "PostTestRule",
    "PreTest",
    "Problem",
    "RuleChange",
    "RuleSentence",
    "VersionRules",
    "compare",
    "json_schema",
    "limit_sentences",
    "modules_by_competency",
    "place",
    "publishing_problems",
    "read_document",
    "read_framework",
    "read_modules",
    "required_minutes_total",
    "rule_sentences",
    "rules_from_json",
    "rules_to_json",
    "schema_text",
    "write_document",
    "write_modules",
]
