"""A new kind of fact is its file and its place in the list: added to a copy of the service, it is found everywhere."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

from tests.clusters import Cluster
from tests.running import ENVIRONMENT

ROOT = Path(__file__).resolve().parent.parent
# what the list of kinds gets: its import, its name, its definition
LINES = (
    (r"(?=^from service\.core\.kinds\.statement )", "from service.core.kinds.recall import RECALL\n"),
    (r"(?<=^Kind = Literal\[)", '"recall", '),
    (r"(?<=^KINDS: tuple\[Definition, \.\.\.\] = \()", "RECALL, "),
)


def test_a_new_kind_is_its_file_and_its_place_in_the_list(cluster: Cluster, dsn: str, tmp_path: Path) -> None:
    shutil.copytree(ROOT / "service", tmp_path / "service", ignore=shutil.ignore_patterns("__pycache__"))
    kinds = tmp_path / "service" / "core" / "kinds"
    shutil.copy(ROOT / "tests" / "new_kind" / "recall.py", kinds)
    listed = (kinds / "__init__.py").read_text("utf-8")
    for place, added in LINES:
        listed, times = re.subn(place, added, listed, flags=re.MULTILINE)
        assert times == 1, place
    (kinds / "__init__.py").write_text(listed, "utf-8")
    asking = subprocess.run(
        [sys.executable, ROOT / "tests" / "new_kind" / "asking.py", dsn, cluster.keys["write"]],
        env=ENVIRONMENT | {"PYTHONPATH": f"{tmp_path}:{ROOT}"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert asking.returncode == 0, asking.stderr
