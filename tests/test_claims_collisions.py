"""One figure a cell: what a second figure is of. Texts and figures are of our making."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entrepot.claims import read

DAY = "2025-09-20"
STORIES = [
    (
        "China's exports to Brazil rose 12.1% in August. The drop was widest in Chile, down 7.7%.",
        {"12.1%": ("BRA", "TOTAL"), "7.7%": ("CHL", "TOTAL")},
    ),
    (
        "Germany's exports rose 1.2% in July. To buyers in Poland German firms sold 6.3% more.",
        {"1.2%": ("WLD", "TOTAL"), "6.3%": ("POL", "TOTAL")},
    ),
    (
        "India's exports rose 4.0% to $35.1 billion in August. The country's leather footwear fetched $0.4 billion.",
        {"$35.1 billion": ("WLD", "TOTAL")},
    ),
]


@pytest.mark.parametrize(("text", "wanted"), STORIES)
def test_a_second_figure_is_of_the_name_that_none_has_taken(text: str, wanted: dict[str, tuple[str, str]]) -> None:
    told = {c.stated: (c.partner, c.product) for c in read(text, date=DAY)}
    assert {stated: told.get(stated) for stated in wanted} == wanted


def test_the_same_figure_again_stays_where_it_is() -> None:
    text = "China's exports rose 5.5% in August. Spain was in the news. The rise of 5.5% in exports beat forecasts."
    assert {c.partner for c in read(text, date=DAY) if c.stated == "5.5%"} == {"WLD"}


@given(st.integers(20, 400), st.integers(20, 400))
def test_no_two_different_figures_of_one_cell_where_a_place_is_free(one: int, other: int) -> None:
    first, second = f"{one / 10}%", f"{other / 10}%"
    text = f"China's exports to Mexico rose {first} in August. Sold to Peru: {second} more."
    told = [c for c in read(text, date=DAY) if c.measure == "growth_yoy"]
    cells = {(c.partner, c.value) for c in told}
    apart = abs(one - other) / 10
    assert apart <= 1.5 or len({partner for partner, _ in cells}) == 2


def test_a_first_and_a_revised_print_do_not_collide() -> None:
    text = (
        "China's exports came to $330.3 billion in November. Exports came to $331.1 billion as revised, buyers in Peru "
        "heard."
    )
    assert {c.partner for c in read(text, date="2025-12-20")} == {"WLD"}
