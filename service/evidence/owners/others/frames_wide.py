"""Whether the clause of a number is of known words, in Chinese and Japanese.

There are no spaces between words. What is left of a clause without all known phrases and a company's name is unknown.
"""

import re
from collections.abc import Iterable
from itertools import takewhile
from typing import Final

from service.evidence.owners.look import RATES, Look, is_among
from service.evidence.owners.others.clause_words import BRACKETS, Frame, begun_with_verb, frame_of
from service.evidence.owners.others.dealings import is_carried_out
from service.evidence.owners.others.parts import COMMON_PARTS, without_own_parts
from service.evidence.owners.others.patterns import Patterns, patterns_of
from service.evidence.reading.reasons import BECAUSE, EFFORT, IF, WHY

_WIDE_EDGE: Final = re.compile(r"[，。；、！？：,;:!?]|[.](?![0-9])")
_COMMA_ZH: Final = re.compile(r"[，。；！？：,;:!?]|[.](?![0-9])")  # a list goes on behind "、"
_SHORT: Final = 2  # ideographs of a name that may be a common word
_CJK: Final = re.compile("[\u3040-\u30ff\u3400-\u9fff]+")
_KATAKANA: Final = re.compile("[\u30a1-\u30fe]+")  # nouns, and no verbs
# what is done with the number: "をカットした"
_KATAKANA_VERB: Final = re.compile("を(?!マーク|キープ|クリア)[ァ-ヾ]{2,}(?:し|す|さ)")
_HIRAGANA: Final = re.compile("[\u3041-\u3096]")
# no company is called by these
_NO_NAME: Final = re.compile(
    "传(?!媒)|聞|闻|猜|疑|谣|謠|称|据|說|说|料|估|(?:上|中|里|下|时|時|间|間|期|(?<!时)代|来|來|先|者|时期|前|后|後|际|際|出|得"
    "|过|把|被|让|给|对|向|从|与|按|以|着)$|^其|^整|^以|[的了是把被]|(?:机构|部门|会计师|协会)$|合同|契約|合わせ|合計|二社|双方"
)
# neither in Chinese
_NO_CHINESE_NAME: Final = re.compile(
    # where something is, the neighbours, things that no firm is called by
    "^(?:公司|集团|我|老|对面|对门|邻|附近|楼[上下]|旁边|周边|同城|同村|本地|当地|外地|老家|街|村|镇|乡|县|区|市(?!北"
    "|南)|城[东西南北里外]|某|别|旁|那|这|另|前任|昔日|所谓|号称|名义)"
    "|(?:工厂|船厂|家具厂|厂|楼|饭店|餐馆|铺|作坊|摊|馆|车间|食堂|码头|矿|农场|园区|小区|商会|学校|医院|寺|庙|队|部|室"
    "|组|局|处|所|中心|圈|界|赛道|产业|市场|地区|区域|大区|省|市|县)$|"
    "(?<!口)可(?![口可])|[争求冲们赌占写没加给让因为于无非未还再又都也就只这那每各某另何什么怎你我他她它着梦]|(?:员|生|方|店|会|士|民|人)$"
)
_NO_JAPANESE_NAME: Final = re.compile(
    "想|夢|幻|虚|仮|偽|嘘|粉飾|理論|目標|計画|名目|希望|期待|^(?:隣|向か|近所|地元|別|某|他|旧|元|前|両)|(?:地区|地方|県|支社"
    "|支店|工場|商店|店|町|村|市場|業界|事業|部門|会社|地域|エリア|員|組合|市|課|班|側|者|家|氏|人|省|庁|局|所属"
    "|(?<![工鉱興産])業|圏|国|系|向け|分野|製品|物|(?<![食薬])品|[建素部資食]材|類|誌|書籍|工事|装置|機器|器具|設備)$"
)
# of two ideographs or less only these may be names
_KNOWN_SHORT: Final = re.compile("[ァ-ヶーA-Za-zＡ-Ｚ]+|.?社")
# a firm, or another thing, that the number is said of: "売上高50億円の会社を買収した"
_OF_WHICH: Final = re.compile(
    "^(?:規模)?[のに](?:会社|企業|子会社|同業|メーカー|事業|部門|工場|ブランド|店|相手|スーパー|銀行|商社|ベンチャー|夢|壁"
    "|大台を(?:目|狙)|[2-9二三四五六七八九十]倍)|^的(?:公司|企业|子公司|工厂|店|品牌|业务|目标|梦|[0-9.两二三四五六七八九十]+倍)"
)
# who has something to do with the company, or several together
_OTHERS: Final = re.compile(
    "外资(?![本金产])|内资(?![本金产])|国产品牌|进口|合资品牌|本土品牌|外資|少数股东|非控股|非支配株主|客户|客戶|顾客|供应商"
    "|供應商|标的|伙伴|竞品|同行(?!业)|东家|经销商|加盟商|承包商|租户|房东|子公司|参股|合资|联营|关联(?:公司|企业|方)|前身|贡献"
    "|对手|收购|并购|邻居|隔壁|老板|^(?:控股|大|小|主要|第一大)?股东(?!应占)|实际控制人|筆頭株主|大株主|之和|总和|相加|の合計"
    "|の総和|[0-9二三四五]年間の|母公司(?!股东|所有者|普通股|拥有人|净利|的净利)|親会社(?!株主|の所有者|に帰属|所有者|普通株)"
    "|取引先|買収|競合|仕入先|顧客|子会社(?![^、]*を含)|监査法人|監査法人|会計士|過年度|(?:首位|[2-9]位|最大手"
    "|トップ)の(?=(?:市場)?シェア|売上|営業利益|純利益)|审计机构|会计师|出資先|提携先|納入先|委託先|加盟店|家主|貸主"
    "|[两兩二三四五六几多0-9]家(?:子)?(?:公司|企业|集团|厂)|[二三四両2-9]社|加起来|合起来|相加"
)
_SHARE: Final = re.compile("[占佔](?:了)?(?:营收|收入|销售额|利润|總營收|总营收|营业收入)(?:中?的)?$")
_HAS: Final = re.compile("[有共设達达获售将將]")
_LONG: Final = 4  # ideographs of most names; longer ones end with a word for a firm
_ENDED: Final = re.compile(
    "(?:公司|集团|集團|股份|银行|銀行|控股|科技|汽车|证券|保险|电器|电子|实业|重工|能源|药业|品牌|企业|平台|机构|商)在?$"
)
_FIRST: Final = 8  # characters of a name


# "在国内洗碗机市场的份额": a share is one of a market, and shipments are of a product
_MARKET_OF: Final = re.compile(
    "在?[^，,0-9]{1,14}?(?:市场|市場|领域|分野)(?:上)?[的の]?(?=(?:全球|国内|世界|中国)?(?:市场)?(?:份额|占有率|市占率)|シェア)"
    "|^[^、0-9]{2,14}?(?:で|の)(?=(?:世界|国内|グローバル)?(?:市場)?シェア)"
)
_THIS_FIRM: Final = re.compile(
    "^(?:目前|如今|截至目前)?[，,]?(?:[这该]家[^，,0-9的]{0,8}?(?:企业|公司|机构|平台|银行|品牌|集团|工厂|店|院|连锁)"
    "|该(?:连锁)?(?:超市|[车药房酒餐险券]企|券商|零售商|制造商|开发商|航司|连锁(?:企业|品牌)?)(?![业板事部]))"
)
_CENTRED: Final = re.compile("^[^、0-9]{2,10}を中心に")
_OF_A_MARKET: Final = frozenset({"share"})
_OF_PRODUCTS: Final = ("share", "volume", "price")


# where something is done: "460店舗でシステムを更新した"
_DONE_THERE: Final = re.compile("^で(?!す|し|あ|は|展開|営業|販売|運営|[、。])")
# what somebody does with a stock, or asks for
_DONE: Final = re.compile(
    "(?:新增|新借|偿还|归还|清偿|豁免|减记|处置|发行|支付|动用|推迟|延后|暂缓|缩减|压缩)(?:了)?[^，,0-9]{0,8}$"
)
_DONE_BEHIND: Final = re.compile("^[をの]?(?:返済|償還|取り崩|取崩|売却|完済|圧縮|免除|減額|注入)")
_ASKED_FOR: Final = re.compile(
    "(?:有|某|部分|个别|大)(?:股东|投资者|投资人|机构|基金)(?:提议|要求|呼吁|建议|主张)|(?:株主|投資家|ファンド)(?:は"
    "|が).{0,40}(?:提案|要求|求め|主張|迫)"
)
_STOCKS: Final = ("debt", "cash", "inventory", "capex", "spend")
_SHOPS: Final = frozenset({"stores", "shops", "restaurants", "branches", "plants", "hotels"})


def out_of_frame_wide(look: Look, language: str) -> str | None:
    """Why the clause of the number is not of known words; None if it is."""
    if (turned := _turned(look)) is not None:
        return turned
    if not (look.families or not look.reading.unit):
        return None
    frame = frame_of(language)
    if is_carried_out(look):
        return _of_deal(look, frame, patterns_of(language), language)
    return begun_with_verb(look, frame) or _unknown(look, frame, patterns_of(language), language)


def _of_deal(look: Look, frame: Frame, words: Patterns, language: str) -> str | None:
    """Whether a word beside the sum of a deal is unknown: before it in Chinese, behind it in Japanese.

    On the other side stands what it is for, in words of any kind.
    """
    if language == "zh":
        if not _is_bought(look):
            return None
        said = _WIDE_EDGE.split(BRACKETS.sub("", look.left))[-1]
        said = said[len(_name_of(frame, words, said, language)) :]
    else:
        said = _THEN.split(_WIDE_EDGE.split(BRACKETS.sub("", look.right))[0])[0]
    for rest in _left_over(look, frame, _DEALING.sub("", said)):
        return f'"{rest}" stands beside it'
    return None


def _is_bought(look: Look) -> bool:
    return is_among(look.families, ("deal", "price", "spend", "buyback"))


# the words of a deal itself, in both languages
_DEALING: Final = re.compile(
    "(?:收购|购买|购入|受让|转让|出售)[^，,0-9]{2,16}的(?=(?:整体|交易|初步)?(?:作价|总?价|价格|对价|金额|代价))"
    "|占[^，,0-9]{2,14}?(?:总|已发行)?股[本份权](?:总[数额])?的?|(?:計画|以|全|总|总价|总额|股份|现金|合计|自有资金|计划|公告称"
    "|同意|宣布|斥资|耗资|出资|投资|投入|动用|收购|购买|回购|支付|[拟将已])|(?:自社株買い|課徴金|納付|減損損失|株式|出資"
    "|第三者割当増資|増資)?(?:の|を|で|に)?(?:買収|取得|購入|投資|投入|投じ|調達|保有|所有|計上|命じ|充て|実施|発表|決議|決め"
    "|支払|出資|合意|こと|科)(?:しました|します|した|して|する|すると|され|さ|し|た|て|る|い|っ|う)*"
)
_THEN: Final = re.compile("(?<=[しじえりいっ])て(?!いる|いた|おり)")


def _turned(look: Look) -> str | None:
    """Whether it is only asked for, or is of what is done with a stock or at a place."""
    if asked := _ASKED_FOR.search(look.text):
        return f'it is only asked for: "{asked.group()}"'
    if not look.reading.unit and not _SHOPS.isdisjoint(look.reading.nouns) and _DONE_THERE.match(look.right):
        return "it is said of where something was done"
    if not is_among(look.families, _STOCKS):
        return None
    done = _DONE.search(look.left) or _DONE_BEHIND.match(look.right)
    return f'it is said of what was done: "{done.group()}"' if done else None


def _unknown(look: Look, frame: Frame, words: Patterns, language: str) -> str | None:
    left, right = BRACKETS.sub("", look.left), BRACKETS.sub("", look.right)
    clauses = _WIDE_EDGE.split(left)
    edge = _WIDE_EDGE if language == "ja" else _COMMA_ZH
    for lead in takewhile(_is_lead, edge.split(left[: len(left) - len(clauses[-1])])[:-1]):
        if not re.search("[0-9]", lead) and (doubtful := _lead(look, frame, words, lead, language)):
            return f'the sentence begins with "{doubtful}"'
    said = _INCLUDING.sub("", clauses[-1])
    if free := frame.free.match(said):
        said = said[free.end() :]
        said = said[(found.start() if (found := words.measures.search(said)) else len(said)) :]
    if look.reading.unit and look.reading.unit not in RATES and _SHARE.search(look.left):
        return "it is a part of the sum"
    if (other := _OTHERS.search(said)) and other.group() not in "".join(look.about.names):
        return f'it is said of "{other.group()}"'
    if other := _OF_WHICH.match(right.lstrip()):
        return f'it is said of "{other.group()}"'
    said = _THIS_FIRM.sub("", said)
    said = said[len(_name_of(frame, words, said, language)) :]
    if not look.reading.unit:
        said = _CENTRED.sub("", said)
    if look.families <= _OF_A_MARKET:
        said = _MARKET_OF.sub("", said)
    for rest in _left_over(look, frame, said):
        return f'"{rest}" stands before it'
    behind = _WIDE_EDGE.split(right)[0]
    if done := _KATAKANA_VERB.match(behind):
        return f'"{done.group()}" stands behind it'
    if free := frame.free.search(behind):
        behind = behind[: free.start()]
    for rest in _left_over(look, frame, behind):
        return f'"{rest}" stands behind it'
    return None


_INCLUDING: Final = re.compile("^.*(?<!のみ)を含[むめ](?:て|た)?")  # with these, it is the whole


def _is_lead(clause: str) -> bool:
    """Whether a clause before the number's has no number of its own, but for days and years."""
    return re.search("[0-9](?![0-9]*[年月日季])", clause) is None


# what a first clause may say in words of any kind: why, in spite of what, and who says so
_WHY: Final = {
    "zh": re.compile(
        f"^(?:公司)?(?:主营|主打|专注|致力|从事)|面上$|^{EFFORT}|^总部(?:位于|设在|设于)|^(?:{BECAUSE}|因|受|隨著|按照?|(?:根据|据).*(?:公告"
        "|公司|年报|财报|季报|报告|数据|统计|披露|显示|口径|准则)$|通过|围绕|在.+(?:下|中|方面)$|为)|(?:显示|顯示|披露"
        "|公告|公布|宣布|指出|介绍|了解到|获悉|得知)$"
    ),
    "ja": re.compile(
        "^(?:この|以上の|その)結果|^これに$|^(?:以上|そのうえ|また|なお|一方|さらに|これ)(?:により|は)?$|(?:業績|状況|実績|結果|成績)は?$"
        f"|べく$|(?:によると|によれば|については?|(?:につきま|としま|といたしま)しては|比べると|見ると|みると|ベースでは)$|{WHY.pattern}"
    ),
}
_IF: Final = {
    "zh": re.compile("若|如果|假|倘|一旦|要是|万一|顺利|意外|只要|除非"),
    "ja": IF,
}
_IN_IT: Final = re.compile(
    "^从.+来?看$|在(?:公告|年报|财报|业绩会|说明会|报告|股东大会|声明|发布会|电话会议)[中上里]?"
)
# "董事长李伟表示"
_TELLER: Final = re.compile(
    "[^，,0-9]{0,8}?(?:董事长|董事長|总裁|总经理|首席.{2}官|财务总监|董秘|董事会秘书|创始人|负责人|发言人|CEO|CFO|COO)(?:兼[^，,0-9]{2,6})?[^，,0-9]{0,4}?"
    "(?:今日|昨日|日前|近日)?(?:表示|称|指出|介绍|透露|说|强调|坦言|提到)"
)


def _lead(look: Look, frame: Frame, words: Patterns, lead: str, language: str) -> str:
    """The words of a first clause that may suppose something; "" if it tells why, when or who says so."""
    if language == "ja" and _LEFT_ASIDE.search(lead):
        return "" if look.reading.unit in RATES else lead  # a growth may be told so
    if supposed := _IF[language].search(lead):
        return supposed.group() if not (language == "ja" and _WHY[language].search(lead)) else ""
    if _WHY[language].search(lead) or frame.free.match(lead):
        return ""
    if language == "zh":
        lead = _IN_IT.sub("", lead)
        if _TELLER.fullmatch(lead):
            return ""
        if _name_of(frame, words, f"{lead}有", "zh") and _ENDED.search(lead):
            return ""
    elif _name_of(frame, words, f"{lead}は", "ja"):
        return ""
    return next(iter(_left_over(look, frame, lead)), "")


_LEFT_ASIDE: Final = re.compile("(?:を除くと|除けば|を除き|を除いて)$")


def _name_of(frame: Frame, words: Patterns, said: str, language: str) -> str:
    """What the clause begins with, if it may be the name of a company: what stands before a measure, a time, or "has"."""
    if language == "ja":
        head = re.split("[のはが]", said, maxsplit=1)[0]
        is_name = head != said and not _HIRAGANA.search(head) and not _NO_JAPANESE_NAME.search(head)
        if not frame.known.sub("", head) or (len(head) <= _SHORT and not _KNOWN_SHORT.fullmatch(head)):
            is_name = False
    elif words.measures.match(said):
        return ""
    else:
        ends = [
            one.start()
            for one in (*words.measures.finditer(said), *frame.known.finditer(said), *_HAS.finditer(said))
            if one.start() > 1 and (one.end() - one.start() > 1 or _HAS.match(one.group()))
        ]
        head = said[: min(ends, default=0)]
        is_name = not _NO_CHINESE_NAME.search(head) and (
            len(head) <= _LONG or not _CJK.fullmatch(head) or bool(_ENDED.search(head))
        )
    return head if is_name and 1 < len(head) <= _FIRST and not _NO_NAME.search(head) else ""


def _left_over(look: Look, frame: Frame, said: str) -> Iterable[str]:
    """The stretches of ideographs that are no known phrases and no name of the fact's company."""
    said = without_own_parts(look, said.replace("･", "・"))
    for name in look.about.names:
        said = said.replace(name, " ") if name else said
    if is_among(look.families, _OF_PRODUCTS):  # a share of the market of a product
        said = COMMON_PARTS.sub(" ", said)
    if look.reading.change and not look.reading.unit:  # what goes or comes is read from these
        said = frame.turning.sub(" ", said)
    said = said.lower()
    if _LONE_PAIR.search(said) and (pair := _LONE_PAIR.search(frame.known.sub(_lone, said))):
        return [pair.group()]
    said = frame.known.sub(" ", said)
    return [one for one in _CJK.findall(said) if not (_KATAKANA.fullmatch(one) or _ENDING.fullmatch(one))]


# how a Japanese verb ends that tells what is so, or was
_ENDING: Final = re.compile(
    "(?!.*いた)(?:い|[しっいりえきれせけげめべちび]?(?:てい|てお|ま|で|だ)?(?:した|して|します|っている|っています|った|って|ます|ました|いる|おり|おります"
    "|す|る|た|て|り|く|し|れ|られ|され|せ|させ|ん|む|ぶ|う))+"
)


# Chinese ideographs that are words alone, but another word beside each other: "少计"
_LONE: Final = re.compile("[亏减減增削降升涨漲跌赔蚀蝕缩挫计少报税派折除非负負净毛额值率创微略平云部受呈]")
_LONE_PAIR: Final = re.compile(f"{_LONE.pattern}{{2,}}")


def _lone(found: re.Match[str]) -> str:
    """Blank, or an ideograph that may be half a word as it is."""
    return found.group() if _LONE.fullmatch(found.group()) else " "
