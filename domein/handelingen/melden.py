"""Een feit over een dossier vastleggen, met of zonder stap; en vooraf laten zien wat het verandert."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any, Final
from uuid import UUID, uuid4

from domein.begrippen import Rol, Stapstatus
from domein.fouten import GeenBevoegdheid, OngeldigeGegevens
from domein.gebeurtenissen.basis import Actor, Gebeurtenis, NieuweGebeurtenis
from domein.gebeurtenissen.soorten import SOORTEN, lees
from domein.handelingen.kern import Uitwerking, in_ruimte, kader, leg_vast, voorbeeld
from domein.handelingen.regio import regio_op
from domein.ports import Omgeving, Ruimte
from domein.regels.planning import plan
from domein.regels.toets_uitkomst import toets
from domein.regels.uitkomsten import stap_voor_feit, vul_aan
from domein.stand import STAPHANDELINGEN, vouw

NIET_TE_MELDEN: Final = STAPHANDELINGEN | {"controle_afgehandeld"}

# Berichten van DUO zijn alleen het antwoord op een stap die al loopt; een geplande stap schuift of vervalt erdoor.
ALLEEN_BIJ_OPEN: Final = frozenset({"duo_bevestigd", "verlengd", "voldaan", "termijn_overschreden"})


def _voorbereiden(  # noqa: PLR0913
    ruimte: Ruimte, omgeving: Omgeving, dossier_id: UUID, soort: str, datum: date,
    waarden: Mapping[str, Any], actor: Actor, reden: str,
) -> NieuweGebeurtenis:  # fmt: skip
    if soort in NIET_TE_MELDEN:
        te_melden = ", ".join(naam for naam in SOORTEN if naam not in NIET_TE_MELDEN)
        raise OngeldigeGegevens(f"'{soort}' is geen feit maar een handeling.", f"Kies een van: {te_melden}.")
    stand = vouw(ruimte.gebeurtenissen(dossier_id))
    open_ = [s for s in ruimte.stappen(dossier_id) if s.status in (Stapstatus.GEPLAND, Stapstatus.OPEN)]
    gegevens = dict(waarden)
    if soort in ALLEEN_BIJ_OPEN:
        open_ = [s for s in open_ if s.status is Stapstatus.OPEN]
    stap = stap_voor_feit(soort, [s.kenmerk for s in open_], gegevens)
    if stap is not None:
        gewenst = plan(stand, kader()).stap(stap)
        gegevens = vul_aan(stap, soort, gegevens, inhoud=gewenst.inhoud if gewenst else "", door=actor.code)
    gelezen = lees(soort, gegevens)
    _toets_mandaat(ruimte, omgeving, soort, stand.gemeente, actor)
    toets(stand, gelezen, datum, omgeving.klok.vandaag(), reden, kader())
    return NieuweGebeurtenis(soort, datum, gelezen, actor, reden=reden, stap=stap)


def _toets_mandaat(
    ruimte: Ruimte, omgeving: Omgeving, soort: str, gemeente: str | None, actor: Actor
) -> None:
    if soort != "pip_vastgesteld":
        return
    regio = regio_op(ruimte, omgeving, omgeving.klok.vandaag())
    wie = regio.medewerker(actor.code)
    mandaten = [m for m in regio.mandaten if m.gemeente == gemeente and actor.code in m.houders]
    if wie is None or Rol.MANDAATHOUDER not in wie.rollen or not mandaten:
        raise GeenBevoegdheid(
            f"'{actor.code[:40]}' heeft geen mandaat voor dit besluit namens {gemeente}.",
            "Laat een mandaathouder van deze gemeente het besluit vastleggen.",
        )


def meld(  # noqa: PLR0913
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
        if bronkenmerk is not None:
            eerder = [g for g in ruimte.uit_bron(bron, bronkenmerk) if g.bronversie == bronversie]
            if eerder:
                return _zelfde_feit(eerder[0], dossier_id, soort, datum, waarden)
        nieuw = _voorbereiden(ruimte, omgeving, dossier_id, soort, datum, waarden, actor, reden)
        nieuw = replace(nieuw, bron=bron, bronkenmerk=bronkenmerk, bronversie=bronversie)
        return leg_vast(ruimte, omgeving, dossier_id, [nieuw], reden=f"Vastgelegd: {soort} op {datum}.")

    return in_ruimte(omgeving, werk)


def _zelfde_feit(
    er: Gebeurtenis, dossier_id: UUID, soort: str, datum: date, waarden: Mapping[str, Any]
) -> None:
    if (er.dossier_id, er.soort, er.geldig_op, er.gegevens) != (
        dossier_id,
        soort,
        datum,
        lees(soort, dict(waarden)),
    ):
        raise OngeldigeGegevens(
            f"De bron gaf onder '{er.bronkenmerk}' versie {er.bronversie} eerder iets anders door.",
            "Geef het verbeterde feit een hogere bronversie.",
        )


def proef_melding(  # noqa: PLR0913
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
