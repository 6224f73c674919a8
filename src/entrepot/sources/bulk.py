"""Large files of an office: opened safely, read by DuckDB with every column as text, and held to what was announced."""

import errno
import re
import zipfile
import zlib
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from entrepot import flows
from entrepot.errors import BadTable

if TYPE_CHECKING:
    import duckdb

DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError, ValueError)
"""What zipfile raises on archives that are cut off, altered, encrypted or packed in a way that it does not know."""
LARGEST = 16 * 2**30  # bytes that one member of an archive may unpack to
LARGEST_BOOK = 2**30  # bytes that a workbook, which is read into memory, may unpack to


def rows(content: bytes | Path, *, mark: str = ",") -> "duckdb.DuckDBPyRelation":
    """Rows of a delimited text file, every column as text; a byte order mark and CRLF are understood.

    Raises
    ------
    BadTable
        If it is a web page or an archive, or a line has more or fewer fields than the header.
    """
    import duckdb
    import pyarrow as pa
    from pyarrow import csv

    start = content[:64] if isinstance(content, bytes) else _start(content)
    if start.lstrip(b"\xef\xbb\xbf \r\n")[:1] == b"<":
        raise BadTable("A web page came instead of the file: it does not exist (yet), or the address has moved.")
    if start[:2] == b"PK" or start[:6] == b"7z\xbc\xaf\x27\x1c" or b"\x00" in start:
        raise BadTable("A text file is expected, not an archive or a binary file. Unpack it first.")
    if isinstance(content, Path):
        read = {"all_varchar": True, "delimiter": mark, "header": True, "null_padding": False, "strict_mode": True}
        try:
            return duckdb.read_csv(str(content), **read)
        except duckdb.Error as error:
            raise BadTable(f"{content.name} cannot be read as a table: {str(error).splitlines()[0]}") from error
    names = content.removeprefix(b"\xef\xbb\xbf").partition(b"\n")[0].decode("utf-8", "replace").strip().split(mark)
    text = csv.ConvertOptions(
        column_types=dict.fromkeys((name.strip('"') for name in names), pa.string()), strings_can_be_null=False
    )
    try:
        held = csv.read_csv(
            pa.BufferReader(content), parse_options=csv.ParseOptions(delimiter=mark), convert_options=text
        )
    except pa.ArrowInvalid as error:
        raise BadTable(f"The file cannot be read as a table: {str(error).splitlines()[0]}") from error
    return duckdb.from_arrow(held)


def _start(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(64)


def columns(table: "duckdb.DuckDBPyRelation", expected: Iterable[str], office: str) -> None:
    """Refuse a file that lacks a column that is read; new columns and another order are no fault."""
    if lacking := [name for name in expected if name not in table.columns]:
        raise BadTable(f"The file of {office} lacks {', '.join(lacking)}; it has {', '.join(table.columns)}.")


def refuse(table: "duckdb.DuckDBPyRelation", faults: Mapping[str, str]) -> None:
    """Refuse a file some of whose rows meet a condition (SQL) that is a fault (in words); a row is shown.

    All conditions are counted in one pass over the file.
    """
    counts = table.aggregate(", ".join(f"count(*) filter ({condition})" for condition in faults.values())).fetchall()
    for (words, condition), count in zip(faults.items(), counts[0], strict=True):
        if count:
            (shown,) = table.filter(condition).limit(1).fetchall()
            raise BadTable(f"{count:,} rows {words}, for example {shown}. The file was changed or is another edition.")


def joined(table: "duckdb.DuckDBPyRelation", names: Mapping[str, Mapping[str, str]]) -> "duckdb.DuckDBPyRelation":
    """Add a column for each coded one: our code beside the office's. Keys are (column, new column) as `old>new`."""
    import duckdb
    import pyarrow as pa

    out = table
    for spec, known in names.items():
        old, new = spec.split(">")
        small = duckdb.from_arrow(pa.table({"_code": list(known), new: list(known.values())})).set_alias("small")
        out = out.set_alias("big").join(small, f"big.{old} = small._code").project("* exclude (_code)")
    return out


def distinct(table: "duckdb.DuckDBPyRelation", *names: str) -> list[str]:
    """Values of columns, all together, in order."""
    found = {str(row[0]) for name in names for row in table.project(name).distinct().fetchall()}
    return sorted(found)


def finished(
    table: "duckdb.DuckDBPyRelation", held: Mapping[str, str], *, source: str, released: date, basis: str = "first seen"
) -> "duckdb.DuckDBPyRelation":
    """Lazy rows of the flows table: `held` gives SQL for columns; the plain case stands for the rest."""
    plain = {"product": "'TOTAL'", "classification": "''", "concept": "'standard'", "status": "'observed'"}
    plain |= {"source": f"'{source}'", "released": f"date '{released}'", "released_basis": f"'{basis}'"}
    full: dict[str, str] = plain | dict(held)
    kinds: dict[Any, str] = {flows.TEXT: "varchar", flows.NUMBER: "double", flows.DAY: "date"}
    return table.project(
        ", ".join(f"({full.get(name, 'null')})::{kinds[dtype]} as {name}" for name, (dtype, _) in flows.COLUMNS.items())
    )


def called(path: Path) -> str:
    """Name of a file for a person; bytes kept under their hash have none.

    >>> called(Path("BACI_HS22_V202601.zip")), called(Path("9f" * 32))
    ('BACI_HS22_V202601.zip', 'The file')
    """
    return "The file" if re.fullmatch(r"[0-9a-f]{64}", path.name) else path.name


def members(path: Path, suffix: str) -> list[str]:
    """Names of the files in a zip archive that end in `suffix`, in order.

    Raises
    ------
    BadTable
        If it is no zip archive, a name leads out of the folder, or a file announces another size than it has.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            held = archive.infolist()
    except DAMAGED:
        raise BadTable(
            f"{called(path)} is no zip archive. Download it again; a web page may stand in its place."
        ) from None
    for one in held:
        if one.filename.startswith(("/", "\\")) or ".." in Path(one.filename.replace("\\", "/")).parts:
            raise BadTable(f"{called(path)} holds {one.filename!r}, which leads out of its folder. It is not opened.")
    return sorted(one.filename for one in held if one.filename.casefold().endswith(suffix))


def workbook(content: Path | BinaryIO) -> None:
    """Refuse a workbook (`.xlsx`, a zip archive) that would unpack to more than memory should hold.

    Raises
    ------
    BadTable
        If it is no archive or announces more bytes than a workbook should have.
    """
    try:
        with zipfile.ZipFile(content) as archive:
            size = sum(one.file_size for one in archive.infolist())
            if size > LARGEST_BOOK:
                raise BadTable(f"The workbook announces {size:,} bytes, more than {LARGEST_BOOK:,}. It is not opened.")
            damaged = archive.testzip()
    except DAMAGED as error:
        raise BadTable(f"What came is no workbook ({error}). Download or save it again as .xlsx.") from None
    if damaged:
        raise BadTable(f"The workbook is damaged in {damaged}. Download or save it again as .xlsx.")


def unpack(path: Path, name: str, into: Path) -> Path:
    """Unpack one file of a zip archive into a folder, never more bytes than were announced.

    Raises
    ------
    BadTable
        If the archive is damaged, or the file is larger than announced.
    """
    target = into / Path(name).name
    with zipfile.ZipFile(path) as archive:
        size = archive.getinfo(name).file_size
        if size > LARGEST:
            raise BadTable(f"{name} announces {size:,} bytes, more than {LARGEST:,}. It is not unpacked.")
        try:
            with archive.open(name) as packed, target.open("wb") as out:
                while block := packed.read(2**20):
                    size -= len(block)
                    if size < 0:
                        raise BadTable(f"{name} is larger than its archive announces. It is not unpacked.")
                    out.write(block)
        except DAMAGED as error:
            if isinstance(error, OSError) and error.errno == errno.ENOSPC:
                raise
            raise BadTable(f"{name} in {called(path)} is damaged ({error}). Download the archive again.") from None
    return target
