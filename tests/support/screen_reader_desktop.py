"""A desktop without a screen for assistive technology: Xvfb, the session bus, the accessibility bus, a window manager.

The programs are Debian's own, unmodified. Orca and the browser that run on it are in `screen_reader`.
"""

import os
import shutil
import signal
import subprocess
import time
import types
from collections.abc import Callable
from pathlib import Path
from typing import Any, Self, TypeVar

from tests.support.children import tied

T = TypeVar("T")
ATSPI_LAUNCHER = "/usr/libexec/at-spi-bus-launcher"
NEEDED = {
    "Xvfb": "xvfb",
    "dbus-daemon": "dbus",
    "openbox": "openbox",
    "xdotool": "xdotool",
    "gdbus": "libglib2.0-bin",
    "orca": "orca",
    "chromium": "chromium",
}
NOT_OURS = ("DISPLAY", "WAYLAND_DISPLAY", "DBUS_SESSION_BUS_ADDRESS", "AT_SPI_BUS_ADDRESS")


def wait_until(probe: Callable[[], T], timeout: float, what: str) -> T:
    """The first true value of `probe()`; raises TimeoutError after `timeout` seconds, naming `what`."""
    end = time.monotonic() + timeout
    while time.monotonic() < end:
        value = probe()
        if value:
            return value
        time.sleep(0.02)
    raise TimeoutError(f"{what}: nothing within {timeout} s")


def missing_packages() -> list[str]:
    """The Debian packages that the screen reader's tests need and that are not installed."""
    missing = [package for program, package in NEEDED.items() if shutil.which(program) is None]
    return missing + ([] if Path(ATSPI_LAUNCHER).exists() else ["at-spi2-core"])


class Desktop:
    """Buses and a display of our own, so that nothing of another run or person is touched."""

    def __init__(self, folder: Path, size: str = "1280x1024x24") -> None:
        self.folder, self.size = folder, size
        self.processes: list[subprocess.Popen[bytes]] = []
        self.env = {name: value for name, value in os.environ.items() if name not in NOT_OURS}

    def spawn(self, name: str, *command: str, **options: Any) -> subprocess.Popen[bytes]:
        """Starts a program of the desktop; its words go to `<name>.log` in the folder."""
        with (self.folder / f"{name}.log").open("wb") as log:
            streams = {"stdin": subprocess.DEVNULL, "stdout": log, "stderr": log, **options}
            process = subprocess.Popen(tied(*command), env=self.env, start_new_session=True, **streams)
        self.processes.append(process)
        return process

    def __enter__(self) -> Self:
        if missing := missing_packages():
            raise RuntimeError(f"not installed: apt-get install --no-install-recommends {' '.join(missing)}")
        try:
            self._start()
        except BaseException:
            self._stop_all()
            raise
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: types.TracebackType | None,
    ) -> None:
        self._stop_all()

    def _start(self) -> None:
        home, runtime = self.folder / "home", self.folder / "xdg"
        home.mkdir(parents=True, exist_ok=True)
        runtime.mkdir(mode=0o700, exist_ok=True)
        self.env |= {
            "HOME": str(home),
            "XDG_RUNTIME_DIR": str(runtime),
            "LANG": "C.UTF-8",
            "LC_ALL": "C.UTF-8",
            "GSETTINGS_BACKEND": "memory",
            "XDG_SESSION_TYPE": "x11",
        }
        # The X server chooses a free display number and tells it: no clashes between runs.
        screen = ("-displayfd", "1", "-screen", "0", self.size, "-nolisten", "tcp")
        self.env["DISPLAY"] = ":" + self._first_line("xvfb", "Xvfb", *screen)
        bus = ("dbus-daemon", "--session", "--nofork", "--print-address=1")
        self.env["DBUS_SESSION_BUS_ADDRESS"] = self._first_line("dbus", *bus)
        self.spawn("openbox", "openbox")
        self.spawn("at-spi", ATSPI_LAUNCHER, "--launch-immediately")
        for name in ("IsEnabled", "ScreenReaderEnabled"):
            wait_until(lambda name=name: self._switched_on(name), 10, f"org.a11y.Status {name}")

    def _first_line(self, name: str, *command: str) -> str:
        process = self.spawn(name, *command, stdout=subprocess.PIPE)
        if process.stdout is None:
            raise RuntimeError(f"{name} has no output")
        return process.stdout.readline().decode().strip()

    def _switched_on(self, name: str) -> bool:
        """Tells every program on the desktop that assistive technology is in use, as a person's settings do."""
        method = ("--method", "org.freedesktop.DBus.Properties.Set", "org.a11y.Status", name, "<true>")
        to = ("gdbus", "call", "--session", "--dest", "org.a11y.Bus", "--object-path", "/org/a11y/bus")
        return subprocess.run([*to, *method], env=self.env, capture_output=True, check=False).returncode == 0

    def stop(self, process: subprocess.Popen[bytes]) -> None:
        """Ends a program and what it started."""
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGTERM)
            try:
                process.wait(2)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()
        if process.stdout is not None:
            process.stdout.close()

    def _stop_all(self) -> None:
        for process in reversed(self.processes):
            self.stop(process)

    def press(self, *keys: str) -> None:
        """Each key as xdotool names it, for example `Tab`, `shift+Tab`, `Insert+a`, one after another."""
        subprocess.run(["xdotool", "key", "--delay", "30", *keys], env=self.env, check=True)
