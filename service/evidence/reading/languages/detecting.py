"""Tell the language of a sentence by its script and its words."""

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from service.evidence.reading.languages import en
from service.evidence.reading.languages.all import LANGUAGES
from service.evidence.reading.languages.en_words import WORDS
from service.evidence.reading.languages.function_words import FUNCTION_WORDS
from service.evidence.reading.languages.shape import Language

# the language of a text: a code such as "en" or "de", OTHER, or UNSURE
OTHER: Final = "other"  # one that has no words here, or a mixture
UNSURE: Final = ""  # without words
NAMES: Final = "names"  # only words that may be names, or are of several languages
HAN: Final = "han"  # Chinese or Japanese

_WORD: Final = re.compile(r"[^\W\d_]+'?")
_WIDE: Final = re.compile("[\u0370-\u03ff\u0400-\u052f\u0590-\u06ff\u0900-\u0dff\u0e00-\u0eff\u10a0-\u10ff\u1100-\u11ff"
                          "\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff]")  # fmt: skip
_KANA: Final = re.compile("[\u3041-\u3096\u30a1-\u30fa]")
_IDEOGRAPHS: Final = re.compile("[\u3400-\u9fff\uf900-\ufaff\u3041-\u3096\u30a1-\u30fa]")


def _written(code: str) -> frozenset[str]:
    """The ideographs that a national set of characters has."""
    cells = (bytes((row, cell)) for row in range(0xB0, 0xFF) for cell in range(0xA1, 0xFF))
    return frozenset(cell.decode(code, "ignore") for cell in cells) - {""}


# characters that only one of the two languages writes: what its national set has and the other's has not, and words
_SIMPLIFIED, _JAPANESE = _written("gb2312"), _written("euc_jp")
_ONLY_CHINESE: Final = re.compile(
    f"[{''.join(sorted(_SIMPLIFIED - _JAPANESE))}每价长减没个跌称从]"
    "|公司|平台|同比|占比|集团|收入|美元|人民币|门店|利潤|下滑|港元|年增|年減|季增|季減|月增|市占率|門市|員工|目前|股價|每股"
    "|[的了是由營淨個國錄佔價數會點將漲對變權應總擴萬虧稅續單實關與當團產銷該]|提升|提高"
    "|毛利率|上年|去年|增長|億元"
)
_TRADITIONAL: Final = frozenset(one for one in _JAPANESE - _SIMPLIFIED if one.encode("big5", "ignore"))
_ONLY_JAPANESE: Final = re.compile(f"[{''.join(sorted(_JAPANESE - _SIMPLIFIED - _TRADITIONAL))}残販]")
_SENTENCE: Final = 4  # words
_FEW: Final = 1.0  # weight of less than two unknown words
_WIDTH: Final = 2.5  # an ideograph says as much as so many Latin letters
# a stop, and what may follow it
_STOP: Final = re.compile(r"[。！？；]|[.!?;](?=\s)|\n")
_ABBREVIATED: Final = re.compile(r"(?:\b(?:[A-Za-z]|No|Mr|Mrs|Ms|Dr|St|vs|approx|ca|est|Mrd|Mio|Tsd|Inc|Corp|Ltd|Co|bzw|Nr|rd|etc"
                                 r"|jr|sr|art|env|aprox|Vj|vgl|lt|sog|inkl|exkl|ggü|gg|p\.a|Std|Bio|mill)|\b\w\.\w)$",
                          re.IGNORECASE)  # fmt: skip
_GERMAN_DAY: Final = re.compile(
    r"\W?[0-9]{1,2}\.\s+(?:Januar|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember|Quartal|Geschäftsjahr)\b"
)
# English words that are frequent in other languages, too, or names of things that all share
_SHARED: Final = en.vocabulary(
    "will a agent also an april art as at august bad band bank base central circa cloud club data de die do dollar dollars"
    " en est euro euros fast film final fund gift golf grave had has her hotel hotels im in index international"
    " internet is los man management marketing material me mere met mil million millions minus mio model models moment"
    " mrd national no non normal note november of on online or page partner per percent plan plus point pour rang rate"
    " raten regional rock sales sane se september service services so software son sport standard super sur tag team"
    " test to total trend us war was yen yuan"
)


def _sorted_words() -> dict[str, tuple[str, ...]]:
    """Which languages have a function word."""
    found: dict[str, tuple[str, ...]] = {}
    for code, words in FUNCTION_WORDS.items():
        for word in words:
            found[word] = (*found.get(word, ()), code)
    for language in LANGUAGES:
        for word in _words_of(language):
            if language.code not in found.get(word, ()):
                found[word] = (*found.get(word, ()), language.code)
    return found


def _words_of(language: Language) -> set[str]:
    """The words of four letters and more in the phrases of a language that are not English."""
    phrases = [*language.scales, *language.nouns, *language.units]
    for listed in language.words.values():
        phrases += listed.split(";")
    words = {
        word.strip("*").lower() for phrase in phrases for word in phrase.split() if not word.endswith("*")
    }
    return {word for word in words if word.isalpha() and len(word) > 3} - WORDS


_LANGUAGES_OF: Final = _sorted_words()
_KNOWN: Final = (
    WORDS | en.SCALES.keys() | en.UP | en.DOWN | en.CUT | en.PHRASE_ENDS | en.UNITS.keys() | en.TENS.keys()
)
_NEUTRAL: Final = en.ABBREVIATIONS.keys() | en.AGENCY_NAMES.keys() | {"pct"}  # as agencies write


def is_word(word: str) -> bool:
    """Whether a word is known in some language, so that it is hardly a name."""
    return word.lower() in _LANGUAGES_OF or word.lower() in _KNOWN


class LanguageStretch(NamedTuple):
    """A stretch of sentences in one language."""

    start: int
    end: int
    language: str


def parts(text: str, otherwise: str) -> list[LanguageStretch]:
    """The text in stretches of one language. `otherwise`: the language of the text around it, where it cannot be told.

    A sentence that cannot be told has the language of the one before it, or else of the first that can.
    """
    found: list[LanguageStretch] = []
    for start, end in _unwrapped(text):
        language = language_of(text[start:end])
        if found and (found[-1].language == language or _goes_with(language, found[-1].language)):
            found[-1] = found[-1]._replace(end=end)
        elif len(found) == 1 and _goes_with(found[0].language, language):
            found[0] = LanguageStretch(found[0].start, end, language)
        else:
            found.append(LanguageStretch(start, end, language))
    return [_settled(one, otherwise) for one in found]


def _goes_with(language: str, beside: str) -> bool:
    """Whether a sentence that cannot be told has the language of the one beside it."""
    return (language in {UNSURE, NAMES} and beside != UNSURE) or (language == HAN and beside in {"zh", "ja"})


def _settled(part: LanguageStretch, otherwise: str) -> LanguageStretch:
    if part.language == HAN:
        return part._replace(language=otherwise if otherwise in {"zh", "ja"} else OTHER)
    if part.language in {UNSURE, NAMES}:
        unknown = part.language if part.language == UNSURE else OTHER
        return part._replace(language=unknown if otherwise in {UNSURE, NAMES, HAN} else otherwise)
    return part


def sentences(text: str) -> Iterator[tuple[int, int]]:
    """Where the sentences and lines of a text begin and end."""
    start = 0
    for stop in _STOP.finditer(text):
        if stop[0] == "." and _ABBREVIATED.search(text, max(start, stop.start() - 8), stop.start()):
            continue
        if stop[0] == "." and _GERMAN_DAY.match(text, max(start, stop.start() - 2)):
            continue
        yield start, stop.end()
        start = stop.end()
    if start < len(text):
        yield start, len(text)


def _unwrapped(text: str) -> Iterator[tuple[int, int]]:
    """`sentences`, but for the lines of prose that is wrapped."""
    start = 0
    for _, end in sentences(text):
        if text[end - 1] != "\n" or not is_wrapped(text, end - 1):
            yield start, end
            start = end
    if start < len(text):
        yield start, len(text)


def is_wrapped(text: str, at: int) -> bool:
    """Whether prose goes on behind the line break at `at`: no blank line, row of a table, list or stop is there."""
    if text[at - 1 : at + 2].count("\n") > 1:
        return False
    before = text[text.rfind("\n", 0, at) + 1 : at].rstrip()
    after = text.find("\n", at + 1)
    behind = text[at + 1 : len(text) if after < 0 else after].lstrip()
    if not before or not behind or behind[0] in _BULLETS:
        return False
    if before[-1] in _LINE_ENDS and not (before[-1] == "." and _ABBREVIATED.search(before[-8:-1])):
        return False
    begins = (behind[0].isupper() and not _UNIT_FIRST.match(behind)) or _IDEOGRAPHS.match(behind) is not None
    return not (
        _ROW_GAP.search(before)
        or _ROW_GAP.search(behind)
        or (begins and _AMOUNT_LAST.search(before[-_LAST:]))
    )


_LINE_ENDS: Final = frozenset(".!?;。！？；…”»」")
_UNIT_FIRST: Final = re.compile(
    r"(?:Euro|EUR|US|USD|CHF|Dollar|Franken|Yuan|Yen|Pro(?:zent|mille)|Mi(?:o|ll)|Mrd|Bi(?:o|ll)|M€)"
)
_LAST: Final = 40  # characters of a line in which its last amount may stand
_AMOUNT_LAST: Final = re.compile(
    r"[0-9][0-9.,]*\s?\S*(?:\s(?![a-zà-ÿ]{1,3}$)\S+)?$"
)  # a row: "Umsatz 2,4 Mrd. Euro"
_BULLETS: Final = frozenset("•·・*▪■●◆►-–—")
_ROW_GAP: Final = re.compile(r"(?<![.!?\s])\s{2,}|\t|\|")


def language_of_tag(tag: str) -> str:
    """The code of the language with this BCP 47 tag, or `OTHER` if it has no words here."""
    code = tag.partition("-")[0].lower()
    return code if code in _READ else OTHER


_READ: Final = frozenset({"en", *(language.code for language in LANGUAGES)})


def language_of(text: str) -> str:
    """The language of a sentence: a code, `OTHER`, or `UNSURE`. Takes time linear in the length."""
    if not text.isascii() and (wide := _WIDE.findall(text)):
        latin = sum(len(word) for word in _WORD.findall(text)) - len(wide)
        if len(wide) * _WIDTH >= latin:
            return _by_script(text, len(wide))
    words = _WORD.findall(text)
    if len(words) >= _SENTENCE and text.isupper():
        # the rules of these languages need capitals that tell names apart
        return UNSURE if _by_words(_WORD.findall(text.lower())) in {"en", NAMES, UNSURE} else OTHER
    return _by_words(words) if words else UNSURE


def _by_script(text: str, wide: int) -> str:
    ideographs = len(_IDEOGRAPHS.findall(text))
    if ideographs * 2 < wide:
        return OTHER
    kana = len(_KANA.findall(text))
    if kana:
        return "ja" if kana * 12 >= ideographs or _ONLY_JAPANESE.search(text) else OTHER
    japanese, chinese = len(_ONLY_JAPANESE.findall(text)), len(_ONLY_CHINESE.findall(text))
    if japanese == chinese:
        return HAN
    return "ja" if japanese > chinese else "zh"


class _Weight(NamedTuple):
    """What a word says of the language of its sentence."""

    english: float
    unknown: float
    votes: tuple[tuple[str, float], ...]  # of other languages, and of English where they share it
    owns: bool  # it ends in an apostrophe


_WEIGHTS: Final[dict[str, _Weight]] = {}
_MOST_WEIGHTS: Final = 20_000  # words that are kept; a hostile text may have any


def _by_words(words: list[str]) -> str:
    english = unknown = 0.0
    votes: dict[str, float] = {}
    owner = False  # the word before ended in an apostrophe
    for word in words:
        if owner and word in {"s", "S"}:
            english += 1.0
            owner = False
            continue
        weight = _WEIGHTS.get(word) or _weight_of(word)
        owner = weight.owns
        english += weight.english
        unknown += weight.unknown
        for code, vote in weight.votes:
            votes[code] = votes.get(code, 0.0) + vote
    return _decided(english + votes.pop("en", 0.0), votes, unknown)


def _weight_of(word: str) -> _Weight:
    """The weight of a word that was not met yet."""
    made = _weighed(word)
    if len(_WEIGHTS) < _MOST_WEIGHTS:
        _WEIGHTS[word] = made
    return made


def _weighed(word: str) -> _Weight:
    small = word.lower()
    owns = small[-1] == "'"
    if owns and small not in _LANGUAGES_OF:
        small = small[:-1]
    nothing = _Weight(0.0, 0.0, (), owns)
    capital = word[0] != small[0]
    if word[1 : len(small)] != small[1:] or (capital and len(small) == 1):
        return nothing  # an abbreviation, a heading in capitals, a name such as iPhone
    if word in en.CODES:
        return nothing
    languages = _LANGUAGES_OF.get(small)
    if languages is not None:
        shared = small in _SHARED or len(small) == 1
        vote = (0.7 if shared else 1.0 if capital and len(small) < 4 else 2.0) / (
            1 if len(languages) < 3 else 1.4
        )
        english = 0.7 if shared and "en" not in languages else 0.0
        return _Weight(english, 0.0, tuple((code, vote) for code in languages), owns)
    if small in _KNOWN:
        return nothing._replace(english=0.4 if small in _SHARED else 0.6 if capital else 1.0)
    if len(small) > 1 and small not in _NEUTRAL:
        foreign = (0.15 if small.isascii() else 0.5) if capital else (0.6 if small.isascii() else 1.2)
        return nothing._replace(unknown=foreign)
    return nothing


def _decided(english: float, votes: dict[str, float], unknown: float) -> str:
    """The language by the weight of its words; `votes` has those of the other languages, `unknown` is of words of none."""
    other = max(votes.values(), default=0.0)
    if english > 0 and english >= other + unknown:
        return "en"
    if other > 0 and other > english:
        best = sorted(code for code, vote in votes.items() if vote == other)
        return best[0] if len(best) == 1 else OTHER
    if 0 < english == other and unknown <= _FEW:
        return NAMES  # "widgets was": the only word that tells is one of several languages
    if english == 0 and other == 0 and unknown <= _FEW:
        return NAMES if unknown else UNSURE
    return OTHER
