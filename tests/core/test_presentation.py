"""Quotes are found where only their presentation differs, and nowhere else."""

import unicodedata
from typing import NamedTuple

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from service.core import presentation
from service.core.citations import TextQuote
from service.core.errors import Invalid, QuoteNotFound
from service.core.passages import resolve
from service.core.presentation import Searchable, fold
from tests.effort import examples

# -- one by one ----------------------------------------------------------------------------------

SAME = {
    "a line break": ("36 percent share", "36 percent\nshare"),
    "CRLF": ("36 percent share", "36 percent\r\nshare"),
    "a tab": ("36 percent share", "36\tpercent share"),
    "several spaces": ("36 percent share", "36  percent   share"),
    "no-break space": ("36 percent share", "36\u00a0percent share"),
    "thin space": ("53 000 users", "53\u2009000 users"),
    "narrow no-break space": ("36 % share", "36\u202f% share"),
    "ideographic space": ("阿里 云", "阿里\u3000云"),
    "line separator": ("the share of", "the share\u2028of"),
    "a blank line": ("the share of", "the share\n\nof"),
    "soft hyphen": ("information", "infor\u00admation"),
    "zero-width space": ("https://example.org", "https://\u200bexample.org"),
    "byte order mark": ("Revenue rose", "\ufeffRevenue\ufeff rose"),
    "direction mark": ("rose 5%", "rose\u200e 5%"),
    "variation selector": ("© Acme", "©\ufe0f Acme"),
    "hyphenation": ("the information", "the infor-\nmation"),
    "hyphenation, CRLF, indented": ("the information", "the infor-  \r\n    mation"),
    "hyphenation with a soft hyphen": ("the information", "the infor\u00ad\nmation"),
    "a hyphen that ends a line": ("long-term growth", "long-\nterm growth"),
    "both": ("long-term information", "long-\nterm infor-\nmation"),
    "a hyphen before digits that ends a line": ("COVID-19", "COVID-\n19"),
    "curly quotes": ('"Acme" is', "“Acme” is"),
    "guillemets": ('"Acme" is', "«Acme» is"),
    "low quotes": ('"Acme" is', "„Acme“ is"),
    "curly apostrophe": ("Acme's share", "Acme’s share"),
    "acute as apostrophe": ("Acme's share", "Acme´s share"),
    "en dash": ("cloud - the plan", "cloud – the plan"),
    "em dash": ("cloud - the plan", "cloud — the plan"),
    "two hyphens": ("cloud--the plan", "cloud—the plan"),
    "no-break hyphen": ("long-term", "long\u2011term"),
    "dash of a span": ("10-12 percent", "10–12 percent"),
    "dash of years": ("2010-2015", "2010—2015"),
    "dash after a word": ("the plan - $5 million", "the plan – $5 million"),
    "dash before a word": ("- revenue", "– revenue"),
    "ligature": ("the office", "the oﬃce"),
    "ligature fi": ("finance", "ﬁnance"),
    "full width": ("36% share", "３６％ share"),
    "full-width letters": ("ABC Corp.", "ＡＢＣ Ｃｏｒｐ．"),
    "half width": ("パナソニック", "ﾊﾟﾅｿﾆｯｸ"),
    "NFD": ("café", "cafe\u0301"),
    "NFD of Hangul": ("한국", unicodedata.normalize("NFD", "한국")),
    "NFD with two marks": ("ở Việt Nam", unicodedata.normalize("NFD", "ở Việt Nam")),
    "Kelvin sign": ("K", "\u212a"),
    "&amp;": ("AT&T Inc.", "AT&amp;T Inc."),
    "&nbsp;": ("36 percent", "36&nbsp;percent"),
    "&nbsp; beside a space": ("36 percent", "36 &nbsp;percent"),
    "&#8217;": ("Acme's share", "Acme&#8217;s share"),
    "&#x2019;": ("Acme's share", "Acme&#x2019;s share"),
    "&eacute;": ("café", "caf&eacute;"),
    "&shy;": ("information", "infor&shy;mation"),
    "ellipsis": ("grew … a lot", "grew ... a lot"),
    "Arabic ligature": ("\u0644\u0627", "\ufefb"),
}


@pytest.mark.parametrize("name", SAME)
@pytest.mark.parametrize("way", ["quoted plainly", "archived plainly"])
def test_presentation_does_not_matter(name: str, way: str) -> None:
    plain, other = SAME[name]
    quote, words = (plain, other) if way == "quoted plainly" else (other, plain)
    text = f"Before it: {words}; after it."
    selector, passage = resolve(TextQuote(exact=quote), text, public=True)
    assert isinstance(selector, TextQuote)
    assert selector.exact == passage.text == words.strip("\ufeff")
    assert selector.matched == "folded"
    assert text[selector.start : selector.end] == selector.exact


OTHER = {
    "case": ("Acme", "acme"),
    "letter": ("Acme", "Acne"),
    "accent": ("café", "cafe"),
    "digit": ("36%", "37%"),
    "digit left out": ("136%", "36%%"),
    "percent": ("36% of", "36 of"),
    "per mille": ("36%", "36‰"),
    "minus for hyphen": ("fell -5%", "fell −5%"),
    "en dash for hyphen before a number": ("fell -5%", "fell –5%"),
    "before a currency": ("a result of -$5", "a result of –$5"),
    "before a currency with letters": ("a result of -US$5", "a result of –US$5"),
    "before a point": ("a result of -.5", "a result of –.5"),
    "before a fraction": ("a result of -½", "a result of –½"),
    "minus left out": ("of −5%", "of 5%"),
    "hyphen left out": ("of -5%", "of 5%"),
    "minus between numbers": ("10-12", "10−12"),
    "minus before a space": ("- 5", "− 5"),
    "plus": ("of +5%", "of 5%"),
    "plus for minus": ("of +5%", "of -5%"),
    "plus-minus": ("of ±5%", "of +5%"),
    "superscript": ("x²", "x2"),
    "subscript": ("CO₂", "CO2"),
    "fraction": ("½ of", "1/2 of"),
    "fraction slash": ("1⁄2 of", "1/2 of"),
    "circled": ("① one", "1 one"),
    "roman": ("Ⅷ", "VIII"),
    "bold digit": ("𝟓 users", "5 users"),
    "Arabic-Indic digit": ("٥ users", "5 users"),
    "trade mark": ("Acme™", "AcmeTM"),
    "square": ("5 ㎏", "5 kg"),
    "space left out": ("36 percent", "36percent"),
    "space for a thousands mark": ("53,000", "53 000"),
    "hyphen within a line left out": ("co-op", "coop"),
    "hyphen for a space": ("long-term", "long term"),
    "hyphen of digits at a line end": ("10-15", "10-\n15"),
    "word left out": ("a large share", "a share"),
    "full stop left out": ("Inc. is", "Inc is"),
    "comma": ("one, two", "one two"),
    "quotes left out": ('the "plan" is', "the plan is"),
    "apostrophe left out": ("its", "it's"),
    "reference to another character": ("AT&T", "AT&lt;T"),
    "unknown reference": ("AT&T", "AT&nothing;T"),
    "half of a ligature": ("ﬁnance", "inance"),
    "letter without its mark": ("cafe\u0301s", "cafes"),
    "prime": ("6′", "6'"),
}


@pytest.mark.parametrize(
    ("quote", "words"),
    [
        pytest.param(quote, words, id=name)
        for name, (one, other) in OTHER.items()
        for quote, words in ((one, other), (other, one))
        if quote not in words  # else it is a part, and quoted rightly
    ],
)
def test_what_is_said_matters(quote: str, words: str) -> None:
    with pytest.raises(QuoteNotFound):
        resolve(TextQuote(exact=quote), f"Before it : {words} ; after it.", public=True)


@pytest.mark.parametrize("quote", ["inance", "the of", "fice"])
def test_a_passage_begins_and_ends_at_whole_code_points(quote: str) -> None:
    with pytest.raises(QuoteNotFound):
        resolve(TextQuote(exact=quote), "the oﬀice of ﬁnance", public=True)
    found, _ = resolve(TextQuote(exact="T&T"), "AT&amp;T", public=True)
    assert isinstance(found, TextQuote)
    assert found.exact == "T&amp;T"
    found, _ = resolve(TextQuote(exact="A\u00a0T&"), "A  T&amp;T", public=True)
    assert isinstance(found, TextQuote)
    assert found.exact == "A  T&amp;"


def test_white_space_at_the_edges_need_not_be_in_the_text() -> None:
    for quote in ("36%\u00a0share\n", "\t36% \u2009share"):
        found, _ = resolve(TextQuote(exact=quote), "(36% share)", public=True)
        assert isinstance(found, TextQuote)
        assert (found.exact, found.start) == ("36% share", 1)


# -- in any text ---------------------------------------------------------------------------------

SPACES = (" ", "\n", "\r\n", "\t", "\u00a0", "\u2009", "  ", " \n ", "\u3000", "\u200b ", "&nbsp;", " &#32;")
DASHES = ("-", "\u2010", "\u2011", "\u2012", "–", "—", "―")
VARIANTS = {
    " ": SPACES,
    '"': ('"', "“", "”", "„", "«", "&quot;", "＂"),
    "'": ("'", "’", "‘", "´", "&#39;", "&rsquo;"),
    " - ": (" - ", "\n– ", " — ", "  ―  "),
    "…": ("…", "...", "&hellip;"),
    "&": ("&", "&amp;", "＆"),
    "é": ("é", "e\u0301", "&eacute;"),
    "fi": ("fi", "ﬁ", "f\u00adi", "f-\ni", "ｆｉ"),
    "%": ("%", "％", "&percnt;"),
    "5": ("5", "５", "&#53;"),
    "ガ": ("ガ", "ｶﾞ", "カ\u3099"),
    "한": ("한", "\u1112\u1161\u11ab"),
    "A": ("A", "Ａ", "\u200bA", "A\u2060"),
    "lo-fo": ("lo-fo", "lo-\nfo", "lo\u2011fo", "lo–fo"),
    "10-12": ("10-12", "10–12", "10—12", "１０-12"),
    "x²": ("x²", "x\u200b²"),
    "½": ("½", "&frac12;"),
    "-5": ("-5", "－5", "-\u200b5"),
    "−5": ("−5", "−&#53;"),
    "①": ("①", "&#x2460;"),
    "b": ("b",),
    "阿": ("阿",),
    "7": ("7",),
    ".": (".", "．"),
}  # fmt: skip
BETWEEN = (" ", " - ")  # what a quote does not begin or end with


class Rendered(NamedTuple):
    """A text, and where each of its tokens starts; the last is its length."""

    text: str
    places: list[int]


@st.composite
def rendered(draw: st.DrawFn, tokens: list[str]) -> Rendered:
    places = [0]
    text = ""
    for token in tokens:
        text += draw(st.sampled_from(VARIANTS[token]))
        places.append(len(text))
    return Rendered(text, places)


def apart(tokens: list[str]) -> list[str]:
    """The tokens with a space where two of them together would be something else, such as a number or a sign."""
    kept: list[str] = []
    for token in tokens:
        if kept and kept[-1] not in BETWEEN and token not in BETWEEN:
            kept.append(" ")
        elif kept and kept[-1] in BETWEEN and token in BETWEEN:
            continue
        kept.append(token)
    return kept


TOKENS = st.lists(st.sampled_from(list(VARIANTS)), min_size=1, max_size=14).map(apart)


@given(TOKENS, st.data())
@settings(max_examples=examples(300))
def test_a_quote_is_found_however_both_are_set(tokens: list[str], data: st.DataObject) -> None:
    whole = [place for place, token in enumerate(tokens) if token not in BETWEEN]
    assume(whole)
    first, last = sorted((data.draw(st.sampled_from(whole)), data.draw(st.sampled_from(whole))))
    words = tokens[first : last + 1]
    assume(any(token.isalnum() or token in {"%", "&", "lo-fo", "10-12", "-5", "−5"} for token in words))
    text = data.draw(rendered(tokens))
    quote = data.draw(rendered(words))
    found = Searchable(text.text).find(quote.text, most=50)
    assert found.complete
    visible = [(fold_of(text.text, place.start, place.end), place.start) for place in found.places]
    start = text.places[first]
    folded = fold_of(text.text, start, text.places[last + 1])
    assert folded in {one for one, _ in visible}, (text, quote)
    assert any(abs(at - start) <= 1 for _, at in visible), "invisible characters may stand before it"


def fold_of(text: str, start: int, end: int) -> str:
    return fold(text[start:end]).text


CHANGES = {
    "A": ("a", "Å", "B", "AA", ""), "b": ("B", "c", ""), "é": ("e", "É", "è"), "5": ("6", "55", "⁵", "⑤", ""),
    "7": ("1", "77", "₇"), "%": ("", "‰", "%%"), "-5": ("5", "–5", "−5", "+5", "- 5", "-6"), "−5": ("5", "-5", "–5", "+5"),
    "x²": ("x2", "x³", "x"), "½": ("1/2", "¼", "1⁄2"), "①": ("1", "②"), "10-12": ("10−12", "1012", "10 12", "10-13"),
    "lo-fo": ("lo fo", "Lo-fo", "lo+fo"), "ガ": ("カ", "が"), "한": ("하",), "阿": ("啊",), "&": ("", "and"),
    "fi": ("fl", "Fi", "f i"),
    " ": ("", "_"),
}  # fmt: skip


@given(TOKENS, st.data())
@settings(max_examples=examples(300))
def test_a_quote_that_says_something_else_is_never_found_there(
    tokens: list[str], data: st.DataObject
) -> None:
    changeable = [place for place, token in enumerate(tokens) if token in CHANGES]
    assume(changeable)
    at = data.draw(st.sampled_from(changeable))
    text = data.draw(rendered(tokens))
    left, right = data.draw(rendered(tokens[:at])), data.draw(rendered(tokens[at + 1 :]))
    changed = data.draw(st.sampled_from(CHANGES[tokens[at]]))
    said = "".join([*tokens[:at], changed, *tokens[at + 1 :]])
    assume(
        " ".join(said.split()) not in " ".join("".join(tokens).split())
    )  # else it is a part, and quoted rightly
    if tokens[at] == " " and not changed:
        assume(not {'"', "'", "…", "."} & {*tokens[at - 1 : at], *tokens[at + 1 : at + 2]})
    found = Searchable(text.text).find(f"{left.text}{changed}{right.text}", most=50)
    assert found.places == [], (text.text, left.text, changed, right.text)


@given(st.text(max_size=40) | st.text(alphabet="a1 -–\n\u00ad\u200b.&;…ﬁe\u0301%'“", max_size=40))
@settings(max_examples=examples(400))
def test_places_are_exact_in_any_text(text: str) -> None:
    folded = fold(text)
    assert len(folded.text) == len(folded.starts) == len(folded.ends)
    end = 0
    for start, after in dict.fromkeys(zip(folded.starts, folded.ends, strict=True)):
        assert end <= start < after <= len(text)
        end = after
    if text.isascii() and text.isalnum():
        assert folded.text == text


@given(st.text(alphabet="ab1 -–\n\u00ad\u200b.&…ﬁe\u0301", min_size=1, max_size=60), st.data())
@settings(max_examples=examples(300))
def test_a_slice_of_any_text_is_found_in_it(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    selector = TextQuote(exact=text[start:end], start=start)
    found, passage = resolve(selector, text, public=True)
    assert isinstance(found, TextQuote)
    assert (found.start, found.end, found.exact, found.matched) == (start, end, text[start:end], None)
    assert passage.text == text[start:end]


# -- prefix and suffix, several places ------------------------------------------------------------

TWICE = "In 2024 its “share” was 28%.\nIn 2025 its “share”\u00a0was 36%."


def test_prefix_and_suffix_decide_under_the_fold() -> None:
    second = TWICE.rindex("its")
    for selector in (
        TextQuote(exact='its "share" was', prefix="In 2025 "),
        TextQuote(exact='its "share" was', prefix="28%. In\t2025 "),
        TextQuote(exact='its "share" was', suffix="\n36%"),
        TextQuote(exact='its "share" was', prefix="2025 ", suffix=" 36%"),
        TextQuote(exact='its "share" was', start=second),
    ):
        found, _ = resolve(selector, TWICE, public=True)
        assert isinstance(found, TextQuote)
        assert (found.start, found.exact) == (second, "its “share”\u00a0was")
        assert found.prefix is None or TWICE[:second].endswith(found.prefix)
        assert found.suffix is None or TWICE[found.end :].startswith(found.suffix)
        again, _ = resolve(found, TWICE, public=True)
        assert again == found, "the archived words match exactly, and what is recorded stays as it is"
    with pytest.raises(QuoteNotFound):
        resolve(TextQuote(exact='its "share" was', prefix="In 2026 "), TWICE, public=True)
    with pytest.raises(Invalid, match=r"occur 2 times, at 8–23, 37–52; add prefix, suffix or start"):
        resolve(TextQuote(exact='its "share" was'), TWICE, public=True)


def test_words_that_occur_exactly_are_found_as_before() -> None:
    text = 'the “share” and the "share"'
    found, _ = resolve(TextQuote(exact='"share"', matched="folded"), text, public=True)
    assert found == TextQuote(exact='"share"', start=20, end=27)


# -- what is nearest -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "quote", "passage", "difference"),
    [
        ("Acme has a 36 percent share of it.", "a 37 percent share", "a 36 percent share",
         "at character 3 the quote has U+0037, the text U+0036"),
        ("Acme has a “36” percent share of it.", 'a "36" percent Share', "a “36” percent share",
         "at character 15 the quote has U+0053, the text U+0073"),
        ("Acme’s share of it fell.", "Acme’s share of it rose.", "Acme’s share of it fell",
         "at character 19 the quote has U+0072, the text U+0066"),
        ("Acme’s share of it fell.", "Acmes share of it", "Acme’s share of it",
         "at character 4 the quote has U+0073, the text U+2019"),
        ("the share of it", "the share of it fell", "the share of it",
         "at character 15 the quote has U+0020, the text no more"),
        ("It fell −5% in all.", "It fell -5% in all", "It fell −5% in all",
         "at character 8 the quote has U+002D, the text U+2212"),
        ("First words. Then a long way to the end of them.", "a long way to the end of time", "a long way to the end of them",
         "at character 26 the quote has U+0069, the text U+0068"),
    ],
)  # fmt: skip
def test_a_quote_that_is_not_there_is_told_what_differs(
    text: str, quote: str, passage: str, difference: str
) -> None:
    with pytest.raises(QuoteNotFound) as refused:
        resolve(TextQuote(exact=quote), text, public=True, pointer="/citations/0")
    (flaw,) = refused.value.errors
    assert flaw.pointer == "/citations/0/selector/exact"
    assert text[flaw.start : flaw.end] == passage
    assert refused.value.detail.endswith(difference)
    with pytest.raises(QuoteNotFound) as withheld:
        resolve(TextQuote(exact=quote), text, public=False, pointer="/citations/0")
    assert "U+" not in withheld.value.detail
    assert withheld.value.errors[0].start is None


@given(st.text(max_size=60), st.text(min_size=1, max_size=30))
@settings(max_examples=examples(300))
def test_no_text_makes_it_fail(text: str, quote: str) -> None:
    try:
        found, _ = resolve(TextQuote(exact=quote), text, public=True)
    except Invalid as error:
        places = [(flaw.start or 0, flaw.end or 0) for flaw in error.errors]
    else:
        assert isinstance(found, TextQuote)
        assert text[found.start : found.end] == found.exact
        places = [(found.start or 0, found.end or 0)]
    assert all(0 <= start <= end <= len(text) for start, end in places)


# -- work ----------------------------------------------------------------------------------------

MILLION = 1_000_000
HOSTILE = {
    "one letter": ("a", "b"),
    "a letter and a dash": ("a-", "aa"),
    "letters and dashes": ("a-", "a-" * 2000 + "aa"),
    "hyphens at line ends": ("a-\n", "a-" * 1000 + "b"),
    "spaces": (" ", "a b"),
    "soft hyphens": ("\u00ad", "a\u00adb"),
    "marks": ("\u0301\u0316", "a\u0301b"),
    "references": ("&amp;", "&&&x"),
    "numbers and signs": ("-5 ", "–5 "),
    "long white space in the quote": ("a" + " " * 5000, "a a\u00a0b"),
    "dots": ("...", "….…x"),
    "full width": ("ａ", "aab"),
    "every code point": ("".join(map(chr, range(0x80, 0xD800))), "ab"),
    "prose": ("Nothing of note was said on this page about anybody. ", "Nothing of note was said on this page about any one"),
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_the_work_for_a_quote_does_not_depend_on_the_text(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    piece, quote = HOSTILE[name]
    text = piece * (MILLION // len(piece))
    folded = 0
    plain = presentation._folded  # pyright: ignore[reportPrivateUsage]: what is counted

    def counted(part: str) -> presentation.Folded:
        nonlocal folded
        folded += len(part)
        return plain(part)

    monkeypatch.setattr(presentation, "_folded", counted)
    with pytest.raises(Invalid):
        resolve(TextQuote(exact=quote), text, public=True)
    assert folded <= presentation.WORK + 40 * len(quote) + 100_000
