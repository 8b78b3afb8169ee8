"""How much of a silence is given back: never more than was lost, never more than the limit, never past the end."""

from hypothesis import given
from hypothesis import strategies as st

from app.rules.contact import LEAST_MS, Share, Silence, is_cut_off, reason_of, share
from app.rules.policy import MINUTE, POLICY, SECOND

LIMIT = POLICY.connection_ms
LENGTHS = st.integers(0, 30 * MINUTE)
SILENCES = st.builds(
    Silence,
    claimed=LENGTHS,
    given_for_it=LENGTHS,
    unheard=LENGTHS,
    given_in_all=st.integers(0, LIMIT),
    left=st.integers(-30 * MINUTE, 90 * MINUTE),
)


def silence(claimed: int, **more: int) -> Silence:
    """A first claim in the middle of a part, as long as nothing was heard."""
    usual = {"given_for_it": 0, "unheard": claimed, "given_in_all": 0, "left": 30 * MINUTE}
    return Silence(claimed, **{**usual, **more})


@given(SILENCES)
def test_never_more_is_given_than_claimed_unheard_or_left_of_the_limit(case: Silence) -> None:
    fair = share(case)
    assert 0 <= fair.given <= max(0, min(case.claimed - case.given_for_it, case.unheard))
    assert case.given_in_all + fair.given <= LIMIT
    assert fair.given == 0 or case.left + fair.given > 0


@given(SILENCES)
def test_what_is_lost_is_given_or_is_for_a_person(case: Silence) -> None:
    fair, lost = share(case), min(case.claimed - case.given_for_it, case.unheard)
    assert fair.given + fair.beyond <= max(0, lost)
    assert lost - fair.given - fair.beyond < LEAST_MS or lost < LEAST_MS


def test_two_minutes_are_given_whole() -> None:
    assert share(silence(2 * MINUTE)) == Share(2 * MINUTE, 0)


def test_beyond_five_minutes_in_all_a_person_decides() -> None:
    assert share(silence(7 * MINUTE)) == Share(LIMIT, 2 * MINUTE)
    assert share(silence(2 * MINUTE, given_in_all=4 * MINUTE)) == Share(MINUTE, MINUTE)
    assert share(silence(2 * MINUTE, given_in_all=LIMIT)) == Share(0, 2 * MINUTE)


def test_a_claim_is_bounded_by_what_was_not_heard() -> None:
    assert share(silence(4 * MINUTE, unheard=20 * SECOND)) == Share(20 * SECOND, 0)


def test_the_same_claim_again_is_given_nothing_more() -> None:
    assert share(silence(2 * MINUTE, given_for_it=2 * MINUTE, given_in_all=2 * MINUTE)) == Share(0, 0)


def test_a_part_whose_time_would_still_be_over_is_not_opened() -> None:
    assert share(silence(MINUTE, left=-MINUTE)) == Share(0, MINUTE)
    assert share(silence(MINUTE, left=1 - MINUTE)) == Share(MINUTE, 0)


def test_the_reason_of_a_claim_is_known_again_and_no_other_is() -> None:
    assert is_cut_off(reason_of("a1b2c3d4"))
    assert [is_cut_off(reason) for reason in (None, "", "outage", "connection")] == [False] * 4
