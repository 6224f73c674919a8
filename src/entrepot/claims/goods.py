"""What news calls goods: names of the codes that offices publish, and goods that no table knows, by their own words."""

from functools import cache

from entrepot import codes
from entrepot.claims.words import called, listed

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
        "agricultural products": """
        agriculture goods; agricultural goods; agriculture products; farm goods; agri products; agriculture produce;
        agro forestry fishery products; agro forestry fishery; agro forestry fisheries; agro forestry fisheries
        products;
        agro forestry aquatic products; agro forestry aquatic; agro aquatic products; agro forestry and fishery
        products;
        agro forestry aquatic product; agro forestry fishery product; agricultural , forestry and fishery products;
        agricultural , forestry and fisheries products; agricultural , forestry and aquatic products; agricultural ,
        forestry and fishery; farm , forestry and fishery products; farm , forestry and fishery goods; agriculture ,
        forestry and fishery products; agriculture , forestry and fisheries products; agriculture , forestry and
        fisheries; agricultural , forestry , and fishery products
    """,
        "machinery": """
        machines; machine; machinery , equipment and parts; machinery , equipment and spare parts; machinery ,
        equipment , tools and parts;
        machinery , equipment , tools and spare parts; machinery , equipment , tools and instruments; machinery ,
        equipment and tools; machines , equipment and tools; machinery , equipment , and spare parts; machinery ,
        mechanical equipment and parts; machinery and parts; machinery and mechanical appliances; machines and equipment
        """,
        "iron ore": """
        iron ores; iron ore and concentrates; iron ore and concentrate; iron ores and concentrates; iron ore &
        concentrates
    """,
        "copper ore": """
        copper ores; copper ores and concentrates; copper ore and concentrates; copper ore and concentrate; copper
        ores &
        concentrates; copper ore & concentrate
    """,
        "aluminium": """
        unwrought aluminium and products; aluminium and products; unwrought aluminium and aluminium products; unwrought
        aluminum and aluminum products; unwrought aluminum and products
    """,
        "mobile phones": """
        cell phones and accessories; phones and accessories; mobile phones and accessories; mobile phones and spare
        parts;
        cell phones and spare parts; phones and spare parts; handsets and parts
    """,
        "refined oil products": "refined petroleum products; refined petroleum",
        "toys": "toy",
        "integrated circuits": "integrated circuit; ic; ics",
        "footwear": "shoe",
        "automobiles": """
        automotive; passenger vehicles; passenger cars; passenger vehicle; passenger car; motor cars; motor cars
        and motor vehicles
    """,
        "textiles": """
        textile products; textile product; textile yarn and fabrics; textile yarns and fabrics; textile yarn , fabrics;
        textile yarn and fabric products; textile yarn and fabric; yarns and fabrics; textile yarn
    """,
        "batteries": "battery",
        "solar panels": "solar panel",
        "vehicles": "truck",
        "semiconductors": "memory chips; electronic integrated circuits",
        "apparel": """
        readymade garments; ready made garments; garment products; apparel products; clothing products; apparel and
        clothing accessories; garments and clothing accessories; garment and clothing accessories; clothing and
        accessories; rmg; garments and accessories; apparel and accessories; clothing and accessories; clothes and
        accessories
    """,
        "pharmaceuticals": """
        drugs and pharmaceuticals; pharma; drugs; pharma products; pharmaceutical products; pharmaceutical goods
    """,
        "soybeans": "soya beans; soya; soybean seeds",
        "crude oil": "oil; crude petroleum",
        "steel": "steel and steel products; iron and steel products",
        "grains": "grain; grain crops; cereals and grains",
        "computers": "computers and peripherals; computers and peripheral devices; computers and peripheral equipment",
        "copper": """
        unwrought copper and copper products; copper and copper products; copper and products; red metal;
        refined copper; copper cathode; copper cathodes
    """,
        "auto parts": "auto part; car part; automobile parts; automotive parts; vehicle parts; motor vehicle parts",
        "rare earth magnets": """
        rare earth permanent magnets; permanent magnets; permanent magnet; rare earth magnet; magnets; magnet
    """,
        "solar modules": "solar modules; solar module; pv modules; photovoltaic modules; solar products; photovoltaics",
        "electric vehicles": """
        electric passenger vehicles; electric passenger cars; battery electric vehicles; pure electric vehicles; bevs
    """,
        "new energy vehicles": "nev; new energy cars; new energy passenger vehicles; new energy passenger cars",
        "lithium batteries": "power batteries; ev batteries",
        "textiles and garments": """
        garments and textiles; garment and textile; apparel and textiles; apparel and textile; clothing and textiles;
        textile , apparel; textiles , apparel , and clothing accessories; textiles , garments
    """,
        "refined products": "refined oil; refined fuels; refined fuel; refined oils; oil product",
        "liquid crystal display panels": "liquid crystal display panels; lcds; liquid crystal displays",
        "mechanical and electrical products": """
        mechanical and electrical goods; mechanical and electrical; electromechanical;
        machinery and electrical goods; machinery and electronics products;
        electromechanical goods; electrical and mechanical products; mechanical and electronic goods; machinery and
        electronic products
    """,
        "labour intensive products": "labour intensive goods; labor intensive goods",
    }
)
_UNTABLED = listed(
    """
    dragon fruit; mangoes; berries; apples; grapes; citrus; citrus fruits; oranges; nuts; pistachios;
    walnuts; soybean products; oilseeds; oats; flour; tapioca; flowers; cut flowers; honey; meat products; mutton;
    cattle; live cattle; butter; milk powder; dairy products; infant formula; crab; tra fish; basmati rice; cocoa
    beans; chocolate; confectionery; whisky; whiskey; beer; cigarettes; tobacco products; animal feed; pet food;
    alcoholic beverages; food products; food and beverages; foodstuffs; cereals; agri food; agri food products; tin;
    uranium; phosphate; sulphur; marble; granite; refined copper; copper cathode; steel scrap; pig iron;
    ferronickel; metallurgical coal; petrol; propane; ethane; electricity; crude petroleum; liquefied petroleum gas;
    condensate; precious metals; platinum; palladium; base metals; tvs; cameras; jewellery; jewelry; gems; engines;
    turbines; generators; cables; telecoms equipment; electrical and electronic products; electrical goods;
    electronic equipment; machinery and transport equipment; machinery and vehicles; e bikes; secondary batteries;
    cathode materials; pharmaceutical products; medical supplies; medical instruments; instruments; inorganic
    chemicals; plastics products; rubber gloves; wood pulp; paperboard; wooden furniture; leather goods; handbags;
    sports equipment; knitwear; cotton yarn; silk; beauty products; circuit boards; memory chips and modules;
    storage devices; hard drives; ai servers; ict products; ict goods; information and audiovisual products;
    photovoltaic products; weapons; military equipment; satellites; helicopters; semiconductor devices; printers;
    office machines; glassware; building materials; pesticides; e cigarettes; non ferrous
    metals; basic metals; fabricated metal products; mineral products; live animals; miscellaneous manufactured
    articles; primary products;
    manufactured goods; manufactures; processed foods; seafood products; copper products; cocoa; bananas; durians;
    avocados; cherries; almonds; peanuts; sorghum; canola; rapeseed; sunflower oil; olive oil; orange juice; garlic;
    ginger; cassava; wool; cement; bauxite; alumina; zinc; manganese; titanium; potash; urea; ammonia; methanol;
    naphtha; diesel; gasoline; jet fuel; fuel oil; ethanol; biodiesel; coking coal; thermal coal; stainless steel;
    scrap metal; polysilicon; wind turbines; transformers; excavators; buses; bicycles; watches; televisions;
    refrigerators; air conditioners; washing machines; game consoles; vaccines; salmon; tuna; pangasius; squid;
    basic goods; primary goods; primary products; semi finished products; finished products; vehicles and parts; cars
    and parts; automobiles and parts; computers and parts; aircraft parts and accessories; animal feed; pet food;
    electric machines; circuit boards; jewelry; jewellery; printed circuit boards; wafers; peripherals;
    telecommunications equipment; telecom equipment; communications equipment; information technology products; it
    products; optical instruments; precision instruments; precision machinery; paper products; rubber products; metal
    products; leather products; handicrafts; carpets; jute; iron; ferroalloys; agricultural machinery; construction
    machinery; electrical equipment; electrical products; electric machinery; office machinery; capital equipment;
    automatic data processing equipment; metal ores and minerals; macadamia nuts; machine
    parts; aircraft parts; aircraft engines; consumption goods; mining products; mining goods; forestry products;
    fishery products; fisheries; livestock; beverages; alcohol; liquor; sesame; onions; potatoes; tomatoes;
    services; wireless devices; computer parts; oil products and gas; mobile devices; eggs;
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


_SAME = called(
    {
        "palm oil": """
        palm oil and palm oil based products; palm oil and palm oil based agriculture products; palm oil based products;
        palm oil and palm oil based agricultural products; palm oil products; palm oil and products; cpo; crude palm
        oil; crude palm oil ( cpo )
    """,
        "vegetable oils": """
        animal and vegetable oils; animal and vegetable fats and oils; animal or vegetable fats and oils; animal and
        vegetable fats
    """,
        "agro industrial products": """
        agricultural and agro industrial products; agricultural and agro industrial; agro industrial; farm and agro
        industrial products
    """,
        "automatic data processing equipment": """
        automatic data processing machines; automatic data processing equipment and components; data processing
        equipment;
        automatic data processing machines and components; data processing machines
    """,
        "electronic components": """
        electronics components; electronics components and parts; electronic components and parts; electronic parts and
        components; electronic parts
    """,
        "electrical and electronic products": """
        electrical & electronic products; electrical and electronics products; electrical & electronics products;
        electrical and electronics; electrical & electronics; e & e products
    """,
        "fertilisers": "fertiliser; fertilizer; fertilizers",
        "tobacco": "yellow tobacco; leaf tobacco; raw tobacco",
        "timber": "timber and timber based products; timber based products",
        "foods feeds and beverages": "foods , feeds and beverages",
        "iron and steel": "steel and iron; iron or steel",
        "dairy": "milk and dairy products; dairy products",
        "engineering goods": "engineering; engineering products; engineering good",
        "displays": "display",
        "ict products": """
        ict; ict goods; information and communication technology goods; information and communications technology goods;
        information and communications technology ( ict ) goods; information and communication technology ( ict ) goods;
        information and communications technology ( ict ) products; information and communication technology products;
        information and communications technology products
    """,
        "oled panels": """
        oled; organic light emitting diode ( oled ) panels; organic light emitting diode panels
    """,
        "dram": """
        dynamic random access memory; dynamic random access memory ( dram ); dram chips; dynamic random access memory
        chips; dynamic random access memory ( dram ) chips
    """,
        "solid state drives": "ssd; ssds",
        "nonmonetary gold": "non monetary gold; non - monetary gold",
        "pepper": "peppercorn; peppercorns; black pepper",
        "cashew nuts": "cashews; cashew; cashew nut",
        "fuel": "fuels",
        "electronics": "electronic products; electronic goods; electronics products; electronic items",
        "chemicals": "chemical products; chemical",
        "wood products": """
        wooden products; wood and wooden products; wood and wood products; timber products; wood and timber products;
        wood and timber
    """,
        "gems and jewellery": "gems and jewelry; gems & jewellery",
        "fruit": "fruits",
        "fruit and vegetables": """
        vegetables and fruits; fruits and vegetables; vegetables and fruit; fruit and vegetable
    """,
        "manufactured goods": "manufactures; factory made goods; manufactured products; manufactured items",
        "industrial supplies": "industrial supplies and materials",
        "seafood": """
        seafoods; seafood products; fishery products; fisheries; marine products; aquatic products; aquatic product
    """,
        "wireless communication devices": "wireless communications devices",
        "corn": "maize",
        "soybean meal": "soymeal; soya meal",
        "soybeans": "soya; soya beans; soybean",
        "pulp": "cellulose",
        "home appliances": "appliances; household appliance",
        "scallops": "scallop",
        "tea": "green tea; black tea",
        "soybean oil": "soyoil; soya oil; soy oil",
        "petrochemicals": "petrochemical products; petrochemical",
        "gold": "bullion; yellow metal",
        "silver": "white metal",
        "coffee": "coffee beans",
        "rice": "paddy",
        "durians": "durian",
        "cotton": "raw cotton",
        "liquefied petroleum gas": "lpg",
        "agricultural machinery": "farm machinery",
        "consumption goods": "consumption good",
        "agro products": "agro product",
    }
)
"""Other words for goods that no table knows."""


_ONE_OF_THEM = listed(
    """
    smartphone; handset; computer; laptop; phone; vegetable; chemical; metal; mineral; plastic; robot; drone; tyre;
    tire; egg; spice; pharmaceutical; medicine; petroleum product; engineering; agriculture; farm produce; agro
    products; fruit and vegetables; fruit and vegetable; fruits and vegetables; agro forestry fishery; agro forestry
    and fishery; agricultural , forestry and fishery products; agro forestry fishery products; footwear products;
    energy products; bulk commodities;
    metal ores; high end equipment; fabric; yarn; iron and steel; iron and steel products; cultural products;
    non gold; non oil and non gold; polished diamonds; telecom instruments; organic chemicals; yarns
    """
)
"""Goods by the name of one of them, or of the trade in them."""


SECTORS = {
    "mining": "mining-products",
    "manufacturing": "manufactured-goods",
    "industrial": "industrial-goods",
    "forestry": "forestry-products",
    "fishery": "seafood",
    "farm": "agricultural",
}
"""What a flow is called by the trade that its goods come from (`mining exports`)."""


@cache
def codes_of() -> dict[str, str]:
    """Every name of goods with their code: that of a table, or the words themselves (`palm-oil`)."""
    named = {words: codes.product(words)[0] for words in _PRODUCTS}
    named |= {words: codes.product(known)[0] for words, known in _OTHER_WORDS.items()}
    named |= {words: words.replace(" ", "-") for words in _UNTABLED}
    named |= {words: known.replace(" ", "-") for words, known in _SAME.items()}
    named |= _singular(named)
    for words in _ONE_OF_THEM:
        named.setdefault(words, named.get(f"{words}s", words.replace(" ", "-")))
    return named


def _singular(named: dict[str, str]) -> dict[str, str]:
    """Goods of two words and more as they stand before a flow (`home appliance exports`)."""
    plural = {w: code for w, code in named.items() if " " in w and w.endswith("s") and not w.endswith("ss")}
    single = {(w[:-3] + "y" if w.endswith("ies") else w[:-1]): code for w, code in plural.items()}
    return {w: code for w, code in single.items() if w not in named}
