"""The pages that write: forms judged as the API judges, a key that only pages read, tokens that other sites do not have."""

import re
from collections.abc import Generator
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urlencode

import httpx
import pytest

from service.core.errors import Invalid
from service.core.kinds import KINDS, NAMED
from service.pages import forms
from tests.clusters import Cluster
from tests.contract.browser import CHROMIUM, Browser
from tests.processes import eventually
from tests.running import InProcess, Server

HTML = {"Accept": "text/html,*/*;q=0.8"}
SENT = HTML | {"Content-Type": "application/x-www-form-urlencoded"}
TEXT = "Harbor Line 😀 reported.\n\nRevenue was 4.12 billion US dollars in 2023, the group said."
QUOTE = "Revenue was 4.12 billion US dollars in 2023"


class Fields(HTMLParser):
    """The fields of a page's forms with what stands in them."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.values: dict[str, str] = {}
        self.wrong: set[str] = set()
        self._in = ""
        self._select = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if "aria-invalid" in given:
            self.wrong.add(given["name"])
        match tag:
            case "input":
                self.values[given["name"]] = given.get("value", "")
            case "textarea":
                self._in = given["name"]
                self.values[self._in] = ""
            case "select":
                self._select = given["name"]
            case "option" if self._select:
                if "selected" in given or self._select not in self.values:
                    self.values[self._select] = given["value"]
            case _:
                pass

    def handle_endtag(self, tag: str) -> None:
        self._in = "" if tag == "textarea" else self._in
        self._select = "" if tag == "select" else self._select

    def handle_data(self, data: str) -> None:
        if self._in:
            self.values[self._in] += data.removeprefix("\n") if not self.values[self._in] else data


class Reader:
    """A browser without script: it keeps cookies and sends forms, and never an Authorization header."""

    def __init__(self, service: InProcess) -> None:
        self.service = service
        self.cookies: dict[str, str] = {}

    def _ask(self, method: str, address: str, **more: Any) -> httpx.Response:
        headers = (SENT if method == "POST" else HTML) | more.pop("headers", {})
        if self.cookies:
            headers |= {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        request = self.service.request_of(method, address, headers=headers, **more)
        request.headers.pop("authorization", None)
        answer = self.service.send(request)
        for cookie in answer.headers.get_list("set-cookie"):
            assert "HttpOnly" in cookie
            assert "SameSite=Strict" in cookie
            name, _, value = cookie.split(";")[0].partition("=")
            self.cookies[name] = value
            if "Max-Age=0" in cookie:
                del self.cookies[name]
        return answer

    def open(self, address: str) -> httpx.Response:
        return self._ask("GET", address)

    def send(self, address: str, form: dict[str, str], **more: Any) -> httpx.Response:
        return self._ask("POST", address, content=urlencode(form), **more)

    def keyed(self, key: str | None) -> "Reader":
        assert key is not None
        answer = self.send("/forms/key", {"key": key, "to": "/assert"})
        assert (answer.status_code, answer.headers["location"]) == (303, "/assert")
        return self


def sourced(service: InProcess | Server) -> str:
    service.made("/v1/companies", {"slug": "harbor-line", "name": "Harbor Line"})
    return service.made("/v1/sources", {"title": "Report", "published_at": "2024-03-01", "text": TEXT})["id"]


def revenue(source: str, **more: str) -> dict[str, str]:
    return {
        "kind": "metric", "source": source, "quote": QUOTE, "/company": "harbor-line", "/subject": "revenue",
        "/period": "2023", "/value/quantity/unit": "USD", "/value/quantity/value": "4120000000",
        "/value/quantity/decimals": "-7", **more,
    }  # fmt: skip


@pytest.fixture
def reader(api: InProcess) -> Reader:
    return Reader(api)


# -- the form and what it stands for ---------------------------------------------------------------


@pytest.mark.parametrize("kind", NAMED)
def test_the_form_of_a_kind_has_a_field_for_each_number_and_name(kind: str) -> None:
    names = {entry.pointer for entry in forms.entries(kind)}
    definition = NAMED[kind]
    assert {"/company", "/subject", "/period", "/basis", "/dimensions", "/known_at"} <= names
    assert all(any(name.startswith(f"/value/{field}") for name in names) for field in definition.names)
    if definition.main is not None:
        assert {
            f"/value/{definition.main}/{field}" for field in ("value", "unit", "bound", "decimals")
        } <= names


def test_a_form_filled_from_an_assertion_stands_for_it() -> None:
    program = {
        "kind": "program", "company": "acme", "subject": "catalyst", "period": {"instant": "2025-09-30"},
        "dimensions": {"geography": "CN", "tier": "gold"}, "basis": "planned",
        "value": {"name": "Catalyst", "benefits": [
            {"what": "credits", "quantity": {"value": "120000", "unit": "USD", "decimals": 0, "bound": "at_most"}},
            {"what": "tokens"},
        ]},
    }  # fmt: skip
    form = forms.filled("program", program)
    assert forms.document("program", form) == program
    assert {one.name for one in KINDS} == set(NAMED)


def test_gaps_in_a_list_are_closed_and_empty_fields_left_out() -> None:
    form = {"/value/name": "N", "/value/benefits/2/what": "tokens", "/value/audience": "  "}
    assert forms.document("program", form)["value"] == {"name": "N", "benefits": [{"what": "tokens"}]}


@pytest.mark.parametrize(
    ("name", "typed"), [("/period", "last year"), ("/period", "2023-02-30"), ("/dimensions", "geography CN")]
)
def test_what_cannot_be_read_is_said_of_its_field(name: str, typed: str) -> None:
    with pytest.raises(Invalid) as refused:
        forms.document("metric", {name: typed})
    assert [one.pointer for one in refused.value.errors] == [name]


# -- from a passage to a fact ----------------------------------------------------------------------


def test_a_passage_becomes_a_fact_without_script(api: InProcess, reader: Reader) -> None:
    source = sourced(api)
    start = TEXT.index(QUOTE)
    opened = reader.open(f"/assert?source={source}&start={start}&end={start + len(QUOTE)}")
    assert opened.status_code == 200
    assert opened.headers["cache-control"] == "private, no-store"
    assert f"<mark>{QUOTE}</mark>" in opened.text
    form = Fields(opened.text).values
    assert form["/value/quantity/value"] == "4120000000"
    assert (form["/value/quantity/unit"], form["/value/quantity/decimals"]) == ("USD", "-7")
    form |= {"/company": "harbor-line", "/subject": "revenue", "/period": "2023"}
    checked = reader.send("/forms/check", form)
    assert checked.status_code == 200
    assert "v-verified" in checked.text
    assert api.found("/v1/facts")["items"] == [], "a check records nothing"
    refused = reader.send("/forms/assert", form)
    assert refused.status_code == 401, "reading needs no key, writing does"
    assert 'href="/key?to=/assert' in refused.text
    reader.keyed(api.key)
    form = Fields(reader.send("/forms/check", form).text).values
    made = reader.send("/forms/assert", form)
    assert made.status_code == 303
    (fact,) = api.found("/v1/facts")["items"]
    assert made.headers["location"] == f"/facts/{fact['id']}"
    assert fact["evidence"] == "verified"
    assert fact["value"] == {"quantity": {"value": "4120000000", "unit": "USD", "decimals": -7}}
    assert fact["citations"][0]["selector"]["exact"] == QUOTE
    again = reader.send("/forms/assert", form)
    assert again.status_code == 303
    assert api.found("/v1/facts")["items"] == [fact], "sent twice, recorded once"


def test_a_fact_is_stated_again_and_taken_back(api: InProcess, reader: Reader) -> None:
    source = sourced(api)
    reader.keyed(api.key)
    form = revenue(source, token=Fields(reader.open("/assert").text).values["token"])
    address = reader.send("/forms/assert", form).headers["location"]
    again = Fields(reader.open(f"/assert?fact={address.removeprefix('/facts/')}&source={source}").text).values
    assert {name: again[name] for name in form if name.startswith("/value")} == {
        name: value for name, value in form.items() if name.startswith("/value")
    }
    again |= {"/value/quantity/value": "4130000000", "quote": QUOTE}
    assert reader.send("/forms/assert", again).status_code == 303
    stale = reader.send("/forms/assert", again | {"/value/quantity/value": "4140000000"})
    assert stale.status_code == 412, "somebody else wrote since the form was opened"
    other = reader.send("/forms/assert", again | {"/subject": "turnover"})
    assert other.status_code == 303, "another fact has no state that could be stale"
    form = Fields(reader.open(f"{address}/retract").text).values
    assert form["version"] == "2"
    assert reader.send(f"/forms{address}/retract", form | {"reason": ""}).status_code == 400
    assert reader.send(f"/forms{address}/retract", form | {"reason": "misread"}).status_code == 303
    assert api.found(f"/v1{address}")["version"] == 1
    gone = reader.send(f"/forms{address}/retract", form | {"reason": "misread again", "version": "7"})
    assert gone.status_code in {404, 412}


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"/company": "Harbor Line"}, "/company"),
        ({"/period": "2023-13"}, "/period"),
        ({"/value/quantity/value": "a lot"}, "/value/quantity/value"),
        ({"/value/quantity/unit": ""}, "/value/quantity/unit"),
        ({"/value/quantity/decimals": "seven"}, "/value/quantity/decimals"),
        ({"quote": "Revenue was 9.99 billion"}, "quote"),
        ({"source": "sha256:nope"}, "source"),
        ({"/dimensions": "geography"}, "/dimensions"),
    ],
)
def test_a_mistake_is_shown_at_its_field_and_nothing_typed_is_lost(
    api: InProcess, reader: Reader, wrong: dict[str, str], field: str
) -> None:
    form = revenue(sourced(api)) | wrong
    for address in ("/forms/check", "/forms/assert"):
        if address == "/forms/assert":
            reader.keyed(api.key)
            form["token"] = Fields(reader.open("/assert").text).values["token"]
        answer = reader.send(address, form)
        assert answer.status_code in {400, 422}, answer.text[:400]
        shown = Fields(answer.text)
        assert field in shown.wrong, (address, shown.wrong)
        assert {name: shown.values[name] for name in form if name not in {"token", "kind"}} == {
            name: value for name, value in form.items() if name not in {"token", "kind"}
        }
    assert api.found("/v1/facts")["items"] == []


# -- keys and tokens -------------------------------------------------------------------------------


def test_a_form_of_another_site_changes_nothing(api: InProcess, reader: Reader) -> None:
    form = revenue(sourced(api))
    reader.keyed(api.key)
    right = Fields(reader.open("/assert").text).values["token"]
    for token in ("", "0" * 64, right[:-1]):
        assert reader.send("/forms/assert", form | {"token": token}).status_code == 403
        assert reader.send("/forms/key/forget", {"token": token}).status_code == 403
    assert api.found("/v1/facts")["items"] == []
    assert reader.send("/forms/key/forget", {"token": right}).status_code == 303
    assert "companyfacts-key" not in reader.cookies
    assert reader.send("/forms/assert", form | {"token": right}).status_code == 401
    for sent in ({"Origin": "https://example.org"}, {"Origin": "null"}, {"Sec-Fetch-Site": "cross-site"}):
        planted = reader.send("/forms/key", {"key": str(api.key), "to": "/"}, headers=sent)
        assert planted.status_code == 403, sent


def test_only_pages_read_the_cookie(api: InProcess, reader: Reader) -> None:
    reader.keyed(api.key)
    cookie = {"Cookie": f"companyfacts-key={api.key}", "Content-Type": "application/json"}
    body = b'{"slug":"acme","name":"Acme"}'
    request = api.request_of("POST", "/v1/companies", headers=cookie, content=body)
    del request.headers["authorization"]
    assert api.send(request).status_code == 401


def test_a_wrong_key_is_told_and_not_kept(api: InProcess, reader: Reader) -> None:
    for key in ("cf_wrong", "", "a b", "ü", "x;y=z", "a\r\nSet-Cookie: b=c"):
        answer = reader.send("/forms/key", {"key": key, "to": "/"})
        assert answer.status_code == 401, key
        assert 'role="alert"' in answer.text
    assert "companyfacts-key" not in reader.cookies
    for to in ("https://example.org/", "//example.org", "/\\example.org", "/a\r\nb: c", "assert"):
        assert reader.send("/forms/key", {"key": str(api.key), "to": to}).status_code == 400, to
        assert reader.open(f"/key?{urlencode({'to': to})}").status_code == 400, to


def test_a_reading_key_may_not_write(cluster: Cluster, api: InProcess) -> None:
    form = revenue(sourced(api))
    reader = Reader(api).keyed(cluster.keys["read"])
    form["token"] = Fields(reader.open("/assert").text).values["token"]
    answer = reader.send("/forms/assert", form)
    assert answer.status_code == 403
    assert "Use another key" in answer.text


def test_with_restricted_reads_pages_are_read_with_the_cookie(cluster: Cluster, dsn: str) -> None:
    with InProcess(dsn, cluster.keys["read"], require_key_for_reads=True) as service:
        reader = Reader(service)
        assert reader.open("/companies").status_code == 401
        assert reader.open("/key").status_code == 200
        reader.keyed(cluster.keys["read"])
        shown = reader.open("/companies")
        assert (shown.status_code, shown.headers["cache-control"]) == (200, "private, no-cache")


@pytest.mark.parametrize(
    "body",
    [b"%ff=1", b"a=%00", b"&".join(b"f%d=1" % n for n in range(400)), "ü=1".encode(), b"kind=nope", b""],
)
def test_a_body_that_is_no_form_is_refused(api: InProcess, body: bytes) -> None:
    answer = api.send(api.request_of("POST", "/forms/check", headers=SENT, content=body))
    assert answer.status_code in {400, 422}, answer.text[:300]


# -- in a browser ----------------------------------------------------------------------------------


@pytest.fixture
def browser() -> Generator[Browser]:
    with Browser() as running:
        yield running


SELECT = """(() => {
  const text = document.querySelector('.document'), range = document.createRange();
  const walker = document.createTreeWalker(text, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const at = node.data.indexOf(%r);
    if (at < 0) continue;
    range.setStart(node, at);
    range.setEnd(node, at + %d);
    getSelection().removeAllRanges();
    getSelection().addRange(range);
    return true;
  }
  return false;
})()"""


@pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not on this machine")
def test_selected_words_become_a_fact_that_is_checked_while_it_is_typed(
    server: Server, browser: Browser
) -> None:
    source = sourced(server)
    browser.open(f"{server.base}/key?to=/sources/{source}")
    browser.fill("#key", str(server.key))
    browser.click("form[action='/forms/key'] button")
    browser.until("location.pathname.startsWith('/sources/') && document.querySelector('.pick') !== null")
    assert browser.value(SELECT % (QUOTE, len(QUOTE))) is True
    browser.until("!document.querySelector('.pick').hidden")
    browser.click(".pick")
    browser.until("location.pathname === '/assert' && document.querySelector('mark') !== null")
    # the text before it has a character that JavaScript counts twice
    assert browser.value("document.querySelector('mark').textContent") == QUOTE
    for name, typed in (("/company", "harbor-line"), ("/subject", "revenue"), ("/period", "2023")):
        browser.fill(f"[id='{name}']", typed)
    browser.until("document.querySelector('#checked .v-verified') !== null")
    browser.fill("[id='/value/quantity/value']", "5000000000")
    browser.until("document.querySelector('#checked .v-unsupported') !== null")
    browser.fill("[id='/value/quantity/value']", "4120000000")
    browser.until("document.querySelector('#checked .v-verified') !== null")
    browser.click("#send")
    browser.until("location.pathname.startsWith('/facts/')")
    assert browser.complaints == []
    (fact,) = server.found("/v1/companies/harbor-line/facts")["items"]
    assert (fact["evidence"], fact["citations"][0]["selector"]["exact"]) == ("verified", QUOTE)
    # the list of changes follows the log, and tries again when the service could not answer
    with browser.paused_at("*/v1/changes*"):
        browser.open(f"{server.base}/changes")
        browser.until("document.querySelector('[data-follow]') !== null")
        # what the browser tells comes with an answer
        assert eventually(lambda: browser.value("true") and len(browser.paused) > 0)
        browser.call("Fetch.fulfillRequest", requestId=browser.paused.pop(), responseCode=503)
    rows = browser.value("document.querySelectorAll('#entries tbody tr').length")
    server.made("/v1/companies", {"slug": "another", "name": "Another"})
    browser.until(f"document.querySelectorAll('#entries tbody tr').length === {rows + 1}")
    assert re.search(
        "another", str(browser.value("document.querySelector('#entries').innerText")), re.IGNORECASE
    )


@pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not on this machine")
def test_with_restricted_reads_a_key_once_given_opens_what_is_suggested(
    cluster: Cluster, dsn: str, browser: Browser
) -> None:
    with Server(dsn, cluster.keys["write"], COMPANYFACTS_REQUIRE_KEY_FOR_READS="true") as server:
        server.made("/v1/companies", {"slug": "harbor-line", "name": "Harbor Line"})
        browser.open(f"{server.base}/key?to=/companies")
        browser.fill("#key", str(server.key))
        browser.click("form[action='/forms/key'] button")
        browser.until("location.pathname === '/companies'")
        browser.fill("#find", "harbor")
        browser.until("document.querySelector('[role=option]') !== null")
        assert "Harbor Line" in browser.value("document.querySelector('[role=option]').textContent")
        assert browser.complaints == []
