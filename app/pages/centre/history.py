"""The moves of a sitting as sentences, oldest first, with the reason beside each that has one."""

from dataclasses import dataclass

from app.actions.mark_absent import AbsentReason
from app.pages.centre import sayings
from app.pages.render import local_time
from app.pages.words import N_, _
from app.records.day import MoveSeen
from app.rules.contact import is_cut_off
from app.rules.help import DocumentKind, StopReason
from app.rules.permissions import Role
from app.rules.sitting import Move, PauseKind

DOCUMENTS = {
    DocumentKind.PHOTOCARD: N_("Photocard driving licence of Great Britain"),
    DocumentKind.NI_LICENCE: N_("Photocard driving licence of Northern Ireland"),
    DocumentKind.PAPER_AND_PASSPORT: N_("Old paper driving licence together with a passport"),
    DocumentKind.PASSPORT: N_("Passport"),
    DocumentKind.OTHER: N_("Another document that was agreed before"),
}
STOPS = {
    StopReason.CANDIDATE: N_("The candidate asked to stop"),
    StopReason.MEDICAL: N_("The candidate cannot go on today"),
    StopReason.MALPRACTICE: N_("The rules of the test were broken"),
}
ABSENT = {
    AbsentReason.NOT_THERE: N_("They did not come"),
    AbsentReason.TOO_LATE: N_("They came too late to be tested"),
    AbsentReason.NO_DOCUMENT: N_("They had no document that we can take"),
}
_SENTENCES = {
    Move.CHECK_IN: N_("%(who)s checked the candidate in."),
    Move.UNDO_CHECK_IN: N_("%(who)s took the check-in back."),
    Move.RELEASE: N_("%(who)s released the test with a new code."),
    Move.TAKE_PEN: N_("The candidate opened the test at a desk."),
    Move.START: N_("The candidate started. The clock started."),
    Move.RESUME: N_("%(who)s started the clock again."),
    Move.GRANT: N_("%(who)s added %(time)s."),
    Move.NEXT_PART: N_("The part ended. The clock is stopped before the next part."),
    Move.FINISH: N_("The candidate finished."),
    Move.RUN_OUT: N_("The time ended."),
    Move.STOP: N_("%(who)s stopped the test for good."),
    Move.MARK_ABSENT: N_("%(who)s marked the candidate as not there."),
    Move.CANCEL: N_("%(who)s cancelled the booking."),
}
_PAUSES = {
    PauseKind.BREAK: N_("%(who)s began a rest break. The clock stopped."),
    PauseKind.HELP: N_("The candidate asked for help. The clock stopped."),
    PauseKind.OUTAGE: N_("The service was away. The clock stopped at the moment it went."),
}
_CUT_OFF = N_("The candidate's computer had no connection. The clock stopped at the moment it went.")
_PAUSED = N_("%(who)s stopped the clock.")
_CHANGED = N_("%(who)s changed the kind of pause. No time ran.")
_REASONS: dict[str, str] = {
    **{document.value: words for document, words in DOCUMENTS.items()},
    **{reason.value: words for reason, words in STOPS.items()},
    **{absence.value: words for absence, words in ABSENT.items()},
    **{undone.value: words for undone, words in sayings.UNDONE.items()},
}
_HELP: dict[str, str] = {reason.value: words for reason, words in sayings.HELP.items()}


@dataclass(frozen=True, slots=True)
class MoveLine:
    """One move: when, what, and why if somebody said why."""

    at: str
    words: str
    why: str | None


def line(move: MoveSeen, zone: str) -> MoveLine:
    """One move as a line of the history, with the time of day at the centre."""
    sentence = _SENTENCES.get(move.move, _PAUSED)
    if move.move is Move.PAUSE and move.kind is not None:
        sentence = _CUT_OFF if is_cut_off(move.reason) else _PAUSES.get(move.kind, _PAUSED)
    if move.move is Move.RESUME and move.reason is not None:
        sentence = (
            _CHANGED  # a stop proposed in a pause: that pause ends and another begins at the same moment
        )
    told = _(sentence) % {"who": _who(move), "time": sayings.lasting(move.amount_ms)}
    return MoveLine(local_time(move.at, zone), told, _why(move))


def _who(move: MoveSeen) -> str:
    if move.role is Role.CANDIDATE:
        return _("The candidate")
    if move.role is Role.SYSTEM:
        return _("The service")
    return move.actor_name or _("Somebody who has left the staff")


def _why(move: MoveSeen) -> str | None:
    """The code of a reason in words, and the words that were typed beside it."""
    told = [words for words in (_code(move), move.words) if words]
    if not told:
        return None
    label = _("Document: %(words)s") if move.move is Move.CHECK_IN else _("Reason: %(words)s")
    return label % {"words": ": ".join(told)}


def _code(move: MoveSeen) -> str | None:
    if move.move is Move.PAUSE and move.reason == StopReason.MALPRACTICE:
        return _("A stop was proposed, a second person is needed")
    if move.move is Move.PAUSE and move.kind not in (None, PauseKind.BREAK, PauseKind.HELP, PauseKind.OUTAGE):
        return _(sayings.PAUSES[move.kind])
    if move.reason is None or move.move is Move.RESUME:
        return None
    known = _HELP if move.kind is PauseKind.HELP else _REASONS
    return _(known[move.reason]) if move.reason in known else None
