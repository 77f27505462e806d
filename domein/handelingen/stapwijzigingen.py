"""Wijzigingen op de opgeslagen stappen zetten, met de berichten die daarbij horen."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from domein.begrippen import Stapstatus
from domein.handelingen.bericht import (
    OVERDRACHT,
    TAAK,
    TAAK_INGETROKKEN,
    TAAK_VERZET,
    gemeld_aan,
    laat_vervallen,
    zet_klaar,
)
from domein.handelingen.regio import adres_van
from domein.handelingen.signalen import los_op, meld_signaal
from domein.model import Dossier, Stap
from domein.ports import Omgeving, Ruimte
from domein.regels.overgangen import Aanleiding, controleer
from domein.regels.planvormen import GewensteStap, Plan
from domein.regels.uitvoerder import uitvoerder_van
from domein.regels.wijzigingen import Wijziging
from domein.stand import Stand

GEEN_ADRES: Final = "geen_adres"
REDEN: Final = "Het plan van het dossier is veranderd."


class _Werk:
    """Eén keer wijzigingen toepassen; houdt bij elkaar wat elke verandering nodig heeft."""

    def __init__(
        self,
        ruimte: Ruimte,
        omgeving: Omgeving,
        dossier: Dossier,
        stappen: dict[str, Stap],
        stand: Stand,
        plan: Plan,
    ) -> None:
        self.ruimte, self.omgeving, self.dossier = ruimte, omgeving, dossier
        self.stappen, self.stand, self.plan = stappen, stand, plan

    def zet(self, stap: Stap, naar: Stapstatus, aanleiding: Aanleiding) -> None:
        controleer(stap.status, naar, aanleiding)
        stap.status = naar

    def bijmaken(self, w: Wijziging) -> None:
        assert w.gewenst is not None
        g = w.gewenst
        stap = Stap(
            dossier_id=self.dossier.id, gemeente=self.stand.gemeente or self.dossier.gemeente, kenmerk=g.kenmerk,
            stapsoort=g.stapsoort, titel=g.titel, status=Stapstatus.GEPLAND, start=g.start, streef=g.streef,
            uiterst=g.uiterst, rol=g.rol, waarom=g.waarom, artikel=g.artikel, besluit=g.besluit,
            regeling=self.plan.regeling,
        )  # fmt: skip
        self.ruimte.bewaar(stap)
        self.stappen[g.kenmerk] = stap

    def neem_over(self, stap: Stap, g: GewensteStap) -> None:
        stap.titel, stap.start, stap.streef, stap.uiterst = g.titel, g.start, g.streef, g.uiterst
        stap.waarom, stap.artikel, stap.rol, stap.regeling = g.waarom, g.artikel, g.rol, self.plan.regeling

    def verzetten(self, w: Wijziging) -> None:
        stap = self.stappen[w.kenmerk]
        assert w.gewenst is not None
        eerst = stap.streef
        anders = (eerst, stap.uiterst) != (w.gewenst.streef, w.gewenst.uiterst)
        self.neem_over(stap, w.gewenst)
        if stap.status is Stapstatus.OPEN and anders:
            # Wie de taak al kreeg, hoort de nieuwe dagen; de oude links gelden niet meer (regel 4 en 7).
            laat_vervallen(self.ruimte, stap, REDEN)
            stap.generatie += 1
            self.mail(stap, TAAK_VERZET, {"eerst": eerst})

    def toelichten(self, w: Wijziging) -> None:
        assert w.gewenst is not None
        self.neem_over(self.stappen[w.kenmerk], w.gewenst)

    def vervallen(self, w: Wijziging) -> None:
        stap = self.stappen[w.kenmerk]
        was_open = stap.status is Stapstatus.OPEN
        self.zet(stap, Stapstatus.VERVALLEN, "plan")
        stap.vervallen_waarom = (w.reden or REDEN)[:1000]
        stap.afgerond_op = self.omgeving.klok.nu()
        laat_vervallen(self.ruimte, stap, stap.vervallen_waarom)
        if was_open:
            for code, adres in gemeld_aan(self.ruimte, stap):
                zet_klaar(self.ruimte, self.omgeving, soort=TAAK_INGETROKKEN, stap=stap, ontvanger=code, adres=adres)

    def afronden(self, w: Wijziging) -> None:
        stap = self.stappen[w.kenmerk]
        self.zet(stap, Stapstatus.KLAAR, "uitkomst")
        stap.uitkomst, stap.afgerond_op = w.uitkomst, self.omgeving.klok.nu()
        laat_vervallen(self.ruimte, stap, "De stap is klaar.")

    def overslaan(self, w: Wijziging) -> None:
        stap = self.stappen[w.kenmerk]
        self.zet(stap, Stapstatus.OVERGESLAGEN, "mens")
        stap.uitkomst, stap.vervallen_waarom = None, None
        stap.afgerond_op = self.omgeving.klok.nu()
        laat_vervallen(self.ruimte, stap, "De stap is overgeslagen.")

    def openen(self, w: Wijziging) -> None:
        stap, opening = self.stappen[w.kenmerk], self.stand.geopend[w.kenmerk]
        self.zet(stap, Stapstatus.OPEN, "openen")
        stap.partner, stap.medewerker = opening.partner, opening.medewerker
        stap.afspraak, stap.afsprakenversie = opening.afspraak, opening.afsprakenversie
        stap.geopend_op = self.omgeving.klok.nu()
        self.mail(stap, TAAK)

    def terug(self, w: Wijziging, aanleiding: Aanleiding) -> None:
        stap = self.stappen[w.kenmerk]
        assert w.gewenst is not None
        self.zet(stap, Stapstatus.GEPLAND, aanleiding)
        stap.generatie += 1
        stap.uitkomst, stap.afgerond_op, stap.vervallen_waarom = None, None, None
        stap.partner, stap.medewerker, stap.geopend_op = None, None, None
        self.neem_over(stap, w.gewenst)

    def heropenen(self, w: Wijziging) -> None:
        self.terug(w, "heropenen")

    def herleven(self, w: Wijziging) -> None:
        self.terug(w, "plan")

    def mail(self, stap: Stap, soort: str, gegevens: Mapping[str, Any] | None = None) -> None:
        adres = adres_van(self.ruimte, self.omgeving, stap.medewerker or "")
        if adres is None or stap.medewerker is None:
            melding = f"Van wie '{stap.titel}' doet, is geen mailadres bekend. Draag de stap over."
            meld_signaal(self.ruimte, self.omgeving, GEEN_ADRES, "waarschuwing", melding, stap)
            return
        los_op(self.ruimte, self.omgeving, GEEN_ADRES, stap)
        zet_klaar(
            self.ruimte, self.omgeving, soort=soort, stap=stap, ontvanger=stap.medewerker, adres=adres,
            gegevens=gegevens,
        )  # fmt: skip

    def volg_toewijzing(self, stap: Stap) -> None:
        """Een open stap die na haar opening met de hand is toegewezen, gaat naar de nieuwe behandelaar.

        Dat is verplaatsen van een open stap: de generatie stijgt, dus ook wie haar eerder had krijgt de mail weer
        en de links van de vorige gelden niet meer (regel 7). Wie uit de afspraken verdween, krijgt niets; naar een
        adres dat niet werkt gaat ook geen intrekking.
        """
        if stap.status is not Stapstatus.OPEN:
            return
        nieuw = uitvoerder_van(self.stand, stap.kenmerk)
        if nieuw is None or stap.medewerker == nieuw.medewerker:
            return
        if adres_van(self.ruimte, self.omgeving, nieuw.medewerker) is None:
            return
        gemeld = gemeld_aan(self.ruimte, stap)
        kapot = self.ruimte.onbestelbare_adressen({adres for _, adres in gemeld})
        for code, adres in gemeld:
            if adres.lower() not in kapot:
                zet_klaar(self.ruimte, self.omgeving, soort=TAAK_INGETROKKEN, stap=stap, ontvanger=code, adres=adres)
        laat_vervallen(self.ruimte, stap, "De taak ging naar een ander.")
        vorige, stap.partner, stap.medewerker = stap.medewerker, nieuw.partner, nieuw.medewerker
        stap.generatie += 1
        if nieuw.waarom and vorige:
            self.mail(stap, OVERDRACHT, {"van": vorige, "overdracht_waarom": nieuw.waarom})
        else:
            self.mail(stap, TAAK)


def pas_toe(
    ruimte: Ruimte,
    omgeving: Omgeving,
    dossier: Dossier,
    stappen: dict[str, Stap],
    wijzigingen: tuple[Wijziging, ...],
    stand: Stand,
    plan: Plan,
) -> None:
    """Zet de wijzigingen op de rijen; `stappen` wordt bijgewerkt en aangevuld."""
    werk = _Werk(ruimte, omgeving, dossier, stappen, stand, plan)
    doe: dict[str, Callable[[Wijziging], None]] = {
        "bijmaken": werk.bijmaken, "verzetten": werk.verzetten, "toelichten": werk.toelichten,
        "vervallen": werk.vervallen, "afronden": werk.afronden, "overslaan": werk.overslaan,
        "openen": werk.openen, "heropenen": werk.heropenen, "herleven": werk.herleven,
    }  # fmt: skip
    for wijziging in wijzigingen:
        doe[wijziging.soort](wijziging)
    elders = {gewenst.kenmerk: gewenst.gemeente for gewenst in plan.stappen if gewenst.gemeente is not None}
    for stap in stappen.values():
        # Wie mag inzien volgt het dossier, ook bij wat klaar is; alleen wat een vorige gemeente nog levert, ziet zij.
        gemeente = elders.get(stap.kenmerk) or stand.gemeente or dossier.gemeente
        if stap.gemeente != gemeente:
            stap.gemeente = gemeente
        werk.volg_toewijzing(stap)
    ruimte.bewaar(*stappen.values())
