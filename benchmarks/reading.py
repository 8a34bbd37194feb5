"""Accuracy and speed of the reader of passages: `uv run python -m benchmarks.reading`.

First, how many of the made-up passages of each class are read as expected, and what the made-up pairs of a quote and
a quantity get, by language and class: right, missed, falsely verified. Then the precision of the context. Then the
time per passage by language: the median over the passages of each one's shortest time, and its ratio to English.
Last, hostile inputs of half a megabyte and of a megabyte, whose times must be proportional to their lengths.
"""

import random
import statistics
import time
from collections import Counter, defaultdict

from benchmarks.filings import FILINGS, marked, shifted
from service.evidence import context, periods, subjects
from service.evidence.reading.reader import read
from tests.evidence.modality_table import MODALITIES
from tests.evidence.pair_table import PAIRS, found
from tests.evidence.passage_table import flaw, passages

HOSTILE = {
    "digits": "1",
    "spaced digits": "1 ",
    "grouped digits": "1,",
    "thin groups": "123\u2009",
    "brackets": "(",
    "dashes": "5-",
    "words": "two hundred and ",
    "bounds": "more than ",
    "dollars": "$",
    "right-to-left": "5\u200f",
    "zero width": "1\u200b",
    "combining": "5\u0301",
    "Arabic-Indic": "\u0661",
    "lines": "\n",
    "one word": "ü",
    "denials": "untrue $5 million ",
    "prose": "Revenue rose 26% to $33.4 billion, while 18 million users left. ",
    "German": "Der Umsatz stieg um 26 % auf 33,4 Milliarden Euro und 18 Millionen Nutzer gingen ",
    "Chinese": "营收增长26%至334亿元和1800万用户",
}


def best(text: str, rounds: int) -> float:
    """The shortest of several readings, in processor seconds of this process."""
    times: list[float] = []
    for _ in range(rounds):
        start = time.process_time()
        read(text)
        times.append(time.process_time() - start)
    return min(times)


def score_passages() -> None:
    """Print how many passages of each class are read as expected, and those that are not."""
    total, right = Counter[str](), Counter[str]()
    for passage in passages():
        wrong = flaw(passage)
        total[passage.style] += 1
        right[passage.style] += wrong is None
        if wrong is not None:
            print(f"{passage.style}: {passage.text!r}: {wrong}")
    for style, count in total.items():
        print(f"{style:26} {right[style]:4} of {count:4}")
    print(f"{'all':26} {right.total():4} of {total.total():4}\n")


def score_pairs() -> None:
    """Print the verdicts on the pairs by language and class, and the pairs that get another one than expected."""
    scores: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for pair in PAIRS:
        verdict = found(pair)
        outcome = "right" if verdict == pair.verdict else "missed" if pair.verdict == "verified" else "false"
        if outcome != "right":
            print(f"{outcome}: {pair.language} {pair.style}: {pair.text!r} {pair.quantity}")
        for style in (pair.style, "all"):
            scores[pair.language, style][outcome] += 1
    print(f"{'language':9} {'class':28} {'right':>6} {'missed':>7} {'falsely verified':>17}")
    for (language, style), score in sorted(scores.items(), key=lambda one: (one[0][0], one[0][1] == "all")):
        print(f"{language:9} {style:28} {score['right']:6} {score['missed']:7} {score['false']:17}")
    print()


def score_context() -> None:
    """Print the precision of the context on sentences of reports whose numbers their filers have marked.

    A true pair is a sentence and the fact that is marked in it; an altered one has the period of another year, or the subject of
    another number of that report.
    """
    if not FILINGS.exists():
        print("the filings are not on this machine\n")
        return
    pairs = list({(one.paragraph, one.start, one.concept, one.period): one for one in marked()}.values())
    chance = random.Random(1)
    true, altered = defaultdict[str, Counter[str]](Counter), defaultdict[str, Counter[str]](Counter)
    for one in pairs:
        start, end = context.sentence_around(one.paragraph, one.start, one.end)
        sentence, at = one.paragraph[start:end], (one.start - start, one.end - start)
        true["period"][periods.said(sentence, at, one.period, one.fiscal)] += 1
        for years in (-2, -1, 1, 2):
            altered["period"][periods.said(sentence, at, shifted(one.period, years), one.fiscal)] += 1
        true["subject"][subjects.said(sentence, one.paragraph, one.concept) or "absent"] += 1
        for _ in range(4):
            other = chance.choice(pairs).concept
            if other != one.concept:
                altered["subject"][subjects.said(sentence, one.paragraph, other) or "absent"] += 1
    print(f"{'field':8} {'said':8} {'of the fact':>12} {'of another':>11}")
    for field, scores in true.items():
        for word in sorted(scores.keys() | altered[field].keys()):
            print(f"{field:8} {word:8} {scores[word]:12} {altered[field][word]:11}")
    print()
    right = Counter[tuple[str, bool]]()
    for text, expected in MODALITIES:
        said = {one.modality for one in read(text)}
        right[expected, said == {expected}] += 1
        if said != {expected}:
            print(f"modality: {text!r}: {said}, not {expected}")
    for word in ("stated", "expected"):
        print(
            f"modality {word:8} {right[word, True]} of {right[word, True] + right[word, False]} as expected"
        )
    print()


def speeds() -> None:
    """Print the time per passage by language."""
    texts: dict[str, list[str]] = defaultdict(list)
    for passage in passages():
        texts["en"].append(passage.text)
    for language, text in dict.fromkeys((pair.language, pair.text) for pair in PAIRS):
        texts[language].append(text)
    medians = {
        language: sorted(best(text, 20) * 1e6 for text in listed) for language, listed in texts.items()
    }
    english = statistics.median(medians["en"])
    for language, micros in medians.items():
        median = statistics.median(micros)
        length = statistics.median(len(text) for text in texts[language])
        print(
            f"{language:6} {len(micros):5} passages, median length {length:4.0f}: median {median:6.1f} µs, 95 % below"
            f" {micros[len(micros) * 95 // 100]:6.1f} µs, {median / english:.2f} of English"
        )
    print()


def main() -> None:
    score_passages()
    score_pairs()
    score_context()
    speeds()
    for name, piece in HOSTILE.items():
        half, whole = (piece * (size // len(piece)) for size in (500_000, 1_000_000))
        short, full = best(half, 1), best(whole, 1)
        print(
            f"{name:16} 0.5 MB {short * 1e3:7.0f} ms   1 MB {full * 1e3:7.0f} ms   ratio {full / short:.1f}"
        )


if __name__ == "__main__":
    main()
