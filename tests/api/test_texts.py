"""Content in any encoding of the web, and long texts: decoded, within a time limit, without delaying other requests."""

import base64
import hashlib
import json
import subprocess
import time
from collections.abc import Generator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

import httpx
import psutil
import pytest

from service.evidence.examining import LONG
from service.operations import exchange
from service.operations.exchange import export_lines
from service.operations.verifying import verify
from service.postgres.database import Database, opened
from tests.bodies import cite, company, market_share, metric, ndjson, quote, source, source_id, statement
from tests.clusters import Cluster, execute, run
from tests.processes import eventually
from tests.running import ENVIRONMENT, NO_TLS, PATIENCE, InProcess, Server
from tests.test_cli import command

SAID = "In 2025 the share of Acme was 36 %. Its revenue was 10 USD."
PADDING = "<p>Nothing of note was said on this page about anybody or anything at all.</p>\n" * (LONG // 60)
PAGE = f"<!doctype html><meta charset=koi8-r><title>Müller</title><p>{SAID}</p>{PADDING}<p>Last of all.</p>"
PROSE = "Nothing of note was said here about anybody. " * (LONG // 40)


def encoded(content: bytes, **fields: Any) -> dict[str, Any]:
    return source(None, base64=base64.b64encode(content).decode(), media_type="text/html", **fields)


def text_of(api: InProcess, source: str) -> str:
    answer = api.get(f"/v1/sources/{source}/text")
    assert answer.status_code == 200, answer.text
    return answer.content.decode()


def late(api: InProcess, content: str | bytes, media_type: str) -> str:
    """Record a source without content."""
    digest = source_id(content) if isinstance(content, str) else source_id_of(content)
    return api.made("/v1/sources", source(None, sha256=digest[7:], media_type=media_type))["id"]


def source_id_of(content: bytes) -> str:
    return f"sha256:{hashlib.sha256(content).hexdigest()}"


def put(api: InProcess, source: str, content: bytes, media: str) -> httpx.Response:
    return api.put(f"/v1/sources/{source}/snapshot", content=content, headers={"Content-Type": media})


# -- encodings -----------------------------------------------------------------------------------


@pytest.mark.parametrize("label", ["iso-8859-1", "x-sjis", "utf-16", "punycode"])
@pytest.mark.parametrize("padding", ["", PADDING])
def test_text_is_unicode_whatever_its_meta_says(api: InProcess, label: str, padding: str) -> None:
    page = f"<meta charset={label}><p>Müller hält 36 %.</p>{padding}"
    made = api.made("/v1/sources", source(page, media_type="text/html"))
    assert text_of(api, made["id"]).startswith("Müller hält 36 %.")


@pytest.mark.parametrize("padding", [b"", PADDING.encode()])
def test_bytes_are_read_as_the_web_names_their_encoding(api: InProcess, padding: bytes) -> None:
    for content, text in (
        (b"<meta charset=iso-8859-1><p>\x93M\xfcller\x94 \x80 5</p>", "“Müller” € 5"),
        (b"<meta charset=gb2312><p>\xc4\xe3\x81\x40</p>", "你丂"),
        (b"<meta charset=x-sjis><p>\x83\x65\x87\x40</p>", "テ①"),
        (b"<meta charset=punycode><p>caf\xc3\xa9</p>", "café"),
    ):
        assert text_of(api, api.made("/v1/sources", encoded(content + padding))["id"]).startswith(text)


def test_an_encoding_that_is_told_goes_before_what_a_page_says(api: InProcess) -> None:
    page = b"<meta charset=utf-8><p>M\xfcller"
    assert api.post("/v1/sources", encoded(page)).status_code == 422
    made = api.made("/v1/sources", encoded(page, charset="ISO-8859-1"))
    assert text_of(api, made["id"]) == "Müller"
    other = page + b"!"
    known = late(api, other, "text/html")
    assert put(api, known, other, "text/html").status_code == 422
    assert put(api, known, other, 'text/html; x=y; Charset="latin1"').status_code == 201
    assert text_of(api, known) == "Müller!"
    plain = late(api, b"M\xfcller", "text/plain")
    assert put(api, plain, b"M\xfcller", "text/plain; charset=iso-8859-1").status_code == 201
    assert text_of(api, plain) == "Müller"


def test_an_encoding_that_no_page_may_have_is_refused_by_name(api: InProcess) -> None:
    known = late(api, b"<p>x", "text/html")
    for label in ("punycode", "rot13", "utf-7", "hz-gb-2312"):
        answer = api.post("/v1/sources", encoded(b"x", charset=label))
        assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, "/charset")
        assert label in answer.json()["detail"]
        answer = put(api, known, b"<p>x", f"text/html; charset={label}")
        assert (answer.status_code, answer.json()["errors"][0]["parameter"]) == (422, "Content-Type")
        assert label in answer.json()["detail"]
    text = api.post("/v1/sources", source("x", charset="utf-8"))
    assert (text.status_code, text.json()["errors"][0]["pointer"]) == (422, "/charset")
    answer = api.post("/v1/sources", encoded(b"<meta charset=hz-gb-2312>x"))
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, "/text")
    data = api.post("/v1/sources", encoded(b"{}", charset="latin1") | {"media_type": "application/json"})
    assert (data.status_code, data.json()["errors"][0]["pointer"]) == (422, "/charset")


def exported(api: InProcess) -> bytes:
    async def lines() -> bytes:
        async with opened(api.dsn) as database:
            return b"".join([line async for line in export_lines(database)])

    return run(lines())


def test_an_export_that_is_imported_is_read_alike(api: InProcess, cluster: Cluster) -> None:
    pages = [
        ("Müller", source("<meta charset=latin1><p>Müller", media_type="text/html")),
        # UTF-8 content that declares another encoding is read as declared, unless it was sent as text
        ("MÃ¼ller.", encoded("<meta charset=latin1><p>Müller.".encode())),
        ("Müller!", encoded(b"<meta charset=utf-8><p>M\xfcller!", charset="latin1")),
        ("Müller?", encoded("\ufeff<meta charset=latin1><p>Müller?".encode())),
    ]
    ids = {text: api.made("/v1/sources", page)["id"] for text, page in pages}
    # a text archived by an earlier version of the reader
    run(execute(api.dsn, "update snapshots set extractor = 'html-text 0.7.1' where text = 'MÃ¼ller.'"))
    lines = exported(api)
    with cluster.database() as dsn, InProcess(dsn, cluster.keys["write"]) as other:
        answer = other.post("/v1/imports", content=lines, headers={"Content-Type": "application/x-ndjson"})
        assert answer.json()["refused"] == 0, answer.text
        assert {text: text_of(other, ids[text]) for text in ids} == {text: text for text in ids}
        assert exported(other) == lines


def test_sources_that_would_be_read_otherwise_are_listed_and_left_as_they_are(api: InProcess) -> None:
    broken = api.made(
        "/v1/sources", source(f"<meta charset=latin1><p>Müller{PADDING}", media_type="text/html")
    )["id"]
    same = api.made("/v1/sources", encoded(b"<meta charset=latin1><p>M\xfcller"))["id"]
    lost = api.made("/v1/sources", source("<meta charset=latin1><p>Maier", media_type="text/html"))["id"]
    api.made("/v1/sources", source("Müller"))

    def listed() -> list[str]:
        done = subprocess.run(
            command("sources", "check", "--database-url", api.dsn),
            env=ENVIRONMENT, capture_output=True, text=True, check=True,
        )  # fmt: skip
        lines = done.stdout.splitlines()
        assert f"{len(lines)} sources" in done.stderr
        return lines

    assert listed() == []
    # as earlier versions read them; the last is of a media type that is not read any more
    run(
        execute(
            api.dsn,
            "update snapshots set extractor = 'html-text 0.7.1' where extractor is not null",
            "update snapshots set text = replace(text, 'Müller', 'MÃ¼ller') where length(text) > 1000",
            "update snapshots set media_type = 'application/pdf' where text = 'Maier'",
        )
    )
    before = {one: text_of(api, one) for one in (broken, same, lost)}
    first, second = listed()
    assert first.startswith(f"{broken}: html-text 0.7.1 -> html-text ")
    assert first.endswith("whatwg 1: utf-8 as given: other text from code point 1 on")
    assert second == f"{lost}: html-text 0.7.1 -> nothing: no text is read out of application/pdf"
    assert {one: text_of(api, one) for one in before} == before
    assert before[broken].startswith("MÃ¼ller")


# -- long texts ----------------------------------------------------------------------------------


def test_facts_are_read_in_long_texts_as_in_short_ones(api: InProcess) -> None:
    api.made("/v1/companies", company())
    text = f"{PROSE}\n\n{SAID}\n\n{PROSE}"
    long = api.made("/v1/sources", source(text))["id"]
    share = api.made("/v1/facts", market_share("", citations=[quote(long, "share of Acme was 36 %")]))
    selector = share["citations"][0]["selector"]
    start = text.index("share of Acme")
    assert (share["evidence"], selector["start"]) == ("verified", start)
    place = cite(long, type="text_position", start=start, end=selector["end"])
    assert api.made("/v1/facts", market_share("", subject="b", citations=[place]))["evidence"] == "verified"
    whole = api.made("/v1/facts", metric("", citations=[cite(long)]))
    assert whole["evidence"] == "verified"
    lost = api.post("/v1/facts", statement("", citations=[quote(long, "share of Acme was 37 %")]))
    assert lost.status_code == 422
    assert lost.json()["type"].endswith("quote-not-found")
    assert "share of Acme was 36" in lost.json()["detail"]
    twice = api.post("/v1/facts", statement("", citations=[quote(long, "Nothing of note")]))
    assert "occur" in twice.json()["detail"]
    # a fact that already stands, and a write with an Idempotency-Key
    same = api.post("/v1/facts", market_share("", citations=[quote(long, "share of Acme was 36 %")]))
    assert (same.status_code, same.json()["version"]) == (200, 1)
    named = metric("", "11", citations=[cite(long)])
    answers = [api.post("/v1/facts", named, headers={"Idempotency-Key": "a"}) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [201, 201]
    assert answers[0].content == answers[1].content
    assert answers[0].json()["evidence"] == "unsupported"


def test_entries_of_a_long_json_document_are_found(api: InProcess) -> None:
    api.made("/v1/companies", company())
    document = json.dumps({"pad": ["x" * 1000] * (LONG // 40), "rows": [{"val": 10}, {"val": 11}]})
    made = api.made("/v1/sources", source(document, media_type="application/json"))["id"]
    for place, verdict in enumerate(["verified", "unsupported"]):
        pointed = cite(made, type="json_pointer", pointer=f"/rows/{place}/val")
        fact = api.made("/v1/facts", metric("", subject=f"s{place}", citations=[pointed]))
        assert fact["evidence"] == verdict
    nowhere = cite(made, type="json_pointer", pointer="/rows/2")
    assert api.post("/v1/facts", metric("", citations=[nowhere])).status_code == 422


@pytest.mark.parametrize("query", ["", "?partial=true"])
def test_an_import_brings_long_texts_and_what_is_read_in_them(api: InProcess, query: str) -> None:
    pages = [f"{PAGE}<p>Page {number}.</p>" for number in range(3)]
    ids = [source_id(page) for page in pages]
    lines = ndjson(
        {"company": company()},
        *(
            {"source": source(page, media_type="text/html", title=f"Page {n}")}
            for n, page in enumerate(pages)
        ),
        *(
            {"fact": market_share("", subject=f"s{n}", citations=[quote(one, "share of Acme was 36 %")])}
            for n, one in enumerate(ids)
        ),
        {"fact": metric("", citations=[cite(ids[0]), cite(ids[1])])},
    )

    def imported() -> tuple[int, int, int]:
        answer = api.post(
            f"/v1/imports{query}", content=lines, headers={"Content-Type": "application/x-ndjson"}
        )
        assert answer.status_code == 200, answer.text
        told = answer.json()
        return told["created"], told["unchanged"], told["refused"]

    assert imported() == (8, 0, 0)
    assert {fact["evidence"] for fact in api.found("/v1/facts")["items"]} == {"verified"}
    assert imported() == (0, 8, 0)
    lost = {"fact": statement("", citations=[quote(ids[0], "No such words")])}
    answer = api.post(
        f"/v1/imports{query}", content=ndjson(lost), headers={"Content-Type": "application/x-ndjson"}
    )
    assert "do not occur" in answer.text


def test_what_cites_a_long_text_is_checked_when_it_comes_and_again(api: InProcess) -> None:
    api.made("/v1/companies", company())
    known = late(api, PAGE, "text/html")
    good = api.made("/v1/facts", market_share("", citations=[quote(known, "share of Acme was 36 %")]))
    bad = api.made("/v1/facts", market_share("", "40", subject="b", citations=[cite(known)]))
    assert (good["evidence"], bad["evidence"]) == ("unarchived", "unarchived")
    assert put(api, known, PAGE.encode(), "text/html; charset=utf-8").status_code == 201
    assert text_of(api, known).startswith("Müller")
    assert [api.found(f"/v1/facts/{fact['id']}")["evidence"] for fact in (good, bad)] == [
        "verified",
        "unsupported",
    ]
    head = api.position()

    async def again() -> list[tuple[int, int]]:
        async with opened(api.dsn) as database:
            return [(one.checked, one.changed) async for one in verify(database, company=None, recheck=True)]

    assert run(again()) == [(2, 0)]
    assert api.position() == head


# -- unbounded work -----------------------------------------------------------------------------


@pytest.fixture(scope="module")
def bounded(cluster: Cluster) -> Generator[Server]:
    """A service that reads a text for at most a second or two of processor time."""
    with (
        cluster.database() as made,
        Server(made, cluster.keys["write"], COMPANYFACTS_READING_SECONDS="1") as running,
    ):
        running.made("/v1/companies", company())
        yield running


def readers(server: Server) -> list[psutil.Process]:
    """The reader processes of the service."""
    children = psutil.Process(server.process.pid).children(recursive=True)
    return [one for one in children if "service.evidence.asides" in one.cmdline()]


def reading(server: Server) -> bool:
    """Whether a reader process is at work."""
    return bool(readers(server))


def answered_meanwhile(server: Server, path: str, body: dict[str, Any]) -> tuple[httpx.Response, int]:
    """The answer to a write, and the number of reads that were sent and answered meanwhile."""
    fact = server.found("/v1/facts")["items"][0]["id"]

    def write() -> httpx.Response:
        with httpx.Client(timeout=PATIENCE, trust_env=False, verify=NO_TLS) as client:
            return client.send(server.request_of("POST", path, json=body))

    with ThreadPoolExecutor(1) as pool:
        answer: Future[httpx.Response] = pool.submit(write)
        assert eventually(lambda: answer.done() or reading(server))
        count = 0
        while not answer.done():
            assert server.get("/healthz").status_code == 200
            assert server.get(f"/v1/facts/{fact}").status_code == 200
            count += not answer.done()
            time.sleep(0.05)  # to ask without pause takes half of the processor
        return answer.result(), count


def test_a_page_that_takes_without_end_ends_and_keeps_nobody_waiting(bounded: Server) -> None:
    bounded.made("/v1/facts", statement(bounded.made("/v1/sources", source())["id"]))
    # removing each of these joins the text before and after it, which takes quadratic time
    hostile = source("<style>a</style>x" * 400_000, media_type="text/html")
    answer, reads = answered_meanwhile(bounded, "/v1/sources", hostile)
    assert answer.status_code == 422, answer.text
    assert answer.json()["errors"][0]["pointer"] == "/text"
    assert "processor time" in answer.json()["detail"]
    assert reads > 0
    assert bounded.get(f"/v1/sources/{source_id(hostile['text'])}").status_code == 404
    # a Python codec that takes quadratic time is not an encoding of the web
    page = b"<meta charset=punycode>" + b"a" * 2_000_000 + b"-" + b"b" * 2_000_000
    assert bounded.made("/v1/sources", encoded(page))["archived"]


@pytest.mark.parametrize("piece", ["Revenue was 5 USD. ", "1\u0301"])
def test_a_text_that_is_read_without_end_ends_and_keeps_nobody_waiting(bounded: Server, piece: str) -> None:
    bounded.post("/v1/facts", statement(bounded.post("/v1/sources", source()).json()["id"]))
    hostile = bounded.made("/v1/sources", source(piece * (4_000_000 // len(piece))))["id"]
    body = metric("", subject="without-end", citations=[cite(hostile)])
    answer, reads = answered_meanwhile(bounded, "/v1/facts", body)
    assert answer.status_code == 422, answer.text
    assert answer.json()["errors"][0]["pointer"] == "/citations"
    assert "processor time" in answer.json()["detail"]
    assert reads > 0
    # others can write, and read long texts, as before
    assert bounded.post("/v1/sources", source(PAGE, media_type="text/html")).status_code in {200, 201}


def test_a_late_text_that_cannot_be_read_in_time_is_archived_and_its_facts_stay_as_they_were(
    bounded: Server,
) -> None:
    text = "1\u0302" * 2_000_000
    known = bounded.made("/v1/sources", source(None, sha256=source_id(text)[7:]))["id"]
    fact = bounded.made("/v1/facts", metric("", subject="late", citations=[cite(known)]))
    answer = bounded.put(
        f"/v1/sources/{known}/snapshot", content=text.encode(), headers={"Content-Type": "text/plain"}
    )
    assert answer.status_code == 201, answer.text
    assert bounded.found(f"/v1/facts/{fact['id']}")["evidence"] == "unarchived"


# -- Idempotency-Key -----------------------------------------------------------------------------


@pytest.fixture
def patient(cluster: Cluster) -> Generator[Server]:
    """A service with a very long limit for reading a text."""
    with (
        cluster.database() as made,
        Server(made, cluster.keys["write"], COMPANYFACTS_READING_SECONDS="3600") as running,
    ):
        running.made("/v1/companies", company())
        yield running


ENDLESS = "<style>a</style>x" * 400_000  # reading this page takes hours


def long_writes(api: Server, cited: str) -> list[httpx.Request]:
    """Writes that must read a long text: a source, and a fact that cites one."""
    first, second = {"Idempotency-Key": "first"}, {"Idempotency-Key": "second"}
    fact = metric("", subject="long", citations=[cite(cited)])
    return [
        api.request_of("POST", "/v1/sources", json=source(ENDLESS, media_type="text/html"), headers=first),
        api.request_of("POST", "/v1/facts", json=fact, headers=second),
    ]


def test_while_a_text_is_read_for_a_write_with_a_name_others_write(patient: Server) -> None:
    cited = patient.made("/v1/sources", source("1\u0301" * 2_000_000))["id"]
    writes = long_writes(patient, cited)

    def write(request: httpx.Request) -> httpx.Response:
        with httpx.Client(timeout=PATIENCE, trust_env=False) as client:
            return client.send(request)

    with ThreadPoolExecutor(len(writes)) as pool:
        answers = [pool.submit(write, request) for request in writes]
        assert eventually(lambda: len(readers(patient)) == len(writes) or any(a.done() for a in answers))
        for process in readers(patient):
            process.suspend()
        try:
            for number in range(3):
                for name in ({}, {"Idempotency-Key": f"short-{number}"}):
                    made = patient.post("/v1/companies", company(f"other-{number}-{len(name)}"), headers=name)
                    assert made.status_code == 201, made.text
            # repeating a request in progress is refused at once
            for request in writes:
                again = write(request)
                assert (again.status_code, again.json()["type"]) == (409, "/docs/problems/in-flight")
            assert not any(answer.done() for answer in answers)
        finally:
            for process in readers(patient):
                process.kill()
        refused = [answer.result() for answer in answers]
    assert [answer.status_code for answer in refused] == [422, 422], [answer.text for answer in refused]
    # and its outcome is stored
    assert [write(request).content for request in writes] == [answer.content for answer in refused]


def test_a_write_with_a_name_needs_two_transactions_more_however_many_texts_it_brings(
    api: InProcess, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun = 0
    writing = Database.writing

    def counted(database: Database) -> Any:
        nonlocal begun
        begun += 1
        return writing(database)

    api.made("/v1/companies", company())
    monkeypatch.setattr(Database, "writing", counted)
    monkeypatch.setattr(exchange, "BATCH", 2)
    pages = [f"{PAGE}<p>Page {number}.</p>" for number in range(7)]
    lines = ndjson(
        *(
            {"source": source(page, media_type="text/html", title=f"Page {n}")}
            for n, page in enumerate(pages)
        ),
        *(
            {"fact": market_share("", subject=f"s{n}", citations=[quote(source_id(page), "was 36 %")])}
            for n, page in enumerate(pages)
        ),
    )
    named = {"Content-Type": "application/x-ndjson", "Idempotency-Key": "a"}
    answers = [api.post("/v1/imports?partial=true", content=lines, headers=named) for _ in range(2)]
    assert answers[0].status_code == 200, answers[0].text
    assert answers[0].json()["created"] == 2 * len(pages)
    assert answers[0].content == answers[1].content
    assert {fact["evidence"] for fact in api.found("/v1/facts")["items"]} == {"verified"}
    assert begun == 3 + 1  # the two pages and the cited text; and the repeated one
