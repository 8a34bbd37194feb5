"""How much room there is on the disk of the embedded Postgres, which holds its data and its log of writes (WAL).

Postgres goes on where its data finds no room, but stops where its WAL finds none, and does not start again before there is
some. So writes are refused while less than `RESERVE` is left, and reads go on.
"""

import os
from typing import Final

# a setting of the embedded Postgres that tells connections where on this machine its cluster is
DIRECTORY_SETTING: Final = "companyfacts.directory"
SEGMENT: Final = 16 * 2**20  # bytes by which the WAL grows
RESERVE: Final = 4 * SEGMENT  # more than a write adds to the WAL


class Disk:
    """The disk that a directory is on."""

    def __init__(self, directory: str) -> None:
        self._directory = directory

    def free(self) -> int | None:
        """Bytes that a user may still write; None if that cannot be told."""
        try:
            found = os.statvfs(self._directory)
        except OSError:
            return None
        return found.f_bavail * found.f_frsize

    def has_room(self) -> bool:
        """Whether there is room for a write."""
        free = self.free()
        return free is None or free >= RESERVE

    def is_full(self) -> bool:
        """Whether there is no room for the WAL to grow, so that Postgres may have stopped."""
        free = self.free()
        return free is not None and free < SEGMENT
