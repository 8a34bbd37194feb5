"""Frame labels: which row of a series has `"frame": "CY2019Q1"`.

EDGAR does not publish its rule; this one was found from its files. A period belongs to the calendar frame nearest to it
(`Period.frame`). If two periods of a series have one frame, the nearer gets the label. Only the row filed last of a
period shows it. A period that a file labels otherwise is an *exception*: its label in the file is kept.
"""

from collections.abc import Iterable, Mapping
from typing import NamedTuple, TypeVar

from service.core.periods import Period, frame_distance

K = TypeVar("K")


class Claim(NamedTuple):
    """The frame nearest to a period, and the distance: of two claims the smaller distance wins."""

    frame: str  # without EDGAR's `CY`
    distance: tuple[
        int, int, int, int
    ]  # days between the ends and the starts, then ordinals of the first and last day, so that no two are equal


_EXCEPTED = (-1, -1, -1, -1)  # smaller than every distance


def claim(period: Period) -> Claim | None:
    """The claim of a period by the rule; None if it has no frame."""
    frame = period.frame
    if frame is None:
        return None
    by_end, by_start = frame_distance(period, frame)
    order = period.first.toordinal(), period.last.toordinal()
    return Claim(frame, (by_end.days, by_start.days, *order))


def labelled(
    claims: Iterable[tuple[K, Claim | None]], exceptions: Mapping[K, str | None] | None = None
) -> dict[K, str]:
    """The frames of a series by period, from the claims of all its periods. `exceptions` replace claims."""
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
    """Those of `periods` whose label in the file differs from the rule's, with the file's label (None: it has none).

    If a period loses its frame so, the next nearest would have it by the rule, and may be an exception in turn.
    """
    claimed, listed = list(claims), list(periods)
    found: dict[K, str | None] = {}
    while (by_rule := labelled(claimed, found)) != stated:
        others = {
            key: stated.get(key) for key in listed if key not in found and by_rule.get(key) != stated.get(key)
        }
        if not others:
            break  # the file gives one label to two periods
        found |= others
    return found
