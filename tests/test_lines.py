"""Lines of two periods: the fetch that is named asks for what lacks."""

from entrepot import fetching
from entrepot.lines import Asked, fetches


def commands(*asked):
    """The words of every command that is named, after `entrepot fetch comtrade`."""
    told = fetches(*asked).removeprefix("Run: ").partition(" (with your key")[0]
    return [one.removeprefix("entrepot fetch comtrade ").split() for one in told.split("; ")]


def requests(words):
    """What UN Comtrade would be asked by a command."""
    reporter, _, period, *more = words
    names = [word.removeprefix("--") for word in more[::2]]
    asked = fetching.ask("comtrade", reporter, period, **dict(zip(names, more[1::2], strict=True)))
    return [dict(one.params) for one in asked]


def test_goods_are_asked_for_by_six_digits_and_partners_by_their_totals():
    goods = [one for words in commands(Asked("CHN", "2024", "2023", "year", by="product")) for one in requests(words)]
    assert {(one["cmdCode"], one["partnerCode"], one["flowCode"]) for one in goods} == {("AG6", "0", "X,M")}
    assert {one["period"] for one in goods} == {"2023", "2024"}
    (partners,) = commands(Asked("VNM", "2024", "2023", "year"))
    assert all(one["cmdCode"] == "TOTAL" and "partnerCode" not in one for one in requests(partners))


def test_the_months_of_both_periods_are_asked_for_and_no_others():
    month = commands(Asked("CHN", "2025-11", "2024-11", "month", by="product", partner="USA"))
    asked = [one for words in month for one in requests(words)]
    assert [(one["period"], one["partnerCode"]) for one in asked] == [("202411", "842"), ("202511", "842")]
    ytd = [one["period"] for words in commands(Asked("CHN", "2025-02", "2024-02", "ytd")) for one in requests(words)]
    assert ytd == ["202401", "202402", "202501", "202502"]
    january = commands(Asked("CHN", "2025-01", "2024-01", "ytd"))
    assert january == [["CHN", "-p", "2024-01"], ["CHN", "-p", "2025-01"]]
    far = [one["period"] for words in commands(Asked("CHN", "2024", "2017", "year")) for one in requests(words)]
    assert far == ["2017", "2024"]


def test_a_reporter_that_is_not_in_un_comtrade_is_not_asked_for_there():
    said = fetches(Asked("TWN", "2024", "2023", "year"))
    assert "fetch comtrade" not in said and "--table FILE" in said
