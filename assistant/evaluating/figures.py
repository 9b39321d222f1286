"""How well intents were understood."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from sklearn.metrics import f1_score

from assistant.evaluating.examples import OUT_OF_SCOPE, Example

_REFUSED = (*OUT_OF_SCOPE, "nlu_fallback")


@dataclass(frozen=True, slots=True)
class Confusion:
    """An intent that was taken for another, how often, and the messages."""

    intent: str
    taken_for: str
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Figures:
    """The figures of one method on one split.

    Attributes
    ----------
    accuracy
        Share of all messages understood rightly; out of scope is right when refused.
    macro_f1
        Mean over the intents of the split.
    in_scope_accuracy
        The accuracy of messages in scope; those refused count as wrong.
    in_scope_refused
        The share of messages in scope that were refused.
    oos_recall
        The share of messages out of scope that were refused; None when the split has none.
    """

    method: str
    accuracy: float
    macro_f1: float
    in_scope_accuracy: float | None
    in_scope_refused: float | None
    oos_recall: float | None
    training_seconds: float
    ms_per_message: float


def figures_of(
    method: str, examples: Sequence[Example], found: Sequence[str], seconds: float, ms: float
) -> Figures:
    """Return the figures of the intents found for examples."""
    truth, taken = [_plain(example.intent) for example in examples], [*map(_plain, found)]
    inside = [at for at, example in enumerate(examples) if example.in_scope]
    outside = [at for at, example in enumerate(examples) if not example.in_scope]
    right = [one == other for one, other in zip(truth, taken, strict=True)]
    labels = sorted(set(truth))
    return Figures(
        method=method,
        accuracy=sum(right) / len(right),
        macro_f1=float(f1_score(truth, taken, labels=labels, average="macro", zero_division=0)),
        in_scope_accuracy=_share([right[at] for at in inside]),
        in_scope_refused=_share([taken[at] == _REFUSED[0] for at in inside]),
        oos_recall=_share([right[at] for at in outside]),
        training_seconds=seconds,
        ms_per_message=ms,
    )


def confusions_of(examples: Sequence[Example], found: Sequence[str]) -> tuple[Confusion, ...]:
    """Return what was taken for what, the most frequent first."""
    wrong: dict[tuple[str, str], list[str]] = {}
    for example, taken in zip(examples, found, strict=True):
        pair = (_plain(example.intent), _plain(taken))
        if pair[0] != pair[1]:
            wrong.setdefault(pair, []).append(example.text)
    counted = Counter({pair: len(texts) for pair, texts in wrong.items()})
    return tuple(Confusion(*pair, tuple(wrong[pair])) for pair, _ in counted.most_common())


def _plain(intent: str) -> str:
    """Return one name for all that is out of scope."""
    return _REFUSED[0] if intent in _REFUSED else intent


def _share(hits: Sequence[bool]) -> float | None:
    return sum(hits) / len(hits) if hits else None
