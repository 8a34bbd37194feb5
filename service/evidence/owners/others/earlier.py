"""Whether a number in another language than English is of an earlier time, or what another number is compared with."""

import re
from typing import Final

from service.evidence.owners.look import RATES, Look
from service.evidence.owners.others.patterns import Patterns

_CLOSE: Final = 32  # characters before a number in which its year may stand
_CLOSE_TO: Final = 90  # characters of brackets that may say of when their number is
_DIGITS: Final = re.compile(
    r"(?<![0-9第A-Za-z])(?<![0-9][~〜～-])(?!(?:19|20)[0-9]{2}(?![0-9]))[0-9]+(?![0-9年月日]|四半期|季度|[~〜～-][0-9]+月)"
)
# the year that another one is compared with: "par rapport au premier trimestre 2017"
_AGAINST: Final = re.compile(
    r"\b(?:gegenüber|verglichen\s+mit|im\s+Vergleich\s+(?:zu|zum|zur|mit)|als|par\s+rapport\s+(?:à|aux?)|comparée?s?\s+(?:à"
    r"|aux?)|(?:à|de|que|a)\s+cel(?:ui|le|les|ux)\s+d(?:e|u|es)?|qu['’]en|que\s+(?:en|durante)|respecto\s+(?:al?|del?)"
    r"|comparación\s+con|comparad[oa]s?\s+con|relación\s+(?:al?|con)|frente\s+al?)\b[^0-9,;.]{0,60}?(?:[1-4](?:er|e|ème|\."
    r"|º)?\s+[^\W\d_]+\s+(?:de\s+)?)?(?:19|20)[0-9]{2}\b",
    re.IGNORECASE,
)
# how much something moved in more than a year: "zwischen 2009 und 2014"
_YEARS: Final = re.compile(
    r"\b(?:zwischen|von|entre|de|desde)\s+(?:19|20)[0-9]{2}\s+(?:und|bis|et|à|y|a|hasta)\s+(?:19|20)[0-9]{2}\b",
    re.IGNORECASE,
)
# the same with the number of that year: "contre 85 millions d'euros au premier semestre 2022"
_NUMBER_AGAINST: Final = re.compile(
    r"\b(?:nach|gegenüber|contre|après|frente\s+a|tras)\s[^,;0-9]{0,40}[0-9][^;]{0,60}?(?<![0-9,.])(?:19|20)[0-9]{2}\b"
)
# "contre une perte de", "nach einem Verlust von"
_RESULT_BEFORE: Final = re.compile(
    r"\b(?:nach|gegenüber|gegen|statt|contre|après|face\s+à|frente\s+a|tras|contra)\s+(?:[^\W\d_]+\s+){0,2}"
    r"(?:Verlust\w*|\w*verlust|Gewinn\w*|\w*gewinn|Fehlbetrag\w*|Überschuss\w*|Minus|Plus|Zuwachs|Rückgang|Anstieg|Wachstum"
    r"|Konsens|pertes?|bénéfices?|profits?|déficit|consensus|hausse|baisse|croissance|recul|progression|pérdidas?|beneficios?"
    r"|ganancias?|consenso|alza|crecimiento|caída|aumento|incremento|descenso)(?:\s+net[ot]?[ea]?s?)?"
    r"\s+(?:von|del?|d['’]|à|a|bei|in\s+Höhe\s+von)\s*$|\bVor(?:jahres|quartals)\w+\s+(?:von|in\s+Höhe\s+von|mit)\s*$"
    r"|\balors\s+qu['’](?:il|elle)s?\s+\w+ai(?:t|ent)\s+(?:de|à)\s*$",
    re.IGNORECASE,
)
_FIRST_YEAR: Final = re.compile(r"(?:19|20)[0-9]{2}")


def compared(look: Look, words: Patterns, clause: str, own_right: str, far_right: str) -> str | None:
    """Whether another number is compared with it, and no year beside it is the fact's."""
    own, opening = look.about.period, look.left.lstrip()
    if not words.is_ideographic and _is_of_base(look):
        return "it is said of another year"
    own_right = own_right if words.is_ideographic else _AGAINST.sub(" ", own_right)
    years = _FIRST_YEAR.findall(f"{clause[-_CLOSE:]} {own_right}")
    if own is not None and str(own.last.year) in years:
        return None
    if own is not None and (_FIRST_YEAR.search(own_right) or _told_of(look, own.last.year, own.first.year)):
        return "it is said of another year"
    if words.is_ideographic:
        if own is not None and _of_other_year(look, str(own.last.year)):
            return "it is said of another year"
        opening = _THAN_BEFORE.sub("", opening)
        clause, far_right = _THAN_BEFORE.sub("", clause), _ABOVE_BEFORE.sub("", far_right)
        if look.right.startswith(_ABOVE_OR_BELOW):
            clause = _BEFORE_OBJECT.sub("", clause)
    last_year = (
        words.is_ideographic
        and _LAST_YEAR.search(clause)
        and _DIGITS.search(look.left[: -len(clause) or None])
    )
    if last_year and own is None and look.left != clause:
        return "it is said of an earlier time"
    numbers = _DIGITS.search(clause)  # an earlier time beside another number is that number's
    others = f"{look.left} | {look.right}"
    others = others if look.reading.unit in RATES else _PERCENT.sub(" ", others)
    told = not _DIGITS.search(others) and _TOLD.search(clause)
    if (
        (not numbers and _is_earlier(words.earlier.search(clause), clause, told=bool(told)))
        or _is_earlier(words.earlier.match(opening), clause, told=bool(told))
        or _YEARS_AGO.match(look.left.lstrip())
        or (look.left.endswith("(") and words.earlier.search(look.right.split(")")[0][:_CLOSE_TO]))
        or (_RESULT_BEFORE.search(clause) and _DIGITS.search(look.left))
        or (
            _is_earlier(words.earlier.search(far_right), far_right, told=bool(told))
            and not look.reading.change
            and not _DIGITS.search(far_right)
        )
    ):
        return "it is said of an earlier time"
    base = words.bases.search(clause)
    if words.is_ideographic:
        became = words.to.match(look.right)
        if (
            became
            and (base or look.right.lstrip()[:1] in {"か", "だ"})
            and _NUMBER_NEXT.match(look.right, became.end())
        ):
            return "it is what another number is compared with"
        return (
            "it is what another number is compared with"
            if base and not became and len(base.group()) > 1
            else None
        )
    if base is None:
        return None
    is_from = base.group().split()[0].lower() in {"von", "de", "del"}
    became = words.to.match(look.right)
    if is_from and not (
        became
        and (following := _AMOUNT_NEXT.match(look.right, became.end()))
        and (following["rate"] is not None) == (look.reading.unit == "percent")
    ):
        return None
    return "it is what another number is compared with"


def _told_of(look: Look, *own: int) -> bool:
    """Whether the sentence names a business year before the number, and nowhere one of the fact's."""
    return _BUSINESS_YEAR.search(look.left) is not None and not any(str(year) in look.text for year in own)


_BUSINESS_YEAR: Final = re.compile(
    r"\b(?:Geschäftsjahr(?:es)?|exercice(?:\s+clos\s[^,;]{0,30})?|ejercicio(?:\s+de)?)\s+(?:19|20)[0-9]{2}\b"
    r"|^\W*(?:Im\s+Jahre?|In|En|Durante|Pour|Sur)\s+(?:el\s+)?(?:año\s+)?(?:19|20)[0-9]{2}\b"
)


def _of_other_year(look: Look, own: str) -> bool:
    """Whether the sentence tells another number of the fact's year.

    The last year named before a number is its own, if nothing is compared with that. Behind a number of no year the
    years of its parts may follow.
    """
    if before := _OWN_YEAR.findall(look.left):
        return before[-1] != own
    behind = _FIRST_YEAR.findall(look.right)
    return len(set(behind)) > 1 and own in behind and not _FIRST_YEAR.search(look.left)


# not one that a number of another time is told beside: "较2015年增长", "2015年度に比べ", "成立于2010年"
_OWN_YEAR: Final = re.compile(
    "(?<![较較比与與同于於从從自对對立業])((?:19|20)[0-9]{2})(?!年?(?:度|[0-9]{1,2}月期)?[^0-9、，,]{0,6}(?:比|に比べ|と比べ|より|から|以来|以降))"
)


def _is_of_base(look: Look) -> bool:
    """Whether the fact's year is only what another is compared with, or the number tells a change over several years."""
    own = look.about.period
    if own is None:
        return False
    if look.reading.change and own.first.year == own.last.year and _YEARS.search(look.text):
        return True
    year = str(own.last.year)
    others = _AGAINST.sub(" ", look.left) + _AGAINST.sub(" ", _NUMBER_AGAINST.sub(" ", look.right))
    return year in look.text and year not in others


def _is_earlier(found: re.Match[str] | None, said: str, *, told: bool) -> bool:
    """Whether words for an earlier time are the number's: not if it is compared with that time, nor news of last year.

    `told`: whether the sentence has no other number and a verb of what has happened since it last told.
    """
    if found is None or (found.string is said and _LEVELLED.search(said, 0, found.start())):
        return False
    return not (told and found.group().lower().replace("’", "'") in _LAST_YEARS)


# "deutlich über dem Vorjahreswert", "un niveau comparable à celui de l'exercice précédent"
_LEVELLED: Final = re.compile(
    r"\b(?:(?:über|unter|auf)\s+(?:dem|den)|gegenüber|verglichen\s+mit|im\s+vergleich\s+(?:zu|zum|mit)|sowohl\s+den"
    r"|übertraf\w*|dépassé|superó|als|wie|(?:supérieur|inférieur|comparable|identique|égal)e?s?\s+à|que|par\s+rapport"
    r"|(?:superior|inferior|similar|igual)(?:es)?\s+a|respecto\s+al?|frente\s+al?)\b[^0-9,.;]{0,60}$",
    re.IGNORECASE,
)
_PERCENT: Final = re.compile(r"[0-9][0-9.,]*\s*(?:%|Prozent|pour\s+cent|por\s+ciento)")
_LAST_YEARS: Final = frozenset(["l'an dernier", "l'an passé", "l'année dernière", "el año pasado"])
_TOLD: Final = re.compile(
    r"\b(?:a|ont|est|sont)\s+(?:\w+\s+)?\w+(?:é|ée|és|ées|i|u|is|it)\b|\b\w+(?:ó|aron|ieron|uvo|uvieron)\b"
)
# at the start of a sentence; "founded ten years ago" is of a company
_YEARS_AGO: Final = re.compile(
    r"(?:(?:noch\s+)?vor\s+\w+\s+(?:jahren|jahrzehnten|monaten|quartalen)|il\s+y\s+a\s+(?:\w+\s+)?\w+\s+(?:ans"
    r"|mois|trimestres)|hace\s+(?:\w+\s+)?\w+\s+(?:años|meses|trimestres)"
    r"|hace\s+una\s+década|[0-9一二三四五六七八九十两几数]+多?(?:年|个月|か月|カ月)前(?:[,，、の]|は|には|公司|集团))",
    re.IGNORECASE,
)
_LAST_YEAR: Final = re.compile("(?<!截至)去年|昨年|前年")
# a change against an earlier time: "较上年同期增长8%", "前年同期比5.6%増", "前期末に比べ320人増加し"
_THAN_BEFORE: Final = re.compile(
    "(?:相较于?|相比于?|对比|較|较|比|与|與|同)(?:去年|上年|前年|年初|期初|上期|上季度?|上一?(?:财年|年度|季度))(?:度"
    "|末|底|全年)?(?:同期|同季)?"
    "(?:相比|水平)?(?=[^0-9的]{0,6}(?:[增减升降提涨跌下上扩缩回改低高多少放加收]))"
    "|(?:前年|前期|昨年|前の期|前四半期|前(?:連結)?(?:会計|事業)年度)度?(?:同期間?|同月|同四半期)?(?:連結)?末?(?:実績)?"
    "(?:並みの?|比(?:では|で)?|に比べて?|と比べて?|と比較して?|に対して?|より|から)(?!の)"
)
_ABOVE_BEFORE: Final = re.compile("(?:前年|前期|昨年)(?:同期|同月|度)?(?:実績)?を(?:上回|下回)")
_ABOVE_OR_BELOW: Final = ("上回", "下回")  # behind a number: last year is what it is compared with
_BEFORE_OBJECT: Final = re.compile("(?:前年|前期|昨年)(?:同期|同月|度)?(?:実績)?を$")
_AMOUNT_NEXT: Final = re.compile(
    r"[^0-9,;.]{0,16}[0-9][0-9.,\s]*(?P<rate>%|Prozent|pour\s+cent|por\s+ciento)?"
)
_NUMBER_NEXT: Final = re.compile(r"[^0-9,，、;；。]{0,12}[0-9]")
