"""Words that compare with another time (`year on year`, `from the previous month`) or count from January to now."""

from entrepot.claims.words import Phrases, listed

_YOY = """
    year on year; year over year; years on year; on a year on year basis; on an annual basis; on a yearly basis;
    y o y; y / y; yoy; yr / yr; on year; in annual terms; in year on year terms;
    from a year earlier; from a year ago; from a year before; from the year earlier; from one year earlier;
    than a year earlier; than a year ago; a year earlier; a year ago; a year before; one year earlier; one year ago;
    the year before; the year earlier; the year ago; year earlier; year ago; annually; yearly;
    a year previously; the year prior; a year prior; one year prior; one year before;
    from last year; than last year; from the previous year;
    than the previous year; from the prior year; over last year; on the previous year; on last year;
    over the previous year; previous year ' s level; from the same time last year; from the same time a year ago;
    annual increase; annual rise; annual decrease; annual decline; annual drop; annual fall; annual gain; annual rises;
    annual increases; annual decreases; annual declines; annual drops; annual gains; annual falls;
    twelve months ago; twelve months earlier; twelve months before; twelve months previously; twelve months prior;
    annual rise of; annual rises of; annual increase of; annual increases of; annual growth of; annual drop of;
    annual decline of; annual declines of; annual decrease of; annual decreases of; annual fall of; annual gain of;
    at an annual rate;
    12 months ago; 12 months earlier; 12 months before; 12 months previously; 12 months prior
"""
_MOM = """
    month on month; month over month; m o m; m / m; mom; on month;
    month to month; mtm; m t m; on a monthly basis; monthly basis;
    since last month; since the previous month; from a month earlier; from the previous month; from the prior month;
    from the preceding month; a month earlier; a month before; one month before; from a month ago;
    monthly increase; monthly decrease; monthly rise; monthly fall; monthly gain; monthly drop; monthly decline;
    monthly growth; monthly advance; monthly rises; monthly increases; monthly decreases;
    monthly jump; monthly surge; monthly slump; monthly contraction;
    month to month; mtm; in just one month; in a single month;
    than the previous month; on the previous month; over the previous month; a month ago;
    the month before; the previous month; the prior month; the preceding month; from last month; the month earlier;
    previous month; prior month; preceding month; from the month before; sequentially; one month earlier;
    one month prior; the month prior; a month prior; a month previously;
    on a sequential basis; in sequential terms
"""
_QOQ = """
    quarter on quarter; quarter over quarter; q / q; qoq; q o q; on quarter; the previous quarter;
    from the previous quarter; the prior quarter; previous quarter; the preceding quarter; a quarter earlier
"""
_SO_FAR = """
    year to date; so far this year; so far in the year; year so far; since the start of the year; ytd;
    since the beginning of the year; thus far this year; to date this year; year thus far; so far for the year;
    thus far in the year; cumulatively; in cumulative terms; on a cumulative basis; cumulative basis; cumulative figures
"""
RELATIVE = Phrases(
    {"this month": "this month", "last month": "last month"}
    | dict.fromkeys(listed(_YOY), "yoy")
    | dict.fromkeys(listed(_MOM), "mom")
    | dict.fromkeys(listed(_QOQ), "qoq")
    | dict.fromkeys(listed(_SO_FAR), "so far")
)
"""What is said relative to the period spoken of, or to the day."""
