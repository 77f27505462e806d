"""Wat er om de persoon heen gebeurt: verhuizen, pauze, huishouden, tolk."""

from datetime import date
from typing import Literal

from domein.begrippen import Pauzegrond
from domein.gebeurtenissen.basis import Gegevens
from domein.gebeurtenissen.velden import Code, Gemeentecode, Kenmerk, Taalcode, Volgorde


class Verhuisd(Gegevens):
    """De persoon is in een andere gemeente ingeschreven; `geldig_op` is de dag van inschrijving (art. 15 lid 4 Wi).

    `van` en `buiten_regio` vult de handeling in: de regels kennen de regio niet.
    """

    nummer: Volgorde
    naar: Gemeentecode
    van: Gemeentecode | None = None
    buiten_regio: bool = False


class DossierOpgevraagd(Gegevens):
    """De nieuwe gemeente vraagt PIP, voortgang en boetes op bij de vorige (art. 35 lid 4 Wi)."""

    nummer: Volgorde


class DossierGeleverd(Gegevens):
    """De vorige gemeente heeft op verzoek geleverd; daarna ziet zij het dossier niet meer."""

    nummer: Volgorde


class DossierOvergenomen(Gegevens):
    """De nieuwe gemeente heeft het geleverde dossier compleet ontvangen."""

    nummer: Volgorde


class Gepauzeerd(Gegevens):
    """Taken en herinneringen staan stil; een wettelijke termijn nooit."""

    nummer: Volgorde
    grond: Pauzegrond
    verwacht_tot: date | None = None


class PauzeVerlengd(Gegevens):
    nummer: Volgorde
    verwacht_tot: date


class Hervat(Gegevens):
    nummer: Volgorde


class VerlengingsgrondBesproken(Gegevens):
    """De inburgeraar is gewezen op verlenging wegens deze omstandigheid (art. 4.1 Ri)."""

    nummer: Volgorde
    vraagt_aan: bool


class VerlengingBekeken(Gegevens):
    """In het laatste half jaar is gekeken of verlenging nodig is (art. 12 Wi)."""

    nodig: bool


class HuishoudenGevormd(Gegevens):
    """Deze persoon hoort bij een huishouden: één klantmanager, gesprekken bij elkaar."""

    huishouden: Code


class PersoonGewijzigd(Gegevens):
    """Adres, kanaal, taal of vertegenwoordiger is gewijzigd: welke velden, nooit hun waarde."""

    velden: tuple[Code, ...]


class TolkNodig(Gegevens):
    taal: Taalcode


class TolkGeboekt(Gegevens):
    """Een tolk bij een gesprek; `gesprek` is het kenmerk van die stap."""

    gesprek: Kenmerk
    gesprek_op: date


class TolkAfgezegd(Gegevens):
    gesprek: Kenmerk
    redencode: Literal["gesprek-vervallen", "tolk-verhinderd", "anders"] = "gesprek-vervallen"


class PersoonGewist(Gegevens):
    """De persoonsgegevens zijn vernietigd; alleen het bewijs blijft (regel 12)."""
