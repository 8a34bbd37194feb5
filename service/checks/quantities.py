"""The quantities of a text as they are answered."""

from bisect import bisect_right
from typing import TYPE_CHECKING, Annotated, Final, Literal, NamedTuple

from msgspec import Meta, Struct

from service.core.citations import Modality
from service.core.quantities import Bound, DecimalText

if TYPE_CHECKING:
    from service.evidence.reading.readings import Reading

ReadSense = Literal["level", "increase", "decrease", "loss", "other"]
_SENSES: Final[dict[str, ReadSense]] = {
    "": "level",
    "up": "increase",
    "down": "decrease",
    "cut": "decrease",
    "loss": "loss",
}
_ROLES: Final = {"streak": "periods", "duration": "years"}  # what has no unit of its own


class ReadQuantity(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A quantity as a text states it."""

    unit: Annotated[
        str,
        Meta(
            max_length=200,
            description="ISO 4217 code, `percent`, `percentage_points`, `basis_points`, `times`, the noun that is counted, or "
            "the sign itself where several currencies have it (`$`); with `/share` and the like; empty for a bare number.",
            examples=["USD"],
        ),
    ] = ""
    value: Annotated[DecimalText | None, Meta(description="The number, unless it is a span.")] = None
    low: Annotated[DecimalText | None, Meta(description="Lower end of a span, included.")] = None
    high: Annotated[DecimalText | None, Meta(description="Upper end of a span, included.")] = None
    decimals: Annotated[
        int,
        Meta(
            ge=-400,
            le=400,
            description="Of the last digit written, as XBRL counts: -9 for 53 billion.",
            examples=[-9],
        ),
    ] = 0
    bound: Annotated[
        Bound,
        Meta(
            description="Whether it is the number itself, about it, or its lower or upper limit.",
            examples=["exact"],
        ),
    ] = "exact"
    sense: Annotated[
        ReadSense,
        Meta(
            description="Whether the number is a level, how much something rose or fell, or a loss; `other`: a gap, a plan, or "
            "what is none of these.",
            examples=["level"],
        ),
    ] = "level"


class FoundQuantity(NamedTuple):
    """A quantity and where it stands: code points of the text, and the language of its sentence, if it can be told.

    `modality` is `stated` or `expected`: a denied number is not read.
    """

    start: int
    end: int
    language: str | None
    quantity: ReadQuantity
    modality: Modality


def quantities(text: str, language: str) -> list[FoundQuantity]:
    """All quantities of a text, in order. `language` is that of sentences that are too short to tell (BCP 47)."""
    # imported here: the reader and its tables are not needed to answer anything else
    from service.evidence.reading.languages import detecting
    from service.evidence.reading.reader import read

    language = detecting.language_of_tag(language) if language else ""
    stretches = detecting.parts(text, language)
    starts = [one.start for one in stretches]
    found: list[FoundQuantity] = []
    for reading in read(text, language):
        told = stretches[max(0, bisect_right(starts, reading.start) - 1)].language
        known = told if len(told) == 2 else None
        found.append(FoundQuantity(reading.start, reading.end, known, _quantity(reading), reading.modality))
    return found


def quantities_apart(_: None, piece: tuple[str, str]) -> list[FoundQuantity]:
    """`quantities` in the form that `asides` calls in a helper process."""
    return quantities(*piece)


def _quantity(reading: "Reading") -> ReadQuantity:
    unit = _ROLES.get(reading.role) or reading.unit or (reading.nouns[-1] if reading.nouns else "")
    if reading.per and reading.per != "?":
        unit = f"{unit}/{'shares' if reading.per == 'share' else reading.per}"
    value, low, high = (
        None if number is None else f"{number:f}" for number in (reading.value, reading.low, reading.high)
    )
    return ReadQuantity(
        unit=unit[:200],
        value=value,
        low=low,
        high=high,
        decimals=reading.decimals,
        bound=reading.bound,
        sense=_SENSES.get(reading.change, "other"),
    )
