"""Het formulier van een handeling van ops lezen: wat, waarover, en waarom. Wat niet klopt, staat bij het veld zelf."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from domein.begrippen import Pauzegrond, Stapsoort
from domein.handelingen.opsvormen import Opdracht
from domein.model import Bulk
from domein.regels.bulkkeuze import Bulkkeuze, Handeling
from domein.registratie_cellen import bevat_bsn
from portaal.formulier import GEEN_BSN, lees_datum

# Wat er te kiezen is, in de woorden van de knop; doorhalen begint bij de bulk zelf.
HANDELINGEN: Final[Mapping[Handeling, tuple[str, str]]] = {
    Handeling.VERZETTEN: ("Verzetten", "De stap gaat naar een andere dag. Wie haar open heeft, hoort het."),
    Handeling.OPNIEUW: ("Opnieuw", "De run van de stap loopt opnieuw. Er gaat geen mail opnieuw."),
    Handeling.OVERSLAAN: ("Overslaan", "De stap hoeft niet meer. Een besluit kunt u niet overslaan."),
    Handeling.HEROPENEN: ("Heropenen", "Een overgeslagen stap staat weer in het plan."),
    Handeling.OVERDRAGEN: ("Overdragen", "Een ander met dezelfde rol doet de stap. Beiden horen het."),
    Handeling.HERPLANNEN: ("Herplannen", "De stappen van het dossier gaan weer gelijk lopen met het plan."),
    Handeling.TOEWIJZEN: ("Toewijzen", "Het dossier krijgt een andere klantmanager. Open taken gaan mee."),
    Handeling.PAUZEREN: ("Pauzeren", "De taken van het dossier staan stil. Een termijn van de wet loopt door."),
    Handeling.HERVATTEN: ("Hervatten", "De taken van het dossier gaan weer door."),
}
FILTERS: Final = ("gemeente", "partner", "medewerker", "stap", "van", "tot")
VELDEN: Final = (
    "handeling", "waarover", *FILTERS, "verzetten.dag", "verzetten.werkdagen", "overdragen.aan", "toewijzen.aan",
    "pauzeren.grond", "pauzeren.tot", "reden", "aanvaard", "bulk", "terug",
)  # fmt: skip
LANGSTE_REDEN: Final = 500
MEESTE_REGELS: Final = 500
MEESTE_WERKDAGEN: Final = 260
# Wat het domein weigert terwijl het bij een veld hoort.
BIJ_VELD: Final[Mapping[str, str]] = {"te_veel_dossiers": "waarover", "onbekend_dossier": "waarover"}


@dataclass(slots=True)
class Gelezen:
    """De vraag, als zij klopt; anders wat er bij welk veld mis is."""

    keuze: Bulkkeuze = field(default_factory=Bulkkeuze)
    opdracht: Opdracht | None = None
    fouten: dict[str, str] = field(default_factory=dict[str, str])


def velden_van(invoer: Mapping[str, str]) -> dict[str, str]:
    """Alle velden van het formulier, ook die niet zijn ingevuld."""
    return {naam: invoer.get(naam, "").strip() for naam in VELDEN}


def lees(velden: Mapping[str, str]) -> Gelezen:
    """Lees een nieuwe vraag; alle fouten in één keer."""
    uit = Gelezen()
    handeling = _handeling(velden["handeling"], uit.fouten)
    uit.keuze = _keuze(velden, uit.fouten)
    waarden = _waarden(handeling, velden, uit.fouten)
    reden = _reden(velden, uit.fouten)
    if handeling is not None and not uit.fouten:
        uit.opdracht = Opdracht(handeling, reden, aanvaard=velden["aanvaard"][:LANGSTE_REDEN], **waarden)
    return uit


def lees_vervolg(bulk: Bulk, velden: Mapping[str, str]) -> Gelezen:
    """De vraag van een bulk die al begon: wat toen is gekozen ligt vast, alleen de eigen woorden komen opnieuw."""
    uit = Gelezen(Bulkkeuze.uit_dict(bulk.keuze))
    reden, handeling = _reden(velden, uit.fouten), Handeling(bulk.handeling)
    grond = _grond(velden, uit.fouten) if handeling is Handeling.PAUZEREN else None
    aanvaard = velden["aanvaard"][:LANGSTE_REDEN] if "aanvaard" in bulk.waarden else ""
    if "aanvaard" in bulk.waarden and not aanvaard:
        uit.fouten["aanvaard"] = "Zeg opnieuw waarom een uiterste dag mag breken."
    if not uit.fouten:
        uit.opdracht = Opdracht(
            handeling, reden, naar=_dag_uit(bulk, "naar"), aan=bulk.waarden.get("aan"), grond=grond, aanvaard=aanvaard,
            werkdagen=int(bulk.waarden["werkdagen"]) if "werkdagen" in bulk.waarden else None,
            verwacht_tot=_dag_uit(bulk, "verwacht_tot"), bulk=bulk.waarden.get("bulk"),
        )  # fmt: skip
    return uit


def lees_terug(keuze: Bulkkeuze, velden: Mapping[str, str]) -> Gelezen:
    """De vraag om een bulk ongedaan te maken."""
    uit = Gelezen(keuze)
    reden = _reden(velden, uit.fouten)
    if not uit.fouten:
        uit.opdracht = Opdracht(Handeling.DOORHALEN, reden, bulk=velden["terug"])
    return uit


def _dag_uit(bulk: Bulk, naam: str) -> date | None:
    return date.fromisoformat(bulk.waarden[naam]) if naam in bulk.waarden else None


def _handeling(ruw: str, fouten: dict[str, str]) -> Handeling | None:
    if ruw not in set(HANDELINGEN):
        fouten["handeling"] = "Kies wat u wilt doen."
        return None
    return Handeling(ruw)


def _reden(velden: Mapping[str, str], fouten: dict[str, str]) -> str:
    reden = velden["reden"]
    if not reden:
        fouten["reden"] = "Zeg waarom u dit doet."
    elif len(reden) > LANGSTE_REDEN:
        fouten["reden"] = f"Maak de reden korter: hoogstens {LANGSTE_REDEN} tekens."
    elif bevat_bsn(reden):
        fouten["reden"] = GEEN_BSN
    return reden


def _keuze(velden: Mapping[str, str], fouten: dict[str, str]) -> Bulkkeuze:
    regels = [regel.strip() for regel in velden["waarover"].splitlines() if regel.strip()]
    if len(regels) > MEESTE_REGELS:
        fouten["waarover"] = f"Noem hoogstens {MEESTE_REGELS} stappen of dossiers."
    stappen = tuple(regel for regel in regels if ":" in regel)
    if stappen and len(stappen) != len(regels):
        fouten["waarover"] = "Noem alleen stappen, of alleen dossiers."
    if velden["stap"] and velden["stap"] not in set(Stapsoort):
        fouten["stap"] = "Kies een stap uit de lijst."
    van, tot = _dag(velden, "van", fouten), _dag(velden, "tot", fouten)
    if van and tot and van > tot:
        fouten["tot"] = "Deze dag ligt voor de eerste dag."
    keuze = Bulkkeuze(
        stappen=stappen, dossiers=() if stappen else tuple(regels), gemeente=velden["gemeente"] or None,
        partner=velden["partner"] or None, medewerker=velden["medewerker"] or None,
        stap=Stapsoort(velden["stap"]) if velden["stap"] and "stap" not in fouten else None, van=van, tot=tot,
    )  # fmt: skip
    if keuze.is_leeg and not fouten.keys() & {"waarover", "stap", "van", "tot"}:
        fouten["waarover"] = "Noem stappen of dossiers, of kies hieronder waar het over gaat."
    return keuze


def _waarden(handeling: Handeling | None, velden: Mapping[str, str], fouten: dict[str, str]) -> dict[str, Any]:
    lezers: Mapping[Handeling, Callable[[Mapping[str, str], dict[str, str]], dict[str, Any]]] = {
        Handeling.VERZETTEN: _verzetten,
        Handeling.OVERDRAGEN: lambda v, f: {"aan": _aan(v, "overdragen.aan", f)},
        Handeling.TOEWIJZEN: lambda v, f: {"aan": _aan(v, "toewijzen.aan", f)},
        Handeling.PAUZEREN: lambda v, f: {"grond": _grond(v, f), "verwacht_tot": _dag(v, "pauzeren.tot", f)},
    }
    return lezers[handeling](velden, fouten) if handeling is not None and handeling in lezers else {}


def _verzetten(velden: Mapping[str, str], fouten: dict[str, str]) -> dict[str, Any]:
    ruw = velden["verzetten.werkdagen"]
    dag = _dag(velden, "verzetten.dag", fouten)
    werkdagen: int | None = None
    if ruw:
        getal = ruw.removeprefix("-")
        if not (getal.isascii() and getal.isdigit() and len(getal) < 4 and 1 <= int(getal) <= MEESTE_WERKDAGEN):
            fouten["verzetten.werkdagen"] = (
                f"Vul een heel getal in van 1 tot en met {MEESTE_WERKDAGEN}, voor eerder met een min ervoor."
            )
        else:
            werkdagen = int(ruw)
    if not fouten.keys() & {"verzetten.dag", "verzetten.werkdagen"} and (dag is None) is (werkdagen is None):
        fouten["verzetten.dag"] = "Kies een dag, of een aantal werkdagen: een van beide."
    return {"naar": dag, "werkdagen": werkdagen}


def _aan(velden: Mapping[str, str], naam: str, fouten: dict[str, str]) -> str:
    if not velden[naam]:
        fouten[naam] = "Kies wie het krijgt."
    return velden[naam]


def _grond(velden: Mapping[str, str], fouten: dict[str, str]) -> Pauzegrond | None:
    if velden["pauzeren.grond"] not in set(Pauzegrond):
        fouten["pauzeren.grond"] = "Kies waarom de taken stilstaan."
        return None
    return Pauzegrond(velden["pauzeren.grond"])


def _dag(velden: Mapping[str, str], naam: str, fouten: dict[str, str]) -> date | None:
    if not velden[naam]:
        return None
    try:
        return lees_datum(velden[naam])
    except ValueError as fout:
        fouten[naam] = str(fout)
        return None
