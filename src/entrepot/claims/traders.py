"""Who trades and is no reporter of a country's trade: provinces, cities, ports, companies."""

from collections.abc import Sequence
from functools import cache

from entrepot.claims.quantity import Quantity
from entrepot.claims.verbs import VERBS
from entrepot.claims.views import View
from entrepot.claims.words import Phrases, Token, listed, one_of

_REGIONS = listed(
    """
    guangdong; jiangsu; zhejiang; shandong; fujian; sichuan; henan; hubei; hunan; hebei; anhui; liaoning; jilin;
    heilongjiang; shaanxi; shanxi; yunnan; guizhou; guangxi; gansu; qinghai; xinjiang; ningxia; hainan; jiangxi;
    inner mongolia; shanghai; shenzhen; guangzhou; chongqing; tianjin; yiwu; suzhou; ningbo; qingdao; xiamen;
    dongguan; dalian; hangzhou; wuhan; chengdu; texas; california; michigan; florida; illinois; ohio; louisiana;
    pennsylvania; new jersey; north carolina; south carolina; tennessee; kentucky; alabama; indiana; gujarat;
    maharashtra; tamil nadu; karnataka; uttar pradesh; andhra pradesh; telangana; kerala; punjab; west bengal;
    bavaria; baden württemberg; saxony; hesse; hamburg; ho chi minh city; binh duong; bac ninh; dong nai; hai
    phong; da nang; thai nguyen; ontario; alberta; quebec; british columbia; queensland; western australia; new
    south wales; osaka; nagoya; kobe; yokohama; kyushu; hokkaido; busan; ulsan; incheon; gyeonggi; gyeongsang;
    jeju; catalonia; lombardy; scotland; wales; northern ireland; los angeles; long beach; laredo; rotterdam;
    mumbai; chennai; johor; penang; selangor; sarawak; sabah; mato grosso; minas gerais; bac giang; hung yen; vinh
    phuc; quang ninh; nghe an; thanh hoa; lang son; can tho; ba ria vung tau; long an; tay ninh; quang nam; hai duong;
    odisha; rajasthan; haryana; são paulo; sao paulo; paraná; rio grande do sul; santa catarina; bahia; north rhine
    westphalia; lower saxony; brandenburg; aichi; fukuoka; hiroshima; daegu; gwangju; daejeon; nanjing; zhengzhou;
    hefei; kunming; horgos; yangtze river delta; pearl river delta; greater bay area; chonburi; manitoba;
    saskatchewan; nova scotia; south australia; tasmania; nuevo leon; batam; west java; east java; sialkot; karachi;
    chattogram; chittagong; andalusia; galicia; basque country; tuscany; veneto; oregon; arizona; virginia
    """
)
_COMPANIES = listed(
    """
    tesla; byd; toyota; hyundai motor; hyundai; kia; gm korea; samsung; samsung electronics; sk hynix; lg
    electronics; apple; volkswagen; bmw; mercedes benz; general motors; ford; nissan; honda; tsmc; nvidia;
    huawei; boeing; airbus; foxconn; hon hai; intel; shein; temu; alibaba; amazon; walmart; maersk; cosco; saic;
    geely; chery; catl; xiaomi; aramco; vale; petrobras; posco; infosys; reliance; vinfast
    """
)
_UNITS = one_of("province city port airport prefecture municipality company firm automaker carmaker")
_DESCRIBED = one_of(
    "southern northern eastern western central southwestern southeastern northeastern northwestern coastal metropolis "
    "city province hub capital state of"
)
_FIRMS = one_of("company firm automaker carmaker")
_ACTS = VERBS | one_of(
    "shipped exported imported sold bought recorded retained ranked handled led contributed continued"
)
_HEADS = one_of(", ; : and while but whereas - – —")
_DATED = one_of("in during for")
Leads = list[tuple[int, bool]]
"""Token after each name, and whether it is of a region: a company is forgotten after its sentence."""
_NATIONAL = one_of("national nationwide nation country overall")


@cache
def _phrases() -> Phrases[bool]:
    return Phrases({**dict.fromkeys(_REGIONS, True), **dict.fromkeys(_COMPANIES, False)})


@cache
def _starts() -> frozenset[str]:
    return _phrases().starts() | _UNITS | _SUFFIXES | _OF_FIRMS | {"port", "ports"}


def leads(words: Sequence[Token], lows: Sequence[str]) -> Leads:
    """Where a sentence begins to speak of a part of a country, or of a company, as who trades."""
    found: list[tuple[int, bool]] = []
    table = _phrases()
    starts = _starts()
    if starts.isdisjoint(lows):
        return found
    for i, low in enumerate(lows):
        if low not in starts:
            continue
        last, region = i, True
        if words[i].text[:1].isupper() and (match := table.at(lows, i)):
            last, region = i + match[0], match[1]
        elif low in ("port", "ports") and lows[i + 1 : i + 2] == ["of"] and words[i].text[0].isupper():
            last = i + 3
        elif low == "port" and words[i].text[0].isupper() and _is_named(words, i + 1):
            last = i + 2  # Port Hedland
        elif (low in _SUFFIXES or low in _OF_FIRMS) and _is_named(words, i - 1):
            first, last, region = _name_start(words, i), i + 1, low in _SUFFIXES
            if _acts(words, lows, first, last) or region and _ships_out(lows, first):
                found.append((last, region))  # Ca Mau province, Sao Ta Foods
            continue
        elif low in _UNITS and i and lows[i - 1] in ("the", "our") and _owns(low, lows[i + 1 : i + 2]):
            last, region = i + 1, low not in _FIRMS
        if last > i and (_acts(words, lows, i, last) or region and _ships_out(lows, i)):
            found.append((last, region))
    return found


def _is_named(words: Sequence[Token], i: int) -> bool:
    """Whether token i is a proper name's: a capital and small letters, no sentence's first word."""
    return 0 <= i < len(words) and words[i].kind == "w" and words[i].text[:1].isupper() and words[i].low not in _NO_NAME


def _name_start(words: Sequence[Token], i: int) -> int:
    """First token of the proper name that ends before token i."""
    first = i
    while first > 0 and i - first < 4 and _is_named(words, first - 1):
        first -= 1
    return first


_NO_NAME = one_of("the a an its this that in at for from of and our their state free no every each one")
_SUFFIXES = one_of("province prefecture county municipality port airport")
_OF_FIRMS = one_of(
    "motors foods steel airlines pharma electronics holdings industries corp corporation inc ltd plc ag sa gmbh llc "
    "joint jsc refinery shipyard textiles semiconductor robotics logistics"
)
"""Words that a company's name ends with."""


def _owns(low: str, after: Sequence[str]) -> bool:
    """Whether a firm or a region told by its kind owns what follows, or a firm trades (`the carmaker shipped`)."""
    return after == ["'s"] or low in _FIRMS and after in (["shipped"], ["exported"], ["sold"], ["imported"])


def _acts(words: Sequence[Token], lows: Sequence[str], i: int, last: int) -> bool:
    """Whether a name is that of who trades: it owns what follows, or opens a clause and does something."""
    if last < len(lows) and words[last].kind == "w" and (words[last].text[:1].isupper() or lows[last] in _UNITS):
        last += 1  # Guangdong Province, Los Angeles Port, Hunan province
    after = lows[last] if last < len(lows) else ""
    if after == "'s":
        return True
    if after == "," and last + 2 < len(lows) and lows[last + 2] == ",":
        after = lows[last + 3] if last + 3 < len(lows) else ""  # Laredo, Texas, retained
    while i and lows[i - 1] in _DESCRIBED:
        i -= 1  # the southern metropolis Ho Chi Minh City
    before = lows[i - 1] if i else ""
    opens = not i or before in _HEADS or before == "the" and (i == 1 or lows[i - 2] in _HEADS)
    return opens and (after in _ACTS or after in ("also", "then", "alone"))


def _ships_out(lows: Sequence[str], i: int) -> bool:
    """Whether a flow comes out of a region or goes through it (`exports from Queensland`, `trade through the port`)."""
    at = i - 1 - (lows[max(0, i - 1)] == "the")
    at -= 2 * (lows[max(0, at)] == "'s")  # exports from Australia's Port Hedland
    return at > 0 and lows[at] in _OUT_OF and lows[at - 1] in _MOVED


_OUT_OF = one_of("from through via of")
_MOVED = one_of("exports shipments trade sales")


def is_part(view: View, quantity: Quantity, leading: Leads, carried: bool) -> bool:
    """Whether a number is of a part of a country or of a company, in this sentence or carried from the one before."""
    before = [last for last, _ in leading if last <= quantity.first]
    at = before[-1] if before else -1
    if at < 0 and not carried:
        return False
    return not any(at < i <= quantity.first for i in _wholes(view))


def _is_whole(view: View, first: int) -> bool:
    """Whether a flow that begins at a token is only the whole of a share (`44 % of the nation's exports`)."""
    at = first - 1
    while at > 0 and view.lows[at] in ("the", "all", "total"):
        at -= 1
    return at > 0 and view.lows[at] == "of" and any(0 <= at - q.last <= 1 and q.unit == "%" for q in view.quantities)


_DEALS = one_of("'s imported exported imports exports shipped bought sold")
"""What tells that a country trades, right after it."""


def _wholes(view: View) -> list[int]:
    """Tokens from which a sentence speaks of the country's own trade again."""
    told = [s.head for s in view.subjects if s.reporter and not _is_whole(view, s.first)]
    wide = [i for i, low in enumerate(view.lows) if low in _NATIONAL and _DEALS & set(view.lows[i + 1 : i + 2])]
    return told + [i + 1 for i in wide if not _is_whole(view, i)]


def speaks_on(view: View, leading: Leads, carried: bool) -> bool:
    """Whether the sentence after goes on about a part of a country."""
    last = max((last for last, region in leading if region), default=-1)
    if last < 0 and not carried:
        return False
    return not any(i > last for i in _wholes(view))
