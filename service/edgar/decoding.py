"""Decodes the files of EDGAR strictly: what is wrong is refused with its JSON pointer."""

import re
from datetime import date
from typing import Final, NoReturn, TypeVar

import msgspec
from msgspec import Raw

from service.core.errors import Invalid
from service.core.places import broken_at, twin_at

_T = TypeVar("_T")

_DEEPEST: Final = 20  # steps of the pointer in the message about too deep nesting
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")  # `date.fromisoformat` takes more, weeks for example
_STEP = re.compile(r"\.([^.\[\]]+)|\[(\d+|\.\.\.)\]")


def refuse(pointer: str, detail: str) -> NoReturn:
    """Raise Invalid with the JSON pointer of what is wrong."""
    raise Invalid(detail, pointer=pointer[:2000])


def refuse_twins(content: bytes, names: int) -> None:
    """Raise Invalid if an object has a name twice, since the decoder would drop the first value without a word.

    `names` is the number of names that were read. If `":` stands that often in the text, no name can be there twice, and
    the slow search is left out.
    """
    colons = content.count(b'":')
    if colons == names or colons - content.count(b'\\":') == names:
        return
    pointer = twin_at(content)
    if pointer is not None:
        refuse(pointer, "the name stands twice in one object")


def decoded(decoder: "msgspec.json.Decoder[_T]", data: bytes | Raw, pointer: str = "") -> "_T":
    """Decode a part of a document that stands at `pointer`. Raises Invalid with the pointer of what is wrong."""
    try:
        return decoder.decode(data)
    except msgspec.ValidationError as error:
        what, _, path = str(error).partition(" - at `")
        steps = [name or place for name, place in _STEP.findall(path.rstrip("`"))]
        refuse(pointer + "".join(f"/{step}" for step in steps), what[:1].lower() + what[1:])
    except RecursionError:
        around = broken_at(bytes(data), "").split("/")[:_DEEPEST]
        refuse(pointer + "/".join(around), "it is nested too deeply")
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raw = bytes(data)
        refuse(pointer + broken_at(raw, str(error)), f"this is not JSON: {error}")


def check_text(content: bytes) -> None:
    """Raise Invalid if the content is not UTF-8: the decoder does not check the fields that it skips."""
    try:
        content.decode()
    except UnicodeDecodeError as error:
        at = broken_at(content[: error.start], "")
        refuse(at, f"this is not UTF-8: {error.reason} at byte {error.start}")


def read_cik(stated: int | str, pointer: str = "/cik") -> int:
    """A CIK that a document gives as a number or as text. Raises Invalid."""
    if isinstance(stated, str):
        if not re.fullmatch("[0-9]{1,10}", stated):
            refuse(pointer, f"{stated!r:.30} is not a CIK: up to ten digits")
        stated = int(stated)
    if not 0 < stated < 10**10:
        refuse(pointer, f"{stated} is not a CIK: up to ten digits, not zero")
    return stated


def read_day(text: str, pointer: str, earliest: date, latest: date) -> date:
    """A date in a document. Raises Invalid if it is no date, or not between `earliest` and `latest`."""
    try:
        day = date.fromisoformat(text) if _DAY.fullmatch(text) else None
    except ValueError:
        day = None
    if day is None:
        refuse(pointer, f"{text!r:.30} is not a date of the calendar, YYYY-MM-DD")
    if not earliest <= day <= latest:
        refuse(pointer, f"{text} lies outside {earliest} to {latest}")
    return day
