"""Een feit over een dossier vastleggen, met of zonder stap; en vooraf laten zien wat het verandert."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, Final
from uuid import UUID, uuid4

from domein.begrippen import Rol, Stapstatus
from domein.fouten import OngeldigeGegevens
from domein.gebeurtenissen.basis import Actor, Gebeurtenis, Gegevens, NieuweGebeurtenis
from domein.gebeurtenissen.soorten import SOORTEN, DuoIngevoerd, Kennisgeving, Koppeling, Verhuisd, lees
from domein.handelingen.bevoegdheid import eis_beheer, eis_melder
from domein.handelingen.gevolgen import leg_vast_met_gevolgen
from domein.handelingen.kern import Uitwerking, in_ruimte, kader, voorbeeld
from domein.handelingen.mandaat import BESLUITEN, eis_mandaat, op_papier_genomen
from domein.handelingen.regio import regio_op
from domein.ports import Omgeving, Ruimte
from domein.regels.nummeren import met_nummer
from domein.regels.planning import plan
from domein.regels.toets_uitkomst import toets
from domein.regels.uitkomsten import AANGEVULD, stap_voor_feit, vul_aan
from domein.regio.gemeenten import alle_gemeenten
from domein.regio.model import Regio
from domein.stand import STAPHANDELINGEN, vouw

NIET_TE_MELDEN: Final = STAPHANDELINGEN | {
    "controle_afgehandeld", "persoon_gewijzigd", "vernietiging_geblokkeerd", "blokkade_opgeheven", "dossier_vernietigd",
    "besluit_concept", "besluit_grond", "besluit_advies", "besluit_tekst", "maatwerk_vastgesteld", "maatwerk_beeindigd",
    "besluit_ondertekend", "besluit_ingetrokken", "maatregel_besloten", "bezwaar_beslist",
}  # fmt: skip
# Wie een maatregel begint of verder brengt, is een mens met een naam: nooit een bron (art. 10:3 lid 4 Awb).
VAN_EEN_MENS: Final = frozenset(
    {
        "maatregel_overwogen", "maatregel_gewaarschuwd", "keren_getoetst", "maatregel_voornemen",
        "maatregel_zienswijze", "maatregel_gestaakt", "bezwaar_verschoonbaar", "bezwaar_verdaagd",
        "voorstel_verdaagd", "beslistermijn_opgeschort", "beslistermijn_hervat",
    }
)  # fmt: skip

# Een verzoek over eigen gegevens legt ook de privacy officer vast; verder beheert die niets (beleid, geen wet).
VAN_TOEZICHT: Final = frozenset({"verzoek_ontvangen", "verzoek_verlengd", "verzoek_afgehandeld"})

# Berichten van DUO zijn alleen het antwoord op een stap die al loopt; een geplande stap schuift of vervalt erdoor.
ALLEEN_BIJ_OPEN: Final = frozenset({"duo_bevestigd", "verlengd", "voldaan", "termijn_overschreden"})


def _voorbereiden(
    ruimte: Ruimte, omgeving: Omgeving, dossier_id: UUID, soort: str, datum: date,
    waarden: Mapping[str, Any], actor: Actor, reden: str, eerder: Sequence[Gebeurtenis] = (),
) -> NieuweGebeurtenis:  # fmt: skip
    if soort in NIET_TE_MELDEN:
        te_melden = ", ".join(naam for naam in SOORTEN if naam not in NIET_TE_MELDEN)
        raise OngeldigeGegevens(f"'{soort}' is geen feit maar een handeling.", f"Kies een van: {te_melden}.")
    stand = vouw(ruimte.gebeurtenissen(dossier_id))
    open_ = [s for s in ruimte.stappen(dossier_id) if s.status in (Stapstatus.GEPLAND, Stapstatus.OPEN)]
    gegevens = dict(waarden)
    if soort in ALLEEN_BIJ_OPEN:
        open_ = [s for s in open_ if s.status is Stapstatus.OPEN]
    # Een verbetering uit dezelfde bron gaat over dezelfde stap: die blijft klaar (regel 4 en 10).
    vorige = next((g.stap for g in reversed(eerder) if g.stap is not None), None)
    stap = vorige or stap_voor_feit(soort, [s.kenmerk for s in open_], gegevens)
    vandaag = omgeving.klok.vandaag()
    regio = regio_op(ruimte, omgeving, vandaag)
    if soort in VAN_EEN_MENS:
        eis_beheer(regio, stand.gemeente, actor, vandaag)
    elif soort not in BESLUITEN:
        ook = (Rol.PRIVACYOFFICER,) if soort in VAN_TOEZICHT else ()
        eis_melder(regio, stand.gemeente, actor, vandaag, ook=ook)
    else:
        eis_mandaat(regio, stand.gemeente, BESLUITEN[soort], actor, vandaag)
        gegevens["mandaathouder"] = actor.code  # wie besluit, tekent; niet wie iemand erbij typt
    if stap is not None:
        gewenst = plan(stand, kader()).stap(stap)
        gegevens = vul_aan(
            stap, soort, gegevens, inhoud=gewenst.inhoud if gewenst else _gemeld(eerder), door=actor.code
        )
    gegevens = met_nummer(stand, soort, gegevens)
    if soort == "verhuisd":
        gegevens |= {"van": stand.gemeente, "buiten_regio": gegevens.get("naar") not in regio.gemeenten}
    gelezen = lees(soort, gegevens)
    _toets_gemeente(regio, gelezen)
    if soort in BESLUITEN:
        gelezen = op_papier_genomen(ruimte, omgeving, stand, stap, gelezen, actor, datum)
    toets(stand, gelezen, datum, vandaag, reden, kader())
    return NieuweGebeurtenis(soort, datum, gelezen, actor, reden=reden, stap=stap)


def _gemeld(eerder: Sequence[Gebeurtenis]) -> str:
    """Wat er toen aan DUO is gemeld: een verbetering van een klare stap gaat daar nog steeds over."""
    gemeld = (g.gegevens.inhoud for g in reversed(eerder) if isinstance(g.gegevens, DuoIngevoerd))
    return next(gemeld, "")


def _toets_gemeente(regio: Regio, gegevens: Gegevens) -> None:
    if isinstance(gegevens, Verhuisd) and gegevens.naar not in alle_gemeenten():
        fout = f"{gegevens.naar} is geen gemeentecode die bestaat."
        raise OngeldigeGegevens(fout, "Zoek de code op in de lijst van gemeenten.", {"naar": fout})
    if isinstance(gegevens, Kennisgeving | Koppeling) and gegevens.gemeente not in regio.gemeenten:
        fout = f"Gemeente {gegevens.gemeente} hoort niet bij deze regio."
        raise OngeldigeGegevens(fout, f"Kies een van: {', '.join(regio.gemeenten)}.", {"gemeente": fout})


def meld(
    omgeving: Omgeving,
    dossier_id: UUID,
    soort: str,
    datum: date,
    waarden: Mapping[str, Any],
    actor: Actor,
    *,
    reden: str = "",
    bron: str = "regie",
    bronkenmerk: str | None = None,
    bronversie: int = 1,
) -> Uitwerking | None:
    """Leg een feit vast en plan opnieuw; None als dit feit met dezelfde inhoud al uit deze bron kwam (regel 10).

    Past het feit bij precies één onafgemaakte stap, dan is die stap daarmee klaar.
    """

    def werk(ruimte: Ruimte) -> Uitwerking | None:
        eerder = ruimte.uit_bron(bron, bronkenmerk) if bronkenmerk is not None else ()
        versies = ruimte.bronversies(bron, bronkenmerk) if bronkenmerk is not None else ()
        if any(versie.dossier_id != dossier_id for versie in versies):  # ook als dat dossier is gewist
            raise OngeldigeGegevens(
                f"'{bronkenmerk}' van bron '{bron}' hoort bij een ander dossier.", "Controleer het kenmerk."
            )
        for g in eerder:
            if g.bronversie == bronversie:
                return _zelfde_feit(g, soort, datum, waarden)
        nieuw = _voorbereiden(ruimte, omgeving, dossier_id, soort, datum, waarden, actor, reden, eerder)
        nieuw = replace(nieuw, bron=bron, bronkenmerk=bronkenmerk, bronversie=bronversie)
        waarom = f"Vastgelegd: {soort} op {datum}."
        return leg_vast_met_gevolgen(ruimte, omgeving, dossier_id, [nieuw], reden=waarom)

    return in_ruimte(omgeving, werk)


def _zelfde_feit(er: Gebeurtenis, soort: str, datum: date, waarden: Mapping[str, Any]) -> None:
    """Weiger als de bron onder dezelfde versie iets anders zegt; wat wij zelf aanvulden, vergelijken wij niet."""
    aangevuld = {naam: waarde for naam, waarde in er.gegevens if naam not in waarden and naam in AANGEVULD}
    if (er.soort, er.geldig_op, er.gegevens) != (soort, datum, lees(soort, {**waarden, **aangevuld})):
        raise OngeldigeGegevens(
            f"De bron gaf onder '{er.bronkenmerk}' versie {er.bronversie} eerder iets anders door.",
            "Geef het verbeterde feit een hogere bronversie.",
        )


def proef_melding(
    omgeving: Omgeving,
    dossier_id: UUID,
    soort: str,
    datum: date,
    waarden: Mapping[str, Any],
    actor: Actor,
    *,
    reden: str = "",
) -> Uitwerking:
    """Laat zien wat een feit zou veranderen: dezelfde toets, hetzelfde plan, maar er wordt niets geschreven."""
    with omgeving.magazijn.ruimte() as ruimte:
        nieuw = _voorbereiden(ruimte, omgeving, dossier_id, soort, datum, waarden, actor, reden)
        return voorbeeld(ruimte, dossier_id, [hypothese(ruimte, omgeving, dossier_id, nieuw)])


def hypothese(ruimte: Ruimte, omgeving: Omgeving, dossier_id: UUID, nieuw: NieuweGebeurtenis) -> Gebeurtenis:
    """Maak van een nieuwe gebeurtenis een veronderstelde, met het volgende volgnummer."""
    return Gebeurtenis(
        uuid4(), dossier_id, ruimte.dossier(dossier_id).laatste_volgnummer + 1, nieuw.soort, nieuw.geldig_op,
        omgeving.klok.nu(), nieuw.gegevens, nieuw.actor, nieuw.reden, nieuw.stap,
    )  # fmt: skip
