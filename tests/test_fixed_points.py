"""Fixed points: what is found is one, whatever the solver, and what is not found is not claimed."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from entrepot.fixed_points import anderson, gmres, newton_krylov

seeds = st.integers(0, 10**6)
some = settings(deadline=None, max_examples=20)


def contraction(seed, size=30, modulus=0.95):
    """A smooth contraction: x <- b + A tanh(x), with the spectral norm of A below one."""
    draw = np.random.default_rng(seed)
    matrix = draw.standard_normal((size, size))
    matrix *= modulus / np.linalg.norm(matrix, 2)
    shift = draw.standard_normal(size)

    def g(x):
        image = shift + matrix @ np.tanh(x)
        return image, float(np.abs(image - x).max())

    return g


@some
@given(seeds)
def test_both_solvers_find_the_one_fixed_point(seed):
    g = contraction(seed)
    x = np.zeros(30)
    for _ in range(3000):
        x = g(x)[0]
    for solver in (anderson, newton_krylov):
        found = solver(g, np.ones(30), tolerance=1e-11, steps=2000)
        assert found.gap <= 1e-11 and g(found.x)[1] <= 1e-11
        np.testing.assert_allclose(found.x, x, atol=1e-9)


@some
@given(seeds)
def test_acceleration_needs_fewer_steps_than_plain_iteration(seed):
    g = contraction(seed, modulus=0.99)
    x, plain = np.ones(30), 0
    while g(x)[1] > 1e-10:
        x, plain = g(x)[0], plain + 1
    assert anderson(g, np.ones(30), tolerance=1e-10, steps=3000).steps <= max(plain, 15)


@pytest.mark.parametrize("solver", [anderson, newton_krylov])
def test_a_map_without_fixed_point_is_not_claimed_solved(solver):
    found = solver(lambda x: (x + 1, 1.0), np.zeros(3), tolerance=1e-6, steps=50)
    assert found.gap == 1.0


def test_a_map_that_leaves_the_numbers_returns_the_best_point_met():
    found = anderson(lambda x: (x * np.nan, float("nan")), np.zeros(3), tolerance=1e-6, steps=50)
    assert found.gap == np.inf


@some
@given(seeds)
def test_gmres_solves_what_a_direct_solve_does(seed):
    draw = np.random.default_rng(seed)
    matrix = np.eye(40) + 0.5 * draw.standard_normal((40, 40)) / np.sqrt(40)
    b = draw.standard_normal(40)
    x, _ = gmres(lambda v: matrix @ v, b, tolerance=1e-12, steps=40)
    np.testing.assert_allclose(x, np.linalg.solve(matrix, b), atol=1e-9)
