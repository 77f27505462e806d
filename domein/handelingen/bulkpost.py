"""Eén mail over een handeling in bulk, in plaats van één per taak.

Tijdens de bulk houden wij de losse mails even vast; aan het eind gaan zij per ontvanger samen. Valt de bulk halverwege
stil, dan gaan de losse mails na een kwartier vanzelf: liever te veel mail dan een taak waar niemand van weet.
Gesprekken gaan mee als één agendabestand: wie het opent, heeft ze in één keer op hun nieuwe dag (PUBLISH, RFC 5546).
"""

from collections.abc import Collection, Iterable, Mapping
from datetime import timedelta
from typing import Any, Final
from uuid import UUID

from domein.begrippen import Berichtstatus, Stapstatus
from domein.handelingen.afspraken import afspraak_bij
from domein.handelingen.bericht import (
    STOND_IN_BUNDEL,
    WACHT_OP_DAGBERICHT,
    wacht_tot_open,
    zet_overzicht_klaar,
)
from domein.handelingen.berichtsoorten import OVERDRACHT, TAAK, TAAK_INGETROKKEN, TAAK_VERZET, TAKEN_GEWIJZIGD
from domein.handelingen.kern import in_ruimte
from domein.handelingen.opsvormen import BUNDELBAAR, Mailgevolg
from domein.handelingen.regio import regio_op
from domein.model import Bericht
from domein.ports import Afspraak, Omgeving, Ruimte

VASTGEHOUDEN: Final = timedelta(minutes=15)
_VAK: Final = {TAAK: "nieuw", OVERDRACHT: "nieuw", TAAK_VERZET: "verzet", TAAK_INGETROKKEN: "weg"}


def _is_bundelbaar(bericht: Bericht) -> bool:
    return bericht.status is Berichtstatus.WACHTEND and bericht.soort in BUNDELBAAR


def nieuwe_berichten(ruimte: Ruimte, dossier_id: UUID, eerder: Collection[UUID]) -> list[Bericht]:
    """Wat er sinds `eerder` over dit dossier klaarstaat of in het dagbericht komt."""
    return [
        bericht
        for bericht in ruimte.berichten(dossier_id=dossier_id)
        if bericht.id not in eerder
        and (bericht.status is Berichtstatus.WACHTEND or bericht.fout_code == WACHT_OP_DAGBERICHT)
    ]


def gevolgen(
    ruimte: Ruimte, omgeving: Omgeving, referentie: str, berichten: Iterable[Bericht]
) -> tuple[Mailgevolg, ...]:
    """Beschrijf deze berichten: aan wie, in welke rol, over welke stap."""
    regio = regio_op(ruimte, omgeving, omgeving.klok.vandaag())
    uit: list[Mailgevolg] = []
    for bericht in berichten:
        wie = regio.medewerker(bericht.ontvanger_code)
        stap = ruimte.stap(bericht.stap_id) if bericht.stap_id is not None else None
        rollen = wie.rollen if wie is not None else ()
        rol = stap.rol.value if stap is not None and stap.rol in rollen else next((r.value for r in rollen), "")
        uit.append(
            Mailgevolg(
                bericht.soort,
                bericht.ontvanger_code,
                rol,
                (f"{referentie}:{stap.kenmerk}" if stap is not None else referentie,),
                "dagbericht" if bericht.fout_code == WACHT_OP_DAGBERICHT else "mail",
                bericht.agenda is not None,
            )
        )
    return tuple(sorted(uit, key=lambda mail: (mail.ontvanger, mail.soort, mail.stappen)))


def houd_vast(ruimte: Ruimte, omgeving: Omgeving, berichten: Iterable[Bericht]) -> list[str]:
    """Houd de losse mails vast tot de bulk klaar is; geef hun ids."""
    uit: list[str] = []
    for bericht in berichten:
        if not _is_bundelbaar(bericht):
            continue
        later = omgeving.klok.nu() + VASTGEHOUDEN
        bericht.volgende_poging = max(bericht.volgende_poging or later, later)
        ruimte.bewaar(bericht)
        uit.append(str(bericht.id))
    return uit


def voeg_samen(omgeving: Omgeving, bulk_id: str, ids: Collection[str]) -> int:
    """Stuur per ontvanger één mail over deze berichten, elk in een eigen transactie; geef hoeveel. Twee keer mag."""
    with omgeving.magazijn.ruimte() as ruimte:
        per_ontvanger = _per_ontvanger(ruimte, ids)
        codes = sorted(per_ontvanger)
    gemaakt = 0
    for code in codes:

        def werk(ruimte: Ruimte, code: str = code) -> int:
            groep = _per_ontvanger(ruimte, per_ontvanger[code]).get(code, [])
            return _een_mail(ruimte, omgeving, bulk_id, code, groep)

        gemaakt += in_ruimte(omgeving, werk)
    return gemaakt


def _per_ontvanger(ruimte: Ruimte, ids: Collection[str]) -> dict[str, list[str]]:
    uit: dict[str, list[str]] = {}
    for een in ids:
        bericht = ruimte.bericht(UUID(een))
        if bericht is not None and _is_bundelbaar(bericht):
            uit.setdefault(bericht.ontvanger_code, []).append(een)
    return uit


def _een_mail(ruimte: Ruimte, omgeving: Omgeving, bulk_id: str, code: str, ids: list[str]) -> int:
    berichten = [bericht for een in ids if (bericht := ruimte.bericht(UUID(een))) is not None]
    gegevens, afspraken = _gegevens(ruimte, omgeving, code, berichten)
    if gegevens["aantal"] > 1:
        bundel = zet_overzicht_klaar(
            ruimte, omgeving, soort=TAKEN_GEWIJZIGD, kenmerk=bulk_id, ontvanger=code, adres=berichten[0].adres,
            gegevens=gegevens,
        )  # fmt: skip
        if bundel is not None:
            agenda = omgeving.agenda.schrijf_samen(afspraken)
            bundel.agenda, bundel.agenda_methode = (agenda, "PUBLISH") if agenda else (None, None)
            ruimte.bewaar(bundel)
            for bericht in berichten:
                bericht.status, bericht.fout_code = Berichtstatus.VERVALLEN, STOND_IN_BUNDEL
                bericht.antwoord = bundel.sleutel
                ruimte.bewaar(bericht)
            return 1
    for bericht in berichten:  # er is er maar een, of het sjabloon is stuk: dan gaan zij gewoon los
        bericht.volgende_poging = wacht_tot_open(ruimte, omgeving, code) or omgeving.klok.nu()
        ruimte.bewaar(bericht)
    return 0


def _gegevens(
    ruimte: Ruimte, omgeving: Omgeving, code: str, berichten: Iterable[Bericht]
) -> tuple[Mapping[str, Any], list[Afspraak]]:
    afspraken: list[Afspraak] = []
    vakken: dict[str, list[dict[str, Any]]] = {"nieuw": [], "verzet": [], "weg": []}
    for bericht in berichten:
        if bericht.stap_id is None:
            continue
        stap = ruimte.stap(bericht.stap_id)
        vak = _VAK[bericht.soort]
        if vak != "weg" and stap.status is not Stapstatus.OPEN:
            continue
        link = omgeving.links.taaklink(stap.id, stap.generatie, code)
        referentie = ruimte.dossier(stap.dossier_id).referentie
        vakken[vak].append({"titel": stap.titel, "referentie": referentie, "klaar_op": stap.streef, "link": link})
        if bericht.agenda is not None:
            afspraak = afspraak_bij(
                omgeving, stap, bericht.soort, referentie=referentie, adres=bericht.adres, link=link
            )
            afspraken += [afspraak] if afspraak is not None else []
    for rijen in vakken.values():
        rijen.sort(key=lambda rij: (rij["klaar_op"], rij["referentie"], rij["titel"]))
    gegevens = {
        "aantal": sum(map(len, vakken.values())),
        "nieuw": vakken["nieuw"],
        "verzette_taken": vakken["verzet"],
        "vervallen_taken": vakken["weg"],
        "met_agenda": bool(afspraken),
        "werklink": omgeving.links.werklink(code),
    }
    return gegevens, afspraken
