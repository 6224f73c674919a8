"""Counterparts: an amount is of the partner whose trade is as large, where its words leave the partner open."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entrepot.claims.clauses import read
from entrepot.claims.counterparts import FLOOR, likelihood
from entrepot.claims.replacing import replace

OPEN = [
    (
        "America's goods gap with China narrowed in May 2024. The United States kept its duties. The gap came to "
        "$24.0 billion.",
        "2024-07-05",
        {"$24.0 billion": "CHN"},
    ),
    (
        "Viet Nam's exports rose to $33.1 billion in May 2024. Trade with the United States grew. A surplus of $9.1 "
        "billion was posted.",
        "2024-06-10",
        {"$33.1 billion": "WLD", "$9.1 billion": "USA"},
    ),
    (
        "Japan's exports to China fell in May 2024. Exports to the world did not. Exports came to 8.3 trillion yen.",
        "2024-06-20",
        {"8.3 trillion yen": "WLD"},
    ),
]


@pytest.mark.parametrize(("text", "day", "wanted"), OPEN)
def test_an_amount_is_of_the_partner_that_makes_it_likeliest(text: str, day: str, wanted: dict[str, str]) -> None:
    told = {c.stated: c.partner for c in read(text, date=day)}
    assert {stated: told.get(stated) for stated in wanted} == wanted


def test_a_partner_told_in_the_clause_stays() -> None:
    text = "Japan's exports to China came to 8.3 trillion yen in May 2024. Exports to the United States rose."
    assert [c.partner for c in read(text, date="2024-06-20")] == ["CHN"]


def test_a_total_of_some_days_or_with_services_is_weighed_with_no_partner() -> None:
    text = "South Korea and China talked. South Korea's exports in the first 10 days of June 2024 were $11 billion."
    assert [c.partner for c in read(text, date="2024-06-11")] == ["WLD"]


def test_a_total_that_fits_another_period_of_the_passage_keeps_its_partner() -> None:
    text = "Malaysia's exports rose from January to July 2018. Exports were RM86.1 billion, ministers told China."
    assert {c.partner for c in read(text, date="2018-09-05")} == {"WLD"}


@given(times=st.floats(1e-3, 1e3))
def test_a_balance_of_the_other_sign_is_never_the_partners(times: float) -> None:
    claim = read("The U.S. deficit with China was $24.0 billion in May 2024.", date="2024-07-05")[0]
    assert likelihood(replace(claim, value=-claim.value * times)) == FLOOR
    assert (likelihood(replace(claim, value=claim.value * times)) or 0.0) >= FLOOR


def test_the_union_is_one_whoever_its_members_were() -> None:
    told = read("The EU28 exported goods worth €160 billion in May 2018. The EU sold less in April.", date="2018-07-16")
    assert [c.reporter for c in told] == ["EU27"]


@pytest.mark.parametrize("between", ["", "Germany's chancellor spoke in Berlin. ", "The Netherlands won the match. "])
@pytest.mark.parametrize("told", [
    "Imports were $37.98 billion. {}The country posted a trade surplus of $1.09 billion.",
    "{}Imports were $37.98 billion, which left a surplus of $1.09 billion.",
])  # fmt: skip
def test_a_balance_that_exports_and_imports_leave_is_of_whom_they_are(between: str, told: str) -> None:
    text = f"Vietnam's exports rose 15.1% in November to $39.07 billion. {told.format(between)}"
    assert {c.partner for c in read(text, date="2025-12-06")} == {"WLD"}


SHARES = [
    (
        "Viet Nam bought more from China in 2023. The strong growth raised the share of total imports to 33.8 percent.",
        {"33.8 percent": "CHN"},
    ),
    (
        "Japan, China and Korea sold more. They made up 33.8 percent of Viet Nam's total imports.",
        {"33.8 percent": "WLD"},
    ),
    ("Viet Nam bought more from China. Private firms made up 33.8 percent of total imports.", {"33.8 percent": "WLD"}),
]


@pytest.mark.parametrize(("text", "wanted"), SHARES)
def test_nothing_is_a_share_of_itself(text: str, wanted: dict[str, str]) -> None:
    told = {c.stated: c.partner for c in read(text, date="2024-02-10")}
    assert {stated: told.get(stated) for stated in wanted} == wanted


def test_a_balance_that_a_partner_never_runs_is_of_all() -> None:
    text = (
        "Japan's exports fell in September 2012. Weaker shipments to the United States dug into results, which showed "
        "a monthly trade deficit of 558.6 billion yen."
    )
    assert [c.partner for c in read(text, date="2012-10-23") if c.flow == "B"] == ["WLD"]
