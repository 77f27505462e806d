"""Het dagelijks werk van herinneren, opschalen en vroeg waarschuwen.

Wat er moet, beslist `domein/regels/opschaling.py`; hier wordt het alleen gedaan. Elke stap heeft zijn eigen transactie:
één fout houdt de rest niet tegen. De sleutel van het bericht zorgt dat niets twee keer gebeurt, ook als een
dag half werd gedaan.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Final
from uuid import UUID
from zoneinfo import ZoneInfo

from domein.begrippen import Berichtstatus, Stapstatus
from domein.fouten import OngeldigeGegevens
from domein.handelingen.bericht import (
    ESCALATIE,
    GEBUNDELD,
    HERINNERING,
    OVERGESLAGEN,
    VROEGE_WAARSCHUWING,
    leg_vast_zonder_mail,
    sleutel_van,
    zet_klaar,
)
from domein.handelingen.bundelen import Bundel, Lid, gegevens_van, groep_van
from domein.handelingen.kern import in_ruimte, kader
from domein.handelingen.ontvangers import Ontvanger, Wijzer, wijzer_op
from domein.handelingen.openen import GEEN_UITVOERDER
from domein.handelingen.signalen import meld_signaal
from domein.handelingen.vroeg_waarschuwen import stappen_met_termijn, waarschuw
from domein.model import Bericht, Stap
from domein.ports import SJABLOON_FOUT, Omgeving, Ruimte
from domein.regels.opschaling import Besluit, OpenStap, Tredesoort, beslis
from domein.regels.opschalingsbeleid import Ladder, Opschalingsbeleid, Toont, opschalingsbeleid
from domein.regels.stilstand import PAUZEERBAAR, staat_stil
from domein.stand import vouw

DAGWERK: Final = "herinneringen"
GEEN_REGIO: Final = "geen_regio"
MISLUKT: Final = "herinnering_mislukt"
_AMSTERDAM: Final = ZoneInfo("Europe/Amsterdam")


@dataclass(slots=True)
class Herinnerverslag:
    """Wat er op deze dag klaargezet is, per niveau (of week). `al_gedaan`: een ander deed deze dag al."""

    dag: date
    al_gedaan: bool = False
    herinneringen: Counter[int] = field(default_factory=Counter[int])
    escalaties: Counter[int] = field(default_factory=Counter[int])
    vroege_waarschuwingen: Counter[int] = field(default_factory=Counter[int])
    zonder_ontvanger: int = 0
    mislukt: list[UUID] = field(default_factory=list[UUID])


def herinner(
    omgeving: Omgeving,
    dag: date,
    *,
    wijzer: Wijzer | None = None,
    beleid: Opschalingsbeleid | None = None,
) -> Herinnerverslag:
    """Zet alles van deze dag klaar; een tweede keer op dezelfde dag doet niets.

    OngeldigeGegevens voor een dag die nog moet komen: die gold anders straks als gedaan (I7).
    """
    vandaag = omgeving.klok.vandaag()
    if dag > vandaag:
        raise OngeldigeGegevens(f"{dag} ligt in de toekomst; vandaag is het {vandaag}.", "Kies vandaag of eerder.")
    verslag = Herinnerverslag(dag)
    with omgeving.magazijn.ruimte() as ruimte:
        if ruimte.dagwerk_gedaan(DAGWERK, dag):
            verslag.al_gedaan = True
            return verslag
        stap_ids = [stap.id for stap in ruimte.stappen_waar(statussen={Stapstatus.OPEN})]
    wijzer = wijzer or wijzer_op(omgeving, dag)
    if wijzer is None:
        _meld_geen_regio(omgeving)
        verslag.zonder_ontvanger = len(stap_ids)
        return verslag  # niet als gedaan gemerkt: zodra de regio is geladen, komt deze dag alsnog

    werk = _Dagwerk(omgeving, dag, wijzer, beleid or opschalingsbeleid(), verslag)
    werk.stappen(stap_ids)
    werk.termijnen()
    with omgeving.magazijn.ruimte() as ruimte:
        _los_oude_op(ruimte, omgeving, verslag)
        ruimte.doe_dagwerk(DAGWERK, dag, omgeving.klok.nu())
    return verslag


class _Dagwerk:
    """Eén dag: eerst wat over één taak gaat, dan de mails met aantallen over taken samen."""

    def __init__(
        self, omgeving: Omgeving, dag: date, wijzer: Wijzer, beleid: Opschalingsbeleid, verslag: Herinnerverslag
    ) -> None:
        self.omgeving, self.dag, self.wijzer, self.beleid, self.verslag = omgeving, dag, wijzer, beleid, verslag
        self.bundels: dict[Bundel, list[Lid]] = {}
        self.zonder: dict[UUID, set[int]] = {}

    def stappen(self, stap_ids: list[UUID]) -> None:
        for stap_id in stap_ids:
            self._probeer(stap_id, self._een_stap)
        # Over één dossier gaat geen overleg: die stappen krijgen wat zij zonder dat niveau krijgen.
        while te_klein := [b for b, leden in self.bundels.items() if _dossiers(leden) < b.niveau.dossiers_minstens]:
            for lid in self.bundels.pop(te_klein[0]):
                self.zonder.setdefault(lid.stap_id, set()).add(te_klein[0].niveau.nummer)
                self._probeer(lid.stap_id, self._een_stap)
        for bundel, leden in self.bundels.items():
            self._probeer(leden[0].stap_id, lambda ruimte, _, b=bundel, alle=leden: self._een_bundel(ruimte, b, alle))

    def termijnen(self) -> None:
        with self.omgeving.magazijn.ruimte() as ruimte:
            stap_ids = stappen_met_termijn(ruimte, self.beleid)
        for stap_id in stap_ids:
            self._probeer(stap_id, self._een_termijn)

    def _probeer(self, stap_id: UUID, doe: Callable[[Ruimte, UUID], None]) -> None:
        try:
            with self.omgeving.magazijn.ruimte() as ruimte:
                doe(ruimte, stap_id)
        except Exception:  # één kapotte stap houdt de andere niet tegen; het verslag noemt hem
            self.verslag.mislukt.append(stap_id)
            _meld_mislukt(self.omgeving, stap_id)

    def _een_stap(self, ruimte: Ruimte, stap_id: UUID) -> None:
        stap = ruimte.stap(stap_id)
        gat = self._gat(ruimte, stap)
        ladder = self.beleid.ladder(stap.stapsoort, gat=gat is not None)
        besluit = self._besluit(ruimte, stap, ladder)
        if besluit is None:
            return
        if besluit.trede.soort is Tredesoort.HERINNERING:
            self._mail(ruimte, stap, besluit, self.wijzer.behandelaar(stap))
            return
        niveau = ladder.niveau(besluit.trede.niveau)
        ontvanger = self.wijzer.hoger(stap, ruimte.dossier(stap.dossier_id), niveau.ontvanger)
        if ontvanger is None and niveau.weergave is None:
            ontvanger = self.wijzer.postbus(stap)
        weergave = self.beleid.weergave(niveau, ontvanger.rol) if ontvanger else None
        if ontvanger is None or weergave is None or weergave.toont is Toont.TAAK:
            self._mail(ruimte, stap, besluit, ontvanger, weergave.sjabloon if weergave else None)
        elif ontvanger.kalender.is_open(self.dag):
            groep = groep_van(weergave.sjabloon, stap)
            bundel = Bundel(ladder.soort, niveau, weergave.sjabloon, ontvanger, groep)
            overgeslagen = tuple(trede.sleutel for trede in besluit.overgeslagen)
            self.bundels.setdefault(bundel, []).append(
                Lid(stap.id, stap.dossier_id, stap.generatie, overgeslagen, gat or "")
            )

    def _besluit(self, ruimte: Ruimte, stap: Stap, ladder: Ladder) -> Besluit | None:
        """Vraag de regel wat deze stap vandaag krijgt; de post en het dossier alleen lezen als er iets kan zijn."""
        if stap.status is not Stapstatus.OPEN:
            return None  # intussen beantwoord
        zo, kalender = _als_open_stap(stap), self.wijzer.kalender(stap)
        zonder = self.zonder.get(stap.id, ())
        if beslis(zo, self.dag, ladder, kalender, zonder=zonder) is None:
            return None
        gedaan, stil = _al_gedaan(ruimte, stap), _stil(ruimte, stap, self.dag)
        return beslis(zo, self.dag, ladder, kalender, gedaan, stil=stil, zonder=zonder)

    def _gat(self, ruimte: Ruimte, stap: Stap) -> str | None:
        """Waarom de afspraken niemand aanwijzen voor deze stap; None als er iemand is."""
        if not self.wijzer.is_gat(stap):
            return None
        signalen = ruimte.signalen(dossier_id=stap.dossier_id)
        return next((s.melding for s in signalen if s.soort == GEEN_UITVOERDER and s.stap_id == stap.id), None)

    def _mail(
        self, ruimte: Ruimte, stap: Stap, besluit: Besluit, ontvanger: Ontvanger | None, sjabloon: str | None = None
    ) -> None:
        trede = besluit.trede
        if ontvanger is None:
            self.verslag.zonder_ontvanger += 1
            _meld_zonder_ontvanger(ruimte, self.omgeving, stap, trede.soort)
            return
        if not ontvanger.kalender.is_open(self.dag):
            return  # niets op een dag dat het kantoor dicht is; de eerste open dag komt het alsnog
        bericht = zet_klaar(
            ruimte, self.omgeving, soort=trede.soort.value, stap=stap, ontvanger=ontvanger.code, adres=ontvanger.adres,
            niveau=trede.niveau, sjabloon=sjabloon,
        )  # fmt: skip
        if bericht is None:
            return
        self._tel(trede.soort.value, trede.niveau)
        for lager in besluit.overgeslagen:
            leg_vast_zonder_mail(
                ruimte, self.omgeving, bericht, stap, lager.soort.value, lager.niveau, OVERGESLAGEN
            )  # fmt: skip

    def _een_bundel(self, ruimte: Ruimte, bundel: Bundel, leden: list[Lid]) -> None:
        """Eén mail met aantallen over alle stappen samen, bij de oudste stap; de andere stappen verwijzen ernaar."""
        stappen = {lid.stap_id: ruimte.stap(lid.stap_id) for lid in leden}
        samen = [
            lid
            for lid in leden
            if stappen[lid.stap_id].status is Stapstatus.OPEN and stappen[lid.stap_id].generatie == lid.generatie
        ]
        if _dossiers(samen) < bundel.niveau.dossiers_minstens:
            return  # intussen beantwoord
        hoofd = min(samen, key=lambda lid: (_als_open_stap(stappen[lid.stap_id]).einde, str(lid.stap_id)))
        stap = stappen[hoofd.stap_id]
        gegevens = gegevens_van(bundel, [stappen[lid.stap_id] for lid in samen], hoofd.gat, self.wijzer, self.beleid)
        nummer, naar = bundel.niveau.nummer, bundel.ontvanger
        gemaakt = zet_klaar(
            ruimte, self.omgeving, soort=ESCALATIE, stap=stap, ontvanger=naar.code, adres=naar.adres, gegevens=gegevens,
            niveau=nummer, sjabloon=bundel.sjabloon,
        )  # fmt: skip
        bericht = gemaakt or ruimte.bericht_met_sleutel(sleutel_van(stap, ESCALATIE, nummer, naar.code))
        if bericht is None:
            return
        if gemaakt is not None:
            self._tel(ESCALATIE, nummer)
        for lid in samen:
            van_lid = stappen[lid.stap_id]
            if lid is not hoofd:
                leg_vast_zonder_mail(ruimte, self.omgeving, bericht, van_lid, ESCALATIE, nummer, GEBUNDELD)
            for soort, lager in lid.overgeslagen:
                leg_vast_zonder_mail(ruimte, self.omgeving, bericht, van_lid, soort, lager, OVERGESLAGEN)

    def _een_termijn(self, ruimte: Ruimte, stap_id: UUID) -> None:
        for week in waarschuw(ruimte, self.omgeving, stap_id, self.dag, self.wijzer, self.beleid):
            self._tel(VROEGE_WAARSCHUWING, week)

    def _tel(self, soort: str, niveau: int) -> None:
        telling = {HERINNERING: self.verslag.herinneringen, ESCALATIE: self.verslag.escalaties}
        telling.get(soort, self.verslag.vroege_waarschuwingen)[niveau] += 1


def _dossiers(leden: list[Lid]) -> int:
    return len({lid.dossier_id for lid in leden})


def _als_open_stap(stap: Stap) -> OpenStap:
    geopend = stap.geopend_op.astimezone(_AMSTERDAM).date() if stap.geopend_op else stap.start
    return OpenStap(geopend=geopend, streef=stap.streef, uiterst=stap.uiterst)


def _stil(ruimte: Ruimte, stap: Stap, dag: date) -> bool:
    """Zeg of de taken van dit dossier stilstaan; van wie is gewist, is niets meer te lezen."""
    if stap.stapsoort not in PAUZEERBAAR or ruimte.persoon(stap.dossier_id) is None:
        return False
    stand = vouw(ruimte.gebeurtenissen(stap.dossier_id))
    return staat_stil(stand, kader(), stap.stapsoort, stap.kenmerk, dag)


def _al_gedaan(ruimte: Ruimte, stap: Stap) -> set[tuple[str, int]]:
    """Welke treden van deze generatie al gebeurden of werden overgeslagen, aan wie dan ook."""
    return {
        (bericht.soort, bericht.niveau)
        for bericht in ruimte.berichten(stap_id=stap.id)
        if bericht.generatie == stap.generatie and bericht.soort in {HERINNERING, ESCALATIE} and _telt(ruimte, bericht)
    }


def _telt(ruimte: Ruimte, bericht: Bericht) -> bool:
    """Een bericht dat verviel omdat de stap even niet open was, telt niet: daar is niets van aangekomen.

    Wat op zijn sjabloon wacht telt wel (`gemiste_post` maakt het alsnog), en een gebundelde stap zolang de mail geldt.
    """
    if bericht.status is not Berichtstatus.VERVALLEN:
        return True
    if bericht.fout_code == GEBUNDELD:
        hoofd = ruimte.bericht_met_sleutel(bericht.tekst)
        return hoofd is not None and hoofd.fout_code != GEBUNDELD and _telt(ruimte, hoofd)
    return bericht.fout_code in {SJABLOON_FOUT, OVERGESLAGEN}


def _meld_zonder_ontvanger(ruimte: Ruimte, omgeving: Omgeving, stap: Stap, soort: Tredesoort) -> None:
    melding = "Niemand is te vinden om te waarschuwen. Wijs iemand toe of vul de afspraken aan."
    meld_signaal(ruimte, omgeving, f"{soort.value}_zonder_ontvanger", "waarschuwing", melding, stap)


def _meld_mislukt(omgeving: Omgeving, stap_id: UUID) -> None:
    melding = "De herinnering kon niet worden gemaakt. Kijk naar het sjabloon en de afspraken."
    with omgeving.magazijn.ruimte() as ruimte:
        meld_signaal(ruimte, omgeving, MISLUKT, "fout", melding, ruimte.stap(stap_id))


def _meld_geen_regio(omgeving: Omgeving) -> None:
    melding = "Er zijn geen samenwerkingsafspraken die nu gelden. Laad de regio."
    # Opnieuw bij een botsing: twee opzichters op een nieuwe installatie zien dit op hetzelfde moment.
    in_ruimte(omgeving, lambda ruimte: meld_signaal(ruimte, omgeving, GEEN_REGIO, "fout", melding))


def _los_oude_op(ruimte: Ruimte, omgeving: Omgeving, verslag: Herinnerverslag) -> None:
    """Er zijn weer afspraken, en wat vandaag wel lukte is geen signaal meer."""
    for signaal in (s for soort in (GEEN_REGIO, MISLUKT) for s in ruimte.signalen(soort=soort)):
        if signaal.stap_id not in verslag.mislukt:
            signaal.opgelost_op = omgeving.klok.nu()
            ruimte.bewaar(signaal)
