"""Kennisgevingen registreren: alle rijen of geen, en hetzelfde bestand twee keer verandert niets."""

import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal
from uuid import uuid4

from domein.fouten import RegieFout
from domein.gebeurtenissen.basis import Actor, Gegevens, NieuweGebeurtenis
from domein.gebeurtenissen.soorten import lees
from domein.handelingen.bevoegdheid import INLEZERS, eis_melder
from domein.handelingen.kern import in_ruimte, kader, leg_vast
from domein.handelingen.regio import regio_op
from domein.model import Dossier
from domein.ports import Omgeving, Persoon, Ruimte
from domein.regio.model import Regio
from domein.registratie_invoer import Kennisgevingsrij

BRON: Final = "duo"
# Zonder letters en cijfers die op elkaar lijken, en zonder klinkers: een referentie is nooit een woord.
TEKENS: Final = "23456789BCDFGHJKLMNPQRSTVWXZ"
Rijuitkomst = Literal["nieuw", "ongewijzigd", "verbeterd", "ouder"]


@dataclass(frozen=True, slots=True)
class Rijverslag:
    rij: int
    kenmerk: str
    uitkomst: Rijuitkomst
    referentie: str
    melding: str


class RegistratieGeweigerd(RegieFout):
    """Een of meer rijen kunnen niet; er is niets bewaard. `regels` noemt ze."""

    code = "registratie_geweigerd"

    def __init__(self, regels: Sequence[tuple[int, str]]) -> None:
        super().__init__(f"{len(regels)} van de rijen kan niet worden geregistreerd; er is niets bewaard.")
        self.regels = tuple(regels)


def nieuwe_referentie(bestaat: Callable[[str], bool]) -> str:
    """Maak een willekeurige referentie als D-7F3K9, die nog niet bestaat."""
    while True:
        referentie = "D-" + "".join(secrets.choice(TEKENS) for _ in range(5))
        if not bestaat(referentie):
            return referentie


def registreer(
    omgeving: Omgeving, rijen: Sequence[Kennisgevingsrij], actor: Actor, *, proef: bool = False
) -> list[Rijverslag]:
    """Registreer kennisgevingen van DUO in één transactie.

    Een rij met een bekend DUO-kenmerk en dezelfde inhoud verandert niets, een nieuwere versie verbetert, een oudere
    wordt bewaard maar telt niet (regel 10). RegistratieGeweigerd noemt alle rijen die niet kunnen.
    """

    class _Terug(Exception):
        pass

    verslag: list[Rijverslag] = []

    def werk(ruimte: Ruimte) -> list[Rijverslag]:
        verslag.clear()
        fouten: list[tuple[int, str]] = []
        regio = regio_op(ruimte, omgeving, omgeving.klok.vandaag())
        eis_melder(regio, None, actor, omgeving.klok.vandaag(), INLEZERS)
        for rij in rijen:
            nummer = rij.rij
            try:
                verslag.append(_registreer_rij(ruimte, omgeving, rij, nummer, actor, regio))
            except RegieFout as fout:
                fouten.append((nummer, f"{fout.melding} {fout.uitweg}".strip()))
        if fouten:
            raise RegistratieGeweigerd(fouten)
        if proef:
            raise _Terug  # de transactie gaat terug: er is niets bewaard
        return list(verslag)

    try:
        return in_ruimte(omgeving, werk)
    except _Terug:
        return list(verslag)


def _gegevens(rij: Kennisgevingsrij) -> Gegevens:
    waarden: dict[str, Any] = {
        "gemeente": rij.gemeente, "doelgroep": rij.doelgroep, "nareiziger": rij.nareiziger,
        "ontzorgen": rij.ontzorgen, "brp_inschrijving": rij.brp_inschrijving,
    }  # fmt: skip
    return lees("kennisgeving", waarden)


def persoon_van(rij: Kennisgevingsrij) -> Persoon:
    velden = ("straat", "postcode", "plaats", "email", "telefoon", "taal", "kanaal")
    extra: Mapping[str, str] = {veld: str(w) for veld in velden if (w := getattr(rij, veld, None))}
    return Persoon(bsn=rij.bsn, naam=rij.naam, geboortedatum=rij.geboortedatum, gegevens=extra)


def _registreer_rij(
    ruimte: Ruimte,
    omgeving: Omgeving,
    rij: Kennisgevingsrij,
    nummer: int,
    actor: Actor,
    regio: Regio,
) -> Rijverslag:
    if rij.gemeente not in regio.gemeenten:
        kies = f"Kies een van: {', '.join(regio.gemeenten)}."
        raise RegieFout(f"Gemeente {rij.gemeente} hoort niet bij deze regio.", kies)
    eis_melder(regio, rij.gemeente, actor, omgeving.klok.vandaag(), INLEZERS)
    gegevens = _gegevens(rij)
    eerder = ruimte.uit_bron(BRON, rij.kenmerk)
    bij_bsn = ruimte.dossier_met_bsn(rij.bsn)
    if eerder and bij_bsn is not None and bij_bsn.id != eerder[0].dossier_id:
        raise RegieFout("Dit DUO-kenmerk hoort bij een andere persoon.", "Controleer kenmerk en BSN.")
    if not eerder and bij_bsn is not None:
        raise RegieFout(
            f"Deze persoon heeft al dossier {bij_bsn.referentie}.",
            "Gebruik het oorspronkelijke DUO-kenmerk met een hogere versie voor een verbetering.",
        )
    nieuw = NieuweGebeurtenis(
        "kennisgeving", rij.kennisgeving_op, gegevens, actor, reden="kennisgeving van DUO",
        bron=BRON, bronkenmerk=rij.kenmerk, bronversie=rij.versie,
    )  # fmt: skip
    if not eerder:
        return _nieuw_dossier(ruimte, omgeving, rij, nummer, nieuw)
    dossier = ruimte.dossier(eerder[0].dossier_id)
    bekend = ruimte.persoon(dossier.id)
    if bekend is not None and bekend.bsn != rij.bsn:
        raise RegieFout(
            f"{rij.kenmerk} is geregistreerd voor een persoon met een ander BSN.",
            "Een verbetering verandert nooit van persoon. Trok DUO de kennisgeving in, meld dan 'plicht_beeindigd' met "
            "grond 'ingetrokken' en registreer een nieuwe kennisgeving met een eigen kenmerk.",
        )
    nieuwste = max(er.bronversie for er in eerder)
    for er in eerder:
        if er.bronversie != rij.versie:
            continue
        # Wij bewaren alleen de persoon van de nieuwste versie; een oudere is daar niet aan te toetsen.
        zelfde_persoon = rij.versie < nieuwste or bekend is None or bekend == persoon_van(rij)
        if (er.geldig_op, er.gegevens) == (rij.kennisgeving_op, gegevens) and zelfde_persoon:
            return Rijverslag(nummer, rij.kenmerk, "ongewijzigd", dossier.referentie, "Was al geregistreerd.")
        raise RegieFout(
            f"Versie {rij.versie} van {rij.kenmerk} is al geregistreerd met een andere inhoud.",
            "Geef de verbetering een hogere versie.",
        )
    verbeterd = rij.versie > nieuwste
    leg_vast(ruimte, omgeving, dossier.id, [nieuw], reden="DUO verbeterde de kennisgeving.")
    if verbeterd:
        ruimte.wijzig_persoon(dossier.id, persoon_van(rij))
        return Rijverslag(nummer, rij.kenmerk, "verbeterd", dossier.referentie, "Een nieuwere versie van DUO.")
    return Rijverslag(nummer, rij.kenmerk, "ouder", dossier.referentie, "Bewaard; een nieuwere versie telt.")


def _nieuw_dossier(
    ruimte: Ruimte, omgeving: Omgeving, rij: Kennisgevingsrij, nummer: int, nieuw: NieuweGebeurtenis
) -> Rijverslag:
    def bestaat(referentie: str) -> bool:
        return ruimte.bestaat_referentie(referentie)

    dossier = Dossier(
        id=uuid4(), referentie=nieuwe_referentie(bestaat), regio=omgeving.regio, gemeente=rij.gemeente,
        regeling=kader().regeling.versie, aangemaakt_op=omgeving.klok.nu(),
    )  # fmt: skip
    ruimte.nieuw_dossier(dossier, persoon_van(rij))
    uitwerking = leg_vast(ruimte, omgeving, dossier.id, [nieuw])
    termijn = next(iter(uitwerking.plan.termijnen), None)
    uiterlijk = f" PIP uiterlijk {termijn.einde}." if termijn else ""
    return Rijverslag(nummer, rij.kenmerk, "nieuw", dossier.referentie, f"Dossier aangemaakt.{uiterlijk}")
