"""Find the system packages that the tests need, and install the missing ones where that is allowed.

`--install` uses root or a password-free sudo on Debian and Ubuntu. Anywhere else it prints exactly what to type
and stops, so that no test is skipped without a word.
"""

import os
import shutil
import subprocess
import sys

# Package: (a command that proves it is there whatever its package is called, or None; what the tests use it for).
NEEDED: dict[str, tuple[str | None, str]] = {
    "chromium-headless-shell": ("chromium-headless-shell", "the browser that candidates' journeys run in"),
    "chromium": ("chromium", "the same browser with a window, for the screen reader"),
    "firefox-esr": ("firefox-esr", "the second browser"),
    "default-jre-headless": ("java", "the Nu HTML checker"),
    "strace": ("strace", "the power-cut tests, and kills inside a commit"),
    "faketime": ("faketime", "a wall clock that is wrong, for one process"),
    "orca": ("orca", "a real screen reader"),
    "xvfb": ("Xvfb", "a display without a screen"),
    "openbox": ("openbox", "a window manager for that display"),
    "xdotool": ("xdotool", "real key presses"),
    "dbus": ("dbus-daemon", "the bus that assistive technology speaks on"),
    "at-spi2-core": (None, "the accessibility bus"),
    "libatk-adaptor": (None, "the accessibility bus"),
    "libglib2.0-bin": ("gsettings", "settings of the accessibility bus"),
    "gir1.2-atspi-2.0": (None, "reading the accessibility tree"),
    "python3-gi": (None, "reading the accessibility tree"),
    "fonts-dejavu-core": (None, "a font that is the same on every machine"),
    "poppler-utils": ("pdftotext", "reading printed pages"),
}


def is_installed(package: str, command: str | None) -> bool:
    """True when the command is on the PATH or the package manager knows the package as installed."""
    if command and shutil.which(command):
        return True
    if not shutil.which("dpkg-query"):
        return False
    asked = ["dpkg-query", "-W", "-f", "${db:Status-Status}", package]
    return subprocess.run(asked, capture_output=True, text=True, check=False).stdout == "installed"


def install_prefix() -> list[str] | None:
    """What to put before apt-get: nothing for root, sudo when it asks no password, None when not allowed."""
    if not shutil.which("apt-get"):
        return None
    if os.geteuid() == 0:
        return []
    sudo = ["sudo", "-n"]
    if (
        shutil.which("sudo")
        and subprocess.run([*sudo, "true"], capture_output=True, check=False).returncode == 0
    ):
        return sudo
    return None


def install(prefix: list[str], packages: list[str]) -> bool:
    """Install the packages; True when apt-get says it worked."""
    apt = [*prefix, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get"]
    careful = ["-o", "Acquire::Retries=4", "-o", "Acquire::http::Timeout=60", "-o", "DPkg::Lock::Timeout=300"]
    subprocess.run([*apt, "update", "-q", *careful], check=False, timeout=600)
    command = [*apt, "install", "-q", "-y", "--no-install-recommends", *careful, *packages]
    return subprocess.run(command, check=False, timeout=1800).returncode == 0


def is_offered(package: str) -> bool:
    """True when apt's lists hold the package. Ubuntu, for one, offers some browsers only as snaps."""
    asked = subprocess.run(["apt-cache", "show", package], capture_output=True, check=False)
    return asked.returncode == 0


def explain(missing: list[str]) -> str:
    """What is missing, what for, and what to type."""
    lines = ["The tests need these system packages, which are not installed:"]
    lines += [f"    {package:22} {NEEDED[package][1]}" for package in missing]
    lines += ["Type this, then the same make command again:", "    sudo apt-get update"]
    lines += [f"    sudo apt-get install -y --no-install-recommends {' '.join(missing)}"]
    elsewhere = [package for package in missing if shutil.which("apt-cache") and not is_offered(package)]
    if elsewhere:
        lines.append(
            f"Not in this system's package lists, so take them from their makers: {', '.join(elsewhere)}."
        )
    if not shutil.which("apt-get"):
        lines.append(
            "(Those are the names on Debian and Ubuntu. Install the same programs with your own package manager.)"
        )
    return "\n".join(lines)


def main(may_install: bool) -> None:
    """List what is missing, or install it; leave with a failure while something is missing."""
    missing = [package for package, (command, _) in NEEDED.items() if not is_installed(package, command)]
    if not missing:
        print("System packages: all there.")
        return
    prefix = install_prefix() if may_install else None
    if prefix is not None:
        print(f"Installing system packages: {' '.join(missing)} ...", flush=True)
        if install(prefix, missing):
            return
        missing = [package for package in missing if not is_installed(package, NEEDED[package][0])]
    sys.exit(explain(missing))


if __name__ == "__main__":
    main(may_install="--install" in sys.argv[1:])
