"""Which tokens of a sentence name a place, a flow, goods or a topic, as the words beside them allow."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from entrepot.claims.vocabulary import BUYERS, SELLERS, phrases
from entrepot.claims.words import Token, one_of


@dataclass(frozen=True, slots=True)
class Name:
    """A place that names something.

    Attributes
    ----------
    first, last : int
        Tokens it covers, the last one excluded.
    role : str
        `flow`, `place`, `product`, `policy`, `other`, `forecast`, `definition` or `office`.
    code : str
        `X`, `M`, `T`, `B`; an ISO3 code or a group; a product code; the definition.
    form : str
        For a place: `adjective` (Chinese) or `name`; for a balance: `deficit` or `surplus`.
    """

    first: int
    last: int
    role: str
    code: str
    form: str = "name"


_NOT_FLOW_AFTER = one_of(
    "duty duties tariff tariffs levy levies tax taxes ban bans curb curbs control controls restriction restrictions "
    "quota quotas licence licences license licenses licensing price prices oriented driven led dependent reliant "
    "powerhouse hub base sector sectors industry engine model order orders rebate rebates subsidy subsidies promotion "
    "competitiveness strength credit permit permits substitution demand dependence dependency machine boom champions "
    "structure capacity facilities options policy policies business businesses channels approvals regime managers "
    "bank council association body inspection clearance prohibitions reliance partner"
)
_NOT_TRADE_AFTER = _NOT_FLOW_AFTER | one_of(
    "war wars deal deals talks truce tension tensions dispute disputes policy agreement agreements pact barriers "
    "representative minister ministry ministers partner partners officials official agenda conflict friction "
    "frictions union group body association destination negotiations negotiators relations ties terms momentum "
    "footprint environment practices remedies rules routes flows growth data figures statistics rerouting "
    "diversification activity secretary department commissioner chief center centre fair shock uncertainty "
    "commission board authority court chamber envoy envoys promotion "
    "fragmentation numbers report landscape organization organisation organisations protectionism restrictions remedy "
    "status adviser economist measures unions strategy unit conditions structure liberalization "
    "liberalisation facilitation finance zone zones performance picture outlook imbalances front probe investigation "
    "weapon bloc blocs architecture channels"
)
_NOT_BALANCE_BEFORE = one_of(
    "budget fiscal account current trust output labour gender wealth income wage financing funding power food "
    "skills technology"
)
_ADJECTIVES = one_of(
    "american chinese japanese korean vietnamese german indian brazilian european french british italian russian "
    "australian canadian mexican indonesian malaysian thai taiwanese african latin asian swiss dutch spanish turkish "
    "saudi singaporean iranian ukrainian southeast polish belgian irish bangladeshi pakistani sino filipino philippine "
    "chilean peruvian argentine argentinian argentinean colombian ecuadorian bolivian venezuelan paraguayan uruguayan "
    "norwegian greek romanian hungarian czech slovak austrian croatian serbian bulgarian lithuanian latvian estonian "
    "kazakh uzbek tajik mongolian cambodian israeli egyptian moroccan algerian kenyan ethiopian ghanaian nigerian "
    "ivorian zambian angolan emirati qatari kuwaiti iraqi omani"
)
_BALANCE_BEFORE = one_of(
    "- – — • * ▪ · □ the trade commercial its a merchandise goods foreign overall external monthly positive negative "
    "and gas oil services petroleum energy"
)
_MARKETS = one_of("market markets destination destinations source")
_TRADE_GROWTH = one_of("growth flows activity momentum performance")
_TURNOVER_BEFORE = one_of("total export import an estimated trade bilateral mutual two-way overall foreign reciprocal")
_TRAVEL = one_of("tourism tourists travel investment flights")
_AT_HOME = one_of("retail home asset bond government")
_SOLD_AT_HOME = one_of("retail home domestic bond asset vehicle")
_TRAVELLERS = one_of("tourist tourists visitor visitors passenger passengers travellers travelers guests foreigners")
_CARGO = one_of(
    "cargo ore oil crude gas coal copper soybean soybeans soy soya beans meat aluminium aluminum fuel nickel "
    "steel lng grain grains corn wheat sugar rice cotton pork beef"
)
_GOODS = one_of("goods merchandise products")
_WEIGHTS = one_of("tonnes tons tonne ton barrels mmt")
_OFFICES = one_of("ministry department secretariat bureau")
_FIELD_GAPS = one_of(", and & of the for")
_ABROAD = one_of("abroad overseas to world")
_TRADERS = BUYERS | SELLERS
_WAYS = one_of("to from with by among between of as for")
_ARE = one_of("were are was included include remained remain :")
_BUYING = one_of("bought purchased imported imports purchases")
_PREFIXES = one_of("sino russo indo anglo franco nippo")
"""Words for a country that stand only before a hyphen and another country (`Sino-Indian trade`)."""
_FIRMS = one_of(
    "company firm group government ministry retailer maker bank fund film investors shoppers households consumers who"
)
"""Who takes money or goods in and is no country."""
_TRADING = one_of("companies firms enterprises countries nations sides neighbours neighbors two")
"""Who trades, before an amount (`local companies traded $14 billion`)."""
_TRADED = one_of("goods products merchandise with")


@dataclass(frozen=True, slots=True)
class _Phrase:
    """Tokens `first` to `last` of a sentence, and the words beside them."""

    words: Sequence[Token]
    lows: list[str]
    first: int
    last: int
    owned: bool = False
    """Whether a place stands right before them."""

    @property
    def before(self) -> str:
        return self.lows[self.first - 1] if self.first else ""

    @property
    def after(self) -> str:
        return self.lows[self.last] if self.last < len(self.lows) else ""

    def glued(self, i: int) -> bool:
        return i < len(self.words) and self.words[i].glue


def names(words: Sequence[Token]) -> list[Name]:
    """Find every name in a sentence, in order; they do not overlap, the longest at a place wins."""
    lows = [w.low for w in words]
    found: list[Name] = []
    table = phrases()
    starts = table.starts()
    end = 0
    for i, word in enumerate(words):
        if i < end or word.kind != "w" or word.low not in starts and word.low not in _OFFICES:
            continue
        if (match := table.at(lows, i)) is None or word.low in _OFFICES:
            end = max(end, _ministry(words, lows, i))
            if match is None:
                continue
        length, (role, code, form) = match
        owned = bool(found) and found[-1].role == "place" and found[-1].last == i
        if name := _name(_Phrase(words, lows, i, i + length, owned), role, code, form):
            found.append(name)
            end = i + length
    return found


def _ministry(words: Sequence[Token], lows: list[str], i: int) -> int:
    """Token after the name of a ministry at token i, whose fields are no flows and no goods; 0 for none."""
    if lows[i] not in _OFFICES or lows[i + 1 : i + 2] != ["of"]:
        return 0
    end = at = i + 2
    while at < min(len(words), i + 14) and (words[at].text[:1].isupper() or lows[at] in _FIELD_GAPS):
        at += 1
        if words[at - 1].text[:1].isupper():
            if lows[at - 2] == "," and "and" not in lows[at : at + 4]:
                break  # the Ministry of Commerce, China's exports
            end = at
    return end


def _name(at: _Phrase, role: str, code: str, form: str) -> Name | None:
    i, last, low = at.first, at.last, at.lows[at.first]
    if role == "none" and at.after == "of" and at.lows[last - 1] in ("expectations", "forecasts"):
        return Name(i, last, "forecast", "")  # below expectations of 5 %
    if role == "none":
        return Name(i, last, "none", "") if last > i + 1 else None
    if role == "place":
        adjective = last == i + 1 and (low in _ADJECTIVES or low.endswith(("ese", "ish")) and len(low) > 5)
        return Name(i, last, role, code, "adjective" if adjective else "name") if _is_place(at, code) else None
    if role == "flow":
        return _flow(at, code, form)
    if role == "other" and at.after == "terms":
        return None  # in rupee terms
    if role == "forecast" and low == "may" and i and at.words[i].text[0].isupper():
        return None
    if role == "forecast" and low == "project" and at.before in ("the", "a", "this"):
        return None
    return Name(i, last, role, code, form)


def _is_place(at: _Phrase, code: str) -> bool:
    """Whether the name of a place is one here: not the pronoun, not the bird, not a currency."""
    text, low = at.words[at.first].text, at.lows[at.first]
    if low == "us" and not text.isupper() and "." not in text or low in ("turkey", "china") and text.islower():
        return False
    if low in _PREFIXES and (not at.glued(at.last) or at.after == "pacific"):
        return False
    money = at.after == "$" and low in ("us", "u.s.", "hk") or at.after == "yuan" and code == "CHN"
    return not money and at.after not in ("dollar", "dollars")


def _flow(at: _Phrase, code: str, form: str) -> Name | None:
    """A flow, unless the words beside it make it something else (`export controls`, `trade war`, `budget deficit`)."""
    i, last, word = at.first, at.last, at.lows[at.last - 1]
    if code == "B" and at.before in _NOT_BALANCE_BEFORE:
        return None
    if word in _TRADERS:
        return Name(i, last, "flow", code, form) if _are_told(at) else None
    if (told := _PHRASES.get(" ".join(at.lows[i:last]))) is not None:
        return Name(i, last, "flow", code, form) if told(at) and not _is_firm(at) else None
    if last > i + 1:
        goes = word not in ("to", "from") or code == "T" or _GOODS & set(at.lows[max(0, i - 9) : i])
        return Name(i, last, "flow", code, form) if goes else None
    if word in _ALONE and not _ALONE[word](at):
        return None
    if word in ("export", "import") and at.after in _MARKETS:
        form = "market"
    if word == "sales":  # exports where they go to a place, weakly so elsewhere in a passage on exports
        form = "name" if at.after == "to" else "weak"
    return Name(i, last, "flow", code, form)


def _ships(at: _Phrase) -> bool:
    return at.after not in _NOT_FLOW_AFTER


def _trades(at: _Phrase) -> bool:
    grows = at.after in _TRADE_GROWTH and not at.glued(at.last)
    if at.after in _NOT_TRADE_AFTER and not grows:
        return False
    if at.after == "which" and at.before in ("-", "–", "—", ","):
        return False  # it sent 1.9 million tonnes - trade which is going to stop
    return at.before not in ("fair", "free", "world", "global", "latter", "former") and not at.glued(at.first)


def _hands_goods(at: _Phrase) -> bool:
    """Whether goods are what was sent or received (`sent goods worth 7 billion`, `$5 billion worth of goods`)."""
    after = at.lows[at.last : at.last + 9]
    weighed = bool(_WEIGHTS & set(after[:5])) and at.before not in ("was", "were", "been", "be")
    back = at.lows[max(0, at.first - 16) : at.first]
    told = at.before in ("was", "were") and bool(_GOODS & set(back)) and bool({"worth", "value", "valued"} & set(back))
    return bool(_GOODS & set(after[:2])) or "worth" in after and bool(_GOODS & set(after)) or weighed or told


def _are_told(at: _Phrase) -> bool:
    """Whether a clause goes on to say who the biggest buyers or suppliers were."""
    before = set(at.lows[max(0, at.first - 3) : at.first]) & _WAYS
    return not before and bool(_ARE & set(at.lows[at.last : at.last + 9]))


def _of_amount(at: _Phrase) -> bool:
    """Whether an amount stands right after a verb (`purchased $13 billion`)."""
    return any(w.kind == "n" for w in at.words[at.last : at.last + 2])


def _is_exchanged(at: _Phrase) -> bool:
    """Whether goods are traded, told after the verb or before it (`goods worth $5 billion were traded with`)."""
    back = at.lows[max(0, at.first - 12) : at.first]
    told = bool(_GOODS & set(back)) and at.before in ("was", "were") and bool({"worth", "value", "valued"} & set(back))
    if at.lows[at.first] == "traded" and at.after in ("more", "less", "most"):
        return at.lows[at.last + 1 : at.last + 2] == ["with"]
    if at.before in _TRADING and any(w.kind == "n" for w in at.words[at.last : at.last + 4]):
        return at.lows[at.first] == "traded" and not {"shares", "stocks", "stock"} & set(at.lows)
    return told or at.after in _TRADED and bool(_GOODS & set(at.lows[at.last : at.last + 12]))


def _supplies(at: _Phrase) -> bool:
    """Whether supplies go from one country to another (`supplies to China`, `supplies of gas from Russia`)."""
    if at.before in ("power", "food", "energy", "medical"):
        return False
    return (
        at.after in ("to", "from") or at.after == "of" and bool({"from", "to"} & set(at.lows[at.last : at.last + 10]))
    )


def _is_firm(at: _Phrase) -> bool:
    """Whether who takes in or pays is a firm or an office, not a country (`Apple paid`, `the company brought in`)."""
    named = at.first > 0 and at.words[at.first - 1].text[:1].isupper() and not at.owned
    return named and at.before not in ("it", "they") or at.before in _FIRMS


def _takes_in(at: _Phrase) -> bool:
    """Whether goods are what was taken in (`took in US goods worth $2 billion`, `unloaded 8 million tonnes`)."""
    after = at.lows[at.last : at.last + 10]
    if (
        at.before in ("country", "nation")
        and "of" in after[2:6]
        and any(w.kind == "n" for w in at.words[at.last : at.last + 3])
    ):
        return True  # the country brought in $1.85 billion of circuits
    return bool(_WEIGHTS & set(after[:6])) or bool(_GOODS & set(after)) and not {",", "and", "from"} & set(after[:2])


def _pays(at: _Phrase) -> bool:
    """Whether money is paid for goods of a country (`paid $10 billion for American goods`, `spent it on imports`)."""
    after = at.lows[at.last : at.last + 10]
    way = next((i for i, low in enumerate(after) if low in ("for", "on")), -1)
    goods = _GOODS | {"imports"}
    paid = any(w.kind == "n" for w in at.words[at.last : at.last + 4])
    return way > 0 and paid and bool(goods & set(after[way : way + 4])) and ";" not in after[:way]


def _goes_through(at: _Phrase) -> bool:
    """Whether goods are what left or entered the country (`65,000 tons of beef left the country`)."""
    back = set(at.lows[max(0, at.first - 12) : at.first])
    return bool((_WEIGHTS | _GOODS | {"$"}) & back)


def _is_worth(at: _Phrase) -> bool:
    """Whether an amount says how much business was done (`did business worth 3 billion yuan with Peru`)."""
    after = at.lows[at.last : at.last + 4]
    return after[:1] in (["worth"], ["of"], ["valued"], ["totalling"], ["totaling"]) and any(
        w.kind == "n" for w in at.words[at.last : at.last + 7]
    )


def _sells_to(at: _Phrase) -> bool:
    """Whether who buys stands between a seller and a number or goods (`sold it $3 billion`, `sold Uganda goods`)."""
    first = at.last + (at.after == "the")
    following = at.words[first : first + 4]
    buyer = following and (following[0].low in ("it", "them") or following[0].text[:1].isupper())
    return bool(buyer) and any(w.kind == "n" or w.low in ("$", "goods", "products") for w in following[1:])


def _sells_more(at: _Phrase) -> bool:
    """Whether firms of a country sold so much more or less (`although they sold 17 percent more`)."""
    ahead = at.lows[at.last : at.last + 6]
    more = any(low in ("more", "less") and i for i, low in enumerate(ahead)) and bool(
        {"%", "percent", "cent"} & set(ahead)
    )
    return more and at.before in ("they", "firms", "companies", "enterprises", "exporters")


def _is_bound(at: _Phrase) -> bool:
    return at.before == "bound" and at.glued(at.first - 1)


_PHRASES: dict[str, Callable[[_Phrase], bool]] = {
    **dict.fromkeys(("took in", "takes in", "taking in", "brought in", "unloaded"), _takes_in),
    **dict.fromkeys(("paid", "spent"), _pays),
    **dict.fromkeys(
        ("did business", "does business", "do business", "doing business", "done business", "business done"), _is_worth
    ),
    **dict.fromkeys(
        ("left the country", "came into the country", "entered the country", "arrived in the country"), _goes_through
    ),
}
"""Phrases that are a flow only where goods are told beside them."""
_ALONE: dict[str, Callable[[_Phrase], bool]] = {
    **dict.fromkeys(("export", "import", "exporting", "importing"), _ships),
    **dict.fromkeys(("sent", "dispatched", "received", "delivered", "supplied"), _hands_goods),
    **dict.fromkeys(("purchased", "procured"), lambda at: _hands_goods(at) or _of_amount(at)),
    "procurement": lambda at: at.after == "of",
    **dict.fromkeys(("cargo", "goods", "cargoes"), _is_bound),
    **dict.fromkeys(("outbound", "inbound"), lambda at: at.after not in _TRAVEL),
    "trade": _trades,
    "gap": lambda at: at.before in ("the", "trade", "a"),
    "imbalance": lambda at: at.before in ("the", "trade", "this", "that", "resulting") and at.after != "between",
    "traded": _is_exchanged,
    "exchanged": _is_exchanged,
    "sold": lambda at: (
        bool(_ABROAD & set(at.lows[at.last : at.last + 8]) or _BUYING & set(at.lows))
        or _sells_to(at)
        or _sells_more(at)
    ),
    "deliveries": lambda at: at.after == "to" or at.before.endswith(("an", "ese", "ish")),
    "supplies": _supplies,
    "arrivals": lambda at: (
        at.before in _CARGO
        or not at.first
        and at.after in ("listed", "labelled", "labeled", "declared")
        or at.after in ("of", "from", "totalled", "totaled")
        and not _TRAVELLERS & set(at.lows)
    ),
    "balance": lambda at: at.after not in ("of", "sheet") and (not at.first or at.before in _BALANCE_BEFORE),
    "sales": lambda at: at.before not in _SOLD_AT_HOME,
    "turnover": lambda at: at.before in _TURNOVER_BEFORE or at.after in ("between", "with") or "customs" in at.lows,
    "commerce": lambda at: (
        at.before not in ("of", "the", "e", "electronic") and not at.glued(at.first) and at.after != "ministry"
    ),
    "purchases": lambda at: at.before not in _AT_HOME,
}
"""Words that are a flow by themselves only in some company."""
