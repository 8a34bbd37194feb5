"""Which words of a German clause are free, since they do not govern its number."""

import re
from collections.abc import Sequence
from typing import Final

from service.evidence.owners.others.patterns import Patterns
from service.evidence.owners.others.word_kinds import BEING, Clause, Kinds, comes_to, is_named_firm

_UNREAL: Final = re.compile(
    r"(?:wäre|hätte|müsste|könnte|würde|dürfte|sollte|käme|läge|betrüge|stiege|fiele|sänke|bliebe|ergäbe|erreiche|betrage"
    r"|liege)n?"
)
_GENITIVES: Final = frozenset(
    {"der", "des", "eines", "einer", "seines", "seiner", "ihres", "ihrer", "dieses", "dieser"}
)
_LEADING_ON: Final = frozenset({"von", "vom", "mit", "ohne"})  # behind them may stand what the number is of
_PLURAL: Final = frozenset({"die", "diese"})
_ATTRIBUTE: Final = re.compile(r"e[nrsm]?$")  # an adjective before its noun: "massiven Jobabbau"


def free_german(
    clause: Clause, kinds: Kinds, patterns: Patterns, *, parted: bool, is_opened: bool
) -> set[int]:
    """The places of the words that may be any. `is_opened`: an aside stood before, so that the verb comes first."""
    low = [one.lower() for one in clause.words]
    if any(_UNREAL.fullmatch(one) for one in low):
        return set()
    verb = _verb_of(clause.words, low, kinds, patterns, first=0 if is_opened else 1)
    return _Walk(clause.words, low, verb, kinds, patterns, parted=parted).free() if verb >= 0 else set()


def _is_noun(word: str) -> bool:
    return word[:1].isupper()


def _verb_of(
    listed: Sequence[str], low: Sequence[str], kinds: Kinds, patterns: Patterns, *, first: int
) -> int:
    """Where the verb stands: the first that is known, or any behind a noun if a measure came to the number."""
    for at, one in enumerate(listed):
        if not _is_noun(one) and (one in kinds.verbs or one in kinds.helping):
            return at if at >= first else -1
    if not comes_to(low, patterns):
        return -1
    small = kinds.prepositions | kinds.determiners | kinds.joints
    for at in range(first, len(listed)):
        if not _is_noun(listed[at]) and (at == 0 or _is_noun(listed[at - 1])) and low[at] not in small:
            return at
    return -1


class _Walk:
    """Goes through the phrases of a clause, each up to its noun."""

    def __init__(
        self,
        listed: Sequence[str],
        low: Sequence[str],
        verb: int,
        kinds: Kinds,
        patterns: Patterns,
        *,
        parted: bool,
    ) -> None:
        self.listed, self.low, self.verb, self.parted = listed, low, verb, parted
        self.kinds, self.patterns = kinds, patterns
        self.small = kinds.prepositions | kinds.determiners
        self.found = {verb}
        self.head_at = -1
        self.head = ""  # the noun that the last phrase ended with
        self.is_of_subject = self.has_subject = self.is_cause = False

    def free(self) -> set[int]:
        """The places of the words that may be any; none if another verb seems to stand before the known one."""
        at = 0
        while at < len(self.listed):
            if at == self.verb:
                self.head, self.is_of_subject = "", False
                at = self._after_verb()
            elif self.head and _is_noun(self.listed[at]):  # a name behind its noun
                self.found.add(at)
                at += 1
            else:
                end = self._noun_from(at)
                is_phrase = end < len(self.listed) and end != self.verb
                if at < self.verb and self._hides_verb(at, end, is_phrase=is_phrase):
                    return set()
                if is_phrase:
                    self._phrase(at, end)
                    at = end + 1
                else:  # adverbs up to the verb or the number
                    at = max(end, at + 1)
        return self.found

    def _after_verb(self) -> int:
        """Where the words behind the verb go on: behind another one of the same subject, as in "und erreichte"."""
        low, kinds = self.low, self.kinds
        for at in range(len(low) - 2, self.verb, -1):
            if low[at] == "und" and (low[at + 1] in kinds.verbs or low[at + 1] in kinds.helping):
                self.found.update(range(self.verb, at + 2))
                return at + 2
        return self.verb + 1

    def _noun_from(self, at: int) -> int:
        """Where the noun of the phrase from `at` on stands; the verb's place or the end if it has none."""
        if at == 0 and not (_is_noun(self.listed[0]) and self.patterns.measures.fullmatch(self.listed[0])):
            at += self.low[0] in self.small or not (len(self.listed) > 1 and _is_noun(self.listed[1]))
        while at < len(self.listed) and at != self.verb and not _is_noun(self.listed[at]):
            at += 1
        return at

    def _hides_verb(self, at: int, end: int, *, is_phrase: bool) -> bool:
        """Whether the words from `at` on, behind a noun, may be an unknown verb and what hangs on it."""
        if not self.head:
            return False
        if self.low[at] not in self.small:
            return True
        return is_phrase and any(self.low[one] in self.kinds.determiners for one in range(at + 2, end))

    def _phrase(self, at: int, end: int) -> None:
        kinds, small, noun = self.kinds, self.low[at], self.listed[end]
        is_measure = self.patterns.measures.fullmatch(noun) is not None
        if not is_measure:  # "der wiederkehrende Umsatz" is another one
            is_bare = small not in self.small and at > self.verb and _ATTRIBUTE.search(small)
            self.found.update(range(at if is_bare else at + 1, end))
        if self.head and small in _GENITIVES:
            is_whole = self.patterns.measures.fullmatch(self.head) is not None
            is_firm = is_named_firm(kinds, noun.lower().removesuffix("s"))
            is_other = kinds.no_subjects.fullmatch(noun.lower()) is not None and not self.is_cause
            if is_firm and not is_whole and not self.is_cause:
                self.found.discard(self.head_at)  # "die Sparte des Konzerns"
            if not is_other and (not is_whole or is_firm):
                self.found.add(end)
            self.head = self.head if is_whole else noun
            return
        self.head, self.head_at = noun, end
        self.is_cause = small in kinds.neutral
        if small in kinds.articles:
            self._subject(at, end, is_measure=is_measure)
        elif (
            (small in kinds.neutral and small != "seit" and not (small == "nach" and end == at + 1))
            or kinds.times.fullmatch(noun.lower())
            or (small in kinds.prepositions and self._may_stand_anywhere(small))
        ):
            self.found.add(end)

    def _may_stand_anywhere(self, preposition: str) -> bool:
        """Whether what stands behind a preposition tells of the company, or cannot be a part."""
        return self.is_of_subject or (not self.parted and preposition not in _LEADING_ON)

    def _subject(self, at: int, end: int, *, is_measure: bool) -> None:
        """Take the noun for whom or what the verb is said of, before the verb or behind it."""
        kinds, noun = self.kinds, self.listed[end].lower()
        is_no_owner = (
            self.has_subject
            or self.low[self.verb] in BEING
            or kinds.no_subjects.fullmatch(noun) is not None
            or any(kinds.doubtful.fullmatch(self.low[one]) for one in range(at + 1, end))
        )
        if is_no_owner:
            return
        is_plural = self.low[at] in _PLURAL and self.low[self.verb].endswith("en")
        if not is_plural or is_named_firm(kinds, noun):
            self.found.add(end)
        self.has_subject = self.is_of_subject = not is_measure
