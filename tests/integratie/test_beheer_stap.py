"""`regie stap` en `regie post`: een hele taak, van open tot verstuurd en beantwoord."""

from collections import Counter
from pathlib import Path

import pytest

from adapters.postvanger import ontvangen
from domein.handelingen.invarianten import controleer, dubbel_ontvangen
from domein.handelingen.lekken import zoek_lekken
from tests.integratie.beheer_hulp import Regie, mailserver

OPROEP = ("--soort", "oproep_verzonden", "--datum", "2026-01-12")
AFSPRAAK = ("--gegevens", '{"afspraak_op": "2026-01-26"}')


def test_de_lijst_filtert_op_alles_wat_de_hulp_noemt(regie: Regie) -> None:
    ref, _, _ = regie.vul()
    regie.open_stappen()
    open_ = regie.json("stap", "lijst", "--status", "open")
    # Drie oproepen, en de maatschappelijke begeleiding van de twee asielstatushouders.
    assert Counter(rij["stap"] for rij in open_) == {"intake": 3, "begeleiding": 2}
    mijn = regie.stap(ref, "intake/oproep/1")
    assert mijn["status"] == "open"
    for filter_, veld in (("--gemeente", "gemeente"), ("--partner", "partner"), ("--medewerker", "medewerker")):
        rijen = regie.json("stap", "lijst", "--status", "open", filter_, mijn[veld])
        assert mijn in rijen
        assert {rij[veld] for rij in rijen} == {mijn[veld]}
    assert {rij["stap"] for rij in regie.json("stap", "lijst", "--stap", "pip")} == {"pip"}
    twee = regie.json("stap", "lijst", "--status", "open", "--status", "gepland")
    assert {rij["status"] for rij in twee} == {"open", "gepland"}


def test_een_uitkomst_wekt_de_ronde_en_een_tweede_antwoord_gaat_niet_verloren(regie: Regie) -> None:
    ref = regie.vul(1)[0]
    regie.open_stappen()
    (regie.map / "wek").unlink()
    wie = ("--door", regie.stap(ref, "intake/oproep/1")["medewerker"])
    antwoord = regie.json("stap", "uitkomst", f"{ref}:intake/oproep/1", *OPROEP, *AFSPRAAK, *wie)
    assert antwoord["gebeurtenissen"][0]["stap"] == "intake/oproep/1"
    assert (regie.map / "wek").exists()
    stap = regie.stap(ref, "intake/oproep/1")
    assert (stap["status"], stap["uitkomst"]) == ("klaar", "oproep_verzonden")
    anders = ("--gegevens", '{"afspraak_op": "2026-01-27"}')
    regie("stap", "uitkomst", stap["id"], *OPROEP, *anders, *wie, code=1)
    assert "een coordinator beoordeelt het" in regie.err
    assert regie.stap(ref, "registratie/controle/1")["status"] == "gepland"


@pytest.mark.parametrize(
    ("woorden", "melding"),
    [
        pytest.param(("D-22222:intake/oproep/1", *OPROEP), "bestaat niet", id="dossier"),
        pytest.param(("{ref}:intake/oproep/9", *OPROEP), "Er is geen stap", id="stap"),
        pytest.param(("onzin", *OPROEP), "Er is geen stap", id="wijzer"),
        pytest.param(
            ("{ref}:intake/oproep/1", "--soort", "voldaan", "--datum", "2026-01-12"),
            "Kies een van: oproep_verzonden",
            id="soort",
        ),
        pytest.param(("{ref}:intake/oproep/1", *OPROEP), "afspraak_op: dit veld is verplicht", id="veld"),
    ],
)
def test_een_uitkomst_die_niet_kan_zegt_wat_wel(regie: Regie, woorden: tuple[str, ...], melding: str) -> None:
    ref = regie.vul(1)[0]
    stap, *rest = woorden
    regie("stap", "uitkomst", stap.format(ref=ref), *rest, "--door", "m-jdb", code=1)
    assert melding in regie.err


def test_besluiten_over_een_stap_eerst_op_proef_dan_echt(regie: Regie) -> None:
    ref = regie.vul(1)[0]
    regie.open_stappen()
    wijzer, waarom = f"{ref}:intake/oproep/1", ("--reden", "ziek", "--door", "m-reg")
    voor = regie.stap(ref, "intake/oproep/1")

    regie("stap", "verzet", wijzer, "--naar", "2026-01-20", *waarom, "--proef")
    assert regie.stap(ref, "intake/oproep/1") == voor
    regie("stap", "verzet", wijzer, "--naar", "2026-01-20", *waarom)
    assert regie.stap(ref, "intake/oproep/1")["streef"] == "2026-01-20"

    collegas = {"m-kos", "m-tha", "m-jdb"} - {voor["medewerker"]}
    nieuw = min(collegas)
    regie("stap", "draag-over", wijzer, "--aan", nieuw, *waarom, "--proef")
    assert regie.stap(ref, "intake/oproep/1")["medewerker"] == voor["medewerker"]
    regie("stap", "draag-over", wijzer, "--aan", nieuw, *waarom)
    assert regie.stap(ref, "intake/oproep/1")["medewerker"] == nieuw

    regie("stap", "overslaan", wijzer, *waarom)
    assert regie.stap(ref, "intake/oproep/1")["status"] == "overgeslagen"
    regie("stap", "heropen", wijzer, *waarom)
    heropend = regie.stap(ref, "intake/oproep/1")
    assert (heropend["status"], heropend["generatie"] > voor["generatie"]) == ("gepland", True)
    assert controleer(regie.omgeving) == {"I1": [], "I2": [], "I3": [], "I4": [], "I7": [], "I8": []}


def test_een_besluit_zonder_reden_is_verkeerd_gebruik(regie: Regie) -> None:
    ref = regie.vul(1)[0]
    regie("stap", "overslaan", f"{ref}:intake/oproep/1", "--door", "m-reg", code=2)
    assert "--reden" in regie.err


def test_wachtende_post_gaat_precies_een_keer_weg_zonder_persoonsgegevens(regie: Regie, tmp_path: Path) -> None:
    regie.vul()
    regie.open_stappen()
    assert {b["status"] for b in regie.json("post", "lijst")} == {"wachtend"}
    with mailserver(tmp_path / "post") as poort:
        regie.instelling(smtp_port=poort)
        assert regie.json("post", "verstuur")["berichten"]["aanvaard"] == 5
        assert regie.json("post", "verstuur")["geclaimd"] == 0
    weg = regie.json("post", "lijst", "--status", "aanvaard")
    mails = ontvangen(tmp_path / "post")
    assert {b["message_id"] for b in weg} == {mail.message_id for mail in mails}
    assert "adres" not in weg[0]
    assert dubbel_ontvangen(regie.omgeving, [(m.message_id, m.ruw) for m in mails]) == []
    assert zoek_lekken(regie.omgeving, [(m.message_id, f"{m.onderwerp}\n{m.tekst}") for m in mails]) == []


def test_zonder_mailserver_blijft_de_post_bewaard(regie: Regie) -> None:
    regie.vul(1)
    regie.open_stappen()
    assert regie.json("post", "verstuur")["berichten"]["uitgesteld"] == 2
    assert regie.json("post", "verstuur")["geclaimd"] == 0  # pas na de wachttijd opnieuw
