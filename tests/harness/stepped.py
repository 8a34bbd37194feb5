"""`companyfacts` whose clock is stepped: `python -m tests.harness.stepped serve …`, with libfaketime in its environment.

libfaketime gives this process and its workers the clock. The embedded Postgres is started with an empty environment, so that
it would have the machine's; here it gets the variables that name libfaketime, too.
"""

import os
import select
import subprocess
import time
from typing import Any

NAMES = ("LD_PRELOAD", "FAKETIME_TIMESTAMP_FILE", "FAKETIME_CACHE_DURATION", "FAKETIME_DONT_FAKE_MONOTONIC")


class _Popen(subprocess.Popen[Any]):
    def __init__(self, *arguments: Any, **options: Any) -> None:
        if options.get("env") is not None:
            options["env"] = {**{name: os.environ[name] for name in NAMES}, **options["env"]}
        super().__init__(*arguments, **options)


def _sleep(seconds: float) -> None:
    """Sleep: Python does it until an instant of the monotonic clock, which libfaketime 0.9.10 takes for another's."""
    select.select([], [], [], seconds)


if __name__ in {"__main__", "__mp_main__"}:  # the second in workers
    time.sleep = _sleep
if __name__ == "__main__":
    from service.__main__ import main

    subprocess.Popen = _Popen
    main()
