"""The page as a browser shows it: axe finds nothing serious on phone, desktop or dark; A4 takes two pages."""

import html
import json
import os
import re
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

import entrepot as ep

pytestmark = pytest.mark.slow

NAMES = ("chromium", "chromium-browser", "google-chrome")
FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]
FLAGS += ["--disable-component-update", "--disable-sync"]
DARK = "--blink-settings=preferredColorScheme=0"
SCREENS = {"desktop": ["--window-size=1200,900"], "phone": ["--window-size=500,800"]}  # 500 is the least
SCREENS["dark"] = [*SCREENS["desktop"], DARK]
REPORT = """<script>
const seen = {dark: matchMedia("(prefers-color-scheme: dark)").matches, phone: matchMedia("(max-width:640px)").matches};
axe.run(document).then(found => {
  const told = document.createElement("pre");
  told.id = "axe-report";
  told.textContent = JSON.stringify({...seen, passes: found.passes.length, violations: found.violations.map(
    one => ({id: one.id, impact: one.impact, nodes: one.nodes.map(node => node.html.slice(0, 200))}))});
  document.body.append(told);
});
</script>"""


@pytest.fixture(scope="module")
def page():
    return ep.brief(ep.load("CHN"), period="2025-11", built=date(2026, 11, 22)).html


@pytest.fixture(scope="module")
def axe():
    """Source of axe-core, as scripts/install_test_tools.sh installs it beside the Python of the tests."""
    venv = Path(os.environ.get("VENV", sys.prefix))
    path = venv / "axe" / "node_modules" / "axe-core" / "axe.min.js"
    if not path.is_file():
        pytest.skip("needs axe-core: run scripts/install_test_tools.sh")
    return path.read_text("utf-8").replace("</script", "<\\/script")


@pytest.fixture
def browse(tmp_path):
    program = next((found for name in NAMES if (found := shutil.which(name))), None)
    if program is None:
        pytest.skip("needs Chromium: run scripts/install_test_tools.sh")

    def run(text, *flags):
        target = tmp_path / "page.html"
        target.write_text(text, encoding="utf-8")
        words = [program, *FLAGS, f"--user-data-dir={tmp_path / 'profile'}", *flags, target.as_uri()]
        return subprocess.run(words, check=True, capture_output=True, text=True, timeout=120).stdout

    return run


def looked_at(browse, axe, text, screen):
    """What axe reports of a page on one screen."""
    armed = text.replace("</body>", f"<script>{axe}</script>{REPORT}</body>")
    drawn = browse(armed, *SCREENS[screen], "--virtual-time-budget=20000", "--dump-dom")
    told = re.search(r'<pre id="axe-report">(.*?)</pre>', drawn, re.DOTALL)
    assert told, "axe did not report"
    return json.loads(html.unescape(told[1]))


def serious(report):
    return [one for one in report["violations"] if one["impact"] in ("serious", "critical")]


@pytest.mark.parametrize("screen", SCREENS)
def test_axe_finds_nothing_serious(browse, axe, page, screen):
    report = looked_at(browse, axe, page, screen)
    assert (report["dark"], report["phone"]) == (screen == "dark", screen == "phone")
    assert report["passes"] > 15
    assert serious(report) == []


def test_axe_would_find_a_fault(browse, axe, page):
    faulty = page.replace('<html lang="en">', "<html>").replace("--muted:#5b6675", "--muted:#dddddd", 1)
    found = {one["id"] for one in serious(looked_at(browse, axe, faulty, "desktop"))}
    assert {"html-has-lang", "color-contrast"} <= found


def test_a4_takes_two_pages(browse, page, tmp_path):
    printed = tmp_path / "page.pdf"
    browse(page, "--no-pdf-header-footer", f"--print-to-pdf={printed}")
    content = printed.read_bytes()
    assert len(re.findall(rb"/Type\s*/Page\b", content)) == 2
    width, height = map(float, re.search(rb"/MediaBox\s*\[0 0 ([\d.]+) ([\d.]+)\]", content).groups())
    assert (width, height) == (pytest.approx(595, abs=1), pytest.approx(842, abs=1))
