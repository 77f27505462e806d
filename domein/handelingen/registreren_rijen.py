"""Wat registreren gemeen heeft, van DUO of van het COA: alle rijen of geen, en per rij een verslag."""

import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final, Literal, TypeVar
from uuid import uuid4

from domein.begrippen import Eindegrond
from domein.fouten import RegieFout, VolgnummerBezet
from domein.gebeurtenissen.basis import Actor, NieuweGebeurtenis
from domein.handelingen.bevoegdheid import INLEZERS, eis_melder
from domein.handelingen.gevolgen import leg_vast_met_gevolgen
from domein.handelingen.kern import Uitwerking, in_ruimte, kader
from domein.handelingen.regio import regio_op
from domein.model import Dossier
from domein.ports import Bronversie, Omgeving, Persoon, Ruimte
from domein.regio.model import Regio
from domein.registratie_rij import Kop
from domein.stand import Stand

# Zonder letters en cijfers die op elkaar lijken, en zonder klinkers: een referentie is nooit een woord.
TEKENS: Final = "23456789BCDFGHJKLMNPQRSTVWXZ"
Rijuitkomst = Literal["nieuw", "aangevuld", "ongewijzigd", "verbeterd", "ouder", "ingetrokken"]
UITKOMSTEN: Final[tuple[Rijuitkomst, ...]] = (
    "nieuw", "aangevuld", "ongewijzigd", "verbeterd", "ouder", "ingetrokken",
)  # fmt: skip
R = TypeVar("R", bound=Kop)


@dataclass(frozen=True, slots=True)
class Rijverslag:
    """Wat een rij deed. `nieuw_dossier`: bij een proef bestaat de referentie niet echt."""

    rij: int
    kenmerk: str
    uitkomst: Rijuitkomst
    referentie: str
    melding: str
    nieuw_dossier: bool = False


class RegistratieGeweigerd(RegieFout):
    """Een of meer rijen kunnen niet; er is niets bewaard. `regels` noemt ze."""

    code = "registratie_geweigerd"

    def __init__(self, regels: Sequence[tuple[int, str]]) -> None:
        super().__init__(f"{len(regels)} van de rijen kan niet worden geregistreerd; er is niets bewaard.")
        self.regels = tuple(regels)


def alle_of_geen(
    omgeving: Omgeving,
    rijen: Sequence[R],
    actor: Actor,
    registreer_rij: Callable[[Ruimte, R], Rijverslag],
    *,
    proef: bool,
) -> list[Rijverslag]:
    """Registreer de rijen in één transactie; RegistratieGeweigerd noemt alle rijen die niet kunnen."""

    class _Terug(Exception):
        pass

    verslag: list[Rijverslag] = []

    def werk(ruimte: Ruimte) -> list[Rijverslag]:
        verslag.clear()
        fouten: list[tuple[int, str]] = []
        vandaag = omgeving.klok.vandaag()
        regio = regio_op(ruimte, omgeving, vandaag)
        eis_melder(regio, None, actor, vandaag, INLEZERS)
        for rij in rijen:
            try:
                _eis_gemeente(regio, rij.gemeente)
                eis_melder(regio, rij.gemeente, actor, vandaag, INLEZERS)
                verslag.append(registreer_rij(ruimte, rij))
            except RegieFout as fout:
                fouten.append((rij.rij, f"{fout.melding} {fout.uitweg}".strip()))
        if fouten:
            raise RegistratieGeweigerd(fouten)
        if proef:
            raise _Terug  # de transactie gaat terug: er is niets bewaard
        return list(verslag)

    try:
        return in_ruimte(omgeving, werk)
    except _Terug:
        return list(verslag)


def _eis_gemeente(regio: Regio, gemeente: str) -> None:
    if gemeente not in regio.gemeenten:
        kies = f"Kies een van: {', '.join(regio.gemeenten)}."
        raise RegieFout(f"Gemeente {gemeente} hoort niet bij deze regio.", kies)


def nieuwe_code(voorvoegsel: str, bestaat: Callable[[str], bool]) -> str:
    """Maak een willekeurige code als D-7F3K9, die nog niet bestaat."""
    while True:
        code = f"{voorvoegsel}-" + "".join(secrets.choice(TEKENS) for _ in range(5))
        if not bestaat(code):
            return code


def nieuw_dossier(
    ruimte: Ruimte,
    omgeving: Omgeving,
    gemeente: str,
    persoon: Persoon,
    feiten: Sequence[NieuweGebeurtenis],
    *,
    na: Dossier | None = None,
) -> tuple[Dossier, Uitwerking]:
    """Maak een dossier voor deze persoon, met zijn eerste feiten; `na` is zijn eerdere, geëindigde dossier."""
    dossier = Dossier(
        id=uuid4(), referentie=nieuwe_code("D", ruimte.bestaat_referentie), regio=omgeving.regio, gemeente=gemeente,
        regeling=kader().regeling.versie, aangemaakt_op=omgeving.klok.nu(),
    )  # fmt: skip
    ruimte.nieuw_dossier(dossier, persoon, na=na.id if na else None)
    return dossier, leg_vast_met_gevolgen(ruimte, omgeving, dossier.id, feiten)


def eis_niet_net_ingelezen(ruimte: Ruimte, bron: str, kenmerk: str, versies: Sequence[Bronversie]) -> None:
    """Geef VolgnummerBezet als een ander deze rij inlas nadat wij `versies` lazen: kijk dan opnieuw (regel 9).

    Anders leek het dossier dat de ander net maakte, van iemand te zijn die al een dossier had.
    """
    if len(ruimte.bronversies(bron, kenmerk)) != len(versies):
        raise VolgnummerBezet


def begint_opnieuw(stand: Stand) -> bool:
    """Zeg of iemand na dit einde opnieuw plichtig kan worden: hij vertrok, of verloor zijn verblijfsrecht.

    Dan was de vorige plicht voorbij en begint een nieuwe, met een eigen PIP en termijn (art. 3 Wi, art. 2.2 Bi).
    """
    return stand.einde is not None and stand.einde.grond in (Eindegrond.VERTREK, Eindegrond.VERBLIJFSRECHT)


def heeft_al_een_dossier(dossier: Dossier, stand: Stand, uitweg: str) -> RegieFout:
    """Geef de weigering van een rij over iemand die al een dossier heeft."""
    melding = f"Deze persoon heeft al dossier {dossier.referentie}"
    if stand.einde is None:
        return RegieFout(f"{melding}.", uitweg)
    if stand.einde.grond is Eindegrond.INGETROKKEN:
        return RegieFout(
            f"{melding}, waarvan DUO de kennisgeving introk.",
            "Wis eerst dat dossier (stap einde/wissen/1) en registreer deze rij daarna.",
        )
    if stand.einde.grond is Eindegrond.VERHUISD:
        return RegieFout(
            f"{melding}; hij verhuisde naar buiten de regio.", "Kwam hij terug, meld dan 'verhuisd' in dat dossier."
        )
    return RegieFout(f"{melding}, dat eindigde met '{stand.einde.grond}' op {stand.einde.op}.", uitweg)


def van_een_gewiste(ruimte: Ruimte, rij: Kop, versies: Sequence[Bronversie], *, ingetrokken: bool) -> Rijverslag | None:
    """Geef het verslag van een rij die een gewist dossier al kende; None als zij iets nieuws is (regel 10 en 12).

    Zonder sleutel is de inhoud niet te vergelijken; alleen dat deze versie er was, is nog bekend.
    """
    gewist = [versie for versie in versies if versie.gewist]
    if not gewist:
        return None
    referentie = ruimte.dossier(gewist[-1].dossier_id).referentie
    if any(versie.versie == rij.versie for versie in gewist):
        melding = "Deze versie is van een dossier dat is gewist; er is niets bewaard."
        return Rijverslag(rij.rij, rij.kenmerk, "ongewijzigd", referentie, melding)
    if len(gewist) < len(versies):
        return None  # er is na het wissen een nieuw dossier: dat neemt de rij
    if rij.versie < max(versie.versie for versie in gewist):
        melding = "Een nieuwere versie is van een dossier dat is gewist; er is niets bewaard."
        return Rijverslag(rij.rij, rij.kenmerk, "ouder", referentie, melding)
    if ingetrokken:
        melding = "Het dossier was al gewist; er is niets bewaard."
        return Rijverslag(rij.rij, rij.kenmerk, "ongewijzigd", referentie, melding)
    return None
