"""Whether the clause of a number is of known words, in another language than English.

The grammars of these languages are small, and so are the clauses that tell a number in reports and news: what is measured,
whose it is, a verb, a time. A clause with an unknown verb, or a noun that is no name, may tell anything. Words of why and
where are free.
"""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Final, NamedTuple

from service.evidence.owners.abroad import COMMON_PARTS
from service.evidence.owners.look import RATES, Look
from service.evidence.owners.patterns import Patterns, patterns_of
from service.evidence.reading.languages.all import LANGUAGES
from service.evidence.reading.languages.frames import FRAME_WORDS
from service.evidence.reading.languages.inflected import inflected, neutral_ends, telling_verbs
from service.evidence.reading.languages.measures import MEASURE_WORDS
from service.evidence.subjects import stem

# sums that somebody did something with: their clauses say what for
_DEALINGS: Final = frozenset(
    {"spend", "deal", "price", "funding", "stake", "fine", "charge", "subsidy",
     "savings", "debt", "buyback", "rent", "cost", "wages"}
)  # fmt: skip
_EDGE: Final = re.compile(r"[,;:](?:\s|$)|[(—–]|[.!?](?:\s|$)")
_WIDE_EDGE: Final = re.compile(r"[，。；、！？：,;:!?]|[.](?![0-9])")
_BRACKETS: Final = re.compile(r"\([^()]*\)|（[^（）]*）")
_WORD: Final = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_PIECES: Final = re.compile(r"['’-]")
_SHORT: Final = 2  # letters of what is no word


_LEFT_OUT: Final = frozenset({"doubt", "deny", "at_least", "at_most"})
# bounds belong to the number; short ideographs among them would hide other words
_BOUNDS: Final = frozenset(
    {"about", "behind_at_least", "behind_at_most", "behind_about", "within_at_least", "gone", "plan"}
)  # fmt: skip


class _Frame(NamedTuple):
    """The words that the clauses of a language may have."""

    plain: frozenset[str]
    known: re.Pattern[str]  # of ideographs: all known phrases, the longest first
    ends: tuple[str, ...]
    free: re.Pattern[str]
    verbs: frozenset[str]  # that tell what a number is
    determiners: frozenset[str]
    verb_first: re.Pattern[str]


def _listed(phrases: str) -> list[str]:
    return [one.strip().lower() for one in phrases.split(";") if one.strip()]


@lru_cache(maxsize=8)
def _frame_of(code: str) -> _Frame:
    language = next(one for one in LANGUAGES if one.code == code)
    further, measured = FRAME_WORDS[code], MEASURE_WORDS[code]
    phrases = [
        one.strip("*")
        for listed in (
            *(words for name, words in language.words.items() if name not in _LEFT_OUT and not (
                language.ideographic and name in _BOUNDS
            )),
            *measured.measures.values(), measured.breaks, measured.bases, measured.to, measured.earlier, measured.joints,
            measured.wholes, further.plain,
        )
        for one in _listed(listed)
    ]  # fmt: skip
    phrases += [*language.scales, *language.currencies, *language.units, *language.nouns, *language.per]
    edge = "" if language.ideographic else r"(?<!\w)"
    behind = "" if language.ideographic else r"(?!\w)"

    def any_of(words: str) -> str:
        return "|".join(re.escape(one) for one in sorted(_listed(words), key=len, reverse=True))

    return _Frame(
        plain=frozenset(
            piece for phrase in phrases for word in phrase.split() for piece in (word, *_PIECES.split(word))
        )
        | inflected(code),
        known=re.compile("|".join(re.escape(one) for one in sorted(set(phrases), key=len, reverse=True))),
        ends=(*further.company_ends, *neutral_ends(code)),
        free=re.compile(f"{edge}(?:{any_of(further.free)}){behind}", re.IGNORECASE),
        verbs=telling_verbs(code),
        determiners=frozenset(_listed(further.determiners)),
        verb_first=re.compile(rf"\W*(?:{any_of(further.verb_first)}){behind}", re.IGNORECASE),
    )


def out_of_frame_abroad(look: Look, language: str) -> str | None:
    """Why the clause of the number is not of known words; None if it is."""
    if look.families & _DEALINGS or not (look.families or not look.reading.unit):
        return None
    frame = _frame_of(language)
    is_opened = look.left[:2] == "  "  # a cause that is blank stands there
    if (
        not is_opened
        and (first := frame.verb_first.match(look.left))
        and (patterns_of(language).is_ideographic or len(_WORD.findall(look.left)) > 1)
    ):
        return f'the sentence begins with "{first.group().strip()}"'
    if patterns_of(language).is_ideographic:
        return _unknown_wide(look, frame, patterns_of(language), language)
    if reason := _beside(look, patterns_of(language)) or _governed(
        look, patterns_of(language), _BRACKETS.sub(" ", look.left)
    ):
        return reason
    if (other := _ITS_OTHER.search(look.left)) and stem(other["who"]) not in look.words:
        return f'it is said of "{other.group()}"'
    left, right = _BRACKETS.sub(" ", look.left), _BRACKETS.sub(" ", look.right)
    clauses = _EDGE.split(left)
    behind = _EDGE.split(right)[0]
    if free := frame.free.search(behind):
        behind = behind[: free.start()]
    if _is_free_behind(look, frame, clauses[-1], behind):
        behind = ""
    parts = [clauses[-1], behind]
    if len(clauses) > 1 and not re.search("[0-9]", clauses[0]):
        parts.insert(0, clauses[0])
    for place, said in enumerate(parts):
        if frame.free.match(said.lstrip()):
            continue
        word = _unknown(look, frame, patterns_of(language), said, language, begins=said is clauses[0])
        if word:
            where = "behind it" if place == len(parts) - 1 else "before it"
            return f'"{word}" stands {where}'
    return None


def _beside(look: Look, words: Patterns) -> str | None:
    """Whether the sentence is about something with another thing, or the number is a part of a measure behind it."""
    if not look.reading.unit:
        return None
    if (lead := _WITH.match(look.left)) and not look.reading.change:
        return f'it is said of something "{lead.group().split()[0]}" something else'
    if look.reading.unit not in RATES and (whole := _OF_WHOLE.match(look.right)):
        named = words.measures.match(look.right, whole.end())
        return f"it is a part of {named.group()}" if named else None
    return None


def _governed(look: Look, words: Patterns, left: str) -> str | None:
    """Whether the words before the number make it a part, somebody's wish, or what is done to the measure."""
    if look.reading.unit and (part := _PART_FIRST.match(left)):
        return f'it is said of "{part.group().strip()}"'
    if look.families & {"share"} and (among := _AMONG.match(left)) and stem(among["who"]) not in look.words:
        return f'it is said of "{among.group().strip()}"'
    found = list(words.measures.finditer(left))
    if not found:
        return None
    first, last = found[0], found[-1]
    if (
        look.reading.unit not in RATES
        and _OUT_OF.fullmatch(left[: first.start()])
        and first.end() < len(left.rstrip())
    ):
        return f"it is a part of {first.group()}"
    if not look.reading.change and (lost := _LOST.search(left)):
        return f'it is what somebody "{lost.group()}"'
    if _DONE_TO.search(left[: last.start()]) and not left[last.end() :].strip():
        return f"it is done to {last.group()}"
    if _OF_MEASURE.fullmatch(left[: first.start()]) and not words.measures.search(left[: first.start()]):
        return f'it is said of "{left[: first.start()].strip()}"'
    if told := _RELATIVE.match(left[first.end() :]):
        return f'it is what is told of "{told.group().strip(" ,")}"'
    return None


# sentences about a shop, a plant, a trade
_PART_FIRST: Final = re.compile(
    r"\W*Auf\s+[^,;]{2,60}?\s+entf(?:ä|ie)l\w*|"
    r"\W*(?:Der|Die|Das|Ein|Eine|L['’]|La|Le|Les|Un|Une|Una|El|Los)\s*(?:boutique|magasin|usine|tienda|fábrica|planta|gremio"
    r"|sector|secteur|syndicat|atelier|taller|Filiale|Fabrik|Laden|Werk|Branche|Innung|Verband|Gewerkschaft|Bundesliga)s?\b",
)
_AMONG: Final = re.compile(r"\W*(?:Bei|Unter|Chez|Parmi|Entre)\s+(?:(?:den|les|los|las)\s+)?(?P<who>\w+)\s")
_OUT_OF: Final = re.compile(
    r"\W*(?:Vom|Von\s+(?:der|dem|den|diesem|dieser)|Del|De\s+(?:la|los|las)|Sur\s+(?:le|la|les|ce)|Du|Dans\s+(?:le|la))\s+(?:\w+\s+)?"
)
_LOST: Final = re.compile(r"\b(?:büß(?:t|te|ten|en)|verlor(?:en)?|verliert|einbüß\w+)\b")
_DONE_TO: Final = re.compile(r"\b(?:a\s+l[oa]s?|al|aux?|à\s+(?:la|l['’]|son|sa|ses))\s*$")
# "Der Branchenschnitt der EBIT-Marge"; how high it is, or where it stood, is no other thing
_OF_MEASURE: Final = re.compile(
    r"\W*(?:Der|Die|Das|Le|La|El)\s+(?!Wert|Höhe|Stand|Summe|Gesamt|Konzern|Gruppe|Anteil|Wachstum|Anstieg|Zuwachs|Rückgang"
    r"|Steigerung|Plus|Minus|Erhöhung|Betrag|Volumen)[A-ZÄÖÜ]\w+\s+(?:der|des)\s+(?:[a-zäöü]+\s+)?"
)
_RELATIVE: Final = re.compile(
    r",\s+(?:(?:von|mit|auf|nach|an)\s+(?:dem|den|der|die|das|denen)|dont\s+(?!le\b|la\b|les\b)|que\s+|qu['’]|con\s+(?:el|la|los)\s+que|de\s+la\s+que)"
    r"[^,0-9]{3,80},"
)


def _is_free_behind(look: Look, frame: _Frame, clause: str, behind: str) -> bool:
    """Whether a verb before the number has said what it is, and what hangs on behind it supposes nothing."""
    said = {word.lower() for word in _WORD.findall(clause)}
    pieces = {piece for word in said for piece in _PIECES.split(word)}
    if look.families & _WHOLES and _WHERE.match(behind):
        return False
    return not frame.verbs.isdisjoint(pieces) and _SUPPOSING_BEHIND.search(behind) is None


_WHOLES: Final = frozenset(
    [
        "revenue",
        "profit",
        "profit.net",
        "profit.operating",
        "profit.ebitda",
        "margin",
        "margin.operating",
        "orders",
        "share",
    ]
)
# what may be a part of the whole: "dans les chaussettes"
_WHERE: Final = re.compile(
    r"\s*(?:dans|sur|en|aux?|chez|avec|in|im|mit|auf|bei|an|am|aus|con|entre|parmi)\b", re.IGNORECASE
)
_SUPPOSING_BEHIND: Final = re.compile(
    r"\b(?:auf\s+dem\s+Papier|Tr(?:a|ä)um\w*|Plan\w*|wenn|falls|sofern|bei\s+Erfolg|rechnerisch|für\s+(?:machbar|möglich|denkbar|realistisch)\w*"
    r"|erreichbar|hin(?:zu)?|aus(?:blieb|bleiben)|ein|bei|ab|vorbei|nach|vor|voraus|an|zu(?:gut)?e?|frei|auf|entgehen|entgangen|verloren|beigesteuert|beizusteuern"
    r"|si|s['’]il|en\s+cas|sur\s+le\s+papier|r[êe]v\w+|avec|d['’]ici|hypoth\w+|à\s+condition|con|en\s+caso|sobre\s+el\s+papel"
    r"|sueñ\w+|para|pour|plan|mit|samt|zusammen|ensemble|juntos)\b|\b(?:zum|zur|au|aux|à|al)\s+\w+\s+(?:bei|ein)\b",
    re.IGNORECASE,
)

# with or without something: "Mit Orbis liegt der Umsatz bei", "sans la subvention"
_WITH: Final = re.compile(
    r"\W*(?:Mit|Ohne|Avec|Sans|Con|Sin|Nebst|Samt|Hors)\s+(?![^,;]*[0-9])(?:(?:der|die|das|den|dem|le|la|les|el"
    r"|los|las)\s+)?[^\W\d_][\w-]*"
    r"(?:\s+[^\W\d_][\w-]*)?(?:,\s|\s+(?:liegt|lag|beträgt|betrug|ist|war|kommt|käme|hat|macht|beläuft|erreichte?|stiege?|ergibt|ergab|wuchs|blieb|kletterte?)\b)"
)
_OF_WHOLE: Final = re.compile(r"\s*(?:des|vom|dans\s+(?:le|son|ses|les)|en\s+(?:los|sus|las))\s+")
_ITS_OTHER: Final = re.compile(
    r"\b(?:su|sus|son|sa|ses|leur|leurs|sein\w*|ihr\w*|unser\w*|del|du|des|der|die|le|el|la)\s+(?:[a-zäöüßéè]+\s+)?"
    r"(?P<who>wirtschaftsprüfer\w*|abschlussprüfer\w*|commissaires?|auditor|clientes?|clients?|cliente|kunde"
    r"|kunden|partner|partenaires?|socios?|lieferant\w*|fournisseurs?"
    r"|proveedor\w*|filiales?|filial)\s+"
    r"(?:(?:[A-ZÄÖÜ][\w&-]+\s+)?(?!de\b|der\b|des\b|in\b|en\b|von\b)[a-zäöüéè]+\s+)",
    re.IGNORECASE,
)


def _unknown(
    look: Look, frame: _Frame, words: Patterns, said: str, language: str, *, begins: bool
) -> str | None:
    """The first word of a clause that is neither known nor a name, nor the noun that the sentence begins with."""
    listed = [(one.group(), one.end()) for one in _WORD.finditer(said)]
    spoken = [word for word, _ in listed]
    subject = _subject_of(spoken) if begins else frozenset[int]()
    for at, (word, end) in enumerate(listed):
        small = word.lower()
        if at in subject or said[end : end + 1] == "-" or _is_known(look, frame, small):
            continue
        if words.measures.fullmatch(word):
            continue
        bare = _PIECES.split(word)[-1]
        if bare[:1].isupper() and language != "de" and not (at == 0 and begins and bare != word):
            continue
        if (
            bare[:1].isupper()
            and language == "de"
            and (not _determined(frame, spoken, at) or _is_inverted(spoken, at))
        ):
            continue
        if bare.isupper() or len(bare) <= _SHORT:
            continue
        return word
    return None


_ARTICLES: Final = frozenset(["der", "die", "das", "le", "la", "les", "el", "los", "las"])
_MANY: Final = frozenset(["les", "los", "las"])
_ELIDED: Final = ("l'", "l’")
_OF: Final = frozenset(["de", "du", "des", "d'", "del"])


def _subject_of(spoken: Sequence[str]) -> frozenset[int]:
    """Where the noun stands that a sentence begins with, behind its article: a verb must follow that is known.

    "La chaîne de boulangeries", "Der Flughafen"; with "de" and another noun behind it.
    """
    if not spoken:
        return frozenset()
    if spoken[0].lower() in _MANY or (spoken[0] == "Die" and len(spoken) > 2 and spoken[2].endswith("en")):
        return frozenset()  # several others: "Les détaillants dégagent", "Die Händler erreichen"
    if spoken[0].lower() in _ARTICLES and len(spoken) > 1 and spoken[1].lower() not in _ARTICLES:
        if len(spoken) > 3 and spoken[2].lower() in _OF:
            return frozenset({1, 3, 4} if len(spoken) > 5 and _DESCRIBING.search(spoken[4]) else {1, 3})
        return frozenset({1, 2} if len(spoken) > 3 and _DESCRIBING.search(spoken[2]) else {1})
    return frozenset({0}) if spoken[0].lower().startswith(_ELIDED) else frozenset()


# ends of adjectives that tell what sort of company it is, and of no verbs: "la bodega riojana", "la banque mutualiste"
_DESCRIBING: Final = re.compile(
    r"(?:ana|ano|esa|és|ina|ino|ega|ego|ica|ico|ense|enca|enco|tiva|tivo|aria|ario|ante|aine?|aise?|ienne|ien|oise?|iste|ière?|éenne?"
    r"|éen|ative?|ectives?|ective|ole|aire)$"
)
_FINITE: Final = re.compile(
    r"(?:meldet|verdient|erziel|erreich|verbuch|verzeichnet|beschäftig|steiger|erwirtschaft|veröffentlich|verkauf"
    r"|liefer|produzier|setz|erhöh|senk"
    r"|mach|leg|rechn|zahl|zähl|plan|erwart)\w*|hat|hatte|haben|betreibt|betrieb|schrieb|weist|wies|kam|kommt|fuhr"
    r"|stieg|sank|fiel"
)


def _is_inverted(spoken: Sequence[str], at: int) -> bool:
    """Whether a German noun is the subject behind its verb: "meldete die Reederei"."""
    return (
        at > 1 and spoken[at - 1] in {"der", "die", "das"} and _FINITE.fullmatch(spoken[at - 2]) is not None
    )


def _determined(frame: _Frame, listed: list[str], at: int) -> bool:
    """Whether a German noun stands behind an article or the like, so that it is no name."""
    before = [one.lower() for one in listed[max(0, at - 2) : at]]
    if at == _ORIGIN and before[0] == "aus" and listed[0] in {"Der", "Die", "Das"}:
        return False  # "Der Hersteller aus dem Schwarzwald"
    if before and (before[-1] in frame.determiners or before[-1] in _NAMING):
        return True
    return (
        len(before) > 1
        and (
            before[-2] in frame.determiners
            or (before[-2] in _BEFORE_CASES and _INFLECTED.search(before[-1]) is not None)
        )
        and listed[at - 1][0].islower()
    )


_ORIGIN: Final = 4
_NAMING: Final = frozenset(["bleibt", "blieb", "ist", "war", "wäre", "gilt", "galt"])  # "bleibt Wunschdenken"
_BEFORE_CASES: Final = frozenset(
    ["bei", "mit", "unter", "nach", "in", "aus", "auf", "vor", "ohne", "zu", "gegen"]
)
_INFLECTED: Final = re.compile(r"e[mnrs]?$")


def _is_known(look: Look, frame: _Frame, small: str) -> bool:
    if small in frame.plain or small.endswith(frame.ends or ("\0",)) or stem(small) in look.words:
        return True
    pieces = [piece for piece in _PIECES.split(small) if len(piece) > 1]
    return bool(pieces) and all(
        piece in frame.plain or stem(piece) in look.words or piece.endswith(frame.ends or ("\0",))
        for piece in pieces
    )


# --- Chinese and Japanese -----------------------------------------------------------------------------

_CJK: Final = re.compile("[\u3040-\u30ff\u3400-\u9fff]+")
_KATAKANA: Final = re.compile("[\u30a1-\u30fe]+")  # nouns, and no verbs
_HIRAGANA: Final = re.compile("[\u3041-\u3096]")
# no company is called by these
_NO_NAME: Final = re.compile(
    "传(?!媒)|聞|闻|猜|疑|谣|謠|称|据|說|说|料|估|(?:上|中|里|下|时|時|间|間|期|(?<!时)代|来|來|先|者|时期|前|后|後|际"
    "|際|出|得|过|把|被|让|给|对|向|从|与|按|以|着)$|^其|^整|^以|[的了是把被]|(?:机构|部门|会计师|协会)$|合同|契約"
    "|合わせ|合計|二社|双方"
)
# neither in Chinese
_NO_CHINESE_NAME: Final = re.compile(
    # where something is, the neighbours, things that no firm is called by
    "^(?:公司|集团|我|老|对面|对门|邻|附近|楼[上下]|旁边|周边|同城|同村|本地|当地|外地|老家|街|村|镇|乡|县|区|市(?!北"
    "|南)|城[东西南北里外]|某|别|旁|那|这|另|前任|昔日|所谓|号称|名义)"
    "|(?:工厂|船厂|家具厂|厂|楼|饭店|餐馆|铺|作坊|摊|馆|车间|食堂|码头|矿|农场|园区|小区|商会|学校|医院|寺|庙|队|部|室"
    "|组|局|处|所|中心|圈|界|赛道|产业|市场|地区|区域|大区|省|市|县)$|"
    "[们赌占写没加给让因为于无非未还再又都也就只这那每各某另何什么怎你我他她它着梦]|(?:员|生|方|店|会|士|民|人)$"
)
_NO_JAPANESE_NAME: Final = re.compile(
    "想|夢|幻|虚|仮|偽|嘘|粉飾|理論|目標|計画|名目|希望|期待|^(?:隣|向か|近所|地元|別|某|他|旧|元|前|両)|(?:地区|地方"
    "|県|支社|支店|工場|商店|店|町|村|市場|業界|事業|部門|会社|地域|エリア|員|組合|市|課|班|側|者|家|氏|人|省|庁|局"
    "|所属|圏|国|系|向け|分野|製品|商品)$"
)
# of two ideographs only these are taken for names
_KNOWN_SHORT: Final = re.compile(
    "花王|東芝|日産|三菱|三井|住友|大和|東宝|松竹|日清|東レ|帝人|旭化|明治|森永|江崎|味素|鹿島|清水|大林|竹中|日立|富士"
    "|近鉄|阪急|東急|小田急|京成|京王|[ァ-ヶーA-Za-zＡ-Ｚ]+|.?社"
)
# a firm, or another thing, that the number is said of: "売上高50億円の会社を買収した"
_OF_WHICH: Final = re.compile(
    "^(?:規模)?[のに](?:会社|企業|子会社|同業|メーカー|事業|部門|工場|ブランド|店|相手|スーパー|銀行|商社|ベンチャー|夢"
    "|壁|大台を(?:目|狙)|[2-9二三四五六七八九十]倍)"
    "|^的(?:公司|企业|子公司|工厂|店|品牌|业务|目标|梦|[0-9.两二三四五六七八九十]+倍)"
)
# who has something to do with the company, or several together
_OTHERS: Final = re.compile(
    "客户|客戶|顾客|供应商|供應商|标的|伙伴|竞品|同行(?!业)|东家|经销商|加盟商|承包商|租户|房东|子公司|参股|合资|联营"
    "|关联(?:公司|企业|方)|前身"
    "|对手|收购|并购|邻居|隔壁|老板|^(?:控股|大|小|主要|第一大)?股东|实际控制人|筆頭株主|大株主|之和|总和|相加|の合計"
    "|の総和|[0-9二三四五]年間の|母公司(?!股东|所有者|普通股|拥有人|净利|的净利)|親会社(?!株主|の所有者|に帰属|所有者"
    "|普通株)|取引先|買収|競合|仕入先|顧客|子会社(?!等?を含)"
    "|监査法人|監査法人|会計士|审计机构|会计师|出資先|提携先|納入先|委託先|加盟店|家主|貸主"
    "|[两兩二三四五六几多0-9]家(?:子)?(?:公司|企业|集团|厂)|[二三四両2-9]社|加起来|合起来|相加"
)
_SHARE: Final = re.compile("[占佔](?:了)?(?:营收|收入|销售额|利润|總營收|总营收|营业收入)(?:中?的)?$")
_HAS: Final = re.compile("[有共设達达获售将將]")
_FIRST: Final = 8  # characters of a name


def _unknown_wide(look: Look, frame: _Frame, words: Patterns, language: str) -> str | None:
    left, right = _BRACKETS.sub("", look.left), _BRACKETS.sub("", look.right)
    clauses = _WIDE_EDGE.split(left)
    lead = clauses[0] if len(clauses) > 1 else ""
    if lead and not re.search("[0-9]", lead) and (doubtful := _lead(look, frame, words, lead, language)):
        return f'the sentence begins with "{doubtful}"'
    said = clauses[-1]
    if free := frame.free.match(said):
        said = said[free.end() :]
        said = said[(found.start() if (found := words.measures.search(said)) else len(said)) :]
    if look.reading.unit and look.reading.unit not in RATES and _SHARE.search(look.left):
        return "it is a part of the sum"
    if (other := _OTHERS.search(said)) and other.group() not in "".join(look.about.names):
        return f'it is said of "{other.group()}"'
    if other := _OF_WHICH.match(right.lstrip()):
        return f'it is said of "{other.group()}"'
    said = said[len(_name_of(frame, words, said, language)) :]
    for rest in _left_over(look, frame, said):
        return f'"{rest}" stands before it'
    behind = _WIDE_EDGE.split(right)[0]
    if free := frame.free.search(behind):
        behind = behind[: free.start()]
    for rest in _left_over(look, frame, behind):
        return f'"{rest}" stands behind it'
    return None


# what a first clause may say in words of any kind: why, in spite of what, and who says so
_WHY: Final = {
    "zh": re.compile(
        "^(?:得益于|受益于|受惠于|由于|由於|因|因为|受|随着|隨著|伴随|凭借|尽管|虽然|面对|按照?|(?:根据|据).*(?:公告"
        "|公司|年报|财报|季报|报告|数据|统计|披露|显示|口径|准则)$|通过|围绕|在.+(?:下|中|方面)$|为)|(?:显示|顯示|披露"
        "|公告|指出|介绍)$"
    ),
    "ja": re.compile(
        "^(?:この|以上の|その)結果|^(?:以上|そのうえ|また|なお|一方|さらに|これ)(?:により)?$|(?:業績|状況|実績"
        "|結果)は?$|(?:により|によって|によると|によれば|影響で|影響もあり|影響を受けて?|ため|ことから|こともあり"
        "|こと(?:で|が)|を受けて?|支えられて?|に伴い|背景に|ものの|なか|中|もと|もとで|加え|を除くと|除けば|比べると"
        "|見ると|みると|ベースでは|"
        "(?:投入|増加|好調|拡大|減少|低迷|上昇|高騰|伸長|寄与|回復|不振|効果|推移|改善|貢献)(?:で|から|し|して|したが"
        "|もあり|などで)|が(?:響き|響いて|伸び|増え|落ち込み|好調で|寄与し|減少し|増加し|回復し|拡大し)"
        "|[えびみりし]て?)$"
    ),
}
_IF: Final = {
    "zh": re.compile("若|如果|假|倘|一旦|要是|万一|顺利|意外|只要|除非"),
    "ja": re.compile(
        "(?:[えけげせてねべめれ]ば|たら|なら|とすれば|場合|[うくすつぬむるぐぶい]と$|ても|でも|次第|もし|仮に|万一|順調に)"
    ),
}
_IN_IT: Final = re.compile(
    "^从.+来?看$|在(?:公告|年报|财报|业绩会|说明会|报告|股东大会|声明|发布会|电话会议)[中上里]?"
)
_OF_REPORTS: Final = re.compile(
    "(?:发布|披露|公布|发布了)(?:了)?(?:[0-9]*年?)?(?:年报|财报|季报|中报|半年报|业绩|业绩公告|年度报告|半年度报告"
    "|季度报告|业绩快报|一季报|三季报)$"
)


def _lead(look: Look, frame: _Frame, words: Patterns, lead: str, language: str) -> str:
    """The words of a first clause that may suppose something; "" if it tells why, when or who says so."""
    if supposed := _IF[language].search(lead):
        return supposed.group() if not (language == "ja" and _WHY[language].search(lead)) else ""
    if _WHY[language].search(lead) or frame.free.match(lead):
        return ""
    if language == "zh":
        lead = _IN_IT.sub("", _OF_REPORTS.sub("", lead))
        if _name_of(frame, words, f"{lead}有", "zh") and _FIRM.search(lead):
            return ""
    elif _name_of(frame, words, f"{lead}は", "ja"):
        return ""
    return next(iter(_left_over(look, frame, lead)), "")


_FIRM: Final = re.compile(
    "(?:公司|集团|集團|股份|银行|銀行|控股|科技|汽车|证券|保险|电器|电子|实业|重工|能源|药业)$"
)


def _name_of(frame: _Frame, words: Patterns, said: str, language: str) -> str:
    """What the clause begins with, if it may be the name of a company: what stands before a measure, a time, or "has"."""
    if language == "ja":
        head = re.split("[のはが]", said, maxsplit=1)[0]
        is_name = head != said and not _HIRAGANA.search(head) and not _NO_JAPANESE_NAME.search(head)
        if not frame.known.sub("", head) or (len(head) <= _SHORT and not _KNOWN_SHORT.fullmatch(head)):
            is_name = False
    else:
        ends = [
            one.start()
            for one in (*words.measures.finditer(said), *frame.known.finditer(said), *_HAS.finditer(said))
            if one.start() > 1 and (one.end() - one.start() > 1 or _HAS.match(one.group()))
        ]
        head = said[: min(ends, default=0)]
        is_name = not _NO_CHINESE_NAME.search(head)
    return head if is_name and 1 < len(head) <= _FIRST and not _NO_NAME.search(head) else ""


def _left_over(look: Look, frame: _Frame, said: str) -> Iterable[str]:
    """The stretches of ideographs that are no known phrases and no name of the fact's company."""
    said = said.replace("･", "・")
    for name in look.about.names:
        said = said.replace(name, " ") if name else said
    if look.families == frozenset({"share"}):  # a share of the market of a product
        said = COMMON_PARTS.sub(" ", said)
    said = frame.known.sub(" ", said.lower())
    return [one for one in _CJK.findall(said) if not _KATAKANA.fullmatch(one)]
