"""De bewaker hoort ook als er geen mail meer weggaat: het dagelijkse bericht aan het beheer ligt dan zelf stil."""

import asyncio
import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from adapters.bewaker import BESTAND, Bewaker, Waarneming
from adapters.dagbeheer import doe_dagbeheer
from adapters.hartslag import RONDE
from adapters.omgeving import instellingen
from adapters.postvanger import ontvangen
from domein.begrippen import Berichtstatus
from domein.regels.hartslag import Oordeel
from domein.regels.poststilstand import Poststoring
from tests.integratie.beheer_hulp import Regie, mailserver

MAANDAG = datetime(2026, 1, 12, 8, tzinfo=UTC)  # het begin van elke installatie in deze tests
WIE = ("--door", "m-reg", "--reden", "Er kwam dubbele mail.")


def kijk(regie: Regie, nu: datetime, *, ronde: bool = True) -> Waarneming:
    """Kijk zoals een bewaker die net is herstart."""
    with regie.magazijn.ruimte() as ruimte:
        ruimte.zet_hartslag(RONDE, "proef", nu - timedelta(minutes=1 if ronde else 60))
    return asyncio.run(Bewaker(instellingen(), nu - timedelta(days=9)).kijk(nu))


def test_een_pauze_van_drie_dagen_hoort_het_beheer_buiten_de_post_om(op_database: Regie, tmp_path: Path) -> None:
    regie = op_database
    regie.vul()
    with mailserver(tmp_path / "post") as poort:
        regie.instelling(smtp_port=poort, beheer_mail="beheer@regio.example")
        regie("post", "pauzeer", *WIE)
        assert kijk(regie, MAANDAG + timedelta(hours=23)).goed
        regie.zet_klok("2026-01-15T08:00:00+00:00")
        bericht = doe_dagbeheer(regie.omgeving, instellingen(), date(2026, 1, 15))
        assert bericht is not None
        assert "post staat stil" in bericht.tekst
        regie("post", "verstuur")
        assert ontvangen(tmp_path / "post") == []  # dit bericht wacht in de post die stilstaat

        na = MAANDAG + timedelta(days=3)
        alarm = kijk(regie, na)
        assert (alarm.post, alarm.storing, alarm.gemaild) == (Oordeel.ALARM, Poststoring.PAUZE, True)
        assert kijk(regie, na + timedelta(minutes=1)).post is Oordeel.GEMELD
        assert kijk(regie, na + timedelta(days=1)).post is Oordeel.ALARM
        regie("post", "hervat", *WIE)
        regie("post", "verstuur")
        weer = kijk(regie, na + timedelta(days=1, minutes=1))
        assert (weer.oordeel, weer.post, weer.goed) == (Oordeel.GOED, Oordeel.HERSTELD, True)
        assert not (regie.map / BESTAND).exists()
        brieven = [brief for brief in ontvangen(tmp_path / "post") if "mail van regie" in brief.onderwerp]
    assert [brief.onderwerp for brief in brieven] == [
        "Alarm: er gaat geen mail van regie weg",
        "Alarm: er gaat geen mail van regie weg",
        "De mail van regie gaat weer weg",
    ]
    assert {brief.ontvanger for brief in brieven} == {"beheer@regio.example"}
    assert "regie post hervat" in brieven[0].tekst
    assert "2026-01-12 08:00 UTC" in brieven[0].tekst


def test_mail_die_op_een_werkdag_twee_uur_blijft_liggen_is_een_alarm(op_database: Regie) -> None:
    regie = op_database
    regie.vul()
    regie.open_stappen()
    with regie.magazijn.ruimte() as ruimte:
        klaar = min(
            (b.volgende_poging or b.aangemaakt_op) for b in ruimte.berichten(statussen=[Berichtstatus.WACHTEND])
        )
    laat = klaar + timedelta(hours=2)
    assert laat.date() == date(2026, 1, 12)
    assert kijk(regie, laat - timedelta(minutes=1)).post is Oordeel.GOED
    gezien = kijk(regie, laat)
    assert (gezien.post, gezien.storing, gezien.post_sinds) == (Oordeel.ALARM, Poststoring.WACHT, klaar)


def test_mail_die_haar_dag_afwacht_blijft_niet_liggen(regie: Regie) -> None:
    regie.vul()
    regie.open_stappen()
    with regie.magazijn.ruimte() as ruimte:
        for bericht in ruimte.berichten(statussen=[Berichtstatus.WACHTEND]):
            bericht.volgende_poging = MAANDAG + timedelta(days=4)
            ruimte.bewaar(bericht)
    assert kijk(regie, MAANDAG + timedelta(days=4, hours=1)).post is Oordeel.GOED
    assert kijk(regie, MAANDAG + timedelta(days=4, hours=2)).post is Oordeel.ALARM


def test_staat_de_ronde_stil_dan_komt_daar_geen_tweede_alarm_over_de_post_bij(regie: Regie) -> None:
    regie.vul()
    regie.open_stappen()
    dinsdag = MAANDAG + timedelta(days=1)
    gezien = kijk(regie, dinsdag, ronde=False)
    assert (gezien.oordeel, gezien.post) == (Oordeel.ALARM, Oordeel.GOED)
    assert kijk(regie, dinsdag).post is Oordeel.ALARM
    # Wat over de post is gezegd, is niet voorbij als de ronde daarna stilvalt.
    assert kijk(regie, dinsdag + timedelta(minutes=1), ronde=False).post is Oordeel.GOED
    assert kijk(regie, dinsdag + timedelta(minutes=2)).post is Oordeel.GEMELD


def test_wat_een_oudere_bewaker_al_meldde_wordt_niet_nog_eens_gemeld(regie: Regie) -> None:
    regie.vul()
    (regie.map / BESTAND).write_text(json.dumps({"gemeld_op": MAANDAG.isoformat()}), encoding="ascii")
    assert kijk(regie, MAANDAG + timedelta(minutes=5), ronde=False).oordeel is Oordeel.GEMELD
    assert kijk(regie, MAANDAG + timedelta(minutes=6)).oordeel is Oordeel.HERSTELD


def test_de_opdracht_noemt_de_post_en_eindigt_dan_met_een(regie: Regie) -> None:
    regie.vul()
    from adapters.klok import EchteKlok

    with regie.magazijn.ruimte() as ruimte:
        ruimte.zet_hartslag(RONDE, "proef", EchteKlok().nu())
    assert regie.json("bewaak", "--eenmaal")["storing"] is None
    assert "De post gaat." in regie("bewaak", "--eenmaal")
    regie("post", "pauzeer", *WIE)  # de klok van de installatie staat in januari stil: dat is lang geleden
    gezien = regie.json("bewaak", "--eenmaal", code=1)
    assert (gezien["oordeel"], gezien["post"], gezien["storing"]) == ("goed", "alarm", "pauze")
    assert "DE POST GAAT NIET WEG" in regie("bewaak", "--eenmaal", code=1)
