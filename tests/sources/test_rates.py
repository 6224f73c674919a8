"""Exchange rates: which currency is the base, holidays left out, months whole."""

from datetime import date
from pathlib import Path

import pytest

from entrepot.errors import BadTable, MissingData
from entrepot.sources import rates

FOLDER = Path(__file__).parents[2].parent / "shared" / "fixtures" / "fx"
pytestmark = pytest.mark.skipif(not FOLDER.is_dir(), reason="the fixtures of ../shared are not here")
SEEN = date(2026, 11, 22)


def read(name, **more):
    return rates.parse((FOLDER / name).read_bytes(), seen=SEEN, **more)


def rate(table, base, quote, period):
    (found,) = table[(table.base == base) & (table.quote == quote) & (table.period == period)].rate
    return found


def test_one_series_reads_alike_in_csv_and_json():
    csv, json = (
        read("composed_ecb_exr_cny_monthly_values_from_record.csv"),
        read("recorded_ecb_exr_cny_eur_monthly.json"),
    )
    assert csv.rate.tolist() == json.rate.tolist() and csv.period.tolist() == json.period.tolist()
    assert rate(csv, "EUR", "CNY", "2025-11") == 8.214915
    assert rate(read("recorded_ecb_exr_usd_eur_monthly.xml"), "EUR", "USD", "1999-01") == 1.16078


def test_every_rate_says_which_currency_is_the_base():
    long = read("recorded_h10_monthly_long_excerpt.csv")
    assert rate(long, "USD", "EUR", "2026-06") == 0.8684  # euro per dollar in this copy ...
    fed = read("composed_fed_h10_ddp.csv")
    assert rate(fed, "EUR", "USD", "2025-11") == pytest.approx(1.15725)  # ... dollars per euro as the Fed prints it
    assert rate(fed, "USD", "CNY", "2025-11") == pytest.approx((7.1190 + 7.1139) / 2)


def test_days_without_a_rate_are_left_out_of_the_mean():
    csv = read("composed_fred_DEXCHUS.csv")
    assert rate(csv, "USD", "CNY", "2025-11") == pytest.approx((7.1190 + 7.1139 + 7.0985) / 3)
    assert csv.days.tolist() == [3]
    json = read("composed_fred_observations.json", series="DEXCHUS")
    assert rate(json, "USD", "CNY", "2025-11") == pytest.approx((7.1190 + 7.1139) / 2)
    daily = read("composed_ecb_exr_daily_gaps.csv")
    assert rate(daily, "EUR", "USD", "2026-10") == pytest.approx((1.1481 + 1.1502) / 2)


def test_a_month_that_is_not_over_is_left_out():
    early = rates.parse((FOLDER / "composed_ecb_exr_daily_gaps.csv").read_bytes(), seen=date(2026, 10, 20))
    assert "2026-10" not in set(early.period)


def test_what_does_not_say_its_base_is_refused():
    with pytest.raises(BadTable, match="base"):
        read("composed_fred_observations.json")
    with pytest.raises(BadTable, match="form"):
        rates.parse(b"when,what\n2025-11-10,7.1\n", seen=SEEN)
    with pytest.raises(MissingData):
        rates.parse(b"observation_date,DEXCHUS\n2025-11-11,.\n", seen=SEEN)


def test_questions():
    (request,) = rates.ask("yuan", period="2025-01:2025-11")
    assert request.url.endswith("/M.CNY.EUR.SP00.A") and ("startPeriod", "2025-01") in request.params
    assert rates.ask("yuan", base="dollar")[0].params == (("id", "DEXCHUS"),)
    with pytest.raises(MissingData):
        rates.ask("SEK", base="NOK")
