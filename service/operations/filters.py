"""What lists of facts can be asked for, as their statements have it."""

from service.store.filters import FILTERS, Filter, Kept, belonging, kept

__all__ = ["FILTERS", "Filter", "Kept", "belonging", "kept"]
