"""The worked example of docs/sources.md runs as it stands, and its list of traps names tests that exist."""

import ast
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


def test_every_trap_names_tests_that_exist():
    rows = re.findall(r"^\| (\d+) \| .* \| (`test.*|`sources.*) \|$", PAGE.read_text("utf-8"), re.M)
    assert [int(number) for number, _ in rows] == list(range(1, 85))
    held = {}
    for named in {one for _, tests in rows for one in re.findall(r"`([^`]+)`", tests)}:
        file, name = named.split("::")
        if file not in held:
            tree = ast.parse((PAGE.parents[1] / "tests" / file).read_text("utf-8"))
            held[file] = {one.name for one in tree.body if isinstance(one, ast.FunctionDef)}
        assert name in held[file], named


def test_every_office_is_described():
    from entrepot import sources

    text = PAGE.read_text("utf-8")
    assert all(f"`{name}`" in text for name in sources.OFFICES)
