"""Maatwerk: voor een persoon wijkt een mandaathouder af van de afspraken.

Het gaat voor op elke afspraak, maar nooit verder dan het mandaat (Awb art. 10:1 en verder); het
heeft altijd een reden, iemand die het goedkeurde en een einddatum.
"""

import re
from datetime import date
from decimal import Decimal
from typing import Final, Self

from pydantic import Field, model_validator

from domein.begrippen import Rol, Stapsoort
from domein.fouten import OngeldigeGegevens
from domein.regels.kalender import datum
from domein.regio.afspraken import COLLEGE, Samenwerkingsafspraak
from domein.regio.model import Regio
from domein.regio.onderdelen import Code, Onderdeel, Tekst, periode_klopt
from domein.regio.soorten import Gegevensgroep

_BEDRAG: Final = re.compile(r"[0-9]{1,7}([.,][0-9]{1,2})?")


class Maatwerk(Onderdeel):
    """De afwijking voor een persoon en een stap; beide dagen van de geldigheid tellen mee.

    `reden` is voor wie het dossier mag zien en noemt geen medische gegevens. `rol`, `betaler` en
    `inzage` zijn alleen nodig als de afspraken voor deze stap niemand noemen.
    """

    stap: Stapsoort
    partner: Code
    reden: Tekst
    goedgekeurd_door: Code
    goedgekeurd_op: date
    geldig_van: date
    geldig_tot: date
    rol: Rol | None = None
    bedrag: Decimal | None = Field(default=None, ge=0, decimal_places=2)
    betaler: Code | None = None
    inzage: tuple[Gegevensgroep, ...] = ()

    @model_validator(mode="after")
    def _volgorde(self) -> Self:
        periode_klopt(self.geldig_van, self.geldig_tot, "geldig_van/geldig_tot")
        return self


def bezwaar(
    regio: Regio, maatwerk: Maatwerk, gemeente: str, op: date, afspraak: Samenwerkingsafspraak | None = None
) -> str:
    """Geef waarom dit maatwerk op deze dag niet kan, of een lege tekst als het kan.

    `afspraak` is de afspraak waarvan het afwijkt, als die er is. Noemt het maatwerk geen bedrag,
    dan telt het tarief van de afspraak.
    """
    if not maatwerk.geldig_van <= op <= maatwerk.geldig_tot:
        return f"het maatwerk geldt van {datum(maatwerk.geldig_van)} tot en met {datum(maatwerk.geldig_tot)}"
    if regio.partner(maatwerk.partner) is None:
        return f"partner {maatwerk.partner} staat niet in de regio"
    if afspraak is None and maatwerk.rol is None:
        return "geen afspraak noemt hier een rol, en het maatwerk ook niet"
    if afspraak is not None and afspraak.bevoegd_orgaan != COLLEGE:
        return _buiten_eigen_orgaan(regio, maatwerk, afspraak.bevoegd_orgaan)
    return _boven_mandaat(regio, maatwerk, gemeente, afspraak)


def _is_mandaathouder(regio: Regio, code: str, op: date) -> bool:
    wie = regio.medewerker(code)
    return wie is not None and Rol.MANDAATHOUDER in wie.rollen and wie.in_dienst_op(op)


def _buiten_eigen_orgaan(regio: Regio, maatwerk: Maatwerk, orgaan: str) -> str:
    """Bij delegatie keurt iemand van het orgaan zelf het maatwerk goed (Awb art. 10:13)."""
    wie = regio.medewerker(maatwerk.goedgekeurd_door)
    mag = wie is not None and wie.partner == orgaan
    if mag and _is_mandaathouder(regio, maatwerk.goedgekeurd_door, maatwerk.goedgekeurd_op):
        return ""
    return f"{maatwerk.goedgekeurd_door} tekent niet voor {orgaan}"


def _boven_mandaat(regio: Regio, maatwerk: Maatwerk, gemeente: str, afspraak: Samenwerkingsafspraak | None) -> str:
    wie, dag = maatwerk.goedgekeurd_door, maatwerk.goedgekeurd_op
    mandaten = [
        mandaat
        for mandaat in regio.mandaten
        if mandaat.gemeente == gemeente
        and maatwerk.stap in mandaat.stappen
        and wie in mandaat.houders
        and mandaat.geldt_op(dag)
        and mandaat.gewoon  # wie alleen over bezwaar of maatregelen gaat, regelt niet wie de stap doet
    ]
    if not mandaten or not _is_mandaathouder(regio, wie, dag):
        return f"{wie} had op {datum(dag)} geen mandaat voor stap {maatwerk.stap} namens {regio.gemeentenaam(gemeente)}"
    tarief = afspraak.tarief.bedrag if afspraak and afspraak.tarief else None
    bedrag = maatwerk.bedrag if maatwerk.bedrag is not None else tarief
    if bedrag is None or any(m.plafond_euro is None or bedrag <= m.plafond_euro for m in mandaten):
        return ""
    hoogste = max(m.plafond_euro for m in mandaten if m.plafond_euro is not None)
    return f"het bedrag van € {bedrag} gaat boven het mandaat van {wie} (€ {hoogste})"


def lees_bedrag(ruw: str) -> Decimal:
    """Lees een bedrag zoals een mens het typt: 900 of 1250,50. OngeldigeGegevens bij 1.250: dat kan ook 1,25 zijn."""
    kaal = ruw.removeprefix("€").strip()
    if not _BEDRAG.fullmatch(kaal):
        fout = "Schrijf het bedrag zonder punt ertussen, zoals 1250 of 1250,50."
        raise OngeldigeGegevens(fout, "", {"bedrag": fout})
    return Decimal(kaal.replace(",", "."))
