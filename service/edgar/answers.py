"""Fast rendering of imported facts: makes the bytes that `rendering.render_answer` makes, for many facts at once."""

from datetime import datetime
from typing import Final, NamedTuple

import msgspec

from service.core.imported import series_pointer
from service.edgar.documents import FiledRow, ReadFact

_NEXT: Final = ',{"source":{'  # in JSON no string contains it, since quotes within are escaped


class Template(NamedTuple):
    """The JSON of the citations of an entry about a filing, cut where they meet and where pointer and number are written."""

    filing: str
    document: str
    between: str
    after: str


def cut(template: bytes) -> Template:
    """Cut a stored template."""
    before, between, after = template.decode().split("\0")
    filing, begin, document = before.partition(_NEXT)
    return Template(filing, begin + document, between, after)


class Answers:
    """Renders the facts of one series whose versions were all imported."""

    def __init__(self, company: str, half: int, subject: str, unit: str, recorded_at: datetime) -> None:
        # slugs, subjects and units contain no character that JSON escapes
        self._id = f'{{"kind":"metric","id":"{half >> 32:08x}-{half >> 16 & 0xFFFF:04x}-{half & 0xFFFF:04x}-'
        self._key = (
            f'","company":"{company}","subject":"{subject}","dimensions":{{}},"basis":"reported","period":'
        )
        self._value = f',"value":{{"quantity":{{"unit":"{unit}","value":"'
        self._recorded = (
            f',"status":"asserted","recorded_at":{msgspec.json.encode(recorded_at).decode()},"position":'
        )
        self._pointer = f"{series_pointer(subject, unit)}/"

    def render(
        self, fact: ReadFact, entry: FiledRow, version: int, position: int, template: Template
    ) -> tuple[bytes, bytes]:
        """The JSON answer of a fact in two parts: to its filing's citation, and on from its document's, which has no day.

        `entry` is its latest row, `version` and `position` that row's numbers in the fact and in the log.
        """
        low = f"{fact.low:016x}"
        answer = (
            f"{self._id}{low[:4]}-{low[4:]}{self._key}{fact.span.wire}{self._value}{entry.number}"
            f'"}}}},"known_at":"{entry.filing.filed}","version":{version}{self._recorded}{position}'
            ',"evidence":"verified","disputed":false,"rivals":[],"citations":'
            f"{template.filing}"
        )
        document = f"{template.document}{self._pointer}{entry.place}{template.between}{entry.number}{template.after}}}"
        return answer.encode(), document.encode()
