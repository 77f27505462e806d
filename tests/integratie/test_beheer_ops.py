"""De handelingen van ops via de opdrachtregel: voor één stap, in bulk, als proef, met een weigering, en ongedaan."""

from collections.abc import Iterable
from datetime import date
from typing import Any

import pytest

from domein.begrippen import Berichtstatus
from domein.handelingen.invarianten import controleer
from domein.regels.kalender import datum
from tests.integratie.beheer_hulp import Regie

WIE = ("--reden", "drukte in het team", "--door", "m-reg")
SCHOON = {"I1": [], "I2": [], "I3": [], "I4": [], "I7": [], "I8": []}
OPROEP = "intake/oproep/1"


def vergelijkbaar(verslag: dict[str, Any]) -> dict[str, Any]:
    """Wat een proef en haar uitvoering gelijk moeten hebben: alles behalve of zij is bewaard."""
    return {naam: waarde for naam, waarde in verslag.items() if naam not in ("proef", "bulk")}


def eerst_proef_dan_echt(regie: Regie, *woorden: str, code: int = 0) -> dict[str, Any]:
    """Doe een handeling op proef en dan echt; zij geven hetzelfde, en de proef verandert niets."""
    voor = regie.json("stap", "lijst")
    proef = regie.json(*woorden, "--proef", code=code)
    assert regie.json("stap", "lijst") == voor
    echt = regie.json(*woorden, code=code)
    assert vergelijkbaar(proef) == vergelijkbaar(echt)
    assert (proef["proef"], echt["proef"], proef["bulk"]) == (True, False, None)
    return echt


def post(regie: Regie) -> dict[str, list[str]]:
    """Per soort de ontvangers van wat er echt weg zou gaan."""
    uit: dict[str, list[str]] = {}
    with regie.magazijn.ruimte() as ruimte:
        for bericht in ruimte.berichten(statussen=[Berichtstatus.WACHTEND]):
            uit.setdefault(bericht.soort, []).append(bericht.ontvanger_code)
    return uit


def stel_gelijk(regie: Regie, kenmerk: str, refs: Iterable[str]) -> None:
    """Geef al deze stappen aan dezelfde medewerker en zet hun mail op aanvaard."""
    for ref in refs:
        if regie.stap(ref, kenmerk)["medewerker"] != "m-kos":
            regie("stap", "draag-over", f"{ref}:{kenmerk}", "--aan", "m-kos", *WIE)
    with regie.magazijn.ruimte() as ruimte:
        for bericht in ruimte.berichten(statussen=[Berichtstatus.WACHTEND]):
            bericht.status, bericht.aanvaard_op, bericht.pogingen = (
                Berichtstatus.AANVAARD, regie.omgeving.klok.nu(), 1,
            )  # fmt: skip
            ruimte.bewaar(bericht)


def test_veertig_stappen_verzetten_is_een_opdracht_met_een_mail(regie: Regie) -> None:
    regie.zet_klok("2026-03-09T08:00:00+00:00")
    refs = regie.vul(45)
    regie.open_stappen()
    oproepen = [ref for ref in refs if regie.stap(ref, OPROEP)["status"] == "open"]
    assert len(oproepen) >= 40
    stel_gelijk(regie, OPROEP, oproepen)
    voor = {ref: regie.stap(ref, OPROEP) for ref in oproepen}
    woorden = ("stap", "verzet", "--kenmerk", "intake/oproep", "--medewerker", "m-kos", "--naar", "2026-03-12", *WIE)
    verslag = eerst_proef_dan_echt(regie, *woorden)
    assert (verslag["gevonden"], verslag["geweigerd"]) == (len(oproepen), 0)
    assert [(m["soort"], m["ontvanger"], m["hoe"], len(m["stappen"])) for m in verslag["mails"]] == [
        ("taken_gewijzigd", "m-kos", "samen", len(oproepen))
    ]
    assert post(regie) == {"taken_gewijzigd": ["m-kos"]}
    for ref in oproepen:
        na = regie.stap(ref, OPROEP)
        assert (na["id"], na["kenmerk"]) == (voor[ref]["id"], OPROEP)
        assert na["streef"] == "2026-03-12" != voor[ref]["streef"]
    assert controleer(regie.omgeving) == SCHOON


def test_gesprekken_gaan_samen_in_een_mail_met_een_agendabestand(regie: Regie) -> None:
    refs, gesprek = regie.vul(3), "intake/gesprek/1"
    regie.open_stappen()
    for ref in refs:
        wie = regie.stap(ref, OPROEP)["medewerker"]
        regie(
            "stap", "uitkomst", f"{ref}:{OPROEP}", "--soort", "oproep_verzonden", "--datum", "2026-01-12",
            "--gegevens", '{"afspraak_op": "2026-01-26"}', "--door", wie,
        )  # fmt: skip
    regie.zet_klok("2026-01-26T08:00:00+00:00")
    regie.open_stappen()
    stel_gelijk(regie, gesprek, refs)
    verslag = eerst_proef_dan_echt(regie, "stap", "verzet", "--kenmerk", gesprek, "--naar", "2026-01-29", *WIE)
    assert [(m["soort"], m["ontvanger"], len(m["stappen"]), m["agenda"]) for m in verslag["mails"]] == [
        ("taken_gewijzigd", "m-kos", 3, True)
    ]
    with regie.magazijn.ruimte() as ruimte:
        (mail,) = ruimte.berichten(statussen=[Berichtstatus.WACHTEND])
    assert (mail.soort, mail.agenda_methode) == ("taken_gewijzigd", "PUBLISH")
    assert (mail.agenda or "").count("DTSTART;VALUE=DATE:20260129") == 3
    assert all(ref in mail.tekst for ref in refs)


def test_een_bulk_nog_eens_doet_niets_dubbel_en_onder_hetzelfde_nummer_niets_anders(regie: Regie) -> None:
    refs = regie.vul(3)
    regie.open_stappen()
    woorden = ("stap", "verzet", "--stap", "intake", "--status", "open", "--werkdagen", "3", *WIE, "--bulk", "B-WEEK3")
    eerst = regie.json(*woorden)
    dagen = [regie.stap(ref, OPROEP)["streef"] for ref in refs]
    nog_eens = regie.json(*woorden)
    assert (eerst["gedaan"], nog_eens["gedaan"], nog_eens["eerder_gedaan"]) == (3, 0, 3)
    assert [regie.stap(ref, OPROEP)["streef"] for ref in refs] == dagen
    regie("stap", "verzet", "--stap", "intake", "--werkdagen", "9", *WIE, "--bulk", "B-WEEK3", code=1)
    assert "eerder iets anders gevraagd" in regie.err
    (rij,) = regie.json("bulk", "lijst")
    assert (rij["bulk"], rij["gedaan"], rij["te_doen"], rij["door"]) == ("B-WEEK3", 3, 0, "m-reg")


def test_een_bulk_draait_in_een_keer_terug(regie: Regie) -> None:
    refs = regie.vul(3)
    regie.open_stappen()
    voor = [regie.stap(ref, OPROEP)["streef"] for ref in refs]
    bulk = regie.json("stap", "verzet", "--kenmerk", OPROEP, "--werkdagen", "4", *WIE)["bulk"]
    assert [regie.stap(ref, OPROEP)["streef"] for ref in refs] != voor
    eerst_proef = regie.json("bulk", "ongedaan", bulk, *WIE, "--proef")
    assert [regie.stap(ref, OPROEP)["streef"] for ref in refs] != voor
    terug = regie.json("bulk", "ongedaan", bulk, *WIE)
    assert vergelijkbaar(eerst_proef) == vergelijkbaar(terug)
    assert [regie.stap(ref, OPROEP)["streef"] for ref in refs] == voor
    assert regie.json("bulk", "ongedaan", bulk, *WIE)["eerder_gedaan"] == 3
    assert regie.json("bulk", "toon", bulk)["regels"][0]["uitslag"] == "gedaan"
    assert controleer(regie.omgeving) == SCHOON


def test_een_weigering_houdt_de_andere_niet_tegen(regie: Regie) -> None:
    refs = regie.vul(3)
    regie.open_stappen()
    goed, fout = [f"{ref}:{OPROEP}" for ref in refs], f"{refs[0]}:pip/vaststellen/1"
    verslag = eerst_proef_dan_echt(regie, "stap", "overslaan", fout, *goed, *WIE, code=1)
    per_stap = {(r["dossier"], r["stap"]): r for r in verslag["regels"]}
    assert per_stap[refs[0], "pip/vaststellen/1"]["code"] == "geen_bevoegdheid"
    assert "besluit" in per_stap[refs[0], "pip/vaststellen/1"]["waarom"]
    assert {regie.stap(ref, OPROEP)["status"] for ref in refs} == {"overgeslagen"}
    weer = eerst_proef_dan_echt(regie, "stap", "heropen", *goed, *WIE)
    assert (weer["gedaan"], weer["geweigerd"]) == (3, 0)
    assert {regie.stap(ref, OPROEP)["status"] for ref in refs} == {"gepland"}
    assert controleer(regie.omgeving) == SCHOON


def test_een_uiterste_dag_breekt_alleen_als_iemand_dat_aanvaardt(regie: Regie) -> None:
    ref = regie.vul(1)[0]
    wijzer = f"{ref}:pip/vaststellen/1"
    uiterst = regie.stap(ref, "pip/vaststellen/1")["uiterst"]
    te_laat = ("stap", "verzet", wijzer, "--naar", "2026-03-27", *WIE)
    regie(*te_laat, code=1)
    assert f"na de uiterste dag {datum(date.fromisoformat(uiterst))}" in regie.err
    proef = regie.json(*te_laat, "--proef", code=1)
    assert [(b["kenmerk"], b["uiterst"], b["dag"]) for b in proef["termijnbreuk"]] == [
        ("pip/vaststellen/1", uiterst, "2026-03-27")
    ]
    gedaan = regie.json(*te_laat, "--aanvaard-termijn", "de tolk kan niet eerder")
    assert gedaan["termijnbreuk"][0]["kenmerk"] == "pip/vaststellen/1"
    stap = regie.stap(ref, "pip/vaststellen/1")
    assert (stap["streef"], stap["uiterst"]) == ("2026-03-27", uiterst)  # de termijn zelf verschuift nooit
    assert "aanvaard" in stap["waarom"]
    vastgelegd = regie.json("dossier", "toon", ref)["gebeurtenissen"][-1]
    assert "de tolk kan niet eerder" in vastgelegd["reden"]
    regie("dossier", "doorhaal", ref, str(vastgelegd["volgnummer"]), *WIE)
    assert regie.stap(ref, "pip/vaststellen/1")["streef"] <= uiterst
    assert controleer(regie.omgeving) == SCHOON


def test_in_bulk_wordt_alleen_geweigerd_wat_een_termijn_breekt(regie: Regie) -> None:
    refs = regie.vul(3)
    per_dag = {ref: regie.stap(ref, "pip/vaststellen/1")["uiterst"] for ref in refs}
    grens = sorted(per_dag.values())[-1]
    woorden = ("stap", "verzet", "--kenmerk", "pip/vaststellen", "--naar", grens, *WIE)
    verslag = eerst_proef_dan_echt(regie, *woorden, code=1 if len(set(per_dag.values())) > 1 else 0)
    geweigerd = {r["dossier"] for r in verslag["regels"] if r["code"] == "termijn_gebroken"}
    assert geweigerd == {ref for ref, uiterst in per_dag.items() if uiterst < grens}
    assert {b["dossier"] for b in verslag["termijnbreuk"]} == geweigerd


def test_overdragen_met_een_filter_op_medewerker_en_periode(regie: Regie) -> None:
    refs = regie.vul(3)
    regie.open_stappen()
    stel_gelijk(regie, OPROEP, refs)
    eerste = min(regie.stap(ref, OPROEP)["streef"] for ref in refs)
    filter_ = ("--medewerker", "m-kos", "--tot", eerste)
    hoort = [ref for ref in refs if regie.stap(ref, OPROEP)["streef"] == eerste]
    verslag = eerst_proef_dan_echt(regie, "stap", "draag-over", *filter_, "--aan", "m-jdb", *WIE)
    assert sorted(r["dossier"] for r in verslag["regels"] if r["stap"] == OPROEP) == sorted(hoort)
    assert {regie.stap(ref, OPROEP)["medewerker"] for ref in hoort} == {"m-jdb"}
    ontvangers = {(m["ontvanger"], m["soort"]) for m in verslag["mails"]}
    assert {wie for wie, _ in ontvangers} == {"m-kos", "m-jdb"}
    assert {wie for soort in post(regie).values() for wie in soort} == {"m-kos", "m-jdb"}
    assert controleer(regie.omgeving) == SCHOON


def test_het_filter_op_partner_ziet_ook_wat_nog_niet_open_is(regie: Regie) -> None:
    regie.vul(3)
    verslag = regie.json(
        "stap", "verzet", "--partner", "avres", "--stap", "intake", "--naar", "2026-01-20", *WIE, "--proef"
    )
    assert verslag["gevonden"] == 3
    regie("stap", "verzet", "--partner", "bestaat-niet", "--werkdagen", "1", *WIE, code=1)
    assert "niets dat bij deze keuze past" in regie.err


def test_pauzeren_en_hervatten_in_bulk_stopt_taken_maar_geen_termijn(regie: Regie) -> None:
    refs = regie.vul(3)
    termijnen = {ref: regie.json("dossier", "toon", ref)["termijnen"] for ref in refs}
    woorden = ("--grond", "overig", "--verwacht-tot", "2026-02-16", *WIE)
    verslag = eerst_proef_dan_echt(regie, "dossier", "pauzeer", "--gemeente", "GM0512", *woorden)
    gepauzeerd = {r["dossier"] for r in verslag["regels"]}
    assert gepauzeerd == {rij["referentie"] for rij in regie.json("dossier", "lijst", "--gemeente", "GM0512")}
    assert all(len(r["gebeurtenissen"]) == 1 for r in verslag["regels"])
    assert {ref: regie.json("dossier", "toon", ref)["termijnen"] for ref in refs} == termijnen
    nog_eens = regie.json("dossier", "pauzeer", "--gemeente", "GM0512", *woorden, code=1)
    assert {r["code"] for r in nog_eens["regels"]} == {"ongeldige_gegevens"}
    regie.zet_klok("2026-01-19T08:00:00+00:00")
    hervat = eerst_proef_dan_echt(regie, "dossier", "hervat", *sorted(gepauzeerd), "--gemeente", "GM0512", *WIE)
    assert hervat["gedaan"] == len(gepauzeerd)
    assert controleer(regie.omgeving) == SCHOON


def test_toewijzen_in_bulk_is_een_gebeurtenis_per_dossier_met_een_mail_voor_de_nieuwe(regie: Regie) -> None:
    refs = regie.vul(3)
    regie.open_stappen()
    van = {
        ref: rij["klantmanager"] for ref in refs for rij in regie.json("dossier", "lijst") if rij["referentie"] == ref
    }
    stel_gelijk(regie, OPROEP, [])
    verslag = eerst_proef_dan_echt(regie, "dossier", "wijs-toe", *refs, "--aan", "m-kos", *WIE)
    assert all(len(r["gebeurtenissen"]) == 1 for r in verslag["regels"])
    assert {regie.stap(ref, OPROEP)["medewerker"] for ref in refs} == {"m-kos"}
    terug = regie.json("bulk", "ongedaan", verslag["bulk"], *WIE)
    assert (terug["gedaan"], terug["geweigerd"]) == (3, 0)
    assert {ref: regie.stap(ref, OPROEP)["medewerker"] for ref in refs} == van
    assert controleer(regie.omgeving) == SCHOON


def test_opnieuw_verandert_de_stap_niet_en_stuurt_geen_mail(regie: Regie) -> None:
    ref = regie.vul(1)[0]
    regie.open_stappen()
    voor, mails = regie.stap(ref, OPROEP), post(regie)
    gedaan = regie.json("stap", "opnieuw", f"{ref}:{OPROEP}", *WIE)
    assert (gedaan["bewegingen"], gedaan["mails"]) == ([], [])
    assert [g["soort"] for g in gedaan["gebeurtenissen"]] == ["stap_opnieuw"]
    assert (regie.stap(ref, OPROEP), post(regie)) == (voor, mails)
    with regie.magazijn.ruimte() as ruimte:
        (stap,) = ruimte.stappen_waar(kenmerk=OPROEP)
        assert stap.run_opnieuw_na == regie.omgeving.klok.nu()
    regie("stap", "overslaan", f"{ref}:{OPROEP}", *WIE)
    regie("stap", "opnieuw", f"{ref}:{OPROEP}", *WIE, code=1)
    assert "heropen" in regie.err


def test_herplannen_legt_alleen_een_verandering_vast(regie: Regie) -> None:
    refs = regie.vul(2)
    verslag = eerst_proef_dan_echt(regie, "dossier", "herplan", *refs, *WIE)
    assert [r["gebeurtenissen"] for r in verslag["regels"]] == [[], []]
    with regie.magazijn.ruimte() as ruimte:  # alsof een vorige versie van de software deze dag anders zette
        for stap in ruimte.stappen_waar(kenmerk=OPROEP):
            stap.streef = date(2026, 1, 30)
            ruimte.bewaar(stap)
    verslag = eerst_proef_dan_echt(regie, "dossier", "herplan", *refs, *WIE)
    assert [len(r["gebeurtenissen"]) for r in verslag["regels"]] == [1, 1]
    assert controleer(regie.omgeving) == SCHOON
    regie("dossier", "herplan", refs[0], "--door", "m-reg", code=2)
    assert "reden" in regie.err


@pytest.mark.parametrize(
    ("woorden", "code", "melding"),
    [
        pytest.param(("stap", "overslaan"), 1, "over alles gaan", id="zonder-keuze"),
        pytest.param(("stap", "verzet", "--stap", "intake"), 1, "--naar of --werkdagen", id="zonder-dag"),
        pytest.param(
            ("stap", "verzet", "--stap", "intake", "--naar", "2026-01-20", "--werkdagen", "1"),
            1,
            "een van beide",
            id="twee-dagen",
        ),
        pytest.param(("stap", "overslaan", "--status", "klaar"), 1, "kan niet bij een stap die klaar", id="status"),
        pytest.param(
            ("stap", "overslaan", "--van", "2026-02-01", "--tot", "2026-01-01"), 1, "ligt na", id="periode-andersom"
        ),
        pytest.param(("bulk", "ongedaan", "B-NIETS"), 1, "geen bulk", id="onbekende-bulk"),
    ],
)  # fmt: skip
def test_een_vraag_die_niet_klopt_zegt_wat_wel_kan(
    regie: Regie, woorden: tuple[str, ...], code: int, melding: str
) -> None:
    regie.vul(1)
    regie(*woorden, *WIE, code=code)
    assert melding in regie.err


def test_wie_niet_in_de_afspraken_staat_doet_niets(regie: Regie) -> None:
    regie.vul(1)
    for wie in ("bestaat-niet", "m-mer"):
        regie("stap", "overslaan", "--stap", "intake", "--reden", "zomaar", "--door", wie, code=1)
        assert wie in regie.err
    assert regie.json("bulk", "lijst") == []
