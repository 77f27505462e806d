"""Koppelingen van het COA registreren: een dossier nog vóór de kennisgeving van DUO (art. 14 Wi; art. 9.4 Bi).

Dezelfde afspraken als bij kennisgevingen: alle rijen of geen, en hetzelfde bestand twee keer verandert niets.
"""

from collections.abc import Sequence
from typing import Any, Final
from uuid import UUID

from domein.fouten import RegieFout
from domein.gebeurtenissen.basis import Actor, Gebeurtenis, NieuweGebeurtenis
from domein.gebeurtenissen.soorten import Koppeling, lees
from domein.handelingen.gemeentewissel import na_andere_gemeente
from domein.handelingen.gevolgen import leg_vast_met_gevolgen
from domein.handelingen.registreren_persoon import (
    bijfeiten,
    bijgewerkt,
    met_de_hand,
    persoon_van,
    zelfde_bijfeiten,
    zelfde_persoon,
)
from domein.handelingen.registreren_rijen import (
    Rijverslag,
    alle_of_geen,
    begint_opnieuw,
    eis_niet_net_ingelezen,
    heeft_al_een_dossier,
    nieuw_dossier,
    van_een_gewiste,
)
from domein.model import Dossier
from domein.ports import Omgeving, Ruimte
from domein.regels.nummeren import nummer_voor
from domein.registratie_koppeling import Koppelingsrij
from domein.stand import Stand, geldende, vouw

BRON: Final = "coa"


def koppel(
    omgeving: Omgeving, rijen: Sequence[Koppelingsrij], actor: Actor, *, proef: bool = False
) -> list[Rijverslag]:
    """Registreer koppelingen van het COA in één transactie.

    Een hogere versie verbetert een koppeling of wijzigt haar naar een andere gemeente in de regio. Is de kennisgeving
    er al, dan komt de koppeling in dat dossier. RegistratieGeweigerd noemt alle rijen die niet kunnen.
    """

    def koppel_rij(ruimte: Ruimte, rij: Koppelingsrij) -> Rijverslag:
        return _Rij(ruimte, omgeving, rij, actor).koppel()

    return alle_of_geen(omgeving, rijen, actor, koppel_rij, proef=proef)


class _Rij:
    """Eén rij in één transactie."""

    def __init__(self, ruimte: Ruimte, omgeving: Omgeving, rij: Koppelingsrij, actor: Actor) -> None:
        self.ruimte, self.omgeving, self.rij, self.actor = ruimte, omgeving, rij, actor

    def koppel(self) -> Rijverslag:
        versies = self.ruimte.bronversies(BRON, self.rij.kenmerk)
        gewist = van_een_gewiste(self.ruimte, self.rij, versies, ingetrokken=False)
        if gewist is not None:
            return gewist
        bekend = next((versie.dossier_id for versie in versies if not versie.gewist), None)
        if bekend is not None:
            return self._volgende_versie(bekend)
        bij_bsn = self.ruimte.dossier_met_bsn(self.rij.bsn)
        if bij_bsn is None:
            return self._begin()
        eis_niet_net_ingelezen(self.ruimte, BRON, self.rij.kenmerk, versies)
        return self._bij_dossier(bij_bsn)

    def _begin(self, na: Dossier | None = None) -> Rijverslag:
        melding = self._melding(Stand(), ())
        dossier, _ = nieuw_dossier(
            self.ruimte, self.omgeving, self.rij.gemeente, persoon_van(self.rij),
            [melding, *bijfeiten(self.rij, melding, (), self.actor)], na=na,
        )  # fmt: skip
        vorige = f" Het eerdere dossier {na.referentie} was geëindigd." if na else ""
        return self._verslag("nieuw", dossier, f"Dossier aangemaakt; de kennisgeving volgt.{vorige}", nieuw=True)

    def _verslag(self, uitkomst: Any, dossier: Dossier, melding: str, *, nieuw: bool = False) -> Rijverslag:
        return Rijverslag(self.rij.rij, self.rij.kenmerk, uitkomst, dossier.referentie, melding, nieuw)

    def _melding(self, stand: Stand, versies: Sequence[Gebeurtenis]) -> NieuweGebeurtenis:
        """Maak de gebeurtenis. Een andere gemeente is een nieuwe koppeling: zij telt door (regel 6)."""
        koppelingen = [g.gegevens for g in versies if isinstance(g.gegevens, Koppeling)]
        zelfde = [koppeling.nummer for koppeling in koppelingen if koppeling.gemeente == self.rij.gemeente]
        nummer = zelfde[-1] if zelfde else nummer_voor(stand, "koppeling")
        velden = ("gemeente", "doelgroep", "nareiziger", "ontzorgen", "azc")
        waarden = {veld: getattr(self.rij, veld) for veld in velden}
        return NieuweGebeurtenis(
            "koppeling", self.rij.koppeling_op, lees("koppeling", {**waarden, "nummer": nummer}), self.actor,
            reden="koppeling door het COA", bron=BRON, bronkenmerk=self.rij.kenmerk, bronversie=self.rij.versie,
        )  # fmt: skip

    def _volgende_versie(self, dossier_id: UUID) -> Rijverslag:
        dossier, persoon = self.ruimte.dossier(dossier_id), self.ruimte.persoon(dossier_id)
        if persoon is not None and persoon.bsn != self.rij.bsn:
            raise RegieFout(
                f"{self.rij.kenmerk} is geregistreerd voor een persoon met een ander BSN.",
                "Een verbetering verandert nooit van persoon. Controleer kenmerk en BSN.",
            )
        eerder = self.ruimte.gebeurtenissen(dossier_id)
        versies = self.ruimte.uit_bron(BRON, self.rij.kenmerk)
        stand = vouw(eerder)
        melding = self._melding(stand, versies)
        nieuwste = max(er.bronversie for er in versies)
        for er in versies:
            if er.bronversie != self.rij.versie:
                continue
            if self._zegt_hetzelfde(er, melding, eerder, nieuwste):
                return self._verslag("ongewijzigd", dossier, "Was al geregistreerd.")
            raise RegieFout(
                f"Versie {self.rij.versie} van {self.rij.kenmerk} is al geregistreerd met een andere inhoud.",
                "Geef de verbetering een hogere versie.",
            )
        verbeterd = self.rij.versie > nieuwste
        self._leg_vast(dossier, stand, melding, eerder, "Het COA wijzigde de koppeling.", verbeterd=verbeterd)
        if not verbeterd:
            return self._verslag("ouder", dossier, "Bewaard; een nieuwere versie telt.")
        houdt = " Behouden wat een medewerker wijzigde." if met_de_hand(eerder) else ""
        return self._verslag("verbeterd", dossier, f"Een nieuwere versie van het COA.{houdt}")

    def _zegt_hetzelfde(
        self, er: Gebeurtenis, melding: NieuweGebeurtenis, eerder: Sequence[Gebeurtenis], nieuwste: int
    ) -> bool:
        inhoud = er.gegevens.model_dump(exclude={"nummer"}) == melding.gegevens.model_dump(exclude={"nummer"})
        if not inhoud or er.geldig_op != melding.geldig_op:
            return False
        bekend = self.ruimte.persoon(er.dossier_id)
        if self.rij.versie < nieuwste or bekend is None:
            return True
        # Na de kennisgeving is de persoon die van DUO, en niet meer aan deze rij te toetsen.
        persoon = _heeft_kennisgeving(eerder) or zelfde_persoon(bekend, self.rij, met_de_hand(eerder), vul_aan=False)
        return persoon and zelfde_bijfeiten(self.rij, BRON, eerder)

    def _bij_dossier(self, dossier: Dossier) -> Rijverslag:
        """Was de kennisgeving er eerder dan de koppeling, dan komt die in hetzelfde dossier."""
        eerder = self.ruimte.gebeurtenissen(dossier.id)
        stand = vouw(eerder)
        if begint_opnieuw(stand):
            return self._begin(na=dossier)
        if stand.koppeling is not None or stand.einde is not None:
            uitweg = "Gebruik het oorspronkelijke kenmerk van het COA met een hogere versie voor een verbetering."
            raise heeft_al_een_dossier(dossier, stand, uitweg)
        if stand.gemeente != self.rij.gemeente:
            raise RegieFout(
                f"Deze persoon heeft al dossier {dossier.referentie}, bij gemeente {stand.gemeente}.",
                "Controleer de gemeente. Verhuisde de persoon, meld dan 'verhuisd' in dat dossier.",
            )
        melding = self._melding(stand, ())
        self._leg_vast(dossier, stand, melding, eerder, "De koppeling van het COA is binnen.", verbeterd=True)
        return self._verslag("aangevuld", dossier, "De koppeling hoort bij de kennisgeving.")

    def _leg_vast(
        self, dossier: Dossier, stand: Stand, melding: NieuweGebeurtenis, eerder: Sequence[Gebeurtenis], waarom: str,
        *, verbeterd: bool,
    ) -> None:  # fmt: skip
        """Leg de melding vast; DUO weet het beter, dus de persoon verandert alleen vóór de kennisgeving."""
        feiten = [melding, *(bijfeiten(self.rij, melding, eerder, self.actor) if verbeterd else ())]
        leg_vast_met_gevolgen(self.ruimte, self.omgeving, dossier.id, feiten, reden=waarom)
        bekend = self.ruimte.persoon(dossier.id)
        if verbeterd and bekend is not None and not _heeft_kennisgeving(eerder):
            self.ruimte.wijzig_persoon(dossier.id, bijgewerkt(bekend, self.rij, met_de_hand(eerder), vul_aan=False))
        na_andere_gemeente(self.ruimte, self.omgeving, dossier.id, stand)


def _heeft_kennisgeving(eerder: Sequence[Gebeurtenis]) -> bool:
    return any(g.soort == "kennisgeving" for g in geldende(eerder))
