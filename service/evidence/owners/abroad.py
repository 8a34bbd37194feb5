"""Whether a number in another language than English is of something else than the fact's quantity.

The rules are fewer than those of English, and go by words alone: what is measured, what it is compared with, a part, a
rival, a condition. `languages.measures` has the words.
"""

import re
from typing import Final

from service.evidence.owners.look import RATES, WORD, Look, Mention, alike, each_share, is_among
from service.evidence.owners.patterns import Patterns, patterns_of
from service.evidence.owners.word_kinds import is_firm
from service.evidence.reading.languages.detecting import is_word
from service.evidence.reading.languages.measures import MEASURE_WORDS
from service.evidence.subjects import stem

_FAR: Final = 90  # characters behind a number in which a time may stand
_CLOSE: Final = 32  # characters behind a number in its own clause
_WHOLES: Final = ("revenue", "profit", "margin", "orders", "backlog", "cashflow", "cost", "volume")


def of_another_abroad(look: Look, language: str) -> str | None:
    """Why the number is not the fact's; None if nothing says so."""
    if language not in MEASURE_WORDS:
        return None
    words = patterns_of(language)
    left, right = look.left, look.right
    stop = _STOP.search(right)
    own_right = right[: min(stop.start() if stop else len(right), _CLOSE)]
    clause = _CLAUSE.split(left)[-1]
    far_right = right[: min(stop.start() if stop else len(right), _FAR)]
    if (reason := _compared(look, words, clause, own_right, far_right)) is not None:
        return reason
    if (acting := _acting(look, words)) is not None:
        return acting
    if (several := _RESPECTIVELY.search(look.left)) and _in_order(look, words, several) is None:
        return "it is one of several"
    return _of_another_measure(look, words, own_right, several) if look.families else None


def _of_another_measure(
    look: Look, words: Patterns, own_right: str, several: re.Match[str] | None
) -> str | None:
    """Whether what the sentence measures is not the fact's."""
    if (whole := _of_revenue(look, words, own_right)) is not None:
        return f"it is a part of {whole}"
    mention = _owner(look, words, own_right)
    if several:
        mention = _in_order(look, words, several)
    if mention is not None and look.reading.per == "share":
        mention = mention._replace(families=each_share(mention.families))
    relative = _RELATIVE.search(look.left) if look.about.names else None
    if relative and _is_other(look, words, relative["name"]) and not is_word(relative["name"]):
        return f"it is said of {relative['name']}"
    if mention is None and not look.reading.unit and look.reading.nouns and _is_of_subject(look):
        return None  # what is counted says what it is of: "612.000 Autos"
    if mention is None:
        # these grammars are small, so what a sentence tells of without a known measure is not taken for the fact's
        is_ratio = look.reading.unit == "percent" and _OF.match(own_right)
        return "the words do not say what it is of" if _has_words(look, words) and not is_ratio else None
    is_sold = not look.reading.unit and "revenue" in look.families and is_among(mention.families, ("volume",))
    if not alike(mention.families, look.families) and not is_sold:
        return f"it is said of {mention.text}"
    if mention.text in _PROPORTIONS and stem("market") in look.words:
        return f"it is a part of something: {mention.text}"
    return _of_clause(look, words, mention, own_right)


def _of_clause(look: Look, words: Patterns, mention: Mention, own_right: str) -> str | None:
    """Whether the clause is about a rival, a supposition, a part, or another company."""
    broken = list(words.breaks.finditer(look.left))
    said = look.left[broken[-1].end() :] if broken else look.left
    if words.is_ideographic:
        if look.reading.nouns[-1:] == ("vehicles",):
            said = _CARS.sub("", said)
        said = _SUM_OF_TIME.sub("", _WHY.sub("", said))
        for name in filter(None, look.about.names):
            said = said.replace(name, "")
    if not look.families & {"deal", "price"} and (found := words.rivals.search(said)) is not None:
        return f'it is said of "{found.group()}"'
    where = (words.supposed.search(said), words.supposed.match(own_right.lstrip()))
    if words.is_ideographic:
        where = (*where, words.supposed.search(own_right))
    found = next((one for one in where if one is not None), None)
    if found is not None and found.group() in {"合计", "合計"} and is_among(look.families, _AT_A_TIME):
        found = None
    if found is not None and found.group() in _SINCE_BEGUN and "buyback" in look.families:
        found = None
    if found is not None and not look.reading.per:
        return f'it is not said of the whole: "{found.group()}"'
    if mention.start < 0 and (costs := words.costs.search(said)):
        return f'it is said of what something costs: "{costs.group()}"'
    if (reason := _part(look, words, mention, said, own_right)) is not None:
        return reason
    return _of_other_company(look, words, mention, _CLAUSE.split(look.left)[-1])


_AT_A_TIME: Final = ("cash", "debt", "assets", "deposits", "buyback")  # sums of several accounts
_SINCE_BEGUN: Final = frozenset({"累计", "累計"})  # how much of a buyback is done
_CARS: Final = re.compile("新车|新能源汽车|汽车|整车|乗用車|新車|[四二]輪車の?|自動車の?")
# of one period, not since the beginning: "第3四半期累計", "前三季度累计"
_SUM_OF_TIME: Final = re.compile(
    "(?:連結)?累計期間|(?<=四半期)(?:連結)?累計|(?<=[期月年])累計|(?<=[月年内])累计|(?<=季度)累计|(?<=上半年)累计"
)
# a clause that tells why, whose words are of no part: "受益于海外需求旺盛，", "海外販売に支えられ、"
_WHY: Final = re.compile(
    "^(?:受益于|得益于|受惠于|由于|因为|随着|伴随|凭借|尽管|虽然|面对)[^，,0-9若如假]{2,30}[，,]"
    "|^在[^，,0-9若如假]{2,30}下[，,]"
    "|^[^，,0-9若如假]{2,30}(?:带动|推动|拉动|驱动|提振|支撑|拖累|影响)(?:之?下)?[，,]"
    "|^(?:按照?|根据|依据)[^，,0-9若如假]{2,20}(?:准则|口径|标准|汇率|规定)[，,]"
    "|^(?:受)[^，,0-9若如假]{2,30}(?:影响|带动|推动|拖累|提振|驱动)[，,]"
    "|^[^、0-9]{2,40}(?:により|によって|影響で|影響を受けて?|(?<![いるう])ため|を受けて?|支えられて?|に伴い|背景に"
    "|ものの|(?:投入|増加|好調|拡大|減少|低迷|上昇|高騰|伸長|寄与"
    "|回復|不振)(?:で|から|し)|が(?:伸び|増え|落ち込み|好調で|寄与し|減少し|増加し|回復し|拡大し)|増えて?|伸びて?)、"
)
_OF_WHOLE: Final = re.compile(r"\s*(?:des|der|du|de\s+la|de\s+l['’]|de|del|de\s+las|de\s+los|d['’])\s*")
_HELD: Final = re.compile(
    r"\b(?:arbeit\w+|beschäftig\w+|sind|gehör\w+|zähl\w+|travail\w+|emplo\w+|sont|compt\w+|trabaj\w+|emple\w+|son|tien\w+)\b",
    re.IGNORECASE,
)


def _of_revenue(look: Look, words: Patterns, own_right: str) -> str | None:
    """Of market shares: the measure that the percentage is taken of instead, as in: 21 % des Umsatzes."""
    if look.families != frozenset({"share"}) or stem("market") not in look.words:
        return None
    whole = _OF_WHOLE.match(own_right)
    named = whole and words.measures.match(own_right, whole.end())
    return (
        named.group()
        if named and is_among(_mention(named, words).families, ("revenue", "profit", "cost"))
        else None
    )


def _acting(look: Look, words: Patterns) -> str | None:
    """Of counts: whether the sentence begins with those who do something, or for whom: "5.200 Beschäftigte streikten"."""
    if look.reading.unit or not look.reading.nouns or not _is_of_subject(look):
        return None
    if (touched := words.touched.search(look.text)) and not (
        touched.group() == "覆盖" and look.reading.nouns[-1] in {"countries", "cities"}
    ):
        return f'it is said of those to whom something happens: "{touched.group()}"'
    if acting := _JAPANESE_ACT.search(look.text, look.start):
        return f'it is said of those who act: "{acting.group()}"'
    if given := (_FOR_THEM_WIDE if words.is_ideographic else _FOR_THEM).search(look.left):
        return f'it is said of those "{given.group().strip()}" whom something is'
    if words.is_ideographic or len(WORD.findall(look.left)) > 1 or _WITH_IT.fullmatch(look.left):
        return None
    behind = WORD.findall(look.right)
    return None if not behind or _HELD.search(look.right) else f'it is said of those who "{behind[0]}"'


def _is_of_subject(look: Look) -> bool:
    """Whether the fact counts what the number counts: people who are employed are employees."""
    return look.reading.nouns[0] == "employed" or stem(look.reading.nouns[-1]) in look.words


# "1200人の従業員が署名した", but not: "1200人の従業員が働く"
_JAPANESE_ACT: Final = re.compile(
    "の?(?:従業員|社員|職員|顧客|利用者|会員)が(?!在籍|働|勤務|い|所属|従事|お|ある|利用)"
)
_WITH_IT: Final = re.compile(r"\W*(?:Mit|Avec|Con|Fort(?:e|es|s)?)\s*")  # "Mit 276 Läden ist die Kette"
_FOR_THEM: Final = re.compile(
    r"\b(?:für|pour|para|unter|parmi|chez)\s+(?:(?:die|les|los|las|sus|ses|seine|ihre)\s+)?$"
)
_FOR_THEM_WIDE: Final = re.compile(
    "[对给向令使让替从把](?:这|其|旗下)?$|[对给向令使让替把][^，,]{1,8}(?=[^，,]*$)(?<!面对)(?<!相对)$"
)
_PROPORTIONS: Final = frozenset({"占比", "比重"})  # of a company's revenue as well as of a market
_STOP: Final = re.compile(r"[,，、;；。()（）]|\s(?:und|et|y)\s")
_CLAUSE: Final = re.compile(r"[,，、;；(（]")
_DIGITS: Final = re.compile(
    r"(?<![0-9第])(?<![0-9][~〜～-])(?!(?:19|20)[0-9]{2}(?![0-9]))[0-9]+(?![0-9年月]|四半期|季度|[~〜～-][0-9]+月)"
)
_FIRST_YEAR: Final = re.compile(r"(?:19|20)[0-9]{2}")


def _compared(look: Look, words: Patterns, clause: str, own_right: str, far_right: str) -> str | None:
    """Whether another number is compared with it, and no year beside it is the fact's."""
    own = look.about.period
    years = _FIRST_YEAR.findall(f"{clause[-_CLOSE:]} {own_right}")
    if own is not None and str(own.last.year) in years:
        return None
    if own is not None and _FIRST_YEAR.search(own_right):
        return "it is said of another year"
    if words.is_ideographic:
        clause, far_right = _THAN_BEFORE.sub("", clause), _ABOVE_BEFORE.sub("", far_right)
    last_year = (
        words.is_ideographic
        and _LAST_YEAR.search(clause)
        and _DIGITS.search(look.left[: -len(clause) or None])
    )
    if last_year and own is None and look.left != clause:
        return "it is said of an earlier time"
    numbers = _DIGITS.search(clause)  # an earlier time beside another number is that number's
    told = not _DIGITS.search(look.left) and not _DIGITS.search(look.right) and _TOLD.search(clause)
    if (
        (not numbers and _is_earlier(words.earlier.search(clause), clause, told=bool(told)))
        or _is_earlier(words.earlier.match(look.left.lstrip()), clause, told=bool(told))
        or _YEARS_AGO.match(look.left.lstrip())
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
_LAST_YEAR: Final = re.compile("去年|昨年|前年")
# a change against an earlier time: "较上年同期增长8%", "前年同期比5.6%増", "前期末に比べ320人増加し"
_THAN_BEFORE: Final = re.compile(
    "(?:相较于?|相比于?|对比|較|较|比|与|與|同)(?:去年|上年|前年|年初|期初|上期|上季度?|上一?(?:财年|年度|季度))(?:度"
    "|末|底|全年)?(?:同期|同季)?"
    "(?:相比|水平)?(?=[^0-9的]{0,6}(?:[增减減升降提涨跌下上扩缩回改低高多少]))"
    "|(?:前年|前期|昨年|前の期|前四半期|前(?:連結)?(?:会計|事業)年度)度?(?:同期間?|同月|同四半期)?(?:連結)?末?(?:実績)?"
    "(?:比(?:では|で)?|に比べて?|と比べて?|と比較して?|に対して?|より|から)(?!の)"
)
_ABOVE_BEFORE: Final = re.compile("(?:前年|前期|昨年)(?:同期|同月|度)?(?:実績)?を(?:上回|下回)")
_AMOUNT_NEXT: Final = re.compile(
    r"[^0-9,;.]{0,16}[0-9][0-9.,\s]*(?P<rate>%|Prozent|pour\s+cent|por\s+ciento)?"
)
_NUMBER_NEXT: Final = re.compile(r"[^0-9,，、;；。]{0,12}[0-9]")


def _mention(match: re.Match[str], words: Patterns) -> Mention:
    phrase = re.sub(r"\s+", " ", match["phrase"].lower()).replace("’", "'").replace("' ", "'")
    return Mention(match.start(), match.end(), match.group(), words.families.get(phrase, frozenset()))


def _owner(look: Look, words: Patterns, own_right: str) -> Mention | None:
    """The measure nearest before the number, or directly behind it."""
    behind = words.measures.search(own_right)
    is_ratio = look.reading.unit == "percent" and _OF.match(own_right)
    if (
        behind is not None
        and not _is_sign(look, words, behind)
        and not is_ratio
        and behind["phrase"].lower() not in _ACTS
        and _BEHIND_GAP.fullmatch(own_right[: behind.start()])
        and not _IN_CASH.fullmatch(own_right[: behind.end()])
    ):
        return _mention(behind, words)._replace(start=-1)
    if look.reading.unit and any(
        first.search(look.left) and last.match(look.right) for first, last in _TURNED_OVER
    ):
        return Mention(-1, -1, "um", words.families["umsatz"])
    if _PAID[0].search(look.left):
        if _PAID[1].search(look.text):
            return Mention(-1, -1, "deal", frozenset({"deal", "price"}))
        if _PAID[2].search(look.text):
            return Mention(-1, -1, "spend", frozenset({"spend"}))
    if (lead := _AT.fullmatch(look.left)) and (following := _NEXT_CLAUSE.match(look.right)):
        named = words.measures.match(look.right, following.end())
        if named is not None and lead:
            return _mention(named, words)._replace(start=-1)
    if _REACHED[0].fullmatch(look.left) and (reached := _REACHED[1].match(look.right)):
        named = list(words.measures.finditer(reached.group()))
        if named:
            return _mention(named[-1], words)._replace(start=-1)
    found = [
        one for one in words.measures.finditer(look.left) if not _COUNTED.search(look.left, 0, one.start())
    ]
    if not found:
        return None
    if look.reading.unit in RATES:
        found = [one for one in found if one["phrase"].lower() not in _ACTS] or found
    if words.breaks.search(look.left, found[-1].end()) and not _AND_THEN.search(look.left):
        return None
    return _mention(found[-1], words)


_PAID: Final = (
    re.compile(r"\b(?:[Ff]ür|[Pp]our|[Pp]or)\s+(?:rund\s+|los\s+|un\s+total\s+de\s+)?$"),
    re.compile(
        r"\b(?:übernahm|übernimmt|kaufte|kauft|erwarb|erwirbt|mis\s+la\s+main|rachet[ée]e?|rachète|acquis|acquiert|acheté"
        r"|achète"
        r"|hizo\s+con|compró|compra|adquirió|adquiere)\b"
    ),
    re.compile(
        r"\b(?:errichte\w*|baut|baute|erweiter\w*|modernisier\w*|entsteh\w*|entstand|construi\w*|constru\w*|amplía|bâtit|bâti"
        r"|agrandi\w*)\b"
    ),
)
# "À 5,6 milliards d'euros, les prises de commandes …"
_AT: Final = re.compile(r"\W*(?:À|A|Avec|Con|Mit|Bei)\s+(?:los\s+|las\s+)?")
_NEXT_CLAUSE: Final = re.compile(
    r"\s+(?:blieb|lag|war|fiel|stieg|übertraf|erreichte|verfehlte)\s+(?:der|die|das)\s+|\s*,\s*(?:les?\s+|la\s+|l['’]|el\s+|los\s+|las\s+)"
)

# "Mit 5 Mio. Euro haben wir den höchsten Umsatz erreicht"
_REACHED: Final = (
    re.compile(r"\W*(?:Mit|Avec|Con)\s+"),
    re.compile(
        r"\s*,?\s*(?:haben\s+wir|hat|nous\s+avons|hemos|a|ha)\s[^.,;0-9]{0,40}?(?:atteint|alcanzado|logrado|réalisé"
        r"|obtenido)?[^.,;0-9]{0,60}"
    ),
)
# another verb of the same subject: ", stieg aber dennoch auf", ", mais a tout de même grimpé à", ", pero aun así subió a"
_AND_THEN: Final = re.compile(
    r",\s+(?:[a-zäöü]+(?:t|te|g|l|k|s|ch|r)\s+(?:aber|jedoch|doch|indes)\s[^A-ZÄÖÜ,]*|(?:mais|pero)\s+(?:(?!les?\s|la\s|l['’]"
    r"|el\s|los\s|las\s|sus?\s|son\s|sa\s)[^,])*)$"
)

# "setzte der Händler 880 Millionen Euro um", without another measure between
_TURNED_OVER: Final = (
    (re.compile(r"\bsetz(?:t|te|ten|en)\s+[^,;:]{0,160}$"), re.compile(r"\s*um(?=[.,;]|\s*$)")),
    (re.compile(r"\bn(?:imm|ahm|ehm)(?:t|en)?\s+[^,;:]{0,160}$"), re.compile(r"\s*ein(?=[.,;]|\s*$)")),
)
_RESPECTIVELY: Final = re.compile("分别|分別|それぞれ")
_LISTED: Final = re.compile("[0-9][0-9.,]*[^0-9，,。；;]*?(?=[和、及与]|[，,。；;]|$)")


def _in_order(look: Look, words: Patterns, several: re.Match[str]) -> Mention | None:
    """The measure that has the number's place among as many: "营业收入和净利润分别为58亿元和6.1亿元"."""
    before = _LAST_CLAUSE.split(look.text[: several.start()])[-1]
    named = list(words.measures.finditer(before))
    numbers = [
        one.start() + several.end()
        for one in _LISTED.finditer(_LAST_CLAUSE.split(look.text[several.end() :])[0])
    ]
    place = next((at for at, start in enumerate(numbers) if look.start <= start < look.end), None)
    if place is None or len(named) != len(numbers):
        return None
    return _mention(named[place], words)


_LAST_CLAUSE: Final = re.compile("[，；。;]|,(?![0-9])")


def _is_sign(look: Look, words: Patterns, behind: re.Match[str]) -> bool:
    """Whether a Japanese word of profit or loss is only the sign of what is measured: "営業キャッシュフローは61億円の黒字"."""
    return behind.group() in _SIGNS_BEHIND and words.measures.search(look.left) is not None


_SIGNS_BEHIND: Final = frozenset({"黒字", "赤字"})
_ACTS: Final = frozenset(
    {
        "verdient",
        "verdiente",
        "verdienten",
        "perdió",
        "pierde",
        "gagne",
        "gagné",
        "ganó",
        "gana",
        "facturó",
        "factura",
        "ingresó",
        "ingresa",
        "investit",
        "invierte",
        "invirtió",
    }
)
_OF: Final = re.compile(r"\s*(?:des|der|du|de|del|d['’])\b(?!\s+(?:marché|mercado|parts?\s+de|cuota))")
_COUNTED: Final = re.compile(r"[0-9]$")  # "1株" is a share, no price of shares
_BEHIND_GAP: Final = re.compile(
    r"\s*(?:(?:an|de|d['’]|en|des|del|的|の|を|で|とする|を上限とする|規模の|ont\s+été|wurden|han\s+sido|fueron)\s*)?(?:[^\W\d_]+(?:en|er|e"
    r"|es)\s+)?"
    r"(?:(?:Pre-)?[A-Z]\+?轮|天使轮|首轮|新一轮|战略|股权)?"
)


_IN_CASH: Final = re.compile(r"\s*en\s+(?:efectivo|numéraire|espèces)")
_MANY: Final = 2  # words behind a number that make a sentence
_GROWTH: Final = re.compile(
    r"\b(?:Wachstum|Anstieg|Plus|Minus|Rückgang|croissance|hausse|baisse|crecimiento|alza|aumento|caída)\b"
)


def _has_words(look: Look, words: Patterns) -> bool:
    """Whether the clause before the number says something."""
    said = _CLAUSE.split(look.left)[-1]
    if _GROWTH.search(said):
        return False
    if not words.is_ideographic and len(WORD.findall(look.right)) > _MANY and look.left.strip():
        return True
    return len(WORD.findall(said)) > 1 if not words.is_ideographic else len(said.strip()) > 1


def _part(look: Look, words: Patterns, mention: Mention, said: str, own_right: str) -> str | None:
    if not is_among(look.families, _WHOLES) or (not look.reading.unit and "revenue" in look.families):
        return None
    if words.is_ideographic:
        said = _MAIN.sub("", _without_own_parts(look, said))
    for found in (*words.parts.finditer(said), *words.parts.finditer(own_right)):
        is_measure = any(
            one.start() <= found.start() < one.end() for one in words.measures.finditer(found.string)
        )
        if not is_measure and not any(stem(word) in look.words for word in WORD.findall(found.group())):
            return f'it is said of a part: "{found.group()}"'
    if mention.start >= 0 and (whole := words.measures.match(look.text, mention.start)):
        prefix = (whole.groupdict().get("prefix") or "").strip("-").lower()
        if words.is_ideographic:
            said = _without_own_parts(look, _CLAUSE.split(look.text[: mention.start])[-1])
            rest = _left_over(look, words, said)
            if rest and (_has_wide_name(look) or not COMMON_PARTS.sub("", rest)):
                return f'it is said of a part: "{rest}"'
        elif (
            mention.text.lower() not in _ACTS
            and (joint := words.joints.match(look.text[mention.end :])) is not None
        ):
            thing = _THING.match(look.text, mention.end + joint.end())
            is_company = (
                thing
                and is_firm(words.language, thing["thing"])
                and (words.language == "de" or _ONE.match(look.text, mention.end))
                and not _NEXT_NAME.match(look.text, thing.end())
            )
            if (
                thing
                and not is_company
                and thing.end() <= look.start
                and _narrows(look, words, thing["thing"])
            ):
                return f"it is said of {mention.text} {joint.group().strip()} {thing['thing']}"
        if prefix and prefix not in words.wholes and stem(prefix) not in look.words:
            return f'it is said of a part: "{mention.text}"'
    return None


# one that has the measure: "le chiffre d'affaires du brasseur", not: "d'aspirateurs"
_ONE: Final = re.compile(r"\s+(?:du|de\s+l[a'’]|del|de\s+la)\s*", re.IGNORECASE)
_NEXT_NAME: Final = re.compile(r"\s+[A-ZÄÖÜÉ]")
_MAIN: Final = re.compile("主营业务")  # all that a company is for
# names of parts, by the word that a fact's subject or dimension has for them
_PART_NAMES: Final = {
    "cloud": "云计算|云智能|云|雲|クラウド",
    "advertis": "广告|広告|廣告",
    "oversea": "海外|境外",
    "international": "国际|國際|海外",
    "domestic": "国内|境内|國內",
    "automotive": "汽车|自動車",
    "auto": "汽车|自動車",
    "game": "游戏|ゲーム|遊戲",
    "insurance": "保险|保険",
    "logistic": "物流",
    "retail": "零售|小売",
    "china": "中国|大中华区",
    "us": "美国|米国",
    "japan": "日本",
    "europe": "欧洲|欧州",
    "asia": "亚洲|アジア",
}
_OWN_PARTS: Final = {
    stem(word): re.compile(f"(?:{names})(?:业务|業務|事業|部门|部門|分部|板块|市场|市場)?の?")
    for word, names in _PART_NAMES.items()
}


def _without_own_parts(look: Look, said: str) -> str:
    """The words without the part that the fact is of: "云业务" for cloud revenue."""
    for word in look.words & _OWN_PARTS.keys():
        said = _OWN_PARTS[word].sub("", said)
    return said


_THING: Final = re.compile(r"(?:(?:la|le|les|los|las|el|l['’])\s*)?(?P<thing>[^\W\d_][\w-]+)")


def _narrows(look: Look, words: Patterns, thing: str) -> bool:
    """Whether what stands behind "von", "de" and the like is a part, and neither the company nor a time nor a bound."""
    if thing.lower() in words.wholes or any(stem(part) in look.words for part in WORD.findall(thing)):
        return False
    return thing[0].isupper() if words.joints.match(" mit ") else thing.islower()


# common words for what companies sell; what is made of them alone is no company
COMMON_PARTS: Final = re.compile(
    "智能|手机|手機|电脑|電腦|平板|电视|云|雲|计算|汽车|汽車|电动车|新能源|乘用车|电商|电子商务|游戏|遊戲|音乐|视频"
    "|广告|廣告|物流|保险|零售|批发"
    "|家电|空调|电池|芯片|晶片|半导体|软件|硬件|设备|服务|订阅|会员|餐饮|食品|饮料|白酒|啤酒|药品|医药|医疗|教育|旅游"
    "|酒店|支付|金融|贷款|地产"
    "|物业|储能|光伏|快递|外卖|本地生活|商业|数字|产品|业务|增值|网络|线上|线下|スマートフォン|スマホ|自動車|二輪車?"
    "|四輪車?|ゲーム|音楽|映画|半導体"
    "|家電|鉄道|不動産|化粧品|飲料|食品|医薬品?|保険|銀行|クラウド|ソフト(?:ウエア|ウェア)?|電子部品|物流|金融|広告"
    "|携帯|通信|サービス|製品|事業|新車|中古車|電池|住宅|自転車|部品|动力"
)
_LINKED: Final = re.compile(r"(?:约为|达到|达|为|達|约|約)$")


def _left_over(look: Look, words: Patterns, said: str) -> str:
    """What is left of Chinese or Japanese words before a measure without the company's names and words of time."""
    said = _LINKED.sub("", said.rstrip())
    for name in look.about.names:
        said = said.replace(name, "")
    rest = _KNOWN_WIDE.sub("", words.measures.sub("", said)).strip()
    if look.families == frozenset({"share"}):  # a share of the market of a product
        rest = COMMON_PARTS.sub("", rest)
    return rest if len(rest) > 1 else ""


def _of_other_company(look: Look, words: Patterns, mention: Mention, clause: str) -> str | None:
    if not look.about.names:
        return None
    if words.is_ideographic:
        return _of_other_wide(look, words, clause) if _has_wide_name(look) else None
    first = _FIRST.match(look.left)
    if (
        first
        and _is_other(look, words, first["name"])
        and not is_word(first["name"])
        and not any(stem(word) in look.names for word in WORD.findall(look.left))
    ):
        return f"it is said of {first['name']}"
    beside = _BESIDE.search(look.left)
    if beside and _is_other(look, words, beside["name"]):
        return f"it is said of {beside['name']}"
    if mention.start >= 0 and (joint := words.joints.match(look.text[mention.end :])):
        name = _NAME.match(look.text, mention.end + joint.end())
        if name and name.end() <= look.start and _is_other(look, words, name.group()):
            return f"it is said of {name.group()}"
    return None


_NAME: Final = re.compile(r"[A-ZÄÖÜÉ][\w&-]+")
_FIRST: Final = re.compile(r"\W*(?P<name>[A-ZÄÖÜÉ][\w&-]+)\s+[a-zäöüé]")
_RELATIVE: Final = re.compile(
    r"(?P<name>[A-ZÄÖÜÉ][\w&-]+),\s+(?:der|die|das|dessen|deren|qui|dont|que|cuy[oa]s?)\s[^,;]*$"
)
_BESIDE: Final = re.compile(
    r"(?:,|\bund|\bet|\by|\()\s+(?P<name>[A-ZÄÖÜÉ][\w&-]+)\s+(?:(?:von|mit|auf|bei|de|du|del|con|avec|à|el|hat|a|tiene)\s+)?$"
)


def _is_other(look: Look, words: Patterns, name: str) -> bool:
    is_measure = words.measures.fullmatch(name) is not None
    return not is_measure and not any(stem(word) in look.words for word in WORD.findall(name))


_KNOWN_WIDE: Final = re.compile(
    r"[0-9０-９.%]+|第[一二三四1-4]季?|财季|が発表した|発表した|合并|合併|累計|期間|(?:連結)?会計|中間|前[三两二]"
    r"|年|月|日|季度|上半年|下半年|全年|财年|四半期|上期|下期|期|は|が|も|の|で|に|を"
    r"|的|则|則|总|集团|公司|该|同比|环比|增长|上升|下降"
    r"|当|本|其|同社|当社|連結|全社|实现|實現|录得|と|計|今年|同|总额|前年比|率|约为|预计|預計|预期|世界|全球|グローバル|全体"
)


def _has_wide_name(look: Look) -> bool:
    """Whether the company has a name in Chinese or Japanese, so that another word there may be told from it."""
    return any(_WIDE.search(name) for name in look.about.names)


_WIDE: Final = re.compile("[\u3040-\u30ff\u3400-\u9fff]")


def _of_other_wide(look: Look, words: Patterns, clause: str) -> str | None:
    """Whether the clause begins with a name that is not the company's, in Chinese or Japanese."""
    if any(name and name in clause for name in look.about.names):
        return None
    rest = _left_over(look, words, clause)
    return f'it is said of "{rest}"' if rest else None
