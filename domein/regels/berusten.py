"""Wat op een gebeurtenis berust: daarom kan zij niet zomaar worden doorgehaald (regel 11)."""

from collections.abc import Sequence
from typing import Final

from domein.gebeurtenissen import soorten as s
from domein.gebeurtenissen.basis import Gebeurtenis
from domein.stand import STAPHANDELINGEN, geldende

# soort -> de soorten die erop kunnen berusten; nummers en meldingen moeten dan overeenkomen.
BERUST_OP: Final[dict[str, frozenset[str]]] = {
    "kennisgeving": frozenset({"oproep_verzonden", "intake_gehouden", "pip_vastgesteld"}),
    "oproep_verzonden": frozenset({"niet_verschenen", "intake_gehouden"}),
    "niet_verschenen": frozenset({"oproep_verzonden", "intake_ambtshalve_afgerond"}),
    "intake_gehouden": frozenset({"pip_vastgesteld"}),
    "intake_ambtshalve_afgerond": frozenset({"pip_vastgesteld"}),
    # Niet duo_ingevoerd: een melding over een doorgehaald PIP wordt bij DUO hersteld (duo/herstel).
    "pip_vastgesteld": frozenset(
        {
            "aanmelding_geaccepteerd", "aanmelding_geweigerd", "les_gestart", "gesprek_gevoerd",
            "gesprek_niet_verschenen", "participatie_gemist", "pvt_voltooid", "map_voltooid", "verlengd", "voldaan",
            "termijn_overschreden",
        }
    ),
    "aanmelding_geweigerd": frozenset({"aanmelding_geaccepteerd", "aanmelding_geweigerd"}),
    "aanmelding_geaccepteerd": frozenset({"les_gestart"}),
    "duo_ingevoerd": frozenset({"duo_bevestigd"}),
    "voldaan": frozenset({"dossier_afgesloten"}),
    "termijn_overschreden": frozenset({"dossier_afgesloten"}),
    "plicht_beeindigd": frozenset({"dossier_afgesloten"}),
    "controle_gevraagd": frozenset({"controle_afgehandeld"}),
    "koppeling": frozenset({"azc_verhuisd", "warme_overdracht"}),
    "derde_gevraagd": frozenset({"derde_ontvangen"}),
    "pip_voorstel": frozenset(
        {
            "voorstel_afgewezen", "pip_vastgesteld", "voorstel_verdaagd", "beslistermijn_opgeschort",
            "in_gebreke_gesteld",
        }
    ),
    "aanmelding_op_wachtlijst": frozenset({"aanmelding_geaccepteerd", "aanmelding_geweigerd"}),
    "les_gestart": frozenset({"uren_gemeld", "les_beeindigd"}),
    "voortgang_opgevraagd": frozenset({"uren_gemeld"}),
    "uren_gemeld": frozenset({"z_eindgesprek_gevoerd"}),
    "begeleiding_gestart": frozenset({"begeleiding_afgerond"}),
    "bijstand_toegekend": frozenset({"ontzorgen_ingericht", "ontzorgen_geeindigd", "bijstand_beeindigd"}),
    "verhuisd": frozenset(
        {"dossier_opgevraagd", "dossier_geleverd", "dossier_overgenomen", "pip_vastgesteld", "dossier_afgesloten"}
    ),
    "duo_aanvraag": frozenset({"verlengd", "vrijgesteld", "ontheven", "aanvraag_afgewezen", "advies_gegeven"}),
    "verblijf_onderbroken": frozenset({"verblijf_hervat"}),
    "examen_gedaan": frozenset({"examen_uitslag"}),
    "gepauzeerd": frozenset({"pauze_verlengd", "hervat"}),
    "overdracht_aangeboden": frozenset({"overdracht_aanvaard", "overdracht_geweigerd"}),
    "maatwerk_vastgesteld": frozenset({"maatwerk_beeindigd"}),
    "tolk_geboekt": frozenset({"tolk_afgezegd"}),
    "vrijgesteld": frozenset({"dossier_afgesloten"}),
    "ontheven": frozenset({"dossier_afgesloten"}),
    "kennisgeving_ingetrokken": frozenset({"persoon_gewist"}),
    "verzoek_ontvangen": frozenset({"verzoek_verlengd", "verzoek_afgehandeld", "in_gebreke_gesteld"}),
    "vernietiging_geblokkeerd": frozenset({"blokkade_opgeheven"}),
    "besluit_concept": frozenset(
        {"besluit_grond", "besluit_advies", "besluit_tekst", "besluit_ondertekend", "besluit_ingetrokken"}
    ),
    **dict.fromkeys(("besluit_grond", "besluit_advies", "besluit_tekst"), frozenset({"besluit_ondertekend"})),
    "besluit_ondertekend": frozenset(
        {
            "besluit_bekendgemaakt", "pip_vastgesteld", "voorstel_afgewezen", "maatregel_besloten", "bezwaar_beslist",
        }
    ),
    "besluit_bekendgemaakt": frozenset({"besluit_retour"}),
    "bezwaar_ingediend": frozenset(
        {
            "bezwaar_verschoonbaar", "bezwaar_zienswijze", "bezwaar_gehoord", "bezwaar_verdaagd", "bezwaar_beslist",
            "bezwaar_ingetrokken", "beslistermijn_opgeschort", "in_gebreke_gesteld",
        }
    ),
    "bezwaar_beslist": frozenset({"beroep_ingesteld"}),
    "beroep_ingesteld": frozenset({"beroep_beslist", "hoger_beroep_ingesteld"}),
    "beroep_beslist": frozenset({"hoger_beroep_ingesteld"}),
    "hoger_beroep_ingesteld": frozenset({"hoger_beroep_beslist"}),
    "beslistermijn_opgeschort": frozenset({"beslistermijn_hervat"}),
    "in_gebreke_gesteld": frozenset({"dwangsom_vastgesteld"}),
    "maatregel_overwogen": frozenset(
        {
            "maatregel_gewaarschuwd", "keren_getoetst", "maatregel_voornemen", "maatregel_zienswijze",
            "maatregel_besloten", "maatregel_gestaakt",
        }
    ),
    "maatregel_voornemen": frozenset({"maatregel_zienswijze", "maatregel_besloten"}),
}  # fmt: skip


# Waarover een opschorting of ingebrekestelling gaat.
_WAAROVER: Final = {"bezwaar_ingediend": "bezwaar", "pip_voorstel": "voorstel", "verzoek_ontvangen": "verzoek"}


def _past(f: Gebeurtenis, later: Gebeurtenis) -> bool:
    """Zeg of `later` over hetzelfde gaat als `f`."""
    match f.gegevens, later.gegevens:
        case s.OproepVerzonden(nummer=n), s.NietVerschenen(nummer=m):
            return n == m
        case s.NietVerschenen(nummer=n), s.OproepVerzonden(nummer=m):
            return m == n + 1
        case s.AanmeldingGeweigerd(nummer=n), s.AanmeldingGeaccepteerd(nummer=m) | s.AanmeldingGeweigerd(nummer=m):
            return m == n + 1
        case s.DuoIngevoerd(melding=a), s.DuoBevestigd(melding=b):
            return a == b
        case s.Verhuisd(buiten_regio=buiten), s.DossierAfgesloten():
            return buiten
        case s.ControleGevraagd(nummer=n), s.ControleAfgehandeld():
            return later.stap == f"registratie/controle/{n}"
        case _, s.BeslistermijnOpgeschort(over=over, van=n) | s.InGebrekeGesteld(over=over, van=n):
            return (over, n) == (_WAAROVER.get(f.soort), getattr(f.gegevens, "nummer", None))
        case _:
            return _past_op_nummer(f, later)


def _past_op_nummer(f: Gebeurtenis, later: Gebeurtenis) -> bool:
    match f.gegevens, later.gegevens:
        case s.PipVoorstel(nummer=n, voorstel=soort), s.PipVastgesteld():
            return later.stap == f"pip/{soort}/{n}"
        case s.Verhuisd(nummer=n), s.PipVastgesteld():
            return later.stap == f"pip/verhuizing/{n}"
        case s.DuoAanvraag(nummer=n), s.AanvraagAfgewezen() | s.Verlengd() | s.Vrijgesteld() | s.Ontheven():
            return later.gegevens.aanvraag == n
        case s.DuoAanvraag(nummer=n), s.AdviesGegeven():
            return later.stap == f"registratie/duo-advies/{n}"
        case s.TolkGeboekt(gesprek=a), s.TolkAfgezegd(gesprek=b):
            return a == b
        case (s.VoortgangOpgevraagd(nummer=n), s.UrenGemeld()):
            return later.stap == f"cursus/voortgang/{n}"
        case (
            s.DerdeGevraagd(nummer=n)
            | s.AanmeldingOpWachtlijst(nummer=n)
            | s.LesGestart(nummer=n)
            | s.ExamenGedaan(nummer=n)
            | s.VerblijfOnderbroken(nummer=n)
            | s.Gepauzeerd(nummer=n)
            | s.OverdrachtAangeboden(nummer=n)
            | s.MaatwerkVastgesteld(nummer=n)
            | s.PipVoorstel(nummer=n)
            | s.Verhuisd(nummer=n)
            | s.VerzoekOntvangen(nummer=n)
            | s.VernietigingGeblokkeerd(nummer=n),
            _,
        ):
            return getattr(later.gegevens, "nummer", n) == n
        case _:
            return _past_bij_besluit(f, later)


def _past_bij_besluit(f: Gebeurtenis, later: Gebeurtenis) -> bool:
    match f.gegevens, later.gegevens:
        case (
            s.BesluitConcept(nummer=n)
            | s.BesluitGrond(nummer=n)
            | s.BesluitAdvies(nummer=n)
            | s.BesluitTekst(nummer=n)
            | s.BesluitOndertekend(nummer=n)
            | s.BesluitBekendgemaakt(nummer=n),
            _,
        ):
            # Een gevolg noemt het besluit waaruit het kwam; een PIP zonder concept hoort bij geen enkel.
            return getattr(later.gegevens, "besluit", getattr(later.gegevens, "nummer", None)) == n
        case s.BezwaarBeslist(nummer=n), s.BeroepIngesteld(bezwaar=m):
            return n == m
        case s.BeroepIngesteld(nummer=n) | s.BeroepBeslist(nummer=n), s.HogerBeroepIngesteld(beroep=m):
            return n == m
        case (
            s.BezwaarIngediend(nummer=n)
            | s.BeroepIngesteld(nummer=n)
            | s.HogerBeroepIngesteld(nummer=n)
            | s.BeslistermijnOpgeschort(nummer=n)
            | s.InGebrekeGesteld(nummer=n)
            | s.MaatregelOverwogen(nummer=n)
            | s.MaatregelVoornemen(nummer=n),
            _,
        ):
            return getattr(later.gegevens, "nummer", n) == n
        case _:
            return True


def _gedragen(g: Gebeurtenis, f: Gebeurtenis, alle: Sequence[Gebeurtenis]) -> bool:
    """Zeg of een eerder PIP dan `f` het feit `g` al draagt; dan rust het niet op `f`."""
    return any(
        pip.soort == "pip_vastgesteld"
        and pip.id != f.id
        and (pip.volgnummer < f.volgnummer or pip.geldig_op < f.geldig_op)
        and pip.geldig_op <= g.geldig_op
        for pip in alle
    )


def berust_op(f: Gebeurtenis, alle: Sequence[Gebeurtenis]) -> list[Gebeurtenis]:
    """Geef de geldende gebeurtenissen die op `f` berusten, in volgorde van vastlegging.

    Wat al was vastgelegd toen `f` kwam, rust er niet op. Een staphandeling is nooit een bezwaar: die volgt het plan.
    """
    gelden = geldende(alle)
    volgers = BERUST_OP.get(f.soort, frozenset())
    # Een latere kennisgeving of intake kan de grond overnemen; dan blijft er iets om op te rusten.
    vervanging = any(g.soort == f.soort and g.id != f.id for g in gelden) and f.soort in (
        "kennisgeving",
        "intake_gehouden",
    )
    if vervanging:
        return []
    rust = [
        g
        for g in gelden
        if g.soort in volgers and g.soort not in STAPHANDELINGEN and g.volgnummer > f.volgnummer and _past(f, g)
    ]
    if f.soort == "pip_vastgesteld":
        rust = [g for g in rust if not _gedragen(g, f, gelden)]
    if f.soort == "oproep_verzonden" and isinstance(f.gegevens, s.OproepVerzonden):
        hoogste = max(
            (g.gegevens.nummer for g in gelden if isinstance(g.gegevens, s.OproepVerzonden)),
            default=0,
        )
        rust = [g for g in rust if g.soort != "intake_gehouden" or f.gegevens.nummer == hoogste]
    return sorted(rust, key=lambda g: g.volgnummer)
