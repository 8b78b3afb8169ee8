"""Who may do what: one table of acts and roles, and the one question that every door asks.

Which rows a person may see is scoped in the look-ups; whether a move is legal now is `rules.sitting`.
"""

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """What a signed-in person is here for. No role inherits from another."""

    CANDIDATE = "candidate"
    CENTRE_STAFF = "centre_staff"
    CENTRE_MANAGER = "centre_manager"
    ADJUSTMENTS_OFFICER = "adjustments_officer"
    ADMINISTRATOR = "administrator"
    SYSTEM = "system"


class Act(StrEnum):
    """One kind of thing that a person can do or see."""

    SIT = "sit"  # a candidate, in their own sitting: every page and save of it
    SEE_CENTRES = "see_centres"
    SEE_DAY = "see_day"
    SEE_SITTING = "see_sitting"
    CHECK_IN = "check_in"
    SET_ARRANGEMENTS = "set_arrangements"
    RELEASE = "release"
    PAUSE = "pause"
    RESUME = "resume"
    GRANT_TIME = "grant_time"
    STOP = "stop"
    MARK_ABSENT = "mark_absent"
    ANSWER_HELP = "answer_help"
    ALLOW_DESK = "allow_desk"
    INVITE_STAFF = "invite_staff"
    OPEN_CENTRE = "open_centre"
    BOOK = "book"
    PUBLISH_BANK = "publish_bank"


_DESK = frozenset({Role.CENTRE_STAFF, Role.CENTRE_MANAGER})
_CENTRE = _DESK | {Role.ADMINISTRATOR}
_EVERYWHERE = frozenset({Role.ADMINISTRATOR, Role.SYSTEM})
_EVERYONE_ON_STAFF = _CENTRE | {Role.ADJUSTMENTS_OFFICER}

MAY: dict[Act, frozenset[Role]] = {
    Act.SIT: frozenset({Role.CANDIDATE}),
    Act.SEE_CENTRES: _EVERYONE_ON_STAFF,
    Act.SEE_DAY: _EVERYONE_ON_STAFF,
    Act.SEE_SITTING: _EVERYONE_ON_STAFF,
    Act.CHECK_IN: _DESK,
    Act.SET_ARRANGEMENTS: _DESK | {Role.ADJUSTMENTS_OFFICER},
    Act.RELEASE: _DESK,
    Act.PAUSE: _DESK,
    Act.RESUME: _DESK,
    Act.GRANT_TIME: _CENTRE,
    Act.STOP: _DESK,
    Act.MARK_ABSENT: _DESK,
    Act.ANSWER_HELP: _DESK,
    Act.ALLOW_DESK: _DESK,
    Act.INVITE_STAFF: _EVERYWHERE,
    Act.OPEN_CENTRE: _EVERYWHERE,
    Act.BOOK: frozenset({Role.SYSTEM}),
    Act.PUBLISH_BANK: frozenset({Role.SYSTEM}),
}


@dataclass(frozen=True)
class Membership:
    """One role at one centre until a moment (UTC ms).

    `centre` is None only for administrators: every centre.
    """

    role: Role
    centre: str | None
    until: int

    def reaches(self, centre: str | None) -> bool:
        """Whether it holds at a centre; no centre means every centre for an administrator, and none for others."""
        return self.role in _EVERYWHERE if self.centre is None else self.centre == centre


@dataclass(frozen=True)
class Actor:
    """The signed-in person as the rules see them.

    A candidate has one membership, at the centre of their sitting, and `sitting` set; staff have none.
    """

    person: str
    memberships: tuple[Membership, ...]
    sitting: str | None = None

    def roles_at(self, centre: str | None, now: int) -> frozenset[Role]:
        """The roles in force at a centre now; an administrator's reach every centre."""
        return frozenset(m.role for m in self.memberships if m.until > now and m.reaches(centre))


NOBODY = Actor("nobody", ())
"""Somebody who has not signed in."""

SYSTEM = Actor("system", (Membership(Role.SYSTEM, None, 2**62),))


def allowed_role(actor: Actor, act: Act, *, centre: str, now: int, sitting: str | None = None) -> Role | None:
    """The role in which the actor may do this at this centre (and to this sitting), or None.

    With several, the one that reaches furthest, so that limits by role are the widest that the person holds.
    """
    if actor.sitting is not None and actor.sitting != sitting:
        return None
    roles = actor.roles_at(centre, now) & MAY[act]
    if actor.sitting is None:
        roles -= {Role.CANDIDATE}  # a candidate without a sitting of their own has nothing to do anywhere
    furthest = (Role.SYSTEM, Role.ADMINISTRATOR, Role.CENTRE_MANAGER, Role.ADJUSTMENTS_OFFICER)
    return next((role for role in (*furthest, Role.CENTRE_STAFF, Role.CANDIDATE) if role in roles), None)
