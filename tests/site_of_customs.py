"""A small customs site for the tests: an index, and one summary page a month in dollars and yuan."""

from entrepot.periods import MONTHS, later

ROW = "<tr><td>{}</td><td>{:,.1f}</td><td>{:,.1f}</td><td>-</td><td>{}</td><td>{}</td></tr>"


def page(period, exports, imports, *, released=None, currency="USD", factor=1.0, growth="5.9"):
    """One summary page [100 million]; the figures of January to the month are eleven times the month's."""
    year, month = period[:4], int(period[5:])
    day = (released or f"{later(period, 1)}-09").replace("-", "/")
    title = f"(1) China's Total Export &amp; Import Values, {MONTHS[month - 1][:3]} {year} (in {currency})"
    exports, imports = exports * factor, imports * factor
    sides = {"Total Export &amp; Import": exports + imports, "Total Export": exports, "Total Import": imports}
    rows = "".join(ROW.format(name, value, value * 11, growth, growth) for name, value in sides.items())
    heads = f"<tr><th>Item</th><th>{month}</th><th>1-to-{month}</th><th>Month-on-Month ±%</th>"
    heads += "<th>Year-on-Year ±%</th><th>Year-on-Year ±%</th></tr>"
    body = f'<div class="atcl-ttl">{title}</div><div class="atcl-date">{day}</div>'
    return f"<html>{body}<table><caption>Unit: {currency} 100 Million</caption>{heads}{rows}</table></html>".encode()


def index(months, year="2025"):
    """An index that links the months that are out."""
    cells = "".join(
        f"<a href=http://english.customs.gov.cn/Statics/{year}-{n:02d}-CCC.html> {MONTHS[n - 1][:3]}.</a>"
        if n in months
        else f"<span>{MONTHS[n - 1][:3]}.</span>"
        for n in range(1, 13)
    )
    rows = "".join(
        f"<tr><td>(1) China's Total Export & Import Values (in {one})</td><td>{cells.replace('CCC', one)}</td></tr>"
        for one in ("CNY", "USD")
    )
    return f"<html><table><thead><tr><th>Title</th><th>Month</th></tr></thead>{rows}</table></html>".encode()


def answers(months=range(1, 8), year="2025", revised=1.0):
    """Everything the site serves, by path."""
    held = {f"/statics/report/preliminary{year}.html": index(months, year)}
    held[f"/statics/report/monthly{year}.html"] = b"<html><table></table></html>"
    for n in months:
        for currency, rate in (("USD", 1.0), ("CNY", 7.1)):
            text = page(f"{year}-{n:02d}", 3000 + 10 * n, 2000 + n, currency=currency, factor=rate * revised)
            held[f"/Statics/{year}-{n:02d}-{currency}.html"] = text
    return held
