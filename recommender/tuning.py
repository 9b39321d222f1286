"""Search for settings, on holdings hidden from the visible ones.

What is made largest is the mean reciprocal rank of hidden products less a tenth of their log
loss: first the order, then the chances. Every trial is measured on the same hidden holdings;
whether the best is better than the defaults is measured on others, so that luck in the search is
not mistaken for a gain: if it is not, the defaults are kept.
"""

from dataclasses import dataclass, replace
from datetime import timedelta

import optuna
import pandas as pd
from rich.progress import Progress

from recommender.dataset import Dataset
from recommender.errors import TooFewHoldings
from recommender.evaluate import evaluate
from recommender.methods import FINAL, OWN
from recommender.openings import is_dated, later_openings
from recommender.settings import Settings

HIDDEN_SHARE = 0.25
LOSS_WEIGHT = 0.1
CHECKS = 2


@dataclass(frozen=True, slots=True)
class Tuned:
    """What the search found.

    Attributes
    ----------
    settings
        To train with: the best tried, or the defaults where it was no better on other rows.
    found, default
        What was made largest, on rows the search did not see.
    trials
        How many settings were tried.
    """

    settings: Settings
    found: float
    default: float
    trials: int

    def summary(self) -> str:
        """Return one line for the terminal."""
        kept = "written" if self.settings != Settings() else "not better: defaults written"
        return (
            f"{self.trials} settings tried; on rows the search did not see: "
            f"best {self.found:.4f}, defaults {self.default:.4f}; {kept}."
        )


def tune(visible: Dataset, seed: int, trials: int, minutes: float | None) -> Tuned:
    """Try settings until trials or minutes are used up, with a progress bar.

    Raises
    ------
    TooFewHoldings
        If nothing can be hidden.
    """
    data = hide_some(visible, seed)
    if data[1].empty:
        raise TooFewHoldings(len(visible.holdings), len(visible.client_ids) + 1)
    optuna.logging.set_verbosity(optuna.logging.WARNING)
    study = optuna.create_study(direction="maximize", sampler=optuna.samplers.TPESampler(seed=seed))
    study.enqueue_trial(_tunable(Settings()))
    with Progress(transient=True) as progress:
        bar = progress.add_task("tune", total=trials)
        study.optimize(
            lambda trial: worth(data, _suggested(trial), seed),
            n_trials=trials,
            timeout=timedelta(minutes=minutes).total_seconds() if minutes else None,
            callbacks=[lambda _study, _trial: progress.advance(bar)],
        )
    best = replace(Settings(), **study.best_params)
    if best == Settings():
        return Tuned(best, study.best_value, study.best_value, len(study.trials))
    others = [hide_some(visible, seed + 1 + number) for number in range(CHECKS)]
    found, default = (
        sum(worth(other, settings, seed) for other in others) / CHECKS
        for settings in (best, Settings())
    )
    kept = best if found > default else Settings()
    return Tuned(kept, found, default, len(study.trials))


def hide_some(visible: Dataset, seed: int) -> tuple[Dataset, pd.DataFrame]:
    """Hide the latest openings where holdings are dated, else some of each client's at random."""
    if is_dated(visible):
        seen, hidden, _ = later_openings(visible)
        return seen, hidden.sample(frac=0.5, random_state=seed)
    return visible.hide(seed, HIDDEN_SHARE)


def worth(data: tuple[Dataset, pd.DataFrame], settings: Settings, seed: int) -> float:
    """Return what the search makes largest."""
    [row] = evaluate(*data, seed, settings, {FINAL: OWN[FINAL]})
    return row.quality.mrr - LOSS_WEIGHT * (row.quality.log_loss or 0.0)


def _suggested(trial: optuna.Trial) -> Settings:
    return Settings(
        components=trial.suggest_int("components", 8, 64, step=8),
        epochs=trial.suggest_int("epochs", 5, 40, step=5),
        learning_rate=trial.suggest_float("learning_rate", 0.02, 0.12, step=0.01),
        members=trial.suggest_int("members", 1, 12),
        rounds=trial.suggest_int("rounds", 3, 8),
        crosses=trial.suggest_int("crosses", 0, 24, step=8),
    )


def _tunable(settings: Settings) -> dict[str, int | float]:
    names = ("components", "epochs", "learning_rate", "members", "rounds", "crosses")
    return {name: getattr(settings, name) for name in names}
