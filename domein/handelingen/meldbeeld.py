"""Wat een medewerker nu in een dossier kan vastleggen, en wat dat met het plan zou doen. Lezen; er verandert niets."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from domein.begrippen import Rol, Stapsoort
from domein.fouten import GeenBevoegdheid, PersoonGewist
from domein.gebeurtenissen.basis import Gebeurtenis
from domein.gebeurtenissen.soorten import SOORTEN
from domein.handelingen.aanmelden import Aangemelde
from domein.handelingen.bevoegdheid import eis_beheer
from domein.handelingen.brieven import TALEN
from domein.handelingen.inzien import wijziging_rij
from domein.handelingen.kern import Uitwerking, kader
from domein.handelingen.logboek import Inzicht
from domein.handelingen.regio import regio_op
from domein.ports import Omgeving
from domein.regels.bordfiguren import STAPNAMEN
from domein.regels.meldlijst import GEGEVENS, MELDINGEN, MET_MANDAAT
from domein.regels.meldvormen import WAAROM, Groep, Keuzes, Melding, nu_te_melden, uit_de_stand
from domein.regels.opvolging import heeft_mandaat
from domein.regels.planning import plan
from domein.regels.tijdlijn import GROEP
from domein.regels.toegang import Besluitinzage, Recht, besluitinzage
from domein.regels.uitkomstvormen import Uitkomst
from domein.regio.gemeenten import alle_gemeenten
from domein.regio.model import Regio
from domein.regio.soorten import Gegevensgroep
from domein.stand import Stand, geldende, vouw

Rij = dict[str, Any]
DOORHALEN: Final = Uitkomst(
    "doorhalen", "Doorhalen", "",
    "Wat is doorgehaald, geldt niet meer en blijft leesbaar. Het plan wordt gemaakt alsof het er niet was.", (WAAROM,),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Gevolg:
    """Wat er in het plan zou veranderen: stappen, en termijnen met de dag van nu ernaast."""

    wijzigingen: tuple[Rij, ...]
    termijnen: tuple[Rij, ...]
    vastgelegd: tuple[str, ...]  # de feiten die erbij komen, in gewone taal


def mag_melden(omgeving: Omgeving, inzicht: Inzicht, wie: Aangemelde) -> bool:
    """Zeg of deze persoon feiten over dit dossier mag vastleggen; dezelfde toets als de handeling doet."""
    if inzicht.toegang.om_te_handelen is None:  # wie alleen mag nalezen, legt niets vast
        return False
    with omgeving.magazijn.ruimte() as ruimte:
        vandaag = omgeving.klok.vandaag()
        regio = regio_op(ruimte, omgeving, vandaag)
        try:
            eis_beheer(regio, inzicht.dossier.gemeente, wie.actor, vandaag)
        except GeenBevoegdheid:
            return False
    return Recht.DOSSIER_WIJZIGEN in wie.rechten or bool(_mandaatstappen(regio, inzicht.dossier.gemeente, wie, vandaag))


def mag_doorhalen(wie: Aangemelde) -> bool:
    """Wie geen feiten mag melden, haalt er ook geen door."""
    return Recht.DOSSIER_WIJZIGEN in wie.rechten


def te_melden(omgeving: Omgeving, inzicht: Inzicht, wie: Aangemelde) -> Mapping[Groep, list[Melding]]:
    """Geef per groep wat deze persoon nu kan vastleggen; PersoonGewist als er niets meer is."""
    with omgeving.magazijn.ruimte() as ruimte:
        if ruimte.persoon(inzicht.dossier.id) is None:
            raise PersoonGewist(f"De persoon in dossier {inzicht.dossier.referentie} is gewist.", "Er is niets meer.")
        vandaag = omgeving.klok.vandaag()
        stand = vouw(ruimte.gebeurtenissen(inzicht.dossier.id))
        lijsten = {
            **uit_de_stand(stand), **_uit_de_regio(regio_op(ruimte, omgeving, vandaag), stand, wie, vandaag)
        }  # fmt: skip
    return nu_te_melden([een for een in MELDINGEN if _ziet(een, inzicht, wie)], stand, lijsten)


def zoek(omgeving: Omgeving, inzicht: Inzicht, wie: Aangemelde, code: str) -> Melding | None:
    """Geef de melding met deze naam, als zij nu kan."""
    return next((m for groep in te_melden(omgeving, inzicht, wie).values() for m in groep if m.code == code), None)


def _ziet(een: Melding, inzicht: Inzicht, wie: Aangemelde) -> bool:
    """Wie een geschil of adres niet mag lezen, krijgt er ook geen vraag over: daarin staat al wat er is."""
    if Recht.DOSSIER_WIJZIGEN not in wie.rechten:
        return een.code in MET_MANDAAT
    if een.groep is Groep.RECHTER:
        return Recht.BESLUIT in wie.rechten and besluitinzage(inzicht.toegang) is not Besluitinzage.GEEN
    if een.code == GEGEVENS:
        return Gegevensgroep.CONTACT in inzicht.toegang.groepen
    return True


def _uit_de_regio(regio: Regio, stand: Stand, wie: Aangemelde, op: date) -> dict[str, Keuzes]:
    klantmanagers = [
        (m.code, m.naam or m.code) for m in regio.medewerkers
        if Rol.KLANTMANAGER in m.rollen and m.in_dienst_op(op) and m.code != stand.klantmanager
    ]  # fmt: skip
    return {
        "gemeenten": sorted(((code, g.naam) for code, g in alle_gemeenten().items()), key=lambda een: een[1]),
        "talen": sorted(TALEN.items(), key=lambda een: een[1]),
        "partners": [(partner.code, partner.naam) for partner in regio.partners],
        "klantmanagers": klantmanagers,
        "mandaatstappen": [
            (soort.value, STAPNAMEN[soort]) for soort in _mandaatstappen(regio, stand.gemeente, wie, op)
        ],
    }  # fmt: skip


def _mandaatstappen(regio: Regio, gemeente: str | None, wie: Aangemelde, op: date) -> list[Stapsoort]:
    if Rol.MANDAATHOUDER not in wie.rollen:
        return []
    return [soort for soort in Stapsoort if heeft_mandaat(regio, gemeente, soort, wie.code, op)]


# wat er verandert


def gevolg(omgeving: Omgeving, uitwerking: Uitwerking) -> Gevolg:
    """Zet een uitwerking naast het plan van nu: alleen wat echt verandert, met de titel die een mens kent."""
    with omgeving.magazijn.ruimte() as ruimte:
        titels = {stap.kenmerk: stap.titel for stap in ruimte.stappen(uitwerking.dossier_id)}
        nu = plan(vouw(ruimte.gebeurtenissen(uitwerking.dossier_id)), kader())
    titels |= {stap.kenmerk: stap.titel for stap in uitwerking.plan.stappen}
    was = {termijn.soort: termijn for termijn in nu.termijnen}
    wordt = {termijn.soort: termijn for termijn in uitwerking.plan.termijnen}
    anders = [
        {"soort": soort, "was": was[soort].einde if soort in was else None,
         "wordt": termijn.einde if (termijn := wordt.get(soort)) else None,
         "uitleg": termijn.uitleg if termijn else ""}
        for soort in (*wordt, *(een for een in was if een not in wordt))
        if soort not in was or soort not in wordt or was[soort].einde != wordt[soort].einde
    ]  # fmt: skip
    rijen = [{**wijziging_rij(w), "titel": titels.get(w.kenmerk, w.kenmerk)} for w in uitwerking.wijzigingen]
    return Gevolg(
        tuple(rij for rij in rijen if rij["wijziging"] != "toelichten"), tuple(anders),
        tuple(SOORTEN[g.soort].label for g in uitwerking.gebeurtenissen),
    )  # fmt: skip


# doorhalen


@dataclass(frozen=True, slots=True)
class Doorhaalbaar:
    """De gebeurtenis die iemand wil doorhalen, voor zover hij haar mag zien."""

    volgnummer: int
    wat: str
    geldig_op: date


def zoek_gebeurtenis(omgeving: Omgeving, inzicht: Inzicht, volgnummer: int) -> Doorhaalbaar | None:
    """Geef de gebeurtenis als zij er is en op de tijdlijn van deze persoon staat."""
    with omgeving.magazijn.ruimte() as ruimte:
        for g in ruimte.gebeurtenissen(inzicht.dossier.id):
            if g.volgnummer == volgnummer and _op_tijdlijn(g, inzicht):
                return Doorhaalbaar(g.volgnummer, SOORTEN[g.soort].label, g.geldig_op)
    return None


def _op_tijdlijn(g: Gebeurtenis, inzicht: Inzicht) -> bool:
    groep = GROEP.get(g.soort)
    return g.soort != "doorgehaald" and (groep is None or groep in inzicht.toegang.groepen)


def doorhaalbaar(omgeving: Omgeving, inzicht: Inzicht) -> frozenset[int]:
    """De volgnummers met een knop om door te halen. Of het kan zegt de handeling, met wat er eerst weg moet."""
    with omgeving.magazijn.ruimte() as ruimte:
        gelden = geldende(ruimte.gebeurtenissen(inzicht.dossier.id))
    return frozenset(g.volgnummer for g in gelden if g.soort != "stap_geopend" and _op_tijdlijn(g, inzicht))
