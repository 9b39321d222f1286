"""The numbers the search runs on, from ``settings.yml``."""

from dataclasses import dataclass
from importlib import resources

import yaml

from knowledge.search.combination import Combination, combination_of, weights_of


@dataclass(frozen=True, slots=True)
class SearchSettings:
    """Defaults of the search, and what is asked of it.

    Attributes
    ----------
    default : Combination
        Where there are too few questions to learn from.
    wanted_precision : float
        Share of right answers among those shown as found.
    wanted_of_two : float
        Share of right answers below which the second is offered beside the best.
    wanted_refusal : float
        Share of unrelated questions that is refused.
    bound : float
        Chance from which an answer counts as found, where it cannot be chosen.
    rivalry : float
        Share of the best chance from which on the second is a rival, where it cannot be chosen.
    most_questions : int
        How many known questions a library is taught by at most, in each language.
    """

    default: Combination
    wanted_precision: float
    wanted_of_two: float
    wanted_refusal: float
    bound: float
    rivalry: float
    most_questions: int


def default_settings() -> SearchSettings:
    """Read the measured defaults."""
    text = resources.files("knowledge.search").joinpath("settings.yml").read_text("utf-8")
    read = yaml.safe_load(text)
    return SearchSettings(
        default=combination_of(weights_of(read["weights"]), read["trust"], read["doubt"]),
        wanted_precision=read["wanted_precision"],
        wanted_of_two=read["wanted_of_two"],
        wanted_refusal=read["wanted_refusal"],
        bound=read["bound"],
        rivalry=read["rivalry"],
        most_questions=read["most_questions"],
    )
