"""What a kind says of itself beside its structs. Everything else that knows kinds derives from it."""

from collections.abc import Mapping
from typing import Literal, NamedTuple

from service.core.kinds.base import Assert, Fact, Value
from service.core.quantities import Role

# what a name in a value is the name of
NameSort = Literal["company", "counterparty", "program", "product", "market", "location"]


class Definition(NamedTuple):
    """One kind of fact. Fields are named as in the value."""

    value: type[Value]
    assertion: type[Assert]  # tagged with the kind's name
    fact: type[Fact]  # tagged with the kind's name
    # the field of the main quantity: filters, disputes, series and tables look at it; None: words alone
    main: str | None = None
    # the field that says in short what it is about: the column `text`
    text: str | None = None
    # the fields whose words are found by a search, in this order; `benefits/what` is of each part of a list;
    # None: it says a number alone
    searched: tuple[str, ...] | None = None
    # the fields that hold a name, or a list of names
    names: Mapping[str, NameSort] = {}
    # how a passage gives a whole number, which has no unit to be told by
    roles: Mapping[str, Role] = {}

    @property
    def name(self) -> str:
        """What the kind is called: `market_share`."""
        return str(self.fact.__struct_config__.tag)
