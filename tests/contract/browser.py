"""A headless Chromium, spoken to over a pipe in the Chrome DevTools protocol."""

import base64
import json
import os
import shutil
import subprocess
import tempfile
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any

from tests.running import PATIENCE, pauses

# the shell has no window of its own to draw, and takes a fifth less for the same pages
CHROMIUM = next(
    filter(None, map(shutil.which, ("chromium-headless-shell", "chromium", "chromium-browser"))), None
)


class Browser:
    """One page of a browser; what it asks for and complains of is kept."""

    def __init__(self) -> None:
        assert CHROMIUM is not None
        self._profile = tempfile.mkdtemp(prefix="companyfacts-browser-")
        hears, self._to = os.pipe()
        self._from, tells = os.pipe()

        def give() -> None:
            # the protocol is on the descriptors 3 and 4; copies first, as the pipe's own may be these numbers
            ours = os.dup(hears), os.dup(tells)
            for descriptor, place in zip(ours, (3, 4), strict=True):
                os.dup2(descriptor, place)

        flags = [
            "--headless=new",
            "--no-sandbox",
            "--disable-gpu",
            "--in-process-gpu",  # one process less that draws each page, a fifth of all its work
            "--disable-dev-shm-usage",
            "--no-first-run",
            "--disable-features=site-per-process,Translate,OptimizationHints",
        ]
        flags += ["--disable-background-networking", "--disable-component-update", "--remote-debugging-pipe"]
        flags += [f"--user-data-dir={self._profile}", "--window-size=1280,1600", "about:blank"]
        # a process of its own group takes its children along
        self._process = subprocess.Popen(
            [CHROMIUM, *flags],
            close_fds=False,
            preexec_fn=give,  # noqa: PLW1509 - no threads here, and only descriptors are moved
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        os.close(hears)
        os.close(tells)
        self._number = 0
        self._held = b""
        self.requested: list[str] = []  # addresses, data: and blob: left out
        self.complaints: list[str] = []  # of the page's console, policy and scripts
        self.paused: list[str] = []  # requests that wait, see `paused_at`
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        self._session: str | None = self.call("Target.attachToTarget", targetId=target, flatten=True)[
            "sessionId"
        ]
        for domain in ("Page", "Network", "Runtime", "Log"):
            self.call(f"{domain}.enable")

    _session: str | None = None

    def __enter__(self) -> "Browser":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        os.close(self._to)
        self._process.terminate()
        self._process.wait(timeout=PATIENCE)
        os.close(self._from)
        shutil.rmtree(self._profile, ignore_errors=True)

    def call(self, method: str, **parameters: Any) -> Any:
        """One command and its result."""
        self._number += 1
        message: dict[str, Any] = {"id": self._number, "method": method, "params": parameters}
        if self._session is not None:
            message["sessionId"] = self._session
        os.write(self._to, json.dumps(message).encode() + b"\0")
        while True:
            answer = self._read()
            if answer.get("id") == self._number:
                assert "error" not in answer, answer["error"]
                return answer["result"]
            self._note(answer)

    def _read(self) -> dict[str, Any]:
        while b"\0" not in self._held:
            received = os.read(self._from, 1 << 16)
            assert received, "the browser is gone"
            self._held += received
        line, _, self._held = self._held.partition(b"\0")
        return json.loads(line)

    def _note(self, event: dict[str, Any]) -> None:
        told = event.get("params", {})
        match event.get("method"):
            case "Network.requestWillBeSent":
                url = told["request"]["url"]
                if not url.startswith(("data:", "blob:")):
                    self.requested.append(url)
            case "Log.entryAdded":
                if told["entry"]["level"] in {"error", "warning"}:
                    self.complaints.append(told["entry"]["text"])
            case "Fetch.requestPaused":
                self.paused.append(told["requestId"])
            case "Runtime.exceptionThrown":
                self.complaints.append(json.dumps(told["exceptionDetails"]))
            case _:
                pass

    @contextmanager
    def paused_at(self, addresses: str) -> Generator[None]:
        """Requests to such addresses (`*` is any text) wait until this is left."""
        self.call("Network.setCacheDisabled", cacheDisabled=True)  # what is in the cache is not asked for
        self.call("Fetch.enable", patterns=[{"urlPattern": addresses}])
        yield
        self.call("Fetch.disable")
        self.call("Network.setCacheDisabled", cacheDisabled=False)

    def go(self, url: str) -> None:
        """Go to an address, and do not wait until all of the page is there."""
        self.call("Page.navigate", url=url)

    def open(self, url: str) -> None:
        """Go to an address."""
        self.go(url)
        self.until("document.readyState === 'complete'")

    def sized(self, width: int, scheme: str = "light") -> None:
        """Make the page as wide as that, in a colour scheme."""
        self.call(
            "Emulation.setDeviceMetricsOverride", width=width, height=800, deviceScaleFactor=1, mobile=False
        )
        self.call("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": scheme}])
        assert self.value("window.innerWidth") == width

    def value(self, script: str) -> Any:
        """What an expression comes to on the page."""
        result = self.call("Runtime.evaluate", expression=script, returnByValue=True)
        assert "exceptionDetails" not in result, result["exceptionDetails"]
        return result["result"].get("value")

    def until(self, script: str) -> Any:
        """Wait until an expression is true on the page."""
        for _ in pauses():
            if found := self.value(script):
                return found
        raise AssertionError(f"never true: {script}")

    def click(self, selector: str) -> None:
        """Click what a selector finds, once it is there."""
        self.until(f"document.querySelector({json.dumps(selector)}) !== null")
        self.value(f"document.querySelector({json.dumps(selector)}).click()")

    def fill(self, selector: str, text: str) -> None:
        """Type into a field, in place of what stands in it."""
        self.until(f"document.querySelector({json.dumps(selector)}) !== null")
        self.value(f"(e => {{ e.focus(); e.select(); }})(document.querySelector({json.dumps(selector)}))")
        self.call("Input.insertText", text=text)

    def picture(self, path: Path) -> None:
        """Save what the page looks like."""
        path.write_bytes(base64.b64decode(self.call("Page.captureScreenshot")["data"]))
