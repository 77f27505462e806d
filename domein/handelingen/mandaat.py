"""Wie een besluit mag nemen: alleen een mandaathouder van de eigen gemeente, voor deze stap (regel 15)."""

from collections.abc import Mapping
from datetime import date
from typing import Final

from domein.begrippen import Besluitsoort, Rol, Stapsoort
from domein.fouten import GeenBevoegdheid, GeenUitvoerder, OngeldigeGegevens
from domein.gebeurtenissen.basis import Actor, Gegevens
from domein.gebeurtenissen.soorten import NAAR_NAAM, PipVastgesteld, VoorstelAfgewezen
from domein.handelingen.regio import regio_op
from domein.ports import Omgeving, Ruimte
from domein.regels.besluitgang import VORMEN, bevoegdheid, twee_personen
from domein.regels.kalender import datum
from domein.regels.opvolging import heeft_mandaat
from domein.regels.papierbesluit import pipsoort
from domein.regels.papieronderzoek import eis_onderzocht
from domein.regels.uitkomsten import stapvorm
from domein.regio.afspraken import Mandaat
from domein.regio.gemeenten import gemeentenaam
from domein.regio.model import Regio
from domein.stand import Stand

# De feiten die een besluit zijn, met de stap waarvoor het mandaat moet gelden.
BESLUITEN: Final[Mapping[str, Stapsoort]] = {
    "pip_vastgesteld": Stapsoort.PIP,
    "voorstel_afgewezen": Stapsoort.PIP,
    "besluit_ondertekend": Stapsoort.PIP,
    "maatregel_besloten": Stapsoort.PIP,
    "bezwaar_beslist": Stapsoort.PIP,
    "dwangsom_vastgesteld": Stapsoort.PIP,
}
MET_CONCEPT: Final = "Maak een concept met 'regie besluit concept'; een ander tekent het."


def _soort_besluit(kenmerk: str | None, gegevens: Gegevens) -> Besluitsoort | None:
    """Welk besluit dit feit is; zonder stap zegt het feit het zelf. None als het geen besluit is."""
    soort = NAAR_NAAM[type(gegevens)]
    if kenmerk is not None and (besluit := VORMEN.get((stapvorm(kenmerk), soort))) is not None:
        return besluit
    if isinstance(gegevens, PipVastgesteld):
        return pipsoort(gegevens.grond)
    return Besluitsoort.WEIGERING if soort == "voorstel_afgewezen" else None


def op_papier_genomen(
    ruimte: Ruimte, omgeving: Omgeving, stand: Stand, kenmerk: str | None, gelezen: Gegevens, actor: Actor,
    dagtekening: date,
) -> Gegevens:  # fmt: skip
    """Leg een besluit dat al op papier is genomen vast zoals het is te verantwoorden; is het geen besluit, dan gelijk.

    Het mandaat vult het systeem in, zoals de afspraken het op de dagtekening zeiden (Awb 10:1); wie vastlegt, moet het
    ook vandaag nog hebben. GeenBevoegdheid als het er toen of nu niet was, of twee personen vraagt; OngeldigeGegevens
    als er niet staat wat is onderzocht (Awb 3:2).
    """
    vandaag, gemeente = omgeving.klok.vandaag(), stand.gemeente
    nu = eis_zelf_besluit(regio_op(ruimte, omgeving, vandaag), gemeente, kenmerk, gelezen, actor, vandaag)
    if nu is None or not isinstance(gelezen, PipVastgesteld | VoorstelAfgewezen):
        return gelezen
    if gelezen.mandaat is not None or gelezen.grondslag:
        raise OngeldigeGegevens("Het mandaat volgt uit de afspraken.", "Laat de velden mandaat en grondslag weg.")
    soort = _soort_besluit(kenmerk, gelezen)
    toen = mandaat_op(ruimte, omgeving, gemeente, soort, actor.code, dagtekening)
    if soort is None or toen is None:
        raise GeenBevoegdheid(
            f"'{actor.code[:40]}' had op {datum(dagtekening)} geen mandaat voor dit besluit namens "
            f"{gemeentenaam(gemeente or '')}.",
            "Kijk de dagtekening na, of laat vastleggen wie het besluit toen nam.",
        )
    eis_onderzocht(soort, gelezen, asiel=stand.is_asiel)
    return gelezen.model_copy(update={"mandaat": toen.id, "grondslag": toen.bron})


def mandaat_op(
    ruimte: Ruimte, omgeving: Omgeving, gemeente: str | None, soort: Besluitsoort | None, wie: str, dag: date
) -> Mandaat | None:
    """Geef het mandaat van deze persoon volgens de afspraken van die dag; None als het er niet was."""
    if soort is None:
        return None
    try:
        regio = regio_op(ruimte, omgeving, dag)
    except GeenUitvoerder:
        return None
    return bevoegdheid(regio, gemeente, soort, wie, dag).mandaat


def eis_zelf_besluit(
    regio: Regio, gemeente: str | None, kenmerk: str | None, gegevens: Gegevens, actor: Actor, op: date
) -> Mandaat | None:
    """Een besluit in één keer vastleggen, zonder concept: alleen waar het mandaat geen tweede persoon vraagt.

    Geef het mandaat; None als dit geen besluit is.
    """
    besluit = _soort_besluit(kenmerk, gegevens)
    if besluit is None:
        return None
    bevoegd = bevoegdheid(regio, gemeente, besluit, actor.code, op)
    if bevoegd.mandaat is None:
        raise GeenBevoegdheid(f"Dit besluit valt buiten het mandaat: {bevoegd.waarom_niet}.", bevoegd.uitweg)
    if twee_personen(bevoegd.mandaat, besluit):
        raise GeenBevoegdheid(f"Mandaat '{bevoegd.mandaat.id}' vraagt twee personen voor dit besluit.", MET_CONCEPT)
    if isinstance(gegevens, PipVastgesteld) and gegevens.bekendgemaakt_op is None:
        raise OngeldigeGegevens(
            "Noem de dag van bekendmaking: daarmee begint de bezwaartermijn (artikel 6:8 Awb).",
            "Is het besluit nog niet bekend gemaakt, gebruik dan 'regie besluit'.",
            {"bekendgemaakt_op": "dit veld is verplicht"},
        )
    if getattr(gegevens, "besluit", None) is not None:
        raise OngeldigeGegevens("Een nummer van een besluit komt alleen uit een ondertekening.", "Laat het veld weg.")
    return bevoegd.mandaat


def eis_mandaat(regio: Regio, gemeente: str | None, stap: Stapsoort, actor: Actor, op: date) -> None:
    """GeenBevoegdheid als deze persoon op deze dag geen mandaat heeft voor dit besluit namens deze gemeente."""
    wie = regio.medewerker(actor.code)
    gemandateerd = heeft_mandaat(regio, gemeente, stap, actor.code, op)
    if wie is None or Rol.MANDAATHOUDER not in wie.rollen or not gemandateerd:
        raise GeenBevoegdheid(
            f"'{actor.code[:40]}' heeft geen mandaat voor dit besluit namens {gemeentenaam(gemeente or '')}.",
            "Laat een mandaathouder van deze gemeente het besluit nemen.",
        )
