"""What every verb returns: the rows, and what a reader must know about them."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd

LINES = 20  # rows that a session shows; `rows` has them all
UNSHOWN = {"growth_half_width", "half_width", "released_basis", "superseded", "valuation", "source", "also", "role"}
"""Columns that a session leaves out beside others; `rows` has them all."""
_lent: "dict[str, Callable[[Answer, Path], Path]]" = {}


def lend(write: "Callable[[Answer, Path], Path]") -> None:
    """Lend every answer its writer of files, which stands on a floor above: `Answer.save` and `-o` are one function."""
    _lent["write"] = write


@dataclass(frozen=True, eq=False)
class Answer:
    """Rows of one verb, and what a reader must know about them.

    Attributes
    ----------
    verb : str
        The question that was asked: `measure`, `explain`, ...
    about : mapping
        Reporter, flow, period, span, currency, valuation, sources with grade, vintage, method, warnings, citation.
    rows : DataFrame
        One fact a row [full currency units, fractions]; a missing number is NaN or None, never zero.
    """

    verb: str
    about: Mapping[str, object]
    rows: "pd.DataFrame"

    def __repr__(self) -> str:
        """Return what a session shows: the question in one line, the rows, what a reader must know."""
        rows = self._telling().to_string(max_rows=LINES, max_colwidth=30, float_format=_figure, na_rep="")
        return "\n\n".join([self._asked(), rows, *self._notes()])

    def _repr_html_(self) -> str:
        """Return the same for a notebook."""
        rows = self._telling().to_html(max_rows=LINES, notebook=True, float_format=_figure, na_rep="")
        return "".join(
            [f"<p><b>{escape(self._asked())}</b></p>", rows, *(f"<p>{escape(n)}</p>" for n in self._notes())]
        )

    def _asked(self) -> str:
        told = (self.about.get(name) for name in ("reporter", "flow", "period", "span", "by", "currency", "vintage"))
        words = [" ".join(map(str, one)) if isinstance(one, list | tuple) else str(one) for one in told if one]
        return f"{', '.join([self.verb, *words])}: {len(self.rows)} rows"

    def _telling(self) -> "pd.DataFrame":
        """Columns that tell rows apart: what is the same in all of them, or missing, is left out."""
        if len(self.rows) < 2:
            return self.rows.dropna(axis=1, how="all")
        telling = [name for name in self.rows if self.rows[name].astype(str).nunique(dropna=False) > 1]
        return self.rows[[name for name in telling if name not in UNSHOWN] or telling]

    def _notes(self) -> list[str]:
        given: Any = self.about.get("warnings") or []
        cited = self.about.get("citation")
        return [*(f"Note: {note}" for note in given), *([f"Source: {cited}"] if cited else [])]

    def save(self, path: str | Path) -> Path:
        """Write the answer to `path`, whose suffix decides the form, and return the path.

        .xlsx (data, notes, sources), .csv, .json, .parquet, .dta (labels), .html (chart, table and sources on a page),
        or its chart as .svg or .png, as `-o` of the command line does.

        Raises
        ------
        WrongUsage
            If the suffix is none of these, or the answer has no chart.
        CannotWrite
            If the folder is missing or not writable; an older file stays as it was.
        """
        return _lent["write"](self, Path(path))

    def json(self, indent: int | None = None) -> str:
        """Return the answer as one JSON object; a missing number is null, a date is text (`2025-12-08`)."""
        return json.dumps(self.plain(), ensure_ascii=False, indent=indent, allow_nan=False)

    def plain(self) -> dict[str, object]:
        """Return the answer as nested dicts and lists of text, numbers and None, ready for any serialiser."""
        return {
            "answer": self.verb,
            "about": {k: _plain(v) for k, v in self.about.items()},
            "rows": self.records(_plain),
        }

    def records(self, of: Callable[[object], object] | None = None) -> list[dict[str, Any]]:
        """Return the rows as dicts, with None for what is missing; `of` is applied to every cell if given."""
        plain = of or _missing_is_none
        return [{str(k): plain(v) for k, v in row.items()} for row in self.rows.to_dict(orient="records")]


def _figure(value: float) -> str:
    """Write a number as a session shows it: large ones whole, with commas; fractions with four digits that count."""
    return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.4g}"


def _missing_is_none(value: object) -> object:
    return None if isinstance(value, float) and value != value or str(value) in ("<NA>", "NaT") else value


def _plain(value: object) -> object:
    if isinstance(value, Mapping):
        return {str(k): _plain(v) for k, v in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [_plain(v) for v in (sorted(value, key=str) if isinstance(value, set | frozenset) else value)]
    if hasattr(value, "tolist"):  # a numpy scalar or array, without importing numpy here
        return _plain(value.tolist())
    if isinstance(value, float):
        return value if abs(value) < float("inf") else None  # NaN fails every comparison
    if value is None or isinstance(value, str | int | bool):
        return value
    if hasattr(value, "isoformat"):
        text = value.isoformat()
        return None if text in ("NaT", "nan") else str(text)[:10]
    return None if str(value) in ("<NA>", "NaT", "nan") else str(value)


def code_version() -> str:
    """Version of this package, as installed; of a checkout that was never installed the one it states."""
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("entrepot")
    except PackageNotFoundError:
        import tomllib

        stated = Path(__file__).parents[2] / "pyproject.toml"
        if not stated.is_file():
            return "of unknown version"
        return f"{tomllib.loads(stated.read_text('utf-8'))['project']['version']} (not installed)"
