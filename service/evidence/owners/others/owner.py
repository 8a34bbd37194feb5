"""What the words beside a number say that it measures, in another language than English."""

import re
from typing import Final

from service.evidence.owners.look import RATES, WORD, Look, Mention
from service.evidence.owners.others.patterns import Patterns
from service.evidence.reading.languages.en import vocabulary

_CLAUSE: Final = re.compile(r"[,，、;；(（]")


def mention_of(match: re.Match[str], words: Patterns) -> Mention:
    """What is measured, by the words that name it."""
    phrase = re.sub(r"\s+", " ", match["phrase"].lower()).replace("’", "'").replace("' ", "'")
    return Mention(match.start(), match.end(), match.group(), words.families.get(phrase, frozenset()))


def owner_beside(look: Look, words: Patterns, own_right: str) -> Mention | None:
    """The measure nearest before the number, or directly behind it."""
    behind = words.measures.search(own_right)
    is_moved = look.reading.change in {"up", "down"} and _TURN_OF.search(
        look.left
    )  # "un aumento del 28 % del beneficio"
    is_ratio = look.reading.unit == "percent" and OF_ITS.match(own_right) and not is_moved
    if (
        behind is not None
        and not (_is_sign(look, words, behind) or look.text[: look.end + behind.end()].endswith(_SHARES))
        and not is_ratio
        and behind["phrase"].lower() not in ACTS
        and _BEHIND_GAP.fullmatch(own_right[: behind.start()])
        and not _IN_CASH.fullmatch(own_right[: behind.end()])
    ):
        return mention_of(behind, words)._replace(start=-1)
    if look.families == frozenset({"share"}) and _MARKET_SHARE.search(look.left):
        return Mention(-1, -1, "share", look.families)
    if look.reading.unit and any(
        first.search(look.left) and last.match(look.right) for first, last in _TURNED_OVER
    ):
        return Mention(-1, -1, "um", words.families["umsatz"])
    if (told := _quoted(look) or _paid(look) or _told_last(look, words)) is not None:
        return told
    if (lead := _AT.fullmatch(look.left)) and (following := _NEXT_CLAUSE.match(look.right)):
        named = words.measures.match(look.right, following.end())
        if named is not None and lead:
            return mention_of(named, words)._replace(start=-1)
    if _REACHED[0].fullmatch(look.left) and (reached := _REACHED[1].match(look.right)):
        named = list(words.measures.finditer(reached.group()))
        if named:
            return mention_of(named[-1], words)._replace(start=-1)
    found = _named_before(look, words)
    if not found:
        return None
    if look.reading.unit in RATES:
        found = [one for one in found if one["phrase"].lower() not in ACTS] or found
    broken = words.breaks.search(look.left, found[-1].end())
    if broken and not _AND_THEN.search(look.left) and not _BUT.fullmatch(broken.group()):
        return None
    return mention_of(found[-1], words)


def _named_before(look: Look, words: Patterns) -> list[re.Match[str]]:
    """What is measured that is named before the number, without what says something else there."""
    left = look.left
    for name in filter(None, look.about.names):  # "阳光股份" owns no shares
        left = left.replace(name, " " * len(name))
    found = [
        one
        for one in words.measures.finditer(left)
        if not (
            _COUNTED.search(look.left, 0, one.start())
            or look.left[: one.end()].endswith(_SHARES)
            or ("shareprice" in mention_of(one, words).families and _EACH.search(look.left, 0, one.start()))
            or _TAKEN_OF.match(look.left, one.end())
            or (
                _BEFORE_TAX.search(look.left, 0, one.start())
                and not mention_of(one, words).families.isdisjoint({"tax", "interest"})
            )
            or _PERCENT_OF.search(look.left[max(0, one.start() - _SHORT) : one.start()])
        )
    ]
    is_place = len(found) > 1 and _IN_MARKET.search(look.left, 0, found[-1].end())
    return found[:-1] if is_place else found  # "fiel in einem schwachen Markt um 5 Prozent"


def _quoted(look: Look) -> Mention | None:
    """The price of a share, if the number is how much one moved and the price stands behind it."""
    if (
        look.reading.unit != "percent"
        or not _QUOTED[0].fullmatch(look.left)
        or not _QUOTED[1].match(look.right)
    ):
        return None
    return Mention(-1, -1, "cours", frozenset({"shareprice"}))


def _told_last(look: Look, words: Patterns) -> Mention | None:
    """What the verb tells at the end of a German clause: "will drei Milliarden Euro in die Produktion investieren"."""
    if words.language != "de" or not look.reading.unit or not _HELPING.search(look.left):
        return None
    clause = _CLAUSE.split(look.right)[0].rstrip(" .!")
    told = _LAST_VERB.search(clause)
    return None if told is None else Mention(-1, -1, told.group(), frozenset({_LAST_VERBS[told.group()]}))


# "Im deutschen Markt hält der Anbieter einen Anteil von"
_MARKET_SHARE: Final = re.compile(
    r"\b(?:[Ii]m|[Aa]m)\s+(?:[a-zäöüß]+\s+)*\w*[Mm]arkt\b[^,;]*\b[Aa]nteil\s+von\s+(?:\w+\s+)?$"
)
_IN_MARKET: Final = re.compile(
    r"\b(?:in\s+eine[mr]|dans\s+un|sur\s+un|en\s+un|en\s+el|im|am)\s+(?:[a-zäöüß]+\s+){0,2}(?:Markt|marché"
    r"|mercado)(?:\s+[a-zéí]+)?$"
)
_HELPING: Final = re.compile(
    r"\b(?:hat|haben|hatte|hatten|will|wollen|wird|werden|soll|sollen|möchte|kann|konnte|wurden?)\b[^,;]*$"
)
_LAST_VERBS: Final = {
    "investieren": "spend", "investiert": "spend", "verdient": "profit", "verdienen": "profit", "ausschütten": "dividend",
    "ausgeschüttet": "dividend", "umgesetzt": "revenue", "umsetzen": "revenue", "erlöst": "revenue",
}  # fmt: skip
_LAST_VERB: Final = re.compile(rf"\b(?:{'|'.join(_LAST_VERBS)})(?=\s+(?:und|werden|worden|haben)\b|$)")


def _paid(look: Look) -> Mention | None:
    """What a price is paid for: a company, a plant, or own shares."""
    if look.reading.unit and _PAYS.search(look.left):
        return Mention(-1, -1, "", _PAID_SORTS)
    if look.reading.unit:
        for family, before, behind in _GIVEN_FOR:
            if before.search(look.left) and behind.match(look.right):
                return Mention(-1, -1, family, frozenset({family}))
    if not _PAID[0].search(look.left):
        return None
    if _OWN_SHARES.search(look.left):
        return Mention(-1, -1, "buyback", frozenset({"buyback"}))
    if _GOODS.search(look.left):
        return Mention(-1, -1, "cost", frozenset({"cost"}))
    if _PAID[1].search(look.text):
        return Mention(-1, -1, "deal", frozenset({"deal", "price"}))
    if _PAID[2].search(look.text):
        return Mention(-1, -1, "spend", frozenset({"spend"}))
    return None


# what a sum may be that somebody pays
_PAYS: Final = re.compile(
    r"\b(?:pay(?:e|é|er|era)|vers(?:e|é|er|era)|débours\w+|pag(?:a|ó|ar|ará|ado)|desembols(?:a|ó|ar|ará|ado)|abon(?:a|ó|ar|ará"
    r"|ado))\s+(?:los\s+)?$"
)
_PAID_SORTS: Final = frozenset(
    {"deal", "price", "fine", "dividend", "buyback", "repayment", "tax", "rent", "spend"}
)
_PAID: Final = (
    re.compile(
        r"\b(?:[Ff]ür|[Pp]our|[Pp]or)\s+(?:rund\s+|insgesamt\s+|los\s+|une?\s+(?:montant|total|importe|somme|prix|precio"
        r"|valor)\s+(?:total\s+)?d[e'’]\s*)?$"
    ),
    re.compile(
        r"\b(?:übernahm|übernimmt|kaufte|kauft|erwarb|erwirbt|mis\s+la\s+main|rachet[ée]e?|rachète|acquis|acquiert|acheté|achète|acquérir|acquérant|racheter|cède|cédé|céder|vendu|vendre|vend|vendió|vende|vender|vendía|adquirir|comprar|adjudicado|adjudicó"
        r"|hizo\s+con|compró|compra|adquirió|adquiere)\b"
    ),
    re.compile(
        r"\b(?:errichte\w*|baut|baute|erweiter\w*|modernisier\w*|entsteh\w*|entstand|construi\w*|constru\w*|amplía|bâtit|bâti"
        r"|agrandi\w*)\b"
    ),
)
# bought, but no company: "kaufte Anleihen für"
_GOODS: Final = re.compile(
    r"\b(?:Anleihen|Rohstoffe|Waren|Devisen|Strom|obligations|dette|matières|marchandises|devises|bonos|deuda|materias|mercancías"
    r"|divisas|electricidad)\b"
)
# "In den Ausbau fließen 5 Mio. Euro", "débourse 5 millions d'euros pour acquérir"
_GIVEN_FOR: Final = (
    (
        "spend",
        re.compile(r"\bIn\s+(?:den|die|das)\s+[^,;0-9]*\bfl(?:ießen|ießt|ossen|oss)\s+$"),
        re.compile(r"\s*[.,;]|\s*$"),
    ),
    (
        "spend",
        re.compile(r"(?:\W*|.*\b(?:nimmt|nahm|nehmen|met(?:tent|tra|tront)?|pone|pondrá|puso)\s[^,;0-9]*)"),
        re.compile(
            r"\s+(?:fl(?:ießen|ießt|ossen|oss)\s+in\s|in\s+die\s+Hand|sur\s+la\s+table|sobre\s+la\s+mesa"
            r"|ser(?:ont|a)\s+(?:investi|consacré|injecté|alloué)\w*|se\s+(?:invertirán|destinarán|destinaron|invirtieron))"
        ),
    ),
    (
        "deal",
        re.compile(
            r"\b(?:débours(?:e|é|era)|paie|payé|paiera|desembols(?:a|ó|ará)|pag(?:a|ó|ará))\s+$|株式(?:の全て|のすべて)?を約?$"
        ),
        re.compile(
            r"\s*で(?:取得|買収)|\s+(?:pour|para|por)\s+(?:acquérir|racheter|s['’]offrir|reprendre|adquirir|comprar|hacerse)\b"
        ),
    ),
)
_OWN_SHARES: Final = re.compile(
    r"\b(?:eigene[nr]?\s+(?:Aktien|Anteile)|(?:ses|de\s+ses)\s+propres\s+actions|acciones\s+propias)\b"
)
# with the price of a share behind it: "Orbis perd 3,1 % à 11,71 euros"
_QUOTED: Final = (
    re.compile(
        r"\W*[A-ZÄÖÜÉ][^,;:0-9]{1,40}\s(?:perd(?:ait)?|gagn(?:e|ait)|cèd(?:e|ait)|lâche|prend|recule|progresse|avance|bondit"
        r"|chute|grimpe|verliert|verloren?|gewinn(?:t|en)|gewann(?:en)?|steigt|stieg(?:en)?|fällt|fiel(?:en)?|sube|subía|baja"
        r"|bajaba|cae|caía|gana|ganaba|pierde|perdía|avanza|retrocede)(?:\s+(?:de|um|un))?\s+"
    ),
    re.compile(
        r"\s*(?:à|auf|a|hasta)\s+(?:los\s+)?[0-9]+(?:[.,][0-9]+)?\s*(?:euros?|Euro|€|E|dollars?|Dollar|dólares)\b"
    ),
)
# "À 5,6 milliards d'euros, les prises de commandes …"
_AT: Final = re.compile(
    r"\W*(?:À|A|Avec|Con|Mit|Bei)\s+(?:los\s+|las\s+|(?:einem|une?|una?)\s+(?:Wert|Betrag|Volumen|montant|total|importe)\s+(?:von|de)\s+)?"
)
_NEXT_CLAUSE: Final = re.compile(
    r"\s+(?:(?:blieb|lag|war|fiel|stieg|übertraf|liegt|ist)(?:en)?|erreichten?|verfehlten?)\s+(?:der|die|das)\s+|\s+[a-zäöü]+er\s+(?=[A-Z])|\s*,\s*(?:les?\s+|la\s+|l['’]|el\s+"
    r"|los\s+|las\s+)"
)

# "Mit 5 Mio. Euro haben wir den höchsten Umsatz erreicht"
_REACHED: Final = (
    re.compile(r"\W*(?:Mit|Avec|Con)\s+"),
    re.compile(
        r"\s*,?\s*(?:haben\s+wir|hat|nous\s+avons|hemos|a|ha)\s[^.,;0-9]{0,40}?(?:atteint|alcanzado|logrado|réalisé"
        r"|obtenido)?[^.,;0-9]{0,60}"
    ),
)
_BUT: Final = re.compile("aber|jedoch|doch|indes")  # within a clause, behind its verb
# another verb of the same subject: ", stieg aber dennoch auf", ", mais a tout de même grimpé à", ", pero aun así subió a"
_AND_THEN: Final = re.compile(
    r",\s+(?:[a-zäöü]+(?:t|te|g|l|k|s|ch|r)\s+(?:aber|jedoch|doch|indes)\s[^A-ZÄÖÜ,]*|(?:mais|pero)\s+(?:(?!les?\s|la\s|l['’]"
    r"|el\s|los\s|las\s|sus?\s|son\s|sa\s)[^,])*)$"
)

# "setzte der Händler 880 Millionen Euro um", without another measure between
_TURNED_OVER: Final = (
    (re.compile(r"\bsetz(?:t|te|ten|en)\s+[^,;:]{0,160}$"), re.compile(r"\s*um(?=[.,;“”»]|\s*$)")),
    (re.compile(r"\bn(?:imm|ahm|ehm)(?:t|en)?\s+[^,;:]{0,160}$"), re.compile(r"\s*ein(?=[.,;“”»]|\s*$)")),
)
RESPECTIVELY: Final = re.compile("分别|分別|それぞれ")
_LISTED: Final = re.compile("[0-9][0-9.,]*[^0-9，,。；;]*?(?=[和、及与]|[，,。；;]|$)")


def in_order(look: Look, words: Patterns, several: re.Match[str]) -> Mention | None:
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
    return mention_of(named[place], words)


_LAST_CLAUSE: Final = re.compile("[，；。;]|,(?![0-9])")


def _is_sign(look: Look, words: Patterns, behind: re.Match[str]) -> bool:
    """Whether a Japanese word of profit or loss is only the sign of what is measured: "営業キャッシュフローは61億円の黒字"."""
    return behind.group() in _SIGNS_BEHIND and words.measures.search(look.left) is not None


_SIGNS_BEHIND: Final = frozenset({"黒字", "赤字"})
ACTS: Final = vocabulary(
    "verdient verdiente verdienten perdió pierde perdu perd gagne gagné ganó gana facturó factura ingresó ingresa"
    " investit invierte invirtió"
)
OF_ITS: Final = re.compile(r"\s*(?:des|der|du|de|del|d['’])\b(?!\s+(?:marché|mercado|parts?\s+de|cuota))")
_TURN_OF: Final = re.compile(
    r"\b(?:crecimiento|aumento|incremento|alza|subida|descenso|caída|hausse|baisse|progression|recul|croissance|augmentation"
    r"|diminution)\s+d(?:e|el|['’])\s*$"
)
# a sum told as a part of another: "売上高の7.2%に当たる684億円" is not of that
_TAKEN_OF: Final = re.compile("(?:の|比)(?:約)?[0-9.]+%(?:に(?:当たる|あたる|相当する)|相当の|の)(?=約?$)")
# "2,9 % du chiffre d'affaires (" is no sum of that
_PERCENT_OF: Final = re.compile(
    r"(?:%|Prozent|pour\s+cent|por\s+ciento)\s+(?:des?|du|del?|de\s+las?|de\s+los)\s+$"
)
_EACH: Final = re.compile(r"\b(?:je|pro|par|por)\s+(?:[a-zäöüß]+\s+)?$")  # what the number is told for
_SHORT: Final = 24  # characters before a measure that say that a part of it is told
# what a profit is told without: "Rendite vor Zinsen und Steuern"
_BEFORE_TAX: Final = re.compile(
    r"\b(?:vor|nach|avant|après|antes\s+de|después\s+de)\s+(?:\w+\s+(?:und|et|y)\s+)?(?:l['’])?$"
)
_COUNTED: Final = re.compile(r"(?<![Qq])[0-9]$")  # "1株" is a share, no price of shares
_SHARES: Final = ("股股份", "股股票")  # "157万股股份" are no stake
_BEHIND_GAP: Final = re.compile(
    r"\s*(?:(?:an|mehr|de|d['’]|en|des|del|的|の|を|で|とする|を上限とする|規模の|ont\s+été|wurden|han\s+sido|fueron)\s*)?(?:[^\W\d_]+(?:en|er|e"
    r"|es)\s+)?"
    r"(?:(?:(?:Pre-)?[A-Z]\+*轮|天使轮|首轮|新一轮|战略|股权)[和及、与]?)*"
)


_IN_CASH: Final = re.compile(r"\s*en\s+(?:efectivo|numéraire|espèces)")
_MANY: Final = 2  # words behind a number that make a sentence
_GROWTH: Final = re.compile(
    r"\b(?:Wachstum|Anstieg|Plus|Minus|Rückgang|croissance|hausse|baisse|crecimiento|alza|aumento|caída)\b"
)


def has_words(look: Look, words: Patterns) -> bool:
    """Whether the clause before the number says something."""
    said = _CLAUSE.split(look.left)[-1]
    if _GROWTH.search(said):
        return False
    if not words.is_ideographic and len(WORD.findall(look.right)) > _MANY and look.left.strip():
        return True
    return len(WORD.findall(said)) > 1 if not words.is_ideographic else len(said.strip()) > 1
