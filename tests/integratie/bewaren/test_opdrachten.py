"""`regie bewaren`, `regie verzoek` en `regie swi`: eindcodes, JSON en fouten die zeggen wat u kunt doen."""

import json
from pathlib import Path

import pytest

from tests.integratie.beheer_hulp import Regie


@pytest.fixture
def dicht(regie: Regie) -> str:
    """Een dossier dat in 2026 eindigde; het is nu een dag na de bewaartermijn."""
    (ref, *_) = regie.vul(1)
    wie = ("--door", "m-adm")
    regie("dossier", "meld", ref, "--soort", "plicht_beeindigd", "--datum", "2026-01-12",
          "--gegevens", '{"grond": "vertrek"}', *wie)  # fmt: skip
    regie.zet_klok("2026-01-13T08:00:00+00:00")
    regie.open_stappen()
    stap = regie.stap(ref, "einde/afsluiten/1")["id"]
    regie("stap", "uitkomst", stap, "--soort", "dossier_afgesloten", "--datum", "2026-01-13", "--door", "m-jdb")
    regie.zet_klok("2031-01-13T08:00:00+00:00")
    return ref


def test_van_lijst_tot_verklaring(regie: Regie, dicht: str) -> None:
    (rij,) = regie.json("bewaren", "lijst")
    assert (rij["referentie"], rij["staat"], rij["resultaat"]) == (dicht, "te_vernietigen", "afgebroken_vertrek")
    proef = regie.json("bewaren", "maak-lijst", "GM0512", "--door", "m-adm", "--proef")
    assert proef["lijst"]["dossiers"][0]["referentie"] == dicht
    assert regie.json("bewaren", "lijsten") == []
    nummer = regie.json("bewaren", "maak-lijst", "gm0512", "--door", "m-adm")["lijst"]["nummer"]
    regie("bewaren", "vernietig", nummer, "--door", "m-adm", code=1)
    assert "niet goedgekeurd" in regie.err
    regie("bewaren", "keur-goed", nummer, "--door", "m-wil", "--reden", "termijn voorbij")
    proef = regie.json("bewaren", "vernietig", nummer, "--door", "m-adm", "--proef")
    assert (proef["vernietigd"], proef["verklaring"]) == ([dicht], None)
    assert regie.json("dossier", "toon", dicht)["keten_klopt"]
    uit = regie("bewaren", "vernietig", nummer, "--door", "m-adm")
    assert f"Vernietigd: {dicht}." in uit
    assert "Prefect antwoordt niet" in regie.err  # in deze installatie draait er geen
    regie("dossier", "toon", dicht, code=1)
    assert "is gewist" in regie.err
    verklaring = regie.json("bewaren", "verklaring", nummer)
    assert (verklaring["klopt"], verklaring["goedgekeurd"]["door"]) == (True, "m-wil")
    register = (regie.map / "vernietigingsregister.jsonl").read_text(encoding="ascii").splitlines()
    assert set(json.loads(register[0])) == {"dossier", "sleutel", "op", "vorige"}
    opgeschoond = regie.json("bewaren", "schoon-op", code=1)
    assert opgeschoond == {"opnieuw_vernietigd": [], "database": True, "bord": False}
    assert regie.json("bewaren", "lijst", "--alleen", "vernietigd")[0]["referentie"] == dicht


def test_een_blokkade_en_een_lege_lijst(regie: Regie, dicht: str) -> None:
    wie = ("--door", "m-reg", "--reden", "zaak 12 loopt")
    geblokkeerd = regie.json("bewaren", "blokkeer", dicht, "--grond", "rechtszaak", *wie)
    assert geblokkeerd["gebeurtenissen"][0]["soort"] == "vernietiging_geblokkeerd"
    assert "geen dossier waarvan" in regie("bewaren", "maak-lijst", "GM0512", "--door", "m-adm")
    (rij,) = regie.json("bewaren", "lijst")
    assert rij["staat"] == "geblokkeerd"
    regie("bewaren", "hef-op", dicht, "--door", "m-reg", "--reden", "uitspraak")
    nummer = regie.json("bewaren", "maak-lijst", "GM0512", "--door", "m-adm")["lijst"]["nummer"]
    regie("bewaren", "keur-af", nummer, "--door", "m-wil", "--reden", "eerst overleg")
    assert nummer in regie("bewaren", "lijsten")


@pytest.mark.parametrize(
    ("woorden", "code", "zin"),
    [
        (("bewaren", "keur-goed", "VL-X", "--door", "m-wil", "--reden", "ja"), 1, "regie bewaren lijsten"),
        (("bewaren", "maak-lijst", "GM0363", "--door", "m-adm"), 1, "hoort niet bij deze regio"),
        (("bewaren", "maak-lijst", "GM0512", "--door", "m-mer"), 1, "Vraag iemand van GM0512 met een van deze rollen"),
        (("bewaren", "maak-lijst", "GM0512"), 2, "--door"),
        (("bewaren", "verklaring", "VL-X"), 1, "regie bewaren lijsten"),
        (("swi", "maak", "2031-K1"), 1, "loopt nog"),
        (("swi", "maak", "kwart"), 1, "2026-K1"),
        (("swi", "geleverd", "2030-K4", "--gemeente", "GM0512", "--door", "m-adm"), 1, "regie swi maak"),
        (("verzoek", "verleng", "D-XXXXX", "--door", "m-reg", "--reden", "x"), 1, "bestaat niet"),
    ],
)  # fmt: skip
def test_een_fout_zegt_wat_u_kunt_doen(regie: Regie, dicht: str, woorden: tuple[str, ...], code: int, zin: str) -> None:
    del dicht
    regie(*woorden, code=code)
    assert zin in regie.err
    assert "Traceback" not in regie.err


def test_een_verzoek_van_begin_tot_eind(regie: Regie) -> None:
    (ref, *_) = regie.vul(1)
    regie("verzoek", "ontvang", ref, "--recht", "inzage", "--datum", "2026-01-05", "--door", "m-reg")
    (rij,) = regie.json("verzoek", "lijst")
    assert (rij["nummer"], rij["uiterst"], rij["staat"]) == (1, "2026-02-05", "loopt")
    proef = regie.json("verzoek", "verleng", ref, "--door", "m-reg", "--reden", "veel archief", "--proef")
    assert proef["proef"]
    assert regie.json("verzoek", "lijst")[0]["verlengd_op"] is None
    regie("verzoek", "verleng", ref, "--door", "m-reg", "--reden", "veel archief")
    assert regie.json("verzoek", "lijst")[0]["uiterst"] == "2026-04-07"  # 5 april 2026 is Pasen
    kopie = regie.json("verzoek", "inzage", ref, "--door", "m-reg")
    assert kopie["referentie"] == ref
    assert kopie["persoon"]["bsn"]
    regie("verzoek", "handel-af", ref, "--uitkomst", "afgewezen", "--door", "m-reg", code=1)
    assert "--reden" in regie.err or "reden" in regie.err
    regie("verzoek", "handel-af", ref, "--uitkomst", "ingewilligd", "--door", "m-reg")
    assert "Er staat geen verzoek open." in regie("verzoek", "lijst")
    assert regie.json("verzoek", "lijst", "--alle")[0]["uitkomst"] == "ingewilligd"


def test_de_levering_van_een_kwartaal(regie: Regie, tmp_path: Path) -> None:
    regie.vul(3)
    regie.zet_klok("2026-04-03T08:00:00+00:00")
    proef = regie.json("swi", "maak", "2026-K1", "--proef")
    assert proef["geen_formaat_van_het_cbs"]
    assert not (regie.map / "swi").exists()
    gemaakt = regie.json("swi", "maak", "2026-K1", "--naar", str(tmp_path / "uit"))
    assert sum(g["rijen"] for g in gemaakt["gemeenten"]) == 3
    assert len(list((tmp_path / "uit").glob("swi-2026-K1-*.csv"))) == 3
    assert "niet het formaat van het CBS" in regie("swi", "maak", "2026-K1")
    regie("swi", "geleverd", "2026-K1", "--gemeente", "GM0512", "--door", "m-adm")
    regie("swi", "antwoord", "2026-K1", "aanvaard", "--gemeente", "GM0512", "--door", "m-adm")
    staten = {(r["gemeente"], r["versie"]): r["status"] for r in regie.json("swi", "lijst")}
    assert staten[("GM0512", 2)] == "aanvaard"
