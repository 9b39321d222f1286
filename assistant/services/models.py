"""Keeps the model that answers the one the registry names, while the service runs."""

from collections.abc import Collection

import structlog

from assistant.services.shelf import ModelShelf
from crm.products import list_products
from crm.store.engine import Store
from recommender.errors import ModelError
from recommender.registry import POINTER, Loaded, Refused, Registry


class ModelWatch:
    """Notices that another version was put into use and puts it on the shelf.

    A version that cannot be used is refused with its reason; what is on the shelf keeps answering.
    """

    def __init__(self, registry: Registry, store: Store, shelf: ModelShelf) -> None:
        self._registry = registry
        self._store = store
        self._shelf = shelf
        self._seen: tuple[int, int, int] | None = None
        self._log = structlog.get_logger("recommender")
        self.refused: tuple[Refused, ...] = ()

    def look(self) -> bool:
        """Load what the pointer names if it was replaced; return whether the model changed."""
        state = self._registry.state()
        if state == self._seen:
            return False
        self._seen = state
        with self._store.read() as session:
            catalogue = {product.product_id for product in list_products(session)}
        answering = self._shelf.model
        if answering is None:
            found = self._registry.load_in_use(catalogue)
        else:
            found = self._another(answering.card.version, catalogue)
        self.refused = found.refused
        for refused in found.refused:
            self._log.error("model.refused", version=refused.version, why=refused.why)
        if found.model is None:
            return False
        self._shelf.put(found.model)
        self._log.info("model.in_use", version=found.model.card.version)
        return True

    def _another(self, answering: str, catalogue: Collection[str]) -> Loaded:
        """Load the version named if it is not the one that answers; no other in its place."""
        version = POINTER
        try:
            known = self._registry.in_use()
            if known is None or known.version == answering:
                return Loaded(None, ())
            version = known.version
            return Loaded(self._registry.load(version, catalogue), ())
        except ModelError as unusable:
            return Loaded(None, (Refused(version, str(unusable)),))
