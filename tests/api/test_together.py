"""Batched reads: each gets the answer that it would get by itself, also with concurrent writes."""

import itertools
import random
import re
from collections.abc import Sequence

import httpx
import pytest

from tests.bodies import company, metric, source, statement
from tests.effort import some
from tests.running import InProcess

COMPANIES = ("acme", "bolt", "crux", "dyne")
SUBJECTS = ("revenue", "costs", "staff")
DAYS = ("2020-06-30", "2022-06-30", "2024-06-30")
YEARS = range(2017, 2023)


def assertions(cited: str, generation: int) -> list[dict[str, object]]:
    """Assertions for every company and subject. Later generations restate some of them."""
    found: list[dict[str, object]] = [
        metric(
            cited, f"{generation + 1}{year}{len(subject)}{len(slug)}", company=slug, subject=subject,
            period={"start": f"{year}-01-01", "end": f"{year}-12-31"},
            known_at=f"{year + 1 + 2 * (generation % 2)}-03-0{1 + generation % 9}",
        )
        for slug, subject, year in itertools.product(COMPANIES, SUBJECTS, YEARS)
        if generation == 0 or (year + len(subject) + generation) % 3 == 0
    ]  # fmt: skip
    words = [statement(cited, f"{slug} is well ({generation}).", company=slug) for slug in COMPANIES]
    return found + words


@pytest.fixture
def cited(api: InProcess) -> str:
    """Record two generations of facts; returns the id of the source that they cite."""
    for slug in COMPANIES:
        api.made("/v1/companies", company(slug, identifiers={"ticker": slug.upper()}))
    cited = api.made("/v1/sources", source(published_at="2010-01-01"))["id"]
    for generation in range(2):
        sent = [api.request_of("POST", "/v1/facts", json=body) for body in assertions(cited, generation)]
        assert {answer.status_code for answer in api.together(sent)} == {201}
    return cited


def reads(api: InProcess) -> list[str]:
    """Reads of every kind that is batched, including later pages and refused reads."""
    times = ("", *(f"&known_at={day}" for day in DAYS), f"&at={api.position() // 2}", "&at=99999")
    paths = [
        f"/v1/companies/{slug}/facts?limit={limit}{kept}{then}"
        for slug, limit, kept, then in itertools.product(
            (*COMPANIES, "nobody", "ticker:BOLT"), (1, 5, 150), ("", "&kind=metric", "&kind=metric&subject=costs"), times
        )
    ]  # fmt: skip
    paths += [
        f"/v1/series?company={slug}&subject={subject}&limit={limit}&sort={sort}{then}"
        for slug, subject, limit, sort, then in itertools.product(
            (*COMPANIES, "nobody"), (*SUBJECTS, "nothing"), (2, 150), ("period", "-period"), times
        )
    ]  # fmt: skip
    paths += [
        f"/v1/lookup?company={slug}&kind=metric&subject={subject}{then}"
        for slug, subject, then in itertools.product((*COMPANIES, "nobody"), SUBJECTS, times)
    ]
    facts = api.found("/v1/facts", limit=1000)["items"]
    paths += [f"/v1/facts/{fact['id']}?{then[1:]}" for fact, then in itertools.product(facts[::7], times)]
    return paths


def told(response: httpx.Response) -> tuple[int, str, str | None, str | None]:
    """The content of an answer; for a problem, without its request id."""
    said = re.sub(r'"request_id":"[^"]*"', "", response.text)
    return response.status_code, said, response.headers.get("etag"), response.headers.get("log-position")


def continued(answers: Sequence[httpx.Response]) -> list[str]:
    """The paths of the next pages."""
    return [answer.links["next"]["url"] for answer in answers if "next" in answer.links]


@pytest.mark.long
@pytest.mark.usefixtures("cited")
def test_each_gets_its_own_answer(api: InProcess) -> None:
    paths = reads(api)
    first = [api.get(path) for path in paths]
    paths += continued(first)
    alone = {path: told(api.get(path)) for path in paths}
    assert {status for status, *_ in alone.values()} == {200, 404, 422}
    assert len({said for _, said, *_ in alone.values()}) > len(paths) / 4, "they have to differ"
    rng = random.Random(7)
    for _ in range(some(1)):
        asked = rng.sample(paths, len(paths))
        answers = api.together([api.request_of("GET", path) for path in asked])
        for path, answer in zip(asked, answers, strict=True):
            assert told(answer) == alone[path], path


def test_each_is_of_its_position_while_others_write(api: InProcess, cited: str) -> None:
    rng = random.Random(11)
    paths = [path for path in reads(api) if not re.search(r"[?&]at=|nobody|nothing", path)]
    asked = [api.request_of("GET", path) for path in paths]
    asked += [api.request_of("POST", "/v1/facts", json=body) for g in (2, 3) for body in assertions(cited, g)]
    rng.shuffle(asked)
    positions: set[int] = set()
    for start in range(0, len(asked), 40):
        wave, before = asked[start : start + 40], api.position()
        for request, answer in zip(wave, api.together(wave), strict=True):
            if request.method == "POST" or answer.status_code != 200:
                continue
            at = int(answer.headers["log-position"])
            assert before <= at <= api.position()
            positions.add(at)
            path = request.url.raw_path.decode().rstrip("?&")
            pinned = api.get(f"{path}{'&' if '?' in path else '?'}at={at}")
            assert pinned.text == answer.text, path
    assert len(positions) > 5, "the writes have to come in between"
