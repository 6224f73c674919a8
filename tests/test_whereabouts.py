"""Where lost trade may have gone: facts of the bundle, and that totals never tell."""

from dataclasses import replace

import pandas as pd
import pytest
from conftest import FACT

from entrepot import flows, gains, lake, legs, sections_routes, whereabouts
from entrepot.gains import Gain


@pytest.fixture(scope="module")
def found(china):
    changes = gains.gains(china, period="2025-11", span="ytd")
    return whereabouts.gather(changes, reporter="CHN", period="2025-11", span="ytd", currency="USD")


def test_the_loss_in_the_united_states_and_what_it_bought_from_hubs(found):
    assert found.market == "USA" and found.loss / 1e9 == pytest.approx(-89.5, abs=0.06)
    assert found.sold[0].partner in ("ROW", "ASEAN")
    growth = {one.hub: one.change / one.base for one in found.bought}
    assert growth["VNM"] == pytest.approx(0.383, abs=0.001)  # imports for consumption, January to November
    assert growth["TWN"] == pytest.approx(0.658, abs=0.001)
    assert growth["MEX"] == pytest.approx(0.059, abs=0.001)


def test_totals_cannot_tell_and_the_fetch_is_named(found):
    section = sections_routes.where(found)
    assert found.verdict == "cannot tell" and "cannot be told from totals" in section.points[-1]
    assert section.commands[0].startswith("entrepot fetch comtrade VNM")
    assert "entrepot reroute chn usa --via vnm" in section.commands[-1]
    assert [line.cells[0].text for line in section.tables[0].rows][:2] == ["Taiwan", "Viet Nam"]


@pytest.mark.parametrize(
    ("period", "span", "months"),
    [
        ("2025-11", "ytd", "2023-01:2025-11"),
        ("2025-11", "month", "2023-11:2025-11"),
        ("2025", "year", "2023-01:2025-12"),
    ],
)
def test_the_commands_fetch_what_the_last_of_them_needs(period, span, months):
    lost, risen = Gain("USA", 1.0, 2.0, "observed", "A", "x"), whereabouts.Purchase("VNM", 2.0, 1.0)
    found = whereabouts.gather([lost], reporter="CHN", period=period, span=span, currency="USD")
    both, (*fetched, last) = legs_of("CHN", "USA", "VNM", period, span), replace(found, bought=(risen,)).fetch
    assert all(f"entrepot fetch comtrade {one} --product AG6" in fetched for one in (
        f"VNM -p {months} --partner CHN", f"USA -p {months} --partner VNM"))  # fmt: skip
    assert all(one in both for one in fetched)  # as reroute names them
    assert f"--base 2023{period[4:]} -p {period}" in last and ("--span ytd" in last) == (span == "ytd")


def legs_of(origin, destination, hub, period, span):
    """What reroute says that it lacks where nothing by product is held."""
    ask = legs.asked(origin, destination, hub, f"2023{period[4:]}", period, span, None, "latest")
    return legs.fetches(ask, {hub: f"{origin} to {hub} and {hub} to {destination}"})


def test_no_loss_has_no_section():
    risen = [Gain("USA", 2.0, 1.0, "observed", "A", "x")]
    nothing = whereabouts.gather(risen, reporter="CHN", period="2025-11", span="ytd", currency="USD")
    assert nothing is None and sections_routes.where(nothing) is None


def test_a_market_whose_reports_are_not_held_shows_no_purchases():
    lost = [Gain("BRA", 1.0, 2.0, "observed", "A", "x")]
    found = whereabouts.gather(lost, reporter="CHN", period="2025-11", span="ytd", currency="USD")
    assert found.bought == () and sections_routes.where(found).tables == ()


def test_a_day_knows_no_later_revision_of_what_the_market_bought(monkeypatch):
    line = FACT | {"reporter": "USA", "partner": "VNM", "flow": "M", "valuation": "cif", "source": "census"}
    first = [
        line | {"period": month, "value": value, "released": "2025-12-20", "superseded": None}
        for month, value in (("2025-11", 138.0), ("2024-11", 100.0))
    ]
    dated = [first[0] | {"superseded": "2026-03-01"}, first[1]]
    later = first[0] | {"value": 200.0, "released": "2026-03-01"}

    def bought(rows, as_of=None):
        monkeypatch.setattr(lake, "load", lambda: flows.read(pd.DataFrame(rows)))
        return whereabouts.bought("USA", period="2025-11", span="month", as_of=as_of)

    told = (whereabouts.Purchase("VNM", 138.0, 100.0),)
    assert bought(first) == bought([*dated, later], "2026-01-01") == told
    assert bought([*dated, later]) == (whereabouts.Purchase("VNM", 200.0, 100.0),)
    assert bought([*dated, later], "2025-12-01") == ()
