"""Run every command shown in the README and in some docs, in a folder of its own; stop where one ends otherwise.

A command is a line that starts with `$ ` in a `console` block; `# exits 3` behind it says that it is refused on
purpose. Lines `make ...` are left to the run that calls this script. Python blocks run whole.
"""

import os
import re
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PAGES = [ROOT / "README.md", ROOT / "docs" / "check.md", ROOT / "docs" / "simulation.md"]
BLOCK = re.compile(r"^```(console|python)\n(.*?)^```", re.MULTILINE | re.DOTALL)
ENDING = re.compile(r"\s+# exits (\d+)$")


def commands(text: str) -> list[tuple[str, int]]:
    """Shell commands and Python programs of a page with the exit code each is shown to end with."""
    found: list[tuple[str, int]] = []
    for kind, block in BLOCK.findall(text):
        if kind == "python":
            found.append((f"python -c {_quoted(block)}", 0))
            continue
        for line in block.splitlines():
            if line.startswith("$ ") and not line.startswith("$ make"):
                ending = ENDING.search(line)
                found.append((ENDING.sub("", line[2:]), int(ending[1]) if ending else 0))
    return found


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "'\"'\"'") + "'"


def main() -> None:
    """Run them all with the given folder of programs first on the path."""
    programs, room = sys.argv[1:3]
    folder = Path(room, "readme")
    folder.mkdir(parents=True, exist_ok=True)
    home = {"PATH": f"{programs}{os.pathsep}{os.environ['PATH']}"}
    for command, expected in [one for page in PAGES for one in commands(page.read_text("utf-8"))]:
        begin = time.monotonic()
        done = subprocess.run(command, shell=True, cwd=folder, env=os.environ | home, capture_output=True, text=True)
        print(f"{time.monotonic() - begin:6.1f} s  exit {done.returncode}  $ {command.splitlines()[0][:110]}")
        if done.returncode != expected:
            print(done.stdout[-2000:], done.stderr[-4000:], sep="\n", file=sys.stderr)
            sys.exit(f"Exit {expected} is shown for: {command}")


if __name__ == "__main__":
    main()
