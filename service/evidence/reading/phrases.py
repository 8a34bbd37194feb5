"""Read quantities by the phrases of a language other than English, which its module under `languages` lists.

The grammar is small, and closed where English is open: a number is read only if its unit or what it counts is known. A
percentage needs a word that says whether it is a change or a level. A sentence with a word of doubt is not read.
"""

import re
from functools import cached_property
from itertools import pairwise, repeat
from typing import Final

from service.core.quantities import Bound
from service.evidence.reading.amounts import CLASSIFIERS, PERCENTS, YEAR, Amount, AmountText
from service.evidence.reading.budget import ReadingBudget
from service.evidence.reading.change import Movement
from service.evidence.reading.languages.en import vocabulary
from service.evidence.reading.languages.shape import Language, Lexicon, Tag
from service.evidence.reading.moves import TURNS, MovesText
from service.evidence.reading.nearby import LONGEST, Nearby, is_relative
from service.evidence.reading.phrase_text import CLAUSE_MARKS
from service.evidence.reading.readings import Reading

# doubtful words that leave the number of a clause before them as it is: of what somebody expected, of parts
# and multiples, but not those that take a number back
_EXPECTED: Final = re.compile(
    "倍増|市場予想|予想[をに]|予想より|コンセンサス"
    "|(?!.*(?:[虚谣误誤错捏谎噂嘘架]|实$|否[认定]|传[闻言]|[更訂]正|[撤取]|重述|此前|原[先定]|修正|作废|更改|纯属|[终中]止|搁置|叫停"
    "|乌有|编造|放弃|逾期|[未足届及]|打ち消|無[根効]|破棄|白紙|見[送直]|断念|従来|当初|以前|到底|遠く|予[想算測]|計画|目標|期待|最[善悪良]))"
    "[\u3400-\u9fff]"
)
_ARROWS: Final = frozenset("→⇒")
_FORMER: Final = (["従", "来"], ["前", "回"], ["当", "初"], ["期", "初"])
_WHICH_MONTH: Final = frozenset("上本当该首同カかヶヵケ個个")
_SOME: Final = frozenset({"各", "部分"})
_COMMAS_WIDE: Final = frozenset(",，、(（")
_ALL: Final = frozenset("总總総量")
_DATES: Final = frozenset("年月日期")
_COUNTED_BEFORE: Final = vocabulary(
    "employees stores users customers members downloads subscribers patents pigs students patients"
)
# of people, what they are: "利用者数は1200万人"
_PEOPLE: Final = vocabulary("users customers members subscribers students patients passengers")
_TOTALS: Final = frozenset("数数量总総總人合计計已共为達达")
_BETWEEN_NOUN: Final[frozenset[Tag]] = frozenset(
    {"level", "filler", "at_least", "at_most", "about", "to", "from", "up", "clause", "between"}
)
_JUST_BEHIND: Final = 3  # tokens behind a number where a Japanese verb tells whose the people are
_OPENED: Final = frozenset("(（")
_CLOSED_WIDE: Final = frozenset(")）")
_IN_BRACKET: Final = 9  # tokens of a bracket with one amount
_NEAR_NOUN: Final = 10  # tokens from a number back to what it counts
# Characters for each unit of work, of which a number takes two; an ideograph has three bytes.
_CHARACTERS: Final = 8
_CHARACTERS_IDEOGRAPHIC: Final = 3
# heads of what is counted, and words that say it in one
_COUNT_OF: Final = {
    "kundenzahl": "customers", "nutzerzahl": "users", "filialzahl": "stores", "mitgliederzahl": "members",
    "abonnentenzahl": "subscribers", "passagierzahl": "passengers", "fahrgastzahl": "passengers",
}  # fmt: skip
_COUNTS: Final = frozenset(["zahl", "anzahl", "nombre", "número"])
_HEADCOUNTS: Final = frozenset(
    [
        "mitarbeiterzahl",
        "beschäftigtenzahl",
        "personalbestand",
        "belegschaft",
        "effectif",
        "effectifs",
        "plantilla",
    ]
)
# German verbs of going in two parts, the second behind the number: "fallen 400 Stellen weg", "gibt 40 Filialen auf"
_PARTED: Final = (
    (frozenset(["fallen", "fällt", "fielen", "fiel"]), frozenset(["weg", "opfer"])),
    (frozenset(["geben", "gibt", "gaben", "gab"]), frozenset(["auf", "ab"])),
    (frozenset(["machen", "macht", "machten", "machte"]), frozenset(["dicht"])),
)
_CLAUSE_ENDS: Final = frozenset([*".,;“”»", "", "und", "oder"])
_LAPSING: Final = frozenset(["entfallen", "entfällt", "entfielen"])
_TELLING: Final[frozenset[Tag]] = frozenset({"level", "up", "down"})
# behind these stands which of them are counted: "die Zahl der Beschäftigten in Kurzarbeit"
_NARROWING: Final = frozenset(
    ["in", "im", "bei", "beim", "mit", "ohne", "en", "chez", "con", "del", "de", "von", "der", "des"]
)
# what an opening leaves out: "Corrigé des changes, …"
_ADJUSTED: Final = vocabulary(
    "retraité retraitée retraités corrigé corrigée corrigés corregido corregida corregidos"
)
_GOODS: Final = vocabulary("vehicles cars devices units tonnes litres downloads aircraft apartments")
_SELLING: Final = vocabulary("verkauft vendu vendus vend vendió vende vendidos venta")
_RUN: Final = re.compile(
    "を(?:全国に)?(?:展開|運営|構え|抱え|持|擁)"
)  # "15店を展開する百貨店は5店を閉鎖する"
_NOW: Final = re.compile(
    "(?:予想|計画|目標)を約?[0-9][^、。をか]*?に(?:上方|下方)?(?:修正|引き上げ|引き下げ|据え置|見直|変更)|の(?:予想|計画)を(?:据え置|維持)"
)
_GROUPED: Final = re.compile(r"[1-9][0-9]{0,2}(?:[.'\u2009\u202f\xa0 ][0-9]{3})+")
_CLOSED: Final = frozenset(
    [*".,;:!?)“”»", "", "à", "au", "fin", "contre", "en", "al", "a", "frente", "zurück", "gestiegen", "gesunken", "nach",
     "im", "gegenüber", "zum", "und", "et", "y"]
)  # fmt: skip


_HAVING: Final = vocabulary(
    "betreibt betreiben beschäftigt beschäftigen führt unterhält zählt umfasst opera operaba tiene tienen tenía cuenta cuentan"
    " mantiene conserve exploite compte garde conserva"
)
_AFTERWARDS: Final = frozenset(["nach", "tras", "après", "trotz", "malgré", "pese", "seit"])
_AND_BY: Final = frozenset(["et de", "et d'", "y de", "y del", "y un", "und um", "und von"])
_FEW_WORDS: Final = 3
# what stands behind is the new number
_CORRECTED: Final = re.compile(
    r"korrigiert|berichtigt|revidiert|corrig|rectifi|révisé|correg|rectific|revisad|revisó"
)
_WHEN: Final = vocabulary("sur dans pendant durant lors por durante")


class Grammar:
    """Reads the sentences of one language."""

    def __init__(self, language: Language) -> None:
        self.language = language
        self.lexicon = Lexicon(language)
        self.characters = _CHARACTERS_IDEOGRAPHIC if language.ideographic else _CHARACTERS

    def read(self, text: str, first: int, budget: ReadingBudget) -> list[Reading]:
        """The quantities of a text in this language, in order. Takes time linear in its length.

        The text begins at `first` of the text that the budget is of, and the readings' places are in that text.
        """
        return _Text(self.language, self.lexicon, text, first, budget).read()


class _Text(AmountText, MovesText):
    """Reads the sentences of a text."""

    def read(self) -> list[Reading]:
        made: list[Reading] = []
        for first, last in self._sentences():
            made += self._sentence(first, last)
        return made

    def _sentence(self, first: int, last: int) -> list[Reading]:
        said = frozenset[str]().union(*map(self.found.tags.get, range(first, last), repeat(())))
        if "doubt" in said and self.language.ideographic:
            last = self._before_expected(first, last)
            if last == first:
                return []
        doubted = [] if self.language.ideographic else self._doubted(first, last)
        self.falls = self._falls_away(first, last)
        self.gone = "gone" in said or self.falls
        self.planned, self.begins, self.ends = "plan" in said, first, last
        amounts = self._amounts(first, last)
        if not self.language.ideographic:
            self._rate(first, last, amounts)
        made = self.made = list[Reading]()
        if last - first > LONGEST and said & {"expected", "fraction"}:
            return []
        nearby = Nearby(self.raw, self.found, first, last) if said & {"expected", "fraction"} else None
        before: Amount | None = None  # the last one that is none of a year, a month or a day
        for place, amount in enumerate(amounts):
            floor = self._past_turn(before.after) if before is not None else first
            if self.raw[amount.after] not in _DATES:
                before = amount
            is_former = self.revises and self._is_former(amount, said)
            if is_former or (any(amount.first in piece for piece in doubted) and not self._corrected(amount)):
                continue
            if nearby is not None and nearby.spoils(self._bound(amount)[0], amount.after):
                continue
            following = amounts[place + 1] if place + 1 < len(amounts) else None
            ceiling = following.first if following is not None else last
            if self.language.verb_last and following is not None and self._goes_past(amount, following):
                ceiling = amounts[place + 2].first if place + 2 < len(amounts) else last
            if following is not None and self._turns_next(amount, following):
                ceiling = amount.after
            self.floor = floor
            if self.language.code == "zh" and said & {"gone", "plan"}:
                others = (one.first for one in amounts[place + 1 :] if self.raw[one.after] not in _DATES)
                own = self._clause_left(next(others, last + 1), amount.after)
                self.gone, self.planned = self.some("gone", first, own), self.some("plan", first, own)
            amount.leads = self._leads(amount, following)
            amount.based = place > 0 and self._is_base(amounts[place - 1], amount)
            if (reading := self._reading(amount, floor, ceiling)) is not None:
                made.append(reading)
        return made

    def _falls_away(self, first: int, last: int) -> bool:
        """Whether a German verb of going stands in two parts in a sentence."""
        if self.language.code != "de":
            return False
        said = frozenset(self.low[first:last])
        if "auf" not in said and not _LAPSING.isdisjoint(said):
            return True  # "auf Asien entfallen 400 Stellen" is a share
        ends = frozenset(self.low[at] for at in range(first, last) if self.low[at + 1] in _CLAUSE_ENDS)
        return any(not (said.isdisjoint(verbs) or ends.isdisjoint(rest)) for verbs, rest in _PARTED)

    def _amounts(self, first: int, last: int) -> list[Amount]:
        """The amounts of a sentence, without years."""
        amounts: list[Amount] = []
        at = year = first
        while at < last:
            if not self.raw[at][:1].isdigit() or at in self.found.after:
                at = self.found.after.get(at, at + 1)
                continue
            amount = self._span(at, last) if self._affords(at) else None
            if amount is None:
                at += 1
                while at < last and (self.has(at, "scale") or self._goes_on(at)):
                    at += 1
                continue
            if self._is_year(amount):  # the words before it are said of the next number, too
                year = amount.after
            else:
                amount.year, year = year, first
                amounts.append(amount)
            at = max(at + 1, amount.after)
        if not self.language.ideographic:
            self._share_currency(amounts)
        return amounts

    def _share_currency(self, amounts: list[Amount]) -> None:
        """Give the one currency of a sentence to its sums without: "3 746,2 millions, contre 3 401,1 millions d'euros"."""
        named = {amount.unit for amount in amounts if amount.scaled and amount.unit not in PERCENTS} - {""}
        for amount in amounts if len(named) == 1 else ():
            bare = amount.scaled and not (amount.unit or amount.noun or amount.bound is None)
            if bare and self.low[amount.after] in _CLOSED | _WHEN:
                amount.unit = next(iter(named))

    def _is_year(self, amount: Amount) -> bool:
        """Whether it is a year and nothing more: "stieg 2024 um 6 Prozent"."""
        return amount.after == amount.first + 1 and self._is_bare_year(amount.first)

    def _is_bare_year(self, at: int) -> bool:
        """Whether a number may be a year and counts nothing, as it does in "2000家"."""
        return YEAR.fullmatch(self.raw[at]) is not None and self.raw[at + 1] not in CLASSIFIERS

    def _is_month(self, at: int) -> bool:
        """Whether a month or day is named: "10月销量", "7月1日", "3カ月間"; sales by the month are "月销量"."""
        before, said = self.raw[at - 1] if at else "", self.raw[at : at + 2]
        if said in (["1", "日"], ["一", "日"], ["单", "月"]):
            return before == "月" or self.raw[at + 2] in {"、", "付"}
        return said[0] == "月" and (before.isdecimal() or before in _WHICH_MONTH)

    def _is_monthly(self, at: int) -> bool:
        """Whether an amount is one of each month: "月1500台", but not "9月1500台"."""
        first = at - 1 - (self.raw[at - 1] in {"产", "産"})
        is_said = self.language.ideographic and first >= 0 and self.raw[first] == "月"
        return is_said and not self._is_month(first) and self.raw[first - 1] not in _WHICH_MONTH

    def _is_revision(self, at: int, first: int, last: int) -> bool:
        """Whether a Japanese word of doubt is only of a former number, or tells that it was revised: "115億円→170億円に修正"."""
        is_arrow = self.raw[at : at + 2] == ["修", "正"] and not _ARROWS.isdisjoint(self.raw[first:last])
        after = self.found.after[at]
        return is_arrow or self._former(after + (self.raw[after] == "の"))

    @cached_property
    def _revised(self) -> list[range]:
        """Where the text tells what a forecast is now: "予想を780億円に上方修正した"."""
        return [range(*one.span()) for one in _NOW.finditer(self.text)]

    def _former(self, at: int) -> bool:
        """Whether a word for what was expected before ends at the number at `at`: "従来予想の115億円→170億円"."""
        first = max(self.before(at, "doubt"), self.before(at - (self.raw[at - 1] == "の"), "doubt"))
        return first >= 0 and self.raw[at][:1].isdigit() and self.raw[first : first + 2] in _FORMER

    def _is_former(self, amount: Amount, said: frozenset[str]) -> bool:
        """Whether a Japanese number was expected before; of a revised forecast only those behind an arrow were not."""
        is_revised = "doubt" in said and not _ARROWS.isdisjoint(self.text)
        is_come = self.raw[amount.first - 1] in _ARROWS
        return self.raw[amount.after] in _ARROWS or self._former(amount.first) or (is_revised and not is_come)

    def _is_some(self, at: int, first: int) -> bool:
        """Whether a word is "各" or "部分" of things in a Chinese clause without a number before others: "各项业务增长，"."""
        if "".join(self.raw[at : self.found.after[at]]) not in _SOME:
            return False
        edge = next((one for one in range(at, self.count) if self.raw[one] in _COMMAS_WIDE), self.count)
        begun = next((one for one in range(at, first, -1) if self.raw[one] in _COMMAS_WIDE), first)
        return edge < self.count and not any(self.raw[one][:1].isdigit() for one in range(begun, edge))

    def _is_times(self, at: int) -> bool:
        """Whether a word is "倍の" before the Japanese amount that is so many times another."""
        after = self.found.after[at]
        return self.raw[after - 2 : after] == ["倍", "の"] and self.raw[after][:1].isdigit()

    def _rate(self, first: int, last: int, amounts: list[Amount]) -> None:
        """Give the amounts that a rate stands beside, as in "Umsatz pro Kunde", what they are told for."""
        for at in range(first, last) if "rate" in self.shown else ():
            if self.has(at, "rate") and not any(one.first <= at < one.after for one in amounts):
                reached = self._reached(first, last, [at])
                for amount in amounts:
                    if not amount.per and any(amount.first in piece for piece in reached):
                        amount.per = self.found.tags[at].get("per", "each")

    def _reached(self, first: int, last: int, places: list[int]) -> list[range]:
        """The pieces of a sentence between commas that words are said of: their own, the next number, and what goes on."""
        pieces = self._pieces(first, last)
        reached: list[range] = []
        is_on = is_numbered = False
        for piece in pieces:
            if any(at in piece for at in places):
                is_on, is_numbered = True, False
            elif is_on and is_numbered and self._tells(piece):
                is_on = False
            if is_on:
                reached.append(piece)
                is_numbered = is_numbered or self._has_number(piece)
        if is_on and not is_numbered:
            reached += [piece for piece in pieces if self._has_number(piece)][-1:]
        return reached

    def _pieces(self, first: int, last: int) -> list[range]:
        edges = [first, *(at for at in range(first, last) if self.raw[at] in CLAUSE_MARKS), last]
        return [range(*one) for one in pairwise(edges)]

    def _has_number(self, piece: range) -> bool:
        return any(self.raw[at][:1].isdigit() for at in piece)

    def _corrected(self, amount: Amount) -> bool:
        """Whether a number is what another one was corrected to: "auf 21 Mio. Euro berichtigt", "corrigé à 16 millions"."""
        to = self.before(amount.first, "to")
        return to >= 0 and any(_CORRECTED.match(self.low[at]) for at in (amount.after, to - 1))

    def _doubted(self, first: int, last: int) -> list[range]:
        """The pieces of a sentence between commas whose numbers a word of doubt is said of; all if it stands apart."""
        if self.shown.isdisjoint({"doubt", "near_doubt"}):
            return []
        near = self._reached(first, last, [at for at in range(first, last) if self.has(at, "near_doubt")])
        doubts = [at for at in range(first, last) if self.has(at, "doubt")]
        is_opening = doubts == [first] and self.low[first] in _ADJUSTED and self.raw[first][:1].isupper()
        if is_opening or not doubts:
            return near
        pieces = self._pieces(first, last)
        doubted = [piece for piece in pieces if any(at in piece for at in doubts)]
        if not all(map(self._has_number, doubted)):
            return [range(first, last)]
        return near + doubted + [piece for piece in pieces if not self._tells(piece)]

    def _tells(self, piece: range) -> bool:
        """Whether a piece of a sentence says by itself what its number is."""
        said = frozenset[Tag]().union(*(self.found.tags.get(at, ()) for at in piece))
        return not _TELLING.isdisjoint(said) and not is_relative(self.raw, piece.start + 1)

    def _before_expected(self, first: int, last: int) -> int:
        """Where the clauses end that stand before one of what was expected, if nothing else is doubtful in a sentence."""
        doubts = [
            at
            for at in range(first, last)
            if self.has(at, "doubt")
            and not (
                self._is_month(at)
                or self._is_times(at)
                or self._is_some(at, first)
                or any(self.start[at] in places for places in self._revised)
                or (self.revises and self._is_revision(at, first, last))
            )
        ]
        if not doubts:
            return last
        if not all(_EXPECTED.match("".join(self.raw[at : self.found.after[at]])) for at in doubts):
            return first
        return max((at for at in range(first, doubts[0]) if self._parts_clauses(at)), default=first)

    def _parts_clauses(self, at: int) -> bool:
        """Whether a clause ends at a comma, or at the Japanese "と" behind an amount: "440億円と市場予想を下回った"."""
        tags = self.found.tags.get(self.found.ending.get(at, -1), {})
        return self.raw[at] in _COMMAS_WIDE or (
            self.raw[at] == "と" and not tags.keys().isdisjoint({"currency", "unit", "noun"})
        )

    def _affords(self, at: int) -> bool:
        """Whether the number at `at` may be read; its work is then counted."""
        if self.budget.spent_at(self.first + self.start[at]):
            return False
        self.budget.spend(2)
        return True

    def _goes_on(self, at: int) -> bool:
        """Whether a letter or digit at `at` belongs to the number before it, which is not read."""
        first = self.raw[at][:1]
        return self.glued(at) and first.isalnum() and not (self.language.ideographic and ord(first) > 0x3000)

    def _past_turn(self, at: int) -> int:
        """The token after a word of change directly behind an amount, as in "8.8%減の312億円", "(1.5%)増加の312億円"."""
        if not (self.language.verb_last and self.language.ideographic):
            return at
        place = at + 1 if self.raw[at] in _CLOSED_WIDE else at
        turned = not TURNS.keys().isdisjoint(self.found.tags.get(place, {}))
        return self.found.after[place] if turned else at

    def _turns_next(self, amount: Amount, following: Amount) -> bool:
        """Whether a word of change between two amounts is of the second, as in "较去年的15.2亿元增长22.4%"."""
        if self.language.verb_last or not self.language.ideographic:
            return False
        turned = not TURNS.keys().isdisjoint(self.found.tags.get(amount.after, {}))
        return turned and self.found.after[amount.after] >= self._bound(following)[0]

    def _goes_past(self, amount: Amount, following: Amount) -> bool:
        """Whether the words behind the next amount are said of this one, too."""
        return self._is_restated(amount, following) or self._came_to(amount, following)

    def _is_restated(self, amount: Amount, following: Amount) -> bool:
        """Whether a Japanese amount is told again in brackets directly behind it: "774百万円（4.7％）の増加"."""
        return (
            self.language.ideographic
            and self.raw[amount.after] in _OPENED
            and following.first - amount.after < _IN_BRACKET
            and self.raw[following.after] in _CLOSED_WIDE
        )

    def _past_bracket(self, amount: Amount, ceiling: int) -> int:
        """Where the words behind an amount begin: those behind a bracket are of the amount before it, and of its own."""
        if not (self.language.verb_last and self.language.ideographic):
            return amount.after
        if self.raw[amount.after] in _CLOSED_WIDE and self.raw[amount.first - 1] in _OPENED:
            return amount.after + 1
        if self.raw[amount.after] not in _OPENED:
            return amount.after
        places = range(amount.after + 1, min(ceiling, amount.after + _IN_BRACKET))
        return next((at + 1 for at in places if self.raw[at] in _CLOSED_WIDE), amount.after)

    def _came_to(self, amount: Amount, following: Amount) -> bool:
        """Whether what a German amount moved came to the next one: "ist um 3 Prozent auf 5 Mio. Euro gestiegen"."""
        return (
            self.language.code == "de"
            and self.before(amount.first, "by") >= 0
            and self.has(amount.after, "to")
            and self.found.after[amount.after] >= self._bound(following)[0]
        )

    def _is_base(self, before: Amount, amount: Amount) -> bool:
        """Whether the amount is what a percentage or a count is taken of: "40 % von 50 Mio. Euro", "150 des 855 emplois"."""
        if before.unit != "percent" or amount.unit in PERCENTS:
            return before.whole == amount.first
        at, start = before.after, self._bound(amount)[0]
        if self.low[at] == "por" or not (self.has(at, "of") or self.has(at, "of_whole")):
            return False  # "el 50 % por 7 millones" tells a price
        while at < start and at in self.found.after:
            at = self.found.after[at]
        return at >= start

    def _leads(self, amount: Amount, following: Amount | None) -> bool:
        """Whether "to" and an amount of the same unit follow."""
        at = amount.after + (self.raw[amount.after] in CLASSIFIERS)
        if following is None or not self.has(at, "to") or following.unit != amount.unit:
            return False
        leads = self._bound(following)[0] <= self.found.after[at]
        following.like = amount if leads else None
        return leads

    def _reading(self, amount: Amount, floor: int, ceiling: int) -> Reading | None:
        if self.language.ideographic and not amount.unit and amount.noun in {"", "people", "items"}:
            self._counted_wide(amount, floor)
        if amount.bound is None:
            return None
        start, bound = self._bound(amount, floor)
        if not amount.unit and not amount.noun:
            amount.noun = self._counted_before(amount, self._clause_left(start, self.begins))
            if not amount.noun:
                return None
        left = self._clause_left(start, floor)
        behind = self._past_bracket(amount, ceiling)
        right = self._clause_right(behind, ceiling)
        if bound == "exact" and not self.language.ideographic:
            bound = self._further_bound(amount, left, start, floor)
        elif bound == "exact" and self.raw[start - 1] == "的":
            bound = self._bound_over(left, start)
        if bound is None or amount.based:
            return None
        denied = left
        while denied > floor and self.has(denied - 1, "clause") and self.has(denied - 1, "of"):
            denied = self._clause_left(denied - 1, floor)  # "no fue multado con"
        if self._denied(max(denied, amount.year), start) or self._denied(behind, right):
            return None
        told = self._by_words if self.language.ideographic else self._change
        change = told(amount, (left, start), (behind, right))
        if self.revises and self.raw[start - 1] in _ARROWS:
            change = None if self.some("loss", self.begins, right) else ""
        if change is None and (self.language.ideographic or (change := self._told_on(amount, start)) is None):
            return None
        if amount.noun:
            is_level = (self.language.ideographic and change == "") and (
                _RUN.match(self.text, self.end(amount.after - 1)) is not None
                or self._is_to(start, amount.after)
            )
            change = self._counted(change, left, right, gone=self._is_gone(left, right) and not is_level)
        value = amount.value
        return Reading(
            start=self.first + self.start[start],
            end=self.first + self.end(amount.after - 1),
            value=value if amount.high is None else None,
            low=None if amount.high is None else value,
            high=amount.high,
            decimals=amount.decimals,
            bound=bound,
            unit=amount.unit,
            per=amount.per or self._per_before(amount, start),
            change=change,
            nouns=self._nouns(amount, left),
        )

    def _further_bound(self, amount: Amount, left: int, start: int, floor: int) -> Bound | None:
        """The bound that stands farther before its number, or before the number that it restates in brackets."""
        is_restated = self.raw[start - 1] in _OPENED and start - 1 == floor and amount.unit not in PERCENTS
        if is_restated and self.made and self.made[-1].bound != "exact":
            return self.made[-1].bound  # "superior a los 8 millones de coronas (5 millones de dólares)"
        return self._far_bound(left, start)

    def _told_on(self, amount: Amount, start: int) -> Movement | None:
        """The change of the percentage before another one: "de 15 % au trimestre et de 14 % pour l'exercice"."""
        before = self.made[-1] if self.made else None
        if before is None or not amount.unit == before.unit == "percent":
            return None
        between = self.text[before.end - self.first : self.start[start]]
        is_next = " ".join(self.low[start - 2 : start]) in _AND_BY and CLAUSE_MARKS.isdisjoint(between)
        return before.change if is_next else None

    def _counted_before(self, amount: Amount, left: int) -> str:
        """What a number counts if that stands before it: "die Zahl der Beschäftigten lag bei 23.610"."""
        if self.language.ideographic or amount.high is not None or amount.signed:
            return ""
        is_clear = (
            amount.scaled
            or _GROUPED.fullmatch(self.raw[amount.after - 1])
            or self.before(amount.first, "to") >= 0
            or self.before(amount.first, "level") >= 0
        )
        if not is_clear or self.low[amount.after] not in _CLOSED:
            return ""
        for at in range(left, amount.first):
            if self.low[at] in _HEADCOUNTS:
                return "employees"
            if self.low[at] in _COUNT_OF:
                return _COUNT_OF[self.low[at]]
            if self.low[at] in _COUNTS:
                named = [place for place in range(at + 1, at + 4) if self.has(place, "noun")]
                is_all = bool(named) and self.low[self.found.after[named[0]]] not in _NARROWING
                return self.found.tags[named[0]]["noun"] if is_all else ""
        return ""

    def _nouns(self, amount: Amount, left: int) -> tuple[str, ...]:
        """What is counted. Of people, whether the words before say that they are employed."""
        nouns = tuple(amount.noun.split())
        behind = amount.after + _JUST_BEHIND if self.language.verb_last else amount.after
        if amount.like is not None:
            left = self.begins
        elif self.raw[left - 2 : left] == ["は", "、"]:  # "従業員数は、2024年3月末現在で12,345名"
            left = self._clause_left(left - 1, self.begins)
        beside = (*range(left, amount.first), *range(amount.after, behind))
        if nouns == ("people",) and any(self.has(at, "employing") for at in beside):
            return ("employed", *nouns)
        return ("vehicles",) if nouns == ("units",) and "车" in self.raw[left : amount.first] else nouns

    def _counted_wide(self, amount: Amount, floor: int) -> None:
        """Take what is counted from the noun before the number: "门店2,315家", "用户达1.2亿"."""
        is_classified = self.raw[amount.after] in CLASSIFIERS
        if not (is_classified or amount.scaled or amount.noun):
            return
        if amount.like is not None and amount.like.noun and not amount.noun:
            amount.noun, amount.after = amount.like.noun, amount.after + is_classified
            return
        at = amount.first - 1
        while at >= max(floor, amount.first - _NEAR_NOUN):
            first = self.found.ending.get(at + 1, -1)
            tags = self.found.tags.get(first, {})
            if "noun" in tags:
                named = tags["noun"]
                is_person = amount.noun == "people" and named in _PEOPLE
                is_item = amount.noun == "items" and named in _COUNTED_BEFORE
                if is_person or is_item or (named in _COUNTED_BEFORE and not amount.noun):
                    amount.noun = f"people {named}" if is_person else named
                    amount.after += is_classified
                    if is_classified:
                        self._bounded_behind(amount)
                return
            if first < 0 and self.raw[at] not in _TOTALS:
                return
            if first >= 0 and _BETWEEN_NOUN.isdisjoint(tags):
                return
            at = first - 1 if first >= 0 else at - 1

    def _per_before(self, amount: Amount, start: int) -> str:
        if amount.unit in PERCENTS:
            return ""
        if self._is_monthly(start):
            return "month"
        if amount.scaled or not amount.unit:
            return ""
        left = self._clause_left(start, self.begins)
        left = self._with_before((left, amount.first))
        return "share" if self.some("per_before", left, amount.first) else ""

    def _is_stated(self, left: int, right: int) -> bool:
        """Whether a Chinese or Japanese clause says by itself how many there are: "期末门店总数为4,217家"."""
        if not self.language.ideographic or self.some("gone", left, right) or self.some("plan", left, right):
            return False
        return any(
            self.raw[at] in _ALL or self.raw[at : at + 2] in (["人", "数"], ["数", "は"])
            for at in range(left, right)
        )

    def _is_gone(self, left: int, right: int) -> bool:
        if self.language.ideographic or not self.gone:
            return self.gone and not self._is_stated(left, right)
        return self.falls or not (self._has_so_many("gone", left, right) or self._is_sold(left, right))

    def _is_sold(self, left: int, right: int) -> bool:
        """Whether goods are sold, which go by that: "a vendu 5 millions de véhicules"."""
        goods = any(self.found.tags.get(at, {}).get("noun") in _GOODS for at in range(left, right + 1))
        gone = [at for at in range(self.begins, self.ends) if self.has(at, "gone")]
        return goods and all(self.low[at] in _SELLING for at in gone)

    def _is_to(self, start: int, after: int) -> bool:
        """Whether the number is what something came to: "减少至1.42万人"."""
        return self.before(start, "to") >= 0 or self.has(after, "behind_to")

    def _counted(self, change: Movement, left: int, right: int, *, gone: bool) -> Movement:
        """The change of a count: what its own clause says counts before what the sentence says."""
        if (
            self.language.ideographic
            and self.some("plan", left, right)
            and not (gone and self.some("gone", left, right))
        ):
            return "planned"
        if gone:
            return "cut" if change in {"", "cut", "down"} else "unsure"
        if self.planned and not self._is_stated(left, right) and not self._has_so_many("plan", left, right):
            return "planned"
        return change

    def _has_so_many(self, tag: Tag, left: int, right: int) -> bool:
        """Whether the clause of a count says that there are so many, and what goes or is to come stands in another."""
        told = [at for at in range(left, right) if self.has(at, tag) and not self._is_before(at, left)]
        having = self.some("level", left, right) or self.some("employing", left, right)
        return not told and (having or not _HAVING.isdisjoint(self.low[left:right]))

    def _is_before(self, at: int, left: int) -> bool:
        """Whether something was done before there are so many: "nach den Schließungen betreibt", "tras despedir a"."""
        first = next(
            (one for one in range(at, max(left, at - _FEW_WORDS) - 1, -1) if self.low[one] in _AFTERWARDS), -1
        )
        return first >= 0 and self.low[self.found.after[at]] not in {"von", "de", "der", "des", "d'"}
