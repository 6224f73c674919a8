"""Spreadsheets of the Excel 97 format, which the Chinese customs site serves: the extra `excel97`."""

from entrepot.errors import BadTable, MissingData


def excel97(content: bytes) -> list[list[str]]:
    """First sheet of an `.xls` file as a grid of texts; numbers keep all their digits.

    Raises
    ------
    MissingData
        If the package that reads this format is not installed.
    BadTable
        If it is no such sheet.
    """
    try:
        import xlrd  # type: ignore[import-untyped,import-not-found,unused-ignore]
    except ImportError:
        raise MissingData(
            "An .xls sheet needs the package xlrd. Run: python -m pip install 'entrepot[excel97]', or save it as .xlsx."
        ) from None
    try:
        sheet = xlrd.open_workbook(file_contents=content).sheet_by_index(0)
    except Exception as error:  # xlrd lets errors of many kinds through
        raise BadTable(f"What came is no .xls sheet ({str(error) or type(error).__name__}). Save it again.") from None
    rows = [[_text(cell) for cell in sheet.row_values(y)] for y in range(sheet.nrows)]
    kept = [x for x in range(sheet.ncols) if any(row[x].strip() for row in rows)]
    return _merged([[row[x] for x in kept] for row in rows])


def _merged(rows: list[list[str]]) -> list[list[str]]:
    """Repeat a header over the empty cells to its right that have a header below: they were one cell on the sheet."""
    out = [list(row) for row in rows]
    for above, below in zip(out, rows[1:], strict=False):
        for x in range(1, len(above)):
            heads = below[x].strip() and not any(c.isdigit() for c in below[x].rstrip("月累计至0123456789"))
            if not above[x].strip() and heads and sum(bool(cell.strip()) for cell in above) > 1:
                above[x] = above[x - 1]
    return out


def _text(cell: object) -> str:
    return repr(cell) if isinstance(cell, float) else str(cell)
