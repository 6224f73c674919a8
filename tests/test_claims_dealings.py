"""Who buys and who sells, told by verbs with either side as subject. Texts and figures are of our making."""

import pytest

from entrepot.claims import read

Told = tuple[str, str, str]

BUYERS: list[tuple[str, dict[str, Told]]] = [
    ("""Korea's exports of ICT goods rose 31.1 percent in August to $21.3 billion. The United States bought 41.3 per
cent more, for $3.59 billion; the European Union bought 3.9 per cent less, for $910 million.""",
     {"41.3 per cent": ("KOR", "X", "USA"), "$3.59 billion": ("KOR", "X", "USA"),
      "3.9 per cent": ("KOR", "X", "EU27"), "$910 million": ("KOR", "X", "EU27")}),
    ("""Peru's exports fell 2.1% in August to $6.3 billion. China bought $2.2 billion, 4.4% less than a year earlier,
and Japan bought $310 million.""",
     {"$2.2 billion": ("PER", "X", "CHN"), "4.4%": ("PER", "X", "CHN"), "$310 million": ("PER", "X", "JPN")}),
    ("""Chile's exports came to $8.1 billion in August. The largest customer was China. It bought $3.3 billion, 5.1%
more than last year. Brazil took $410 million.""",
     {"$3.3 billion": ("CHL", "X", "CHN"), "5.1%": ("CHL", "X", "CHN"), "$410 million": ("CHL", "X", "BRA")}),
    ("""Thai exports rose 5.8% in August. Main markets as a whole bought 2.3% more, with the US up 21.7%, Japan 15.7%
and China 1.9%.""",
     {"2.3%": ("THA", "X", "WLD"), "21.7%": ("THA", "X", "USA"), "1.9%": ("THA", "X", "CHN")}),
    ("""India's oilmeal exports fell 12% in August to 310,000 tonnes. South Korea bought 98,800 tonnes of oilmeals,
Vietnam 34,423 tonnes and Thailand 24,801 tonnes.

Bangladesh took 25,440 tonnes and Taiwan 4,369 tonnes.""",
     {"98,800 tonnes": ("IND", "X", "KOR"), "34,423 tonnes": ("IND", "X", "VNM"), "25,440 tonnes": ("IND", "X", "BGD"),
      "4,369 tonnes": ("IND", "X", "TWN")}),
    ("""Mexico's exports of manufactures rose 2.5% in August to $44.2 billion. The United States bought 10.7% fewer
cars and other markets 40.2% fewer.""",
     {"10.7%": ("MEX", "X", "USA"), "40.2%": ("MEX", "X", "WLD")}),
    ("""Vietnam sold $38.5 billion worth of goods abroad in August, 6% more than last year. No market bought more than
the U.S., the biggest, which took $11.8 billion, a 13% rise. In second place came China with $5.6 billion.""",
     {"$38.5 billion": ("VNM", "X", "WLD"), "$11.8 billion": ("VNM", "X", "USA"), "13%": ("VNM", "X", "USA"),
      "$5.6 billion": ("VNM", "X", "CHN")}),
    ("""Brazil exported $4.1 billion worth of beef in July and August. China is still the largest customer. It has
bought 296,836 tons, 9.5% more. Purchases by the second-largest customer, the United States, soared 103.7% to 34,733
tons.""",
     {"296,836 tons": ("BRA", "X", "CHN"), "9.5%": ("BRA", "X", "CHN"), "103.7%": ("BRA", "X", "USA"),
      "34,733 tons": ("BRA", "X", "USA")}),
    ("""Malaysia's exports rose 3.1% in August. China took 13.11 billion ringgit of Malaysian goods, up 26 percent, and
sent goods worth 16.79 billion ringgit, up 5 percent.""",
     {"13.11 billion ringgit": ("MYS", "X", "CHN"), "26 percent": ("MYS", "X", "CHN"),
      "16.79 billion ringgit": ("MYS", "M", "CHN"), "5 percent": ("MYS", "M", "CHN")}),
    ("""Australia's coal exports fell in August. Japanese utilities bought 4.1 million tonnes and Indian steelmakers
2.2 million tonnes.""",
     {"4.1 million tonnes": ("AUS", "X", "JPN"), "2.2 million tonnes": ("AUS", "X", "IND")}),
]  # fmt: skip

OURS: list[tuple[str, dict[str, Told]]] = [
    ("""In the first half Viet Nam paid US$10.26 billion for American goods, 22% more than a year earlier. Viet Nam's
exports to the US came to $71 billion.""",
     {"US$10.26 billion": ("VNM", "M", "USA"), "22%": ("VNM", "M", "USA"), "$71 billion": ("VNM", "X", "USA")}),
    ("""China's exports to the US were $42.6 billion in August. China spent US$13.7 billion on US products, an increase
of 9.6 per cent.""",
     {"US$13.7 billion": ("CHN", "M", "USA"), "9.6 per cent": ("CHN", "M", "USA")}),
    ("""German exports fell 0.5% in August. To the United States Germany sold 5.6% more, and it bought 1.3% less
there.""",
     {"5.6%": ("DEU", "X", "USA"), "1.3%": ("DEU", "M", "USA")}),
    ("""Japan's surplus with the United States sank 22.9 percent to 669.3 billion yen in August. Japan imported 2.0
percent less from there, 1.04 trillion yen.""",
     {"2.0 percent": ("JPN", "M", "USA"), "1.04 trillion yen": ("JPN", "M", "USA")}),
    ("""Vietnam sold the US more than 9.63 billion USD of goods between January and July, 20.7 percent above last year.
Footwear came next with nearly 1.15 billion USD.

Over those seven months Vietnam took in US goods worth 2.46 billion USD, 19.9 percent more than in 2024.""",
     {"9.63 billion USD": ("VNM", "X", "USA"), "1.15 billion USD": ("VNM", "X", "USA"),
      "2.46 billion USD": ("VNM", "M", "USA"), "19.9 percent": ("VNM", "M", "USA")}),
    ("Canada sold Mexico $820 million of goods in July and bought goods worth $3.9 billion there.",
     {"$820 million": ("CAN", "X", "MEX"), "$3.9 billion": ("CAN", "M", "MEX")}),
    ("Indonesia shipped 12% more palm oil to India in August.", {"12%": ("IDN", "X", "IND")}),
    ("Korea's exports grew in August. Local companies traded $14.49 billion.", {"$14.49 billion": ("KOR", "T", "WLD")}),
    ("""China brought in 267,553 tonnes of soybeans from the United States in August, down 56.5% from 614,805 tonnes in
the previous year.""",
     {"267,553 tonnes": ("CHN", "M", "USA"), "56.5%": ("CHN", "M", "USA")}),
    ("India's exports shrank 5% in August. Inward shipments were worth USD 27.28 billion, a decline of 5.03 per cent.",
     {"USD 27.28 billion": ("IND", "M", "WLD"), "5.03 per cent": ("IND", "M", "WLD")}),
]  # fmt: skip

THERE: list[tuple[str, dict[str, Told]]] = [
    ("""The US is still Germany's most important partner outside the EU. But August exports there came to just €11
billion, the lowest since October 2024 (€12.3 billion). Other countries outside the EU bought less as well: exports to
China fell 5.9 per cent to €6 billion and those to the UK 2.1 per cent to €6.3 billion.""",
     {"€11 billion": ("DEU", "X", "USA"), "€12.3 billion": ("DEU", "X", "USA"), "5.9 per cent": ("DEU", "X", "CHN"),
      "2.1 per cent": ("DEU", "X", "GBR"), "€6.3 billion": ("DEU", "X", "GBR")}),
    ("""China is New Zealand's biggest customer. Exports there rose 3.1% to NZ$1.5 billion in August, and imports from
there 2%.""",
     {"3.1%": ("NZL", "X", "CHN"), "NZ$1.5 billion": ("NZL", "X", "CHN"), "2%": ("NZL", "M", "CHN")}),
    ("""The United States put tariffs on steel. Korea's car exports to that market fell 15% in August, and shipments of
steel there 21%.""",
     {"15%": ("KOR", "X", "USA"), "21%": ("KOR", "X", "USA")}),
    ("Exports to Russia were 5.4% below July's and imports from there fell 33.1%, Germany's statistics office said.",
     {"5.4%": ("DEU", "X", "RUS"), "33.1%": ("DEU", "M", "RUS")}),
]  # fmt: skip

BALANCES: list[tuple[str, dict[str, Told]]] = [
    ("The first eight months left Vietnam with 5.39 billion USD more in exports than imports.",
     {"5.39 billion USD": ("VNM", "B", "WLD")}),
    ("Foreign firms in Vietnam had net exports of $4.8 billion in August, against net imports of $2 billion by others.",
     {"$4.8 billion": ("VNM", "B", "WLD"), "$2 billion": ("VNM", "B", "WLD")}),
    ("In goods the US was $68.3 billion in deficit in August.", {"$68.3 billion": ("USA", "B", "WLD")}),
    ("Italy sold 5.1 billion euros more abroad in August than it bought.", {"5.1 billion euros": ("ITA", "B", "WLD")}),
    ("The UK bought £1.6 billion more goods from abroad in August than it sold there.",
     {"£1.6 billion": ("GBR", "B", "WLD")}),
    ("""Korea's imports rose 9.2 percent in August. Exports have now been larger than imports for 79 straight
months.""", {"79 straight months": ("KOR", "B", "WLD")}),
]  # fmt: skip


MORE: list[tuple[str, dict[str, Told]]] = [
    ("""Vietnam's domestic firms were 18.26 billion USD in the red in August, even though they sold 17.5 percent more,
for 5.07 billion USD.""",
     {"18.26 billion USD": ("VNM", "B", "WLD"), "17.5 percent": ("VNM", "X", "WLD"),
      "5.07 billion USD": ("VNM", "X", "WLD")}),
    ("""Japan's imports fell 12.4 percent to 8.8 trillion yen in August. Exports, lifted by strong sales of cars to the
United States, were 1.4 percent higher at 8.2 trillion yen, a record.""",
     {"1.4 percent": ("JPN", "X", "WLD"), "8.2 trillion yen": ("JPN", "X", "WLD")}),
    ("""German exports fell in August for the first time in three months, with China and the United States both ordering
less. On the month they lost 3.6 percent after a gain of 1.7 percent in July.""",
     {"3.6 percent": ("DEU", "X", "WLD"), "1.7 percent": ("DEU", "X", "WLD")}),
    ("""Taiwan's exports rose 22.3 percent in August. The surplus, US$4.4 billion, was 1.3 percent larger than a year
earlier. Electronic components earned US$17.21 billion, 27.5 percent more than last year.""",
     {"US$17.21 billion": ("TWN", "X", "WLD"), "27.5 percent": ("TWN", "X", "WLD")}),
    ("""The US trade deficit was $78.3 billion in July. Surpluses were recorded with Netherlands ($4.3 billion), Hong
Kong ($1.8 billion), Brazil ($1.2 billion), and Belgium ($0.3 billion). The deficits were with China ($32.1
billion), Mexico ($11.9 billion), France ($0.8 billion), Saudi Arabia ($0.8 billion), and Israel ($0.5 billion).""",
     {"$4.3 billion": ("USA", "B", "NLD"), "$1.2 billion": ("USA", "B", "BRA"), "$0.3 billion": ("USA", "B", "BEL"),
      "$0.5 billion": ("USA", "B", "ISR"), "$11.9 billion": ("USA", "B", "MEX")}),
    ("""China's soybean imports in August from top supplier Brazil soared to a record high. The world's top soybean
buyer brought in 10.51 million tonnes of the oilseed from the South American country, up 91% from 5.5 million
tonnes in the previous year.""",
     {"10.51 million tonnes": ("CHN", "M", "BRA"), "91%": ("CHN", "M", "BRA"),
      "5.5 million tonnes": ("CHN", "M", "BRA")}),
    ("""The U.S. traded most with China in August: goods bought and sold with it were worth $29.7 billion, less than the
$31.5 billion for Mexico and the $30.6 billion for Canada.""",
     {"$29.7 billion": ("USA", "T", "CHN"), "$31.5 billion": ("USA", "T", "MEX"),
      "$30.6 billion": ("USA", "T", "CAN")}),
    ("""India's polished diamonds brought in US$ 2159.64 million in August, 2.8% less than a year before. Polished goods
for US$ 111.91 million came into the country, a drop of 18.5%.""",
     {"US$ 2159.64 million": ("IND", "X", "WLD"), "2.8%": ("IND", "X", "WLD"),
      "US$ 111.91 million": ("IND", "M", "WLD"), "18.5%": ("IND", "M", "WLD")}),
    ("""China's soybean imports rose 5% in August to 12.3 million tonnes. The United States shipped 267,553 tonnes,
56.5% less than a year before. Brazil sold China 7.5% less than in July, 10.1 million tonnes. Russia supplied
18% more.""",
     {"267,553 tonnes": ("CHN", "M", "USA"), "56.5%": ("CHN", "M", "USA"), "7.5%": ("CHN", "M", "BRA"),
      "10.1 million tonnes": ("CHN", "M", "BRA"), "18%": ("CHN", "M", "RUS")}),
    ("""India's crude imports fell 3% in August. Iraq delivered 4.1 million tonnes and Saudi Arabia sent 3.2 million
tonnes. The comparable figure for Russia is 8.2 million tonnes.""",
     {"4.1 million tonnes": ("IND", "M", "IRQ"), "3.2 million tonnes": ("IND", "M", "SAU"),
      "8.2 million tonnes": ("IND", "M", "RUS")}),
    ("""Japan's LNG imports were 5.1 million tonnes in August. Australia exported 7.1 million tonnes worldwide.""",
     {"7.1 million tonnes": ("AUS", "X", "WLD")}),
    ("""China's trade with Africa rose 7% in July. South Africa ranks first. It did 22.5 billion yuan of trade with
China in the month. Vietnam, its trade with China having surged 18.1 percent, leads in Asia.""",
     {"22.5 billion yuan": ("CHN", "T", "ZAF"), "18.1 percent": ("CHN", "T", "VNM")}),
    ("""China sent Africa goods valued at 79.5 billion yuan in August, up 20 percent.""",
     {"79.5 billion yuan": ("CHN", "X", "AFR"), "20 percent": ("CHN", "X", "AFR")}),
    ("""Half-year exports of China to the US totalled US$217.7 billion and imports from there US$84 billion,
respectively 13.6 per cent and 11.8 per cent up on the first half of last year.""",
     {"US$84 billion": ("CHN", "M", "USA"), "13.6 per cent": ("CHN", "X", "USA"),
      "11.8 per cent": ("CHN", "M", "USA")}),
    ("""With America alone China earned a surplus of US$33.7 billion in August, not far off the US$98 billion it earned
with the entire world.""",
     {"US$33.7 billion": ("CHN", "B", "USA"), "US$98 billion": ("CHN", "B", "WLD")}),
    ("""ASEAN was China's top partner in August, up 11.7 percent, then the United States, with which trade shrank 9
percent to 242 billion yuan.""",
     {"9 percent": ("CHN", "T", "USA"), "242 billion yuan": ("CHN", "T", "USA")}),
    ("""China's exports to South Korea were 8.2% lower in August. In the case of Japan, exports and imports were down
8.6% and 15.4%.""",
     {"8.6%": ("CHN", "X", "JPN"), "15.4%": ("CHN", "M", "JPN")}),
    ("""China's trade with Vietnam rose 5% in August. For Thailand, a 9.2 percent increase was reported.""",
     {"9.2 percent": ("CHN", "T", "THA")}),
    ("""China's foreign trade warmed in August: at US$286.8bn, exports were 7.2% larger than a year ago.""",
     {"US$286.8bn": ("CHN", "X", "WLD"), "7.2%": ("CHN", "X", "WLD")}),
    ("""China's imports fell 3% in August. Tariffs remain, yet American customers took 9.5 per cent more Chinese
goods, worth USD 46 billion, while China imported USD 13.8 billion of American ones.""",
     {"9.5 per cent": ("CHN", "X", "USA"), "USD 46 billion": ("CHN", "X", "USA"),
      "USD 13.8 billion": ("CHN", "M", "USA")}),
    ("""China exported 8.7 million tons of steel in August. Over the same month, 575,000 tons of steel entered the
country, 9.7% less than in July.""",
     {"575,000 tons": ("CHN", "M", "WLD"), "9.7%": ("CHN", "M", "WLD")}),
    ("""In other words, 26 percent of China's foreign trade in those three months was with ASEAN.""",
     {"26 percent": ("CHN", "T", "ASEAN")}),
    ("""Thailand's rice exports fell in August. The Philippines took 40,000 tonnes and Iraq 30,000 tonnes. Shipments to
China were 12,000 tonnes.""",
     {"40,000 tonnes": ("THA", "X", "PHL"), "30,000 tonnes": ("THA", "X", "IRQ")}),
    ("""Exports of Ecuador rose 4% in August. Shrimp earned $610 million, bananas brought in $290 million and cocoa
fetched $310 million.""",
     {"$610 million": ("ECU", "X", "WLD"), "$290 million": ("ECU", "X", "WLD"), "$310 million": ("ECU", "X", "WLD")}),
    ("""The U.S. trade deficit shrank in July for the second straight month, thanks to exports that were higher than
ever. For the year so far, though, it is 11.5 percent bigger than a year ago.""",
     {"11.5 percent": ("USA", "B", "WLD")}),
    ("""Vietnam sold the US goods worth 96 billion USD in January-August. In the other direction, Viet Nam paid US$10.26
billion for American goods.""",
     {"US$10.26 billion": ("VNM", "M", "USA")}),
    ("""Vietnam's wood exports were worth US$8.2 billion in the first half. The largest market was the United States
with 55.6% of the total. Japan had 12.6% and China 10.4%.""",
     {"12.6%": ("VNM", "X", "JPN"), "10.4%": ("VNM", "X", "CHN")}),
    ("""Russia's business with China grew in 2024. The trade of the two countries went up by 29.3% in August and was
in excess of $19 billion.""",
     {"29.3%": ("RUS", "T", "CHN")}),
    ("""China's trade with ASEAN rose 5% in August. The trade between them had swollen to $85.28 billion.""",
     {"$85.28 billion": ("CHN", "T", "ASEAN")}),
    ("""China's rare earth exports fell in August. Germany remains the top destination; 1,116 tons went there. The
United States received 619 tons.""",
     {"619 tons": ("CHN", "X", "USA"), "1,116 tons": ("CHN", "X", "DEU")}),
    ("""China imported 474 million tonnes of coal in January-August. Indonesia kept its place as the largest
supplier: it delivered 220.25 million tonnes, 29% more than in 2024. Mongolia dispatched 33.58 million
tonnes.""",
     {"220.25 million tonnes": ("CHN", "M", "IDN"), "29%": ("CHN", "M", "IDN"),
      "33.58 million tonnes": ("CHN", "M", "MNG")}),
    ("""China's exports to the U.S. crashed over 21% in August. A month before, U.S.-bound cargoes had gone up 9.1%.""",
     {"9.1%": ("CHN", "X", "USA")}),
    ("""China's imports grew 2% in August. To the United States went goods worth $40.5 billion in the month, 7.3%
below last year. From Malaysia, on the contrary, came goods worth $9.1 billion.""",
     {"$40.5 billion": ("CHN", "X", "USA"), "7.3%": ("CHN", "X", "USA"), "$9.1 billion": ("CHN", "M", "MYS")}),
    ("""Trade with Latin America was $49 billion, the sum of $24 billion in goods the Asian country bought from the
region, a rise of 4.9%, and $25 billion in goods it sold there, a fall of 2.4%, China's customs said.""",
     {"$25 billion": ("CHN", "X", "LATAM"), "$24 billion": ("CHN", "M", "LATAM")}),
    ("""Exports to the European Union climbed 8.3%, from which 16.5% less was imported, China's customs said.""",
     {"16.5%": ("CHN", "M", "EU27")}),
    ("""China's trade with the EU was up 5 percent in August. ASEAN trade gained 13.1 percent, while that with Japan
lost 6.1 percent.""",
     {"13.1 percent": ("CHN", "T", "ASEAN"), "6.1 percent": ("CHN", "T", "JPN")}),
    ("""China's trade with Africa grew 3 percent in August. China's foreign trade as a whole dropped by 1.6 percent.""",
     {"1.6 percent": ("CHN", "T", "WLD")}),
    ("""Exports of rare earth magnets out of China kept recovering in August. The tally was 5.7% above the 5,278
tons of a year ago. No market takes more than Germany.""",
     {"5.7%": ("CHN", "X", "WLD")}),
    ("""To the member states of the European Union (EU) Germany dispatched goods to the value of €49.4bn in August,
and from them it received goods worth €46.2bn.""",
     {"€49.4bn": ("DEU", "X", "EU27"), "€46.2bn": ("DEU", "M", "EU27")}),
    ("""German exports rose in August. The euro area countries received German goods for €51 billion and supplied
goods for €43.2 billion.""",
     {"€51 billion": ("DEU", "X", "EA"), "€43.2 billion": ("DEU", "M", "EA")}),
    ("""To the member states of the European Union, goods valued at €72.8 billion were exported by Germany in
August, against imports of €63.7 billion from those countries.""",
     {"€72.8 billion": ("DEU", "X", "EU27"), "€63.7 billion": ("DEU", "M", "EU27")}),
    ("""Vietnam's exports were US$38 billion in August, of which the US took US$11 billion. On the supply side China
was number one, its goods costing Vietnam US$16.2 billion, 7.1% less, with South Korea second on US$5.2
billion.""",
     {"US$16.2 billion": ("VNM", "M", "CHN"), "7.1%": ("VNM", "M", "CHN"), "US$5.2 billion": ("VNM", "M", "KOR")}),
    ("""With 43.9% of all the rice that Vietnam sold abroad in August, the Philippines was the leading importer of
the grain. In that period the market bought 470,000 tonnes for 214 million USD.""",
     {"43.9%": ("VNM", "X", "PHL"), "470,000 tonnes": ("VNM", "X", "PHL"), "214 million USD": ("VNM", "X", "PHL")}),
    ("""Japan's exports fell in August. Against China, Japan had its 51st consecutive month in the red, with a
deficit of 516.7 billion yen, 53.7 percent larger than the year before.""",
     {"51st consecutive month": ("JPN", "B", "CHN"), "516.7 billion yen": ("JPN", "B", "CHN"),
      "53.7 percent": ("JPN", "B", "CHN")}),
    ("""Brazil, the leading exporter of beef, shipped over 300,000 tons of it in August. Revenue was $1.1 billion.""",
     {"300,000 tons": ("BRA", "X", "WLD"), "$1.1 billion": ("BRA", "X", "WLD")}),
    ("""India's exports rose 2% in August. Other big economies see the same trend: export growth fell
for the US (10.35 per cent), the European Union (7.62 per cent) and China (1.67 per cent), the
WTO said.""",
     {"10.35 per cent": ("USA", "X", "WLD"), "7.62 per cent": ("EU27", "X", "WLD"),
      "1.67 per cent": ("CHN", "X", "WLD")}),
    ("""Brazilian coffee exporters lost sales in the United States in August. To Mexico exports rose by 90% and to
Colombia by 578%.""",
     {"90%": ("BRA", "X", "MEX"), "578%": ("BRA", "X", "COL")}),
    ("""India's exports of diamonds to the US came to $1.3 billion in August. The country brought in $1.85 billion
of integrated circuits, $597.89 million of it from China.""",
     {"$1.85 billion": ("IND", "M", "WLD"), "$597.89 million": ("IND", "M", "CHN")}),
    ("""India's imports climbed 23.74% to $52.01 billion in August. Trade deficit, that is the gap between the
country's imports and exports, widened to $17.94 billion.""",
     {"$17.94 billion": ("IND", "B", "WLD")}),
    ("""India's exports fell 2% in August. Trade deficit was pushed up by higher imports to USD 9.84 billion from
USD 7.66 billion a year earlier.""",
     {"USD 9.84 billion": ("IND", "B", "WLD"), "USD 7.66 billion": ("IND", "B", "WLD")}),
    ("""Vietnam's rice exports were 5.1 million tonnes in January-August. Ivory Coast posted the strongest increase,
over 71%, while the deepest decrease, nearly 33%, was seen in Ghana.""",
     {"71%": ("VNM", "X", "CIV")}),
    ("""As per China Customs, the import & export value between China and South Korea in August was CNY 108.72
billion, a YOY decrease of 3.8%.""",
     {"CNY 108.72 billion": ("CHN", "T", "KOR"), "3.8%": ("CHN", "T", "KOR")}),
    ("""Foreign demand is evaporating and China's exporters feel it. The customs bureau's figures show August
exports 17.5pc and imports 43.1pc lower. The news weighed on shares in Japan and Japan's yen.""",
     {"17.5pc": ("CHN", "X", "WLD"), "43.1pc": ("CHN", "M", "WLD")}),
    ("""Exports to third countries, i.e. those not in the EU, were €60.3 billion in August and imports from them
€68.2 billion, Germany's Destatis said.""",
     {"€60.3 billion": ("DEU", "X", "WLD"), "€68.2 billion": ("DEU", "M", "WLD")}),
    ("""China's exports fell 6.9 per cent in August. Imports did even worse. They lost 18.8 per cent – not quite as
bad as the 20.4 per cent of July – so that the trade surplus swelled to $61.6 billion.""",
     {"18.8 per cent": ("CHN", "M", "WLD"), "20.4 per cent": ("CHN", "M", "WLD"),
      "$61.6 billion": ("CHN", "B", "WLD")}),
]  # fmt: skip


def _told(text: str) -> dict[str, Told]:
    found = read(text, date="2025-09-20")
    return {claim.stated.replace("\n", " "): (claim.reporter, claim.flow, claim.partner) for claim in found}


@pytest.mark.parametrize(("text", "wanted"), [*BUYERS, *OURS, *THERE, *BALANCES, *MORE])
def test_who_buys_and_who_sells(text: str, wanted: dict[str, Told]) -> None:
    told = _told(text)
    assert {number: told.get(number) for number in wanted} == wanted


@pytest.mark.parametrize(
    ("text", "number", "sides"),
    [
        ("China's soybean imports rose 5% in August. India bought 1.1 million tonnes from Brazil.",
         "1.1 million tonnes", ("IND", "M", "BRA")),
        ("China's oil imports fell 3% in August. India bought 1.9 million tonnes of Russian crude in the month.",
         "1.9 million tonnes", ("IND", "M", "RUS")),
        ("China's exports rose 3% in August. Japan imported $8.1 billion of oil from Saudi Arabia.",
         "$8.1 billion", ("JPN", "M", "SAU")),
    ],
)  # fmt: skip
def test_what_a_country_buys_of_others_is_no_export_of_ours(text: str, number: str, sides: Told) -> None:
    assert _told(text)[number] == sides


def test_a_balance_told_as_a_comparison_has_its_sign() -> None:
    story = "The UK bought £1.6 billion more goods in August than it sold. Italy sold €5.1 billion more than it bought."
    assert [claim.value for claim in read(story, date="2025-09-20")] == [-1.6e9, 5.1e9]


@pytest.mark.parametrize(
    "text",
    [
        "China's exports rose 5% in August. Apple paid $3 billion for goods it bought in China.",
        "China's exports rose 5% in August. The company brought in $3 million of products.",
        "China's exports rose 5% in August. The government spent $9 billion on goods for schools.",
    ],
)
def test_what_a_firm_or_an_office_pays_is_no_trade_of_a_country(text: str) -> None:
    assert [claim.kind for claim in read(text, date="2025-09-20")] == ["actual", "other"]
