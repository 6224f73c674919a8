"""Answers of offices with their columns moved, a new column, every row twice, or their end missing, in every form."""

import csv
import io
import json
import tempfile
import zipfile
from pathlib import Path
from xml.etree import ElementTree


def moved(content, form):
    """Columns (or the members of objects) in another order."""
    return _again(content, form, lambda row: row[::-1], lambda held: dict(reversed(held.items())))


def widened(content, form):
    """A column (or member) more, that no reader knows."""
    names = iter(["brand_new"])
    if form == "sdmx":
        body = json.loads(content)
        structure = body.get("structure") or body["structures"][0]
        structure["attributes"]["observation"].append({"id": "BRAND_NEW", "values": [{"id": "x"}]})
        for one in body["dataSets"][0]["series"].values():
            one["observations"] = {when: [*seen, 0] for when, seen in one["observations"].items()}
        return json.dumps(body).encode()
    return _again(
        content, form, lambda row: [*row, next(names, "x")], lambda held: {**held, "brand_new": {"id": "brand_new"}}
    )


def doubled(content, form):
    """Every row twice."""
    if form == "json":
        return json.dumps(_doubled(json.loads(content))).encode()
    if form == "xml":
        root = ElementTree.fromstring(content)
        for parent in [one for one in root.iter() if any(_is_row(child) for child in one)]:
            parent.extend([child for child in parent if _is_row(child)])
        return ElementTree.tostring(root)
    if form == "html":
        rows = content.decode().split("<tr>")
        return "<tr>".join(rows[:3] + [row.replace("</table></html>", "") for row in rows[3:]] + rows[3:]).encode()
    if form == "xlsx":
        return _workbook(content, lambda sheet: [sheet.append([c.value for c in row]) for row in list(sheet.rows)[6:9]])
    return _texts(content, form, lambda lines: [lines[0], *(line for line in lines[1:] for _ in range(2))])


def torn(content, form):
    """The answer without its last part, announced as whole; a text is torn inside its last line."""
    if form not in ("csv", "json table csv"):
        return content[: len(content) * 6 // 10]
    kept, last, _ = content.rstrip().rpartition(b"\n")
    return kept + last + content.rstrip().rpartition(b"\n")[2].rpartition(b",")[0]


def _again(content, form, rows, members):
    if form in ("json", "sdmx"):
        return json.dumps(_walk(json.loads(content), members)).encode()
    if form == "json table":
        return json.dumps([rows(row) for row in json.loads(content)]).encode()
    if form == "xml":
        root = ElementTree.fromstring(content)
        for one in root.iter():
            if len(one) and rows is not None and not _is_row(one):
                children = [*one]
                for child in children:
                    one.remove(child)
                one.extend(children)
            if _is_row(one):
                children = [*one]
                for child in children:
                    one.remove(child)
                one.extend(child for child in rows(children) if not isinstance(child, str))
        return ElementTree.tostring(root)
    if form == "html":
        lines = content.decode().split("<tr>")
        return "<tr>".join([lines[0], *(_html_row(line, rows) for line in lines[1:])]).encode()
    if form == "xlsx":
        return _workbook(content, lambda sheet: sheet.insert_cols(6))
    return _texts(content, form, lambda lines: [rows(line) for line in lines])


def _html_row(line, rows):
    """One row of a page; its label stays in front, for a table without a label in front is another table."""
    tag = "th" if "<th>" in line else "td"
    cells, rest = line.rpartition(f"</{tag}>")[0].split(f"</{tag}>"), line.rpartition(f"</{tag}>")[2]
    said = [cell.removeprefix(f"<{tag}>") for cell in cells]
    others = [{"brand_new": "brand new", "x": "1"}.get(cell, cell) for cell in rows(said[1:])]
    return "".join(f"<{tag}>{cell}</{tag}>" for cell in [said[0], *others]) + rest


def _walk(held, members):
    if isinstance(held, list):
        return [_walk(one, members) for one in held]
    if isinstance(held, dict):
        return members({name: _walk(one, members) for name, one in held.items()})
    return held


def _doubled(held):
    if isinstance(held, dict):
        return {name: _doubled(one) if isinstance(one, dict | list) else one for name, one in held.items()}
    return [*held, *held] if held and isinstance(held[0], dict) else [held[0], *held[1:], *held[1:]] if held else held


def _is_row(one):
    return one.tag.rpartition("}")[2] in ("Series", "item")


def _texts(content, form, change):
    """Apply a change to the lines of a text, in its archive if it has one."""
    if form == "zip":
        out = io.BytesIO()
        with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w") as new:
            for name in old.namelist():
                new.writestr(name, _texts(old.read(name), "csv", change))
        return out.getvalue()
    if form == "7z":
        import py7zr

        with tempfile.TemporaryDirectory() as folder:
            with py7zr.SevenZipFile(io.BytesIO(content)) as old:
                old.extractall(folder)
            (path,) = Path(folder).iterdir()
            path.write_bytes(_texts(path.read_bytes(), "csv", change))
            with py7zr.SevenZipFile(Path(folder) / "new.7z", "w") as new:
                new.write(path, path.name)
            return (Path(folder) / "new.7z").read_bytes()
    if form == "json table":
        return json.dumps(change(json.loads(content))).encode()
    lines = [line for line in csv.reader(io.StringIO(content.decode("utf-8-sig"))) if line]
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(change(lines))
    return out.getvalue().encode()


def _workbook(content, change):
    import openpyxl

    book, out = openpyxl.load_workbook(io.BytesIO(content)), io.BytesIO()
    for sheet in book:
        change(sheet)
    book.save(out)
    return out.getvalue()
