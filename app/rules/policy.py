"""Every value that the examining authority decides, in one frozen, versioned table.

Its version is kept on each sitting and each decision. Nothing here is computed, and no other file holds
such a number.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from app.rules.permissions import Role

SECOND = 1_000
MINUTE = 60 * SECOND
HOUR = 60 * MINUTE


@dataclass(frozen=True)
class Policy:
    """Durations in milliseconds, counts as plain numbers. Sources: the settled design, points 4 to 15."""

    version: str = "2026-11-1"
    grace_ms: int = 10 * SECOND  # an answer chosen before zero may arrive this much later
    pause_grace_ms: int = 5 * SECOND  # an answer chosen before a pause may arrive this much later
    loading_ms: int = 10 * SECOND  # given at the start, so that a slow first page costs nobody time
    self_healing_outage_ms: int = 30 * SECOND  # a shorter gap of ours is credited and the sitting goes on
    outage_return_ms: int = 10 * MINUTE  # after an outage the candidate may carry on alone for this long
    connection_ms: int = 5 * MINUTE  # given back unasked, in all, for a desk that could not reach us
    help_return_ms: int = 2 * MINUTE  # after calling for help the candidate may carry on alone for this long
    break_ms: int = 10 * MINUTE  # rest breaks for everybody, in all, with the clock stopped
    most_break_minutes: int = 120
    most_extra_minutes: int = 240
    most_grant_minutes: int = 240  # at once, also for a role without a limit in all
    check_in_early_ms: int = 30 * MINUTE
    check_in_late_ms: int = 30 * MINUTE
    absent_after_ms: int = 30 * MINUTE  # as long as a late check-in is possible
    code_length: int = 6
    code_tries: int = 5
    desk_kept_ms: int = 24 * HOUR  # wrong codes typed at a browser are forgotten when none came for this long
    staff_idle_ms: int = 15 * MINUTE
    staff_session_ms: int = 12 * HOUR
    candidate_session_ms: int = 24 * HOUR  # idle time never signs a candidate out before 20 hours
    result_open_ms: int = 30 * MINUTE  # how long after its end a sitting stays open at its computer
    invitation_ms: int = 72 * HOUR
    membership_ms: int = 365 * 24 * HOUR  # every role ends by itself: a leaver who was forgotten goes too
    least_password: int = 12
    seen_share: float = 0.20  # no question should stand in more than this share of recent papers
    recent_papers: int = 200
    apart_sittings: int = 2  # none of the questions of the last two sittings
    stop_words: int = 20  # a stop for malpractice needs at least this many characters of what happened
    grant_ms: Mapping[Role, int | None] = field(
        default_factory=lambda: MappingProxyType(
            {
                Role.CENTRE_STAFF: 5 * MINUTE,
                Role.CENTRE_MANAGER: 30 * MINUTE,
                Role.ADMINISTRATOR: None,
            }
        )
    )  # the most that one role may add to one sitting in all; None: no limit


POLICY = Policy()
