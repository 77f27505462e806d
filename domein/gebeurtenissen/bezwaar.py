"""Bezwaar en beroep (Awb hoofdstukken 6, 7 en 8)."""

from typing import Literal

from domein.gebeurtenissen.basis import Gegevens
from domein.gebeurtenissen.velden import Code, Volgorde


class BezwaarIngediend(Gegevens):
    """Een bezwaarschrift; `geldig_op` is de dag van ontvangst. `tegen` zegt waartegen, `van` welk nummer dat heeft.

    Bij een weigering is dat het nummer van het besluit, bij een afwijzing op papier dat van het voorstel.
    """

    nummer: Volgorde
    tegen: Literal["pip", "maatregel", "weigering", "afwijzing"]
    van: Volgorde
    commissie: bool = False


class BezwaarVerschoonbaar(Gegevens):
    """Een mens oordeelt of te laat indienen is te verontschuldigen (Awb 6:11)."""

    nummer: Volgorde
    verschoonbaar: bool
    redencode: Code


class BezwaarZienswijze(Gegevens):
    """Een nadere reactie van wie bezwaar maakt, of van de gemeente."""

    nummer: Volgorde
    van: Literal["bezwaarmaker", "gemeente"]


class BezwaarGehoord(Gegevens):
    """De hoorzitting, of waarom er geen was (Awb 7:2 en 7:3)."""

    nummer: Volgorde
    wijze: Literal["gehoord", "niet_verschenen", "afgezien", "kennelijk"]


class BezwaarVerdaagd(Gegevens):
    """De beslissing is één keer uitgesteld (Awb 7:10 lid 3)."""

    nummer: Volgorde


class BezwaarBeslist(Gegevens):
    """De beslissing op bezwaar (Awb 7:11 en 7:12). `herroept`: het besluit waartegen het ging, geldt niet meer."""

    nummer: Volgorde
    uitkomst: Literal["gegrond", "deels_gegrond", "ongegrond", "niet_ontvankelijk"]
    herroept: bool = False
    mandaathouder: Code
    besluit: Volgorde | None = None


class BezwaarIngetrokken(Gegevens):
    """Wie bezwaar maakte, trekt het in (Awb 6:21)."""

    nummer: Volgorde


class BeroepIngesteld(Gegevens):
    """Beroep bij de rechtbank tegen een beslissing op bezwaar (Awb 8:1)."""

    nummer: Volgorde
    bezwaar: Volgorde


class BeroepBeslist(Gegevens):
    """De uitspraak van de rechtbank; `geldig_op` is de dag waarop zij is verzonden (Awb 8:79).

    `herroept`: het besluit waartegen het ging, geldt niet meer. `opnieuw`: alleen de beslissing op bezwaar is
    vernietigd, en het college beslist opnieuw op het bezwaar (Awb 8:72).
    """

    nummer: Volgorde
    uitkomst: Literal["gegrond", "ongegrond", "niet_ontvankelijk", "ingetrokken"]
    herroept: bool = False
    opnieuw: bool = False


class HogerBeroepIngesteld(Gegevens):
    """Hoger beroep bij de Afdeling bestuursrechtspraak van de Raad van State (Awb 8:104 en 8:105)."""

    nummer: Volgorde
    beroep: Volgorde
    door: Literal["inburgeraar", "college"]


class HogerBeroepBeslist(Gegevens):
    """De uitspraak in hoger beroep. Daarna is er geen rechter meer: het besluit staat vast, of geldt niet meer."""

    nummer: Volgorde
    uitkomst: Literal["gegrond", "ongegrond", "niet_ontvankelijk", "ingetrokken"]
    herroept: bool = False
    opnieuw: bool = False
