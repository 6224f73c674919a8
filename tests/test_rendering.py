"""Drawing: beside this process or in it the same bytes come out, and a process that dies stops nothing."""

import os

import pytest

from entrepot import rendering

SPEC = {
    "data": {"values": [{"name": "ASEAN", "x": 72.8}, {"name": "US", "x": -89.5}]},
    "mark": {"type": "bar", "color": rendering.REST},
    "encoding": {"x": {"field": "x", "type": "quantitative"}, "y": {"field": "name", "type": "nominal"}},
}


@pytest.fixture(scope="module")
def here():
    return rendering.svg(SPEC)


def test_beside_or_here_the_same_is_drawn(here):
    with rendering.beside():
        assert rendering.svg(SPEC) == here


def test_while_it_lasts_nothing_is_drawn_in_this_process(here, monkeypatch):
    def never(*_):
        raise AssertionError("drawn here")

    monkeypatch.setattr(rendering, "_drawn", never)
    with rendering.beside():
        assert rendering.svg(SPEC) == here


def test_a_process_that_dies_is_done_without(here):
    with rendering.beside():
        assert rendering._child is not None
        rendering._child.kill()
        rendering._child.wait()
        assert rendering.svg(SPEC) == here


def test_where_no_process_can_be_had_it_is_drawn_here(here, monkeypatch):
    monkeypatch.setattr(rendering.sys, "executable", os.path.join("no", "such", "python"))
    with rendering.beside():
        assert rendering._child is None
        assert rendering.svg(SPEC) == here


def test_a_png_is_sixteen_to_nine(here):
    made = rendering.png(here)
    assert made.startswith(b"\x89PNG")
    width, height = (int.from_bytes(made[at : at + 4], "big") for at in (16, 20))
    assert width / height == pytest.approx(16 / 9, rel=0.01)


def test_no_process_is_left_behind():
    with pytest.raises(ZeroDivisionError), rendering.beside():
        child = rendering._child
        raise ZeroDivisionError
    assert child.poll() is not None
    assert rendering._child is None
