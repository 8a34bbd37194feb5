"""What a document shows of an answer, compared with the answer."""

from typing import Any, cast


def missing(shown: Any, found: Any, at: str = "") -> list[str]:
    """Where an answer has not what is shown of it; objects may have more."""
    if isinstance(shown, dict) and isinstance(found, dict):
        answer = cast("dict[str, Any]", found)
        return [
            place
            for name, value in cast("dict[str, Any]", shown).items()
            for place in missing(value, answer.get(name), f"{at}/{name}")
        ]
    if isinstance(shown, list) and isinstance(found, list):
        ours, theirs = cast("list[Any]", shown), cast("list[Any]", found)
        if len(ours) != len(theirs):
            return [f"{at} has {len(theirs)} items"]
        return [
            place
            for n, pair in enumerate(zip(ours, theirs, strict=True))
            for place in missing(*pair, f"{at}/{n}")
        ]
    return [] if shown == found else [f"{at} is {found!r}, not {shown!r}"]
