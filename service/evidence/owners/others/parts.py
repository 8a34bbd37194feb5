"""Whether a number in another language than English is of a part of what the fact measures: a segment, a region."""

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Final

from service.core.words import label_of
from service.evidence.owners.look import GROWTH, WORD, WORDS_OF_MEASURES, Look, Mention, is_among
from service.evidence.owners.others.clause_words import frame_of
from service.evidence.owners.others.owner import ACTS
from service.evidence.owners.others.patterns import Patterns
from service.evidence.owners.others.word_kinds import is_firm
from service.evidence.reading.languages.en import vocabulary
from service.evidence.reading.languages.shape import families, listed
from service.evidence.subjects import stem

_WHOLES: Final = ("revenue", "profit", "margin", "orders", "backlog", "cashflow", "cost", "volume")


_CLAUSE: Final = re.compile(r"[,，、;；(（]")


def of_a_part(look: Look, words: Patterns, mention: Mention, said: str, own_right: str) -> str | None:
    """Whether the words beside what is measured narrow it down to a part."""
    if not is_among(look.families, _WHOLES) or (
        not (look.reading.unit or words.is_ideographic) and "revenue" in look.families
    ):
        return None
    if words.is_ideographic:
        said = without_own_parts(look, _MAIN.sub("", said))
    for found in (*words.parts.finditer(said), *words.parts.finditer(own_right)):
        is_measure = any(
            one.start() <= found.start() < one.end() for one in words.measures.finditer(found.string)
        )
        if not is_measure and not any(stem(word) in look.words for word in WORD.findall(found.group())):
            return f'it is said of a part: "{found.group()}"'
    if mention.start >= 0 and (whole := words.measures.match(look.text, mention.start)):
        prefix = (whole.groupdict().get("prefix") or "").strip("-").lower()
        if words.is_ideographic:
            said = without_own_parts(look, _CLAUSE.split(look.text[: mention.start])[-1])
            rest = left_over(look, words, said)
            if rest and (has_wide_name(look) or (rest != _ALL_CARS and not COMMON_PARTS.sub("", rest))):
                return f'it is said of a part: "{rest}"'
        elif (
            mention.text.lower() not in ACTS
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


_ALL_CARS: Final = "新能源汽车"  # all cars of many a maker, of others a part
CARS: Final = re.compile("(?<!新能源)(?:新车|汽车|整车|手机)|乗用車|新車|[四二]輪車の?|自動車の?")
# one that has the measure: "le chiffre d'affaires du brasseur", not: "d'aspirateurs"
_ONE: Final = re.compile(r"\s+(?:du|de\s+l[a'’]|del|de\s+la)\s*", re.IGNORECASE)
_NEXT_NAME: Final = re.compile(r"\s+[A-ZÄÖÜÉ]")
# all that a company is for, or is
_MAIN: Final = re.compile(
    "[当前]?(?:連結)?事業年度|事業(?:環境|活動|再編|構造)|主营业务|各[项类大个]?[^，,0-9]{0,4}(?:业务|产品|板块|品牌|区域|子公司)|報告セグメントにおける(?=[^のは]{2,9}の)|(?:公司|集团)及(?:其|下属|各|控股|全资)*子公司"
)
# names of parts, by the word that a fact's subject or dimension has for them
_PLACE_NAMES: Final = families(
    "oversea: 海外|境外 | international: 国际|海外 | domestic: 国内|境内 | china: 中国|大中华区 | us: 美国|米国 | japan: 日本"
    " | europe: 欧洲|欧州 | asia: 亚洲|アジア|亜州 | america: 美洲|米州 | africa: 非洲|アフリカ | india: 印度|インド"
    " | korea: 韩国|韓国 | segment: (?:当|同|本|報告|この)?(?:セグメント|分部|板块) | other: その他の?|其他|其它"
    " | export: 出口|輸出"
)
_TRADE_NAMES: Final = families(
    "cloud: 云计算|云智能|云|クラウド | advertis: 广告|広告 | automotive: 汽车|自動車 | auto: 汽车|自動車 | game: 游戏|ゲーム"
    " | insurance: 保险|保険 | logistic: 物流 | retail: 零售|小売 | pharmaceutical: 医薬品?|医药|药品|制药 | medical: 医療|医疗"
    " | health: ヘルスケア|健康|医疗 | healthcare: ヘルスケア|医疗健康 | food: 食料品|食品|フード | beverage: 飲料|饮料"
    " | machinery: 機械|机械 | resource: 資源|资源 | energy: エネルギー|能源 | power: 電力|电力 | electric: 電気|电气"
    " | chemical: 化学品?|化工 | battery: 蓄?電池|电池|バッテリー | semiconductor: 半導体|半导体|セミコンダクタ"
    " | electronic: 電子|电子 | component: 部品|零部件|元器件 | electronics: 電子|电子|エレクトロニクス"
    " | construction: 建設|建筑|工事 | real: 不動産|房地产|地产 | housing: 住宅 | financial: 金融|ファイナンス"
    " | transport: 運輸|輸送|运输 | railway: 鉄道|铁路 | hotel: ホテル|酒店 | restaurant: 外食|餐饮 | education: 教育"
    " | entertainment: エンタ[ーテ]*[イメ]*ンメント|娱乐 | music: 音楽|音乐 | video: 映像|视频 | media: メディア|媒体"
    " | software: ソフトウエ?ア|软件 | hardware: ハードウエ?ア|硬件 | service: サービス|服务 | system: システム|系统"
    " | network: ネットワーク|网络 | steel: 鉄鋼|钢铁 | textile: 繊維|纺织 | paper: 紙|造纸 | material: 素材|材料"
    " | environment: 環境|环境 | consumer: 消費者?|消费者? | cosmetics: 化粧品|化妆品 | apparel: アパレル|服装"
    " | wholesale: 卸売|批发 | online: オンライン|线上|在线|ネット | mobile: モバイル|移动|携帯"
)
# words for parts of a business, by the stem that facts name them with, in German, French and Spanish
_WORDS_ABROAD: Final = families(
    "online: internet; línea; ligne; web | retail: retailgeschäft; privatkundengeschäft; détail; minorista"
    " | wholesale: großhandel; gros; mayorista | europe: europa; europe | asia: asien; asie; asia | africa: afrika; afrique"
    "; áfrica | america: amerika; amérique; américa | germany: deutschland; allemagne; alemania | france: frankreich; france"
    "; francia | spain: spanien; espagne; españa | italy: italien; italie; italia | china: china; chine | japan: japan; japon"
    "; japón | us: usa; unis; unidos | austria: österreich; autriche; austria | switzerland: schweiz; suisse; suiza"
    " | poland: polen; pologne; polonia | uk: großbritannien; royaume; reino | brazil: brasilien; brésil; brasil"
    " | mexico: mexiko; mexique; méxico | russia: russland; russie; rusia | india: indien; inde; india"
    " | netherlands: niederlande; pays-bas; holanda | canada: kanada; canada; canadá | overseas: übersee; ultramar; exterior"
    "; ausland | professional: professionnel; profesional | international: auslands; ausland; étranger; exterior"
    " | domestic: inlands; inland; national; nacional | gas: gaz; gas | oil: öl; pétrole; petróleo | energy: energie; énergie"
    "; energía | electricity: strom; électricité; electricidad | health: kranken; gesundheit; santé; salud"
    " | insurance: versicherung; assurance; seguros | bank: banque; banca | deposit: einlagen; dépôts; depósitos | loan: kredite"
    "; prêts; préstamos; colocaciones | mortgage: hypotheken; hypothécaire; hipotecario; vivienda | real: immobilien"
    "; immobilière; inmobiliaria | construction: bau; construction; construcción | food: lebensmittel; alimentaire; alimentación"
    " | export: export; exporte; exportation; exportación | financial: finanz; financier; financiero | car: auto; pkw"
    "; automobile; voitures; coches | advertis: werbe; werbung; publicité; publicidad | home: wohnungen; logements; viviendas"
    "; propiedades | service: dienstleistungen; services; servicios"
)


def part_words(look: Look) -> frozenset[str]:
    """The stems of the words of a fact's subject that name a part of the company."""
    told = {stem(word) for word in WORD.findall(label_of(look.about.subject)) if word not in _OF_ALL}
    return frozenset(told - look.names - WORDS_OF_MEASURES - GROWTH)


_OF_ALL: Final = vocabulary(
    "adjusted total group consolidated annual quarterly monthly organic recurring reported underlying reduction cuts each per"
    " employee employees job jobs staff people headcount layoffs closures openings"
)


def in_other_languages(stems: Iterable[str]) -> frozenset[str]:
    """The stems of the words that German, French and Spanish have for parts of a business."""
    return frozenset(stem(word) for one in stems for word in _BY_STEM.get(one, ()))


_BY_STEM: Final = {stem(word): listed(named) for word, named in _WORDS_ABROAD.items()}
# "不動産賃貸" is told as "不動産賃貸事業につきましては"
_PART_WORDS: Final = (
    "(?:関連)?(?:製造・?販売)?(?:事業|部門|分野|セグメント|市场|市場|产品|業務|业务|部门|板块|分部|地域|地区|业|業)?(?:全体)?"
    "(?:において|における|につきまして|については|では|の|は|的)*(?!以?外|を?除)"
)
_OWN_PARTS: Final = {
    stem(word): re.compile(f"(?:{names}){_PART_WORDS}")
    for word, names in (_PLACE_NAMES | _TRADE_NAMES).items()
}


def without_own_parts(look: Look, said: str) -> str:
    """The words without the part that the fact is of: "云业务" for cloud revenue."""
    named = [_OWN_PARTS[word] for word in look.words & _OWN_PARTS.keys()]
    if all(one.search(look.text) for one in named):
        for one in named:
            said = _SAME_PART.sub("", one.sub("", said))
    for member in look.about.members:
        if member in look.text and (len(member) > _CODE or _WIDE.search(member)):
            said = _SAME_PART.sub("", re.sub(f"(?:.*、)?{re.escape(member)}{_PART_WORDS}", "", said))
    return said


# of which so much, of no year of its own: "负债64亿元，其中短期借款", "其中上半年已计提4913万元，本次计提"
OF_WHICH: Final = re.compile(
    "[0-9][^。；;]{0,12}[，,、(（](?P<word>其中|うち)(?!(?:19|20)[0-9]{2})[^。；;]*$"
)
_CODE: Final = 2  # letters of a country's code, which may stand in other words
_SAME_PART: Final = re.compile("[当同本](?:部門|事業|セグメント|分野|業務)の?|セグメント(?=利益|損失)")
_THING: Final = re.compile(r"(?:(?:la|le|les|los|las|el|l['’])\s*)?(?P<thing>[^\W\d_][\w-]+)")


def _narrows(look: Look, words: Patterns, thing: str) -> bool:
    """Whether what stands behind "von", "de" and the like is a part, and neither the company nor a time nor a bound."""
    if thing.lower() in words.wholes or any(stem(part) in look.words for part in WORD.findall(thing)):
        return False
    return thing[0].isupper() if words.joints.match(" mit ") else thing.islower()


# common words for what companies sell; what is made of them alone is no company
COMMON_PARTS: Final = re.compile(
    "|".join(_TRADE_NAMES.values())
    + "|智能|手机|电脑|平板|电视|计算|电动车|新能源|乘用车|电商|电子商务|家电|空调|芯片|晶片|设备|订阅|会员|白酒|啤酒|旅游|支付"
    "|贷款|物业|储能|光伏|快递|外卖|本地生活|商业|数字|产品|业务|增值|线下|スマートフォン|スマホ|二輪車?|四輪車?|映画|家電"
    "|銀行|電子部品|通信|製品|事業|新車|中古車|自転車|部品|动力|ソフト(?:ウエア|ウェア)?"
)


@lru_cache(maxsize=2)
def _known_beside(language: str) -> re.Pattern[str]:
    """The words of the frame without those that names are made of, as all ideographs alone but a few are."""
    plain = (one for one in frame_of(language).plain if len(one) > 1 or one in _ALONE)
    kept = sorted((one for one in plain if one not in _IN_NAMES), key=len, reverse=True)
    return re.compile(f"[0-9][0-9.,]*[百千万亿億兆円元%]*|{'|'.join(map(re.escape, kept))}")


_ALONE: Final = frozenset(
    "年月日季期度初末底总總其该本当同的则与和在于自共有已今率计計为约达实增减涨跌升降拟将每前はがもでとのにをへや"
)
_IN_NAMES: Final = frozenset(
    {"银行", "控股", "股份", "科技", "汽车", "证券", "保险", "基金", "企业", "中国", "建设", "应用", "国家", "连锁店", _ALL_CARS,
     "銀行", "電機", "工業", "自動車", "製作所", "製薬", "商事", "証券", "大手", "世界", "米国", "欧州", "日本", "ファンド"}
)  # fmt: skip
_IDEOGRAPHS: Final = re.compile("[\u3040-\u30ff\u3400-\u9fff]+")
_LINKED: Final = re.compile(r"(?:约为|达到|达|为|達|约|約)$")


def left_over(look: Look, words: Patterns, said: str) -> str:
    """What is left of Chinese or Japanese words before a measure without the company's names and words of time."""
    said = _LINKED.sub("", said.rstrip())
    for name in look.about.names:
        said = said.replace(name, "")
    rest = "".join(_IDEOGRAPHS.findall(_known_beside(words.language).sub("", said)))
    if look.families == frozenset({"share"}):  # a share of the market of a product
        rest = COMMON_PARTS.sub("", rest)
    elif not look.reading.unit or is_among(look.families, ("volume",)):
        rest = CARS.sub("", rest)
    return rest if len(rest) > 1 else ""


def has_wide_name(look: Look) -> bool:
    """Whether the company has a name in Chinese or Japanese, so that another word there may be told from it."""
    return any(_WIDE.search(name) for name in look.about.names)


_WIDE: Final = re.compile("[\u3040-\u30ff\u3400-\u9fff]")
