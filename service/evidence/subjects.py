"""Decide whether a sentence names a fact's subject, by the words of its label and their synonyms."""

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Final, NamedTuple

from service.core.citations import SubjectSaid
from service.core.words import label_of
from service.evidence.reading.languages.en import vocabulary

_WORD: Final = re.compile(r"[^\W\d_]+(?:[-'’&][^\W\d_]+)*|[^\W_]+")
# words of a subject that alone do not name it
_GENERIC: Final = vocabulary(
    "a adjusted after amount an and annual as at attributable average before business by change changes company continuing"
    " cost costs count current decline decrease down due during excluding expense expenses financial fiscal for from gain"
    " gains gross group growth in including income increase item level line loss losses maximum member minimum monthly net"
    " noncurrent number of on operations or other per percent percentage period qoq quarterly range rate ratio reduction"
    " related reported result results rise share shares term the to total up value weighted with yoy"
)
# words that texts use for each other, a line for each meaning
_WORDS: Final = """
revenue revenues sales turnover topline umsatz umsätze erlöse chiffre ventas ingresos 收入 营收 売上高 売上
profit profits earnings income loss losses gewinn überschuss bénéfice résultat beneficio 利润 利益 result results
    profitability earned unprofitable loss-making
employee employees staff headcount workforce people personnel workers jobs mitarbeiter beschäftigte effectifs
    empleados 员工 従業員 associates colleagues
customer customers client clients subscriber subscribers member members user users kunden clientes
subscription subscriptions subscriber subscribers membership memberships member members
store stores shop shops outlet outlets restaurant restaurants location locations branches
debt borrowings borrowing notes note bonds loan loans indebtedness term liabilities credit principal
    debentures
capex capital expenditure expenditures capital-expenditure investment investments invested spending spend
invest invested investing investment investments stake stakes
research development r&d
dividend dividends payout distribution distributions dividendo dividende 股息 配当
tax taxes taxation
lease leases leased leasing rent rental
purchase purchases purchased acquisition acquisitions acquired acquire buy bought repurchase repurchased
    repurchases buyback buybacks
stock share shares equity common-stock rsu rsus option options award awards
compensation pay salary remuneration stock-based share-based rsu rsus award awards bonus
payment payments paid pay proceeds settle settled settlement
vest vested vesting vests
intangible intangibles content licenses patents unamortized unamortised amortized
amortization amortisation depreciation amortized depreciated
property plant equipment assets buildings building land
inventory inventories
commitment commitments obligation obligations obligated committed contractual
price priced prices $
securities shares stock notes bonds note
litigation lawsuit damages claim claims complaint court legal
restructuring severance restructure
volume volumes shipments shipped deliveries delivered units
margin margins profitability
cloud cloud-computing
user users customers accounts
download downloads downloaded
model models
expected expect expects anticipated anticipates estimated
concentration accounted represented percentage
unrecognized unrecognised unrecorded
contingent contingency contingencies damages fine fines penalty penalties exposure claim
liability liabilities obligation obligations unearned deferred owed due payable
asset assets
float value market-value capitalization capitalisation
impairment impaired write-down writedown write-off
receivable receivables
payable payables
marketing advertising
goodwill
cash
ebitda ebita ebit operating
eps earnings per-share
emissions carbon co2
order orders backlog bookings book
interest coupon
maturity matures mature maturing due
outstanding
issue issued issuance issues granted grant grants
authorized authorised authorization
remaining remain remains left unsatisfied unearned deferred
segment segments
lines facility revolver revolving credit
closed closing closure closures shut
fair value valued
power electricity energy
chips chip semiconductor semiconductors
centers centres center centre data-center
"""
_SAME: Final = tuple(frozenset(line.split()) for line in re.split(r"\n(?! )", _WORDS) if line)
_MANY: Final = 4  # words from which on a subject is too special for the list of synonyms
_SUFFIXES: Final = (
    "ments", "ment", "ations", "ation", "ings", "ing", "ers", "er", "ed", "es", "s", "ity", "al", "e",
)  # fmt: skip


class _Wanted(NamedTuple):
    words: tuple[frozenset[str], ...]  # for each telling word of a subject the stems of it and its synonyms
    is_common: bool  # whether every way to call it is likely to be among them


def said(sentence: str, paragraph: str, subject: str, label: str = "") -> SubjectSaid | None:
    """Whether the sentence names the subject, by half of its telling words; None if that cannot be told.

    It is `silent` only if the whole paragraph has none of them.
    """
    wanted = _wanted(subject, label)
    if 2 * _named(sentence, wanted.words) >= len(wanted.words) > 0:
        return "named"
    return "silent" if wanted.is_common and not _named(paragraph, wanted.words) else None


def means(subject: str, label: str, word: str) -> bool:
    """Whether a word is one of the telling words of a subject or its label, or a synonym of one."""
    return any(stem(word) in stems for stems in _wanted(subject, label).words)


def synonyms(word: str) -> frozenset[str]:
    """The words that texts use for a word."""
    return frozenset(other for same in _SAME if word.lower() in same for other in same)


def _named(text: str, words: tuple[frozenset[str], ...]) -> int:
    """How many of the words stand in the text."""
    present = {stem(word) for match in _WORD.findall(text) for word in _parts(match)}
    return sum(
        not stems.isdisjoint(present) or any(one in text for one in _ideographs(stems)) for stems in words
    )


@lru_cache(maxsize=1000)
def _wanted(subject: str, label: str) -> _Wanted:
    own = [word.lower() for one in _WORD.findall(label_of(subject)) for word in _parts(one)]
    telling = list(dict.fromkeys(word for word in own if word not in _GENERIC)) or own
    words: dict[str, frozenset[str]] = {}
    is_common = False
    for word in telling:
        stems = {stem(word)}
        for same in _SAME:
            if word in same:
                is_common = True
                stems |= {stem(other) for other in same}
        words[stem(word)] = frozenset(stems)
    # of a concept's label any word will do
    further = {
        stem(word) for one in _WORD.findall(label) for word in _parts(one) if word.lower() not in _GENERIC
    }
    if further:
        words = {name: stems | further for name, stems in words.items()}
    return _Wanted(tuple(words.values()), is_common and len(telling) < _MANY)


def _parts(word: str) -> Iterable[str]:
    return (word, *re.split("[-'’&]", word)) if re.search("[-'’&]", word) else (word,)


def _ideographs(wanted: frozenset[str]) -> Iterable[str]:
    return (word for word in wanted if ord(word[0]) > 0x3000)


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """A word without the endings that inflect it: "shares" and "share", "acquired" and "acquire"."""
    small = word.lower()
    if small.endswith("ies") and len(small) > 4:
        return small[:-3] + "y"
    for suffix in _SUFFIXES:
        if small.endswith(suffix) and len(small) - len(suffix) >= 4:
            return small[: -len(suffix)]
    return small
