"""What is told of one version: how it stands, and why it is or is not in use."""

from typing import Any

from assistant.versions.office import Office
from recommender.errors import ModelError
from recommender.release import judge


def describe_version(office: Office, version: str) -> dict[str, Any]:
    """Return a version's state, when it was trained, its measure beside the best other, and why."""
    known = office.registry.in_use()
    used = known is not None and known.version == version
    row: dict[str, Any] = {"version": version, "state": "in_use" if used else "candidate"}
    row |= {"trained_at": "", "mrr": "", "best_other": "", "why": ""}
    try:
        card = office.registry.load(version, office.products).card
    except ModelError as refused:
        return row | {"state": "refused_in_use" if used else "refused", "why": str(refused)}
    row["trained_at"] = card.trained_at.astimezone(office.settings.zone).isoformat(" ", "minutes")
    verdict = judge(card)
    if card.metrics:
        *others, own = card.metrics
        best = max(others, key=lambda each: each.mrr)
        row |= {"mrr": f"{own.mrr:.3f}", "best_other": f"{best.method} {best.mrr:.3f}"}
    if used and known is not None:
        row["why"] = " · ".join(part for part in (known.by, known.because) if part)
    elif not verdict.measured:
        row["why"] = office.say("unmeasured")
    elif verdict.lost_to:
        row["why"] = office.say("lost_to", methods=", ".join(verdict.lost_to))
    return row
