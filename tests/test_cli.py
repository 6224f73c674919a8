"""Every verb explains itself, answers on stdout, and its exit code says how it ended."""

import csv
import io
import json
import re
import subprocess
import sys
from dataclasses import replace

import pytest
from typer.testing import CliRunner
from worlds import world

from entrepot import bundle
from entrepot.cli import app, main


def run(monkeypatch, capsys, *words):
    """Exit code, stdout and stderr of a command line."""
    monkeypatch.setattr("sys.argv", ["entrepot", *words])
    with pytest.raises(SystemExit) as end:
        main()
    return end.value.code or 0, *capsys.readouterr()


@pytest.fixture
def entrepot(monkeypatch, capsys):
    return lambda words, *more: run(monkeypatch, capsys, *words.split(), *more)


@pytest.mark.parametrize("command", app.registered_commands, ids=lambda command: command.callback.__name__)
def test_every_verb_has_help(command):
    result = CliRunner().invoke(app, [command.name or command.callback.__name__, "--help"], env={"COLUMNS": "200"})
    assert result.exit_code == 0
    assert command.callback.__doc__.split(",")[0].split(":")[0] in result.output


def test_the_november_release_as_json(entrepot):
    code, out, err = entrepot("measure china -p 2025-11 --vintage first -f json")
    said = json.loads(out)
    rows = {row["flow"]: row for row in said["rows"]}
    assert (code, err, said["answer"]) == (0, "", "measure")
    assert (rows["X"]["value"], rows["X"]["growth"], rows["X"]["growth_basis"]) == (330.3e9, 0.059, "printed")
    assert (rows["M"]["value"], rows["M"]["growth"]) == (218.7e9, 0.019)
    assert rows["B"]["value"] == pytest.approx(111.68e9, abs=0.005e9)
    assert rows["X"]["released"] == "2025-12-08"
    fields = [
        "period",
        "span",
        "flow",
        "partner",
        "product",
        "value",
        "currency",
        "growth",
        "growth_basis",
        "growth_other",
    ]
    fields += ["share", "status", "method", "grade", "source", "also", "released", "released_basis"]
    assert set(fields) <= set(rows["X"])


EXPLAINED = {
    "entry-exit": "-p 2024", "market-share": "-p 2024 --base 2017 --partner us", "currency": "-p 2025-11",
    "surplus": "-p 2025-11 --span ytd", "diversity": "-p 2024 --partner us", "mirror": "-p 2024 --partner us,vietnam",
}  # fmt: skip


@pytest.mark.parametrize("method", EXPLAINED)
def test_every_method_of_explain_prints_a_table_and_draws(entrepot, method, tmp_path):
    code, out, _ = entrepot(f"explain china {EXPLAINED[method]} --method {method}")
    assert code == 0 and out.startswith("China: ") and "Source: " in out
    drawn = tmp_path / "split.svg"
    assert entrepot(f"explain china {EXPLAINED[method]} --method {method} -o", str(drawn))[0] == 0
    assert drawn.read_text("utf-8").startswith("<svg")


def test_a_method_that_lacks_its_data_names_the_fetch(entrepot):
    code, out, err = entrepot("explain china -p 2024 --method price-volume")
    assert (code, out) == (3, "") and "entrepot fetch comtrade CHN -p 2023:2024 --partner WLD --product AG6" in err


@pytest.mark.parametrize("words", ["--scenario nosuch", "--partner tuvalu"])
def test_a_refusal_is_one_line_and_nothing_is_left_open(words):
    asked = [sys.executable, "-m", "entrepot", "forecast", "china", "--flow", "exports", *words.split()]
    done = subprocess.run(asked, capture_output=True, text=True)
    assert done.returncode in (2, 3) and done.stdout == ""
    assert done.stderr.startswith("entrepot: ") and len(done.stderr.splitlines()) == 1  # duckdb counts what is left


def test_a_simulation_names_the_variant_that_ran(entrepot):
    heads = {name: " ".join(entrepot(f"simulate {name} china")[1].split("country")[0].split())
             for name in ("truce-lapses", "truce-lapses:october", "truce-lapses:april")}  # fmt: skip
    assert "(variant october, the default; others: april" in heads["truce-lapses"]
    assert "(variant october, the default; against" in heads["truce-lapses:october"]
    assert "(variant april; against" in heads["truce-lapses:april"]


def test_what_no_line_explains_is_printed_and_drawn(entrepot, tmp_path):
    code, out, _ = entrepot("explain china -p 2024 --method entry-exit")
    row = next(line for line in out.splitlines() if "unexplained" in line)
    assert code == 0 and re.search(r"unexplained +\+0\.\d\d bn +\+0\.\d\d", row)
    drawn = tmp_path / "split.svg"
    assert entrepot("explain china -p 2024 --method entry-exit -o", str(drawn))[0] == 0
    assert "unexplained" in drawn.read_text("utf-8")


def test_a_fetch_without_reporter_and_period_is_told_of_both(entrepot):
    code, _, err = entrepot("fetch comtrade")
    assert code == 2 and "Whose trade, and which period?" in err and "entrepot fetch comtrade china -p 2025-11" in err
    assert "entrepot fetch comtrade vietnam -p 2025-11" in entrepot("fetch comtrade vietnam")[2]
    assert "entrepot fetch gacc -p 2025-11" in entrepot("fetch gacc")[2]


def test_the_split_as_json(entrepot):
    code, out, _ = entrepot("explain 中国 -p nov-2025 -f json")
    said = json.loads(out)
    fields = {"partner", "value", "base", "contribution", "lo", "hi", "basis", "share_before", "share_after"}
    assert (code, said["answer"], said["about"]["growth"]) == (0, "explain", 0.059)
    assert fields <= set(said["rows"][0])
    assert {"unexplained", "unexplained_half_width"} <= set(said["about"])


def test_csv_pipes(entrepot):
    code, out, err = entrepot("measure CHN -p 2025-11 --by partner --flow X -f csv")
    rows = list(csv.DictReader(io.StringIO(out)))
    assert (code, err) == (0, "")
    assert {row["partner"] for row in rows} >= {"WLD", "USA", "EU27"}
    assert next(row for row in rows if row["partner"] == "EU27")["value"] == ""


def test_what_is_held(entrepot):
    code, out, _ = entrepot("have -f json")
    rows = json.loads(out)["rows"]
    assert code == 0
    assert {"source", "reporter", "first", "last", "rows", "vintages", "retrieved", "grade", "licence"} <= set(rows[0])


def test_a_table_is_the_plain_form(entrepot):
    code, out, _ = entrepot("measure china -p 2025-11")
    assert code == 0
    assert "330.0 bn" in out


REFUSED = {  # words: exit code, what stderr says
    "measure Chnia -p 2025-11": (2, "CHN"),
    "measure Atlantis -p 2025-11": (2, "Atlantis"),
    "measure brazil -p 2025-11": (3, "No flows of Brazil"),
    "measure china -p 2027-05": (3, "the latest is 2026"),
    "measure china -p sometime": (2, "is no period"),
    "measure china -p 2025-11 --span year": (2, "does not go with"),
    "measure viet-nam -p 2014-05 --span ytd --vintage 2014-01-01": (3, "at vintage 2014-01-01"),
    "measure china -p 2025-11 --currency yen": (3, "the currencies held are"),
    "measure china -p 2025-11 --currency shells": (2, "shells"),
    "measure china -p 2025-11 --vintage newest": (2, "is no vintage"),
    "measure china -p 2025-11 -f xml": (2, "xml"),
    "measure china": (2, "Run: entrepot measure china -p 20"),
    "explain china -p 2025-11 --flow balance": (2, "A split of growth"),
    "explain viet-nam -p 2024-05": (3, "2023-05 and 2024-05 are needed"),
    "guess china": (2, "guess"),
}


@pytest.mark.parametrize("words", REFUSED)
def test_each_refusal_has_its_message_and_exit_code_and_prints_nothing(entrepot, words):
    code, out, err = entrepot(words)
    assert (code, out) == (REFUSED[words][0], "")
    assert REFUSED[words][1] in err
    assert "Traceback" not in err


@pytest.mark.parametrize("suffix", [".csv", ".json", ".parquet", ".xlsx", ".dta"])
def test_a_file_by_its_suffix(entrepot, tmp_path, suffix):
    path = tmp_path / f"november{suffix}"
    code, out, err = entrepot("measure china -p 2025-11 -o", str(path))
    assert (code, out, path.stat().st_size > 100) == (0, "", True)
    assert str(path) in err.replace("\n", "")


def test_output_that_cannot_be_written_changes_nothing(entrepot, tmp_path):
    old = tmp_path / "old.csv"
    old.write_text("old")
    assert entrepot("measure china -p 2027-05 -o", str(old))[0] == 3
    assert entrepot("measure china -p 2025-11 -o", str(tmp_path / "no" / "x.csv"))[0] == 3
    assert entrepot("measure china -p 2025-11 -o", str(tmp_path / "x.pdf"))[0] == 2
    assert old.read_text() == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["old.csv"]


def test_a_damaged_bundle_is_refused(entrepot, tmp_path, monkeypatch):
    (tmp_path / "flows.parquet").write_bytes((bundle.HOME / "flows.parquet").read_bytes()[:5000])
    monkeypatch.setattr(bundle, "HOME", tmp_path)
    code, out, err = entrepot("measure china -p 2025-11")
    assert (code, out) == (3, "")
    assert "force-reinstall" in err


def test_a_page_for_a_folder_that_is_not_there_is_refused_before_it_is_made(entrepot, tmp_path):
    code, _, err = entrepot(f"brief china -p 2025-11 -o {tmp_path}/none/a.html")
    assert code == 3 and "is no folder" in err


def test_a_page_about_a_year_of_months_is_made(entrepot):
    code, out, _ = entrepot("brief china -p 2025")
    assert code == 0 and "2025" in out


def test_a_lake_without_faults_prints_no_empty_table(entrepot):
    code, out, err = entrepot("have --verify")
    assert (code, out) == (0, "") and "Nothing is wrong" in err


def test_a_page_is_made_where_nothing_was_loaded_before():
    words = [sys.executable, "-m", "entrepot", "brief", "us", "-p", "2024"]  # a new process: nothing is loaded yet
    made = subprocess.run(words, capture_output=True, text=True, check=False)
    assert made.returncode == 0, made.stderr


def test_a_story_from_standard_input_is_named_so_and_one_of_each_reads_as_one(entrepot, monkeypatch):
    told = "Exports of China rose 5.9 % in November 2025 from a year earlier, and imports of China fell 9.1 %."
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(told.encode()), encoding="utf-8"))
    code, out, err = entrepot("check - --date 2025-12-08")
    assert (code, err) == (1, "")
    assert out.startswith("standard input, as of 2025-12-08")
    assert "1 matches, 1 does not match, 0 cannot be checked" in out


def test_context_is_that_of_a_months_total_and_says_so(entrepot):
    code, _, err = entrepot("measure china -p 2025-11 --partner us --context")
    assert code == 2 and "leave out --partner" in err
    code, _, err = entrepot("measure china -p 2024 --context")
    assert code == 2 and "--period 2024-12" in err


@pytest.mark.parametrize(
    ("content", "said"),
    [(b"", "is empty"), (b"\x8b\xff\x00", "is not TOML")],
)  # fmt: skip
def test_a_scenario_file_that_cannot_be_meant_is_refused(entrepot, tmp_path, content, said):
    path = tmp_path / "mine.toml"
    path.write_bytes(content)
    code, _, err = entrepot("simulate", str(path))
    assert code == 2 and said in err


def test_a_duty_that_looks_like_percent_is_warned_of_where_people_look(entrepot, tmp_path):
    path = tmp_path / "mine.toml"
    path.write_text('economy = "world-2023"\n[[shocks]]\nkind = "tariff"\nbuyer = "DEU"\nseller = "CHN"\nadd = 37\n')
    code, out, _ = entrepot("simulate", str(path), "germany")
    assert code == 0 and "0.37 is 37 %" in " ".join(out.split())


def test_a_country_of_an_own_economy_is_named_as_it_names_it(entrepot, tmp_path):
    replace(world(1, countries=3), countries=("Alpha 1", "Beta", "Gamma")).save(tmp_path / "mine.npz")
    path = tmp_path / "mine.toml"
    path.write_text('[[shocks]]\nkind = "tariff"\nbuyer = "Alpha 1"\nseller = "Beta"\nadd = 0.1\n')
    code, out, err = entrepot("simulate", str(path), "alpha 1", "--economy", str(tmp_path / "mine.npz"), "-f", "json")
    assert code == 0, err
    assert json.loads(out)["rows"][0]["country"] == "Alpha 1"


def test_a_first_window_held_is_not_called_a_larger_one_before(entrepot):
    code, out, _ = entrepot("measure korea -p 2026-07 --context")
    said = " ".join(out.split())
    assert code == 0 and "the largest of those held since" in said and "the largest since" not in said


def test_a_story_is_held_to_what_was_public_on_the_day_it_gives(entrepot, tmp_path):
    story = tmp_path / "story.txt"
    story.write_text("BEIJING, Dec 8, 2025 - China's exports rose 5.9% in November.", encoding="utf-8")
    code, out, err = entrepot("check", str(story), "-f", "json")
    told = json.loads(out)
    assert (code, told["claims"][0]["period"], told["verdicts"][0]["label"]) == (0, "2025-11", "holds")
    assert "read as of 2025-12-08, the day that the story gives" in err
    story.write_text("China's exports rose 5.9% in November.", encoding="utf-8")
    assert "today, for the story gives no day" in entrepot("check", str(story), "-f", "json")[2]
    assert "read as of" not in entrepot("check", str(story), "--date", "2025-12-08", "-f", "json")[2]


@pytest.mark.parametrize("day", ["8 December 2025", "Dec 8, 2025", "08.12.2025", "8. Dezember 2025"])
def test_a_day_is_taken_as_people_type_it(entrepot, tmp_path, day):
    story = tmp_path / "story.txt"
    story.write_text("China's exports rose 5.9% in November.", encoding="utf-8")
    code, out, _ = entrepot("check", str(story), "--date", day, "-f", "json")
    assert (code, json.loads(out)["about"]["date"]) == (0, "2025-12-08")
    code, out, _ = entrepot("measure china -p 2025-11 -f json --vintage", day)
    assert (code, json.loads(out)["about"]["vintage"]) == (0, "2025-12-08")


def test_a_day_that_may_be_two_is_refused_with_both(entrepot):
    code, _, err = entrepot("measure china -p 2025-11 --vintage 8/12/2025")
    assert code == 2 and "may be 2025-08-12 or 2025-12-08" in err


@pytest.mark.parametrize("words", ["measure vietnam", "brief vietnam", "explain vietnam -p latest"])
def test_without_a_period_the_newest_held_is_named(entrepot, words):
    code, _, err = entrepot(words)
    assert code == 2 and f"Run: entrepot {words.split()[0]} vietnam -p 2025-11" in err


def test_a_table_of_ones_own_is_taken_by_its_columns(entrepot, tmp_path):
    table = tmp_path / "mine.csv"
    lines = ["Reporter;Partner;Flow;Period;Currency;Value"]
    for year, value in (("2024", "100,5"), ("2025", "110,55")):
        lines += [f"CN;{who};exports;{year}-11;USD;{value}" for who in ("us", "vietnam")]
        lines.append(f"CN;world;exports;{year}-11;USD;{'201' if year == '2024' else '221,1'}")
    table.write_text("\n".join(lines), encoding="utf-8")
    code, out, err = entrepot("explain china -p 2025-11 -f json --table", str(table))
    rows = {row["partner"]: row["contribution"] for row in json.loads(out)["rows"]}
    assert code == 0 and rows == {"USA": pytest.approx(0.05), "VNM": pytest.approx(0.05)}
    assert "numbers with decimal commas" in err
    table.write_text("Partner;Value\nUS;1\n", encoding="utf-8")
    code, _, err = entrepot("explain china -p 2025-11 --table", str(table))
    assert code == 3 and "no column reporter, flow, period, currency; it has Partner, Value" in err


def test_several_stories_go_into_one_table(entrepot, tmp_path):
    (tmp_path / "one.txt").write_text("China's exports rose 5.9% in November 2025.", encoding="utf-8")
    (tmp_path / "two.txt").write_text("China's exports rose 9.5% in November 2025.", encoding="utf-8")
    (tmp_path / "none.txt").write_text("Nothing is said.", encoding="utf-8")
    paths = [str(tmp_path / name) for name in ("one.txt", "two.txt", "none.txt")]
    code, out, _ = entrepot("check --date 2025-12-08 -f csv", *paths)
    rows = list(csv.DictReader(io.StringIO(out)))
    assert code == 1 and [(row["story"], row["label"]) for row in rows] == [("one.txt", "holds"), ("two.txt", "fails")]
    code, _, err = entrepot("check --date 2025-12-08 -o", str(tmp_path / "all.csv"), *paths)
    assert code == 1 and "numbers checked 2, of them not matching 1" in err
    assert (tmp_path / "all.csv").read_text("utf-8") == out
    code, _, err = entrepot("check --date 2025-12-08 -o", str(tmp_path / "all.html"), *paths)
    assert code == 2 and "takes one story" in err
    code, _, err = entrepot("check --date 2025-12-08 -o", str(tmp_path / "one.png"), paths[0])
    assert code == 2 and "check has no chart" in err


def test_an_answer_is_written_as_a_page(entrepot, tmp_path):
    code, _, err = entrepot("measure vietnam -p 2025-11 -o", str(tmp_path / "vn.html"))
    assert code == 0 and "Wrote" in err and "39.11 bn" in (tmp_path / "vn.html").read_text("utf-8")


SAID = "China's exports rose 5.9% in November"


def test_a_story_that_cannot_be_read_to_its_end_is_no_success(entrepot, tmp_path, monkeypatch):
    monkeypatch.setattr("entrepot.verdicts.MOST_CLAIMS", 1)
    story = tmp_path / "long.txt"
    text = f"{SAID}. Exports were $330.3 billion in November."
    story.write_text(text, encoding="utf-8")
    at = f"from character {text.index('$')} on the text is unread"
    for form in ("table", "json", "csv"):
        code, out, err = entrepot("check --date 2025-12-08 -f", form, str(story))
        assert code == 3 and out and f"long.txt: Reading stopped after 1 number: {at}" in err
    assert at in " ".join(entrepot("check --date 2025-12-08", str(story))[1].split())
    assert json.loads(entrepot("check --date 2025-12-08 -f json", str(story))[1])["about"]["unread"] == text.index("$")
    page = tmp_path / "page.html"
    code, _, err = entrepot("check --date 2025-12-08 -o", str(page), str(story))
    assert code == 3 and at in err and at in page.read_text("utf-8")
    story.write_text(f"{SAID}.", encoding="utf-8")
    assert entrepot("check --date 2025-12-08", str(story))[::2] == (0, "")


def test_one_bad_file_among_several_keeps_no_verdict_back(entrepot, tmp_path):
    (tmp_path / "one.txt").write_text(f"{SAID}.", encoding="utf-8")
    (tmp_path / "two.txt").write_text("China's exports rose 9.5% in November.", encoding="utf-8")
    (tmp_path / "bad.txt").write_bytes(b"%PDF-1.7")
    paths = [str(tmp_path / name) for name in ("bad.txt", "one.txt", "gone.txt", "two.txt")]
    code, out, err = entrepot("check --date 2025-12-08 -f json", *paths)
    assert code == 3
    assert [json.loads(line)["verdicts"][0]["label"] for line in out.splitlines()] == ["holds", "fails"]
    assert [line for line in err.splitlines() if "bad.txt is a PDF" in line or "gone.txt" in line] == err.splitlines()
    assert len(err.splitlines()) == 2
    table = tmp_path / "all.csv"
    code, out, err = entrepot("check --date 2025-12-08 -o", str(table), *paths)
    assert (code, out) == (3, "") and "numbers checked 2" in err and "gone.txt" in err
    assert len(table.read_text("utf-8").splitlines()) == 3
    table.unlink()
    code, out, err = entrepot("check --date 2025-12-08 -o", str(table), paths[0], paths[2])
    assert (code, out, len(err.splitlines())) == (3, "", 2) and not table.exists()


def test_a_brief_names_every_story_that_cannot_be_read(entrepot, tmp_path):
    (tmp_path / "bad.txt").write_bytes(b"%PDF-1.7")
    words = [f"--story={tmp_path / name}" for name in ("bad.txt", "gone.txt")]
    code, out, err = entrepot("brief china -p 2025-11", *words)
    assert (code, out) == (3, "") and "bad.txt is a PDF" in err and "gone.txt" in err


def test_a_saved_page_is_as_of_the_day_it_was_published(entrepot, tmp_path):
    story = tmp_path / "story.html"
    meta = '<meta property="article:published_time" content="2025-12-08T05:00:00Z">'
    story.write_text(f"<html><head>{meta}</head><body><p>Jan 5, 2026. {SAID}.</p></body></html>", encoding="utf-8")
    code, out, err = entrepot("check -f json", str(story))
    assert (code, json.loads(out)["about"]["date"]) == (0, "2025-12-08")
    assert "read as of 2025-12-08, the day that the page says it was published (article:published_time)" in err
    code, out, err = entrepot("check -f json --date 2025-12-10", str(story))
    assert (code, json.loads(out)["about"]["date"], err) == (0, "2025-12-10", "")


def test_a_file_of_windows_1252_loses_no_number_and_is_named(entrepot, tmp_path):
    story = tmp_path / "story.txt"
    story.write_bytes("China’s exports rose 5.9\xa0% in November.".encode("cp1252"))
    code, out, err = entrepot("check --date 2025-12-08 -f json", str(story))
    assert (code, json.loads(out)["verdicts"][0]["label"]) == (0, "holds")
    assert "story.txt is no valid UTF-8" in err and "Windows-1252" in err


@pytest.fixture
def mine(tmp_path):
    """Ten years of a ministry's own months, by partner: twice as much each year as the number says."""
    lines = ["reporter,partner,flow,period,currency,value"]
    for year in range(2015, 2026):
        for month in range(1, 13 if year < 2025 else 7):
            for partner, part in (("World", 1.0), ("China", 0.3), ("Argentina", 0.1)):
                for flow, scale in (("exports", 30e9), ("imports", 24e9)):
                    value = scale * part * (1 + 0.05 * (year - 2015)) * (1 + month / 100)
                    lines.append(f"Brazil,{partner},{flow},{year}-{month:02d},USD,{value:.0f}")
    path = tmp_path / "mine.csv"
    path.write_text("\n".join(lines), "utf-8")
    return path


@pytest.mark.parametrize(
    "words", ["measure brazil -p 2025-06 --by partner", "explain brazil -p 2025-06", "brief brazil -p 2025-06",
              "forecast brazil --months 1"]
)  # fmt: skip
def test_a_table_of_one_s_own_is_taken_by_every_verb_that_asks_one_reporter(entrepot, mine, words):
    code, out, err = entrepot(words, "--table", str(mine))
    assert (code, err) == (0, "") and "Brazil" in out


def test_a_table_of_one_s_own_without_a_period_names_its_newest(entrepot, mine):
    code, _, err = entrepot("measure brazil --table", str(mine))
    assert code == 2 and f"Run: entrepot measure brazil -p 2025-06 --table {mine}" in err


def test_a_table_of_one_s_own_that_lacks_the_reporter_names_those_it_has(entrepot, mine):
    code, _, err = entrepot("explain china -p 2025-06 --table", str(mine))
    assert code == 3 and "holds no rows of China (CHN); it holds Brazil (BRA)" in err


def test_a_reporter_that_is_not_held_is_fetched_for_the_period_asked(entrepot):
    assert "Run: entrepot fetch comtrade BRA -p 2024-03 " in entrepot("measure brazil -p 2024-03")[2]
    assert "entrepot fetch comtrade BRA -p 2097" not in entrepot("measure brazil -p 2097")[2]


@pytest.mark.parametrize(
    ("words", "wants"),
    [("--begins 2026-08", "--scenario"), ("--against baseline", "--scenario"), ("--arrival 3", "--scenario"),
     ("--known 2025-12-01", "--predictors")],
)  # fmt: skip
def test_an_option_that_would_say_nothing_is_refused(entrepot, words, wants):
    code, out, err = entrepot(f"forecast china {words}")
    assert (code, out) == (2, "") and f"Add {wants} " in err


@pytest.mark.parametrize("words", ["forecast china", "measure china -p 2025-11", "check -", "have"])
def test_a_folder_that_is_none_is_refused_before_any_work(entrepot, words, tmp_path):
    code, out, err = entrepot(words, "-o", str(tmp_path / "none" / "a.html"))
    assert (code, out) == (3, "") and "is no folder" in err


def test_sections_may_be_listed_with_commas(entrepot):
    code, _, err = entrepot("brief china -p 2025-11 --with forecast,weather")
    assert code == 2 and "'weather' is no section" in err


def test_a_page_of_every_print_is_refused_with_the_table_of_them(entrepot):
    code, out, err = entrepot("brief china -p 2025-11 --vintage all")
    assert (code, out) == (2, "") and "-p 2025-11 --vintage all" in err


def test_a_page_of_a_day_before_the_release_says_when_it_became_public(entrepot):
    code, _, err = entrepot("brief china -p 2025-11 --vintage 2025-11-01")
    assert code == 3 and "Ask for: --vintage 2025-12-08" in err


def test_a_lake_that_is_a_file_is_refused(entrepot, tmp_path, monkeypatch):
    (tmp_path / "lake").write_text("")
    monkeypatch.setenv("ENTREPOT_HOME", str(tmp_path / "lake"))
    code, _, err = entrepot("measure china -p 2025-11")
    assert code == 3 and "Set ENTREPOT_HOME to a folder" in err


def test_a_story_in_another_language_is_said_to_be_one(entrepot, tmp_path):
    (tmp_path / "materia.txt").write_text(
        "As exportações da China subiram 5,9% em novembro de 2025, segundo a aduana.", "utf-8"
    )
    code, _, err = entrepot("check", str(tmp_path / "materia.txt"), "--date", "2025-12-08")
    assert code == 0 and "materia.txt does not read as English" in err
