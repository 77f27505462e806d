"""Een taak zoals een aangemelde haar mag zien, met wat er in zijn ogen bij hoort; het openen staat in het logboek."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from domein.begrippen import Stapstatus
from domein.fouten import OnbekendeStap
from domein.handelingen.aanmelden import Aangemelde
from domein.handelingen.afspraken import is_gesprek
from domein.handelingen.brieven import TALEN
from domein.handelingen.collegas import Collega, collegas_voor, mag_geven, mag_overnemen
from domein.handelingen.kern import in_ruimte
from domein.handelingen.logboek import regel
from domein.handelingen.regio import regio_op
from domein.handelingen.toegang import toegang_in
from domein.model import Dossier, Logsoort, Stap
from domein.ports import Omgeving, Persoon, Ruimte
from domein.regels.toegang import MINIMAAL, Grond, Recht, Toegang

# In deze volgorde op de pagina; wat niet in de afspraak staat, gaat niet mee.
PERSOONSVELDEN: Final[Mapping[str, str]] = {
    "naam": "Naam",
    "geboortedatum": "Geboren",
    "bsn": "BSN",
    "telefoon": "Telefoon",
    "email": "Mail",
    "kanaal": "Liefst via",
    "taal": "Taal",
    "straat": "Adres",
    "plaats": "Plaats",
}
KANAALNAMEN: Final[Mapping[str, str]] = {"email": "e-mail", "post": "post", "telefoon": "telefoon"}


@dataclass(frozen=True, slots=True)
class Taakinzicht:
    """De stap, het dossier en wat deze persoon ermee mag."""

    stap: Stap
    dossier: Dossier
    toegang: Toegang
    eigen: bool
    mag_overnemen: bool
    mag_geven: bool
    gesprek: bool
    collegas: tuple[Collega, ...] = ()


def open_taak(
    omgeving: Omgeving, wie: Aangemelde, stap_id: UUID, naam: str, *, soort: Logsoort = Logsoort.GEZIEN
) -> Taakinzicht:
    """Geef de taak en schrijf op wie haar opende; OnbekendeStap als zij er niet is of niet voor deze persoon is.

    Wie een taak had die intussen klaar of vervallen is, ziet dat nog, en verder niets: anders verdween een antwoord dat
    net te laat kwam zonder uitleg.
    """

    def werk(ruimte: Ruimte) -> Taakinzicht | None:
        stap = ruimte.stap(stap_id)
        dossier = ruimte.dossier(stap.dossier_id)
        toegang = toegang_in(ruimte, omgeving, wie.kijker, dossier)
        if toegang is not None:
            toegang = toegang.om_te_handelen  # nalezen gaat over het dossier; een taak is er om te doen
        if toegang is None and stap.medewerker == wie.code:
            toegang = Toegang(frozenset({Grond.EIGEN_TAAK}), MINIMAAL)
        wat = soort if toegang is not None else Logsoort.GEWEIGERD
        ruimte.schrijf_in_logboek(regel(omgeving, wie, naam, wat, dossier, toegang))
        return _inzicht(ruimte, omgeving, wie, stap, dossier, toegang) if toegang is not None else None

    gevonden = in_ruimte(omgeving, werk)
    if gevonden is None:  # pas na het bewaren: de weigering blijft staan
        raise OnbekendeStap("Deze stap bestaat niet.", "Zoek de stap op in de lijst van het dossier.")
    return gevonden


def _inzicht(
    ruimte: Ruimte, omgeving: Omgeving, wie: Aangemelde, stap: Stap, dossier: Dossier, toegang: Toegang
) -> Taakinzicht:
    vandaag = omgeving.klok.vandaag()
    regio = regio_op(ruimte, omgeving, vandaag)
    team = Recht.TEAMWERK in wie.rechten
    geven = team and mag_geven(regio, stap, wie.code, vandaag)
    return Taakinzicht(
        stap=stap,
        dossier=dossier,
        toegang=toegang,
        eigen=stap.medewerker == wie.code,
        mag_overnemen=team and mag_overnemen(regio, stap, wie.code, vandaag),
        mag_geven=geven,
        gesprek=is_gesprek(stap) and stap.status is Stapstatus.OPEN,
        collegas=collegas_voor(ruimte, regio, stap, vandaag) if geven else (),
    )


def persoon_bij(omgeving: Omgeving, inzicht: Taakinzicht) -> list[tuple[str, str]]:
    """Geef van de persoon alleen de velden die de afspraak toont, met hun naam op de pagina; leeg als hij is gewist."""
    zichtbaar = inzicht.toegang.velden
    if not zichtbaar & set(PERSOONSVELDEN):
        return []
    with omgeving.magazijn.ruimte() as ruimte:
        persoon = ruimte.persoon(inzicht.dossier.id)
    if persoon is None:
        return []
    alles = _velden(persoon)
    return [(label, alles[veld]) for veld, label in PERSOONSVELDEN.items() if veld in zichtbaar and alles.get(veld)]


def _velden(persoon: Persoon) -> dict[str, str]:
    gegevens = persoon.gegevens
    taal = gegevens.get("taal", "")
    return {
        **gegevens, "naam": persoon.naam, "bsn": persoon.bsn, "geboortedatum": f"{persoon.geboortedatum:%d-%m-%Y}",
        "taal": TALEN.get(taal, taal), "kanaal": KANAALNAMEN.get(gegevens.get("kanaal", ""), ""),
        "plaats": f"{gegevens.get('postcode', '')} {gegevens.get('plaats', '')}".strip(),
    }  # fmt: skip
