"""`regie regio verschil` en `regie regio versies`: wat een nieuwe versie verandert, en welke er zijn."""

from collections import Counter
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

from cyclopts import Parameter

from adapters.regiobestand import laad_regiobestand
from beheer.tabel import tabel
from beheer.uitvoer import Json, fout, toon
from domein.regels.verschil import VELDEN, Uitkomst, Verandering, vergelijk
from domein.regels.verschil_in_woorden import wat_anders
from domein.regio.gemeenten import gemeentenaam
from domein.regio.model import Regio

if TYPE_CHECKING:
    from domein.ports import Omgeving


def verschil(oud: str, nieuw: str, /, *, als_json: Json = False) -> None:
    """Laat zien wat een nieuwe versie verandert: wie uitvoert, besluit, tekent, betaalt en afzendt.

    Parameters
    ----------
    oud
        Een map of bestand, of een geladen versie zoals 2022-1 (of regio@versie).
    nieuw
        Idem.
    """
    van, naar = _lees(oud), _lees(nieuw)
    toon(verschil_als_dict(van, naar), als_json, _toon_verschil)


def versies(
    *,
    op: Annotated[date | None, Parameter(help="Toon alleen de versie die op deze dag geldt.")] = None,
    regio: Annotated[str | None, Parameter(help="Code van een regio; anders die van deze installatie.")] = None,
    als_json: Json = False,
) -> int:
    """Toon de geladen versies van een regio. Elke versie blijft bewaard; op elke dag geldt er een."""
    from domein.handelingen.regio import geladen_versies

    hier = _installatie()
    code = regio or hier.regio
    dag = op or hier.klok.vandaag()
    rijen = [rij for rij in geladen_versies(hier, code, dag) if op is None or rij["van_kracht"]]
    kolommen = {
        "versie": "Versie", "geldig_van": "Geldt vanaf", "van_kracht": f"Geldt op {dag}", "geladen_op": "Geladen op",
        "door": "Door",
    }  # fmt: skip
    toon(rijen, als_json, lambda data: tabel(data, kolommen, f"Van regio '{code}' geldt er geen versie."))
    return 1 if op is not None and not rijen else 0


def verschil_als_dict(oud: Regio, nieuw: Regio) -> dict[str, Any]:
    """Geef het verschil als een document: de twee versies, een samenvatting en elke verandering."""
    gevonden = vergelijk(oud, nieuw)
    return {
        "oud": _versie(oud),
        "nieuw": _versie(nieuw),
        "gemeenten_erbij": list(gevonden.gemeenten_erbij),
        "gemeenten_eraf": list(gevonden.gemeenten_eraf),
        "samenvatting": _samenvatting(gevonden.veranderingen),
        "veranderingen": [_verandering(v) for v in gevonden.veranderingen],
    }


def _versie(regio: Regio) -> dict[str, Any]:
    kop = regio.kop
    return {"regio": kop.code, "versie": kop.versie, "geldig_van": kop.geldig_van, "geldig_tot": kop.geldig_tot}


def _samenvatting(veranderingen: tuple[Verandering, ...]) -> list[dict[str, Any]]:
    """Tel per stap hoeveel combinaties en gemeenten veranderen, en welke partijen."""
    per_stap: dict[str, list[Verandering]] = {}
    for verandering in veranderingen:
        per_stap.setdefault(verandering.stap.value, []).append(verandering)
    return [
        {
            "stap": stap,
            "gemeenten": len({gemeente for v in groep for gemeente in v.gemeenten}),
            "combinaties": sum(v.combinaties for v in groep),
            "anders": dict(Counter(veld for v in groep for veld in v.anders)),
        }
        for stap, groep in per_stap.items()
    ]


def _verandering(verandering: Verandering) -> dict[str, Any]:
    return {
        "stap": verandering.stap,
        "gemeenten": list(verandering.gemeenten),
        "van": verandering.van,
        "tot": verandering.tot,
        "voor_wie": list(verandering.voor_wie),
        "combinaties": verandering.combinaties,
        "anders": list(verandering.anders),
        "oud": _uitkomst(verandering.oud, verandering.anders),
        "nieuw": _uitkomst(verandering.nieuw, verandering.anders),
        "melding": _zin(verandering),
    }


def _uitkomst(uitkomst: Uitkomst, anders: tuple[str, ...]) -> dict[str, str]:
    partijen = {veld: getattr(uitkomst.partijen, veld) for veld in anders if veld in VELDEN}
    return {"uitkomst": uitkomst.soort, "afspraak": uitkomst.afspraak, **partijen}


def _zin(v: Verandering) -> str:
    waar = ", ".join(gemeentenaam(gemeente) for gemeente in v.gemeenten)
    toewijzing = v.oud.soort == v.nieuw.soort == "toewijzing"
    wat = "; ".join(
        f"{veld}: {was} → {wordt}" if toewijzing else f"{was} → {wordt}" for veld, was, wordt in wat_anders(v)
    )
    return f"{v.stap} in {waar}, {v.van.isoformat()} tot en met {v.tot.isoformat()} ({'; '.join(v.voor_wie)}): {wat}"


def _toon_verschil(data: dict[str, Any]) -> None:
    oud, nieuw = data["oud"], data["nieuw"]
    print(f"Van {oud['regio']} {oud['versie']} naar {nieuw['regio']} {nieuw['versie']}:")
    for naam, sleutel in (("Erbij", "gemeenten_erbij"), ("Eraf", "gemeenten_eraf")):
        if data[sleutel]:
            print(f"  {naam}: {', '.join(map(gemeentenaam, data[sleutel]))}")
    if (oud["geldig_van"], oud["geldig_tot"]) != (nieuw["geldig_van"], nieuw["geldig_tot"]):
        print(f"  Looptijd: {oud['geldig_van']} tot en met {oud['geldig_tot']}", end=" → ")
        print(f"{nieuw['geldig_van']} tot en met {nieuw['geldig_tot']}")
    for verandering in data["veranderingen"]:
        print(f"  {verandering['melding']}")
    if not data["veranderingen"]:
        print("  Op de dagen waarop beide gelden verandert er niets in wie uitvoert, besluit, betaalt of afzendt.")


def _lees(tekst: str) -> Regio:
    """Lees een map of bestand; bestaat dat niet, dan een versie die in deze installatie is geladen."""
    if Path(tekst).exists():
        return laad_regiobestand(Path(tekst)).regio
    from domein.handelingen.regio import geladen_versie

    hier = _installatie(of=tekst)
    code, _, versie = tekst.rpartition("@")
    gevonden = geladen_versie(hier, code or hier.regio, versie)
    if gevonden is None:
        fout(
            f"'{tekst}' is geen map of bestand, en regio '{code or hier.regio}' heeft geen geladen versie '{versie}'.",
            "Geef een map met regio.toml, of een versie uit 'regie regio versies'.",
        )
    return gevonden


def _installatie(of: str = "") -> "Omgeving":
    from adapters.omgeving import instellingen, omgeving

    database = instellingen().database
    if database.startswith("sqlite") and not Path(database.removeprefix("sqlite:///")).exists():
        # Een vraag maakt geen lege database aan.
        wat = f"'{of}' is geen map of bestand, en er" if of else "Er"
        fout(f"{wat} is hier nog geen regio geladen.", "Laad er een met 'regie regio laad MAP'.")
    return omgeving()
