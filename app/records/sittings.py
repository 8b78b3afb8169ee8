"""Finding a sitting to change it, and the one place that decides its state: `make_move`, written by `record_move`.

Reading it for a page stands in `seats.py`; legal moves and time are the rules'.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import sqlalchemy as sa

from app.records.chain import Link, next_link
from app.records.seats import COLUMNS, Seat, seat_of
from app.records.store import Db
from app.records.tables import sitting, sitting_move
from app.rules.permissions import Act, Actor, Role, allowed_role
from app.rules.refusals import Refusal, Refused
from app.rules.sitting import Move, PauseKind, State, after
from app.rules.timing import Clock, Moved

_FIND = (
    sa.select(*COLUMNS)
    .where(sitting.c.centre_id == sa.bindparam("centre_id"), sitting.c.id == sa.bindparam("sitting_id"))
    .with_for_update(of=sitting)
)
_MOVES = (
    sa.select(sitting_move)
    .where(
        sitting_move.c.centre_id == sa.bindparam("centre_id"),
        sitting_move.c.sitting_id == sa.bindparam("sitting_id"),
    )
    .order_by(sitting_move.c.n)
)
_ADD_MOVE = sa.insert(sitting_move).inline()
_BRING_IN_STEP = sa.update(sitting).where(
    sitting.c.centre_id == sa.bindparam("of_centre"), sitting.c.id == sa.bindparam("of_sitting")
)
MOST_NOTICES = 5
_OF_THE_SEAT = ("code", "released_at", "epoch", "device", "start_token", "notice", "notice_at")
_LETS_GO = (Move.FINISH, Move.RUN_OUT, Move.STOP, Move.MARK_ABSENT, Move.CANCEL, Move.UNDO_CHECK_IN)


@dataclass(frozen=True)
class Taken:
    """A sitting locked for this transaction, and the role in which the actor has it."""

    seat: Seat
    role: Role


@dataclass(frozen=True)
class Told:
    """What is written beside a move: who, why, the free words (sealed), and a time other than now."""

    actor: str
    role: Role
    kind: PauseKind | None = None
    reason: str | None = None
    words: bytes | None = None
    amount_ms: int = 0
    at: int | None = None
    part_allowance_ms: int | None = None


def take(db: Db, actor: Actor, act: Act, now: int, *, centre_id: str, sitting_id: str) -> Taken | Refused:
    """Lock one sitting for a change. NOT_FOUND for what is not there and for what is not this actor's alike."""
    role = allowed_role(actor, act, centre=centre_id, now=now, sitting=sitting_id)
    if role is None:
        return Refused(Refusal.NOT_FOUND)
    row = db.execute(_FIND, {"centre_id": centre_id, "sitting_id": sitting_id}).first()
    return Refused(Refusal.NOT_FOUND) if row is None else Taken(seat_of(row), role)


def take_by_code(db: Db, *, code: str) -> Seat | None:
    """Lock the sitting that this digest of a code opens; a code ends with its sitting."""
    row = db.execute(sa.select(*COLUMNS).where(sitting.c.code == code).with_for_update(of=sitting)).first()
    return None if row is None else seat_of(row)


@dataclass(frozen=True)
class Made:
    """One move as it was decided: the sitting after it, the move's row, and the columns that the sitting takes."""

    seat: Seat
    row: dict[str, Any]
    columns: dict[str, Any]


def make_move(seat: Seat, move: Move, now: int, told: Told, **changes: Any) -> Made | Refused:
    """Decide one move by the rules; nothing is written.

    `changes` are further columns of the sitting that the move sets. A move's time is never before the last one's,
    but for one that carries the deadline: nobody used more time than there was, whatever was written since.
    """
    about = told.kind if move is Move.PAUSE else seat.pause_kind
    to = after(seat.state, move, told.role, about)
    if isinstance(to, Refusal):
        return Refused(to, details={"state": seat.state.value})
    asked = now if told.at is None else told.at
    at = asked if asked == seat.clock.deadline else max(asked, seat.state_at)
    kind = PauseKind.SECTION if move is Move.NEXT_PART else told.kind
    part = seat.part + 1 if move is Move.NEXT_PART else seat.part
    clock = seat.clock.moved(Moved(at, move, to, kind, told.amount_ms), told.part_allowance_ms)
    row = _row(seat, move, now, told, kind=kind, part=part, to=to, at=at)
    moved = replace(
        seat,
        state=to,
        part=part,
        clock=clock,
        move_no=seat.move_no + 1,
        state_at=max(at, seat.state_at),
        break_used_ms=seat.break_used_ms + _break_ended(seat, to, at),
        **_pause(seat, to, kind, at, now),
    )
    moved, link = linked(moved, row)
    over = {"code": None} if move in _LETS_GO else {}
    more = {**over, **_notice(seat, moved, move, told, now), **changes}
    moved = replace(moved, **{name: value for name, value in more.items() if name in _OF_THE_SEAT})
    keys = {"centre_id": seat.centre_id, "sitting_id": seat.sitting_id}
    return Made(moved, {**keys, **row, **vars(link)}, {**_standing(moved), **more})


def record_move(db: Db, seat: Seat, move: Move, now: int, told: Told, **changes: Any) -> Seat | Refused:
    """Make one move (see `make_move`), append its row, and bring the sitting's row in step."""
    made = make_move(seat, move, now, told, **changes)
    if isinstance(made, Refused):
        return made
    db.execute(_ADD_MOVE, made.row)
    update(db, made.seat, now, **made.columns)
    return made.seat


def record_moves(db: Db, now: int, histories: Sequence[Sequence[Made]]) -> None:
    """Write the moves of many sittings, each one's in order: one statement for the rows, one for the sittings.

    Every sitting takes the same columns: where it stands, and its notice.
    """
    if not histories:
        return
    db.execute(_ADD_MOVE, [made.row for history in histories for made in history])
    after_all = [history[-1].seat for history in histories]
    db.execute(
        _BRING_IN_STEP,
        [
            {
                "of_centre": seat.centre_id,
                "of_sitting": seat.sitting_id,
                **_standing(seat),
                "notice": seat.notice,
                "notice_at": seat.notice_at,
                "touched_at": now,
            }
            for seat in after_all
        ],
    )


def _row(
    seat: Seat, move: Move, now: int, told: Told, *, kind: PauseKind | None, part: int, to: State, at: int
) -> dict[str, Any]:
    return {
        "n": seat.move_no + 1,
        "part": part,
        "move": move.value,
        "kind": None if kind is None else kind.value,
        "from_state": seat.state.value,
        "to_state": to.value,
        "at": at,
        "recorded_at": now,
        "actor": told.actor,
        "role": told.role.value,
        "amount_ms": told.amount_ms,
        "reason": told.reason,
        "words": told.words,
    }


def update(db: Db, seat: Seat, now: int, **values: Any) -> None:
    """Write columns of one sitting that are not its state. Every write is also an alive mark."""
    db.execute(
        sa.update(sitting)
        .where(sitting.c.centre_id == seat.centre_id, sitting.c.id == seat.sitting_id)
        .values(touched_at=now, **values)
    )


def last_contact(db: Db, seat: Seat) -> int:
    """When anything was last written about a sitting (UTC ms): the newest moment at which it was heard of."""
    mine = (sitting.c.centre_id == seat.centre_id, sitting.c.id == seat.sitting_id)
    return int(db.execute(sa.select(sitting.c.touched_at).where(*mine)).scalar_one())


def linked(seat: Seat, content: dict[str, Any]) -> tuple[Seat, Link]:
    """The seat with its chain moved on by one row's content, and that row's link."""
    link = next_link(seat.chain_no, seat.chain_head, content)
    return replace(seat, chain_no=link.link_no, chain_head=link.link), link


def moves_of(db: Db, *, centre_id: str, sitting_id: str) -> tuple[dict[str, Any], ...]:
    """Every move of a sitting in order, as plain rows."""
    rows = db.execute(_MOVES, {"centre_id": centre_id, "sitting_id": sitting_id}).mappings().all()
    return tuple(dict(row) for row in rows)


def folded(rows: tuple[dict[str, Any], ...]) -> tuple[Moved, ...]:
    """Rows of moves as the rules fold them."""
    return tuple(
        Moved(
            at=row["at"],
            move=Move(row["move"]),
            to=State(row["to_state"]),
            kind=None if row["kind"] is None else PauseKind(row["kind"]),
            amount_ms=row["amount_ms"],
            part=row["part"],
            recorded_at=row["recorded_at"],
            role=Role(row["role"]),
        )
        for row in rows
    )


def _standing(seat: Seat) -> dict[str, Any]:
    """The columns that only a move writes."""
    clock: Clock = seat.clock
    return {
        "state": seat.state.value,
        "pause_kind": None if seat.pause_kind is None else seat.pause_kind.value,
        "paused_at": seat.paused_at,
        "paused_known_at": seat.paused_known_at,
        "part": seat.part,
        "state_at": seat.state_at,
        "move_no": seat.move_no,
        "allowance_ms": clock.allowance_ms,
        "granted_ms": clock.granted_ms,
        "used_ms": clock.used_ms,
        "running_since": clock.running_since,
        "deadline_at": clock.deadline,
        "break_used_ms": seat.break_used_ms,
        "chain_no": seat.chain_no,
        "chain_head": seat.chain_head,
    }


def _pause(seat: Seat, to: State, kind: PauseKind | None, at: int, now: int) -> dict[str, Any]:
    if to is not State.PAUSED:
        return {"pause_kind": None, "paused_at": None, "paused_known_at": None}
    if seat.state is State.PAUSED:  # a grant or a new pen in a pause leaves the pause as it was
        return {}
    return {"pause_kind": kind, "paused_at": at, "paused_known_at": now}


def _break_ended(seat: Seat, to: State, at: int) -> int:
    ended = seat.pause_kind is PauseKind.BREAK and to is not State.PAUSED
    return at - (seat.paused_at or at) if ended else 0


def _notice(seat: Seat, moved: Seat, move: Move, told: Told, now: int) -> dict[str, Any]:
    """What the candidate's next page says about this move, after whatever it has not said yet."""
    if move is Move.GRANT and told.role is not Role.SYSTEM:
        new = f"granted:{told.amount_ms}"
    elif move is Move.RESUME and seat.pause_kind is not None:
        stopped = moved.state_at - (seat.paused_at or moved.state_at)
        new = f"resumed:{seat.pause_kind.value}:{stopped}"
    else:
        return {}
    unsaid = seat.notice if seat.notice and (seat.notice_at or 0) > seat.seen_at else ""
    said = [*unsaid.split(), new][-MOST_NOTICES:]
    return {"notice": " ".join(said), "notice_at": now}
