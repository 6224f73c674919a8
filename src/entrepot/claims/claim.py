"""One number of a story, with all that it says."""

from dataclasses import asdict, dataclass

FIELDS = (
    *(
        "id",
        "start",
        "end",
        "text",
        "kind",
        "reporter",
        "partner",
        "product",
        "flow",
        "period",
        "span",
        "measure",
        "stated",
    ),
    *("value", "rounding_half_width", "unit", "growth_currency", "qualifier", "definition", "against"),
)
"""What a claim says of itself in JSON, in order."""


@dataclass(frozen=True)
class Claim:
    """A number that a story states, and what it measures.

    Attributes
    ----------
    id : str
        `c1`, `c2` ... in the order of the text.
    start, end : int
        Characters of the text that state the number; `text[start:end]` is `stated`.
    text : str
        The sentence it stands in.
    kind : str
        `actual`, `forecast`, `policy` (tariff rates, interest rates) or `other` (no trade statistic).
    reporter, partner, product, flow : str
        Codes as in the flows table; the product of goods in no table is its own name.
    period, span : str
        `2025-11` and `month`; `2025-01/2025-11` and `ytd`; `2025` and `year`; also `quarter`, `half`, `fiscal_ytd`.
    measure : str
        `level`, `growth_yoy`, `growth_mom`, `share`, `share_change`, `first_or_record`, `consecutive`, `rank`,
        `threshold`, `change_amount`, `multiple`, `contribution`, `growth_gap`, `growth_vs_2019`, `range_bound`,
        `volume`, `volume_growth_yoy` or `count`.
    stated : str
        The number as printed.
    value, rounding_half_width : float
        In `unit`, signed (a deficit and a fall are negative): 3.303e11 USD, 5.9 %.
    unit : str
        ISO 4217 code, `%`, `pp`, `n`, `rank`, `x`, `t` or another physical unit; empty where none is stated.
    growth_currency : str
        Currency of a growth rate, `unstated` where neither sentence nor paired level names one; of a record, where
        they name one; empty otherwise.
    qualifier : str
        `exact`, `about`, `nearly`, `over` or `under`.
    definition : str
        What sets the figure apart: `goods and services`, `seasonally adjusted`, `first 20 days`; empty for plain goods.
    against : str
        Base of a comparison where it is not plain: `2019`, `qoq`, a period, the start of a record.
    step : float
        One unit of the last stated digit, in `unit`.
    digits : int
        Significant digits stated.
    placed : bool
        Whether the period was only carried from the passage, not named for this number.
    lent : bool
        Whether the unit was lent by another number, not stated with this one.
    also : tuple of (str, str)
        Other readings of slots that the text does not tell at this number: (`period`, `2025-11 month`), (`partner`,
        `WLD`), (`sign`, ``).
    near : tuple of (str, str)
        Slots that its sentence names for other numbers, which a reader could take for this one's.
    carried : tuple of str
        Slots (`period`, `partner`, `product`, `flow`) that its clause does not name: the passage brought them; and
        `reporter`, where the text has not named it by then; `passage`, where its sentence does not name its period.
    """

    id: str
    start: int
    end: int
    text: str
    kind: str
    reporter: str
    partner: str
    product: str
    flow: str
    period: str
    span: str
    measure: str
    stated: str
    value: float
    rounding_half_width: float
    unit: str
    growth_currency: str
    qualifier: str
    definition: str = ""
    against: str = ""
    step: float = 0.0
    digits: int = 1
    placed: bool = False
    lent: bool = False
    also: tuple[tuple[str, str], ...] = ()
    near: tuple[tuple[str, str], ...] = ()
    carried: tuple[str, ...] = ()

    def plain(self) -> dict[str, object]:
        """Return the claim as a dict in the order of `FIELDS`, ready for any serialiser."""
        held = asdict(self)
        return {name: held[name] for name in FIELDS}


def half_width(value: float, step: float, digits: int, *, level: bool) -> float:
    """Half a unit of the last stated digit; of a level of one digit at most a tenth of the value.

    >>> half_width(6e12, 1e12, 1, level=True), half_width(1e12, 1e12, 1, level=True)
    (500000000000.0, 100000000000.0)
    """
    half = step / 2
    return min(half, abs(value) / 10) if level and digits == 1 and value else half


def interval(claim: Claim) -> tuple[float, float]:
    """Lowest and highest true value under which a claim stands [its unit], by its digits and its qualifier.

    Plain: half a unit of the last digit either way. `about`: a whole unit either way. `nearly`: from one unit below up
    to the value. `over`: from the value to one unit above; `under`: the other way. Trailing zeros of a qualified number
    are not digits, as long as two are left. Signs of a deficit and a fall are kept: nearly -29 is -29 to -28.
    """
    size, half = abs(claim.value), claim.rounding_half_width
    step = _qualified_step(size, claim.step, claim.digits)
    low, high = {
        "about": (size - step, size + step),
        "nearly": (size - step, size + half * 0.1),
        "over": (size - half * 0.1, size + step),
        "under": (size - step, size + half * 0.1),
    }.get(claim.qualifier, (size - half, size + half))
    return (low, high) if claim.value >= 0 else (-high, -low)


def _qualified_step(size: float, step: float, digits: int) -> float:
    while step > 0 and digits > 2 and abs(size / (step * 10) - round(size / (step * 10))) < 1e-9:
        step, digits = step * 10, digits - 1
    return step
