"""Which words of a French or Spanish clause are free, since they do not govern its number."""

import re
from collections.abc import Sequence
from typing import Final

from service.evidence.owners.others.patterns import Patterns
from service.evidence.owners.others.word_kinds import BEING, Clause, Kinds, comes_to, is_named_firm

_FINITE: Final = re.compile(
    r"(?:[^\W\d_]+(?:e|ent|ait|aient|èrent|it|ît|ort|ortent|t)|a|ó|an|aron|aba|aban|ía|ían|ieron|[a-z]+[óa]|[a-z]+n)$"
)
_PARTICIPLE: Final = re.compile(
    r"[^\W\d_]+(?:é|ée|és|ées|i|ie|is|ies|u|ue|us|ues|it|ado|ada|ados|adas|ido|ida|idos|idas|sto|cho|erto)$"
)
# what may be, will be, or was going to be
_UNREAL: Final = re.compile(r"[^\W\d_]+(?:rait|raient|ra|ront|aient|ría|rían|rá|rán)$")
_ADVERB: Final = re.compile(r"[^\W\d_]+(?:ment|mente)$")
_NEAR: Final = 4
_AFTER: Final = frozenset({"après", "tras"})
_MANNER: Final = frozenset({"con", "avec"})  # "con claridad"


def _verb_of(low: Sequence[str], words: Kinds) -> int:
    """Where the verb is that governs the number: the last that is known and finite, or has a helping one before it."""
    for at in range(len(low) - 1, -1, -1):
        one = low[at]
        if one in words.helping and at + 1 < len(low) and at > 0 and _helps(low, at + 1, words):
            return at
        if one not in words.verbs:
            continue
        if _PARTICIPLE.fullmatch(one) and not one.endswith("it"):
            if any(low[before] in words.helping for before in range(max(0, at - _NEAR), at)):
                return at
        elif (
            (one in words.sure or _FINITE.fullmatch(one))
            and at > 0
            and low[at - 1] not in words.determiners | words.prepositions
        ):
            return at
    return -1


def _helps(low: Sequence[str], at: int, words: Kinds) -> bool:
    """Whether a helping verb before `at` stands with a known one, or alone before a phrase."""
    while at < len(low) and (_ADVERB.fullmatch(low[at]) or low[at] in {"été", "sido"}):
        at += 1
    return at == len(low) or low[at] in words.verbs | words.prepositions | words.determiners | words.helping


def free_romance(clause: Clause, words: Kinds, patterns: Patterns, *, parted: bool) -> set[int]:
    """The places of the words that may be any."""
    listed = clause.words
    low = [one.lower().replace("’", "'") for one in listed]
    for at in range(1, len(listed) - 1):  # "Uxía y María" are one
        if low[at] in words.joints and listed[at - 1][:1].isupper() and listed[at + 1][:1].isupper():
            low[at] = ""
    verb = _verb_of(low, words)
    brought = _behind_measure(low, words, patterns, parted=parted) if comes_to(low, patterns) else set[int]()
    if verb < 0 or (brought and verb >= min(brought)):
        if not brought:
            return set()
        first = min(brought)
        return brought | _before_verb(low[:first], words, patterns, parted=parted, is_being=False)
    is_being = low[verb] in BEING and not (verb + 1 < len(low) and _PARTICIPLE.fullmatch(low[verb + 1]))
    free = {verb, *([verb + 1] if low[verb] in words.helping else [])}
    pre = low[:verb]
    if verb > 1 and low[verb - 1] in {"et", "y", "e"}:  # another verb with the same subject
        pre = pre[: _end_of_subject(pre, words)]
        free.update(range(len(pre), verb))
    free |= _before_verb(pre, words, patterns, parted=parted, is_being=is_being)
    return free | brought | _behind_verb(low, verb, words, parted=parted)


def _end_of_subject(low: Sequence[str], words: Kinds) -> int:
    """Where the subject ends that the words begin with: before the first known verb, else behind its first noun."""
    known = next(
        (at for at, one in enumerate(low) if at > 1 and (one in words.verbs or one in words.helping)), 0
    )
    return known or min(2, len(low))


def _behind_measure(low: Sequence[str], words: Kinds, patterns: Patterns, *, parted: bool) -> set[int]:
    """The words between a measure and what it came to: any verb, but no place."""
    said = " ".join(low)
    found = list(patterns.measures.finditer(said.replace("' ", "'")))
    last = found[-1].group().replace("’", "'").split()[-1].split("'")[-1] if found else ""
    start = max((at for at, one in enumerate(low) if one == last.lower()), default=len(low))
    free: set[int] = set()
    inside = ""
    for at in range(start + 1, len(low)):
        one = low[at]
        if one in words.prepositions:
            inside = one
        elif one in words.verbs or one in words.helping:
            inside = ""
        elif _PARTICIPLE.fullmatch(one) and not any(
            before in words.helping or before in {"s'", "se"} for before in low[start:at]
        ):
            return set()  # "la dette nette logée dans la holding"
        elif not (
            parted and inside in words.where and not (inside in _MANNER and low[at - 1] == inside)
        ) and not (inside in words.of and not is_named_firm(words, one)):
            free.add(at)
    return free if not any(_UNREAL.fullmatch(low[at]) for at in free) else set()


def _before_verb(
    low: Sequence[str], words: Kinds, patterns: Patterns, *, parted: bool, is_being: bool
) -> set[int]:
    """The free words of what stands before the verb: phrases with a preposition, and the subject."""
    bare = [
        at
        for at, one in enumerate(low)
        if one in words.determiners
        and one not in words.prepositions
        and (at == 0 or low[at - 1] not in words.prepositions)
    ]
    if (
        len(bare) > 1
        or not words.joints.isdisjoint(low)
        or any(_UNREAL.fullmatch(one) and not is_named_firm(words, one) for one in low)
    ):
        return set()  # an unknown verb before its object, or another clause
    free: set[int] = set()
    subject = bare[0] if bare else len(low)
    at = 0
    while at < subject:  # openings
        end = next(
            (one for one in range(at + 1, subject) if low[one] in words.where | words.neutral), subject
        )
        said = low[at:end]
        is_bare = low[at] in _AFTER and words.determiners.isdisjoint(said)  # "après retraitement"
        if (
            (low[at] in words.neutral and not is_bare)
            or not parted
            or any(words.times.fullmatch(one) for one in said)
        ):
            free.update(range(at, end))
        at = end
    if subject < len(low) and subject + 1 < len(low):
        named = " ".join(low[subject + 1 :]).replace("' ", "'")
        if patterns.measures.search(named):
            free.update(
                at
                for at in range(subject + 1, len(low))
                if (
                    is_named_firm(words, low[at])
                    or (low[at - 1] in words.of and at > 1 and is_named_firm(words, low[at - 2]))
                )
                and not _PARTICIPLE.fullmatch(low[at])
            )
        elif (
            not is_being
            and low[subject] in words.articles
            and not _of_firm(low[subject + 1 :], words)
            and not any(
                words.no_subjects.fullmatch(one) or words.doubtful.fullmatch(one)
                for one in low[subject + 1 : subject + 3]
            )
        ):
            free.update(range(subject + 1, len(low)))
    return free


def _of_firm(low: Sequence[str], words: Kinds) -> bool:
    """Whether a subject is something of a company: "la branche du groupe"."""
    return any(
        one in words.of and any(is_named_firm(words, two) for two in low[at + 1 : at + 3])
        for at, one in enumerate(low)
        if at
    )


def _behind_verb(low: Sequence[str], verb: int, words: Kinds, *, parted: bool) -> set[int]:
    """The free words between the verb and the number."""
    free: set[int] = set()
    head = ""
    inside = ""
    for at in range(verb + 1, len(low)):
        one = low[at]
        if one in words.prepositions or one in words.determiners:
            inside = one if one in words.prepositions or not inside else inside
            head = ""
            continue
        is_last = at == len(low) - 1
        if head:  # what is said of a noun must be known
            is_free = False
        else:
            is_place = inside in words.where and not is_last and (not parted or low[at - 1] == inside)
            is_free = inside in words.neutral or is_place
        if is_free:
            free.add(at)
        head = one
    return free
