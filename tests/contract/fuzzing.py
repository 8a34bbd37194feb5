"""Schemathesis' command line, as often as it is asked for by one process.

Each line of the input is the arguments of a run, in JSON; each line of the output is what came of it. Schemathesis makes
strategies and validators from the document before it sends anything, which takes longer than a short run itself, and keeps
them for as long as the process lives.
"""

import gc
import json
import sys
import traceback
from typing import Any, cast

import schemathesis.cli
from click.testing import CliRunner

if __name__ == "__main__":
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)  # what is made from the document stays, and cases leave few cycles
    for asked in sys.stdin:
        done = CliRunner().invoke(cast("Any", schemathesis.cli).schemathesis, json.loads(asked))
        said = done.output
        if done.exc_info is not None and not isinstance(done.exception, SystemExit):
            said += "".join(traceback.format_exception(*done.exc_info))
        sys.stdout.write(json.dumps({"code": done.exit_code, "said": said}) + "\n")
        sys.stdout.flush()
