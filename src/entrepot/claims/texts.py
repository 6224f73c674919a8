"""Stories as people keep them: plain text, a saved web page, a word-processor file, or standard input."""

import codecs
import re
import sys
import zipfile
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree

from entrepot.errors import BadTable, MissingData

LARGEST = 64_000_000
"""Size beyond which a file, or what it unpacks to, is not read as a story [bytes]."""
_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRAY = re.compile("[\udc80-\udcff]")
_WINDOWS = {0xDC00 + byte: bytes([byte]).decode("cp1252", errors="replace") for byte in range(0x80, 0x100)}
SILENT = frozenset(
    {"script", "style", "noscript", "template", "head", "nav", "footer", "aside", "form", "button", "svg"}
)
"""Parts of a web page that are no text of its story."""
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


@dataclass(frozen=True, slots=True)
class Draft:
    """A story as it was kept.

    Attributes
    ----------
    text : str
        What a person reads of it; character offsets of claims are into this.
    markup : str
        The saved web page that it was unpacked from; empty where it was none.
    notes : tuple of str
        What had to be guessed of how it is encoded, each to stand behind the name of the file.
    """

    text: str
    markup: str = ""
    notes: tuple[str, ...] = ()


def text_of(path: str | Path) -> str:
    """Text of a story, as `opened` reads it, and raises."""
    return opened(path).text


def opened(path: str | Path) -> Draft:
    """A story from a file, or from standard input (`-`): text in any encoding of `decoded`, `.docx` or saved HTML.

    Raises
    ------
    MissingData
        If there is no such file, or nothing in it.
    BadTable
        If it is no text (a PDF, rich text, a picture), a damaged `.docx`, or larger than `LARGEST`.
    """
    piped = str(path) == "-"
    where = "Standard input" if piped else str(path)
    content = _piped() if piped else _content(Path(path))
    suffix = "" if piped else Path(path).suffix.casefold()
    if suffix == ".docx" or content.startswith(b"PK\3\4"):
        try:
            draft = Draft(docx(content))
        except BadTable as fault:
            raise BadTable(f"{where}: {fault}") from fault
    else:
        try:
            text, notes = decoded(content)
        except UnicodeError as fault:
            raise BadTable(f"{where} is no text; a text, .docx or .html file is expected.") from fault
        marked = suffix in (".html", ".htm") or text[:500].lstrip().casefold().startswith(("<!doctype html", "<html"))
        draft = Draft(html(text), text, notes) if marked else Draft(text, "", notes)
    if not draft.text.strip():
        raise MissingData(f"{where} holds no text. Pass a text, .docx or .html file with the story in it.")
    return draft


def _piped() -> bytes:
    content = sys.stdin.buffer.read(LARGEST + 1)
    _refuse_other("Standard input", content)
    if len(content) > LARGEST:
        raise BadTable(f"Standard input has more bytes than a story has; at most {LARGEST:,} are expected.")
    return content


def _content(file: Path) -> bytes:
    """The bytes of a file; what cannot be a story is refused before it is read whole."""
    if not file.is_file():
        raise MissingData(f"No story is at {file}. Pass a text, .docx or .html file, or - for standard input.")
    try:
        with file.open("rb") as kept:
            _refuse_other(str(file), kept.read(1024))
            if file.stat().st_size > LARGEST:
                raise BadTable(f"{file} has {file.stat().st_size:,} bytes; a story of at most {LARGEST:,} is expected.")
            kept.seek(0)
            return kept.read(LARGEST)
    except OSError as fault:
        raise MissingData(f"{file} cannot be read ({fault.strerror}). Pass a file that may be opened.") from fault


_NO_STORIES = {
    b"%PDF": "a PDF, whose text cannot be told from its layout",
    b"{\\rtf": "rich text (RTF), whose words stand among commands",
    b"\xd0\xcf\x11\xe0": "a document of an old word processor (.doc)",
    b"\x89PNG": "no text but a picture",
    b"\xff\xd8\xff": "no text but a picture",
    b"GIF8": "no text but a picture",
}
"""What files begin with that hold no story as text, and what they are."""


def _refuse_other(where: str, content: bytes) -> None:
    head = content[:1024].removeprefix(codecs.BOM_UTF8).lstrip()
    what = next((what for magic, what in _NO_STORIES.items() if head.startswith(magic)), "")
    if what:
        raise BadTable(
            f"{where} is {what}. Open it, save the story as plain text or .docx (or copy it into a text file), and "
            "check that."
        )


def decoded(content: bytes) -> tuple[str, tuple[str, ...]]:
    """Text of bytes, and notes on what was guessed: UTF-8, or UTF-16 where that is evident, else Windows-1252.

    UTF-16 is evident from its byte order mark, or where every other byte is 0. Bytes that are no valid UTF-8 are read
    as Windows-1252 one by one, so that a damaged letter spoils no other; those that are no letter there either become
    U+FFFD. A byte order mark is left out.

    Raises
    ------
    UnicodeError
        If it is no text: broken UTF-16, or zeros among its first characters.

    >>> decoded("9.5\\xa0% – up".encode("cp1252"))
    ('9.5\\xa0% – up', ('is no valid UTF-8; 2 bytes were read as Windows-1252.',))
    """
    order = _order(content)
    notes: tuple[str, ...] = ("was read as UTF-16.",) if order else ()
    text = content.decode(f"utf-16-{order}") if order else content.decode("utf-8", errors="surrogateescape")
    if not order and (strays := len(_STRAY.findall(text))):
        counted = "1 byte was" if strays == 1 else f"{strays:,} bytes were"
        text, notes = text.translate(_WINDOWS), (f"is no valid UTF-8; {counted} read as Windows-1252.",)
    if "\0" in text[:4096]:
        raise UnicodeError("a text holds no zeros")
    return text.removeprefix("\ufeff"), notes


def _order(content: bytes) -> str:
    """The byte order of what is evidently UTF-16 (`le`, `be`); empty where it is not."""
    for mark, order in ((codecs.BOM_UTF16_LE, "le"), (codecs.BOM_UTF16_BE, "be")):
        if content.startswith(mark):
            return order
    head = content[:4096]
    first, second = head[0::2].count(0), head[1::2].count(0)
    most, least = max(first, second), min(first, second)
    evident = len(content) % 2 == 0 and most > 0.8 * len(head[1::2]) and least < most / 20
    return "" if not evident else "le" if second > first else "be"


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
        if tag in SILENT:
            self._silent.append(tag)
        elif tag in _BLOCKS:
            self.parts.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in SILENT and tag in self._silent:
            while self._silent and self._silent.pop() != tag:
                pass
        elif tag in _BLOCKS:
            self.parts.append("\n")
        elif tag in ("td", "th"):
            self.parts.append("\t")  # figures of two cells are no one number

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.parts.append(data.replace("\n", " "))
