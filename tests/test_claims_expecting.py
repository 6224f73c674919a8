"""What goes on about trade told before without a word of trade, and what somebody bets on: A actual, F forecast."""

import pytest
from marks import beside, unmarked

from entrepot.claims import read

HEAD = "China's exports rose 5.9% in November, customs data showed on Monday. "
MARKED = [
    "A Reuters survey had put November export growth at {3.8%|F}.",
    "For imports the economists' guess was {2.8%|F}.",
    "The surplus was supposed to widen from October's {$90.07 billion|A} to {$100.2 billion|F}.",
    "Analysts had reckoned with a gain of {3.8%|F}.",
    "Economists in a poll had reckoned with drops of {6 percent|F} in exports, which had contracted {10 percent|A} in "
    "October, and {1 percent|F} in imports, where October had brought a {1.9 percent|A} fall.",
    "It compares with the {$98 billion|F} markets had bet on.",
    "October's rate had been {7.0%|A}, and economists had been braced for a slowdown to {6.5%|F}.",
    "The government wants exports to reach {$4 trillion|F} in 2026.",
    "The ministry sees exports of {$193.5 billion|F} next year, with soybeans at {$35.2 billion|F} and corn at "
    "{$39.5 billion|F}.",
    "That falls short of the {10-percent|F} rise that the government wants for the year as a whole.",
    "Cashew exports are thought to have made {$739 million|A} in November.",
    "By October it had already come to {$964 billion|A}.",
    "October's readings had been {-1.1%|A} and {1.0%|A}.",
    "The difference between the two, {$111.68 billion|A}, was up from {$97.4 billion|A}.",
    "In the third quarter the two grew {11 percent|A} and {3 percent|A} on the year.",
    "November on its own contributed {$111.68 billion|A}.",
    "Some {110,155 tons|A} of beef left the country in November, {4%|A} less than a year ago.",
    "Seafood made {$401 million|A}.",
    "Exports grew, if less than hoped: they were {4.4%|A} higher.",
    "Imports were 3.0% larger, a turnaround from market forecasts, which were for a {4.8%|F} drop.",
    "The economy grew {4.8%|O} in the third quarter.",
    "Tourist arrivals fell {12.8 percent|O}.",
    "The port handled {4.6 million|O} containers, up {7%|O}.",
    "November's retail sales rose {1.3%|O}.",
    "Imports advanced {19.8 percent|A}, beating expectations, which stood at {6.3 percent|F}.",
    "Imports went up {11.0 percent|A}, a gain of {16.6 percent|F} having been forecast by economists.",
    "Imports, seen tumbling {5.9%|F} by economists, were a mere {0.2%|A} lower.",
    "The surplus of {$103.2 billion|A} exceeded the {$97.1 billion|F} that 14 economists polled had predicted.",
    "The surplus beat the {$90 billion|F} which analysts expected.",
    "Exports grew by {4 percent|A}, a figure that surprised economists.",
    "The government wants exports to reach {$2 trillion|F} by 2030 and {$5 trillion|F} by 2035.",
    "The producers agreed to bring back another {2 million bpd|O}, in steps of {0.4 million bpd|O} every month.",
    "Importers brought in {2 million tonnes|A} of coal.",
]
KINDS = {"A": ("actual",), "F": ("forecast",), "O": ("other", "")}


@pytest.mark.parametrize("marked", MARKED)
def test_the_kind_of_a_number_is_told_by_the_words_that_govern_it(marked: str) -> None:
    text, told = unmarked(marked, HEAD)
    for stated, (kind,), claim in beside(read(text, date="2025-12-09"), told):
        assert (claim.kind if claim else "") in KINDS[kind], stated


def test_both_flows_together_are_total_trade() -> None:
    text = "China's exports rose 7.2% to $186.8bn. Imports came to $155.2bn. Together, the two made {}, up 6.4%."
    assert [c.flow for c in read(text.format("$342bn"), date="2014-07-10")][-2:] == ["T", "T"]
    partners = "China's exports came to $8bn to Japan and to $6bn to South Korea. The two together made $14bn."
    assert [c.flow for c in read(partners, date="2014-07-10")] == ["X", "X", "X"]
