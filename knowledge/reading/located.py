"""YAML whose values remember their lines."""

from collections.abc import Mapping
from dataclasses import dataclass

import yaml

from knowledge.errors import Fault
from knowledge.reading.place import Place


@dataclass(frozen=True, slots=True)
class Located:
    """A YAML node with its place; scalars stay as they were typed."""

    node: yaml.Node | None
    place: Place

    def text(self, faults: list[Fault]) -> str:
        """Return a scalar without its outer blanks, the empty text for null or a fault."""
        if isinstance(self.node, yaml.ScalarNode):
            null = self.node.tag.endswith(":null")
            return "" if null else str(self.node.value).strip()
        if self.node is not None:
            faults.append(self.place.fault("", "not_text"))
        return ""

    def items(self, faults: list[Fault]) -> tuple["Located", ...]:
        """Return the members of a list; none for null or a fault."""
        if isinstance(self.node, yaml.SequenceNode):
            return tuple(Located(item, self._place_of(item)) for item in self.node.value)
        if self.text([]) or isinstance(self.node, yaml.MappingNode):
            faults.append(self.place.fault(self.text([]), "not_list"))
        return ()

    def texts(self, faults: list[Fault]) -> tuple[str, ...]:
        """Return a list of scalars without empty ones."""
        found = (item.text(faults) for item in self.items(faults))
        return tuple(text for text in found if text)

    def fields(self, faults: list[Fault]) -> Mapping[str, "Located"]:
        """Return the fields of a mapping; a repeated one is a fault."""
        if not isinstance(self.node, yaml.MappingNode):
            faults.append(self.place.fault("", "not_mapping"))
            return {}
        found: dict[str, Located] = {}
        for key, value in self.node.value:
            place = self._place_of(key, str(key.value))
            if place.column in found:
                faults.append(place.fault(place.column, "field_repeated"))
            found[place.column] = Located(value, place)
        return found

    def _place_of(self, node: yaml.Node, column: str = "") -> Place:
        return self.place.at(node.start_mark.line + 1, column or self.place.column)


def read_yaml(text: str, place: Place, faults: list[Fault]) -> Located:
    """Read one YAML document that begins at a place of its file.

    Returns an empty node, and adds a fault, where it cannot be read.
    """
    padding = "\n" * (place.line - 1)  # so that every mark is the line in the file
    try:
        return Located(yaml.compose(padding + text, Loader=yaml.CSafeLoader), place)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else place.line
        faults.append(place.at(line).fault(str(error.problem), "yaml_broken"))
        return Located(None, place)
