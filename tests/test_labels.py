"""Labels of an economy: found in any case, by name or by group; refused with who holds them or what is near."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entrepot.economy import Economy
from entrepot.errors import UnknownCode
from entrepot.labels import near, position, positions

HELD = ("ABW", "CHN", "DEU", "FRA", "USA", "VNM", "ZAF")
words = st.text(alphabet="abcdefghijklmnopqrstuvwxyz", min_size=1, max_size=8)


@given(st.lists(words, unique=True, min_size=1), st.data())
def test_every_label_is_at_its_position_in_any_case(labels, data):
    word = data.draw(st.sampled_from(labels))
    turned = data.draw(st.sampled_from([str.upper, str.lower, str.title]))(word)
    assert labels[position(turned, labels, "sector")] == word
    assert positions(turned, labels, "sector") == [labels.index(word)]
    assert positions("*", labels, "sector") == list(range(len(labels)))


@given(st.sets(st.sampled_from(HELD), min_size=1))
def test_several_words_mean_what_each_means_in_the_order_of_the_economy(chosen):
    assert positions(tuple(sorted(chosen, reverse=True)), HELD, "country") == sorted(map(HELD.index, chosen))


def test_names_and_groups_mean_the_members_that_are_held():
    assert positions("china", HELD, "country") == [1]
    assert positions("EU", HELD, "country") == [2, 3]
    assert positions(("Viet Nam", "EU27"), HELD, "country") == [2, 3, 5]


def test_a_country_that_is_not_held_is_named_with_an_economy_that_holds_it():
    held = Economy.load("world-2023").countries
    for word in ("taiwan", "TWN"):
        with pytest.raises(UnknownCode) as refusal:
            positions(word, held, "country")
        said = str(refusal.value)
        assert said.startswith(f"Taiwan (TWN) is none of the {len(held)} countries of this economy.")
        assert "--economy sectors-2011 --set 'balance=goods and services'" in said and "Did you mean" not in said
    assert "TWN" in Economy.load("sectors-2011").countries
    with pytest.raises(UnknownCode, match="None that ships holds it"):
        position("North Korea", held[:3], "country")


def test_only_what_is_near_is_suggested():
    with pytest.raises(UnknownCode, match=r"no country called 'Atlantis'; it has ABW, CHN, .* and 1 more\.$"):
        position("Atlantis", HELD, "country")
    with pytest.raises(UnknownCode, match=r"Did you mean CHN\?"):
        position("chna", HELD, "country")
    with pytest.raises(UnknownCode, match=r"Did you mean DEU \(Germany\)\?"):
        positions("Germny", HELD, "country")
    with pytest.raises(UnknownCode, match=r"'Machinry'; it has Food, Machinery. Did you mean Machinery\?"):
        position("Machinry", ("Food", "Machinery"), "sector")
    assert near("zero frist", ["zero", "zero first", "fixed"])[0] == "zero first"
