"""From the specification of a chart to SVG and PNG, and to a drawing whose colours a page can change.

On a page colours become CSS variables, so that dark mode and print restyle a drawing.
"""

import json
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from threading import Lock
from typing import Any
from zlib import crc32

INK, MUTED, GRID, PAPER = "#1c2430", "#5b6675", "#dfe3e8", "#fefefe"
RISE, FALL, PAST, REST, STRONG = "#1f5fa8", "#b3261e", "#b8c0ca", "#8fa3b8", "#c2410c"
VARIABLES = {
    INK: "--ink", MUTED: "--muted", GRID: "--grid", PAPER: "--paper", RISE: "--rise", FALL: "--fall",
    PAST: "--past", REST: "--rest", STRONG: "--strong",
}  # fmt: skip


_START = {"data": {"values": [{"x": 1}]}, "mark": "bar", "encoding": {"x": {"field": "x"}}}
_child: "subprocess.Popen[bytes] | None" = None
_turn = Lock()


@contextmanager
def beside() -> Iterator[None]:
    """Draw in a process of its own while this lasts.

    The renderer takes most of a second to start and holds the interpreter while it does; beside this process it starts
    while figures are gathered. Where no such process can be had, drawing is done here.
    """
    global _child
    try:
        _child = subprocess.Popen(
            [sys.executable, "-m", "entrepot.rendering"], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )  # fmt: skip
    except OSError:
        _child = None
    try:
        yield
    finally:
        child, _child = _child, None
        if child is not None:
            child.kill()
            child.communicate()


def svg(specification: Mapping[str, Any]) -> str:
    """Render a Vega-Lite specification as SVG that stands alone."""
    return _hatched(_asked(json.dumps(specification)))


def png(drawn: str, *, pixels: int | None = None) -> bytes:
    """Turn a drawn SVG into PNG, 16 wide to 9 high on white paper, the picture in the middle.

    `pixels` is the width of the file; one and a half for each pixel of the drawing if left out.
    """
    import vl_convert as vlc

    scale = 1.5
    head = re.search(r'<svg[^>]*viewBox="0 0 ([\d.]+) ([\d.]+)"[^>]*>', drawn)
    if head is not None:
        width, height = float(head[1]), float(head[2])
        wide, high = max(width + 40, (height + 40) * 16 / 9), max(height + 40, (width + 40) * 9 / 16)
        box = f"{-(wide - width) / 2:.1f} {-(high - height) / 2:.1f} {wide:.1f} {high:.1f}"
        sheet = f'<rect x="{-wide}" y="{-high}" width="{3 * wide}" height="{3 * high}" fill="white"/>'
        new = re.sub(r' (width|height|viewBox)="[^"]*"', "", head[0])
        new = new.replace("<svg", f'<svg viewBox="{box}" width="{wide:.0f}" height="{high:.0f}"', 1)
        drawn = drawn.replace(head[0], new + sheet, 1)
        scale = pixels / round(wide) if pixels else scale
    return bytes(vlc.svg_to_png(drawn, scale=scale))


def _asked(told: str) -> str:
    """Ask the process beside this one, or do it here where there is none or it fails."""
    with _turn:
        child = _child
        if child is not None and child.stdin and child.stdout:
            try:
                child.stdin.write(f"{told}\n".encode())
                child.stdin.flush()
                answer = child.stdout.readline()
            except OSError:
                answer = b""
            if answer.endswith(b"\n"):
                return str(json.loads(answer))
    return _drawn(told)


def _drawn(told: str) -> str:
    import vl_convert as vlc

    return str(vlc.vegalite_to_svg(told, show_warnings=False))


def _serve() -> None:
    """Answer requests, one a line, until there are no more."""
    _drawn(json.dumps(_START))
    for line in sys.stdin:
        print(json.dumps(_drawn(line)), flush=True)


def page_ready(drawn: str, words: str) -> str:
    """Make a drawn SVG part of a page: colours as CSS variables, the width it is given, words for screen readers."""
    for colour, name in VARIABLES.items():
        drawn = drawn.replace(f'"{colour}"', f'"var({name})"')
    said = words.replace("&", "&amp;").replace('"', "&quot;").replace("<", "&lt;")
    head = re.search(r"<svg[^>]*>", drawn)
    if head is None:
        return drawn
    plain = re.sub(r' (width|height)="[^"]*"', "", head[0])
    plain = plain.replace("<svg", f'<svg role="img" aria-label="{said}"', 1)
    return drawn.replace(head[0], plain, 1)


def _hatched(drawn: str) -> str:
    """Fill what stands for the rest with a hatch."""
    name = f"hatch{crc32(drawn.encode()):08x}"  # one page holds several drawings, and some are not displayed
    lines = f'<path d="M0 6 L6 0 M-1 1 L1 -1 M5 7 L7 5" stroke="{REST}" stroke-width="1.6"/>'
    pattern = f'<defs><pattern id="{name}" width="6" height="6" patternUnits="userSpaceOnUse">{lines}</pattern></defs>'
    body = drawn.replace(f'fill="{REST}"', f'fill="url(#{name})" stroke="{REST}"')
    return body if body == drawn else re.sub(r"(<svg[^>]*>)", lambda head: head[1] + pattern, body, count=1)


if __name__ == "__main__":
    _serve()
