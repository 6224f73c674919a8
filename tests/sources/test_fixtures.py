"""Every sample of an office is read, refused for a reason that is named, or is a table of codes."""

import csv
import io
from datetime import date
from pathlib import Path

import pytest

from entrepot import flows, sources
from entrepot.errors import BadTable, MissingData, SourceFailed
from entrepot.sources import gacc

FOLDER = Path(__file__).parents[2].parent / "shared" / "fixtures"
pytestmark = pytest.mark.skipif(not FOLDER.is_dir(), reason="the fixtures of ../shared are not here")
SEEN = date(2026, 11, 22)
OFFICE = {
    **{"baci": "baci", "census": "census", "comtrade": "comtrade", "eurostat": "comext", "fx": "rates", "gacc": "gacc"},
    **{"imf_imts": "imts", "korea": "korea", "oecd_icio": "icio", "wits": "wits"},
}
OTHER = {"composed_eastmoney": "copies", "recorded_eastmoney": "copies", "recorded_mofcom": "copies"}
OTHER |= {"composed_federal": "register", "composed_hts": "hts", "recorded_hts": "hts"}
OTHER |= {"composed_cpb": "cpb", "composed_wto": "wto", "recorded_wto": "wto"}
FACTS = {
    "composed_BACI_HS12": {"edition": "HS12", "version": "202401"},
    "recorded_BACI_HS22": {"edition": "HS22", "version": "202601"},
    "recorded_sdmx_csv_DS": {"form": "sdmx"}, "composed_sdmx_csv_DS": {"form": "sdmx"},
    "composed_jsonstat": {"form": "sdmx"}, "composed_async": {"form": "sdmx"}, "composed_fault": {"form": "sdmx"},
    "composed_fred_observations": {"series": "DEXCHUS"},
    "recorded_tradestats": {"table": "trade"},
    "composed_truncated": {"cap": "500"},
}  # fmt: skip
CODES = (  # tables of codes and notes on editions, which hold no figures: tests of `codes` and of the readers use them
    *("recorded_country_codes", "composed_country_codes", "recorded_product_codes", "recorded_readme_facts"),
    *("recorded_values_schedule_c", "recorded_values_H6", "recorded_values_Reporters", "recorded_values_partnerAreas"),
    *("recorded_values_ref_", "recorded_sdmx3_dataflows", "recorded_layout_ICIO2016_2003_labels"),
    *("recorded_facts_10_20_day", "recorded_cn_express_s4_country_2026-06_cny_values", "recorded_cn_express_index"),
)
REFUSED = {
    "composed_no_content": MissingData, "composed_missing_key_page": SourceFailed, "composed_error_4": BadTable,
    "recorded_error_401": BadTable, "recorded_empty_period": MissingData, "recorded_bulk_list_empty": MissingData,
    "recorded_bulk_list_C_A": BadTable, "recorded_values_getDA": BadTable, "composed_truncated": BadTable,
    "composed_async": BadTable, "composed_fault_413": BadTable, "composed_fault_100": MissingData,
    "composed_missing_file": BadTable, "composed_eastmoney_empty": MissingData, "composed_wto_error": BadTable,
    "recorded_bulletin_18": BadTable, "recorded_preliminary_s4_country_2018": BadTable,
    "recorded_cn_express_article": BadTable, "recorded_sdmx3_json": (BadTable, MissingData),
    "composed_error_key": SourceFailed, "composed_kosis_error": MissingData, "composed_error_no_records": MissingData,
}  # fmt: skip
INDEXES = ("recorded_monthly_index", "recorded_preliminary_index")


def named(table, name):
    return next((said for start, said in table.items() if name.startswith(start)), None)


def samples():
    return sorted(p for p in FOLDER.glob("*/*") if p.name != "README.md") if FOLDER.is_dir() else []


@pytest.mark.parametrize("path", samples(), ids=lambda path: f"{path.parent.name}/{path.name}")
def test_every_sample_is_read_or_refused_or_a_table_of_codes(path, tmp_path):
    name = path.name
    if name.startswith(CODES):
        return
    module = sources.office(named(OTHER, name) or OFFICE[path.parent.name])
    content = path.read_bytes()
    if name.startswith(INDEXES):
        assert list(module.index(content))
        return
    if name.endswith(".xls"):
        pytest.importorskip("xlrd")
    if name.endswith(".7z"):
        pytest.importorskip("py7zr")
        content = module.unpack(path, tmp_path).read_bytes()
    if error := named(REFUSED, name):
        with pytest.raises(error):
            module.parse(content, seen=SEEN, **(named(FACTS, name) or {}))
        return
    rows = module.parse(content, seen=SEEN, **(named(FACTS, name) or {}))
    if "released" in getattr(rows, "columns", ()):
        assert len(flows.read(rows).head(1).collect("pandas"))
    else:
        assert rows.output.any() if hasattr(rows, "output") else len(rows)


NOTE = "gacc/recorded_cn_express_s4_country_2026-06_cny_values.csv"


def test_the_chinese_sheet_of_june_2026_is_the_note_of_its_figures():
    """Thirty partners with all their decimals, as another project wrote them down [100 million CNY]."""
    pytest.importorskip("xlrd")
    rows = gacc.parse((FOLDER / "gacc/composed_cn_express_s4_country_2026-06_cny.xls").read_bytes(), seen=SEEN)
    held = rows.set_index(["partner", "flow", "span"])
    note = list(csv.DictReader(io.StringIO((FOLDER / NOTE).read_text("utf-8-sig"))))
    assert len(note) == rows.partner.nunique() == 30
    for line in note:
        partner = gacc.partner(line["label_zh"])
        for flow, side in {"T": "total", "X": "export", "M": "import"}.items():
            for span in ("month", "ytd"):
                said = held.loc[(partner, flow, span)]
                assert said.value == pytest.approx(float(line[f"{side}_{span}"]) * 1e8, abs=1), (partner, flow, span)
            rate = line[f"yoy_ytd_{side}_pct"]
            assert said.growth == pytest.approx(float(rate) / 100, abs=1e-9) if rate else said.isna().growth
