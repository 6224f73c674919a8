"""OECD tables: labels of every edition, split economies put together, accounts that close."""

import json
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from entrepot.errors import BadTable
from entrepot.sources import icio

FOLDER = Path(__file__).parents[2].parent / "shared" / "fixtures" / "oecd_icio"
pytestmark = pytest.mark.skipif(not FOLDER.is_dir(), reason="the fixtures of ../shared are not here")
SMALL = "composed_ICIO2025_extended_2022_small.csv"


def read(name):
    return icio.parse((FOLDER / name).read_bytes(), seen=date(2026, 11, 22))


def test_parts_of_an_economy_are_added_on_rows_and_columns_and_the_accounts_close():
    table = read(SMALL)
    assert table.countries == ("CHN", "USA", "ROW") and table.sectors == ("A01", "C26", "G")
    assert table.gap() < 1e-12
    raw = pd.read_csv(FOLDER / SMALL, index_col=0)
    parts = [f"{part}_{sector}" for part in ("CHN", "CN1", "CN2") for sector in table.sectors]
    inside = raw.loc[parts, parts].to_numpy().sum() * 1e6
    assert table.intermediate[0, :, 0, :].sum() == pytest.approx(inside)
    assert table.output.sum() == pytest.approx(
        raw.loc["OUT", [c for c in raw if icio.demand(c) is None and c != "OUT"]].sum() * 1e6
    )


def test_falling_inventories_stay_negative():
    raw = pd.read_csv(FOLDER / SMALL, index_col=0)
    sold = raw.loc[[row for row in raw.index if "_" in row], [column for column in raw if icio.demand(column)]]
    assert (sold < 0).any(axis=None)
    assert read(SMALL).final.sum() == pytest.approx(sold.to_numpy().sum() * 1e6)


def test_the_layout_of_2018_reads():
    table = read("recorded_layout_ICIO2018_2010_excerpt.CSV")
    assert table.countries == ("AUS", "MEX") and table.output.all()


def test_every_label_of_2016_is_sorted():
    held = json.loads((FOLDER / "recorded_layout_ICIO2016_2003_labels.json").read_text())
    labels = [label.strip('"\r') for label in held["columns"]][1:]
    demand = {label for label in labels if icio.demand(label)}
    industries = {label for label in labels if label not in demand | icio.OUTPUT | {icio.DISCREPANCY}}
    assert {icio.industry(label)[0] for label in industries} == {"AUS", "NZL", "CHN", "PER"}
    assert all(icio.industry(label)[1].startswith("C") for label in industries)
    assert {icio.demand(label) for label in demand} >= {"AUS", "CHN"}


def test_a_label_that_is_not_known_is_refused():
    text = (FOLDER / SMALL).read_text().replace("CHN_HFCE", "CHN_XYZ")
    with pytest.raises(BadTable, match="CHN_XYZ"):
        icio.parse(text.encode(), seen=date(2026, 11, 22))
    with pytest.raises(BadTable):
        icio.parse(b"<html></html>", seen=date(2026, 11, 22))
