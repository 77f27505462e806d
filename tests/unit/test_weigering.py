"""Een weigering op een pagina: de juiste status, en geen opdracht die iemand in het portaal niet heeft."""

import pytest

from domein.fouten import GeenBevoegdheid, OngeldigeGegevens, OvergangNietToegestaan, RedenNodig, RegieFout
from portaal.weigering import weigering, zonder_opdracht


@pytest.mark.parametrize(
    ("fout", "status"),
    [
        (GeenBevoegdheid("Buiten het mandaat."), 403),
        (OngeldigeGegevens("Fout.", "", {"datum": "te laat"}), 422),
        (RedenNodig("Waarom?"), 422),
        (OvergangNietToegestaan("Te laat."), 409),
    ],
)
def test_de_status_zegt_wat_er_is(fout: RegieFout, status: int) -> None:
    uit = weigering(fout)
    assert (uit.status, uit.melding) == (status, fout.melding)


@pytest.mark.parametrize(
    ("uitweg", "verwacht"),
    [
        ("Kijk met 'regie besluit lijst'.", ""),
        ("Doe dit eerst. Schrijf haar met 'regie besluit tekst --bestand'.", "Doe dit eerst."),
        ("Geef haar met --reden.", ""),
        ("Laat een andere mandaathouder tekenen.", "Laat een andere mandaathouder tekenen."),
        ("De regie besluit dit niet.", "De regie besluit dit niet."),
    ],
)
def test_een_opdracht_staat_niet_op_een_pagina(uitweg: str, verwacht: str) -> None:
    assert zonder_opdracht(uitweg) == verwacht
