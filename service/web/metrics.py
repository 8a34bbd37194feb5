"""Prometheus metrics of the service."""

import asyncio
import os
from functools import cache

from prometheus_client import REGISTRY as DEFAULT
from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest

from service.web.sending import Ended

REQUESTS = Counter(
    "companyfacts_requests_total", "Requests answered, by operation and status.", ["operation", "status"]
)
SECONDS = Histogram(
    "companyfacts_request_seconds",
    "From the request's arrival to the last byte of its answer, in seconds.",
    ["operation"],
    buckets=(0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10),
)
BYTES = Counter(
    "companyfacts_sent_bytes_total", "Bytes of the bodies of answers, as coded, by operation.", ["operation"]
)
CUT = Counter(
    "companyfacts_cut_total",
    "Answers that did not reach their last byte, by operation and why: the client left, stalled, or making it failed.",
    ["operation", "why"],
)


class _Waiting:
    """What is not counted yet of an operation's answers with a status: counting in batches is cheaper."""

    __slots__ = ("answers", "bytes")

    def __init__(self) -> None:
        self.answers = 0
        self.bytes = 0


_waiting: dict[tuple[str, int], _Waiting] = {}
_WAIT = 0.1  # seconds


@cache
def _seconds(operation: str) -> Histogram:
    # cached, because looking a metric up by its labels costs more than observing
    return SECONDS.labels(operation)


def observe(operation: str, status: int, seconds: float, size: int, ended: Ended) -> None:
    """Count one answer."""
    _seconds(operation).observe(seconds)
    waiting = _waiting.get((operation, status))
    if waiting is None:
        if not _waiting:
            asyncio.get_running_loop().call_later(_WAIT, flush)
        waiting = _waiting[operation, status] = _Waiting()
    waiting.answers += 1
    waiting.bytes += size
    if ended != "whole":
        CUT.labels(operation, ended).inc()


def flush() -> None:
    """Count what waits."""
    for (operation, status), waiting in _waiting.items():
        REQUESTS.labels(operation, str(status)).inc(waiting.answers)
        BYTES.labels(operation).inc(waiting.bytes)
    _waiting.clear()


def exposition() -> bytes:
    """All metrics in the text format, summed over all workers."""
    flush()
    if "PROMETHEUS_MULTIPROC_DIR" not in os.environ:
        return generate_latest(DEFAULT)
    from prometheus_client import multiprocess  # only needed with several workers

    registry = CollectorRegistry()
    multiprocess.MultiProcessCollector(registry)
    return generate_latest(registry)
