"""What a sentence goes on with after an aside, a reason or a concession. Texts and figures are of our making."""

import pytest

from entrepot.claims import read

DAY = "2025-09-20"
Told = tuple[str, str, str]

STORIES: list[tuple[str, dict[str, Told]]] = [
    # an aside that says more of the partner, and the head flow again
    (
        "Malaysia's exports rose 5.0% in July. Trade with Thailand, which overtook Japan as the largest "
        "buyer of Malaysia's exports, grew 8.5%.",
        {"8.5%": ("MYS", "T", "THA")},
    ),
    (
        "India's imports rose 5.0% in July. Imports from Chile, whose exports of copper to China were hit "
        "by strikes, fell 4.1%.",
        {"4.1%": ("IND", "M", "CHL")},
    ),
    (
        "China's exports rose 5.0% in August. Exports to Vietnam, which imported less from all its "
        "partners, dropped 6.2% in August.",
        {"6.2%": ("CHN", "X", "VNM")},
    ),
    (
        "South Korea's trade with Japan, the second-largest source of its imports, shrank 3.3% in July.",
        {"3.3%": ("KOR", "T", "JPN")},
    ),
    (
        "China's shipments to India, where imports from China have come under scrutiny, rose 12.4% in August.",
        {"12.4%": ("CHN", "X", "IND")},
    ),
    (
        "Germany's imports rose 2.0% in July. Imports from Poland, which has become its fifth-largest "
        "export market, were up 7.7% on the year.",
        {"7.7%": ("DEU", "M", "POL")},
    ),
    (
        "Brazil's exports rose 2.0% in August. Sales to China - the largest supplier of Brazil's imports - "
        "gained 9.9%.",
        {"9.9%": ("BRA", "X", "CHN")},
    ),
    (
        "Japan's trade surplus with the United States, whose exports of cars to Japan remain small, fell "
        "21.1% to 300 billion yen in August.",
        {"21.1%": ("JPN", "B", "USA"), "300 billion yen": ("JPN", "B", "USA")},
    ),
]


@pytest.mark.parametrize(("text", "wanted"), STORIES)
def test_parties_after_an_aside(text: str, wanted: dict[str, Told]) -> None:
    told = {claim.stated: (claim.reporter, claim.flow, claim.partner) for claim in read(text, date=DAY)}
    assert {number: told.get(number) for number in wanted} == wanted


@pytest.mark.parametrize(
    "text",
    [
        "This strong export performance of China came despite a drop of exports to Japan, which fell 20% in 2025.",
        "China's exports held up although sales of chips to Japan, which fell 20% in 2025, were weak.",
    ],
)
def test_a_relative_clause_that_ends_a_reason_is_of_what_it_follows(text):
    (one,) = [c for c in read(text, date="2026-01-14") if c.value == -20]
    assert one.partner == "JPN"


def test_imports_and_exports_are_trade_whichever_of_them_is_plural():
    for words in ("imports and export volume", "import and exports value", "exports and import volume"):
        (one,) = read(f"China's total {words} reached 10.3 trillion yuan in 2025.", date="2026-01-14")
        assert one.flow == "T"
