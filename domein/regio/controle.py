"""Controle van de verwijzingen in een regio: bestaat alles wat wordt genoemd?

Dekking en tegenspraak staan in `domein.regels.dekking`.
"""

from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches
from typing import Final

from domein.begrippen import Rol
from domein.regio.afspraken import COLLEGE, GEMEENTE, INBURGERAAR, UITVOERDER, Samenwerkingsafspraak
from domein.regio.bevinding import Bevinding, Ernst, Plek, lijst
from domein.regio.controle_mandaten import controleer_mandaten
from domein.regio.gemeenten import Gemeente
from domein.regio.model import Regio
from domein.regio.partijen import Partner
from domein.regio.soorten import Gegevensgroep

GERESERVEERD: Final = frozenset({GEMEENTE, COLLEGE, UITVOERDER, INBURGERAAR})


def controleer(regio: Regio, referentie: Mapping[str, Gemeente]) -> tuple[Bevinding, ...]:
    """Geef alle bevindingen over verwijzingen, in de volgorde van het bestand."""
    controles = (
        _kop(regio, referentie),
        _dubbel(regio),
        _partners(regio),
        _medewerkers(regio),
        _verbanden(regio),
        _mandaten(regio),
        _afspraken(regio),
        controleer_mandaten(regio),
        _instroom(regio),
    )
    return tuple(bevinding for controle in controles for bevinding in controle)


def _onbekend(wat: str, waarde: str, bekend: Iterable[str], plek: Plek) -> Bevinding:
    mogelijk = sorted(bekend)
    lijkt = get_close_matches(waarde, mogelijk, n=1)
    hint = f" Bedoelt u '{lijkt[0]}'?" if lijkt else ""
    return Bevinding(
        f"onbekende_{wat}",
        Ernst.FOUT,
        f"{wat} '{waarde}' bestaat niet in dit bestand.{hint}",
        f"Toegestaan: {lijst(mogelijk)}.",
        plek,
    )


def _kop(regio: Regio, referentie: Mapping[str, Gemeente]) -> Iterator[Bevinding]:
    # Ook de code bij een partner van soort gemeente; verbanden en afspraken volgen de kop.
    codes = [(code, Plek("regio", kolom="gemeenten")) for code in regio.gemeenten]
    for nummer, partner in enumerate(regio.partners):
        if partner.gemeente:
            codes.append((partner.gemeente, Plek("partners", nummer, partner.code, "gemeente")))
        # Een leslocatie mag buiten de regio liggen, maar moet bestaan.
        codes.extend((code, Plek("partners", nummer, partner.code, "locaties")) for code in partner.locaties)
    for code, plek in codes:
        if code not in referentie:
            yield Bevinding(
                "onbekende_gemeente",
                Ernst.FOUT,
                f"gemeente '{code}' bestaat niet.",
                "Neem een code uit gemeenten.csv (CBS), zoals GM0512.",
                plek,
            )
        elif plek.kolom == "gemeente" and code not in regio.gemeenten:
            yield Bevinding(
                "gemeente_buiten_regio",
                Ernst.WAARSCHUWING,
                f"gemeente '{code}' is een partner, maar ligt niet in de regio.",
                f"Gemeenten van de regio: {lijst(regio.gemeenten)}.",
                plek,
            )


def _dubbel(regio: Regio) -> Iterator[Bevinding]:
    tabellen: tuple[tuple[str, str, list[str]], ...] = (
        ("partners", "code", [p.code for p in regio.partners]),
        ("medewerkers", "code", [m.code for m in regio.medewerkers]),
        ("samenwerkingsverbanden", "id", [v.id for v in regio.samenwerkingsverbanden]),
        ("mandaten", "id", [m.id for m in regio.mandaten]),
        ("samenwerkingsafspraken", "regel_id", [a.regel_id for a in regio.samenwerkingsafspraken]),
    )
    for tabel, kolom, codes in tabellen:
        for nummer, code in enumerate(codes):
            if code in codes[:nummer]:
                yield Bevinding(
                    "dubbel",
                    Ernst.FOUT,
                    f"{kolom} '{code}' staat er al: rij {codes.index(code) + 1} van [[{tabel}]] heet ook zo.",
                    "Geef elke rij een eigen naam.",
                    Plek(tabel, nummer, code, kolom),
                )


def _partners(regio: Regio) -> Iterator[Bevinding]:
    gezien: set[str] = set()
    for nummer, partner in enumerate(regio.partners):
        if partner.code in GERESERVEERD:
            yield Bevinding(
                "gereserveerd",
                Ernst.FOUT,
                f"'{partner.code}' heeft in afspraken een vaste betekenis: een partner kan niet zo heten.",
                "Kies een andere code.",
                Plek("partners", nummer, partner.code, "code"),
            )
        if partner.gemeente and partner.gemeente in gezien:
            yield Bevinding(
                "dubbel",
                Ernst.FOUT,
                f"gemeente '{partner.gemeente}' is al een partner.",
                "Laat een van de twee rijen weg.",
                Plek("partners", nummer, partner.code, "gemeente"),
            )
        gezien.add(partner.gemeente or "")


def _medewerkers(regio: Regio) -> Iterator[Bevinding]:
    partners = {p.code: p for p in regio.partners}
    medewerkers = {m.code for m in regio.medewerkers}
    for nummer, m in enumerate(regio.medewerkers):
        partner = partners.get(m.partner)
        if partner is None:
            yield _onbekend("partner", m.partner, partners, Plek("medewerkers", nummer, m.code, "partner"))
        elif m.team is not None and m.team not in (teams := {t.code for t in partner.teams}):
            yield _onbekend("team", m.team, teams, Plek("medewerkers", nummer, m.code, "team"))
        for afwezig in m.afwezigheid:
            plek = Plek("medewerkers", nummer, m.code, "afwezigheid")
            if afwezig.vervanger == m.code:
                melding, uitweg = "niemand vervangt zichzelf.", "Noem een collega als vervanger."
                yield Bevinding("vervanger", Ernst.FOUT, melding, uitweg, plek)
            elif afwezig.vervanger and afwezig.vervanger not in medewerkers:
                yield _onbekend("medewerker", afwezig.vervanger, medewerkers, plek)


def _verbanden(regio: Regio) -> Iterator[Bevinding]:
    partners = {p.code for p in regio.partners}
    for nummer, verband in enumerate(regio.samenwerkingsverbanden):
        for gemeente in verband.gemeenten:
            if gemeente not in regio.gemeenten:
                plek = Plek("samenwerkingsverbanden", nummer, verband.id, "gemeenten")
                yield _onbekend("gemeente", gemeente, regio.gemeenten, plek)
        for code in (*verband.partners, *filter(None, (verband.penvoerder,))):
            if code not in partners:
                plek = Plek("samenwerkingsverbanden", nummer, verband.id, "partners")
                yield _onbekend("partner", code, partners, plek)


def _mandaten(regio: Regio) -> Iterator[Bevinding]:
    medewerkers = {m.code: m for m in regio.medewerkers}
    for nummer, mandaat in enumerate(regio.mandaten):
        if mandaat.gemeente not in regio.gemeenten:
            plek = Plek("mandaten", nummer, mandaat.id, "gemeente")
            yield _onbekend("gemeente", mandaat.gemeente, regio.gemeenten, plek)
        for houder in mandaat.houders:
            plek = Plek("mandaten", nummer, mandaat.id, "houders")
            if houder not in medewerkers:
                yield _onbekend("medewerker", houder, medewerkers, plek)
            elif Rol.MANDAATHOUDER not in medewerkers[houder].rollen:
                yield Bevinding(
                    "mandaat_zonder_rol",
                    Ernst.FOUT,
                    f"medewerker '{houder}' heeft niet de rol mandaathouder.",
                    "Geef de rol bij [[medewerkers]], of noem een andere houder.",
                    plek,
                )


def _afspraken(regio: Regio) -> Iterator[Bevinding]:
    for nummer, afspraak in enumerate(regio.samenwerkingsafspraken):
        yield from _namen_in_afspraak(regio, nummer, afspraak)
        yield from _geldigheid(regio, nummer, afspraak)
        yield from _uitvoering(regio, nummer, afspraak)


def _namen_in_afspraak(regio: Regio, nummer: int, afspraak: Samenwerkingsafspraak) -> Iterator[Bevinding]:
    verband = regio.verband(afspraak.verband)
    gemeenten = set(verband.gemeenten) if verband else set[str]()
    verbanden = {v.id for v in regio.samenwerkingsverbanden}
    partners = {p.code for p in regio.partners}
    medewerkers = {m.code for m in regio.medewerkers}
    ondertekenaar = (afspraak.ondertekenaar,) if afspraak.ondertekenaar else ()
    kolommen: list[tuple[str, str, Iterable[str], set[str]]] = [
        ("verband", "verband", (afspraak.verband,), verbanden),
        ("gemeente", "gemeenten", afspraak.gemeenten if verband else (), gemeenten),
        ("medewerker", "ondertekenaar", ondertekenaar, medewerkers),
        ("mandaat", "mandaten", afspraak.mandaten, {m.id for m in regio.mandaten}),
    ]
    for kolom, waarden, vast in _partnerkolommen(afspraak):
        kolommen.append(("partner", kolom, waarden, partners | vast))
    for wat, kolom, waarden, bekend in kolommen:
        plek = Plek("samenwerkingsafspraken", nummer, afspraak.regel_id, kolom)
        yield from (_onbekend(wat, waarde, bekend, plek) for waarde in waarden if waarde not in bekend)


def _partnerkolommen(
    afspraak: Samenwerkingsafspraak,
) -> tuple[tuple[str, tuple[str, ...], frozenset[str]], ...]:
    """Geef per kolom de genoemde partners en de vaste woorden die daar ook mogen."""
    uitvoering = frozenset({GEMEENTE})
    return (
        ("uitvoerder", (afspraak.uitvoerder,) if afspraak.uitvoerder else (), uitvoering),
        ("voorbereider", (afspraak.voorbereider,) if afspraak.voorbereider else (), uitvoering),
        ("verdeling", tuple(afspraak.verdeling.partners) if afspraak.verdeling else (), uitvoering),
        ("fallback", afspraak.fallback, uitvoering),
        ("betaler", (afspraak.betaler,), frozenset({GEMEENTE, INBURGERAAR})),
        ("bevoegd_orgaan", (afspraak.bevoegd_orgaan,), frozenset({COLLEGE})),
        ("afzender", (afspraak.afzender,), frozenset({COLLEGE, UITVOERDER})),
    )


def _geldigheid(regio: Regio, nummer: int, afspraak: Samenwerkingsafspraak) -> Iterator[Bevinding]:
    periode = regio.periode_van(afspraak)
    if periode.tot < periode.van:
        yield Bevinding(
            "geldt_nooit",
            Ernst.FOUT,
            "de afspraak geldt op geen enkele dag: haar periode valt buiten die van de regio of het verband.",
            f"De regio geldt van {regio.kop.geldig_van} tot en met {regio.kop.geldig_tot}.",
            Plek("samenwerkingsafspraken", nummer, afspraak.regel_id, "geldig_van"),
        )


def _uitvoering(regio: Regio, nummer: int, afspraak: Samenwerkingsafspraak) -> Iterator[Bevinding]:
    if afspraak.niet_van_toepassing:
        return
    for code in afspraak.kandidaten():
        if code != GEMEENTE:
            if (partner := regio.partner(code)) is not None:
                yield from _kan_uitvoeren(regio, nummer, afspraak, partner)
            continue
        for gemeente in sorted(regio.gemeenten_van(afspraak)):
            partner = regio.partner_van_gemeente(gemeente)
            if partner is not None:
                yield from _kan_uitvoeren(regio, nummer, afspraak, partner)
                continue
            yield Bevinding(
                "gemeente_geen_partner",
                Ernst.FOUT,
                f"de gemeente {gemeente} voert uit, maar staat niet bij [[partners]].",
                f'Voeg een partner toe met soort = "gemeente" en gemeente = "{gemeente}".',
                Plek("samenwerkingsafspraken", nummer, afspraak.regel_id, "uitvoerder"),
            )


def _kan_uitvoeren(regio: Regio, nummer: int, afspraak: Samenwerkingsafspraak, partner: Partner) -> Iterator[Bevinding]:
    if Gegevensgroep.BSN in afspraak.inzage and not partner.bsn_grondslag:
        yield Bevinding(
            "bsn_zonder_grondslag",
            Ernst.FOUT,
            f"partner '{partner.code}' mag het BSN niet zien: er is geen grondslag vastgelegd.",
            "Haal 'bsn' uit inzage, of geef de partner bsn_grondslag = true als de wet hem noemt (Wi 36).",
            Plek("samenwerkingsafspraken", nummer, afspraak.regel_id, "inzage"),
        )
    if not any(afspraak.rol in m.rollen for m in regio.medewerkers_van(partner.code)):
        yield Bevinding(
            "geen_medewerker",
            Ernst.FOUT,
            f"bij partner '{partner.code}' werkt niemand met de rol '{afspraak.rol}'.",
            "Voeg bij [[medewerkers]] iemand toe met deze rol, of kies een andere rol.",
            Plek("samenwerkingsafspraken", nummer, afspraak.regel_id, "uitvoerder"),
        )


def _instroom(regio: Regio) -> Iterator[Bevinding]:
    gezien: set[tuple[str, int, str]] = set()
    for nummer, rij in enumerate(regio.instroom):
        naam = f"{rij.gemeente} {rij.jaar}"
        if rij.gemeente not in regio.gemeenten:
            plek = Plek("instroom", nummer, naam, "gemeente")
            yield _onbekend("gemeente", rij.gemeente, regio.gemeenten, plek)
        sleutel = (rij.gemeente, rij.jaar, str(rij.doelgroep))
        if sleutel in gezien:
            yield Bevinding(
                "dubbel",
                Ernst.FOUT,
                f"de instroom van {rij.doelgroep} in {rij.gemeente} in {rij.jaar} staat er al.",
                "Laat een van de twee rijen weg, of tel ze op.",
                Plek("instroom", nummer, naam, "aantal"),
            )
        gezien.add(sleutel)
