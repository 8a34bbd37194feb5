"""Resolve and check the citations of an assertion, in this process or, for long texts, in a helper process."""

from collections.abc import Mapping, Sequence
from hashlib import sha256
from typing import Final, NamedTuple

import msgspec

from service.core import kinds, passages
from service.core.citations import (
    AnySelector,
    Citation,
    Cite,
    CitedSource,
    Evidence,
    JsonPointer,
    TextQuote,
    Verdict,
)
from service.core.errors import CompanyFactsError, Invalid
from service.core.sources import Snapshot, is_page
from service.core.states import SourceState
from service.evidence.about import About

LONG: Final = 20_000  # code points; longer texts go to a helper process, so that other requests go on
_POINTED_AT: Final = 20  # finding a JSON entry is that many times as fast as reading a passage
_PARSED_AT: Final = 5  # and parsing a page


class Examination(NamedTuple):
    """The arguments of `examine`."""

    value: kinds.Value
    cites: Sequence[Cite]
    cited: Sequence[SourceState]
    about: About
    refuse: bool = True

    @property
    def is_long(self) -> bool:
        """Whether the texts are too long to be read in this process."""
        return sum(map(cost, self.cites, self.cited)) > LONG

    @property
    def is_loaded(self) -> bool:
        """Whether every archived text that it reads is loaded."""
        return all(source.snapshot is not None for source in self.cited if source.archived)

    @property
    def key(self) -> bytes:
        """A hash of everything that the result depends on."""
        texts = [[source.id, source.archived, source.text and source.text.extractor] for source in self.cited]
        described = [msgspec.to_builtins(source.description) for source in self.cited]
        asked = [type(self.value).__name__, self.value, self.cites, texts, described]
        return sha256(msgspec.json.encode([asked, self.about, self.refuse])).digest()


Examined = dict[bytes, "tuple[list[Citation], Verdict] | CompanyFactsError"]  # by the key of the examination


def cost(cite: Cite, source: SourceState) -> int:
    """How many code points have to be read for a citation of the source; an entry of JSON is found faster.

    Of a page its HTML counts, too: its tables may be read.
    """
    if not source.archived or source.text is None:
        return 0
    if isinstance(cite.selector, JsonPointer):
        return source.text.size // _POINTED_AT
    page = (
        len(source.snapshot.content) if source.snapshot is not None and is_page(source.text.media_type) else 0
    )
    return max(source.text.size, page // _PARSED_AT)


class Unexamined(Exception):
    """Long texts have to be examined in a helper process before the request can be decided."""

    def __init__(self, examinations: Sequence[Examination]) -> None:
        super().__init__("long texts are not examined")
        self.examinations = examinations


def examine(
    value: kinds.Value,
    cites: Sequence[Cite],
    cited: Sequence[SourceState],
    about: About,
    refuse: bool = True,
) -> tuple[list[Citation], Verdict]:
    """Resolve and check each citation; returns them with the verdict on the fact.

    `cited` has the source of each of `cites`.
    With `refuse`, raises Invalid or QuoteNotFound if a selector does not fit its archived text; without, that
    citation is `unsupported`.
    """
    from service.evidence import (
        check as evidence,
    )  # imported here: only writes need the reader and its tables

    found: list[Citation] = []
    for place, (cite, source) in enumerate(zip(cites, cited, strict=True)):
        selector, checked = cite.selector, Evidence(verdict="unarchived")
        if source.archived and source.snapshot is not None:
            try:
                selector, passage = passages.resolve(
                    selector,
                    source.snapshot.text,
                    public=source.description.redistribute,
                    pointer=f"/citations/{place}",
                    entries=source.snapshot.entries,
                    searchable=source.snapshot.searchable,
                )
                language = source.description.language or ""
                checked = evidence.check(value, passage, about, language, source.snapshot)
                if not source.description.redistribute and not isinstance(selector, TextQuote):
                    checked = evidence.withheld(checked)  # a quote shows no more than the client sent
            except Invalid as error:
                if refuse:
                    raise
                checked = evidence.missing(value, error.detail)
        found.append(_citation(source, selector, checked))
    return found, evidence.overall(value, [citation.evidence for citation in found])


class Apart(NamedTuple):
    """Examinations without their texts, and which texts they need."""

    bare: list[Examination]
    texts: dict[str, Snapshot | None]  # by `ArchivedText.name`; None: not loaded
    keys: dict[str, int]  # of the texts' sources


def apart(examinations: Sequence[Examination]) -> Apart:
    """The examinations without their texts, so that each text is loaded and sent only once, or not at all."""
    made = Apart([], {}, {})
    for one in examinations:
        for source in one.cited:
            if source.archived and source.text is not None:
                name = source.text.name(source.id)
                made.keys[name] = source.key
                made.texts[name] = made.texts.get(name) or source.snapshot
        cited = [msgspec.structs.replace(source, snapshot=None) for source in one.cited]
        made.bare.append(one._replace(cited=cited))
    return made


def examine_apart(texts: Mapping[str, Snapshot], bare: Examination) -> tuple[list[Citation], Verdict]:
    """`examine` in the form that `asides` calls in a helper process, with the output of `apart`."""
    cited = [
        msgspec.structs.replace(source, snapshot=texts[source.text.name(source.id)])
        if source.archived and source.text is not None
        else source
        for source in bare.cited
    ]
    return examine(*bare._replace(cited=cited))


def _citation(source: SourceState, selector: AnySelector | None, checked: Evidence) -> Citation:
    described = source.description
    return Citation(
        source=CitedSource(
            id=source.id, title=described.title, publisher=described.publisher, author=described.author,
            url=described.url, published_at=described.published_at, archived=source.archived,
        ),
        selector=selector,
        evidence=checked,
        link=passages.link(described.url, selector),
    )  # fmt: skip
