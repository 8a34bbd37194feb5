"""The text that is extracted from content."""

from typing import Any

import msgspec
import pytest

from service.core.errors import Invalid
from service.core.sources import PostSource, Sent, Snapshot, named, sent_again, snapshot, text_now


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


@pytest.mark.parametrize(
    ("page", "media_type", "given", "text"),
    [
        (b"<meta charset='latin1'><p>caf\xe9 \x80", "text/html", None, "café €"),
        (b"<meta charset=gb2312><p>\xc4\xe3", "text/html", None, "你"),
        (b"<meta charset=x-sjis><p>\x83\x65", "text/html", None, "テ"),
        (b"<meta charset=utf-16><p>caf\xc3\xa9", "text/html", None, "café"),
        (b"<meta charset=punycode><p>caf\xc3\xa9", "text/html", None, "café"),  # no encoding of the web: passed over
        (b"<p>caf\xc3\xa9", "text/html", None, "café"),
        # whoever brings it knows better than the page, and a byte order mark better than both
        (b"<meta charset=latin1><p>caf\xc3\xa9", "text/html", "utf-8", "café"),
        (b"<meta charset=utf-8><p>caf\xe9", "text/html", "windows-1252", "café"),
        (b"\xef\xbb\xbf<meta charset=latin1><p>caf\xc3\xa9", "text/html", "windows-1252", "café"),
        (b"\xff\xfe<\0p\0>\0\xe9\0", "text/html", "utf-8", "é"),
        # XML says it in its declaration
        (b"<?xml version='1.0' encoding='latin1'?><p>caf\xe9</p>", "application/xhtml+xml", None, "café"),
        (b"<?xml version='1.0' encoding='utf-8'?><meta charset='latin1'/><p>caf\xc3\xa9</p>", "application/xhtml+xml", None,
         "café"),
        (b"<?xml version='1.0' encoding='utf-8'?><meta charset='latin1'/><p>caf\xe9</p>", "text/html", None, "café"),
        # text is in UTF-8 unless somebody says otherwise
        (b"<meta charset=latin1>caf\xc3\xa9", "text/markdown", None, "<meta charset=latin1>café"),
        (b"caf\xe9", "text/plain", "windows-1252", "café"),
        (b"\xff\xfee\0", "text/plain", None, "e"),
        (b"\xef\xbb\xbfe", "text/plain", None, "\ufeffe"),
    ],
)  # fmt: skip
def test_content_is_read_in_its_encoding(page: bytes, media_type: str, given: str | None, text: str) -> None:
    archived = snapshot(page, media_type, given)
    assert archived.text == text
    assert text_now(archived) is None
    again = sent_again(archived)
    assert snapshot(**content_of(again), media_type=media_type).text == text, "sent again it is read alike"


def content_of(sent: Sent) -> dict[str, Any]:
    if sent.text is not None:
        return {"content": sent.text.encode(), "encoding": "utf-8"}
    return {"content": sent.base64, "encoding": sent.charset}


@pytest.mark.parametrize("said", ["iso-8859-1", "utf-16", "koi8-r", "x-sjis", "punycode", "hz-gb-2312"])
@pytest.mark.parametrize("form", ["<meta charset={}>", "<meta http-equiv=content-type content='text/html; charset={}'>",
                                  "<?xml version='1.0' encoding='{}'?>"])  # fmt: skip
def test_what_is_unicode_already_is_not_decoded_again(said: str, form: str) -> None:
    page = f"{form.format(said)}<p>Müller hält 36 % – 你好</p>"
    assert snapshot(page.encode(), "text/html", "utf-8").text.strip() == "Müller hält 36 % – 你好"


def test_what_was_read_by_earlier_rules_is_told_and_can_be_sent_so_that_it_is_read_alike() -> None:
    # sent as text, and then decoded as its meta says: once the rule
    broken = "<meta charset=iso-8859-1><p>Müller".encode()
    earlier = Snapshot(broken, "text/html", "MÃ¼ller", "html-text 0.7.1")
    now = text_now(earlier)
    assert now is not None
    assert now.text == "Müller"
    assert now.extractor is not None
    again = sent_again(earlier)
    assert again.base64 == broken
    assert snapshot(**content_of(again), media_type="text/html").text == "MÃ¼ller"
    # of most nothing changes
    for page, text in (
        (b"<meta charset=iso-8859-1><p>M\xfcller", "Müller"),
        ("<p>Müller".encode(), "Müller"),
    ):
        same = Snapshot(page, "text/html", text, "html-text 0.7.1")
        assert text_now(same) is None
        assert snapshot(**content_of(sent_again(same)), media_type="text/html").text == text
    # nothing would be read out of it any more
    with pytest.raises(Invalid):
        text_now(Snapshot(b"<meta charset=cp037><p>\xff", "text/html", "x", "html-text 0.7.1"))


@pytest.mark.parametrize(
    ("content", "media_type"),
    [
        (b"\xff", "text/plain"),
        (b"\xff\xfea", "text/plain"),
        (b"caf\xe9", "text/html"),
        (b"<meta charset='latin_1'>caf\xe9", "text/html"),
        (b"<meta charset='hz-gb-2312'>x", "text/html"),
        (b"<meta charset='hz-gb-2312'>x", "application/xhtml+xml"),
        (b"%PDF", "application/pdf"),
    ],
)
def test_what_cannot_be_read_is_refused(content: bytes, media_type: str) -> None:
    with pytest.raises(Invalid):
        snapshot(content, media_type)


def test_nesting_without_end_is_no_defect() -> None:
    snapshot(b"<div>" * 100_000 + b"x", "text/html")


# -- the id of a source ----------------------------------------------------------------------------

HASH = "9834876dcfb05cb167a5c24953eba58c4ac89b1adf57f28f2f9d09af107ee8f0"  # of "aaa"


@pytest.mark.parametrize(
    ("fields", "name", "content"),
    [
        ({"text": "aaa"}, f"sha256:{HASH}", b"aaa"),
        ({"base64": "YWFh"}, f"sha256:{HASH}", b"aaa"),
        ({"text": "aaa", "sha256": HASH, "url": "https://example.org"}, f"sha256:{HASH}", b"aaa"),
        ({"sha256": HASH, "url": "https://example.org"}, f"sha256:{HASH}", None),
        (
            {"url": "https://example.org"},
            "url:50d7a905e3046b88638362cc34a31a1ae534766ca55e3aa397951efe653b062b",
            None,
        ),
    ],
)
def test_a_source_is_named_by_its_content_else_by_its_address(
    fields: dict[str, Any], name: str, content: bytes | None
) -> None:
    found = named(msgspec.convert({"title": "T", **fields}, PostSource))
    assert (found.id, found.content) == (name, content)


@pytest.mark.parametrize(
    ("fields", "pointer"),
    [
        ({}, "/url"),
        ({"text": "a", "base64": "YQ=="}, "/base64"),
        ({"text": "a", "charset": "utf-8"}, "/charset"),
        ({"base64": "YQ==", "charset": "no-such"}, "/charset"),
        ({"text": "a", "sha256": HASH}, "/sha256"),
    ],
)
def test_a_source_without_a_name_is_refused_at_its_place(fields: dict[str, Any], pointer: str) -> None:
    with pytest.raises(Invalid) as refused:
        named(msgspec.convert({"title": "T", **fields}, PostSource))
    assert [flaw.pointer for flaw in refused.value.errors] == [pointer]
