"""The Pydantic models of requests and answers of both FastAPI peers."""

from datetime import date, datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field


class Quantity(BaseModel):
    unit: str
    value: str | None = None
    low: str | None = None
    high: str | None = None
    decimals: int | None = None
    bound: Literal["exact", "about", "at_least", "at_most"] = "exact"


class MetricValue(BaseModel):
    quantity: Quantity
    comparison: str | None = None
    streak: int | None = None


class CitedSource(BaseModel):
    id: str
    title: str
    publisher: str | None
    author: str | None
    url: str | None
    published_at: date | None
    archived: bool


class Citation(BaseModel):
    source: CitedSource
    selector: dict[str, Any] | None = None
    evidence: dict[str, Any]
    link: str | None = None


class Period(BaseModel):
    instant: date | None = None
    start: date | None = None
    end: date | None = None

    @property
    def last(self) -> date | None:
        return self.instant or self.end


class Fact(BaseModel):
    id: UUID
    company: str
    kind: str
    subject: str
    dimensions: dict[str, str]
    basis: str
    period: Period | None
    value: MetricValue
    known_at: date
    version: int
    status: str
    recorded_at: datetime
    position: int
    evidence: str
    disputed: bool
    rivals: list[dict[str, Any]]
    citations: list[Citation]


class Page(BaseModel):
    items: list[Fact]


class ShortSource(BaseModel):
    model_config = ConfigDict(extra="ignore")

    id: str
    title: str
    url: str | None


class Row(BaseModel):
    company: str
    fact: UUID
    version: int
    period: Period | None
    frame: str | None
    quantity: Quantity
    known_at: date
    evidence: str
    source: ShortSource


class Rows(BaseModel):
    items: list[Row]


class Lookup(BaseModel):
    company: str
    kind: str
    subject: str
    frequency: str | None = None


class Lookups(BaseModel):
    items: Annotated[list[Lookup], Field(max_length=1000)]


class Found(BaseModel):
    status: int
    fact: Fact | None


class AllFound(BaseModel):
    items: list[Found]


class Hit(BaseModel):
    company: str
    title: str
    identifiers: dict[str, str]
    score: float


class Hits(BaseModel):
    items: list[Hit]


class Cite(BaseModel):
    source: str
    selector: dict[str, Any] | None = None


class Assertion(BaseModel):
    model_config = ConfigDict(extra="forbid")

    kind: Literal["metric"]
    company: str
    subject: str
    dimensions: dict[str, str] = {}
    basis: str = "reported"
    period: Period | None = None
    value: MetricValue
    known_at: date
    citations: Annotated[list[Cite], Field(min_length=1)]


def period(start: date | None, end: date | None) -> Period | None:
    if end is None:
        return None
    return Period(instant=end) if start is None else Period(start=start, end=end)


def document(rows: list[Any]) -> dict[str, Any]:
    """EDGAR's companyfacts document from a company's entries, which must be in order."""
    facts: dict[str, Any] = {}
    for row in rows:
        concept = facts.setdefault(row.taxonomy, {}).setdefault(
            row.concept, {"label": row.label, "description": row.description, "units": {}}
        )
        entry: dict[str, Any] = {} if row.start is None else {"start": row.start.isoformat()}
        entry |= {
            "end": row.end.isoformat(), "val": row.val, "accn": row.accn, "fy": row.fy, "fp": row.fp, "form": row.form,
            "filed": row.filed.isoformat(),
        }  # fmt: skip
        if row.frame is not None:
            entry["frame"] = row.frame
        concept["units"].setdefault(row.unit, []).append(entry)
    return {"cik": rows[0].cik, "entityName": rows[0].name, "facts": facts}
