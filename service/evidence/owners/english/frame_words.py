"""The words that leave an English number to what its sentence names, and the first word that is none of them."""

import re
from collections.abc import Container, Iterable
from typing import Final

from service.evidence.owners.look import WORDS_OF_MEASURES, Look
from service.evidence.reading.languages.en import (
    ABBREVIATIONS,
    BOUNDS,
    CENTS,
    CUT,
    DOWN,
    FRACTIONS,
    MONTHS,
    NAMES,
    ORDINALS,
    SCALES,
    TENS,
    TIMES_WORDS,
    UNITS,
    UP,
    vocabulary,
)
from service.evidence.subjects import stem

SPOKEN: Final = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
TIME: Final = MONTHS | vocabulary("""year years quarter quarters month months week weeks day days half halves period periods
    season fiscal financial calendar end close annual annually quarterly monthly weekly daily yearly year-end quarter-end
    month-end period-end year-ago year-earlier first-quarter second-quarter third-quarter fourth-quarter first-half second-half
    full-year half-year now then today currently yesterday recently already again date decade summer winter spring autumn night
    morning monday tuesday wednesday thursday friday saturday sunday christmas holiday prior previous preceding past last
    earlier latest next current ended ending times""")
FUNCTION: Final = vocabulary("""annum a an the this that these those its their our his her my all both each any some no such
    same own other another itself themselves onto it they we he she i you there which who whose what one ones of in on at to by
    for from with between among within over under about around above below up down out off as per than into through during
    across since until after before against versus vs via upon towards toward plus minus due owing including excluding and or
    but while whereas so yet nor because if when where though although was were is are be been being am has have had having do
    does did will would can could may might shall should must however meanwhile therefore moreover thus hence more less most
    least much many few fewer only just also even still well nearly almost approximately roughly exactly very quite rather too
    not net gross total p a.m b m bn k t x c""")
_NEGATING: Final = frozenset({"hardly", "scarcely"})
_NUMBERS: Final = (
    frozenset[str]().union(UNITS, TENS, SCALES, ABBREVIATIONS, FRACTIONS, ORDINALS, BOUNDS) - _NEGATING
)
_FOLDS: Final = {"fold", *(word for word in TIMES_WORDS if word.endswith("fold"))}  # "rose threefold to"
_UNITS: Final = vocabulary("""percent per percentage point points pct basis share shares penny franc francs crown crowns krone
    kroner krona real peso pesos bps billion-dollar million-dollar""").union(NAMES, CENTS)
# to be so much, and to become it
BEING: Final = vocabulary("""amounted amounts amount amounting totaled totalled totals totaling totalling came comes come coming
    stood stands stand standing reached reaches reach reaching hit hits hitting represented represents represent representing
    remained remains remain averaged averages average averaging numbered numbers equaled equalled equals equal corresponds
    corresponded exceeded exceeds exceed exceeding topped tops topping surpassed surpasses passed crossed approached
    approximated approximates ran runs running sat sits ended ends finished closed settled landed works worked approximated
    stayed stays kept keeps held holds holding steady unchanged stable flat measured valued priced set swung swing turned went
    goes gone moved moves proved became becomes doubled tripled quadrupled halved trebled translated translates comprised
    comprises comprising consist consisting included includes include consisted consists estimated recognized recognised carried
    carries resulted resulting setting deepened deepen deepens deepening mounted mounting slowed decelerated accelerated
    moderated normalized compared followed edged edges inched inches nudged nudges crept ticked sustained pegged ticks creeps
    creeping drifted drifts drifting edging beat beats beating missed misses missing""")
# to move up or down
MOVING: Final = (UP | DOWN | CUT) - vocabulary("""eroded erased erasing subtracted wiped wiping knocked surrendered ceded
    forfeited shaved shaving headwind dent drag""")
# to have and to tell of
HAVING: Final = vocabulary("""report reports reported reporting post posts posted posting record records recorded recording book
    books booked booking log logs logged earn earns earned earning generate generates generated generating make makes made
    making achieve achieves achieved achieving deliver delivers delivered delivering produce produces produced producing realize
    realized realised receive receives received receiving recognize recognizes recognized recognised recognizing incur incurs
    incurred incurring franchise franchises franchised pay pays paid paying spend spends spent spending invest invests invested
    investing cost costs costing hold holds held own owns owned control controls controlled command commands commanded operate
    operates operated operating employ employs employed employing run runs ran have serve serves served serving count counts
    counted counting boast boasts boasted use uses used list lists listed manage manages managed managing oversee oversees
    oversaw carry carries carried sell sells sold selling ship ships shipped shipping deliver build builds built make attract
    attracts attracted add adds added adding open opens opened opening close closes closed closing buy buys bought buying
    acquire acquires acquired acquiring raise raises raised raising borrow borrows borrowed owe owes owed issue issues issued
    issuing win wins won secure secures secured obtain obtained show shows showed shown showing see sees saw seen announce
    announces announced announcing declare declares declared declaring propose proposes proposed approve approves approved pay
    return returns returned repurchase repurchased give gives gave giving bring brings brought bringing get gets got take takes
    took taking taken given grown risen fallen driven begun signed signs sign ordered placed places place bagged bags landed
    lands inked sealed clinched wins lists accounted account accounts account put puts lift lifts lifted lead leads led swing
    post state states stated say says said disclose disclosed file filed guide guides guided forecast forecasts forecasted
    expect expects expected intend intends intended intending vow vows vowed pledge pledges pledged promise promises promised
    aim aims aimed aiming hope hopes hoped hoping project projects projected predict predicts predicted estimate estimates
    estimated anticipate anticipates anticipated plan plans planned target targets targeted hire hires hired enter entered
    complete completed agree agreed agrees offer offers offered value values valued valuing price priced pricing yield yields
    yielded commit commits committed charge charges charged write wrote written set sets impose imposed fine fined award awarded
    grant granted release released publish published contract contracted lose loses lost losing repay repaid repays retire
    retired redeemed save saves saved saving lay laid need needs require requires claim claims provide provides provided present
    presents presented contribute contributed register registered confirm confirmed upheld upholds keep keeps kept maintain
    maintains maintained house houses housed host hosts hosted support supports supported comprise download downloaded view
    viewed stream streamed produce mine mined refine refined transport transported fly flies flew process processed handle
    handled originate originated underwrite underwritten collect collected distribute distributed allocate allocated earmarked
    authorize authorized authorised authorizes target increase improve narrow widen exceed top surpass finish finished end ended
    eliminate eliminates eliminated create creates created creating part name names named train trains trained recommend
    recommends recommended enrolled gained gain attained attain attains shipped transferred borrowed compound compounded shut
    shuts shutter shutters shuttered shuttering shutting let lets letting told leading offset offsets offsetting equaling
    equalling managed manages begin begins began begun hand hands handed saddled rang ring rings racked notched chalked clocked
    put puts putting sink sinks sank plow plows plowed plough banked pocketed pulled raked hauled cleared scored squeezed eked
    laden burdened drew drawn drew lent lend lends proposing recommending declaring approving work works rely relies""")
# what a sum is the sum, the height, the record of
SUMS: Final = vocabulary("""total sum figure figures amount amounts number record high low average peak range level levels value
    values rate rates aggregate margin margins growth increase decrease change result results loss losses profit profits gain
    gains consideration price cost costs excess maximum minimum order region area balance capacity base count tally basis
    principal fair share dividend dividends charge charges expense expenses benefit benefits payment payments proceeds
    commitment commitments obligation obligations impairment impairments liability liabilities credit credits tax taxes
    investment investments compensation interest fee fees penalty penalties fine fines stake stakes package distribution
    capitalization capitalisation network fleet portfolio workforce headcount payroll membership staff customers users stores
    team estate footprint market outlook guidance forecast item items site source sources round contract contracts deal funding
    turnover coupon yield ratio offs""")
_ADJECTIVES: Final = vocabulary("""adjusted consolidated combined reported diluted basic restated audited unaudited underlying
    comparable organic statutory core pre-tax pretax after-tax operating recurring continuing strong stronger weak weaker solid
    robust healthy higher lower better worse highest lowest best worst largest biggest second-largest third-largest smallest
    slight slightly dramatic external blended larger smaller faster slower wider narrower sharp sharply steep modest small large
    big good bad new old full whole entire overall common ordinary preferred attributable allocable applicable related
    associated outstanding available final interim special regular non-cash one-time one-off exceptional negative positive gaap
    non-gaap long-term short-term constant currency currencies actual all-time global worldwide nationwide domestic foreign
    international local paying paid active premium year-on-year year-over-year quarterly-over-quarter sequential sequentially
    organically respectively combined weighted dilution preliminary ongoing employee underway like-for-like same-store
    expectations expectation estimates true pleased proud delighted happy centre center further additional ago once again
    analysts analyst economists receipts filing filings documents papers marketable tangible intangible federal civil criminal
    supreme sheet respective certain various world carrying corresponding based""")
BODIES: Final = vocabulary("""company group firm business bank board corporation concern partnership trust fund insurer lender
    retailer airline carrier chain brewer brewery miner builder developer operator producer manufacturer supplier distributor
    grocer giant conglomerate startup start-up utility broker publisher platform app network bank discounter exporter importer
    owner provider store hotelier steelmaker registrant issuer management shareholders holders stockholders owners plc directors
    director chief executive officer chairman president treasurer cooperative co-operative co-op cooperatives brewer distiller
    winery bakery exchange studio hotelier parent subsidiaries leader bidder regulator contractor biotech foundry studio club
    casino hospital university charity newspaper magazine broadcaster railway railroad airport port brokerage exchange
    marketplace mill smelter winery vineyard cinema consultancy agency laboratory pharmacy service start-up reit telco telecom
    refinery shipyard dairy cooperative label fintech unicorn supermarket""")
# who fines, orders, lends, buys and invests
PARTIES: Final = vocabulary("""regulator regulators court courts judge jury commission watchdog authority authorities officials
    official prosecutors government state ministry department agency navy army city tribunal panel arbitrator private equity
    hedge venture sovereign wealth family families founder founders investor investors activist pension buyer buyers backers
    lenders banks creditors consortium rival seller sellers data terms united unit arm lawsuit case claims ordered order orders
    ordering round seed plant ahead go tie-up gives struck strikes foundation competition antitrust privacy securities trade
    financial consumer health merger transaction""")
# words in "-er" and "-or" that are no firms
NO_AGENTS: Final = vocabulary("""auditor rival competitor peer supplier customer partner dealer buyer seller number order
    quarter power water paper matter user member consumer worker offer transfer other former latter major minor factor sector
    winter summer labor number further higher lower better larger greater smaller weaker stronger longer earlier later never
    ever over under after either neither whether together rather per neighbor neighbour employer contractor reorder disorder
    error center letter chapter driver shareholder stakeholder holder lever river tower trailer container computer server
    printer loser winner manager investor director borrower farmer doctor lawyer minister governor""")


def is_agent(word: str) -> bool:
    """Whether a word names a firm by what it makes or does: "transporter"."""
    return word.endswith(("er", "or")) and word not in NO_AGENTS


SAID: Final = vocabulary("""inform informs informed notified say says said saying report reports reported reporting announce
    announces announced show shows showed shown disclose discloses disclosed confirm confirms confirmed add adds added note
    notes noted state states stated reveal reveals revealed tell tells told expect expects expected estimate estimates estimated
    forecast forecasts predict predicts predicted project projects projected warn warns warned indicate indicates indicated
    explain explained write wrote calculate calculated declare declared determined agree agreed agrees guide guides guided
    anticipate anticipates anticipated believe believes provide provides provided see sees saw is was are were so found now
    given mean means meaning""")
# verbs of having and telling that are no nouns
TELLING: Final = (HAVING | SAID) - vocabulary("""report reports record records cost costs sales sale book books log logs list
    lists control controls use uses place places land bags lead open close value price file state plan plans target targets
    offer offers charge set award awards grant need needs claim claims present host support process profit show lift forecast
    forecasts estimate estimates project projects guide expected planned estimated proposed part name names works work given now
    mean was is are were so found based owned operated increase improve narrow top finish end""")
_PLAIN: Final = frozenset[str]().union(
    TIME, FUNCTION, SAID, _NUMBERS, _FOLDS, _UNITS, BEING, MOVING, HAVING, SUMS, _ADJECTIVES, BODIES, WORDS_OF_MEASURES
)  # fmt: skip

RESULTS: Final = frozenset(
    {"revenue", "profit", "cashflow", "orders", "backlog", "pershare", "growth", "dividend", "volume"}
)
VERBS: Final = (
    BEING | HAVING | MOVING | vocabulary("was were is are be been has have had will would can may")
) - vocabulary(
    "total average record share interest increase decrease gain charge cost costs estimated planned proposed"
)

# sums that somebody pays, lends or promises to somebody
DEALS: Final = vocabulary("deal stake fine buyback funding spend valuation subsidy charge debt")

_LONG: Final = 6  # letters that a verb and its noun have in common: "disposed" and "disposal"


def unknown(look: Look, words: Iterable[str], free: Container[str] = ()) -> str:
    """The first of the words that is of no known form, nor `free`; "" if all are."""
    for word in words:
        if word.lower() in free:
            continue
        small = word.lower().removesuffix("'s").removesuffix("’s")
        if not word.islower() or small in _PLAIN or (small.endswith("ly") and small not in _NEGATING):
            continue
        parts = re.split("[-'’]", small)
        if all(part in _PLAIN or len(part) < 2 or stem(part) in look.words for part in parts):
            continue
        is_verb = small.endswith("ed")  # "revenue funded a $90 million top-up"
        if (
            small.endswith("maker")
            or stem(small) in look.words
            or (len(small) > _LONG and any(own[:_LONG] == small[:_LONG] for own in look.words))
            or (stem(small) in WORDS_OF_MEASURES and not is_verb)
        ):
            continue
        return word
    return ""
