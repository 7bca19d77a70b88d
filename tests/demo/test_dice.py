"""Chance that can be checked: ranges, shares, and numbers that do not drift between versions."""

import numpy as np
import pytest

from huiqi.demo.dice import Dice


def test_first_draws_are_the_ones_this_city_was_built_on():
    """If these move, every demo city changes: NumPy's PCG64 promises they will not."""
    drawn = Dice(410_800, 0, 3).uniform()
    assert drawn == pytest.approx([0.41544991, 0.15287183, 0.0881415], abs=1e-8)


def test_parts_and_seeds_do_not_share_their_numbers():
    drawn = {Dice(seed, part, 1).uniform()[0] for seed in (1, 2) for part in (0, 1)}
    assert len(drawn) == 4


def test_dealt_shares_are_exact_and_picked_ones_only_close():
    dealt = np.bincount(Dice(1, 0, 1000).deal([0.75, 0.2, 0.05]))
    assert dealt.tolist() == [750, 200, 50]
    picked = np.bincount(Dice(1, 0, 100_000).pick([3, 1]))
    assert picked[0] == pytest.approx(75_000, rel=0.02)


def test_weight_of_nothing_is_never_picked():
    assert set(Dice(1, 0, 5000).pick([0.0, 1.0, 0.0])) == {1}


def test_bounds_are_included_and_not_crossed():
    drawn = Dice(1, 0, 5000).between(3, 6)
    assert (drawn.min(), drawn.max()) == (3, 6)


def test_bell_and_decay_have_the_mean_they_promise():
    dice = Dice(1, 0, 200_000)
    bell = dice.bell()
    assert bell.mean() == pytest.approx(0, abs=0.02)
    assert bell.std() == pytest.approx(1, abs=0.02)
    assert dice.decay(7.0).mean() == pytest.approx(7.0, rel=0.02)


def test_chance_takes_one_probability_or_one_each():
    dice = Dice(1, 0, 2)
    assert dice.chance(np.array([0.0, 1.0])).tolist() == [False, True]
