"""Fast rendering of imported facts: makes the bytes that `rendering.render_answer` makes, for many facts at once."""

from datetime import datetime

import msgspec

from service.core.imported import series_pointer
from service.edgar.documents import FiledRow, ReadFact


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
        self, fact: ReadFact, entry: FiledRow, version: int, position: int, template: tuple[str, str, str]
    ) -> bytes:
        """The JSON answer of a fact.

        `entry` is its latest row, `version` and `position` that row's numbers in the fact and in the log; `template` is the
        citation's JSON in three parts, between which pointer and number are written.
        """
        low = f"{fact.low:016x}"
        before, between, after = template
        return (
            f"{self._id}{low[:4]}-{low[4:]}{self._key}{fact.span.wire}{self._value}{entry.number}"
            f'"}}}},"known_at":"{entry.filing.filed}","version":{version}{self._recorded}{position}'
            ',"evidence":"verified","disputed":false,"rivals":[],"citations":'
            f"{before}{self._pointer}{entry.place}{between}{entry.number}{after}}}"
        ).encode()
