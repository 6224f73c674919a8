"""The worked example of docs/sources.md runs as it stands."""

import re
from datetime import date
from pathlib import Path

from entrepot import flows

PAGE = Path(__file__).parents[1] / "docs" / "sources.md"


def test_the_example_asks_and_parses():
    (code,) = re.findall(r"```python\n(.*?)```", PAGE.read_text("utf-8"), re.S)
    module = {}
    exec(code, module)
    requests = module["ask"]("2025-01:2025-03")
    assert [request.url.rpartition("/")[2] for request in requests] == ["2025-01.csv", "2025-02.csv", "2025-03.csv"]
    rows = module["parse"](b"partner,value\nVietnam,12.5\nUS,-\n", seen=date(2026, 1, 1), period="2025-01")
    flows.read(rows)
    assert rows.value.tolist() == [12.5e6] and rows.half_width.tolist() == [0.05e6]
