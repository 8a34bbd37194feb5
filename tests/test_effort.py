"""How many cores a run of tests takes."""

from pathlib import Path

import pytest

from tests.effort import quotas


@pytest.mark.parametrize(
    ("own", "files", "expected"),
    [
        ("0::/a/b", {"a/cpu.max": "50000 100000", "a/b/cpu.max": "max 100000"}, [0.5]),
        ("0::/not/shown/here", {"cpu.max": "150000 100000"}, [1.5]),
        (
            "3:cpuset:/\n2:cpu,cpuacct:/a\n0::/",
            {
                "cpu/a/cpu.cfs_quota_us": "25000",
                "cpu/a/cpu.cfs_period_us": "100000",
                "cpu/cpu.cfs_quota_us": "-1",
                "cpu/cpu.cfs_period_us": "100000",
            },
            [0.25],
        ),
        ("1:cpu:/", {}, []),
    ],
)
def test_quotas_of_all_groups_count(
    own: str, files: dict[str, str], expected: list[float], tmp_path: Path
) -> None:
    groups = tmp_path / "groups"
    for name, text in files.items():
        (groups / name).parent.mkdir(parents=True, exist_ok=True)
        (groups / name).write_text(f"{text}\n")
    (tmp_path / "own").write_text(f"{own}\n")
    assert list(quotas(tmp_path / "own", groups)) == expected
