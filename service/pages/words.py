"""Numbers, dates and names as a reader expects them."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from service.core.citations import Modality, PassageContext, PeriodSaid, SubjectSaid, Verdict
from service.core.differences import StepClass
from service.core.facts import AnyFact, Basis, kind_of
from service.core.kinds import Kind, sentence
from service.core.periods import Period, parse_period
from service.core.quantities import BOUND_WORDS, Quantity, normal
from service.core.words import label_of

if TYPE_CHECKING:
    from service.checks.quantities import ReadQuantity, ReadSense

_SCALES = ((12, "trillion"), (9, "billion"), (6, "million"))
_ACCURACY = {-12: "trillion", -9: "billion", -6: "million", -3: "thousand", 0: "whole number"}

KINDS: dict[Kind, str] = {
    "metric": "Metrics",
    "market_share": "Market shares",
    "investment": "Investments",
    "program": "Programs",
    "partnership": "Partnerships",
    "product": "Products",
    "expansion": "Expansions",
    "statement": "Statements",
}
VERDICTS: dict[Verdict, tuple[str, str]] = {
    "verified": ("Verified", "Every number of the fact stands in the cited passage."),
    "quote_only": ("Quote found", "The fact has no number, and the cited passage is there."),
    "unsupported": ("Not supported", "The cited passage does not give every number of the fact."),
    "unarchived": ("No text archived", "The service has no text of this source to check."),
    "unchecked": ("Not checked", "The service has not checked this citation yet."),
}
_PERIODS: dict[PeriodSaid, str] = {
    "stated": "states the period",
    "mixed": "names several periods",
    "other": "names another period",
    "silent": "states no period",
}
_SUBJECTS: dict[SubjectSaid, str] = {"named": "names the subject", "silent": "does not name the subject"}
_MODALITIES: dict[Modality, str] = {
    "stated": "said as a fact", "expected": "said as expected", "denied": "denied by the passage",
}  # fmt: skip
STEPS: dict[StepClass, tuple[str, str]] = {
    "first": ("First", "The first assertion of this fact."),
    "re_reported": ("Reported again", "The same value, asserted again."),
    "rounding": ("Rounding", "The values differ by no more than their accuracy."),
    "restated": ("Restated", "The publisher says otherwise than before."),
    "rival": ("Rival", "Another publisher says otherwise."),
    "retracted": ("Retracted", "An assertion was taken back."),
    "evidence": ("Checked again", "A later check came to another result."),
}
BASES: dict[Basis, str] = {
    "reported": "reported",
    "estimated": "estimate",
    "forecast": "forecast",
    "planned": "plan",
}


# words of subjects that are written in capitals
_CAPITALS = frozenset(
    (
        "ai",
        "api",
        "b2b",
        "ebit",
        "ebita",
        "ebitda",
        "eps",
        "esg",
        "eu",
        "ip",
        "ipo",
        "llm",
        "saas",
        "uk",
        "usd",
    )
)


class Figure(NamedTuple):
    """A quantity as it is shown."""

    short: str  # rounded where the number is long: "394.3 billion USD"
    exact: str  # every digit: "394,328,000,000 USD"
    data: str  # the number as the API has it; of a span "low/high"
    number: str  # `short` without the unit
    unit: str

    @property
    def is_rounded(self) -> bool:
        """Whether the exact number has to stand beside the short one."""
        return self.short != self.exact


def figure(quantity: Quantity) -> Figure:
    """A quantity for a reader."""
    unit = unit_words(quantity.unit)
    bound = BOUND_WORDS[quantity.bound]
    if quantity.value is not None:
        short, exact, data = _rounded(quantity.value), grouped(quantity.value), quantity.value
    else:
        low, high = quantity.low or "", quantity.high or ""
        short = f"{_rounded(low)} to {_rounded(high)}"
        exact = f"{grouped(low)} to {grouped(high)}"
        data = f"{low}/{high}"
    joined = "" if quantity.unit == "percent" else " "
    shown = "%" if quantity.unit == "percent" else unit
    return Figure(
        f"{bound}{short}{joined}{shown}", f"{bound}{exact}{joined}{shown}", data, f"{bound}{short}", shown
    )


def unit_words(unit: str) -> str:
    """A unit in words: `percentage_points` becomes "percentage points", `USD/shares` "USD per share"."""
    if unit == "pure":
        return ""
    whole, _, part = unit.partition("/")
    return f"{whole} per {part.removesuffix('s')}" if part else whole.replace("_", " ")


def grouped(number: str) -> str:
    """A decimal with its thousands grouped and a true minus sign."""
    return f"{Decimal(normal(number)):,f}".replace("-", "−")


def read_as(quantity: "ReadQuantity") -> str:
    """What was read in a text: "read as at least 5,200,000,000 USD, a level"."""
    ends = [grouped(one) for one in (quantity.value, quantity.low, quantity.high) if one is not None]
    bound = BOUND_WORDS[quantity.bound]
    number = " to ".join(ends)
    sense = _READ_SENSES[quantity.sense]
    return (
        f"read as {bound}{' ' if bound else ''}{number} {unit_words(quantity.unit)}".rstrip() + f", {sense}"
    )


_READ_SENSES: "dict[ReadSense, str]" = {
    "level": "a level",
    "increase": "an increase",
    "decrease": "a decrease",
    "loss": "a loss",
    "other": "neither a level nor a change",
}


def _rounded(number: str) -> str:
    value = Decimal(number)
    for power, word in _SCALES:
        if abs(value) >= Decimal(1).scaleb(power):
            scaled = value.scaleb(-power)
            digits = f"{scaled:.1f}" if abs(scaled) >= 100 else f"{scaled:.2f}"
            return f"{grouped(digits)} {word}"
    if "." in number and abs(value) >= 1000:
        return grouped(f"{value:.0f}")
    if "." in number and len(number.partition(".")[2]) > 4 and abs(value) >= 1:
        return grouped(f"{value:.2f}")
    return grouped(number)


def accuracy(quantity: Quantity) -> str:
    """How accurate a quantity says it is."""
    if quantity.decimals is None:
        return "as stated"
    if quantity.decimals in _ACCURACY:
        return f"to the nearest {_ACCURACY[quantity.decimals]}"
    if quantity.decimals > 0:
        return f"to {quantity.decimals} decimal place{'s' if quantity.decimals > 1 else ''}"
    return f"to the nearest {Decimal(1).scaleb(-quantity.decimals):,f}"


def day(value: date) -> str:
    """A day that nobody can misread: "31 December 2025"."""
    return f"{value.day} {value:%B} {value:%Y}"


def instant(value: datetime) -> str:
    """An instant in UTC: "27 November 2026, 09:52 UTC"."""
    return f"{day(value.date())}, {value:%H:%M} UTC"


def when(period: Period | None) -> str:
    """A period: "2025", "third quarter of 2025", "31 December 2025", "1 October 2024 to 28 September 2025"."""
    if period is None:
        return "no period"
    if period.instant is not None:
        return day(period.instant)
    frame = period.frame
    if frame is not None and "I" not in frame and parse_period(frame).period == period:
        if "Q" not in frame:
            return frame
        return f"{('first', 'second', 'third', 'fourth')[int(frame[5]) - 1]} quarter of {frame[:4]}"
    return f"{day(period.first)} to {day(period.last)}"


def frame(name: str) -> str:
    """A calendar frame: `2019Q1I` becomes "end of 2019 Q1", `2019Q1` "2019 Q1"."""
    year, _, quarter = name.removesuffix("I").partition("Q")
    words = f"{year} Q{quarter}" if quarter else year
    return f"end of {words}" if name.endswith("I") else words


def short_when(period: Period | None) -> str:
    """A period for the column of a table or the axis of a chart: `2025`, `2025 Q3`, `2025-12-31`."""
    if period is None:
        return "—"
    if period.instant is not None:
        return period.instant.isoformat()
    name = period.frame
    if name is not None and "I" not in name:
        return name.replace("Q", " Q")
    return f"{period.first} – {period.last}"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def subject(name: str) -> str:
    """A subject as a heading: `us-gaap:CostOfRevenue` becomes "Cost Of Revenue", `ai-cloud` "AI cloud"."""
    return _capital(" ".join(word.upper() if word in _CAPITALS else word for word in label_of(name).split()))


def is_numbered(slug: str) -> bool:
    """Whether a slug is made of a filer's number, as an import of EDGAR makes them."""
    return slug.startswith("cik-")


def company(slug: str, names: Mapping[str, str] | None = None) -> str:
    """A company's name, if it is among `names`; else its slug as words: `alibaba-cloud` becomes "Alibaba Cloud"."""
    if names is not None and slug in names:
        return names[slug]
    if is_numbered(slug):
        return f"CIK {slug.removeprefix('cik-').lstrip('0')}"
    return " ".join(word[:1].upper() + word[1:] for word in slug.split("-"))


def told(fact: AnyFact) -> str:
    """A fact in words without its company: "36 percent of the AI cloud market in China in 2025"."""
    kind = kind_of(fact)
    words = _capital(sentence(fact.value, fact.dimensions, None))
    if kind == "metric":
        words = f"{subject(fact.subject)}: {words}"
    if fact.period is None or kind == "statement":
        return words
    if fact.period.instant is not None:
        return f"{words} on {when(fact.period)}"
    whole = when(fact.period)
    return f"{words} {f'from {whole}' if ' to ' in whole else f'in the {whole}' if 'quarter' in whole else f'in {whole}'}"


def context(said: PassageContext | None) -> list[str]:
    """What a passage says of a fact beside the numbers, in short words; a name that is there is not mentioned."""
    if said is None:
        return []
    found = [
        f"{one.name} is named nearby" if one.found == "in_paragraph" else f"{one.name} is not named"
        for one in said.names
        if one.found != "in_quote"
    ]
    found += [_PERIODS[said.period]] if said.period else []
    found += [_SUBJECTS[said.subject]] if said.subject else []
    return found + ([_MODALITIES[said.modality]] if said.modality else [])
