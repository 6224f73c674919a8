"""Cells in memory: those of several reporters are those of each, and what is kept of them is what is made of them."""

import pytest

from entrepot.claims import evidence, loading
from entrepot.claims.claim import Claim
from entrepot.claims.held import Cells

ROWS = [
    {
        "reporter": reporter, "partner": "WLD", "product": "TOTAL", "flow": flow, "period": period, "span": "month",
        "currency": "USD", "value": value, "half_width": 0.5, "source": "made", "released": "2025-02-20",
        "released_basis": "printed", "status": "observed",
    }
    for reporter, flow, period, value in [
        ("AAA", "X", "2025-01", 30.0), ("AAA", "M", "2025-01", 20.0), ("BBB", "X", "2025-01", 7.0),
        ("AAA", "X", "2024-01", 25.0),
    ]
]  # fmt: skip


def _claim(reporter: str, flow: str) -> Claim:
    return Claim("c1", 0, 1, "", "actual", reporter, "WLD", "TOTAL", flow, "2025-01", "month", "level", "1", 1.0, 0.5,
                 "USD", "", "exact")  # fmt: skip


def test_cells_of_several_reporters_are_those_of_each():
    parts = [Cells.of([r for r in ROWS if r["reporter"] == reporter]) for reporter in ("AAA", "BBB")]
    whole, joined = Cells.of(ROWS), Cells.joined(parts)
    assert len(joined) == len(whole) == sum(map(len, parts))
    for row in ROWS:
        where = [str(row[name]) for name in ("reporter", "partner", "product", "flow", "period", "span")]
        assert joined.at(*where) == whole.at(*where) != ()
    for reporter in ("AAA", "BBB", "CCC"):
        assert joined.has(reporter) == whole.has(reporter) and joined.prints(reporter) == whole.prints(reporter)
        assert joined.partners(reporter, "TOTAL") == whole.partners(reporter, "TOTAL")


def test_reporters_loaded_together_share_the_rows_of_each():
    both, one = loading.held_cells(["VNM", "CHN"]), loading.held_cells(["CHN"])
    assert both is loading.held_cells(["CHN", "VNM"]) and len(both) == len(one) + len(loading.held_cells(["VNM"]))
    where = ("CHN", "WLD", "TOTAL", "X", "2024-12", "ytd")
    assert [f.row for f in both.at(*where)] == [f.row for f in one.at(*where)] != []
    assert all(a.row is b.row for a, b in zip(both.at(*where), one.at(*where), strict=True))


@pytest.mark.parametrize("most", [0, 1, 4000])
def test_what_is_kept_of_cells_is_what_is_made_of_them(most, monkeypatch):
    monkeypatch.setattr("entrepot.claims.held.MOST_KEPT", most)
    cells, day = Cells.of(ROWS), "2025-03-01"
    for _ in range(2):
        for reporter, flow in [("AAA", "X"), ("AAA", "M"), ("AAA", "B"), ("BBB", "X"), ("BBB", "M"), ("CCC", "X")]:
            claim, fresh = _claim(reporter, flow), Cells.of(ROWS)
            for back in (0, 12):
                kept = evidence.levels(cells, claim, day, back=back)
                assert kept == evidence.levels(fresh, claim, day, back=back)
                kept.clear()  # a list of the caller's own
    assert [f.value for f in evidence.levels(cells, _claim("AAA", "B"), day)] == [10.0]
    assert [f.value for f in evidence.levels(cells, _claim("AAA", "X"), day, back=12)] == [25.0]
