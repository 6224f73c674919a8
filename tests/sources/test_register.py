"""Federal Register: documents with their days; a question that is too wide is refused."""

import json
from datetime import date
from pathlib import Path

import pytest

from entrepot.errors import BadTable, MissingData
from entrepot.sources import register

FOLDER = Path(__file__).parents[2].parent / "shared" / "fixtures" / "hts_fr"
pytestmark = pytest.mark.skipif(not FOLDER.is_dir(), reason="the fixtures of ../shared are not here")
SEEN = date(2026, 11, 22)


@pytest.fixture
def body():
    return json.loads((FOLDER / "composed_federal_register_documents.json").read_bytes())


def read(body, **facts):
    return register.parse(json.dumps(body).encode(), seen=SEEN, **facts)


def test_an_executive_order_carries_its_days_and_its_citation(body):
    """Executive Order 14257 of 2 April 2025, published 7 April 2025, 90 FR 15041."""
    order = read(body).set_index("document").loc["2025-06063"]
    assert (order.order, order.signed, order.published, order.citation) == (
        "14257", "2025-04-02", "2025-04-07", "90 FR 15041",
    )  # fmt: skip
    assert order.kind == "Executive Order" and order.effective == ""


def test_counts_doubles_and_future_days_are_refused(body):
    for said, bad in (
        ("announces", body | {"count": 5}),
        ("twice", body | {"results": body["results"][:1] * 2}),
        ("after the day", body | {"results": [row | {"publication_date": "2027-01-01"} for row in body["results"]]}),
        ("lacks", body | {"results": [{"type": "Rule"}] * 2}),
        ("refuses", {"errors": {"per_page": "too large"}}),
    ):
        with pytest.raises(BadTable, match=said):
            read(bad)
    with pytest.raises(MissingData):
        read({"count": 0, "results": []})


def test_pages_follow_and_a_question_that_is_too_wide_is_refused(body):
    (request,) = register.ask("2024-02")
    assert dict(request.params)["conditions[publication_date][lte]"] == "2024-02-29"
    assert register.more(json.dumps(body).encode(), request) == []
    pages = register.more(json.dumps(body | {"count": 250, "total_pages": 3}).encode(), request)
    assert [dict(one.params)["page"] for one in pages] == ["1", "2", "3"]
    assert register.more(json.dumps(body).encode(), pages[0]) == []
    with pytest.raises(BadTable, match="at most 2,000"):
        register.more(json.dumps(body | {"count": 2400}).encode(), request)
    assert dict(register.ask("2023-02")[0].params)["conditions[publication_date][lte]"] == "2023-02-28"
