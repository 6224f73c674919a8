"""Scenarios: words become arrays, once and without contradiction; what cannot be meant is refused."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from worlds import world

from entrepot.economy import Economy
from entrepot.equilibrium import simulate
from entrepot.errors import BadTable, MissingData, UnknownCode, WrongUsage
from entrepot.scenario import Scenario, Shock, changed, listing

ECONOMY = replace(world(7, countries=4, sectors=2, zeros=0.0), countries=("CHN", "USA", "DEU", "FRA"))


def scenario(*shocks, **rules):
    return Scenario(name="test", shocks=shocks, **rules)


def test_to_add_and_times_say_what_they_do():
    for words, expected in [
        ({"to": 0.3}, 0.3),
        ({"add": 0.1}, 0.1 + ECONOMY.tariff[0, 1]),
        ({"times": 2}, 2 * ECONOMY.tariff[0, 1]),
    ]:
        new = scenario(Shock("tariff", "CHN", "USA", **words)).arrays(ECONOMY).tariff_new
        np.testing.assert_allclose(new[0, 1], expected)
        others = np.ones(new.shape, dtype=bool)
        others[0, 1] = False
        np.testing.assert_array_equal(new[others], ECONOMY.tariff[others])


def test_groups_names_and_stars_mean_their_countries_and_never_home_trade():
    cells = scenario(Shock("tariff", "European Union", "china", add=0.1)).arrays(ECONOMY).tariff_new - ECONOMY.tariff
    assert (cells[2:, 0] > 0).all() and np.count_nonzero(cells) == 4
    cells = scenario(Shock("tariff", "*", "*", add=0.1)).arrays(ECONOMY).tariff_new - ECONOMY.tariff
    assert not np.einsum("nns->ns", cells).any() and np.count_nonzero(cells) == 24
    cells = scenario(Shock("cost", "USA", ("CHN", "FRA"), "S1", times=1.2)).arrays(ECONOMY).cost_hat
    assert cells[1, 0, 1] == cells[1, 3, 1] == 1.2 and np.count_nonzero(cells != 1) == 2


def test_a_transfer_is_a_part_of_gdp_and_sums_to_zero():
    new = scenario(Shock("transfer", "CHN", "*", add=-0.02)).arrays(ECONOMY).deficit_new
    gdp = ECONOMY.value_added
    assert new[0] == pytest.approx(ECONOMY.deficit[0] - 0.02 * gdp[0])
    np.testing.assert_allclose((new - ECONOMY.deficit)[1:] / gdp[1:], 0.02 * gdp[0] / gdp[1:].sum())
    assert new.sum() == pytest.approx(0, abs=1e-12 * gdp.sum())


def test_set_changes_one_entry_and_unsets_its_rivals():
    first = scenario(Shock("tariff", "USA", "CHN", add=0.1))
    second = first.set("shocks.0.to", 0.5).set("deficits", "zero")
    assert (second.shocks[0].to, second.shocks[0].add, second.deficits) == (0.5, None, "zero")
    assert (first.shocks[0].add, first.hash) != (second.shocks[0].add, second.hash)
    assert first.hash == scenario(Shock("tariff", "USA", "CHN", add=0.1)).hash


def test_what_people_type_is_read_as_number_text_or_list():
    first = scenario(Shock("tariff", "USA", "CHN", add=0.1))
    assert changed(first, "shocks.0.to=0.5").shocks[0].to == 0.5
    assert changed(first, "deficits = share of own income").deficits == "share of own income"
    assert changed(first, 'shocks.0.seller = ["CHN", "FRA"]').shocks[0].seller == ("CHN", "FRA")
    with pytest.raises(WrongUsage, match="PATH=VALUE is expected"):
        changed(first, "shocks.0.to")
    with pytest.raises(WrongUsage, match="finite number"):
        changed(first, "shocks.0.to=much")
    with pytest.raises(WrongUsage, match="margin is a number"):
        changed(first, "margin=wide")


# What is refused

SHOCKS = {
    "exactly one": (WrongUsage, {"kind": "tariff"}),
    r"\['add', 'to'\]": (WrongUsage, {"kind": "tariff", "to": 0.1, "add": 0.1}),
    "no kind of shock": (WrongUsage, {"kind": "quota", "to": 0.1}),
    "only its change": (WrongUsage, {"kind": "cost", "to": 1.1}),
    "forbids the trade": (WrongUsage, {"kind": "export-control", "times": 0.5}),
    "finite": (WrongUsage, {"kind": "tariff", "to": float("nan")}),
    "a label or a list of labels": (WrongUsage, {"kind": "tariff", "to": 0.1, "buyer": 842}),
    "has no buyer": (WrongUsage, {"kind": "productivity", "times": 1.1, "buyer": "USA"}),
    "has no sector": (WrongUsage, {"kind": "transfer", "add": 0.1, "sector": "S0"}),
}


@pytest.mark.parametrize("rule", SHOCKS)
def test_a_shock_that_says_nothing_definite_is_refused(rule):
    kind, words = SHOCKS[rule]
    with pytest.raises(kind, match=rule):
        Shock(**words)


def test_two_shocks_on_one_cell_contradict_each_other():
    with pytest.raises(WrongUsage, match="Two shocks of kind tariff fall on one cell"):
        scenario(Shock("tariff", "USA", "*", add=0.1), Shock("tariff", "USA", "CHN", add=0.2)).arrays(ECONOMY)


def test_hats_cannot_create_trade():
    share = ECONOMY.share.copy()
    share[1, 1] += share[1, 0]
    share[1, 0] = 0
    from test_economy import parts

    from entrepot.economy import close

    closed, _ = close(parts(ECONOMY) | {"share": share})
    with pytest.raises(MissingData, match="hats cannot create trade"):
        scenario(Shock("tariff", "USA", "CHN", to=0.0)).arrays(closed)
    some = scenario(Shock("tariff", "USA", "*", to=0.0))
    assert "hold no trade" in simulate(closed, some).certificate.warnings[0]


def test_the_level_of_an_unknown_tariff_cannot_be_set():
    known = np.ones((4, 4), dtype=bool)
    known[1, 0] = False
    partly = replace(ECONOMY, tariff_known=known)
    with pytest.raises(MissingData, match="baseline tariff of USA on CHN is not known"):
        scenario(Shock("tariff", "USA", "CHN", to=0.37)).arrays(partly)
    assert scenario(Shock("tariff", "USA", "CHN", add=0.37)).arrays(partly).tariff_new is not None


WRONG = {
    r"Mexico \(MEX\) is none of the \d+ countries": (UnknownCode, {"buyer": "MEX", "seller": "CHN"}),
    "no country called 'CHNA'": (UnknownCode, {"buyer": "CHNA", "seller": "USA"}),
    "no sector called 'cars'": (UnknownCode, {"buyer": "USA", "seller": "CHN", "sector": "cars"}),
}


@pytest.mark.parametrize("rule", WRONG)
def test_unknown_words_are_refused(rule):
    kind, words = WRONG[rule]
    with pytest.raises(kind, match=rule):
        scenario(Shock("tariff", add=0.1, **words)).arrays(ECONOMY)


def test_rules_and_arrays_that_do_not_fit_are_refused():
    with pytest.raises(WrongUsage, match="no choice of deficits"):
        scenario(deficits="gone")
    with pytest.raises(WrongUsage, match="A transfer sets deficits"):
        scenario(Shock("transfer", "CHN", add=-0.01), deficits="zero").arrays(ECONOMY)
    with pytest.raises(WrongUsage, match="A duty of -150% would follow from the shock to tariff"):
        scenario(Shock("tariff", "USA", "CHN", to=-1.5)).arrays(ECONOMY)
    with pytest.raises(WrongUsage, match="To forbid a trade, give an export-control"):
        scenario(Shock("cost", "USA", "CHN", times=0.0)).arrays(ECONOMY)
    with pytest.raises(WrongUsage, match="-1 times what was.*Give times above 0"):
        scenario(Shock("productivity", seller="CHN", add=-2.0)).arrays(ECONOMY)
    with pytest.raises(BadTable, match="stay above -1"):
        scenario(tariff_new=np.full_like(ECONOMY.tariff, -1.5)).arrays(ECONOMY)
    with pytest.raises(WrongUsage, match="shocks.NUMBER.NAME"):
        scenario().set("shocks.0.to", 0.1)


def test_a_rate_that_looks_like_percent_is_said():
    said = scenario(Shock("tariff", "USA", "CHN", add=37.0)).arrays(ECONOMY).warnings
    assert len(said) == 1 and "rates are fractions, 0.37 is 37 %" in said[0]
    assert not scenario(Shock("tariff", "USA", "CHN", add=0.37)).arrays(ECONOMY).warnings


TOML = {
    "each under its own": "shocks = 3",
    "needs a kind": '[[shocks]]\nbuyer = "USA"\nadd = 0.1',
    "Did you mean USA": '[[shocks]]\nkind = "tariff"\nbuyer = "Untied States"\nadd = 0.1',
    "notes are a list of texts": 'notes = "one"',
    "title is text": "title = 5",
    "as_of is a day": 'as_of = "tomorrow"',
    "margin is a number": "margin = nan",
    "Variants are tables": "variants = 3",
    "Did you mean deficits": 'deficit = "zero"',
    "Did you mean april": "[variants.april]\n[variants.october]",
    "No scenario is called 'tomorrow'": 'against = "tomorrow"',
}


@pytest.mark.parametrize("said", TOML)
def test_a_users_own_file_is_refused_in_words(said, tmp_path):
    path = tmp_path / "mine.toml"
    path.write_text(TOML[said])
    with pytest.raises(WrongUsage, match=said):
        Scenario.load(f"{path}:apri" if "april" in said else path).arrays(ECONOMY)


def test_a_day_and_a_code_may_stand_without_quotes(tmp_path):
    path = tmp_path / "mine.toml"
    path.write_text('as_of = 2025-12-08\n[[shocks]]\nkind = "tariff"\nbuyer = "USA"\nadd = 0.1\n')
    held = Scenario.load(path)
    assert held.as_of == "2025-12-08"
    assert changed(held, "shocks.0.sector=8542").shocks[0].sector == "8542"
    with pytest.raises(WrongUsage, match="Did you mean deficits"):
        changed(held, "deficts=zero")


def test_files_are_read_strictly(tmp_path):
    path = tmp_path / "mine.toml"
    path.write_text('title = "x"\n[[shocks]]\nkind = "tariff"\nbuyr = "USA"\nadd = 0.1\n')
    with pytest.raises(WrongUsage, match="A shock has no 'buyr'. Did you mean buyer"):
        Scenario.load(path)
    path.write_text("title = ")
    with pytest.raises(WrongUsage, match="is not TOML"):
        Scenario.load(path)
    with pytest.raises(UnknownCode, match="Did you mean truce-lapses"):
        Scenario.load("truce-lapse")


# What ships


@pytest.mark.parametrize("name", Scenario.names())
def test_what_ships_names_its_source_and_date_and_solves(name):
    held = Scenario.load(name)
    assert held.title and held.reference and held.as_of and held.uncovered and held.economy and held.balance
    world_2023 = Economy.load(held.economy)
    for one in [held, *(held.variant(variant) for variant in held.variants or {})]:
        result = simulate(world_2023, one)
        assert result.certificate.own_residual <= 1e-10
        assert (result.welfare_hat != 1).all()


def test_a_scenario_says_which_of_its_variants_it_is():
    assert Scenario.load("truce-lapses").ran.startswith("october, the default; others: april")
    assert Scenario.load("truce-lapses:october").ran == "october, the default"
    assert Scenario.load("truce-lapses:april").ran == "april"
    assert Scenario.load("truce-lapses").set("shocks.2.add", 0.5).ran == Scenario.load("china-37").ran == ""


def test_the_seven_scenarios_are_there():
    assert set(Scenario.names()) == {
        *("us-tariffs-2025", "china-37", "truce-in-force", "truce-lapses", "eu-broad-tariff", "surplus-to-zero"),
        "higher-saving",
    }


def test_the_list_names_each_with_its_variants():
    rows = listing().rows.set_index("name")
    assert list(rows.index) == Scenario.names()
    assert rows.loc["truce-lapses", "against"] == "truce-in-force"
    assert rows.loc["eu-broad-tariff", "variants"] == "eu-broad-tariff:10, eu-broad-tariff:20, eu-broad-tariff:30"


def test_china_37_is_a_cost_of_1_236_not_1_37():
    world_2023 = Economy.load("world-2023")
    new = Scenario.load("china-37").arrays(world_2023).tariff_new
    usa, china = world_2023.country("USA"), world_2023.country("CHN")
    assert (1 + new[usa, china, 0]) / (1 + world_2023.tariff[usa, china, 0]) == pytest.approx(1.236, abs=5e-4)


@pytest.mark.parametrize("name", ["us-tariffs-2025", "truce-lapses:april"])
def test_china_answers_only_where_a_variant_says_so(name):
    stem, _, variant = name.partition(":")
    world_2023 = Economy.load("world-2023")
    usa, china = world_2023.country("USA"), world_2023.country("CHN")
    silent = Scenario.load(name).arrays(world_2023).tariff_new
    assert silent[china, usa, 0] == world_2023.tariff[china, usa, 0]
    answers = [v for v in Scenario.load(stem).variants if "answer" in v and v.startswith(variant)]
    assert answers
    for answer in answers:
        held = Scenario.load(f"{stem}:{answer}")
        new = held.arrays(world_2023).tariff_new
        moved = np.argwhere(new != silent)
        assert moved.tolist() == [[china, usa, 0]] and new[china, usa, 0] > 0.05
        assert held.shocks[-1].note.startswith("supposed") and held.title != Scenario.load(name).title


def test_china_adds_what_it_added_in_2018_and_2019_at_the_weights_named():
    """Walk the source date by date: duties that rose or fell at other dates than the general cuts, by HS6."""
    data = Path(__file__).parents[1].parent / "shared" / "data"
    if not data.is_dir():
        pytest.skip("the shared source files are not beside the repository")
    duty = pd.read_parquet(data / "tariffs" / "china_tariff_on_us_hs6_by_date.parquet")
    sold = pd.read_csv(data / "us_monthly_hs2_2015_2018" / "us_monthly_hs2.csv", dtype={"hs2": str, "period": str})
    chapters = {}
    for code, rows in duty.sort_values("time_of_tariff").groupby("hs6"):
        added, last = 0.0, None
        for date, rate in zip(rows.time_of_tariff, rows.tariff, strict=True):
            if rate == rate:
                added += 0 if last is None or date in ("2018-05-01", "2018-07-01", "2018-11-01") else rate - last
                last = rate
        chapters.setdefault(code[:2], []).append(added)
    total = weights = 0.0
    for row in sold[(sold.flow == "export") & (sold.partner == "CHN")].itertuples():
        if row.period[:4] == "2017" and row.hs2 in chapters:
            total += row.value_usd * np.mean(chapters[row.hs2])
            weights += row.value_usd
    held = Scenario.load("us-tariffs-2025:china-answers-as-in-2019")
    assert held.shocks[-1].add == pytest.approx(total / weights / 100, abs=1e-6)


def test_a_lapsed_truce_is_compared_with_one_in_force():
    result = simulate(Economy.load("world-2023"), Scenario.load("truce-lapses:april"))
    usa, china = result.economy.country("USA"), result.economy.country("CHN")
    assert result.certificate.against == "truce-in-force"
    assert result.economy.tariff[usa, china, 0] == pytest.approx(0.298, abs=5e-4)
    moved = np.argwhere(abs(result.tariff_new - result.economy.tariff) > 1e-12)
    assert moved.tolist() == [[usa, china, 0]]
    assert result.welfare_hat[china] < 1


def test_what_it_is_compared_with_is_the_baseline_or_a_scenario_and_no_name():
    """A name would be printed in the certificate, and the result be relative to the baseline all the same."""
    with pytest.raises(WrongUsage, match=r"Scenario.load\('china-37'\)"):
        Scenario(name="x", against="china-37")


def test_a_country_in_the_place_of_a_scenario_is_told_where_it_stands():
    with pytest.raises(UnknownCode, match="entrepot simulate us-tariffs-2025 BRA"):
        Scenario.load("brasil")


def test_a_file_that_changes_nothing_is_refused(tmp_path):
    (tmp_path / "mine.toml").write_text('title = "x"\neconomy = "world-2023"\n', "utf-8")
    with pytest.raises(WrongUsage, match="changes nothing"):
        Scenario.load(str(tmp_path / "mine.toml"))
    (tmp_path / "mine.toml").write_text('title = "x"\ndeficits = "zero"\n', "utf-8")
    assert Scenario.load(str(tmp_path / "mine.toml")).deficits == "zero"


def test_a_file_in_another_encoding_is_refused_as_such(tmp_path):
    (tmp_path / "mine.toml").write_bytes('title = "São Paulo"'.encode("latin-1"))
    with pytest.raises(WrongUsage, match=r"not in UTF-8 \(byte 11\)"):
        Scenario.load(str(tmp_path / "mine.toml"))
