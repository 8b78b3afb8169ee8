"""Every "no" that the service can say, by name.

The sentence shown and the HTTP status stand in `pages/errors.py`; an action returns a Refused and never
raises one.
"""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class Refusal(StrEnum):
    """Stable codes: they appear in JSON, in logs and in tests, and are never reused for something else."""

    # an answer
    NO_SUCH_QUESTION = "no_such_question"
    NO_SUCH_OPTION = "no_such_option"
    TOO_MANY = "too_many"
    SEQUENCE_REUSED = "sequence_reused"
    OPEN_ELSEWHERE = "open_elsewhere"
    PAUSED = "paused"
    TIME_ENDED = "time_ended"
    HANDED_IN = "handed_in"
    NOT_STARTED = "not_started"
    FOR_REVIEW = "for_review"
    # a move
    NOT_PERMITTED = "not_permitted"
    ALREADY_STARTED = "already_started"
    ALREADY_CHECKED_IN = "already_checked_in"
    NOT_CHECKED_IN = "not_checked_in"
    NOT_RELEASED = "not_released"
    ALREADY_PAUSED = "already_paused"
    NOT_PAUSED = "not_paused"
    NOT_RUNNING = "not_running"
    SITTING_OVER = "sitting_over"
    NOT_OVER = "not_over"
    STAFF_RESUME = "staff_resume"
    TIME_NOT_ENDED = "time_not_ended"
    NO_BREAK_LEFT = "no_break_left"
    OUTSIDE_CHECK_IN = "outside_check_in"
    TOO_EARLY_TO_BE_ABSENT = "too_early_to_be_absent"
    BEYOND_YOUR_LIMIT = "beyond_your_limit"
    REASON_NEEDED = "reason_needed"
    SECOND_PERSON_NEEDED = "second_person_needed"
    POOL_TOO_SMALL = "pool_too_small"
    DETAILS_NOT_CONFIRMED = "details_not_confirmed"
    # getting in
    NO_SUCH_CODE = "no_such_code"
    DESK_BLOCKED = "desk_blocked"
    OTHER_DESK = "other_desk"
    NO_SUCH_DESK = "no_such_desk"
    WRONG_PASSWORD = "wrong_password"  # noqa: S105  # a refusal's name, not a password
    SIGN_IN_FIRST = "sign_in_first"
    INVITATION_SPENT = "invitation_spent"
    WEAK_PASSWORD = "weak_password"  # noqa: S105  # a refusal's name, not a password
    NOT_FOUND = "not_found"


@dataclass(frozen=True)
class Refused:
    """A "no" as a value: committed like any other result, so that what it keeps is stored before it is told.

    `kept` says whether something was stored (late, stale pen, paused); `details` are plain values for the
    sentence.
    """

    code: Refusal
    kept: bool = False
    details: dict[str, Any] = field(default_factory=dict)
