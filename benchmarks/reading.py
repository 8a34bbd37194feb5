"""Accuracy and speed of the reader of passages: `uv run python -m benchmarks.reading`.

First, how many of the hand-written passages of each class are read as expected. Then the time per passage: the median
over the passages of each one's shortest time. Last, hostile inputs of half a megabyte and
of a megabyte, whose times must be proportional to their lengths.
"""

import statistics
import time
from collections import Counter

from service.evidence.reading.reader import read
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
    "prose": "Revenue rose 26% to $33.4 billion, while 18 million users left. ",
}


def best(text: str, rounds: int) -> float:
    """The shortest of several readings, in processor seconds of this process."""
    times: list[float] = []
    for _ in range(rounds):
        start = time.process_time()
        read(text)
        times.append(time.process_time() - start)
    return min(times)


def score() -> None:
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
    print(f"{'all':26} {right.total():4} of {total.total():4}")


def main() -> None:
    score()
    texts = [passage.text for passage in passages()]
    micros = [best(text, 20) * 1e6 for text in texts]
    print(f"{len(texts)} passages, median length {statistics.median(map(len, texts)):.0f}")
    print(
        f"median {statistics.median(micros):.1f} µs, 95 % below {sorted(micros)[len(micros) * 95 // 100]:.1f} µs"
    )
    for name, piece in HOSTILE.items():
        half, whole = (piece * (size // len(piece)) for size in (500_000, 1_000_000))
        short, full = best(half, 1), best(whole, 1)
        print(
            f"{name:16} 0.5 MB {short * 1e3:7.0f} ms   1 MB {full * 1e3:7.0f} ms   ratio {full / short:.1f}"
        )


if __name__ == "__main__":
    main()
