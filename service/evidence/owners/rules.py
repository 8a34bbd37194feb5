"""All rules that tell a number of something else, in one function."""

import re
from typing import Final

from service.core.countries import names_of_country
from service.core.words import label_of
from service.evidence import subjects
from service.evidence.about import About
from service.evidence.context import sentence_around
from service.evidence.owners.abroad import of_another_abroad
from service.evidence.owners.adjusted import of_other_basis
from service.evidence.owners.asides_abroad import without_asides
from service.evidence.owners.companies import of_other_company
from service.evidence.owners.companies_abroad import of_other_named
from service.evidence.owners.count_deeds import of_no_deed, of_no_flow, of_no_loss
from service.evidence.owners.counts import acted_on, new_ones, of_another_sort
from service.evidence.owners.earlier import of_earlier
from service.evidence.owners.frames import out_of_frame
from service.evidence.owners.frames_abroad import out_of_frame_abroad
from service.evidence.owners.look import WORD, Look, alike, measured_in, of_fact
from service.evidence.owners.measures import of_other_measure
from service.evidence.owners.parts import left_out, of_a_level, of_a_part, of_another_listed, of_the_whole
from service.evidence.owners.parts_abroad import words_abroad
from service.evidence.owners.patterns import patterns_of
from service.evidence.owners.scopes import under_scope
from service.evidence.owners.shares import share_of_no_market
from service.evidence.owners.sums import of_a_sum
from service.evidence.owners.suppositions import not_so, of_other_span, than_another
from service.evidence.owners.unnamed import of_nothing_named
from service.evidence.owners.unreal import not_there
from service.evidence.reading.folding import folded_in_place
from service.evidence.reading.languages import detecting
from service.evidence.reading.languages.measures import MEASURE_WORDS
from service.evidence.reading.languages.traditional import simplified
from service.evidence.reading.readings import Reading
from service.evidence.subjects import stem

_RULES: Final = (
    of_earlier, of_other_measure, share_of_no_market, of_other_company, of_a_level, of_another_listed, left_out, of_a_part,
    of_the_whole, of_a_sum, not_so, not_there, of_other_span, new_ones, of_nothing_named, acted_on, of_no_loss, of_no_deed,
    of_no_flow, of_another_sort, than_another, under_scope, out_of_frame,
)  # fmt: skip

# a row of a table in text: "2024  $1,790m  11.1%"
_YEAR_FIRST: Final = re.compile(r"[\s|]*(?P<year>(?:19|20)[0-9]{2})(?:\t| {2,}|\s*\|)")
# What stands before a sentence and says nothing of its number: a bullet or a quotation mark; where, when and by which
# agency it was written ("FRANKFURT (dpa) - ", "财联社2月12日电，", "【東京】"); the day, or that the company says it
_OPENING: Final = re.compile(
    r"(?:\s*(?:[•·・*▪■●◆►\"„“”«»「『]|[-–—]\s|(?:[A-ZÀ-Ý][^()\n]{1,40})?\([^()\n0-9]{2,40}\)\s*\.?\s*[-–—]+\s+"
    r"|[^\s，,。、0-9]{2,10}\s*[0-9]{1,2}\s*月\s*[0-9]{1,2}\s*日(?:[电電讯訊][，,：:\s]*|\s*[丨|｜]\s*)|(?![^，,]*[传闻谣消])[^\s，,。、0-9]{2,12}[讯訊][，,]\s*"
    r"|【[^【】\n]{1,30}】"
    r"|(?:[Mm]ais|[Pp]ar\s+ailleurs|[Ee]n\s+outre|[Tt]outefois|[Cc]ependant|[Ee]nfin|[Pp]ero|[Aa]demás|[Aa]simismo|[Ss]in\s+embargo"
    r"|[Nn]o\s+obstante|[Ii]n\s+fine|[Aa]u\s+final|[Dd]e\s+son\s+côté|[Pp]our\s+(?:sa\s+part|mémoire|rappel)|[Dd]e\s+plus|[Ee]n\s+(?:effet|revanche|parallèle)"
    r"|[Ss]ea\s+como\s+fuere|[Cc]abe\s+(?:recordar|destacar|señalar|mencionar)\s+que|[Dd]e\s+hecho|[Pp]or\s+(?:su|otra)\s+parte"
    r"|[Pp]or\s+otro\s+lado|[Ee]n\s+(?:concreto|tanto|cambio)|[Cc]on\s+todo|[Aa]\s+su\s+vez|Und|Aber|Doch|But|And|However|Moreover|Meanwhile|Separately|In\s+addition|At\s+the\s+same\s+time),?\s+(?!si\b|if\b|wenn\b)"
    r"|(?:[Ll][ae]|[Ee]l|[Ll]['’])\s*(?:groupe|société|entreprise|compagnie|compañía|empresa|grupo|sociedad)\s+(?:[a-zé]+(?:era|ica|ina|ana)\s+)?(?:h?a\s+)?(?:dijo|comunicado|informado|anunciado|señalado|informó"
    r"|comunicó|anunció|señaló|indicó|explicó|precisó|annoncé|annonce|indiqué|indique|précisé|précise|déclaré)\s[^,.;:0-9]{0,60}?\b(?:que\s+|qu['’])"
    r"|(?:此外|另外|不过|不過|同时|同時|また|なお|しかし|一方|ただ)[，,、]\s*"
    r"|(?:[Ss]elon|[Dd]['’]après|[Ss]egún)\s+(?:le|la|l['’]|son|sa|el|su)\s*(?:groupe|direction|entreprise|société|compagnie|communiqué"
    r"|compañía|empresa|grupo|dirección|sociedad|comunicado)\b[^,0-9]{0,30},\s+"
    r"|[Aa]ccording\s+to\s+(?:the|its)\s+(?:company|group|firm|management|statement|report|filing)\b[^,0-9]{0,30},\s+"
    r"|(?:(?:[Cc]e|[Ee]l|[Ee]ste|[Oo]n)\s+)?(?:[Mm]onday|[Tt]uesday|[Ww]ednesday|[Tt]hursday|[Ff]riday|[Ll]undi|[Mm]ardi|[Mm]ercredi"
    r"|[Jj]eudi|[Vv]endredi|lunes|martes|miércoles|jueves|viernes)(?:\s+(?:matin|soir|morning|evening))?,\s+)){0,9}\s*"
)
_LABEL: Final = re.compile(r"[^:.;0-9]{2,40}:\s+(?=[„“\"«]?[A-ZÀ-Ý])")  # "Quartalszahlen: Der Umsatz …"
# what a firm's name is told without: "永辉" for "永辉超市"; a bank is not, since its sisters have the same name
_FIRM_END: Final = re.compile(
    "(?<=[\u30a0-\u30ff\u3400-\u9fff]{2})(?<!中国)(?<!国际)(?<!日本)(?:(?:股份)?(?:有限)?公司|集团|股份|控股|科技|超市|汽车|电器|电子|药业"
    "|百货|ホールディングス|グループ|自動車)$"
)
# the rules know these signs only as signs of money
_SIGNS: Final = str.maketrans("₹₩₽₺₪₫₱฿₴₦", "$" * 10)
_TORN: Final = re.compile(r"(\s)([,;]|['’]s?)(?=\s)")  # "Corvin 's sales , which"
_ASKED: Final = re.compile(r"[^.!;。！；\n?？]*[?？]")
# "Last year's revenue was $4 million; this year's was half as much again"
_LAST_YEAR: Final = re.compile(r"\b[Ll]ast\s+(?:year|quarter|month|half|season)(?:['’]s)?\s+[^0-9]*$")
_THIS_YEAR: Final = re.compile(
    r"[^.;,]{0,40}[.;,]\s+(?:[a-z]+\s+)?[Tt]his\s+(?:year|quarter|month|half|season)\b"
)


def of_another(
    text: str, start: int, end: int, reading: Reading, label: str, about: About, language: str = "en"
) -> str | None:
    """Why the number at `start` to `end` of a text is not the fact's; None if nothing says so.

    `label` has the words that name the number: its fact's subject and its field.
    """
    if reading.role != "quantity":
        return None
    first, last = sentence_around(text, start, end)
    opening = _OPENING.match(text, first, start)
    first = opening.end() if opening else first
    sentence = text[first:last].replace("\n", " ")
    if opening and opening.group()[-1:].isspace():
        sentence = sentence[:1].upper() + sentence[1:]
    if _ASKED.match(text, end):
        return "it is asked"
    if _THIS_YEAR.match(text, end) and _LAST_YEAR.search(text, first, start):
        return "it is said of an earlier time"
    named, period = _YEAR_FIRST.match(sentence), about.period
    if named and period is not None and int(named["year"]) not in {period.first.year, period.last.year}:
        return "its row is named by another year"
    seen = folded_in_place(sentence)  # as the reader sees it: digits, signs and quotes of one width
    own = detecting.language_of(seen)
    language = own if own == "en" or own in MEASURE_WORDS else language
    if language != "en":
        sentence = simplified(seen, language)
        names = [simplified(folded_in_place(name), language) for name in about.names]
        about = about._replace(
            names=[*names, *(_FIRM_END.sub("", one) for one in names if _FIRM_END.search(one))]
        )
    else:
        sentence = _TORN.sub(lambda one: f"{one[2]}{one[1]}", sentence.translate(_SIGNS))
    families, words = of_fact(label_of(label), about.label, reading.per == "share")
    countries = [name for place in (*about.places, *about.members) for name in names_of_country(place)]
    said = (*about.names, *about.places, *about.members, *about.things, *countries)
    names = frozenset(stem(word) for one in said for word in WORD.findall(one))
    company = frozenset(stem(word) for one in about.names for word in WORD.findall(one))
    words |= names
    if language != "en":
        words |= words_abroad(words)
    look = Look(sentence, start - first, end - first, reading, about, families, company, words)
    reason = _reason(look, language)
    if reason is None and (heading := _LABEL.match(sentence, 0, look.start)):
        inner = _OPENING.match(sentence, heading.end(), look.start)
        at = inner.end() if inner else heading.end()
        rest = sentence[at : at + 1].upper() + sentence[at + 1 :]
        reason = _reason(look._replace(text=rest, start=look.start - at, end=look.end - at), language)
    if reason is None and language in {"de", "fr", "es"}:
        reason = of_other_named(look, patterns_of(language), text[:first], text[last:])
    if reason is None and language == "en":
        begin = max(text.rfind("\n", 0, start) + 1, start - _BESIDE)
        beside = text[begin : end + _BESIDE].split("\n", 1)[0]
        return of_other_basis(look, look._replace(text=beside, start=start - begin, end=end - begin))
    return reason


_BESIDE: Final = 300  # characters on either side of an adjusted number that may tell the plain one


def _reason(look: Look, language: str) -> str | None:
    """Why the number is not the fact's by the rules of a language."""
    if language == "en":
        return next((reason for rule in _RULES if (reason := rule(look)) is not None), None)
    look = without_asides(look, language)
    reason = of_another_abroad(look, language)
    if reason is None and language in MEASURE_WORDS:
        reason = out_of_frame_abroad(look, language)
    return reason


def names_subject(name: str, label: str, about: About) -> bool:
    """Whether the name of a table's row may be that of the fact's subject. `label` has the words that name the number."""
    families, words = of_fact(label_of(label), about.label, False)
    if any(stem(word) in words for word in WORD.findall(name)):
        return True
    measured = [one for one in measured_in(name, per_share=False) if alike(one.families, families)]
    return bool(measured) or subjects.said(name, name, about.subject, about.label) == "named"


def names_part(text: str, about: About) -> bool:
    """Whether a text names a dimension of the fact."""
    countries = [name for place in about.places for name in names_of_country(place)]
    said = {stem(word) for one in (*about.members, *about.places, *countries) for word in WORD.findall(one)}
    return any(stem(word) in said for word in WORD.findall(text))


def is_headed_by_another(heads: str, label: str, about: About) -> bool:
    """Whether what stands over a table's rows names another measure than the fact's."""
    families, _ = of_fact(label_of(label), about.label, False)
    named = measured_in(heads, per_share=False)
    return bool(named) and bool(families) and not alike(named[-1].families, families)
