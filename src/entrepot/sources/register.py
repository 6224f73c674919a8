"""Federal Register of the United States: documents that change duties, as a list with their days.

Not figures: number, kind, days, citation, title and address of each document, so that a duty can be dated by what
ordered it. The service gives at most 2,000 documents for a question; one that has more is cut and is refused.
"""

from datetime import date
from typing import TYPE_CHECKING, Any

from entrepot import periods
from entrepot.errors import BadTable, MissingData
from entrepot.sources import Request, Source
from entrepot.sources.markup import decode, from_json

if TYPE_CHECKING:
    import pandas as pd

REGISTER = Source(
    "us-register", "Office of the Federal Register", "Federal Register, documents",
    "https://www.federalregister.gov/api/v1/documents.json", "public domain", cap=2000,
)  # fmt: skip
SOURCES = (REGISTER,)
COLUMNS = ("document", "kind", "published", "effective", "signed", "order", "citation", "agencies", "title", "url")
PAGE = 100
_LAST_DAY = {"01": 31, "02": 29, "03": 31, "04": 30, "05": 31, "06": 30, "07": 31, "08": 31, "09": 30, "10": 31,
             "11": 30, "12": 31}  # fmt: skip


def ask(period: str, *, term: str = "tariff") -> list[Request]:
    """Requests for documents that hold a term and were published in a month, year or range, one a period.

    Raises
    ------
    WrongUsage
        If the period is none.
    """
    out = []
    for one in periods.each(period):
        first = f"{one}-01-01" if periods.is_year(one) else f"{one}-01"
        last = f"{one}-12-31" if periods.is_year(one) else f"{one}-{_last_day(one)}"
        params = {"conditions[term]": term, "conditions[publication_date][gte]": first}
        params |= {"conditions[publication_date][lte]": last, "per_page": str(PAGE), "page": "1"}
        out.append(Request(REGISTER, REGISTER.url, tuple(params.items())))
    return out


def _last_day(month: str) -> int:
    leap = int(month[:4]) % 4 == 0  # 1900 to 2099 as far as the Register goes
    return 28 if month[5:] == "02" and not leap else _LAST_DAY[month[5:]]


def more(content: bytes, request: Request) -> list[Request]:
    """Nothing is read of a question with several pages as a whole: each page is a request of its own, told its place.

    Raises
    ------
    BadTable
        If the question has more documents than the service gives.
    """
    params = dict(request.params)
    if request.facts or params.get("page", "1") != "1":
        return []
    body = _body(content)
    count, pages = int(body.get("count") or 0), int(body.get("total_pages") or 1)
    if count >= (REGISTER.cap or 0):
        raise BadTable(
            f"The Federal Register has {count:,} documents for this question and gives at most {REGISTER.cap:,}. "
            "Ask for a shorter period (a month) or a rarer term."
        )
    return [
        Request(request.source, request.url, tuple((params | {"page": str(n)}).items()), facts=(("page", str(n)),))
        for n in range(1, pages + 1)
        if pages > 1
    ]


def parse(content: bytes, *, seen: date, page: str = "") -> "pd.DataFrame":
    """Documents of an answer: number, kind, days of publication, effect and signing, order, citation, title, address.

    Raises
    ------
    MissingData
        If there is no document.
    BadTable
        If the answer is no list of documents, or one is dated in the future.
    """
    import pandas as pd

    body = _body(content)
    if not body["results"]:
        raise MissingData("The Federal Register has no document for this term and period.")
    out = pd.DataFrame([_document(one) for one in body["results"]], columns=list(COLUMNS))
    if not page and len(out) != body.get("count"):
        raise BadTable(f"The Federal Register announces {body.get('count')} documents and sends {len(out)}.")
    if out.document.duplicated().any():
        raise BadTable(f"The document {out.document[out.document.duplicated()].iloc[0]} stands twice in the answer.")
    if (late := out.published.max()) > seen.isoformat():
        raise BadTable(f"A document is dated {late}, after the day we looked ({seen}).")
    return out


def _body(content: bytes) -> dict[str, Any]:
    body = from_json(decode(content), "the Federal Register")
    if not isinstance(body, dict) or not isinstance(body.get("results"), list):
        raise BadTable(f"The Federal Register refuses: {str(body)[:200]}")
    return body


def _document(one: dict[str, Any]) -> tuple[str, ...]:
    if lacking := [name for name in ("document_number", "type", "publication_date") if not one.get(name)]:
        raise BadTable(f"A document of the Federal Register lacks {', '.join(lacking)}: the layout has changed.")
    agencies = "; ".join(str(agency.get("name") or agency.get("raw_name", "")) for agency in one.get("agencies") or [])
    names = ("publication_date", "effective_on", "signing_date", "executive_order_number", "citation")
    plain = [str(one.get(name) or "") for name in names]
    kind = str(one.get("subtype") or one["type"])
    return (
        str(one["document_number"]),
        kind,
        *plain,
        agencies,
        str(one.get("title") or ""),
        str(one.get("html_url") or ""),
    )
