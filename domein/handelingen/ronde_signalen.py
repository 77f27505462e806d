"""Wat de ronde aan een mens voorlegt, en wanneer dat weer af is.

Ook dit gaat uit van wat er staat: een signaal blijft zolang de toestand duurt, en verdwijnt als een mens haar
herstelde, in Prefect of hier.
"""

from collections.abc import Callable, Mapping
from typing import Final
from uuid import UUID

from domein.begrippen import Stapstatus
from domein.handelingen.kern import in_ruimte, leg_vast, nieuwe_controle
from domein.handelingen.ronde_weigering import RUN_NIET_BIJ
from domein.handelingen.signalen import los_op, meld_signaal
from domein.model import Stap
from domein.ports import Omgeving, Ruimte
from domein.regels.ronde import Loop
from domein.stand import Stand, vouw

RUN_KAPOT: Final = "run_kapot"
RUN_GEANNULEERD: Final = "run_geannuleerd"
WERK_STIL: Final = "werk_staat_stil"
_GEZOND: Final = frozenset({Loop.WACHT, Loop.LOOPT, Loop.KLAAR})
_ONAF: Final = (Stapstatus.GEPLAND, Stapstatus.OPEN)
Houd = Callable[[Ruimte], None]


# Waaraan te zien is dat een run kapot is, in gewone taal: ops leest dit ook als Prefect niet antwoordt.
OORZAAK: Final[Mapping[Loop, str]] = {
    Loop.MISLUKT: "gaf steeds een fout",
    Loop.GECRASHT: "stopte steeds halverwege: haar proces viel weg",
    Loop.IN_WACHTRIJ: "wordt door geen worker opgepakt",
    Loop.LOOPT: "komt niet tot een einde",
    Loop.KLAAR: "liep af zonder de stap te openen",
}


def vraag_over_kapotte_run(omgeving: Omgeving, stap_id: UUID, houd: Houd, loop: Loop) -> bool:
    """Meld dat een run blijft mislukken, en waaraan dat te zien is; False als dat al bekend is."""

    def werk(ruimte: Ruimte) -> bool:
        houd(ruimte)
        stap = ruimte.stap(stap_id)
        wat = OORZAAK.get(loop, "blijft mislukken")
        melding = f"De run van '{stap.titel}' {wat}. Kijk in Prefect wat er staat, en zet haar opnieuw."
        return meld_signaal(ruimte, omgeving, RUN_KAPOT, "fout", melding, stap) is not None

    return in_ruimte(omgeving, werk)


def vraag_over_gestopte_run(omgeving: Omgeving, stap_id: UUID, houd: Houd) -> bool:
    """Iemand stopte de run met de hand: vraag één keer of de stap doorgaat, en doe wat het antwoord zegt.

    Is de vraag afgehandeld en de stap nog steeds niet klaar of overgeslagen, dan gaat zij door: met een nieuwe run.
    """

    def werk(ruimte: Ruimte) -> bool:
        houd(ruimte)
        stap = ruimte.stap(stap_id)
        melding = f"De run van '{stap.titel}' is met de hand gestopt. Gaat de stap door, of niet?"
        stand = vouw(ruimte.gebeurtenissen(stap.dossier_id))
        if meld_signaal(ruimte, omgeving, RUN_GEANNULEERD, "waarschuwing", melding, stap) is not None:
            vraag = nieuwe_controle(stand, omgeving, RUN_GEANNULEERD, stap.kenmerk)
            leg_vast(ruimte, omgeving, stap.dossier_id, [vraag])
            return True
        if not _is_afgehandeld(stand, stap):
            return False
        los_op(ruimte, omgeving, RUN_GEANNULEERD, stap)
        stap.run_id, stap.run_poging = None, stap.run_poging + 1  # de sleutel van de gestopte run is gebruikt
        ruimte.bewaar(stap)
        return True

    return in_ruimte(omgeving, werk)


def _is_afgehandeld(stand: Stand, stap: Stap) -> bool:
    vragen = [
        c.nummer for c in stand.controles.values() if (c.aanleiding, c.betreft) == (RUN_GEANNULEERD, stap.kenmerk)
    ]
    return bool(vragen) and f"registratie/controle/{max(vragen)}" in stand.afgerond


def werk_signalen_bij(omgeving: Omgeving, lopen: Mapping[UUID, Loop], *, stil: bool) -> None:
    """Meld dat niemand het werk aanneemt, en sluit wat niet meer speelt."""
    with omgeving.magazijn.ruimte() as ruimte:
        open_ = ruimte.signalen()
        if stil:
            melding = "Prefect heeft werk klaarstaan dat niemand aanneemt: is de worker weg, of de pool gepauzeerd?"
            meld_signaal(ruimte, omgeving, WERK_STIL, "fout", melding)
        elif any(signaal.soort == WERK_STIL for signaal in open_):
            los_op(ruimte, omgeving, WERK_STIL)
        for signaal in open_:
            if signaal.soort not in (RUN_KAPOT, RUN_GEANNULEERD) or signaal.stap_id is None:
                continue
            hersteld = lopen.get(signaal.stap_id) in _GEZOND
            if hersteld or ruimte.stap(signaal.stap_id).status not in _ONAF:
                signaal.opgelost_op = omgeving.klok.nu()
                ruimte.bewaar(signaal)


def los_run_signalen_op(ruimte: Ruimte, omgeving: Omgeving, stap: Stap) -> None:
    """Een mens heeft de run bekeken en opnieuw gezet: de signalen erover zijn af."""
    for soort in (RUN_KAPOT, RUN_GEANNULEERD, RUN_NIET_BIJ):
        los_op(ruimte, omgeving, soort, stap)
