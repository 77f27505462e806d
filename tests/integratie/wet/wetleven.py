"""Een leven dat de wet nakijkt: elke afwijking van wat een rij zegt is een AssertionError, nooit een andere fout."""

from collections.abc import Callable
from datetime import date
from typing import Any

from adapters.kennisgevingen_bestand import lees as lees_kennisgevingen
from domein.begrippen import Rol, Stapstatus
from domein.fouten import OngeldigeGegevens, RedenNodig, RegieFout
from domein.gebeurtenissen.basis import SYSTEEM, Actor
from domein.handelingen.kern import Uitwerking
from domein.handelingen.koppelen import koppel
from domein.handelingen.melden import proef_melding
from domein.handelingen.registreren import registreer
from domein.model import Stap
from domein.regels.termijnen import Termijn, Termijnstaat
from domein.registratie_koppeling import Koppelingsrij
from tests.integratie.regels.leven import DUO, GEMEENTEN, MANDAAT, PIP, VOORBEELD, Leven

LOOPT, GEHAALD, VERLENGD = Termijnstaat.LOOPT, Termijnstaat.GEHAALD, Termijnstaat.VERLENGD
OVERSCHREDEN, VERVALLEN = Termijnstaat.OVERSCHREDEN, Termijnstaat.VERVALLEN
GEMEENTE, COA = Actor("gemeente"), Actor("coa")
RIJEN = lees_kennisgevingen(VOORBEELD / "kennisgevingen.csv", date(2026, 12, 31), GEMEENTEN).rijen
STARTMETING = {"opleiding": "beroeps", "werkervaring_jaren": 6, "taalniveau": "nul"}


def dag(tekst: str) -> date:
    return date.fromisoformat(tekst)


class Wetleven(Leven):
    """`begin`, `oproep`, `intake`, `pip` zijn echte handelingen; `eis` en `eis_termijn` vergelijken met de wet.

    Dagen zijn tekst ("2026-03-06"): zij staan er zoals iemand ze met de wet in de hand opschrijft.
    """

    # --- doen: wat hier onverwacht wordt geweigerd, is een afwijking van de wet
    def begin(self, kennisgeving: str = "2026-01-05", *, persoon: int = 0, **anders: Any) -> "Wetleven":  # pyright: ignore
        anders.setdefault("brp_inschrijving", dag("2025-12-15"))
        rij = RIJEN[persoon].model_copy(update={"kennisgeving_op": dag(kennisgeving)} | anders)
        if rij.kennisgeving_op > self.omgeving.klok.vandaag():
            self.op(rij.kennisgeving_op)
        (verslag,) = _zonder_weigering(lambda: registreer(self.omgeving, [rij], SYSTEEM))
        with self.omgeving.magazijn.ruimte() as ruimte:
            self.dossier_id = ruimte.dossier_bij(verslag.referentie).id
        return self

    def koppel(self, op: str, *, versie: int = 1, gemeente: str = "GM0512", azc: str = "azc-budel") -> "Wetleven":
        """Het COA koppelt de eerste persoon van het voorbeeld aan een gemeente."""
        self.op(dag(op))
        zelfde = ("bsn", "naam", "geboortedatum", "taal", "kanaal", "email", "telefoon")
        waarden = {veld: str(getattr(RIJEN[0], veld) or "") for veld in zelfde}
        waarden |= {"kenmerk": "COA-1", "versie": str(versie), "koppeling_op": op, "gemeente": gemeente, "azc": azc}
        rij = Koppelingsrij.model_validate({**waarden, "nareiziger": "nee", "ontzorgen": "ja"})
        (verslag,) = _zonder_weigering(lambda: koppel(self.omgeving, [rij], COA))
        with self.omgeving.magazijn.ruimte() as ruimte:
            self.dossier_id = ruimte.dossier_bij(verslag.referentie).id
        return self

    def antwoord(
        self, kenmerk: str, soort: str, dag: date | None = None, *, door: Actor | None = None, **gegevens: Any
    ) -> Uitwerking:
        return _zonder_weigering(lambda: Leven.antwoord(self, kenmerk, soort, dag, door=door, **gegevens))

    def meld(self, soort: str, dag: date, *, actor: Actor = DUO, **rest: Any) -> Uitwerking | None:
        self._tot(dag)
        return _zonder_weigering(lambda: Leven.meld(self, soort, dag, actor=actor, **rest))

    def feit(self, soort: str, op: str, *, door: Actor = GEMEENTE, **gegevens: Any) -> "Wetleven":
        """Meld wat er gebeurde."""
        self.meld(soort, dag(op), actor=door, **gegevens)
        return self

    def uitkomst(self, kenmerk: str, soort: str, op: str, *, door: Actor | None = None, **gegevens: Any) -> "Wetleven":
        """Antwoord op een stap, als wie haar heeft."""
        self.antwoord(kenmerk, soort, dag(op), door=door, **gegevens)
        return self

    def oproep(self, nummer: int, verzonden: str, afspraak: str, *, waarschuwing: bool = False) -> "Wetleven":
        return self.uitkomst(
            f"intake/oproep/{nummer}", "oproep_verzonden", verzonden, afspraak_op=afspraak, waarschuwing=waarschuwing
        )

    def gemist(self, nummer: int, op: str, *, verschoonbaar: bool = False) -> "Wetleven":
        return self.uitkomst(f"intake/gesprek/{nummer}", "niet_verschenen", op, verschoonbaar=verschoonbaar)

    def intake(self, op: str, *, advies: str = "b1", verzonden: str | None = None) -> "Wetleven":
        """De eerste oproep en het gesprek, met leerbaarheidstoets en startmeting."""
        if "intake/gesprek/1" not in self.stappen():
            self.oproep(1, verzonden or op, op)
        return self.uitkomst(
            "intake/gesprek/1", "intake_gehouden", op, leerbaarheidstoets_op=op, advies=advies, **STARTMETING
        )

    def pip(
        self, op: str, kenmerk: str = "pip/vaststellen/1", *, door: Actor = MANDAAT, reden: str = "", **anders: Any
    ) -> "Wetleven":
        gegevens = PIP | {"bekendgemaakt_op": op} | anders
        return self.uitkomst(kenmerk, "pip_vastgesteld", op, door=door, reden=reden, **gegevens)

    def met_pip(self, op: str = "2026-02-25", *, leerroute: str = "b1", **anders: Any) -> "Wetleven":
        """De intake op 21 januari en het PIP, met de leerroute van het advies."""
        return self.intake("2026-01-21", verzonden="2026-01-07", advies=leerroute).pip(
            op, leerroute=leerroute, **anders
        )

    def uren(self, tot: str, gevolgd: int, soort: str = "cursus", *, van: str | None = None) -> "Wetleven":
        """Uren met bewijs, geleverd op de laatste dag van hun periode."""
        begin = van or f"{tot[:8]}01"
        return self.feit(
            "uren_gemeld", tot, urensoort=soort, periode_van=begin, periode_tot=tot, gevolgd=gevolgd, bewijs="lijst-1"
        )

    def les(self, geaccepteerd: str = "2026-03-04", start: str = "2026-03-30", nummer: int = 1) -> "Wetleven":
        """De aanbieder accepteert en bevestigt de eerste les."""
        self.uitkomst(f"aanbieder/aanmelding/{nummer}", "aanmelding_geaccepteerd", geaccepteerd, startdatum=start)
        return self.uitkomst(f"aanbieder/start/{nummer}", "les_gestart", start)

    def _tot(self, op: date) -> None:
        if op > self.omgeving.klok.vandaag():
            self.op(op)

    # --- nakijken
    def stap(self, kenmerk: str) -> Stap:
        stappen = self.stappen()
        assert kenmerk in stappen, f"{kenmerk} is er niet; wel: {', '.join(sorted(stappen))}"
        return stappen[kenmerk]

    @property
    def te_doen(self) -> set[str]:
        return {
            kenmerk for kenmerk, stap in self.stappen().items() if stap.status in (Stapstatus.GEPLAND, Stapstatus.OPEN)
        }

    def eis_niet(self, *beginnen: str) -> None:
        """Geen enkele stap die nog te doen is, begint zo."""
        assert not {kenmerk for kenmerk in self.te_doen if kenmerk.startswith(beginnen)}

    def eis(
        self,
        kenmerk: str,
        start: str,
        streef: str,
        uiterst: str | None,
        rol: Rol,
        artikel: str,
        *waarom: str,
    ) -> Stap:
        """De stap is te doen, op deze dagen, door deze rol, met dit artikel en met deze zinnen in haar waarom."""
        stap = self.stap(kenmerk)
        assert kenmerk in self.te_doen, f"{kenmerk} is {stap.status}"
        assert (stap.start, stap.streef) == (dag(start), dag(streef)), kenmerk
        assert stap.uiterst == (dag(uiterst) if uiterst else None), kenmerk
        assert stap.rol is rol
        assert artikel in stap.artikel
        assert all(zin in stap.waarom for zin in waarom), f"{kenmerk}: {stap.waarom}"
        return stap

    def eis_termijn(
        self, soort: str, anker: str, ruw: str, einde: str, artikel: str, staat: dict[str, Termijnstaat] | None = None
    ) -> Termijn:
        """De termijn telt zo, en staat er op elke genoemde dag zo voor."""
        termijn = self.plan().termijn(soort)
        assert termijn is not None, f"geen termijn {soort}"
        assert (termijn.anker, termijn.ruw, termijn.einde) == (dag(anker), dag(ruw), dag(einde)), soort
        assert artikel in termijn.artikel
        for op, verwacht in (staat or {}).items():
            assert termijn.staat(dag(op)) is verwacht, op
        return termijn

    def weigert(
        self,
        fout: type[RegieFout],
        tekst: str,
        soort: str,
        op: str,
        *,
        stap: str | None = None,
        door: Actor | None = None,
        **gegevens: Any,
    ) -> None:
        """Dit kan niet, met precies deze fout en met deze tekst (het artikel) erin; er wordt niets vastgelegd."""
        voor = self.gebeurtenissen()
        if stap is None:
            self._tot(dag(op))
            actor = door or GEMEENTE
            gevangen = _vang(lambda: Leven.meld(self, soort, dag(op), actor=actor, **gegevens))
        else:
            gevangen = _vang(lambda: Leven.antwoord(self, stap, soort, dag(op), door=door, **gegevens))
        _eis_fout(gevangen, fout, tekst, soort)
        na = [g for g in self.gebeurtenissen() if g.soort not in ("stap_geopend", "klantmanager_toegewezen")]
        assert na == [g for g in voor if g.soort not in ("stap_geopend", "klantmanager_toegewezen")]

    def proef(self, soort: str, op: str, **gegevens: Any) -> Uitwerking:
        """Wat dit feit zou veranderen; er wordt niets geschreven."""
        self._tot(dag(op))
        reden = str(gegevens.pop("reden", ""))
        return _zonder_weigering(
            lambda: proef_melding(self.omgeving, self.dossier_id, soort, dag(op), gegevens, GEMEENTE, reden=reden)
        )

    def proef_ruw(self, soort: str, op: str, **gegevens: Any) -> Uitwerking:
        """Als `proef`, maar een weigering komt er gewoon uit."""
        self._tot(dag(op))
        return proef_melding(self.omgeving, self.dossier_id, soort, dag(op), gegevens, GEMEENTE)

    def pip_ruw(self, op: str, **anders: Any) -> Uitwerking:
        """Als `pip`, maar een weigering komt er gewoon uit."""
        gegevens = PIP | {"bekendgemaakt_op": op} | anders
        return Leven.antwoord(self, "pip/vaststellen/1", "pip_vastgesteld", dag(op), door=MANDAAT, **gegevens)

    def mag(self, artikel: str, act: Callable[[], object]) -> bool:
        """Zeg of dit kan; kan het niet, dan is het onmogelijk (geen twijfel) en noemt de weigering het artikel."""
        gevangen = _vang(act)
        if gevangen is not None:
            _eis_fout(gevangen, OngeldigeGegevens, artikel, "dit")
        return gevangen is None

    def vraagt_reden(self, tekst: str, soort: str, op: str, **gegevens: Any) -> None:
        """Dit kan alleen met een reden (`RedenNodig`, met het artikel); met een reden kan het wel."""
        self._tot(dag(op))
        gevangen = _vang(lambda: proef_melding(self.omgeving, self.dossier_id, soort, dag(op), gegevens, GEMEENTE))
        _eis_fout(gevangen, RedenNodig, tekst, soort)
        self.proef(soort, op, reden="nagevraagd", **gegevens)

    def dag_grens(
        self, tekst: str, soort: str, op: str, veld: str, laatste: str, eerste_te_ver: str, **rest: Any
    ) -> None:
        """Tot en met de ene dag is het gewoon; op de andere vraagt het om een reden die het artikel noemt."""
        self.proef(soort, op, **rest, **{veld: laatste})
        self.vraagt_reden(tekst, soort, op, **rest, **{veld: eerste_te_ver})


def _vang(act: Callable[[], object]) -> RegieFout | None:
    try:
        act()
    except RegieFout as fout:
        return fout
    return None


def _eis_fout(gevangen: RegieFout | None, fout: type[RegieFout], tekst: str, soort: str) -> None:
    assert gevangen is not None, f"{soort} is niet geweigerd"
    volledig = " ".join([gevangen.melding, gevangen.uitweg, *(getattr(gevangen, "velden", {}) or {}).values()])
    assert type(gevangen) is fout, f"{type(gevangen).__name__}: {volledig}"
    assert tekst.lower() in volledig.lower(), volledig


def _zonder_weigering(act: Callable[[], Any]) -> Any:
    try:
        return act()
    except RegieFout as fout:
        raise AssertionError(f"onverwacht geweigerd: {fout.melding} {fout.uitweg}") from fout


__all__ = [
    "COA", "DUO", "GEHAALD", "GEMEENTE", "LOOPT", "MANDAAT", "OVERSCHREDEN", "VERLENGD", "VERVALLEN",
    "OngeldigeGegevens", "RedenNodig", "Rol", "Wetleven", "dag",
]  # fmt: skip
