"""Companies, their identifiers, and the concepts that metrics measure."""

import re
from collections.abc import Iterable, Mapping
from datetime import datetime
from itertools import product
from typing import Annotated, Literal

from msgspec import Meta, Struct, structs

from service.core.errors import Flaw, Malformed
from service.core.facts import Instant, Position
from service.core.text import Line, Slug, Subject, Text

Scheme = Annotated[
    str,
    Meta(
        pattern=r"^[a-z][a-z0-9_]{0,31}$(?!\n)",
        max_length=32,
        description="What kind of identifier it is.",
        examples=["cik"],
        extra={"form": "the name of a scheme of identifiers, in lower case, such as cik"},
    ),
]
Identifier = Annotated[
    str,
    Meta(
        pattern=r"^[A-Za-z0-9][A-Za-z0-9._/-]{0,63}$(?!\n)",
        max_length=64,
        description="The identifier.",
        examples=["1577552"],
        extra={"form": "an identifier, which is letters, digits and . _ / -, such as 1577552"},
    ),
]
Identifiers = Annotated[
    dict[Scheme, Identifier],
    Meta(
        max_length=30,
        description="By scheme: `lei`, `cik`, `isin`, `cusip`, `ticker`, `wikidata`, or another. Check digits are checked.",
        examples=[{"cik": "1577552", "ticker": "BABA"}],
    ),
]


MOST_ALIASES = 50


class Listing(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """A security of the company that is traded."""

    ticker: Annotated[
        Identifier, Meta(description="Its ticker; the company is found by it.", examples=["BABA"])
    ]
    exchange: Annotated[Line | None, Meta(description="Where it is traded.", examples=["NYSE"])] = None
    fund_class: Annotated[
        Annotated[
            str,
            Meta(
                pattern=r"^C[0-9]{9}$(?!\n)",
                max_length=10,
                extra={"form": "the id of a class, such as C000024954"},
            ),
        ]
        | None,
        Meta(description="EDGAR's id of the class of a fund's shares.", examples=["C000024954"]),
    ] = None


class Industry(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """What the company does, in a classification."""

    code: Annotated[
        str,
        Meta(
            pattern=r"^[0-9]{4}$(?!\n)",
            max_length=4,
            description="Code of the SIC of 1987.",
            examples=["7372"],
            extra={"form": "a code of the SIC, which is four digits, such as 7372"},
        ),
    ]
    label: Annotated[
        Line | None, Meta(description="What the code stands for.", examples=["Services-Prepackaged Software"])
    ] = None


class Address(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """Where post reaches the company."""

    street: Annotated[
        list[Line], Meta(max_length=5, description="Lines above the town.", examples=[["1 Main Street"]])
    ] = []
    city: Annotated[Line | None, Meta(description="The town.", examples=["Cupertino"])] = None
    region: Annotated[
        Line | None, Meta(description="State or country, as the register has it.", examples=["CA"])
    ] = None
    postal_code: Annotated[Line | None, Meta(description="The postal code.", examples=["95014"])] = None


class Profile(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """What a register says of the company beside its names."""

    listings: Annotated[
        list[Listing], Meta(max_length=1000, description="What of it is traded, the main one first.")
    ] = []
    industry: Annotated[Industry | None, Meta(description="What it does.")] = None
    business_address: Annotated[Address | None, Meta(description="Where it does business.")] = None
    mailing_address: Annotated[Address | None, Meta(description="Where it takes post.")] = None


class CompanyDescription(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """An organisation that facts are about. Its slug never changes."""

    slug: Slug
    name: Annotated[Line, Meta(description="Its name.", examples=["Alibaba Cloud"])]
    aliases: Annotated[
        list[Line],
        Meta(max_length=MOST_ALIASES, description="Other and former names.", examples=[["Aliyun"]]),
    ] = []
    identifiers: Identifiers = {}
    country: Annotated[
        Annotated[
            str,
            Meta(
                pattern=r"^[A-Z]{2}$(?!\n)",
                max_length=2,
                extra={"form": "the code of a country, which is two capital letters, such as CN"},
            ),
        ]
        | None,
        Meta(description="ISO 3166-1 alpha-2 code of its seat.", examples=["CN"]),
    ] = None
    parent: Annotated[
        Slug | None, Meta(description="Slug of the company it belongs to.", examples=["alibaba"])
    ] = None
    profile: Annotated[Profile | None, Meta(description="What a register says of it.")] = None

    def known_by(self) -> set[tuple[str, str]]:
        """All its identifiers as (scheme, value), including the tickers of all its listings."""
        listed = () if self.profile is None else self.profile.listings
        return {*self.identifiers.items(), *(("ticker", listing.ticker.upper()) for listing in listed)}


class Company(Struct, frozen=True, kw_only=True):
    """A company as recorded."""

    slug: Slug
    name: Annotated[Line, Meta(description="Its name.", examples=["Alibaba Cloud"])]
    aliases: Annotated[
        list[Line], Meta(max_length=50, description="Other and former names.", examples=[["Aliyun"]])
    ]
    identifiers: Identifiers
    country: Annotated[
        Annotated[str, Meta(max_length=2)] | None,
        Meta(description="ISO 3166-1 alpha-2 code of its seat.", examples=["CN"]),
    ]
    parent: Annotated[
        Slug | None, Meta(description="Slug of the company it belongs to.", examples=["alibaba"])
    ]
    children: Annotated[
        list[Slug],
        Meta(
            max_length=1000,
            description="Slugs of the companies that belong to it.",
            examples=[["alibaba-cloud"]],
        ),
    ]
    profile: Annotated[Profile | None, Meta(description="What a register says of it.")]
    recorded_at: Instant
    position: Position


def recorded(
    said: CompanyDescription, children: Iterable[str], recorded_at: datetime, position: int
) -> Company:
    """A company as it is answered, from its description."""
    return Company(
        slug=said.slug,
        name=said.name,
        aliases=said.aliases,
        # in the key order of jsonb, as the database returns them
        identifiers=dict(sorted(said.identifiers.items(), key=lambda pair: (len(pair[0]), pair[0]))),
        country=said.country,
        parent=said.parent,
        children=sorted(children),
        profile=said.profile,
        recorded_at=recorded_at,
        position=position,
    )


class ConceptDescription(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """What a metric measures."""

    id: Annotated[
        Subject,
        Meta(description="The subject of the metrics that measure it.", examples=["us-gaap:Revenues"]),
    ]
    label: Annotated[Line | None, Meta(description="Its short name.", examples=["Revenues"])] = None
    description: Annotated[
        Text | None,
        Meta(
            description="What is counted, and how.", examples=["Growth of the revenue of the cloud business."]
        ),
    ] = None


class Concept(Struct, frozen=True, kw_only=True):
    """A concept as recorded."""

    id: Annotated[
        Subject,
        Meta(description="The subject of the metrics that measure it.", examples=["us-gaap:Revenues"]),
    ]
    label: Annotated[Line | None, Meta(description="Its short name.", examples=["Revenues"])]
    description: Annotated[
        Text | None,
        Meta(
            description="What is counted, and how.",
            examples=["Growth of the revenue of the cloud business."],
        ),
    ]
    recorded_at: Instant
    position: Position

    def says(self, described: ConceptDescription) -> bool:
        """Whether label and description are equal."""
        return (self.label, self.description) == (described.label, described.description)


def normal_identifier(scheme: str, value: str) -> str:
    """The normal form of an identifier: a CIK without leading zeros, codes in capitals.

    Raises ValueError with a sentence if a check digit or the format is wrong.
    """
    match scheme:
        case "lei" | "isin" | "cusip":
            return _checked(scheme, value)
        case "cik":
            if not value.isascii() or not value.isdigit() or len(value) > 10 or not int(value):
                raise ValueError(f"{value!r} is not a CIK: up to ten digits, not zero")
            return str(int(value))
        case "ticker":
            return value.upper()
        case "wikidata":
            if not (value[:1] in "Qq" and value[1:].isascii() and value[1:].isdigit()):
                raise ValueError(f"{value!r} is not a Wikidata item: Q and digits")
            return value.upper()
        case _:
            return value


def _checked(scheme: Literal["lei", "isin", "cusip"], value: str) -> str:
    """The normal form of a code with a check digit. Raises ValueError."""
    from stdnum import cusip, isin, lei  # slow to import, and only writers need them
    from stdnum.exceptions import ValidationError

    codes = {"lei": lei, "isin": isin, "cusip": cusip}
    try:
        return codes[scheme].validate(value)
    except ValidationError as error:
        raise ValueError(
            f"{value!r} is not a valid {scheme.upper()}: {str(error).rstrip('.').lower()}"
        ) from error


def normal_identifiers(identifiers: Mapping[str, str]) -> tuple[dict[str, str], list[Flaw]]:
    """Valid identifiers in normal form, and the flaws of the others."""
    normal: dict[str, str] = {}
    flaws: list[Flaw] = []
    for scheme, value in identifiers.items():
        try:
            normal[scheme] = normal_identifier(scheme, value)
        except ValueError as error:
            flaws.append(Flaw(pointer=f"/identifiers/{scheme}", detail=str(error)))
    return normal, flaws


def normal(given: CompanyDescription) -> tuple[CompanyDescription, list[Flaw]]:
    """A description with its identifiers in normal form, and the flaws of those that are not valid."""
    identifiers, flaws = normal_identifiers(given.identifiers)
    return structs.replace(given, identifiers=identifiers), flaws


REFERENCE_PATTERN = r"^([a-z0-9]+(-[a-z0-9]+)*|[a-z][a-z0-9_]{0,31}:[A-Za-z0-9][A-Za-z0-9. _/-]{0,63})$(?!\n)"
_SEPARATORS = "-./ "  # of the classes of shares in tickers; who writes them uses one or another
_MOST_SEPARATORS = 3
_TICKER = re.compile(r"[A-Za-z][A-Za-z0-9]{0,4}([-./ ][A-Za-z]{1,3})?")
_CIK = re.compile(r"(?:CIK)?[ #:]*0*([1-9][0-9]{0,9})", re.IGNORECASE)


def spellings(ticker: str) -> list[str]:
    """The ways in which a ticker with separators may be recorded: `BRK B` as `BRK-B`, `BRK.B` or `BRK/B`."""
    parts = re.split(f"[{re.escape(_SEPARATORS)}]", ticker)
    if not 1 < len(parts) <= _MOST_SEPARATORS + 1:
        return [ticker]
    ways = product(_SEPARATORS.rstrip(), repeat=len(parts) - 1)
    return [
        "".join([parts[0], *(f"{by}{part}" for by, part in zip(way, parts[1:], strict=True))]) for way in ways
    ]


def meant(text: str) -> str | None:
    """The reference that a text probably means which is none, or which no company has; None if there is no telling."""
    scheme, colon, value = text.partition(":")
    if colon and value and re.fullmatch("[A-Za-z]{1,32}", scheme):
        return f"{scheme.lower()}:{value.strip()}" if scheme != scheme.lower() else None
    if colon and not value.strip():
        return None  # a scheme without its value
    if found := _CIK.fullmatch(text):
        return f"cik:{found[1]}"
    if _TICKER.fullmatch(text):
        return f"ticker:{text.upper()}"
    slug = "-".join(re.findall("[a-z0-9]+", text.lower()))
    return slug if slug and slug != text and len(slug) <= 100 else None


def parse_reference(ref: str, *, parameter: str) -> str | tuple[str, str]:
    """Parse a reference to a company: a slug, or (scheme, value) of `scheme:value`.

    Raises Malformed naming `parameter` if the value is not valid for its scheme.
    """
    if ":" not in ref:
        return ref
    scheme, _, value = ref.partition(":")
    try:
        return scheme, normal_identifier(scheme, value)
    except ValueError as error:
        raise Malformed(str(error), parameter=parameter) from error
