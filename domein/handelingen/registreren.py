"""Kennisgevingen registreren: alle rijen of geen, en hetzelfde bestand twee keer verandert niets."""

from collections.abc import Sequence
from typing import Any, Final
from uuid import UUID

from domein.begrippen import Eindegrond
from domein.fouten import RegieFout
from domein.gebeurtenissen.basis import Actor, Gebeurtenis, NieuweGebeurtenis
from domein.gebeurtenissen.soorten import lees
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
    RegistratieGeweigerd,
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
from domein.regels.leeftijd import maand_achttien, maand_aow
from domein.registratie_invoer import Kennisgevingsrij
from domein.stand import Stand, vouw

BRON: Final = "duo"
INGETROKKEN: Final = "kennisgeving_ingetrokken"
PIP_TERMIJNEN: Final = ("pip", "pip-na-brp", "pip-na-derde")
# Deze volgen uit de geboortedatum en de regeling van dat moment; de geboortedatum zelf wordt al vergeleken.
_AFGELEID: Final = {"maand_achttien", "maand_aow"}


def registreer(
    omgeving: Omgeving, rijen: Sequence[Kennisgevingsrij], actor: Actor, *, proef: bool = False
) -> list[Rijverslag]:
    """Registreer kennisgevingen van DUO in één transactie.

    Een rij met een bekend DUO-kenmerk en dezelfde inhoud verandert niets, een nieuwere versie verbetert of trekt in,
    een oudere wordt bewaard maar telt niet (regel 10). Wie al een dossier heeft uit een koppeling, krijgt de
    kennisgeving daarin. RegistratieGeweigerd noemt alle rijen die niet kunnen.
    """

    def registreer_rij(ruimte: Ruimte, rij: Kennisgevingsrij) -> Rijverslag:
        return _Rij(ruimte, omgeving, rij, actor).registreer()

    return alle_of_geen(omgeving, rijen, actor, registreer_rij, proef=proef)


def melding_van(rij: Kennisgevingsrij, actor: Actor, omgeving: Omgeving) -> NieuweGebeurtenis:
    """Maak van de rij de gebeurtenis die DUO meldt: een kennisgeving, of dat zij is ingetrokken."""
    waarden: dict[str, Any] = {"gemeente": rij.gemeente, "doelgroep": rij.doelgroep}
    if rij.status == "ingetrokken":
        soort, reden = INGETROKKEN, "ingetrokken door DUO"
        geldig_op = rij.ingetrokken_op or omgeving.klok.vandaag()
    else:
        soort, geldig_op, reden = "kennisgeving", rij.kennisgeving_op, "kennisgeving van DUO"
        velden = (
            *("nareiziger", "ontzorgen", "brp_inschrijving"),
            *("vorige_gemeente", "eerste_pip_op", "eerste_pip_leerroute"),
        )
        waarden |= {veld: getattr(rij, veld) for veld in velden}
        waarden |= {
            "maand_achttien": maand_achttien(rij.geboortedatum, rij.kennisgeving_op),
            "maand_aow": maand_aow(rij.geboortedatum, rij.kennisgeving_op),
        }
    return NieuweGebeurtenis(
        soort, geldig_op, lees(soort, waarden), actor, reden=reden, bron=BRON, bronkenmerk=rij.kenmerk,
        bronversie=rij.versie,
    )  # fmt: skip


class _Rij:
    """Eén rij in één transactie."""

    def __init__(self, ruimte: Ruimte, omgeving: Omgeving, rij: Kennisgevingsrij, actor: Actor) -> None:
        self.ruimte, self.omgeving, self.rij, self.actor = ruimte, omgeving, rij, actor
        self.ingetrokken = rij.status == "ingetrokken"
        self.melding = melding_van(rij, actor, omgeving)

    def registreer(self) -> Rijverslag:
        versies = self.ruimte.bronversies(BRON, self.rij.kenmerk)
        gewist = van_een_gewiste(self.ruimte, self.rij, versies, ingetrokken=self.ingetrokken)
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

    def _verslag(self, uitkomst: Any, dossier: Dossier, melding: str, *, nieuw: bool = False) -> Rijverslag:
        return Rijverslag(self.rij.rij, self.rij.kenmerk, uitkomst, dossier.referentie, melding, nieuw)

    def _begin(self, na: Dossier | None = None) -> Rijverslag:
        feiten = [self.melding] if self.ingetrokken else [self.melding, *self._bijfeiten(())]
        dossier, uitwerking = nieuw_dossier(
            self.ruimte, self.omgeving, self.rij.gemeente, persoon_van(self.rij), feiten, na=na
        )
        if self.ingetrokken:
            melding = "DUO trok deze kennisgeving al in: wis de gegevens (stap einde/wissen/1)."
            return self._verslag("ingetrokken", dossier, melding, nieuw=True)
        termijn = next((t for t in uitwerking.plan.termijnen if t.soort in PIP_TERMIJNEN and not t.vervallen), None)
        uiterlijk = f" PIP uiterlijk {termijn.einde}." if termijn else ""
        vorige = f" Het eerdere dossier {na.referentie} was geëindigd." if na else ""
        return self._verslag("nieuw", dossier, f"Dossier aangemaakt.{uiterlijk}{vorige}", nieuw=True)

    def _bij_dossier(self, dossier: Dossier) -> Rijverslag:
        """Een dossier uit een koppeling krijgt zijn kennisgeving; wie opnieuw plichtig is, krijgt een nieuw dossier."""
        eerder = self.ruimte.gebeurtenissen(dossier.id)
        stand = vouw(eerder)
        if begint_opnieuw(stand) and not self.ingetrokken:
            return self._begin(na=dossier)
        if stand.koppeling is None or stand.kennisgeving_op is not None or stand.einde is not None:
            uitweg = "Gebruik het oorspronkelijke DUO-kenmerk met een hogere versie voor een verbetering."
            raise heeft_al_een_dossier(dossier, stand, uitweg)
        self._leg_vast(dossier, stand, eerder, "De kennisgeving van DUO is binnen.", verbeterd=True)
        if self.ingetrokken:
            return self._verslag("ingetrokken", dossier, "DUO trok de kennisgeving van deze koppeling in.")
        return self._verslag("aangevuld", dossier, "De kennisgeving hoort bij de koppeling.")

    def _volgende_versie(self, dossier_id: UUID) -> Rijverslag:
        rij, dossier = self.rij, self.ruimte.dossier(dossier_id)
        bekend = self.ruimte.persoon(dossier_id)
        if bekend is not None and bekend.bsn != rij.bsn:
            raise RegieFout(
                f"{rij.kenmerk} is geregistreerd voor een persoon met een ander BSN.",
                "Een verbetering verandert nooit van persoon. Trok DUO de kennisgeving in, registreer dan een hogere "
                "versie met status 'ingetrokken', en een nieuwe kennisgeving met een eigen kenmerk.",
            )
        eerder = self.ruimte.gebeurtenissen(dossier_id)
        versies = self.ruimte.uit_bron(BRON, rij.kenmerk)
        nieuwste = max(er.bronversie for er in versies)
        for er in versies:
            if er.bronversie != rij.versie:
                continue
            if self._zegt_hetzelfde(er, eerder, nieuwste):
                return self._verslag("ongewijzigd", dossier, "Was al geregistreerd.")
            raise RegieFout(
                f"Versie {rij.versie} van {rij.kenmerk} is al geregistreerd met een andere inhoud.",
                "Geef de verbetering een hogere versie.",
            )
        stand = vouw(eerder)
        verbeterd = rij.versie > nieuwste
        waarom = "DUO trok de kennisgeving in." if self.ingetrokken else "DUO verbeterde de kennisgeving."
        self._leg_vast(dossier, stand, eerder, waarom, verbeterd=verbeterd)
        if not verbeterd:
            return self._verslag("ouder", dossier, "Bewaard; een nieuwere versie telt.")
        if self.ingetrokken:
            return self._verslag("ingetrokken", dossier, "DUO trok de kennisgeving in: wis de gegevens.")
        herleeft = stand.einde is not None and stand.einde.grond is Eindegrond.INGETROKKEN
        melding = "De kennisgeving geldt weer." if herleeft else "Een nieuwere versie van DUO."
        houdt = " Behouden wat een medewerker wijzigde." if met_de_hand(eerder) else ""
        return self._verslag("verbeterd", dossier, melding + houdt)

    def _zegt_hetzelfde(self, er: Gebeurtenis, eerder: Sequence[Gebeurtenis], nieuwste: int) -> bool:
        """Zeg of deze versie eerder hetzelfde zei.

        Wij bewaren alleen de persoon van de nieuwste versie; een oudere is daar niet aan te toetsen. Bij een
        intrekking doet de persoon er niet meer toe, en zonder `ingetrokken_op` ook de dag niet.
        """
        if er.soort != self.melding.soort:
            return False
        inhoud = er.gegevens.model_dump(exclude=_AFGELEID) == self.melding.gegevens.model_dump(exclude=_AFGELEID)
        if self.ingetrokken:
            return inhoud and self.rij.ingetrokken_op in (None, er.geldig_op)
        if not inhoud or er.geldig_op != self.melding.geldig_op:
            return False
        bekend = self.ruimte.persoon(er.dossier_id)
        if self.rij.versie < nieuwste or bekend is None:
            return True
        hand, gekoppeld = met_de_hand(eerder), _uit_koppeling(eerder)
        return zelfde_persoon(bekend, self.rij, hand, vul_aan=gekoppeld) and zelfde_bijfeiten(self.rij, BRON, eerder)

    def _leg_vast(
        self, dossier: Dossier, stand: Stand, eerder: Sequence[Gebeurtenis], waarom: str, *, verbeterd: bool
    ) -> None:
        """Leg de melding vast; is zij de nieuwste en geldt zij, dan ook wat zij over de persoon zegt."""
        geldt = verbeterd and not self.ingetrokken
        feiten = [self.melding, *(self._bijfeiten(eerder) if geldt else ())]
        leg_vast_met_gevolgen(self.ruimte, self.omgeving, dossier.id, feiten, reden=waarom)
        bekend = self.ruimte.persoon(dossier.id)
        if geldt and bekend is not None:
            nieuw = bijgewerkt(bekend, self.rij, met_de_hand(eerder), vul_aan=_uit_koppeling(eerder))
            self.ruimte.wijzig_persoon(dossier.id, nieuw)
        na_andere_gemeente(self.ruimte, self.omgeving, dossier.id, stand)

    def _bijfeiten(self, eerder: Sequence[Gebeurtenis]) -> list[NieuweGebeurtenis]:
        return bijfeiten(self.rij, self.melding, eerder, self.actor)


def _uit_koppeling(eerder: Sequence[Gebeurtenis]) -> bool:
    """Zeg of ook het COA iets over deze persoon weet; DUO noemt bijvoorbeeld niet altijd een telefoonnummer."""
    return any(g.soort == "koppeling" for g in eerder)


__all__ = ["BRON", "RegistratieGeweigerd", "Rijverslag", "melding_van", "registreer"]
