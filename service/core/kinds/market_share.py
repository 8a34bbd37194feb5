"""`market_share`: a company's part of a market."""

from typing import Annotated

from msgspec import Meta

from service.core.kinds.base import Assert, Fact, Value, WholeNumber
from service.core.kinds.definition import Definition
from service.core.quantities import Quantity, in_words
from service.core.text import Line


class MarketShareValue(Value, frozen=True):
    """A company's part of a market."""

    market: Annotated[Line, Meta(description="Name of the market.", examples=["AI cloud"])]
    share: Annotated[Quantity, Meta(description="The part, usually in percent.")]
    market_size: Annotated[Quantity | None, Meta(description="Size of the whole market.")] = None
    rank: Annotated[
        WholeNumber | None,
        Meta(description="Place among the competitors, 1 being the largest.", examples=[1]),
    ] = None

    def words(self) -> str:
        """As "36 percent (number 1) of the AI cloud market of 12 billion USD"."""
        rank = "" if self.rank is None else f" (number {self.rank})"
        size = "" if self.market_size is None else f" of {in_words(self.market_size)}"
        return f"{in_words(self.share)}{rank} of the {self.market} market{size}"


class AssertMarketShare(Assert, frozen=True, tag="market_share"):
    """Asserts a part of a market."""

    value: MarketShareValue


class MarketShare(Fact, frozen=True, tag="market_share"):
    """A company's part of a market."""

    value: MarketShareValue


MARKET_SHARE = Definition(
    MarketShareValue,
    AssertMarketShare,
    MarketShare,
    main="share",
    text="market",
    searched=("market",),
    names={"market": "market"},
    roles={"rank": "rank"},
)
