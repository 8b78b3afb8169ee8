"""The life of a sitting: its states, its moves, and the table that says which move leads where, made by whom.

Time is `rules.timing`; whether an answer counts is `rules.saving`.
"""

from collections.abc import Iterable
from enum import StrEnum

from app.rules.help import StopReason
from app.rules.permissions import Role
from app.rules.refusals import Refusal


class State(StrEnum):
    """Where a sitting stands. Nothing leaves the last four."""

    BOOKED = "booked"
    CHECKED_IN = "checked_in"
    IN_PROGRESS = "in_progress"
    PAUSED = "paused"
    FINISHED = "finished"
    STOPPED = "stopped"
    NOT_ATTENDED = "not_attended"
    CANCELLED = "cancelled"


class Move(StrEnum):
    """One change of a sitting, recorded with who, when, why, from and to."""

    CHECK_IN = "check_in"
    UNDO_CHECK_IN = "undo_check_in"
    RELEASE = "release"  # to a desk: a new code, and the pen taken from any other device
    TAKE_PEN = "take_pen"  # a browser signs in, or carries on here
    START = "start"
    PAUSE = "pause"
    RESUME = "resume"
    GRANT = "grant"
    NEXT_PART = "next_part"
    FINISH = "finish"
    RUN_OUT = "run_out"
    STOP = "stop"
    MARK_ABSENT = "mark_absent"
    CANCEL = "cancel"


class PauseKind(StrEnum):
    """Why the clock is stopped; it decides who may start it again."""

    BREAK = "break"
    HELP = "help"
    MEDICAL = "medical"
    CONVERSATION = "conversation"
    IDENTITY = "identity"
    DISTURBANCE = "disturbance"
    TECHNICAL = "technical"
    EVACUATION = "evacuation"
    OUTAGE = "outage"
    DEVICE = "device"
    SECTION = "section"


TERMINAL = frozenset({State.FINISHED, State.STOPPED, State.NOT_ATTENDED, State.CANCELLED})
LIVE = frozenset({State.CHECKED_IN, State.IN_PROGRESS, State.PAUSED})

LEGAL: dict[tuple[State, Move], State] = {
    (State.BOOKED, Move.CHECK_IN): State.CHECKED_IN,
    (State.BOOKED, Move.MARK_ABSENT): State.NOT_ATTENDED,
    (State.BOOKED, Move.CANCEL): State.CANCELLED,
    (State.CHECKED_IN, Move.UNDO_CHECK_IN): State.BOOKED,
    (State.CHECKED_IN, Move.RELEASE): State.CHECKED_IN,
    (State.CHECKED_IN, Move.TAKE_PEN): State.CHECKED_IN,
    (State.CHECKED_IN, Move.START): State.IN_PROGRESS,
    (State.CHECKED_IN, Move.GRANT): State.CHECKED_IN,
    (State.CHECKED_IN, Move.STOP): State.STOPPED,
    (State.IN_PROGRESS, Move.TAKE_PEN): State.IN_PROGRESS,
    (State.IN_PROGRESS, Move.PAUSE): State.PAUSED,
    (State.IN_PROGRESS, Move.GRANT): State.IN_PROGRESS,
    (State.IN_PROGRESS, Move.NEXT_PART): State.PAUSED,
    (State.IN_PROGRESS, Move.FINISH): State.FINISHED,
    (State.IN_PROGRESS, Move.RUN_OUT): State.FINISHED,
    (State.IN_PROGRESS, Move.STOP): State.STOPPED,
    (State.PAUSED, Move.RELEASE): State.PAUSED,
    (State.PAUSED, Move.TAKE_PEN): State.PAUSED,
    (State.PAUSED, Move.RESUME): State.IN_PROGRESS,
    (State.PAUSED, Move.GRANT): State.PAUSED,
    (State.PAUSED, Move.FINISH): State.FINISHED,
    (State.PAUSED, Move.STOP): State.STOPPED,
}

_DESK = frozenset({Role.CENTRE_STAFF, Role.CENTRE_MANAGER})
_CANDIDATE = frozenset({Role.CANDIDATE})
_SYSTEM = frozenset({Role.SYSTEM})

WHO: dict[Move, frozenset[Role]] = {
    Move.CHECK_IN: _DESK,
    Move.UNDO_CHECK_IN: _DESK,
    Move.RELEASE: _DESK,
    Move.TAKE_PEN: _CANDIDATE,
    Move.START: _CANDIDATE,
    Move.PAUSE: _CANDIDATE | _DESK | _SYSTEM,
    Move.RESUME: _CANDIDATE | _DESK | _SYSTEM,
    Move.GRANT: _DESK | {Role.ADMINISTRATOR} | _SYSTEM,
    Move.NEXT_PART: _CANDIDATE | _SYSTEM,
    Move.FINISH: _CANDIDATE,
    Move.RUN_OUT: _SYSTEM,
    Move.STOP: _DESK,
    Move.MARK_ABSENT: _DESK | _SYSTEM,
    Move.CANCEL: _DESK,
}

PAUSERS: dict[PauseKind, frozenset[Role]] = {
    PauseKind.BREAK: _CANDIDATE | _DESK | _SYSTEM,  # the system only around an outage of ours
    PauseKind.HELP: _CANDIDATE,
    PauseKind.MEDICAL: _DESK,
    PauseKind.CONVERSATION: _DESK,
    PauseKind.IDENTITY: _DESK,
    PauseKind.DISTURBANCE: _DESK,
    PauseKind.TECHNICAL: _DESK,
    PauseKind.EVACUATION: _DESK,
    PauseKind.OUTAGE: _SYSTEM,
    PauseKind.DEVICE: _DESK,
    PauseKind.SECTION: frozenset(),  # only the move to the next part makes one
}

RESUMERS: dict[PauseKind, frozenset[Role]] = {
    PauseKind.BREAK: _CANDIDATE | _DESK | _SYSTEM,  # the system only around an outage of ours
    PauseKind.HELP: _CANDIDATE | _DESK,
    PauseKind.MEDICAL: _DESK,
    PauseKind.CONVERSATION: _DESK,
    PauseKind.IDENTITY: _DESK,
    PauseKind.DISTURBANCE: _DESK,
    PauseKind.TECHNICAL: _DESK,
    PauseKind.EVACUATION: _DESK,
    PauseKind.OUTAGE: _CANDIDATE | _DESK | _SYSTEM,
    PauseKind.DEVICE: _CANDIDATE | _DESK,
    PauseKind.SECTION: _CANDIDATE | _DESK,
}

_WHY_NOT: dict[State, Refusal] = {
    State.BOOKED: Refusal.NOT_CHECKED_IN,
    State.CHECKED_IN: Refusal.NOT_STARTED,
    State.IN_PROGRESS: Refusal.ALREADY_STARTED,
    State.PAUSED: Refusal.ALREADY_STARTED,
    State.FINISHED: Refusal.SITTING_OVER,
    State.STOPPED: Refusal.SITTING_OVER,
    State.NOT_ATTENDED: Refusal.SITTING_OVER,
    State.CANCELLED: Refusal.SITTING_OVER,
}

_WHY_NOT_THIS: dict[tuple[State, Move], Refusal] = {
    (State.CHECKED_IN, Move.CHECK_IN): Refusal.ALREADY_CHECKED_IN,
    (State.CHECKED_IN, Move.MARK_ABSENT): Refusal.ALREADY_CHECKED_IN,
    (State.CHECKED_IN, Move.CANCEL): Refusal.ALREADY_CHECKED_IN,
    (State.IN_PROGRESS, Move.RELEASE): Refusal.NOT_PAUSED,
    (State.IN_PROGRESS, Move.RESUME): Refusal.NOT_PAUSED,
    (State.PAUSED, Move.PAUSE): Refusal.ALREADY_PAUSED,
    (State.PAUSED, Move.RUN_OUT): Refusal.NOT_RUNNING,
    (State.PAUSED, Move.NEXT_PART): Refusal.NOT_RUNNING,
}


def after(state: State, move: Move, role: Role, kind: PauseKind | None = None) -> State | Refusal:
    """The state that a move leads to, or the name of the refusal.

    `kind` is the kind of pause being made (pause), or the kind that the sitting is in (resume, finish).
    Source: reliability and security design, 4.1 and 4.2, as settled in points 8 to 11.
    """
    if role not in WHO[move]:
        return Refusal.NOT_PERMITTED
    target = LEGAL.get((state, move))
    if target is None:
        return _WHY_NOT_THIS.get((state, move), _WHY_NOT[state])
    if move is Move.PAUSE and (kind is None or role not in PAUSERS[kind]):
        return Refusal.NOT_PERMITTED
    if move is Move.RESUME and (kind is None or role not in RESUMERS[kind]):
        return Refusal.STAFF_RESUME
    if move is Move.FINISH and state is State.PAUSED and kind is not PauseKind.BREAK:
        return Refusal.PAUSED
    return target


def proposer(state: State, moves: Iterable[tuple[Move, str | None, str]]) -> str | None:
    """Who proposed the stop for malpractice that a pause waits for; None when it waits for none.

    `moves` are (move, reason, who) in order. The second person must be somebody else (settled design, point 10).
    """
    waits_for = None
    for move, reason, who in moves:
        if move is Move.PAUSE:
            waits_for = who if reason == StopReason.MALPRACTICE else None
        elif move in (Move.RESUME, Move.NEXT_PART):
            waits_for = None  # taken back; the pause between two parts waits for nobody
    return waits_for if state is State.PAUSED else None
