"""Wat ops vraagt en wat daarvan het gevolg is: dezelfde vormen voor opdrachtregel, Prefect en portaal."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any, Final
from uuid import UUID

from domein.begrippen import Pauzegrond
from domein.fouten import OngeldigeGegevens, RedenNodig
from domein.handelingen.berichtsoorten import OVERDRACHT, TAAK, TAAK_INGETROKKEN, TAAK_VERZET, TAKEN_GEWIJZIGD
from domein.handelingen.onverwacht import Mislukking, is_onverwacht
from domein.handelingen.opsfouten import WaarheenOnduidelijk
from domein.regels.bulkkeuze import Handeling
from domein.regels.termijnbreuk import Termijnbreuk

# Deze gaan bij een handeling in bulk samen in één mail per ontvanger.
BUNDELBAAR: Final = frozenset({TAAK, TAAK_VERZET, TAAK_INGETROKKEN, OVERDRACHT})


@dataclass(frozen=True, slots=True)
class Opdracht:
    """Wat ops wil. `reden` en `aanvaard` zijn eigen woorden of de tekst bij een gekozen code.

    naar: de nieuwe streefdag; werkdagen: in plaats daarvan zoveel werkdagen later (of eerder, onder nul); aan: de
    medewerker die het krijgt; aanvaard: waarom een uiterste dag mag breken, leeg als dat niet mag; bulk: bij doorhalen
    de bulk die ongedaan wordt gemaakt.
    """

    handeling: Handeling
    reden: str
    naar: date | None = None
    werkdagen: int | None = None
    aan: str | None = None
    grond: Pauzegrond | None = None
    verwacht_tot: date | None = None
    aanvaard: str = ""
    bulk: str | None = None

    def controleer(self) -> None:
        """RedenNodig of OngeldigeGegevens als de opdracht niet compleet is."""
        if not self.reden.strip():
            raise RedenNodig("Deze handeling heeft een reden nodig.", "Geef haar met --reden.")
        if self.handeling is Handeling.VERZETTEN and (self.naar is None) is (self.werkdagen is None):
            raise WaarheenOnduidelijk(
                "Waarheen de stap gaat, is niet duidelijk.", "Geef --naar of --werkdagen, een van beide."
            )
        if self.werkdagen == 0:
            raise WaarheenOnduidelijk(
                "Nul werkdagen verzetten verandert niets.", "Geef een ander aantal bij --werkdagen."
            )
        if self.handeling in (Handeling.OVERDRAGEN, Handeling.TOEWIJZEN) and not self.aan:
            raise OngeldigeGegevens("Er staat niet bij wie het krijgt.", "Geef een medewerkercode met --aan.")
        if self.handeling is Handeling.PAUZEREN and self.grond is None:
            raise OngeldigeGegevens(
                "Er staat niet bij waarom de taken stilstaan.", f"Kies --grond: {', '.join(Pauzegrond)}."
            )

    def waarden(self) -> dict[str, Any]:
        """Wat er is gevraagd, zonder eigen woorden en zonder grond: die staan alleen versleuteld in het dossier."""
        return {
            "naar": self.naar, "werkdagen": self.werkdagen, "aan": self.aan, "verwacht_tot": self.verwacht_tot,
            "aanvaard": bool(self.aanvaard.strip()), "bulk": self.bulk,
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Doel:
    """Eén stap, één dossier, of (bij doorhalen) de gebeurtenissen van een regel uit een eerdere bulk."""

    dossier_id: UUID
    stap_id: UUID | None = None
    volgnummers: tuple[int, ...] = ()


class Uitslag(StrEnum):
    """Hoe het met één stap of dossier afliep; bij een proef: zou aflopen."""

    GEDAAN = "gedaan"
    GEWEIGERD = "geweigerd"
    EERDER = "eerder_gedaan"


@dataclass(frozen=True, slots=True)
class Beweging:
    """Hoe een stap verandert. Haar kenmerk, haar id en haar run blijven; de ronde verzet de run.

    `waarom` is de uitleg van het plan bij de nieuwe dag; een andere uitleg alleen is geen beweging.
    """

    stap_id: UUID | None
    kenmerk: str
    titel: str
    status: tuple[str, str]
    start: tuple[date | None, date | None]
    streef: tuple[date | None, date | None]
    medewerker: tuple[str | None, str | None]
    uiterst: date | None
    run: UUID | None
    waarom: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Mailgevolg:
    """Een mail die volgt. `hoe`: een eigen mail, in het dagbericht, of samen met andere (`stappen` noemt ze)."""

    soort: str
    ontvanger: str
    rol: str
    stappen: tuple[str, ...]
    hoe: str = "mail"
    agenda: bool = False


@dataclass(frozen=True, slots=True)
class Regel:
    """Wat er met één stap of dossier gebeurde, en waarom niet als het is geweigerd."""

    dossier: str
    stap: str | None
    uitslag: Uitslag
    gebeurtenissen: tuple[int, ...] = ()
    code: str = ""
    waarom: str = ""
    uitweg: str = ""
    bewegingen: tuple[Beweging, ...] = ()
    mails: tuple[Mailgevolg, ...] = ()
    termijnen: tuple[Termijnbreuk, ...] = ()


@dataclass(slots=True)
class Bulkverslag:
    """Het verslag van een handeling, of van haar proef; `mails` is wat er na het samenvoegen weggaat."""

    handeling: Handeling
    proef: bool
    bulk: str | None = None
    regels: list[Regel] = field(default_factory=list[Regel])
    mails: tuple[Mailgevolg, ...] = ()

    def aantal(self, uitslag: Uitslag) -> int:
        return sum(regel.uitslag is uitslag for regel in self.regels)

    @property
    def mislukt(self) -> tuple[Mislukking, ...]:
        """De dossiers waarin iets misging dat niemand voorzag, elk één keer."""
        stuk = (r for r in self.regels if r.uitslag is Uitslag.GEWEIGERD and is_onverwacht(r.code))
        return tuple({r.dossier: Mislukking(r.dossier, r.code, r.waarom, r.uitweg) for r in stuk}.values())

    @property
    def iets_geweigerd(self) -> bool:
        return self.aantal(Uitslag.GEWEIGERD) > 0


def vat_samen(mails: Iterable[Mailgevolg]) -> tuple[Mailgevolg, ...]:
    """Voeg samen wat in één mail gaat: twee of meer losse mails aan dezelfde ontvanger."""
    per_ontvanger: dict[str, list[Mailgevolg]] = {}
    uit: list[Mailgevolg] = []
    for mail in mails:
        if mail.hoe == "mail" and mail.soort in BUNDELBAAR:
            per_ontvanger.setdefault(mail.ontvanger, []).append(mail)
        else:
            uit.append(mail)
    for ontvanger, groep in per_ontvanger.items():
        if len(groep) == 1:
            uit.extend(groep)
            continue
        stappen = tuple(sorted(stap for mail in groep for stap in mail.stappen))
        agenda = any(mail.agenda for mail in groep)
        uit.append(Mailgevolg(TAKEN_GEWIJZIGD, ontvanger, groep[0].rol, stappen, "samen", agenda))
    return tuple(sorted(uit, key=lambda mail: (mail.ontvanger, mail.soort, mail.stappen)))
