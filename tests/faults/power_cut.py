"""A disk that loses its power: what was synced is there, of everything later a random part, torn at sectors.

It is stricter than any one file system: a file that was made or removed stands in its folder only once the folder is
synced, and what was written to a file after its last sync may be there in any part and in any order.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from random import Random

from tests.faults.recording import SENDING, SYNCING, Call

SECTOR = 512
KEPT = (
    0.0,
    0.1,
    0.5,
    0.9,
    1.0,
)  # the chance of each unsynced sector at one cut; some cuts lose all, some nothing
_NOT_KEPT = ("-shm", ".lock")  # SQLite makes its index of the log anew, and the kernel frees the lock
_MAKES = frozenset({"open", "openat", "creat"})
_PORT = re.compile(r"port=htons\((\d+)\)")
_REPLY = re.compile(rb"HTTP/1\.1 (\d{3}) ")


class Unreadable(Exception):
    """The recording holds something on these files that this reader does not know: it must not guess."""


@dataclass
class File:
    """What certainly lies on the disk, and what was written since: bytes at an offset, or None for a new size."""

    synced: bytearray
    since: list[tuple[int, bytes | None]] = field(default_factory=list)

    def sync(self, writes: int) -> None:
        """The first so many of what was written since are certain now."""
        for at, data in self.since[:writes]:
            _lay(self.synced, at, data)
        del self.since[:writes]

    def left_behind(self, chance: Random, kept: float) -> bytes:
        """What is there after a cut."""
        found = bytearray(self.synced)
        for at, data in self.since:
            if data is None:
                if chance.random() < kept:
                    _lay(found, at, None)
                continue
            first = SECTOR - at % SECTOR  # sectors are the disk's, wherever the write begins
            edges = [0, *range(first, len(data), SECTOR), len(data)]
            for start, end in pairwise(edges):
                if chance.random() < kept:
                    _lay(found, at + start, data[start:end])
        return bytes(found)


def _lay(content: bytearray, at: int, data: bytes | None) -> None:
    if data is None:
        del content[at:]
        content.extend(bytes(at - len(content)))
        return
    content.extend(bytes(max(0, at - len(content))))
    content[at : at + len(data)] = data


class Disk:
    """The database's files in one folder, from a known copy on, as call after call changes them."""

    def __init__(self, folder: Path, copy: Path, name: str = "clearway.db") -> None:
        self._folder, self._name = str(folder), name
        self._certain = {
            file.name: File(bytearray(file.read_bytes()))
            for file in copy.iterdir()
            if self._is_ours(file.name)
        }
        self._there = dict(self._certain)
        self._since: list[tuple[str, File | None]] = []  # names given and taken since the folder's last sync
        self._syncing: dict[int, tuple[File | None, int]] = {}

    def _is_ours(self, name: str) -> bool:
        return name.startswith(self._name) and not name.endswith(_NOT_KEPT)

    def _ours(self, path: str) -> str:
        """The name of a file that counts, "" for any other."""
        folder, _, name = path.rpartition("/")
        return name if folder == self._folder and self._is_ours(name) else ""

    def concerns(self, call: Call) -> bool:
        """Whether a call could change what a cut leaves behind."""
        paths = [call.file, *(text.decode(errors="replace") for text in call.strings[:2])]
        return any(path == self._folder or self._ours(path) for path in paths)

    def see(self, call: Call) -> None:
        """Raises Unreadable for a call on these files that is not known to be SQLite's, or one that failed."""
        if call.ends and not call.worked and call.name not in _MAKES:
            raise Unreadable(f"{call.name} gave {call.result}")
        if call.name in SYNCING:
            self._sync(call)
        elif call.name in _MAKES:
            self._open(call)
        elif call.name == "unlink":
            if call.begins:
                self._rename(self._ours(call.strings[0].decode()), None)
        elif call.name == "ftruncate":
            if call.begins:
                self._file(call).since.append((call.number(-1), None))
        elif call.name == "pwrite64":
            self._write(call)
        else:
            raise Unreadable(f"{call.name} on {call.file}")

    def _file(self, call: Call) -> File:
        return self._there[self._ours(call.file)]

    def _write(self, call: Call) -> None:
        if call.begins:
            data, length, at = call.strings[0], call.number(-2), call.number(-1)
            if len(data) != length:
                raise Unreadable(f"{length} bytes written, {len(data)} recorded")
            self._file(call).since.append((at, data))
        if call.ends and int(call.result or 0) != call.number(-2):
            raise Unreadable(f"a write of {call.number(-2)} bytes gave {call.result}")

    def _sync(self, call: Call) -> None:
        """What was written before a sync began is certain when it ends; what came meanwhile is not."""
        file = None if call.file == self._folder else self._file(call)
        if call.begins:
            self._syncing[call.thread] = (file, len(self._since if file is None else file.since))
        if call.ends:
            file, writes = self._syncing.pop(call.thread)
            if file is not None:
                file.sync(writes)
                return
            for name, made in self._since[:writes]:
                _enter(self._certain, name, made)
            del self._since[:writes]

    def _open(self, call: Call) -> None:
        name = self._ours(call.strings[0].decode())
        if not name or not call.worked:
            return
        if "O_TRUNC" in call.arguments:
            raise Unreadable(f"{name} opened to be emptied")
        if name not in self._there:
            self._rename(name, File(bytearray()))

    def _rename(self, name: str, file: File | None) -> None:
        if name:
            _enter(self._there, name, file)
            self._since.append((name, file))

    def left_behind(self, folder: Path, chance: Random) -> None:
        """Write what a cut at this moment leaves into a folder. Names reach a folder in their order, or not at all."""
        kept, names = chance.choice(KEPT), dict(self._certain)
        for name, file in self._since[: chance.randint(0, len(self._since))]:
            _enter(names, name, file)
        for name, file in names.items():
            (folder / name).write_bytes(file.left_behind(chance, kept))


def _enter(names: dict[str, File], name: str, file: File | None) -> None:
    if file is None:
        del names[name]
    else:
        names[name] = file


class Replies:
    """Which reply leaves with a call, by the port of the one who asked."""

    def __init__(self) -> None:
        self._ports: dict[str, int] = {}

    def concerns(self, call: Call) -> bool:
        if call.name == "getpeername":
            return True
        return call.name in SENDING and call.begins and any(map(_REPLY.match, call.strings[:1]))

    def see(self, call: Call) -> tuple[int, int] | None:
        """The port and the status of a reply that leaves now: it counts as told from its first byte on."""
        if call.name == "getpeername":
            if found := _PORT.search(call.arguments):
                self._ports[call.file] = int(found[1])
            return None
        found = _REPLY.match(call.strings[0])
        return (self._ports[call.file], int(found[1])) if found else None
