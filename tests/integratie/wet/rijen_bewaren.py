"""Na rij 24 en bij rij 27: bewaren en vernietigen, inzage, en de levering aan het CBS."""

from datetime import timedelta

from domein.begrippen import Rol
from domein.handelingen.bewaren import kandidaat
from domein.handelingen.kern import kader
from domein.regels.swi import kwartaal_van, lees_kwartaal
from tests.integratie.wet.wetleven import GEHAALD, LOOPT, OVERSCHREDEN, VERLENGD, Wetleven, dag


def rij_24_bewaren(leven: Wetleven) -> None:
    """Vijf jaar na het einde van de plicht gaan de gegevens weg; geen dag eerder (9.9 Bi)."""
    leven.begin().met_pip()
    leven.feit("voldaan", "2028-06-21")
    leven.uitkomst("einde/afsluiten/1", "dossier_afgesloten", "2028-06-23")
    for kenmerk in ("duo/pip-vastgesteld/1", "duo/leerroute/1", "duo/geen-aanbod/1"):
        if kenmerk in leven.te_doen:
            leven.uitkomst(kenmerk, "duo_ingevoerd", "2028-06-23", referentie="PI-1")
    for op, mag in (("2033-06-21", False), ("2033-06-22", True)):
        leven.op(dag(op))
        with leven.omgeving.magazijn.ruimte() as ruimte:
            gevonden = kandidaat(ruimte, ruimte.dossier(leven.dossier_id), dag(op))
        assert gevonden is not None
        assert gevonden.mag_op(dag(op)) is mag, op
        assert gevonden.oordeel.resultaat.code == "verwerkt_voldaan"
        assert "artikel 9.9 Besluit" in gevonden.oordeel.grond


def rij_24_inzage(leven: Wetleven) -> None:
    """Een verzoek om inzage: een maand, met twee maanden verlenging, ook na het einde (12 lid 3 en 15 AVG)."""
    leven.begin().met_pip()
    leven.feit("voldaan", "2028-06-21")
    leven.feit("verzoek_ontvangen", "2028-07-03", recht="inzage")
    leven.eis("registratie/verzoek/1/1", "2028-07-03", "2028-07-17", "2028-08-03", Rol.KLANTMANAGER,
              "15 Algemene verordening", "vroeg op 3 juli 2028 om inzage")  # fmt: skip
    leven.eis_termijn("avg-verzoek", "2028-07-03", "2028-08-03", "2028-08-03", "artikel 12 lid 3 Algemene verordening",
                      {"2028-08-03": LOOPT, "2028-08-04": OVERSCHREDEN})  # fmt: skip
    leven.feit("verzoek_verlengd", "2028-08-03", reden="drie archieven")
    leven.eis_termijn("avg-verzoek-verlengd", "2028-07-03", "2028-10-03", "2028-10-03",
                      "artikel 12 lid 3 Algemene verordening", {"2028-10-03": VERLENGD})  # fmt: skip
    leven.feit("verzoek_afgehandeld", "2028-09-01", uitkomst="ingewilligd")
    leven.eis_termijn("avg-verzoek-verlengd", "2028-07-03", "2028-10-03", "2028-10-03",
                      "artikel 12 lid 3 Algemene verordening", {"2028-09-01": GEHAALD})  # fmt: skip


def rij_27_levering(_leven: Wetleven) -> None:
    """Elk kwartaal heeft een levering met vier weken de tijd (39 Wi, 9.1 Ri)."""
    for kwartaal, einde in (("2026-K1", "2026-04-28"), ("2026-K4", "2027-01-28"), ("2027-K2", "2027-07-28")):
        gelezen = lees_kwartaal(kwartaal)
        assert gelezen.termijn(kader()).einde == dag(einde)
        assert kwartaal_van(gelezen.laatste + timedelta(days=1)) == gelezen.volgende
