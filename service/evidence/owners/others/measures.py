"""Whether a number in another language than English is of something else than the fact's quantity.

The rules are fewer than those of English, and go by words alone: what is measured, what it is compared with, a part, a
rival, a condition. `languages.measures` has the words.
"""

import re
from functools import lru_cache
from typing import Final

from service.evidence.owners.look import GROWTH, RATES, WORD, Look, Mention, alike, each_share, is_among
from service.evidence.owners.others.adjusted import of_other_basis
from service.evidence.owners.others.companies import (
    RELATIVE,
    is_other,
    of_other_company,
    of_other_topic,
)
from service.evidence.owners.others.earlier import compared
from service.evidence.owners.others.owner import (
    OF_ITS,
    RESPECTIVELY,
    has_words,
    in_order,
    mention_of,
    owner_beside,
)
from service.evidence.owners.others.parts import OF_WHICH, in_other_languages, of_a_part, part_words
from service.evidence.owners.others.patterns import Patterns, patterns_of
from service.evidence.reading.languages.all import LANGUAGES
from service.evidence.reading.languages.detecting import is_word
from service.evidence.reading.languages.en import vocabulary
from service.evidence.reading.languages.measures import MEASURE_WORDS
from service.evidence.reading.reasons import BECAUSE, EFFORT
from service.evidence.subjects import stem

# "由1.05亿元（10500万元）增至": a number in brackets is of what the one before them is
_RESTATED: Final = re.compile("[0-9][0-9.,]*[^0-9（()）、，,]{0,6}[（(](?:约?合|约|即)?$")
# what a word for the whole sort alone never means; it needs one of these before it: "Operativ verdiente der Konzern"
_NEVER_PLAIN: Final = frozenset(
    {"profit.ebitda", "profit.gross", "profit.operating", "profit.pretax", "debt.net", "margin.gross",
     "margin.ebitda", "margin.net", "cashflow.free"}
)  # fmt: skip
_WHICH: Final = re.compile(
    r"operati|opérati|exploita|explotaci|betrieb|ebit|brut|\bnett?[oae]?\b|netto|fre[ie]|libre|disponible"
    r"|(?:vor|avant|antes\s+de)\s+[^,;]{0,20}(?:Zins|Steuer|int[ée]r|imp[ôou])",
    re.IGNORECASE,
)
# how many there are of these grows by itself: "les ventes progressent de 5 %" tells no growth of customers
_COUNTS: Final = frozenset(map(stem, ("customers", "users", "subscribers", "members", "employees", "stores")))
_SEVERAL_MONTHS: Final = re.compile(
    "(?:累[计計]|[0-9]月?[-–~〜～至到、][0-9]+月|前[^，,、0-9]{0,2}[0-9]*个?[月季]|以来|通期|全年)(?!.*[，,；;][0-9]{1,2}月)"
)
_FAR: Final = 90  # characters behind a number in which a time may stand
_CLOSE: Final = 32  # characters behind a number in its own clause


def of_other_measure(look: Look, language: str) -> str | None:
    """Why the number is not the fact's; None if nothing says so."""
    if language not in MEASURE_WORDS:
        return None
    words = patterns_of(language)
    if words.is_ideographic and look.reading.unit != "percent" and (restated := _RESTATED.search(look.left)):
        look = look._replace(start=restated.start(), end=look.end + 1)
    left, right = look.left, look.right
    stop = _STOP.search(right)
    own_right = right[: min(stop.start() if stop else len(right), _CLOSE)]
    clause = _CLAUSE.split(left)[-1]
    far_right = right[: min(stop.start() if stop else len(right), _FAR)]
    if (reason := compared(look, words, clause, own_right, far_right)) is not None:
        return reason
    if (
        beside := _with_another(look) or _in_brackets(look, words) or _of_other_scope(look, words)
    ) is not None:
        return beside
    if (acting := _not_gone(look) or _acting(look, words)) is not None:
        return acting
    if (total := _of_total(look)) is not None:
        return f'it is a part of "{total}"'
    if (several := RESPECTIVELY.search(look.left)) and in_order(look, words, several) is None:
        return "it is one of several"
    if (reason := _of_other_sense(look, words)) is not None:
        return reason
    if look.families:
        return _of_another_measure(look, words, own_right, several)
    if words.is_ideographic:
        return of_other_topic(look, words)
    counted = look.words & _COUNTS
    if look.reading.unit not in RATES or not counted or look.words.isdisjoint(GROWTH):
        return None
    if not any(_counted(language, one).search(look.text) for one in counted):
        return "what is counted is not named"
    mention = owner_beside(look, words, own_right)
    return None if mention is None else f"it is said of {mention.text}"


@lru_cache(maxsize=32)
def _counted(language: str, unit: str) -> re.Pattern[str]:
    """Finds what is counted, also as the first part of a German compound: "Kundenzahl". `unit` is its stem."""
    nouns = next(one for one in LANGUAGES if one.code == language).nouns
    named = [phrase for phrase, counts in nouns.items() if stem(counts) == unit]
    listed = "|".join([*map(re.escape, named), *(_STAFF if unit == stem("employees") else ())])
    return re.compile(rf"\b(?:{listed})" if listed else r"(?!)", re.IGNORECASE)


_STAFF: Final = ("belegschaft", "personal", "beschäftig", "effectif", "plantilla", "empleo", "emploi")


def _of_other_sense(look: Look, words: Patterns) -> str | None:
    """Whether what stands is asked as a change, or how much a loss moved as the loss."""
    if not words.is_ideographic and len(WORD.findall(look.text)) <= _FEW:
        return None
    is_money = bool(look.reading.unit) and look.reading.unit not in RATES and bool(look.families)
    if (
        is_money
        and look.reading.change in {"down", "cut"}
        and stem("loss") in look.words
        and is_among(look.families, ("profit",))
    ):
        return "it tells by how much it changed"
    if words.is_ideographic:
        return _came_to(look)
    if look.reading.change or look.words.isdisjoint(GROWTH) or look.text[look.start] in "+-−–":
        return None
    is_come_to = is_among(look.families, ("margin",)) and _COME_TO.search(look.left)
    is_still = look.reading.unit == "percent" and (is_come_to or not _CHANGING.search(look.left))
    return "no word says that it rose or fell" if is_money or is_still else None


def _came_to(look: Look) -> str | None:
    """Whether a Chinese or Japanese sum or rate is what something came to, and asked as a change."""
    is_come = look.reading.unit not in RATES or is_among(look.families, ("margin", "rate", "share", "stake"))
    is_asked = look.reading.unit and is_come and not look.words.isdisjoint(GROWTH)
    is_level = not look.reading.change and (_CAME_TO[0].search(look.left) or _CAME_TO[1].match(look.right))
    return "it is what something came to" if is_asked and is_level else None


# "降至14亿元", "260億円に減った"
_CAME_TO: Final = (
    re.compile("[至到为為達达](?:了|约|約)?$"),
    re.compile("(?:に|まで|へと?)(?!対|つ|お|よ|比)"),
)
_COME_TO: Final = re.compile(r"\b(?:à|auf|al|hasta(?:\s+el)?)\s+$")
_FEW: Final = 3  # words of what is no sentence
_CHANGING: Final = re.compile(
    r"wachs|wuchs|stieg|steig|plus\b|minus\b|zunahm|zuwachs|gang\b|sank|fiel|veränder|entwickl|rate\b|quote\b|croissance|hausse"
    r"|baisse|progress|évolution|variation|recul|repli|taux|crec|alza|aument|increment|subid|caíd|descen|reduc|dismin|variación"
    r"|evolución|tasa|ritmo|avance|mejor",
    re.IGNORECASE,
)


def _with_another(look: Look) -> str | None:
    """Whether the part that the fact is of is named only behind the number, with another number."""
    parts = look.parts
    if not parts:
        return None
    stems = parts | in_other_languages(parts)
    named = [one for one in WORD.finditer(look.text) if stem(one.group()) in stems]
    if not named or named[0].start() < look.end:
        return None
    between = look.text[look.end : named[0].start()]
    is_apart = _STOP.search(between) is not None and _DIGIT.search(look.text, named[0].end()) is not None
    return f'"{named[0].group()}" has another number' if is_apart else None


def _of_other_scope(look: Look, words: Patterns) -> str | None:
    """Whether a Chinese or Japanese number is of other months, firms or deductions than the fact, or of all for a part."""
    if not words.is_ideographic:
        return None
    is_cumulative = "cumulativ" in look.words or look.words >= _YEAR_TO_DATE
    if is_cumulative and not _SEVERAL_MONTHS.search(look.left):
        return "it is not said to be of several months"
    if "quart" in look.words and (several := _SEVERAL_QUARTERS.search(look.left)):
        return f'it is said of several quarters: "{several.group()}"'
    part = OF_WHICH.search(look.left) if "其中" in look.left or "うち" in look.left else None
    if part and (look.reading.unit or part_words(look) <= {stem(one) for one in look.reading.nouns}):
        return f'it is said of a part: "{part["word"]}"'
    gross = _BEFORE_COSTS.search(_CLAUSE.split(look.left)[-1]) if "net" in look.words else None
    if gross:
        return f'nothing is taken off: "{gross.group()}"'
    named = [look.left.rfind(one) for one in look.about.members]
    if named and (whole := _OF_ALL.search(look.left, max(0, *named))):
        return f'it is said of the whole: "{whole.group()}"'
    return None


_YEAR_TO_DATE: Final = frozenset(map(stem, ("year", "date")))
_SEVERAL_QUARTERS: Final = re.compile(
    "(?:前[二三两369]个?[季月]|[上下]半年|1月?[-–~〜～至到][0-9]+月|四半期(?:連結)?累計|全年|通期|上期|下期)(?!.*(?:季|四半期))"
)
_BEFORE_COSTS: Final = re.compile("[总総]额[^净純纯]*$")
_OF_ALL: Final = re.compile(
    "(?:当社|同社|会社|グループ|公司|集团)(?:グループ|全体|整体)?[のは]?(?:業績|経営成績|総売上|总)"
)


def _in_brackets(look: Look, words: Patterns) -> str | None:
    """Whether a number in brackets is that of the year before, or of what is neither measured nor the company."""
    if words.is_ideographic or not look.left.endswith("("):
        return None
    beside = look.left[-_FAR:]
    before, own = _UNIT_BEFORE.search(beside), _UNIT.search(look.text[look.start : look.end])
    if before and own and before["unit"].lower() == own["unit"].lower():
        return "it stands in brackets behind another number"  # in another currency it is the same sum
    found = _BRACKETED.search(beside) if look.reading.unit == "percent" else None
    if found is None or words.measures.search(found["said"]) or _DIGIT.search(found["said"]):
        return None
    spoken = WORD.findall(found["said"])
    is_own = not spoken or any(stem(one) in look.words for one in spoken)
    return None if is_own else f'it is said of "{spoken[-1]}"'


_UNIT: Final = re.compile(r"(?P<unit>%|€|(?!mill|mil\b|mio\b|mrd\b)[^\W\d_]+)\s*$", re.IGNORECASE)
# of the number that the brackets stand behind: "auf 110,9 Mio. Euro (123,5 Mio. Euro)"
_UNIT_BEFORE: Final = re.compile(r"[0-9]\s*(?:[^()0-9,;:]*[\s'’])?(?P<unit>%|€|[^\W\d_]+)\s*\($")
# what the brackets stand behind: "l'effet énergie (-2 %)"
_BRACKETED: Final = re.compile(r"(?P<said>(?:[^,;:()]|\([^()0-9]*\))*)\($")
_DIGIT: Final = re.compile("[0-9]")
_ORGANIC: Final = re.compile(
    r"\b(?:(?:flächen|währungs)?bereinigt\w*|organi(?:sch|que)\w*|orgánic\w*|aus\s+eigener\s+Kraft|vergleichbar\w*|comparables?"
    r"|(?:périmètre|perímetro)\s+(?:et\s+[a-z]+\s+)?constante?s?|croissance\s+interne)\b",
    re.IGNORECASE,
)
# "a représenté 17,7 % du chiffre d'affaires" is the margin of a profit
_OF_SALES: Final = re.compile(
    r"\s+(?:du\s+chiffre\s+d['’]affaires|des\s+(?:Umsatzes|ventes)|d(?:e\s+l[oa]s|el)\s+(?:ventas|ingresos))\b"
)


def _of_another_measure(
    look: Look, words: Patterns, own_right: str, several: re.Match[str] | None
) -> str | None:
    """Whether what the sentence measures is not the fact's."""
    if (whole := _of_whole(look, words, own_right)) is not None:
        return f"it is a part of {whole}"
    mention = owner_beside(look, words, own_right)
    if several:
        mention = in_order(look, words, several)
    if mention is not None and look.reading.per == "share":
        mention = mention._replace(families=each_share(mention.families))
    relative = RELATIVE.search(look.left) if look.about.names else None
    if relative and is_other(look, words, relative["name"]) and not is_word(relative["name"]):
        return f"it is said of {relative['name']}"
    if (
        mention is None
        and look.reading.nouns
        and (_is_of_subject(look) or look.reading.nouns[-1].removesuffix("s") in look.words)
    ):
        return None  # what is counted says what it is of: "612.000 Autos"
    if mention is None:
        # these grammars are small, so what a sentence tells of without a known measure is not taken for the fact's
        is_share = look.families == frozenset({"share"}) and stem("market") not in look.words
        behind = words.measures.search(own_right)
        is_own = behind is not None and alike(mention_of(behind, words).families, look.families)
        is_ratio = (is_share or is_own) and look.reading.unit == "percent" and OF_ITS.match(own_right)
        return "the words do not say what it is of" if has_words(look, words) and not is_ratio else None
    is_sold = not look.reading.unit and "revenue" in look.families and is_among(mention.families, ("volume",))
    is_organic = look.families <= {"growth.organic", "likeforlike"} and _ORGANIC.search(
        f"{_DIGIT.split(look.left)[-1]} {own_right}"
    )
    is_margin = look.reading.unit == "percent" and _OF_SALES.match(look.right)
    own = look.families.union(one.replace("margin", "profit") for one in look.families if is_margin)
    if not alike(mention.families, own) and not is_sold and not is_organic:
        return f"it is said of {mention.text}"
    is_plain = mention.families.isdisjoint(_NEVER_PLAIN) and look.families <= _NEVER_PLAIN
    if is_plain and not is_sold and not words.is_ideographic and not _WHICH.search(look.left):
        return f"it is said of {mention.text}"
    if (mention.text in _PROPORTIONS or "share.revenue" in mention.families) and stem("market") in look.words:
        return f"it is a part of something: {mention.text}"
    if words.is_ideographic and (other := of_other_basis(look, mention)) is not None:
        return other
    return _of_clause(look, words, mention, own_right)


def _of_clause(look: Look, words: Patterns, mention: Mention, own_right: str) -> str | None:
    """Whether the clause is about a rival, a supposition, a part, or another company."""
    broken = list(words.breaks.finditer(look.left))
    said = look.left[broken[-1].end() :] if broken else look.left
    if words.is_ideographic:
        said = _ONLY_LIKE_DOUBT.sub("", _WHY.sub("", said))
        for name in filter(None, look.about.names):
            said = said.replace(name, "")
    if not look.families & {"deal", "price"} and (found := words.rivals.search(said)) is not None:
        return f'it is said of "{found.group()}"'
    if is_among(look.families, ("spend", "deal")):
        said = _YEARS_AHEAD.sub("", said)
    where = (words.supposed.search(said), words.supposed.match(own_right.lstrip()))
    if words.is_ideographic:
        where = (*where, words.supposed.search(own_right))
    found = next((one for one in where if one is not None), None)
    if (
        found is not None
        and found.group() in {"合计", "合計", "合計で"}
        and (is_among(look.families, _AT_A_TIME) or _TOTALLED.fullmatch(said))
    ):
        found = None
    if found is not None and found.group() in _SINCE_BEGUN and "buyback" in look.families:
        found = None
    if found is not None and not look.reading.per:
        return f'it is not said of the whole: "{found.group()}"'
    if mention.start < 0 and (costs := words.costs.search(said)):
        return f'it is said of what something costs: "{costs.group()}"'
    if (reason := of_a_part(look, words, mention, said, own_right)) is not None:
        return reason
    return of_other_company(look, words, mention, _CLAUSE.split(look.left)[-1])


# sums of several accounts
_AT_A_TIME: Final = ("cash", "debt", "assets", "deposits", "buyback", "dividend", "funding")
# "销售收入合计", not of several: "甲公司和乙公司的销售收入合计"
_TOTALLED: Final = re.compile(
    "[^和与與及、跟两兩等各]*合[计計](?:[^，,0-9]{0,6}价格?)?(?:约?为?|[^，,]*[0-9].*)"
)
_SINCE_BEGUN: Final = frozenset({"累计", "累計"})  # how much of a buyback is done
_YEARS_AHEAD: Final = re.compile(r"\b(?:kommenden|nächsten)\s+(?:\w+\s+)?Jahren\b")
# what only looks like doubt: "第3四半期累計" is a sum of one period, "会社によれば" tells who says so
_ONLY_LIKE_DOUBT: Final = re.compile(
    r"(?:決算|発表|会社|同社|資料|短信|報告書?)(?:資料)?によれば|若干|(?:連結)?累計期間|(?<=四半期)(?:連結)?累計|(?<=[期月年])累計|(?<=[月内])累计|(?<=(?<![两三四五六七八九十几数])年)累计"
    r"|(?<=季度)累计|(?<=上半年)累计|累计(?=前\s*[0-9]+\s*个?月|前[一二三四]季|上半年|全年)"
)
# a clause that tells why, whose words are of no part: "受益于海外需求旺盛，"
_WHY: Final = re.compile(
    f"(?:^|(?<=[，,]))(?:{EFFORT}(?![^，,]*(?:子公司|部门|目标)[，,])[^，,0-9若如假]{{2,40}}[，,]"
    f"|(?:{BECAUSE})[^，,0-9若如假]{{2,30}}[，,]"
    "|在[^，,0-9若如假]{2,30}下[，,]"
    "|[^，,0-9若如假]{2,30}(?:带动|推动|拉动|驱动|提振|支撑|拖累|影响)(?:之?下)?[，,]"
    "|(?:按照?|根据|依据)[^，,0-9若如假]{2,20}(?:准则|口径|标准|汇率|规定)[，,]"
    "|(?:受)[^，,0-9若如假]{2,30}(?:影响|带动|推动|拖累|提振|驱动)[，,])"
)


def _of_total(look: Look) -> str | None:
    """The total behind a Chinese or Japanese number that it is one of the parts of: "国内50店、海外20店の合計70店"."""
    unit = _NUMBER_WIDE.sub("", look.text[look.start : look.end])
    found = re.search(f"合[計计][为は]?[0-9.,万億亿千百]+{re.escape(unit)}", look.right) if unit else None
    return found.group() if found else None


_NUMBER_WIDE: Final = re.compile("^[約约]?[0-9.,万億亿千百]+")
_OF_WHOLE: Final = re.compile(r"\s*(?:d(?:e\s+l[ao]s?\b|e\s+l['’]|el?\b|es\b|er\b|u\b|['’])|vom\b)")
_NEAR: Final = 2  # words between it and its measure: "des gesamten Umsatzes"
_HELD: Final = re.compile(
    r"\b(?:arbeit\w+|beschäftig\w+|sind|gehör\w+|zähl\w+|führt|betreibt|unterhält|hat|besitzt|umfasst|nutz(?:en|ten)|travail\w+"
    r"|emplo\w+|sont|compt\w+|utilis(?:ent|aient)|trabaj\w+|emple\w+|son|tien\w+|us(?:an|aban)|utilizan)\b",
    re.IGNORECASE,
)


def _of_whole(look: Look, words: Patterns, own_right: str) -> str | None:
    """The measure that a percentage is taken of: "21 % des Umsatzes" is no market share, and no growth."""
    is_share = look.families == frozenset({"share"}) and stem("market") in look.words
    is_growth = not look.reading.change and not look.words.isdisjoint(GROWTH)
    if look.reading.unit != "percent" or not (is_share or is_growth):
        return None
    whole = _OF_WHOLE.match(own_right)
    named = words.measures.search(own_right, whole.end()) if whole else None
    if not (whole and named) or len(WORD.findall(own_right[whole.end() : named.start()])) > _NEAR:
        return None
    is_sum = is_among(mention_of(named, words).families, ("revenue", "profit", "cost"))
    return named.group() if is_growth or is_sum else None


def _not_gone(look: Look) -> str | None:
    """Of counts of what goes or comes: whether no word of going or coming is said of the number."""
    if look.reading.unit or not look.reading.nouns:
        return None
    turned = _GOING | _COMING
    if look.words.isdisjoint(turned) and (bought := _BOUGHT.search(look.left)):
        return f'it is said of what changes hands: "{bought.group()}"'
    if look.reading.nouns == ("shares",) and not look.families and look.words.isdisjoint(_DEALT):
        dealt = _SHARES_DEALT.search(look.left)
        return f'it is said of shares with which something is done: "{dealt.group()}"' if dealt else None
    if not look.words.isdisjoint(_GOING) and look.reading.change != "cut":
        return "no word says that they go"
    if not look.words.isdisjoint(_COMING) and not look.reading.change:
        return "no word says that they come"
    return None


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
    if words.is_ideographic:
        some = _SORT_OF_STAFF.search(look.left) if _ALL_STAFF.fullmatch(look.about.subject) else None
        return None if some is None else f'it is said of a part: "{some.group()}"'
    if (place := _AT_HOME.match(look.right)) and look.words.isdisjoint(in_other_languages(look.words)):
        return f'it is said of a part: "{place.group().strip()}"'
    if len(WORD.findall(look.left)) > 1 or _WITH_IT.fullmatch(look.left) or _ABRE.fullmatch(look.left):
        return None
    behind = WORD.findall(look.right)
    return None if not behind or _HELD.search(look.right) else f'it is said of those who "{behind[0]}"'


def _is_of_subject(look: Look) -> bool:
    """Whether the fact counts what the number counts: people who are employed are employees."""
    return look.reading.nouns[0] == "employed" or stem(look.reading.nouns[-1]) in look.words


# "Die Kette übernimmt 120 Filialen"
_BOUGHT: Final = re.compile(
    r"\b(?:übern(?:immt|ahm|ahmen|ehmen)|kauf(?:t|te|en|ten)|erw(?:irbt|arb|erben)|repren(?:d|nent)|repris|rach(?:ète|eté)"
    r"|acqu(?:iert|is)|compr(?:a|ó|ará)|adqui(?:ere|rió))\b[^,;:]*$|(?:收购|接手|买下|受让)了?[^，,]*$"
)
_SHARES_DEALT: Final = re.compile("(?:回购|质押|冻结|减持|增持|注销|消却|買い付け)(?!后)")
_DEALT: Final = frozenset(
    stem(word)
    for word in vocabulary(
        "repurchased repurchases buyback pledged cancelled canceled retired sold acquired bought released frozen"
    )
)
_GOING: Final = frozenset(
    stem(word) for word in ("cuts", "layoffs", "closures", "redundancies", "dismissals", "departures")
)
_COMING: Final = frozenset(stem(word) for word in ("openings", "hires", "additions"))
# "1200人の従業員が署名した", but not: "1200人の従業員が働く"
_JAPANESE_ACT: Final = re.compile(
    "の?(?:従業員|社員|職員|顧客|利用者|会員)が(?!在籍|働|勤務|い|所属|従事|お|ある|利用)"
)
# "研发人员560人" are not all that a company employs
_SORT_OF_STAFF: Final = re.compile(
    "(?:[发究售术产理政务服检装修勤训研開営業術産造]|工程)(?:人员|人員|職)[^，,。、]{0,6}$|工程师[^，,。]{0,4}$"
)
_ALL_STAFF: Final = re.compile(
    "(?:(?:total|group|number-of)-)?(?:employees?|headcount|staff|workforce|people|personnel)(?:-count)?"
)
# where some of those are who are counted
_AT_HOME: Final = re.compile(
    r"\s+(?:im\s+(?:Ausland|Inland)|hierzulande|dans\s+l['’]Hexagone|à\s+l['’]étranger|en\s+el\s+extranjero)\b"
)
_WITH_IT: Final = re.compile(
    r"\W*(?:Mit|Avec|Con|Fort(?:e|es|s)?|(?:Employ|Compt|Exploit)ant)\s*"
)  # "Mit 276 Läden ist die Kette"
# a Spanish sentence that begins with its verb: "Abrirá 15 hoteles de aquí a 2028"
_ABRE: Final = re.compile(r"\W*[A-ZÁÉ][a-zñ]+(?:rá|rán|ó|aron|ieron)\s+")
_FOR_THEM: Final = re.compile(
    r"\b(?:für|pour|para|unter|parmi|chez)\s+(?:(?:die|les|los|las|sus|ses|seine|ihre)\s+)?$"
)
_FOR_THEM_WIDE: Final = re.compile(
    "[对给向令使让替从把](?:这|其|旗下)?$|[对给向令使让替把][^，,]{1,8}(?=[^，,]*$)(?<!面对)(?<!相对)$"
)
_PROPORTIONS: Final = frozenset({"占比", "比重"})  # of a company's revenue as well as of a market
_STOP: Final = re.compile(r"[,，、;；。()（）]|\s(?:und|et|y)\s")
_CLAUSE: Final = re.compile(r"[,，、;；(（]")
