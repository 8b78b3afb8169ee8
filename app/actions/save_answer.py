"""Save what a candidate chose at one position: two reads, one insert, one update. Whether it counts is the rules'.

A save can be run twice: with script its key is (sitting, position, epoch, sequence); without, its page's token.
"""

from dataclasses import dataclass

from app.records import answers, marking
from app.records.answers import Position, StoredSave
from app.records.store import Db
from app.rules.permissions import Act, Actor, allowed_role
from app.rules.refusals import Refusal, Refused
from app.rules.saving import (
    AFTER_ZERO,
    COUNTING,
    Arrival,
    Repeat,
    Ruling,
    Save,
    Standing,
    beside,
    compare,
    judge,
)
from app.rules.sitting import TERMINAL, State


@dataclass(frozen=True)
class Chosen:
    """What the page sent. `value` is page values joined by spaces, empty to clear, None to keep what is saved.

    `flag` is "keep", "on" or "off". With `nothing_keeps` an empty value takes no answer away that the page did not
    show, and none at all of a single choice, for a radio cannot be unchosen. `sequence` and `made_left_ms` are
    None without script.
    """

    epoch: int
    token: str
    rendered_at: int | None
    value: str | None
    flag: str = "keep"
    nothing_keeps: bool = False
    wording: str = "standard"
    sequence: int | None = None
    made_left_ms: int | None = None


@dataclass(frozen=True)
class Saved:
    """A save as stored: it counts, or a newer one does.

    `answered` is false when fewer than the wanted number are chosen. `places` are those of the chosen
    values on the page, from 1 on.
    """

    position: int
    revision: int
    sequence: int
    value: str
    flagged: bool
    standing: Standing
    repeat: Repeat
    left_ms: int
    state: State
    answered: bool
    places: tuple[int, ...]


def save_answer(
    db: Db, actor: Actor, now: int, *, centre_id: str, sitting_id: str, position: int, chosen: Chosen
) -> Saved | Refused:
    """Save one answer. What comes too late, or without the pen, is kept but does not count, and is refused by name."""
    if allowed_role(actor, Act.SIT, centre=centre_id, now=now, sitting=sitting_id) is None:
        return Refused(Refusal.NOT_FOUND)
    found = answers.find(db, centre_id=centre_id, sitting_id=sitting_id, position=position)
    if found is None:
        return Refused(Refusal.NOT_FOUND)
    ruling = _rule(found, now, chosen)
    if isinstance(ruling, Refusal):
        return Refused(ruling)
    value = _canonical(found, chosen)
    if isinstance(value, Refused):
        return value
    return _store(db, found, now, position, chosen, value, ruling)


def _rule(found: Position, now: int, chosen: Chosen) -> Ruling | Refusal:
    seat = found.seat
    arrival = Arrival(now, chosen.epoch == seat.epoch, chosen.sequence is not None, chosen.made_left_ms)
    over_on_time = seat.state in TERMINAL and seat.clock.left(now) <= 0
    ruling = judge(seat.state, seat.clock, arrival, paused_at=seat.paused_at, over_on_time=over_on_time)
    closed = found.part is not None and found.part != seat.part
    if closed and isinstance(ruling, Ruling) and ruling.refusal is None:
        return Ruling(Standing.NOT_COUNTED, Refusal.HANDED_IN)
    return ruling


def _canonical(found: Position, chosen: Chosen) -> str | Refused:
    """The chosen values in page order, or why they cannot be an answer here."""
    if found.part is None:
        return Refused(Refusal.NO_SUCH_QUESTION)
    value = chosen.value
    if value is None or (not value and chosen.nothing_keeps and _says_nothing(found, chosen)):
        return found.newest.save.value if found.newest else ""
    wanted = set(value.split())
    if not wanted <= set(found.values):
        return Refused(Refusal.NO_SUCH_OPTION)
    if len(wanted) > found.choose:
        return Refused(Refusal.TOO_MANY, details={"chosen": len(wanted), "wanted": found.choose})
    return " ".join(one for one in found.values if one in wanted)


def _says_nothing(found: Position, chosen: Chosen) -> bool:
    """Whether an empty page says nothing about the answer: radios, or a page older than the answer."""
    if found.choose == 1 or found.newest is None:
        return True
    made_before = chosen.rendered_at is not None and chosen.rendered_at < found.newest.arrived_at
    return made_before and chosen.token != found.newest.token


def _store(
    db: Db, found: Position, now: int, position: int, chosen: Chosen, value: str, ruling: Ruling
) -> Saved | Refused:
    newest = found.newest
    flagged = {"on": True, "off": False}.get(chosen.flag, newest.flagged if newest else False)
    repeat, sequence, twin = _place(found, now, chosen, value, flagged)
    left = found.seat.clock.left(now)
    if twin is not None:
        return _same_reply(found, position, twin, ruling, left)
    if ruling.standing in AFTER_ZERO and value == (newest.save.value if newest else ""):
        # The page says what is saved already: nothing came too late, and nobody has to look at it.
        return _as_stored(found, position, newest, left)
    ruling = beside(ruling, repeat)
    revision = max((s.revision for s in found.stored), default=0) + 1
    row = {
        "position": position,
        "revision": revision,
        "sequence": sequence,
        "twin": revision if repeat is Repeat.REUSED else 0,
        "value": value,
        "flagged": int(flagged),
        "standing": ruling.standing.value,
        "counts": int(ruling.standing in COUNTING),
        "arrived_at": now,
        "left_ms": left,
        **_of_the_page(chosen),
    }
    link = answers.append(db, found.seat, now, row)
    if marking.unsettled(ruling.standing) and found.seat.state in TERMINAL:
        marking.ask_for_review(db, answers.after(found.seat, link, row), now, reason="late_answer")
    if ruling.refusal is not None:
        return _refused(ruling.refusal, found, value, left)
    save = Save(chosen.epoch, sequence, value, ruling.standing)
    stored = StoredSave(revision, flagged, chosen.token, now, save)
    return _as_stored(found, position, stored, left, repeat)


def _of_the_page(chosen: Chosen) -> dict[str, str | int | None]:
    """The columns that say from which page a save came."""
    return {
        "epoch": chosen.epoch,
        "token": chosen.token,
        "wording": chosen.wording,
        "made_left_ms": chosen.made_left_ms,
        "rendered_at": chosen.rendered_at,
    }


def _same_reply(
    found: Position, position: int, twin: StoredSave, ruling: Ruling, left: int
) -> Saved | Refused:
    """What was said to this save when it first came, whatever has happened since."""
    if twin.save.standing not in COUNTING and not _was_replaced(found, twin, ruling):
        return _refused(_told_then(found, twin, ruling), found, twin.save.value, left)
    return _as_stored(found, position, twin, left)


def _was_replaced(found: Position, twin: StoredSave, ruling: Ruling) -> bool:
    """Whether a stored save came after zero and behind a newer one, so that nothing was refused."""
    if twin.save.standing is not Standing.NOT_COUNTED or ruling.standing not in AFTER_ZERO:
        return False
    save, earlier = twin.save, [s.save for s in found.stored if s.revision < twin.revision]
    return compare(save.epoch, save.sequence, save.value, earlier) is Repeat.SUPERSEDED


def _as_stored(
    found: Position,
    position: int,
    stored: StoredSave | None,
    left: int,
    repeat: Repeat = Repeat.DUPLICATE,
) -> Saved:
    """The reply about a stored save; None: nothing was chosen here, and nothing is."""
    save = stored.save if stored else Save(0, 0, "", Standing.COUNTS)
    return Saved(
        position=position,
        revision=stored.revision if stored else 0,
        sequence=save.sequence,
        value=save.value,
        flagged=stored.flagged if stored else False,
        standing=save.standing,
        repeat=repeat,
        left_ms=left,
        state=found.seat.state,
        answered=len(save.value.split()) == found.choose,
        places=_places(found, save.value),
    )


def _places(found: Position, value: str) -> tuple[int, ...]:
    chosen = value.split()
    return tuple(place for place, one in enumerate(found.values, start=1) if one in chosen)


def _told_then(found: Position, twin: StoredSave, ruling: Ruling) -> Refusal:
    """The refusal of a stored save that does not count; the present ruling tells apart what the row does not."""
    save = twin.save
    if save.standing is Standing.FOR_REVIEW:
        return Refusal.FOR_REVIEW
    if save.standing is Standing.LATE:
        return Refusal.TIME_ENDED
    same_key = [s for s in found.stored if (s.save.epoch, s.save.sequence) == (save.epoch, save.sequence)]
    return Refusal.SEQUENCE_REUSED if len(same_key) > 1 else ruling.refusal or Refusal.PAUSED


def _refused(refusal: Refusal, found: Position, value: str, left: int) -> Refused:
    details = {"value": value, "left_ms": left, "state": found.seat.state.value}
    return Refused(refusal, kept=True, details=details)


def _place(
    found: Position, now: int, chosen: Chosen, value: str, flagged: bool
) -> tuple[Repeat, int, StoredSave | None]:
    """What this save is beside the stored ones, its sequence, and the stored save that it repeats.

    Without script only the save that counts can be repeated: whatever was refused before may be sent again. It is
    numbered by the clock, as a script numbers: a choice made before it that a script sends later stays the older.
    """
    if chosen.sequence is not None:
        repeat = compare(chosen.epoch, chosen.sequence, value, [stored.save for stored in found.stored])
        key = (chosen.epoch, chosen.sequence, value)
        twins = [s for s in found.stored if (s.save.epoch, s.save.sequence, s.save.value) == key]
        return repeat, chosen.sequence, twins[0] if repeat is Repeat.DUPLICATE else None
    newest = found.newest
    if newest and (newest.token, newest.save.value, newest.flagged) == (chosen.token, value, flagged):
        return Repeat.DUPLICATE, newest.save.sequence, newest
    latest = max((s.save.sequence for s in found.stored if s.save.epoch == chosen.epoch), default=0)
    return Repeat.NEW, max(latest + 1, now), None
