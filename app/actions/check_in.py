"""Check a candidate in: identity seen; arrangements, allowance and paper frozen. And take it back before the start."""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace

from app.records import audit, papers, questions, web_sessions
from app.records.questions import Release
from app.records.seats import PartPlan, Seat
from app.records.sittings import Told, record_move, take
from app.records.store import Db, hint
from app.rules.help import ArrangementsReason, DocumentKind, OutsideReason, UndoReason
from app.rules.permissions import Act, Actor
from app.rules.policy import POLICY
from app.rules.refusals import Refusal, Refused
from app.rules.sitting import Move
from app.rules.timing import allowance
from question_bank.draw import Draw, PoolEntry, PoolTooSmall, draw
from question_bank.model import Part, PartKind


@dataclass(frozen=True)
class CheckedIn:
    """The sitting is ready to be released to a desk."""

    sitting_id: str
    allowance_ms: int


@dataclass(frozen=True)
class Seen:
    """What staff saw and set at the desk. Minutes are whole; reasons are codes and no words."""

    document: DocumentKind
    matched: bool
    extra_minutes: int
    break_minutes: int
    extra_reason: ArrangementsReason | None = None
    outside_reason: OutsideReason | None = None


def check_in(
    db: Db, actor: Actor, now: int, *, centre_id: str, sitting_id: str, seen: Seen, seed: str
) -> CheckedIn | Refused:
    """Freeze arrangements, allowance and paper. `seed`: hex from a good random source; the paper follows from it.

    Refused: the faces or names do not match, minutes outside policy, more or fewer minutes without a reason,
    outside 30 minutes around the start without a reason, or a bank too small for the paper.
    """
    taken = take(db, actor, Act.CHECK_IN, now, centre_id=centre_id, sitting_id=sitting_id)
    if isinstance(taken, Refused):
        return taken
    seat = taken.seat
    release = questions.newest_release(db)
    refused = _refusal(seat, now, seen, release)
    if refused is not None or release is None:
        return refused or Refused(Refusal.POOL_TOO_SMALL)
    parts = release.categories[seat.category].parts
    plans = tuple(_plan(part, seen.extra_minutes) for part in parts)
    drawn = _draw(db, seat, release, parts, int(seed, 16))
    if isinstance(drawn, Refused):
        return drawn
    minutes = {"extra_minutes": seen.extra_minutes, "break_minutes": seen.break_minutes}
    arrangements = {**minutes, "because": seen.extra_reason, "outside_window": seen.outside_reason}
    # What was granted before a check-in that was undone stays granted: the moves say so too.
    with_time = replace(seat, clock=replace(seat.clock, allowance_ms=plans[0].allowance_ms), parts=plans)
    moved = record_move(
        db,
        with_time,
        Move.CHECK_IN,
        now,
        Told(actor.person, taken.role, reason=seen.document.value),
        parts=json.dumps([asdict(plan) for plan in plans], sort_keys=True),
        arrangements=json.dumps(arrangements, sort_keys=True),
        policy_version=POLICY.version,
        **minutes,
    )
    if isinstance(moved, Refused):
        return moved
    _freeze(db, seat, now, drawn, release, seed)
    audit.note(db, actor, taken.role, now, "check_in", centre_id, sitting_id, **_audited(seen))
    hint(db, "sitting", sitting_id)
    return CheckedIn(sitting_id, plans[0].allowance_ms)


def undo_check_in(
    db: Db, actor: Actor, now: int, *, centre_id: str, sitting_id: str, reason: UndoReason
) -> CheckedIn | Refused:
    """Send a sitting that has not started back to booked. Its paper is thrown away and its exposure stays counted."""
    taken = take(db, actor, Act.CHECK_IN, now, centre_id=centre_id, sitting_id=sitting_id)
    if isinstance(taken, Refused):
        return taken
    moved = record_move(
        db,
        taken.seat,
        Move.UNDO_CHECK_IN,
        now,
        Told(actor.person, taken.role, reason=reason.value),
        parts=None,
        arrangements=None,
        released_at=None,
        device=None,
        details_at=None,
        arrangements_at=None,
        epoch=taken.seat.epoch + 1,
    )
    if isinstance(moved, Refused):
        return moved
    papers.discard(db, taken.seat)
    web_sessions.end_all_of_sitting(db, now, sitting_id=sitting_id)
    audit.note(db, actor, taken.role, now, "undo_check_in", centre_id, sitting_id)
    return CheckedIn(sitting_id, moved.clock.allowance_ms)


def _audited(seen: Seen) -> dict[str, str | int | None]:
    return {
        "document": seen.document.value,
        "extra_minutes": seen.extra_minutes,
        "break_minutes": seen.break_minutes,
        "because": seen.extra_reason,
        "outside_window": seen.outside_reason,
    }


def _refusal(seat: Seat, now: int, seen: Seen, release: Release | None) -> Refused | None:
    if not seen.matched:
        return Refused(Refusal.DETAILS_NOT_CONFIRMED)
    if not 0 <= seen.extra_minutes <= POLICY.most_extra_minutes:
        return Refused(Refusal.BEYOND_YOUR_LIMIT, details={"most": POLICY.most_extra_minutes})
    if not 0 <= seen.break_minutes <= POLICY.most_break_minutes:
        return Refused(Refusal.BEYOND_YOUR_LIMIT, details={"most": POLICY.most_break_minutes})
    changed = (seen.extra_minutes, seen.break_minutes) != (seat.extra_minutes, seat.break_minutes)
    if changed and seen.extra_reason is None:
        return Refused(Refusal.REASON_NEEDED)
    earliest, latest = seat.starts_at - POLICY.check_in_early_ms, seat.starts_at + POLICY.check_in_late_ms
    if not earliest <= now <= latest and seen.outside_reason is None:
        return Refused(Refusal.OUTSIDE_CHECK_IN, details={"from": earliest, "until": latest})
    if release is None or seat.category not in release.categories:
        return Refused(Refusal.POOL_TOO_SMALL)
    return None


def _plan(part: Part, extra_minutes: int) -> PartPlan:
    """A part frozen: extra minutes belong to the questions, never to timed clips."""
    extra = extra_minutes if part.kind is PartKind.MULTIPLE_CHOICE else 0
    bands = {name: (tuple(band.topics), band.minimum) for name, band in part.bands.items()}
    allowed = allowance(part.minutes, extra)
    return PartPlan(part.kind.value, part.questions, part.minutes, allowed, part.pass_mark, bands)


def _draw(
    db: Db, seat: Seat, release: Release, parts: Iterable[Part], seed: int
) -> tuple[tuple[int, Draw], ...] | Refused:
    seen = papers.seen_before(db, candidate_id=seat.candidate_id, category=seat.category)
    exposure = papers.exposure(db, category=seat.category, papers=POLICY.recent_papers)
    pool = [
        PoolEntry(one.id, one.version, one.topic, one.option_ids)
        for one in release.pool
        if seat.category in one.categories
    ]
    asked = [(n, part) for n, part in enumerate(parts) if part.kind is PartKind.MULTIPLE_CHOICE]
    try:
        return tuple((n, _paper(part, pool, seed + n, seen, exposure)) for n, part in asked)
    except PoolTooSmall as small:
        lacks = {"topic": small.topic, "wanted": small.wanted, "had": small.had}
        return Refused(Refusal.POOL_TOO_SMALL, details=lacks)


def _paper(
    part: Part, pool: list[PoolEntry], seed: int, seen: dict[str, int], exposure: dict[str, float]
) -> Draw:
    """One part drawn by the authority's numbers."""
    return draw(
        part,
        pool,
        seed,
        seen=seen,
        exposure=exposure,
        apart_sittings=POLICY.apart_sittings,
        most_exposure=POLICY.seen_share,
    )


def _freeze(
    db: Db, seat: Seat, now: int, drawn: tuple[tuple[int, Draw], ...], release: Release, seed: str
) -> None:
    known = {(one.id, one.version): one for one in release.pool}
    rows, before = [], 0
    for number, paper in drawn:
        for question in paper.questions:
            about = known[question.id, question.version]
            rows.append(
                {
                    "position": before + question.position,
                    "part": number,
                    "question_id": question.id,
                    "question_version": question.version,
                    "topic": about.topic,
                    "choose": about.choose,
                    "options": json.dumps([list(option) for option in question.options]),
                }
            )
        before += len(paper.questions)
    repeats = [one for _, paper in drawn for one in paper.repeats]
    drawn_row = {
        "category": seat.category,
        "drawn_at": now,
        "seed": seed,
        "release": release.n,
        "questions": json.dumps([row["question_id"] for row in rows]),
        "repeats": json.dumps(repeats),
    }
    papers.freeze(db, seat, rows, drawn_row)
