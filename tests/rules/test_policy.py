"""The values that the authority decides: fixed while the service runs, named by a version, and sensible together."""

from dataclasses import FrozenInstanceError, asdict, fields
from typing import Any

import pytest

from app.rules.permissions import MAY, Act, Role
from app.rules.policy import POLICY, Policy
from app.rules.refusals import Refusal, Refused

MINUTE, HOUR = 60_000, 3_600_000


@pytest.mark.parametrize("name", [each.name for each in fields(Policy)])
def test_no_value_of_the_policy_can_be_changed_while_the_service_runs(name: str) -> None:
    with pytest.raises(FrozenInstanceError):
        setattr(POLICY, name, 0)


def test_the_grants_by_role_cannot_be_changed_either() -> None:
    grants: Any = POLICY.grant_ms
    with pytest.raises(TypeError):
        grants[Role.CENTRE_STAFF] = 999 * MINUTE


def test_the_policy_has_a_version_to_keep_with_each_sitting() -> None:
    assert POLICY.version.strip() == POLICY.version != ""


def test_no_value_of_the_policy_is_negative() -> None:
    values = {name: value for name, value in vars(POLICY).items() if name not in ("version", "grant_ms")}
    assert {name: value for name, value in values.items() if value < 0} == {}
    assert {role: most for role, most in POLICY.grant_ms.items() if most is not None and most <= 0} == {}


def test_every_duration_is_a_whole_number_of_milliseconds() -> None:
    assert {
        type(value) for name, value in vars(POLICY).items() if name.endswith("_ms") and name != "grant_ms"
    } == {int}


# What the design says in its own words, in milliseconds or counts.
SETTLED = {
    "grace_ms": 10_000,  # design 4.4
    "pause_grace_ms": 5_000,  # design 4.4
    "loading_ms": 10_000,  # settled 4
    "self_healing_outage_ms": 30_000,  # settled 5
    "outage_return_ms": 10 * MINUTE,  # design 4.3
    "help_return_ms": 2 * MINUTE,  # settled 9
    "break_ms": 10 * MINUTE,  # settled 8
    "check_in_early_ms": 30 * MINUTE,  # design 4.2
    "check_in_late_ms": 30 * MINUTE,  # design 4.2
    "code_length": 6,  # settled 14
    "code_tries": 5,  # settled 14
    "staff_idle_ms": 15 * MINUTE,  # design, T11
    "staff_session_ms": 12 * HOUR,  # design, T11
    "result_open_ms": 30 * MINUTE,  # design, T30
    "stop_words": 20,  # design 4.2
    "seen_share": 0.20,  # settled 34
    "apart_sittings": 2,  # settled 34
}


@pytest.mark.parametrize("name", SETTLED)
def test_the_policy_says_what_the_design_settled(name: str) -> None:
    assert getattr(POLICY, name) == SETTLED[name]


def test_everyone_who_may_add_time_has_a_limit_and_an_administrator_has_none() -> None:
    assert set(POLICY.grant_ms) == MAY[Act.GRANT_TIME]
    assert dict(POLICY.grant_ms) == {
        Role.CENTRE_STAFF: 5 * MINUTE,
        Role.CENTRE_MANAGER: 30 * MINUTE,
        Role.ADMINISTRATOR: None,
    }


def test_t07_being_idle_for_twenty_hours_signs_no_candidate_out() -> None:
    assert POLICY.candidate_session_ms > 20 * HOUR


def test_a_candidate_comes_back_alone_after_any_outage_that_heals_by_itself() -> None:
    assert POLICY.self_healing_outage_ms < POLICY.outage_return_ms


def test_a_policy_is_made_by_naming_what_differs_and_keeps_the_rest() -> None:
    other = Policy(version="2027-01-1", grace_ms=0)
    changed = {name for name, value in vars(other).items() if value != vars(POLICY)[name]}
    assert changed == {"version", "grace_ms"}


def test_every_refusal_has_a_code_of_its_own_that_is_its_name() -> None:
    assert {refusal.name: refusal.value for refusal in Refusal} == {
        refusal.name: refusal.name.lower() for refusal in Refusal
    }
    assert len(set(Refusal)) == len(Refusal.__members__)


def test_a_refused_value_keeps_nothing_unless_it_says_so_and_shares_no_details() -> None:
    first, second = Refused(Refusal.PAUSED), Refused(Refusal.PAUSED)
    assert asdict(first) == {"code": "paused", "kept": False, "details": {}}
    assert first.details is not second.details
