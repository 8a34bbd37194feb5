"""A write of a description answers what it wrote, even with concurrent writers, in the bytes of a read at that position."""

from typing import Any

import httpx
import pytest

from tests import bodies
from tests.bodies import company
from tests.running import InProcess

WRITERS = 40
EVERYTHING: dict[str, Any] = company(
    "acme",
    name="Ácme “Group”",
    aliases=["Acme", "アクメ", "ACME/2"],
    identifiers={"wikidata": "q1359568", "cik": "0001577552", "b2": "x", "a10": "y", "isin": "US01609W1027", "ticker": "acm"},
    country="CN",
    parent="whole",
    profile={
        "listings": [{"ticker": "ACM", "exchange": "NYSE"}, {"ticker": "ACN"}],
        "industry": {"code": "7372", "label": "Software"},
        "business_address": {"street": ["1 Main Street"], "city": "Town", "postal_code": "1"},
    },
)  # fmt: skip


def at_its_position(answer: httpx.Response) -> int:
    """The `Log-Position` of an answer, which must equal the position in its body."""
    return int(answer.headers["log-position"])


@pytest.mark.parametrize("path", ["/v1/companies", "/v1/concepts"])
def test_a_write_among_others_answers_what_it_wrote(api: InProcess, path: str) -> None:
    def said(number: int) -> dict[str, Any]:
        if path == "/v1/companies":
            return company(name=f"Acme {number}", aliases=[f"A{number}"])
        return {"id": "revenue", "label": f"Revenue {number}"}

    sent = [said(number) for number in range(WRITERS)]
    answers = api.together([api.request_of("POST", path, json=one) for one in sent])
    for one, answer in zip(sent, answers, strict=True):
        assert answer.status_code == 201
        told = answer.json()
        assert {name: told[name] for name in one} == one
        assert told["position"] == at_its_position(answer)
    assert sorted(map(at_its_position, answers)) == [*range(1, WRITERS + 1)]


def test_children_are_those_of_the_position_that_is_told(api: InProcess) -> None:
    api.made("/v1/companies", company("whole"))
    start = api.position()
    sent = [
        one
        for number in range(WRITERS // 4)
        for one in (
            company("whole", name=f"Whole {number}"),
            company(f"part-{number:02}", parent="whole"),
            company(
                f"part-{number - 1:02}" if number % 3 == 2 else f"other-{number}"
            ),  # which leaves, or is alone
        )
    ]
    answers = api.together([api.request_of("POST", "/v1/companies", json=one) for one in sent])
    children: set[str] = set()
    for answer in sorted(answers, key=at_its_position):
        assert answer.status_code == 201
        told = answer.json()
        assert told["position"] == at_its_position(answer)
        if told["parent"] == "whole":
            children.add(told["slug"])
        else:
            children.discard(told["slug"])
        assert told["children"] == (sorted(children) if told["slug"] == "whole" else [])
    assert at_its_position(answers[-1]) > start
    assert api.found("/v1/companies/whole")["children"] == sorted(children)


def test_an_answer_to_a_write_is_a_read_of_it(api: InProcess) -> None:
    api.made("/v1/companies", company("whole", identifiers={"zz": "1", "lei": "549300MLUDYVRQOOXS22"}))
    parts = [
        company("part", parent="acme"),
        company("a-part", parent="acme"),
        company("part2", parent="acme"),
    ]
    for described in (EVERYTHING, *parts, {**EVERYTHING, "name": "Acme"}, company("part"), company("acme")):
        for status in (201, 200):  # first recorded, then unchanged
            answer = api.post("/v1/companies", described)
            assert answer.status_code == status
            read = api.get(f"/v1/companies/{described['slug']}")
            assert answer.content == read.content
            assert answer.headers["location"] == f"/v1/companies/{described['slug']}"
    for concept in (
        {"id": "revenue"},
        {"id": "revenue", "label": "Revenue", "description": "What is sold.\nAnd more."},
        {"id": "us-gaap:Revenues", "label": "Ünits"},
    ):
        for status in (201, 200):
            answer = api.post("/v1/concepts", concept)
            assert answer.status_code == status
            assert answer.content == api.get(f"/v1/concepts/{concept['id']}").content


def test_a_source_that_others_archive_is_answered_as_it_was_written(api: InProcess) -> None:
    texts = [f"Acme had a {number}% market share." for number in range(WRITERS // 2)]
    bare = [bodies.source(None, sha256=bodies.source_id(text).removeprefix("sha256:")) for text in texts]
    requests: list[httpx.Request] = []
    for one, text in zip(bare, texts, strict=True):
        requests += [
            api.request_of("POST", "/v1/sources", json=one),
            api.request_of("POST", "/v1/sources", json=bodies.source(text)),
        ]
    answers = api.together(requests)
    for described, archived in zip(answers[::2], answers[1::2], strict=True):
        assert archived.status_code == 201
        assert archived.json()["archived"]
        before = at_its_position(described) < at_its_position(archived)
        assert described.json()["archived"] == (not before)
