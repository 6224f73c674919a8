"""Ways to the equilibrium of a shocked world, tried in turn, and what stands in the way where none gets there."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

import numpy as np
from numpy.typing import NDArray

from entrepot import fixed_points
from entrepot.fixed_points import Found
from entrepot.hats import Hats, State
from entrepot.problems import THETA_AT, Problem, can_trade, problem
from entrepot.response import Response, response, response_at
from entrepot.scenario import Shocked

Array = NDArray[np.float64]
EXHAUSTED = 0.05  # part of GDP left to spend below which a country is said to hand over what it earns
AWAY = 1e3  # times its GDP, or one over it, at which a country is said to run away
HANDED, UNTAXED, PAID = "hands over the rest", "no tax on it is left to cut", "its subsidies take the rest"
UNENDING = "the more it spends, the more it has to spend"
CAUSES = (HANDED, UNTAXED, PAID, UNENDING)  # after one of these no other solver is tried
RESHAPED = 20  # evaluations for which they are shaped by the response of the best point so far
SHAPED = 40  # evaluations for which the steps are shaped by the economy's response before plain ones are tried
NESTED = 150  # evaluations in Newton-Krylov, where a walk or the nested solver uses it


def solve(whole: Problem, shocked: Shocked, aim: float, steps: int) -> tuple[Found, str, str]:
    """Try the solvers in turn; returns the best point, converged or not, what found it, and why none did."""
    with np.errstate(over="ignore", invalid="ignore", divide="ignore"):
        found = _first(whole, aim, steps)
        if found.gap <= aim:
            return found, "anderson", ""
        if shocked.embargo is None:
            traded, rule = np.any(whole.economy.flows() > 0, axis=2), whole.hats.own_income
            can_trade(whole.economy, traded, whole.hats.deficit, "The economy", own_income=rule)
        best, by, used, why = found, "anderson", found.steps, ""
        for name, solver in SOLVERS.items():
            found, said = solver(whole, shocked, aim, steps)
            used, why = used + found.steps, why or said
            if found.gap < best.gap:
                best, by = found, name
            if found.gap <= aim or any(cause in why for cause in CAUSES):
                break
        return replace(best, steps=used), by, why


def _first(whole: Problem, aim: float, steps: int) -> Found:
    """Anderson acceleration, steps shaped by the economy's response where labour is one market a country."""
    hats = whole.hats
    shape = None if len(hats.pool) > 1 else response(whole.economy, THETA_AT[whole.scenario.horizon])
    if shape is None:
        return _anderson(hats, None, hats.start(), aim, steps)
    found = _anderson(hats, shape, hats.start(), aim, min(steps, SHAPED))
    if aim < found.gap and steps > SHAPED:
        found = _reshaped(hats, found, aim)
    if found.gap <= aim:
        return found
    second = _anderson(hats, None, hats.start(), aim, steps)
    return replace(second if second.gap < found.gap else found, steps=found.steps + second.steps)


def _anderson(hats: Hats, shape: Response | None, x: Array, aim: float, steps: int) -> Found:
    """Anderson acceleration from a point, steps shaped by a response or plain."""
    step = hats.step if shape is None else partial(shape.step, hats)
    return fixed_points.anderson(step, x, tolerance=aim, steps=steps, counted=hats.counted)


def _reshaped(hats: Hats, found: Found, aim: float) -> Found:
    """Go on from the best point with the response of the world there, as long as that closes most of the gap."""
    while aim < found.gap < np.inf and (shape := response_at(hats, found.x)) is not None:
        nearer = _anderson(hats, shape, found.x, aim, RESHAPED)
        found, before = replace(nearer if nearer.gap < found.gap else found, steps=found.steps + nearer.steps), found
        if found.gap > before.gap / 4:
            break
    return found


def _from_balance(whole: Problem, shocked: Shocked, aim: float, steps: int) -> tuple[Found, str]:
    """Solve with balanced trade, then raise the deficits to those asked for; says where that ends, if it does.

    Where even balanced trade is too far from the baseline, the shock is walked to there first.
    """
    deficit = whole.hats.deficit
    if whole.hats.own_income or not deficit.any():
        return Found(whole.hats.start(), np.inf, 0), ""

    def at(held: float) -> Hats:
        return replace(whole.hats, deficit=deficit * held)

    def balanced(part: float) -> Hats:
        return problem(whole.economy, whole.scenario, shocked, part, held=0.0).hats if part < 1 else at(0.0)

    found, done, used = _walk(at, whole.hats.start(), aim, steps, first=0.0)
    if done is None:
        reached, part, more = _walk(balanced, whole.hats.start(), aim, steps, first=0.01)
        used += more
        if part == 1:
            found, done, more = _walk(at, reached.x, aim, steps, first=0.0)
            used += more
    if done is None or done >= 1:
        return replace(found, gap=found.gap if done else np.inf, steps=used), ""
    why = f"from balanced trade on, {done:.1%} of the deficits asked for can be held"
    state = at(done).evaluate(found.x)
    if cause := _exhausted(whole, state) or untaxed(whole, state, 1 - 2 * EXHAUSTED) or _runaway(whole, state):
        why += f"; there {cause}"
    return Found(found.x, np.inf, used), f"{why}. A solution with all of them may not exist"


def _continued(whole: Problem, shocked: Shocked, aim: float, steps: int) -> tuple[Found, str]:
    """Walk the shock from nothing to whole."""

    def at(part: float) -> Hats:
        return problem(whole.economy, whole.scenario, shocked, part).hats if part < 1 else whole.hats

    found, done, used = _walk(at, whole.hats.start(), aim, steps, first=0.01)
    if done is None or done >= 1:
        return replace(found, gap=found.gap if done else np.inf, steps=used), ""
    why = f"{done:.1%} of the shock (in logs) can be solved"
    state = at(done).evaluate(found.x)
    cause = _exhausted(whole, state) or untaxed(whole, state, 1 - 2 * EXHAUSTED) or _endless(whole, state)
    cause = cause or _runaway(whole, state)
    return Found(found.x, np.inf, used), f"{why}; there {cause}" if cause else why


def _exhausted(whole: Problem, state: State) -> str:
    """Say which country's surplus, held, or subsidies on what it buys take nearly all that it earns."""
    left = state.income / state.wages
    if left.min() > EXHAUSTED:
        return ""
    at = int(left.argmin())
    rest = PAID if state.revenue[at] < min(state.deficit[at], 0) else HANDED
    return f"{whole.economy.countries[at]} keeps {max(left[at], 0):.1%} of its GDP to spend, and {rest}"


def _endless(whole: Problem, state: State) -> str:
    """Say which country's spending, a fixed multiple of an income that holds duties on it, feeds on itself."""
    if not whole.hats.own_income:
        return ""
    handed, ratio = state.revenue / state.income, 1 + whole.hats.deficit
    at = int((handed * ratio).argmax())
    if handed[at] * ratio[at] < 1 - 4 * EXHAUSTED:
        return ""
    return (
        f"{whole.economy.countries[at]} spends {ratio[at]:.2f} times its own income, and duties hand {handed[at]:.0%} "
        f"of that back to it: {UNENDING}"
    )


def _runaway(whole: Problem, state: State) -> str:
    """Say which country's value added has left the scale of what it was."""
    change = state.wages / whole.economy.value_added
    at = int(np.abs(np.log(change)).argmax())
    if 1 / AWAY < change[at] < AWAY:
        return ""
    return f"the GDP of {whole.economy.countries[at]} is {change[at]:.1e} times what it was"


def untaxed(whole: Problem, state: State, most: float) -> str:
    """Say which country's duties bring more than `most` of what its labour earns where they are to cut its tax."""
    paid = state.revenue / state.wages
    if not (whole.scenario.rebate == "income tax" and whole.scenario.labour_response and paid.max() >= most):
        return ""
    name = whole.economy.countries[int(paid.argmax())]
    return f"the duties of {name} bring {paid.max():.0%} of what its labour earns, so that {UNTAXED}"


def _walk(
    at: Callable[[float], Hats], x: Array, aim: float, steps: int, *, first: float
) -> tuple[Found, float | None, int]:
    """Follow solutions of `at(part)` from part `first` to 1, shortening strides that fail.

    Returns the last solution, its part (None if not even the first was found) and the evaluations used.
    """
    done: float | None = None
    reached, stride, used = Found(x, np.inf, 0), 0.25, 0
    ahead = np.zeros_like(x)  # how the solution moved per part of the last stride
    shape: Response | None = None
    while done is None or (done < 1 and stride > 1e-5 + done / 2048):
        part = first if done is None else min(1.0, done + stride)
        hats = at(part)
        guess = reached.x + ahead * (part - done) if done is not None else reached.x
        found = _near(hats, guess, shape, aim, steps)
        used += found.steps
        if found.gap <= aim:
            shape = response_at(hats, found.x) if len(hats.pool) == 1 else None
            ahead = ahead if done is None else (found.x - reached.x) / (part - done)
            reached, done, stride = found, part, stride * 2
        elif done is None:
            break
        else:
            stride /= 2
    return reached, done, used


def _near(hats: Hats, x: Array, shape: Response | None, aim: float, steps: int) -> Found:
    """Look for a solution near a point: steps shaped by the response of a world close by, plain ones, Newton-Krylov."""
    used = 0
    if shape is not None:
        found = _anderson(hats, shape, x, aim, min(steps, SHAPED))
        used = found.steps
        if found.gap <= aim:
            return found
    found = _anderson(hats, None, x, aim, steps)
    used += found.steps
    if aim < found.gap < np.inf:
        found = fixed_points.newton_krylov(hats.step, found.x, tolerance=aim, steps=min(steps, NESTED))
        used += found.steps
    return replace(found, steps=used)


def _nested(whole: Problem, shocked: Shocked, aim: float, steps: int) -> tuple[Found, str]:
    """Newton-Krylov over wages alone, prices and sales settled in between: slow, and hard to throw off."""
    hats = whole.hats
    point, size = hats.start(), hats.pool.size

    def wages(flat: Array) -> tuple[Array, float]:
        nonlocal point
        log_wage = hats.normal(flat.reshape(hats.pool.shape), 0.0)
        point, pressure, gap = hats.settled(log_wage, point, tolerance=aim / 10)
        return flat + (hats.damping * pressure).ravel(), gap

    found = fixed_points.newton_krylov(wages, point[:size], tolerance=aim, steps=min(steps, NESTED))
    point, _, gap = hats.settled(hats.normal(found.x.reshape(hats.pool.shape), 0.0), point, tolerance=aim / 10)
    return Found(point, gap, found.steps), ""


SOLVERS = {"from balanced trade": _from_balance, "continuation": _continued, "nested newton": _nested}
