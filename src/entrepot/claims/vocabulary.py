"""What news calls flows, places, goods, definitions and offices, and words that tell of something else: tables."""

from functools import cache

from entrepot import codes
from entrepot.claims import goods
from entrepot.claims.offices import AGENCIES, CITIES, MINISTRIES, OFFICES
from entrepot.claims.words import Phrases, called, listed, one_of

_FLOWS = called(
    {
        "X": """
        sold; sales; exports; export; outbound shipments; outbound trade; overseas shipments; shipments; outbound;
        overseas sales; foreign sales; external
        sales; sales abroad; outgoing shipments; exported; shipped; deliveries; supplies; export
        turnover; export revenue; export earnings; export value; export volume; export volumes; exporting; export
        shipments; export sales; exportation; sent; dispatched; goods bound; shipments bound; cargo bound; cargo;
        cargoes; goods; went to; headed to; made their way to; made its way to; found their way to; found its way to;
        exporters earned; exporters made; delivered; supplied; outgoing ones; outbound ones; outward shipments;
        left the country
    """,
        "M": """
        imports; import; inbound shipments; inbound; imported; purchases; incoming shipments; import turnover;
        import value; import volume; import bill; received; importing; import volumes; arrivals; overseas
        purchases; foreign purchases; purchases abroad; bought; purchased; procured; procurement; incoming ones;
        inbound ones; inward shipments; took in; takes in; taking in; brought in; unloaded; paid; spent; came into the
        country; entered the country; arrived in the country
    """,
        "B": """
        trade surplus; surplus; trade deficit; deficit; trade balance; trade gap; shortfall; trade shortfall;
        trade imbalance; imbalance; balance of trade;
        surpluses; deficits; gap; goods deficit; goods surplus; merchandise
        trade deficit; goods trade deficit; goods gap; trade gaps; import surplus; export surplus; foreign
        trade surplus;
        foreign trade balance; foreign trade deficit; external surplus; in the black; in the red; balance; total
        trade surplus; total trade deficit; exports minus imports; exports less imports; total trade balance;
        overall trade surplus; overall trade deficit; overall trade balance; total surplus; total deficit;
        overall surplus; overall deficit; favorable balance; favourable balance; positive balance; negative
        balance; unfavorable balance; unfavourable balance; net exports; net imports
    """,
        "T": """
        imports , exports; import & export; export & import; imports & exports; exports & imports;
        imports and exports; imports from and exports to; exports to and
        imports from; imported and exported; exported and imported; exports and imports;
        import and export; export and import; import - export; export -
        import; imports and export; import and exports; exports and import; export and imports;
        total trade; two way trade; bilateral trade; foreign trade; overall trade; trade turnover; trade
        volume; trade value; trade; external trade; merchandise trade; goods trade; trade in goods; trade of goods;
        trade in goods and services; trade of goods and services; trade in services; trade of services; cross border
        trade; import export turnover; export import turnover; import export; export import; imports plus exports;
        exports plus imports; turnover; mutual trade; commerce; traded; exchanged; trade exchange; trade exchanges;
        exchanged goods; exchanged goods and services; two way flow; two way flows; two way exchange; two way
        exchanges; two way flows; bought and sold; sold and bought;
        did business; does business; do business; doing business; done business; business done
    """,
    }
)
BUYERS = one_of("buyers customers")
SELLERS = one_of("suppliers sellers")
RANKS = one_of("biggest largest top main major leading principal chief")
"""Words by which those who buy or sell most are called: what they take are exports, what they send imports."""
_FLOWS |= {f"{rank} {who}": "X" if who in BUYERS else "M" for rank in RANKS for who in BUYERS | SELLERS}
_POLICY = listed(
    """
    tariff; tariffs; duty; duties; levy; levies; quota; quotas; interest rate; interest rates; policy rate; lending
    rate; the rate on; rates on; baseline of; baseline rate;
    reserve requirement; vat; rebate; rebates; tax; taxes; surcharge; rate cut; import duty; import duties;
    sanctions; surtax; countervailing; anti dumping; repo rate; subsidies
    """
)
_OTHER = listed(
    """
    gdp; gross domestic product; economic growth; inflation; cpi; ppi; consumer prices; producer prices; pmi;
    purchasing managers; index; industrial output; industrial production; retail sales; unemployment; jobs; jobless;
    investment; fdi; foreign direct investment; reserves; population; wages; profit; profits; stocks; nikkei; hang
    seng; kospi; benchmark; exchange rate; yields; subsidy; loan; loans; debt; price; prices; production; output;
    the cost; domestic value added; local content; import content; foreign content; coverage; coverage ratio;
    cover ratio; export cover; import cover;
    market share; market capitalisation; firms; companies; enterprises; the dollar; against the dollar; the yuan;
    the euro; the yen; the won; the rupee; container; per barrel; the economy; economic expansion; euro zone
    economy; growth target; remittances; tourism; tourists; deforestation; stimulus; budget; fiscal deficit; current
    account; capital account; bond; bonds; stake; factories; workers; people; employees; consumers; households;
    processes; smuggled; smuggling; processing capacity; controls; patents; visitors; passengers; inventories;
    students; hectares; acreage; acres; throughput; planted area; area planted; sown area; harvest; harvests;
    domestic consumption; private consumption; fuel consumption; oil consumption; gas consumption;
    new orders; manufacturing activity; factory activity; business activity; services activity; economy
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
    targets; targeting; targeted by; targeted for; goal; outlook; likely; could; may; would; will; might;
    wants; want; guess; guesses; supposed to; bet on; betting on; in its sights;
    is set to; are set to; on track to;
    on course; aims; aim; next year; by 2030; poised to; seen at; seen rising; seen falling; estimates; economists
    had; analysts had; survey; pencilled; set a target; penciled; envisages; hopes to; plans to; potential; pledged;
    commit; committed; promised to; promises to; vowed to; agreed to buy; agreed to purchase; agreed to increase;
    agreed to import; undertook to; called for; calls for; obliged to; obliges; should; projections; median;
    estimate of; prediction; predictions;
    economists surveyed; analysts surveyed; surveyed; estimated to have risen; estimated to have fallen;
    estimated to have grown;
    estimated to have contracted; estimated to have declined; estimated to have dropped; estimated to have increased;
    estimated to have edged; estimated to have climbed; estimated to have expanded; estimated to have slowed;
    estimated to have shrunk; estimated to have slipped; estimated by; on track for; headed for; heading for;
    striking distance; confidence in; at risk; tipped by; thought to; confident of; confident that; hopes that; hoping;
    hoped; were looking for; had looked for; been looking for; was looking for; braced for; bracing for; striving for;
    strives for; striving to; strives to; has targeted; have targeted; had targeted; sights on; eyeing; set to dip;
    set to fall; set to rise; set to grow; set to drop; set to shrink; set to decline; set to hit; set to top;
    set to exceed; set to surpass; set to post; set to reach; expecting; foreseen; forseen; pointed to; wanted to reach;
    thought would; is seen; are seen; was seen; were seen; seeks to; seeking to reach; pencilled in; penciled in
    """
)
_NO_FORECAST = listed(
    """
    thought to have; believed to have;
    than expected; than forecast; than anticipated; than economists expected; than analysts expected; than
    economists forecast; than analysts forecast; than predicted; than projected; above expectations; below
    expectations; unexpected; than economists had expected; than analysts had expected; in may; beat expectations;
    beating expectations; beat forecasts; beating forecasts; market share; than markets expected; than economists
    had forecast; than had been expected; as expected; than estimated;
    above forecast; below forecast; forecast smashing; forecast beating; better than expected; worse than expected;
    above consensus; below consensus; was seen in; were seen in; is seen in; are seen in; was seen as; is seen as;
    were seen as; is seen by; was seen by;
    than analysts ' forecasts; than economists ' forecasts; than forecasts; than expectations; than analysts '
    expectations; survey report; its survey; than economists ' expectations; than analysts ' estimates
    """
)
_DEFINITIONS = called(
    {
        "goods and services": """
        goods and services; goods and services trade; services and goods; merchandise and services
    """,
        "seasonally adjusted": """
        seasonally adjusted; calendar and seasonally adjusted; seasonal adjustment; seasonal factors;
        lunar new year effect; lunar new year effects; new year effects; spring festival effect; holiday effects;
        holiday effect; lunar new year factor; spring festival factor; calendar effects
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
        "without some goods": """
        excluding gold; excluding ships; excluding vessels; excluding energy; excluding chips; excluding semiconductors;
        excluding aircraft; excluding fuel; excluding fuels; excluding soybeans; excluding cars; excluding automobiles;
        excluding gems; excluding rare earths; excluding precious metals; stripping out gold; ex gold
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
        "CHN": """
        china and hong kong; mainland china and hong kong; china , including hong kong; china ( including hong kong );
        sino; people's republic; chinas
    """,
        "RUS": "russo",
        "IND": "indo; indias",
        "JPN": "nippo; japans",
        "GBR": "anglo",
        "FRA": "franco",
        "@bloc": "the bloc; the block; the trading bloc; the regional bloc",
        "VNM": "việt nam; vietnams",
        "USA": "the states; u s",
        "@others": """
        third countries; non eu countries; non eu nations; non eu states; non eu; non member countries; non members;
        other countries outside the eu; other countries outside the european union; other markets outside the eu;
        markets outside the eu; markets outside the bloc; destinations outside the eu; nations outside the eu;
        countries outside the eu; countries outside of the eu; countries outside the european union; countries outside
        the bloc; countries outside the euro zone; countries outside the euro area; other countries; other markets;
        other destinations; other trading partners; other nations; the rest of the globe; non us markets; non us
        """,
        "EA": """
        euroarea; euro area 19; ea 19; ea 20; ea; the euro area; the euro zone; eurozone countries; euro zone countries
    """,
        "ASEAN": """
        southeast asia; asean bloc; southeast asian; south east asia; southeast asian nations;
        association of south east asian nations; association for southeast asian nations; asean member states
    """,
        "EU27": "european union; eu; eu28; eu 28; eu27; the 27 nation bloc; the 28 nation bloc",
        "AFR": "africa; african",
        "LATAM": "latin america; latin american",
        "BRI": """
        belt and road countries; belt and road partner countries; belt and road; bri countries; bri partner
        countries; bri
    """,
    }
)


def product_of(word: str) -> str:
    """Code of the goods called by some words (`vehicles`, `electric vehicles`), or by the last; empty for none."""
    words = word.split()
    for first in range(len(words)):
        found = phrases().at(words, first)
        if found and found[1][0] == "product" and found[0] == len(words) - first:
            return found[1][1]
    return ""


@cache
def phrases() -> Phrases[tuple[str, str, str]]:
    """Every phrase of the language with role, code and form."""
    meanings: dict[str, tuple[str, str, str]] = {w: ("product", code, "name") for w, code in goods.codes_of().items()}
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


_FORMS = {
    "deficit": ("deficit", "shortfall", "in the red", "import surplus", "negative balance", "unfavo", "net imports"),
    "surplus": ("net exports", "surplus", "in the black", "favorable", "favourable", "positive balance"),
    "gap": ("gap", "imbalance"),
}
"""Which way a balance goes, by the words in its name."""


def _form(words: str, code: str) -> str:
    if code != "B":
        return "name"
    return next((form for form, told in _FORMS.items() if any(w in words for w in told)), "balance")
