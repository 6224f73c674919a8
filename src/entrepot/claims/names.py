"""Places, flows, products and topics as news names them: which tokens of a sentence name one."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from entrepot import codes
from entrepot.claims.words import Phrases, Token, one_of


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


def _listed(text: str) -> tuple[str, ...]:
    """Phrases parted by semicolons."""
    return tuple(" ".join(phrase.split()) for phrase in text.split(";"))


def _called(code: str, text: str) -> dict[str, str]:
    """Phrases parted by semicolons, each with one code."""
    return dict.fromkeys(_listed(text), code)


_FLOWS = {
    **_called(
        "X",
        """
        sold;
        sales;
        exports; export; outbound shipments; outbound trade; overseas shipments; shipments; outbound; overseas
        sales; foreign sales; sales abroad; outgoing shipments; exported; shipped; deliveries; export turnover; export
        revenue; export earnings; export value; export volume; export volumes; exporting; export shipments;
        export sales; exportation; sent; dispatched; goods bound; shipments bound; cargo bound; cargo; goods;
        went to; headed to
    """,
    ),
    **_called(
        "M",
        """
        imports; import; inbound shipments; inbound; imported; purchases; incoming shipments; import turnover;
        import value; import volume; import bill; received; importing; import volumes; arrivals;
        overseas purchases; foreign purchases;
        purchases abroad; bought
    """,
    ),
    **_called(
        "B",
        """
        trade surplus; surplus; trade deficit; deficit; trade balance; trade gap; shortfall; trade shortfall; trade
        imbalance; balance of trade; surpluses; deficits; gap; goods deficit; goods surplus; merchandise trade
        deficit; goods trade deficit; goods gap; foreign trade surplus; foreign trade balance; foreign trade
        deficit; external surplus; in the black; in the red; balance
    """,
    ),
    **_called(
        "T",
        """
        imports and exports; exports and imports; import and export; export and import; import - export; export -
        import; total trade; two way trade; bilateral trade; foreign trade; overall trade; trade turnover; trade
        volume; trade value; trade; external trade; merchandise trade; goods trade; trade in goods; cross border
        trade; import export turnover; export import turnover; import export; export import; imports plus exports;
        exports plus imports; turnover; mutual trade; commerce
    """,
    ),
}
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
    "representative minister ministry ministers partner partners officials official agenda conflict friction frictions "
    "union group body association negotiations negotiators relations ties terms momentum footprint environment "
    "practices remedies rules routes flows growth data figures statistics rerouting diversification activity secretary "
    "department commissioner chief center centre fair shock uncertainty fragmentation numbers report landscape "
    "organization organisation organisations protectionism restrictions remedy status adviser economist measures "
    "unions strategy unit conditions frictions structure liberalization liberalisation facilitation finance zone zones "
    "performance picture outlook imbalances front probe investigation weapon bloc blocs architecture channels"
)
_TRADE_GROWTH = one_of("growth data figures flows activity momentum performance")
_TRADE_BEFORE = one_of(
    "foreign bilateral total overall two-way goods merchandise external mutual china's its global world"
)
_NOT_BALANCE_BEFORE = one_of(
    "budget fiscal account current trust output labour gender wealth income wage financing funding power food "
    "skills technology"
)
_POLICY = _listed(
    """
    tariff; tariffs; duty; duties; levy; levies; quota; quotas; interest rate; interest rates; policy rate; lending
    rate; reserve requirement; vat; rebate; rebates; tax; taxes; surcharge; rate cut; import duty; import duties;
    sanctions; surtax; countervailing; anti dumping; repo rate; subsidies
    """
)
_OTHER = _listed(
    """
    gdp; gross domestic product; economic growth; inflation; cpi; ppi; consumer prices; producer prices; pmi;
    purchasing managers; index; industrial output; industrial production; retail sales; unemployment; jobs;
    jobless; investment; fdi; foreign direct investment; reserves; population; wages; profit; profits; stocks;
    nikkei; hang
    seng; kospi; benchmark; exchange rate; yields; subsidy; loan; loans; debt; price; prices; production; output;
    market share; market capitalisation; firms; companies; enterprises; the dollar; against the dollar; the yuan;
    the euro; the yen; the won; the rupee; container; per barrel; the economy; economic expansion; euro zone
    economy; growth target; remittances; tourism; tourists; deforestation; stimulus; budget; fiscal deficit; current
    account; capital account; bond; bonds; stake; factories; workers; people; employees; consumers; households;
    processes; processing capacity; controls;
    patents; visitors; passengers; inventories; new orders; economy expanded; economy grew; economy contracted;
    brent; wti; a barrel; futures; its shares; their shares; shares rose; shares fell; shares rising; shares falling;
    cheaper; dearer; economy shrank; economy slowed; economy is; economy has; rupee; reserves;
    freight rates; bookings; retailers' sales
    """
)
_FORECAST = _listed(
    """
    economists estimate; analysts estimate; economists estimated; analysts estimated;
    sees exports; sees imports; sees shipments; sees growth; sees trade; sees the; foresees; foresee; foreseen;
    expected; expects; expect; expecting; expectation; expectations; forecast; forecasts; forecasting; forecasted;
    predicted; predict; predicts; projected; project; projects; projection; polled; poll; consensus; anticipated;
    anticipate; target; targets; targeting; goal; outlook; likely; could; may; would; will; might; is set to; are
    set to; on track to; on course; aims; aim; next year; by 2030; poised to; seen at; seen rising; seen falling;
    estimates; economists had; analysts had; survey; pencilled; set a target; penciled; envisages; hopes to; plans
    to; potential; pledged; commit; committed; should; projections; median; estimate of; prediction; predictions;
    economists surveyed; analysts surveyed; surveyed
    """
)
_NO_FORECAST = _listed(
    """
    than expected; than forecast; than anticipated; than economists expected; than analysts expected; than
    economists forecast; than analysts forecast; than predicted; than projected; above expectations; below
    expectations; unexpected; than economists had expected; than analysts had expected; in may; beat expectations;
    beating expectations; beat forecasts; beating forecasts; market share; than markets expected; than economists
    had forecast; than had been expected; as expected; than estimated
    """
)
_DEFINITIONS = {
    **_called(
        "goods and services",
        """
        goods and services; goods and services trade; services and goods
    """,
    ),
    **_called(
        "seasonally adjusted",
        """
        seasonally adjusted; calendar and seasonally adjusted; seasonal adjustment
    """,
    ),
    **_called(
        "private firms",
        """
        private enterprises; private firms; private companies; private businesses
    """,
    ),
    **_called(
        "state-owned firms",
        """
        state owned enterprises; state owned firms
    """,
    ),
    **_called(
        "foreign firms",
        """
        foreign invested enterprises; foreign funded enterprises; foreign invested firms; foreign invested
        companies; foreign invested businesses; foreign direct investment firms; foreign invested sector; fdi
        sector; foreign direct investment sector; fdi firms; fdi enterprises
    """,
    ),
    **_called(
        "domestic firms",
        """
        domestic firms; domestic enterprises; domestic companies; domestic economic sector; domestic sector;
        domestic economic
    """,
    ),
    **_called(
        "processing",
        """
        processing trade
    """,
    ),
    **_called(
        "ordinary",
        """
        general trade; ordinary trade
    """,
    ),
    **_called(
        "non-oil",
        """
        non oil; non petroleum; excluding oil
    """,
    ),
    **_called(
        "cross-border e-commerce",
        """
        cross border e commerce; cross border ecommerce
    """,
    ),
    **_called(
        "real",
        """
        in real terms; inflation adjusted; real goods; chained
    """,
    ),
    **_called(
        "daily average",
        """
        daily average; average daily; per working day; daily exports
    """,
    ),
}
_OFFICES = {
    **_called(
        "CHN",
        """
        xinhua; caixin; yicai; global times;
        general administration of customs; gacc
    """,
    ),
    **_called(
        "VNM",
        """
        vna; vietnam news agency; vnexpress; general statistics office of vietnam; national statistics office;
        general statistics office; vietnam customs; department of vietnam customs
    """,
    ),
    **_called(
        "USA",
        """
        census bureau; bureau of economic analysis; bea; commerce department; department of commerce; u.s. trade
        representative
    """,
    ),
    **_called(
        "JPN",
        """
        kyodo; nikkei asia;
        ministry of finance
    """,
    ),
    **_called(
        "DEU",
        """
        destatis; federal statistical office; federal statistics office
    """,
    ),
    **_called(
        "KOR",
        """
        yonhap; korea herald;
        korea customs service; ministry of trade , industry; ministry of trade , industry and energy
    """,
    ),
    **_called(
        "BRA",
        """
        secex; mdic
    """,
    ),
    **_called(
        "IND",
        """
        directorate general of foreign trade; dgft; dgci & s
    """,
    ),
    **_called(
        "EU27",
        """
        eurostat
    """,
    ),
}
_CITIES = {
    **_called(
        "CHN",
        """
        beijing
    """,
    ),
    **_called(
        "VNM",
        """
        hanoi; ha noi
    """,
    ),
    **_called(
        "USA",
        """
        washington
    """,
    ),
    **_called(
        "JPN",
        """
        tokyo
    """,
    ),
    **_called(
        "IND",
        """
        new delhi; delhi
    """,
    ),
    **_called(
        "DEU",
        """
        berlin; wiesbaden
    """,
    ),
    **_called(
        "KOR",
        """
        seoul
    """,
    ),
    **_called(
        "BRA",
        """
        brasilia; brasília; sao paulo
    """,
    ),
}
_NEWS_PLACES = {
    **_called("@bloc", "the bloc; the block; the trading bloc; the regional bloc"),
    **_called(
        "ASEAN",
        """
        southeast asia; southeast asian; south east asia; southeast asian nations
    """,
    ),
    **_called(
        "EU27",
        """
        european union; eu; the 27 nation bloc
    """,
    ),
    **_called(
        "AFR",
        """
        africa; african
    """,
    ),
    **_called(
        "LATAM",
        """
        latin america; latin american
    """,
    ),
    **_called(
        "BRI",
        """
        belt and road countries; belt and road partner countries; belt and road
    """,
    ),
}
ADJECTIVES = one_of(
    "american chinese japanese korean vietnamese german indian brazilian european french british italian russian "
    "australian canadian mexican indonesian malaysian thai taiwanese african latin asian swiss dutch spanish turkish "
    "saudi singaporean iranian ukrainian southeast polish belgian irish bangladeshi pakistani sino filipino philippine"
)
_PRODUCTS = _listed(
    """
    agricultural products; agricultural goods; farm products; farm goods; agricultural; apparel; garments; garment;
    clothing; clothes; computers; laptops; automobiles; cars; autos; auto; car; automobile; motor vehicles;
    vehicles; vehicle; coal; copper; unwrought copper; crude oil; crude; footwear; shoes; furniture; high tech
    products; high tech goods; high tech; chips; semiconductors; chip; semiconductor; integrated circuits;
    microchips; iron ore; labour intensive products; labor intensive products; lumber; mechanical and electrical
    products; machinery and electrical products; mechanical and electronic products; electromechanical products;
    rare earth magnets; rare earths; rare earth; rare earth products; ships; refined products; oil products; refined
    petroleum products; vessels; soybeans; soybean; soy; steel; steel products; textiles; textile; textiles and
    garments; textiles and apparel; textiles and clothing; textile and garment; textile and apparel; toys; new
    energy vehicles; nevs; electric vehicles; evs; ev; electric cars; lithium ion batteries; lithium batteries;
    batteries; solar panels; solar cells; smartphones; mobile phones; phones; handsets; home appliances; household
    appliances; auto parts; car parts; lcd panels; natural gas; lng; gas; liquefied natural gas; copper ore; copper
    concentrate; meat; grains; vegetable oil; fertilisers; fertilizers; pharmaceuticals; medicines; medical devices;
    medical equipment; aircraft; planes; aluminium; aluminum; ceramics; luggage; pulp; rubber; natural rubber;
    machine tools; machinery; semiconductor equipment; chipmaking equipment; semiconductor manufacturing equipment;
    lithography machines; ceramic products; plastic products; display panels
    """
)
_NEWS_PRODUCTS = {  # news words for what the tables call otherwise
    **{
        "ship": "ships",
        "vessel": "ships",
        "toy": "toys",
        "integrated circuit": "integrated circuits",
        "shoe": "footwear",
    },
    **{"automotive": "automobiles", "battery": "batteries", "solar panel": "solar panels", "truck": "vehicles"},
    **{"shipbuilding": "ships", "memory chips": "semiconductors", "electronic integrated circuits": "semiconductors"},
    **{"readymade garments": "apparel", "drugs and pharmaceuticals": "pharmaceuticals", "oil": "crude oil"},
    **{
        "auto part": "auto parts",
        "car part": "auto parts",
        "automobile parts": "auto parts",
        "automotive parts": "auto parts",
    },
}
_OTHER_PRODUCTS = _listed(
    """
    services; wireless devices; petroleum product; computer parts; oil products and gas; mobile devices; eggs;
    electronics; electronic products; electronic goods; electronics products; electronic components; beef; pork;
    petrochemicals; petroleum products; petrochemical; chemicals; chemical products; oil and gas; seafood; shrimp;
    displays; coffee; rice; fish; corn; wheat; sugar; cotton; poultry; chicken; fruit; fruits; vegetables; cashew
    nuts; pepper; wood; wood products; wooden products; gold; silver; diamonds; gems and jewellery; gems and
    jewelry; engineering goods; electronic items; bio health; cosmetics; food; wine; industrial supplies; capital
    goods; consumer goods; intermediate goods; industrial goods; industrial products; computers , electronic
    products and components; computers and electronics; phones and components; optical products; machinery and
    equipment; machine tools and equipment; transport equipment; electrical machinery; power equipment;
    pharmaceutical preparations; nonmonetary gold; monetary gold; civilian aircraft; motor vehicles and parts; foods
    feeds and beverages; foods , feeds , and beverages; raw materials; petroleum; energy; fuel; fuels; marine
    products; spices; tea; tobacco; edible oils; pulses; mineral fuels; parts; home electronics; wireless
    communication devices; biohealth; soybean meal; soy complex; leather; paper; glass; plastics; metals; minerals;
    nickel; lithium; cobalt; graphite; gallium; germanium; antimony; tungsten; critical minerals; robots; industrial
    robots; trucks; tractors; motorcycles; tyres; tires; dram; ssd; solid state drives; servers; drones; coke; ores;
    ore; soybean oil; palm oil; lumber products; dairy; cheese; milk; lobster; barley
    """
)


def product_of(word: str) -> str:
    """Code of the goods called by one word (`vehicles`); empty if it is none of the products."""
    found = _phrases().at([word], 0)
    return found[1][1] if found and found[1][0] == "product" else ""


def is_adjective(low: str) -> bool:
    """Whether a place is named by its adjective (Chinese), not its name."""
    return low in ADJECTIVES or low.endswith(("ese", "ish")) and len(low) > 5


@cache
def _phrases() -> Phrases[tuple[str, str, str]]:
    """Every phrase of the language with role, code and form."""
    meanings: dict[str, tuple[str, str, str]] = {}
    for words in _PRODUCTS:
        meanings[words] = ("product", codes.product(words)[0], "name")
    for words, known in _NEWS_PRODUCTS.items():
        meanings[words] = ("product", codes.product(known)[0], "name")
    meanings |= {words: ("product", words.replace(" ", "-"), "name") for words in _OTHER_PRODUCTS}
    meanings |= {words: ("place", code, "name") for words, code in codes.phrases().items() if code != codes.WORLD}
    meanings |= {words: ("place", code, "name") for words, code in _NEWS_PLACES.items()}
    meanings |= {words: ("flow", code, _form(words, code)) for words, code in _FLOWS.items()}
    meanings |= {words: ("policy", "", "name") for words in _POLICY}
    meanings |= {words: ("other", "", "name") for words in _OTHER}
    meanings |= {words: ("forecast", "", "name") for words in _FORECAST}
    meanings |= {words: ("none", "", "name") for words in _NO_FORECAST}
    meanings |= {words: ("definition", code, "name") for words, code in _DEFINITIONS.items()}
    meanings |= {words: ("office", code, "name") for words, code in _OFFICES.items()}
    meanings |= {words: ("office", code, "city") for words, code in _CITIES.items()}
    return Phrases(meanings)


def _form(words: str, code: str) -> str:
    if code != "B":
        return "name"
    return (
        "deficit"
        if any(w in words for w in ("deficit", "shortfall", "in the red"))
        else "surplus"
        if "surplus" in words or words == "in the black"
        else "gap"
        if any(w in words for w in ("gap", "imbalance"))
        else "balance"
    )


def names(words: Sequence[Token]) -> list[Name]:
    """Find every name in a sentence, in order; they do not overlap, the longest at a place wins."""
    lows = [w.low for w in words]
    found: list[Name] = []
    table = _phrases()
    i = 0
    while i < len(words):
        match = table.at(lows, i) if words[i].kind == "w" else None
        if match is None:
            i += 1
            continue
        length, (role, code, form) = match
        if name := _name(words, lows, i, i + length, role, code, form):
            found.append(name)
            i += length
        else:
            i += 1
    return found


def _name(words: Sequence[Token], lows: list[str], i: int, last: int, role: str, code: str, form: str) -> Name | None:
    after = lows[last] if last < len(lows) else ""
    if role == "none":
        return None if last == i + 1 and form else Name(i, last, "none", "")
    if role == "place":
        if lows[i] == "us" and not words[i].text.isupper() and "." not in words[i].text:
            return None  # the pronoun
        if lows[i] in ("turkey", "china") and words[i].text.islower():
            return None
        if (
            after in ("dollar", "dollars")
            or after == "$"
            and lows[i] in ("us", "u.s.", "hk")
            or after == "yuan"
            and code == "CHN"
        ):
            return None
        return Name(i, last, role, code, "adjective" if last == i + 1 and is_adjective(lows[i]) else "name")
    if role == "flow":
        return _flow(words, lows, i, last, code, form, after)
    if role == "forecast" and lows[i] == "may" and (words[i].text[0].isupper() and i > 0):
        return None
    if role == "forecast" and lows[i] == "project" and i > 0 and lows[i - 1] in ("the", "a", "this"):
        return None
    return Name(i, last, role, code, form)


def _flow(words: Sequence[Token], lows: list[str], i: int, last: int, code: str, form: str, after: str) -> Name | None:
    before = lows[i - 1] if i else ""
    word = lows[last - 1]
    single = last == i + 1
    if single and word in ("export", "import", "exporting", "importing") and after in _NOT_FLOW_AFTER:
        return None
    if (
        single
        and word in ("export", "import")
        and after in ("market", "markets", "destination", "destinations", "source")
    ):
        return Name(i, last, "flow", code, "market")
    grows = after in _TRADE_GROWTH and after not in ("data", "figures") and not words[last].glue
    if single and word == "trade" and after in _NOT_TRADE_AFTER and not grows:
        return None
    if single and word == "trade" and (before in ("fair", "free", "world", "global") or words[i].glue):
        return None
    if code == "B" and (
        before in _NOT_BALANCE_BEFORE or single and word == "gap" and before not in ("the", "trade", "a")
    ):
        return None
    if single and word == "sold" and not {"abroad", "overseas", "to", "world"} & set(lows[last : last + 8]):
        return None
    if single and word == "deliveries" and after != "to":
        return None
    if single and word in ("sent", "dispatched", "received") and not _goods_follow(lows, last):
        return None
    if single and word == "arrivals" and before not in ("cargo",) and not _is_goods(before):
        return None
    if single and word in ("cargo", "goods") and not (before == "bound" and words[i - 1].glue):
        return None
    if (
        not single
        and word in ("to", "from")
        and not {"goods", "products", "merchandise"} & set(lows[max(0, i - 9) : i])
    ):
        return None
    if single and word == "balance" and (after == "of" or i and before not in _BALANCE_BEFORE):
        return None
    if single and word == "sales":
        return _sales(lows, i, last)
    if single and word == "turnover" and before not in ("total", "export", "import", "an", "estimated", "trade"):
        return None
    if (
        single
        and word in ("outbound", "inbound")
        and after in ("tourism", "tourists", "travel", "investment", "flights")
    ):
        return None
    if (
        single
        and word == "commerce"
        and (before in ("of", "the", "e", "electronic") or words[i].glue or after == "ministry")
    ):
        return None
    if single and word == "purchases" and before in ("retail", "home", "asset", "bond", "government"):
        return None
    return Name(i, last, "flow", code, form)


_BALANCE_BEFORE = one_of(
    "the trade commercial its a merchandise goods foreign overall external monthly positive negative and"
)


def _is_goods(word: str) -> bool:
    """Whether a word can end the name of goods (`iron ore arrivals`), not of people (`tourist arrivals`)."""
    return word in (
        "ore",
        "oil",
        "crude",
        "gas",
        "coal",
        "copper",
        "soybean",
        "soybeans",
        "steel",
        "lng",
        "grain",
        "grains",
    )


def _goods_follow(lows: list[str], last: int) -> bool:
    """Whether goods are what was sent or received (`sent goods worth 73.9 billion euros to`)."""
    return bool({"goods", "merchandise", "products"} & set(lows[last : last + 2]))


def _sales(lows: list[str], i: int, last: int) -> Name | None:
    """`Sales` are exports where they go to a place (`sales to China`); weakly so elsewhere in a passage on exports."""
    if lows[i - 1 : i] and lows[i - 1] in ("retail", "home", "domestic", "bond", "asset", "vehicle"):
        return None
    return Name(i, last, "flow", "X", "name" if lows[last : last + 1] == ["to"] else "weak")
