"""Een antwoord over één run gaat over die run: de ronde doet de rest, heet goed, en het beheer hoort welke."""

import pytest

from domein.handelingen.bordpoort import RunGeweigerd, Toestand
from domein.handelingen.ronde_signalen import los_run_signalen_op
from domein.handelingen.ronde_weigering import OPNIEUW_ELKE, RUN_NIET_BIJ
from domein.model import Signaal
from domein.regels.ronde import Daad
from tests.integratie.ronde.conftest import Wereld


def signalen(wereld: Wereld) -> list[Signaal]:
    with wereld.omgeving.magazijn.ruimte() as ruimte:
        return list(ruimte.signalen(soort=RUN_NIET_BIJ))


def tot_zij_weer_aan_de_beurt_is(wereld: Wereld) -> None:
    for _ in range(OPNIEUW_ELKE):
        wereld.ronde()


@pytest.mark.parametrize("code", [404, 409, 422, 500])
def test_een_run_die_het_bord_weigert_houdt_de_andere_niet_tegen(wereld: Wereld, code: int) -> None:
    stap = wereld.stap()
    wereld.bord.weigert[stap.id] = code
    verslag = wereld.ronde()
    assert (verslag.bord_onbereikbaar, verslag.mislukt) == (False, 1)
    assert verslag.daden[Daad.MAAK] >= 1, "de andere runs zijn er"
    (signaal,) = signalen(wereld)
    assert signaal.stap_id == stap.id
    assert f"Prefect antwoordt {code}" in signaal.melding

    rustig = [wereld.ronde() for _ in range(3)]
    assert [v.mislukt for v in rustig] == [0, 0, 0], "elke ronde opnieuw vragen helpt niet"
    assert len(signalen(wereld)) == 1
    wereld.bord.weigert.clear()
    tot_zij_weer_aan_de_beurt_is(wereld)
    assert signalen(wereld) == []
    wereld.wachtend()
    wereld.maak_af()


def test_wie_de_run_opnieuw_zet_hoeft_niet_te_wachten(wereld: Wereld) -> None:
    stap = wereld.stap()
    wereld.bord.weigert[stap.id] = 422
    wereld.ronde()
    wereld.bord.weigert.clear()
    with wereld.omgeving.magazijn.ruimte() as ruimte:
        los_run_signalen_op(ruimte, wereld.omgeving, ruimte.stap(stap.id))
    assert wereld.ronde().daden[Daad.MAAK] == 1
    assert signalen(wereld) == []


def test_vijfhonderd_op_alles_is_een_bord_dat_het_niet_doet(wereld: Wereld) -> None:
    with wereld.omgeving.magazijn.ruimte() as ruimte:
        wereld.bord.weigert.update({s.id: 500 for s in ruimte.stappen(wereld.leven.dossier().id)})
    verslag = wereld.ronde()
    assert verslag.mislukt >= 2
    assert verslag.bord_onbereikbaar
    assert signalen(wereld) == [], "dit gaat niet over één run"
    wereld.bord.weigert.clear()
    assert not wereld.ronde().bord_onbereikbaar
    wereld.wachtend()


def test_weigert_het_bord_elke_run_om_haar_inhoud_dan_is_het_nog_bereikbaar(wereld: Wereld) -> None:
    with wereld.omgeving.magazijn.ruimte() as ruimte:
        wereld.bord.weigert.update({s.id: 422 for s in ruimte.stappen(wereld.leven.dossier().id)})
    verslag = wereld.ronde()
    assert not verslag.bord_onbereikbaar
    assert len(signalen(wereld)) == verslag.mislukt >= 2


def test_een_dubbele_run_die_niet_te_beeindigen_is_houdt_de_ronde_niet_tegen(wereld: Wereld) -> None:
    run = wereld.wachtend()
    tweede = wereld.bord.dubbele(run.run_id)
    wereld.bord.weigert[run.stap_id] = 409
    verslag = wereld.ronde()
    assert (verslag.wezen, verslag.mislukt, verslag.bord_onbereikbaar) == (0, 1, False)
    assert len(signalen(wereld)) == 1
    wereld.bord.weigert.clear()
    assert wereld.ronde().wezen == 1
    wereld.ronde()
    assert signalen(wereld) == []
    assert [r.toestand for r in wereld.bord.alle() if r.run_id == tweede] == [Toestand.GEANNULEERD]


def test_een_run_waar_de_ronde_zelf_over_struikelt_krijgt_ook_een_signaal(
    wereld: Wereld, monkeypatch: pytest.MonkeyPatch
) -> None:
    stap, echt = wereld.stap(), wereld.bord.maak

    async def struikelt(opdracht):
        if opdracht.stap_id == stap.id:
            raise ValueError("Jansen, 999990019")
        return await echt(opdracht)

    monkeypatch.setattr(wereld.bord, "maak", struikelt)
    verslag = wereld.ronde()
    assert (verslag.mislukt, verslag.bord_onbereikbaar) == (1, False)
    (signaal,) = signalen(wereld)
    assert "(ValueError)" in signaal.melding
    assert "Jansen" not in signaal.melding


def test_de_weigering_noemt_haar_status() -> None:
    assert (str(RunGeweigerd(422)), RunGeweigerd(422).van_de_server, RunGeweigerd(500).van_de_server) == (
        "422", False, True,
    )  # fmt: skip
