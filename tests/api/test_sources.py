"""Sources, their archived text, and citing passages in them."""

import base64
import hashlib
import json
from typing import Any
from urllib.parse import unquote

import pytest
import requests

from service.operations.exchange import export_lines
from service.operations.verifying import verify
from service.postgres.database import opened
from tests.bodies import (
    cite,
    company,
    market_share,
    metric,
    ndjson,
    quantity,
    quote,
    source,
    source_id,
    statement,
)
from tests.clusters import Cluster, run
from tests.contract.browser import CHROMIUM, Browser
from tests.running import PATIENCE, InProcess, Server

TEXT = (
    "Acme grew. In 2025 its share of widgets was 36%.\n\n"
    "In 2024 its share of widgets was 28%. 𝔸𝕔𝕞𝕖 sold 5 anvils 🎉 and 7 rockets.\n\n"
    "The share of widgets – well – was discussed at length.\n"
)


LINES = {"Content-Type": "application/x-ndjson"}


@pytest.fixture
def cited(api: InProcess) -> str:
    """Record a source with the text above and a URL."""
    api.made("/v1/companies", company())
    return api.made("/v1/sources", source(TEXT, url="https://example.org/report"))["id"]


def citing(*citations: dict[str, Any], **fields: Any) -> dict[str, Any]:
    return statement("", citations=[*citations], **fields)


def selector_of(api: InProcess, citation: dict[str, Any]) -> dict[str, Any]:
    """The selector as resolved by the service."""
    made = api.post("/v1/facts", citing(citation))
    assert made.status_code in {200, 201}, made.text
    return made.json()["citations"][0]["selector"]


def refusal(api: InProcess, citation: dict[str, Any]) -> dict[str, Any]:
    answer = api.post("/v1/facts", citing(citation))
    assert answer.status_code == 422, answer.text
    return answer.json()


# -- recording -----------------------------------------------------------------------------------


def test_a_source_is_named_by_its_content(api: InProcess) -> None:
    answer = api.post(
        "/v1/sources", source(TEXT, author="A. Writer", note="Read\nthis.", url="https://example.org/")
    )
    assert answer.status_code == 201
    made = answer.json()
    assert made["id"] == source_id(TEXT)
    assert made["archived"]
    assert answer.headers["location"] == f"/v1/sources/{made['id']}"
    assert int(answer.headers["log-position"]) == 2, "the source and its snapshot"
    assert made["position"] == 1
    assert api.found(f"/v1/sources/{made['id']}") == made
    text = api.get(f"/v1/sources/{made['id']}/text")
    assert text.content == TEXT.encode()
    again = api.post(
        "/v1/sources", source(TEXT, author="A. Writer", note="Read\nthis.", url="https://example.org/")
    )
    assert (again.status_code, again.json()) == (200, made)
    assert api.position() == 2


def test_a_source_is_named_by_a_hash_or_an_address_where_that_is_all(api: InProcess) -> None:
    hashed = api.made("/v1/sources", source(None, sha256=source_id(TEXT)[7:]))
    assert (hashed["id"], hashed["archived"]) == (source_id(TEXT), False)
    url = "https://example.org/a?b=c#d"
    addressed = api.made("/v1/sources", source(None, url=url))
    assert addressed["id"] == f"url:{hashlib.sha256(url.encode()).hexdigest()}"
    nameless = api.post("/v1/sources", source(None))
    assert nameless.status_code == 422
    wrong = api.post("/v1/sources", source(TEXT, sha256="0" * 64))
    assert wrong.status_code == 422
    assert wrong.json()["errors"][0]["pointer"] == "/sha256"
    for missing in (hashed["id"], addressed["id"]):
        assert api.get(f"/v1/sources/{missing}/text").status_code == 404
    assert api.get(f"/v1/sources/sha256:{'0' * 64}").status_code == 404


@pytest.mark.parametrize(
    "change",
    [
        {"title": "Another"},
        {"publisher": None},
        {"author": "Another"},
        {"published_at": "2025-01-02"},
        {"redistribute": False},
        {"media_type": "text/markdown"},
        {"note": "More."},
    ],
)
def test_what_is_said_of_a_source_never_changes(api: InProcess, change: dict[str, Any]) -> None:
    api.made("/v1/sources", source(TEXT))
    answer = api.post("/v1/sources", source(TEXT, **change))
    assert answer.status_code == 409
    assert [error["pointer"] for error in answer.json()["errors"]] == [f"/{next(iter(change))}"]
    assert api.position() == 2


def test_a_list_of_sources_is_in_the_order_recorded(api: InProcess) -> None:
    made = [api.made("/v1/sources", source(f"Text {n}.", title=f"Report {n}")) for n in range(5)]
    assert api.found("/v1/sources")["items"] == made
    page = api.found("/v1/sources", limit=3)
    assert page["items"] + api.found("/v1/sources", limit=3, cursor=page["next"])["items"] == made
    assert api.found("/v1/sources", q="REPORT 3")["items"] == [made[3]]


def test_content_that_is_no_text_is_sent_as_bytes(api: InProcess) -> None:
    page = '<html><head><meta charset="iso-8859-1"></head><body><p>Müller hält 36%</p></body></html>'.encode(
        "latin-1"
    )
    encoded = base64.b64encode(page).decode()
    made = api.made("/v1/sources", source(None, base64=encoded, media_type="text/html"))
    assert made["id"] == f"sha256:{hashlib.sha256(page).hexdigest()}"
    assert "Müller hält 36%" in api.get(f"/v1/sources/{made['id']}/text").text
    both = api.post("/v1/sources", source("x", base64=encoded))
    assert both.status_code == 422
    assert both.json()["errors"][0]["pointer"] == "/base64"
    assert api.post("/v1/sources", source(None, base64="no base64!")).status_code == 400


# -- text as clients decode it -------------------------------------------------------------------


def share_in(server: Server) -> tuple[str, int, int]:
    """The address of a text that is not ASCII on `server`, which the tests share, and where "36%" stands in it."""
    text = "Größe – 𝔸𝕔𝕞𝕖’s share was 36%."
    server.post("/v1/sources", source(text))
    server.post("/v1/companies", company())
    fact = server.post("/v1/facts", statement("", citations=[quote(source_id(text), "36%")])).json()
    selector = fact["citations"][0]["selector"]
    return f"{server.base}/v1/sources/{source_id(text)}/text", selector["start"], selector["end"]


def test_the_text_says_its_charset_so_that_requests_counts_as_the_service_does(server: Server) -> None:
    url, start, end = share_in(server)
    answer = requests.get(url, timeout=PATIENCE)
    assert answer.headers["content-type"] == "text/plain; charset=utf-8"
    assert answer.text[start:end] == "36%"


@pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not on this machine")
def test_a_browser_shows_the_text_as_it_was_archived(server: Server) -> None:
    url, start, end = share_in(server)
    with Browser() as browser:
        browser.open(url)
        assert browser.value("document.characterSet") == "UTF-8"
        assert browser.value(f"Array.from(document.body.innerText).slice({start}, {end}).join('')") == "36%"


# -- late snapshots ----------------------------------------------------------------------------


def put(api: InProcess, source: str, content: bytes, media: str = "text/plain") -> Any:
    return api.put(f"/v1/sources/{source}/snapshot", content=content, headers={"Content-Type": media})


def test_a_late_snapshot_is_checked_against_every_citation(api: InProcess) -> None:
    api.made("/v1/companies", company())
    late = api.made("/v1/sources", source(None, sha256=source_id(TEXT)[7:]))["id"]
    good = api.made("/v1/facts", market_share("", citations=[quote(late, "widgets was 36%")]))
    bad = api.made("/v1/facts", market_share("", "40", subject="gadgets", citations=[quote(late, "was 36%")]))
    gone = api.made("/v1/facts", metric("", subject="lost", citations=[quote(late, "not there at all")]))
    plain = api.made("/v1/facts", citing(cite(late, type="text_position", start=0, end=10)))
    assert {fact["evidence"] for fact in (good, bad, gone, plain)} == {"unarchived"}
    before = {f["id"]: api.get(f"/v1/facts/{f['id']}") for f in (good, bad, gone, plain)}
    head = api.position()
    answer = put(api, late, TEXT.encode())
    assert answer.status_code == 201
    assert answer.json()["archived"]
    verdicts = {f["id"]: api.found(f"/v1/facts/{f['id']}") for f in (good, bad, gone, plain)}
    assert [verdicts[f["id"]]["evidence"] for f in (good, bad, gone, plain)] == [
        "verified",
        "unsupported",
        "unsupported",
        "quote_only",
    ]
    found = verdicts[good["id"]]["citations"][0]
    start = TEXT.index("widgets was 36%")
    assert (found["selector"]["start"], found["selector"]["end"]) == (start, start + len("widgets was 36%"))
    assert found["source"]["archived"]
    assert verdicts[plain["id"]]["citations"][0]["selector"]["exact"] == TEXT[:10]
    assert verdicts[good["id"]]["version"] == 1, "evidence makes no version"
    entries = api.found("/v1/changes", after=head)["items"]
    assert [entry["type"] for entry in entries] == ["snapshot"] + ["evidence"] * 4
    for fact, then in before.items():
        pinned = api.get(f"/v1/facts/{fact}", params={"at": then.headers["log-position"]})
        assert pinned.content == then.content
    assert put(api, late, TEXT.encode()).status_code == 200
    assert api.position() == head + 5
    # later assertions are checked at once
    assert refusal(api, quote(late, "not there at all"))["type"].endswith("quote-not-found")


def test_two_checks_of_a_version_in_one_commit_are_kept_as_they_were(api: InProcess) -> None:
    api.made("/v1/companies", company())
    texts = ("Acme made $13 in all.", "Acme made $13 in the year.")
    said = [source(None, title=text, sha256=source_id(text)[7:]) for text in texts]
    ids = [api.made("/v1/sources", one)["id"] for one in said]
    fact = api.made("/v1/facts", metric("", "13", citations=[quote(one, "$13") for one in ids]))["id"]
    head = api.position()
    both = ndjson(*({"source": {**one, "text": text}} for one, text in zip(said, texts, strict=True)))
    api.post("/v1/imports", content=both, headers={"Content-Type": "application/x-ndjson"})
    entries = api.found("/v1/changes", after=head)["items"]
    assert [one["type"] for one in entries] == ["snapshot", "evidence"] * 2
    assert len({one["recorded_at"] for one in entries}) == 1
    for position, archived in ((head + 2, [True, False]), (head + 4, [True, True])):
        cited = api.found(f"/v1/facts/{fact}", at=position)["citations"]
        assert [one["source"]["archived"] for one in cited] == archived


def test_a_snapshot_must_be_the_content_that_names_the_source(api: InProcess) -> None:
    late = api.made("/v1/sources", source(None, sha256=source_id(TEXT)[7:]))["id"]
    assert put(api, late, TEXT.encode() + b" ").status_code == 422
    address = api.made("/v1/sources", source(None, url="https://example.org/"))["id"]
    assert put(api, address, TEXT.encode()).status_code == 422
    assert put(api, f"sha256:{'0' * 64}", TEXT.encode()).status_code == 404
    assert put(api, late, TEXT.encode(), "image/png").status_code == 415
    assert (
        api.with_key(None)
        .put(f"/v1/sources/{late}/snapshot", content=b"", headers={"Content-Type": "text/plain"})
        .status_code
        == 401
    )
    assert api.position() == 2


def test_content_by_post_archives_what_was_known_by_its_hash(api: InProcess) -> None:
    api.made("/v1/companies", company())
    late = api.made("/v1/sources", source(None, sha256=source_id(TEXT)[7:]))["id"]
    fact = api.made("/v1/facts", market_share("", citations=[quote(late, "widgets was 36%")]))["id"]
    archived = api.post("/v1/sources", source(TEXT))
    assert archived.status_code == 201
    assert api.found(f"/v1/facts/{fact}")["evidence"] == "verified"


# -- withheld texts -----------------------------------------------------------------------------


def test_a_text_kept_for_checking_only_is_checked_and_not_served(api: InProcess) -> None:
    api.made("/v1/companies", company())
    kept = api.made("/v1/sources", source(TEXT, redistribute=False))["id"]
    assert api.get(f"/v1/sources/{kept}/text").status_code == 403
    made = api.made("/v1/facts", market_share("", citations=[quote(kept, "widgets was 36%")]))
    assert made["evidence"] == "verified"
    assert made["citations"][0]["selector"]["start"] == TEXT.index("widgets was 36%")
    told = json.dumps(refusal(api, quote(kept, "share of gadgets was 36 percent")))
    for words in ("widgets was", "Acme grew", "nearest"):
        assert words not in told
    # citations by position, pointer or whole document do not show the text either
    at = cite(kept, type="text_position", start=0, end=60)
    for place, citation in enumerate((at, cite(kept))):
        for number in ("36", "40"):
            body = market_share("", number, subject=f"gadgets-{place}", citations=[citation])
            fact = json.dumps(api.made("/v1/facts", body)["citations"][0])
            assert "grew" not in fact
            assert "36%" not in fact
    entry = api.made(
        "/v1/sources", source('{"v": 53.25}', redistribute=False, media_type="application/json")
    )["id"]
    pointed = market_share(
        "", "36", subject="entry", citations=[cite(entry, type="json_pointer", pointer="/v")]
    )
    answered = api.made("/v1/facts", pointed)
    assert answered["evidence"] == "unsupported"
    assert "53.25" not in json.dumps(answered)


# -- text quotes ---------------------------------------------------------------------------------


def test_a_quote_is_found_and_linked_to(api: InProcess, cited: str) -> None:
    made = api.made("/v1/facts", citing(quote(cited, "Acme grew. In 2025")))
    citation = made["citations"][0]
    assert citation["selector"] == {
        "type": "text_quote",
        "exact": "Acme grew. In 2025",
        "start": 0,
        "end": 18,
    }
    assert citation["evidence"]["verdict"] == "quote_only"
    assert citation["link"] == "https://example.org/report#:~:text=Acme%20grew.%20In%202025"
    assert {
        name: citation["source"][name] for name in ("id", "title", "publisher", "url", "published_at")
    } == {
        "id": cited,
        "title": "A report",
        "publisher": "Acme",
        "url": "https://example.org/report",
        "published_at": "2025-01-01",
    }


def test_a_quote_that_is_not_there_shows_the_nearest_passage(api: InProcess, cited: str) -> None:
    told = refusal(api, quote(cited, "share of widgets was 40%"))
    assert told["type"] == "/docs/problems/quote-not-found"
    assert "share of widgets was" in told["detail"]
    assert told["errors"][0]["pointer"] == "/citations/0/selector/exact"
    nothing = refusal(api, quote(cited, "zzz qqq"))
    assert "nearest" not in nothing["detail"]
    assert api.position() == 3


def test_a_quote_that_stands_more_than_once_lists_its_places(api: InProcess, cited: str) -> None:
    words = "its share of widgets was"
    places = [TEXT.index(words), TEXT.rindex(words)]
    told = refusal(api, quote(cited, words))
    for place in places:
        assert f"{place}–{place + len(words)}" in told["detail"]
    assert "2 times" in told["detail"]
    assert selector_of(api, quote(cited, words, prefix="In 2024 "))["start"] == places[1]
    assert selector_of(api, quote(cited, words, suffix=" 36%"))["start"] == places[0]
    assert selector_of(api, quote(cited, words, prefix="In 2025 ", suffix=" 36%"))["start"] == places[0]
    assert selector_of(api, quote(cited, words, start=places[1]))["start"] == places[1]
    assert refusal(api, quote(cited, words, prefix="In 2024 ", suffix=" 36%"))["type"].endswith(
        "quote-not-found"
    )
    assert refusal(api, quote(cited, words, prefix="its "))["type"].endswith("quote-not-found")


def test_a_quote_is_exact_to_the_letter(api: InProcess, cited: str) -> None:
    for words in (
        "acme grew",
        "share of widgets, well, was",
        "share of widgets well was",
        "grew .",
        "was 36 %",
        "Acme sold 5 anvils",  # its letters are double-struck there
        "Acme grew. In 2025 "[::-1],
    ):
        assert refusal(api, quote(cited, words))["type"].endswith("quote-not-found"), words


FAITHFUL = (
    "its share\nof widgets was\u00a036%",
    "its share of wid-\ngets was 36%",
    "its\u2009share of widgets was ３６％",
    "its share of wid\u00adgets was\t36%",
)


@pytest.mark.parametrize("words", FAITHFUL)
def test_a_faithful_quote_is_answered_with_the_archived_words(api: InProcess, cited: str, words: str) -> None:
    archived, start = "its share of widgets was 36%", TEXT.index("its share")
    made = api.made("/v1/facts", market_share("", citations=[quote(cited, words, matched="folded")]))
    citation = made["citations"][0]
    assert citation["selector"] == {
        "type": "text_quote",
        "exact": archived,
        "start": start,
        "end": start + len(archived),
        "matched": "folded",
    }
    assert made["evidence"] == "verified"
    assert citation["link"] == "https://example.org/report#:~:text=its%20share%20of%20widgets%20was%2036%25"
    # whatever says the same passage adds nothing
    for again in (*FAITHFUL, archived):
        answer = api.post("/v1/facts", market_share("", citations=[quote(cited, again)]))
        assert (answer.status_code, answer.json()["version"]) == (200, 1), again
    before = market_share("", citations=[quote(cited, archived, prefix="2025 ", suffix=".")])
    assert api.post("/v1/facts", before).status_code == 200
    assert api.post("/v1/imports", content=ndjson({"fact": before}), headers=LINES).json()["created"] == 0
    # another passage with these words is another citation
    other = market_share("", "28", citations=[quote(cited, "its share of\nwidgets was 28%")])
    assert api.made("/v1/facts", other)["version"] == 2


def test_words_that_stand_there_exactly_are_not_told_to_be_folded(api: InProcess, cited: str) -> None:
    selector = selector_of(api, quote(cited, "Acme grew.", matched="folded", start=0, end=10))
    assert selector == {"type": "text_quote", "exact": "Acme grew.", "start": 0, "end": 10}


def test_an_export_of_folded_quotes_is_imported_alike_and_adds_nothing(
    api: InProcess, cited: str, cluster: Cluster
) -> None:
    late = api.made("/v1/sources", source(None, sha256=source_id(f"{TEXT}!")[7:]))["id"]
    for body in (
        market_share("", citations=[quote(cited, FAITHFUL[0])]),
        market_share("", citations=[quote(cited, FAITHFUL[1], prefix="In\u00a02025 ")], subject="gadgets"),
        market_share("", citations=[quote(late, FAITHFUL[2], matched="folded")], subject="late"),
    ):
        api.made("/v1/facts", body)
    assert put(api, late, f"{TEXT}!".encode()).status_code == 201
    archived = market_share("", citations=[quote(late, "its share of widgets was 36%")], subject="late")
    assert api.post("/v1/facts", archived).status_code == 200
    checked = api.post("/v1/facts", archived).json()["citations"][0]
    assert (checked["selector"]["matched"], checked["evidence"]["verdict"]) == ("folded", "verified")
    # recorded as earlier releases did: one passage twice, by other words around it
    place = {"start": TEXT.index("its share"), "end": TEXT.index("its share") + 28}
    twice = {
        "fact": market_share(
            "", citations=[quote(cited, "its share of widgets was 36%", prefix="2025 ", **place)]
        )
    }
    assert api.post("/v1/imports", content=ndjson(twice), headers=LINES).json()["created"] == 1

    async def exported(dsn: str) -> bytes:
        async with opened(dsn) as database:
            return b"".join([line async for line in export_lines(database)])

    lines, position = run(exported(api.dsn)), api.position()
    report = api.post("/v1/imports", content=lines, headers=LINES).json()
    assert (report["created"], report["refused"], api.position()) == (0, 0, position)
    with cluster.database() as dsn, InProcess(dsn, cluster.keys["write"]) as other:
        report = other.post("/v1/imports", content=lines, headers=LINES).json()
        assert (report["refused"], other.position()) == (0, position)
        assert run(exported(dsn)) == lines
        for fact in api.found("/v1/facts")["items"]:
            copy = other.found(f"/v1/facts/{fact['id']}/versions")
            assert [one["citations"] for one in copy["items"]] == [
                one["citations"] for one in api.found(f"/v1/facts/{fact['id']}/versions")["items"]
            ]


def test_checking_again_leaves_a_folded_quote_as_it_is(api: InProcess, cited: str) -> None:
    made = api.made("/v1/facts", market_share("", citations=[quote(cited, FAITHFUL[0])]))
    before = api.position()

    async def again() -> None:
        async with opened(api.dsn) as database:
            assert [one.changed async for one in verify(database, company=None, recheck=True)][-1] == 0

    run(again())
    assert api.position() == before
    assert api.found(f"/v1/facts/{made['id']}")["citations"] == made["citations"]


def test_the_problem_of_a_quote_gives_the_nearest_passage_and_what_differs(
    api: InProcess, cited: str
) -> None:
    told = refusal(api, quote(cited, "its share of widgets was 35%"))
    (flaw,) = told["errors"]
    assert TEXT[flaw["start"] : flaw["end"]] == "its share of widgets was 36"
    assert told["detail"].endswith("at character 26 the quote has U+0035, the text U+0036")


def test_overlapping_places_are_places(api: InProcess) -> None:
    api.made("/v1/companies", company())
    repeated = api.made("/v1/sources", source("banana"))["id"]
    assert "2 times, at 1–4, 3–6" in refusal(api, quote(repeated, "ana"))["detail"]


def test_very_many_places_are_counted_rather_than_listed(api: InProcess) -> None:
    api.made("/v1/companies", company())
    repeated = api.made("/v1/sources", source("ab " * 5000))["id"]
    detail = refusal(api, quote(repeated, "ab"))["detail"]
    assert "5000 times" in detail
    assert "4980 more" in detail


def test_positions_count_code_points(api: InProcess, cited: str) -> None:
    words = "sold 5 anvils 🎉 and"
    start = TEXT.index(words)
    found = selector_of(api, quote(cited, words))
    assert (found["start"], found["end"]) == (start, start + len(words))
    at = selector_of(api, cite(cited, type="text_position", start=start, end=start + len(words)))
    assert at["exact"] == words
    rockets = api.made("/v1/facts", metric("", "7", "rockets", citations=[quote(cited, "and 7 rockets")]))
    number = rockets["citations"][0]["evidence"]["numbers"][0]
    assert TEXT[number["start"] : number["end"]] == number["text"]


@pytest.mark.parametrize(
    ("start", "end"),
    [(0, 0), (5, 5), (10, 5), (0, len(TEXT) + 1), (len(TEXT), len(TEXT) + 5), (10_000_000, 10_000_001)],
)
def test_a_position_must_be_within_the_text(api: InProcess, cited: str, start: int, end: int) -> None:
    told = refusal(api, cite(cited, type="text_position", start=start, end=end))
    assert told["errors"][0]["pointer"] == "/citations/0/selector"


def test_other_words_at_a_position_are_refused(api: InProcess, cited: str) -> None:
    good = cite(cited, type="text_position", start=0, end=4, exact="Acme")
    assert selector_of(api, good)["exact"] == "Acme"
    told = refusal(api, cite(cited, type="text_position", start=5, end=9, exact="grow"))
    assert told["type"].endswith("quote-not-found")


# -- links ---------------------------------------------------------------------------------------


def link_of(api: InProcess, citation: dict[str, Any]) -> str:
    answer = api.post("/v1/facts", citing(citation))
    assert answer.status_code in {200, 201}, answer.text
    return answer.json()["citations"][0]["link"]


def test_a_link_escapes_what_has_a_meaning_in_it(api: InProcess) -> None:
    api.made("/v1/companies", company())
    text = "before – a-b, c & d: 100% of 東京 # after"
    made = api.made("/v1/sources", source(text, url="https://example.org/r?x=1"))["id"]
    link = link_of(api, quote(made, "a-b, c & d: 100% of 東京 #", prefix="– ", suffix=" after"))
    base, _, directive = link.partition("#:~:text=")
    assert base == "https://example.org/r?x=1"
    prefix, exact, suffix = directive.split(",")
    assert (unquote(prefix[:-1]), prefix[-1]) == ("–", "-")
    assert unquote(exact) == "a-b, c & d: 100% of 東京 #"
    assert (unquote(suffix[1:]), suffix[0]) == ("after", "-")
    for escaped in (exact, prefix[:-1], suffix[1:]):
        assert not set(escaped) & set("-,&# ")


def test_a_link_into_a_page_that_has_a_fragment(api: InProcess) -> None:
    api.made("/v1/companies", company())
    made = api.made("/v1/sources", source("Some words.", url="https://example.org/r#part"))["id"]
    assert link_of(api, quote(made, "Some words")) == "https://example.org/r#part:~:text=Some%20words"


def test_a_long_passage_is_linked_by_its_ends(api: InProcess) -> None:
    api.made("/v1/companies", company())
    text = " ".join(f"word{n}" for n in range(200))
    made = api.made("/v1/sources", source(text, url="https://example.org/r"))["id"]
    directive = link_of(api, quote(made, text)).partition("#:~:text=")[2]
    first, last = directive.split(",")
    assert text.startswith(unquote(first))
    assert text.endswith(unquote(last))
    assert len(directive) < 200


def test_no_address_no_link_and_no_passage_the_page_itself(api: InProcess, cited: str) -> None:
    nowhere = api.made("/v1/sources", source("Nowhere."))["id"]
    assert link_of(api, quote(nowhere, "Nowhere")) is None
    assert link_of(api, cite(cited)) == "https://example.org/report"


# -- JSON ----------------------------------------------------------------------------------------

DOCUMENT = {
    "facts": {"a/b": {"m~n": [{"val": 53000000000}, {"val": "36.5"}, {"val": None}]}},
    "": {"": 1},
    "list": [10, 20.5, -3, True, "x"],
}


def test_pointers_lead_to_entries(api: InProcess) -> None:
    api.made("/v1/companies", company())
    text = json.dumps(DOCUMENT)
    made = api.made("/v1/sources", source(text, media_type="application/json"))["id"]

    def verdict(pointer: str, number: str) -> str:
        body = metric("", number, "USD", citations=[cite(made, type="json_pointer", pointer=pointer)])
        answer = api.post("/v1/facts", body)
        assert answer.status_code in {200, 201}, answer.text
        assert answer.json()["citations"][0]["selector"] == {"type": "json_pointer", "pointer": pointer}
        return answer.json()["evidence"]

    assert verdict("/facts/a~1b/m~0n/0", "53000000000") == "verified"
    assert verdict("/facts/a~1b/m~0n/0/val", "53000000000.0") == "verified"
    assert verdict("/facts/a~1b/m~0n/1", "36.5") == "verified"
    assert verdict("/list/1", "20.5") == "verified"
    assert verdict("/list/2", "-3") == "verified"
    assert verdict("//", "1") == "verified"
    assert verdict("/list/0", "11") == "unsupported"
    assert verdict("/list/3", "1") == "unsupported"
    assert verdict("", "1") == "unsupported"
    for missing in (
        "/nothing",
        "/list/5",
        "/list/-1",
        "/list/01",
        "/list/-",
        "/list/0/0",
        "/facts/a",
        "/list/x",
    ):
        answer = api.post("/v1/facts", citing(cite(made, type="json_pointer", pointer=missing)))
        assert answer.status_code == 422, missing
        assert answer.json()["errors"][0]["pointer"] == "/citations/0/selector/pointer"


def test_a_pointer_leads_nowhere_in_a_text(api: InProcess, cited: str) -> None:
    told = refusal(api, cite(cited, type="json_pointer", pointer="/a"))
    assert told["errors"][0]["pointer"] == "/citations/0/selector/pointer"


# -- several citations ---------------------------------------------------------------------------


def test_each_number_may_be_borne_out_by_another_citation(api: InProcess, cited: str) -> None:
    value = {"market": "Widgets", "share": quantity("36"), "market_size": quantity("7", "rockets")}
    half = api.made("/v1/facts", market_share("", value=value, citations=[quote(cited, "widgets was 36%")]))
    assert half["evidence"] == "unsupported"
    whole = api.made(
        "/v1/facts",
        market_share("", value=value, citations=[quote(cited, "widgets was 36%"), quote(cited, "7 rockets")]),
    )
    assert whole["evidence"] == "verified"
    assert [c["evidence"]["verdict"] for c in whole["citations"]] == ["unsupported", "unsupported"]


def test_the_second_citation_is_pointed_to_where_it_is_wrong(api: InProcess, cited: str) -> None:
    answer = api.post("/v1/facts", citing(quote(cited, "Acme grew"), quote(cited, "never said")))
    assert answer.json()["errors"][0]["pointer"] == "/citations/1/selector/exact"
