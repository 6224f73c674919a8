"""Which period a number is of where times are compared, counted, told again or told in passing."""

import pytest

from entrepot.claims import read

SAID: list[tuple[str, str, dict[str, str]]] = [
    (
        "2025-11-14",
        ("India's imports rose 17% to $76.1 billion in October when compared with $65.2 billion in September."),
        {"17%": "2025-10", "$76.1 billion": "2025-10", "$65.2 billion": "2025-09"},
    ),
    (
        "2025-11-14",
        ("India's imports rose 17% to $76.1 billion in October when compared to $65.2 billion in October 2024."),
        {"17%": "2025-10", "$65.2 billion": "2024-10"},
    ),
    (
        "2025-06-20",
        "Japan's exports slipped 1.7% to 8.13 trillion yen, compared with a year before for May.",
        {"1.7%": "2025-05", "8.13 trillion yen": "2025-05"},
    ),
    (
        "2025-06-20",
        ("Japan's exports to China fell 8.8% from a year earlier in May, compared with a drop of 0.6% in April."),
        {"8.8%": "2025-05", "0.6%": "2025-04"},
    ),
    (
        "2025-05-09",
        "Compared with a year before, German exports were up 2.3% for March, to 133.2 billion euros.",
        {"2.3%": "2025-03", "133.2 billion euros": "2025-03"},
    ),
    (
        "2025-08-01",
        (
            "South Korea's shipments of ships were worth $2.24 billion, more than double the $1.07 billion of"
            " July last year."
        ),
        {"$2.24 billion": "2025-07", "$1.07 billion": "2024-07"},
    ),
    (
        "2025-08-01",
        (
            "Exports of South Korea came to $60.8 billion in July, a gain of 5.9% on the $57.4 billion booked"
            " in the same month of 2024."
        ),
        {"$60.8 billion": "2025-07", "5.9%": "2025-07", "$57.4 billion": "2024-07"},
    ),
    (
        "2025-10-15",
        (
            "India's goods trade gap stood at $32.2 billion in September, higher than the $26.5 billion "
            "posted in August and the $24.7 billion a year earlier."
        ),
        {"$32.2 billion": "2025-09", "$26.5 billion": "2025-08", "$24.7 billion": "2024-09"},
    ),
    (
        "2025-10-15",
        (
            "India's shipments of engineering goods increased to $10.1 billion from $9.8 billion, a rise of "
            "2.9% over September 2024."
        ),
        {"$10.1 billion": "2025-09", "$9.8 billion": "2024-09", "2.9%": "2025-09"},
    ),
    (
        "2025-09-03",
        (
            "Pakistan's textile exports fell 9% year-on-year in August.\n\n"
            "Exports of knitwear declined to $410 million from $455 million, showing a decrease of 9.9 "
            "percent. Cotton yarn dropped to $60 million from $71 million."
        ),
        {
            "9%": "2025-08",
            "$410 million": "2025-08",
            "$455 million": "2024-08",
            "9.9 percent": "2025-08",
            "$60 million": "2025-08",
            "$71 million": "2024-08",
        },
    ),
    (
        "2025-09-03",
        (
            "Pakistan's exports fell 12.5 percent in August over the same month last year. The deficit "
            "widened to $2.9 billion from $2.2 billion."
        ),
        {"12.5 percent": "2025-08", "$2.9 billion": "2025-08", "$2.2 billion": "2024-08"},
    ),
    (
        "2025-09-04",
        (
            "The U.S. trade deficit widened 32.5% in July to $78.3 billion. Imports rose to $358.8 billion "
            "from $338.8 billion. The goods gap grew to $103.9 billion from $85.5 billion."
        ),
        {
            "$78.3 billion": "2025-07",
            "$358.8 billion": "2025-07",
            "$338.8 billion": "2025-06",
            "$103.9 billion": "2025-07",
            "$85.5 billion": "2025-06",
        },
    ),
    (
        "2015-05-15",
        (
            "India posted a trade deficit of $11.0 billion in April 2015, higher than the gap of $10.1 "
            "billion during April 2014, as exports fell for the fifth straight month."
        ),
        {"$11.0 billion": "2015-04", "$10.1 billion": "2014-04"},
    ),
    (
        "2015-05-15",
        (
            "India's exports during April 2015 were valued at $22.1 billion, 14% lower in dollar terms "
            "compared to the level of $25.6 billion (Rs 1,54,719 crore) during April 2014."
        ),
        {"$22.1 billion": "2015-04", "14%": "2015-04", "$25.6 billion": "2014-04", "Rs 1,54,719 crore": "2014-04"},
    ),
    (
        "2025-07-15",
        "Indonesia's surplus was $4.1 billion in June, against a level of $2.4 billion in June 2024.",
        {"$4.1 billion": "2025-06", "$2.4 billion": "2024-06"},
    ),
    (
        "2025-10-09",
        (
            "Germany's surplus came in at 17.2 billion euros in August, after 16.3 billion euros in July and "
            "21.4 billion euros in August 2024."
        ),
        {"17.2 billion euros": "2025-08", "16.3 billion euros": "2025-07", "21.4 billion euros": "2024-08"},
    ),
    (
        "2025-10-09",
        "Taiwan's exports rose 33.8% in September after climbing a revised 34.1% the previous month.",
        {"33.8%": "2025-09", "34.1%": "2025-08"},
    ),
    (
        "2025-10-09",
        "Taiwan's exports rose 33.8% in September after gaining 34.1% (initially 34%) in August.",
        {"33.8%": "2025-09", "34.1%": "2025-08", "34%": "2025-08"},
    ),
    (
        "2025-10-14",
        "China's imports rose 7.4% from a year ago in September, faster than the 1.3% pace of August.",
        {"7.4%": "2025-09", "1.3%": "2025-08"},
    ),
    (
        "2025-10-14",
        (
            "China's exports climbed 8.3% in September, an acceleration from the 4.4% growth in August. "
            "Imports gained 7.4%, to $238.1 billion."
        ),
        {"8.3%": "2025-09", "4.4%": "2025-08", "7.4%": "2025-09", "$238.1 billion": "2025-09"},
    ),
    (
        "2025-10-14",
        ("China's exports climbed 8.3% compared to August's 4.4% growth. Imports gained 7.4%, to $238.1 billion."),
        {"8.3%": "2025-09", "4.4%": "2025-08", "7.4%": "2025-09", "$238.1 billion": "2025-09"},
    ),
    (
        "2025-10-14",
        ("China's exports climbed 8.3% in September. Imports, which had barely grown in August, gained 7.4%."),
        {"8.3%": "2025-09", "7.4%": "2025-09"},
    ),
    (
        "2025-10-14",
        (
            "China's exports climbed 8.3% in September.\n"
            "Imports - after stalling in August - gained 7.4%. Sales to India rose 14%."
        ),
        {"8.3%": "2025-09", "7.4%": "2025-09", "14%": "2025-09"},
    ),
    (
        "2025-10-14",
        (
            "Total trade of China rose 4% in the first three quarters. The growth rate quickened by 1.1 "
            "percentage points from that recorded in the first half. During the period, exports rose 7.1 "
            "percent."
        ),
        {"4%": "2025-01/2025-09", "1.1 percentage points": "2025-01/2025-09", "7.1 percent": "2025-01/2025-09"},
    ),
    (
        "2026-02-19",
        (
            "The U.S. trade deficit came to $70.3 billion in December, well above where it stood in late "
            "2024. Exports were $287.3 billion."
        ),
        {"$70.3 billion": "2025-12", "$287.3 billion": "2025-12"},
    ),
    (
        "2025-06-05",
        (
            "The U.S. deficit shrank to $61.6 billion in April. That is back to levels seen in 2023. Imports "
            "were $351.0 billion."
        ),
        {"$61.6 billion": "2025-04", "$351.0 billion": "2025-04"},
    ),
    (
        "2020-09-04",
        (
            "The U.S. goods deficit with China was $163 billion in the first seven months of 2020. It was 27 "
            "percent lower than the peak January-July deficit of $222.6 billion in 2018."
        ),
        {"$163 billion": "2020-01/2020-07", "27 percent": "2020-01/2020-07", "$222.6 billion": "2018-01/2018-07"},
    ),
    (
        "2023-07-11",
        (
            "U.S. imports from China through May of this year were $168.6 billion, down from a record $222.8 "
            "billion in 2022."
        ),
        {"$168.6 billion": "2023-01/2023-05", "$222.8 billion": "2022-01/2022-05"},
    ),
    (
        "2025-11-08",
        (
            "Taiwan's exports to the US reached US$21.1 billion last month, with the US taking 34% of the "
            "total, well above China's 23.2%."
        ),
        {"US$21.1 billion": "2025-10", "34%": "2025-10", "23.2%": "2025-10"},
    ),
    (
        "2022-11-01",
        (
            "Turkey's foreign trade volume fell 7.2% to $31.9 billion in September, down from $34.4 billion, "
            "compared to the same month of the previous year."
        ),
        {"7.2%": "2022-09", "$31.9 billion": "2022-09", "$34.4 billion": "2021-09"},
    ),
    (
        "2022-11-01",
        (
            "Turkey's exports reached $22.6 billion in September, up from $20.7 billion in the same month of "
            "the previous year."
        ),
        {"$22.6 billion": "2022-09", "$20.7 billion": "2021-09"},
    ),
    (
        "2011-10-26",
        (
            "Viet Nam's trade gap was $8.4 billion in the first 10 months of this year while the figure for "
            "the same period last year was $9.5 billion."
        ),
        {"$8.4 billion": "2011-01/2011-10", "$9.5 billion": "2010-01/2010-10"},
    ),
    (
        "2016-04-18",
        (
            "India's deficit for 2015-16 narrowed to $118.5 billion, while the corresponding figure for the "
            "previous year was $137.7 billion."
        ),
        {"$118.5 billion": "2015-04/2016-03", "$137.7 billion": "2014-04/2015-03"},
    ),
    (
        "2025-10-30",
        (
            "Viet Nam's exports hit $391 billion in the first ten months of 2025; the comparable figure in "
            "2024 was $336 billion."
        ),
        {"$391 billion": "2025-01/2025-10", "$336 billion": "2024-01/2024-10"},
    ),
    (
        "2025-08-14",
        ("Colombia's imports were $5.9 billion in June, whereas the figure a year before had been $5.0 billion."),
        {"$5.9 billion": "2025-06", "$5.0 billion": "2024-06"},
    ),
    (
        "2021-11-04",
        (
            "Australia's surplus for the quarter was a record $40.7 billion, more than three times the $12.6 "
            "billion of the September quarter of 2020. The surplus in September alone was $12.2 billion."
        ),
        {"$40.7 billion": "2021-07/2021-09", "$12.6 billion": "2020-07/2020-09", "$12.2 billion": "2021-09"},
    ),
    (
        "2021-11-04",
        (
            "Australia's September surplus was $12.2 billion. For the quarter it was $40.7 billion, against "
            "$12.6 billion in the September, 2020 quarter."
        ),
        {"$12.2 billion": "2021-09", "$40.7 billion": "2021-07/2021-09", "$12.6 billion": "2020-07/2020-09"},
    ),
    (
        "2021-11-04",
        "Australia's July surplus was revised up to $13.7 billion from the $12.7 billion first reported.",
        {"$13.7 billion": "2021-07", "$12.7 billion": "2021-07"},
    ),
    (
        "2025-12-02",
        (
            "Brazil's exports were $28.5 billion in November. The October surplus was revised to $6.9 billion"
            " from an initially reported $7.0 billion."
        ),
        {"$28.5 billion": "2025-11", "$6.9 billion": "2025-10", "$7.0 billion": "2025-10"},
    ),
    (
        "2025-11-07",
        "For the year thus far, China's rare earth exports totalled 52,700 tons, a 10.5% increase.",
        {"52,700 tons": "2025-01/2025-10", "10.5%": "2025-01/2025-10"},
    ),
    (
        "2025-11-07",
        "China's exports fell 1.1% in October. So far in 2025 they have grown 5.3%.",
        {"1.1%": "2025-10", "5.3%": "2025-01/2025-10"},
    ),
    (
        "2025-11-07",
        (
            "China's exports fell 1.1% in October. Over the year to date they are up 5.3%. In the year thus "
            "far imports are down 0.9%."
        ),
        {"1.1%": "2025-10", "5.3%": "2025-01/2025-10", "0.9%": "2025-01/2025-10"},
    ),
    (
        "2025-11-07",
        (
            "China's exports fell 1.1% in October. Through the first ten months they grew 5.3%; cumulatively,"
            " imports fell 0.9%."
        ),
        {"1.1%": "2025-10", "5.3%": "2025-01/2025-10", "0.9%": "2025-01/2025-10"},
    ),
    (
        "2025-11-07",
        "In the ten months through October, China's exports grew 5.3 percent to $3.09 trillion.",
        {"5.3 percent": "2025-01/2025-10", "$3.09 trillion": "2025-01/2025-10"},
    ),
    (
        "2025-11-07",
        "Since the start of 2025, China's exports have grown 5.3 percent.",
        {"5.3 percent": "2025-01/2025-10"},
    ),
    (
        "2025-11-07",
        "From the beginning of the year to the end of October, China's exports grew 5.3 percent.",
        {"5.3 percent": "2025-01/2025-10"},
    ),
    (
        "2025-12-01",
        (
            "Indonesia's exports totalled $234 billion in the January to October period, 7% more than in the "
            "January to October period of 2024."
        ),
        {"$234 billion": "2025-01/2025-10", "7%": "2025-01/2025-10"},
    ),
    (
        "2025-10-30",
        "Viet Nam's imports in ten months came to $371.4 billion, up 18.6%.",
        {"$371.4 billion": "2025-01/2025-10", "18.6%": "2025-01/2025-10"},
    ),
    (
        "2025-10-30",
        "In ten months, Viet Nam ran a trade surplus of $19.6 billion.",
        {"$19.6 billion": "2025-01/2025-10"},
    ),
    ("2025-10-30", "Viet Nam's 10-month export turnover was $391 billion.", {"$391 billion": "2025-01/2025-10"}),
    (
        "2025-11-04",
        (
            "Brazil's exports rose 9.1% in October to $31.97 billion. In the accumulated total from January "
            "to October they were $289.7 billion."
        ),
        {"9.1%": "2025-10", "$31.97 billion": "2025-10", "$289.7 billion": "2025-01/2025-10"},
    ),
    (
        "2025-11-04",
        "Brazil's exports in the year to October came to $289.7 billion.",
        {"$289.7 billion": "2025-01/2025-10"},
    ),
    (
        "2015-01-26",
        (
            "Brazil ran a deficit of $868 million in the fourth week of January 2015. The year-to-date "
            "deficit is $2.33 billion. Exports fell 9.4% from January 2014."
        ),
        {"$2.33 billion": "2015-01", "9.4%": "2015-01"},
    ),
    (
        "2015-01-26",
        (
            "In the first four weeks of January, Brazil's exports fell 9.4% by the daily average. Sales of "
            "iron ore plunged 18%."
        ),
        {"9.4%": "2015-01", "18%": "2015-01"},
    ),
    (
        "2016-03-08",
        (
            "China's exports slumped 25.4 percent in February. In the first two months, trade fell 15.7 "
            "percent. In the same period, trade with Japan went down 12.2 percent."
        ),
        {"25.4 percent": "2016-02", "15.7 percent": "2016-01/2016-02", "12.2 percent": "2016-01/2016-02"},
    ),
    (
        "2023-09-26",
        "Thailand's trailing 12-month trade surplus was $10.6 billion in August.",
        {"$10.6 billion": "2022-09/2023-08"},
    ),
    (
        "2025-07-10",
        "In the 12 months to May 2025, the UK's goods deficit widened to £229 billion.",
        {"£229 billion": "2024-06/2025-05"},
    ),
    (
        "2025-08-14",
        "The UK's trade deficit widened by £1.1 billion to £9.2 billion in the three months to June 2025.",
        {"£9.2 billion": "2025-04/2025-06"},
    ),
    (
        "2025-09-12",
        (
            "UK exports to the United States fell 3% in the three months to July, with goods exports at £12.5"
            " billion. Imports were 2% higher."
        ),
        {"3%": "2025-05/2025-07", "£12.5 billion": "2025-05/2025-07", "2%": "2025-05/2025-07"},
    ),
    (
        "2025-09-12",
        (
            "In the three months ended July 2025, UK goods imports were £152 billion, against £147 billion in"
            " the previous three months."
        ),
        {"£152 billion": "2025-05/2025-07", "£147 billion": "2025-02/2025-04"},
    ),
    (
        "2025-09-12",
        (
            "Over the three months through July, Chile's copper shipments were worth $12.9 billion, from "
            "$11.8 billion in the same three months of 2024."
        ),
        {"$12.9 billion": "2025-05/2025-07", "$11.8 billion": "2024-05/2024-07"},
    ),
    (
        "2025-09-26",
        (
            "US imports of cars from the European Union dropped to $4.7 billion in July 2025. In the latest "
            "three months they totalled $13.6 billion, versus $16.2 billion in the previous quarter and $19.3"
            " billion a year earlier."
        ),
        {
            "$4.7 billion": "2025-07",
            "$13.6 billion": "2025-05/2025-07",
            "$16.2 billion": "2025-02/2025-04",
            "$19.3 billion": "2024-05/2024-07",
        },
    ),
    (
        "2025-10-21",
        (
            "Swiss exports fell 3.9% in the third quarter from the previous quarter to 67.7 billion francs, "
            "after 70.4 billion francs in the second quarter."
        ),
        {"3.9%": "2025-07/2025-09", "67.7 billion francs": "2025-07/2025-09", "70.4 billion francs": "2025-04/2025-06"},
    ),
    (
        "2016-04-13",
        "China's exports rose 11.5% in March, following a 25.4% collapse in the 12 months to February.",
        {"11.5%": "2016-03", "25.4%": "2016-02"},
    ),
    (
        "2013-01-10",
        (
            "China's exports rose 14.1% in December. For the full year, the surplus rose 48% to $231.1 "
            "billion. Exports to the US totalled $351.8 billion while those to the European Union were $334 "
            "billion. The surplus with the US was $18.7 billion in December and $218.9 billion for the year."
        ),
        {
            "14.1%": "2012-12",
            "48%": "2012",
            "$231.1 billion": "2012",
            "$351.8 billion": "2012",
            "$334 billion": "2012",
            "$18.7 billion": "2012-12",
            "$218.9 billion": "2012",
        },
    ),
    (
        "2013-01-24",
        (
            "Japan's trade gap hit a record 6.93 trillion yen last year.\n\n"
            "During December, exports fell 5.8% on year to 5.3 trillion yen, the seventh straight monthly "
            "drop.\n\n"
            "Imports gained 1.9% to 5.94 trillion yen, marking the second monthly gain in a row."
        ),
        {
            "6.93 trillion yen": "2012",
            "5.8%": "2012-12",
            "5.3 trillion yen": "2012-12",
            "1.9%": "2012-12",
            "5.94 trillion yen": "2012-12",
        },
    ),
    (
        "2026-01-20",
        (
            "German exports to the U.S. plunged in 2025. They were worth 135.8 billion euros over the first "
            "11 months of last year, down 9.4%. Car exports sank 17.5% over the same 11 months.\n\n"
            "Machinery was down 9% to 24 billion euros."
        ),
        {
            "135.8 billion euros": "2025-01/2025-11",
            "9.4%": "2025-01/2025-11",
            "17.5%": "2025-01/2025-11",
            "9%": "2025-01/2025-11",
            "24 billion euros": "2025-01/2025-11",
        },
    ),
    (
        "2026-02-19",
        (
            "The U.S. trade gap widened to $70.3 billion in December. The full-year gap reached $901.5 "
            "billion after imports rose 3.6% in December and exports fell 1.7%."
        ),
        {"$70.3 billion": "2025-12", "$901.5 billion": "2025", "3.6%": "2025-12", "1.7%": "2025-12"},
    ),
    (
        "2026-02-09",
        (
            "German exports fell 0.3% in 2025. In December alone they rose 4% on the month to 133.3 billion "
            "euros. For the year as a whole, imports were up 4.4% at 1.37 trillion euros."
        ),
        {
            "0.3%": "2025",
            "4%": "2025-12",
            "133.3 billion euros": "2025-12",
            "4.4%": "2025",
            "1.37 trillion euros": "2025",
        },
    ),
    (
        "2026-01-14",
        (
            "Korea's exports rose 13.4% in December to $69.6 billion. Over the whole of last year they were a"
            " record $709.7 billion, up 3.8%. Chip shipments jumped 22% to $173.4 billion on the year."
        ),
        {"13.4%": "2025-12", "$69.6 billion": "2025-12", "$709.7 billion": "2025", "3.8%": "2025"},
    ),
    (
        "2025-01-07",
        ("Korea exported $683.8 billion of goods last year, 8.2% more than in 2023. Cars brought in $70.8 billion."),
        {"$683.8 billion": "2024", "8.2%": "2024", "$70.8 billion": "2024"},
    ),
    (
        "2025-02-05",
        (
            "The U.S. deficit was $98.4 billion in December, 24.7% wider than in November. It was $918.4 "
            "billion for 2024, up $133.5 billion from 2023. Exports were $3.19 trillion for the year. For "
            "December, exports were $266.5 billion."
        ),
        {
            "$98.4 billion": "2024-12",
            "24.7%": "2024-12",
            "$918.4 billion": "2024",
            "$133.5 billion": "2024",
            "$3.19 trillion": "2024",
            "$266.5 billion": "2024-12",
        },
    ),
    (
        "2010-02-09",
        (
            "Germany exported goods worth 803.2 billion euros last year, a fall of 18.4 percent compared with"
            " 2008. Imports totalled 667.1 billion euros ($916 billion), a 17.2 percent decline.\n\n"
            "In December exports rose 3.4 percent."
        ),
        {
            "803.2 billion euros": "2009",
            "18.4 percent": "2009",
            "667.1 billion euros": "2009",
            "$916 billion": "2009",
            "17.2 percent": "2009",
            "3.4 percent": "2009-12",
        },
    ),
    (
        "2025-03-12",
        "Turkey's exports to Iraq, $13 billion in the year 2024, fell 4% in February.",
        {"$13 billion": "2024", "4%": "2025-02"},
    ),
    ("2025-03-12", "Argentina's grain exports were worth $30.9 billion in calendar 2024.", {"$30.9 billion": "2024"}),
    (
        "2025-02-01",
        (
            "Korea's exports dropped 10.3 percent in January. Chips, which made up a fifth of exports last "
            "year, rose 8.1 percent. Ships gained 1.5 percent."
        ),
        {"10.3 percent": "2025-01", "8.1 percent": "2025-01", "1.5 percent": "2025-01"},
    ),
    (
        "2023-04-02",
        (
            "For July-March, the first nine months of the 2022-23 fiscal year (July 2022-June 2023), "
            "Bangladesh's exports rose 8.07 per cent to $41.72 billion."
        ),
        {"8.07 per cent": "2022-07/2023-03", "$41.72 billion": "2022-07/2023-03"},
    ),
    (
        "2022-09-02",
        (
            "Pakistan's deficit narrowed 17 percent in the first two months (July-August) of the fiscal year "
            "(FY23) to $6.3 billion compared to $7.6 billion in the same period of the last fiscal year."
        ),
        {"17 percent": "2022-07/2022-08", "$6.3 billion": "2022-07/2022-08", "$7.6 billion": "2021-07/2021-08"},
    ),
    (
        "2022-09-02",
        ("Pakistan's exports in July-August FY23 were $4.76 billion, against $4.59 billion in July-August FY22."),
        {"$4.76 billion": "2022-07/2022-08", "$4.59 billion": "2021-07/2021-08"},
    ),
    (
        "2023-04-02",
        "Bangladesh's exports soared 34 per cent to $52.08 billion in the 2021-22 fiscal year.",
        {"34 per cent": "2021-07/2022-06", "$52.08 billion": "2021-07/2022-06"},
    ),
    (
        "2025-07-02",
        "Bangladesh's exports grew 8.6 percent to $48.3 billion in the fiscal year that ended on June 30.",
        {"8.6 percent": "2024-07/2025-06", "$48.3 billion": "2024-07/2025-06"},
    ),
    (
        "2025-07-02",
        "Pakistan's trade deficit widened 9% to $26.3 billion in FY25. In June it was $2.3 billion.",
        {"9%": "2024-07/2025-06", "$26.3 billion": "2024-07/2025-06", "$2.3 billion": "2025-06"},
    ),
    (
        "2026-02-16",
        ("India's gold imports registered a growth of 1.8% in the April-January period. Silver imports rose 129%."),
        {"1.8%": "2025-04/2026-01", "129%": "2025-04/2026-01"},
    ),
    (
        "2026-02-16",
        (
            "During April-January of 2025-26, India's exports were $366.6 billion, against $358.1 billion in "
            "the same period of 2024-25."
        ),
        {"$366.6 billion": "2025-04/2026-01", "$358.1 billion": "2024-04/2025-01"},
    ),
    (
        "2025-11-17",
        (
            "India's exports during April-October stood at $254.3 billion as compared with $252.7 billion "
            "during April-October last year."
        ),
        {"$254.3 billion": "2025-04/2025-10", "$252.7 billion": "2024-04/2024-10"},
    ),
    (
        "2025-11-17",
        (
            "India's imports in October were $76.06 billion against $65.21 billion in the year-ago month. "
            "During the first seven months of the fiscal, imports grew 6.4% to $451.1 billion."
        ),
        {
            "$76.06 billion": "2025-10",
            "$65.21 billion": "2024-10",
            "6.4%": "2025-04/2025-10",
            "$451.1 billion": "2025-04/2025-10",
        },
    ),
    (
        "2025-11-17",
        (
            "In the April-October period this fiscal, India's exports rose 0.6%. In the corresponding period "
            "a year ago they had grown 3.2%."
        ),
        {"0.6%": "2025-04/2025-10", "3.2%": "2024-04/2024-10"},
    ),
    (
        "2025-04-17",
        (
            "Japan logged a trade deficit of 5.22 trillion yen for fiscal 2024, down from 6.14 trillion yen "
            "in the previous fiscal year. In March, exports rose 3.9 percent."
        ),
        {"5.22 trillion yen": "2024-04/2025-03", "6.14 trillion yen": "2023-04/2024-03", "3.9 percent": "2025-03"},
    ),
    (
        "2020-11-04",
        (
            "The U.S. deficit with China fell to $29.7 billion in September. That is well below the levels of"
            " 2018 and around where it stood last year. Exports climbed 2.6 percent to $176.4 billion."
        ),
        {"$29.7 billion": "2020-09", "2.6 percent": "2020-09", "$176.4 billion": "2020-09"},
    ),
    (
        "2025-10-14",
        (
            "China's exports climbed 8.3% in September. Growth had been slowing since the truce of May. "
            "Imports gained 7.4%."
        ),
        {"8.3%": "2025-09", "7.4%": "2025-09"},
    ),
    (
        "2025-10-14",
        (
            "China's exports climbed 8.3% in September. Officials warned last year that demand would be weak."
            " Imports gained 7.4%."
        ),
        {"8.3%": "2025-09", "7.4%": "2025-09"},
    ),
    (
        "2025-10-14",
        (
            "China's exports climbed 8.3% in September. The two leaders agreed a truce in May and met again "
            "in August. Imports gained 7.4%."
        ),
        {"8.3%": "2025-09", "7.4%": "2025-09"},
    ),
    (
        "2010-11-16",
        (
            "China's imports in October plunged 15 percent from September, more than the 6 percent decrease "
            "in exports in the same period."
        ),
        {"15 percent": "2010-10", "6 percent": "2010-10"},
    ),
    (
        "2019-10-16",
        (
            "India's gem exports, now at $3.59 billion, had been $3.80 billion in September 2018. Chemical "
            "exports fell 3.5 per cent to $1.85 billion from $1.92 billion in the same month last year."
        ),
        {"$3.80 billion": "2018-09", "3.5 per cent": "2019-09", "$1.85 billion": "2019-09", "$1.92 billion": "2018-09"},
    ),
    (
        "2016-07-14",
        (
            "China exported 10.9 million tonnes of steel in June. The 16% month-on-month jump brought exports"
            " in the first half to 57.1 million tonnes, up 9%."
        ),
        {"16%": "2016-06", "57.1 million tonnes": "2016-01/2016-06", "9%": "2016-01/2016-06"},
    ),
    (
        "2025-12-08",
        ("China's exports rose 5.9% in November. That lifted sales for the first 11 months to $3.4 trillion."),
        {"5.9%": "2025-11", "$3.4 trillion": "2025-01/2025-11"},
    ),
    (
        "2024-02-08",
        (
            "China, which supplied over 20 percent of U.S. imports between 2015 and 2018, fell behind Mexico "
            "in 2023 with a share of 13.9 percent."
        ),
        {"20 percent": "2015/2018", "13.9 percent": "2023"},
    ),
    ("2024-02-05", "From 2010 to 2022, Brazil supplied a third of China's food imports.", {"a third": "2010/2022"}),
    (
        "2019-11-15",
        (
            "September 2019\n"
            "Euro area trade surplus €18.7 bn\n\n"
            "The euro area exported goods worth €196.2 billion in September 2019."
        ),
        {"€18.7 bn": "2019-09", "€196.2 billion": "2019-09"},
    ),
    (
        "2022-10-31",
        (
            "South Africa's exports were R191.6 billion in September. They increased by R17.4 billion (10.0%)"
            " between August and September 2022."
        ),
        {"R191.6 billion": "2022-09", "10.0%": "2022-09"},
    ),
    ("2025-11-07", "China's shipments of rare earths surged 75% between September and October.", {"75%": "2025-10"}),
    ("2025-11-07", "From September to October, Chile's copper exports fell 6%.", {"6%": "2025-10"}),
    (
        "2024-08-26",
        "From 2000 to 2023, China's trade with Africa grew from 100 billion yuan to 1.98 trillion yuan.",
        {"100 billion yuan": "2000", "1.98 trillion yuan": "2023"},
    ),
    (
        "2024-08-26",
        (
            "Between 2010 and 2023 India's trade with the UAE went from $43 billion to $84 billion, according"
            " to the ministry."
        ),
        {"$43 billion": "2010", "$84 billion": "2023"},
    ),
    (
        "2021-05-07",
        (
            "China's trade was 3.15 trillion yuan in April alone.\n\n"
            "This marks a year-on-year increase of 26.6 per cent."
        ),
        {"3.15 trillion yuan": "2021-04", "26.6 per cent": "2021-04"},
    ),
    (
        "2021-11-15",
        ("India's trade deficit in October 2021 was $19.9 billion and $98.7 billion during April-October 2021."),
        {"$19.9 billion": "2021-10", "$98.7 billion": "2021-04/2021-10"},
    ),
    (
        "2021-11-15",
        (
            "Exports of India were $35.5 billion in October, and $233.5 billion in the first seven months of "
            "the fiscal year."
        ),
        {"$35.5 billion": "2021-10", "$233.5 billion": "2021-04/2021-10"},
    ),
    (
        "2022-10-31",
        (
            "South Africa's exports for the year to date (1 January to 30 September 2022) increased by 12.8% "
            "to R1.52 trillion from R1.35 trillion over the same period during 2021."
        ),
        {"12.8%": "2022-01/2022-09", "R1.35 trillion": "2021-01/2021-09"},
    ),
    (
        "2019-06-10",
        (
            "China's trade with the EU rose 11.7 percent from one year earlier to 1.9 trillion yuan in the "
            "first five months, followed by that with ASEAN, up 9.4 percent to 1.63 trillion yuan, and Japan,"
            " down 9.6 percent to 1.42 trillion yuan."
        ),
        {"1.63 trillion yuan": "2019-01/2019-05", "1.42 trillion yuan": "2019-01/2019-05"},
    ),
    (
        "2024-08-26",
        (
            "From 2000 to 2023, China's trade with Africa grew from less than 100 billion yuan (about $14 "
            "billion) to 1.98 trillion yuan."
        ),
        {"100 billion yuan": "2000", "$14 billion": "2000", "1.98 trillion yuan": "2023"},
    ),
    (
        "2025-01-08",
        "Over twelve rolling months, France's trade deficit stood at 83.6 billion euros in November.",
        {"83.6 billion euros": "2023-12/2024-11"},
    ),
    (
        "2004-11-01",
        ("Indonesia's exports during the nine-month period ending in September were up 11 percent at $39.3 billion."),
        {"11 percent": "2004-01/2004-09", "$39.3 billion": "2004-01/2004-09"},
    ),
    (
        "2013-10-09",
        (
            "Bangladesh's exports in the first quarter of the current 2013-14 fiscal year (July 2013-June "
            "2014) grew 21 percent to $7.63 billion."
        ),
        {"21 percent": "2013-07/2013-09", "$7.63 billion": "2013-07/2013-09"},
    ),
    ("2021-03-26", "Australia's exports to China fell 4% in the last six months of 2020.", {"4%": "2020-07/2020-12"}),
    (
        "2021-02-26",
        "Australia's exports to China fell 6% in the last three months of 2020, to A$30 billion.",
        {"6%": "2020-10/2020-12"},
    ),
    (
        "2021-01-15",
        (
            "China's trade reached 32 trillion yuan in 2020.\n\n"
            "In December it rose 5.9%.\n\n"
            "During the same month, exports increased by 10.9%."
        ),
        {"5.9%": "2020-12", "10.9%": "2020-12"},
    ),
    (
        "2021-04-15",
        (
            "China bought $26.4 billion worth of U.S. farm goods in 2020, roughly double the $13.9 billion of"
            " 2019. U.S. exports of soybeans came to $25.7 billion, compared with $9.2 billion for corn."
        ),
        {"$26.4 billion": "2020", "$13.9 billion": "2019", "$25.7 billion": "2020", "$9.2 billion": "2020"},
    ),
    (
        "2023-04-02",
        (
            "Bangladesh's exports fell 2% in March. Shipments totalled $35.25 billion in July-March.\n\n"
            "Bangladesh saw exports soar more than 34 per cent to $52.08 billion in the 2021-22 fiscal year."
        ),
        {"34 per cent": "2021-07/2022-06", "$52.08 billion": "2021-07/2022-06"},
    ),
    (
        "2025-11-07",
        (
            "China's rare earth exports rose 9% in October. The curbs show in the cumulative figures, with "
            "shipments down 3.3%."
        ),
        {"9%": "2025-10"},
    ),
    (
        "2024-10-28",
        (
            "Mexico's imports in September 2024 fell 1.8 percent. This originated from a 33.8 percent "
            "decrease in oil imports."
        ),
        {"1.8 percent": "2024-09", "33.8 percent": "2024-09"},
    ),
    (
        "2013-01-10",
        ("China's surplus rose 48% to $231.1 billion in 2012. Exports grew 14.1% from the same month of 2011."),
        {"48%": "2012", "14.1%": "2012-12"},
    ),
    (
        "2026-01-20",
        (
            "German exports to the U.S. plunged in 2025, official data showed.\n\n"
            "They were worth 135.8 billion euros over the first 11 months, down 9.4%.\n\n"
            "Machinery exports were down 9% to 24 billion euros."
        ),
        {"135.8 billion euros": "2025-01/2025-11", "9%": "2025-01/2025-11", "24 billion euros": "2025-01/2025-11"},
    ),
    (
        "2015-01-26",
        (
            "Brazil ran a trade deficit of $868 million in the fourth week of January. In the year to date, "
            "exports came to $10.5 billion, 9.4% down from January 2014."
        ),
        {"$868 million": "2015-01", "$10.5 billion": "2015-01", "9.4%": "2015-01"},
    ),
    ("2025-11-24", "Brazil's exports rose 6% in the first three weeks of November.", {"6%": "2025-11"}),
    (
        "2015-05-15",
        (
            "India's deficit was $11.0 billion in April 2015, the first month of the financial year, which "
            "was higher than the deficit of $10.1 billion during April 2014."
        ),
        {"$11.0 billion": "2015-04", "$10.1 billion": "2014-04"},
    ),
    (
        "2020-09-04",
        (
            "In the first seven months of 2020 the second largest deficit the United States ran, after the "
            "$163.3 billion deficit with China, was a $55.7 billion deficit with Mexico."
        ),
        {"$163.3 billion": "2020-01/2020-07", "$55.7 billion": "2020-01/2020-07"},
    ),
    (
        "2021-01-07",
        (
            "Australia's surplus narrowed to A$5.0 billion in November.\n\n"
            "October 2020\n\n"
            "The surplus bounced back to A$7.5 billion.\n\n"
            "The rise was driven by a 5.4% increase in exports.\n\n"
            "September 2020\n\n"
            "The surplus grew to A$5.6 billion."
        ),
        {"A$7.5 billion": "2020-10", "5.4%": "2020-10", "A$5.6 billion": "2020-09"},
    ),
    (
        "2026-02-10",
        (
            "Indonesia's exports rose 6% in 2025.\n\n"
            "They fell 4% in December from a year earlier.\n\n"
            "The fall was led by coal, down 20%."
        ),
        {"6%": "2025", "4%": "2025-12", "20%": "2025-12"},
    ),
]
"""The day of a text, the text, and the period of each of its numbers."""


@pytest.mark.parametrize(("day", "text", "periods"), SAID)
def test_a_number_is_of_the_time_its_words_give_it(day, text, periods):
    found = {claim.stated: claim.period for claim in read(text, date=day)}
    assert {stated: found.get(stated) for stated in periods} == periods
