"""Which period a number is of: what a careful reader takes from sentences in the manner of many outlets."""

import pytest

from entrepot.claims import read

SAID: dict[str, tuple[str, str, dict[str, str]]] = {
    # periods told again by what they are
    "that month": (
        "China's exports were strong till they turned in October. They fell 1.1% that month.",
        "2025-12-09",
        {"1.1%": "2025-10"},
    ),
    "from the month before, before the rate": (
        "In November, Viet Nam's imports fell from October by 3.7%, to $37.98bn.",
        "2025-12-07",
        {"3.7%": "2025-11", "$37.98bn": "2025-11"},
    ),
    "over the two months": (
        "South Korea's exports held up in January and February.\n\nOver the two months, imports rose 4.5%.",
        "2025-03-15",
        {"4.5%": "2025-01/2025-02"},
    ),
    "in the month": (
        "Brazil's exports reached $290 billion in January-October 2025. Imports were $23 billion in the month.",
        "2025-11-03",
        {"$290 billion": "2025-01/2025-10", "$23 billion": "2025-10"},
    ),
    "for the quarter, then the month": (
        "Germany's exports rose 2% in March. They were up 3% for the quarter. Imports fell 1%.",
        "2025-05-09",
        {"2%": "2025-03", "3%": "2025-01/2025-03", "1%": "2025-03"},
    ),
    "over the year": (
        "China's exports grew 5.5% for the whole of 2025. Sales to Japan rose 6.6% in December, 3% over the year.",
        "2026-01-14",
        {"5.5%": "2025", "6.6%": "2025-12", "3%": "2025"},
    ),
    "months under review": (
        "India's exports rose 4% to $220 billion in April-September. Oil imports during the six months under review "
        "fell 2%.",
        "2025-10-15",
        {"4%": "2025-04/2025-09", "2%": "2025-04/2025-09"},
    ),
    # asides that end with their paragraph
    "an earlier year": (
        "In October, China's exports rose 12.7%.\n\nLast year the bloc bought $500 billion of Chinese goods.\n\n"
        "Imports fell 2.3%.",
        "2024-11-08",
        {"12.7%": "2024-10", "$500 billion": "2023", "2.3%": "2024-10"},
    ),
    "a month in an annual story": (
        "China's trade surplus reached $992 billion in 2024. In December it was $104.8 billion.\n\nExports of toys "
        "rose 2.6%.",
        "2025-01-14",
        {"$992 billion": "2024", "$104.8 billion": "2024-12", "2.6%": "2024"},
    ),
    "twice what it was": (
        "The U.S. trade deficit was $700 billion in 2007. The gap is still twice what it was in 2001. Exports were "
        "$1.6 trillion.",
        "2008-02-15",
        {"$700 billion": "2007", "$1.6 trillion": "2007"},
    ),
    # what only says when something else was
    "momentum": (
        "In the first two months China's trade kept the momentum of the fourth quarter of last year, growing 8.7%.",
        "2024-03-08",
        {"8.7%": "2024-01/2024-02"},
    ),
    "growth of the economy": (
        "The U.S. trade deficit narrowed in August, but could weigh on economic growth in the third quarter. The gap "
        "shrank to $59.6 billion.",
        "2025-11-19",
        {"$59.6 billion": "2025-08"},
    ),
    "a cause in another month": (
        "Japan's exports rose 3% in May. Imports of coal dropped 4.7%, with traders citing early clearance in April.",
        "2025-06-18",
        {"3%": "2025-05", "4.7%": "2025-05"},
    ),
    "years of a stretch": (
        "German exports fell 1.2% in 2024. China was the top partner from 2016 to 2023, and exports there fell 7.6%.",
        "2025-02-26",
        {"1.2%": "2024", "7.6%": "2024"},
    ),
    "an earlier half": (
        "Chilean copper sells well\n\nExports slowed\n\nDemand for exports held up through the first half of the "
        "year.\n\nChile's exports rose 7% in July.\n\nImports fell 3%.",
        "2025-08-07",
        {"7%": "2025-07", "3%": "2025-07"},
    ),
    # runs, ranks and months in a passage on more than one
    "a run of months": (
        "Malaysia's exports rose 6.9% to RM404 billion from January to May 2018. It was the 247th straight month of "
        "surplus.",
        "2018-07-05",
        {"6.9%": "2018-01/2018-05", "247th straight month": "2018-05"},
    ),
    "on a monthly basis": (
        "Malaysia's imports rose 1.3% to RM349 billion from January to May 2018.\n\nOn a month-on-month basis exports "
        "fell 2.5%.",
        "2018-07-05",
        {"2.5%": "2018-05"},
    ),
    "a run after a record": (
        "Chip exports of South Korea, which broke the record of $15.3 billion set in May 2023, rose for seven straight "
        "months in May 2024.",
        "2024-06-14",
        {"$15.3 billion": "2023-05", "seven straight months": "2024-05"},
    ),
    "a run through a month": (
        "Japan's car exports slid 7.5% in October after drops of more than 20% for five straight months through "
        "September.",
        "2025-11-21",
        {"7.5%": "2025-10", "five straight months": "2025-09"},
    ),
    "days": (
        "South Korea's exports rose 7.5% from June 1 to 20. Exports have risen for eight straight months.",
        "2020-06-22",
        {"7.5%": "2020-06", "eight straight months": "2020-05"},
    ),
    # fiscal years
    "fiscal half, Japan": (
        "Japan ran a trade surplus of 1.9 trillion yen in the fiscal first half.",
        "2017-10-19",
        {"1.9 trillion yen": "2017-04/2017-09"},
    ),
    "half of a fiscal year, Japan": (
        "Japan's exports in the first half of fiscal 2025 rose 0.2 percent. Shipments of cars fell 6.7 percent.",
        "2025-10-22",
        {"0.2 percent": "2025-04/2025-09", "6.7 percent": "2025-04/2025-09"},
    ),
    "fiscal year, Japan": (
        "Japan's trade deficit was 5.2 trillion yen for the fiscal year through March.",
        "2025-04-17",
        {"5.2 trillion yen": "2024-04/2025-03"},
    ),
    "months of a fiscal year, India": (
        "India's imports were $273 billion during the seven month period of 2014-15, against $270 billion in the "
        "comparable period of last fiscal.",
        "2014-11-18",
        {"$273 billion": "2014-04/2014-10", "$270 billion": "2013-04/2013-10"},
    ),
    "till a month": (
        "India's total imports in the current fiscal till September were $233 billion.",
        "2011-11-01",
        {"$233 billion": "2011-04/2011-09"},
    ),
    "slashed": (
        "India's deficit with China was $99 billion in the 2024/25 fiscal year that ended in March.",
        "2025-04-16",
        {"$99 billion": "2024-04/2025-03"},
    ),
    "quarter": (
        "India's exports rose 3% in the second quarter of FY26.",
        "2025-11-15",
        {"3%": "2025-07/2025-09"},
    ),
    "another calendar": (
        "Pakistan's exports rose 5% to $30 billion in the first ten months of the current fiscal year.",
        "2025-05-03",
        {"5%": "2024-07/2025-04"},
    ),
    "two years named": (
        "India's overall exports between April 2025 and January 2026 grew 6%, compared with 4% a year earlier.",
        "2026-02-16",
        {"6%": "2025-04/2026-01", "4%": "2024-04/2025-01"},
    ),
    # counted up to a day or a month
    "mid-month": (
        "As of mid-April, Vietnam's exports had reached $64 billion.",
        "2018-04-30",
        {"$64 billion": "2018-01/2018-04"},
    ),
    "as of a month": (
        "China's exports to America had fallen 15.5% as of August this year.",
        "2025-09-19",
        {"15.5%": "2025-01/2025-08"},
    ),
    "by the end": (
        "By the end of October, Vietnam's imports had come to $372 billion.",
        "2025-11-06",
        {"$372 billion": "2025-01/2025-10"},
    ),
    "to the end": (
        "Chile's copper exports totalled $40 billion for the 11 months to the end of November.",
        "2025-12-08",
        {"$40 billion": "2025-01/2025-11"},
    ),
    "accumulated": (
        "Brazil's exports were $28 billion in November. In the accumulated result for the year they reached $317 "
        "billion.",
        "2025-12-02",
        {"$28 billion": "2025-11", "$317 billion": "2025-01/2025-11"},
    ),
    # what a number is compared with
    "owner and adjective": (
        "China's exports rose 7 per cent in 2022, cooling from 2021's blistering 29.9 per cent gain.",
        "2023-01-13",
        {"7 per cent": "2022", "29.9 per cent": "2021"},
    ),
    "from a range": (
        "The U.S. deficit was $291 billion in the first half, up 7.2% from January-June 2017.",
        "2018-08-04",
        {"$291 billion": "2018-01/2018-06", "7.2%": "2018-01/2018-06"},
    ),
    "that of": (
        "China's deficit with ASEAN in the first 11 months of 2010 was 17 times that of the same span, and its deficit "
        "with Japan of $49.6 billion was twice that of the first 11 months of last year.",
        "2010-12-10",
        {"$49.6 billion": "2010-01/2010-11"},
    ),
    "compared with a year ago": (
        "The U.S. deficit fell to $54 billion in July. Compared to a year ago, the gap has widened by $7 billion.",
        "2019-09-04",
        {"$54 billion": "2019-07", "$7 billion": "2019-07"},
    ),
    "nearly equal to": (
        "China's deficit with Chile reached $20 billion in the first eight months of 2025, nearly equal to the $21 "
        "billion recorded for all of 2024.",
        "2025-09-24",
        {"$20 billion": "2025-01/2025-08", "$21 billion": "2024"},
    ),
    "a month which": (
        "Germany's surplus was 9.4 billion euros in April 2009. The gap is wider still against April 2008, which "
        "showed a surplus of 19 billion euros.",
        "2009-06-09",
        {"9.4 billion euros": "2009-04", "19 billion euros": "2008-04"},
    ),
    "the highest since": (
        "Indonesia posted a surplus of $1.72 billion in August 2017, the highest since November 2011 at $1.8 billion.",
        "2017-09-15",
        {"$1.72 billion": "2017-08", "$1.8 billion": "2011-11"},
    ),
    "the highest since, of the month itself": (
        "Imports from Norway reached their highest since November 2021 at $1.8 billion, while U.S. exports fell.",
        "2025-08-05",
        {"$1.8 billion": "2025-06"},
    ),
    "an improvement over two months": (
        "China's trade fell again. Customs said exports sank 5.2% to $190 billion, an improvement over the 15.1% "
        "contraction in January and February. Imports slid 1.4%, recovering from a 3% fall in January and February.",
        "2020-04-14",
        {"5.2%": "2020-03", "15.1%": "2020-01/2020-02", "1.4%": "2020-03", "3%": "2020-01/2020-02"},
    ),
    "the highest this year": (
        "South Korea's exports fell 4.1% in September. Ships had their highest monthly exports of $2.9 billion "
        "this year, and car exports rose 6.2%.",
        "2025-10-01",
        {"4.1%": "2025-09", "$2.9 billion": "2025-09", "6.2%": "2025-09"},
    ),
    "a sentence that looks ahead and back": (
        "Japan's exports fell 2.5% in August. Makers expect a recovery from the start of the fourth quarter. "
        "Exports to China shrank 4.4%.",
        "2025-09-17",
        {"2.5%": "2025-08", "4.4%": "2025-08"},
    ),
    "the last nine months of a year that is not over": (
        "Viet Nam's exports reached $270 billion over the last nine months of 2024.",
        "2024-10-06",
        {"$270 billion": "2024-01/2024-09"},
    ),
    "half of a month": (
        "Viet Nam's exports came to $18 billion in the first half of November.",
        "2024-11-20",
        {"$18 billion": "2024-11"},
    ),
    "the first since": (
        "The $7.24 billion deficit of China in March was its first since a $2.26 billion deficit in April 2004.",
        "2010-04-10",
        {"$7.24 billion": "2010-03", "$2.26 billion": "2004-04"},
    ),
    "year to date from the month before": (
        "China's car exports were up 18.1% in the first seven months, down from 18.9% year-on-year.",
        "2024-08-07",
        {"18.1%": "2024-01/2024-07", "18.9%": "2024-01/2024-06"},
    ),
    "in brackets": (
        "German exports totalled 69 billion euros in December, up from 66.7 billion euros ($94.7 billion) a year "
        "earlier.",
        "2010-02-09",
        {"69 billion euros": "2009-12", "66.7 billion euros": "2008-12", "$94.7 billion": "2008-12"},
    ),
    "after a base in brackets": (
        "India's exports in April-March 2020-21 were $290.6 billion, as against $313.4 billion (Rs 22 lakh crore) "
        "during April-March 2019-20, a fall of 7.3%.",
        "2021-04-15",
        {"$290.6 billion": "2020-04/2021-03", "$313.4 billion": "2019-04/2020-03", "7.3%": "2020-04/2021-03"},
    ),
    "told to end with another month": (
        "In the nine months ended Aug. 31, China's trade rose 4 percent.",
        "2025-10-14",
        {"4 percent": "2025-01/2025-09"},
    ),
    "a day at the head": (
        "17 September 2018\n\nBrazil's soybean exports rose 13% from January to August. Pulp exports rose 30%.",
        "2018-09-17",
        {"13%": "2018-01/2018-08", "30%": "2018-01/2018-08"},
    ),
    "a level from a level, in a passage on growth": (
        "India's exports of pumps dropped 6.2 per cent to $6.55 billion in September from $6.99 billion.",
        "2019-10-16",
        {"$6.55 billion": "2019-09", "$6.99 billion": "2018-09"},
    ),
    "last September, in October": (
        "India's deficit narrowed to $8.3 billion in September 2016 compared to $10.2 billion last September.",
        "2016-10-14",
        {"$8.3 billion": "2016-09", "$10.2 billion": "2015-09"},
    ),
    "a clause on the month of last year": (
        "Pakistan's exports reached $2.2 billion in September whereas, in the same month last year, they were at $2.6 "
        "billion.",
        "2022-10-29",
        {"$2.2 billion": "2022-09", "$2.6 billion": "2021-09"},
    ),
    "three months told again": (
        "Britain's exports to China were £3.3 billion between September and November 2013.\n\nImports were £8.6 "
        "billion in the three month period.",
        "2014-01-10",
        {"£3.3 billion": "2013-09/2013-11", "£8.6 billion": "2013-09/2013-11"},
    ),
    "months in brackets": (
        "Pakistan's deficit was $12.6 billion in the first four months (July-October) of the current fiscal year.",
        "2025-11-03",
        {"$12.6 billion": "2025-07/2025-10"},
    ),
    "in which": (
        "Mexico's sales abroad rose 4% in the first quarter of 2025 over the first quarter of 2024, in which exports "
        "were $136 billion.",
        "2025-04-30",
        {"4%": "2025-01/2025-03", "$136 billion": "2024-01/2024-03"},
    ),
    "below a figure": (
        "In all of 2025 Brazil's surplus was $68.3 billion, 7.9% below the 2024 figure of $74.2 billion.",
        "2026-02-05",
        {"$68.3 billion": "2025", "7.9%": "2025", "$74.2 billion": "2024"},
    ),
    "a concession": (
        "Viet Nam's exports rose 21% in the first eight months of this year despite a fall of 5.4% in August. Imports "
        "were $216 billion.",
        "2021-08-29",
        {"21%": "2021-01/2021-08", "5.4%": "2021-08", "$216 billion": "2021-01/2021-08"},
    ),
    "two months, each with its own": (
        "China's exports rose 4.7% in November 2014, against October's 11.6% and 15.3% in September.",
        "2014-12-08",
        {"4.7%": "2014-11", "11.6%": "2014-10", "15.3%": "2014-09"},
    ),
    "a month earlier, at the head": (
        "Japan's exports fell 2.6% year-on-year in July. A month earlier they had slipped 0.5%.",
        "2025-08-20",
        {"2.6%": "2025-07", "0.5%": "2025-06"},
    ),
    "a period longer than the month told last": (
        "China's exports to Russia rose 73% in the first seven months. In July they rose 52%. Imports over the period "
        "fell 8%.",
        "2023-08-08",
        {"73%": "2023-01/2023-07", "52%": "2023-07", "8%": "2023-01/2023-07"},
    ),
    "a run that has ended": (
        "In May South Korea's exports dropped 1.3% to $57.3 billion, snapping a three-month winning streak.",
        "2025-06-23",
        {"1.3%": "2025-05", "three-month": "2025-04"},
    ),
    "the year to March": (
        "Japan's exports rose 2% in April 2025. For the year to March they were up 5.9%.",
        "2025-05-21",
        {"2%": "2025-04", "5.9%": "2024-04/2025-03"},
    ),
}
"""Text, its day, and the period of each number."""


@pytest.mark.parametrize("name", SAID)
def test_each_number_has_the_period_a_careful_reader_gives_it(name):
    text, day, periods = SAID[name]
    found = {claim.stated: claim.period for claim in read(text, date=day)}
    assert {stated: found.get(stated) for stated in periods} == periods
