"""Identifiers that move between companies: one at a time, all at once, in one import. Each way ends alike."""

import itertools
import json
from typing import Any, NamedTuple

from hypothesis import given, settings
from hypothesis import strategies as st

from tests import bodies
from tests.effort import examples
from tests.running import InProcess

LINES = {"Content-Type": "application/x-ndjson"}
_runs = itertools.count(1)


class Said(NamedTuple):
    """A description of one of three companies: what it is known by."""

    company: int
    ticker: str | None
    cik: int | None
    listed: list[str]
    parent: int | None

    def body(self, run: str, number: int) -> dict[str, Any]:
        """The description, in a world of its own: no other run has these companies and identifiers."""
        identifiers = {
            **({} if self.ticker is None else {"ticker": f"{self.ticker}.{run}"}),
            **({} if self.cik is None else {"cik": f"{self.cik}{number:06}"}),
        }
        listings = [{"ticker": f"{one}.{run}"} for one in self.listed]
        described = bodies.company(f"c{self.company}-{run.lower()}", identifiers=identifiers)
        if self.parent is not None:
            described["parent"] = f"c{self.parent}-{run.lower()}"
        return {**described, **({"profile": {"listings": listings}} if listings else {})}


# few of each, in capitals or not, so that most are wanted by several
_TICKERS = st.sampled_from(["A", "B", "a"])
STEPS = st.lists(
    st.builds(
        Said,
        company=st.integers(1, 3),
        ticker=st.none() | _TICKERS,
        cik=st.none() | st.integers(1, 2),
        listed=st.lists(_TICKERS, max_size=2),
        parent=st.none() | st.integers(1, 3),
    ),
    min_size=2,
    max_size=12,
)


def world(api: InProcess, run: str, number: int) -> dict[str, Any]:
    """What there is in the end, without what tells one world from another."""

    def plain(text: str) -> Any:
        return json.loads(text.replace(run, "").replace(run.lower(), "").replace(f"{number:06}", ""))

    found: dict[str, Any] = {}
    for company in (1, 2, 3):
        answer = api.get(f"/v1/companies/c{company}-{run.lower()}")
        found[f"c{company}"] = plain(answer.text) if answer.status_code == 200 else None
        if found[f"c{company}"] is not None:
            del found[f"c{company}"]["recorded_at"], found[f"c{company}"]["position"]
    for ref in (f"ticker:A.{run}", f"ticker:B.{run}", f"cik:1{number:06}", f"cik:2{number:06}"):
        answer = api.get(f"/v1/companies/{ref}")
        assert answer.status_code in {200, 404}
        found[ref.split(run)[0][:8]] = plain(answer.text)["slug"] if answer.status_code == 200 else None
    return found


def test_every_way_of_moving_identifiers_ends_alike(api: InProcess) -> None:
    @settings(max_examples=examples(15))
    @given(steps=STEPS)
    def each(steps: list[Said]) -> None:
        runs = [(f"R{n:05}", n) for n in itertools.islice(_runs, 3)]
        (one, first), (other, second), (third, last) = runs
        answers = [api.post("/v1/companies", step.body(one, first)) for step in steps]
        statuses = [answer.status_code for answer in answers]
        assert {*statuses} <= {200, 201, 409, 422}
        end = world(api, one, first)
        # at once: requests that share a transaction
        together = api.together(
            [api.request_of("POST", "/v1/companies", json=step.body(other, second)) for step in steps]
        )
        assert [answer.status_code for answer in together] == statuses
        assert world(api, other, second) == end
        # in one import: what was taken is taken again; with what was refused, all is refused and nothing recorded
        taken = [step for step, status in zip(steps, statuses, strict=True) if status < 300]
        if len(taken) < len(steps):
            lines = bodies.ndjson(*({"company": step.body(third, last)} for step in steps))
            refused = api.post("/v1/imports", content=lines, headers=LINES)
            assert refused.status_code in {409, 422}
            assert {*world(api, third, last).values()} == {None}
        lines = bodies.ndjson(*({"company": step.body(third, last)} for step in taken))
        assert api.post("/v1/imports", content=lines, headers=LINES).status_code == 200
        assert world(api, third, last) == end

    each()
