"""Het formulier van een uitkomst: wat de pagina toont, en wat er van de invoer klopt.

Alleen de velden van de gekozen uitkomst tellen. Wat iemand invulde blijft altijd staan, ook bij een fout.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Final

from domein.regels.termijnen import LAATSTE_JAAR
from domein.regels.uitkomsten import Uitkomst, Veld
from domein.registratie_cellen import bevat_bsn

DATUM: Final = "datum"
KEUZE: Final = "uitkomst"
REDEN: Final = "reden"
GROOTSTE_TEKST: Final = 2000
GEEN_BSN: Final = "Hierin staat een getal dat een BSN kan zijn. Laat het weg: de referentie is genoeg."
GROOTSTE_CODE: Final = 60
EERSTE_JAAR: Final = 1900  # eerder is een typefout, zoals na LAATSTE_JAAR; nog verder weg houdt het rekenen op


@dataclass(frozen=True, slots=True)
class Vraag:
    """Eén vraag zoals zij op de pagina staat."""

    naam: str  # de naam in het formulier, met de uitkomst ervoor
    veld: Veld
    waarde: str = ""
    fout: str = ""

    @property
    def is_datum(self) -> bool:
        """Alleen een leesbare dag past in een datumvak; wat iemand anders typte moet zichtbaar blijven."""
        if self.veld.type != "datum":
            return False
        try:
            return not self.waarde or bool(date.fromisoformat(self.waarde))
        except ValueError:
            return False

    @property
    def id(self) -> str:
        return self.naam.replace(".", "-")

    @property
    def foutregel(self) -> str:
        """De fout zoals zij boven een formulier staat: met het veld erbij, want daar staan er meer onder elkaar."""
        return f"{self.veld.label}: {self.fout}"


@dataclass(frozen=True, slots=True)
class Keuze:
    """Eén mogelijke uitkomst met haar vragen."""

    uitkomst: Uitkomst
    gekozen: bool
    vragen: tuple[Vraag, ...]


@dataclass(slots=True)
class Ingevuld:
    """De gelezen invoer. Staat er iets in `fouten` (op de naam van het veld), dan is de rest onvolledig."""

    soort: str | None = None
    datum: date | None = None
    velden: tuple[str, ...] = ()  # de vragen van de gekozen uitkomst
    gegevens: dict[str, Any] = field(default_factory=dict[str, Any])
    reden: str = ""
    fouten: dict[str, str] = field(default_factory=dict[str, str])


def alle_velden(uitkomst: Uitkomst) -> tuple[Veld, ...]:
    """De dag waarop het gebeurde, en daarna de eigen vragen van deze uitkomst; zonder datumlabel geldt vandaag."""
    if not uitkomst.datumlabel:
        return uitkomst.velden
    return (Veld(DATUM, uitkomst.datumlabel, "datum"), *uitkomst.velden)


def toon(
    uitkomsten: Sequence[Uitkomst],
    invoer: Mapping[str, str],
    fouten: Mapping[str, str] | None = None,
    *,
    vandaag: date,
) -> tuple[Keuze, ...]:
    """Bouw de vragen op. Zonder invoer staat de dag van vandaag er vast; met één uitkomst is die gekozen."""
    gekozen = _gekozen(uitkomsten, invoer)
    keuzes: list[Keuze] = []
    for uitkomst in uitkomsten:
        is_gekozen = gekozen is uitkomst
        vragen: list[Vraag] = []
        for veld in alle_velden(uitkomst):
            naam = f"{uitkomst.soort}.{veld.naam}"
            standaard = vandaag.isoformat() if veld.naam == DATUM else ""
            fout = (fouten or {}).get(veld.naam, "") if is_gekozen else ""
            vragen.append(Vraag(naam, veld, _ruw(invoer, naam, veld, standaard), fout))
        keuzes.append(Keuze(uitkomst, is_gekozen, tuple(vragen)))
    return tuple(keuzes)


def lees(uitkomsten: Sequence[Uitkomst], invoer: Mapping[str, str]) -> Ingevuld:
    """Lees de invoer van de gekozen uitkomst; verzamel alle fouten in één keer."""
    ingevuld = Ingevuld(reden=invoer.get(REDEN, "").strip()[:GROOTSTE_TEKST])
    gekozen = _gekozen(uitkomsten, invoer)
    if gekozen is None:
        ingevuld.fouten[KEUZE] = "Kies hoe het ging."
        return ingevuld
    ingevuld.soort = gekozen.soort
    ingevuld.velden = tuple(veld.naam for veld in alle_velden(gekozen))
    for veld in alle_velden(gekozen):
        ruw = _ruw(invoer, f"{gekozen.soort}.{veld.naam}", veld).strip()
        if not ruw:
            if veld.verplicht:
                ingevuld.fouten[veld.naam] = _LEEG.get(veld.type, "Vul dit in.")
            continue
        try:
            waarde = _lees_waarde(veld, ruw)
        except _Onleesbaar as fout:
            ingevuld.fouten[veld.naam] = str(fout)
            continue
        if veld.naam == DATUM:
            ingevuld.datum = waarde
        else:
            ingevuld.gegevens[veld.naam] = waarde
    return ingevuld


_LEEG: Final[Mapping[str, str]] = {
    "datum": "Vul een datum in.",
    "ja_nee": "Kies ja of nee.",
    "keuze": "Maak een keuze.",
    "getal": "Vul een getal in.",
}


def _ruw(invoer: Mapping[str, str], naam: str, veld: Veld, standaard: str = "") -> str:
    """Wat iemand invulde; van vinkjes de gekozen waarden met een komma ertussen."""
    if veld.type != "meerkeuze":
        return invoer.get(naam, standaard)
    aangevinkt = [waarde for waarde, _ in veld.keuzes if invoer.get(f"{naam}.{waarde}")]
    return ",".join(aangevinkt) or invoer.get(naam, standaard)


class _Onleesbaar(ValueError):
    pass


def _gekozen(uitkomsten: Sequence[Uitkomst], invoer: Mapping[str, str]) -> Uitkomst | None:
    if len(uitkomsten) == 1:
        return uitkomsten[0]
    return next((u for u in uitkomsten if u.soort == invoer.get(KEUZE)), None)


def _lees_waarde(veld: Veld, ruw: str) -> Any:
    match veld.type:
        case "datum":
            return lees_datum(ruw)
        case "ja_nee":
            if ruw not in {"ja", "nee"}:
                raise _Onleesbaar("Kies ja of nee.")
            return ruw == "ja"
        case "getal":
            return _lees_getal(veld, ruw)
        case "keuze" | "meerkeuze":
            gekozen = _lees_keuzes(veld, ruw)
            return gekozen if veld.type == "meerkeuze" else gekozen[0]
        case "code":
            return _lees_code(ruw)
        case "tekst":
            if len(ruw) > GROOTSTE_TEKST:
                raise _Onleesbaar(f"Maak de tekst korter: hoogstens {GROOTSTE_TEKST} tekens.")
            if bevat_bsn(ruw):
                raise _Onleesbaar(GEEN_BSN)
            return ruw


def lees_datum(ruw: str) -> date:
    """Lees een dag: 2026-05-18, of zoals mensen hem schrijven: 18-5-2026."""
    # fromisoformat kent ook weekdatums en 20260518; een mens bedoelt die zelden.
    for vorm in ("%Y-%m-%d", "%d-%m-%Y", "%d/%m/%Y"):
        try:
            dag = datetime.strptime(ruw, vorm).date()  # noqa: DTZ007 - alleen de dag, zonder tijd
        except ValueError:
            continue
        if EERSTE_JAAR <= dag.year <= LAATSTE_JAAR:
            return dag
        raise _Onleesbaar(f"Vul een jaar in van {EERSTE_JAAR} tot en met {LAATSTE_JAAR}.")
    raise _Onleesbaar("Vul een bestaande datum in, zoals 18-05-2026.")


def _lees_keuzes(veld: Veld, ruw: str) -> list[str]:
    gekozen = ruw.split(",") if veld.type == "meerkeuze" else [ruw]
    if not set(gekozen) <= {waarde for waarde, _ in veld.keuzes}:
        raise _Onleesbaar("Maak een keuze uit de lijst.")
    return gekozen


def _lees_code(ruw: str) -> str:
    if len(ruw) > GROOTSTE_CODE or any(teken.isspace() or not teken.isprintable() for teken in ruw):
        raise _Onleesbaar(f"Vul een code in zonder spaties, hoogstens {GROOTSTE_CODE} tekens.")
    return ruw


def _lees_getal(veld: Veld, ruw: str) -> int:
    if not (ruw.isascii() and ruw.removeprefix("-").isdigit() and len(ruw) <= 9):
        raise _Onleesbaar("Vul een heel getal in.")
    getal = int(ruw)
    if veld.minimum is not None and getal < veld.minimum:
        raise _Onleesbaar(f"Vul een getal in van minstens {veld.minimum}.")
    if veld.maximum is not None and getal > veld.maximum:
        raise _Onleesbaar(f"Vul een getal in van hoogstens {veld.maximum}.")
    return getal
