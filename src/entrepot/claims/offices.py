"""Who speaks where no country is named: offices, trade bodies, datelines and currencies, and whose they are."""

from entrepot.claims.words import called

OFFICES = called(
    {
        "CHN": """
        general administration of customs; general customs administration; gacc; customs administration of china;
        state administration of foreign exchange
        """,
        "VNM": """
        general statistics office; general statistic office; gso; national
        statistics office; vietnam customs; general department of customs; department of customs; vietnam's customs;
        general department of vietnam customs; department of vietnam customs; vasep; vinatex; vitas;
        vicofa; moit; vinafruit;
        agency of foreign trade; vietnam trade office
        """,
        "USA": """
        census bureau; bureau of economic analysis; bea; commerce department; department of commerce; u.s. trade
        representative; us department of agriculture; usda
        """,
        "JPN": "ministry of economy , trade and industry; jetro",
        "DEU": """
        destatis; federal statistical office; federal statistics office; federal office of statistics; bga; vdma; vda;
        federal statistics agency; statistisches bundesamt
        """,
        "KOR": """
        korea customs service; korea customs; ministry of trade , industry; ministry of trade ,
        industry and energy; ministry of trade , industry and resources; motie; motir; korea international trade
        association; kita; bank of korea
        """,
        "BRA": """
        secex; mdic; comex stat; foreign trade secretariat; secretariat of foreign trade; cecafe; abiove; anec; abpa;
        abiec; unica
        """,
        "IND": """
        directorate general of foreign trade; dgft; dgci & s; gjepc; fieo; aepc; eepc; texprocil; ministry of
        commerce and industry; commerce and industry ministry; apeda; mpeda; icea; pib; solvent extractors
        """,
        "EU27": "eurostat",
        "GBR": "office for national statistics; ons; hmrc; hm revenue; british chambers of commerce; smmt",
        "FRA": "insee; french customs; ministry of foreign trade",
        "ITA": "istat; confindustria; coldiretti",
        "ESP": "datacomex; icex",
        "NLD": "statistics netherlands",
        "POL": "gus; statistics poland",
        "SWE": "statistics sweden",
        "NOR": "statistics norway; ssb; norwegian seafood council",
        "FIN": "finnish customs; tulli",
        "DNK": "statistics denmark",
        "CZE": "czech statistical office",
        "HUN": "ksh",
        "CHE": "federal office for customs; federal customs administration; swissmem; federation of the swiss watch",
        "IDN": """
        statistics indonesia; bps; badan pusat statistik; central statistics agency; gapki
        """,
        "MYS": """
        matrade; miti; dosm; department of statistics malaysia; ministry of investment , trade and industry;
        ministry of international trade and industry; malaysian palm oil board
        """,
        "THA": """
        tpso; thai national shippers' council; thai customs; trade policy and strategy office; department of foreign
        trade; thai rice exporters
        """,
        "PHL": "philippine statistics authority; psa",
        "SGP": "enterprise singapore; enterprisesg; ministry of trade and industry singapore",
        "TWN": "taiwan's ministry of finance; directorate general of budget",
        "HKG": "census and statistics department",
        "AUS": "australian bureau of statistics; abares",
        "NZL": "stats nz; statistics new zealand",
        "CAN": "statistics canada; statscan; statcan",
        "MEX": "inegi; bank of mexico; banxico",
        "ARG": "indec",
        "CHL": "banco central de chile; aduanas",
        "PER": "sunat; mincetur",
        "TUR": "turkstat; turkish statistical institute; tuik; turkish exporters assembly",
        "RUS": "rosstat; federal customs service",
        "UKR": "ukrstat; state customs service",
        "ZAF": "south african revenue service; stats sa; statistics south africa",
        "PAK": "pakistan bureau of statistics; pbs; aptma; trade development authority",
        "BGD": "export promotion bureau; epb; bgmea; bkmea",
        "LKA": "export development board; sri lanka customs",
        "KHM": "general department of customs and excise",
        "ISR": "israel's central bureau of statistics",
        "SAU": "gastat; general authority for statistics",
        "EGY": "capmas",
    }
)
"""Offices and bodies of one country only."""

AGENCIES = called(
    {
        "CHN": "xinhua; caixin; yicai; global times; china daily",
        "VNM": "vna; vietnam news agency; vnexpress; nhan dan; vietnamplus; vov; vgp",
        "JPN": "kyodo; nikkei asia; jiji; jiji press",
        "KOR": "yonhap; korea herald; korea times",
        "BRA": "agencia brasil; anba",
        "IND": "ani; pti; ians",
        "IDN": "antara",
        "MYS": "bernama",
        "ITA": "ansa",
        "TUR": "anadolu",
        "RUS": "tass; interfax; sputnik",
        "TWN": "focus taiwan; cna taiwan",
        "CAN": "the canadian press",
        "MEX": "notimex",
        "THA": "tna",
    }
)
"""News agencies and papers of one country, which tell of others too."""

MINISTRIES = called(
    {
        "JPN": "ministry of finance; finance ministry",
        "CHN": "national bureau of statistics",
        "IDN": "central bureau of statistics",
        "IND": "commerce ministry; ministry of commerce; ministry of commerce & industry; department of commerce data",
        "VNM": """
        ministry of industry and trade; industry and trade ministry; ministry of agriculture and environment;
        ministry of agriculture and rural development
        """,
        "KOR": "industry ministry; trade ministry; trade , industry and energy ministry",
        "TUR": "ministry of trade",
        "BRA": "ministry of development",
        "DEU": "federal statistics; statistics office",
        "USA": "department of agriculture",
    }
)
"""Ministries by names that several countries use, each with the one whose trade is told of most under that name."""

CITIES = called(
    {
        "CHN": "beijing; shanghai; guangzhou; shenzhen",
        "VNM": "hanoi; ha noi; ho chi minh city; hcm city; hcmc; da nang",
        "USA": "washington",
        "JPN": "tokyo; osaka",
        "IND": "new delhi; delhi; mumbai; kolkata; chennai",
        "DEU": "berlin; wiesbaden; frankfurt",
        "KOR": "seoul; sejong; busan",
        "BRA": "brasilia; brasília; sao paulo; são paulo; rio de janeiro",
        "FRA": "paris",
        "ITA": "rome; milan",
        "ESP": "madrid",
        "GBR": "london",
        "EU27": "brussels; luxembourg city",
        "NLD": "the hague; amsterdam",
        "POL": "warsaw",
        "SWE": "stockholm",
        "NOR": "oslo",
        "FIN": "helsinki",
        "DNK": "copenhagen",
        "CZE": "prague",
        "HUN": "budapest",
        "ROU": "bucharest",
        "AUT": "vienna",
        "CHE": "zurich; bern; berne",
        "GRC": "athens",
        "PRT": "lisbon",
        "IRL": "dublin",
        "IDN": "jakarta",
        "MYS": "kuala lumpur; putrajaya",
        "THA": "bangkok; nonthaburi",
        "PHL": "manila",
        "TWN": "taipei",
        "AUS": "canberra; sydney; melbourne",
        "NZL": "wellington; auckland",
        "CAN": "ottawa; toronto",
        "ARG": "buenos aires",
        "CHL": "santiago",
        "PER": "lima",
        "COL": "bogota; bogotá",
        "TUR": "ankara; istanbul",
        "RUS": "moscow",
        "UKR": "kyiv; kiev",
        "KAZ": "astana",
        "ZAF": "pretoria; johannesburg; cape town",
        "NGA": "abuja; lagos",
        "KEN": "nairobi",
        "EGY": "cairo",
        "SAU": "riyadh",
        "ARE": "dubai; abu dhabi",
        "IRN": "tehran",
        "ISR": "jerusalem; tel aviv",
        "PAK": "islamabad; karachi; lahore",
        "BGD": "dhaka",
        "LKA": "colombo",
        "KHM": "phnom penh",
        "LAO": "vientiane",
        "MMR": "yangon; naypyitaw; nay pyi taw",
        "NPL": "kathmandu",
    }
)
"""Cities in datelines."""

MONEY = called(
    {
        "CHN": "yuan; cny; rmb; renminbi",
        "KOR": "won; krw",
        "JPN": "yen; jpy",
        "IND": "rupees; crore; rupee; lakh; inr; fieo; crores",
        "VNM": "dong; vnd",
        "MYS": "ringgit; rm; myr",
        "IDN": "rupiah; rp; idr",
        "THA": "baht; thb",
        "PHL": "php",
        "BRA": "reais; brl",
        "TUR": "lira; liras",
        "POL": "zloty; zlotys; zlotych; pln",
        "HUN": "forint; forints; huf",
        "CZE": "koruna; koruny; czk",
        "SWE": "kronor; sek",
        "NOR": "kroner; nok",
        "CHE": "francs; chf",
        "GBR": "pounds; sterling; gbp",
        "ZAF": "rand; zar",
        "RUS": "rubles; roubles",
        "UKR": "hryvnia; uah",
        "BGD": "taka; bdt",
        "PAK": "pkr",
        "ISR": "shekels; ils",
        "NGA": "naira; ngn",
        "HKG": "hkd",
        "TWN": "twd",
        "AUS": "aud",
        "NZL": "nzd",
        "CAN": "cad",
    }
)
"""Words for money that point to whose trade is told."""
