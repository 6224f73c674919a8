"""Stretches of time in passing: years, fiscal years, halves, windows, and what a clause looks back to or ahead of."""

import pytest

from entrepot.claims import read

SAID = (
    ("2024-05-10", "2019/2023 2023",
     "Between 2019 and 2023, Brazil's exports to China grew by 64 percent, reaching $104 billion."),
    ("2024-05-10", "2018/2023 2023",
     "From 2018 to 2023, German exports to the United States rose by 39 percent to 158 billion euros."),
    ("2024-05-10", "2020 2023",
     "Viet Nam's exports to the EU went from $35 billion in 2020 to $43.7 billion in 2023."),
    ("2024-05-10", "2022 2023",
     "Mexican exports to the United States totalled $455 billion in 2022. The following year they rose to "
     "$475 billion."),
    ("2024-05-10", "2022 2023",
     "Mexico's exports to the United States reached $455 billion in 2022 and $475 billion a year later."),
    ("2024-05-10", "2021 2022 2023",
     "In 2021 Indonesia's exports were worth $231.6 billion. A year later they hit $292 billion before "
     "falling to $258.8 billion in 2023."),
    ("2024-05-10", "2012 2021 2023",
     "Brazil's exports to Argentina were $17.6 billion in 2012, $16.9 billion in 2021 and $16.7 billion in "
     "2023."),
    ("2024-05-10", "2022 2023",
     "In 2022 and 2023 Peru's exports came to $66 billion and $67 billion, respectively."),
    ("2024-05-10", "2022 2023",
     "Exports of South Africa fell by 3 % in 2022 and by 5 % in 2023."),
    ("2024-05-10", "2021-07/2022-06 2022-07/2023-06",
     "Pakistan's exports peaked at $31.8 billion in fiscal year 2021-22. The following year they dropped to "
     "$27.5 billion."),
    ("2024-05-10", "2019 2023",
     "Two-way trade between Thailand and China was $80 billion in 2019; by 2023 it had grown to $126 "
     "billion."),
    ("2024-05-10", "2010 2020 2023",
     "In 2010, China's exports to Africa stood at $60 billion. By 2020 they had reached $114 billion, and "
     "in 2023 they amounted to $173 billion."),
    ("2024-05-10", "2018 2022",
     "Malaysia's exports to China were $42 billion in 2018, compared with $68 billion in 2022."),
    ("2024-05-10", "2023 2022",
     "Switzerland's exports fell to 274 billion francs last year from 278 billion francs in 2022."),
    ("2024-05-10", "2023 2022 2021",
     "Swiss exports in 2023 came to 274 billion francs, against 278 billion the previous year and 259 "
     "billion in 2021."),
    ("2024-08-02", "2024-07 2024-07",
     "Pakistan's exports rose 11.8 % to $2.31 billion in the first month of the new fiscal year."),
    ("2024-08-02", "2024-07 2024-07 2023-07",
     "Pakistan's exports rose 11.8 % to $2.31 billion in July, the first month of fiscal year 2024-25, up "
     "from $2.06 billion a year earlier."),
    ("2024-08-02", "2024-07 2023-07",
     "In the first month of FY25, Pakistan's imports came to $4.2 billion against $3.7 billion in the same "
     "month of FY24."),
    ("2024-01-04", "2023-07/2023-12 2023-07/2023-12",
     "Bangladesh's exports in July-December of fiscal 2023-24 stood at $27.54 billion, up 0.84 percent."),
    ("2024-01-04", "2023-07/2023-12 2023-07/2023-12 2023-12",
     "In the first half of the current fiscal year, exports of Bangladesh grew 0.84 percent to $27.54 "
     "billion; in December alone they fell 1.06 percent."),
    ("2023-10-16", "2023-04/2023-09 2022-04/2022-09",
     "India's merchandise exports during April-September 2023 were $211.4 billion, as against $231.7 "
     "billion during the corresponding period of the last financial year."),
    ("2023-10-16", "2023-09 2023-09 2023-04/2023-09 2023-04/2023-09",
     "India's exports fell 2.6 per cent in September to $34.47 billion. For the first half of FY24, exports "
     "declined 8.8 per cent to $211.4 billion."),
    ("2024-04-20", "2023-04/2024-03 2023-04/2024-03",
     "Japan logged a trade deficit of 5.89 trillion yen in fiscal 2023, which ended in March. Exports grew "
     "3.7 percent in the year."),
    ("2024-04-20", "2023-04/2024-03 2023-04/2024-03",
     "For the year to March 31, Japan's exports grew 3.7 percent to 102.9 trillion yen."),
    ("2024-04-20", "2023-04/2024-03 2023-04/2024-03",
     "For the fiscal year through March, Japan's imports fell 10.3 percent to 108.8 trillion yen."),
    ("2024-07-05", "2023-07/2024-06 2023-07/2024-06",
     "Exports of Bangladesh rose 2 percent in the just-concluded fiscal year to $56.7 billion."),
    ("2024-07-05", "2023-07/2024-06 2023-07/2024-06 2022-07/2023-06",
     "In the outgoing fiscal year Pakistan exported goods worth $30.7 billion, up 10.5 percent on FY23's "
     "$27.7 billion."),
    ("2024-07-20", "2024-01/2024-06 2024-01/2024-06",
     "Kazakhstan's exports to China totalled $7.6 billion in the first half of the year, 3 percent more "
     "than in the first half of 2023."),
    ("2024-07-20", "2024-04/2024-06 2024-01/2024-03",
     "In the second quarter Switzerland's exports rose 2.5 percent, after falling 1.2 percent in the first."),
    ("2024-07-20", "2024-04/2024-06 2024-01/2024-03",
     "Exports of Taiwan were up 10.6 percent in the April-June period, compared with 12.9 percent in the "
     "January-March quarter."),
    ("2024-11-20", "2024-07/2024-09 2024-01/2024-09",
     "Between July and September, Thailand's exports rose 8.9 percent; in the first nine months they rose "
     "3.9 percent."),
    ("2024-11-20", "2024-08/2024-10",
     "In the three months through October, Chile's exports rose 6.9 percent."),
    ("2024-11-20", "2024-08/2024-10",
     "Over the past three months Chile exported copper worth $12 billion."),
    ("2025-02-20", "2024-10/2024-12 2024 2024",
     "Malaysia's exports rose 5.2 percent in the fourth quarter. For the full year they rose 5.7 percent to "
     "RM1.51 trillion."),
    ("2025-02-20", "2024-10/2024-12",
     "In the final quarter of last year, exports of Singapore rose 2.4 percent."),
    ("2025-02-20", "2024-10/2024-12",
     "In the last quarter of 2024, exports of Singapore rose 2.4 percent from the third quarter."),
    ("2025-08-20", "2025-04/2025-06 2025-01/2025-03",
     "Swiss exports fell 4.9 percent in the second quarter of 2025 from the previous quarter, when they "
     "rose 4.1 percent."),
    ("2024-11-20", "2024-01/2024-10 2024-01/2024-10",
     "Year to date, Turkey's exports are up 3.2 percent at $216.4 billion."),
    ("2024-11-20", "2024-01/2024-10 2024-01/2024-10",
     "So far this year, Turkey's imports have fallen 6.4 percent to $281.5 billion."),
    ("2024-11-20", "2024-10 2024-01/2024-10",
     "Turkey's exports rose 3.1 percent in October, bringing the total for the first ten months to $216.4 "
     "billion."),
    ("2024-11-20", "2024-10 2024-01/2024-10",
     "Turkey's exports rose 3.1 percent in October. The cumulative figure for the year stood at $216.4 "
     "billion."),
    ("2024-11-20", "2024-01/2024-10",
     "In the ten months to October, Turkey's exports rose 3.2 percent."),
    ("2024-11-20", "2024-01/2024-10",
     "From the beginning of the year until the end of October, Kazakhstan exported goods worth $66.6 "
     "billion."),
    ("2024-11-20", "2024-10 2024-01/2024-10",
     "Turkey's exports rose 3.1 percent in October. Since January they have risen 3.2 percent."),
    ("2024-11-20", "2024-10 2024-01/2024-10",
     "Turkey's exports reached $23.5 billion in October and $216.4 billion since the start of the year."),
    ("2024-11-20", "2023-11/2024-10 2023-11/2024-10",
     "In the twelve months to October, Turkey's exports came to $261.4 billion, 2.4 percent more than a "
     "year before."),
    ("2024-11-20", "2024-01/2024-10",
     "Through October, Turkey's exports amounted to $216.4 billion."),
    ("2024-11-20", "2024-01/2024-10",
     "Through the first ten months of 2024 Mexican exports grew 4 percent."),
    ("2024-11-20", "2024-10 2024-09",
     "Thailand's exports rose 14.6 percent in October, after 1.1 percent the month before."),
    ("2024-11-20", "2024-10 2024-09",
     "Thailand's exports rose 14.6 percent in October. The month before, they had risen 1.1 percent."),
    ("2024-11-20", "2024-10 2024-09",
     "Thailand's exports rose 14.6 percent in October, faster than September's 1.1 percent."),
    ("2024-11-20", "2024-10 2024-09 2023-10",
     "The Philippines' trade deficit was $5.8 billion in October, up from $5.1 billion a month earlier and "
     "$4.4 billion in the same month last year."),
    ("2024-11-20", "2024-09 2024-10",
     "After falling 4.3 percent in September, Italy's exports rose 0.9 percent in October."),
    ("2024-11-20", "2024-10",
     "Compared with the previous month, Norway's exports rose 12.4 percent in October."),
    ("2024-11-20", "2024-10 2024-10 2024-10",
     "Norway's exports were 151 billion kroner in October, 12.4 percent more than in September and 6 "
     "percent less than in October last year."),
    ("2024-11-20", "2024-10 2024-09 2023-10",
     "Norway's exports came to 151 billion kroner in October, compared with 134 billion in September and "
     "161 billion in October 2023."),
    ("2024-11-20", "2024-10 2024-10 2023-10 2023-10",
     "Finland's exports totalled 6.2 billion euros in October and imports 6.5 billion, against 6.4 billion "
     "and 6.7 billion a year earlier."),
    ("2024-11-20", "2024-10 2024-10 2024-09 2024-09",
     "Finland's exports totalled 6.2 billion euros and imports 6.5 billion euros in October, compared with "
     "exports of 6.0 billion and imports of 6.1 billion in September."),
    ("2024-08-07", "2024-07 2024-07 2024-07 2024-06",
     "China's exports rose 7 percent in July. Imports fell 1.6 percent to CNY1.5 trillion, after declining "
     "2.7 percent in June."),
    ("2024-08-07", "2024-01/2024-07 2024-01/2024-07 2024-01/2024-06",
     "China's trade rose 3.5 percent in January to July. Imports fell 1.6 percent, after declining 2.7 "
     "percent in January to June."),
    ("2024-08-07", "2024-07 2024-07 2024-06",
     "Turkey's exports rose 3.5 percent in July. Imports fell 7 percent, having risen 2.7 percent in June."),
    ("2024-08-07", "2024-07 2024-06 2024-07",
     "Turkey's exports rose 3.5 percent in July. Imports, which had gained 2.7 percent in June, fell 7 "
     "percent."),
    ("2024-08-07", "2024-07 2024-07 2024-06",
     "Turkey's exports rose 3.5 percent in July. Imports fell 7 percent following an increase of 2.7 "
     "percent in June."),
    ("2024-08-07", "2024-07 2024-07 2024-06",
     "Turkey's exports rose 3.5 percent in July. Imports fell 7 percent; in June they had risen 2.7 "
     "percent."),
    ("2024-08-07", "2024-07 2024-07 2024-06",
     "Turkey's exports rose 3.5 percent in July. Imports fell 7 percent, a reversal of June's 2.7 percent "
     "increase."),
    ("2024-08-07", "2024-07 2024-07 2024-06",
     "Turkey's exports rose 3.5 percent in July. Imports fell 7 percent, compared with an increase of 2.7 "
     "percent in June."),
    ("2024-08-07", "2024-07 2024-06 2024-05",
     "Turkey's exports rose 3.5 percent in July, having slipped 2.7 percent in June and 4 percent in May."),
    ("2024-08-07", "2024-07 2024-06 2024-05",
     "Turkey's imports fell 7 percent after growing 2.7 percent in June and 4.3 percent in May."),
    ("2024-08-07", "2024-06 2024-07",
     "Following a 2.7 percent drop in June, Turkey's exports rebounded 3.5 percent."),
    ("2024-08-07", "2024-07 2024-07 2024-06 2024-07",
     "Turkey's exports rose 3.5 percent in July. Shipments to Iraq fell 4 percent; those to Iran had risen "
     "2 percent in June. Sales to Egypt grew 6 percent."),
    ("2025-05-10", "2025-04 2025-03 2025-03",
     "China's exports to the EU rose 8.3% in April. Exports had risen by 10.3%, while imports had dropped "
     "7.5% in March."),
    ("2025-05-10", "2024 2024",
     "China's exports for the whole of 2024 had risen by 5.9 percent, with imports up 1.1 percent, the "
     "ministry said."),
    ("2024-11-20", "2024-10 2024-01/2024-10",
     "Turkey's exports rose 3.1 percent in October. So far this year they have risen 3.2 percent."),
    ("2024-11-20", "2024-10 2024-09",
     "Turkey's exports rose 3.1 percent in October. In September they fell 0.3 percent."),
    ("2024-11-20", "2024-10 2024-01/2024-10 2024-01/2024-10",
     "Turkey's exports rose 3.1 percent in October. In the first ten months, they were up 3.2 percent to "
     "$216 billion."),
    ("2024-11-20", "2024-10 2023-10",
     "Turkey's trade deficit was $5.9 billion in October. A year earlier it was $6.6 billion."),
    ("2024-11-20", "2024-10 2023-10",
     "Turkey's trade deficit was $5.9 billion in October. In the same month of last year, it stood at $6.6 "
     "billion."),
    ("2024-11-20", "2024-10 2023",
     "Turkey's trade deficit was $5.9 billion in October. Last year it came to $106 billion."),
    ("2024-11-20", "2024-10 2024-01/2024-10",
     "Turkey's trade deficit was $5.9 billion in October. For January-October it was $66 billion."),
    ("2025-08-07", "2025-01/2025-07 2025-01/2025-07 2025-01/2025-06 2025-01/2025-07 2025-01/2025-07 2025-01/2025-06",
     "China's trade rose 3.5 percent in the first seven months. Exports gained 7.3 percent in the January "
     "to July period, up on the 7.2 percent growth logged in the first half. Imports fell 1.6 percent to "
     "CNY10.39 trillion, after declining 2.7 percent in January to June."),
    ("2025-08-07", "2025-01/2025-07 2025-01/2025-07 2025-01/2025-06",
     "China's trade rose 3.5 percent in the first seven months. Imports fell 1.6 percent, after declining "
     "2.7 percent in the first half."),
    ("2025-08-07", "2025-07 2025-06",
     "Vietnam's exports rose 8 percent in July, up slightly on the 7.2 percent growth seen in June."),
    ("2025-05-06", "2025-03 2025-03",
     "In March, ahead of the April 'Liberation Day' tariffs, Canada's imports rose 5 percent to C$70 "
     "billion."),
    ("2022-10-24", "2022-09 2022-08 2021-09",
     "India's coal imports totalled 16.2 million tonnes last month, down from 18.1 million tonnes in August "
     "but above last September's 13.3 million tonnes."),
    ("2019-08-16", "2019-06 2019-06 2018-06",
     "Euro area exports were €189.9 billion in June 2019, down 4.7% compared with June 2018 [€199.3Bn]."),
    ("2025-02-02", "2025-01 2025-01 2025-01",
     "Korea's exports fell 10.3 percent in January. Petroleum product shipments slid 29.8 percent to $3.4 "
     "billion due to a fire at a refinery in late December."),
    ("2017-08-07", "2017-01/2017-06 2017-01/2017-06",
     "China's exports to Africa rebounded by three percent in the first half of 2017, which is close to $47 "
     "billion."),
    ("2025-11-30", "2025-05/2025-10 2025-05/2025-10 2025-05 2025-10",
     "Shipments from India to the US fell 28.5 per cent between May and October. Garments fell 40 per cent, "
     "from $515.4 million to $306.1 million."),
    ("2025-11-30", "2025-05 2025-09",
     "Between May and September India's exports to the US dropped from $8.8 billion to $5.5 billion."),
    ("2025-11-30", "2025-05/2025-09 2025-09",
     "India's exports of gems to the US shrank by 76 percent between May and September, to $203 million."),
    ("2025-11-30", "2025-05/2025-09",
     "Between May and September India exported goods worth $34 billion to the US."),
)  # fmt: skip


@pytest.mark.parametrize(("day", "periods", "text"), SAID)
def test_each_number_has_the_period_a_careful_reader_gives_it(day, periods, text):
    told = [c for c in read(text, date=day) if c.kind == "actual" and c.measure != "first_or_record"]
    assert [claim.period for claim in told] == periods.split()
