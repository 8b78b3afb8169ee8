"""Why a candidate calls a person, and the other words that a form may send about a sitting."""

from enum import StrEnum


class HelpReason(StrEnum):
    """What a candidate needs from a person."""

    COME = "come"
    MESSAGE = "message"
    TIME = "time"
    UNWELL = "unwell"
    BROKEN = "broken"
    DETAILS = "details"
    ARRANGEMENTS = "arrangements"
    CONNECTION = (
        "connection"  # called by the service itself: a desk was cut off for longer than it may give back
    )


class DocumentKind(StrEnum):
    """Which document was seen at check-in; the document itself is never kept."""

    PHOTOCARD = "photocard"
    NI_LICENCE = "ni_licence"
    PAPER_AND_PASSPORT = "paper_and_passport"
    PASSPORT = "passport"
    OTHER = "other"


class StopReason(StrEnum):
    """Why staff end a sitting. Malpractice needs two people; the others need one (settled design, point 10)."""

    CANDIDATE = "candidate"
    MEDICAL = "medical"
    MALPRACTICE = "malpractice"


class ArrangementsReason(StrEnum):
    """Why minutes were changed. A code and no words, so that no condition is ever written down."""

    AGREED_BEFORE = "agreed_before"
    PROOF_SEEN = "proof_seen"
    CANDIDATE_ASKED = "candidate_asked"
    CORRECTION = "correction"


class OutsideReason(StrEnum):
    """Why somebody is checked in long before or after the start."""

    EARLY_AND_READY = "early_and_ready"
    WE_ARE_LATE = "we_are_late"
    LATE_FOR_A_REASON = "late_for_a_reason"


class UndoReason(StrEnum):
    """Why a check-in was taken back."""

    WRONG_PERSON = "wrong_person"
    WRONG_MINUTES = "wrong_minutes"
    WENT_AWAY = "went_away"
