"""What is counted, for a Prometheus server of the bank's to collect."""

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

_BUCKETS = (0.005, 0.01, 0.02, 0.03, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)


class Metrics:
    """Counters of one service process, in a registry of their own."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        self.turns = Counter("rm_turns", "Turns by outcome", ["outcome"], registry=self._registry)
        self.actions = Counter(
            "rm_actions",
            "Custom actions by name and outcome",
            ["action", "outcome"],
            registry=self._registry,
        )
        self.retries = Counter(
            "rm_dialogue_retries", "Turns asked again of the dialogue", registry=self._registry
        )
        self.turn_seconds = Histogram(
            "rm_turn_seconds",
            "Seconds from acceptance to the answer",
            buckets=_BUCKETS,
            registry=self._registry,
        )
        self.action_seconds = Histogram(
            "rm_action_seconds",
            "Seconds inside a custom action",
            ["action"],
            buckets=_BUCKETS,
            registry=self._registry,
        )
        self.outbox_messages = Counter(
            "rm_outbox_messages",
            "Deliveries of unasked messages by outcome",
            ["outcome"],
            registry=self._registry,
        )
        self.outbox_waiting = Gauge(
            "rm_outbox_waiting",
            "Unasked messages due and not delivered",
            registry=self._registry,
        )
        self.outbox_oldest_seconds = Gauge(
            "rm_outbox_oldest_seconds",
            "Seconds since the oldest waiting message was due",
            registry=self._registry,
        )

    def exposition(self) -> bytes:
        """Return everything counted in Prometheus' text format."""
        return generate_latest(self._registry)
