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


@cache
def _children(operation: str, status: int) -> tuple[Counter, Histogram, Counter]:
    # cached, because looking a metric up by its labels costs more than counting
    return REQUESTS.labels(operation, str(status)), SECONDS.labels(operation), BYTES.labels(operation)


# bytes by counter that are not counted yet: they are added up here and counted in batches, which is cheaper
_bytes: dict[Counter, int] = {}
_WAIT = 0.1  # seconds


def observe(operation: str, status: int, seconds: float, size: int, ended: Ended) -> None:
    """Count one answer."""
    requests, durations, sent = _children(operation, status)
    requests.inc()
    durations.observe(seconds)
    if not _bytes:
        asyncio.get_running_loop().call_later(_WAIT, flush)
    _bytes[sent] = _bytes.get(sent, 0) + size
    if ended != "whole":
        CUT.labels(operation, ended).inc()


def flush() -> None:
    """Count the pending bytes."""
    for sent, size in _bytes.items():
        sent.inc(size)
    _bytes.clear()


def exposition() -> bytes:
    """All metrics in the text format, summed over all workers."""
    flush()
    if "PROMETHEUS_MULTIPROC_DIR" not in os.environ:
        return generate_latest(DEFAULT)
    from prometheus_client import multiprocess  # only needed with several workers

    registry = CollectorRegistry()
    multiprocess.MultiProcessCollector(registry)
    return generate_latest(registry)
