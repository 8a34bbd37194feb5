"""Whether a sentence in another language than English says that a sum was spent, paid or promised, a stake taken or held.

Sentences of such sums say what for, in words of any kind. So the verb decides: one of buying, holding, investing, paying.
Without it the clause must be of known words, as for any other number.
"""

import re
from typing import Final

from service.evidence.owners.look import RATES, Look
from service.evidence.subjects import stem

# of an offer, a plan or a programme nothing follows for the sum
_ONLY_NAMED: Final = "(?!的?(?:要约|提议|方案|报价|邀约|计划|意向|传闻|项目)|提案|案|計画|の(?:提案|計画))"
_DONE: Final = {
    ("deal", "price"): re.compile(
        r"\b(?:kostete?n?|kosten|coût(?:e|é|ent|era|eront|ait)|costó|cuesta|costará|costaron|(?:conclu|finalis|boucl)(?:e|é|ée)|(?:ver)?kauf(?:t|te|ten|en)|übern(?:immt|ahm|ahmen|ehmen|ommen)|erw(?:irbt|arb|arben|erben|orben)|(?:be)?zahl(?:t|te|ten|en)"
        r"|blättert|legt|rach(?:ète|ètera|eté|etée|eter)|acqu(?:iert|is|ise|érir|erra)|ach(?:ète|eté|eter)|(?:paye|paie|payé|paiera|payer)"
        r"|débours\w+|mis\s+la\s+main|compr(?:a|ó|ará|ar|ado)|adqui(?:ere|rió|rirá|rir|rido)|pag(?:a|ó|ará|ar|ado)|hizo\s+con|acquérant|rachetant|adjudic(?:a|ó|ado)|desembols\w+|c(?:ède|édé|éder|édera)|ven(?:d|du|dre|dra|dió|de|der|derá|día|dido)|(?:importe|valor|monto)\s+(?:total\s+)?del\s+contrato|Auftrag\w*|montant\s+du\s+contrat"
        r"|Kaufpreis|montant\s+de\s+(?:la\s+transaction|l.opération)|prix\s+d['’](?:achat|acquisition)|precio\s+de\s+(?:compra|adquisición))\b"
        f"|(?:^|[，,。；])(?:(?!计划|打算|预)[^，,。；拟将未欲])*签[订署][^，,]{{0,60}}合同|(?:收购|买下|购买|拿下|购入|购得|中标|取得)了?{_ONLY_NAMED}|(?:買収|取得|購入){_ONLY_NAMED}(?=し|す|を決|に合意)|買い取|(?:買収|取得)(?:総?額|価格|価額)|(?:收购|交易|出让|转让|成交|出售)(?:总?价|价[格款]|对价|金额)|作价|代价"
    ),
    ("stake",): re.compile(
        r"\b(?:h(?:ält|ielt|ielten|alten)|besitz(?:t|en)|besaß|gehör(?:t|te|en|ten)|kontrollier\w+|beteilig(?:t|te|en)|erw(?:irbt|arb|erben|orben)"
        r"|übern(?:immt|ahm|ehmen|ommen)|kauf(?:t|te|en)|sicher(?:t|te)|steig(?:t|en)|stieg|kommt|aufgestockt|stockt(?:e)?"
        r"|dét(?:ient|enait|iennent|enir)|poss(?:ède|édait|èdent|éder)|contrôl(?:e|ait|ent|er)|acqu(?:iert|is|érir)|rach(?:ète|eté)|pr(?:is|end|endre)|mont(?:e|é)"
        r"|redu(?:jo|ce|cirá|cido)|aument(?:a|ó)|reduzier(?:t|te|en)|senk(?:t|te|en)|erhöh(?:t|te|en)|rédui(?:t|re)|ram(?:ène|ené)|port(?:e|é)"
        r"|control(?:a|an|aba)|pose(?:e|en|ía)|tiene|ostenta|compr(?:a|ó|ará|ar)|adqui(?:ere|rió|rirá|rir)|alcanza|eleva|elevó)\b"
        "|持有|持股|拥有|占股|入股|收购|受让|增持|认购|取得|保有|握|持[つっち]|出資|所有|買[いっ収]"
    ),
    ("spend", "cost.rd"): re.compile(
        r"\b(?:invest(?:iert|iere|ieren|ierte|ierten)|steck(?:t|te|en|ten)|pump(?:t|te|en)|aus(?:geben|gegeben)|aufgewendet|wende(?:t|te)|gab|gibt|in\s+die\s+Hand|sur\s+la\s+table|sobre\s+la\s+mesa|flie(?:ßt|ßen)"
        r"|floss(?:en)?|(?:annonc|confirm|anunci|kündig)\w+\s[^,;0-9]{0,60}(?:[Ii]nvesti(?:ssement|tion)|inversión)|investi(?:t|r|ra|ront|s|ssent)?|inject(?:e|er|é|era)|consacr(?:e|é|er|era|és)|débours\w+|dépens(?:e|é|er)|allou(?:e|é|er)"
        r"|invert(?:irá|ir|ió|irán|ido)|inv(?:ierte|ierten|irtió|irtieron)|destin(?:a|ó|ará|ar|ado)|inyect(?:a|ó|ará)|dedic(?:a|ó|ará))\b"
        f"|(?:投资|投入|斥资|耗资|投下){_ONLY_NAMED}|(?:投資|投入){_ONLY_NAMED}(?=し|す|を実施|を行)|投じ|充て"
    ),
    ("fine",): re.compile(
        r"\b(?:verhäng(?:t|te|ten|en)|zahl(?:t|te|en)|auferlegt|brumm(?:t|te)|inflig(?:e|é|ée|ea)|condamn(?:e|é|ée)|écop(?:e|é|er)|(?:pay|vers)(?:e|é|er|era)|abon(?:a|ó|ará|ar)"
        r"|sanctionn(?:e|é|ée)|impuso|impone|impuesto|mult(?:a|ó|ad[oa]s?)|pag(?:a|ó|ará|ar)|sancion(?:a|ó))\b|处以|处罚|罚款?|达成|命じ|科[しす]|科され|支払"
    ),
    ("buyback",): re.compile(
        r"\b(?:kauf(?:t|te|en)|zurück(?:kauf\w*|gekauft|erworben)|kündig(?:t|te|en)|angekündigt|beschl(?:oss|ießt|ossen)|start(?:et|ete)|genehmig(?:t|te)|legt|Volumen|port(?:e|ait|ent)"
        r"|rach(?:ète|ètera|eté|eter)|lanc(?:e|é|er|era)|annonc(?:e|é|er)|autoris(?:e|é)|approuv(?:e|é)|recompr(?:a|ó|ará|ar)|anunci(?:a|ó)|aprob(?:ó|ado)|lanz(?:a|ó|ará))\b"
        "|(?:宣布|已|拟|将|斥资|使用|完成|累计|实施|推出|公布|启动|批准|耗资|动用|支付)[^，,]*回购|回购(?:公司股份|股份)?(?:资金)?(?:累计)?总?(?:金额|额|规模|数量)|回购(?:了|公司)?(?:股份|股票)?(?:支付)?的?(?:总?金额)?[达为共合]*[0-9]"
        "|買いは|買いの(?:取得)?(?:総額|規模)|発表|取得|決め|決議|実施|買い(?:入れ|付け|戻)|充て"
    ),
    ("funding",): re.compile(
        r"\b(?:s?ammel(?:t|te|n)|br(?:ingt|achte)|eingesammelt|erh(?:ält|ielt|alten)|(?:auf)?genommen|l(?:ève|evée?s?|ever|èvera)|boucl(?:e|é)|levant(?:a|ó)|capt(?:a|ó)|cerr(?:ó|ado)|cierra)\b"
        "|完成|获得|获|募[集资]|定增|发行|筹集|调达|調達"
    ),
    ("charge", "subsidy", "savings"): re.compile(
        r"\b(?:verbuch\w+|gebucht|buch(?:t|te)|schr(?:eibt|ieb)|abgeschrieben|erh(?:ält|ielt|alten)|spar(?:t|te|en)|comptabilis\w+|inscrit|pass(?:e|é)|reç(?:oit|u)|économis\w+"
        r"|registr(?:a|ó)|contabiliz\w+|recib(?:e|ió)|ahorr\w+)\b|计提|确认|获得|获|收到|节约|节省|計上|受け|節約|削減"
    ),
}  # fmt: skip


_SORTS: Final = ("deal", "price", "stake", "fine", "buyback", "funding", "spend.investment")
_TAKEN_OVER: Final = re.compile(
    r"\b(?:übern(?:immt|ahm|ehmen)|repren(?:d|dre|ant)|repris(?:e)?|asum(?:e|ió|irá|ir))\b|承担|接手|引き継|肩代わり"
)
_PLEDGED: Final = re.compile("(?:质押|冻结|質入れ)(?:(?!持有|持股|拥有|合计|保有)[^。])*$")
_SOLD: Final = frozenset(
    map(stem, ("sold", "sale", "disposed", "disposal", "reduced", "reduction", "divested"))
)
# "本次减持后，股东持有": what is left is not what was sold
_KEPT: Final = re.compile(
    "(?:[后後]|[仍尚]|剩余|残り).{0,24}?(?:持有|持股|保有)(?!的?(?:[^，,。]{0,9}(?:减持|转让|出售|売却)))"
)
# a sum of many, told as any other of a period is
_OF_PERIOD: Final = re.compile(
    r"\b(?:Investitionen|Ausgaben|investissements|dépenses|inversiones|gastos)\b"
    r"|\b(?:Investition|investissement|inversión)\s+(?:[^.,;:0-9]{0,60}\s)?(?:beträgt|betrug|belief|beläuft|lag|s['’](?:est\s+)?él[eè]v\w+|(?:a\s+)?attein\w+|représente\w*|fue|es|asc[ei]\w+|alcanz\w+|sum[aó]\w*)\b|投資(?:予定|総)?額|投资额|投资总额|支出"
)
_WORD: Final = re.compile(r"[^\W\d_]+")
_FEW: Final = 3  # words of what is no sentence


def is_carried_out(look: Look) -> bool:
    """Whether a verb says that the deal that the fact tells was made, is decided, or stands."""
    return any(verbs.search(look.text) for of, verbs in _DONE.items() if _is_one(look, of))


def of_no_deal(look: Look) -> str | None:
    """Of deals that are not carried out: whether no verb tells how high the sum is, so that it may be refused or sold."""
    if _is_one(look, ("debt",)) and (taken := _TAKEN_OVER.search(look.text)):
        return f'it is said of what somebody "{taken.group()}"'
    if _is_one(look, ("stake",)) and (pledged := _PLEDGED.search(look.left)):
        return f'it is said of what is pledged: "{pledged.group()[:2]}"'
    if _is_one(look, ("stake",)) and not look.words.isdisjoint(_SOLD) and (kept := _KEPT.search(look.left)):
        return f'it is said of what is kept: "{kept.group()}"'
    if not _is_one(look, _SORTS) or (look.reading.unit in RATES and _is_one(look, ("spend", "price"))):
        return None
    if is_carried_out(look):
        own = (
            look.left + _OTHER_SUM.split(look.right)[0]
        )  # what is supposed of another sum says nothing of this one
        wanted = _WANTED.search(own) or _governed(look.text)
        return None if wanted is None else f'it is only wanted, or supposed: "{wanted.group()}"'
    if _OF_PERIOD.search(look.text) or (
        len(_WORD.findall(look.text)) <= _FEW and not _WIDE.search(look.text)
    ):
        return None
    return "no verb says that it was done"


_OTHER_SUM: Final = re.compile(r",(?=[^,0-9]*[0-9])")
# verbs that leave open whether it is done; those of plans that somebody tells do not
_WANTED: Final = re.compile(
    r"\b(?:wollten?|hätten?|würden?|könnten?|möchten?|wären?|dürften?|müssten?|sollten|zu\s+(?:viel|wenig)|scheiter\w+"
    r"|gescheitert|geplatzt|platzte"
    r"|aurai(?:t|ent)|voulai(?:t|ent)|espèr\w+|failli|devai(?:t|ent)|pourrai(?:t|ent)|devrai(?:t|ent)|offr(?:e|ait|ent)\b(?!\s+d)"
    r"|capoté|échoué|de\s+moins|de\s+menos|habrían?|querían?|podrían?|debían?|debería\w*|ofrec(?:e|ía|ió)|fracas\w+)\b"
    "|的(?:提议|要约|传闻|意向)|遭(?:拒|否)|被(?:拒|否)|告吹|落空|未果|失败|泡汤|搁浅|生变|尚欠|首付|竞争对手|竞购|(?:計画|予定|方針|考え|構想)だった|競合"
)
_GOVERNED: Final = (
    # "…, 5 Mio. Euro zu investieren"
    re.compile(
        r"(?P<verb>[^,]*),[^,]*\bzu\s*(?:investieren|kaufen|übernehmen|erwerben|zahlen|stecken)\b|[^,]*,[^,]*(?:ein|auf|aus|zurück)zu\w+en\b"
    ),
    re.compile(
        r"(?P<verb>\w+)\s+(?:d['’]\s*|de\s+|à\s+|a\s+)?(?:investir|racheter|acquérir|acheter|débourser|injecter|consacrer"
        r"|invertir|comprar|adquirir|destinar|inyectar)\b"
    ),
)
_DECIDED: Final = re.compile(
    r"(?:plan|beabsichtig|kündig|beschl|vereinbar|verpflicht|zugesagt|sagte|einig|entschied|bestätig|bekräftig|gab\b|teilte"
    r"|\bva\b|\bvont\b|prévoi|compt|entend|pour|décid|accept|annonc|engag|veut|veulent|projet|par|van\b|prevé|anunci|acord"
    r"|compromet|decid|quiere|para|previst|prévu|planea|proyecta|acept|autoris|autoriz)",
    re.IGNORECASE,
)


def _governed(text: str) -> re.Match[str] | None:
    """The verb that an infinitive of a deal hangs on, if it is none of deciding, telling or planning."""
    for form in _GOVERNED:
        found = form.search(text)
        if found is not None and not _DECIDED.search(found["verb"] or ""):
            return found
    return None


_WIDE: Final = re.compile("[\u3040-\u30ff\u3400-\u9fff]")


def _is_one(look: Look, sorts: tuple[str, ...]) -> bool:
    return any(family in sorts or family.partition(".")[0] in sorts for family in look.families)
