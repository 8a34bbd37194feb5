"""The filters of lists: parameter, statement and cursor derive from one entry each."""

import re
from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from typing import Any, get_args, get_type_hints
from uuid import UUID

import asyncpg
import pytest

from service.app import contract
from service.core.errors import Malformed
from service.core.history import NOW, Times
from service.core.lists import Place, fingerprint
from service.core.periods import Period, recency
from service.edgar.store import _FACT_COLUMNS  # pyright: ignore[reportPrivateUsage]: the layout of its own rows
from service.store import filters
from service.store.facts import Told
from service.store.filters import FILTERS, Condition, Conditions, Filter, belonging, kept
from service.store.lists import AskedList, question
from service.store.saving import ANSWER, FactRow, VersionRow, upsert_facts
from service.web.parameters import FilterQuery as Parameters
from tests.clusters import TEMPLATE, Cluster, fetch, run
from tests.statements import fragment

GIVEN: dict[str, Any] = {
    "kind": "metric", "subject": "revenue", "dimension": ["geography:CN"], "basis": "reported", "period": "2025",
    "unit": "USD", "min": "1", "max": "2", "evidence": "verified", "disputed": True, "as_of": "2025-12-31",
    "context": ["period:stated", "names:in_quote"],
    "min_publishers": 2, "field": "market_size", "attributed_to": "analysts", "inferred": ["period"],
}  # fmt: skip
THEN = Times(known_at=date(2025, 6, 30), at=7)


def test_every_filter_is_a_parameter_of_every_list() -> None:
    lists = [one for one in contract().operations if one.query is Parameters]
    assert {one.id for one in lists} >= {"listFacts", "listCompanyFacts", "listSourceFacts"}
    names = set(Parameters.__struct_fields__)
    assert (
        {one.name for one in FILTERS}
        == names - {"known_at", "recorded_at", "at", "limit", "cursor"}
        == set(GIVEN)
    )


def asked() -> Iterator[AskedList]:
    place = Place("acme", "metric", "revenue", 0, UUID(int=1))
    alone: list[Conditions] = [
        kept({**({"unit": "USD"} if name in {"min", "max"} else {}), name: GIVEN[name]}) for name in GIVEN
    ]
    nothing: Conditions = {}
    for keeps in (nothing, *alone, kept({"disputed": False}), kept(GIVEN)):
        for times in (NOW, THEN):
            for company, source in ((None, None), ("acme", None), (None, 1)):
                for after in (None, place):
                    yield AskedList(company, source, keeps, times, after, 51)


async def prepared(dsn: str, texts: Iterable[str]) -> None:
    connection: asyncpg.Connection[asyncpg.Record] = await asyncpg.connect(dsn)
    try:
        for text in texts:
            await connection.prepare(text)
    finally:
        await connection.close()


def test_every_filter_prepares_now_and_at_a_day_in_every_list(cluster: Cluster) -> None:
    texts = {question(one).text for one in asked()}
    assert len(texts) > 100
    run(prepared(cluster.named(TEMPLATE), texts))


def test_what_is_asked_of_an_answer_is_asked_of_what_answered_then() -> None:
    for one in FILTERS:
        if one.name in {"disputed", "min_publishers"}:
            continue  # fragments: see the oracle (tests/api/test_rule.py) and tests/api/test_independence.py
        keeps = kept(
            {"unit": "USD", one.name: GIVEN[one.name]}
            if one.name in {"min", "max"}
            else {one.name: GIVEN[one.name]}
        )
        then = question(AskedList("acme", None, keeps, THEN, None, 51)).text
        columns = re.findall(r"\{of\}\.(\w+)", one.condition(keeps[one.name]).text)
        assert columns
        for column in columns:
            assert re.search(rf"\b{'a' if one.about == 'answer' else 'f'}\.{column}\b", then), one.name


def test_parameters_that_do_not_go_together_are_refused() -> None:
    for given, name in (
        ({"min": "1"}, "unit"),
        ({"unit": "USD", "min": "2", "max": "1"}, "min"),
        ({"period": "2025-02-30"}, "period"),
        ({"as_of": "2025-02-30"}, "as_of"),
        ({"dimension": ["a:b", "a:c"]}, "dimension"),
    ):
        with pytest.raises(Malformed) as refused:
            kept(given)
        assert [flaw.parameter for flaw in refused.value.errors] == [name]


def _added(value: int) -> Condition:
    return Condition(f"{value}")


def test_cursors_of_0_1_0_go_on_whatever_filters_are_added(monkeypatch: pytest.MonkeyPatch) -> None:
    added = Filter("added", int, "key", _added)
    monkeypatch.setattr(filters, "FILTERS", (*FILTERS[:3], added, *FILTERS[3:]))
    assert belonging({"added": 7}) != belonging({"added": 8}) != belonging({})
    assert fingerprint(("acme", None), belonging({}), None) == "e45a5bd323149ed5"
    first = {one.name: GIVEN[one.name] for one in FILTERS if one.absent}  # the filters of 0.1.0
    every = kept({**first, "dimension": ["segment:cloud", "geography:CN"]})
    assert fingerprint(("acme", None), belonging(every), date(2025, 6, 30)) == "23b086d2d377cc28"
    assert every["min"] == Decimal(1)


async def types_of(dsn: str, text: str) -> list[str]:
    connection: asyncpg.Connection[asyncpg.Record] = await asyncpg.connect(dsn)
    try:
        prepared = await connection.prepare(text)
        return [attribute.type.name for attribute in prepared.get_attributes()]
    finally:
        await connection.close()


PYTHON = {"uuid": "UUID", "text": "str", "int4": "int", "int8": "int", "date": "date", "timestamptz": "datetime",
          "bytea": "bytes", "bool": "bool"}  # fmt: skip


def test_what_a_version_is_rendered_from_has_the_types_of_its_struct(cluster: Cluster) -> None:
    row = fragment("told").removeprefix("row(").removesuffix(")")
    text = f"select {row} from facts f join (select v.*, null::evidence_entries as checked from versions v) v on true"
    types = run(types_of(cluster.named(TEMPLATE), f"{text} {fragment('beside')}"))
    hints = get_type_hints(Told)
    assert len(types) == len(Told._fields)
    for name, sort in zip(Told._fields, types, strict=True):
        wanted = [
            one for one in get_args(hints[name]) if isinstance(one, type) and one is not type(None)
        ] or [hints[name]]
        words = any(isinstance(one, str) for one in get_args(hints[name])) or "Literal" in str(hints[name])
        assert PYTHON[sort] == ("str" if words else wanted[0].__name__), name


def test_the_columns_of_facts_and_versions_are_those_of_the_rows(cluster: Cluster) -> None:
    rows = run(
        fetch(
            cluster.named(TEMPLATE),
            "select attrelid::regclass::text as of, attname, format_type(atttypid, atttypmod) as type from pg_attribute"
            " where attrelid in ('facts'::regclass, 'versions'::regclass) and attnum > 0 and not attisdropped"
            " and attgenerated = ''",
        )
    )
    spelled = {"int": "integer"}
    told = {
        (table, name): spelled.get(hint.__metadata__[0], hint.__metadata__[0])
        for table, struct in (("facts", FactRow), ("versions", VersionRow))
        for name, hint in get_type_hints(struct, include_extras=True).items()
        if name in struct._fields
    }
    of_versions = {("versions", "recorded_at"): "timestamp with time zone"}  # one argument for all rows
    assert {(row["of"], row["attname"]): row["type"] for row in rows} == told | of_versions
    assert set(_FACT_COLUMNS) <= set(FactRow._fields)  # those of an import
    hints = get_type_hints(FactRow, include_extras=True)
    assert upsert_facts().count("excluded.") == sum(
        ANSWER in hints[name].__metadata__ for name in FactRow._fields
    )


def test_recency_is_one_in_python_and_in_sql(cluster: Cluster) -> None:
    for day in (date(1000, 1, 1), date(2025, 12, 31), date(9998, 12, 31)):
        text = f"select {fragment('recency', day=f'date {day.isoformat()!r}')} as recency"
        (row,) = run(fetch(cluster.named(TEMPLATE), text))
        assert row["recency"] == recency(Period(instant=day))
