"""Elke soort gebeurtenis met haar velden, en het register dat ze bij naam kent.

De rang bepaalt de volgorde van gebeurtenissen die op dezelfde dag gelden: eerst wat DUO en de BRP zeggen, dan
wat er met de persoon gebeurt, dan wat wij over stappen besluiten. Zo maakt de volgorde van binnenkomst niet uit.
"""

import re
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, Final, Literal
from uuid import UUID

from pydantic import Field, StringConstraints, ValidationError

from domein.begrippen import Doelgroep, Eindegrond, Leerroute
from domein.fouten import OngeldigeGegevens
from domein.gebeurtenissen.basis import Gegevens

Code = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9._/-]{0,63}$")]
Gemeentecode = Annotated[str, StringConstraints(pattern=r"^GM\d{4}$")]
Volgorde = Annotated[int, Field(ge=1, le=99)]


class Kennisgeving(Gegevens):
    """DUO laat weten dat iemand inburgeringsplichtig is; `geldig_op` is de dag van de kennisgeving (art. 5.3 Bi)."""

    gemeente: Gemeentecode
    doelgroep: Doelgroep
    nareiziger: bool = False
    ontzorgen: bool = False
    brp_inschrijving: date | None = None


class BrpIngeschreven(Gegevens):
    """De persoon is in de gemeente van huisvesting ingeschreven; `geldig_op` is die dag (art. 5.3 lid 1 Bi)."""


class KlantmanagerToegewezen(Gegevens):
    medewerker: Code
    partner: Code


class OproepVerzonden(Gegevens):
    """De oproep voor de brede intake (art. 14 Wi); na niet verschijnen hoort er een waarschuwing bij."""

    nummer: Volgorde
    afspraak_op: date
    waarschuwing: bool = False


class NietVerschenen(Gegevens):
    nummer: Volgorde
    verschoonbaar: bool = False


class IntakeGehouden(Gegevens):
    """De brede intake met de leerbaarheidstoets (art. 14 lid 6 Wi)."""

    leerbaarheidstoets_op: date | None = None
    advies: Leerroute = Leerroute.ONBEKEND


class IntakeAmbtshalveAfgerond(Gegevens):
    """Na de derde oproep rondt het college de intake af zonder de persoon (art. 14 lid 2 Wi)."""


class PipVastgesteld(Gegevens):
    """Het PIP, een besluit (art. 15 Wi); `geldig_op` is de dagtekening."""

    bekendgemaakt_op: date
    leerroute: Literal[Leerroute.B1, Leerroute.ONDERWIJS, Leerroute.Z]
    aantal_gesprekken: Annotated[int, Field(ge=1, le=36)]
    interval_maanden: Annotated[int, Field(ge=1, le=12)]
    mandaathouder: Code


class AanmeldingGeaccepteerd(Gegevens):
    nummer: Volgorde
    startdatum: date


class AanmeldingGeweigerd(Gegevens):
    nummer: Volgorde
    redencode: Code
    vroegste_datum: date | None = None


class LesGestart(Gegevens):
    """Het startbericht van de taalaanbieder; `geldig_op` is de eerste lesdag."""

    nummer: Volgorde = 1


class GesprekGevoerd(Gegevens):
    """Een voortgangsgesprek zoals het PIP het afspreekt (art. 5.3 lid 4 Bi)."""

    nummer: Volgorde
    op_koers: bool = True


class GesprekNietVerschenen(Gegevens):
    nummer: Volgorde


class PvtVoltooid(Gegevens):
    """Het participatieverklaringstraject; `geldig_op` is de dag van ondertekening (art. 3.1 Bi)."""


class MapVoltooid(Gegevens):
    """De Module Arbeidsmarkt en Participatie; `geldig_op` is de dag van het eindgesprek (art. 3.2 Bi)."""

    praktijkuren: Annotated[int, Field(ge=0, le=5000)]


class DuoIngevoerd(Gegevens):
    """Een melding is in het portaal van DUO getypt; `inhoud` is wat er toen is gemeld."""

    melding: Code
    referentie: Code
    inhoud: str = ""


class DuoBevestigd(Gegevens):
    melding: Code


class Voldaan(Gegevens):
    """DUO meldt dat aan de plicht is voldaan (art. 6 tot en met 9 Wi)."""


class TermijnOverschreden(Gegevens):
    """DUO meldt dat de termijn voorbij is; met een nieuwe termijn loopt het traject door (art. 24 en 25 Wi)."""

    nieuwe_termijn_tot: date | None = None


class Verlengd(Gegevens):
    """DUO heeft de termijn verlengd (art. 12 Wi)."""

    nieuwe_einddatum: date


class PlichtBeeindigd(Gegevens):
    grond: Literal[Eindegrond.OVERLIJDEN, Eindegrond.VERTREK, Eindegrond.INGETROKKEN]


class DossierAfgesloten(Gegevens):
    """Het dossier is nagekeken en dicht; de bewaartermijn loopt (art. 9.9 Bi)."""


class StapGeopend(Gegevens):
    """Wie de stap doet, volgens de afspraken van die dag (regel 5)."""

    generatie: Annotated[int, Field(ge=1)]
    partner: Code
    medewerker: Code
    afspraak: str = ""
    afsprakenversie: str = ""
    waarom: str = ""


class StapVerzet(Gegevens):
    """Het voornemen van een mens: een dag, en de uiterste datum waaraan die toen is getoetst (regel 13)."""

    dag: date
    getoetst_aan: date | None = None


class StapOvergeslagen(Gegevens):
    pass


class StapHeropend(Gegevens):
    pass


class StapToegewezen(Gegevens):
    partner: Code
    medewerker: Code


class ControleGevraagd(Gegevens):
    """Iets waarover een mens moet oordelen: een termijn in het verleden, een tweede antwoord."""

    nummer: Volgorde
    aanleiding: Literal["termijn_voorbij", "tweede_antwoord", "verzet_strijdig", "run_geannuleerd"]
    betreft: str = ""
    toelichting: str = ""
    antwoord: dict[str, str] = Field(default_factory=dict[str, str])


class ControleAfgehandeld(Gegevens):
    oordeelcode: Code


class Doorgehaald(Gegevens):
    """Een eerdere gebeurtenis geldt niet meer; zij blijft wel leesbaar (regel 11)."""

    gebeurtenis: UUID


@dataclass(frozen=True, slots=True)
class Soort:
    naam: str
    model: type[Gegevens]
    rang: int
    label: str


def _soorten(*rijen: tuple[str, type[Gegevens], int, str]) -> dict[str, Soort]:
    return {naam: Soort(naam, model, rang, label) for naam, model, rang, label in rijen}


SOORTEN: Final = _soorten(
    ("kennisgeving", Kennisgeving, 0, "Kennisgeving van DUO"),
    ("brp_ingeschreven", BrpIngeschreven, 1, "Ingeschreven in de BRP"),
    ("klantmanager_toegewezen", KlantmanagerToegewezen, 2, "Klantmanager toegewezen"),
    ("oproep_verzonden", OproepVerzonden, 10, "Oproep verzonden"),
    ("niet_verschenen", NietVerschenen, 11, "Niet verschenen op de intake"),
    ("intake_gehouden", IntakeGehouden, 12, "Brede intake gehouden"),
    ("intake_ambtshalve_afgerond", IntakeAmbtshalveAfgerond, 13, "Intake ambtshalve afgerond"),
    ("pip_vastgesteld", PipVastgesteld, 20, "PIP vastgesteld"),
    ("aanmelding_geweigerd", AanmeldingGeweigerd, 30, "Aanmelding geweigerd door de aanbieder"),
    ("aanmelding_geaccepteerd", AanmeldingGeaccepteerd, 31, "Aanmelding geaccepteerd door de aanbieder"),
    ("les_gestart", LesGestart, 32, "Lessen gestart"),
    ("gesprek_gevoerd", GesprekGevoerd, 40, "Voortgangsgesprek gevoerd"),
    ("gesprek_niet_verschenen", GesprekNietVerschenen, 41, "Niet verschenen op het voortgangsgesprek"),
    ("pvt_voltooid", PvtVoltooid, 42, "PVT voltooid"),
    ("map_voltooid", MapVoltooid, 43, "MAP voltooid"),
    ("duo_ingevoerd", DuoIngevoerd, 50, "Gemeld in het portaal van DUO"),
    ("duo_bevestigd", DuoBevestigd, 51, "Door DUO bevestigd"),
    ("verlengd", Verlengd, 60, "Termijn verlengd door DUO"),
    ("voldaan", Voldaan, 61, "Voldaan aan de inburgeringsplicht"),
    ("termijn_overschreden", TermijnOverschreden, 62, "Termijn overschreden"),
    ("plicht_beeindigd", PlichtBeeindigd, 63, "Inburgeringsplicht geëindigd"),
    ("dossier_afgesloten", DossierAfgesloten, 70, "Dossier afgesloten"),
    ("stap_geopend", StapGeopend, 80, "Stap geopend"),
    ("stap_verzet", StapVerzet, 81, "Stap verzet"),
    ("stap_overgeslagen", StapOvergeslagen, 82, "Stap overgeslagen"),
    # Dezelfde rang als overslaan: op één dag overslaan, heropenen en weer overslaan telt op volgorde.
    ("stap_heropend", StapHeropend, 82, "Stap heropend"),
    ("stap_toegewezen", StapToegewezen, 84, "Stap toegewezen"),
    ("controle_gevraagd", ControleGevraagd, 90, "Controle gevraagd"),
    ("controle_afgehandeld", ControleAfgehandeld, 91, "Controle afgehandeld"),
    ("doorgehaald", Doorgehaald, 99, "Gebeurtenis doorgehaald"),
)

NAAR_NAAM: Final = {soort.model: soort.naam for soort in SOORTEN.values()}

_NEDERLANDS: Final = {
    "missing": "dit veld is verplicht",
    "extra_forbidden": "dit veld hoort niet bij deze soort",
    "date_from_datetime_parsing": "schrijf een datum als 2026-03-31",
    "date_parsing": "schrijf een datum als 2026-03-31",
    "date_type": "schrijf een datum als 2026-03-31",
    "bool_parsing": "kies ja of nee (true of false)",
    "int_parsing": "schrijf een geheel getal",
    "string_pattern_mismatch": "gebruik alleen letters, cijfers, punt, streepje en schuine streep",
}


def _in_het_nederlands(fout: Any) -> str:
    soort, ruimte = fout["type"], fout.get("ctx", {})
    if soort in ("enum", "literal_error"):
        kaal = re.sub(r"<[^:>]+: ('[^']*')>", r"\1", str(ruimte.get("expected", "")))
        return f"kies een van: {kaal}".replace(" or ", " of ")
    if soort == "greater_than_equal":
        return f"moet {ruimte['ge']} of hoger zijn"
    if soort == "less_than_equal":
        return f"mag hoogstens {ruimte['le']} zijn"
    return _NEDERLANDS.get(soort, "deze waarde past hier niet")


def soort_van(naam: str) -> Soort:
    """Geef de soort bij haar naam; OngeldigeGegevens met de hele lijst als zij niet bestaat."""
    try:
        return SOORTEN[naam]
    except KeyError:
        raise OngeldigeGegevens(
            f"De soort '{naam[:40]}' bestaat niet.", f"Kies een van: {', '.join(SOORTEN)}."
        ) from None


def lees(naam: str, waarden: dict[str, Any]) -> Gegevens:
    """Maak de gegevens van een soort uit losse waarden; OngeldigeGegevens met per veld wat er mis is."""
    soort = soort_van(naam)
    try:
        return soort.model.model_validate(waarden)
    except ValidationError as fout:
        per_veld = {".".join(map(str, f["loc"])) or naam: _in_het_nederlands(f) for f in fout.errors()}
    regels = "; ".join(f"{veld}: {tekst}" for veld, tekst in per_veld.items())
    raise OngeldigeGegevens(f"De gegevens van '{naam}' kloppen niet. {regels}.", "Verbeter de velden.", per_veld)


def schrijf(gegevens: Gegevens) -> dict[str, Any]:
    """Geef de gegevens als waarden die in JSON passen; `lees` maakt er hetzelfde van."""
    return gegevens.model_dump(mode="json")
