"""Every word a person reads: YAML files of Jinja2 templates, one folder a language."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal

import yaml
from jinja2 import Environment, StrictUndefined, Template

Language = Literal["zh", "en"]
LANGUAGES: tuple[Language, ...] = ("zh", "en")


class MissingWords(KeyError):
    """A sentence was asked for that no template holds."""


class Words:
    """The templates of all languages, compiled once.

    Parameters
    ----------
    templates
        Language → key (``topic.sentence``) → template.
    lists
        Language → key → plain list or mapping of labels.
    """

    def __init__(
        self,
        templates: Mapping[Language, Mapping[str, Template]],
        labels: Mapping[Language, Mapping[str, Mapping[str, str]]],
    ) -> None:
        self._templates = templates
        self._labels = labels

    @classmethod
    def load(cls, folder: Path) -> "Words":
        """Read ``<folder>/<language>/*.yml``; each file holds sentences by name.

        A nested mapping is a table of labels (codes to words), a string a template.
        """
        environment = Environment(
            undefined=StrictUndefined,
            autoescape=False,  # noqa: S701  # plain text; the page writes it as text nodes
        )
        templates: dict[Language, dict[str, Template]] = {}
        labels: dict[Language, dict[str, Mapping[str, str]]] = {}
        for language in LANGUAGES:
            templates[language], labels[language] = {}, {}
            for path in sorted((folder / language).glob("*.yml")):
                for name, value in yaml.safe_load(path.read_text(encoding="utf-8")).items():
                    key = f"{path.stem}.{name}"
                    if isinstance(value, str):
                        templates[language][key] = environment.from_string(value.strip())
                    else:
                        labels[language][key] = {str(k): str(v) for k, v in value.items()}
        return cls(templates, labels)

    def say(self, language: Language, key: str, **values: Any) -> str:
        """Return the sentence ``key`` in a language, filled in.

        Raises
        ------
        MissingWords
            No template has this key.
        """
        try:
            return self._templates[language][key].render(values)
        except KeyError:
            raise MissingWords(f"{language}: {key}") from None

    def has(self, language: Language, key: str) -> bool:
        """Tell whether a sentence exists."""
        return key in self._templates[language]

    def has_labels(self, language: Language, table: str) -> bool:
        """Tell whether a table of labels exists."""
        return table in self._labels[language]

    def label(self, language: Language, table: str, code: str) -> str:
        """Return the word for a code, or the code itself where the table has none."""
        return self.labels(language, table).get(code, code)

    def labels(self, language: Language, table: str) -> Mapping[str, str]:
        """Return a whole table of labels.

        Raises
        ------
        MissingWords
            No such table.
        """
        try:
            return self._labels[language][table]
        except KeyError:
            raise MissingWords(f"{language}: {table}") from None

    def keys(self, language: Language) -> frozenset[str]:
        """Return the keys of all sentences and tables of a language."""
        return frozenset(self._templates[language]) | frozenset(self._labels[language])
