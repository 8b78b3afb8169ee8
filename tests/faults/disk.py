"""Ways of taking the disk away from a running service: full, read only, slow. What it must do then is the tests'."""

from __future__ import annotations

import os
import resource
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.faults.served import Served
from tests.support.children import tied

ATTACHED_WITHIN_S = 30
READ_ONLY = "pwrite64,ftruncate,fdatasync,fsync:error=EROFS"


def pid_of(served: Served) -> int:
    assert served.process is not None
    return served.process.pid


@contextmanager
def full(served: Served, grows_by: int = 0) -> Iterator[None]:
    """Until the block ends no file of the service grows longer than its log is now and `grows_by` bytes more.

    A limit on the size of files: what a full disk is to a database that writes at the end of its log, and to the
    service's own log. It needs no rights. With 0 nothing at all can be written, not even over what is there.
    """
    log = served.folder / "clearway.db-wal"
    limit = log.stat().st_size + grows_by if grows_by else 0
    soft, hard = resource.prlimit(pid_of(served), resource.RLIMIT_FSIZE)
    resource.prlimit(pid_of(served), resource.RLIMIT_FSIZE, (limit, hard))
    try:
        yield
    finally:
        resource.prlimit(pid_of(served), resource.RLIMIT_FSIZE, (soft, hard))


def slow(milliseconds: int) -> str:
    """Each sync takes so much longer, as `struck` takes it."""
    return f"fdatasync,fsync:delay_exit={milliseconds * 1000}"


@contextmanager
def struck(served: Served, what: str) -> Iterator[None]:
    """Until the block ends the service's system calls are tampered with: `what` as in `strace -e inject=`.

    Where nobody may trace a process that is not their own child (Yama, without root), the test is left out and says so.
    """
    pid, calls = pid_of(served), what.partition(":")[0]
    asked = ["-f", "-qq", "-o", os.devnull, "-e", f"trace={calls}", "-e", f"inject={what}", "-p", str(pid)]
    with subprocess.Popen(tied("strace", *asked), stderr=subprocess.PIPE, text=True) as tracer:
        try:
            until = time.monotonic() + ATTACHED_WITHIN_S
            while not _is_traced(pid):
                if tracer.poll() is not None or time.monotonic() > until:
                    tracer.kill()
                    pytest.skip(f"strace may not attach to a process here: {tracer.communicate()[1].strip()}")
                time.sleep(0.02)
            yield
        finally:
            tracer.terminate()


def _is_traced(pid: int) -> bool:
    """Whether every thread has a tracer by now."""
    status = [(task / "status").read_text() for task in Path(f"/proc/{pid}/task").iterdir()]
    return all("TracerPid:\t0\n" not in one for one in status)


@contextmanager
def filled(folder: Path, leaves: int) -> Iterator[None]:
    """Until the block ends a file of somebody else takes all of this file system but so many bytes."""
    taken = folder / "somebody-elses"
    free = os.statvfs(folder)
    with taken.open("wb") as file:
        os.posix_fallocate(file.fileno(), 0, free.f_bavail * free.f_frsize - leaves)
    try:
        yield
    finally:
        taken.unlink()


@contextmanager
def read_only_mount(folder: Path) -> Iterator[None]:
    """Until the block ends nobody can write to this mounted file system, on which no file is open."""
    subprocess.run(["mount", "-o", "remount,ro", str(folder)], check=True)
    try:
        yield
    finally:
        subprocess.run(["mount", "-o", "remount,rw", str(folder)], check=True)


@contextmanager
def small_disk(folder: Path, size: int) -> Iterator[Path]:
    """A file system of so many bytes in memory, mounted there until the block ends.

    Where nobody may mount, the test is left out and says so.
    """
    folder.mkdir()
    asked = ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder)]
    mounted = subprocess.run(asked, capture_output=True, text=True, check=False)
    if mounted.returncode:
        pytest.skip(f"nobody may mount a file system here: {mounted.stderr.strip()}")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)
