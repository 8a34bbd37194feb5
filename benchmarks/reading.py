"""How long the reader takes a passage: `uv run python -m benchmarks.reading`.

Passages are those of the hand-made table, each read many times; the median over passages of the best time of
each is the figure. Then the hostile inputs of a megabyte, which must take time linear in their length.
"""

import json
import statistics
import time
from pathlib import Path

from service.domain.reading import read

PASSAGES = Path(__file__).parent.parent / "tests" / "domain" / "passages.jsonl"
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
    """The shortest of several readings, in seconds."""
    times: list[float] = []
    for _ in range(rounds):
        start = time.perf_counter()
        read(text)
        times.append(time.perf_counter() - start)
    return min(times)


def main() -> None:
    texts = [json.loads(line)["text"] for line in PASSAGES.read_text(encoding="utf-8").splitlines()]
    micros = [best(text, 20) * 1e6 for text in texts]
    length = statistics.median(map(len, texts))
    print(f"{len(texts)} passages, median length {length:.0f}")
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
