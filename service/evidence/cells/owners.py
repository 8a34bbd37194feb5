"""Whether the row, the section and the column of a number are those of the fact's quantity.

A table says what a number is of in few words, so all of them count: each must belong to the fact (its subject, a dimension, its
company), or say nothing. What the fact is of must be named too.
"""

import re
from collections.abc import Iterable
from typing import Final, NamedTuple

from service.core.countries import names_of_country
from service.core.words import label_of
from service.evidence import subjects
from service.evidence.about import About
from service.evidence.cells.columns import without_periods
from service.evidence.cells.grid import CellSurroundings
from service.evidence.cells.words import HUNDREDTHS, HeadWords, without_brackets
from service.evidence.owners.look import WORD, each_share, is_among, measured_in, of_fact
from service.evidence.owners.others.patterns import patterns_of
from service.evidence.reading import tables
from service.evidence.reading.languages.en import vocabulary
from service.evidence.reading.languages.measures import MEASURE_WORDS
from service.evidence.reading.languages.traditional import simplified
from service.evidence.subjects import stem

_SHOWN: Final = 120
_LONG_SUBJECT: Final = 5  # words; of longer ones half have to be named
_FOOTNOTE: Final = re.compile(r"[(\[][0-9a-z*†‡]{1,2}[)\]]|[*†‡¹²³]+|(?<=[a-z])\s[0-9]{1,2}$", re.IGNORECASE)
_CURRENT: Final = re.compile(
    r",?\s+(?:less|net\s+of|excluding)\s+(?:the\s+)?current\s+(?:portion|maturities|instal+ments)\b",
    re.IGNORECASE,
)
_POSSESSIVE: Final = re.compile(r"(?<=\w)['’]s\b|(?<=s)['’](?=\s|$)")
_STATES: Final = re.compile(r"\bU\.\s?S\.(?:\s?A\.)?|\bUS\b")
# words that texts use for the whole of which they are a part
_PARTS: Final = vocabulary(
    "land building buildings plant equipment asset assets location locations restaurant restaurants rsu rsus option options note"
    " notes bond bonds loan loans debentures debenture credit term licenses patents content deferred unearned owed due"
)
_LESS: Final = re.compile(r"^\s*(?:less|add|plus)\s*:", re.IGNORECASE)
# "Interest expense" is interest, where "Revenue expense" is no revenue
_EXPENSES: Final = frozenset({"expense", "expenses", "cost", "costs", "charge", "charges", "provision"})
_SPENT: Final = ("wages", "tax", "interest", "depreciation", "charge", "cost", "rent", "spend")
_NET_BEHIND: Final = re.compile(r",?\s*\bnet\b(?=\s*$|\s*,)|^\s*net\b", re.IGNORECASE)
# families of `MEASURES` with different measures in them: "interest income" and "net interest income"
_LOOSE: Final = vocabulary(
    "interestincome cost depreciation comprehensive charge spend spend.investment gain deal debt"
)
# words of a subject that a table need not say
_UNSAID: Final = frozenset(
    stem(word)
    for word in vocabulary(
        "total annual quarterly yearly reported group company consolidated amount value number count quantity level net of and"
        " the for in on a per share year quarter period"
    )
)
_GROWTH: Final = frozenset(
    stem(word) for word in ("growth", "change", "increase", "decrease", "decline", "rise", "yoy")
)
_SEGMENT_OF: Final = re.compile(
    r"\b(?!Reportable|Operating|Business|The|Each|By|Our|This|Segment|Geographic|Principal)(?P<named>[A-Z][\w&-]+)\s+"
    r"(?:segment|division|subsidiary|business unit)\b"
)


class Named(NamedTuple):
    """A text of the table by what it names."""

    own: bool  # a measure that is the fact's
    other: str  # a measure that is not
    left: str  # words that belong to nothing of the fact


class Owner:
    """What a fact is of, for the words of tables."""

    def __init__(
        self, label: str, about: About, words: HeadWords, language: str, *, per_share: bool, is_rate: bool
    ) -> None:
        self.about = about
        self.words = words
        self.language = language if language in MEASURE_WORDS else "en"
        self.per_share = per_share
        self.is_rate = is_rate
        self.families, stems = of_fact(label_of(label), about.label, per_share)
        countries = [name for place in about.places for name in names_of_country(place)]
        self.parts = [label_of(one) for one in (*about.members, *about.places)]
        parts = [*self.parts, *countries]
        self.part_stems = _stems(parts)
        self.stems = stems | self.part_stems | _stems(about.names)
        if "US" in about.places:
            self.stems |= {stem("USA")}
        self.subject = label_of(about.subject)

    def doubt(self, beside: CellSurroundings, title: str, summed: str, *, is_change: bool) -> str | None:
        """Why the number is not the fact's; None if all around it is. `summed`: the row that sums up its row."""
        row = self._named(without_periods(beside.name))
        heads = self._named(without_periods(" ".join(beside.heads)), is_change=is_change)
        part = next((one for one in beside.sections if not self._is_of_measure(one)), "")
        section = next((one for one in beside.sections if self._is_of_measure(one)), "")
        beside = beside._replace(sections=[one for one in (part, section) if one])
        named = self._named(section)
        if row.other or row.left:
            return self._told("row", beside.name)
        if heads.other or heads.left:
            return self._told("column", " ".join(beside.heads))
        if part and (said := self._named(without_periods(part))) and (said.left or said.other):
            return self._told("section", part)
        if not row.own and not heads.own and not self._is_named_whole(beside.name):
            if named.other or named.left:
                return self._told("section", section)
            if self.families and not named.own:
                near = [self._untitled(summed), self._untitled("\n".join((*beside.stubs, title)))]
                reason = None if None in near else near[-1]
                if reason is not None:
                    return reason
        if (odd := _SEGMENT_OF.search(title)) is not None and stem(odd["named"]) not in self.stems:
            return f'the table is of "{odd.group()}"'
        if (other := self.words.other.search(title)) is not None and stem(other.group()) not in self.stems:
            return f'the table is of "{other.group()}" figures'
        pool = " | ".join((beside.name, *beside.heads, *beside.sections, *beside.stubs, title, summed))
        return self._unnamed(pool, beside, is_change=is_change)

    def _is_named_whole(self, name: str) -> bool:
        """Whether the name of a row has all telling words of the subject."""
        telling = {
            stem(one)
            for one in WORD.findall(self.subject)
            if one.lower() not in _EXPENSES and (stem(one) not in _UNSAID or one.lower() == "net")
        }
        return bool(telling) and telling <= _stems([name])

    def _told(self, what: str, name: str) -> str:
        return f'the {what} is named "{name[:_SHOWN]}"'

    def _untitled(self, title: str) -> str | None:
        """Why the title does not say that the numbers are of the fact's measure."""
        measured = self._mentions(title)
        own = [one for _, _, one in measured if self._is_own(one)]
        if own and len(own) == len(measured):
            return None
        return "neither its row nor its column says what it is of"

    def _is_of_measure(self, section: str) -> bool:
        return bool(self._mentions(section)) or _ACCOUNTS.search(section) is not None

    def _mentions(self, text: str) -> list[tuple[int, int, frozenset[str]]]:
        found = [(one.start, one.end, one.families) for one in measured_in(text, per_share=self.per_share)]
        if self.language != "en":
            patterns = patterns_of(self.language)
            for match in patterns.measures.finditer(simplified(text, self.language)):
                phrase = re.sub(r"\s+", " ", match["phrase"].lower()).replace("’", "'").replace("' ", "'")
                families = patterns.families.get(phrase, frozenset[str]())
                if self.per_share:
                    families = each_share(families)
                found = [one for one in found if one[1] <= match.start("phrase") or one[0] >= match.end()]
                found.append((match.start("phrase"), match.end(), families))
        return found

    def _is_own(self, families: frozenset[str]) -> bool:
        """Whether a measure is the fact's: the same, or a more general word for it."""
        if not self.is_rate and "margin.gross" in families:
            families = families | {"profit.gross"}  # an amount of gross margin is gross profit
        for own in self.families:
            for one in families:
                if own == one or own.startswith(f"{one}.") or (own, one) == ("profit", "profit.net"):
                    return True
        return False

    def _named(self, text: str, *, is_change: bool = False) -> Named:
        text = tables.without_scales(_LESS.sub(" ", _CURRENT.sub("", _FOOTNOTE.sub(" ", text))))
        for pattern in (self.words.percent, *([HUNDREDTHS] if self.per_share else []), self.words.per_share):
            text = pattern.sub(" ", text)
        if is_change:
            text = self.words.change.sub(" ", text)
            text = re.sub(r"\b(?:vs|versus)\b\.?", " ", text)
        text = _POSSESSIVE.sub("", _STATES.sub(" USA ", without_brackets(text)))
        if (odd := self.words.other.search(text)) is not None and stem(odd.group()) not in self.stems:
            return Named(False, "", odd.group())
        own = False
        other = ""
        left = list(text)
        for start, end, families in self._mentions(text):
            mentioned = text[start:end]
            if self._is_own(families) and self._is_alike(mentioned, families):
                own = True
                left[start:end] = " " * (end - start)
            elif self.families and not self._covers(mentioned):
                other = mentioned
        rest = (
            _NET_BEHIND.sub(" ", "".join(left)) if own or _NET_BEHIND.sub("", text).strip() else "".join(left)
        )
        rest = self.words.plain_phrases.sub(" ", rest)
        odd_words = [one for one in WORD.findall(rest) if not self._belongs(one)]
        return Named(own, other, " ".join(odd_words))

    def _is_alike(self, mentioned: str, families: frozenset[str]) -> bool:
        """Whether words for the fact's family are for its measure, too, where the family has different ones."""
        if families.isdisjoint(_LOOSE):
            return True
        words = WORD.findall(mentioned)
        is_net = any(one.lower() == "net" for one in words)
        return is_net == ("net" in self.subject.lower().split()) and all(
            one.lower() == "net" or self._belongs(one) for one in words
        )

    def _covers(self, text: str) -> bool:
        """Whether each word of a text belongs to the fact."""
        return all(stem(one) in self.stems for one in WORD.findall(text))

    def _belongs(self, word: str) -> bool:
        small = word.lower()
        if (
            small in self.words.plain
            or stem(word) in self.stems
            or (small == "stock" and "share" in self.stems)
        ):
            return True
        if self.per_share and small in {"basic", "diluted", "declared"}:
            return True
        if stem(word) in _GROWTH and not _GROWTH.isdisjoint(_stems([self.subject])):
            return True
        if small in _EXPENSES and is_among(self.families, _SPENT):
            return True
        return small not in _PARTS and subjects.means(self.about.subject, self.about.label, word)

    def _unnamed(self, pool: str, beside: CellSurroundings, *, is_change: bool) -> str | None:
        """Why the table does not name all that the fact is of: its dimensions and the words of its subject."""
        said = _stems([pool])
        beside_it = _stems((beside.name, *beside.heads, *beside.sections))
        for one in self.parts:
            stems = [_stems([name]) for name in (one, *names_of_country(one))]
            if not any(name and name <= said for name in stems) and one not in pool:
                return f'nothing over or beside it names "{one}"'
        if any(stem(word) in _GROWTH for word in WORD.findall(self.subject)) != is_change and not (
            beside_it & _GROWTH and not is_change
        ):
            return "it tells a change" if is_change else "it tells no change"
        near = " | ".join((beside.name, *beside.heads, *beside.sections))
        own = [
            end - start
            for text in (near, pool)
            for start, end, one in self._mentions(text)
            if self._is_own(one)
        ]
        masked = list(self.subject)
        if own:
            for mention in measured_in(self.subject, per_share=self.per_share):
                masked[mention.start : mention.end] = " " * (mention.end - mention.start)
        wanted = [one for one in WORD.findall("".join(masked)) if stem(one) not in _UNSAID | _GROWTH]
        missing = [one for one in wanted if not self._is_said(one, said, pool)]
        if missing and (len(wanted) <= _LONG_SUBJECT or 2 * len(missing) > len(wanted)):
            return f'nothing over or beside it says "{missing[0]}"'
        return None

    def _is_said(self, word: str, said: frozenset[str], pool: str) -> bool:
        return stem(word) in said or any(
            stem(other) in said or (ord(other[0]) > 0x3000 and other in pool)
            for other in subjects.synonyms(word)
        )


# what heads a part of a statement, and no part of the company
_ACCOUNTS: Final = re.compile(
    r"\b(?:assets|liabilities|equity|activities|expenses?|costs?|income|revenues?|sales|per share|attributable|adjustments"
    r"|changes in|operations|shares?|cash|taxes|current|non-?current|aktiva|passiva|vermögenswerte|schulden|actifs?|passifs?"
    r"|activos?|pasivos?)\b|資産|負債|资产|负债",
    re.IGNORECASE,
)


def _stems(texts: Iterable[str]) -> frozenset[str]:
    return frozenset(stem(word) for one in texts for word in WORD.findall(one))
