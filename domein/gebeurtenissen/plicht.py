"""Wat DUO, de BRP en het COA over iemand zeggen: de koppeling, de plicht, besluiten van DUO en het einde."""

from datetime import date
from typing import Literal

from domein.begrippen import Aanvraagsoort, Doelgroep, Eindegrond, Examenonderdeel
from domein.gebeurtenissen.basis import Gegevens
from domein.gebeurtenissen.velden import Code, Gemeentecode, Pipleerroute, Volgorde


class Koppeling(Gegevens):
    """Het COA koppelt iemand in het azc aan een gemeente; zij mag dan al beginnen (art. 14 Wi)."""

    nummer: Volgorde = 1
    gemeente: Gemeentecode
    doelgroep: Doelgroep = Doelgroep.ASIELSTATUSHOUDER
    nareiziger: bool = False
    ontzorgen: bool = False
    azc: Code | None = None


class AzcVerhuisd(Gegevens):
    """De persoon woont nu in een ander azc; de koppeling blijft."""

    azc: Code


class WarmeOverdracht(Gegevens):
    """Het COA heeft overgedragen wat in de voorinburgering is gedaan (art. 9.4 Bi)."""

    voorinburgering: Literal["afgerond", "deels", "niet", "onbekend"] = "onbekend"


class Kennisgeving(Gegevens):
    """DUO laat weten dat iemand inburgeringsplichtig is; `geldig_op` is de dag van de kennisgeving (art. 5.3 Bi).

    Kwam de persoon uit een andere gemeente, dan staan hier ook die gemeente, de dagtekening van het eerste PIP en de
    leerroute (art. 15 lid 4 Wi). De maanden van 18 jaar en AOW zijn eerste dagen: zij zeggen niet de geboortedag.
    """

    gemeente: Gemeentecode
    doelgroep: Doelgroep
    nareiziger: bool = False
    ontzorgen: bool = False
    brp_inschrijving: date | None = None
    vorige_gemeente: Gemeentecode | None = None
    eerste_pip_op: date | None = None
    eerste_pip_leerroute: Pipleerroute | None = None
    maand_achttien: date | None = None
    maand_aow: date | None = None


class KennisgevingIngetrokken(Gegevens):
    """DUO trekt de kennisgeving in: er was geen plicht. Komt als nieuwere versie van hetzelfde feit."""

    gemeente: Gemeentecode
    doelgroep: Doelgroep


class BrpIngeschreven(Gegevens):
    """De persoon is in de gemeente van huisvesting ingeschreven; `geldig_op` is die dag (art. 5.3 lid 1 Bi)."""


class DoelgroepGewijzigd(Gegevens):
    """DUO behandelt iemand voortaan als een andere doelgroep (in het GGM: `WordtBehandeldAls`)."""

    doelgroep: Doelgroep
    nareiziger: bool = False
    ontzorgen: bool = False


class DuoAanvraag(Gegevens):
    """De inburgeraar vroeg DUO om vrijstelling, ontheffing of verlenging; DUO beslist binnen acht weken."""

    nummer: Volgorde
    aanvraag: Aanvraagsoort
    grond: Code | None = None


class AdviesGegeven(Gegevens):
    """De gemeente adviseerde DUO over bijzondere individuele omstandigheden (art. 5 Wi)."""

    strekking: Literal["positief", "negatief", "geen"]


class AanvraagAfgewezen(Gegevens):
    aanvraag: Volgorde | None = None


class Vrijgesteld(Gegevens):
    """DUO stelt vrij (art. 4 Wi); zonder onderdelen van de hele plicht."""

    aanvraag: Volgorde | None = None
    onderdelen: tuple[Examenonderdeel, ...] = ()


class Ontheven(Gegevens):
    """DUO ontheft (art. 5 Wi, art. 2.7 en 2.8 Bi); zonder onderdelen van de hele plicht."""

    aanvraag: Volgorde | None = None
    onderdelen: tuple[Examenonderdeel, ...] = ()
    grond: Literal["medisch", "bijzonder"]


class ExamenGedaan(Gegevens):
    """DUO meldt dat een onderdeel van het examen is gedaan (art. 9.2 lid 5 Bi); `geldig_op` is die dag."""

    nummer: Volgorde
    onderdeel: Literal[
        Examenonderdeel.LEZEN,
        Examenonderdeel.LUISTEREN,
        Examenonderdeel.SCHRIJVEN,
        Examenonderdeel.SPREKEN,
        Examenonderdeel.KNM,
    ]


class ExamenUitslag(Gegevens):
    """De uitslag van dat onderdeel; zij komt binnen acht weken (hoofdstuk 3 Bi)."""

    nummer: Volgorde
    gehaald: bool


class OpleidingGemeld(Gegevens):
    """De inburgeraar begon aan een opleiding die niet vrijstelt; DUO hoort dat (art. 9.3 lid 2 Bi)."""

    opleiding: Literal["praktijkonderwijs", "vso", "entree"]


class DuoVraagtVoortgang(Gegevens):
    """DUO vraagt voortgang, aanwezigheid en inspanning op (art. 9.2 lid 2 Bi)."""

    nummer: Volgorde


class Verlengd(Gegevens):
    """DUO heeft de termijn verlengd (art. 12 Wi)."""

    nieuwe_einddatum: date
    aanvraag: Volgorde | None = None
    grond: Code | None = None


class Voldaan(Gegevens):
    """DUO meldt dat aan de plicht is voldaan (art. 6 tot en met 9 Wi)."""


class TermijnOverschreden(Gegevens):
    """DUO meldt dat de termijn voorbij is; met een nieuwe termijn loopt het traject door (art. 24 en 25 Wi)."""

    nieuwe_termijn_tot: date | None = None


class PlichtBeeindigd(Gegevens):
    """De plicht eindigt anders dan door haar te halen (art. 3 Wi, art. 2.1 en 2.2 Bi)."""

    grond: Literal[
        Eindegrond.OVERLIJDEN,
        Eindegrond.VERTREK,
        Eindegrond.INGETROKKEN,
        Eindegrond.VERBLIJFSRECHT,
        Eindegrond.NATURALISATIE,
        Eindegrond.AOW,
    ]


class VerblijfOnderbroken(Gegevens):
    """Het verblijfsrecht is onderbroken; hoogstens een jaar eindigt de plicht niet (art. 2.2 Bi)."""

    nummer: Volgorde


class VerblijfHervat(Gegevens):
    """Het verblijfsrecht is er weer; de termijn schuift op met het gat (art. 4.2 Bi)."""

    nummer: Volgorde


class DuoIngevoerd(Gegevens):
    """Een melding is in het portaal van DUO getypt; `inhoud` is wat er toen is gemeld."""

    melding: Code
    referentie: Code
    inhoud: str = ""


class DuoBevestigd(Gegevens):
    melding: Code
