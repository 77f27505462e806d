"""Het regiobord opmaken uit de bijgehouden tellingen: voor wie kijkt, op deze dag, met deze keuze.

Elke vraag is er een aan de tellingen; geen enkele loopt langs de dossiers. Daarom kost het bord bij honderdduizend
dossiers evenveel als bij duizend.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from domein.begrippen import Rol, Stapsoort, Stapstatus
from domein.handelingen.regio import regio_op
from domein.model import Dossiertermijn, Stap
from domein.ports import Omgeving, Ruimte
from domein.regels import bordfiguren as f
from domein.regels import bordtelling as t
from domein.regels.bordvormen import Bordkeuze, Bordzicht, Figuur, Regiobord
from domein.regels.dekking_toets import toets_regio
from domein.regels.kalender import plus_maanden
from domein.regels.toegang import Kijker
from domein.regels.verdeling import tijdvak_van
from domein.regio.bevinding import Bevinding
from domein.regio.model import Regio

BLAD: Final = 50
_BEVINDINGEN: Final[dict[tuple[int, date], tuple[Regio, tuple[Bevinding, ...]]]] = {}
ALLES: Final = Bordkeuze()


@dataclass(frozen=True, slots=True)
class _Blik:
    """Waar alle figuren van een bord over gaan."""

    ruimte: Ruimte
    regio: Regio
    vandaag: date
    keuze: Bordkeuze

    @property
    def gemeenten(self) -> Mapping[str, str]:
        alle = {code: self.regio.gemeentenaam(code) for code in self.regio.gemeenten}
        return {self.keuze.gemeente: alle[self.keuze.gemeente]} if self.keuze.gemeente in alle else alle

    @property
    def partners(self) -> Mapping[str, str]:
        return {partner.code: partner.naam for partner in self.regio.partners} | {"": f.NIEMAND}

    def som(self, maat: str, *per: str, vanaf: str = "", tot: str = "", **waar: str) -> dict[tuple[str, ...], int]:
        """Tel op binnen de gekozen gemeenten; met een lege waarde telt een eis niet mee."""
        eisen = {naam: waarde for naam, waarde in waar.items() if waarde}
        rijen = self.ruimte.bordsom(maat, per, gemeenten=self.gemeenten, waar=eisen, vanaf=vanaf, tot=tot)
        return {tuple(map(str, sleutel)): aantal for sleutel, aantal in rijen}

    def stappen(self, as_: str) -> dict[tuple[str, ...], int]:
        return self.som(t.STAP, as_, "staat", partner=self.keuze.partner, wat=self.keuze.stap)


def bekijk_bord(omgeving: Omgeving, zicht: Bordzicht, keuze: Bordkeuze = ALLES) -> Regiobord:
    """Geef het bord zoals deze kijker het mag zien."""
    vandaag = omgeving.klok.vandaag()
    with omgeving.magazijn.ruimte() as ruimte:
        blik = _Blik(ruimte, regio_op(ruimte, omgeving, vandaag), vandaag, keuze if zicht.alles else ALLES)
        figuren = _alle(blik) if zicht.alles else _beperkt(blik, zicht)
        return Regiobord(figuren, _kengetallen(blik) if zicht.alles else (), not zicht.alles, _keuzes(blik))


def _alle(blik: _Blik) -> tuple[Figuur, ...]:
    return (
        _termijnen(blik), _stappen(blik, "gemeente"), _stappen(blik, "partner"), _stappen(blik, "wat"), _pip(blik),
        _doorlooptijden(blik), _overdrachten(blik), _capaciteit(blik), _werklast(blik), _maatwerk(blik),
        f.afspraken(bevindingen(blik.regio, blik.vandaag)),
    )  # fmt: skip


def _keuzes(blik: _Blik) -> Mapping[str, Mapping[str, str]]:
    return {
        "gemeente": {code: blik.regio.gemeentenaam(code) for code in blik.regio.gemeenten},
        "partner": {code: naam for code, naam in blik.partners.items() if code},
        "stap": {soort.value: f.STAPNAMEN[soort] for soort in Stapsoort},
    }


def _kengetallen(blik: _Blik) -> tuple[tuple[str, str, str], ...]:
    dossiers = blik.som(t.DOSSIER, "staat")
    eisen = {"partner": blik.keuze.partner, "wat": blik.keuze.stap}
    te_laat, week = (
        blik.som(t.EINDE, vanaf=van.isoformat(), tot=tot.isoformat(), **eisen).get((), 0)
        for _, _, van, tot in f.weken(blik.vandaag)[:2]
    )
    open_ = blik.som(t.STAP, staat=Stapstatus.OPEN.value, **eisen).get((), 0)
    return (
        ("Lopende dossiers", str(dossiers.get((t.LOOPT,), 0)), f"{dossiers.get((t.BEEINDIGD,), 0)} beëindigd"),
        ("Open stappen", str(open_), "wachten op een antwoord"),
        ("Te laat", str(te_laat), "open stappen na hun laatste dag"),
        ("Deze week", str(week), "open stappen met hun laatste dag tot en met zondag"),
    )


# de figuren

_ASSEN: Final = {
    "gemeente": ("stappen-gemeente", "Stappen per gemeente", "Gemeente"),
    "partner": ("stappen-partner", "Stappen per organisatie", "Organisatie"),
    "wat": ("stappen-stap", "Stappen per soort", "Stap"),
}


def _stappen(blik: _Blik, as_: str) -> Figuur:
    code, titel, kop = _ASSEN[as_]
    rijen = {"gemeente": blik.gemeenten, "partner": blik.partners, "wat": f.STAPNAMEN}[as_]
    tel = {(sleutel[0], sleutel[1]): aantal for sleutel, aantal in blik.stappen(as_).items()}
    rijen = {**rijen, **{rij: rij for rij, _ in sorted(tel) if rij not in rijen}}
    assen = ("stap" if as_ == "wat" else as_, "status")
    uitleg = "Hoe ver de stappen zijn. Kies een aantal om de stappen erachter te zien."
    return f.kruistabel(
        code, titel, uitleg, kop, rijen, {k.value: v for k, v in zip(Stapstatus, f.STATUSNAMEN.values(), strict=True)},
        tel, assen=assen, getekend=(1, 0, 2),
    )  # fmt: skip


def _termijnen(blik: _Blik) -> Figuur:
    vakken = f.weken(blik.vandaag)
    tel: dict[tuple[str, str], int] = {}
    for code, _, van, tot in vakken:
        for (soort,), aantal in blik.som(t.TERMIJN, "wat", vanaf=van.isoformat(), tot=tot.isoformat()).items():
            tel[(soort, code)] = aantal
    return f.kruistabel(
        "termijnen", "Termijnen die aandacht vragen",
        "Termijnen die nog niet zijn gehaald, naar de week van hun laatste dag. Een week loopt van maandag tot en met "
        "zondag.", "Termijn", f.TERMIJNNAMEN, {code: naam for code, naam, *_ in vakken}, tel,
        assen=("termijn", "week"), getekend=(0, 1, 2),
    )  # fmt: skip


def _pip(blik: _Blik) -> Figuur:
    begin = plus_maanden(blik.vandaag.replace(day=1), 1 - f.MAANDEN)
    gehaald = {(s[0], s[1]): n for s, n in blik.som(t.PIP, "wanneer", "staat", vanaf=f"{begin:%Y-%m}").items()}
    loopt: dict[str, int] = defaultdict(int)
    lopend = blik.som(t.TERMIJN, "wanneer", "wat", vanaf=begin.isoformat(), tot=blik.vandaag.isoformat())
    for (dag, soort), aantal in lopend.items():
        if f.is_pip(soort):
            loopt[dag] += aantal
    return f.pip_per_maand(gehaald, loopt, blik.vandaag)


def _doorlooptijden(blik: _Blik) -> Figuur:
    vanaf = f"{plus_maanden(blik.vandaag.replace(day=1), 1 - f.MAANDEN):%Y-%m}"
    per: dict[str, dict[int, int]] = defaultdict(dict)
    for (traject, dagen), aantal in blik.som(t.DUUR, "wat", "getal", vanaf=vanaf).items():
        per[traject][int(dagen)] = aantal
    return f.doorlooptijden(per)


def _overdrachten(blik: _Blik) -> Figuur:
    tel = {(s[0], s[1]): n for s, n in blik.som(t.OVERDRACHT, "gemeente", "wat").items()}
    return f.overdrachten(tel, blik.gemeenten)


def _maatwerk(blik: _Blik) -> Figuur:
    tel = {s[0]: n for s, n in blik.som(t.MAATWERK, "gemeente", vanaf=blik.vandaag.isoformat()).items()}
    return f.maatwerk(tel, blik.gemeenten)


def _capaciteit(blik: _Blik) -> Figuur:
    geplaatst: dict[str, int] = {}
    for partner in blik.regio.partners:
        if partner.capaciteit is not None:
            tijdvak = tijdvak_van(partner.capaciteit.per, blik.vandaag)
            van, tot = f"{tijdvak.van:%Y-%m}", f"{tijdvak.tot:%Y-%m}"
            som = blik.ruimte.bordsom(
                t.PLAATSING, (), gemeenten=blik.regio.gemeenten, waar={"partner": partner.code}, vanaf=van, tot=tot
            )
            geplaatst[partner.code] = sum(aantal for _, aantal in som)
    return f.capaciteit(blik.regio, geplaatst)


def _werklast(blik: _Blik) -> Figuur:
    werk = {s[0]: n for s, n in blik.som(t.STAP, "partner", staat=Stapstatus.OPEN.value).items()}
    return f.werklast(blik.regio, werk, blik.vandaag)


def bevindingen(regio: Regio, vandaag: date) -> tuple[Bevinding, ...]:
    """De toets van de afspraken; zij hangt niet van dossiers af en wordt per versie en dag één keer gedaan."""
    sleutel = (id(regio), vandaag)
    if sleutel not in _BEVINDINGEN:
        if len(_BEVINDINGEN) > 16:
            _BEVINDINGEN.clear()
        # De regio erbij houdt haar vast: een id komt dan niet terug.
        _BEVINDINGEN[sleutel] = (regio, toets_regio(regio, vandaag))
    return _BEVINDINGEN[sleutel][1]


# voor wie de dossiers niet mag zien


def _beperkt(blik: _Blik, zicht: Bordzicht) -> tuple[Figuur, ...]:
    """Aantallen waar niemand in te herkennen is; elke groep mensen is maar op één manier verdeeld.

    De stappen van de eigen organisatie mag iemand zien; in de regio tellen dan alleen de andere.
    """
    eigen: dict[tuple[str, str], int] = {}
    if zicht.partner:
        som = blik.som(t.STAP, "gemeente", "staat", partner=zicht.partner)
        eigen = {(s[0], s[1]): n for s, n in som.items()}
    return (
        *((_eigen_stappen(blik, eigen),) if zicht.partner else ()), _anderen(blik, eigen), _beperkte_termijnen(blik),
        _beperkte_pip(blik), _capaciteit(blik), f.afspraken(bevindingen(blik.regio, blik.vandaag)),
    )  # fmt: skip


def _eigen_stappen(blik: _Blik, tel: Mapping[tuple[str, str], int]) -> Figuur:
    kolommen = {status.value: f.STATUSNAMEN[status] for status in Stapstatus}
    return f.kruistabel(
        "stappen-eigen", "Stappen van uw organisatie", "Hoe ver de stappen zijn die uw organisatie doet.", "Gemeente",
        blik.gemeenten, kolommen, tel, getekend=(1, 0, 2),
    )  # fmt: skip


def _anderen(blik: _Blik, eigen: Mapping[tuple[str, str], int]) -> Figuur:
    alle = blik.som(t.STAP, "gemeente", "staat", staat=Stapstatus.OPEN.value)
    cellen = [
        (naam, alle.get((code, Stapstatus.OPEN.value), 0) - eigen.get((code, Stapstatus.OPEN.value), 0))
        for code, naam in blik.gemeenten.items()
    ]
    wat = "van andere organisaties" if eigen else "in de regio"
    return f.onderdrukt(
        "stappen-regio", f"Open stappen {wat}", "Per gemeente, alleen als aantal.", ("Gemeente", "Open stappen"), cellen
    )


def _beperkte_termijnen(blik: _Blik) -> Figuur:
    cellen = [
        (naam, blik.som(t.TERMIJN, vanaf=van.isoformat(), tot=tot.isoformat()).get((), 0))
        for _, naam, van, tot in f.weken(blik.vandaag)
    ]
    return f.onderdrukt(
        "termijnen-regio", "Termijnen in de regio", "Alle soorten samen, naar de week van hun laatste dag.",
        ("Wanneer", "Termijnen"), cellen,
    )  # fmt: skip


def _beperkte_pip(blik: _Blik) -> Figuur:
    begin = plus_maanden(blik.vandaag.replace(day=1), 1 - f.MAANDEN)
    som = blik.som(t.PIP, "staat", vanaf=f"{begin:%Y-%m}")
    cellen = [("Op tijd", som.get((t.OP_TIJD,), 0)), ("Te laat", som.get((t.TE_LAAT,), 0))]
    return f.onderdrukt(
        "pip-regio", "PIP binnen de termijn", "De laatste twaalf maanden samen.", ("Uitkomst", "PIP's"), cellen
    )


# achter een aantal


def bordkeuzes(omgeving: Omgeving) -> Mapping[str, Mapping[str, str]]:
    """De gemeenten, organisaties en stappen van vandaag, met hun namen."""
    vandaag = omgeving.klok.vandaag()
    with omgeving.magazijn.ruimte() as ruimte:
        return _keuzes(_Blik(ruimte, regio_op(ruimte, omgeving, vandaag), vandaag, ALLES))


def zicht_van(kijker: Kijker) -> Bordzicht:
    """De regiocoordinator mag elk dossier zien, en dus elk aantal; een teamleider de aantallen van zijn organisatie."""
    if Rol.REGIOCOORDINATOR in kijker.rollen:
        return Bordzicht(alles=True)
    return Bordzicht(alles=False, partner=kijker.partner if Rol.TEAMLEIDER in kijker.rollen else None)


def stappen_achter(
    omgeving: Omgeving, gemeente: str, status: Stapstatus, stapsoort: Stapsoort | None, partner: str | None,
    na: UUID | None,
) -> tuple[list[tuple[Stap, str]], Mapping[str, int]]:  # fmt: skip
    """Een blad stappen met hun dossier; zonder gemeente alleen het aantal per gemeente (het blad is dan leeg)."""
    vandaag = omgeving.klok.vandaag()
    with omgeving.magazijn.ruimte() as ruimte:
        if gemeente:
            blad = ruimte.stappenblad(gemeente, status, stapsoort=stapsoort, partner=partner, na=na, grens=BLAD)
            return blad, {}
        regio = regio_op(ruimte, omgeving, vandaag)
        waar = {"staat": status.value} | ({"wat": stapsoort.value} if stapsoort else {})
        if partner is not None:
            waar["partner"] = partner
        som = ruimte.bordsom(t.STAP, ("gemeente",), gemeenten=regio.gemeenten, waar=waar)
        return [], {str(sleutel[0]): aantal for sleutel, aantal in som}


def termijnen_achter(
    omgeving: Omgeving, gemeenten: Collection[str], soort: str, van: date, tot: date
) -> list[tuple[Dossiertermijn, str]]:
    with omgeving.magazijn.ruimte() as ruimte:
        return ruimte.termijnenblad(gemeenten, soort, van, tot, grens=BLAD)
