"""What a request's headers say about the answer that it takes: media types, conditions, preferences."""

from collections.abc import Mapping
from email.utils import parsedate_to_datetime
from functools import lru_cache

from service.web.contract import HTML


def names_html(accept: str | None) -> bool:
    """Whether an `Accept` header names HTML itself, as browsers do; a wildcard is not enough."""
    weight, precision = preference(accept or "", HTML)
    return weight > 0 and precision == 2


def unmodified(headers: Mapping[str, str], since: str | None) -> bool:
    """Whether `Last-Modified` is not later than an `If-Modified-Since` header."""
    if since is None or "last-modified" not in headers:
        return False
    try:
        return parsedate_to_datetime(headers["last-modified"]) <= parsedate_to_datetime(since)
    except (ValueError, TypeError):  # an invalid date is ignored (RFC 9110 §13.1.3)
        return False


def lists(condition: str | None, tag: str) -> bool:
    """Whether an `If-None-Match` header names a tag, compared weakly (RFC 9110 §8.8.3.2)."""
    if condition is None:
        return False
    return condition.strip() == "*" or tag in {one.strip().removeprefix("W/") for one in condition.split(",")}


def prefers_minimal(prefer: str | None) -> bool:
    """Whether a `Prefer` header says `return=minimal`; if `return` occurs twice, the first counts (RFC 7240 §2)."""
    for preference in (prefer or "").split(","):
        name, _, value = preference.partition(";")[0].partition("=")
        if name.strip().lower() == "return":
            return value.strip().strip('"').lower() == "minimal"
    return False


def acceptable(accept: str, media: str) -> bool:
    """Whether an `Accept` header allows a media type (RFC 9110 §12.5.1)."""
    return not accept.strip() or preference(accept, media)[0] > 0


@lru_cache(1024)  # clients send few different headers, and each request is compared with several media types
def preference(accept: str, media: str) -> tuple[float, int]:
    """The weight that an `Accept` header gives a media type, and how specific the matching range is (2, 1, 0; -1: none)."""
    media = media.split(";", maxsplit=1)[0]
    kind = media.split("/")[0]
    best, weight = -1, 0.0
    for part in accept.split(","):
        name, *parameters = (piece.strip().lower() for piece in part.split(";"))
        precision = {media: 2, f"{kind}/*": 1, "*/*": 0}.get(name, -1)
        if precision > best:
            best, weight = precision, _weight(parameters)
    return weight, best


def _weight(parameters: list[str]) -> float:
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip() == "q":
            try:
                return float(value)
            except ValueError:
                return 0.0
    return 1.0
