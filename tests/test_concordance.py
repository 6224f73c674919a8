"""HS editions: links conserve totals in every direction, and say what they cannot map."""

import itertools

import duckdb
import pandas as pd
import pytest
from conftest import FACT
from hypothesis import given, settings
from hypothesis import strategies as st

from entrepot import concordance, flows
from entrepot.errors import WrongUsage

PAIRS = list(itertools.permutations(concordance.EDITIONS, 2))


@pytest.mark.parametrize("pair", PAIRS, ids="-".join)
def test_every_source_is_given_away_once(pair):
    links = concordance.weights(*pair)
    assert (links.groupby("from").weight.sum() - 1).abs().max() < 1e-12
    assert (links.weight > 0).all() and not links.duplicated(["from", "to"]).any()
    assert set(links["to"]) <= concordance.codes(pair[1])


@pytest.mark.parametrize("pair", PAIRS, ids="-".join)
def test_nearly_every_code_is_mapped(pair):
    """Towards an older edition all; towards a newer one the list held leaves out codes that were split up."""
    mapped = set(concordance.weights(*pair)["from"])
    assert len(mapped & concordance.codes(pair[0])) / len(concordance.codes(pair[0])) > (
        0.9 if pair[0] < pair[1] else 0.999
    )


def test_published_links():
    """UN correlation table HS2022-HS2017: smartphones and other telephones came out of 8517.12."""
    links = concordance.weights("HS2017", "HS2022")
    assert set(links[links["from"] == "851712"]["to"]) >= {"851713", "851714"}
    back = concordance.weights("HS2022", "HS2017")
    assert set(back[back["from"] == "851713"]["to"]) == {"851712"}


codes_2017 = st.sampled_from(sorted(concordance.codes("HS2017")))
editions = st.sampled_from(concordance.EDITIONS)


@settings(deadline=None, max_examples=6)
@given(trade=st.dictionaries(codes_2017, st.floats(1, 1e12), min_size=1, max_size=30), edition=editions)
def test_totals_are_conserved(trade, edition):
    rows = [FACT | {"product": code, "classification": "HS2017", "value": value} for code, value in trade.items()]
    done = concordance.convert(flows.read(pd.DataFrame(rows)), edition)
    parts = [part.collect("pandas").to_native() for part in done]
    assert sum(part.value.sum() for part in parts) == pytest.approx(sum(trade.values()), rel=1e-9)
    assert set(parts[0].classification) <= {edition}
    flows.read(parts[0]) if len(parts[0]) else None


def test_what_is_not_hs6_passes_and_what_cannot_be_mapped_is_named():
    rows = [
        FACT,
        FACT | {"product": "8542", "classification": "HS2017"},
        FACT | {"product": "999998", "classification": "HS2012"},
        FACT | {"product": "854231", "classification": "HS2022", "growth": 0.1},
    ]
    done = concordance.convert(flows.read(duckdb.from_df(pd.DataFrame(rows))), "HS2022")
    table, unmapped = (part.collect("pandas").to_native() for part in done)
    assert unmapped["product"].tolist() == ["999998"]
    assert set(table["product"]) == {"TOTAL", "8542", "854231"} and table.growth.tolist().count(0.1) == 1


def test_a_merged_cell_is_derived_has_no_growth_and_no_weight_unless_all_have():
    back = concordance.weights("HS2022", "HS2017")
    several = back[back["to"] == "851712"]["from"].tolist()
    assert len(several) > 1
    rows = [FACT | {"product": code, "classification": "HS2022", "growth": 0.1} for code in several]
    rows[0]["weight_kg"] = 5.0
    table = concordance.convert(flows.read(pd.DataFrame(rows)), "HS2017").table.collect("pandas").to_native()
    merged = table[table["product"] == "851712"].iloc[0]
    assert merged.status == "derived" and merged.isna().growth and merged.isna().weight_kg
    assert merged.value == pytest.approx(sum(100 * w for w in back[back["to"] == "851712"].weight))


def test_an_unknown_edition_is_refused():
    with pytest.raises(WrongUsage, match="HS2022"):
        concordance.weights("HS2017", "HS2027")
