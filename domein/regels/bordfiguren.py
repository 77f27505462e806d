"""De figuren van het regiobord uit tellingen. Zuiver: wie wat mag zien is hiervoor al beslist."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Final

from domein.begrippen import Stapsoort, Stapstatus
from domein.regels.bordtelling import ANDERE_GEMEENTE, COLLEGA, OP_TIJD, PIPTERMIJNEN, TE_LAAT, TRAJECTEN
from domein.regels.bordvormen import Bordrij, Figuur, Plaatje
from domein.regels.celonderdrukking import onderdruk
from domein.regels.doorlooptijd import doorlooptijd
from domein.regels.kalender import maand_en_jaar, plus_maanden
from domein.regio.bevinding import Bevinding, Ernst
from domein.regio.model import Regio

STATUSNAMEN: Final[Mapping[str, str]] = {
    Stapstatus.GEPLAND: "Gepland", Stapstatus.OPEN: "Open", Stapstatus.KLAAR: "Klaar",
    Stapstatus.OVERGESLAGEN: "Overgeslagen", Stapstatus.VERVALLEN: "Vervallen",
}  # fmt: skip
STAPNAMEN: Final[Mapping[str, str]] = {
    Stapsoort.REGISTRATIE: "Registratie", Stapsoort.INTAKE: "Intake", Stapsoort.PIP: "PIP",
    Stapsoort.AANMELDING: "Aanmelding en lessen", Stapsoort.VOORTGANG: "Voortgangsgesprek",
    Stapsoort.PVT: "Participatieverklaring", Stapsoort.MAP: "Module Arbeidsmarkt en Participatie",
    Stapsoort.DUO: "Melding aan DUO", Stapsoort.EINDE: "Einde van het traject",
    Stapsoort.BEGELEIDING: "Maatschappelijke begeleiding", Stapsoort.ONTZORGEN: "Ontzorgen",
    Stapsoort.EINDGESPREK: "Eindgesprek Z-route", Stapsoort.VERHUIZING: "Verhuizing",
}  # fmt: skip
TERMIJNNAMEN: Final[Mapping[str, str]] = {
    "pip": "PIP vaststellen", "pip-na-brp": "PIP, na inschrijving in de BRP",
    "pip-na-derde": "PIP, na informatie van een derde", "aanbod": "Aanbod van een cursus",
    "inburgeringstermijn": "Inburgeringstermijn", "intake-nieuwe-termijn": "Nieuwe termijn voor de intake",
    "taalschakeltraject-start": "Start van het taalschakeltraject",
}  # fmt: skip
TRAJECTNAMEN: Final[Mapping[str, str]] = {
    "kennisgeving-intake": "Van kennisgeving tot intake", "kennisgeving-pip": "Van kennisgeving tot PIP",
    "pip-les": "Van PIP tot eerste les", "kennisgeving-einde": "Van kennisgeving tot einde",
}  # fmt: skip
NIEMAND: Final = "Nog bij niemand"
MAANDEN: Final = 12
_WEEK: Final = timedelta(days=7)
Tel = Mapping[tuple[str, str], int]


def weken(vandaag: date) -> tuple[tuple[str, str, date, date], ...]:
    """De vakken voor termijnen: code, naam, eerste en laatste dag. Een week loopt van maandag tot en met zondag."""
    zondag = vandaag + timedelta(days=6 - vandaag.weekday())
    dag = timedelta(days=1)
    return (
        ("te-laat", "Te laat", date(1900, 1, 1), vandaag - dag),
        ("deze-week", "Deze week", vandaag, zondag),
        ("volgende-week", "Volgende week", zondag + dag, zondag + _WEEK),
        ("later", "Later", zondag + _WEEK + dag, date(9999, 12, 31)),
    )


def kruistabel(
    code: str, titel: str, uitleg: str, kop: str, rijen: Mapping[str, str], kolommen: Mapping[str, str], tel: Tel, *,
    plaatje: Plaatje = "gestapeld", assen: tuple[str, str] | None = None, getekend: tuple[int, ...] = (),
) -> Figuur:  # fmt: skip
    """Een tabel van rij tegen kolom; met `assen` verwijst elk aantal naar zijn keuzes."""
    uit: list[Bordrij] = []
    for rij, naam in rijen.items():
        waarden = tuple(tel.get((rij, kolom), 0) for kolom in kolommen)
        wijzers = tuple({assen[0]: rij, assen[1]: kolom} for kolom in kolommen) if assen else ()
        if any(waarden):
            uit.append(Bordrij(naam, waarden, wijzers))
    return Figuur(code, titel, uitleg, (kop, *kolommen.values()), tuple(uit), plaatje, getekend)


def pip_per_maand(gehaald: Mapping[tuple[str, str], int], loopt: Mapping[str, int], vandaag: date) -> Figuur:
    """Van de termijnen die in een maand afliepen: hoeveel PIP's op tijd, te laat, of nog niet.

    `gehaald` telt per (maand, uitslag), `loopt` per laatste dag van een termijn die nog loopt.
    """
    begin = plus_maanden(vandaag.replace(day=1), 1 - MAANDEN)
    rijen: list[Bordrij] = []
    for eerste in (plus_maanden(begin, n) for n in range(MAANDEN)):
        maand = f"{eerste:%Y-%m}"
        op_tijd, te_laat = gehaald.get((maand, OP_TIJD), 0), gehaald.get((maand, TE_LAAT), 0)
        over = sum(n for dag, n in loopt.items() if dag.startswith(maand) and dag < vandaag.isoformat())
        som = op_tijd + te_laat + over
        rijen.append(
            Bordrij(maand_en_jaar(eerste), (op_tijd, te_laat, over, f"{op_tijd * 100 / som:.0f}%" if som else ""))
        )
    return Figuur(
        "pip", "PIP binnen de termijn, per maand",
        "Termijnen voor een PIP naar de maand van hun laatste dag. Wat nog loopt telt pas na die dag.",
        ("Maand", "Op tijd", "Te laat", "Nog niet", "Aandeel op tijd"), tuple(rijen), "gestapeld", (0, 1, 2),
    )  # fmt: skip


def doorlooptijden(per_duur: Mapping[str, Mapping[int, int]]) -> Figuur:
    rijen: list[Bordrij] = []
    for code, *_ in TRAJECTEN:
        if (duur := doorlooptijd(per_duur.get(code, {}))) is not None:
            rijen.append(Bordrij(TRAJECTNAMEN[code], (_dagen(duur.mediaan), duur.p90, duur.aantal)))
    return Figuur(
        "doorlooptijden", "Doorlooptijden in dagen",
        "Wat in de laatste twaalf maanden werd afgerond. De helft gaat sneller dan de mediaan; van tien gaan er negen "
        "niet langzamer dan P90.",
        ("Traject", "Mediaan", "P90", "Aantal"), tuple(rijen), "staven", (0, 1),
    )  # fmt: skip


def _dagen(dagen: float) -> int | float:
    return int(dagen) if dagen == int(dagen) else dagen


def overdrachten(tel: Mapping[tuple[str, str], int], namen: Mapping[str, str]) -> Figuur:
    kolommen = {COLLEGA: "Aan een collega", ANDERE_GEMEENTE: "Tussen gemeenten"}
    return kruistabel(
        "overdrachten", "Open overdrachten", "Aangeboden en nog niet aanvaard, of nog niet geleverd of ontvangen.",
        "Gemeente", namen, kolommen, tel, plaatje="",
    )  # fmt: skip


def maatwerk(tel: Mapping[str, int], namen: Mapping[str, str]) -> Figuur:
    rijen = tuple(Bordrij(naam, (tel[code],)) for code, naam in namen.items() if tel.get(code))
    return Figuur(
        "maatwerk", "Dossiers met maatwerk", "Een mandaathouder week voor deze mensen af van de afspraken.",
        ("Gemeente", "Dossiers"), rijen, leeg="Er geldt nergens maatwerk.",
    )  # fmt: skip


def capaciteit(regio: Regio, geplaatst: Mapping[str, int]) -> Figuur:
    rijen: list[Bordrij] = []
    for partner in regio.partners:
        if partner.capaciteit is not None:
            plaatsen, bezet = partner.capaciteit.aantal, geplaatst.get(partner.code, 0)
            per = "in totaal" if partner.capaciteit.per == "totaal" else f"per {partner.capaciteit.per}"
            rijen.append(Bordrij(partner.naam, (bezet, max(plaatsen - bezet, 0), plaatsen, per)))
    return Figuur(
        "capaciteit", "Plaatsen bij aanbieders", "Aanmeldingen in het lopende tijdvak, naast wat is afgesproken.",
        ("Aanbieder", "Bezet", "Vrij", "Afgesproken", "Tijdvak"), tuple(rijen), "gestapeld", (0, 1),
        leeg="Geen enkele partner noemt een capaciteit.",
    )  # fmt: skip


def werklast(regio: Regio, open_: Mapping[str, int], vandaag: date) -> Figuur:
    """Open stappen per partner naast zijn mensen."""
    rijen: list[Bordrij] = []
    for partner in regio.partners:
        team = [m for m in regio.medewerkers_van(partner.code) if m.in_dienst_op(vandaag)]
        aanwezig = [m for m in team if m.afwezig_op(vandaag) is None]
        fte = sum(m.fte for m in aanwezig)
        werk = open_.get(partner.code, 0)
        if team or werk:
            per_fte = round(werk / fte, 1) if fte else None
            rijen.append(Bordrij(partner.naam, (werk, len(team), len(team) - len(aanwezig), round(fte, 2), per_fte)))
    rijen.sort(key=lambda rij: -int(rij.waarden[0] or 0))
    return Figuur(
        "werklast", "Werk per organisatie", "Open stappen naast wie er vandaag werkt; een voltijdsplaats is 1.",
        ("Organisatie", "Open stappen", "Mensen", "Afwezig", "Voltijdsplaatsen", "Stappen per voltijdsplaats"),
        tuple(rijen), "staven", (0,),
    )  # fmt: skip


def afspraken(bevindingen: Iterable[Bevinding]) -> Figuur:
    volgorde = [Ernst.FOUT, Ernst.WAARSCHUWING, Ernst.INFO]
    rijen = tuple(
        Bordrij(b.melding, (b.ernst.value, b.uitweg))
        for b in sorted(bevindingen, key=lambda b: (volgorde.index(b.ernst), b.soort))
    )
    return Figuur(
        "afspraken", "Afspraken die aandacht vragen", "Wat niet is geregeld, en wat binnen negentig dagen afloopt.",
        ("Wat", "Ernst", "Wat te doen"), rijen, leeg="Alles is geregeld, en er loopt niets af.",
    )  # fmt: skip


def onderdrukt(
    code: str, titel: str, uitleg: str, koppen: tuple[str, str], cellen: Sequence[tuple[str, int]]
) -> Figuur:
    """Een figuur voor wie de dossiers niet mag zien: geen cel onder de 5, ook niet door aftrekken."""
    groep = onderdruk(titel, dict(cellen))
    rijen = tuple(Bordrij(naam, (tekst,)) for naam, tekst in groep.rijen)
    return Figuur(
        code, titel, uitleg, koppen, rijen,
        kanttekening="Een aantal onder de 5 staat er niet, ook niet als u het uit andere aantallen kunt afleiden.",
    )  # fmt: skip


def is_pip(soort: str) -> bool:
    return soort in PIPTERMIJNEN
