"""The registry: every office has its three functions, and every source can be quoted."""

import subprocess
import sys
from inspect import signature

import pytest

from entrepot import sources
from entrepot.errors import WrongUsage


@pytest.mark.parametrize("name", sources.OFFICES)
def test_every_office_asks_parses_and_follows(name):
    module = sources.office(name)
    assert all(callable(getattr(module, verb)) for verb in ("ask", "parse"))
    for source in module.SOURCES:
        assert source.office and source.licence and source.url.startswith("http")
        assert source.record("2026-11-22")["retrieved"] == "2026-11-22"


def test_keys_are_unique_and_a_wrong_name_is_refused():
    count = sum(len(sources.office(name).SOURCES) for name in sources.OFFICES)
    assert len(sources.registry()) == count
    with pytest.raises(WrongUsage, match="gacc"):
        sources.office("gac")


def test_an_office_whose_answers_lead_nowhere_needs_no_word_for_it():
    from entrepot.sources import baci, cpb

    assert sources.further(baci, b"", baci.ask("HS22", "202601")[0]) == []
    page = b'<a href="/x/CPB-world-trade-monitor-july-2026.xlsx">July 2026</a>'
    assert len(sources.further(cpb, page, cpb.ask()[0])) == 1


@pytest.mark.parametrize("period", ["2025", "2025-11", "2024-01:2025-06"])
@pytest.mark.parametrize("reporter", ["CHN", "USA", "KOR", "DEU", "VNM"])
def test_the_command_that_a_refusal_names_can_be_asked(reporter, period):
    from entrepot import fetching

    said = sources.command(reporter, period, partner="JPN", product="850760").split()
    office, rest = said[2], said[3:]
    told = {name.lstrip("-"): value for name, value in zip(rest, rest[1:], strict=False) if name.startswith("-")}
    whose = rest[0] if not rest[0].startswith("-") else ""
    more = {name: value for name, value in told.items() if name in ("partner", "product")}
    assert fetching.ask(office, whose, told["p"], **more)


def test_offices_are_said_to_be_narrowed_where_they_can_be_asked_so():
    for name in {*sources.OWN.values(), "comext", "comtrade"}:
        takes = {"partner", "product"} & set(signature(sources.office(name).ask).parameters)
        assert takes == ({"partner", "product"} if name in sources.NARROWED else set())


def test_a_command_is_named_without_the_engine_that_runs_it():
    code = "import sys; from entrepot import sources as s; s.command('JPN', '2025', partner='USA'); print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert not {"duckdb", "narwhals", "pandas"} & set(loaded)
