"""Wat een feit of uitkomst mag zijn: onmogelijk wordt geweigerd, onwaarschijnlijk vraagt om een reden."""

from collections.abc import Sequence
from datetime import date, timedelta
from functools import singledispatch

from domein.begrippen import TAALONDERDELEN, Eindegrond, Examenonderdeel, Leerroute
from domein.fouten import OngeldigeGegevens, RedenNodig
from domein.gebeurtenissen import soorten as s
from domein.gebeurtenissen.basis import Gegevens
from domein.regels import toets_beslistermijn as beslistermijn
from domein.regels import toets_bewaren as bewaren
from domein.regels.kalender import datum, plus_jaren
from domein.regels.planvormen import Kader
from domein.regels.stappen.intake import waarschuwing_nodig
from domein.regels.stappen.pip_wijzigen import mag_afschalen, mag_wisselen
from domein.regels.stappen.termijn import basistermijn
from domein.regels.stappen.uren import z_gehaald_op
from domein.regels.stilstand import gat_te_lang_op
from domein.regels.toets_besluit import toets_besluit
from domein.regels.twijfel import twijfel_volgens_de_wet
from domein.regels.volgorde import vroegst
from domein.regio.gemeenten import gemeentenaam
from domein.stand import Stand

_KOMT_VAN_DUO = (s.Verlengd, s.Voldaan, s.TermijnOverschreden)
_OOK_NA_HET_EINDE = (
    s.DossierAfgesloten, s.DuoIngevoerd, s.DuoBevestigd, s.ControleAfgehandeld, s.CertificaatUitgereikt,
    s.PersoonGewist, s.DossierOpgevraagd, s.DossierGeleverd, s.TolkAfgezegd, s.KennisgevingIngetrokken,
    *bewaren.SOORTEN,
    s.BesluitBekendgemaakt, s.BesluitRetour, s.BezwaarIngediend, s.BezwaarVerschoonbaar, s.BezwaarZienswijze,
    s.BezwaarGehoord, s.BezwaarVerdaagd, s.BezwaarBeslist, s.BezwaarIngetrokken, s.BeroepIngesteld, s.BeroepBeslist,
    s.HogerBeroepIngesteld, s.HogerBeroepBeslist, s.BeslistermijnOpgeschort, s.BeslistermijnHervat, s.InGebrekeGesteld,
    s.DwangsomVastgesteld,
)  # fmt: skip
_KAN_VOORUIT = (s.StapVerzet, s.BrpIngeschreven)
_EERSTE_JAAR = 2013  # van de oude wet; daarvoor gebeurde niets wat hier telt
_VERSTE_AFSPRAAK = timedelta(days=366)  # beleid, geen wet: verder weg is een typefout


def _weiger(veld: str, melding: str, uitweg: str = "Verbeter de datum.") -> None:
    raise OngeldigeGegevens(melding, uitweg, {veld: melding})


def toets(stand: Stand, gegevens: Gegevens, op: date, vandaag: date, reden: str, kader: Kader) -> None:
    """Toets één feit tegen wat al bekend is.

    OngeldigeGegevens als het niet kan volgens de wet of de kalender; RedenNodig als het wel kan maar zelden klopt.
    """
    if op > vandaag and not isinstance(gegevens, _KAN_VOORUIT):
        melding = f"De dag {datum(op)} ligt in de toekomst; vandaag is het {datum(vandaag)}."
        _weiger("datum", melding, "Leg vast wat al is gebeurd.")
    if op.year < _EERSTE_JAAR:
        _weiger("datum", f"Het jaar {op.year} is vast een typefout.", "Kijk het jaar na.")
    dag, wat = vroegst(stand, gegevens)
    if dag is not None and op < dag:
        _weiger("datum", f"{datum(op)} ligt vóór {wat} op {datum(dag)}.")
    _grens(gegevens, stand, op, kader)
    bewaren.weiger_onmogelijk(gegevens, stand, op, kader)
    toets_besluit(gegevens, stand, op, kader)
    beslistermijn.weiger_onmogelijk(gegevens, stand, op, kader)
    if not reden.strip() and (twijfel := _twijfel(stand, gegevens, op, kader)):
        raise RedenNodig(twijfel, "Klopt het toch, geef dan een reden op.")


@singledispatch
def _grens(_gegevens: Gegevens, _stand: Stand, _op: date, _kader: Kader) -> None:
    """Weiger wat voor deze soort onmogelijk is; een soort zonder eigen functie heeft geen grens."""


@_grens.register
def _(d: s.OproepVerzonden, stand: Stand, op: date, kader: Kader) -> None:
    if d.afspraak_op < op:
        _weiger("afspraak_op", "De afspraak ligt vóór de dag van verzending.")
    if d.afspraak_op > op + _VERSTE_AFSPRAAK:
        _weiger("afspraak_op", "De afspraak ligt meer dan een jaar na de oproep.", "Kijk het jaar na.")
    if waarschuwing_nodig(stand, d.nummer, kader) and not d.waarschuwing:
        _weiger(
            "waarschuwing",
            "Na niet verschijnen hoort er een schriftelijke waarschuwing bij de oproep (artikel 14 lid 2 Wi).",
            "Voeg de waarschuwing toe aan de brief en kies 'ja'.",
        )


@_grens.register
def _(d: s.NietVerschenen, stand: Stand, _op: date, _kader: Kader) -> None:
    if d.nummer not in stand.oproepen:
        _weiger(
            "nummer",
            f"Oproep {d.nummer} is niet verzonden; zonder oproep telt niet verschijnen niet (artikel 14 lid 2 Wi).",
            "Leg eerst de oproep vast.",
        )


@_grens.register
def _(d: s.PipVastgesteld, stand: Stand, op: date, kader: Kader) -> None:
    if d.bekendgemaakt_op is not None and d.bekendgemaakt_op < op:
        _weiger("bekendgemaakt_op", "Een besluit wordt niet vóór zijn dagtekening bekendgemaakt.")
    if d.a2_onderdelen:
        _toets_afschalen(stand, d.a2_onderdelen, kader)
    if d.uren_per_week is not None and not stand.is_asiel:
        _weiger(
            "uren_per_week",
            "Alleen het PIP van een asielstatushouder noemt het aantal uren les (artikel 15 lid 2 Wi).",
            "Laat het aantal uren leeg.",
        )
    if not stand.pips or d.leerroute is stand.leerroute or op < stand.pips[-1].dagtekening:
        return
    if d.grond in ("verhuizing", "afschalen"):
        _weiger(
            "leerroute",
            "Na een verhuizing en bij afschalen blijft de leerroute dezelfde (artikel 15 lid 4 Wi, artikel 5.5 Bi).",
            "Kies de leerroute van het vorige PIP, of doe daarna een voorstel om haar te wijzigen.",
        )
    _toets_wissel(stand, d.leerroute, op, kader, bijzonder_geval=d.bijzonder_geval)


def _toets_wissel(stand: Stand, naar: Leerroute, op: date, kader: Kader, *, bijzonder_geval: bool) -> None:
    if waarom_niet := mag_wisselen(stand, naar, op, kader, bijzonder_geval=bijzonder_geval):
        uitweg = (
            "Stel eerst het PIP vast." if not stand.pips
            else "Kies een andere leerroute." if naar is stand.leerroute
            else "Is het een bijzonder geval (artikel 5.4 Bi), zeg dat dan erbij."
        )  # fmt: skip
        _weiger("leerroute", waarom_niet, uitweg)


def _toets_afschalen(stand: Stand, onderdelen: Sequence[Examenonderdeel], kader: Kader) -> None:
    vreemd = [onderdeel for onderdeel in onderdelen if onderdeel not in TAALONDERDELEN]
    if not onderdelen or vreemd:
        _weiger("onderdelen", "Afschalen gaat over lezen, luisteren, schrijven en spreken.", "Kies er minstens een.")
    if waarom_niet := mag_afschalen(stand, kader):
        uitweg = "Leg eerst de uren vast." if stand.leerroute is Leerroute.B1 else "Wijzig eerst de leerroute."
        _weiger("onderdelen", f"{waarom_niet} Artikel 17 lid 3 Wi; artikel 5.5 Bi.", uitweg)


@_grens.register
def _(d: s.PipVoorstel, stand: Stand, op: date, kader: Kader) -> None:
    if d.voorstel == "afschalen":
        if not d.inspanning_voldoende:
            _weiger(
                "inspanning_voldoende",
                "Afschalen kan alleen na voldoende inspanning (artikel 5.5 Bi).",
                "Is de inspanning voldoende, zeg dat dan.",
            )
        _toets_afschalen(stand, d.onderdelen, kader)
    elif d.naar is None:
        _weiger("naar", "Noem de leerroute waarnaar u wilt wijzigen.", "Kies b1, onderwijs of z.")
    else:
        _toets_wissel(stand, d.naar, op, kader, bijzonder_geval=d.bijzonder_geval)


@_grens.register
def _(_d: s.DerdeGevraagd, stand: Stand, _op: date, _kader: Kader) -> None:
    if stand.pips:
        _weiger(
            "datum", "Het PIP is er al; wachten op informatie verandert de termijn niet meer.", "Leg het anders vast."
        )


@_grens.register
def _(d: s.DerdeOntvangen, stand: Stand, op: date, _kader: Kader) -> None:
    derde = stand.derden.get(d.nummer)
    if derde is None or op < derde.gevraagd_op:
        _weiger("datum", "Deze informatie is (toen nog) niet gevraagd.", "Leg eerst vast wanneer zij is gevraagd.")


@_grens.register
def _(d: s.AanmeldingOpWachtlijst, _stand: Stand, op: date, _kader: Kader) -> None:
    if d.herzien_op <= op:
        _weiger("herzien_op", "De dag waarop opnieuw wordt gekeken, ligt na vandaag.")


@_grens.register
def _(d: s.LesBeeindigd, stand: Stand, _op: date, _kader: Kader) -> None:
    if d.nummer not in stand.lopende_lessen:
        _weiger("nummer", f"Er lopen geen lessen van aanmelding {d.nummer}.", "Kijk met 'regie dossier toon'.")


@_grens.register
def _(d: s.UrenGemeld, stand: Stand, op: date, kader: Kader) -> None:
    if d.periode_tot < d.periode_van:
        _weiger("periode_tot", "De periode eindigt voordat zij begint.")
    if d.periode_tot > op:
        _weiger("periode_tot", "De periode is op de dag van levering nog niet voorbij.")
    if d.urensoort == "eerder_onderwijs" and stand.pips:
        jaren = kader.regeling.getal("z_eerdere_uren_jaren", stand.pips[0].dagtekening)
        if d.periode_van < plus_jaren(stand.pips[0].dagtekening, -jaren):
            _weiger(
                "periode_van",
                f"Eerdere uren tellen alleen mee tot {jaren} jaar vóór het PIP (artikel 3.14 Bi).",
                "Leg alleen de latere uren vast.",
            )


@_grens.register
def _(_d: s.VoortgangOpgevraagd, stand: Stand, _op: date, _kader: Kader) -> None:
    if stand.is_asiel:
        _weiger(
            "datum",
            "Van een asielstatushouder levert de aanbieder de voortgang altijd (artikel 9.2 lid 4 Bi).",
            "Opvragen hoeft niet; spreek de aanbieder aan op zijn opgave van uren.",
        )


@_grens.register
def _(_d: s.ZEindgesprekGevoerd, stand: Stand, _op: date, kader: Kader) -> None:
    if z_gehaald_op(stand, kader) is None:
        _weiger("datum", "De uren van de Z-route zijn nog niet gehaald (artikel 3.14 Bi).", "Leg eerst de uren vast.")


@_grens.register
def _(_d: s.CertificaatUitgereikt, stand: Stand, _op: date, _kader: Kader) -> None:
    voldaan = stand.einde is not None and stand.einde.grond is Eindegrond.VOLDAAN
    if not voldaan or stand.leerroute is not Leerroute.Z:
        _weiger(
            "datum", "Er is geen certificaat van de Z-route: DUO meldde niet dat daaraan is voldaan.", "Wacht op DUO."
        )


@_grens.register
def _(d: s.Ontheven, _stand: Stand, op: date, kader: Kader) -> None:
    if {Examenonderdeel.MAP, Examenonderdeel.PVT} & set(d.onderdelen):
        _weiger("onderdelen", "Van de MAP en het PVT kan DUO niet ontheffen (artikel 5 Wi).", "Controleer het besluit.")
    taal, hoogstens = set(d.onderdelen) & TAALONDERDELEN, kader.regeling.getal("ontheffing_taal_max", op)
    if d.grond == "medisch" and len(taal) > hoogstens:
        _weiger(
            "onderdelen",
            f"Een medische ontheffing gaat over hoogstens {hoogstens} taalonderdelen (artikelen 2.7 en 2.8 Bi).",
            "Controleer het besluit; kies niets als het over de hele plicht gaat.",
        )


@_grens.register
def _(d: s.ExamenUitslag, stand: Stand, op: date, _kader: Kader) -> None:
    examen = stand.examens.get(d.nummer)
    if examen is None or op < examen.op:
        _weiger("datum", "Dit examen is (toen nog) niet gedaan.", "Leg eerst vast wanneer het examen was.")


@_grens.register
def _(d: s.Verhuisd, stand: Stand, _op: date, _kader: Kader) -> None:
    if d.naar == stand.gemeente and stand.einde is None:
        melding = f"De persoon woont al in {gemeentenaam(d.naar)}."
        _weiger("naar", melding, "Noem de gemeente waar hij nu is ingeschreven.")


@_grens.register
def _(d: s.Gepauzeerd, stand: Stand, op: date, _kader: Kader) -> None:
    if any(pauze.hervat_op is None for pauze in stand.pauzes.values()):
        _weiger("datum", "De taken staan al stil.", "Verleng de pauze, of hervat eerst.")
    if d.verwacht_tot is not None and d.verwacht_tot <= op:
        _weiger("verwacht_tot", "De verwachte einddag ligt na het begin van de pauze.")


@_grens.register
def _(d: s.PauzeVerlengd, stand: Stand, op: date, _kader: Kader) -> None:
    pauze = stand.pauzes.get(d.nummer)
    if pauze is None or pauze.hervat_op is not None:
        _weiger("datum", "De taken staan niet stil.", "Er is niets te verlengen.")
    if d.verwacht_tot <= op:
        _weiger("verwacht_tot", "De nieuwe einddag ligt na vandaag.")


@_grens.register
def _(d: s.Hervat, stand: Stand, op: date, _kader: Kader) -> None:
    pauze = stand.pauzes.get(d.nummer)
    if pauze is None or pauze.hervat_op is not None or op < pauze.van:
        _weiger("datum", "De taken staan op die dag niet stil.", "Kijk met 'regie dossier toon' of er een pauze is.")


@_grens.register
def _(_d: s.VerblijfOnderbroken, stand: Stand, _op: date, _kader: Kader) -> None:
    if any(gat.hervat_op is None for gat in stand.gaten.values()):
        _weiger("datum", "Het verblijfsrecht is al onderbroken.", "Leg eerst vast wanneer het er weer was.")


@_grens.register
def _(d: s.VerblijfHervat, stand: Stand, op: date, kader: Kader) -> None:
    gat = stand.gaten.get(d.nummer)
    if gat is None or gat.hervat_op is not None or op < gat.van:
        _weiger("datum", "Het verblijfsrecht is op die dag niet onderbroken.", "Kijk met 'regie dossier toon'.")
    elif op >= gat_te_lang_op(gat.van, kader):
        _weiger(
            "datum",
            f"Het gat duurde langer dan {kader.regeling.getal('verblijfsgat_jaren', gat.van)} jaar: daarmee eindigde "
            "de plicht (artikel 2.2 Bi).",
            "Meld 'plicht_beeindigd' met grond 'verblijfsrecht'.",
        )


@_grens.register
def _(_d: s.PersoonGewist, stand: Stand, _op: date, _kader: Kader) -> None:
    if stand.einde is None or stand.einde.grond is not Eindegrond.INGETROKKEN:
        _weiger(
            "datum", "DUO heeft deze kennisgeving niet ingetrokken.", "Vernietigen na de bewaartermijn gaat anders."
        )


@_grens.register
def _(d: s.AanmeldingGeaccepteerd, _stand: Stand, op: date, _kader: Kader) -> None:
    if d.startdatum < op:
        _weiger("startdatum", "De eerste lesdag ligt vóór de dag van acceptatie.")


@_grens.register
def _(d: s.MapVoltooid, stand: Stand, _op: date, kader: Kader) -> None:
    nodig = kader.regeling.getal("map_uren", stand.pips[0].dagtekening if stand.pips else None)
    if d.praktijkuren < nodig:
        _weiger(
            "praktijkuren", f"De MAP telt minstens {nodig} uur praktijk (artikel 3.2 Bi).", "Rond de uren eerst af."
        )


@_grens.register
def _(d: s.TermijnOverschreden, _stand: Stand, op: date, _kader: Kader) -> None:
    if d.nieuwe_termijn_tot is not None and d.nieuwe_termijn_tot <= op:
        _weiger("nieuwe_termijn_tot", f"Een nieuwe termijn eindigt na {datum(op)}.")


@_grens.register
def _(_d: s.DossierAfgesloten, stand: Stand, _op: date, _kader: Kader) -> None:
    if stand.einde is None:
        _weiger(
            "datum",
            "Het traject is nog niet geëindigd.",
            "Leg eerst vast hoe het eindigde: voldaan, termijn overschreden of plicht beëindigd.",
        )


@_grens.register
def _(d: s.DuoBevestigd, stand: Stand, _op: date, _kader: Kader) -> None:
    if d.melding not in stand.duo:
        _weiger("melding", f"De melding {d.melding} is nog niet ingevoerd.", "Voer haar eerst in.")


def _twijfel_aan_pip(stand: Stand, op: date) -> str:
    if stand.kennisgeving_op is not None and op < stand.kennisgeving_op:
        return f"Het PIP is gedagtekend op {datum(op)}, vóór de kennisgeving van {datum(stand.kennisgeving_op)}."
    if stand.intake_op is None:
        if any(pip.elders for pip in stand.pips):
            return ""  # na een verhuizing hoort er geen nieuwe intake (art. 15 lid 4 Wi)
        return "Het PIP is vastgesteld zonder dat er een brede intake is vastgelegd."
    if op < stand.intake_op:
        return f"Het PIP is gedagtekend op {datum(op)}, vóór de intake van {datum(stand.intake_op)}."
    return ""


def _twijfel_aan_keuze(stand: Stand, d: Gegevens) -> str:
    match d:
        case s.PipVoorstel(naar=Leerroute.Z, onderwijsroute_onderzocht=False):
            return "Er is niet vastgelegd dat ook de onderwijsroute is onderzocht."
        case s.EigenCursusGemeld(keurmerk=False):
            return "Zonder keurmerk tellen de lessen niet mee (artikel 8.1 Regeling inburgering)."
        case s.BijstandToegekend() if not stand.ontzorgen:
            return "Deze persoon valt niet onder het ontzorgen (artikel 56a Participatiewet)."
        case s.TolkGeboekt() if stand.tolk_taal is None:
            return "Er is niet vastgelegd dat deze persoon een tolk nodig heeft."
        case _:
            return ""


def _twijfel(stand: Stand, d: Gegevens, op: date, kader: Kader) -> str:
    """Geef wat er vreemd is aan dit feit, of een lege tekst."""
    if isinstance(d, s.PipVastgesteld) and (twijfel := _twijfel_aan_pip(stand, op)):
        return twijfel
    if isinstance(d, s.IntakeGehouden) and stand.kennisgeving_op is not None and op < stand.kennisgeving_op:
        return f"De intake was op {datum(op)}, vóór de kennisgeving van {datum(stand.kennisgeving_op)}."
    na_pip = (
        s.GesprekGevoerd,
        s.ParticipatieGemist,
        s.PvtVoltooid,
        s.MapVoltooid,
        s.LesGestart,
        s.AanmeldingGeaccepteerd,
    )
    if isinstance(d, na_pip) and (not stand.pips or op < stand.pips[0].dagtekening):
        return f"Dit gebeurde op {datum(op)}, vóór het eerste PIP."
    if isinstance(d, _KOMT_VAN_DUO) and not stand.pips:
        return "DUO meldt iets over de termijn, maar er is nog geen PIP vastgelegd."
    # Alleen tegen de drie jaar: een besluit kan later binnenkomen dan het besluit dat erna kwam (regel 10).
    basis = basistermijn(stand, kader)
    if isinstance(d, s.Verlengd) and basis is not None and d.nieuwe_einddatum <= basis.einde:
        return f"De termijn loopt zonder verlenging al tot en met {datum(basis.einde)} (artikel 11 Wi)."
    vreemd = _twijfel_aan_keuze(stand, d) or bewaren.twijfel(d) or beslistermijn.twijfel(d)
    if twijfel := vreemd or twijfel_volgens_de_wet(d, stand, op, kader):
        return twijfel
    if stand.einde is not None and not isinstance(d, _OOK_NA_HET_EINDE):
        return f"Het traject is al geëindigd op {stand.einde.op} ({stand.einde.grond.value})."
    return ""
