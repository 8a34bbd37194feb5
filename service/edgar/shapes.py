"""The shapes of answers in EDGAR's form, for the OpenAPI document alone: the bytes are those of the imported files."""

from typing import Annotated

import msgspec
from msgspec import UNSET, Meta, Struct, UnsetType

_ROW = {
    "start": "2018-09-30", "end": "2019-09-28", "val": 260174000000, "accn": "0000320193-19-000119", "fy": 2019,
    "fp": "FY", "form": "10-K", "filed": "2019-10-31", "frame": "CY2019",
}  # fmt: skip
_CONCEPT = {"label": "Revenues", "description": "Amount of revenue recognized.", "units": {"USD": [_ROW]}}

_Start = Annotated[
    Annotated[str, Meta(max_length=10)] | UnsetType,
    Meta(description="First day; left out of instants.", examples=["2018-09-30"]),
]
_End = Annotated[str, Meta(max_length=10, description="Last day, or the instant.", examples=["2019-09-28"])]


class EdgarRow(Struct, kw_only=True):
    """A value for a period, as one filing gives it."""

    start: _Start = UNSET
    end: _End
    val: Annotated[
        float | Annotated[str, Meta(max_length=5000)],
        Meta(
            description="The value. In the taxonomy `companyfacts` it may be text.", examples=[260174000000]
        ),
    ]
    accn: Annotated[
        str,
        Meta(max_length=60, description="Accession number of the filing.", examples=["0000320193-19-000119"]),
    ]
    fy: Annotated[
        Annotated[int, Meta(ge=0, le=9999)] | UnsetType | None,
        Meta(
            description="Fiscal year of the filing; absent where the imported file lacks it.", examples=[2019]
        ),
    ] = UNSET
    fp: Annotated[
        Annotated[str, Meta(max_length=50)] | UnsetType | None,
        Meta(
            description="Fiscal period of the filing; absent where the imported file lacks it.",
            examples=["FY"],
        ),
    ] = UNSET
    form: Annotated[
        Annotated[str, Meta(max_length=50)] | UnsetType | None,
        Meta(description="Form of the filing; absent where the imported file lacks it.", examples=["10-K"]),
    ] = UNSET
    filed: Annotated[str, Meta(max_length=10, description="The day it was filed.", examples=["2019-10-31"])]
    frame: Annotated[
        Annotated[str, Meta(max_length=9)] | UnsetType,
        Meta(
            description="The calendar frame whose label this row has; most rows have none.",
            examples=["CY2019"],
        ),
    ] = UNSET
    dimensions: Annotated[
        Annotated[dict[str, Annotated[str, Meta(max_length=200)]], Meta(max_length=12)] | UnsetType,
        Meta(
            description="Dimensions of a fact; only in the taxonomy `companyfacts`.",
            examples=[{"geography": "CN"}],
        ),
    ] = UNSET


_LABEL = Meta(description="Short name of the concept.", examples=["Revenues"])
_DESCRIPTION = Meta(
    description="What the concept measures.",
    examples=["Amount of revenue recognized from goods sold, services rendered, and other activities."],
)
_Number = Annotated[int, Meta(ge=1, le=9_999_999_999)]
_Units = Annotated[dict[str, Annotated[list[EdgarRow], Meta(max_length=100_000)]], Meta(max_length=1000)]
_UNITS = Meta(description="Rows by unit.", examples=[{"USD": [_ROW]}])
_CIK = Meta(description="The company's number: text where the imported file has it so.", examples=[320193])
_ENTITY = Meta(description="Name of the company.", examples=["Apple Inc."])
_Name = Annotated[str, Meta(max_length=1000)]


class EdgarConcept(Struct, kw_only=True):
    """The values that a company reported for a concept."""

    label: Annotated[Annotated[str, Meta(max_length=5000)] | UnsetType | None, _LABEL] = UNSET
    description: Annotated[Annotated[str, Meta(max_length=20000)] | UnsetType | None, _DESCRIPTION] = UNSET
    units: Annotated[_Units, _UNITS]


_Taxonomies = Annotated[
    dict[str, Annotated[dict[str, EdgarConcept], Meta(max_length=100_000)]], Meta(max_length=100)
]


class EdgarCompanyFacts(Struct, kw_only=True):
    """Everything that a company reported, by taxonomy and tag."""

    cik: Annotated[_Number | Annotated[str, Meta(max_length=10)], _CIK]
    entity_name: Annotated[_Name | UnsetType | None, _ENTITY] = msgspec.field(
        name="entityName", default=UNSET
    )
    facts: Annotated[
        _Taxonomies,
        Meta(description="Concepts by taxonomy and tag.", examples=[{"us-gaap": {"Revenues": _CONCEPT}}]),
    ]


class EdgarCompanyConcept(Struct, kw_only=True):
    """Everything that a company reported for one concept."""

    cik: Annotated[_Number | Annotated[str, Meta(max_length=10)], _CIK]
    taxonomy: Annotated[str, Meta(max_length=100, description="The taxonomy.", examples=["us-gaap"])]
    tag: Annotated[str, Meta(max_length=300, description="The concept's tag.", examples=["Revenues"])]
    label: Annotated[Annotated[str, Meta(max_length=5000)] | UnsetType | None, _LABEL] = UNSET
    description: Annotated[Annotated[str, Meta(max_length=20000)] | UnsetType | None, _DESCRIPTION] = UNSET
    entity_name: Annotated[_Name | UnsetType | None, _ENTITY] = msgspec.field(
        name="entityName", default=UNSET
    )
    units: Annotated[_Units, _UNITS]


class EdgarFramePoint(Struct, kw_only=True):
    """The value of one company in a frame."""

    accn: Annotated[
        str,
        Meta(max_length=20, description="Accession number of the filing.", examples=["0000320193-19-000119"]),
    ]
    cik: Annotated[_Number, Meta(description="The company's number.", examples=[320193])]
    entity_name: Annotated[_Name, _ENTITY] = msgspec.field(name="entityName")
    loc: Annotated[
        Annotated[str, Meta(max_length=10)] | UnsetType,
        Meta(
            description="Country, or country and state, of the company; absent where it is not known.",
            examples=["US-CA"],
        ),
    ] = UNSET
    start: _Start = UNSET
    end: _End
    val: Annotated[float, Meta(description="The value.", examples=[260174000000])]


class EdgarFrame(Struct, kw_only=True):
    """The values that companies reported for a concept in a calendar frame."""

    taxonomy: Annotated[str, Meta(max_length=100, description="The taxonomy.", examples=["us-gaap"])]
    tag: Annotated[str, Meta(max_length=300, description="The concept's tag.", examples=["Revenues"])]
    ccp: Annotated[str, Meta(max_length=9, description="The frame.", examples=["CY2019"])]
    uom: Annotated[str, Meta(max_length=1000, description="The unit.", examples=["USD"])]
    label: Annotated[Annotated[str, Meta(max_length=5000)] | None, _LABEL]
    description: Annotated[Annotated[str, Meta(max_length=20000)] | None, _DESCRIPTION]
    pts: Annotated[int, Meta(ge=1, le=1_000_000, description="How many companies.", examples=[1])]
    data: Annotated[
        list[EdgarFramePoint], Meta(max_length=1_000_000, description="One point a company, by number.")
    ]


class EdgarRecentFilings(Struct, kw_only=True):
    """The newest filings, column by column."""

    form: Annotated[
        Annotated[list[Annotated[str, Meta(max_length=100)]], Meta(max_length=1_000_000)] | UnsetType,
        Meta(description="The form of each; the other columns are EDGAR's, too.", examples=[["10-K"]]),
    ] = UNSET


class EdgarFilings(Struct, kw_only=True):
    """The filings of a filer."""

    recent: EdgarRecentFilings | UnsetType = UNSET


class EdgarSubmissions(Struct, kw_only=True):
    """A filer and its filings: EDGAR's document as it was imported, with every field."""

    filings: EdgarFilings | UnsetType = UNSET


class EdgarTickers(Struct, kw_only=True):
    """A list of tickers: EDGAR's document as it was imported."""

    fields: Annotated[
        Annotated[list[Annotated[str, Meta(max_length=100)]], Meta(max_length=100)] | UnsetType,
        Meta(description="The columns, where it has columns.", examples=[["cik", "ticker"]]),
    ] = UNSET
