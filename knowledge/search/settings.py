"""The numbers the search runs on, from ``settings.yml``."""

from dataclasses import dataclass
from importlib import resources

import yaml

from knowledge.language import Language


@dataclass(frozen=True, slots=True)
class Weights:
    """What each similarity counts in the score.

    Attributes
    ----------
    characters, words, text : float
        Of the questions by characters, by words, and of the whole text; together 1.
    asking : float
        Share, in each of them, of the wording as asked; the rest is the matter's alone.
    """

    characters: float
    words: float
    text: float
    asking: float


@dataclass(frozen=True, slots=True)
class SearchSettings:
    """Weights and bounds of the search.

    Attributes
    ----------
    wanted_precision : float
        Share of right answers among those shown as found, for which the thresholds were chosen.
    threshold_zh, threshold_en : float
        Score from which an answer counts as found.
    close : float
        Greatest distance of the two best scores at which both are offered.
    """

    weights: Weights
    wanted_precision: float
    threshold_zh: float
    threshold_en: float
    close: float

    def threshold(self, language: Language) -> float:
        """Return the score from which an answer in a language counts as found."""
        return self.threshold_zh if language == "zh" else self.threshold_en


def default_settings() -> SearchSettings:
    """Read the measured defaults."""
    text = resources.files("knowledge.search").joinpath("settings.yml").read_text("utf-8")
    read = yaml.safe_load(text)
    return SearchSettings(
        weights=Weights(**read["weights"]),
        wanted_precision=read["wanted_precision"],
        threshold_zh=read["threshold"]["zh"],
        threshold_en=read["threshold"]["en"],
        close=read["close"],
    )
