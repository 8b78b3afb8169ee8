"""Harm to the files is refused with words at the start or found by `verify`, never served in silence (fault F11).

Source: reliability and security design, section 2 (P15) and section 3.
"""

from __future__ import annotations

import asyncio
import random
import shutil
from collections import Counter
from pathlib import Path

import pytest

from app.clock import SystemClock
from app.main import create_app
from app.records.answers import after_time
from app.records.keyring import Keyring
from app.records.restore import restore
from app.records.store import NotRead, fitness
from app.settings import Settings, read_secret
from tests.faults.conftest import Measure
from tests.faults.corrupting import (
    HARMS,
    PAGE,
    Harm,
    Site,
    Verdict,
    cut_off,
    judged,
    killed_site,
    log_and_index_taken_away,
    log_swapped,
    log_taken_away,
    older_copy,
    page_overwritten,
    started,
    value_altered,
    whole,
)
from tests.faults.room import make, verb
from tests.faults.served import Served, free_port

pytestmark = pytest.mark.timeout(240)
MAY_MISS_WHAT_IS_OVERWRITTEN = frozenset(
    {"page_overwritten"}
)  # a page that the log holds anew, or that is free


@pytest.fixture(scope="module")
def killed(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Site:
    """A killed site. Copy it, never start it."""
    return killed_site(sqlite_template, tmp_path_factory.mktemp("killed") / "site")


@pytest.fixture(scope="module")
def another(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Site:
    """Another site of the same kind, whose log is sound in itself."""
    return killed_site(sqlite_template, tmp_path_factory.mktemp("another") / "site")


def must_be_words(sentence: str) -> None:
    """One line for a person: what happened, what was kept, what to do."""
    assert "\n" not in sentence
    assert "No file was changed" in sentence
    assert "restore the last back-up" in sentence
    assert "Traceback" not in sentence


def must_be_known(verdict: Verdict, words: str, harm: str) -> None:
    """The harm was refused in words or found; or there was none to find."""
    if verdict is Verdict.REFUSED:
        must_be_words(words)
    elif verdict is not Verdict.FOUND:
        assert verdict is Verdict.HARMLESS, f"{harm}: {words}"
        assert harm in MAY_MISS_WHAT_IS_OVERWRITTEN, f"{harm} did no harm: it tests nothing"


def test_a_killed_site_that_nobody_harmed_starts_with_every_answer(killed: Site, tmp_path: Path) -> None:
    assert judged(killed.copied(tmp_path / "site")) == (Verdict.HARMLESS, "")


@pytest.mark.parametrize("harm", HARMS, ids=lambda harm: harm.__name__)
def test_each_harm_is_refused_in_words_or_found(
    killed: Site, tmp_path: Path, harm: Harm, measure: Measure
) -> None:
    site = killed.copied(tmp_path / "site")
    harm(site, random.Random(1))
    verdict, words = judged(site)
    must_be_known(verdict, words, harm.__name__)
    measure(
        "F11", "P15", harm.__name__.replace("_", " "), "refused in words or found", verdict.value, seed="1"
    )


def test_the_log_of_another_site_is_refused_or_found(killed: Site, another: Site, tmp_path: Path) -> None:
    site = killed.copied(tmp_path / "site")
    log_swapped(another)(site, random.Random(1))
    must_be_known(*judged(site), "log_swapped")


def test_what_the_engine_calls_sound_is_found_by_the_chain(killed: Site, tmp_path: Path) -> None:
    site = killed.copied(tmp_path / "site")
    value_altered(site, random.Random(2))
    verdict, words = judged(site)
    assert verdict is Verdict.FOUND
    assert "is not what was written" in words


def unchecked(site: Site) -> None:
    """A start that looks at nothing."""
    with pytest.MonkeyPatch.context() as broken:
        broken.setattr(fitness, "check_sqlite", lambda *_: {})
        started(site)


@pytest.mark.parametrize(
    "harm", [log_taken_away, log_and_index_taken_away, older_copy], ids=lambda h: h.__name__
)
def test_a_start_that_checks_nothing_is_seen_to_serve_what_lost_answers(
    killed: Site, tmp_path: Path, harm: Harm, measure: Measure
) -> None:
    site = killed.copied(tmp_path / "site")
    harm(site, random.Random(1))
    verdict, words = judged(site, unchecked)
    assert verdict is Verdict.UNSEEN
    assert "lost: " in words
    measure(
        "F11", "P15", f"{harm.__name__} with a start that checks nothing", "seen", verdict.value, broken=True
    )


def test_a_page_that_turns_out_damaged_stops_the_service(killed: Site, tmp_path: Path) -> None:
    site = killed.copied(tmp_path / "site")
    whole(site)
    app = create_app(Settings(data_dir=site.folder, public_url="https://testserver"))
    told: list[str] = []
    app.state.stop = told.append

    async def served() -> None:
        async with app.router.lifespan_context(app):
            size = site.database.stat().st_size
            with site.database.open("r+b") as file:
                file.seek(PAGE)
                file.write(b"\xff" * (size - PAGE))
            with pytest.raises(NotRead):
                await app.state.store.read(after_time, centre_id="nowhere", sitting_id="none")
            await asyncio.sleep(0)
            assert not app.state.store.ready

    asyncio.run(served())
    assert len(told) == 1
    assert "SQLITE_CORRUPT" in told[0]


def must_refuse(folder: Path) -> None:
    """The verb as an operator types it: one sentence, exit 78."""
    refused = verb(folder, "serve", "--plain", PORT=str(free_port()))
    assert refused.returncode == 78, refused.stderr
    must_be_words(refused.stderr.strip())


def test_an_operator_reads_one_sentence_when_the_log_of_a_killed_server_is_gone(
    killed: Site, tmp_path: Path
) -> None:
    site = killed.copied(tmp_path / "site")
    log_and_index_taken_away(site, random.Random(1))
    must_refuse(site.folder)


def test_an_older_copy_put_over_what_was_served_is_refused(killed: Site, tmp_path: Path) -> None:
    site = killed.copied(tmp_path / "site")
    whole(site)
    before = site.database.read_bytes()
    started(site)
    site.database.write_bytes(before)
    verdict, words = judged(site)
    assert verdict is Verdict.REFUSED
    assert "was in use until" in words
    site.beside(".lock").unlink()
    assert judged(site)[0] is Verdict.HARMLESS


def test_an_older_copy_that_is_restored_by_the_verb_is_taken_as_it_is(killed: Site, tmp_path: Path) -> None:
    site = killed.copied(tmp_path / "site")
    whole(site)
    back_up = Path(shutil.copy(site.database, tmp_path / "older.db"))
    started(site)
    keyring = Keyring(read_secret(site.folder / "secret"))
    restore(back_up, site.database, SystemClock().now_ms(), keyring, replace=True)
    assert judged(site)[0] is Verdict.HARMLESS


@pytest.mark.deep
def test_a_killed_server_whose_log_is_put_back_starts_again(tmp_path: Path) -> None:
    make(tmp_path, 1)
    served = Served(tmp_path, free_port())
    try:
        served.start()
        served.kill()
        log, index = tmp_path / "clearway.db-wal", tmp_path / "clearway.db-shm"
        kept = log.rename(tmp_path / "kept")
        must_refuse(tmp_path)
        index.unlink(missing_ok=True)
        log.unlink(missing_ok=True)
        must_refuse(tmp_path)
        shutil.copy(kept, log)
        served.start()
    finally:
        served.end()


def test_an_operator_is_told_by_verify_which_answer_was_altered(killed: Site, tmp_path: Path) -> None:
    site = killed.copied(tmp_path / "site")
    value_altered(site, random.Random(3))
    told = verb(site.folder, "verify")
    assert told.returncode == 1
    assert "is not what was written" in told.stdout
    assert told.stderr == ""


@pytest.mark.deep
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("seed", range(1, 5))
def test_hundreds_of_harms_are_refused_in_words_found_or_none(
    killed: Site, another: Site, tmp_path: Path, measure: Measure, seed: int
) -> None:
    chance, verdicts = random.Random(seed), Counter[Verdict]()
    for number in range(120):
        harm = chance.choice((*HARMS, page_overwritten, page_overwritten, cut_off, log_swapped(another)))
        site = killed.copied(tmp_path / str(number))
        if chance.random() < 0.5 and harm is page_overwritten:
            whole(site)
        harm(site, chance)
        verdict, words = judged(site)
        must_be_known(verdict, words, harm.__name__)
        verdicts[verdict] += 1
        shutil.rmtree(site.folder)
    words = ", ".join(f"{count} {verdict.value}" for verdict, count in verdicts.items())
    measure("F11", "P15", "harms served in silence", "0", f"0 of 120: {words}", seed=str(seed))
