"""A disk that is nearly full: no new test starts, and whoever has started goes on (promise P2)."""

from __future__ import annotations

import os

from app.records.store import FreeSpace
from app.rules.sitting import State
from tests.pages.candidate.hall import Candidate, Hall

MORE_THAN_ANY_DISK = 10**12
HEALTHY = 0


def leave(hall: Hall, least_mb: int) -> None:
    """From now on the service wants so much free space."""
    hall.site.app.state.free_space = FreeSpace(hall.site.store.url, least_mb)


def test_a_test_does_not_start_where_its_answers_might_find_no_room(hall: Hall, candidate: Candidate) -> None:
    tab = candidate.at_instructions()
    leave(hall, MORE_THAN_ANY_DISK)
    tab.press()
    assert (tab.status, tab.heading) == (503, "Your test cannot start yet")
    assert tab.reply.headers["retry-after"]
    assert "Nothing has started, so nothing is lost. Tell the person at the desk." in tab.words
    assert candidate.seat.state is State.CHECKED_IN
    leave(hall, HEALTHY)
    tab.open("/sitting/instructions").press()
    assert candidate.seat.state is State.IN_PROGRESS


def test_whoever_has_started_goes_on_without_room_to_spare(hall: Hall, candidate: Candidate) -> None:
    tab = candidate.at_instructions()
    second = tab.again()
    tab.press()
    leave(hall, MORE_THAN_ANY_DISK)
    assert second.press().path == "/sitting/question/1"  # the same press twice
    number = candidate.number_of("walk-1")
    assert tab.open(f"/sitting/question/{number}").choose(0).status == 200
    assert len(candidate.stored(number)) == 1


def test_what_is_free_is_what_the_system_says_of_that_folder(hall: Hall) -> None:
    found = os.statvfs(hall.site.store.url.removeprefix("sqlite:///"))
    half_mb = found.f_bavail * found.f_frsize // 2**21
    assert not FreeSpace(hall.site.store.url, half_mb).is_short()
    assert FreeSpace(hall.site.store.url, half_mb * 4).is_short()


def test_a_postgresql_server_looks_after_its_own_disk() -> None:
    assert not FreeSpace("postgresql://somewhere/clearway", MORE_THAN_ANY_DISK).is_short()
    assert not FreeSpace("sqlite:////no/such/folder/clearway.db", MORE_THAN_ANY_DISK).is_short()
