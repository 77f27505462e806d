"""De vouw van wat een mens of het systeem over een stap besluit."""

from typing import Final

from domein.gebeurtenissen import soorten as s
from domein.gebeurtenissen.basis import Gebeurtenis
from domein.stand.verwerk import met, verwerk, wijzig, zonder
from domein.stand.vormen import Controle, Opening, Stand

STAPHANDELINGEN: Final = frozenset(
    {
        "stap_geopend", "stap_verzet", "stap_overgeslagen", "stap_heropend", "stap_toegewezen",
        "controle_gevraagd", "partnerbericht_beslist", "doorgehaald", "stap_opnieuw", "dossier_herplant",
    }
)  # fmt: skip


@verwerk.register
def _(_d: s.DossierAfgesloten, stand: Stand, g: Gebeurtenis) -> Stand:
    # Blijkt het einde doorgehaald of van later, dan is dit dossier nog niet dicht: iemand sluit het straks opnieuw.
    return wijzig(stand, afgesloten_op=g.geldig_op) if stand.einde is not None else stand


@verwerk.register
def _(d: s.StapGeopend, stand: Stand, g: Gebeurtenis) -> Stand:
    opening = Opening(d.generatie, g.geldig_op, d.partner, d.medewerker, d.afspraak, d.afsprakenversie, g.volgnummer)
    return wijzig(stand, geopend=met(stand.geopend, g.stap or "", opening))


@verwerk.register
def _(d: s.StapVerzet, stand: Stand, g: Gebeurtenis) -> Stand:
    kenmerk = g.stap or ""
    return wijzig(
        stand,
        verzet=met(stand.verzet, kenmerk, d),
        verzet_nummer=met(stand.verzet_nummer, kenmerk, g.volgnummer),
    )


@verwerk.register
def _(_d: s.StapOvergeslagen, stand: Stand, g: Gebeurtenis) -> Stand:
    return wijzig(stand, overgeslagen=met(stand.overgeslagen, g.stap or "", g.geldig_op))


@verwerk.register
def _(_d: s.StapHeropend, stand: Stand, g: Gebeurtenis) -> Stand:
    # Alleen wat was overgeslagen, gaat weer open. Een antwoord van later, over een eerdere dag, blijft een antwoord.
    return wijzig(stand, overgeslagen=zonder(stand.overgeslagen, g.stap or ""))


@verwerk.register
def _(d: s.StapToegewezen, stand: Stand, g: Gebeurtenis) -> Stand:
    toegewezen = Opening(0, g.geldig_op, d.partner, d.medewerker, volgnummer=g.volgnummer, waarom=d.waarom)
    return wijzig(stand, toegewezen=met(stand.toegewezen, g.stap or "", toegewezen))


@verwerk.register
def _(d: s.ControleGevraagd, stand: Stand, g: Gebeurtenis) -> Stand:
    controle = Controle(d.nummer, g.geldig_op, d.aanleiding, d.betreft)
    return wijzig(stand, controles=met(stand.controles, d.nummer, controle))
