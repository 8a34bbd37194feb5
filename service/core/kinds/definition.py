"""The definition of a kind: its structs, and which of their fields have a special use."""

from collections.abc import Mapping
from typing import Literal, NamedTuple

from service.core.kinds.base import Assert, Fact, Value
from service.core.quantities import Role

# the sorts of names in values
NameSort = Literal["company", "counterparty", "program", "product", "market", "location"]


class Definition(NamedTuple):
    """One kind of facts. Strings are field names of the value."""

    value: type[Value]
    assertion: type[Assert]  # tagged with the kind's name
    fact: type[Fact]  # tagged with the kind's name
    # the field of the main quantity, which filters, disputes, series and tables use; None: it has none
    main: str | None = None
    # the field shown in the column `text` of tables
    text: str | None = None
    # the fields whose words search indexes, in this order; `benefits/what` is a field of each part of a list; None: the
    # value is only a number
    searched: tuple[str, ...] | None = None
    # the fields that contain a name, or a list of names
    names: Mapping[str, NameSort] = {}
    # the roles of whole-number fields, by which passages are read, since they have no unit
    roles: Mapping[str, Role] = {}

    @property
    def name(self) -> str:
        """The name of the kind, like `market_share`."""
        return str(self.fact.__struct_config__.tag)
