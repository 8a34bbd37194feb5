"""The language of a source: given, or declared by a page; what it does for sentences too short to tell their own."""

from typing import Any

import pytest

from service.core.sources import language_of_page

PAGE = "<!doctype html>\n<html class='x' lang=\"de-CH\"><body><p>Kita 1.250 €</p></body></html>"
KITA = "Kita 1.250 €"


def test_the_language_is_what_was_said(api: Any) -> None:
    body = {"title": "Kita", "text": KITA, "language": "de"}
    made = api.post("/v1/sources", json=body)
    assert made.status_code == 201, made.text
    assert made.json()["language"] == "de"
    assert api.get(f"/v1/sources/{made.json()['id']}").json()["language"] == "de"
    assert api.post("/v1/sources", json=body).status_code == 200
    assert api.post("/v1/sources", json={"title": "Kita", "text": KITA}).status_code == 200
    other = api.post("/v1/sources", json={**body, "language": "fr"})
    assert (other.status_code, other.json()["errors"][0]["pointer"]) == (409, "/language")


def test_a_page_tells_its_language(api: Any) -> None:
    page = {"title": "Kita", "text": PAGE, "media_type": "text/html"}
    made = api.post("/v1/sources", json=page).json()
    assert made["language"] == "de-CH"
    assert api.post("/v1/sources", json=page).status_code == 200
    french = {"title": "Kita", "text": PAGE + " ", "media_type": "text/html", "language": "fr"}
    assert api.post("/v1/sources", json=french).json()["language"] == "fr"


@pytest.mark.parametrize("tag", ["deutsch!", "d", "de_DE", "", "de-"])
def test_a_language_is_a_tag(api: Any, tag: str) -> None:
    answer = api.post("/v1/sources", json={"title": "Kita", "text": KITA, "language": tag})
    assert answer.status_code in {400, 422}


@pytest.mark.parametrize(
    ("content", "language"),
    [
        (b"<html lang=en>", "en"),
        (b"<HTML LANG='pt-BR'>", "pt-BR"),
        (b'<html xmlns="x" xml:lang="fr" lang="fr">', "fr"),
        (b'<html lang="">', None),
        (b'<html lang="not a tag">', None),
        (b"<html><p lang=de>", None),
        (b"no page", None),
        (b"<html " * 2000 + b"lang=de>", None),
    ],
)
def test_the_language_of_a_page_stands_in_its_first_element(content: bytes, language: str | None) -> None:
    assert language_of_page("text/html", content) == language
    assert language_of_page("text/plain", content) is None


@pytest.mark.parametrize(
    ("language", "verdict"), [("de", "verified"), ("en", "unsupported"), ("it", "unsupported")]
)
def test_it_reads_a_sentence_that_is_too_short_to_tell(api: Any, language: str, verdict: str) -> None:
    api.post("/v1/companies", json={"slug": "kita", "name": "Kita"})
    text = f"{KITA} {' ' * ['de', 'en', 'it'].index(language)}"
    source = api.post("/v1/sources", json={"title": "Kita", "text": text, "language": language}).json()["id"]
    fact = {
        "kind": "metric", "company": "kita", "subject": "fee", "basis": "reported",
        "value": {"quantity": {"value": "1250", "unit": "EUR"}}, "known_at": "2026-01-01",
        "citations": [{"source": source, "selector": {"type": "text_quote", "exact": KITA}}],
    }  # fmt: skip
    checked = api.post("/v1/checks", json={"fact": fact}).json()
    assert checked["evidence"] == verdict, checked
