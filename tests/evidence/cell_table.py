"""Tables as they stand in filings, and facts that their cells support or not.

A table is written in lines: `# ` is a paragraph above it, other lines are rows with cells between bars. `^3` behind a cell spans
three columns, `_2` two rows, and `!` makes it a head (`th`). A case names its cell by words in order, the last of which are
quoted: "International > Net sales > 50" quotes the first "50" behind the first "Net sales" behind "International".
`quantity`, `period` and `dimensions` are as in `pair_table`.
"""

import re
from collections.abc import Sequence
from functools import cache
from html import escape
from typing import Final, NamedTuple

from service.core.citations import Evidence, TextQuote, Verdict
from service.core.kinds.metric import MetricValue
from service.core.passages import resolve
from service.core.sources import Snapshot, snapshot
from service.evidence import check as evidence
from tests.evidence.pair_table import Pair


class CellCase(NamedTuple):
    """A fact and the cell that is cited for it."""

    table: str
    at: str
    quantity: str
    subject: str
    period: str
    verdict: Verdict
    dimensions: tuple[str, ...] = ()

    def found(self) -> Evidence:
        """What the service finds."""
        archived, language = _archived(self.table)
        pair = Pair(
            "",
            "",
            "",
            self.quantity,
            self.subject,
            self.verdict,
            period=self.period,
            dimensions=self.dimensions,
        )
        start = 0
        *before, quote = self.at.split(" > ")
        for words in before:
            start = archived.text.index(words, start) + len(words)
        start = archived.text.index(quote, start)
        _, passage = resolve(TextQuote(exact=quote, start=start), archived.text, public=True)
        about = pair.about()._replace(names=["Acme Corp."])
        return evidence.check(MetricValue(quantity=pair.asked()), passage, about, language, archived)


_CELL: Final = re.compile(r"(?P<text>.*?)(?P<head>!)?(?:\^(?P<columns>\d+))?(?:_(?P<rows>\d+))?$", re.DOTALL)


def page(lines: str, language: str = "en") -> str:
    """The HTML of a table, or of several with paragraphs between them."""
    made: list[str] = [f'<html lang="{language}"><body><p>Acme Corp. reports its figures.</p>']
    is_open = False
    for line in lines.strip().split("\n"):
        if line.startswith("# "):
            made += ["</table>"] * is_open + [f"<p>{escape(line[2:])}</p>"]
            is_open = False
            continue
        made += ["<table>"] * (not is_open) + ["<tr>", *map(_cell, line.split("|")), "</tr>"]
        is_open = True
    return "".join([*made, "</table>" * is_open, "<p>See the notes.</p></body></html>"])


def _cell(written: str) -> str:
    found = _CELL.match(written.strip())
    assert found is not None
    tag = "th" if found["head"] else "td"
    spans = "".join(
        f' {name}="{found[group]}"'
        for name, group in (("colspan", "columns"), ("rowspan", "rows"))
        if found[group]
    )
    return f"<{tag}{spans}>{escape(found['text'].strip())}</{tag}>"


@cache
def _archived(name: str) -> tuple[Snapshot, str]:
    language, _, lines = TABLES[name].partition(":")
    return snapshot(page(lines, language).encode(), "text/html"), language


TABLES: Final[dict[str, str]] = {
    "income": """en:
# CONSOLIDATED STATEMENTS OF OPERATIONS
 |Year Ended December 31,^9
(In thousands, except per share data)|2024^3|2023^3|2022^3
Revenue:
Products|$|120,400||$|110,300||$|101,250|
Services|72,786^2||69,614^2||66,100^2|
Total revenue|193,186^2||179,914^2||167,350^2|
Cost of revenue:
Products|70,120^2||66,010^2||61,800^2|
Services|20,440^2||19,900^2||19,020^2|
Total cost of revenue|90,560^2||85,910^2||80,820^2|
Gross profit|102,626^2||94,004^2||86,530^2|
Operating expenses:
Research and development|31,000^2||29,500^2||27,300^2|
Restructuring charges|1,204^2||—^2||350^2|
Total operating expenses|85,204^2||80,500^2||72,650^2|
Operating income|17,422^2||13,504^2||13,880^2|
Other income (expense), net|(1,150|)||(980|)||310^2|
Net income (loss)|$|12,872||$|(9,524|)|$|11,090|
Net income (loss) per share:
Basic|$|1.31||$|(0.97|)|$|1.13|
Diluted|$|1.28||$|(0.97|)|$|1.10|
Weighted average shares outstanding, diluted|10,056^2||9,818^2||10,082^2|
""",
    "quarters": """en:
# Condensed Consolidated Statements of Income (Unaudited)
# (In millions)
 |Three Months Ended^2|Nine Months Ended^2
 |September 30,^2|September 30,^2
 |2024|2023|2024|2023
Net sales|$ 512|$ 478|$ 1,490|$ 1,402
Cost of sales|301|290|880|841
Gross margin|$ 211|$ 188|$ 610|$ 561
Net loss|$ (14)|$ (9)|$ (31)|$ (22)
Selling expenses|77|71|231|215
""",
    "changes": """en:
# The following table presents net revenues by region (dollars in millions):
 |Year Ended June 30,^6|Percentage Change^4
 |2025^3|2024^3|2025 vs. 2024^2|
Americas|$|4,210||$|3,900||8|%
Europe|1,980^2||2,090^2||(5|)%
Asia Pacific|1,015^2||880^2||15|%
Total net revenues|$|7,205||$|6,870||5|%
""",
    "two": """en:
# Results of operations
(in millions)|2024|2023|Change|% Change|% of revenue
Revenue|$ 830|$ 760|$ 70|9%|100%
Operating expenses|640|610|30|5%|77%
Operating income|190|150|40|27%|23%
""",
    "notes": """en:
# Consolidated balance sheet
 |Note|31 December 2024|31 December 2023
 ||€m|€m
Intangible assets|11|1,240|1,310
Inventories|14|655|702
Trade receivables|15|812|790
Cash and cash equivalents|17|430|388
Total assets||3,137|3,190
Borrowings|19|905|960
Total equity||1,480|1,455
""",
    "segments": """en:
# Segment information (in millions):
 |Year Ended December 31,^3
 |2022|2023|2024
North America
Net sales|$ 315,880|$ 352,828|$ 387,497
Operating expenses|318,727|337,951|362,530
Operating income (loss)|$ (2,847)|$ 14,877|$ 24,967
International
Net sales|$ 118,007|$ 131,200|$ 142,906
Operating expenses|125,753|133,856|139,114
Operating income (loss)|$ (7,746)|$ (2,656)|$ 3,792
Consolidated
Net sales|$ 433,887|$ 484,028|$ 530,403
Operating expenses|444,480|471,807|501,644
Operating income (loss)|$ (10,593)|$ 12,221|$ 28,759
""",
    "across": """en:
# For the year ended December 31, 2024 (in thousands)
 |Cloud|Devices|Corporate|Total
Revenue|$ 41,200|$ 18,900|$ —|$ 60,100
Operating income|9,300|1,250|(2,400)|8,150
""",
    "years": """en:
# Five-year summary (in millions of dollars)
Fiscal year|Net sales!|Net income!|Capital expenditures!
2022|$5,100|$410|$220
2023|$5,480|$455|$260
2024|$5,930|$502|$275
""",
    "rowspan": """en:
Metric_2|Fiscal 2025^2|Fiscal 2024^2
Q1|Q2|Q1|Q2
Revenue ($ millions)|$120.5|$131.2|$101.0|$112.3
Gross margin (%)|41.5|42.0|39.8|40.1
Employees|2,310|2,405|2,110|2,190
""",
    "margins": """en:
# (in millions, except percentages)
 |2024^3|2023^3
Products gross margin|$|109,633||$|108,803|
Products gross margin percentage|37.2^2|%|36.5^2|%
Effective tax rate|24.1^2|%|14.7^2|%
Customer churn (%)|2.1^2||2.4^2|
""",
    "balance": """en:
# CONSOLIDATED BALANCE SHEETS
# (Dollars in thousands)
 |December 31,^4
 |2024^2|2023^2
Current assets:
Cash and cash equivalents|$|78,779|$|73,387
Total current assets|190,867^2|172,351^2
Long-term debt|52,623^2|58,314^2
Total assets|$|624,894|$|527,854
""",
    "cash": """en:
# CONSOLIDATED STATEMENTS OF CASH FLOWS
(In millions)|2024|2023
Cash, beginning of year|$ 388|$ 402
Net cash provided by operating activities|905|870
Capital expenditures|(275)|(260)
Net cash used in investing activities|(310)|(245)
Cash, end of year|$ 430|$ 388
""",
    "levels": """en:
# The table shows financial assets at fair value as of December 31, 2024 (in thousands):
 |Level 1|Level 2|Total
Money market funds|$ 28,282|$ —|$ 28,282
Corporate debt securities|—|13,400|13,400
Total|$ 28,282|$ 13,400|$ 41,682
""",
    "mixed": """en:
# Selected data
 |2024|2023
Revenue (in millions)|$1,204.5|$1,130.2
Stores|1,410|1,388
Average revenue per store (in thousands)|$854.3|$814.3
""",
    "plain": """en:
# Executive pay
Name|2024|2023
Salaries paid|$1,250,000|$1,190,000
Bonuses paid|$310,500|$280,000
""",
    "de": """de:
# Konzern-Gewinn- und Verlustrechnung
in Mio. €|2024|2023|Veränderung in %
Umsatzerlöse|4.512,3|4.210,8|7,2
Materialaufwand|2.010,4|1.955,0|2,8
EBIT|512,7|430,1|19,2
Konzernergebnis|301,5|-45,2|–
Ergebnis je Aktie (in €)|2,15|-0,32|–
""",
    "tsd": """de:
# Segmentberichterstattung
in Tsd. €|01.01.–31.12.2024|01.01.–31.12.2023
Umsatzerlöse|58.210|54.900
Eigenkapital|31.417|29.006
""",
    "fr": """fr:
# Compte de résultat consolidé
(en millions d'euros)|Exercice 2024|Exercice 2023
Chiffre d'affaires|12 480,5|11 902,3
Résultat opérationnel|1 310|1 204
Résultat net|(215)|640
""",
    "es": """es:
# Cuenta de resultados
(en miles de euros)|2024|2023
Ingresos|845.320|801.115
Beneficio neto|62.410|58.002
""",
    "ja": """ja:
# 連結損益計算書
# （単位：百万円）
科目|2024年3月期|2023年3月期
売上高|1,254,300|1,198,700
営業利益|98,450|△12,300
""",
    "zh": """zh:
# 合并利润表
# 单位:百万元
项目|2024年|2023年
营业收入|84,210|79,600
净利润|6,320|5,905
""",
    "untrusted": """en:
# (In thousands)
Revenue|$|500|$|480
Net income|$|40|$|38
""",
    "half": """en:
# Six months ended June 30, 2025 and 2024 (in thousands)
 |2025|2024
Revenue|$ 61,300|$ 57,100
Operating income|5,210|4,870
""",
    "sections": """en:
# (In millions)
 |2024|2023
Net income attributable to:
Shareholders of Acme Corp.|$ 88|$ 79
Noncontrolling interests|4|3
Europe:
Revenue|$ 410|$ 395
Headcount|1,200|1,150
Adjusted operating income|$ 120|$ 111
Deferred revenue|65|61
""",
    "nested": """en:
# The following table summarizes our results (in thousands, except percentages):
 |Three Months Ended March 31,^4|Change^4
 |2025^2|2024^2|$^2|%^2
Subscription revenue|$|88,410|$|76,200|$|12,210|16|%
Services revenue|9,310^2|8,905^2|405^2|5|%
Total revenue|$|97,720|$|85,105|$|12,615|15|%
Cost of revenue, excluding depreciation|31,004^2|27,880^2|3,124^2|11|%
Interest income|1,410^2|1,120^2|290^2|26|%
""",
    "gaap": """en:
# Reconciliation for the year ended December 31, 2024 (in millions)
 |GAAP|Adjustments|Non-GAAP
Operating income|$ 410|$ 65|$ 475
Net income|301|48|349
""",
    "outlook": """en:
# Outlook for fiscal 2026 (in millions)
 |Low|High
Revenue|$ 1,200|$ 1,260
""",
    "proforma": """en:
# Unaudited pro forma results (in millions)
 |2024|2023
Revenue|$ 2,210|$ 2,105
""",
    "spans": """en:
# Regional data (in millions)
Region!|Measure!|2024!|2023!
Europe_2|Revenue|$ 410|$ 395
Operating income|55|49
Asia_2|Revenue|$ 220|$ 201
Operating income|31|28
All regions_2|Revenue|$ 630|$ 596
Operating income|86|77
""",
    "yearrows": """en:
# Quarterly net sales (in millions)
 |Net sales|Net income
2024^3
First quarter|$ 310|$ 21
Second quarter|330|25
2023^3
First quarter|$ 290|$ 18
Second quarter|305|20
""",
    "peers": """en:
# Comparison for 2024 (in millions)
 |Acme Corp.|Beta Inc.|Gamma plc
Revenue|$ 630|$ 912|$ 455
Operating margin|13.7%|15.1%|9.9%
""",
    "ratios": """en:
# (in millions)
 |2024|2023
Revenue|$ 630|$ 596
Gross profit|252|226
As a percentage of revenue:
Gross profit|40.0%|37.9%
Operating income|13.7%|12.9%
""",
    "mixedtime": """en:
# Selected financial data (in millions)
 |Year Ended December 31,^2|As of December 31,^2
 |2024|2023|2024|2023
Cloud|$ 410|$ 395|$ 1,880|$ 1,790
Total|$ 630|$ 596|$ 2,940|$ 2,760
""",
    "notes2": """en:
# Debt consisted of the following (in millions):
 |December 31, 2024|December 31, 2023
4.25% Senior notes due 2029|$ 500|$ 500
Term loan|220|260
Total debt|720|760
Less: current portion|(45)|(40)
Long-term debt|$ 675|$ 720
""",
    "cc": """en:
# Revenue (in millions)
 |Q2 2025|Q2 2024|Reported growth|Constant currency growth
Total revenue|$ 165|$ 150|10%|12%
""",
    "unnamed": """en:
# (in millions)
 |2024|2023
Products|$ 400|$ 380
Services|230|216
 |$ 630|$ 596
""",
    "restated": """en:
# (in millions)
 |2023 As previously reported|Adjustment|2023 As restated
Revenue|$ 600|$ (4)|$ 596
""",
    "shares": """en:
# (dollars in millions, shares in thousands)
 |2024|2023
Net income|$ 301|$ 280
Diluted shares|104,220|103,900
Diluted earnings per share|$ 2.89|$ 2.69
""",
    "halbjahr": """de:
# Konzernzahlen
Mio. EUR|1. Halbjahr 2025|1. Halbjahr 2024|Veränderung
Umsatz|1.204,6|1.150,2|4,7 %
davon Ausland|702,1|690,4|1,7 %
Operatives Ergebnis|101,3|98,7|2,6 %
Bereinigtes EBIT|120,4|110,0|9,5 %
""",
    "bilan": """fr:
# Bilan consolidé
(en milliers d'euros)|31 décembre 2024|31 décembre 2023
Trésorerie|41 250|38 900
Dette nette|120 300|131 700
Total des capitaux propres|310 400|295 100
""",
    "dek": """de:
# Bilanz
TEUR|31.12.2024|31.12.2023
Eigenkapital|31.417|29.006
Vorräte|8.205|7.990
""",
    "guid": """en:
# Employees by region at December 31, 2024
Region|Employees
Europe|4,120
Asia|2,300
Total|6,420
""",
    "opex": """en:
# (in thousands)
 |2024|2023
Revenue|$ 5,000|$ 4,000
Loss from operations|(1,200)|(900)
Net loss|$ (1,350)|$ (1,010)
Net loss per share, basic and diluted|$ (0.45)|$ (0.36)
""",
    "cn": """zh:
# 主要财务数据
# 单位:亿元
项目|2024年|2023年|同比增减
营业收入|842.1|796.0|5.8%
扣除非经常性损益的净利润|60.1|55.2|8.9%
净利润|63.2|59.1|6.9%
""",
    "jpq": """ja:
# 四半期連結業績
# (百万円)
 |売上高|営業利益
2025年3月期第1四半期|301,200|22,100
2024年3月期第1四半期|290,400|20,800
""",
    "aws": """en:
# Information on reportable segments (in millions):
 |Year Ended December 31,^8
 |2022^4|2023^4
AWS
Net sales|$|80,096||^1|$|90,757|
Operating expenses|57,255^2||^1|66,126^2|
Operating income|$|22,841||^1|$|24,631|
Consolidated
Net sales|$|513,983||^1|$|574,785|
Operating income|$|12,248||^1|$|36,852|
""",
    "title": """en:
# Results of our Cloud segment for 2024 and 2023 (in millions)
 |2024|2023
Revenue|$ 410|$ 395
Operating income|$ 55|$ 49
""",
    "two_scales": """en:
# (In millions, except number of shares, which are reflected in thousands, and per-share amounts)
 |Years ended^4
 |September 28, 2024^2|September 30, 2023^2
Net sales:
Products|$|294,866|$|298,085
Services|96,169^2|85,200^2
Total net sales|391,035^2|383,285^2
Net income|$|93,736|$|96,995
Earnings per share:
Basic|$|6.11|$|6.16
Diluted|$|6.08|$|6.13
Shares used in computing earnings per share:
Basic|15,343,783^2|15,744,231^2
""",
    "kpi": """en:
# Key metrics
 |Q1 2025|Q4 2024|Q1 2024|Y/Y
Paid memberships (in millions)|301.6|296.1|269.6|12%
Revenue ($M)|$10,543|$10,247|$9,370|13%
Operating margin|31.7%|22.2%|28.1%|3.6 pts
Free cash flow ($M)|$2,661|$1,378|$2,137|25%
""",
    "bank": """en:
# (in millions)
 |2024|2023
Interest income|$ 9,100|$ 8,200
Interest expense|4,050|3,300
Net interest income|5,050|4,900
Provision for credit losses|410|380
Noninterest income|2,100|2,050
Income before taxes|3,900|3,750
Income tax expense|800|760
Net income|$ 3,100|$ 2,990
Net income available to common shareholders|$ 3,020|$ 2,910
""",
    "dividends": """en:
# Dividends
Quarter|High|Low|Dividends declared per share
First quarter 2024|$ 41.20|$ 36.10|$ 0.25
Second quarter 2024|43.15|38.00|0.27
""",
    "balance2": """en:
# CONSOLIDATED BALANCE SHEETS (In thousands)
 |December 31,^2
 |2024|2023
Liabilities and equity
Current liabilities:
Accounts payable|$ 4,100|$ 3,900
Deferred revenue|2,200|2,050
Total current liabilities|6,300|5,950
Long-term debt|9,000|9,500
Total liabilities|15,300|15,450
Total stockholders' equity|8,800|8,100
Total liabilities and stockholders' equity|$ 24,100|$ 23,550
""",
    "geo": """en:
# Net sales by geography (in millions):
 |2024|2023
United States|$ 438,015|$ 395,637
Germany|40,856|37,588
Rest of world|93,832|81,411
Total net sales|$ 637,959|$ 574,785
""",
    "units": """en:
# Production data
 |2024|2023
Vehicles delivered|1,789,226|1,808,581
Average selling price|$ 43,120|$ 45,900
Energy storage deployed (GWh)|31.4|14.7
""",
    "neg": """en:
# ($ in millions)
 |2024|2023
Operating loss|$ 210|$ 180
Net cash used in operating activities|95|80
Net cash (used in) provided by financing activities|(40)|120
Net debt|$ 1,205|$ 1,310
""",
    "fy": """en:
# ($ in millions, fiscal year ended January 31)
 |FY25|FY24
Total revenue|$ 8,446|$ 7,259
Non-GAAP operating income|2,186|1,741
""",
    "quart_stub": """en:
Three months ended June 30, (in thousands)|2025|2024
Net revenue|$ 61,300|$ 57,100
Operating income|5,210|4,870
""",
    "es2": """es:
# Balance de situación
(en millones de euros)|31/12/2024|31/12/2023
Patrimonio neto|1.204,5|1.150,2
Deuda financiera|402,1|433,0
""",
    "fr2": """fr:
# Comptes consolidés
(en M€)|S1 2025|S1 2024|Variation
Chiffre d'affaires|6 240,3|5 951,1|+4,9 %
dont International|3 100,0|2 950,0|+5,1 %
Résultat net part du groupe|410,2|388,7|+5,5 %
""",
    "zh2": """zh:
# 单位:千元
项目|2024年12月31日|2023年12月31日
总资产|84,210,000|79,600,000
净资产|31,005,000|29,870,000
""",
    "opinc": """en:
# Condensed consolidated statements of income
(In millions)|Three Months Ended June 30,^2|Six Months Ended June 30,^2
 |2025|2024|2025|2024
Net revenues:
Product|$ 1,204|$ 1,118|$ 2,377|$ 2,210
Service and other|402|377|795|741
Total net revenues|1,606|1,495|3,172|2,951
Costs and expenses:
Cost of product|610|588|1,214|1,170
Selling, general and administrative|410|398|812|790
Amortization of intangible assets|22|25|44|50
Total costs and expenses|1,042|1,011|2,070|2,010
Income from operations|564|484|1,102|941
Interest expense|(31)|(33)|(62)|(66)
Income before income taxes|533|451|1,040|875
Provision for income taxes|112|95|218|184
Net income|$ 421|$ 356|$ 822|$ 691
Net income attributable to noncontrolling interests|6|5|12|10
Net income attributable to Acme Corp.|$ 415|$ 351|$ 810|$ 681
""",
    "cust": """en:
# Customers (in thousands)
 |December 31, 2024|December 31, 2023
Postpaid customers|104,118|98,000
Prepaid customers|25,410|21,650
Total customers|129,528|119,650
""",
    "backlog": """en:
# Backlog by segment at year end (in billions)
 |2024|2023
Commercial Airplanes|$ 435.2|$ 440.5
Defense|64.0|59.2
Total backlog|$ 521.3|$ 520.2
Contractual backlog|$ 498.8|$ 497.1
""",
    "budget": """en:
# (in thousands)
 |Actual 2024|Budget 2024|Variance
Revenue|$ 5,010|$ 5,200|$ (190)
""",
    "pct": """en:
# The following table sets forth certain items as a percentage of net sales:
 |2024|2023
Net sales|100.0%|100.0%
Gross margin|33.4%|33.1%
Operating income|13.5%|14.2%
""",
    "memo": """en:
# Store data
 |Fiscal 2024|Fiscal 2023
Stores, beginning of year|2,335|2,322
Stores opened|12|13
Stores closed|—|—
Stores, end of year|2,347|2,335
Comparable sales change|(1.8)%|(3.2)%
""",
    "caption": """en:
Millions of dollars|2024|2023|2022
Total revenues|57,430|60,530|59,810
Rental income from affiliates|1,250|1,150|1,050
""",
    "trans": """en:
# Year ended December 31, 2024 compared to year ended December 31, 2023 (in millions)
 |2024|2023|$ Change|% Change
Subscription|$ 212|$ 180|$ 32|18%
Total revenue|$ 240|$ 210|$ 30|14%
""",
    "seg2": """en:
# (in millions)
For the year ended December 31, 2024|Retail|Wholesale|Eliminations|Total
Revenue|$ 510|$ 220|$ (30)|$ 700
For the year ended December 31, 2023|Retail|Wholesale|Eliminations|Total
Revenue|$ 480|$ 210|$ (25)|$ 665
""",
    "eur": """en:
# Financial highlights
€ million|2024|2023|Change in %
Revenue|4,512|4,210|7.2
EBITDA|812|770|5.5
EBITDA margin (in %)|18.0|18.3|
Earnings per share (in €)|2.15|1.98|8.6
Employees at year end|21,300|20,900|1.9
""",
    "dreg": """de:
# Umsatz nach Regionen
in Mio. €|2024|2023
Deutschland|1.204|1.150
Übriges Europa|2.010|1.955
Gesamt|3.214|3.105
""",
    "jp2": """ja:
# 連結業績（単位：億円）
 |2024年度|2023年度|増減率
売上収益|12,543|11,987|4.6%
営業利益|984|1,021|△3.6%
親会社の所有者に帰属する当期利益|702|688|2.0%
""",
    "frs": """fr:
# Information sectorielle (en millions d'euros)
 |2024|2023
Mode et Maroquinerie
Ventes|41 060|42 169
Total
Ventes|84 683|86 153
""",
    "highlights": """en:
# Financial Highlights
(In millions, except per share amounts, stores and employees)|Fiscal 2025|Fiscal 2024|Change
Net sales|$ 4,812|$ 4,503|6.9%
Operating income|$ 391|$ 402|(2.7)%
Operating margin|8.1%|8.9%|
Net earnings|$ 268|$ 281|(4.6)%
Diluted earnings per share (1)|$ 2.31|$ 2.38|(2.9)%
Number of stores at year-end|1,284|1,251|
Employees (full-time equivalents)|22,410|21,980|
Free cash flow (2)|$ (35)|$ 118|
""",
    "kpis": """en:
# Key operating metrics (in thousands, except percentages and where noted)
 |Q3 2025|Q2 2025|Q3 2024
Monthly active users|41,250|39,880|36,410
Paying subscribers|3,215|3,104|2,780
Net revenue retention|108%|107%|111%
Average revenue per user ($)|12.40|12.15|11.80
Revenue|$ 118,300|$ 112,040|$ 97,560
Headcount|1,402|1,377|1,290
""",
    "regional": """en:
# Net revenues and operating income by segment (dollars in thousands)
 |Three Months Ended June 30,^4|Six Months Ended June 30,^4
 |2025^2|2024^2|2025^2|2024^2
Net revenues:
Filtration|$|88,120|$|81,400|$|170,600|$|160,210
Pumps|41,950^2|44,310^2|83,470^2|87,900^2
Intersegment eliminations|(1,210)^2|(980)^2|(2,300)^2|(1,870)^2
Total net revenues|$|128,860|$|124,730|$|251,770|$|246,240
Operating income (loss):
Filtration|$|12,400|$|11,020|$|23,900|$|21,750
Pumps|(1,830)^2|1,260^2|(2,940)^2|2,310^2
Total operating income|$|10,570|$|12,280|$|20,960|$|24,060
""",
    "bs": """en:
# Acme Corp. and Subsidiaries
# CONDENSED CONSOLIDATED BALANCE SHEETS (unaudited; in millions)
 |September 30, 2025|December 31, 2024
ASSETS
Cash and cash equivalents|$ 612|$ 548
Accounts receivable, net|430|415
Inventories|377|402
Property, plant and equipment, net|1,905|1,870
Total assets|$ 4,190|$ 4,021
LIABILITIES AND EQUITY
Accounts payable|$ 288|$ 301
Long-term debt, less current portion|1,140|1,185
Total liabilities|2,205|2,190
Retained earnings (accumulated deficit)|(118)|(160)
Total stockholders' equity|1,985|1,831
""",
    "kennzahlen": """de:
# Kennzahlen des Konzerns
 |Einheit|2024|2023|Veränderung
Auftragseingang|Mio. €|1.482,6|1.390,2|+6,6 %
Umsatz|Mio. €|1.401,9|1.428,3|-1,8 %
EBITDA|Mio. €|188,4|201,0|-6,3 %
EBIT-Marge|%|8,7|9,4|
Mitarbeiter (31.12.)|Anzahl|7.214|7.390|-2,4 %
Dividende je Aktie|€|1,10|1,20|
""",
    "guv": """de:
# Gewinn- und Verlustrechnung für die Zeit vom 1. Januar bis 31. Dezember
 |Anhang|2024|2023
 ||T€|T€
Umsatzerlöse|(5)|84.213|79.877
Sonstige betriebliche Erträge|(6)|1.204|2.310
Personalaufwand|(8)|-31.009|-29.650
Betriebsergebnis||6.120|4.985
Jahresfehlbetrag/-überschuss||-412|1.077
""",
    "tanshin": """ja:
# 1．2025年3月期の連結業績（2024年4月1日～2025年3月31日）
# （百万円未満切捨て）
 |売上高^2|営業利益^2|経常利益^2|親会社株主に帰属する当期純利益^2
 |百万円|％|百万円|％|百万円|％|百万円|％
2025年3月期|84,312|5.2|6,980|12.4|7,204|10.1|4,815|8.8
2024年3月期|80,145|3.1|6,210|△4.0|6,543|△2.2|4,426|△7.5
""",
    "bsja": """ja:
# 連結貸借対照表
# (単位：千円)
 |前連結会計年度(2024年3月31日)|当連結会計年度(2025年3月31日)
資産の部
現金及び預金|4,120,355|4,870,112
商品|1,208,441|1,155,890
資産合計|18,402,310|19,115,027
負債の部
長期借入金|3,200,000|2,900,000
負債合計|9,880,123|9,912,400
純資産合計|8,522,187|9,202,627
""",
    "zhkey": """zh:
# 主要会计数据和财务指标
# 单位:元 币种:人民币
主要会计数据|2024年|2023年|本期比上年同期增减(%)
营业收入|3,482,115,904.22|3,120,448,190.75|11.59
归属于上市公司股东的净利润|228,640,118.30|251,003,377.91|-8.91
经营活动产生的现金流量净额|-40,227,310.05|312,880,447.12|-112.86
基本每股收益(元/股)|0.57|0.63|-9.52
加权平均净资产收益率(%)|7.82|9.14|减少1.32个百分点
""",
    "zhseg": """zh:
# 主营业务分行业情况
# 单位:万元
分行业|营业收入|营业成本|毛利率(%)|营业收入比上年增减(%)
装备制造|186,420|131,090|29.68|8.4
工程服务|74,310|61,205|17.63|-2.1
合计|260,730|192,295|26.25|5.2
""",
    "annual": """en:
# Five-Year Financial Summary
# (US$ in millions, except per share data and number of employees)
For the year ended December 31|2024|2023|2022
Sales and revenues|$64,809|$67,060|$59,427
Profit attributable to common shareholders|10,792|10,335|6,705
Profit per share, diluted|$22.05|$20.12|$12.64
Dividends declared per share|$5.53|$5.10|$4.71
Research and development expenses|2,107|2,108|1,814
Capital expenditures|1,988|1,597|1,296
Total debt|38,409|37,878|36,993
Average number of employees|112,900|113,200|109,100
""",
    "store": """en:
# Store activity
 |13 weeks ended^2|39 weeks ended^2
 |Nov. 1, 2025|Nov. 2, 2024|Nov. 1, 2025|Nov. 2, 2024
Stores open at beginning of period|1,190|1,152|1,171|1,133
Stores opened|22|18|47|41
Stores closed|(4)|(3)|(10)|(7)
Stores open at end of period|1,208|1,167|1,208|1,167
""",
    "uk": """en:
# Group income statement for the year ended 31 March 2025
 |Note|2025|2024
 ||£m|£m
Revenue|3|1,842.6|1,790.3
Cost of sales||(1,102.4)|(1,085.0)
Operating profit|4|211.8|198.7
Finance costs|6|(38.5)|(35.2)
Profit before tax||173.3|163.5
Tax|7|(43.0)|(40.1)
Profit for the year||130.3|123.4
Basic earnings per share (pence)|8|41.2|38.7
""",
    "lguid": """en:
# Fiscal 2026 guidance (dollars in millions)
 |Prior guidance|Current guidance
Revenue|$1,150 - $1,180|$1,170 - $1,200
Adjusted EBITDA|$210|$225
Capital expenditures|$95|$90
""",
    "seg": """en:
# Segment results (in millions)
 |Q2 2025|Q2 2024|% Change
Consumer
Net sales|$ 812.4|$ 790.1|3%
Segment profit|101.2|96.0|5%
Professional
Net sales|$ 344.0|$ 361.8|(5%)
Segment profit|29.7|40.3|(26%)
Total net sales|$ 1,156.4|$ 1,151.9|0%
Total segment profit|130.9|136.3|(4%)
""",
    "bilanz": """de:
# Konzernbilanz
AKTIVA|31.12.2024|31.12.2023
 |Mio. EUR|Mio. EUR
Immaterielle Vermögenswerte|412|398
Vorräte|288|305
Flüssige Mittel|174|151
Bilanzsumme|2.114|2.067
PASSIVA||
Eigenkapital|903|861
Finanzverbindlichkeiten|560|602
""",
    "quartal": """de:
# Konzernzahlen im Überblick
 |Q3 2025|Q3 2024|9M 2025|9M 2024
Umsatz (Mio. €)|318,4|301,2|941,0|905,7
EBIT (Mio. €)|27,9|30,4|80,2|88,8
EBIT-Marge (%)|8,8|10,1|8,5|9,8
Mitarbeiter zum Stichtag|4.812|4.690|4.812|4.690
""",
    "zhq": """zh:
# 合并利润表(未经审计)
# (人民币百万元,每股数据除外)
 |截至9月30日止三个月^2|截至9月30日止九个月^2
 |2025年|2024年|2025年|2024年
收入|18,420|16,905|53,117|49,230
毛利|7,812|7,004|22,480|20,310
期内利润|2,615|2,208|7,301|6,455
""",
    "jaseg": """ja:
# 報告セグメントごとの売上高及び利益（単位：百万円）
 |産業機械|電子部品|調整額|連結
売上高|41,200|28,310|△1,105|68,405
セグメント利益|4,980|2,115|△640|6,455
""",
    "jaq": """ja:
# 四半期連結損益計算書
# (単位:百万円)
 |前第2四半期連結累計期間(自 2024年4月1日 至 2024年9月30日)|当第2四半期連結累計期間(自 2025年4月1日 至 2025年9月30日)
売上高|50,412|53,990
売上原価|31,208|33,105
営業利益|4,120|3,876
親会社株主に帰属する四半期純利益|2,705|2,611
""",
    "ukhighlights": """en:
# Financial highlights
 |2024|2023|Change
Revenue (£m)|684.2|655.9|4.3%
Adjusted operating profit (£m)|78.3|70.1|11.7%
Basic earnings per share (p)|18.3|16.9|8.3%
Diluted earnings per share|17.9p|16.5p|8.5%
Dividend per share (in pence)|7.4|7.0|5.7%
Net debt (£m)|112.0|131.4|(14.8)%
""",
    "selected": """en:
# The table sets out selected data (in thousands of US dollars, except ratios and per share data).
 |Q4 2024|Q4 2023|FY 2024|FY 2023
Net interest income|84,112|80,003|330,441|315,202
Provision for credit losses|6,400|4,950|21,300|18,700
Net income|31,220|27,540|118,906|109,331
Diluted earnings per share|0.71|0.62|2.69|2.44
Net interest margin|3.41%|3.30%|3.37%|3.29%
""",
}

_V: Final[Verdict] = "verified"
_U: Final[Verdict] = "unsupported"

_ROWS: Final[Sequence[tuple[str, str, str, str, str, Verdict, *tuple[str, ...]]]] = [
    # an income statement in thousands, with "$" and ")" in cells of their own
    ("income", "Total revenue > 193,186", "193186000 USD", "revenue", "2024", _V),
    ("income", "Total revenue > 179,914", "179914000 USD", "revenue", "2023", _V),
    ("income", "Total revenue 193,186 179,914 167,350", "167350000 USD", "revenue", "2022", _V),
    ("income", "Total revenue > 193,186", "193186 USD", "revenue", "2024", _U),
    ("income", "Total revenue > 193,186", "193186000000 USD", "revenue", "2024", _U),
    ("income", "Total revenue > 193,186", "193186000 EUR", "revenue", "2024", _U),
    ("income", "Total revenue > 179,914", "179914000 USD", "revenue", "2024", _U),
    ("income", "Total revenue > 193,186", "193186000 USD", "revenue", "2024Q4", _U),
    ("income", "Total cost of revenue > 90,560", "90560000 USD", "revenue", "2024", _U),
    ("income", "Total cost of revenue > 90,560", "90560000 USD", "cost-of-revenue", "2024", _V),
    ("income", "Products > 120,400", "120400000 USD", "revenue", "2024", _V, "products"),
    ("income", "Products > 120,400", "120400000 USD", "revenue", "2024", _U),
    ("income", "Products > 120,400", "120400000 USD", "products-revenue", "2024", _V),
    ("income", "Cost of revenue > Products > 70,120", "70120000 USD", "revenue", "2024", _U, "products"),
    ("income", "Cost of revenue > Products > 70,120", "70120000 USD", "products-revenue", "2024", _U),
    (
        "income",
        "Cost of revenue > Services > 20,440",
        "20440000 USD",
        "cost-of-revenue",
        "2024",
        _V,
        "services",
    ),
    ("income", "Gross profit > 102,626", "102626000 USD", "gross-profit", "2024", _V),
    ("income", "Gross profit > 102,626", "102626000 USD", "operating-income", "2024", _U),
    (
        "income",
        "Research and development > 29,500",
        "29500000 USD",
        "research-and-development",
        "2023",
        _V,
    ),
    ("income", "Restructuring charges > 350", "350000 USD", "restructuring-charges", "2022", _V),
    ("income", "Restructuring charges > 350", "350000 USD", "restructuring-charges", "2023", _U),
    ("income", "Operating income > 13,504", "13504000 USD", "operating-income", "2023", _V),
    ("income", "Total operating expenses > 80,500", "80500000 USD", "operating-income", "2023", _U),
    ("income", "Net income (loss) > (9,524)", "-9524000 USD", "net-income", "2023", _V),
    ("income", "Net income (loss) > 9,524", "9524000 USD", "net-income", "2023", _U),
    ("income", "Net income (loss) > 11,090", "11090000 USD", "net-income", "2022", _V),
    (
        "income",
        "Net income (loss) per share > Diluted > 1.28",
        "1.28 USD/shares",
        "eps-diluted",
        "2024",
        _V,
    ),
    (
        "income",
        "Net income (loss) per share > Basic > 1.31",
        "1.31 USD/shares",
        "eps-diluted",
        "2024",
        _U,
    ),
    (
        "income",
        "Net income (loss) per share > Diluted > 1.28",
        "1280 USD/shares",
        "eps-diluted",
        "2024",
        _U,
    ),
    (
        "income",
        "Net income (loss) per share > Basic > (0.97)",
        "-0.97 USD/shares",
        "basic-eps",
        "2023",
        _V,
    ),
    ("income", "Net income (loss) per share > Diluted > 1.28", "1280 USD", "net-income", "2024", _U),
    # quarters beside nine months
    ("quarters", "Net sales > $ 512", "512000000 USD", "revenue", "2024Q3", _V),
    ("quarters", "Net sales > 478", "478000000 USD", "revenue", "2023Q3", _V),
    ("quarters", "Net sales > 1,490", "1490000000 USD", "revenue", "2024-01-01/2024-09-30", _V),
    ("quarters", "Net sales > 1,490", "1490000000 USD", "revenue", "2024Q3", _U),
    ("quarters", "Net sales > 512", "512000000 USD", "revenue", "2024", _U),
    ("quarters", "Gross margin > 211", "211000000 USD", "gross-profit", "2024Q3", _V),
    ("quarters", "Net loss > $ (14)", "-14000000 USD", "net-income", "2024Q3", _V),
    ("quarters", "Net loss > $ (14)", "14000000 USD", "net-income", "2024Q3", _U),
    ("quarters", "Net loss > $ (14)", "14000000 USD", "net-loss", "2024Q3", _V),
    ("quarters", "Cost of sales > 301", "301000000 USD", "revenue", "2024Q3", _U),
    # columns that tell a change, or a part
    ("changes", "Total net revenues > 7,205", "7205000000 USD", "revenue", "2024-07-01/2025-06-30", _V),
    ("changes", "Total net revenues > 6,870", "6870000000 USD", "revenue", "2024-07-01/2025-06-30", _U),
    ("changes", "Europe > 1,980", "1980000000 USD", "revenue", "2024-07-01/2025-06-30", _V, "europe"),
    ("changes", "Europe > 1,980", "1980000000 USD", "revenue", "2024-07-01/2025-06-30", _U),
    ("changes", "Europe > 1,980", "1980000000 USD", "revenue", "2024-07-01/2025-06-30", _U, "americas"),
    ("changes", "Total net revenues > 5 %", "5 percent", "revenue-growth", "2024-07-01/2025-06-30", _V),
    ("changes", "Europe > (5)%", "-5 percent", "revenue-growth", "2024-07-01/2025-06-30", _V, "europe"),
    ("changes", "Europe > (5)%", "5 percent", "revenue-growth", "2024-07-01/2025-06-30", _U, "europe"),
    ("changes", "Total net revenues > 5 %", "5 percent", "market-share", "2024-07-01/2025-06-30", _U),
    ("two", "Revenue > $ 830", "830000000 USD", "revenue", "2024", _V),
    ("two", "Revenue > $ 70", "70000000 USD", "revenue", "2024", _U),
    ("two", "Revenue > 9%", "9 percent", "revenue-growth", "2024", _V),
    ("two", "Revenue > 9%", "9 percent", "revenue-growth", "2023", _U),
    ("two", "Operating income > 27%", "27 percent", "operating-margin", "2024", _U),
    ("two", "Operating income > 23%", "23 percent", "operating-income-growth", "2024", _U),
    ("two", "Operating income > 190", "190000000 USD", "operating-income", "2024", _V),
    ("two", "Operating income > 190", "190000 USD", "operating-income", "2024", _U),
    # a column of notes
    ("notes", "Inventories > 655", "655000000 EUR", "inventory", "2024-12-31", _V),
    ("notes", "Inventories > 14", "14000000 EUR", "inventory", "2024-12-31", _U),
    ("notes", "Inventories > 702", "702000000 EUR", "inventory", "2024-12-31", _U),
    ("notes", "Cash and cash equivalents > 388", "388000000 EUR", "cash", "2023-12-31", _V),
    ("notes", "Borrowings > 905", "905000000 USD", "debt", "2024-12-31", _U),
    ("notes", "Total equity > 1,480", "1480000000 EUR", "equity", "2024-12-31", _V),
    ("notes", "Total assets > 3,137", "3137000000 EUR", "equity", "2024-12-31", _U),
    # rows under a section
    ("segments", "Consolidated > Net sales > 530,403", "530403000000 USD", "revenue", "2024", _V),
    ("segments", "North America > Net sales > 387,497", "387497000000 USD", "revenue", "2024", _U),
    (
        "segments",
        "North America > Net sales > 387,497",
        "387497000000 USD",
        "revenue",
        "2024",
        _V,
        "north-america",
    ),
    (
        "segments",
        "International > Net sales > 142,906",
        "142906000000 USD",
        "revenue",
        "2024",
        _U,
        "north-america",
    ),
    (
        "segments",
        "International > Operating income (loss) > (2,656)",
        "-2656000000 USD",
        "operating-income",
        "2023",
        _V,
        "international",
    ),
    (
        "segments",
        "Consolidated > Operating income (loss) > 12,221",
        "12221000000 USD",
        "operating-income",
        "2023",
        _V,
    ),
    ("segments", "Consolidated > Net sales > 530,403", "530403000000 USD", "revenue", "2022", _U),
    ("sections", "Europe > Revenue > 410", "410000000 USD", "revenue", "2024", _U),
    (
        "sections",
        "Net income attributable to > Shareholders of Acme Corp. > 88",
        "88000000 USD",
        "net-income",
        "2024",
        _V,
    ),
    ("sections", "Noncontrolling interests > 4", "4000000 USD", "net-income", "2024", _U),
    ("sections", "Adjusted operating income > 120", "120000000 USD", "operating-income", "2024", _U),
    ("sections", "Deferred revenue > 65", "65000000 USD", "revenue", "2024", _U),
    # segments in columns
    ("across", "Revenue > 60,100", "60100000 USD", "revenue", "2024", _V),
    ("across", "Revenue > 41,200", "41200000 USD", "revenue", "2024", _U),
    ("across", "Revenue > 41,200", "41200000 USD", "cloud-revenue", "2024", _V),
    ("across", "Revenue > 18,900", "18900000 USD", "cloud-revenue", "2024", _U),
    ("across", "Operating income > (2,400)", "-2400000 USD", "operating-income", "2024", _U),
    ("across", "Revenue > 60,100", "60100000 USD", "revenue", "2023", _U),
    (
        "levels",
        "Money market funds > Total > 28,282",
        "28282000 USD",
        "financial-assets",
        "2024-12-31",
        _U,
    ),
    # years in rows
    ("years", "2024 > 5,930", "5930000000 USD", "revenue", "2024", _V),
    ("years", "2024 > 502", "502000000 USD", "net-income", "2024", _V),
    ("years", "2023 > 5,480", "5480000000 USD", "revenue", "2024", _U),
    ("years", "2024 > 502", "502000000 USD", "revenue", "2024", _U),
    ("years", "2022 > 220", "220000000 USD", "capital-expenditures", "2022", _V),
    # heads that span rows, units in the name of the row
    ("rowspan", "Revenue ($ millions) > 131.2", "131200000 USD", "revenue", "2025Q2", _V),
    ("rowspan", "Revenue ($ millions) > 131.2", "131200000 USD", "revenue", "2025Q1", _U),
    ("rowspan", "Revenue ($ millions) > 112.3", "112300000 USD", "revenue", "2025Q2", _U),
    ("rowspan", "Gross margin (%) > 42.0", "42 percent", "gross-margin", "2025Q2", _V),
    ("rowspan", "Employees > 2,405", "2405 employees", "employees", "2025Q2", _V),
    ("rowspan", "Employees > 2,310", "2310 employees", "employees", "2024Q1", _U),
    (
        "margins",
        "Products gross margin percentage > 37.2 %",
        "37.2 percent",
        "gross-margin",
        "2024",
        _V,
        "products",
    ),
    ("margins", "Products gross margin percentage > 37.2 %", "37.2 percent", "gross-margin", "2024", _U),
    ("margins", "Effective tax rate > 14.7 %", "14.7 percent", "effective-tax-rate", "2023", _V),
    ("margins", "Effective tax rate > 14.7 %", "14.7 percent", "effective-tax-rate", "2024", _U),
    ("margins", "Customer churn (%) > 2.1", "2.1 percent", "customer-churn", "2024", _V),
    (
        "margins",
        "Products gross margin > 109,633",
        "109633000000 USD",
        "gross-margin",
        "2024",
        _U,
        "services",
    ),
    ("balance", "Total assets > 624,894", "624894000 USD", "assets", "2024-12-31", _V),
    ("balance", "Total current assets > 190,867", "190867000 USD", "assets", "2024-12-31", _U),
    ("balance", "Long-term debt > 58,314", "58314000 USD", "long-term-debt", "2023-12-31", _V),
    ("balance", "Cash and cash equivalents > 78,779", "78779000 USD", "cash", "2023-12-31", _U),
    ("cash", "Cash, end of year > 430", "430000000 USD", "cash", "2024-12-31", _V),
    ("cash", "Cash, beginning of year > 388", "388000000 USD", "cash", "2024-12-31", _U),
    (
        "cash",
        "Net cash provided by operating activities > 905",
        "905000000 USD",
        "operating-cash-flow",
        "2024",
        _V,
    ),
    (
        "cash",
        "Net cash used in investing activities > (310)",
        "310000000 USD",
        "investing-cash-flow",
        "2024",
        _U,
    ),
    ("mixed", "Revenue (in millions) > 1,204.5", "1204500000 USD", "revenue", "2024", _V),
    ("mixed", "Average revenue per store (in thousands) > 854.3", "854300 USD", "revenue", "2024", _U),
    ("mixed", "Stores > 1,410", "1410 stores", "stores", "2024", _V),
    ("plain", "Salaries paid > $1,250,000", "1250000 USD", "salaries-paid", "2024", _V),
    ("plain", "Salaries paid > $1,190,000", "1190000 USD", "salaries", "2024", _U),
    ("plain", "Bonuses paid > $310,500", "310500 USD", "salaries", "2024", _U),
    ("half", "Revenue > 61,300", "61300000 USD", "revenue", "2025-01-01/2025-06-30", _V),
    ("half", "Revenue > 61,300", "61300000 USD", "revenue", "2025", _U),
    # other languages
    ("de", "Umsatzerlöse > 4.512,3", "4512300000 EUR", "revenue", "2024", _V),
    ("de", "Umsatzerlöse > 4.210,8", "4210800000 EUR", "revenue", "2024", _U),
    ("de", "Umsatzerlöse > 4.512,3", "4512.3 EUR", "revenue", "2024", _U),
    ("de", "Konzernergebnis > -45,2", "-45200000 EUR", "net-income", "2023", _V),
    ("de", "Materialaufwand > 2.010,4", "2010400000 EUR", "revenue", "2024", _U),
    ("de", "EBIT > 512,7", "512700000 EUR", "ebit", "2024", _V),
    ("de", "Ergebnis je Aktie (in €) > 2,15", "2.15 EUR/shares", "eps", "2024", _V),
    ("de", "Umsatzerlöse > 7,2", "7.2 percent", "market-share", "2024", _U),
    ("tsd", "Umsatzerlöse > 58.210", "58210000 EUR", "revenue", "2024", _V),
    ("tsd", "Umsatzerlöse > 58.210", "58210000000 EUR", "revenue", "2024", _U),
    ("tsd", "Eigenkapital > 31.417", "31417000 EUR", "revenue", "2024", _U),
    ("fr", "Chiffre d'affaires > 12 480,5", "12480500000 EUR", "revenue", "2024", _V),
    ("fr", "Résultat net > (215)", "-215000000 EUR", "net-income", "2024", _V),
    ("fr", "Résultat net > (215)", "215000000 EUR", "net-income", "2024", _U),
    ("fr", "Résultat opérationnel > 1 310", "1310000000 EUR", "revenue", "2024", _U),
    ("es", "Ingresos > 845.320", "845320000 EUR", "revenue", "2024", _V),
    ("es", "Beneficio neto > 58.002", "58002000 EUR", "net-income", "2024", _U),
    ("ja", "売上高 > 1,254,300", "1254300000000 JPY", "revenue", "2023-04-01/2024-03-31", _V),
    ("ja", "営業利益 > △12,300", "-12300000000 JPY", "operating-income", "2022-04-01/2023-03-31", _V),
    ("ja", "営業利益 > 98,450", "98450000000 JPY", "revenue", "2023-04-01/2024-03-31", _U),
    ("zh", "营业收入 > 84,210", "84210000000 CNY", "revenue", "2024", _V),
    ("zh", "净利润 > 6,320", "6320000000 CNY", "revenue", "2024", _U),
    ("zh", "营业收入 > 79,600", "79600000000 CNY", "revenue", "2024", _U),
    # no heads over the columns: as in a text
    ("untrusted", "Revenue > $ 500", "500000 USD", "revenue", "2024", _U),
    ("untrusted", "Revenue > $ 500", "500 USD", "revenue", "", _U),
    # written afresh after the rules of those above: none was falsely verified, five were missed
    ("nested", "Total revenue > 97,720", "97720000 USD", "revenue", "2025Q1", _V),
    ("nested", "Total revenue > 12,615", "12615000 USD", "revenue", "2025Q1", _U),
    ("nested", "Total revenue > 12,615", "12615000 USD", "revenue-growth", "2025Q1", _V),
    ("nested", "Total revenue > 15 %", "15 percent", "revenue-growth", "2025Q1", _V),
    ("nested", "Total revenue > 15 %", "15 percent", "revenue-growth", "2024Q1", _U),
    ("nested", "Subscription revenue > 88,410", "88410000 USD", "revenue", "2025Q1", _U),
    ("nested", "Subscription revenue > 88,410", "88410000 USD", "subscription-revenue", "2025Q1", _V),
    (
        "nested",
        "Cost of revenue, excluding depreciation > 31,004",
        "31004000 USD",
        "cost-of-revenue",
        "2025Q1",
        _U,
    ),
    ("nested", "Interest income > 1,410", "1410000 USD", "interest-expense", "2025Q1", _U),
    ("nested", "Total revenue > 97,720", "97720000 USD", "revenue", "2025", _U),
    ("gaap", "Operating income > 410", "410000000 USD", "operating-income", "2024", _V),
    ("gaap", "Operating income > 475", "475000000 USD", "operating-income", "2024", _U),
    ("gaap", "Operating income > 65", "65000000 USD", "operating-income", "2024", _U),
    ("outlook", "Revenue > 1,200", "1200000000 USD", "revenue", "2026", _U),
    ("outlook", "Revenue > 1,260", "1260000000 USD", "revenue", "2025", _U),
    ("proforma", "Revenue > 2,210", "2210000000 USD", "revenue", "2024", _U),
    ("spans", "Europe > Revenue > 410", "410000000 USD", "revenue", "2024", _U),
    ("spans", "Europe > Revenue > 410", "410000000 USD", "revenue", "2024", _V, "europe"),
    ("spans", "Europe > Operating income > 55", "55000000 USD", "operating-income", "2024", _U),
    ("spans", "Europe > Operating income > 49", "49000000 USD", "operating-income", "2023", _V, "europe"),
    ("spans", "All regions > Revenue > 630", "630000000 USD", "revenue", "2024", _V),
    ("yearrows", "2024 > First quarter > 310", "310000000 USD", "revenue", "2024Q1", _V),
    ("yearrows", "2023 > First quarter > 290", "290000000 USD", "revenue", "2024Q1", _U),
    ("yearrows", "2023 > First quarter > 290", "290000000 USD", "revenue", "2023Q1", _V),
    ("yearrows", "2024 > Second quarter > 25", "25000000 USD", "revenue", "2024Q2", _U),
    ("yearrows", "2024 > First quarter > 310", "310000000 USD", "revenue", "2024", _U),
    ("peers", "Revenue > 630", "630000000 USD", "revenue", "2024", _V),
    ("peers", "Revenue > 912", "912000000 USD", "revenue", "2024", _U),
    ("peers", "Operating margin > 13.7%", "13.7 percent", "operating-margin", "2024", _V),
    ("peers", "Operating margin > 9.9%", "9.9 percent", "operating-margin", "2024", _U),
    ("ratios", "Gross profit > 40.0%", "40 percent", "revenue-growth", "2024", _U),
    (
        "ratios",
        "As a percentage of revenue > Gross profit > 40.0%",
        "40 percent",
        "gross-profit-growth",
        "2024",
        _U,
    ),
    (
        "ratios",
        "As a percentage of revenue > Operating income > 13.7%",
        "13.7 percent",
        "market-share",
        "2024",
        _U,
    ),
    ("mixedtime", "Total > 630", "630000000 USD", "assets", "2024-12-31", _U),
    ("mixedtime", "Total > 2,940", "2940000000 USD", "revenue", "2024", _U),
    ("mixedtime", "Cloud > 410", "410000000 USD", "cloud-revenue", "2024", _U),
    ("notes2", "4.25% Senior notes due 2029 > 500", "500000000 USD", "debt", "2024-12-31", _U),
    ("notes2", "Total debt > 720", "720000000 USD", "debt", "2024-12-31", _V),
    ("notes2", "Long-term debt > 675", "675000000 USD", "long-term-debt", "2024-12-31", _V),
    ("notes2", "Long-term debt > 720", "720000000 USD", "long-term-debt", "2024-12-31", _U),
    ("notes2", "Less: current portion > (45)", "-45000000 USD", "debt", "2024-12-31", _U),
    ("cc", "Total revenue > 165", "165000000 USD", "revenue", "2025Q2", _V),
    ("cc", "Total revenue > 10%", "10 percent", "revenue-growth", "2025Q2", _V),
    ("cc", "Total revenue > 12%", "12 percent", "revenue-growth", "2025Q2", _U),
    ("unnamed", "230 > 216 > 630", "630000000 USD", "revenue", "2024", _U),
    ("restated", "Revenue > 600", "600000000 USD", "revenue", "2023", _U),
    ("restated", "Revenue > (4)", "-4000000 USD", "revenue", "2023", _U),
    ("shares", "Diluted earnings per share > 2.89", "2.89 USD/shares", "diluted-eps", "2024", _V),
    ("shares", "Net income > 301", "301000000 USD", "net-income", "2024", _V),
    ("shares", "Net income > 301", "301000 USD", "net-income", "2024", _U),
    ("shares", "Diluted shares > 104,220", "104220000000 shares", "diluted-shares", "2024", _U),
    ("halbjahr", "Umsatz > 1.204,6", "1204600000 EUR", "revenue", "2025-01-01/2025-06-30", _V),
    ("halbjahr", "Umsatz > 1.150,2", "1150200000 EUR", "revenue", "2025-01-01/2025-06-30", _U),
    ("halbjahr", "davon Ausland > 702,1", "702100000 EUR", "revenue", "2025-01-01/2025-06-30", _U),
    ("halbjahr", "Bereinigtes EBIT > 120,4", "120400000 EUR", "ebit", "2025-01-01/2025-06-30", _U),
    ("halbjahr", "Umsatz > 4,7 %", "4.7 percent", "revenue-growth", "2025-01-01/2025-06-30", _V),
    ("halbjahr", "Umsatz > 1.204,6", "1204600000 EUR", "revenue", "2025", _U),
    ("bilan", "Trésorerie > 41 250", "41250000 EUR", "cash", "2024-12-31", _V),
    ("bilan", "Dette nette > 120 300", "120300000 EUR", "debt", "2024-12-31", _U),
    ("bilan", "Trésorerie > 38 900", "38900000 EUR", "cash", "2024-12-31", _U),
    ("dek", "Eigenkapital > 31.417", "31417000 EUR", "equity", "2024-12-31", _V),
    ("dek", "Vorräte > 8.205", "8205000 EUR", "equity", "2024-12-31", _U),
    ("dek", "Eigenkapital > 31.417", "31417 EUR", "equity", "2024-12-31", _U),
    ("guid", "Total > 6,420", "6420 employees", "employees", "2024-12-31", _V),
    ("guid", "Europe > 4,120", "4120 employees", "employees", "2024-12-31", _U),
    ("guid", "Europe > 4,120", "4120 employees", "employees", "2024-12-31", _V, "europe"),
    ("opex", "Loss from operations > (1,200)", "-1200000 USD", "operating-income", "2024", _V),
    ("opex", "Net loss > (1,350)", "-1350000 USD", "net-income", "2024", _V),
    ("opex", "Net loss > (1,350)", "1350000 USD", "net-income", "2024", _U),
    ("opex", "Net loss per share, basic and diluted > (0.45)", "-0.45 USD/shares", "eps", "2024", _V),
    ("opex", "Net loss per share, basic and diluted > (0.45)", "0.45 USD/shares", "eps", "2024", _U),
    ("cn", "营业收入 > 842.1", "84210000000 CNY", "revenue", "2024", _V),
    ("cn", "营业收入 > 5.8%", "5.8 percent", "revenue-growth", "2024", _V),
    ("cn", "扣除非经常性损益的净利润 > 60.1", "6010000000 CNY", "net-income", "2024", _U),
    ("cn", "净利润 > 59.1", "5910000000 CNY", "net-income", "2024", _U),
    ("jpq", "2025年3月期第1四半期 > 301,200", "301200000000 JPY", "revenue", "2024-04-01/2025-03-31", _U),
    ("jpq", "2025年3月期第1四半期 > 22,100", "22100000000 JPY", "revenue", "2024-04-01/2024-06-30", _U),
    # the third set: two were falsely verified, three were missed
    ("aws", "AWS > Net sales > 90,757", "90757000000 USD", "revenue", "2023", _V, "aws"),
    ("aws", "AWS > Net sales > 90,757", "90757000000 USD", "revenue", "2023", _U),
    ("aws", "AWS > Operating income > 24,631", "24631000000 USD", "operating-income", "2023", _U),
    ("aws", "Consolidated > Operating income > 36,852", "36852000000 USD", "operating-income", "2023", _V),
    (
        "aws",
        "Consolidated > Operating income > 36,852",
        "36852000000 USD",
        "operating-income",
        "2023",
        _U,
        "aws",
    ),
    ("title", "Revenue > 410", "410000000 USD", "revenue", "2024", _U),
    ("title", "Revenue > 410", "410000000 USD", "revenue", "2024", _V, "cloud"),
    ("title", "Operating income > 49", "49000000 USD", "cloud-operating-income", "2023", _V),
    ("two_scales", "Total net sales > 391,035", "391035000000 USD", "revenue", "2023-10-01/2024-09-28", _V),
    ("two_scales", "Total net sales > 391,035", "391035000 USD", "revenue", "2023-10-01/2024-09-28", _U),
    ("two_scales", "Total net sales > 391,035", "391035000000 USD", "revenue", "2024", _U),
    (
        "two_scales",
        "Services > 96,169",
        "96169000000 USD",
        "revenue",
        "2023-10-01/2024-09-28",
        _V,
        "services",
    ),
    (
        "two_scales",
        "Earnings per share > Diluted > 6.08",
        "6.08 USD/shares",
        "eps-diluted",
        "2023-10-01/2024-09-28",
        _V,
    ),
    (
        "two_scales",
        "Earnings per share > Basic > 6.11",
        "6.11 USD/shares",
        "diluted-eps",
        "2023-10-01/2024-09-28",
        _U,
    ),
    (
        "two_scales",
        "computing earnings per share > Basic > 15,343,783",
        "15343783000000 USD",
        "net-income",
        "2023-10-01/2024-09-28",
        _U,
    ),
    ("kpi", "Revenue ($M) > 10,543", "10543000000 USD", "revenue", "2025Q1", _V),
    ("kpi", "Revenue ($M) > 10,247", "10247000000 USD", "revenue", "2025Q1", _U),
    (
        "kpi",
        "Paid memberships (in millions) > 301.6",
        "301600000 memberships",
        "paid-memberships",
        "2025Q1",
        _V,
    ),
    (
        "kpi",
        "Paid memberships (in millions) > 301.6",
        "301600000 memberships",
        "paid-memberships",
        "2024Q4",
        _U,
    ),
    ("kpi", "Operating margin > 31.7%", "31.7 percent", "operating-margin", "2025Q1", _V),
    ("kpi", "Operating margin > 28.1%", "28.1 percent", "operating-margin", "2025Q1", _U),
    ("kpi", "Free cash flow ($M) > 2,661", "2661000000 USD", "free-cash-flow", "2025Q1", _V),
    ("kpi", "Free cash flow ($M) > 2,661", "2661000000 USD", "operating-cash-flow", "2025Q1", _U),
    ("kpi", "Revenue ($M) > 13%", "13 percent", "revenue-growth", "2024Q4", _U),
    ("bank", "Net interest income > 5,050", "5050000000 USD", "net-interest-income", "2024", _V),
    ("bank", "Net interest income > 5,050", "5050000000 USD", "interest-income", "2024", _U),
    ("bank", "Interest income > 9,100", "9100000000 USD", "net-interest-income", "2024", _U),
    ("bank", "Interest expense > 4,050", "4050000000 USD", "interest-income", "2024", _U),
    ("bank", "Income before taxes > 3,900", "3900000000 USD", "net-income", "2024", _U),
    ("bank", "Income tax expense > 800", "800000000 USD", "income-tax-expense", "2024", _V),
    ("bank", "Noninterest income > 2,100", "2100000000 USD", "interest-income", "2024", _U),
    ("bank", "Net income > 3,100", "3100000000 USD", "net-income", "2024", _V),
    ("dividends", "First quarter 2024 > 0.25", "0.25 USD/shares", "dividends", "2024Q1", _V),
    ("dividends", "First quarter 2024 > 41.20", "41.20 USD/shares", "dividends", "2024Q1", _U),
    ("dividends", "Second quarter 2024 > 0.27", "0.27 USD/shares", "dividends", "2024Q1", _U),
    ("balance2", "Long-term debt > 9,000", "9000000 USD", "long-term-debt", "2024-12-31", _V),
    ("balance2", "Total liabilities > 15,300", "15300000 USD", "liabilities", "2024-12-31", _V),
    (
        "balance2",
        "Total liabilities and stockholders' equity > 24,100",
        "24100000 USD",
        "liabilities",
        "2024-12-31",
        _U,
    ),
    (
        "balance2",
        "Total liabilities and stockholders' equity > 24,100",
        "24100000 USD",
        "equity",
        "2024-12-31",
        _U,
    ),
    ("balance2", "Total stockholders' equity > 8,800", "8800000 USD", "equity", "2024-12-31", _V),
    ("balance2", "Total current liabilities > 6,300", "6300000 USD", "liabilities", "2024-12-31", _U),
    ("balance2", "Deferred revenue > 2,200", "2200000 USD", "revenue", "2024", _U),
    ("balance2", "Deferred revenue > 2,200", "2200000 USD", "deferred-revenue", "2024-12-31", _V),
    ("geo", "Germany > 40,856", "40856000000 USD", "revenue", "2024", _U),
    ("geo", "Germany > 40,856", "40856000000 USD", "revenue", "2024", _V, "germany"),
    ("geo", "Total net sales > 637,959", "637959000000 USD", "revenue", "2024", _V),
    ("geo", "United States > 438,015", "438015000000 USD", "revenue", "2024", _U),
    ("geo", "Rest of world > 93,832", "93832000000 USD", "revenue", "2024", _U),
    ("units", "Vehicles delivered > 1,789,226", "1789226 vehicles", "vehicle-deliveries", "2024", _V),
    ("units", "Vehicles delivered > 1,808,581", "1808581 vehicles", "vehicle-deliveries", "2024", _U),
    ("units", "Average selling price > 43,120", "43120 USD", "average-selling-price", "2024", _V),
    ("units", "Average selling price > 43,120", "43120 USD", "revenue", "2024", _U),
    ("neg", "Operating loss > 210", "-210000000 USD", "operating-income", "2024", _V),
    ("neg", "Operating loss > 210", "210000000 USD", "operating-income", "2024", _U),
    ("neg", "Net cash used in operating activities > 95", "95000000 USD", "operating-cash-flow", "2024", _U),
    ("neg", "Net debt > 1,205", "1205000000 USD", "net-debt", "2024", _V),
    ("neg", "Net debt > 1,205", "1205000000 USD", "debt", "2024", _U),
    ("fy", "Total revenue > 8,446", "8446000000 USD", "revenue", "2024-02-01/2025-01-31", _V),
    (
        "fy",
        "Non-GAAP operating income > 2,186",
        "2186000000 USD",
        "operating-income",
        "2024-02-01/2025-01-31",
        _U,
    ),
    ("quart_stub", "Net revenue > 61,300", "61300000 USD", "revenue", "2025Q2", _V),
    ("quart_stub", "Net revenue > 61,300", "61300000 USD", "revenue", "2025", _U),
    ("es2", "Patrimonio neto > 1.204,5", "1204500000 EUR", "equity", "2024-12-31", _V),
    ("es2", "Deuda financiera > 402,1", "402100000 EUR", "equity", "2024-12-31", _U),
    ("fr2", "Chiffre d'affaires > 6 240,3", "6240300000 EUR", "revenue", "2025-01-01/2025-06-30", _V),
    ("fr2", "dont International > 3 100,0", "3100000000 EUR", "revenue", "2025-01-01/2025-06-30", _U),
    (
        "fr2",
        "Résultat net part du groupe > 388,7",
        "388700000 EUR",
        "net-income",
        "2025-01-01/2025-06-30",
        _U,
    ),
    ("zh2", "总资产 > 84,210,000", "84210000000 CNY", "assets", "2024-12-31", _V),
    ("zh2", "净资产 > 31,005,000", "31005000000 CNY", "assets", "2024-12-31", _U),
    # the fourth set: none was falsely verified, four were missed
    ("opinc", "Total net revenues > 1,606", "1606000000 USD", "revenue", "2025Q2", _V),
    ("opinc", "Total net revenues > 3,172", "3172000000 USD", "revenue", "2025-01-01/2025-06-30", _V),
    ("opinc", "Total net revenues > 3,172", "3172000000 USD", "revenue", "2025Q2", _U),
    ("opinc", "Total costs and expenses > 1,042", "1042000000 USD", "revenue", "2025Q2", _U),
    ("opinc", "Income from operations > 564", "564000000 USD", "operating-income", "2025Q2", _V),
    ("opinc", "Income before income taxes > 533", "533000000 USD", "net-income", "2025Q2", _U),
    ("opinc", "Income before income taxes > 533", "533000000 USD", "operating-income", "2025Q2", _U),
    ("opinc", "Net income > 421", "421000000 USD", "net-income", "2025Q2", _V),
    ("opinc", "noncontrolling interests > 6", "6000000 USD", "net-income", "2025Q2", _U),
    ("opinc", "Net income attributable to Acme Corp. > 415", "415000000 USD", "net-income", "2025Q2", _V),
    (
        "opinc",
        "Selling, general and administrative > 410",
        "410000000 USD",
        "operating-expenses",
        "2025Q2",
        _U,
    ),
    (
        "opinc",
        "Selling, general and administrative > 410",
        "410000000 USD",
        "selling-general-and-administrative-expenses",
        "2025Q2",
        _V,
    ),
    ("opinc", "Amortization of intangible assets > 22", "22000000 USD", "intangible-assets", "2025Q2", _U),
    ("opinc", "Provision for income taxes > 112", "112000000 USD", "income-tax-expense", "2025Q2", _V),
    ("opinc", "Cost of product > 610", "610000000 USD", "revenue", "2025Q2", _U, "product"),
    ("opinc", "Product > 1,204", "1204000000 USD", "revenue", "2025Q2", _V, "product"),
    ("opinc", "Service and other > 402", "402000000 USD", "revenue", "2025Q2", _U, "product"),
    ("opinc", "Net income > 356", "356000000 USD", "net-income", "2025Q2", _U),
    ("cust", "Total customers > 129,528", "129528000 customers", "customers", "2024-12-31", _V),
    ("cust", "Total customers > 129,528", "129528 customers", "customers", "2024-12-31", _U),
    ("cust", "Prepaid customers > 25,410", "25410000 customers", "customers", "2024-12-31", _U),
    ("backlog", "Total backlog > 521.3", "521300000000 USD", "backlog", "2024-12-31", _V),
    ("backlog", "Contractual backlog > 498.8", "498800000000 USD", "backlog", "2024-12-31", _U),
    ("backlog", "Commercial Airplanes > 435.2", "435200000000 USD", "backlog", "2024-12-31", _U),
    ("budget", "Revenue > 5,010", "5010000 USD", "revenue", "2024", _V),
    ("budget", "Revenue > 5,200", "5200000 USD", "revenue", "2024", _U),
    ("budget", "Revenue > (190)", "-190000 USD", "revenue", "2024", _U),
    ("pct", "Operating income > 13.5%", "13.5 percent", "operating-income-growth", "2024", _U),
    ("pct", "Gross margin > 33.4%", "33.4 percent", "gross-margin", "2024", _V),
    ("pct", "Net sales > 100.0%", "100 percent", "market-share", "2024", _U),
    ("memo", "Stores, end of year > 2,347", "2347 stores", "stores", "2024", _V),
    ("memo", "Stores, beginning of year > 2,335", "2335 stores", "stores", "2024", _U),
    ("memo", "Stores opened > 12", "12 stores", "stores", "2024", _U),
    ("memo", "Comparable sales change > (1.8)%", "-1.8 percent", "comparable-sales-growth", "2024", _V),
    ("memo", "Comparable sales change > (1.8)%", "-1.8 percent", "revenue-growth", "2024", _U),
    ("caption", "Total revenues > 57,430", "57430000000 USD", "revenue", "2024", _V),
    ("caption", "Rental income from affiliates > 1,250", "1250000000 USD", "rental-income", "2024", _U),
    ("trans", "Total revenue > 240", "240000000 USD", "revenue", "2024", _V),
    ("trans", "Total revenue > 14%", "14 percent", "revenue-growth", "2024", _V),
    ("trans", "Subscription > 18%", "18 percent", "revenue-growth", "2024", _U),
    ("trans", "Total revenue > 210", "210000000 USD", "revenue", "2024", _U),
    ("seg2", "2024 > Revenue > 700", "700000000 USD", "revenue", "2024", _V),
    ("seg2", "2023 > Revenue > 665", "665000000 USD", "revenue", "2024", _U),
    ("seg2", "2023 > Revenue > 665", "665000000 USD", "revenue", "2023", _V),
    ("seg2", "2024 > Revenue > 510", "510000000 USD", "revenue", "2024", _U),
    ("seg2", "2024 > Revenue > (30)", "-30000000 USD", "revenue", "2024", _U),
    ("eur", "Revenue > 4,512", "4512000000 EUR", "revenue", "2024", _V),
    ("eur", "Revenue > 7.2", "7.2 percent", "revenue-growth", "2024", _V),
    ("eur", "EBITDA > 812", "812000000 EUR", "ebitda", "2024", _V),
    ("eur", "EBITDA margin (in %) > 18.0", "18 percent", "ebitda-margin", "2024", _V),
    ("eur", "EBITDA margin (in %) > 18.0", "18000000 EUR", "ebitda", "2024", _U),
    ("eur", "Earnings per share (in €) > 2.15", "2.15 EUR/shares", "eps", "2024", _V),
    ("eur", "Employees at year end > 21,300", "21300000000 EUR", "wages", "2024", _U),
    ("dreg", "Gesamt > 3.214", "3214000000 EUR", "revenue", "2024", _V),
    ("dreg", "Deutschland > 1.204", "1204000000 EUR", "revenue", "2024", _U),
    ("dreg", "Gesamt > 3.214", "3214 EUR", "revenue", "2024", _U),
    ("jp2", "売上収益 > 12,543", "1254300000000 JPY", "revenue", "2024-04-01/2025-03-31", _V),
    ("jp2", "営業利益 > △3.6%", "3.6 percent", "operating-income-growth", "2024-04-01/2025-03-31", _U),
    ("jp2", "営業利益 > 1,021", "102100000000 JPY", "operating-income", "2024-04-01/2025-03-31", _U),
    ("frs", "Total > Ventes > 84 683", "84683000000 EUR", "revenue", "2024", _V),
    ("frs", "Mode et Maroquinerie > Ventes > 41 060", "41060000000 EUR", "revenue", "2024", _U),
    ("highlights", "Net sales > 4,812", "4812000000 USD", "revenue", "2025", _V),
    ("highlights", "Net sales > 4,503", "4503000000 USD", "revenue", "2025", _U),
    ("highlights", "Net sales > 4,503", "4503000000 USD", "revenue", "2024", _V),
    ("highlights", "Net sales > 4,812", "4812 USD", "revenue", "2025", _U),
    ("highlights", "Operating margin > 8.1%", "8.1 percent", "operating-margin", "2025", _V),
    ("highlights", "Operating income > (2.7)%", "-2.7 percent", "operating-income-growth", "2025", _V),
    ("highlights", "Operating income > (2.7)%", "2.7 percent", "operating-income-growth", "2025", _U),
    ("highlights", "Diluted earnings per share > 2.31", "2.31 USD/shares", "eps", "2025", _V),
    ("highlights", "Diluted earnings per share > 2.31", "2310000 USD/shares", "eps", "2025", _U),
    ("highlights", "Number of stores > 1,284", "1284 stores", "stores", "2025", _V),
    ("highlights", "Number of stores > 1,284", "1284000000 stores", "stores", "2025", _U),
    ("highlights", "Number of stores > 1,251", "1251 stores", "stores", "2025", _U),
    ("highlights", "Employees > 22,410", "22410 employees", "employees", "2025", _V),
    ("highlights", "Free cash flow > (35)", "-35000000 USD", "free-cash-flow", "2025", _V),
    ("highlights", "Free cash flow > (35)", "35000000 USD", "free-cash-flow", "2025", _U),
    ("kpis", "Revenue > 118,300", "118300000 USD", "revenue", "2025Q3", _V),
    ("kpis", "Revenue > 112,040", "112040000 USD", "revenue", "2025Q3", _U),
    ("kpis", "Monthly active users > 41,250", "41250 users", "monthly-active-users", "2025Q3", _U),
    ("kpis", "Net revenue retention > 108%", "108 percent", "net-revenue-retention", "2025Q3", _V),
    ("kpis", "Net revenue retention > 111%", "111 percent", "net-revenue-retention", "2025Q3", _U),
    ("kpis", "Headcount > 1,402", "1402000 employees", "employees", "2025Q3", _U),
    ("regional", "Total net revenues > 128,860", "128860000 USD", "revenue", "2025Q2", _V),
    ("regional", "Total net revenues > 251,770", "251770000 USD", "revenue", "2025Q2", _U),
    ("regional", "Total net revenues > 124,730", "124730000 USD", "revenue", "2024Q2", _V),
    ("regional", "Net revenues: > Filtration > 88,120", "88120000 USD", "revenue", "2025Q2", _U),
    ("regional", "Net revenues: > Filtration > 88,120", "88120000 USD", "filtration-revenue", "2025Q2", _V),
    (
        "regional",
        "Operating income (loss): > Pumps > (1,830)",
        "-1830000 USD",
        "pumps-operating-income",
        "2025Q2",
        _V,
    ),
    (
        "regional",
        "Operating income (loss): > Pumps > (1,830)",
        "-1830000 USD",
        "operating-income",
        "2025Q2",
        _U,
    ),
    ("regional", "Total operating income > 10,570", "10570000 USD", "operating-income", "2025Q2", _V),
    ("regional", "Total operating income > 10,570", "10570000 USD", "revenue", "2025Q2", _U),
    ("bs", "Cash and cash equivalents > 612", "612000000 USD", "cash", "2025-09-30", _V),
    ("bs", "Cash and cash equivalents > 548", "548000000 USD", "cash", "2025-09-30", _U),
    ("bs", "Inventories > 377", "377000000 USD", "inventory", "2025-09-30", _V),
    ("bs", "Long-term debt > 1,140", "1140000000 USD", "long-term-debt", "2025-09-30", _V),
    ("bs", "Long-term debt > 1,140", "1140000000 USD", "total-liabilities", "2025-09-30", _U),
    ("bs", "Total assets > 4,190", "4190000000 USD", "total-assets", "2025-09-30", _V),
    ("bs", "Retained earnings > (118)", "118000000 USD", "retained-earnings", "2025-09-30", _U),
    ("bs", "Total stockholders > 1,985", "1985000000 USD", "equity", "2025-09-30", _V),
    ("kennzahlen", "Umsatz > 1.401,9", "1401900000 EUR", "revenue", "2024", _V),
    ("kennzahlen", "Umsatz > 1.428,3", "1428300000 EUR", "revenue", "2024", _U),
    ("kennzahlen", "Auftragseingang > 1.482,6", "1482600000 EUR", "order-intake", "2024", _V),
    ("kennzahlen", "EBIT-Marge > 8,7", "8.7 percent", "ebit-margin", "2024", _V),
    ("kennzahlen", "Mitarbeiter > 7.214", "7214 employees", "employees", "2024", _V),
    ("kennzahlen", "Mitarbeiter > 7.214", "7214000000 employees", "employees", "2024", _U),
    ("kennzahlen", "Dividende je Aktie > 1,10", "1.10 EUR/shares", "dividend", "2024", _V),
    ("kennzahlen", "Dividende je Aktie > 1,20", "1.20 EUR/shares", "dividend", "2024", _U),
    ("guv", "Umsatzerlöse > 84.213", "84213000 EUR", "revenue", "2024", _V),
    ("guv", "Umsatzerlöse > 84.213", "84213 EUR", "revenue", "2024", _U),
    ("guv", "Jahresfehlbetrag > -412", "-412000 EUR", "net-income", "2024", _V),
    ("guv", "Jahresfehlbetrag > 1.077", "1077000 EUR", "net-income", "2024", _U),
    ("tanshin", "％ > 2025年3月期 > 84,312", "84312000000 JPY", "revenue", "2024-04-01/2025-03-31", _V),
    ("tanshin", "％ > 2024年3月期 > 80,145", "80145000000 JPY", "revenue", "2024-04-01/2025-03-31", _U),
    (
        "tanshin",
        "％ > 2025年3月期 > 6,980",
        "6980000000 JPY",
        "operating-income",
        "2024-04-01/2025-03-31",
        _V,
    ),
    ("tanshin", "％ > 2025年3月期 > 6,980", "6980000000 JPY", "net-income", "2024-04-01/2025-03-31", _U),
    ("bsja", "資産合計 > 19,115,027", "19115027000 JPY", "total-assets", "2025-03-31", _V),
    ("bsja", "資産合計 > 18,402,310", "18402310000 JPY", "total-assets", "2025-03-31", _U),
    ("bsja", "純資産合計 > 9,202,627", "9202627000 JPY", "net-assets", "2025-03-31", _V),
    ("bsja", "商品 > 1,155,890", "1155890000 JPY", "total-assets", "2025-03-31", _U),
    ("zhkey", "营业收入 > 3,482,115,904.22", "3482115904.22 CNY", "revenue", "2024", _V),
    ("zhkey", "营业收入 > 3,120,448,190.75", "3120448190.75 CNY", "revenue", "2024", _U),
    ("zhkey", "营业收入 > 11.59", "11.59 percent", "revenue-growth", "2024", _V),
    ("zhkey", "净利润 > -8.91", "8.91 percent", "net-income-growth", "2024", _U),
    ("zhkey", "现金流量净额 > -40,227,310.05", "-40227310.05 CNY", "operating-cash-flow", "2024", _V),
    ("zhseg", "合计 > 260,730", "2607300000 CNY", "revenue", "", _V),
    ("zhseg", "装备制造 > 186,420", "1864200000 CNY", "revenue", "", _U),
    ("zhseg", "合计 > 26.25", "26.25 percent", "gross-margin", "", _V),
    ("zhseg", "工程服务 > 17.63", "17.63 percent", "gross-margin", "", _U),
    ("annual", "Sales and revenues > 64,809", "64809000000 USD", "revenue", "2024", _V),
    ("annual", "Sales and revenues > 67,060", "67060000000 USD", "revenue", "2024", _U),
    ("annual", "Profit attributable > 10,792", "10792000000 USD", "net-income", "2024", _V),
    ("annual", "Profit per share > 22.05", "22.05 USD/shares", "eps", "2024", _V),
    ("annual", "Profit per share > 20.12", "20.12 USD/shares", "eps", "2024", _U),
    ("annual", "Dividends declared > 5.53", "5.53 USD/shares", "dividend", "2024", _V),
    ("annual", "Research > 2,107", "2107000000 USD", "research-and-development-expense", "2024", _V),
    ("annual", "Capital expenditures > 1,988", "1988000000 USD", "capital-expenditure", "2024", _V),
    ("annual", "Total debt > 38,409", "38409000000 USD", "debt", "2024", _V),
    ("annual", "Average number > 112,900", "112900 employees", "employees", "2024", _U),
    ("annual", "Average number > 112,900", "112900000000 employees", "employees", "2024", _U),
    ("annual", "Capital expenditures > 1,988", "1988000000 USD", "debt", "2024", _U),
    ("store", "Stores open at end > 1,167", "1167 stores", "stores", "2025-11-01", _U),
    ("store", "Stores opened > 22", "22 stores", "stores", "2025-11-01", _U),
    ("store", "Stores open at beginning > 1,190", "1190 stores", "stores", "2025-11-01", _U),
    ("store", "Stores closed > (4)", "4 stores", "stores", "2025-11-01", _U),
    ("uk", "Revenue > 1,842.6", "1842600000 GBP", "revenue", "2024-04-01/2025-03-31", _V),
    ("uk", "Revenue > 1,790.3", "1790300000 GBP", "revenue", "2024-04-01/2025-03-31", _U),
    ("uk", "Operating profit > 211.8", "211800000 GBP", "operating-income", "2024-04-01/2025-03-31", _V),
    ("uk", "Profit before tax > 173.3", "173300000 GBP", "net-income", "2024-04-01/2025-03-31", _U),
    ("uk", "Profit before tax > 173.3", "173300000 GBP", "profit-before-tax", "2024-04-01/2025-03-31", _V),
    ("uk", "Profit for the year > 130.3", "130300000 GBP", "net-income", "2024-04-01/2025-03-31", _V),
    ("uk", "Basic earnings > 41.2", "41200000 GBP", "net-income", "2024-04-01/2025-03-31", _U),
    ("uk", "Revenue > 3", "3000000 GBP", "revenue", "2024-04-01/2025-03-31", _U),
    ("lguid", "Adjusted EBITDA > 210", "210000000 USD", "adjusted-ebitda-guidance", "2026", _U),
    ("lguid", "Capital expenditures > 95", "95000000 USD", "capital-expenditure", "2026", _U),
    ("seg", "Total net sales > 1,156.4", "1156400000 USD", "revenue", "2025Q2", _V),
    ("seg", "Total net sales > 1,151.9", "1151900000 USD", "revenue", "2025Q2", _U),
    ("seg", "Consumer > Net sales > 812.4", "812400000 USD", "revenue", "2025Q2", _U),
    ("seg", "Professional > Net sales > 344.0", "344000000 USD", "revenue", "2025Q2", _U),
    ("seg", "Professional > Net sales > (5%)", "-5 percent", "revenue-growth", "2025Q2", _U),
    ("seg", "Total segment profit > 130.9", "130900000 USD", "net-income", "2025Q2", _U),
    ("bilanz", "Bilanzsumme > 2.114", "2114000000 EUR", "total-assets", "2024-12-31", _V),
    ("bilanz", "Bilanzsumme > 2.067", "2067000000 EUR", "total-assets", "2024-12-31", _U),
    ("bilanz", "Vorräte > 288", "288000000 EUR", "inventory", "2024-12-31", _V),
    ("bilanz", "Eigenkapital > 903", "903000000 EUR", "equity", "2024-12-31", _V),
    ("bilanz", "Eigenkapital > 903", "903 EUR", "equity", "2024-12-31", _U),
    ("quartal", "Umsatz > 318,4", "318400000 EUR", "revenue", "2025Q3", _V),
    ("quartal", "Umsatz > 941,0", "941000000 EUR", "revenue", "2025Q3", _U),
    ("quartal", "EBIT > 27,9", "27900000 EUR", "ebit", "2025Q3", _V),
    ("quartal", "EBIT-Marge > 8,8", "8.8 percent", "ebit-margin", "2025Q3", _V),
    ("quartal", "EBIT-Marge > 8,8", "8800000 EUR", "ebit", "2025Q3", _U),
    ("quartal", "Mitarbeiter > 4.812", "4812 employees", "employees", "2025Q3", _V),
    ("quartal", "Mitarbeiter > 4.690", "4690 employees", "employees", "2025Q3", _U),
    ("zhq", "收入 > 18,420", "18420000000 CNY", "revenue", "2025Q3", _V),
    ("zhq", "收入 > 53,117", "53117000000 CNY", "revenue", "2025Q3", _U),
    ("zhq", "收入 > 16,905", "16905000000 CNY", "revenue", "2025Q3", _U),
    ("zhq", "期内利润 > 2,615", "2615000000 CNY", "net-income", "2025Q3", _V),
    ("zhq", "毛利 > 7,812", "7812000000 CNY", "gross-profit", "2025Q3", _V),
    ("jaseg", "売上高 > 68,405", "68405000000 JPY", "revenue", "", _V),
    ("jaseg", "売上高 > 41,200", "41200000000 JPY", "revenue", "", _U),
    ("jaseg", "売上高 > △1,105", "-1105000000 JPY", "revenue", "", _U),
    ("jaq", "売上高 > 53,990", "53990000000 JPY", "revenue", "2025-04-01/2025-09-30", _V),
    ("jaq", "売上高 > 50,412", "50412000000 JPY", "revenue", "2025-04-01/2025-09-30", _U),
    ("jaq", "営業利益 > 3,876", "3876000000 JPY", "operating-income", "2025-04-01/2025-09-30", _V),
    ("jaq", "売上原価 > 33,105", "33105000000 JPY", "revenue", "2025-04-01/2025-09-30", _U),
    ("jaq", "四半期純利益 > 2,611", "2611000000 JPY", "net-income", "2025-04-01/2025-09-30", _V),
    ("ukhighlights", "Basic earnings per share > 18.3", "0.183 GBP/shares", "eps", "2024", _V),
    ("ukhighlights", "Dividend per share > 7.0", "0.07 GBP/shares", "dividend", "2023", _V),
    ("ukhighlights", "Dividend per share > 7.4", "7.4 GBP/shares", "dividend", "2024", _U),
    ("ukhighlights", "Dividend per share > 7.4", "7400000 GBP", "dividend", "2024", _U),
    ("ukhighlights", "Basic earnings per share > 18.3", "0.183 USD/shares", "eps", "2024", _U),
    ("ukhighlights", "Diluted earnings per share > 17.9p", "0.179 GBP/shares", "diluted-eps", "2024", _V),
    ("ukhighlights", "Diluted earnings per share > 17.9p", "17.9 GBP/shares", "diluted-eps", "2024", _U),
    ("ukhighlights", "Diluted earnings per share > 16.5p", "0.165 GBP/shares", "diluted-eps", "2024", _U),
    ("ukhighlights", "Revenue > 4.3%", "4.3 percent", "revenue-growth", "2024", _V),
    ("ukhighlights", "Adjusted operating profit > 78.3", "78300000 GBP", "operating-income", "2024", _U),
    ("ukhighlights", "Net debt > (14.8)%", "14.8 percent", "net-debt-growth", "2024", _U),
    ("selected", "Net interest margin > 3.37%", "3.37 percent", "net-interest-margin", "2024", _V),
    ("selected", "Net income > 31,220", "31220000 USD", "net-income", "2024Q4", _V),
    ("selected", "Net income > 31,220", "31220000 USD", "net-income", "2024", _U),
    ("selected", "Diluted earnings per share > 2.69", "2.69 USD/shares", "eps", "2024", _V),
    ("selected", "Diluted earnings per share > 2.69", "2690 USD/shares", "eps", "2024", _U),
    ("selected", "Provision for credit losses > 21,300", "21300000 USD", "net-loss", "2024", _U),
]

CASES: Final[Sequence[CellCase]] = [
    CellCase(table, at, quantity, subject, period, verdict, dimensions)
    for table, at, quantity, subject, period, verdict, *others in _ROWS
    for dimensions in [tuple(others)]
]
