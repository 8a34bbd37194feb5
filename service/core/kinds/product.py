"""`product`: something the company offers."""

from typing import Annotated

from msgspec import Meta

from service.core.kinds.base import Assert, Fact, Value
from service.core.kinds.definition import Definition
from service.core.text import Line, Slug


class ProductValue(Value, frozen=True):
    """Something the company offers."""

    name: Annotated[Line, Meta(description="Name of the product.", examples=["Qwen"])]
    category: Annotated[
        Line | None,
        Meta(description="What sort of thing it is.", examples=["family of generative AI models"]),
    ] = None
    license: Annotated[
        Line | None, Meta(description="Licence, or class of licence.", examples=["open source"])
    ] = None
    owner: Annotated[Slug | None, Meta(description="Company that owns it, where that is another one.")] = None

    def words(self) -> str:
        """As "Qwen, family of generative AI models (open source), of alibaba"."""
        category = "" if self.category is None else f", {self.category}"
        licence = "" if self.license is None else f" ({self.license})"
        owner = "" if self.owner is None else f", of {self.owner}"
        return f"{self.name}{category}{licence}{owner}"


class AssertProduct(Assert, frozen=True, tag="product"):
    """Asserts something the company offers."""

    value: ProductValue


class Product(Fact, frozen=True, tag="product"):
    """Something the company offers."""

    value: ProductValue


PRODUCT = Definition(
    ProductValue,
    AssertProduct,
    Product,
    text="name",
    searched=("name", "category", "license"),
    names={"name": "product", "owner": "company"},
)
