"""A real server's system calls, recorded by strace, read as calls. What they mean for the files is `power_cut.py`'s."""

from __future__ import annotations

import re
import shutil
import subprocess
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

LONGEST = (
    8192  # bytes kept of each string: more than any page that SQLite writes, and the head of every reply
)
SENDING = frozenset({"write", "writev", "sendto", "sendmsg"})
SYNCING = frozenset({"fsync", "fdatasync"})
OTHER = (
    "pwrite64,pwritev,pwritev2,sendfile,copy_file_range,ftruncate,truncate,fallocate,sync_file_range,"
    "open,openat,creat,unlink,unlinkat,rename,renameat,renameat2,link,linkat,getpeername"
)
_STRING = re.compile(r'"((?:\\x[0-9a-f]{2})*)"(\.\.\.)?')
_FILE = re.compile(r"<([^>]*)>")


@dataclass(frozen=True)
class Call:
    """A system call. It is told twice when others came between its beginning and its end: `result` is None first."""

    thread: int
    name: str
    arguments: str
    result: str | None
    was_told: bool = False  # its beginning

    @property
    def begins(self) -> bool:
        return not self.was_told

    @property
    def ends(self) -> bool:
        return self.result is not None

    @property
    def worked(self) -> bool:
        return self.result is not None and not self.result.startswith(("-1", "?"))

    @property
    def file(self) -> str:
        """Where the descriptor that is its first argument leads: a path, or a socket's name."""
        found = _FILE.search(self.arguments.partition(", ")[0])
        return _plain(found[1]).decode() if found else ""

    @property
    def strings(self) -> list[bytes]:
        """What stands between quotes, cut to LONGEST."""
        return [_plain(text) for text, _ in _STRING.findall(self.arguments)]

    def number(self, place: int) -> int:
        """A number by its place among the arguments, counted from the end as -1, -2 ..."""
        return int(self.arguments.split(", ")[place])


def must_trace() -> None:
    """Raise RuntimeError with a clear sentence when this machine does not let one process record another."""
    strace = shutil.which("strace")
    if strace is None:
        raise RuntimeError(
            "No power cut can be tried without strace: install it with `make system-packages`."
        )
    command = [strace, "-f", "-o", "/dev/null", "true"]
    tried = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    if tried.returncode != 0:
        raise RuntimeError(
            "No power cut can be tried: strace may not trace here. Allow ptrace"
            f" (in a container: --cap-add SYS_PTRACE). It says: {tried.stderr.strip()}"
        )


def tracer(trace: Path) -> tuple[str, ...]:
    """What goes before a server's command to record it. The server stays our child, so that signals reach it."""
    calls = ",".join((OTHER, *sorted(SENDING | SYNCING)))
    keep = (
        "-y",
        "-xx",
        "-s",
        str(LONGEST),
        "-e",
        f"trace={calls}",
        "-e",
        "signal=KILL,TERM",
        "-o",
        str(trace),
    )
    return ("strace", "-D", "-f", "--seccomp-bpf", *keep)


def finished(trace: Path, process: int, within_s: float = 60) -> Path:
    """The trace, once its last line about a process is written. Raises TimeoutError when that never comes."""
    end = re.compile(rf"^{process} +\+\+\+ (exited|killed)", re.MULTILINE)
    until = time.monotonic() + within_s
    while time.monotonic() < until:
        with trace.open("rb") as file:
            file.seek(max(0, trace.stat().st_size - 4096))
            if end.search(file.read().decode()):
                return trace
        time.sleep(0.05)
    raise TimeoutError(f"strace never told the end of process {process}")


def calls(lines: Iterable[str]) -> Iterator[Call]:
    """Every call in the order in which the kernel was seen to begin and to end it."""
    begun: dict[int, str] = {}
    for line in lines:
        first, _, text = line.rstrip("\n").partition(" ")
        thread, text = int(first), text.lstrip()
        if text.startswith(("+++", "---")):
            continue
        if text.endswith(" <unfinished ...>"):
            begun[thread] = text.removesuffix(" <unfinished ...>")
            yield _call(thread, begun[thread], None)
            continue
        was_told = text.startswith("<... ")
        if was_told:
            text = begun.pop(thread) + text.partition(" resumed>")[2]
        whole, _, result = text.rpartition(" = ")
        yield _call(thread, whole.rstrip().removesuffix(")"), result, was_told=was_told)


def _call(thread: int, text: str, result: str | None, *, was_told: bool = False) -> Call:
    name, _, arguments = text.partition("(")
    return Call(thread, name, arguments, result, was_told)


def _plain(text: str) -> bytes:
    """What strace wrote wholly in hexadecimal; names such as `socket:[1]` come either way."""
    return bytes.fromhex(text.replace("\\x", "")) if text.startswith("\\x") else text.encode()
