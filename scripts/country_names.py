"""Write what countries are called in other languages: `src/entrepot/data/codes/names.csv`, from Unicode CLDR.

Needs babel, which carries CLDR (Unicode License v3), and which the package itself does not need:
`python -m pip install babel`, then `python scripts/country_names.py`. A name that means another country in English or
Chinese, or two countries, is left out.
"""

import csv
from collections import defaultdict
from importlib import import_module
from pathlib import Path

from entrepot import codes

LANGUAGES = ("de", "es", "fr", "pt", "it", "ko", "ja", "vi", "zh_Hant")
UNSURE = {"congo", "guiana"}  # which of two is not told
GROUPS = {"EU": "EU27", "001": "WLD", "EZ": "EA"}
SHORT = {  # what people say where CLDR has an official name
    **{"Hongkong": "HKG", "홍콩": "HKG", "香港": "HKG", "Hồng Kông": "HKG", "Macao": "MAC", "마카오": "MAC"},
    **{
        "マカオ": "MAC",
        "澳門": "MAC",
        "Ma Cao": "MAC",
        "한국": "KOR",
        "韓國": "KOR",
        "EE.UU.": "USA",
        "EE. UU.": "USA",
    },
    **{"EUA": "USA", "Mỹ": "USA", "アメリカ": "USA", "米国": "USA", "Großbritannien": "GBR", "Gran Bretaña": "GBR"},
    **{"Grande-Bretagne": "GBR", "Grã-Bretanha": "GBR", "Gran Bretagna": "GBR", "Anh": "GBR", "英国": "GBR"},
    **{"Vietname": "VNM", "Holland": "NLD", "Holanda": "NLD", "Olanda": "NLD", "터키": "TUR", "臺灣": "TWN"},
    **{"República Checa": "CZE", "Côte d'Ivoire": "CIV", "Costa de Marfil": "CIV", "Elfenbeinküste": "CIV"},
    **{"EU": "EU27", "UE": "EU27", "유럽연합": "EU27", "EU 圏": "EU27", "Euroraum": "EA", "Eurozone": "EA"},
}


def names() -> list[tuple[str, str]]:
    """Code and name, sorted; every name once."""
    held = {row["iso2"]: row["code"] for row in codes._rows("countries") if row["iso2"]} | GROUPS
    known = {*codes._called("countries", "groups"), *codes._two_letters()}
    said: dict[str, set[str]] = defaultdict(set)
    written: dict[str, str] = {}
    listed = [(name, code) for name, code in SHORT.items()]
    for language in LANGUAGES:
        called = import_module("babel").Locale.parse(language).territories
        listed += [(called[short], code) for short, code in held.items() if short in called]
    for name, code in listed:
        said[codes._key(name)].add(code)
        written.setdefault(codes._key(name), name)
    apart = {key: found for key, found in said.items() if len(found) == 1 and key not in known and key not in UNSURE}
    return sorted((min(found), written[key]) for key, found in apart.items())


if __name__ == "__main__":
    target = Path(codes._FOLDER) / "names.csv"
    with target.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([("code", "name"), *names()])
    print(f"{target.name}: {len(names())} names")
