"""The forms of the editor: what is typed is read as a curriculum file would be, and refused at its field."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, SelectMultipleField, StringField, TextAreaField
from wtforms.fields import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import InputRequired
from wtforms.widgets import CheckboxInput

from advocates.curriculum.delivery import TEACHING_MODES, DeliveryMode
from advocates.curriculum.labels import AGREEMENT_LABELS, DELIVERY_LABELS, ROUTE_LABELS
from advocates.curriculum.models import Competency
from advocates.curriculum.rules import Agreement, CurriculumDocument, MakeUpRoute, ModuleDocument, Problem
from advocates.drafting.rules import RulesDraft, in_order, read_module_values, read_rules_values, read_start_values
from advocates.form import Form

NEEDED = [InputRequired()]


def _choices(choices: Iterable[tuple[str, Any]]) -> list[SelectChoice]:
    return [SelectChoice(value=value, label=label) for value, label in choices]


def _boxes(label: Any, choices: Iterable[Any] = ()) -> SelectMultipleField:
    """Any number of boxes."""
    return SelectMultipleField(label, choices=_choices(choices), option_widget=CheckboxInput())


class ReadForm(Form):
    """A form whose fields are read by the rules."""

    def refuse(self, problems: Iterable[tuple[str, Problem]]) -> bool:
        """Put each problem at its field; whether there was none."""
        problems = list(problems)
        refused = {field.name for field in self if field.errors}
        for name, problem in problems:
            if name not in refused:
                self[name].errors = [*self[name].errors, _sentence(problem)]
        return not problems


def _sentence(problem: Problem) -> str:
    """What is wrong, and in which line where the field has one entry a line."""
    sentence = gettext(problem.message) % problem.values
    in_line = re.search(r"\[(\d+)\]$", problem.path)
    return gettext("Line %(n)s: %(problem)s", n=int(in_line[1]) + 1, problem=sentence) if in_line else sentence


class ModuleForm(ReadForm):
    """A module that the draft has; its key stays."""

    title = StringField(_l("Title"), NEEDED)
    contact_minutes = StringField(_l("Contact minutes"), NEEDED)
    required = BooleanField(_l("Required of everyone (otherwise an elective)"))
    domain = StringField(_l("Domain"), NEEDED)
    objectives = TextAreaField(_l("Learning objectives"))
    content_note = TextAreaField(_l("Content note"))
    equivalent_activity = TextAreaField(_l("Equivalent activity"))
    observed_skills = BooleanField(_l("Skills are observed in this module"))
    delivery_modes = _boxes(_l("May be taught"), [(mode.value, DELIVERY_LABELS[mode]) for mode in TEACHING_MODES])
    competencies = _boxes(_l("Competencies"))
    prerequisites = _boxes(_l("Builds on"))
    module_key = ""
    named: tuple[Sequence[str], Sequence[str]] = ((), ())
    module: ModuleDocument

    def choose_from(self, document: CurriculumDocument, framework: Sequence[Competency], key: str) -> None:
        """What the boxes offer: the framework, the other modules, and what is named but no longer there."""
        self.module_key = key
        named = next((module for module in document.modules if module.key == key), None)
        known = {entry.key: f"{entry.key} {entry.title}" for entry in framework}
        others = {module.key: f"{module.key} {module.title}" for module in document.modules if module.key != key}
        gone = gettext("not in the framework"), gettext("not in this version")
        self.named = (named.competencies, named.prerequisites) if named else ((), ())
        for competency in self.named[0]:
            known.setdefault(competency, f"{competency} ({gone[0]})")
        for prerequisite in self.named[1]:
            others.setdefault(prerequisite, f"{prerequisite} ({gone[1]})")
        self.competencies.choices = _choices(known.items())
        self.prerequisites.choices = _choices(others.items())

    def validate(self, extra_validators: object = None) -> bool:
        is_valid = super().validate(extra_validators)
        module, problems = read_module_values(self.module_key, self.data)
        self.module = replace(
            module,
            competencies=in_order(self.named[0], module.competencies),
            prerequisites=in_order(self.named[1], module.prerequisites),
        )
        return self.refuse(problems) and is_valid


class NewModuleForm(ModuleForm):
    """A module that the draft does not have yet."""

    key = StringField(_l("Key"), NEEDED)

    def validate(self, extra_validators: object = None) -> bool:
        self.module_key = (self.key.data or "").strip()
        return super().validate(extra_validators)


class RulesForm(ReadForm):
    """What a version says besides its modules."""

    title = StringField(_l("Title"), NEEDED)
    note = TextAreaField(_l("Note"))
    required_contact_minutes = StringField(_l("Required contact minutes"), NEEDED)
    electives_owed_minutes = StringField(_l("Elective minutes owed"), NEEDED)
    cap_in_person = StringField(DELIVERY_LABELS[DeliveryMode.IN_PERSON])
    cap_live_online = StringField(DELIVERY_LABELS[DeliveryMode.LIVE_ONLINE])
    cap_self_paced = StringField(DELIVERY_LABELS[DeliveryMode.SELF_PACED])
    cap_equivalent_activity = StringField(DELIVERY_LABELS[DeliveryMode.EQUIVALENT_ACTIVITY])
    minimum_in_person = StringField(DELIVERY_LABELS[DeliveryMode.IN_PERSON])
    minimum_live_online = StringField(DELIVERY_LABELS[DeliveryMode.LIVE_ONLINE])
    minimum_self_paced = StringField(DELIVERY_LABELS[DeliveryMode.SELF_PACED])
    minimum_equivalent_activity = StringField(DELIVERY_LABELS[DeliveryMode.EQUIVALENT_ACTIVITY])
    brief_absence_minutes = StringField(_l("Absences not recorded, up to (minutes)"), NEEDED)
    completion_window_days = StringField(_l("Completion window (days)"))
    questions = StringField(_l("Questions, at least"), NEEDED)
    pass_mark = StringField(_l("Pass mark in percent"), NEEDED)
    attempts = StringField(_l("Attempts, at most"), NEEDED)
    agreements = _boxes(_l("Agreements to sign"), [(a.value, AGREEMENT_LABELS[a]) for a in Agreement])
    skills = TextAreaField(_l("Skills to sign"))
    make_up_routes = _boxes(
        _l("Missed time can be made up by"), [(route.value, ROUTE_LABELS[route]) for route in MakeUpRoute]
    )
    most_made_up = StringField(_l("Minutes made up in all, at most"))
    most_same_cohort = StringField(ROUTE_LABELS[MakeUpRoute.SAME_COHORT])
    most_other_cohort = StringField(ROUTE_LABELS[MakeUpRoute.OTHER_COHORT])
    most_equivalent_activity = StringField(ROUTE_LABELS[MakeUpRoute.EQUIVALENT_ACTIVITY])
    made_up_within_days = StringField(_l("Days after the missed session, at most"))
    draft: RulesDraft

    def validate(self, extra_validators: object = None) -> bool:
        is_valid = super().validate(extra_validators)
        self.draft, problems = read_rules_values(self.data)
        return self.refuse(problems) and is_valid


class StartForm(ReadForm):
    """A curriculum begun from nothing."""

    title = StringField(_l("Title"), NEEDED)
    required_contact_minutes = StringField(_l("Required contact minutes"), NEEDED, default="2400")
    started: tuple[str, int]

    def validate(self, extra_validators: object = None) -> bool:
        is_valid = super().validate(extra_validators)
        self.started, problems = read_start_values(self.data)
        return self.refuse(problems) and is_valid
