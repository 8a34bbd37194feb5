"""The vocabulary: numbers, scales, currencies, bounds, changes, ends of noun phrases."""

from typing import Final


def vocabulary(words: str) -> frozenset[str]:
    """The set of words in a string."""
    return frozenset(words.split())


def _listed(words: str) -> list[str]:
    return words.split()


UNITS: Final = {
    word: value
    for value, word in enumerate(
        _listed(
            "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen"
            " sixteen seventeen eighteen nineteen"
        )
    )
}
TENS: Final = {
    word: 10 * value
    for value, word in enumerate(_listed("twenty thirty forty fifty sixty seventy eighty ninety"), start=2)
}
ORDINALS: Final = {
    word: value
    for value, word in enumerate(
        _listed(
            "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth"
            " fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth"
        ),
        start=1,
    )
}
FRACTIONS: Final = {
    "half": 2, "halves": 2, "third": 3, "thirds": 3, "quarter": 4, "quarters": 4, "fourth": 4,
    "fourths": 4, "fifth": 5, "fifths": 5, "sixth": 6, "sixths": 6, "seventh": 7, "sevenths": 7,
    "eighth": 8, "eighths": 8, "ninth": 9, "ninths": 9, "tenth": 10, "tenths": 10,
}  # fmt: skip

# powers of ten; the words may follow a number anywhere
SCALES: Final = {
    "hundred": 2, "thousand": 3, "million": 6, "billion": 9, "trillion": 12, "quadrillion": 15,
    "lakh": 5, "lac": 5, "crore": 7,
    "lakhs": 5, "crores": 7, "thousands": 3, "millions": 6, "billions": 9, "trillions": 12,
    "milliard": 9, "milliards": 9,
}  # fmt: skip
# of these the plain ones need no currency; the others need one, or a noun (CURRENCY_ONLY: always one)
ABBREVIATIONS: Final = {
    "mn": 6, "mln": 6, "mio": 6, "bn": 9, "bln": 9, "mrd": 9, "tn": 12, "trn": 12, "trln": 12,
    "k": 3, "m": 6, "b": 9, "t": 12, "mm": 6, "cr": 7, "mil": 6, "bil": 9,
}  # fmt: skip
SHORT: Final = frozenset({"k", "m", "b", "cr", "mil", "bil"})
CURRENCY_ONLY: Final = frozenset({"t", "mm"})
CONTINENTAL: Final = frozenset({"mrd", "mio", "milliard", "milliards"})

# ISO 4217 codes read beside a number. ALL, TOP, CUP and the like are English words first.
CODES: Final = {
    code: code
    for code in vocabulary("""AED ARS AUD BDT BGN BHD BRL CAD CHF CLP CNH CNY COP CZK DKK EGP EUR GBP GHS HKD HUF IDR ILS INR
    ISK JOD JPY KES KRW KWD KZT LKR MAD MXN MYR NGN NOK NZD OMR PEN PHP PKR PLN QAR RON RSD RUB SAR SEK SGD THB TND TRY TWD UAH
    USD UZS VND ZAR EEK LTL LVL SKK HRK FRF DEM ITL ESP FIM NLG""")
} | {
    "RMB": "CNY", "Rmb": "CNY", "rmb": "CNY", "CNH": "CNY", "Rs": "INR", "Rp": "IDR", "RM": "MYR",
    "Fr": "CHF", "SFr": "CHF", "Sfr": "CHF", "Kč": "CZK", "zł": "PLN", "kr": "kr", "Kr": "kr",
}  # fmt: skip
SYMBOLS: Final = {
    "$": "$", "€": "EUR", "£": "GBP", "¥": "¥", "₹": "INR", "₩": "KRW", "₽": "RUB", "₺": "TRY", "₪": "ILS",
    "₫": "VND", "฿": "THB", "₱": "PHP", "₦": "NGN", "₴": "UAH", "₸": "KZT", "元": "CNY", "円": "JPY",
}  # fmt: skip
# countries before `$`, with one space or none
DOLLARS: Final = {
    "us": "USD", "u": "USD", "usd": "USD", "hk": "HKD", "c": "CAD", "ca": "CAD", "can": "CAD", "cad": "CAD",
    "cdn": "CAD", "a": "AUD", "au": "AUD", "aud": "AUD", "nz": "NZD", "s": "SGD", "sg": "SGD", "sgd": "SGD",
    "nt": "TWD", "twd": "TWD", "r": "BRL", "mx": "MXN", "hkd": "HKD", "nzd": "NZD", "cl": "CLP",
}  # fmt: skip
YENS: Final = {"cn": "CNY", "cny": "CNY", "rmb": "CNY", "jp": "JPY", "jpy": "JPY"}
NATIONS: Final = {
    "us": "USD", "u.s": "USD", "american": "USD", "canadian": "CAD", "australian": "AUD", "singapore": "SGD",
    "hongkong": "HKD", "newzealand": "NZD", "newtaiwan": "TWD", "taiwan": "TWD", "taiwanese": "TWD",
}  # fmt: skip
# as agencies write them: "40 mln eur", "a 12 mln dlr contract"
AGENCY_NAMES: Final = {"dlr": "$", "dlrs": "$", "eur": "EUR", "eurs": "EUR", "stg": "GBP", "skr": "SEK"}
# The last word of a currency's name; `$`, `¥` and `kr` name a family that context or the fact decides in.
NAMES: Final = {
    "dollar": "$", "dollars": "$", "buck": "$", "bucks": "$", "euro": "EUR", "euros": "EUR", "yen": "JPY",
    "yuan": "CNY", "renminbi": "CNY", "sterling": "GBP", "rupee": "INR", "rupees": "INR", "won": "KRW",
    "baht": "THB", "ringgit": "MYR", "rupiah": "IDR", "shekels": "ILS", "zloty": "PLN", "zlotys": "PLN",
    "reais": "BRL", "rand": "ZAR", "lira": "TRY", "liras": "TRY", "naira": "NGN", "rubles": "RUB",
    "roubles": "RUB", "ruble": "RUB", "rouble": "RUB", "pound": "GBP", "pounds": "GBP", "forint": "HUF",
    "hryvnia": "UAH", "hryvnias": "UAH", "dong": "VND", "kronor": "SEK", "lire": "ITL", **AGENCY_NAMES,
}  # fmt: skip
# currency names that need the country before them
NATIONAL: Final = {
    ("french", "francs"): "FRF", ("german", "marks"): "DEM", ("finnish", "markka"): "FIM", ("italian", "lire"): "ITL",
    ("swiss", "franc"): "CHF", ("swiss", "francs"): "CHF", ("danish", "krone"): "DKK",
    ("danish", "kroner"): "DKK", ("danish", "crowns"): "DKK", ("norwegian", "krone"): "NOK",
    ("norwegian", "kroner"): "NOK", ("norwegian", "crowns"): "NOK", ("swedish", "krona"): "SEK",
    ("swedish", "kronor"): "SEK", ("swedish", "crowns"): "SEK", ("czech", "crowns"): "CZK",
    ("czech", "koruna"): "CZK", ("chinese", "yuan"): "CNY", ("japanese", "yen"): "JPY",
    ("indian", "rupees"): "INR", ("indian", "rupee"): "INR", ("pakistani", "rupees"): "PKR",
    ("british", "pounds"): "GBP", ("korean", "won"): "KRW", ("mexican", "pesos"): "MXN",
    ("mexican", "peso"): "MXN", ("philippine", "pesos"): "PHP", ("philippine", "peso"): "PHP",
    ("chilean", "pesos"): "CLP", ("colombian", "pesos"): "COP", ("argentine", "pesos"): "ARS",
    ("saudi", "riyals"): "SAR", ("saudi", "riyal"): "SAR", ("qatari", "riyals"): "QAR",
    ("uae", "dirhams"): "AED", ("emirati", "dirhams"): "AED", ("israeli", "shekels"): "ILS",
    ("russian", "rubles"): "RUB", ("russian", "roubles"): "RUB", ("turkish", "lira"): "TRY",
    ("turkish", "liras"): "TRY", ("brazilian", "reais"): "BRL", ("brazilian", "real"): "BRL",
    ("thai", "baht"): "THB", ("malaysian", "ringgit"): "MYR", ("indonesian", "rupiah"): "IDR",
    ("polish", "zloty"): "PLN", ("polish", "zlotys"): "PLN", ("vietnamese", "dong"): "VND",
    ("african", "rand"): "ZAR", ("egyptian", "pounds"): "EGP", ("hungarian", "forint"): "HUF",
    ("nigerian", "naira"): "NGN", ("kuwaiti", "dinars"): "KWD", ("sri", "rupees"): "LKR",
}  # fmt: skip
CENTS: Final = {"cent": "$", "cents": "$", "ct": "$", "cts": "$", "¢": "$", "pence": "GBP", "paise": "INR"}

TIMES_WORDS: Final = {
    "doubled": 2, "doubling": 2, "doubles": 2, "twice": 2, "twofold": 2, "tripled": 3, "tripling": 3,
    "triples": 3, "trebled": 3, "trebling": 3, "thrice": 3, "threefold": 3, "quadrupled": 4,
    "quadrupling": 4, "quadruples": 4, "fourfold": 4, "quintupled": 5, "quintupling": 5, "fivefold": 5,
    "sextupled": 6, "sixfold": 6, "sevenfold": 7, "eightfold": 8, "ninefold": 9, "tenfold": 10,
    "twentyfold": 20, "hundredfold": 100,
}  # fmt: skip
# words after "three times" that make it a multiple rather than a frequency
COMPARED: Final = vocabulary("""as more higher faster larger bigger greater better cheaper the its their that what earnings
    sales revenue revenues ebitda ebit forward book annual expected current previous last""")
DIGITS_OF: Final = {"single": (1, 9), "double": (10, 99), "triple": (100, 999)}

PERIODS: Final = vocabulary("""quarter quarters year years month months week weeks day days period periods season seasons half
    halves quarterly annual yearly monthly weekly daily""")
PERIOD_KINDS: Final = frozenset({"fiscal", "financial", "reporting", "calendar", "full", "trading"})
CONSECUTIVE: Final = frozenset({"consecutive", "straight", "successive"})
TIME_UNITS: Final = vocabulary(
    "second minute hour day night week month quarter year decade annum seconds minutes hours"
)
PER_NOUNS: Final = (
    TIME_UNITS
    | vocabulary("""share ads adr unit barrel ton tonne ounce pound gallon litre liter kilo kilogram
    kg mwh kwh user head person piece customer token seat subscriber employee mile km kilometre kilometer acre vehicle""")
)
RATES: Final = {
    "annually": "year", "yearly": "year", "monthly": "month", "weekly": "week", "daily": "day",
    "hourly": "hour", "quarterly": "quarter",
}  # fmt: skip

MONTHS: Final = vocabulary("""january february march april may june july august september october november december jan feb mar
    apr jun jul aug sep sept oct nov dec""")
# a number after one of these words is a label: a place in a document, a version, a name
LABELS: Final = vocabulary("""section sections article articles chapter page pages p pp para paragraph note notes footnote table
    figure fig exhibit appendix annex schedule item items part volume vol issue no nos number version release step phase stage
    level tier layer grade class type category series model generation gen rule form line lines row column room suite floor gate
    route highway flight channel episode season round week day quarter q fy cy h fiscal year decade lot block unit building
    terminal track question option group zone area size scope euro basel agenda vision act law clause title code top id pillar
    age aged mark wave world agenda""")

# Bounds: words directly before a number. Longer ones win.
BOUNDS: Final[dict[str, str]] = {
    "over": "at_least", "above": "at_least", "exceeding": "at_least", "exceeds": "at_least",
    "exceeded": "at_least", "exceed": "at_least", "surpassing": "at_least", "surpassed": "at_least",
    "surpasses": "at_least", "surpass": "at_least", "topping": "at_least", "topped": "at_least",
    "tops": "at_least", "crossing": "at_least", "crossed": "at_least", "crosses": "at_least",
    "passed": "at_least", "beyond": "at_least", "past": "at_least", "minimum": "at_least", ">": "at_least",
    "≥": "at_least", "under": "at_most", "below": "at_most", "maximum": "at_most", "<": "at_most",
    "≤": "at_most", "about": "about", "around": "about", "approximately": "about", "approx": "about",
    "roughly": "about", "circa": "about", "ca": "about", "c": "about", "some": "about", "nearly": "about",
    "almost": "about", "approaching": "about", "approaches": "about", "approached": "about",
    "nearing": "about", "estimated": "about", "approximate": "about", "hardly": "about", "scarcely": "about",
    "barely": "about", "max": "at_most", "min": "at_least", "upto": "at_most", "sub": "at_most", "~": "about",
    "perhaps": "about", "virtually": "about", "practically": "about", "touching": "about",
    "pushing": "about",
}  # fmt: skip
THAN: Final = {
    "more": "at_least", "greater": "at_least", "higher": "at_least", "larger": "at_least",
    "bigger": "at_least", "better": "at_least", "less": "at_most", "fewer": "at_most", "lower": "at_most",
    "smaller": "at_most",
}  # fmt: skip
OF_BOUNDS: Final = {
    "excess": "at_least", "upwards": "at_least", "upward": "at_least", "north": "at_least", "min": "at_least",
    "minimum": "at_least", "floor": "at_least", "max": "at_most", "maximum": "at_most", "ceiling": "at_most",
    "cap": "at_most", "shy": "at_most", "short": "at_most", "south": "at_most", "region": "about",
    "order": "about", "neighborhood": "about", "neighbourhood": "about", "vicinity": "about",
    "whisker": "about", "verge": "about", "brink": "about", "cusp": "about", "distance": "about",
}  # fmt: skip
AS_BOUNDS: Final = {
    "much": "at_most", "many": "at_most", "high": "at_most", "long": "at_most", "little": "at_least",
    "few": "at_least", "low": "at_least",
}  # fmt: skip
OR_BOUNDS: Final = {
    "more": "at_least", "higher": "at_least", "above": "at_least", "over": "at_least", "greater": "at_least",
    "better": "at_least", "less": "at_most", "fewer": "at_most", "lower": "at_most", "below": "at_most",
    "under": "at_most", "so": "about", "thereabouts": "about",
}  # fmt: skip
OPPOSITE: Final = {"at_least": "at_most", "at_most": "at_least"}

# Words of change, by the change that they give a number beside them.
FALL_NOUNS: Final = vocabulary("""fall drop drops decline declines decrease decreases slide slip plunge tumble slump dip
    contraction collapse haircut headwind dent downturn setback erosion drag slowdown shortfall retreat""")
LOST: Final = vocabulary("lost lose loses losing burned burnt burn burns burning")
SIGN_WORDS: Final = vocabulary("negative minus")
DOWN: Final = (
    FALL_NOUNS
    | LOST
    | SIGN_WORDS
    | vocabulary("""degrew degrowth skidded skids stumbled stumbles eases ease weakens plummets crashes collapses erodes craters
    sags softens slows cools worsens retreats deteriorates tanks nosedives recedes narrows dives dived dwindles dwindled wanes
    waned fades faded subsides subsided ebbs ebbed fell falls falling fallen dropped dropping declined declining decreased
    decreasing slid slides sliding slips slipped slipping shrank shrink shrinks shrinking shrunk contracted contracting
    contracts sank sink sinks sinking plunged plunges plunging tumbled tumbles tumbling slumped slumps slumping dipped dips
    dipping eased easing down lower weaken weakened weakening weaker narrowed narrowing retreated deteriorated deteriorating
    plummeted plummeting plummet crashed collapsed sagged slowed slowing fewer less below eroded cratered subtracted shed sheds
    shedding tanked nosedived softened cooled worsened off erased erasing pared wiped wiping knocked surrendered ceded forfeited
    worsening receded dwindled waned diminished underperformed trailed lagged""")
)
LOSSES: Final = vocabulary("loss losses deficit deficits outflow outflows")
# "missed the forecast by $5 million": a distance between two numbers
GAP_VERBS: Final = vocabulary("""miss misses missed missing beat beats beating beaten top tops topped topping exceed exceeds
    exceeded exceeding surpass surpasses surpassed surpassing trail trails trailed trailing lag lags lagged lagging undershoot
    undershoots undershot undershooting overshoot overshoots overshot overshooting outperform outperforms outperformed
    outperforming underperform underperforms underperformed underperforming outpace outpaces outpaced outstrip outstrips
    outstripped overrun overruns overran overspend overspent overspends short outsell outsold outgrew outgrow eclipse eclipsed
    eclipses differ differs differed diverge diverged""")
GAP_NOUNS: Final = vocabulary("""gap difference discrepancy variance deviation divergence differential overrun overspend
    undershoot overshoot miss beat surprise""")
EXPECTED: Final = vocabulary("""forecast forecasts forecasted consensus guidance estimate estimates estimated expectation
    expectations expected plan plans planned budget budgeted target targets targeted projection projections projected analysts
    analyst outlook goal goals street quota benchmark prediction predictions predicted hoped anticipated required""")
# people who left and places that were given up
GONE_VERBS: Final = vocabulary("""closed closing close closes shut shuts shutting shutter shutters dismiss dismisses dismissing
    fired firing fire fires sacked sacking sack sacks axe axes decommissioned decommission mothballed mothball terminated
    terminate furloughed divested divest divests exited exiting exits liquidated ousted expelled offloaded retired scrapped
    evict evicted culled cull idled idle dismantled demolished vacated lost lose loses losing dismissed axed eliminate
    eliminates eliminated shed shuttered shuttering""")
GONE_NOUNS: Final = vocabulary("""closure closures closing dismissal dismissals departure departures layoff layoffs redundancy
    redundancies resignation resignations exit exits sacking sackings firing firings shutdown loss losses departure termination
    terminations disposal disposals divestment elimination removal""")
GONE_BEHIND: Final = vocabulary(
    "left leave leaves leaving resigned resign resigning quit departed depart retired retire closed close closing shut"
    " shuttered dismissed laid fired sacked axed terminated furloughed cancelled canceled died redundant ousted sold divested"
    " demolished decommissioned mothballed vanished disappeared eliminated scrapped go cut removed idled sack redundancy"
    " severance walked"
    " sent sale dark"  # "sent home", "up for sale", "went dark"
)
# a plan for things that are not there yet
PLANS: Final = vocabulary("""plan plans planned planning intend intends intended intending aim aims aimed aiming hope hopes
    hoping want wants wanted will would could may might expects expected considers considering consider considered propose
    proposes proposed seeking seek seeks permission approval ambition looking wishes pledges pledged promises promised vows
    vowed approved shall going""")
HIRING: Final = vocabulary("""hire hires hiring recruit recruits recruiting employ employing open opening build building launch
    launching add adding have having operate operating run running create creating need for of find take seeking seek""")
TO_COME: Final = vocabulary(
    "planned proposed opened built hired recruited added created launched open opening"
)
SAVINGS: Final = vocabulary("saving savings saved save saves discount discounts rebate rebates")
CUT_NOUNS: Final = vocabulary("cut cuts reduction reductions") | SAVINGS
CUT: Final = CUT_NOUNS | vocabulary("""cutting reduce reduces reduced reducing lowered lowering lowers slash slashed slashing
    slashes trim trimmed trimming shaved shaving discounted cheaper axed axing eliminate eliminates eliminated eliminating laid
    lays laying shuttered dismissed""")
# increases of money or of counted things
RISE: Final = vocabulary("""rose rise rises rising risen grew grow grows growing grown growth up increase increases increased
    increasing climbed climb climbs climbing jumped jump jumps jumping surged surge surges surging soared soar soars soaring add
    adds added adding gained gains gain""")
UP: Final = RISE | vocabulary("""gaining advance advanced advancing boost boosted boosting expand expanded expanding expansion
    improve improved improving improvement rallied accelerated accelerating lifted lift lifting raised raise raising advances
    boosts expands improves accelerates lifts raises strengthens rebounds recovers leaps leap rockets swells balloons spikes
    widens rallies widened higher more faster greater leapt leaped rocketed swelled ballooned spiked spike upside uplift uptick
    plus positive strengthened rebounded rebound recovered""")
LEVEL: Final = vocabulary("to at from reached reach reaching hit hitting hits")
NEGATIONS: Final = vocabulary("""not never nor neither cannot without fail fails failed failing deny denies denied denying don't
    doesn't didn't isn't aren't wasn't weren't hasn't haven't hadn't won't wouldn't couldn't can't shouldn't unlikely instead
    rather refuted""")
# "flat to up 5%": the end of a span that is no number
FLAT: Final = vocabulary("flat flattish unchanged stable steady sideways breakeven nil neutral parity")
# words that a number is a part or a multiple of, before "of" or directly before the number
PARTS: Final = vocabulary("""% percent pct part portion share fraction proportion bulk majority most rest remainder much half
    percentage slice chunk minority sliver tranche piece some""")
MULTIPLIERS: Final = vocabulary("""double twice triple treble thrice quadruple quintuple half times fold twofold threefold
    fourfold fivefold tenfold""")
# "36% of a $12 billion market": what the number itself measures
WHOLES: Final = vocabulary("""market industry sector program programme plan budget fund project deal contract package scheme
    portfolio""")
DENIALS: Final = vocabulary("""untrue false falsely incorrect incorrectly wrong wrongly mistaken mistakenly erroneous
    erroneously inaccurate inaccurately fabricated baseless unfounded groundless debunked myth fiction fictitious fictional hoax
    bogus denied denies deny denying disputes refuted refutes refute rebutted contradicted contradicts disproved typo misprint
    inflated hypothetical hypothetically rumour rumours rumor rumors rumoured rumored avoided averted misreported misstated
    misquoted nobody invented overstated understated""")
WITHDRAWN: Final = vocabulary("""withdrew withdraw withdraws withdrawn withdrawing retract retracts retracted retracting rescind
    rescinds rescinded recanted superseded scrapped scraps scrap scrapping abandoned abandons abandon abandoning cancelled
    canceled cancels cancelling canceling cancellation shelved shelves shelving ditched ditches disavowed disowned invalid void
    voided annulled revoked revokes nullified invalidated overturned overturns quashed quashes""")
EARLIER: Final = vocabulary("previously originally initially first earlier formerly once before")
REPORTED: Final = vocabulary("""reported stated given disclosed recorded published estimated thought believed guided forecast
    expected put quoted shown cited said assumed indicated communicated filed projected""")
RESTATED: Final = vocabulary("restated corrected revised amended replaced rectified")
ONLY: Final = frozenset({"only", "just", "merely", "simply"})
# a negation or sign before one of these does not reach past it
CLAUSE_ENDS: Final = frozenset(
    [".", ";", ":", "—", "(", ")", ",", "!", "?", "|", "•", "–", "while", "whereas", "and", "but", "as",
     "although", "though", "because", "after", "when", "which", "despite", "with"]
)  # fmt: skip

# words that end the noun phrase after a number
PHRASE_ENDS: Final = (
    vocabulary("""of in on for at to by from with and or that which who whom whose is are was were be been
    being has have had will would can could may might must shall should do does did not than as if when while where because so
    but nor per across over under about after before since until during between among against into onto through via within
    without toward towards around above below up down out off the a an this these those its their his her our my your it they we
    he she i you there here now today also each every both all any some no more most less least only just even still yet already
    once again including include includes included such like use uses used using run runs ran running make makes made buy buys
    bought sell sells sold join joined joins download downloaded downloading own owns owned get gets got give gives gave take
    takes took see sees saw say says said came come comes went go goes visit visited pay pays paid live lives lived work works
    worked worth annually yearly monthly weekly daily ago later earlier compared versus vs amid despite last next rose fell grew
    dropped increased decreased declined totaled totalled reached hit surpassed exceeded topped plus minus times percent
    percentage remain remains remained carry bear bears signed attended participated additional extra other further another""")
    - {"used"}
)
