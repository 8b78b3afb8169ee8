"""Bring the virtual environment, the Node packages, the static files and the message catalogues up to date.

Run by the Makefile with the environment's own Python: `set_up.py run` for the service, `set_up.py test` to add
what the tests need. Each stage leaves a stamp made from its inputs, so a second start repeats nothing.
"""

import ctypes.util
import fcntl
import hashlib
import json
import os
import re
import ssl
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import build_assets

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
STAMPS = Path(sys.prefix) / "clearway-stamps.json"
LOCKS = {"run": ROOT / "requirements.lock", "test": ROOT / "requirements-dev.lock"}
# Library, and what is not there without it. None of these stops the service from starting.
OPTIONAL = {"pango-1.0": ("libpango-1.0-0 libpangoft2-1.0-0", "files in PDF")}
ATTEMPTS = 4
STEP_SECONDS = 900


def say(words: str) -> None:
    """One line to the person at the terminal, at once."""
    print(words, flush=True)


def network_environment(attempt: int) -> dict[str, str]:
    """The settings under which uv, pip and npm reach the network on this attempt.

    A certificate file named for one tool is used for all. Every second attempt also trusts the system's own
    certificates: some networks need them and some bare systems have none.
    """
    env = dict(os.environ)
    env.update(UV_PYTHON_DOWNLOADS="never", UV_HTTP_TIMEOUT="60", PIP_DISABLE_PIP_VERSION_CHECK="1")
    certificates = env.get("SSL_CERT_FILE") or env.get("PIP_CERT") or env.get("NODE_EXTRA_CA_CERTS")
    if attempt % 2:
        certificates = certificates or ssl.get_default_verify_paths().cafile
        env.update(UV_SYSTEM_CERTS="true", NODE_USE_SYSTEM_CA="1")
    if certificates:
        for name in ("SSL_CERT_FILE", "PIP_CERT", "NODE_EXTRA_CA_CERTS"):
            env.setdefault(name, certificates)
    env["PATH"] = f"{BIN}{os.pathsep}{env.get('PATH', '')}"
    return env


def fetch(what: str, command: list[str]) -> None:
    """Run a step that needs the network, trying again after a pause; leave with a plain sentence if it fails."""
    say(f"{what} ...")
    for attempt in range(ATTEMPTS):
        if attempt:
            say(f"  That did not work. Trying again ({attempt + 1} of {ATTEMPTS}).")
            time.sleep(2**attempt)
        env = network_environment(attempt)
        try:
            subprocess.run(command, cwd=ROOT, env=env, timeout=STEP_SECONDS, check=True)
        except (subprocess.CalledProcessError, subprocess.TimeoutExpired) as error:
            failure = error
        else:
            return
    sys.exit(
        f"{what}: failed {ATTEMPTS} times ({failure}).\n"
        "Check the network. Behind a proxy that re-signs traffic, set SSL_CERT_FILE to its certificate and try again."
    )


def digest(*paths: Path) -> str:
    """One digest of the contents of some files."""
    return hashlib.sha256(b"\0".join(path.read_bytes() for path in paths)).hexdigest()


def stamps() -> dict[str, str]:
    """What was done last time, or nothing if that cannot be read."""
    try:
        found = json.loads(STAMPS.read_text())
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def stamp(**done: str) -> None:
    """Remember what was done."""
    STAMPS.write_text(json.dumps(stamps() | done, indent=2) + "\n")


def ensure_uv() -> None:
    """Put uv into the environment, at the version and by the hash in the development lock."""
    text = LOCKS["test"].read_text()
    pinned = re.search(r"^uv==(\S+) .*?(?=^\S)", text + "\nend", re.MULTILINE | re.DOTALL)
    if pinned is None:
        sys.exit("requirements-dev.lock does not pin uv.")
    if (BIN / "uv").exists() and stamps().get("uv") == pinned[1]:
        return
    wanted = BIN.parent / "uv.txt"
    wanted.write_text(pinned[0])
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--require-hashes", "--no-deps", "--timeout=60"]
    fetch("Installing uv", [*pip, "--retries=2", "-r", str(wanted)])
    stamp(uv=pinned[1])


def python_packages(kind: str) -> None:
    """Install exactly the locked packages. Test packages, once there, stay: both kinds share one environment."""
    before = stamps()
    if before.get("python_kind") == "test":
        kind = "test"
    inputs = f"{sys.version_info[:2]} {digest(*LOCKS.values())}"
    if before.get("python_kind") == kind and before.get("python_inputs") == inputs:
        return
    ensure_uv()
    # Compiled now, so that the second start is quick even where Python may not write beside its sources.
    command = [str(BIN / "uv"), "pip", "sync", "--quiet", "--require-hashes", "--compile-bytecode"]
    command += ["--python", sys.executable]
    fetch(f"Installing the Python packages ({LOCKS[kind].name})", [*command, str(LOCKS[kind])])
    stamp(python_kind=kind, python_inputs=inputs)


def node_packages(kind: str) -> None:
    """Install exactly the locked Node packages: front-end sources, and with `test` the page checkers."""
    modules = ROOT / "node_modules"
    mark = modules / ".clearway-stamp"
    inputs = digest(ROOT / "package.json", ROOT / "package-lock.json", ROOT / ".npmrc")
    done = mark.read_text().split() if mark.is_file() else []
    if "test" in done:
        kind = "test"
    if done == [kind, inputs]:
        return
    omit = ["--omit=optional"] if kind == "test" else ["--omit=optional", "--omit=dev"]
    npm = [str(BIN / "npm"), "ci", "--ignore-scripts", "--no-progress", "--loglevel=error", *omit]
    fetch("Installing the front-end packages", npm)
    mark.write_text(f"{kind} {inputs}")


def static_files() -> None:
    """Build the stylesheets and the other static files if their sources changed."""
    try:
        if build_assets.build():
            say("Static files built.")
    except build_assets.AssetsError as error:
        sys.exit(str(error))


def catalogues() -> None:
    """Compile each message catalogue that is newer than its compiled copy."""
    stale = [
        source
        for source in ROOT.glob("app/**/LC_MESSAGES/*.po")
        if not (target := source.with_suffix(".mo")).is_file()
        or target.stat().st_mtime < source.stat().st_mtime
    ]
    if not stale:
        return
    # Babel is installed by an earlier stage, so it cannot be imported at the top.
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    for source in stale:
        with source.open("rb") as text, source.with_suffix(".mo").open("wb") as compiled:
            write_mo(compiled, read_po(text, locale=source.parent.parent.name))
        say(f"Messages compiled: {source.relative_to(ROOT)}.")


def name_optional_parts() -> None:
    """One line for each optional system library that is missing, and what it is for."""
    for library, (packages, purpose) in OPTIONAL.items():
        if ctypes.util.find_library(library) is None:
            say(f"Optional, not installed: {packages} (for {purpose}). All else works.")


def main(kind: str) -> None:
    """Every stage in order, one process at a time."""
    stages: list[Callable[[], None]] = [
        lambda: python_packages(kind),
        lambda: node_packages(kind),
        static_files,
        catalogues,
    ]
    with (Path(sys.prefix) / "clearway-set-up.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        for stage in stages:
            stage()
    if kind == "run":
        name_optional_parts()


if __name__ == "__main__":
    if len(sys.argv) != 2 or sys.argv[1] not in LOCKS:
        sys.exit("Usage: set_up.py run | test")
    main(sys.argv[1])
