"""The room on the disk of the embedded Postgres."""

import os
from collections.abc import Callable
from types import SimpleNamespace

import pytest

from service.postgres.disk import RESERVE, SEGMENT, Disk


@pytest.mark.parametrize(
    ("free", "has_room", "is_full"),
    [
        (RESERVE, True, False),
        (RESERVE - 1, False, False),
        (SEGMENT, False, False),
        (SEGMENT - 1, False, True),
    ],
)
def test_writes_end_before_the_disk_is_full(
    monkeypatch: pytest.MonkeyPatch, free: int, has_room: bool, is_full: bool
) -> None:
    told: Callable[[str], SimpleNamespace] = lambda _: SimpleNamespace(f_bavail=free, f_frsize=1)  # noqa: E731
    monkeypatch.setattr(os, "statvfs", told)
    disk = Disk("anywhere")
    assert (disk.free(), disk.has_room(), disk.is_full()) == (free, has_room, is_full)


@pytest.mark.parametrize("directory", ["", "/no/such/directory"])
def test_a_disk_that_is_not_there_limits_nothing(directory: str) -> None:
    disk = Disk(directory)
    assert (disk.free(), disk.has_room(), disk.is_full()) == (None, True, False)
