"""Whether an English clause says of its number that it is so, or stands under words that take that back.

A verb tells a number only if it is the clause's own, or hangs on one that carries its sense on: "agreed to pay" tells a
price, "set out to pay" and "backed out of paying" do not. So what stands before "to", and before a verb in "-ing", must
be of a known form, and a clause with a negation tells nothing.
"""

import re
from typing import Final

from service.evidence.owners.english.frame_words import HAVING, MOVING
from service.evidence.owners.english.measures import masked
from service.evidence.owners.look import RATES, Look, clause_start
from service.evidence.reading.languages.en import vocabulary

_LEAD: Final = re.compile(r"^[^,]*,\s")
_NEGATION: Final = re.compile(
    r"\b(?:not(?!\s+only|\s+including|\s+counting)|never|neither|nor|without(?!\s+(?:counting|including))|cannot|[a-z]+n['’]t"
    r"|no(?!\s+(?:fewer|less|more|later|change|longer|doubt)\b|\.))\b",
    re.IGNORECASE,
)
# adverbs of what is so in general, or perhaps, but not of this time
_HABITUAL: Final = re.compile(
    r"\b(?:typically|usually|normally|generally|often|sometimes|frequently|routinely|potentially|possibly|theoretically"
    r"|supposedly|reportedly"
    r"|allegedly|purport\w+|ideally|hopefully|conceivably|notionally|nominally|perhaps|maybe|originally|initially|formerly|had\s+been\s+(?:told|promised|assured))\b",
    re.IGNORECASE,
)
_CHAIN: Final = re.compile(
    r"(?P<head>[\w'’-]+)(?:\s+(?:yesterday|today|earlier|recently|late|on\s+\w+day|last\s+\w+))?,?\s+to\s+(?:[a-z]+ly\s+|also\s+)*(?P<verb>[a-z]+)\b"
)
# what "to" and a verb may hang on: the verb is then done, is to be done, or is said
_CARRYING: Final = vocabulary("""agreed agrees agreeing plan plans planned planning expect expects expected expecting set due
    going committed commits pledged pledges vowed promised promises helped helps help managed manages continued continues
    continue began begins started used decided decides intends intend intended proposed proposes resolved forecast forecasts
    guided projected anticipated ready likely scheduled estimated able said believed thought understood reported known found
    seen shown allowed enabled led went came forced obliged required ordered told sentenced made swung go""")
# and of these only if somebody stands between who does it: "ordered the drugmaker to pay"
_LETTING: Final = re.compile(
    r"\b(?:order(?:ed|s)|help(?:ed|s|ing)?|allow(?:ed|s|ing)|enabl(?:ed|es|ing)|requir(?:ed|es|ing)|forc(?:ed|es|ing)|led"
    r"|expect(?:s|ed)?|told|let|caus(?:ed|es|ing)"
    r"|oblig(?:ed|es)|push(?:ed|es)|direct(?:ed|s)|approv(?:ed|es)|commit(?:ted|s)|deal|agreement"
    r"|contract)\s+(?:[\w.&'’-]+\s+){1,9}$"
)
_AGREED: Final = re.compile(
    r"\b(?:sign(?:ed|s)|reach(?:ed|es)|struck|strikes|announc(?:ed|es)|ha[sd]|ma[dk]e|won|enter(?:ed|s)|complet(?:ed|es)"
    r"|inked|seal(?:ed|s)|clinch(?:ed|es)"
    r"|secur(?:ed|es)|land(?:ed|s)|into|under|approv(?:ed|es)|unveil(?:ed|s))\s+(?:[\w-]+\s+){0,5}$"
)
_AGREEMENTS: Final = vocabulary("deal agreement contract plan decision commitment pact programme program")
# verbs in their first form; nouns behind "to" are none ("swung to profit")
_FIRST_FORMS: Final = vocabulary("""have be hold own control operate employ run serve pay spend invest cost sell ship deliver
    build make attract add open close buy acquire raise borrow owe issue win secure obtain return repurchase give bring get take
    put lift lead fund finance cut reduce trim slash shut shutter eliminate create hire train retrain reach hit exceed top
    generate earn post report book record achieve produce lose save repay donate contribute provide grant award impose levy fine
    charge write set grow increase double triple boost expand improve narrow widen shed axe dismiss settle purchase pour plough
    plow inject sink commit allocate distribute recruit install supply lend value""")
_GERUND: Final = re.compile(
    r"\b(?P<head>[a-z'’-]+)\s+(?:[a-z]+ly\s+)*(?P<verb>[a-z]{2,}ing)\b(?!\s+(?:users|customers|subscribers|members|guests"
    r"|clients))"
)
_DOING: Final = (HAVING | MOVING) - vocabulary("operating growing holding")
_NO_HEADS: Final = vocabulary("""of from against about at for on before considers considered considering consider mulls mulled
    mulling weighs weighed weighing discuss discusses discussed discussing explores explored exploring eyes eyed eyeing avoids
    avoided avoiding avoid stops stopped stopping halts halted quit risks risked resists resisted contemplates contemplated
    favours favors suggests suggested suggesting proposes recommends debated debating entertained delays delayed postponed
    envisages""")
_PRESUPPOSED: Final = re.compile(r"\b(?:its|their|our)\s+(?:[a-z-]+\s+){1,3}of\s+[A-Z]{0,3}[$€£¥]?$")
_AIMED_AT: Final = re.compile(
    r"\b(?:(?:goal|target|aim|ambition|objective|limit|cap|ceiling|threshold|hurdle|floor|minimum|maximum|benchmark|quota"
    r"|budget|allowance"
    r"|requirement|test)s?\s+(?:of|at)|toward|towards)\s+(?:(?:about|around|some|at\s+least|up\s+to|over|more\s+than"
    r"|nearly)\s+)*[A-Z]{0,3}[$€£¥]?$"
)
_AIMS: Final = vocabulary(
    "goal target aim ambition objective limit cap ceiling threshold minimum maximum budget requirement"
)

_BASIS: Final = re.compile(
    r"\b(?:on|in)\s+(?:an?|its|the)\s+(?P<sort>(?:[\w-]+,?\s+){1,4}?)basis\b(?!\s+points?)"
)
_BASES: Final = vocabulary("""reported organic comparable like for constant currency currencies adjusted underlying gaap ifrs
    non consolidated annual annually quarterly yearly year on over quarter sequential net gross diluted basic per share pre tax
    after statutory local exchange rate same store stores group fiscal calendar current equivalent fully standalone and a an
    core normalized normalised continuing operations twelve month trailing rolling monthly daily weekly average preliminary
    unaudited unconsolidated parent only total combined day""")
_ABLE: Final = re.compile(
    r"\b(?:can|could|able\s+to|capable\s+of|capacity|designed\s+(?:to|for)|room\s+for|space\s+for|(?:big|large)\s+enough"
    r"|equipped\s+to)\b",
    re.IGNORECASE,
)
_ABILITIES: Final = vocabulary("capac possibl potential planned maximum room bed seat capacity possible")


def under_scope(look: Look) -> str | None:
    """Why the words before the number do not say that it is so; None if they do."""
    clause = masked(look)[clause_start(look) :]
    own = _LEAD.sub("", clause) if not re.match(r"\W*(?:Neither|No|Not|None)\b", clause) else clause
    if found := _NEGATION.search(own):
        return f'it stands behind "{found.group()}"'
    if found := _HABITUAL.search(own):
        return f'it is said "{found.group()}"'
    if (found := _AIMED_AT.search(own)) and look.words.isdisjoint(_AIMS):
        return f'it is a "{found.group().split()[0]}"'
    if not look.reading.unit and (found := _ABLE.search(own)) and look.words.isdisjoint(_ABILITIES):
        return f'it is what "{found.group()}" be'
    if look.reading.unit in RATES and (basis := _BASIS.search(look.text)):
        word = next(
            (one for one in re.split(r"[\s-]+", basis["sort"].strip()) if one.lower() not in _BASES), ""
        )
        if word:
            return f'it is on a "{word}" basis'
    return _hung_on(own) or _before_gerund(own)


def is_presupposed(clause: str) -> bool:
    """Whether there is so much, whatever somebody wants to do with it: "wants to double its margin of 7%"."""
    return _PRESUPPOSED.search(clause) is not None


def _hung_on(clause: str) -> str | None:
    if is_presupposed(clause):
        return None
    for found in _CHAIN.finditer(clause):
        head, verb = found["head"].lower(), found["verb"]
        before = clause[: found.start("head")]
        if head in _CARRYING and re.search(r"\bhad\s+(?:\w+ly\s+)?$", before):
            return f'it hangs on "had {found.group()}"'
        if verb not in _FIRST_FORMS or head in _CARRYING or not (before.strip() or found["head"].islower()):
            continue
        if head in {"is", "are", "was", "were"} and verb not in {"have", "be"}:
            continue  # "is to invest"
        if head in {"target", "track", "course"} and before.endswith(" on ") and verb != "have":
            continue  # "is on track to open"
        if _LETTING.search(f"{before}{found['head']} "):
            continue
        if head in _AGREEMENTS and _AGREED.search(before):
            continue
        return f'it hangs on "{found.group()}"'
    return None


def _before_gerund(clause: str) -> str | None:
    for found in _GERUND.finditer(clause):
        if found["head"] in _NO_HEADS and found["verb"] in _DOING:
            return f'it hangs on "{found.group()}"'
    return None
