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
        At most so many LightFM models of different seeds, whose scores are averaged: steadier
        than one.
    most_trained
        At most so many training rows over all members together, but two members at least where
        there may be two: what costs seconds on small data would cost minutes on large.
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
    members: int = 8
    most_trained: int = 100_000
    rounds: int = 6
    steps: int = 12
    crosses: int = 16
    in_time: bool = True
    most_contexts: int = 60_000
    most_peers: int = 8_000

    def members_for(self, contexts: int) -> int:
        """How many members so many training rows allow."""
        return min(self.members, max(2, self.most_trained // max(contexts, 1)))
