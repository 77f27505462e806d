"""Een provincie om aan te meten: 60 gemeenten, 12 verbanden en 500 afspraken, acht jaar lang, zonder fout.

Verzonnen, maar zoals het gaat: vijf uitvoeringsorganisaties, vier inkoopverbanden dwars daardoorheen met een
nieuw contract per twee jaar, een provinciale onderwijsroute, en lokale uitzonderingen naar leeftijd,
alfabetisering, nareiziger en ontzorgen.
"""

from collections.abc import Iterator
from itertools import islice
from typing import Any, Final

from domein.begrippen import Stapsoort
from domein.regio.gemeenten import alle_gemeenten
from domein.regio.model import Regio

GEMEENTEN: Final = 60
VERBANDEN: Final = 12
AFSPRAKEN: Final = 500
JAREN: Final = range(2022, 2030)
_CONTRACTEN: Final = tuple((jaar, jaar + 1) for jaar in JAREN if jaar % 2 == 0)
_NIET: Final = ("gezinsmigrant", "overige_migrant")

Rij = dict[str, Any]


def provincie() -> Regio:
    """Bouw de provincie; steeds dezelfde."""
    codes = sorted(alle_gemeenten())[:GEMEENTEN]
    uitvoering = [(f"uitvoering-{n}", tuple(codes[n * 12 : n * 12 + 12])) for n in range(5)]
    taal = [(f"taal-{n}", tuple(codes[n::4])) for n in range(4)]
    overal = [(naam, tuple(codes)) for naam in ("onderwijs", "wet", "lokaal")]
    rijen = [
        *(rij for naam, _ in uitvoering for rij in _uitvoering(naam)),
        *(rij for naam, _ in taal for rij in _taal(naam)),
        *_onderwijs(),
        *_wet(),
    ]
    rijen += islice(_lokaal(codes), AFSPRAKEN - len(rijen))
    return Regio.model_validate(
        {
            "regio": {
                "code": "provincie", "naam": "Een provincie om aan te meten", "versie": "1",
                "geldig_van": f"{JAREN[0]}-01-01", "geldig_tot": f"{JAREN[-1]}-12-31", "gemeenten": codes,
            },
            "partners": [_partner("uitvoerder"), _partner("school"), _partner("roc")],
            "medewerkers": [
                {"code": f"m-{code}", "partner": code, "rollen": ["klantmanager", "aanbieder", "regiocoordinator",
                 "teamleider"], "email": f"m@{code}.example"} for code in ("uitvoerder", "school", "roc")
            ],
            "samenwerkingsverbanden": [_verband(naam, leden) for naam, leden in (*uitvoering, *taal, *overal)],
            "samenwerkingsafspraken": rijen,
        }
    )  # fmt: skip


def _partner(code: str) -> Rij:
    return {"code": code, "naam": code.title(), "soort": "overig", "postbus": f"post@{code}.example"}


def _verband(naam: str, leden: tuple[str, ...]) -> Rij:
    besluit = {"orgaan": "de colleges", "datum": "2021-12-01"}
    return {"id": naam, "doel": "meten", "vorm": "convenant", "gemeenten": leden, "besluit": besluit}


def _rij(naam: str, verband: str, *stappen: str, **anders: Any) -> Rij:
    basis: Rij = {"regel_id": naam, "verband": verband, "stappen": stappen}
    if "niet_van_toepassing" not in anders:
        basis |= {"uitvoerder": "uitvoerder", "rol": "klantmanager"}
    return basis | anders


def _uitvoering(verband: str) -> Iterator[Rij]:
    for stap in ("registratie", "intake", "pip", "pvt", "map", "duo", "einde", "ontzorgen", "verhuizing"):
        yield _rij(f"{verband}-{stap}", verband, stap)
    for van, tot in ((None, 27), (28, 54), (55, None)):
        leeftijd = {"leeftijd_van": van, "leeftijd_tot": tot}
        yield _rij(f"{verband}-voortgang-{van or 0}", verband, "voortgang", conditie=leeftijd)
    yield _rij(f"{verband}-eindgesprek", verband, "eindgesprek", leerroutes=["z"])
    yield _rij(f"{verband}-begeleiding", verband, "begeleiding", doelgroepen=["asielstatushouder"])


def _taal(verband: str) -> Iterator[Rij]:
    asiel: Rij = {"uitvoerder": "school", "rol": "aanbieder", "doelgroepen": ["asielstatushouder"]}
    for van, tot in _CONTRACTEN:
        duur = {"geldig_van": f"{van}-01-01", "geldig_tot": f"{tot}-12-31"}
        yield _rij(f"{verband}-b1-{van}", verband, "aanmelding", leerroutes=["b1"], **asiel, **duur)
        yield _rij(f"{verband}-z-{van}", verband, "aanmelding", leerroutes=["z"], **asiel, **duur)
        profiel = {"conditie": {"alfabetisering": ["analfabeet"]}}
        yield _rij(f"{verband}-alfa-{van}", verband, "aanmelding", leerroutes=["z"], **asiel, **duur, **profiel)


def _onderwijs() -> Iterator[Rij]:
    for van, tot in _CONTRACTEN:
        duur: Rij = {"geldig_van": f"{van}-01-01", "geldig_tot": f"{tot}-12-31", "doelgroepen": ["asielstatushouder"]}
        for naam, leeftijd in (("jong", {"leeftijd_tot": 27}), ("ouder", {"leeftijd_van": 28})):
            roc: Rij = {"uitvoerder": "roc", "rol": "aanbieder", "leerroutes": ["onderwijs"], "conditie": leeftijd}
            yield _rij(f"onderwijs-{naam}-{van}", "onderwijs", "aanmelding", **duur, **roc)


def _wet() -> Iterator[Rij]:
    """Wat de wet in elke gemeente zegt."""
    hoeft = {"niet_van_toepassing": "hoeft volgens de wet niet."}
    yield _rij("wet-eigen-cursus", "wet", "aanmelding", doelgroepen=_NIET, **hoeft)
    yield _rij("wet-begeleiding", "wet", "begeleiding", doelgroepen=_NIET, **hoeft)
    yield _rij("wet-eindgesprek", "wet", "eindgesprek", leerroutes=["b1", "onderwijs"], **hoeft)
    yield _rij("wet-map", "wet", "map", leerroutes=["onderwijs"], prioriteit=1, **hoeft)


def _lokaal(codes: list[str]) -> Iterator[Rij]:
    """Uitzonderingen van een gemeente; zij kruisen elkaar, dus beslist de prioriteit."""
    soorten: list[tuple[Stapsoort, int, Rij]] = [
        (Stapsoort.INTAKE, 1, {"conditie": {"nareiziger": True}}),
        (Stapsoort.INTAKE, 2, {"conditie": {"ontzorgen": True}}),
        (Stapsoort.PVT, 1, {"conditie": {"alfabetisering": ["analfabeet"]}}),
        (Stapsoort.PVT, 2, {"conditie": {"leeftijd_tot": 27}, "geldig_van": "2024-07-01"}),
        (Stapsoort.DUO, 1, {"geldig_van": "2025-01-01", "geldig_tot": "2026-06-30"}),
        (Stapsoort.PIP, 1, {"doelgroepen": ["gezinsmigrant"]}),
        (Stapsoort.PIP, 2, {"conditie": {"leeftijd_van": 18, "leeftijd_tot": 27}}),
    ]
    for stap, prioriteit, eis in soorten:
        for gemeente in codes:
            naam = f"lokaal-{gemeente.lower()}-{stap}-{prioriteit}"
            yield _rij(naam, "lokaal", stap, gemeenten=[gemeente], prioriteit=prioriteit, **eis)
