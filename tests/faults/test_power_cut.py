"""A power cut at any moment loses no acknowledged answer and leaves a sound file (fault F2).

Source: reliability and security design, section 3. A real server is recorded once; each cut is then tried on the
files that a disk could have held at that call. Servers with an unsafe setting or order show that the bench can see.
"""

from __future__ import annotations

import re
import stat
from pathlib import Path
from random import Random

import pytest

from tests.faults.conftest import Measure
from tests.faults.power_cut import KEPT, SECTOR, Disk, File, Unreadable
from tests.faults.recorded import Cut, Recording, recorded
from tests.faults.recording import calls, must_trace
from tests.faults.room import make

SEATS, MANY_SEATS = 6, 12
Room = tuple[Path, dict[str, str]]
pytestmark = pytest.mark.timeout(300)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Room:
    """A room made once by the real verbs and actions. Copy it, never serve it."""
    folder = tmp_path_factory.mktemp("made")
    return folder, make(folder, SEATS)


@pytest.fixture(scope="module")
def long(tmp_path_factory: pytest.TempPathFactory) -> Recording:
    """Two rounds of answers, with the log brought back into the database between them."""
    folder = tmp_path_factory.mktemp("made-large")
    codes = make(folder, MANY_SEATS)
    return recorded(folder, codes, tmp_path_factory.mktemp("recorded"), answers=35, rounds=2)


def told(cuts: list[Cut]) -> str:
    lost, known = sum(cut.lost for cut in cuts), sum(cut.told for cut in cuts)
    return f"{lost} of {known} at {len(cuts)} cuts"


def must_lose_nothing(recording: Recording, seed: int, count: int, measure: Measure) -> None:
    """Fails on the first cut that lost something or left a file that is not sound."""
    assert [complaint for ledger in recording.ledgers for complaint in ledger.complaints] == []
    cuts = []
    for cut in recording.cuts(seed, count):
        assert cut.is_sound, f"cut {len(cuts)} of seed {seed}: {cut.found}"
        assert cut.found == [], f"cut {len(cuts)} of seed {seed}:\n" + "\n".join(cut.found)
        cuts.append(cut)
    assert sum(cut.told for cut in cuts) > count
    measure("F2", "P1", f"acknowledged answers lost, {count} cuts", "0", told(cuts), seed=str(seed))


def test_power_cuts_lose_no_acknowledged_answer(made: Room, tmp_path: Path, measure: Measure) -> None:
    must_lose_nothing(recorded(*made, tmp_path, answers=6), seed=1, count=150, measure=measure)


def test_a_server_that_does_not_sync_each_commit_is_seen_to_lose(
    made: Room, tmp_path: Path, measure: Measure
) -> None:
    unsafe = recorded(*made, tmp_path, answers=6, variant="synchronous-normal")
    cuts = list(unsafe.cuts(seed=2, count=40))
    assert all(cut.is_sound for cut in cuts)
    assert sum(cut.lost > 0 for cut in cuts) >= 10
    measure("F2", "P1b", "lost with synchronous=NORMAL", "more than 0", told(cuts), seed="2", broken=True)


@pytest.mark.deep
def test_a_server_that_replies_before_it_commits_is_seen_to_lose(
    made: Room, tmp_path: Path, measure: Measure
) -> None:
    hasty = recorded(*made, tmp_path, answers=4, variant="replies-before-commit")
    cuts = list(hasty.cuts(seed=3, count=150))
    assert all(cut.is_sound for cut in cuts)
    assert any(cut.lost for cut in cuts)
    measure("F2", "P1", "lost by replying before commit", "more than 0", told(cuts), seed="3", broken=True)


@pytest.mark.deep
def test_a_server_that_never_syncs_is_seen_to_ruin_its_file(
    made: Room, tmp_path: Path, measure: Measure
) -> None:
    cuts = list(recorded(*made, tmp_path, answers=6, variant="synchronous-off").cuts(seed=4, count=300))
    ruined = sum(not cut.is_sound for cut in cuts)
    assert ruined
    measure(
        "F2", "P1b", "files ruined with synchronous=OFF", "more than 0",
        f"{ruined} of {len(cuts)} cuts", seed="4", broken=True,
    )  # fmt: skip


@pytest.mark.deep
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("seed", range(10, 16))
def test_hundreds_of_cuts_more_lose_nothing_either(long: Recording, measure: Measure, seed: int) -> None:
    writes = [call for call, _ in long.steps if call.name == "pwrite64" and call.begins]
    begun = [call for call in writes if call.file.endswith("-wal") and call.number(-1) == 0]
    assert len(begun) >= 2, "the log was begun anew"
    must_lose_nothing(long, seed, 500, measure)


def hexed(text: str) -> str:
    return "".join(f"\\x{byte:02x}" for byte in text.encode())


def seen(folder: Path, *lines: str) -> Disk:
    """A disk after these calls. `DB`, `WAL` and `FOLDER` are descriptors, and 'x' is a string, as strace tells them."""
    paths = {"DB": folder / "clearway.db", "WAL": folder / "clearway.db-wal", "FOLDER": folder}

    def told(line: str) -> str:
        quoted = re.sub("'([^']*)'", lambda found: f'"{hexed(found[1])}"', line)
        return re.sub("DB|WAL|FOLDER", lambda found: f"3<{hexed(str(paths[found[0]]))}>", quoted)

    disk = Disk(folder, folder)
    for call in calls(map(told, lines)):
        disk.see(call)
    return disk


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a database of three bytes."""
    (tmp_path / "before").mkdir()
    (tmp_path / "before" / "clearway.db").write_text("old")
    return tmp_path / "before"


def may_be_left(disk: Disk, empty: Path) -> list[dict[str, str]]:
    """What a hundred cuts leave, each thing once."""
    found = []
    for seed in range(100):
        one = empty / str(seed)
        one.mkdir(parents=True)
        disk.left_behind(one, Random(seed))
        left = {file.name: file.read_text() for file in one.iterdir()}
        found += [left] if left not in found else []
    return found


def test_a_synced_write_is_always_there_and_one_that_came_during_the_sync_only_perhaps(
    folder: Path, tmp_path: Path
) -> None:
    disk = seen(
        folder,
        "1 pwrite64(DB, 'new', 3, 0) = 3",
        "1 fdatasync(DB <unfinished ...>",
        "2 pwrite64(DB, 'late', 4, 3) = 4",
        "1 <... fdatasync resumed>) = 0",
    )
    left = may_be_left(disk, tmp_path / "left")
    assert {one["clearway.db"] for one in left} == {"new", "newlate"}


def test_a_new_file_is_certain_only_when_its_folder_is_synced(folder: Path, tmp_path: Path) -> None:
    made = f"1 openat(AT_FDCWD<{hexed('/')}>, '{folder}/clearway.db-wal', O_RDWR|O_CREAT, 0600) = 4<x>"
    written = (made, "1 pwrite64(WAL, 'log', 3, 0) = 3", "1 fdatasync(WAL) = 0")
    unsure = may_be_left(seen(folder, *written), tmp_path / "unsure")
    assert [one.get("clearway.db-wal") for one in unsure].count(None) == 1
    sure = may_be_left(seen(folder, *written, "1 fdatasync(FOLDER) = 0"), tmp_path / "sure")
    assert sure == [{"clearway.db": "old", "clearway.db-wal": "log"}]


def test_an_unsynced_write_is_torn_at_the_sectors_of_the_disk() -> None:
    file = File(bytearray(2 * SECTOR), [(SECTOR - 1, b"a" + b"b" * 9)])
    left = {
        file.left_behind(Random(seed), kept)[SECTOR - 1 : SECTOR + 1] for seed in range(50) for kept in KEPT
    }
    assert left == {b"\0\0", b"a\0", b"\0b", b"ab"}


@pytest.mark.parametrize(
    "line",
    [
        "1 pwritev(DB, [{iov_base='x', iov_len=1}], 1, 0) = 1",
        "1 fdatasync(DB) = -1 EIO (Input/output error)",
        "1 pwrite64(DB, 'new'..., 9, 0) = 9",
    ],
)
def test_a_recording_that_is_not_understood_is_refused(folder: Path, line: str) -> None:
    with pytest.raises(Unreadable):
        seen(folder, line)


def test_a_machine_that_forbids_tracing_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(RuntimeError, match="make system-packages"):
        must_trace()
    refusing = tmp_path / "strace"
    refusing.write_text(
        "#!/bin/sh\necho 'strace: ptrace(PTRACE_TRACEME): Operation not permitted' >&2; exit 1\n"
    )
    refusing.chmod(refusing.stat().st_mode | stat.S_IXUSR)
    with pytest.raises(RuntimeError, match=r"SYS_PTRACE.*Operation not permitted"):
        must_trace()
