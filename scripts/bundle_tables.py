"""The small tables beside the flows: exchange rates by kind, and the published consensus before a release."""

from pathlib import Path

import pandas as pd

from entrepot import codes


def rates(data: Path) -> pd.DataFrame:
    """CNY per USD by month: `average` (Federal Reserve) and `customs` (yuan total over dollar total of one release)."""
    average = pd.read_csv(data / "gacc" / "fx.csv")
    market = pd.DataFrame(
        {
            "period": average.period,
            "span": "month",
            "kind": "average",
            "rate": average.usdcny_avg,
            "half_width": 0.00005,
            "source": "Federal Reserve H.10, monthly average",
        }
    )
    implied = pd.read_csv(data / "gacc" / "fx_customs_implied.csv")
    one = implied.sort_values(["period", "basis", "rounding_pm"], kind="stable").drop_duplicates(["period", "basis"])
    customs = pd.DataFrame(
        {
            "period": one.period,
            "span": one.basis,
            "kind": "customs",
            "rate": one.implied_rate,
            "half_width": one.rounding_pm,
            "source": "yuan total over dollar total of the customs release",
        }
    )
    months = pd.read_csv(data / "china_partners_monthly" / "china_trade_by_partner_2024.csv")
    months = months[(months.partner == "WLD") & (months.basis == "month") & months.rate_cny_per_usd.notna()]
    used = months.groupby("period").rate_cny_per_usd.first().reset_index()
    year = pd.DataFrame(
        {
            "period": used.period,
            "span": "month",
            "kind": "customs",
            "rate": used.rate_cny_per_usd,
            "half_width": (used.rate_cny_per_usd * 0.003).round(4),
            "source": "yuan total over dollar total of both flows, dollars as revised",
        }
    )
    held = set(zip(customs.period, customs.span, strict=True))
    year = year[[pair not in held for pair in zip(year.period, year.span, strict=True)]]
    table = pd.concat([market, customs, year], ignore_index=True)
    table.insert(0, "quote", "CNY")
    table.insert(0, "base", "USD")
    return table.sort_values(["base", "quote", "kind", "span", "period"], ignore_index=True)


def consensus(data: Path) -> pd.DataFrame:
    """Polls of economists and the first print beside them [growth as fraction; balance in full dollars]."""
    raw = pd.read_csv(data / "forecasting" / "consensus.csv", dtype={"period": str})
    raw = raw[raw.primary == 1]
    series = {
        "exports_yoy": ("X", "growth", 0.01),
        "imports_yoy": ("M", "growth", 0.01),
        "balance_usd_bn": ("B", "value", 1e9),
    }
    kept = raw[raw.series.isin(list(series))]
    combined = kept.period.str.endswith("-JF")
    return pd.DataFrame(
        {
            "reporter": "CHN",
            "period": kept.period.str.replace("-JF", "-02"),
            "span": combined.map({True: "ytd", False: "month"}),
            "flow": kept.series.map(lambda name: series[name][0]),
            "measure": kept.series.map(lambda name: series[name][1]),
            "currency": "USD",
            "consensus": [round(v * series[s][2], 10) for v, s in zip(kept.consensus, kept.series, strict=True)],
            "first_print": [
                round(v * series[s][2], 10) for v, s in zip(kept.actual_first_print, kept.series, strict=True)
            ],
            "poll": kept.poll,
            "url": kept.source_url,
        }
    ).sort_values(["period", "flow"], ignore_index=True)


def gdp(data: Path) -> pd.DataFrame:
    """GDP in current dollars by country and year since 2000, from the copies of the World Bank's series that are held.

    `wdi-wits`: to 2020, in the country summaries of WITS, to 10,000 dollars. `wdi-copy-2025`: 2023, full dollars.
    """
    held = pd.read_parquet(data / "wits_trade_summary" / "wits_summary.parquet")
    held = held[(held.indicator == "GDP (current US$ Mil)") & (held.year >= 2000) & held.value.notna()]
    held = held[[codes.kind(code) == "country" for code in held.reporter_code]]
    early = pd.DataFrame(
        {
            "reporter": held.reporter_code,
            "year": held.year.astype(int),
            "gdp": (held.value * 1e6).round(-4),
            "half_width": 5e3,
            "source": "wdi-wits",
        }
    )
    late = pd.read_csv(data / "liberation_day_2025" / "countries.csv")
    late = late[[codes.kind(code) == "country" for code in late.iso3]]
    late = pd.DataFrame(
        {
            "reporter": late.iso3,
            "year": 2023,
            "gdp": late.gdp_usd.round(0),
            "half_width": 0.5,
            "source": "wdi-copy-2025",
        }
    )
    both = pd.concat([early, late], ignore_index=True).drop_duplicates(["reporter", "year"])
    return both.sort_values(["reporter", "year"], ignore_index=True)
