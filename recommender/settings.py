"""Every number the training can be asked to change, with sensible values for a bank."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Settings:
    """How a model is trained.

    Attributes
    ----------
    components, epochs, learning_rate
        Of each LightFM member.
    members
        LightFM models of different seeds whose scores are averaged: steadier than one.
    rounds, steps
        Of the logistic regression: how often the precisions are found anew, and the most steps
        of L-BFGS each time.
    crosses
        At most so many crosses of attributes.
    in_time
        Where holdings carry dates, learn from what was held before each was opened.
    most_contexts
        More training rows than this are sampled, so that training stays on one machine and
        under a minute.
    most_peers
        Clients kept to compare a client with.
    """

    components: int = 24
    epochs: int = 15
    learning_rate: float = 0.05
    members: int = 2
    rounds: int = 3
    steps: int = 60
    crosses: int = 16
    in_time: bool = True
    most_contexts: int = 60_000
    most_peers: int = 8_000
