"""Handelingen van ops en het echte Prefect: runs gaan mee met hun stap, en een handeling is ook een knop."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from prefect.client.schemas.objects import StateType
from prefect.states import Cancelled

from domein.begrippen import Stapsoort, Stapstatus
from domein.gebeurtenissen.basis import Actor
from domein.handelingen.bordpoort import Toestand
from domein.handelingen.bulk import haal_bulk_door, voer_uit
from domein.handelingen.opsvormen import Opdracht, Uitslag
from domein.handelingen.stapbeheer import verzet, zet_opnieuw
from domein.regels.bulkkeuze import Bulkkeuze, Handeling
from tests.keten.conftest import Keten
from tests.keten.knoppen import druk, tabel

OPROEP, PIP = "intake/oproep/1", "pip/vaststellen/1"
COORDINATOR = Actor("m-reg")


def referentie(keten: Keten) -> str:
    with keten.omgeving.magazijn.ruimte() as ruimte:
        return ruimte.dossier(keten.dossier_id).referentie


async def test_een_verzette_stap_houdt_haar_run_en_die_gaat_mee(keten: Keten) -> None:
    verzet(keten.omgeving, keten.stap(PIP).id, date(2026, 2, 5), COORDINATOR, "eerder")  # zo begint zij in de horizon
    voor = await keten.tot_run(PIP, Toestand.GEPLAND)
    stap, gepland = keten.stap(PIP), await _gepland_op(keten)
    keuze = Bulkkeuze(gemeente=stap.gemeente, stap=Stapsoort.PIP, statussen=(Stapstatus.GEPLAND,))
    opdracht = Opdracht(Handeling.VERZETTEN, "drukte", werkdagen=2)
    verslag = voer_uit(keten.omgeving, keuze, opdracht, COORDINATOR, "B-KETEN")
    assert [regel.uitslag for regel in verslag.regels] == [Uitslag.GEDAAN]
    verschoven = keten.stap(PIP).start - stap.start
    assert verschoven > timedelta()
    await keten.ronde()
    assert (keten.stap(PIP).run_id, keten.stap(PIP).id) == (voor.run_id, stap.id)
    assert await _gepland_op(keten) - gepland == verschoven
    haal_bulk_door(keten.omgeving, "B-KETEN", COORDINATOR, "toch niet")
    await keten.ronde()
    assert (keten.stap(PIP).run_id, await _gepland_op(keten)) == (voor.run_id, gepland)


async def _gepland_op(keten: Keten) -> date:
    run = await keten.in_prefect(PIP)
    assert run.next_scheduled_start_time is not None
    return run.next_scheduled_start_time.date()


async def test_een_met_de_hand_gestopte_run_gaat_na_opnieuw_als_dezelfde_run_verder(keten: Keten) -> None:
    run = await keten.tot_run(OPROEP, Toestand.WACHT)
    mails = _mails(keten)
    await keten.client.set_flow_run_state(run.run_id, Cancelled(message="met de hand"), force=True)
    await keten.tot_run(OPROEP, Toestand.GEANNULEERD)
    await keten.ronde()
    zet_opnieuw(keten.omgeving, keten.stap(OPROEP).id, COORDINATOR, "het was een vergissing")
    weer = await keten.tot_run(OPROEP, Toestand.WACHT)
    assert weer.run_id == run.run_id
    assert keten.stap(OPROEP).status is Stapstatus.OPEN
    assert _mails(keten) == mails, "opnieuw stuurt nooit opnieuw mail"
    assert keten.stap(OPROEP).run_opnieuw_na is None


async def test_een_handeling_in_bulk_als_deployment_eerst_op_proef_dan_echt(keten: Keten) -> None:
    run = await keten.tot_run(OPROEP, Toestand.WACHT)
    stap, naar = keten.stap(OPROEP), date(2026, 1, 20)
    vraag: dict[str, Any] = {
        "keuze": {"gemeente": stap.gemeente, "thema": "intake", "status": "open"},
        "wie": {"medewerkercode": "m-reg", "reden": "drukte"},
        "naar": naar.isoformat(),
    }
    proef = await druk(keten, "stap-verzetten/stap-verzetten", vraag)
    assert proef.state_type is StateType.COMPLETED
    assert keten.stap(OPROEP).streef == stap.streef
    assert await tabel(keten, proef) == [(referentie(keten), OPROEP, "gedaan")]

    echt = await druk(keten, "stap-verzetten/stap-verzetten", {**vraag, "alleen_bekijken": False})
    assert echt.state_type is StateType.COMPLETED
    assert (keten.stap(OPROEP).streef, keten.stap(OPROEP).run_id) == (naar, run.run_id)
    with keten.omgeving.magazijn.ruimte() as ruimte:
        (bulk,) = ruimte.bulken()
        laatste = ruimte.gebeurtenissen(keten.dossier_id)[-1]
    assert bulk.id == f"P-{echt.id.hex}"
    assert (laatste.soort, laatste.actor.code, laatste.reden) == ("stap_verzet", "m-reg", "drukte in het team")

    te_laat = {**vraag, "naar": "2026-12-01", "alleen_bekijken": False}
    geweigerd = await druk(keten, "stap-verzetten/stap-verzetten", te_laat)
    assert geweigerd.state_type is StateType.FAILED
    assert keten.stap(OPROEP).streef == naar


def _mails(keten: Keten) -> list[UUID]:
    stap_id = keten.stap(OPROEP).id
    with keten.omgeving.magazijn.ruimte() as ruimte:
        return [bericht.id for bericht in ruimte.berichten(stap_id=stap_id)]
