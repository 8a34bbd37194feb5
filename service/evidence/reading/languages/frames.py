"""Words that leave a number to what its clause names, in other languages than English, beside those that are read or owned.

Phrases are separated by `;`. They are the closed kinds: verbs of being, having, moving and reporting, words of time, of
companies and of accounts, adverbs of degree. A clause with other words is doubtful.
"""

from typing import Final, NamedTuple


class FrameWords(NamedTuple):
    """The further words that a language's clauses may have around a number."""

    plain: str
    company_ends: tuple[str, ...]  # ends of nouns for companies: "-hersteller"
    free: str  # from these on a clause says why or where, in words of any kind
    determiners: str  # an unknown noun behind these is no name
    verb_first: str  # a sentence that begins with these supposes or asks


FRAME_WORDS: Final[dict[str, FrameWords]] = {
    "de": FrameWords(
        plain=(
            "ist; sind; war; waren; wurde; wurden; wird; werden; worden; habe; haben; hat; hatte; hatten; stand"
            "; standen; steht; stehen"
            "; zählt; zählte; zählen; zählten; betreibt; betrieb; betreiben; betrieben; unterhält; unterhielt"
            "; besitzt; führt; führte"
            "; erwirtschaftet; erwirtschaftete; erwirtschafteten; schrieb; schreibt; meldet; meldete; meldeten"
            "; gemeldet; berichtet; berichtete"
            "; erreicht; erzielt; erwartet; erwarten; rechnet; rechnen; prognostiziert; plant; schlägt; schlagen"
            "; vorschlagen; vorgeschlagen; entwickelte; entwickelten"
            "; setzt; setzte; setzten; umgesetzt; verkaufte; verkauft; verkauften; lieferte; lieferten; liefert"
            "; ausgeliefert; ausgewiesen; auswies"
            "; bezifferte; beziffert; resultierte; ergab; ergibt; ergaben; verdiente; verdient; wies; weist; gab"
            "; gibt; bekannt; mitteilte; teilte; mit"
            "; sagte; zahlt; zahlte; zahlen; ausschütten; ausgeschüttet; schüttet; beschloss; vereinbarte"
            "; übertrifft; belaufend; befand; befinden"
            "; fiel; fielen; fällt; stieg; schloss; endete; beendete; verbesserte; verbessert; verschlechterte"
            "; verringerte; verminderte; ermäßigte"
            "; reduzierte; erhöht; bleibt; blieb; blieben; hielt; hält; wächst; legte; zu; kam; kamen; kommt"
            "; kommen; schrumpfte; wuchs; lag; liegt"
            "; produzierte; produziert; fertigte; beförderte; befördert; betreut; betreute; bedient; versorgt"
            "; eröffnete; hergestellt; produzierten"
            "; sich; es; er; sie; wir; ihr; ihre; ihren; ihrem; ihrer; sein; seine; seinen; seinem; seiner; unser"
            "; unsere; unseren; unserem; unserer"
            "; der; die; das; den; dem; des; ein; eine; einen; einem; einer; eines; dieser; diese; diesem; dieses"
            "; diesen; dabei; damit; hiervon"
            "; in; im; am; an; auf; aus; bei; beim; bis; für; gegen; gegenüber; mit; nach; ohne; über; um; unter"
            "; von; vom; vor; zum; zur; zwischen; per; als; wie; seit"
            "; und; oder; sowie; aber; jedoch; auch; nur; noch; bereits; schon; erneut; wieder; damals; zuletzt"
            "; derzeit; aktuell; nun; jetzt; heute; dort; hier; so; somit"
            "; deutlich; leicht; kräftig; stark; spürbar; erheblich; moderat; geringfügig; merklich; weiter"
            "; weiterhin; nochmals; insgesamt; rund; etwa; knapp; gut; fast"
            "; ersten; zweiten; dritten; vierten; erstes; erste; zweite; dritte; vierte; ersten neun; neun; sechs"
            "; drei; zwölf; acht; zwei; vier; fünf; zehn; elf"
            "; konzern; konzerns; gruppe; gesellschaft; unternehmen; unternehmens; firma; haus; bank; kette"
            "; vorstand; aufsichtsrat; verwaltungsrat; hauptversammlung"
            "; jahr; jahre; jahres; jahren; geschäftsjahr; geschäftsjahres; berichtsjahr; berichtsjahres"
            "; berichtszeitraum; quartal; quartals; halbjahr; halbjahres"
            "; monat; monate; monaten; zeitraum; vorjahr; vorjahres; vorjahreswert; vorjahresniveau"
            "; vorjahreszeitraum; vorjahresquartal; vorjahreswertes; gesamtjahr; jahresende; quartalsende"
            "; jahresanfang"
            "; stichtag; bilanzstichtag; abschlussstichtag; ende; anfang; mitte; januar; februar; märz; april"
            "; mai; juni; juli; august; september; oktober"
            "; november; dezember; montag; dienstag; mittwoch; donnerstag; freitag; vergangenen; vergangene"
            "; vergangenes; abgelaufenen; abgelaufene; abgelaufenes"
            "; laufenden; laufende; laufendes; vorigen; vorige; letzten; letzte; gleichen; weltweit; höchststand"
            "; höhe; wert; stand; niveau; summe; betrag; zahl"
            "; anzahl; dividende; aktie; stammaktie; vorzugsaktie; aktionäre; aktionären; anteilseigner"
            "; anteilseignern; investor; fonds; plattform; durchschnitt"
            "; bereinigt; bereinigte; bereinigten; bereinigter; bereinigtes; bereinigtem; operativ; operative"
            "; operativen; operativer; operatives; konsolidierte; konsolidierten; währungsbereinigt"
            "; organisch; organische; organischen; vergleichbar; nominal; netto; brutto; gesamt; gesamte"
            "; gesamten; liquide; mitteln; steuern; zinsen; abschreibungen"
            "; fortgeführten; vorläufigen; zufolge; angaben; laut; eigenen; eigene; neue; neuen; neues; deutsche"
            "; deutschen; deutschland; österreich; schweiz; europa; china; usa"
            "; länder; ländern; standorten; hauptsitz; kurzem; prozent; punkte; mitarbeiter; beschäftigte"
            "; beschäftigt; angestellt; tätig; vertreten; angestellte; erhalten"
            "; soll; sollen; will; wollen; ausland; inland; werk; stellen; streicht; getätigt; vorgenommen"
            "; aufgewendet; ausgegeben; veröffentlichte; zugestimmt; zustimmen"
            "; zustimmte; beschlossen; bestätigte; bestätigt; genehmigt; verbuchte; verbuchten; verzeichnete"
            "; verzeichneten; vermeldete; vermelden; kletterte; verkündete; kündigte; ausgezahlt; gezahlt"
            "; erwirtschaftet; eingefahren; fuhr; ein; eingenommen; transportierte; zählen; umsetzte; gewonnen"
            "; gewann; unterm; strich; hinaus; hinweg; darunter; davor; danach; deren; dessen; welche; welcher"
            "; international; global; jährlich; monatlich; täglich; rekord; rekordwert; rekordhoch; bestwert"
            "; negativ; positiv; plus; minus; ag; se; gmbh; kgaa; i"
        ),
        company_ends=(
            "bauer",
            "hersteller",
            "herstellers",
            "kette",
            "konzern",
            "konzerns",
            "händler",
            "händlers",
            "anbieter",
            "anbieters",
            "gruppe",
            "bank",
            "versicherer",
            "versicherers",
            "unternehmen",
            "unternehmens",
            "gesellschaft",
            "betreiber",
            "betreibers",
            "riese",
            "riesen",
            "firma",
            "verlag",
            "fonds",
            "produzent",
            "produzenten",
            "ausrüster",
            "dienstleister",
            "spezialist",
            "spezialisten",
            "airline",
            "fluggesellschaft",
            "brauerei",
            "werft",
            "börse",
            "start-up",
            "startup",
            "entwickler",
            "discounter",
            "versorger",
            "investor",
            "supermarktkette",
            "holding",
            "zulieferer",
            "zulieferers",
            "logistiker",
            "quartal",
            "quartals",
            "halbjahr",
            "jahr",
            "jahres",
            "zeitraum",
            "monat",
            "vermieter",
            "makler",
            "plattform",
        ),
        free=(
            "dank; wegen; aufgrund; durch; trotz; infolge; angesichts; weil; da; obwohl; während; nachdem"
            "; getrieben; gestützt; angetrieben; bedingt"
            "; belastet; begünstigt; bereinigt um; unterstützt; vor allem; insbesondere; einschließlich; inklusive; ohne"
        ),
        determiners=(
            "der; die; das; den; dem; des; ein; eine; einen; einem; einer; eines; kein; keine; im; am; zum; zur"
            "; vom; beim; ins; jeder; jede; jedes"
            "; sein; seine; seinen; seinem; seiner; seines; ihr; ihre; ihren; ihrem; ihrer; ihres; beide; beiden; alle; aller"
        ),
        verb_first=(
            "sollte; sollten; würde; würden; wäre; wären; hätte; hätten; könnte; könnten; falls; wenn; sofern"
            "; gesetzt; angenommen; käme; kämen; gelingt"
            "; gelänge; stimmt; steigt; sinkt; bleibt; fällt; wird; ist; hat; gibt; kommt; nimmt; nehmen; setzt"
            "; unterstellt; vorausgesetzt; glaubt; zusammengerechnet"
            "; zusammen; gemeinsam; rechnerisch; theoretisch; hypothetisch; addiert; wo; wer; wann; ob; wieso; nichts; niemand"
        ),
    ),
    "fr": FrameWords(
        plain=(
            "le; la; les; l'; un; une; des; du; de; d'; au; aux; à; en; dans; sur; sous; par; pour; avec; contre"
            "; entre; vers; chez; et; ou; mais; ce; cet; cette; ces; son; sa; ses"
            "; leur; leurs; notre; nos; il; elle; ils; elles; nous; on; y; se; s'; ne; n'; qui; que; qu'; dont"
            "; lui; soi; ainsi; aussi; également; encore; déjà; désormais; alors"
            "; est; sont; était; étaient; a; ont; avait; avaient; été; sera; seront; fut; être; avoir; aura"
            "; auront; vu; voit; passe; passent; passé; passée; ressort; ressortait; ressortent"
            "; s'établit; établit; établi; établie; établies; établis; s'établissent; s'établissait; s'élève"
            "; élève; élevait; s'élèvent; élèvent; élevé; élevée; élevés; élevées; s'inscrit; inscrit; inscrite"
            "; affiche; affichent; affiché; affichait; atteint; atteignait; atteignent"
            "; atteindre; monte; montent; monté; montés; montées; monter; représente; représentent; représentait"
            "; compte; comptait; comptent; emploie; employait; emploient; exploite; exploitait; exploitent"
            "; possède; détient; dispose; gère; opère"
            "; réalise; réalisé; réalisait; réalisent; dégage; dégagé; dégageait; génère; généré; générait"
            "; enregistre; enregistré; enregistrait; publie; publié; annonce; annoncé; annonçait; déclare"
            "; comptabilise; comptabilisé; accuse; accusé; essuyé; écopé"
            "; propose; proposé; proposera; proposer; verse; versé; versera; versera; recevront; distribuer"
            "; distribuera; prévoit; prévoyait; attend; vise; table; reste; demeure; maintient; maintenu"
            "; maintenue; porté; portée; ramené; ramenée; creusé; creusée; hissé; hissée"
            "; livré; livre; livrait; vendu; vend; vendait; vendus; transporté; transporte; produit; fabriqué"
            "; accueille; accueilli; servi; sert; investi; investit; progresse; progressé; recule; reculé"
            "; augmente; augmenté; baisse; baissé; diminue; diminué; grimpe; grimpé; bondi; bondit; chute; chuté"
            "; cède; cédé; perd; perdu; gagne; gagné; crû; croît; bénéficié"
            "; société; groupe; entreprise; compagnie; maison; enseigne; banque; chaîne; constructeur; fabricant"
            "; équipementier; distributeur; assureur; opérateur; éditeur; producteur; géant; exploitant"
            "; transporteur; start-up; jeune pousse; plateforme; fonds; investisseur; laboratoire; brasseur"
            "; énergéticien; industriel; spécialiste; acteur; filiales; conseil; administration; directoire"
            "; surveillance; direction; assemblée; générale; actionnaires; actionnaire; famille; financier"
            "; régulateur; avionneur; foncière; numéro; leader; holding"
            "; an; ans; année; années; exercice; exercices; trimestre; trimestres; semestre; semestres; mois"
            "; période; premier; première; premiers; deuxième; second; seconde; troisième; quatrième; dernier"
            "; dernière; derniers; fin; début; clôture; janvier; février; mars; avril; mai; juin; juillet; août"
            "; septembre; octobre; novembre; décembre; lundi; mardi; mercredi; jeudi; vendredi; neuf; six; trois"
            "; douze; deux; quatre; précédent; précédente; écoulé; écoulée; passé; cours; courant; titre; date"
            "; comparable; comparables; même; ensemble; jour; aujourd'hui; actuellement; hier; environ; près"
            "; quelque; plus; moins; tout; total; totale; totaux; totales"
            "; consolidé; consolidée; consolidés; consolidées; net; nette; nets; nettes; brut; brute"
            "; opérationnel; opérationnelle; opérationnels; courante; récurrent; récurrente; ajusté; ajustée"
            "; part; publié; publiée; dilué; dilué; attribuable; organique; organiques; constant; constants"
            "; constante; change; taux; périmètre; normatif; financière; disponible; industriels; industrielles"
            "; industriel; annuel; annuelle; trimestriel; trimestrielle; semestriel; exceptionnel; exceptionnelle"
            "; ordinaire; record; hausse; baisse; niveau; montant; somme; valeur; nombre; effectif; effectifs"
            "; moyenne; légère; légèrement; nettement; fortement; sensiblement; respectivement; présent; présente"
            "; monde; pays; france; usine; inférieur; supérieur; négatif; positif; négative; positive; stable"
            "; s'élevaient; élevaient; s'élève; s'établissaient; s'inscrivait; s'inscrivent; ressortit; ressorti"
            "; ressortie; atteints; atteinte; atteintes; réalisés; enregistrés; enregistrées; dégagés; employés"
            "; passés; passées; progressent; reculent; augmentent; diminuent; écoulé; écoulés; possèdent"
            "; détiennent; pesait; pèse; pèsent; revendique; totalise; totalisait; signé; signe; franchi"
            "; franchit; dépasse; dépassé; gagnent; gagnait; affichaient; affichée; comptabilise; maintenus"
            "; stabilisé; stabilise; amélioré; améliore; dégradé; dégrade; contracté; contracte; pour; afin; luxe"
            "; jeux; vidéo; toucheront; touchera; percevront; percevra; distribuera; va; vont; étranger; compris; comprise"
            "; usine; d'administration; salariés; collaborateurs; clients"
            "; magasins; bourse; euros; dollars; m€; md€; m; inflation; flux; trésorerie; commandes; dette"
            "; endettement; dividende; action; titre; ebitda; ebit; rbe"
        ),
        company_ends=(),
        free=(
            "grâce; malgré; soutenu; soutenue; porté par; portée par; tiré; tirée; pénalisé; pénalisée; raison"
            "; suite; sous; dû; due; après; alors; tandis; face; notamment; principalement; hors; compris"
            "; comprenant; dopé; dopée; favorisé; contre; comparé; afin; essentiellement"
        ),
        determiners="",
        verb_first=(
            "après l'acquisition; après la fusion; après le rachat; après l'opération; si; supposons; imaginons"
            "; admettons; dans l'hypothèse; à supposer; en supposant; quand; serait"
            "; aurait; faudrait; rien; personne; aucun; aucune; nul; pas; peut-être; dans les cartons; à eux"
            "; ensemble; additionnés; cumulés; combinés"
        ),
    ),
    "es": FrameWords(
        plain=(
            "el; la; los; las; un; una; unos; unas; de; del; al; a; en; por; para; con; contra; entre; hacia"
            "; desde; hasta; sobre; y; e; o; pero; este; esta; estos; su; sus; nuestro; nuestra; nuestros; él"
            "; ella; se; lo; le; que; quien; cuyo; como; así; también; ya; aún"
            "; es; son; fue; fueron; era; eran; ha; han; había; sido; será; serán; ser; estar; está; están"
            "; estaba; tiene; tenía; tienen; tuvo; cuenta; contaba; cuentan; contó; emplea; empleaba; opera"
            "; operaba; gestiona; posee; dispone; explota"
            "; ascendió; ascendieron; asciende; ascienden; ascendía; alcanzó; alcanzaron; alcanza; alcanzan"
            "; situó; situaron; sitúa; sitúan; situaba; elevó; elevaron; eleva; registró; registraron; registra"
            "; obtuvo; obtiene; obtuvieron; logró; logra; generó; genera; facturó; facturaba; ganó; gana; perdió"
            "; pierde; publicó; anunció; presentó; presenta; declaró; comunicó; informó; cerró; cerraba; terminó"
            "; sumó; suma; totalizó; totaliza; supuso; representa; representó; mejoró; mejora; creció; crece"
            "; cayó; cae; bajó; subió; aumentó; aumenta; disminuyó; disminuye; redujo; reduce; retrocedió; avanzó"
            "; descendió; vendió; vende; entregó; entrega; transportó; fabricó; produjo; invirtió; pagó; pagará"
            "; paga; repartió; repartirá; distribuirá; propone; propondrá; propuso; aprobó; prevé; espera; quedó"
            "; quedaron; mantuvo; mantiene; impuso; llegó; llegan; llegó a"
            "; compañía; empresa; grupo; sociedad; firma; cadena; banco; entidad; fabricante; aseguradora"
            "; aerolínea; operador; operadora; minorista; plataforma; fondo; inversor; regulador; consejo"
            "; administración; junta; accionistas; gigante; constructora; distribuidora; productor; petrolera"
            "; eléctrica; farmacéutica; hotelera; energética; textil; multinacional; filiales; dirección; líder"
            "; año; años; ejercicio; ejercicios; trimestre; trimestres; semestre; semestres; mes; meses; periodo"
            "; período; primer; primero; primera; primeros; segundo; segunda; tercer; tercero; cuarto; último"
            "; última; últimos; cierre; fin; final; finales; principios; enero; febrero; marzo; abril; mayo"
            "; junio; julio; agosto; septiembre; octubre; noviembre; diciembre; lunes; martes; miércoles; jueves"
            "; viernes; nueve; seis; tres; doce; dos; anterior; pasado; pasada; actual; mismo; misma; fecha; hoy"
            "; ayer; interanual; anual; trimestral; semestral; actualmente"
            "; consolidado; consolidada; consolidados; consolidadas; neto; neta; netos; netas; bruto; bruta"
            "; operativo; operativa; operativos; ordinario; ajustado; ajustada; atribuido; atribuible; recurrente"
            "; comparable; orgánico; orgánica; total; totales; media; promedio; récord; nivel; cifra; importe"
            "; suma; valor; número; plantilla; millones; unos; cerca; alrededor; casi; más; menos; ligeramente"
            "; exterior; interior; mundo; todo; españa; país; países; planta; fábrica; acción; dividendo; deuda"
            "; caja; cartera; pedidos; flujo; negativo; positivo; estable; constante; constantes; tipo; cambio"
            "; respectivamente"
        ),
        company_ends=(),
        free=(
            "gracias; debido; pese; tras; impulsado; impulsada; impulsados; apoyado; lastrado; por la; por el"
            "; por las; por los; frente; mientras; aunque; principalmente; incluidos; incluyendo; sin; excluyendo"
            "; después"
        ),
        determiners="",
        verb_first=(
            "tras la fusión; tras la compra; tras la adquisición; si; suponiendo; supongamos; imaginemos; en caso"
            "; de cumplirse; de haber; sería; habría; cuando; nada"
            "; nadie; ningún; ninguna; juntos; juntas; sumadas; sumados; entre ambas; entre ambos; quizá; quizás"
            "; tal vez"
        ),
    ),
    "zh": FrameWords(
        plain=(
            "报告期内; 报告期末; 报告期; 期内; 期末; 本期; 年末; 年底; 季末; 月末; 月底; 年初; 上半年; 下半年"
            "; 前三季度; 前三; 第一; 第二; 第三; 第四; 归母; 归母净利润; 新签; 签订; 主营业务; 主营; 收入; 成本"
            "; 费用; 营业; 利润; 所得; 综合收益; 一; 二; 三; 四; 季度; 季; 财季; 财年; 财政年度; 年度; 全年; 半年"
            "; 年; 月; 日; 今年; 去年; 本年; 本季; 当季; 当年; 当期; 上年; 上季; 同期; 截至; 截止; 于; 在"
            "; 公司; 本公司; 集团; 本集团; 该公司; 该集团; 该行; 该企业; 该基金; 该应用; 该平台; 我们; 我司"
            "; 母公司; 上市公司; 股东; 归属于; 归属; 应占; 股权持有人; 普通股; 其; 该; 本; 平台; 董事会; 全体"
            "; 银行; 企业; 控股; 有限; 股份有限公司; 基金; 应用; 证券; 科技; 控股股东; 权益持有人; 所有者"
            "; 实现; 录得; 取得; 达到; 达成; 达; 为; 是; 有; 拥有; 共有; 共; 设有; 开设; 经营; 运营; 雇用; 雇佣"
            "; 聘用; 聘有; 服务; 覆盖; 报; 报收; 宣布; 公布; 披露; 建议; 末期股息; 中期股息; 特别股息; 股息; 方面"
            "; 数据; 财务; 业绩; 公告; 消息; 将; 遍及; 遍; 显示; 表示; 合计; 总计; 累计"
            "; 总数; 总量; 总额; 总; 数; 数量; 人数; 金额; 规模; 水平; 升至; 增至; 降至; 跌至; 交付; 销售; 售出"
            "; 出售; 生产; 运送; 运输; 派发; 派息; 现金; 红利; 每; 拟; 向; 以; 对; 与; 和; 及; 较; 比; 同比; 环比"
            "; 则; 均; 也; 亦; 已; 仍; 约; 超; 近; 其中; 目前; 现; 全球; 全国; 国内; 境内; 中国; 世界; 在全国"
            "; 位居; 首次; 首; 历史; 新高; 创; 再; 的; 了; 至; 到; 由; 从; 上; 年内; 不含; 除; 税; 前; 后; 扣非"
            "; 非; 扣除非经常性损益; 经常性; 损益; 经调整; 调整后; 经; 调整; 摊薄; 基本; 综合; 合并; 口径"
            "; 不变汇率; 按; 计; 计算; 未经审计; 经审计; 主营; 业务; 净; 毛; 额; 值; 占; 率; 平; 平均; 大幅; 小幅"
            "; 略; 微; 显著; 明显; 稳步; 持续; 继续; 快速; 强劲; 长; 者; 年报; 末期股息; 中期股息; 特别股息; 股息"
            "; 末期; 中期; 财报; 季报; 三年; 未来; 今后; 建设"
            "; 新工厂; 受; 影响; 汽车; 云; 门店; 员工; 家; 名; 人; 个; 位; 台; 辆; 股; 元; 产生; 活动; 现金流量"
            "; 经营活动; 投资活动; 筹资活动; 净额; 流量; 支付; 资产; 负债; 权益; 存货; 商誉; 在手; 订单; 末; 底"
            "; 初; 内; 监管; 机构; 处以; 罚款; 同意; 收购; 投资; 用于; 市场; 下载量; 下载; 智能"
            "; 预计; 预期; 预测; 有望; 力争; 新车; 范围; 范围内; 主力; 系列; 型号; 余额为; 本公司及其子公司; 附属公司"
            # times
            "; 第一季度; 第二季度; 第三季度; 第四季度; 一季度; 二季度; 三季度; 四季度; 第一季; 第二季; 第三季; 第四季"
            "; 首季; 上半财年; 下半财年; 半年度; 前九个月; 前三个月"
            "; 前六个月; 止六个月; 止九个月; 止三个月; 止年度; 止; 本年度; 本财年; 本季度; 该季度; 该年度; 当年度; 同年"
            "; 年度末; 期初; 时点"
            "; 去年同期; 上年同期; 上年末; 去年底; 今年以来; 近期; 日前; 近日; 晚间; 今日; 昨日; 当日; 一季报; 三季报"
            "; 中报; 半年报"
            "; 年度报告; 季度报告; 半年度报告; 业绩快报; 快报; 业绩公告; 公告显示; 年报显示; 财报显示; 报告; 报告显示"
            "; 数据显示; 统计"
            # verbs of reports and their adverbs
            "; 发布; 公告称; 称; 透露; 介绍; 指出; 宣告; 呈现; 呈; 保持; 维持; 稳定; 平稳; 增长; 下滑; 攀升; 攀升至"
            "; 提升; 提升至; 增加; 减少"
            "; 回升; 回升至; 上升至; 下降至; 突破; 超过; 首次突破; 再创; 创历史新高; 历史新高; 同比增幅; 环比增长"
            "; 同比增速; 增速; 幅度; 增幅"
            "; 较上年; 较去年; 上年度; 比上年; 相比; 比较; 相应; 整体; 总体; 合共; 约合; 折合; 人民币; 港币; 左右; 分别"
            "; 分别为; 依次; 计提; 录得"
            "; 位于; 排名; 稳居; 第一位; 首位; 第一名; 持平; 基本持平; 转亏为盈; 扭亏为盈; 扭亏; 同比扭亏; 由亏转盈; 亏损收窄"
            # the firm, its staff and its accounts
            "; 在职; 在册; 正式; 全职; 专职; 全部; 所有; 各类; 各项; 全体员工; 在职员工; 职工; 雇员; 员工人数; 员工总数"
            "; 现有; 拥有员工"
            "; 国家; 地区; 城市; 省份; 国家和地区; 直营; 加盟; 线下; 实体; 注册; 活跃; 月活跃; 日活跃; 月活; 日活; 付费"
            "; 累计注册; 会员; 用户"
            "; 客户; 期末余额; 余额; 账面; 账面价值; 货币资金; 现金等价物; 等价物; 固定资产; 无形资产; 净资产"
            "; 归母净资产; 每股净资产; 资本"
            "; 支出; 开支; 研发; 销售费用; 管理费用; 财务费用; 研发费用; 研发投入; 资产减值; 减值; 准备; 税前; 税后"
            "; 归属母公司; 归属股东; 母公司所有者"
            "; 本公司拥有人; 拥有人; 本公司股东; 公司股东; 权益股东; 应占利润; 应占溢利; 溢利; 期间; 期间溢利; 年内溢利"
            "; 经营性; 经营; 经营业绩"
            "; 产能; 产能利用率; 利用率; 订单量; 订单额; 合同; 合同额; 新签合同; 新签合同额; 新签订单; 手持; 储备"
            "; 待履行; 出口; 进口; 整车; 新能源汽车"
            "; 募集; 募集资金; 资金; 发行; 募资; 回购; 股份; 拟以; 不低于; 所得税; 营业总收入; 营业总成本; 总收入"
            "; 总营收; 总营业额; 净收入; 收益"
            "; 股东应占; 董事长; 总裁; 总经理; 首席执行官; 首席财务官; 财务总监; 董秘; 业绩会; 业绩会上; 业绩说明会"
            "; 说明会; 股东大会; 记者会; 会上; 电话会; 其控股; 旗下"
        ),
        company_ends=("公司", "集团", "银行", "控股", "股份", "科技", "汽车", "证券", "保险"),
        free=(
            "得益于; 受益于; 主要; 由于; 因; 因为; 受; 主因; 系; 随着; 用于; 位居; 建设; 主要由; 源于; 带动; 推动; 创"
            "; 居; 排名; 成为; 其中"
        ),
        determiners="",
        verb_first="倘若; 假如; 假设; 假定; 如果; 若; 一旦; 要是; 设想; 除非; 只要; 即使; 倘; 如; 万一; 试想; 想象",
    ),
    "ja": FrameWords(
        plain=(
            "当; 当期; 今期; 前期; 通期; 上期; 下期; 中間期; 期中; 期末; 年度末; 四半期; 第1; 第2; 第3; 第4; 第一"
            "; 第二; 第三; 第四; 半期; 年間; 年度; 会計年度; 連結会計年度; 事業年度; 年; 月; 日; 月期; 期; 現在"
            "; 時点; 末; 末時点; 前年; 前年同期; 前年度; 昨年; 去年; 今年; 同期; 通年; 直近; 足元; 累計; 同; 同社"
            "; 当社; 同行; 同グループ; 当社グループ; グループ; 会社; 企業; 各社; 全社; 自社; 同ファンド; 同業"
            "; ファンド; 銀行; ホールディングス; 株式会社"
            "; 親会社株主; 株主; に帰属する; 帰属する; 親会社; 所有者; 連結; 単独; 単体; 個別; 全体; 全国; 世界"
            "; 国内; 世界全体; グローバル; 合計; 総; 総額; 総数; 数; 高; 額; 率; 比; 値; 水準; 規模; 平均; 調整後"
            "; 実質; 税引前; 税引後; 基本的; 希薄化後; 一株; 株; 当たり; あたり; につき; 普通株式; 普通株; 配当"
            "; 配当金; 年; 中間; 期末配当"
            "; は; が; も; の; で; に; を; と; へ; や; から; より; まで; として; において; における; によると"
            "; によれば; に対し; に対して; に比べ; に比べて; と比べ; 比べ; 比較して; 比較し; とする; とした; とし"
            "; といたしました; となった; となりました; となり; となる; となっている; となっており; だった; でした"
            "; であった; である; であり; であります; です; だ; した; しました; する; します; している; しています"
            "; しており; し; いたしました; ある; あり; あった; ありました; いる; おり; おります; なった; なり"
            "; なりました; なる; なっている; 達した; 達しました; 達する; 達し; のぼった; 上った; 上りました"
            "; 及んだ; 記録した; 記録しました; 記録; 計上した; 計上しました; 計上; 確保した; 確保; 発表した; 発表"
            "; 公表した; 公表; 開示した; 報告した; 報告; 見込む; 見込んだ; 見込み; 予想する; 予想; 計画する"
            "; 展開している; 展開する; 展開し; 展開; 運営する; 運営している; 運営; 擁する; 抱える; 抱えている"
            "; 持つ; 持っている; 有する; 有している; 保有する; 保有している; 保有; 雇用する; 雇用している; 雇用"
            "; 販売した; 販売し; 販売しました; 販売; 出荷した; 出荷; 生産した; 生産; 納入; 輸送した; 支払う"
            "; 支払った; 実施する; 獲得した; 獲得; 投じる; 投じた; 投資する; 投資した; 行う; 行った; 稼いだ; 稼ぐ"
            "; 伸ばした; 伸びた; 増えた; 加した; 加しました; 加し; 加; 増加した; 増加しました; 増加; 減少した"
            "; 減少しました; 減少; 減った; 上昇した; 上昇しました; 上昇; 低下した; 低下しました; 低下; 改善した"
            "; 改善しました; 拡大した; 拡大; 縮小した; 縮小; 落ち込んだ; 下落した; 下落; 上昇; 悪化した; なりまし"
            "; 過去最高; 過去最高の; 過去最高を更新; 更新した; 初めて; 初; 首位; 前年比; 前期比; 同期比; 度比; 度"
            "; 大幅に; 大幅; 小幅に; やや; わずかに; 若干; 約; なっております; となっております; おります; ます"
            "; ました; 中国; 米国; 欧州; 日本; 国内外; 大手; ほぼ; 最終; 営業; 経常; 純; 事業; 利用者; 利用者数"
            "; ユーザー; 会員数; 店舗数; 従業員数; 人員; 損益; 店舗; 従業員; 社員; 人; 名; 店; 台; 円; ドル; 市場"
            "; ホテル; 現金; 資産; 負債; 純資産; 自己資本; 収入; 支出; 収支; キャッシュ・フロー; キャッシュフロー"
            "; 営業活動; 投資活動; 財務活動; 活動; 総資産; 期間利益; 当期利益; 税引き前; 税金; 費用; 原価; 粗利"
            "; 開発費; 研究; 開発; 有利子負債; 受注; 設備投資額; 研究開発費; 設備; 投資; 額は; 内; うち; 過; 少"
            "; 引き; む; る; 行; 減; 増; 新"
            "; 提出会社; 直営; 直営店; 加盟店を含め; を含め; を含む; 含め; 含む; 新車; 四輪車; 二輪車; 乗用車; 既存店"
            "; 全店; 得られた資金; 資金"
            # times
            "; 当第; 当中間; 中間; 会計; 会計期間; 連結会計期間; 連結累計期間; 累計期間; 中間連結会計期間"
            "; 当連結会計年度; 前連結会計年度; 事業年度末"
            "; 連結会計年度末; 前の期; 前年度末; 前期末; 前年末; 年末; 月末; 期間; 上半期; 下半期; 上期累計; 四半期累計"
            "; 月期累計; 昨年度; 今年度; 本年度"
            "; 同四半期; 同月; 前四半期; 前年同月; 同期間; 時点; 時点で; これまで; 年度通期; 通年; 足もと; 今回; 本日"
            "; このほど; 同日; 期首"
            # verbs of reports
            "; 実施; 実施した; 実施しました; 実施して; おこなった; 行いました; 行っております; 投じて; 投じ; 投じました"
            "; 投資しました; 投資を; を投じ"
            "; を投じて; を投じました; にとどまった; にとどまりました; にとどまり; にとどまる; にとどまっている"
            "; 上回った; 上回りました; 上回る; 上回り; 下回った; 下回りました; 下回り; とどまった; とどまりました"
            "; とどまり; とどまる; 留まった; 留まりました"
            "; 推移した; 推移しました; 推移し; 推移; 拡大しました; 拡大し; 縮小しました; 縮小し; 改善し; 悪化しました"
            "; 悪化し; 向上しました; 向上し"
            "; 増やした; 伸ばしました; 伸長; 伸長した; 伸長しました; 伸び; 増え; 減り; 膨らんだ; 膨らみました"
            "; 積み上がった; 落ち込みました; 転じた; 転じました"
            "; 握る; 握った; 占める; 占めた; 占めました; 占めている; 占めています; 誇る; 及ぶ; 及びました; 及び"
            "; ならびに; 並びに; 超える; 超えた; 超えました"
            "; 突破; 突破した; 突破しました; 稼ぎました; 計上しております; 計上し; 計上している; 支払いました; 取得した"
            "; 取得しました; 取得; 買収しました; 獲得しました; 獲得し"
            "; 受注した; 受注しました; 受注し; 納入した; 出荷しました; 生産しました; 販売しております; 雇用しています"
            "; 在籍する; 在籍している; 在籍しています; 在籍; 働く; 働いている; 勤務する; 勤務している"
            "; 続伸; 更新; 更新しました; 更新し; 塗り替えた; 達している; 達しています; となりまして; となっています"
            "; と発表した; と発表しました; と公表した; 明らかにした; 述べた; 説明した; 開示; 開示しました"
            "; いう; という; こと; ことが; による; によるもの; にあたる; にのぼる; にのぼった; にのぼりました; に上った"
            "; に上りました; に上る; など; などの; ほか; それぞれ; ともに; いずれも"
            "; 著しく; 大きく; 着実に; 順調に; 堅調に; 引き続き; 前年を; 前年同期を; 前期を; 再び; すでに; 既に"
            "; ちょうど; おおむね; ともなう; 合わせて; 全世界; 海外; 各国; 地域; カ国; 国と地域"
            # the firm, its staff and its accounts
            "; 正社員; 正社員数; 社員数; 職員; 職員数; 臨時従業員; 連結子会社を含む; 連結従業員数; 単体従業員数"
            "; グループ全体; グループ従業員; 総従業員数; 従業員総数; 連結ベース; 単体ベース; ベース"
            "; 期末残高; 残高; 同等物; 及び現金同等物; 繰越; 利益剰余金; 剰余金; 減価償却費; 減損; 評価; 広告宣伝費"
            "; 宣伝費; 人件費; 販管費; 販売費; 一般管理費; 売上原価; 営業外; 特別; 法人税等"
            "; 営業活動による; 投資活動による; 財務活動による; 自己株式; 自社株; 自己株式取得; 期末受注残高"
            "; 手持ち工事高; 契約; 契約額; 契約高; 受注額; 受注件数; 工事; 完成工事高; 新規; 発行済; 総数; 総還元性向"
            "; ダウンロード; ダウンロード数; 登録者数; 登録; 契約者数; 顧客; 顧客数; 会員; 有料会員; 利用者; 月間"
            "; 販売台数; 生産台数; 出荷台数; 納車; 台数; 件; 件数; 拠点; 工場; 建設; 建設する; 新工場; 設備増強; 増強"
            "; 資産合計; 負債合計; 純資産合計"
            "; 赤字; 黒字; 赤字幅; 黒字転換; 増収; 減収; 増益; 減益; 増収増益; 減収減益; 収益性; 生産; 輸送; 旅客; 乗客"
            "; 乗客数; 取扱; 貨物; 稼働率; 客室"
        ),
        company_ends=(
            "社",
            "グループ",
            "銀行",
            "ホールディングス",
            "電機",
            "工業",
            "自動車",
            "製作所",
            "製薬",
            "商事",
            "証券",
        ),
        free="により; によって; による; ため; ので; 背景に; 受けて; 受け; 伴い; おかげで; 牽引; 好調; 堅調; 主に",
        determiners="",
        verb_first="仮に; もし; 万一; たとえ; 仮定; 想定; もしも",
    ),
}
