"""The terminal: words instead of codes, the digits that were printed, notes underneath."""

import io
import subprocess
import sys

import pandas as pd
import pytest
from conftest import FACT, frame

from entrepot import lake, tables, terminal
from entrepot.answer import Answer
from entrepot.drivers import explain
from entrepot.errors import WrongUsage
from entrepot.measures import measure


def shown(answer):
    out = io.StringIO()
    terminal.show(answer, out)
    return out.getvalue()


def line(text, name):
    (found,) = (one for one in text.splitlines() if one.strip().startswith(name + " "))
    return " ".join(found.split())


def test_a_release_in_words(china):
    text = shown(measure(china, period="2025-11", vintage="first"))
    assert "China: goods trade, November 2025, USD, as first printed" in text
    assert line(text, "Exports").startswith("Exports 330.3 bn +5.9 % printed 2025-12-08")
    assert line(text, "Imports").startswith("Imports 218.7 bn +1.9 % printed")
    assert "General Administration of Customs of China" in text


def test_a_revision_is_named_beside_what_was_printed(china):
    text = shown(measure(china, period="2025-11"))
    assert "first print 218.7 bn" in " ".join(text.split())
    assert "Note: 4 of 4 figures are revisions" in text


def test_year_to_date_and_yuan_as_printed(china):
    text = shown(measure(china, period="2025-11", span="ytd", currency="yuan", vintage="first"))
    assert "January-November 2025, CNY" in text
    assert "24.46 tn +6.2 %" in line(text, "Exports")


def test_partners_by_name_and_what_others_say(china):
    text = shown(measure(china, period="2025-11", by="partner", flow="exports"))
    assert "33.8 bn \N{MINUS SIGN}28.6 %" in line(text, "United States")
    assert "also +14.3 %" in line(text, "European Union")
    assert "WLD" not in text and "USA" not in text


def test_many_lines_are_cut_and_the_rest_is_counted(china):
    answer = measure(china, period="2024-12", by="partner", currency="CNY", flow="exports")
    assert f"{len(answer.rows) - terminal.LINES} more lines: -f csv" in shown(answer)


def test_lines_that_cannot_be_added_up_are_shown_without_points(china):
    answer = explain(china, period="2025-11", by="product")
    text = shown(answer)
    assert not answer.rows["contribution"].notna().any()
    assert all(name in text for name in ("Apparel", "Automobiles", "+53.0 %", "stand without points"))
    assert "stand without points" not in shown(explain(china, period="2025-11"))


def test_the_split_ends_with_what_is_unexplained_and_the_whole(china):
    answer = explain(china, period="2025-11")
    text = shown(answer)
    assert "Not listed, or not explained" in text
    assert line(text, "Exports").endswith("+5.90")
    points = [float(line(text, name).split()[-n].replace("\N{MINUS SIGN}", "-")) for name, n in (("Not listed,", 3),)]
    assert points == [round(100 * answer.about["unexplained"], 2)]


def test_every_print_of_a_figure(china):
    text = shown(measure(china, period="2023-03", flow="exports", vintage="all"))
    assert "315.59 bn" in text and "302.4 bn" in text and "2026-08-21 (first seen)" in text


def test_what_is_held_is_counted():
    text = shown(lake.have("china"))
    assert "What is held" in text and "figures from" in text


def test_any_other_answer_is_shown_as_it_is():
    text = shown(Answer("attribution", {}, pd.DataFrame({"hub": ["VNM"], "share": [0.123456789]})))
    assert "VNM" in text and "0.123457" in text


@pytest.mark.parametrize("words", [{"by": "product"}, {"partner": "usa"}, {"span": "ytd", "by": "partner"}])
def test_other_questions_have_a_table(china, words):
    assert "China: goods trade" in shown(measure(china, period="2025-11", **words))


def test_an_answer_is_shown_without_the_grammar_of_claims():
    code = (
        "import io, sys, pandas as pd\n"
        "from entrepot import terminal\nfrom entrepot.answer import Answer\n"
        "terminal.show(Answer('have', {}, pd.DataFrame({'name': ['x']})), io.StringIO())\n"
        "assert 'entrepot.claims' not in sys.modules and 'entrepot.verdicts' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_the_first_column_is_headed_by_what_stands_in_it(china):
    named = shown(measure(china, period="2024-06", partner="japan,germany"))
    assert "partner" in named and "period" not in named
    assert "period" in shown(measure(china, period="2024-05:2024-06", partner="japan,germany"))


def test_a_market_share_names_the_market_and_whose_reports_they_are():
    words = {"period": "2025-11", "span": "ytd", "reporter": "china", "method": "market-share"}
    answer = explain(lake.load(), **words)
    text = " ".join(shown(answer).split())
    assert "China: what the United States bought from it, demand and market share" in text
    assert "imports of United States from China and from the world" in text and "goods trade of China" not in text
    assert answer.about["markets"] == ["USA"]


def test_a_title_names_the_products_that_were_asked_for(china):
    """Growth of integrated circuits must not be read as growth of all exports."""
    assert "China: goods trade (Integrated circuits), November 2025" in shown(
        measure(china, period="2025-11", product="chips")
    )
    assert "China: goods trade, November 2025" in shown(measure(china, period="2025-11", by="product"))


def test_offices_are_listed_a_line_each_and_a_country_is_told_from_an_office(monkeypatch):
    from entrepot import fetching, sources

    monkeypatch.setenv("COLUMNS", "80")
    text = shown(fetching.listing())
    assert text.startswith("What can be fetched") and len(text.splitlines()) < 100
    assert sum(one.startswith(" comtrade ") for one in text.splitlines()) == 1
    with pytest.raises(WrongUsage, match=r"It is a reporter: entrepot fetch comtrade BRA -p 20\d\d"):
        sources.office("brazil")
    with pytest.raises(WrongUsage, match=r"entrepot fetch mine.csv --mapping FILE.toml"):
        sources.office("mine.csv")


def test_small_amounts_keep_the_digits_that_count():
    rows = [{**FACT, "partner": "WLD"}, {**FACT, "partner": "USA", "value": 44.4e6}]
    before = [{**row, "period": "2024-11", "released": "2024-12-07", "value": row["value"] / 2} for row in rows]
    answer = explain(frame([*rows, *before]), period="2025-11", flow=FACT["flow"])
    assert "44.40 m" in shown(answer)


def test_what_a_title_names_is_not_said_again_on_every_line():
    trade = lake.load("us")
    text = shown(measure(trade, period="2023:2024", partner="china"))
    assert "with China" in text and line(text, "2024") and "2024, China" not in text
    assert "2024, China" in shown(measure(trade, period="2023:2024", partner="china,mexico"))


def test_what_is_shown_says_how_it_is_valued(china):
    assert "\nValuation: exports fob, imports cif.\n" in shown(measure(china, period="2025-11"))
    assert "\nValuation: exports fob.\n" in shown(explain(china, period="2025-11"))


def test_the_legend_of_grades_stands_where_there_are_grades(china):
    assert "Grade: A the office itself" in shown(measure(china, period="2025-11"))
    rows = [
        {"reporter": "BRA", "flow": "X", "period": f"{year}-06", "currency": "USD", "value": 3e9 + year}
        for year in (2024, 2025)
    ]
    own = tables.read(pd.DataFrame(rows)).flows
    assert "Source: own-table" in (said := shown(measure(own, period="2025-06"))) and "Grade" not in said
