"""Labels, declarations and decoding follow the WHATWG Encoding Standard and nothing else."""

import codecs
import encodings as pythons
import pkgutil

import pytest
from hypothesis import given
from hypothesis import strategies as st
from webencodings.labels import LABELS

from service.core.encodings import Undecodable, decoded, marked, named, said_in_meta, said_in_xml


@pytest.mark.parametrize(
    ("label", "name"),
    [
        ("iso-8859-1", "windows-1252"), ("ascii", "windows-1252"), ("latin1", "windows-1252"), ("gb2312", "gbk"),
        ("x-sjis", "shift_jis"), (" UTF8\n", "utf-8"), ("ks_c_5601-1987", "euc-kr"), ("iso-8859-9", "windows-1254"),
        ("hz-gb-2312", "replacement"), ("iso-2022-kr", "replacement"), ("unicode", "utf-16le"),
        ("punycode", None), ("idna", None), ("rot13", None), ("unicode_escape", None), ("utf-7", None), ("utf-32", None),
        ("latin-1", "windows-1252"), ("Latin-2", "iso-8859-2"), ("latin-7", None), ("latin_1", None),
        ("cp037", None), ("", None), ("ütf-8", None),
    ],
)  # fmt: skip
def test_a_label_means_what_it_means_on_the_web(label: str, name: str | None) -> None:
    assert named(label) == name


def test_no_codec_of_python_is_reached_by_a_name_that_is_no_label_of_the_web() -> None:
    theirs = {one.name for one in pkgutil.iter_modules(pythons.__path__)} | set(pythons.aliases.aliases)
    assert len(theirs - LABELS.keys()) > 100
    assert {name for name in theirs - LABELS.keys() if named(name) is not None} == set()


@pytest.mark.parametrize(
    ("content", "label", "text"),
    [
        (b"\x80 \x93 \x81 \xe9", "iso-8859-1", "€ “ \x81 é"),
        (b"\x98", "windows-1251", "\x98"),
        (b"\xca", "windows-1255", "\u05ba"),
        (b"\xae\xbe", "koi8-u", "ўЎ"),
        (b"\xc4\xe3 \x80 \x81\x30\x81\x30", "gb2312", "你 € \x80"),
        (b"\x83\x65\x83\x58\x83\x67\x87\x40\x80", "x-sjis", "テスト①\x80"),
        (b"\xa5\xc6\xad\xa1\xa1\xc1\xa1\xdd\x8f\xb0\xa1", "euc-jp", "テ①～－丂"),
        (b"\x1b$B%F-!!A\x1b(B.", "iso-2022-jp", "テ①～."),
        (b"\x87\x40\xa4\xa4", "big5", "䏰中"),
        (b"\xb0\xa1\x81\x41", "euc-kr", "가갂"),
        (b"M\x00\xfc\x00", "utf-16", "Mü"),
        (b"a\xff", "x-user-defined", "a\uf7ff"),
    ],
)
def test_bytes_are_read_as_browsers_read_them(content: bytes, label: str, text: str) -> None:
    assert decoded(content, named(label) or "") == text


@pytest.mark.parametrize(
    ("content", "encoding"),
    [
        (b"ab\xff", "utf-8"), (b"ab\xe4\xb8", "utf-8"), (b"ab\xd8", "utf-16le"), (b"\x00\xd8a\x00", "utf-16le"),
        (b"ab\xaa", "windows-1253"), (b"ab\xff", "gbk"), (b"ab\xa9\xa1", "euc-jp"), (b"ab\xa1\x40", "euc-jp"),
        (b"ab", "replacement"),
    ],
)  # fmt: skip
def test_bytes_that_are_not_of_the_encoding_are_refused(content: bytes, encoding: str) -> None:
    with pytest.raises(Undecodable, match=rf"not {encoding.upper()}: .* at byte \d+"):
        decoded(content, encoding)


def test_a_mark_tells_the_encoding() -> None:
    for mark, encoding in [
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16le"),
        (codecs.BOM_UTF16_BE, "utf-16be"),
    ]:
        assert marked(mark + b"x") == (encoding, len(mark))
    assert marked(b"\xef\xbb") is None


@pytest.mark.parametrize(
    ("page", "encoding"),
    [
        (b"<meta charset=x-sjis>", "shift_jis"),
        (b"<!doctype html><html lang=de><head><META CHARSET = 'Latin1' />", "windows-1252"),
        (b"<meta http-equiv=Content-Type content='text/html; charset=gb2312'>", "gbk"),
        (b"<meta content='text/html; charset=\"koi8-r\"' http-equiv=content-type>", "koi8-r"),
        (b"<meta content='text/html; charset=koi8-r'>", None),
        (b"<meta name=description content='charset=big5'><meta charset=koi8-r>", "koi8-r"),
        (b"<!-- <meta charset=big5> --><meta charset=koi8-r>", "koi8-r"),
        (b"<!--><meta charset=koi8-r>", "koi8-r"),
        (b"<!-- <meta charset=big5>", None),
        (b"<a title='<meta charset=big5>'><meta charset=koi8-r>", "koi8-r"),
        (b"<p charset=big5>", None),
        (b"</p title='>'><?x <meta charset=big5>", None),
        (b"<metadata charset=big5>", None),
        (b"<meta charset=punycode><meta charset=koi8-r>", "koi8-r"),
        (b"<meta charset=punycode>", None),
        (b"<meta charset=big5 charset=koi8-r>", "big5"),
        (b"<meta charset=utf-16be>", "utf-8"),
        (b"<meta charset=x-user-defined>", "windows-1252"),
        (b"<meta charset=hz-gb-2312>", "replacement"),
        (b"<p>charset=big5", None),
        (b" " * 1003 + b"<meta charset=koi8-r>", "koi8-r"),
        (b" " * 1004 + b"<meta charset=koi8-r>", None),
        (b" " * 1010 + b"<meta charset=koi8-r>", None),
    ],
)
def test_a_page_says_its_encoding_in_its_first_kilobyte(page: bytes, encoding: str | None) -> None:
    assert said_in_meta(page) == encoding


@pytest.mark.parametrize(
    ("page", "encoding"),
    [
        (b"<?xml version='1.0' encoding='iso-8859-1'?>", "windows-1252"),
        (b'<?xml version="1.0" encoding = "Shift_JIS" standalone="yes"?>', "shift_jis"),
        (b'<?xml version="1.0" encoding="UTF-16"?>', "utf-8"),
        (b'<?xml version="1.0" encoding="punycode"?>', None),
        (b'<?xml version="1.0"?><p encoding="big5">', None),
        (b' <?xml encoding="big5"?>', None),
        ("<?xml version='1.0'?>".encode("utf-16-le"), "utf-16le"),
        ("<?xml version='1.0'?>".encode("utf-16-be"), "utf-16be"),
    ],
)
def test_xml_says_its_encoding_in_its_declaration(page: bytes, encoding: str | None) -> None:
    assert said_in_xml(page) == encoding


@given(
    st.lists(
        st.sampled_from(
            [
                b"<meta",
                b" charset=",
                b"koi8-r",
                b">",
                b"<!--",
                b"-->",
                b"'",
                b'"',
                b"/",
                b"=",
                b" ",
                b"\xff",
                b"<a",
                b"</",
                b"<?",
            ]
        )
    ).map(b"".join)
)
def test_whatever_a_page_begins_with_it_names_an_encoding_or_none(page: bytes) -> None:
    assert said_in_meta(page) in {"koi8-r", None}
    assert said_in_meta(b"<meta charset=big5>" + page) == "big5"
