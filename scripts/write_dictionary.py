"""Write docs/flows.md, the data dictionary, from the columns declared in entrepot.flows."""

from pathlib import Path

from entrepot import flows

HEAD = """# The flows table

Every verb reads this table and nothing else; `entrepot.flows.read` takes it over the border from whatever you have,
casts it and checks it once. One row is one figure that an office (or a model) gave for one cell.

| column | type | may be missing | meaning | words |
|---|---|---|---|---|
"""

TAIL = """
A **cell** is every column but the measured ones, the source and the dates; the key adds source and released. Month
and year to date are separate facts. A row may hold growth without a level or a level without growth. Missing is null,
never zero.

- `latest`: rows that nothing newer has replaced. `first`: the earliest row of a cell. A day: what was public and
  current then.
- A cell held only as `first seen` still answers for a day, marked as a later copy, because its first print is not held.
- A printed total or balance is a fact; `measure` derives one only where none was printed.
- Summing over a dimension that still holds its totals is refused.

## A table of your own

A file (`.csv`, `.xlsx`, `.dta`, Parquet) or pandas frame whose columns have these names needs only `reporter`, `flow`,
`period`, `currency` and a figure (`value`, `growth`, ...); partner, product and the rest where they differ from the
plain case: World, all goods, concept `standard`, exports fob and imports cif, observed, first seen today. Countries,
flows, currencies and months are read as people write them (`CN`, `exports`, `yuan`, `11.2025`); what had to be mended
is counted in `repairs`.

```python
from entrepot import explain, tables

own = tables.read("mine.csv")  # or a frame; other column names by a mapping, see sources.md
print(own.repairs)
print(explain(own.flows, period="2025-11"))
```

On the command line `measure`, `explain`, `brief`, `forecast` and `reroute` take the file as `--table mine.csv`; the
file is its own source. A text that is no UTF-8 is read as Windows-1252 or code page 936, which is said; the first or
last day of a month stands for it; rows without a figure are left out and counted.
"""


def text() -> str:
    """Return the page as Markdown."""
    rows = (
        f"| `{row['column']}` | {row['type']} | {row['null']} | {row['meaning'].replace('|', '/')} | {row['words']} |"
        for row in flows.dictionary()
    )
    return HEAD + "\n".join(rows) + "\n" + TAIL


if __name__ == "__main__":
    Path(__file__).resolve().parents[1].joinpath("docs", "flows.md").write_text(text(), encoding="utf-8")
