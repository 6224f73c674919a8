"""compare(): every scenario's rows are what simulate() says, and nothing unsolved is shown."""

import pytest

from entrepot.economy import Economy
from entrepot.equilibrium import simulate
from entrepot.errors import MissingData, NotSolved, UnknownCode
from entrepot.outcomes import COLUMNS, compare
from entrepot.scenario import Scenario


def test_rows_are_what_simulate_says_of_the_country_and_its_partners():
    answer = compare("china")
    assert list(answer.rows.columns) == COLUMNS
    assert list(answer.rows.scenario.unique()) == Scenario.names() == list(answer.about["scenarios"])
    for name, rows in answer.rows.groupby("scenario"):
        result = simulate(Economy.load("world-2023"), Scenario.load(name))
        said = result.answer("CHN").rows.set_index("country")
        assert list(rows.country) == list(said.index) and rows.country.iloc[0] == "CHN" and len(rows) == 11
        assert rows.welfare.tolist() == pytest.approx(said.welfare.tolist(), abs=1e-9)
        assert rows.exports.tolist() == pytest.approx(said.exports.tolist(), abs=1e-9)
        assert answer.about["scenarios"][name]["certificate"]["own_residual"] <= 1e-10


def test_what_cannot_be_said_is_refused(tmp_path):
    with pytest.raises(UnknownCode, match="Did you mean"):
        compare("chinaa")
    with pytest.raises(MissingData, match="TWN is none of the 194 countries of world-2023"):
        compare("TWN")
    ruin = tmp_path / "ruin.toml"
    ruin.write_text('economy = "world-2023"\n[[shocks]]\nkind = "transfer"\nbuyer = "CHN"\nadd = -3.0\n')
    with pytest.raises(NotSolved, match="CHN keeps"):
        compare("CHN", scenarios=[str(ruin)])


def test_fewer_partners_and_chosen_scenarios():
    answer = compare("VNM", scenarios=["truce-lapses:april"], partners=3)
    assert len(answer.rows) == 4
    assert set(answer.rows.scenario) == {"truce-lapses:april"}
