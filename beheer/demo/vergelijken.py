"""Wat er van een persoon is geworden, naast wat de wet volgens `verwacht.csv` had moeten geven."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from domein.begrippen import DuoStand, Leerroute
from domein.fouten import PersoonGewist
from domein.handelingen.inzien import duo_standen
from domein.handelingen.kern import kader
from domein.ports import Omgeving, Ruimte
from domein.regels.planvormen import Kader
from domein.regels.stappen.begeleiding import ontzorgtermijn
from domein.regels.stappen.pip import eerste_pip_termijn
from domein.regels.stappen.termijn import laatste_dag
from domein.regels.stappen.uren import cursusuren, participatie_uren
from domein.regels.stappen.verhuizing import pip_termijn
from domein.stand import Stand, vouw

KOLOMMEN = (
    "einde", "einde_op", "leerroute", "oproepen", "wettelijke_pip_datum", "pip_dagtekening", "pip_op_tijd",
    "einde_termijn", "pips", "gemeente", "verhuizingen", "pip_na_verhuizing", "gesprekken", "cursusuren",
    "participatieuren", "vrij_van", "ontzorgen_tot", "gewist", "duo_meldingen", "besluiten",
)  # fmt: skip
NA_WISSEN = ("einde", "einde_op", "gewist")  # meer is er van een gewiste persoon niet over


@dataclass(frozen=True, slots=True)
class Verschil:
    kenmerk: str
    kolom: str
    verwacht: str
    werkelijk: str


def _dag(dag: date | None) -> str:
    return dag.isoformat() if dag else ""


def werkelijk(stand: Stand) -> dict[str, str]:
    """Vat een dossier samen in de kolommen van `verwacht.csv`."""
    kader_ = kader()
    gemeld = [k for k, hoe_ver in duo_standen(stand, kader_).items() if hoe_ver is not DuoStand.TE_MELDEN]
    return {
        "einde": stand.einde.grond.value if stand.einde else "",
        "einde_op": _dag(stand.einde.op if stand.einde else None),
        "oproepen": str(len(stand.oproepen)),
        **_pip(stand, kader_),
        "einde_termijn": _dag(laatste_dag(stand, kader_)),
        "gemeente": stand.gemeente or "",
        "verhuizingen": str(len(stand.verhuizingen)),
        "gesprekken": str(sum(gesprek.gevoerd for gesprek in stand.gesprekken.values())),
        "cursusuren": str(cursusuren(stand)),
        "participatieuren": _participatie(stand, kader_),
        "vrij_van": " ".join(sorted(onderdeel.value for onderdeel in stand.vrij_van)),
        "ontzorgen_tot": _dag(ontzorgen.einde if (ontzorgen := ontzorgtermijn(stand, kader_)) else None),
        "gewist": "",
        "duo_meldingen": " ".join(sorted(gemeld)),
        "besluiten": _besluiten(stand),
    }


def _pip(stand: Stand, kader_: Kader) -> dict[str, str]:
    """De PIP's: het eerste met zijn termijn, elk volgende met zijn reden, en de termijn na een verhuizing."""
    elders = bool(stand.pips) and stand.pips[0].elders  # dan had een andere gemeente de tien weken
    termijn = eerste_pip_termijn(stand, kader_) if stand.kennisgeving_op and not elders else None
    eerste = stand.pips[0] if stand.pips else None
    op_tijd = "" if eerste is None or termijn is None else ("ja" if eerste.dagtekening <= termijn.einde else "nee")
    na_verhuizing = pip_termijn(stand, kader_)
    return {
        "leerroute": (stand.leerroute if stand.pips else Leerroute.ONBEKEND).value,
        "wettelijke_pip_datum": _dag(termijn.einde if termijn else None),
        "pip_dagtekening": _dag(eerste.dagtekening if eerste else None),
        "pip_op_tijd": op_tijd,
        "pips": " ".join(f"{'elders' if pip.elders else pip.grond}:{pip.leerroute.value}" for pip in stand.pips),
        "pip_na_verhuizing": _dag(na_verhuizing.einde if na_verhuizing else None),
    }


def _besluiten(stand: Stand) -> str:
    """Elk getekend besluit met wie tekende, en wat er van bezwaar en maatregelen werd."""
    getekend = [f"{b.soort.value}:{b.ondertekenaar}" for b in stand.besluiten.values() if b.ondertekend_op]
    bezwaren = [f"bezwaar:{b.uitkomst}{':herroepen' if b.herroept else ''}" for b in stand.bezwaren.values()]
    maatregelen = [
        f"maatregel:opgelegd:{m.bedrag}" if m.opgelegd
        else f"maatregel:{'gestaakt' if m.gestaakt_op else 'niet-opgelegd'}"
        for m in stand.maatregelen.values()
    ]  # fmt: skip
    return " ".join((*getekend, *bezwaren, *maatregelen))


def _participatie(stand: Stand, kader_: Kader) -> str:
    """Alleen in de Z-route van een asielstatushouder tellen participatie-uren (art. 3.14 Bi)."""
    telt = stand.is_asiel and stand.leerroute is Leerroute.Z
    return str(participatie_uren(stand, kader_)) if telt else ""


def _wat_er_is(ruimte: Ruimte, dossier_id: UUID) -> dict[str, str]:
    """Geef de kolommen die te vergelijken zijn; van een gewiste persoon alleen wat het dossier nog zegt."""
    try:
        return werkelijk(vouw(ruimte.gebeurtenissen(dossier_id)))
    except PersoonGewist:
        dossier = ruimte.dossier(dossier_id)
        return {"einde": dossier.einde or "", "einde_op": _dag(dossier.beeindigd_op), "gewist": "ja"}


def vergelijk(
    omgeving: Omgeving, dossiers: Mapping[str, UUID], verwacht: Mapping[str, Mapping[str, str]]
) -> list[Verschil]:
    """Geef elk verschil met `verwacht.csv`, per persoon (DUO-kenmerk) en kolom."""
    verschillen: list[Verschil] = []
    with omgeving.magazijn.ruimte() as ruimte:
        for kenmerk, dossier_id in dossiers.items():
            hier = _wat_er_is(ruimte, dossier_id)
            for kolom in NA_WISSEN if hier["gewist"] else KOLOMMEN:
                moet = (verwacht[kenmerk].get(kolom) or "").strip()
                if kolom == "duo_meldingen":
                    moet = " ".join(sorted(moet.split()))
                if moet != hier[kolom]:
                    verschillen.append(Verschil(kenmerk, kolom, moet, hier[kolom]))
    return verschillen
