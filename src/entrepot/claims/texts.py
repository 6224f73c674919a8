"""Stories as people keep them: plain text, a saved web page, a word-processor file, or standard input."""

import codecs
import sys
import zipfile
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree

from entrepot.errors import BadTable, MissingData

LARGEST = 64_000_000
"""Size beyond which a file, or what it unpacks to, is not read as a story [bytes]."""
_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_SILENT = frozenset(
    {"script", "style", "noscript", "template", "head", "nav", "footer", "aside", "form", "button", "svg"}
)
_BLOCKS = frozenset(
    {
        "p",
        "div",
        "li",
        "ul",
        "ol",
        "br",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "tr",
        "table",
        "section",
        "article",
        "blockquote",
    }
)


def text_of(path: str | Path) -> str:
    """Text of a story: `-` is standard input; `.docx`, `.html` and `.htm` are unpacked, anything else is text, in UTF-8
    or in what Windows writes (UTF-16 with its mark, code page 1252).

    Raises
    ------
    MissingData
        If there is no such file, or nothing in it.
    BadTable
        If it is no text, a damaged `.docx`, or larger than `LARGEST`.
    """
    piped = str(path) == "-"
    text = sys.stdin.read(LARGEST) if piped else _read(Path(path))
    if not text.strip():
        where = "Standard input" if piped else str(path)
        raise MissingData(f"{where} holds no text. Pass a text, .docx or .html file with the story in it.")
    return text


def _read(file: Path) -> str:
    """Text of a file, unpacked where it is a document or a page."""
    if not file.is_file():
        raise MissingData(f"No story is at {file}. Pass a text, .docx or .html file, or - for standard input.")
    if file.stat().st_size > LARGEST:
        raise BadTable(f"{file} has {file.stat().st_size:,} bytes; a story of at most {LARGEST:,} is expected.")
    if file.suffix.casefold() == ".docx":
        return docx(file.read_bytes())
    content = file.read_bytes()
    wide = content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    if b"\0" in content[:4096] and not wide:
        raise BadTable(f"{file} is no text; a text, .docx or .html file is expected.")
    text = content.decode("utf-16", errors="replace") if wide else _of_bytes(content)
    looks = text[:500].lstrip().casefold()
    return (
        html(text)
        if file.suffix.casefold() in (".html", ".htm") or looks.startswith(("<!doctype html", "<html"))
        else text
    )


def _of_bytes(content: bytes) -> str:
    """Text in UTF-8, or in the code page of Western Windows where it is not."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def docx(content: bytes) -> str:
    """Text of a `.docx` file, one line a paragraph.

    Raises
    ------
    BadTable
        If it is no word-processor file, declares entities, or unpacks to more than `LARGEST`.
    """
    import io

    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            member = archive.getinfo("word/document.xml")
            if member.file_size > LARGEST:
                raise BadTable(f"The document unpacks to {member.file_size:,} bytes; at most {LARGEST:,} are read.")
            with archive.open(member) as part:
                xml = part.read(LARGEST + 1)
        if b"<!DOCTYPE" in xml[:2000] or b"<!ENTITY" in xml:
            raise BadTable("The document declares entities, which a .docx never does. Save it again from its program.")
        root = ElementTree.fromstring(xml)
    except (
        zipfile.BadZipFile,
        KeyError,
        ElementTree.ParseError,
        NotImplementedError,
        RuntimeError,
        OSError,
        ValueError,
    ) as fault:
        raise BadTable(f"The document cannot be read as .docx ({fault}). Save it again, or pass its text.") from fault
    return "\n".join(_paragraph(p) for p in root.iter(f"{_WORD}p"))


def _paragraph(node: ElementTree.Element) -> str:
    signs = {f"{_WORD}t": None, f"{_WORD}tab": "\t", f"{_WORD}br": "\n"}
    return "".join(signs[e.tag] or e.text or "" for e in node.iter() if e.tag in signs)


def html(page: str) -> str:
    """Text of a web page without scripts, styles and navigation, one line a block.

    >>> html("<head><title>t</title></head><p>Exports rose <b>5.9&nbsp;%</b>.</p><p>Imports fell.</p>")
    'Exports rose 5.9\\xa0%.\\nImports fell.'
    """
    reader = _Page()
    reader.feed(page)
    reader.close()
    lines = ("".join(reader.parts)).split("\n")
    return "\n".join(line for line in (" ".join(part.split(" ")).strip(" \t\r") for part in lines) if line)


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._silent: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _SILENT:
            self._silent.append(tag)
        elif tag in _BLOCKS:
            self.parts.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in _SILENT and tag in self._silent:
            while self._silent and self._silent.pop() != tag:
                pass
        elif tag in _BLOCKS:
            self.parts.append("\n")

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.parts.append(data.replace("\n", " "))
