"""Het tarief van een maatregel, met het artikel en de rekensom (art. 22, 23, 24 en 27 Wi, art. 7.1 Bi, bijlage 6 Ri).

Dit rekent uit wat er hoogstens kan. Of er een boete komt, beslist een mens met mandaat; het antwoord mag 'nee' zijn.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from domein.begrippen import Examenonderdeel, Gedraging, Leerroute, Verwijtbaarheid
from domein.regels.bezwaartermijn import onherroepelijk_op
from domein.regels.kalender import DAG, datum, plus_jaren, plus_maanden
from domein.regels.planvormen import Kader
from domein.regels.stappen.uren import cursusuren, participatie_uren
from domein.stand import Maatregel, Stand

_PROCENT: Final = {
    Verwijtbaarheid.OPZET: "boete_opzet_procent",
    Verwijtbaarheid.GROVE_SCHULD: "boete_grove_schuld_procent",
    Verwijtbaarheid.NORMAAL: "boete_normale_verwijtbaarheid_procent",
    Verwijtbaarheid.VERMINDERD: "boete_verminderde_verwijtbaarheid_procent",
}
NIEUWE_TERMIJNEN: Final = (6, 12, 18, 24)  # maanden; elk met een eigen maximum (art. 27 Wi)


@dataclass(frozen=True, slots=True)
class Boete:
    """Een boete die telt: van deze gemeente of van een vorige. `onherroepelijk_op` is None zolang dat niet zo is."""

    gedraging: Gedraging
    gedraging_op: date
    bedrag: int
    onherroepelijk_op: date | None
    herkomst: str


@dataclass(frozen=True, slots=True)
class Tarief:
    """Wat er hoogstens kan, en hoe dat is berekend. `geen` zegt waarom het niets is; leeg als er wel iets kan."""

    bedrag: int
    basis: int
    herhalingen: int
    procent: int
    plafond: int
    al_opgelegd: int
    artikel: str
    uitleg: str
    geen: str = ""


def boetes(stand: Stand, kader: Kader) -> tuple[Boete, ...]:
    """Geef alle boetes die nog gelden, van hier en van een vorige gemeente, op de dag van de gedraging."""
    eigen = [
        Boete(m.gedraging, m.gedraging_op, m.bedrag, onherroepelijk_op(stand, "maatregel", m.nummer, kader), "hier")
        for m in stand.maatregelen.values()
        if m.opgelegd and m.herroepen_op is None
    ]
    elders = [
        Boete(b.gedraging, b.gedraging_op, b.bedrag, b.onherroepelijk_op, b.gemeente) for b in stand.boetes_elders
    ]
    return tuple(sorted((*eigen, *elders), key=lambda boete: (boete.gedraging_op, boete.herkomst)))


def plafond(stand: Stand, op: date, kader: Kader) -> int:
    """Geef het maximum van de boetes van artikel 22 en 23 samen in de lopende termijn (art. 27 Wi)."""
    regels = kader.regeling
    begin, einde = stand.nieuwe_termijn_op, stand.nieuwe_termijn_tot
    if begin is None or einde is None or op <= begin:
        return regels.getal("boete_samen_max_euro", op)
    duur = next((m for m in NIEUWE_TERMIJNEN if einde <= plus_maanden(begin, m)), NIEUWE_TERMIJNEN[-1])
    return regels.getal(f"boete_samen_max_nieuwe_termijn_{duur}_maanden_euro", op)


def in_deze_termijn(stand: Stand, alle: Sequence[Boete], op: date) -> int:
    """Tel wat er in de termijn van deze dag al is opgelegd; een nieuwe termijn begint met een nieuw maximum."""
    nieuw = stand.nieuwe_termijn_op
    na = nieuw is not None and op > nieuw
    return sum(b.bedrag for b in alle if nieuw is None or (b.gedraging_op > nieuw) is na)


def herhalingen(alle: Sequence[Boete], op: date, kader: Kader) -> int:
    """Tel hoe vaak dit een herhaling is: binnen twaalf maanden nadat de vorige boete onherroepelijk werd."""
    maanden = kader.regeling.getal("boete_herhaling_maanden", op)
    aantal, dag = 0, op
    for boete in reversed([b for b in alle if b.gedraging is Gedraging.TRAJECT and b.gedraging_op < op]):
        vast = boete.onherroepelijk_op
        if vast is None or not vast < dag <= plus_maanden(vast, maanden):
            break
        aantal, dag = aantal + 1, boete.gedraging_op
    return aantal


def tarief(stand: Stand, maatregel: Maatregel, verwijtbaarheid: Verwijtbaarheid, kader: Kader) -> Tarief:
    """Geef wat er voor deze gedraging hoogstens kan, met de rekensom."""
    op, regels = maatregel.gedraging_op, kader.regeling
    alle = tuple(b for b in boetes(stand, kader) if not _zelfde(b, maatregel))
    top, al = plafond(stand, op, kader), in_deze_termijn(stand, alle, op)
    keren = 0
    if maatregel.gedraging is Gedraging.INTAKE:
        basis, procent = regels.getal("boete_intake_euro", op), 100
        som, artikel = f"€ {basis} voor niet meewerken aan de intake", regels.artikel("boete_intake_euro", op)
        vol = 0 if verwijtbaarheid is Verwijtbaarheid.GEEN else basis
    else:
        basis, keren = regels.getal("boete_traject_basis_euro", op), herhalingen(alle, op, kader)
        procent = _procent(verwijtbaarheid, op, kader)
        verhoging = 100 + regels.getal("boete_herhaling_verhoging_procent", op)
        hoogst = min(basis * verhoging**keren // 100**keren, regels.getal("boete_traject_max_euro", op))
        vol = hoogst * procent // 100
        keer = f"{keren} herhaling{'' if keren == 1 else 'en'}"
        som = f"€ {basis}, na {keer} € {hoogst}, en {procent} % bij {verwijtbaarheid.value}"
        artikel = regels.artikel("boete_traject_basis_euro", op)
    ruimte = max(top - al, 0)
    geen = _waarom_niets(stand, maatregel, verwijtbaarheid, ruimte)
    bedrag = 0 if geen else min(vol, ruimte)
    uitleg = f"{som}. In deze termijn is € {al} opgelegd van hoogstens € {top}. Dus hoogstens € {bedrag}."
    return Tarief(bedrag, basis, keren, procent, top, al, f"{artikel}; {regels.artikel('boete_samen_max_euro', op)}",
                  f"{uitleg} {geen}".rstrip(), geen)  # fmt: skip


def _zelfde(boete: Boete, maatregel: Maatregel) -> bool:
    eigen = boete.herkomst == "hier" and maatregel.opgelegd
    return eigen and (boete.gedraging, boete.gedraging_op) == (maatregel.gedraging, maatregel.gedraging_op)


def _procent(verwijtbaarheid: Verwijtbaarheid, op: date, kader: Kader) -> int:
    naam = _PROCENT.get(verwijtbaarheid)
    return kader.regeling.getal(naam, op) if naam is not None else 0


def _waarom_niets(stand: Stand, maatregel: Maatregel, verwijtbaarheid: Verwijtbaarheid, ruimte: int) -> str:
    if maatregel.gedraging_op in stand.bijstand_verlaagd:
        dag = datum(maatregel.gedraging_op)
        return f"De bijstand is voor de gedraging van {dag} al verlaagd: dan is er geen boete (artikel 27 Wi)."
    if verwijtbaarheid is Verwijtbaarheid.GEEN:
        return "Zonder verwijt is er geen boete (artikel 5:41 Awb)."
    return "" if ruimte else "Het maximum van deze termijn is bereikt (artikel 27 Wi)."


def verjaard_op(maatregel: Maatregel, kader: Kader) -> date:
    """Geef de eerste dag waarop voor deze gedraging geen boete meer kan (art. 5:45 Awb).

    In het traject kan meer dan € 340 worden opgelegd (art. 5:53 Awb): vijf jaar. Bij de intake niet: drie jaar.
    """
    op = maatregel.gedraging_op
    naam = "boete_verjaring_jaren" if maatregel.gedraging is Gedraging.INTAKE else "boete_verjaring_zwaar_jaren"
    return plus_jaren(op, kader.regeling.getal(naam, op)) + DAG


@dataclass(frozen=True, slots=True)
class Duotarief:
    """Wat DUO na overschrijding hoogstens kan opleggen; de gemeente legt dit nooit op."""

    wat: str
    bedrag: int
    artikel: str


def duotarieven(stand: Stand, op: date, kader: Kader) -> tuple[Duotarief, ...]:
    """Geef de tarieven van artikel 24 Wi zoals de gemeente ze kan noemen in een gesprek (bijlage 6 Ri).

    Van bijlage 6 is alleen de tabel van de Z-route gelezen; voor de andere routes staat er het maximum.
    """
    regels = kader.regeling
    uit = [_leerroute(stand, op, kader)]
    if stand.pvt_op is None and Examenonderdeel.PVT not in stand.vrij_van:
        uit.append(
            Duotarief("PVT niet voltooid", regels.getal("boete_pvt_euro", op), regels.artikel("boete_pvt_euro", op))
        )
    map_hoort = stand.leerroute is not Leerroute.ONDERWIJS and Examenonderdeel.MAP not in stand.vrij_van
    if stand.map_op is None and map_hoort:
        uit.append(
            Duotarief("MAP niet voltooid", regels.getal("boete_map_euro", op), regels.artikel("boete_map_euro", op))
        )
    return tuple(uit)


def _leerroute(stand: Stand, op: date, kader: Kader) -> Duotarief:
    regels = kader.regeling
    hoogst = regels.getal("boete_leerroute_max_euro", op)
    artikel = regels.artikel("boete_leerroute_max_euro", op)
    if stand.leerroute is not Leerroute.Z:
        return Duotarief("Leerroute niet gehaald (hoogstens)", hoogst, artikel)
    les = _band(cursusuren(stand), op, kader)
    if stand.is_asiel:
        deel = _band(participatie_uren(stand, kader), op, kader)
        bedrag = regels.getal(f"boete_z_asiel_les_{les}_participatie_{deel}_euro", op)
    else:
        bedrag = regels.getal(f"boete_z_gezin_les_{les}_euro", op)
    return Duotarief("Z-route niet gehaald", bedrag, artikel)


def _band(uren: int, op: date, kader: Kader) -> int:
    return sum(uren >= kader.regeling.getal(f"boete_z_band_{band}_uren", op) for band in (1, 2))
