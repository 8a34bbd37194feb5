"""What a search finds as of a day or a position: the candidates of `service.search.store`, from what was known then.

Names and labels of then are in no index, so the texts of companies and concepts are made here and matched in one statement.
Misspelt words are not corrected, because the indexes of spellings hold what is known now.
"""

from collections.abc import Sequence
from typing import NamedTuple

from service.core import kinds
from service.core.companies import Company
from service.core.history import Times
from service.core.identity import company_key
from service.core.words import label_of, normal
from service.postgres.database import Session
from service.search.ranking import Alternative
from service.search.store import (
    CompanyFound,
    ConceptFound,
    FactFound,
    Matched,
    PassageFound,
    SeriesFound,
    columns_of,
    fact_of,
    passage_of,
    series_of,
    sql,
)
from service.store import past
from service.store.times import bounds

_ALL = 2**31 - 1  # more than there are


class _Matching(NamedTuple):
    place: int
    matched: Matched


class PastSearch:
    """The candidates as of a day and a position, with the functions of `service.search.store`."""

    def __init__(self, times: Times) -> None:
        self._times = times
        self._bounds = bounds(times)
        self._companies: list[Company] | None = None

    async def alternatives(self, session: Session, words: Sequence[str]) -> list[Alternative]:
        """The words themselves, without those that are searched for nowhere."""
        rows = await session.fetch(sql("search_meant"), list(words)) if words else []
        meant = [word for word, row in zip(words, rows, strict=True) if row["meant"]]
        return [Alternative(place, word, 1.0) for place, word in enumerate(meant)]

    async def _all(self, session: Session) -> list[Company]:
        if self._companies is None:
            self._companies = await past.companies(session, "", None, _ALL, self._times)
        return self._companies

    async def _matching(
        self, session: Session, alternatives: Sequence[Alternative], texts: Sequence[str], limit: int
    ) -> list[_Matching]:
        rows = await session.fetch(sql("search_texts"), *columns_of(alternatives), limit, list(texts))
        return [_Matching(row["place"] - 1, row["matched"]) for row in rows]

    async def companies(
        self, session: Session, alternatives: Sequence[Alternative], limit: int
    ) -> list[CompanyFound]:
        """Companies by the names and identifiers that they had."""
        every = await self._all(session)
        texts = [_words_of(one) for one in every]
        found = await self._matching(session, alternatives, texts, limit)
        return [_company(every[one.place], one.matched) for one in found]

    async def identified(self, session: Session, spelled: Sequence[str], limit: int) -> list[CompanyFound]:
        """Companies that had an identifier with one of these values."""
        wanted = set(spelled)
        found = [one for one in await self._all(session) if wanted & set(one.identifiers.values())]
        return [_company(one, []) for one in found[:limit]]

    async def concepts(
        self, session: Session, alternatives: Sequence[Alternative], limit: int
    ) -> list[ConceptFound]:
        """Concepts by the labels that they had, and by id."""
        every = await past.concepts(session, "", None, _ALL, self._times)
        texts = [normal(f"{one.label or ''} {one.id.partition(':')[0]} {label_of(one.id)}") for one in every]
        return [
            ConceptFound(
                every[one.place].id, every[one.place].label, every[one.place].description, one.matched
            )
            for one in await self._matching(session, alternatives, texts, limit)
        ]

    async def series(
        self, session: Session, alternatives: Sequence[Alternative], of: Sequence[int], limit: int
    ) -> list[SeriesFound]:
        """Series of these companies whose subject has some of the words."""
        every = {company_key(one.slug): one for one in await self._all(session)}
        texts = [_words_of(every[key]) for key in of]
        rows = await session.fetch(
            sql("search_series_then"), *columns_of(alternatives), limit, list(of), texts, *self._bounds
        )
        return series_of(rows)

    async def subjects(
        self, session: Session, alternatives: Sequence[Alternative], limit: int
    ) -> list[SeriesFound]:
        """Series of any company whose subject has every word; if there is none, series with some of the words."""
        arguments = (*columns_of(alternatives), limit, *self._bounds)
        every = await session.fetch(sql("search_subjects_then"), *arguments)
        return series_of(every or await session.fetch(sql("search_subjects_by_any_then"), *arguments))

    async def told(
        self, session: Session, alternatives: Sequence[Alternative], limit: int
    ) -> list[SeriesFound]:
        """Series of facts by the words in their values."""
        return series_of(
            await session.fetch(sql("search_told_then"), *columns_of(alternatives), limit, *self._bounds)
        )

    async def newest(self, session: Session, found: Sequence[SeriesFound]) -> list[FactFound]:
        """The newest fact of each series."""
        places = list(range(len(found)))
        rows = await session.fetch(
            sql("search_newest_then"),
            places,
            [one.company for one in found],
            [one.slot for one in found],
            *self._bounds,
        )
        every = {one.slug: one for one in await self._all(session)}
        labels: dict[str, str | None] = {}
        facts: list[FactFound] = []
        for row in rows:
            slug, subject = row["slug"], row["subject"]
            if row["kind"] == "metric" and subject not in labels:
                concept = await past.concept(session, subject, self._times)
                labels[subject] = None if concept is None else concept.label
            value = kinds.decoded(row["kind"], row["value"]) if row["has_words"] else None
            label = labels.get(subject) if row["kind"] == "metric" else None
            told = None if value is None else kinds.search_words(value)
            of = every.get(slug)
            names = [slug] if of is None else [of.name, *of.aliases]
            facts.append(fact_of(row, names=names, label=label, told=told))
        return facts

    async def sources(
        self, session: Session, alternatives: Sequence[Alternative], limit: int
    ) -> list[PassageFound]:
        """Sources, each by its best passage."""
        rows = await session.fetch(
            sql("search_passages_then"), *columns_of(alternatives), limit, *self._bounds
        )
        return [passage_of(row) for row in rows]


def _words_of(company: Company) -> str:
    identifiers = " ".join(company.identifiers.values())
    return normal(f"{' '.join([company.name, *company.aliases])} {label_of(company.slug)} {identifiers}")


def _company(company: Company, matched: Matched) -> CompanyFound:
    return CompanyFound(
        company_key(company.slug),
        company.slug,
        [company.name, *company.aliases],
        company.identifiers,
        matched,
    )
