"""Wat een medewerker uit zichzelf over een dossier kan vastleggen: elk feit met zijn vragen, in groepen.

Een antwoord op een taak hoort bij die taak; een besluit, een maatregel en een bezwaar hebben een eigen gang. Zuiver: of
een feit klopt zegt `toets_uitkomst`, wie het mag vastleggen zegt de handeling.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from types import MappingProxyType
from typing import Any, Final

from domein.regels.uitkomstvormen import Uitkomst, Veld
from domein.stand import Stand

Keuzes = Sequence[tuple[str, str]]
REDEN: Final = Veld(
    "reden", "Bijzonderheid", "tekst", verplicht=False,
    hulp="Nodig als de pagina erom vraagt. Schrijf zonder naam of nummer.",
)  # fmt: skip
WAAROM: Final = Veld("reden", "Waarom?", "tekst", hulp="Schrijf zonder naam of nummer.")


class Groep(StrEnum):
    """Waar iemand een feit zoekt; de waarde is de kop op de pagina."""

    WONEN = "Wonen en verblijf"
    EINDE = "Einde van de plicht"
    DUO = "Bericht of besluit van DUO"
    INKOMEN = "Bijstand"
    TRAJECT = "Traject"
    PERSOON = "Persoon en omstandigheden"
    AFSPRAKEN = "Wie het doet"
    RECHTER = "Rechter en termijn om te beslissen"


def _altijd(_stand: Stand) -> bool:
    return True


@dataclass(frozen=True, slots=True)
class Melding:
    """Eén ding om vast te leggen. `feit` is de soort gebeurtenis, of leeg als een handeling het doet.

    `vast` zijn velden die deze vraag zelf al beantwoordt; `kan` zegt of het nu speelt. `lijsten` noemt per veld uit
    welke lijst de keuzes komen: is een verplichte lijst leeg, dan is er nu niets te kiezen.
    """

    groep: Groep
    vorm: Uitkomst  # haar soort is de naam in het adres
    feit: str = ""
    vast: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))
    kan: Callable[[Stand], bool] = _altijd
    lijsten: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def code(self) -> str:
        return self.vorm.soort


def melding(
    groep: Groep, code: str, label: str, dag: str, velden: Sequence[Veld] = (), *, uitleg: str = "",
    feit: str | None = None, kan: Callable[[Stand], bool] = _altijd, lijsten: Mapping[str, str] | None = None,
    reden: Veld = REDEN, **vast: Any,
) -> Melding:  # fmt: skip
    """Maak een melding; zonder `feit` heet het feit zoals de code."""
    vorm = Uitkomst(code, label, dag, uitleg, (*velden, reden))
    return Melding(groep, vorm, code if feit is None else feit, MappingProxyType(vast), kan, lijsten or {})


def van_stap(groep: Groep, uitkomst: Uitkomst, kan: Callable[[Stand], bool], *extra: Veld, **lijsten: str) -> Melding:
    """Een feit dat ook het antwoord op een taak kan zijn: dezelfde vragen, en de taak is er dan mee klaar."""
    vorm = replace(uitkomst, velden=(*uitkomst.velden, *extra, REDEN))
    return Melding(groep, vorm, uitkomst.soort, MappingProxyType({}), kan, lijsten)


def uit_de_stand(stand: Stand) -> Mapping[str, Keuzes]:
    """Waaruit te kiezen is binnen dit dossier: alleen wat nu openstaat."""
    bezwaren, beroepen = stand.bezwaren.values(), stand.beroepen.values()
    bezet = {hoger.beroep for hoger in stand.hoger_beroepen.values() if hoger.beslist_op is None}
    return {
        "aanvragen": [_keuze(a.nummer, f"aanvraag om {a.soort.value}", a.op)
                      for a in stand.aanvragen.values() if a.besloten_op is None],
        "besliste_bezwaren": [_keuze(b.nummer, f"bezwaar {b.nummer}", b.op) for b in bezwaren if b.beslist_op],
        "open_beroepen": [_keuze(b.nummer, f"beroep {b.nummer}", b.op) for b in beroepen if not b.beslist_op],
        "besliste_beroepen": [_keuze(b.nummer, f"beroep {b.nummer}", b.op)
                              for b in beroepen if b.beslist_op and b.nummer not in bezet],
        "open_hoger_beroepen": [_keuze(h.nummer, f"hoger beroep {h.nummer}", h.op)
                                for h in stand.hoger_beroepen.values() if not h.beslist_op],
        "gevraagd": [_keuze(v.nummer, f"voorstel {v.nummer}, op verzoek", v.op)
                     for v in stand.voorstellen.values() if v.aanvraag],
        "verzoeken": [_keuze(v.nummer, f"verzoek {v.nummer}", v.ontvangen_op)
                      for v in stand.verzoeken.values() if v.afgehandeld_op is None],
        "opschortingen": [_keuze(o.nummer, f"{o.over} {o.van}", o.op)
                          for o in stand.opschortingen.values() if o.hervat_op is None],
        "maatwerk": [_keuze(m.nummer, f"maatwerk voor {m.gegevens.stap.value}", m.van)
                     for m in stand.maatwerk.values() if m.beeindigd_op is None],
    }  # fmt: skip


def _keuze(nummer: int, wat: str, op: Any) -> tuple[str, str]:
    return str(nummer), f"{wat[:1].upper()}{wat[1:]} ({op:%d-%m-%Y})"


def nu_te_melden(
    meldingen: Sequence[Melding], stand: Stand, lijsten: Mapping[str, Keuzes]
) -> dict[Groep, list[Melding]]:
    """Geef per groep wat nu kan, met de keuzes erin; wat niet speelt of waar niets te kiezen is, valt weg."""
    gevonden: dict[Groep, list[Melding]] = {}
    for een in meldingen:
        klaar = _met_keuzes(een, lijsten) if een.kan(stand) else None
        if klaar is not None:
            gevonden.setdefault(een.groep, []).append(klaar)
    return {groep: gevonden[groep] for groep in Groep if groep in gevonden}


def _met_keuzes(een: Melding, lijsten: Mapping[str, Keuzes]) -> Melding | None:
    velden: list[Veld] = []
    for veld in een.vorm.velden:
        if veld.naam not in een.lijsten:
            velden.append(veld)
        elif keuzes := lijsten.get(een.lijsten[veld.naam], ()):
            velden.append(replace(veld, keuzes=tuple(keuzes)))
        elif veld.verplicht:
            return None
    return replace(een, vorm=replace(een.vorm, velden=tuple(velden)))


NUMMERS: Final = frozenset({"nummer", "van", "bezwaar", "beroep", "aanvraag"})


def waarden_van(een: Melding, velden: Mapping[str, Any]) -> dict[str, Any]:
    """De velden van het feit: wat vaststaat, wat is ingevuld, en een gekozen nummer als nummer."""
    ingevuld = {naam: waarde for naam, waarde in velden.items() if naam != REDEN.naam}
    nummers = {naam: int(ingevuld[naam]) for naam in NUMMERS & set(een.lijsten) & set(ingevuld)}
    return {**een.vast, **ingevuld, **nummers}
