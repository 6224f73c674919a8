"""Where lost trade may have gone: facts of the bundle, and that totals never tell."""

import pytest

from entrepot import gains, sections_routes, whereabouts
from entrepot.context import concentration
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


def test_no_loss_has_no_section():
    risen = [Gain("USA", 2.0, 1.0, "observed", "A", "x")]
    nothing = whereabouts.gather(risen, reporter="CHN", period="2025-11", span="ytd", currency="USD")
    assert nothing is None and sections_routes.where(nothing) is None


def test_a_market_whose_reports_are_not_held_shows_no_purchases():
    lost = [Gain("BRA", 1.0, 2.0, "observed", "A", "x")]
    found = whereabouts.gather(lost, reporter="CHN", period="2025-11", span="ytd", currency="USD")
    assert found.bought == () and sections_routes.where(found).tables == ()


def test_one_line_says_how_spread_exports_were():
    spread = [("2024", concentration([1.0] * 20)), ("2023", concentration([1.0] * 10))]
    assert (
        sections_routes.spread_line(spread) == "Exports of 2024 were spread as over 20.0 equal markets (10.0 in 2023)."
    )
    assert sections_routes.spread_line([]) is None
