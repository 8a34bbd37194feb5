"""The frame labels of a series: which row carries `CY2019Q1`.

EDGAR's rule, read off its own files: a period stands for the calendar frame it is nearest to
(`Period.frame`); where two periods compete for one frame the nearer has it; and of the rows of a period
only the one filed last carries the label. Where a file has a label that this rule does not give, or none
where it gives one, the file's word on that period stands: an *exception*.
"""

from collections.abc import Iterable, Mapping
from typing import NamedTuple, TypeVar

from service.core.periods import Period, frame_distance

K = TypeVar("K")


class Claim(NamedTuple):
    """The frame that a period may stand for, and how far it lies from it: less wins."""

    frame: str  # without EDGAR's `CY`
    distance: tuple[
        int, int, int, int
    ]  # of the ends, of the starts; then the earlier, so that no two are equal


_EXCEPTED = (-1, -1, -1, -1)  # nearer than any


def claim(period: Period) -> Claim | None:
    """What a period claims by the rule."""
    frame = period.frame
    if frame is None:
        return None
    by_end, by_start = frame_distance(period, frame)
    order = period.first.toordinal(), period.last.toordinal()
    return Claim(frame, (by_end.days, by_start.days, *order))


def labelled(
    claims: Iterable[tuple[K, Claim | None]], exceptions: Mapping[K, str | None] | None = None
) -> dict[K, str]:
    """The frame of each period of a series that has one, given what all of them claim."""
    nearest: dict[str, tuple[tuple[int, ...], K]] = {}
    for key, by_rule in claims:
        claimed = by_rule
        if exceptions and key in exceptions:
            frame = exceptions[key]
            claimed = None if frame is None else Claim(frame, _EXCEPTED)
        if claimed is None:
            continue
        held = nearest.get(claimed.frame)
        if held is None or claimed.distance < held[0]:
            nearest[claimed.frame] = claimed.distance, key
    return {key: frame for frame, (_, key) in nearest.items()}


def exceptions(
    claims: Iterable[tuple[K, Claim | None]], stated: Mapping[K, str], periods: Iterable[K]
) -> dict[K, str | None]:
    """The periods whose label, as a file states it, is not the rule's; with the file's label."""
    by_rule = labelled(claims)
    if by_rule == stated:
        return {}
    return {key: stated.get(key) for key in periods if by_rule.get(key) != stated.get(key)}
