"""Normalise digits, spaces and signs, so that the grammar of numbers needs only ASCII digits and a few signs.

Business text has full-width and Arabic-Indic digits, thin spaces between thousands, direction marks and soft hyphens.
Anything that can make a number look different from its code points (an invisible character inside it, digits of two
scripts, a direction override) becomes `BLOCK`, and no number is read beside a `BLOCK`.
"""

import re
import unicodedata

BLOCK = "\x1a"  # no number is read beside it
THIN = "\u2009"  # the thousands mark that wide spaces are folded to

_OVERRIDE = re.compile("[\u202d\u202e]")
_DIGIT_RUN = re.compile(r"\d+")
_WIDE_SPACE = "[\u00a0\u2007\u2009\u202f]"
_WIDE_SPACES = re.compile(f"(?<![0-9_.,'’])[0-9]{{1,3}}(?:{_WIDE_SPACE}[0-9]{{3}})+(?![0-9])|{_WIDE_SPACE}")
# "9・3%" in Japanese newspapers, "１２，３４５" in wide digits
_MARK_WITHIN = re.compile("(?<=[0-9０-９])[・·･](?=[0-9０-９])|(?<=[０-９])，(?=[０-９]{3}(?![０-９]))")
_EACH_WIDE_SPACE = re.compile(_WIDE_SPACE)
_UNSEEN = re.compile(
    "[\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufe00-\ufe0f\ufeff]+"
)

_SIGNS = {
    "\uff04": "$", "\ufe69": "$", "\uffe5": "¥", "\uffe1": "£", "\uffe6": "₩", "\uffe0": "¢",
    "\uff05": "%", "\ufe6a": "%", "\u066a": "%", "\uff0b": "+", "\uff0d": "-", "\uff0e": ".",
    "\u066b": ".", "\u066c": ",", "\u2010": "-", "\u2011": "-", "\ufe63": "-", "\u2012": "–",
    "\uff08": "(", "\uff09": ")", "\u2018": "'", "\u2019": "'", "\u02bc": "'", "\u2032": "′",
    "\u2044": "/", "\uff1c": "<", "\uff1e": ">", "\uff5e": "~", "\u223c": "~", "\u2248": "~",
    "\u2245": "~", "\u2a7e": "≥", "\u2a7d": "≤", "\u2265": "≥", "\u2264": "≤", "\u00d7": "×",
    "\ufe50": ",", "\ufe52": ".", "\ufe54": ";", "\ufe55": ":",
}  # fmt: skip
_SPACES = "\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2008\u200a\u205f\u3000\x85\u2028\u2029"


class _Fold(dict[int, str]):
    """The table for `str.translate`; a code point is looked up when it is first met."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        digit = unicodedata.decimal(char, None) if code > 127 else None
        folded = char if digit is None else str(digit)
        if digit is None and code > 127 and char.isnumeric() and not char.isalpha():
            folded = "†" if char.isdigit() else BLOCK  # a superscript digit marks a footnote
        if len(self) < 4096:  # a hostile text may hold every code point
            self[code] = folded
        return folded


_FOLD = _Fold({ord(k): v for k, v in _SIGNS.items()} | {ord(c): " " for c in _SPACES})


def fold(text: str) -> tuple[str, list[int] | None]:
    """The folded text, and for each of its code points the position in `text` (None if all are the same).

    Takes time linear in the length of `text`. Never raises.
    """
    if text.isascii():
        return text, None
    if _OVERRIDE.search(text):
        # a direction override shows characters in another order than they are stored
        return "", None
    folded = _DIGIT_RUN.sub(_one_script, text) if _foreign_digits(text) else text
    folded = _MARK_WITHIN.sub(lambda found: "," if found.group() == "，" else ".", folded)
    folded = folded.translate(_FOLD)
    folded = _WIDE_SPACES.sub(_thin_or_plain, folded)
    return _without_unseen(folded)


def folded_in_place(text: str) -> str:
    """The folded text, whose code points stand where they stood; the text as it is if that cannot be."""
    folded, _ = fold(text)
    return folded if len(folded) == len(text) else text


def _foreign_digits(text: str) -> bool:
    return any(
        ord(run[-1]) > 127 or ord(run[0]) > 127 or not run.isascii() for run in _DIGIT_RUN.findall(text)
    )


def _one_script(match: re.Match[str]) -> str:
    run = match.group()
    zeros = {ord(char) - unicodedata.decimal(char) for char in run}
    return run if len(zeros) == 1 else BLOCK * len(run)


def _thin_or_plain(match: re.Match[str]) -> str:
    """Wide spaces between groups of three digits become `THIN`, other wide spaces a plain space."""
    found = match.group()
    return " " if len(found) == 1 else _EACH_WIDE_SPACE.sub(THIN, found)


def _without_unseen(text: str) -> tuple[str, list[int] | None]:
    if not _UNSEEN.search(text):
        return text, None
    kept: list[str] = []
    places: list[int] = []
    done = 0
    for match in _UNSEEN.finditer(text):
        start, end = match.span()
        kept.append(text[done:start])
        places.extend(range(done, start))
        if text[start - 1 : start].isdigit() and text[end : end + 1].isdigit():
            kept.append(BLOCK)
            places.append(start)
        done = end
    kept.append(text[done:])
    places.extend(range(done, len(text)))
    return "".join(kept), places
