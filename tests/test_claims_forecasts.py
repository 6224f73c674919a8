"""What somebody expected, and what was out already when it stood beside that."""

import pytest

from entrepot.claims import read

HEAD = "BEIJING - China's exports rose 7.2 percent in July from a year earlier, customs data showed. "


def kinds(sentence, head=HEAD):
    """Kind of every number of a sentence by what it states."""
    return {c.stated: c.kind for c in read(head + sentence, date="2025-08-20") if c.start >= len(head)}


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("That beat expectations for a 5.4 percent gain.", "5.4 percent"),
        ("The result was far above expectations of a rise of 5.4 percent.", "5.4 percent"),
        ("Imports defied predictions for a fall of 1.0 percent.", "1.0 percent"),
        ("The surplus was slightly below estimates for a rise to $105 billion.", "$105 billion"),
        ("The surplus came to $98.2 billion, missing the consensus estimate of $105 billion.", "$105 billion"),
        ("The surplus came to $98.2 billion (consensus: $105 billion).", "$105 billion"),
        ("Imports rose 4.1% (Reuters poll: -1.0%).", "1.0%"),
        ("Imports rose 4.1% y/y (Nomura 3.0%, previously 1.1%).", "3.0%"),
        ("Imports rose 4.1 percent, while analysts were expecting -1.0 percent.", "1.0 percent"),
        ("Imports rose 4.1 percent. Economists were looking for 2 percent.", "2 percent"),
        ("Imports rose 4.1 percent. Markets had been braced for a 1 percent fall.", "1 percent"),
        ("A survey of economists had pointed to a 1 percent decline.", "1 percent"),
        ("Imports were seen rising 2 percent but fell 1.1 percent.", "2 percent"),
        ("Officials are confident of reaching exports of $4 trillion this year.", "$4 trillion"),
        ("The ministry hopes that exports top $4 trillion this year.", "$4 trillion"),
        ("Beijing has set its sights on exports of $5 trillion by 2030.", "$5 trillion"),
        ("The sector has targeted $46 billion in exports this year.", "$46 billion"),
        ("Shipments are set to fall for a second month in August.", "second month"),
    ],
)
def test_what_was_expected_is_told_in_many_words(sentence, expected):
    assert kinds(sentence)[expected] == "forecast"


@pytest.mark.parametrize(
    ("sentence", "printed"),
    [
        ("The increase was less than the forecast 8 percent and below June's 5.8 percent growth.", "5.8 percent"),
        ("Economists had expected a surplus of $105 billion after June's $114.8 billion.", "$114.8 billion"),
        ("Imports rose 4.1 percent, beating consensus of 1 percent and June's +1.1 percent.", "1.1 percent"),
        ("The surplus, expected at $105 billion, prior was $114.8 billion.", "$114.8 billion"),
        (
            "Economists had expected it to fall to $105 billion from the $114.9 billion first reported.",
            "$114.9 billion",
        ),
        ("The 4.1 percent rise had been widely expected by traders.", "4.1 percent"),
        ("Imports rose by an above-forecast 4.1 percent.", "4.1 percent"),
        ("Imports rose by a better-than-expected 4.1 percent.", "4.1 percent"),
        ("Exports this year will pass $3.6 trillion, as shipments have already topped $2 trillion.", "$2 trillion"),
        ("Exports to the United States fell 21.7 percent and may keep falling, analysts said.", "21.7 percent"),
        ("Without ships, exports would have grown 5.1 percent.", "5.1 percent"),
    ],
)
def test_what_was_out_already_is_no_forecast(sentence, printed):
    assert kinds(sentence)[printed] == "actual"
