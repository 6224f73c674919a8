"""Solve x = g(x) for long vectors: Anderson acceleration, and Newton-Krylov where that stalls. Numpy only."""

from collections.abc import Callable
from dataclasses import dataclass
from math import isfinite, sqrt

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
RIDGE = 1e-12  # of the normal equations of Anderson acceleration, whose diagonal is 1
Map = Callable[[Array], tuple[Array, float]]  # x -> (g(x), gap): the gap is what must fall below the tolerance


@dataclass(frozen=True, eq=False, repr=False)
class Found:
    """The best point met: `x`, its `gap` as the map reports it, the `steps` (evaluations of g) it took."""

    x: Array
    gap: float
    steps: int


def anderson(
    g: Map,
    x: Array,
    *,
    tolerance: float,
    steps: int,
    counted: Array | None = None,
    memory: int = 15,
    worse: float = 1e3,
) -> Found:
    """Anderson acceleration (type II) of x <- g(x) until the map's gap is at most `tolerance`.

    The next point is the affine combination of the last `memory` images whose residual g(x) - x is least in the
    Euclidean norm, each entry times `counted` where given; the normal equations are scaled to a diagonal of 1 and
    ridged by 1e-12. A jump that makes the residual `worse` times the least one so far is undone, the memory cleared,
    and the plain step halved.
    Walker and Ni (2011), Anderson acceleration for fixed-point iterations, SIAM Journal on Numerical Analysis 49(4).

    Returns the best point met, converged or not: the caller reads `gap`.
    """
    history = _History(x.size, memory)
    best, held, least, part = Found(x, np.inf, 0), x, np.inf, 1.0
    for step in range(1, steps + 1):
        image, gap = g(x)
        moved = image - x
        residual = moved if counted is None else moved * counted
        size = sqrt(residual @ residual) if isfinite(gap) else np.inf
        if gap < best.gap:
            best = Found(x, gap, step)
        if gap <= tolerance:
            return best
        if size < least:
            held, least = x, size
        if size > worse * least and history.held:  # a jump too far: from the best point again, on shorter plain steps
            history.clear()
            part = max(part / 2, 1 / 64)
            x = held
            continue
        if not isfinite(size):
            return Found(best.x, best.gap, step)
        x = history.next(image, residual) if part == 1 else history.next(x + part * moved, part * residual)
    return Found(best.x, best.gap, steps)


class _History:
    """The last differences of points' images and residuals, scaled to residuals of length 1, in ring buffers.

    `gram` holds the products of the residuals with each other, its diagonal ridged.
    """

    def __init__(self, size: int, memory: int) -> None:
        self.images = np.empty((memory, size))
        self.residuals = np.empty((memory, size))
        self.gram = np.zeros((memory, memory))
        self.memory, self.count, self.held = memory, 0, 0
        self.last: tuple[Array, Array] | None = None

    def clear(self) -> None:
        self.count = self.held = 0
        self.last = None

    def next(self, image: Array, residual: Array) -> Array:
        """The point after one whose image is `image`, its residual that less the point itself, entries as counted."""
        if self.last is not None:
            self._add(image, residual, *self.last)
        self.last = (image, residual)
        if not (held := self.held):
            return image
        try:
            weight = np.linalg.solve(self.gram[:held, :held], self.residuals[:held] @ residual)
        except np.linalg.LinAlgError:
            self.clear()
            return image
        jump: Array = image - weight @ self.images[:held]
        return jump

    def _add(self, image: Array, residual: Array, image_before: Array, residual_before: Array) -> None:
        slot = self.count % self.memory
        moved, left = self.images[slot], self.residuals[slot]
        np.subtract(residual, residual_before, out=left)
        np.subtract(image, image_before, out=moved)
        length = max(sqrt(left @ left), 1e-150)
        left /= length
        moved /= length
        self.count += 1
        self.held = min(self.count, self.memory)
        self.gram[slot, : self.held] = self.gram[: self.held, slot] = self.residuals[: self.held] @ left
        self.gram[slot, slot] = 1 + RIDGE


def newton_krylov(g: Map, x: Array, *, tolerance: float, steps: int, inner: int = 40) -> Found:
    """Newton's method on g(x) - x = 0, its linear systems solved by GMRES on differenced products.

    Every Newton step is shortened until the norm of g(x) - x falls. Counts evaluations of g against `steps`.
    Knoll and Keyes (2004), Jacobian-free Newton-Krylov methods, Journal of Computational Physics 193(2).
    """
    image, gap = g(x)
    used, best = 1, Found(x, gap, 1)
    while gap > tolerance and used < steps and np.isfinite(gap):
        residual = image - x
        size = float(np.linalg.norm(residual))
        reach = 1e-7 * (1 + float(np.linalg.norm(x)))

        def product(v: Array, x: Array = x, image: Array = image, reach: float = reach) -> Array:
            length = float(np.linalg.norm(v))
            if length == 0:
                return v
            moved = g(x + (reach / length) * v)[0]
            return v - (moved - image) * (length / reach)  # (I - G_x) v

        step, products = gmres(product, residual, tolerance=min(0.1, size), steps=inner)
        used += products
        length = 1.0
        while length > 1e-4:
            tried = x + length * step
            image_tried, gap_tried = g(tried)
            used += 1
            if np.isfinite(gap_tried) and np.linalg.norm(image_tried - tried) < (1 - 1e-4 * length) * size:
                break
            length /= 2
        else:
            return Found(best.x, best.gap, used)
        x, image, gap = tried, image_tried, gap_tried
        if gap < best.gap:
            best = Found(x, gap, used)
    return Found(best.x, best.gap, used)


def gmres(product: Callable[[Array], Array], b: Array, *, tolerance: float, steps: int) -> tuple[Array, int]:
    """Solve A x = b from zero by GMRES without restart; stops when |b - A x| <= tolerance * |b|, or after `steps`.

    Returns x and the number of products with A. Saad and Schultz (1986), SIAM Journal on Scientific and Statistical
    Computing 7(3).
    """
    length = float(np.linalg.norm(b))
    if length == 0:
        return np.zeros_like(b), 0
    basis = np.empty((steps + 1, b.size))
    basis[0] = b / length
    hessenberg = np.zeros((steps + 1, steps))
    answer: Array = np.zeros(0)
    for k in range(steps):
        v = product(basis[k])
        if not np.isfinite(v).all():  # a direction the map cannot follow: keep what the directions before it give
            break
        for _ in range(2):  # Gram-Schmidt twice keeps the basis orthogonal to rounding
            overlap = basis[: k + 1] @ v
            v = v - overlap @ basis[: k + 1]
            hessenberg[: k + 1, k] += overlap
        norm = float(np.linalg.norm(v))
        hessenberg[k + 1, k] = norm
        exhausted = norm <= 1e-14 * float(np.abs(hessenberg[: k + 1, k]).max())
        if k % 5 == 4 or k == steps - 1 or exhausted:
            target = np.zeros(k + 2)
            target[0] = length
            answer = np.asarray(np.linalg.lstsq(hessenberg[: k + 2, : k + 1], target, rcond=None)[0], dtype=np.float64)
            left = np.linalg.norm(target - hessenberg[: k + 2, : k + 1] @ answer)
            if left <= tolerance * length or exhausted:
                break
        basis[k + 1] = v / norm
    return answer @ basis[: answer.size], answer.size + 1
