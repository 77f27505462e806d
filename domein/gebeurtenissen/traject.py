"""Wat er met de persoon in het traject gebeurt: intake, PIP, aanbieder, lessen, gesprekken, PVT, MAP, begeleiding."""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from domein.begrippen import Examenonderdeel, Leerroute, Opleidingsniveau, Taalniveau
from domein.gebeurtenissen.basis import Gegevens
from domein.gebeurtenissen.velden import Code, Pipleerroute, Volgorde

Jaren = Annotated[int, Field(ge=0, le=60)]
Uren = Annotated[int, Field(ge=0, le=5000)]
Profiel = Literal["analfabeet", "andersalfabeet", "gealfabetiseerd"]
Onderzocht = Annotated[str, Field(max_length=2000)]
OnderzochteGronden = Annotated[tuple[Code, ...], Field(max_length=40)]
Pipgrond = Literal["eerste", "leerroute", "afschalen", "verhuizing", "herziening"]


class KlantmanagerToegewezen(Gegevens):
    """Wie klantmanager is. `stappen`: de open taken van de vorige die meegaan, zodat het één gebeurtenis is."""

    medewerker: Code
    partner: Code
    stappen: tuple[str, ...] = ()


class OproepVerzonden(Gegevens):
    """De oproep voor de brede intake (art. 14 Wi); na niet verschijnen hoort er een waarschuwing bij."""

    nummer: Volgorde
    afspraak_op: date
    waarschuwing: bool = False


class NietVerschenen(Gegevens):
    nummer: Volgorde
    verschoonbaar: bool = False


class IntakeGehouden(Gegevens):
    """De brede intake met de leerbaarheidstoets (art. 14 lid 6 Wi) en de startmeting (art. 5.2 Bi)."""

    leerbaarheidstoets_op: date | None = None
    advies: Leerroute = Leerroute.ONBEKEND
    opleiding: Opleidingsniveau | None = None
    werkervaring_jaren: Jaren | None = None
    taalniveau: Taalniveau | None = None
    alfabetisering: Profiel | None = None


class StartmetingVastgelegd(Gegevens):
    """Opleiding, werkervaring en taalniveau bij het begin: daarmee wordt later gemeten wat het traject deed."""

    opleiding: Opleidingsniveau
    werkervaring_jaren: Jaren
    taalniveau: Taalniveau
    alfabetisering: Profiel | None = None


class IntakeAmbtshalveAfgerond(Gegevens):
    """Na de derde oproep rondt het college de intake af zonder de persoon (art. 14 lid 2 Wi)."""


class DerdeGevraagd(Gegevens):
    """Het college wacht voor het PIP op informatie van een derde (art. 5.3 lid 2 Bi)."""

    nummer: Volgorde
    bij: Code


class DerdeOntvangen(Gegevens):
    """De informatie van de derde is er; het PIP volgt binnen twee weken (art. 5.3 lid 2 Bi)."""

    nummer: Volgorde


class PipVastgesteld(Gegevens):
    """Een PIP, een besluit (art. 15 Wi); `geldig_op` is de dagtekening. `grond` zegt waarom er een nieuw PIP kwam.

    `besluit` is het nummer van het besluit als het uit een concept kwam: dan volgt de bekendmaking later. Zonder nummer
    is het op papier genomen; dan staat hier het mandaat van die dag, en wat is onderzocht en bleek (Awb 3:2, 10:1).
    """

    bekendgemaakt_op: date | None = None
    besluit: Volgorde | None = None
    leerroute: Pipleerroute
    aantal_gesprekken: Annotated[int, Field(ge=1, le=36)]
    interval_maanden: Annotated[int, Field(ge=1, le=12)]
    mandaathouder: Code
    grond: Pipgrond = "eerste"
    a2_onderdelen: tuple[Examenonderdeel, ...] = ()
    bijzonder_geval: bool = False
    lestijd: Literal["overdag", "avond", "weekend", "geen_voorkeur"] = "geen_voorkeur"
    uren_per_week: Annotated[int, Field(ge=1, le=40)] | None = None
    mandaat: Code | None = None
    grondslag: str = ""
    gronden: OnderzochteGronden = ()
    onderzocht: Onderzocht = ""


class PipVoorstel(Gegevens):
    """Een voorstel om het PIP te wijzigen: een andere leerroute, of in de B1-route onderdelen op A2 (art. 17 Wi)."""

    nummer: Volgorde
    voorstel: Literal["leerroute", "afschalen"]
    naar: Pipleerroute | None = None
    onderdelen: tuple[Examenonderdeel, ...] = ()
    inspanning_voldoende: bool = False
    onderwijsroute_onderzocht: bool = False
    bijzonder_geval: bool = False
    aanvraag: bool = False  # de inburgeraar vroeg het zelf: dan geldt een beslistermijn (Awb 1:3 lid 3, 4:13)


class VoorstelAfgewezen(Gegevens):
    """Het bevoegd orgaan wijzigt het PIP niet: een besluit, met een reden. Wat erbij staat: zie `PipVastgesteld`."""

    nummer: Volgorde
    redencode: Code
    mandaathouder: Code
    besluit: Volgorde | None = None
    bekendgemaakt_op: date | None = None
    mandaat: Code | None = None
    grondslag: str = ""
    gronden: OnderzochteGronden = ()
    onderzocht: Onderzocht = ""


class AanmeldingGeaccepteerd(Gegevens):
    nummer: Volgorde
    startdatum: date


class AanmeldingGeweigerd(Gegevens):
    nummer: Volgorde
    redencode: Code
    vroegste_datum: date | None = None


class AanmeldingOpWachtlijst(Gegevens):
    """De aanbieder heeft nu geen plaats; op `herzien_op` wordt opnieuw gekeken."""

    nummer: Volgorde
    herzien_op: date


class LesGestart(Gegevens):
    """Het startbericht van de taalaanbieder; `geldig_op` is de eerste lesdag."""

    nummer: Volgorde = 1


class LesBeeindigd(Gegevens):
    """De lessen bij deze aanbieder zijn gestopt: andere leerroute, verhuizing, keurmerk kwijt, of klaar."""

    nummer: Volgorde
    redencode: Code


class AanbiederBlijft(Gegevens):
    """Na een verhuizing gaan de lessen bij dezelfde aanbieder door."""

    nummer: Volgorde


class EigenCursusGemeld(Gegevens):
    """De cursus die een gezinsmigrant zelf koos en betaalt (art. 19 Wi); keurmerk gecontroleerd of niet."""

    aanbieder: Code
    keurmerk: bool
    bewijs: Code


class VoortgangOpgevraagd(Gegevens):
    """De gemeente vraagt de cursusinstelling om de voortgang van een gezinsmigrant (art. 9.2 lid 4 Bi)."""

    nummer: Volgorde


class UrenGemeld(Gegevens):
    """Gevolgde uren en verzuim over een periode, met het bewijs (art. 9.2 en 3.14 Bi)."""

    nummer: Volgorde = 1
    urensoort: Literal["cursus", "participatie", "eerder_onderwijs"] = "cursus"
    periode_van: date
    periode_tot: date
    gevolgd: Uren
    geoorloofd_verzuim: Uren = 0
    ongeoorloofd_verzuim: Uren = 0
    bewijs: Code


class GesprekGevoerd(Gegevens):
    """Een voortgangsgesprek zoals het PIP het afspreekt (art. 5.3 lid 4 Bi)."""

    nummer: Volgorde
    op_koers: bool = True


class GesprekNietVerschenen(Gegevens):
    nummer: Volgorde


class ParticipatieGemist(Gegevens):
    """Niet verschenen bij een onderdeel van het PVT of de MAP: een signaal, nooit een maatregel (art. 22 en 23 Wi)."""

    nummer: Volgorde
    onderdeel: Literal["pvt", "map"]
    wat: Literal["bijeenkomst", "activiteit", "praktijk", "eindgesprek"]
    verschoonbaar: bool = False


class PvtVoltooid(Gegevens):
    """Het participatieverklaringstraject; `geldig_op` is de dag van ondertekening (art. 3.1 Bi)."""


class MapVoltooid(Gegevens):
    """De Module Arbeidsmarkt en Participatie; `geldig_op` is de dag van het eindgesprek (art. 3.2 Bi)."""

    praktijkuren: Uren


class ZEindgesprekGevoerd(Gegevens):
    """Het eindgesprek van de Z-route, door de gemeente zelf (art. 3.14 Bi)."""


class CertificaatUitgereikt(Gegevens):
    """Het certificaat van de Z-route, persoonlijk uitgereikt door de gemeente."""


class BegeleidingGestart(Gegevens):
    """De maatschappelijke begeleiding is begonnen (art. 13 Wi, art. 5.1 Bi)."""


class BegeleidingAfgerond(Gegevens):
    pass


class BijstandToegekend(Gegevens):
    """Het recht op bijstand ontstond op `geldig_op`: dan begint het ontzorgen (art. 56a Participatiewet)."""


class BijstandBeeindigd(Gegevens):
    pass


class OntzorgenIngericht(Gegevens):
    """Huur, energie, water en zorgverzekering worden uit de bijstand betaald (art. 56a lid 1 Participatiewet)."""


class OntzorgenGeeindigd(Gegevens):
    """De zes maanden zijn om; wie dat wil, houdt het vrijwillig aan (art. 57 Participatiewet)."""

    voortgezet: bool = False
