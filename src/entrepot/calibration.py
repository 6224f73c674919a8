"""Make an economy of what offices publish: an input-output table, or bilateral trade and GDP; and merge its parts."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from entrepot.economy import Economy
from entrepot.errors import BadTable, UnknownCode

Array = NDArray[np.float64]
MARKED = 0.5  # exports over output above which a country's home share means little


def from_input_output(
    inter: ArrayLike,
    final: ArrayLike,
    *,
    countries: Sequence[str],
    sectors: Sequence[str],
    theta: ArrayLike,
    merged: Mapping[str, str] | None = None,
    **words: Any,
) -> Economy:
    """Economy of a complete inter-country input-output table (WIOD, OECD ICIO).

    Parameters
    ----------
    inter : array, shape (N, K, N, K)
        Intermediate sales [USD]: origin, input, destination, using sector. Two-dimensional tables, country-major on
        both sides, are reshaped.
    final : array, shape (N, K, N)
        Final sales [USD]: origin, sector, destination; categories of use summed.
    countries : sequence of str, length N; sectors : sequence of str, length K
    theta : array, shape (S,)
        Trade elasticity of each sector of the economy, in the order in which `merged` first names them.
    merged : mapping, optional
        Table's sector -> the economy's sector; without it S is K.
    words : year, source, balance, notes, ...
        As in `Economy`.

    Raises
    ------
    BadTable
        If the shapes do not fit, or a sector's inputs cost more than it sells.

    Notes
    -----
    Sales below zero (inventories drawn down) are cut to zero after merging, and output is what is sold: the note says
    how much. Final and intermediate use of a sector have one set of sellers, as in Caliendo and Parro (2015). No
    tariffs.
    """
    n, k = len(countries), len(sectors)
    table, last = np.asarray(inter, dtype=float), np.asarray(final, dtype=float)
    if table.size != (n * k) ** 2 or last.size != n * k * n:
        raise BadTable(
            f"inter has shape {table.shape} and final {last.shape}; {(n, k, n, k)} and {(n, k, n)} are expected."
        )
    table, last = table.reshape(n, k, n, k), last.reshape(n, k, n)
    names = list(dict.fromkeys(merged[s] for s in sectors)) if merged else list(sectors)
    into = np.array([names.index(merged[s] if merged else s) for s in sectors])
    pick = (into[:, None] == np.arange(len(names))).astype(float)  # (K, S)
    table = np.einsum("iknj,ks,jt->isnt", table, pick, pick, optimize=True)
    last = np.einsum("ikn,ks->isn", last, pick)
    below = -(np.minimum(table, 0).sum() + np.minimum(last, 0).sum())
    table, last = np.maximum(table, 0), np.maximum(last, 0)
    trade = (table.sum(axis=3) + last).transpose(2, 0, 1)  # buyer, seller, sector
    used = table.sum(axis=0).transpose(1, 0, 2)  # buyer, input, using sector
    note = f"{below / trade.sum():.1e} of world sales were below zero (inventories drawn down) and are counted as zero"
    words["notes"] = (*words.get("notes", ()), note)
    return _economy(trade, np.zeros_like(trade), used, countries, names, np.asarray(theta, dtype=float), words)


def from_trade(
    trade: ArrayLike,
    gdp: ArrayLike,
    *,
    countries: Sequence[str],
    value_added_share: ArrayLike,
    theta: float,
    tariff: ArrayLike | None = None,
    home_at_least: float = 0.1,
    **words: Any,
) -> Economy:
    """Economy of one sector with roundabout inputs, from bilateral trade and GDP.

    Parameters
    ----------
    trade : array, shape (N, N)
        What the buyer (first axis) imports from the seller before duty [USD]; the diagonal is not read.
    gdp : array, shape (N,)
        Gross domestic product at market prices [USD]; value added is GDP less tariff revenue.
    value_added_share : array, shape (N,)
        Value added in output [fraction]: gross output is value added over it, what is not exported is sold at home.
    theta : float
    tariff : array, shape (N, N), optional
        Ad valorem duty [fraction].
    home_at_least : float
        Least part of output sold at home; where exports leave less, the value-added share is lowered, and a note says
        so.
    words : year, source, balance, tariff_source, tariff_known, notes, ...
        As in `Economy`.

    Raises
    ------
    BadTable
        If the arrays do not have one row for each country, or a value-added share is not between 0 and 1.
    """
    abroad = np.array(trade, dtype=float)
    size = len(countries)
    for name, array, shape in (("trade", abroad, (size, size)), ("gdp", np.asarray(gdp), (size,))):
        if array.shape != shape:
            raise BadTable(f"The array {name} has shape {array.shape}; {shape} is expected, for {size} countries.")
    share = np.asarray(value_added_share, dtype=float)
    if (wrong := share[~((share > 0) & (share <= 1))]).size:
        raise BadTable(f"A value-added share of {wrong[0]:g} is given; above 0 and up to 1 is expected, as a fraction.")
    np.fill_diagonal(abroad, 0)
    duty = np.zeros_like(abroad) if tariff is None else np.asarray(tariff, dtype=float)
    value_added = np.asarray(gdp, dtype=float) - (abroad * duty).sum(axis=1)
    exports = abroad.sum(axis=0)
    given = np.broadcast_to(np.asarray(value_added_share, dtype=float), value_added.shape)
    part = np.minimum(given, (1 - home_at_least) * value_added / np.maximum(exports, 1e-300))
    output = value_added / part
    flows = abroad + np.diag(output - exports)
    lowered = [label for label, low in zip(countries, part < given, strict=True) if low]
    marked = [label for label, much in zip(countries, exports > MARKED * output, strict=True) if much]
    notes = list(words.pop("notes", ()))
    if lowered:
        notes.append(f"value added set to a smaller part of output, for exports exceed it: {', '.join(lowered)}")
    if marked:
        notes.append(f"exports above half of output, so read with care: {', '.join(marked)}")
    used = (output - value_added)[:, None, None]
    return _economy(
        flows[:, :, None],
        duty[:, :, None],
        used,
        countries,
        ["all"],
        np.array([theta]),
        words | {"notes": tuple(notes)},
    )


def aggregate(
    economy: Economy, *, countries: Mapping[str, str] | None = None, sectors: Mapping[str, str] | None = None
) -> Economy:
    """Merge countries or sectors; what no mapping names stays itself.

    Flows, spending, value added and deficits add up; tariffs become revenue over trade before duty (a merged country
    levies the duties between its parts on itself); theta becomes the mean weighted with trade between countries.

    Raises
    ------
    UnknownCode
        If a mapping names a country or sector that the economy lacks.
    """
    rows, row_names = _groups(economy.countries, countries or {}, "country")
    columns, column_names = _groups(economy.sectors, sectors or {}, "sector")
    trade = np.einsum("nis,na,ib,sc->abc", economy.flows(), rows, rows, columns, optimize=True)
    revenue = np.einsum("nis,na,ib,sc->abc", economy.flows() * economy.tariff, rows, rows, columns, optimize=True)
    used = np.einsum("nkj,nj,na,kc,jd->acd", economy.input_share, economy.sales, rows, columns, columns, optimize=True)
    abroad = economy.flows().sum(axis=(0, 1)) - np.einsum("nns->s", economy.flows())
    weight = np.maximum(abroad, 1e-12 * abroad.sum())
    theta = ((weight * economy.theta) @ columns) / (weight @ columns)
    known = (rows.T @ (~economy.tariff_known).astype(float) @ rows) == 0
    words = {
        "year": economy.year, "source": economy.source, "balance": economy.balance, "notes": economy.notes,
        "tariff_source": economy.tariff_source, "tariff_known": known,
    }  # fmt: skip
    duty = revenue / np.where(trade > 0, trade, 1.0)
    return _economy(trade, duty, used, row_names, column_names, theta, words)


def _groups(labels: Sequence[str], mapping: Mapping[str, str], what: str) -> tuple[Array, list[str]]:
    if unknown := [label for label in mapping if label not in labels]:
        raise UnknownCode(f"The economy has no {what} {', '.join(unknown)}; it has {', '.join(labels[:8])} ...")
    names = list(dict.fromkeys(mapping.get(label, label) for label in labels))
    into = np.array([names.index(mapping.get(label, label)) for label in labels])
    return (into[:, None] == np.arange(len(names))).astype(float), names


def _economy(
    trade: Array,
    tariff: Array,
    used: Array,
    countries: Sequence[str],
    sectors: Sequence[str],
    theta: Array,
    words: Mapping[str, Any],
) -> Economy:
    """Add up an economy from trade before duty (N, N, S), tariffs (N, N, S) and inputs used (N, S, S) [USD]."""
    paid = trade * (1 + tariff)
    spending, sales = paid.sum(axis=1), trade.sum(axis=0)
    cost = used.sum(axis=1)
    if (cost > sales * (1 + 1e-9)).any():
        n, s = np.argwhere(cost > sales * (1 + 1e-9))[0]
        raise BadTable(f"The inputs of {sectors[s]} in {countries[n]} cost more than it sells. Merge it with another.")
    made = np.where(sales > 0, sales, 1.0)
    input_share = used / made[:, None, :]
    last = spending - used.sum(axis=2)
    income = last.sum(axis=1)
    bought = np.where(spending > 0, spending, 1.0)
    return Economy(
        countries=tuple(countries),
        sectors=tuple(sectors),
        spending=spending,
        share=paid / bought[:, None, :],
        tariff=tariff,
        value_added_share=1 - input_share.sum(axis=1),
        input_share=input_share,
        final_share=last / income[:, None],
        value_added=(sales - cost).sum(axis=1),
        deficit=trade.sum(axis=(1, 2)) - trade.sum(axis=(0, 2)),
        theta=theta,
        **words,
    )
