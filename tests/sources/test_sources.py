"""The registry: every office has its three functions, and every source can be quoted."""

import pytest

from entrepot import sources
from entrepot.errors import WrongUsage


@pytest.mark.parametrize("name", sources.OFFICES)
def test_every_office_asks_parses_and_follows(name):
    module = sources.office(name)
    assert all(callable(getattr(module, verb)) for verb in ("ask", "parse", "more"))
    for source in module.SOURCES:
        assert source.office and source.licence and source.url.startswith("http")
        assert source.record("2026-11-22")["retrieved"] == "2026-11-22"


def test_keys_are_unique_and_a_wrong_name_is_refused():
    count = sum(len(sources.office(name).SOURCES) for name in sources.OFFICES)
    assert len(sources.registry()) == count
    with pytest.raises(WrongUsage, match="gacc"):
        sources.office("gac")
