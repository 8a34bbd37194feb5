"""What text is read out of archived content."""

import pytest

from service.domain.errors import Invalid
from service.domain.sources import snapshot


@pytest.mark.parametrize(
    "media_type", ["text/plain", "text/markdown", "application/json", "application/ld+json"]
)
def test_text_is_its_own_text(media_type: str) -> None:
    archived = snapshot("größer als 36 %".encode(), media_type)
    assert archived.text == "größer als 36 %"
    assert archived.extractor is None


def test_html_is_read_block_by_block() -> None:
    page = b"<style>p{}</style><h1>Results</h1><p>Revenue rose <b>26</b> percent.</p><script>var x = 99</script><p>Next</p>"
    archived = snapshot(page, "text/html")
    assert archived.text == "Results\n\nRevenue rose 26 percent.\n\nNext"
    assert archived.content == page
    assert archived.extractor is not None
    assert archived.extractor.startswith("html-text ")


def test_html_in_the_charset_it_declares() -> None:
    assert snapshot("<meta charset='latin-1'><p>café".encode("latin-1"), "text/html").text == "café"


@pytest.mark.parametrize(
    ("content", "media_type"),
    [
        (b"\xff\xfe", "text/plain"),
        (b"\xff\xfe", "text/html"),
        (b"<meta charset='no-such'>x", "text/html"),
        (b"%PDF", "application/pdf"),
    ],
)
def test_what_cannot_be_read_is_refused(content: bytes, media_type: str) -> None:
    with pytest.raises(Invalid):
        snapshot(content, media_type)


def test_nesting_without_end_is_no_defect() -> None:
    snapshot(b"<div>" * 100_000 + b"x", "text/html")
