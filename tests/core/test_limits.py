"""The token bucket: over any period of time, no more requests pass than the policy allows."""

from hypothesis import given
from hypothesis import strategies as st

from service.core.limits import Budget, Policy, lease, wait

POLICIES = st.builds(Policy, st.just("key"), st.integers(1, 10_000), st.integers(1, 3600))
STEPS = st.lists(st.tuples(st.floats(0, 100), st.integers(0, 300), st.integers(0, 300)), max_size=40)


@given(POLICIES, STEPS)
def test_no_more_comes_out_than_was_in_and_came_back(
    policy: Policy, steps: list[tuple[float, int, int]]
) -> None:
    held: Budget | None = None
    now, taken = 0.0, 0
    for pause, spent, wanted in steps:
        now += pause
        held, got = lease(policy, held, now, spent, wanted)
        taken += spent + got.granted
        assert 0 <= got.granted <= wanted
        assert got.left == held.tokens <= policy.quota
        # `spent` may make it negative; `granted` never does
        assert got.granted == 0 or got.left >= 0
    assert held is None or taken <= policy.quota + policy.rate * now - held.tokens + 1e-6 * max(1, taken)


@given(POLICIES, st.integers(1, 300))
def test_waiting_as_long_as_told_brings_a_token(policy: Policy, spent: int) -> None:
    held, got = lease(policy, None, 0.0, policy.quota + spent, 1)
    assert got.granted == 0
    _, got = lease(policy, held, wait(policy, got.left) * (1 + 1e-9) + 1e-9, 0, 1)
    assert got.granted == 1


@given(POLICIES)
def test_an_idle_budget_is_full_after_its_window(policy: Policy) -> None:
    held, _ = lease(policy, None, 0.0, 0, policy.quota)
    _, got = lease(policy, held, policy.window * (1 + 1e-9), 0, policy.quota)
    assert got.granted == policy.quota


@given(POLICIES)
def test_a_block_leaves_others_something(policy: Policy) -> None:
    assert 1 <= policy.block <= max(1, policy.quota / 50)
