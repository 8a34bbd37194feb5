"""Strict decoding of JSON, with errors that say where the mistake is and what would be right."""

import json
import re
from typing import Generic, TypeVar, cast

import msgspec

from service.core.errors import Malformed
from service.core.explaining import explained
from service.core.places import twin_at, unescaped

T = TypeVar("T")

_NAME_SHOWN = 100
_NDJSON = "NDJSON is one JSON object on each line"
_GZIP = b"\x1f\x8b"
_BYTE = re.compile(r" ?\(byte (\d+)\)$")
_BOMS = {
    b"\xef\xbb\xbf": "UTF-8",
    b"\xff\xfe": "UTF-16",
    b"\xfe\xff": "UTF-16",
    b"\x00\x00\xfe\xff": "UTF-32",
}
# half of a character beyond U+FFFF, without the other half (RFC 8259 §8.2); an escaped backslash is skipped
_SURROGATE = re.compile(
    rb"(?:\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|\\[^u]|\\u(?![dD][89a-fA-F])[0-9a-fA-F]{4}|[^\\])*"
    rb"(\\u[dD][89a-fA-F][0-9a-fA-F]{2})"
)


class Reader(Generic[T]):
    """Decodes JSON of one type."""

    def __init__(self, wanted: object) -> None:
        # a union is not a `type` to the type checker, but msgspec accepts it
        self._wanted = cast("type[T]", wanted)
        self._decoder = msgspec.json.Decoder(self._wanted)

    def read(self, data: bytes, what: str = "the body") -> T:
        """Decode a value. Raises Malformed, with a JSON pointer, if it is not of the type.

        An object with a duplicate name is refused, because decoders differ in which of the two they keep. `what` names the
        data in messages.
        """
        try:
            value = self._decoder.decode(data)
        except msgspec.ValidationError as error:
            raise self._flawed(str(error), data) from error
        except msgspec.DecodeError as error:
            raise Malformed(not_json(data, str(error), what)) from error
        except UnicodeDecodeError as error:
            raise Malformed(not_json(data, "", what)) from error
        except RecursionError as error:
            raise Malformed(f"{what} is nested too deeply") from error
        _refuse_twins(data)
        return value

    def _flawed(self, message: str, data: bytes) -> Malformed:
        try:
            value: object = msgspec.json.decode(data)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            value = msgspec.UNSET  # what follows the mistake cannot be decoded
        mistake = explained(message, self._wanted, value)
        place = (
            f"{'/'.join(mistake.steps)[:_NAME_SHOWN]}: "
            if mistake.steps and not mistake.what.startswith("there is no field")
            else ""
        )
        return Malformed(f"{place}{mistake.what}", pointer=mistake.pointer)


def not_lines(first: bytes) -> str | None:
    """Why an input is not NDJSON, by its first line; None if that line may be one of NDJSON."""
    text = first.strip()
    if any(first.startswith(mark) for mark in _BOMS) or first.startswith(_GZIP):
        return not_json(first, "", "the input")
    if text.startswith(b"["):
        return f"the input is a JSON array; {_NDJSON}: no brackets around and no commas between (jq --compact-output '.[]')"
    if text == b"{":
        return f"the input is JSON over several lines; {_NDJSON} (jq --compact-output '.')"
    return None


def not_json(data: bytes, message: str, what: str) -> str:
    """Why bytes are not JSON. `message` is that of the decoder."""
    if not data.strip():
        return f"{what} is empty; send JSON"
    bom = next((encoding for mark, encoding in _BOMS.items() if data.startswith(mark)), None)
    if bom is not None:
        kind = "" if bom == "UTF-8" else f" of {bom}"
        return f"{what} begins with a byte order mark{kind}; send UTF-8 without one"
    if data.startswith(_GZIP):
        return f"{what} is compressed with gzip; send it as it is"
    if b"\x00" in data[:4]:
        return f"{what} contains NUL bytes, as UTF-16 does; send UTF-8"
    try:
        data.decode()
    except UnicodeDecodeError as error:
        return f"{what} is not UTF-8: byte {error.start} is 0x{data[error.start]:02x}"
    if (surrogate := _SURROGATE.match(data)) is not None and (
        "surrogate" in message or "truncated" in message
    ):
        half = surrogate[1].decode()
        return f"{what} has {half} at byte {surrogate.start(1)}, which is half of a surrogate pair and no character by itself"
    if "truncated" in message:
        return f"{what} is not JSON: it ends before the value is complete"
    found = _BYTE.search(message)
    if found is None:
        return f"{what} is not JSON: {message}"
    told = message[: found.start()].removeprefix("JSON is malformed: ")
    at = int(found[1]) - (told == "trailing characters")  # that is counted from 1
    return f"{what} is not JSON: {_reason(data, at, told)}, at byte {at}"


def _reason(data: bytes, at: int, told: str) -> str:
    """What is wrong with JSON at a byte."""
    here = data[at : at + 1]
    if data.startswith((b"'", b"{'")) or here == b"'":
        return "strings are in double quotes"
    if data[at:].startswith((b"//", b"/*", b"#")):
        return "JSON has no comments"
    if data[at:].startswith((b"NaN", b"Infinity", b"-Infinity")) or data[at - 1 : at + 1] == b"-I":
        return "JSON has no NaN and no Infinity"
    if data[at:].startswith((b"True", b"False", b"None")):
        return "write true, false or null"
    if told.startswith("trailing characters") and here == b",":
        return "a comma follows the value; write nothing between values"
    if told.startswith("trailing characters"):
        return "something follows the value; send one value"
    if told.startswith("invalid character"):
        if here and here < b" ":
            return f"a line break or another control character in a string is written with a backslash (\\n, \\u{here[0]:04x})"
        shown = data[at : at + 20].decode(errors="ignore").split("\n")[0]
        return f"{shown!r} cannot stand here"
    return told


def _refuse_twins(data: bytes) -> None:
    twins = False

    def pairs(found: list[tuple[str, object]]) -> None:
        nonlocal twins
        twins = twins or len(dict(found)) != len(found)

    json.loads(data, object_pairs_hook=pairs, parse_int=len, parse_float=len)
    if twins and (pointer := twin_at(data)) is not None:
        name = unescaped(pointer.rpartition("/")[2])
        raise Malformed(f"the name {name[:_NAME_SHOWN]!r} stands twice in one object", pointer=pointer)
