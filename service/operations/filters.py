"""Re-exports the filters of lists for `web` and `api`, which may not import `store`."""

from service.store.filters import FILTERS, NAMES, Conditions, Filter, belonging, kept

__all__ = ["FILTERS", "NAMES", "Conditions", "Filter", "belonging", "kept"]
