"""What both FastAPI peers answer with: Pydantic models of a fact."""

from datetime import date, datetime
from typing import Any, Literal
from uuid import UUID

from pydantic import BaseModel


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
    selector: dict[str, Any] | None
    evidence: dict[str, Any]
    link: str | None


class Period(BaseModel):
    instant: date | None = None
    start: date | None = None
    end: date | None = None


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


def period(start: date | None, end: date | None) -> Period | None:
    if end is None:
        return None
    return Period(instant=end) if start is None else Period(start=start, end=end)
