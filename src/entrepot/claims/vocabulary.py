"""What news calls flows, places, goods, definitions and offices, and words that tell of something else: tables."""

from functools import cache

from entrepot import codes
from entrepot.claims.offices import AGENCIES, CITIES, MINISTRIES, OFFICES
from entrepot.claims.words import Phrases, called, listed

_FLOWS = called(
    {
        "X": """
        sold; sales; exports; export; outbound shipments; outbound trade; overseas shipments; shipments; outbound;
        overseas sales; foreign sales; external
        sales; sales abroad; outgoing shipments; exported; shipped; deliveries; export
        turnover; export revenue; export earnings; export value; export volume; export volumes; exporting; export
        shipments; export sales; exportation; sent; dispatched; goods bound; shipments bound; cargo bound; cargo;
        goods; went to; headed to
    """,
        "M": """
        imports; import; inbound shipments; inbound; imported; purchases; incoming shipments; import turnover;
        import value; import volume; import bill; received; importing; import volumes; arrivals; overseas
        purchases; foreign purchases; purchases abroad; bought
    """,
        "B": """
        trade surplus; surplus; trade deficit; deficit; trade balance; trade gap; shortfall; trade shortfall;
        trade imbalance; balance of trade; surpluses; deficits; gap; goods deficit; goods surplus; merchandise
        trade deficit; goods trade deficit; goods gap; foreign trade surplus; foreign trade balance; foreign
        trade deficit; external surplus; in the black; in the red; balance; total trade surplus; total trade
        deficit; exports minus imports; exports less imports; total trade balance; overall trade surplus;
        overall trade deficit; overall trade balance; total surplus; total deficit; overall surplus; overall
        deficit
    """,
        "T": """
        imports , exports; imports and exports; exports and imports;
        import and export; export and import; import - export; export -
        import; total trade; two way trade; bilateral trade; foreign trade; overall trade; trade turnover; trade
        volume; trade value; trade; external trade; merchandise trade; goods trade; trade in goods; trade of goods;
        trade in goods and services; trade of goods and services; trade in services; trade of services; cross border
        trade; import export turnover; export import turnover; import export; export import; imports plus exports;
        exports plus imports; turnover; mutual trade; commerce
    """,
    }
)
_POLICY = listed(
    """
    tariff; tariffs; duty; duties; levy; levies; quota; quotas; interest rate; interest rates; policy rate; lending
    rate; reserve requirement; vat; rebate; rebates; tax; taxes; surcharge; rate cut; import duty; import duties;
    sanctions; surtax; countervailing; anti dumping; repo rate; subsidies
    """
)
_OTHER = listed(
    """
    gdp; gross domestic product; economic growth; inflation; cpi; ppi; consumer prices; producer prices; pmi;
    purchasing managers; index; industrial output; industrial production; retail sales; unemployment; jobs; jobless;
    investment; fdi; foreign direct investment; reserves; population; wages; profit; profits; stocks; nikkei; hang
    seng; kospi; benchmark; exchange rate; yields; subsidy; loan; loans; debt; price; prices; production; output;
    the cost; coverage ratio; cover ratio; export cover; import cover;
    market share; market capitalisation; firms; companies; enterprises; the dollar; against the dollar; the yuan;
    the euro; the yen; the won; the rupee; container; per barrel; the economy; economic expansion; euro zone
    economy; growth target; remittances; tourism; tourists; deforestation; stimulus; budget; fiscal deficit; current
    account; capital account; bond; bonds; stake; factories; workers; people; employees; consumers; households;
    processes; processing capacity; controls; patents; visitors; passengers; inventories; new orders; economy
    expanded; economy grew; economy contracted; brent; wti; a barrel; futures; its shares; their shares; shares
    rose; shares fell; shares rising; shares falling; cheaper; dearer; economy shrank; economy slowed; economy is;
    economy has; rupee; freight rates; bookings; retailers' sales
    """
)
_FORECAST = listed(
    """
    economists estimate; analysts estimate; economists estimated; analysts estimated; sees exports; sees imports;
    sees shipments; sees growth; sees trade; sees the; foresees; foresee; foreseen; expected; expects; expect;
    expecting; expectation; expectations; forecast; forecasts; forecasting; forecasted; predicted; predict;
    predicts; projected; project; projects; projection; polled; poll; consensus; anticipated; anticipate; target;
    targets; targeting; goal; outlook; likely; could; may; would; will; might; is set to; are set to; on track to;
    on course; aims; aim; next year; by 2030; poised to; seen at; seen rising; seen falling; estimates; economists
    had; analysts had; survey; pencilled; set a target; penciled; envisages; hopes to; plans to; potential; pledged;
    commit; committed; should; projections; median; estimate of; prediction; predictions; economists surveyed;
    analysts surveyed; surveyed; estimated to have risen; estimated to have fallen; estimated to have grown;
    estimated to have contracted; estimated to have declined; estimated to have dropped; estimated to have increased;
    estimated to have edged; estimated to have climbed; estimated to have expanded; estimated to have slowed;
    estimated to have shrunk; estimated to have slipped; estimated by; on track for; headed for; heading for;
    striking distance; confidence in; at risk
    """
)
_NO_FORECAST = listed(
    """
    than expected; than forecast; than anticipated; than economists expected; than analysts expected; than
    economists forecast; than analysts forecast; than predicted; than projected; above expectations; below
    expectations; unexpected; than economists had expected; than analysts had expected; in may; beat expectations;
    beating expectations; beat forecasts; beating forecasts; market share; than markets expected; than economists
    had forecast; than had been expected; as expected; than estimated
    """
)
_DEFINITIONS = called(
    {
        "goods and services": """
        goods and services; goods and services trade; services and goods; merchandise and services
    """,
        "seasonally adjusted": """
        seasonally adjusted; calendar and seasonally adjusted; seasonal adjustment
    """,
        "private firms": """
        private enterprises; private firms; private companies; private businesses; private sector
    """,
        "state-owned firms": "state owned enterprises; state owned firms",
        "foreign firms": """
        foreign direct investment ( fdi ) businesses; foreign direct investment ( fdi ) enterprises; foreign direct
        investment ( fdi ) sector; foreign direct investment ( fdi ) firms; fdi businesses; fdi companies;
        foreign companies; foreign firms; foreign enterprises; foreign businesses; foreign sector; foreign invested
        enterprises; foreign funded enterprises; foreign invested firms; foreign invested
        companies; foreign invested businesses; foreign direct investment firms; foreign invested sector; fdi
        sector; foreign direct investment sector; fdi firms; fdi enterprises
    """,
        "domestic firms": """
        local firms; local companies; domestic firms; domestic enterprises;
        domestic companies; domestic economic sector; domestic sector;
        domestic economic
    """,
        "processing": "processing trade",
        "ordinary": "general trade; ordinary trade",
        "non-oil": """
        non oil; non petroleum; excluding oil; non petroleum and non gems and jewellery; non petroleum & non gems &
        jewellery; non petroleum , non gems and jewellery
    """,
        "cross-border e-commerce": "cross border e commerce; cross border ecommerce",
        "real": "in real terms; inflation adjusted; real goods; chained",
        "daily average": """
        daily average; average daily; per working day; daily exports
    """,
    }
)
_PLACES = called(
    {
        "@bloc": "the bloc; the block; the trading bloc; the regional bloc",
        "VNM": "việt nam",
        "USA": "the states; u s",
        "@others": """
        third countries; non eu countries; non eu nations; non eu states; non eu; non member countries; non members;
        countries outside the eu; countries outside of the eu; countries outside the european union; countries outside
        the bloc; countries outside the euro zone; countries outside the euro area; other countries; other markets;
        other destinations; other trading partners; other nations; the rest of the globe; non us markets; non us
        """,
        "EA": """
        euroarea; euro area 19; ea 19; ea 20; ea; the euro area; the euro zone; eurozone countries; euro zone countries
    """,
        "ASEAN": """
        southeast asia; asean bloc; southeast asian; south east asia; southeast asian nations
    """,
        "EU27": "european union; eu; the 27 nation bloc",
        "AFR": "africa; african",
        "LATAM": "latin america; latin american",
        "BRI": """
        belt and road countries; belt and road partner countries; belt and road; bri countries; bri partner
        countries; bri
    """,
    }
)
_PRODUCTS = listed(
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
_OTHER_WORDS = called(
    {
        "ships": "ship; vessel; shipbuilding",
        "toys": "toy",
        "integrated circuits": "integrated circuit",
        "footwear": "shoe",
        "automobiles": "automotive; passenger vehicles; passenger cars; passenger vehicle; passenger car",
        "textiles": "textile products; textile product",
        "batteries": "battery",
        "solar panels": "solar panel",
        "vehicles": "truck",
        "semiconductors": "memory chips; electronic integrated circuits",
        "apparel": "readymade garments",
        "pharmaceuticals": "drugs and pharmaceuticals; pharma; drugs; pharma products",
        "soybeans": "soya beans; soya; soybean seeds",
        "crude oil": "oil",
        "refined products": "refined oil; petroleum products; petroleum product; refined fuel; refined fuels",
        "textiles and garments": "garments and textiles; garment and textile; garment and textiles; textiles garments",
        "grains": "grain",
        "auto parts": "auto part; car part; automobile parts; automotive parts",
    }
)
_UNTABLED = listed(
    """
    permanent magnets; magnets; manufactured goods; manufactures; processed foods; seafood products; durians;
    durian; dragon fruit; bananas; avocados; mangoes; berries; apples; grapes; citrus; citrus fruits; oranges;
    orange juice; nuts; almonds; peanuts; pistachios; walnuts; soybean products; oilseeds; rapeseed; canola;
    sunflower oil; olive oil; sorghum; oats; flour; tapioca; cassava; potatoes; tomatoes; onions; garlic; flowers;
    cut flowers; honey; meat products; mutton; livestock; cattle; live cattle; wool; butter; milk powder; dairy
    products; infant formula; salmon; tuna; crab; squid; pangasius; tra fish; basmati rice; cocoa; cocoa beans;
    chocolate; confectionery; beverages; whisky; whiskey; liquor; beer; cigarettes; tobacco products; animal feed;
    pet food; alcoholic beverages; food products; food and beverages; foodstuffs; cereals; agri food; agri food
    products; bauxite; alumina; manganese; zinc; tin; uranium; potash; phosphate; sulphur; cement; marble; granite;
    refined copper; copper cathode; copper products; scrap metal; steel scrap; pig iron; ferronickel; iron; thermal
    coal; coking coal; metallurgical coal; diesel; gasoline; petrol; jet fuel; naphtha; fuel oil; lpg; propane;
    ethane; ethanol; biodiesel; electricity; crude petroleum; liquefied petroleum gas; condensate; precious metals;
    platinum; palladium; base metals; refrigerators; air conditioners; washing machines; televisions; tvs; cameras;
    watches; jewellery; jewelry; gems; engines; turbines; generators; transformers; cables; telecommunications
    equipment; telecoms equipment; electrical equipment; electrical and electronic products; electrical products;
    electrical goods; electronic equipment; machinery and transport equipment; machinery and vehicles; construction
    machinery; agricultural machinery; excavators; buses; bicycles; e bikes; vehicle parts; ev batteries; secondary
    batteries; cathode materials; pharmaceutical products; vaccines; medical supplies; medical instruments;
    instruments; precision instruments; optical instruments; organic chemicals; inorganic chemicals; plastics
    products; rubber products; rubber gloves; wood pulp; paper products; paperboard; wooden furniture; carpets;
    handicrafts; leather goods; leather products; handbags; sports equipment; knitwear; ready made garments; cotton
    yarn; silk; jute; beauty products; circuit boards; printed circuit boards; memory chips and modules; storage
    devices; hard drives; ai servers; ict products; ict goods; information and communication technology products;
    information and audiovisual products; wafers; polysilicon; photovoltaic products; solar products; solar modules;
    wind turbines; weapons; military equipment; satellites; helicopters; aircraft parts; aircraft engines;
    semiconductor devices; printers; office machines; glassware; building materials; pesticides; iron ore and
    concentrates; e cigarettes; non ferrous metals; basic metals; fabricated metal products; metal products; mineral
    products; live animals; miscellaneous manufactured articles; primary products; energy products; services;
    wireless devices; computer parts; oil products and gas; mobile devices; eggs; electronics; electronic products;
    electronic goods; electronics products; electronic components; beef; pork; petrochemicals; petrochemical;
    chemicals; chemical products; oil and gas; seafood; shrimp; displays; coffee; rice; fish; corn; wheat; sugar;
    cotton; poultry; chicken; fruit; fruits; vegetables; cashew nuts; pepper; wood; wood products; wooden products;
    gold; silver; diamonds; gems and jewellery; gems and jewelry; engineering goods; electronic items; bio health;
    cosmetics; food; wine; industrial supplies; capital goods; consumer goods; intermediate goods; industrial goods;
    industrial products; computers , electronic products and components; computers and electronics; phones and
    components; optical products; machinery and equipment; machine tools and equipment; transport equipment;
    electrical machinery; power equipment; pharmaceutical preparations; nonmonetary gold; monetary gold; civilian
    aircraft; motor vehicles and parts; foods feeds and beverages; foods , feeds , and beverages; raw materials;
    petroleum; energy; fuel; fuels; marine products; spices; tea; tobacco; edible oils; pulses; mineral fuels;
    parts; home electronics; wireless communication devices; biohealth; soybean meal; soy complex; leather; paper;
    glass; plastics; metals; minerals; nickel; lithium; cobalt; graphite; gallium; germanium; antimony; tungsten;
    critical minerals; robots; industrial robots; trucks; tractors; motorcycles; tyres; tires; dram; ssd; solid
    state drives; servers; drones; coke; ores; ore; soybean oil; palm oil; lumber products; dairy; cheese; milk;
    lobster; barley
    """
)


_SAME = {
    **dict.fromkeys(("engineering", "engineering products", "engineering items"), "engineering goods"),
    **dict.fromkeys(("display", "display panel", "display screens"), "displays"),
    **dict.fromkeys(("fuels", "fuel products"), "fuel"),
    **dict.fromkeys(("fishery products", "fisheries", "fishery", "aquatic products", "seafood products"), "seafood"),
    **dict.fromkeys(("factory made goods", "manufactured products", "manufacturing goods"), "manufactured goods"),
    **dict.fromkeys(("dynamic random access memory", "dram chips"), "dram"),
    **dict.fromkeys(("peppercorn", "black pepper"), "pepper"),
    **dict.fromkeys(("gems and jewelry", "gems & jewellery", "gem and jewellery"), "gems and jewellery"),
    "non monetary gold": "nonmonetary gold",
    "cashews": "cashew nuts",
    "maize": "corn",
    "coffee beans": "coffee",
}
"""Other names of goods that no table of ours has."""


_ONE_OF_THEM = listed(
    """
    smartphone; handset; computer; laptop; phone; vegetable; chemical; metal; mineral; plastic; robot; drone; tyre;
    tire; egg; spice; pharmaceutical; medicine; engineering; agriculture; farm produce; agro
    products; fruit and vegetables; fruit and vegetable; fruits and vegetables; agro forestry fishery; agro forestry
    and fishery; agricultural , forestry and fishery products; agro forestry fishery products; footwear products;
    wood and wood products; energy products; bulk commodities;
    metal ores; high end equipment; fabric; yarn; iron and steel; iron and steel products; cultural products;
    non gold; non oil and non gold; polished diamonds; telecom instruments; organic chemicals; yarns
    """
)
"""Goods by the name of one of them, or of the trade in them."""


def product_of(word: str) -> str:
    """Code of the goods called by one word (`vehicles`); empty if it is none of the products."""
    found = phrases().at([word], 0)
    return found[1][1] if found and found[1][0] == "product" else ""


@cache
def phrases() -> Phrases[tuple[str, str, str]]:
    """Every phrase of the language with role, code and form."""
    meanings: dict[str, tuple[str, str, str]] = {}
    meanings |= {words: ("product", codes.product(words)[0], "name") for words in _PRODUCTS}
    meanings |= {words: ("product", codes.product(known)[0], "name") for words, known in _OTHER_WORDS.items()}
    meanings |= {words: ("product", words.replace(" ", "-"), "name") for words in _UNTABLED}
    meanings |= {words: meanings[known] for words, known in _SAME.items()}
    meanings |= _singular(meanings)
    for words in _ONE_OF_THEM:
        meanings.setdefault(words, meanings.get(f"{words}s", ("product", words.replace(" ", "-"), "name")))
    meanings |= {words: ("place", code, "name") for words, code in codes.phrases().items() if code != codes.WORLD}
    meanings |= {words: ("place", code, "name") for words, code in _PLACES.items()}
    meanings |= {words: ("flow", code, _form(words, code)) for words, code in _FLOWS.items()}
    for role, topic in (("policy", _POLICY), ("other", _OTHER), ("forecast", _FORECAST), ("none", _NO_FORECAST)):
        meanings |= dict.fromkeys(topic, (role, "", "name"))
    meanings |= {words: ("definition", code, "name") for words, code in _DEFINITIONS.items()}
    meanings |= {words: ("office", code, "name") for words, code in OFFICES.items()}
    meanings |= {words: ("office", code, "ministry") for words, code in MINISTRIES.items()}
    meanings |= {words: ("office", code, "agency") for words, code in AGENCIES.items()}
    meanings |= {words: ("office", code, "city") for words, code in CITIES.items()}
    return Phrases(meanings)


def _singular(meanings: dict[str, tuple[str, str, str]]) -> dict[str, tuple[str, str, str]]:
    """Goods of two words and more as they stand before a flow (`home appliance exports`)."""
    plural = {w: meaning for w, meaning in meanings.items() if " " in w and w.endswith("s") and not w.endswith("ss")}
    single = {(w[:-3] + "y" if w.endswith("ies") else w[:-1]): meaning for w, meaning in plural.items()}
    return {w: meaning for w, meaning in single.items() if w not in meanings}


_FORMS = {
    "deficit": ("deficit", "shortfall", "in the red"),
    "surplus": ("surplus", "in the black"),
    "gap": ("gap", "imbalance"),
}
"""Which way a balance goes, by the words in its name."""


def _form(words: str, code: str) -> str:
    if code != "B":
        return "name"
    return next((form for form, told in _FORMS.items() if any(w in words for w in told)), "balance")
