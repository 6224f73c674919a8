"""SDMX answers in CSV, JSON and XML: one dict of texts per observation, whatever the form."""

import csv
import io
import math
import re
from collections.abc import Iterator
from typing import Any
from xml.etree import ElementTree

from entrepot.errors import BadTable, MissingData
from entrepot.sources.markup import from_json, plain

Row = dict[str, str]


def rows_of_csv(content: bytes, office: str) -> list[Row]:
    """Rows of SDMX-CSV; a ticket or a fault that came in its place is refused by what it says.

    Raises
    ------
    MissingData
        If there is no observation.
    BadTable
        If it is a queue ticket, a fault, a web page, or a row is not as long as the header.
    """
    text = plain(content, office)
    if text.lstrip()[:1] == "<":
        _refuse_xml(text, office)
    lines = csv.reader(io.StringIO(text))
    header = next(lines, [])
    out = []
    for row in lines:
        if len(row) != len(header):
            raise BadTable(
                f"A row of {office}'s answer has {len(row)} fields where its header has {len(header)}: cut off."
            )
        out.append(dict(zip(header, row, strict=True)))
    if not out:
        raise MissingData(f"{office} answers without any observation: it holds none for this key and period.")
    return out


def _refuse_xml(text: str, office: str) -> None:
    if "queued" in text or "<status>" in text:
        ticket = re.search(r"<id>([^<]+)</id>", text)
        raise BadTable(
            f"{office} queued the question (ticket {ticket[1] if ticket else 'unnamed'}) instead of answering: "
            "it holds too many cells. Ask for fewer products or periods."
        )
    if fault := re.search(r"<faultstring>([^<]+)</faultstring>", text):
        if "NO_RESULTS" in fault[1]:
            raise MissingData(f"{office} answers: {fault[1]}")
        raise BadTable(f"{office} refuses the question: {fault[1]}. Ask for fewer products or periods.")
    raise BadTable(f"{office} sent a web page instead of data.")


def rows_of_json(content: bytes, office: str) -> list[Row]:
    """Observations of SDMX-JSON 1 or 2: a text for each dimension, attributes of the observation, and OBS_VALUE.

    A dimension's place in the series key is the one declared; where the indices there do not fit its list of values
    (as in WITS tariffs), the place whose indices do is taken.

    Raises
    ------
    MissingData
        If there is no series.
    """
    body = from_json(plain(content, office), office)
    if not isinstance(body, dict) or not isinstance(body.get("data", body), dict):
        raise BadTable(f"The answer of {office} is no SDMX message; it begins {str(body)[:120]}.")
    body = body.get("data", body)
    sets = body.get("dataSets") or []
    series = sets[0].get("series") if sets else None
    if not series:
        raise MissingData(f"{office} answers without any series: it holds none for this key and period.")
    structure = body.get("structure") or body["structures"][0]
    dimensions, when = structure["dimensions"]["series"], structure["dimensions"]["observation"][0]
    places = _places([key.split(":") for key in series], dimensions)
    attributes = structure.get("attributes", {}).get("observation", [])
    return [
        _row(key.split(":"), place, seen, dimensions, places, when, attributes)
        for key, one in series.items()
        for place, seen in one["observations"].items()
    ]


def _row(
    key: list[str],
    place: str,
    seen: list[Any],
    dimensions: list[Any],
    places: list[int],
    when: Any,
    attributes: list[Any],
) -> Row:
    row = {dim["id"]: _said(dim["values"], int(key[at])) for dim, at in zip(dimensions, places, strict=True)}
    row["TIME_PERIOD"] = _said(when["values"], int(place))
    row["OBS_VALUE"] = "" if seen[0] is None else str(seen[0])
    for attribute, index in zip(attributes, seen[1:], strict=False):
        values = attribute.get("values") or []
        row[attribute["id"]] = _said(values, index) if isinstance(index, int) and index < len(values) else ""
    return row


def _said(values: list[Any], index: int) -> str:
    one = values[index]
    return str(one.get("id", one.get("value", one.get("name", "")))) if isinstance(one, dict) else str(one)


def _places(keys: list[list[str]], dimensions: list[Any]) -> list[int]:
    """Position in the key of every dimension; declared positions are kept where their indices fit."""
    spread = [max(int(key[at]) for key in keys) + 1 for at in range(len(dimensions))]
    sizes = [len(dim["values"]) for dim in dimensions]
    declared = [int(dim.get("keyPosition", n)) for n, dim in enumerate(dimensions)]
    if all(spread[at] <= size for at, size in zip(declared, sizes, strict=True)):
        return declared
    order = sorted(range(len(dimensions)), key=lambda n: -sizes[n])
    free, out = list(range(len(dimensions))), [0] * len(dimensions)
    for n in order:
        fit = [at for at in free if spread[at] <= sizes[n]]
        if not fit:
            raise BadTable("The keys of the SDMX answer do not fit its own lists of values.")
        out[n] = max(fit, key=lambda at: (spread[at], at == declared[n]))
        free.remove(out[n])
    return out


def rows_of_jsonstat(content: bytes, office: str) -> list[Row]:
    """Observations of a JSON-stat 2 dataset; a cell that the sparse list leaves out is absent, never zero.

    Raises
    ------
    MissingData
        If there is no observation.
    BadTable
        If it is no such dataset, or a position lies outside its dimensions.
    """
    body = from_json(plain(content, office), office)
    if not isinstance(body, dict) or lacking(body, "id", "size", "dimension", "value"):
        raise BadTable(f"The answer of {office} is no JSON-stat dataset; it begins {str(body)[:120]}.")
    names, sizes = body["id"], body["size"]
    places = [sorted(said["category"]["index"], key=said["category"]["index"].get) for said in _dimensions(body)]
    values, flags = _sparse(body["value"]), _sparse(body.get("status") or {})
    out = []
    for place in sorted({*values, *flags}):
        if not 0 <= place < math.prod(sizes):
            raise BadTable(f"Position {place} of {office}'s answer lies outside its dimensions: it was cut or mixed.")
        row, rest = {}, place
        for name, size, listed in zip(reversed(names), reversed(sizes), reversed(places), strict=True):
            rest, at = divmod(rest, size)
            row["TIME_PERIOD" if name == "time" else name] = str(listed[at])
        said = values.get(place)
        out.append(row | {"OBS_VALUE": "" if said is None else str(said), "OBS_FLAG": str(flags.get(place, ""))})
    if not any(row["OBS_VALUE"] for row in out):
        raise MissingData(f"{office} answers without any observation: it holds none for this key and period.")
    return out


def lacking(body: dict[str, Any], *names: str) -> list[str]:
    """Names that an answer does not have."""
    return [name for name in names if name not in body]


def _dimensions(body: dict[str, Any]) -> list[dict[str, Any]]:
    return [body["dimension"][name] for name in body["id"]]


def _sparse(said: Any) -> dict[int, Any]:
    """Values by position, from the list or the sparse object of JSON-stat."""
    pairs = enumerate(said) if isinstance(said, list) else said.items()
    return {int(place): value for place, value in pairs if value is not None}


def rows_of_xml(content: bytes, office: str) -> list[Row]:
    """Observations of generic SDMX-ML 2.1: series key, attributes and OBS_VALUE as texts.

    Raises
    ------
    MissingData
        If the office says that there are no records.
    BadTable
        If it is no such document.
    """
    try:
        root = ElementTree.fromstring(content)
    except ElementTree.ParseError as error:
        raise BadTable(f"The answer of {office} is cut off or no XML ({error}). Ask again.") from None
    if b"NoRecordsFound" in content[:600]:
        raise MissingData(f"{office} answers that it has no records for this question.")
    if not root.tag.endswith("GenericData"):
        raise BadTable(f"{office} sent a web page instead of data.")
    rows = list(_observations(root))
    if not rows:
        raise MissingData(f"{office} answers without any observation.")
    return rows


def _observations(root: ElementTree.Element) -> Iterator[Row]:
    for series in _named(root, "Series"):
        key = {one.get("id", ""): one.get("value", "") for part in _named(series, "SeriesKey") for one in part}
        for seen in _named(series, "Obs"):
            row = dict(key)
            for one in seen.iter():
                kind = one.tag.rpartition("}")[2]
                if kind == "ObsDimension":
                    row["TIME_PERIOD"] = one.get("value", "")
                elif kind == "ObsValue":
                    row["OBS_VALUE"] = one.get("value", "")
                elif kind == "Value":
                    row[one.get("id", "")] = one.get("value", "")
            yield row


def _named(root: ElementTree.Element, name: str) -> Iterator[ElementTree.Element]:
    return (one for one in root.iter() if one.tag.rpartition("}")[2] == name)
