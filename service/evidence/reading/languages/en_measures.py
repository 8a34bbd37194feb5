"""What business texts measure, in English: revenue, profits, margins, debt and so on, and the words for each.

A name with a dot is a sort of what stands before the dot: `profit.net` and `profit` may be one, `profit.net` and
`profit.operating` are two. A phrase may stand for several.
"""

import re
from typing import Final


def _of_tax(side: str) -> str:
    """What is earned before or after tax: "profit after taxes"."""
    earned = ("profit", "profits", "income", "earnings", "loss", "losses", "result", "results", "surplus")
    taxes = ("tax", "taxes", "income tax", "income taxes", "taxation")
    return "".join(f"{one} {side} {tax}; net {one} {side} {tax}; " for one in earned for tax in taxes)


def _read(table: str) -> dict[str, str]:
    """What stands before the first colon of each row, and what behind it. Rows go on in lines that begin with spaces."""
    return dict(row.split(": ", 1) for row in re.sub(r"\n +", " ", table).strip().splitlines())


MEASURES: Final = _read("""
revenue: revenue; revenues; revs; sales; turned over; turns over; net sales; turnover; net revenue; net revenues; top line;
    topline; total revenue; total revenues; sales revenue; takings
arr: annual recurring revenue; annualized recurring revenue; annualised recurring revenue; arr
arpu: average revenue per user; average revenue per customer; arpu
deferred: deferred revenue; deferred revenues; unearned revenue; unearned revenues; contract liabilities; contract liability;
    contract with customer liability
cost: cost of revenue; cost of revenues; cost of sales; cost of goods sold; cost of products sold; operating expenses;
    operating expense; operating costs; opex; costs; cost growth; expenses; selling, general and administrative expenses; sg&a;
    general and administrative expenses; selling expenses; marketing expenses; administrative expenses
cost.rd: research and development; research and development expenses; research and development expense;
    research and development costs; r&d; r&d expenses; r&d spending; r&d expense
cost.sales: cost of revenue; cost of revenues; cost of sales; cost of goods sold; cost of products sold
cost.opex: operating expenses; operating expense; operating costs; opex
profit: profit; profits; earnings; income; loss; losses; result; results; earned; surplus
profit.net: net income; net profit; net profits; net earnings; net loss; net losses; net result; npat; after-tax profit;
    after tax profit; bottom line; profit for the year; profit for the period; pat; net loss and comprehensive loss;
    net income and comprehensive income; loss for the year; net income attributable; net deficit; net surplus
profit.operating: earnings before interest and tax; earnings before interest and taxes; profit before interest and tax;
    operating income; operating profit; operating profits; operating earnings; operating loss; operating losses;
    operating result; ebit; ebita; income from operations; profit from operations; loss from operations; trading profit
profit.ebitda: earnings before interest, tax, depreciation and amortisation;
    earnings before interest, taxes, depreciation and amortization; ebitda; core earnings; core profit
contractsales: contract sales; contracted sales
totalincome: total income; total income from operations
profit.ordinary: ordinary income; ordinary profit; ordinary profits; ordinary loss; recurring profit
profit.gross: gross profit; gross profits; gross loss
profit.pretax: pre-tax profit; pretax profit; pre-tax income; pretax income; pre-tax loss; pretax loss; pre-tax earnings;
    pretax earnings; pre tax profit
interestincome: interest income; investment income; rental income; dividend income; fee income
netinterestincome: net interest income; net rental income; net interest revenue
comprehensive: comprehensive income; other comprehensive income; comprehensive loss; other comprehensive loss
pershare.eps: earnings per share; eps; shr; net income per share; net earnings per share; diluted earnings per share;
    basic earnings per share; net loss per share; income per share; profit per share; loss per share; earnings a share
pershare.book: book value per share; book value; net asset value
pershare.dividend: dividend per share; dividends per share; dividend; dividends; payout; div
pershare.price: share price; stock price; share prices; stock prices
dividend: dividend; dividends; div; payout; payouts; dividend payments; dividends paid
buyback: share buyback; share buybacks; stock buyback; stock buybacks; buyback program; share buyback program; buyback;
    buybacks; buy-back; share repurchases; share repurchase; stock repurchases; bought back; repurchased; repurchase;
    repurchases; buy back; buys back; buying back; repurchasing
cashflow: cash flow; cash flows; cash generation; cash burn
cashflow.free: free cash flow; free cash flows; fcf
cashflow.operating: operating cash flow; operating cash flows; cash from operations; cash flow from operations;
    cash flow from operating activities; cash flows from operating activities; net cash provided by operating activities;
    cash provided by operating activities; cash from operating activities; cash generated by operating activities;
    net cash from operating activities; net cash generated by operating activities; net cash flows from operating activities;
    net cash flow from operating activities
cashflow.investing: cash used in investing activities; net cash used in investing activities;
    cash flow from investing activities
cashflow.financing: cash used in financing activities; net cash used in financing activities;
    cash flow from financing activities
cash: cash; cash equivalents; cash and cash equivalents; cash position; cash pile; cash balance; cash reserves; liquidity
debt: debt; total debt; borrowings; borrowing; indebtedness; loans; loan; notes; bonds; debentures; credit facility; note; bond
debt.net: net debt
loans: loans; loan book; loan portfolio
spend.capex: capital expenditure; capital expenditures; capex; capital spending; capital investment; capital investments;
    investment in property, plant and equipment; investments in property, plant and equipment;
    purchases of property and equipment; purchase of property and equipment; purchases of property, plant and equipment;
    purchase of property, plant and equipment; property, plant and equipment; property and equipment
spend.investment: invested; invests; invest; investment; investments; investing
spend: spent; spending; spend; expenditure; expenditures
tax: income tax; income taxes; tax provision; provision for taxes; tax benefit; taxes; tax expense; income tax expense; tax;
    tax charge; provision for income taxes; tax bill; income tax benefit; net income tax benefit; net income tax expense
uncertaintax: unrecognized tax benefits; unrecognised tax benefits; uncertain tax positions
interest: interest expense; interest costs; interest payments; interest charges; finance costs; interest
wages: wages; wage; salaries; payroll; pay; compensation; personnel expenses; staff costs; labour costs; labor costs; wage bill;
    remuneration
depreciation: depreciation; amortization; amortisation; depreciation and amortization; depreciation and amortisation
charge: impairment; impairments; impairment charge; impairment charges; write-down; writedown; write-downs; write-off; charge;
    charges; restructuring costs; restructuring charges; provision; provisions; severance costs; impairment loss;
    impairment losses
gain: gain; gains; one-time gain; capital gain; capital gains; windfall
fine: fine; fines; fined; penalty; penalties; damages; settlement; settlements
backlog: backlog; order backlog; order book; orderbook; remaining performance obligations; remaining performance obligation
orders: orders; order growth; order for; order intake; bookings; new orders; order inflow; orders received; new contracts;
    new contract value
assets: assets; total assets; asset base; under management
netassets: net assets
aum: assets under management; funds under management; client assets; under management
equity: shareholders' equity; stockholders' equity; shareholder equity; total equity; equity; book equity; shareholders equity
liabilities: liabilities; total liabilities
inventory: inventory; inventories; stocks of finished goods
receivables: receivables; receivable; accounts receivable; trade receivables
payables: payables; accounts payable; trade payables
goodwill: goodwill
intangibles: intangible assets; intangibles
valuation: market capitalisation; market capitalization; market value; market cap; valuation; enterprise value;
    values the company; valued the company; values it; valued it; valued at; values the group; equity value; is worth;
    was worth; valuing
shareprice: shares rose; shares fell; shares jumped; shares dropped; shares gained; shares lost; shares were up;
    shares were down; shares climbed; shares slid; shares surged; shares slipped; shares tumbled; shares plunged; shares closed;
    shares traded; shares trade; stock rose; stock fell; stock jumped; stock dropped; stock gained; stock lost; stock was up;
    stock was down; stock climbed; stock slid; stock surged; stock slipped; stock tumbled; stock plunged; stock closed;
    stock trades; stock traded; share price; stock price; shares are up; shares are down; stock is up; stock is down;
    shares ended; stock ended; shares added; shares rallied; stock rallied; shares soared; stock soared; shares opened;
    shares sank; stock sank; shares advanced; shares declined; stock declined; shares changed hands; shares, up; shares, down;
    stock, up; stock, down; shares up; shares down
target: price target; price targets; target price; target prices
fee: break-up fee; breakup fee; termination fee; management fee; licence fee; license fee
price: price; prices; pricing; average selling price; average selling prices; average price; average prices; asp; tariffs;
    fares; fees; fee
deal: total consideration; valued at; acquisition; acquired; acquisitions; takeover; takeover bid; purchase price; buyout;
    acquire; bid; offer; deal; contract; contracts; order for; grant; grants; loan agreement; donation; donated
funding: funding; financing; funding round; financing round; series a; series b; series c; series d; series e; seed round;
    round of funding; fundraising; initial public offering; ipo; convertible bond issue; share sale; rights issue
rent: rent; rents; rental; lease payments; lease cost; lease costs; leases
volume: volume; volumes; traffic; unit sales; units sold
volume.deliveries: shipments; deliveries; shipped; delivered; unit sales; units sold
volume.production: production; output; produced
volume.exports: exports
volume.imports: imports
margin: margin; margins; profitability
margin.gross: gross margin; gross margins; gross profit margin
margin.operating: operating margin; operating margins; ebit margin; operating profit margin
margin.ordinary: ordinary margin; ordinary income margin; ordinary profit margin
margin.ebitda: ebitda margin; ebitda margins
margin.net: net margin; net margins; net profit margin; net income margin; profit margin
margin.interest: net interest margin
share: market share; share of the market; of the market; market shares; share
voice: share of voice; share of wallet; mind share
stake: stake; stakes; ownership; ownership interest; owns; shareholding; holding; owned; voting rights; equity interest;
    free float
rate.tax: tax rate; income tax rate; effective income tax rate; effective tax rate; corporation tax; corporate tax rate
rate.interest: interest rate; interest rates; key rate; benchmark rate; main rate; lending rate; coupon; policy rate; base rate;
    annual rate; discount rate
rate.yield: yield; bond yield
rate.dividend: dividend yield
rate.unemployment: unemployment; unemployment rate; jobless rate
rate.inflation: inflation; inflation rate; consumer prices
rate.occupancy: occupancy; occupancy rate; utilisation; utilization; utilisation rate; utilization rate; load factor;
    capacity utilization; capacity utilisation
rate.vacancy: vacancy rate; vacancy; vacancies
rate.churn: churn; churn rate; attrition; attrition rate; turnover rate
rate.retention: retention; retention rate; net retention; net revenue retention
rate.return: return on equity; return on capital; return on assets; roe; roce; roic; return on invested capital;
    return on sales; total return; shareholder return
rate.growth: gdp; gdp growth; economic growth; economy
rate.default: default rate; defaults; delinquency rate; loan loss ratio; non-performing loan ratio
ratio.debt: debt-to-equity ratio; debt to equity ratio; debt ratio; gearing; leverage; loan-to-value ratio; leverage ratio
ratio.equity: equity ratio; capital ratio; tier 1 ratio; cet1 ratio; common equity tier 1 ratio; solvency ratio; cet1
ratio.cost: cost-income ratio; cost-to-income ratio; combined ratio; cost/income ratio; expense ratio; loss ratio
ratio.payout: payout ratio; dividend payout ratio
ratio.pe: price-earnings ratio; p/e ratio; price-to-earnings ratio; times earnings
savings: save; saves; saved; savings; saving; cost savings; synergies
setaside: set aside; sets aside; loan loss provisions; credit losses; loan losses
premiums: premiums; premium income; gross written premiums; written premiums
billings: billings; deferred billings
deposits: deposits; customer deposits
gmv: gross merchandise volume; gross merchandise value; gmv; payment volume; transaction volume
offer: offered; offers; bids
customers: user numbers; customer numbers; subscriber numbers; footfall; visitors
market: market; market size; addressable market; total addressable market; market volume
minority: minority interests; minority holders; minority shareholders; non-controlling interests; noncontrolling interests
growth.organic: organic growth; organic revenue growth; organic sales growth; organic sales; organic revenue; organic revenues;
    organic net sales; like-for-like growth
likeforlike: comparable sales; comparable store sales; comparable-store sales; comparable restaurant sales;
    comparable net sales; like-for-like growth; same-store sales; same store sales; like-for-like sales; like-for-like revenue;
    comparable revenue; comp sales; comps; comp growth; comp sales growth; comparable growth; same-store revenue;
    same-restaurant sales; same-store growth
repayment: debt payments; debt repayments; repayment; repayments; repaid; debt service
subsidy: subsidies; subsidy; state aid; tax credits; aid
""")
MEASURES["profit.net"] = _of_tax("after") + MEASURES["profit.net"]
MEASURES["profit.pretax"] = _of_tax("before") + MEASURES["profit.pretax"]

# what somebody did with a sum of money, behind what the sum may then be: "bought Orbis for $800 million" tells no revenue
ACTS: Final = _read("""
deal price spend buyback stake: buy buys bought buying purchased purchases purchasing acquiring acquires
deal price shareprice stake pershare.price: sell sells sold selling
deal price spend dividend wages tax interest fine cost charge rent repayment buyback debt pershare.dividend pershare.price
    subsidy setaside: pay pays paid paying
funding: raise raises raised raising
cost price deal charge spend fine: cost costs costing
cashflow cash: burn burns burned burnt burning
price fine pershare.price deal: priced charge charged
debt deal: borrow borrows borrowed borrowing owe owes owed
deal funding orders subsidy fine dividend price pershare.price pershare.dividend backlog: receive receives received receiving
    win wins winning got
revenue profit orders deposits charge price: took takes taking brought brings bringing grossed grosses
revenue profit pershare.eps gain spend deal: made makes making
pershare.eps: reported reports posted posts guides guided see sees expect expects expected predict predicts predicted forecast
    forecasts projected anticipate anticipates anticipated range ranges delivered
dividend buyback: return returned returns returning
deal price pershare.price shareprice: offer offers offered offering bid bids bidding
pershare.eps profit: lost loses lose losing
spend deal: put puts putting sink sinks sank plow plows plowed pour pours poured pouring plough ploughs ploughed commit commits
    committed contribute contributes contributed
valuation deal: value values valued valuing
aum assets: manages managed managing
deal subsidy: give gives gave giving donates donating
setaside charge spend: earmarked earmarks
rate.occupancy: ran runs running operated operating
revenue: grew grown growing expanded shrank shrunk
""")
