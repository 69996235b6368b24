"""What comes before what: prerequisites must exist, come earlier, and never lead back to where they began."""

from collections.abc import Iterator, Mapping

from advocates.curriculum.rules.document import CurriculumDocument, ModuleDocument
from advocates.curriculum.rules.problems import N_, Problem

Modules = Mapping[str, ModuleDocument]


def prerequisite_problems(document: CurriculumDocument) -> Iterator[Problem]:
    """A problem at each prerequisite that cannot be met."""
    modules = {module.key: module for module in document.modules}
    places = {key: position for position, key in enumerate(modules)}
    for position, module in enumerate(document.modules):
        for n, prerequisite in enumerate(module.prerequisites):
            path = f"modules[{position}].prerequisites[{n}]"
            values: dict[str, object] = {"key": module.key, "prerequisite": prerequisite}
            if prerequisite == module.key:
                yield Problem(path, N_("%(key)s names itself as a prerequisite."), values)
            elif prerequisite not in modules:
                yield Problem(path, N_("%(key)s builds on %(prerequisite)s, which is not in this version."), values)
            elif way := _way_back(modules, module.key, prerequisite):
                message = N_("%(key)s builds on itself: %(way)s.")
                yield Problem(path, message, values | {"way": " → ".join(way)})
            elif places[prerequisite] > position:
                message = N_("%(key)s builds on %(prerequisite)s, which comes after it. Move one of the two.")
                yield Problem(path, message, values)
            elif module.required and not modules[prerequisite].required:
                message = N_("%(key)s is required but builds on %(prerequisite)s, an elective.")
                yield Problem(path, message, values)


def _way_back(modules: Modules, key: str, prerequisite: str) -> tuple[str, ...]:
    """The keys from `key` by way of `prerequisite` back to `key`, nothing where it does not lead back."""
    came_from = {prerequisite: key}
    reached = [prerequisite]
    for here in reached:
        for step in modules[here].prerequisites:
            if step == key:
                way = [key, here]
                while way[-1] != key:
                    way.append(came_from[way[-1]])
                return tuple(reversed(way))
            if step in modules and step not in came_from:
                came_from[step] = here
                reached.append(step)
    return ()
