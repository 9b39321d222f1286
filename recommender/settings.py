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
    most_contexts, most_softmax_contexts
        More training rows than this are sampled, for LightFM and for the logistic regression,
        so that training stays on one machine and under a minute.
    most_peers
        Clients kept to compare a client with.
    """

    components: int = 16
    epochs: int = 10
    learning_rate: float = 0.05
    members: int = 4
    most_contexts: int = 100_000
    most_softmax_contexts: int = 40_000
    most_peers: int = 20_000
