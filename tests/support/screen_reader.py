"""Debian's Orca and Chromium, unmodified, with real key presses in and every spoken line out as text.

    with Desktop(folder) as desktop, Orca(desktop) as sr, ReadChromium(desktop, url) as web:
        sr.press("Tab")
        assert "Skip to the question link." in sr.spoken()

Only the synthesiser is replaced, by a log. This is Orca on Linux; it stands for no other screen reader.
"""

import json
import os
import re
import shutil
import time
import types
from pathlib import Path
from typing import Any, Self

from tests.support.screen_reader_desktop import Desktop, wait_until

ORCA_PARTS = Path(__file__).parent / "orca"
SPOKEN = ("speech", "char")
CHROMIUM_FLAGS = [
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-features=Translate",
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    "--force-renderer-accessibility",
    "--kiosk",  # no address bar to hold the focus, as on the terminal of a test centre
    "--no-default-browser-check",
    "--no-first-run",
    "--password-store=basic",
    "--remote-debugging-port=0",
]


class Orca:
    """The screen reader. Presses keys, and tells what was said since the last press."""

    def __init__(self, desktop: Desktop) -> None:
        self.desktop = desktop
        self.log = desktop.folder / "speech.jsonl"
        self._mark, self._pressed = 0, False
        self._known: list[dict[str, Any]] = []
        self._read = 0

    def __enter__(self) -> Self:
        settings = self.desktop.folder / "orca"
        shutil.copytree(ORCA_PARTS, settings, dirs_exist_ok=True)
        self.log.write_text("", encoding="utf-8")
        self.desktop.env["ORCA_SPEECH_LOG"] = str(self.log)
        self._process = self.desktop.spawn(
            "orca", "/usr/bin/python3", str(ORCA_PARTS / "launch_orca.py"), "-u", str(settings)
        )
        self.wait_for("Screen reader on", timeout=25)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: types.TracebackType | None,
    ) -> None:
        self.desktop.stop(self._process)

    def _entries(self) -> list[dict[str, Any]]:
        if self._process.poll() is not None:
            raise RuntimeError(f"Orca has ended with {self._process.returncode}; see orca.log")
        with self.log.open("rb") as log:
            log.seek(self._read)
            whole = log.read().rpartition(b"\n")[0]
        if whole:
            self._read += len(whole) + 1
            self._known += [json.loads(line) for line in whole.splitlines()]
        return self._known

    def mark(self) -> None:
        """Forgets what was said up to now."""
        self._mark, self._pressed = self.place(), False

    def place(self) -> int:
        """How far the log has come; `unasked` takes it to tell what was said after."""
        return len(self._entries())

    def unasked(self, since: int) -> list[str]:
        """What the page said by itself since a place in the log: messages in live regions, alerts."""
        later = self._entries()[since:]
        return [entry["text"] for entry in later if entry["kind"] in SPOKEN and entry.get("unasked")]

    def press(self, *keys: str) -> None:
        """Real key presses through the X server; `spoken` and `lines` then tell what followed."""
        self.mark()
        self._pressed = True
        self.desktop.press(*keys)

    def hush(self) -> None:
        """Stops the reading, as people do with Control: nothing of this page is said after it."""
        self.press("Control_L")
        wait_until(self._has_stopped, 10, "Orca stopping at Control")

    def _has_stopped(self) -> bool:
        return any(entry["kind"] == "stop" for entry in self._entries()[self._mark :])

    def lines(self) -> list[str]:
        """What was said since the last press or mark, without waiting.

        Orca stops its speech at every key, so what it says before that belongs to what was before.
        """
        said = self._entries()[self._mark :]
        if self._pressed:
            stops = [at for at, entry in enumerate(said) if entry["kind"] == "stop"]
            said = said[stops[0] :] if stops else []
        return [entry["text"] for entry in said if entry["kind"] in SPOKEN]

    def listen(self, seconds: float) -> list[str]:
        """Waits so long without a key, and gives what was said meanwhile."""
        before = self.place()
        time.sleep(seconds)
        return [entry["text"] for entry in self._entries()[before:] if entry["kind"] in SPOKEN]

    def spoken(self, quiet: float = 0.4, timeout: float = 8.0) -> list[str]:
        """What was said since the last press, once something was said and `quiet` seconds had no new line.

        Where it matters that all was said, wait for the words with `wait_for`.
        """
        end = time.monotonic() + timeout
        count, since = -1, time.monotonic()
        while time.monotonic() < end:
            now = len(self._entries())
            if now != count:
                count, since = now, time.monotonic()
            elif self.lines() and time.monotonic() - since >= quiet:
                break
            time.sleep(0.02)
        return self.lines()

    def wait_for(self, pattern: str, timeout: float = 10.0) -> list[str]:
        """Waits until a line that holds the pattern was said; the lines said so far. Else AssertionError."""

        def said() -> list[str]:
            lines = self.lines()
            return lines if any(re.search(pattern, line) for line in lines) else []

        try:
            return wait_until(said, timeout, pattern)
        except TimeoutError:
            raise AssertionError(f"never said {pattern!r}; said {self.lines()}") from None


class ReadChromium:
    """A Chromium in a real window that Orca reads, with a door for Playwright to look at the page."""

    def __init__(self, desktop: Desktop, url: str) -> None:
        self.desktop, self.url = desktop, url

    def __enter__(self) -> Self:
        profile = self.desktop.folder / "chromium"
        shutil.rmtree(profile, ignore_errors=True)
        root = ["--no-sandbox"] if os.geteuid() == 0 else []
        program = shutil.which("chromium") or "chromium"
        own = [*root, *CHROMIUM_FLAGS, f"--user-data-dir={profile}", self.url]
        self._process = self.desktop.spawn("chromium", program, *own)
        told = profile / "DevToolsActivePort"
        wait_until(lambda: told.exists() and told.read_text(encoding="utf-8"), 30, "Chromium")
        self.port = int(told.read_text(encoding="utf-8").split()[0])
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: types.TracebackType | None,
    ) -> None:
        self.desktop.stop(self._process)

    @property
    def door(self) -> str:
        """Where Playwright attaches; what it does there changes nothing in what Orca says."""
        return f"http://127.0.0.1:{self.port}"
