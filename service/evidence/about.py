"""What a citation is checked for, besides the numbers of the value."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from service.core.periods import FiscalYear, Period


class About(NamedTuple):
    """What the fact is about: the words by which a passage may say so."""

    names: Sequence[str] = ()  # of the company
    subject: str = ""
    label: str = ""  # of the subject's concept, if one is recorded
    period: Period | None = None
    fiscal: FiscalYear | None = None
    members: Sequence[str] = ()  # of the dimensions that are no places: "cloud" of {"segment": "cloud"}
    places: Sequence[str] = ()  # of the dimensions: codes of countries, or regions
    things: Sequence[str] = ()  # names in the value: of a product, program, market or location
    others: Mapping[str, Sequence[str]] = {}  # names of other companies, by the slug that the value has
