"""Makes the pictures of the README: `uv run python -m tests.pages.pictures` writes them to `docs/pictures/`.

It needs a font with Chinese characters, such as that of Debian's package fonts-wqy-microhei: the sample has Chinese names.
"""

import base64
from pathlib import Path

from tests import clusters
from tests.contract.browser import Browser
from tests.pages.test_pages import filled
from tests.running import Server

PLACE = Path(__file__).resolve().parents[2] / "docs" / "pictures"
WIDTH, HEIGHT = 1100, 800


def main() -> None:
    """Photograph the pages of a fact and of a company of the sample."""
    PLACE.mkdir(exist_ok=True)
    with (
        clusters.cluster() as cluster,
        cluster.database() as dsn,
        Server(dsn, cluster.keys["write"]) as server,
    ):
        addresses = filled(server)
        with Browser() as browser:
            for name in ("fact", "company"):
                browser.sized(WIDTH)
                browser.open(f"{server.base}{addresses[name]}")
                shot = browser.call(
                    "Page.captureScreenshot",
                    captureBeyondViewport=True,
                    clip={"x": 0, "y": 0, "width": WIDTH, "height": HEIGHT, "scale": 1},
                )
                (PLACE / f"{name}.png").write_bytes(base64.b64decode(shot["data"]))


if __name__ == "__main__":
    main()
