"""How much of the time that a desk could not reach us is given back, and how much a person has to decide.

Source: reliability and security design, 4.3 ("one candidate silent"), as settled in point 6. Plain values in and out.
"""

from dataclasses import dataclass

from app.rules.policy import POLICY, SECOND, Policy

CONNECTION = "connection"
LEAST_MS = SECOND  # a shorter moment is not worth two moves


def reason_of(claim: str) -> str:
    """The reason that the pause of a claim is written with, so that the same claim is known again."""
    return f"{CONNECTION}:{claim}"


def is_cut_off(reason: str | None) -> bool:
    """Whether a pause was written because a desk could not reach us."""
    return reason is not None and reason.startswith(reason_of(""))


@dataclass(frozen=True)
class Silence:
    """What is known of one claim, all in ms: what the page measured, what its earlier tries were given, how long
    nothing was heard of the sitting, what all claims of the sitting were given, and what is left on its clock."""

    claimed: int
    given_for_it: int
    unheard: int
    given_in_all: int
    left: int


@dataclass(frozen=True)
class Share:
    """What is given back by itself, and what is left for a person (ms). Both are 0 when there was nothing to give."""

    given: int
    beyond: int


def share(silence: Silence, policy: Policy = POLICY) -> Share:
    """The share of a silence that is given back: never more than was claimed, unheard, or left of the limit.

    Where even that cannot bring the clock above zero nothing is given: a part whose time is over is not opened again,
    and all of it is for a person.
    """
    lost = min(silence.claimed - silence.given_for_it, silence.unheard)
    if lost < LEAST_MS:
        return Share(0, 0)
    given = max(0, min(lost, policy.connection_ms - silence.given_in_all))
    if given < LEAST_MS or silence.left + given <= 0:
        given = 0
    return Share(given, lost - given if lost - given >= LEAST_MS else 0)
