"""Besluiten, bezwaar en maatregelen in een leven: door de echte handelingen, met de mensen van het voorbeeld."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from domein.begrippen import Leerroute, Stapstatus, Verwijtbaarheid
from domein.gebeurtenissen.basis import Actor
from domein.handelingen import besluiten
from domein.handelingen.melden import meld
from domein.model import Stap
from domein.regeling.gronden import gronden_voor
from domein.regels.besluitgang import Handeling, mag
from domein.regels.dwangsom import dwangsom, lopende, termijn_waarover
from domein.regels.geadresseerde import geadresseerde
from domein.regels.stappen.pip_wijzigen import mag_wisselen
from domein.regels.tarief import tarief
from domein.regels.uitkomsten import stapvorm
from domein.stand import Besluit
from tests.eigenschappen.wandeling.antwoorden import pip_velden
from tests.eigenschappen.wandeling.beheer import COORDINATOR, MANDAAT, Beheer
from tests.eigenschappen.wandeling.voorvallen import KADER
from tests.hulp.invullen import ingevuld

OPSTELLER = Actor("m-adm")
JURIST = Actor("m-jur")


class Besluiten(Beheer):
    """Een mens kiest wat er kan; wat dan toch wordt geweigerd, telt mee als weigering."""

    aard: dict[str, float]

    def besluit(self) -> None:
        acts: list[tuple[float, Callable[[], object]]] = [
            (4, self._neem), (1, self._concept_weg), (3, self._bekend), (4, lambda: self._verder(self._bezwaar)),
            (4, lambda: self._verder(self._maatregel)), (1, self._feiten), (6, lambda: self._verder(self._geschil)),
        ]  # fmt: skip
        gewichten, keuzes = zip(*acts, strict=True)
        self.rng.choices(keuzes, gewichten)[0]()

    def _verder(self, act: Callable[[], None]) -> None:
        """Een bezwaar of maatregel loopt vaak een paar handelingen achter elkaar door."""
        for _ in range(self.rng.randint(1, 6)):
            act()

    def _wachtend(self, kenmerk: str) -> Stap | None:
        stap = self.beeld.stappen.get(kenmerk)
        return stap if stap is not None and stap.status in (Stapstatus.GEPLAND, Stapstatus.OPEN) else None

    def _meld_door(self, soort: str, wie: Actor = COORDINATOR, **gegevens: Any) -> None:
        dossier_id, op = self.beeld.dossier_id, self.vandaag
        self.doe(
            f"{soort} {gegevens} door {wie.code}",
            lambda: meld(self.omgeving, dossier_id, soort, op, gegevens, wie, reden="gezien"),
        )

    # --- een besluit
    def _neem(self) -> None:
        wachtend = [s for s in (*self.beeld.open, *self.beeld.gepland) if s.besluit]
        if wachtend:
            self.neem_besluit(self.rng.choice(wachtend))

    def neem_besluit(self, stap: Stap) -> None:
        """Concept, gronden, tekst en handtekening; soms blijft het bij een concept."""
        if stapvorm(stap.kenmerk) == "dwangsom/vaststellen":
            self._dwangsom(int(stap.kenmerk.rsplit("/", 1)[-1]))
            return
        dossier_id, (uitkomst, velden) = self.beeld.dossier_id, self._velden(stap)
        lopend = [b for b in self.beeld.stand.besluiten.values() if b.stap == stap.kenmerk and mag(b, Handeling.TEKST)]
        if lopend:
            self._maak_af(lopend[0])
            return
        if self._zonder_ouder() and self.rng.random() < 0.9:
            return  # een kind zonder vastgelegde ouder of voogd krijgt geen besluit
        self.doe(
            f"concept {uitkomst} voor {stap.kenmerk} {velden}",
            lambda: besluiten.maak_concept(self.omgeving, dossier_id, stap.kenmerk, uitkomst, velden, OPSTELLER),
        )
        nieuw = [b for b in self.beeld.stand.besluiten.values() if b.stap == stap.kenmerk and mag(b, Handeling.TEKST)]
        if nieuw and self.rng.random() < 0.8:
            self._maak_af(nieuw[-1])

    def _zonder_ouder(self) -> bool:
        with self.omgeving.magazijn.ruimte() as ruimte:
            persoon = ruimte.persoon(self.beeld.dossier_id)
        if persoon is None:
            return True
        wie = geadresseerde(persoon, self.vandaag)
        return wie.aan != "zelf" and wie.soort == "onbekend"

    def _velden(self, stap: Stap) -> tuple[str, dict[str, Any]]:
        stand = self.beeld.stand
        nummer = int(stap.kenmerk.rsplit("/", 1)[-1])
        match stapvorm(stap.kenmerk):
            case "bezwaar/beslissen":
                uitkomst = self.rng.choice(["gegrond", "gegrond", "ongegrond", "niet_ontvankelijk"])
                return "bezwaar_beslist", {"uitkomst": uitkomst, "herroept": uitkomst == "gegrond"}
            case "maatregel/besluit":
                maatregel = stand.maatregelen[nummer]
                hoogst = tarief(stand, maatregel, Verwijtbaarheid.NORMAAL, KADER).bedrag
                kan = hoogst > 0 and (not stand.is_asiel or maatregel.keren is True)
                ja = {"opgelegd": True, "bedrag": hoogst, "redencode": "verwijtbaar"}
                nee = {"opgelegd": False, "redencode": "niet-evenredig"}
                return "maatregel_besloten", {**(ja if kan else nee), "verwijtbaarheid": "normaal"}
            case "pip/leerroute" | "pip/afschalen" if self.rng.random() < 0.4:
                return "voorstel_afgewezen", {"redencode": "anders"}
            case vorm:
                velden = pip_velden(self.rng, stand, self.vandaag, self.aard, zelfde_route=True)
                velden.pop("bekendgemaakt_op")
                if vorm == "pip/leerroute":
                    voorstel = stand.voorstellen[nummer]
                    velden |= {"leerroute": voorstel.naar, "bijzonder_geval": voorstel.bijzonder_geval}
                return "pip_vastgesteld", velden

    def _maak_af(self, besluit: Besluit) -> None:
        dossier_id, nummer = self.beeld.dossier_id, besluit.nummer
        for grond in gronden_voor(besluit.soort, asiel=self.beeld.stand.is_asiel):
            if grond.code not in besluit.gronden:
                self.doe(
                    f"grond {grond.code} bij {nummer}",
                    lambda code=grond.code: besluiten.leg_grond_vast(
                        self.omgeving, dossier_id, nummer, code, "onderzocht", "Onderzocht.", OPSTELLER
                    ),
                )
        if self.rng.random() < 0.3:
            self.doe(
                f"advies bij {nummer}",
                lambda: besluiten.geef_advies(self.omgeving, dossier_id, nummer, "positief", "Past.", OPSTELLER),
            )
        with self.omgeving.magazijn.ruimte() as ruimte:
            tekst = ruimte.besluittekst(dossier_id, nummer, self.beeld.stand.besluiten[nummer].versie)
        tekst = ingevuld(tekst, "Daarom.")
        self.doe(
            f"tekst bij {nummer}",
            lambda: besluiten.schrijf_tekst(self.omgeving, dossier_id, nummer, tekst, OPSTELLER),
        )
        bezwaar = besluit.uitkomst == "bezwaar_beslist"
        gemeente = self.beeld.stand.gemeente
        buiten_mandaat = gemeente == "GM1978" and besluit.uitkomst in ("bezwaar_beslist", "maatregel_besloten")
        if buiten_mandaat and self.rng.random() < 0.8:
            return  # in Molenlanden tekent niemand dit; soms probeert iemand het toch
        wie = JURIST if bezwaar else Actor(MANDAAT.get(gemeente or "", "m-gor"))
        self.doe(
            f"onderteken {nummer} door {wie.code}",
            lambda: besluiten.onderteken(self.omgeving, dossier_id, nummer, wie, reden="gezien"),
        )

    def _concept_weg(self) -> None:
        dossier_id = self.beeld.dossier_id
        lopend = [b.nummer for b in self.beeld.stand.besluiten.values() if mag(b, Handeling.TREK_IN)]
        if lopend:
            nummer = lopend[0]
            self.doe(
                f"trek-in {nummer}",
                lambda: besluiten.trek_in(self.omgeving, dossier_id, nummer, "anders", OPSTELLER, "Gaat niet door."),
            )

    def _bekend(self) -> None:
        alle = self.beeld.stand.besluiten.values()
        if klaar := [b.nummer for b in alle if mag(b, Handeling.MAAK_BEKEND)]:
            self._meld_door("besluit_bekendgemaakt", nummer=klaar[0], wijze="post", bewijs="P-1")
        elif terug := [b.nummer for b in alle if mag(b, Handeling.RETOUR)]:
            klopt = self.rng.random() < 0.5
            self._meld_door("besluit_retour", nummer=terug[0], adres_klopt=klopt, redencode="anders")

    # --- bezwaar
    def _bezwaar(self) -> None:
        stand = self.beeld.stand
        lopend = [b for b in stand.bezwaren.values() if b.loopt]
        if not lopend:
            self._na_bezwaar()
            return
        een = lopend[0]
        keuze = self.rng.random()
        if self._wachtend(f"bezwaar/te-laat/{een.nummer}") is not None:
            self._meld_door("bezwaar_verschoonbaar", nummer=een.nummer, verschoonbaar=True, redencode="ziekte")
        elif keuze < 0.2:
            self._meld_door("bezwaar_zienswijze", nummer=een.nummer, van="bezwaarmaker")
        elif keuze < 0.4 and een.verdaagd_op is None:
            self._meld_door("bezwaar_verdaagd", nummer=een.nummer)
        elif keuze < 0.45:
            self._meld_door("bezwaar_ingetrokken", nummer=een.nummer)
        elif keuze < 0.6:
            self._stilstand(een.nummer)
        elif een.gehoord_op is None:
            self._meld_door("bezwaar_gehoord", nummer=een.nummer, wijze="gehoord")
        elif (stap := self._wachtend(een.stap)) is not None:
            self.neem_besluit(stap)

    def _na_bezwaar(self) -> None:
        """Er loopt geen bezwaar: naar de rechter, of een nieuw bezwaar."""
        stand = self.beeld.stand
        beslist = [b for b in stand.bezwaren.values() if b.beslist_op is not None]
        if hoger := [h.nummer for h in stand.hoger_beroepen.values() if h.beslist_op is None]:
            self._meld_door("hoger_beroep_beslist", nummer=hoger[0], uitkomst="gegrond")
        elif open_ := [b.nummer for b in stand.beroepen.values() if b.beslist_op is None]:
            gewonnen = self.rng.random() < 0.4
            uitkomst = "gegrond" if gewonnen else "ongegrond"
            self._meld_door("beroep_beslist", nummer=open_[0], uitkomst=uitkomst, opnieuw=gewonnen)
        elif stand.beroepen and len(stand.hoger_beroepen) < len(stand.beroepen) and self.rng.random() < 0.6:
            door = self.rng.choice(["inburgeraar", "college"])
            self._meld_door("hoger_beroep_ingesteld", beroep=max(stand.beroepen), door=door)
        elif beslist and self.rng.random() < 0.5:
            self._meld_door("beroep_ingesteld", bezwaar=beslist[-1].nummer)
        elif eigen := [p.nummer for p in stand.pips if not p.elders]:
            self._meld_door("bezwaar_ingediend", tegen="pip", van=eigen[-1], commissie=self.rng.random() < 0.3)

    def _geschil(self) -> None:
        """Wat er aan een lopend geschil te doen is: stilzetten, in gebreke stellen, de rechter, een nieuwe dag."""
        stand = self.beeld.stand
        if lopend := [b.nummer for b in stand.bezwaren.values() if b.loopt]:
            self._stilstand(lopend[0])
        elif any(b.beslist_op is not None for b in stand.bezwaren.values()):
            self._na_bezwaar()
        elif self.rng.random() < 0.3:
            self._bezwaar()
        else:
            self._verdaag()

    def _verdaag(self) -> None:
        """De inburgeraar vraagt een andere route, en hoort dat het langer duurt."""
        stand = self.beeld.stand
        if not any(v.aanvraag for v in stand.voorstellen.values()):
            naar = Leerroute.Z if stand.leerroute is not Leerroute.Z else Leerroute.B1
            if not mag_wisselen(stand, naar, self.vandaag, KADER, bijzonder_geval=False):
                self._meld_door(
                    "pip_voorstel", voorstel="leerroute", naar=naar, aanvraag=True, onderwijsroute_onderzocht=True
                )
            return
        gevraagd = [v for v in self.beeld.stand.voorstellen.values() if v.aanvraag and v.verdaagd_op is None]
        if gevraagd and gevraagd[-1].stap not in self.beeld.stand.afgerond:
            tot = self.vandaag + timedelta(days=90)
            self._meld_door("voorstel_verdaagd", nummer=gevraagd[-1].nummer, tot=tot)

    def _stilstand(self, bezwaar: int) -> None:
        """De beslistermijn staat stil, loopt weer, of is voorbij: dan is de gemeente in gebreke."""
        stand = self.beeld.stand
        open_ = [o for o in stand.opschortingen.values() if o.hervat_op is None]
        if stil := [o.nummer for o in open_ if o.op < self.vandaag <= o.tot]:
            self._meld_door("beslistermijn_hervat", nummer=stil[0])
            return
        termijn = termijn_waarover(stand, "bezwaar", bezwaar, KADER)
        if termijn is not None and self.vandaag > termijn.einde:
            if lopende(stand, "bezwaar", bezwaar, KADER) is None:
                self._meld_door("in_gebreke_gesteld", over="bezwaar", van=bezwaar)
            return
        if not stil and self.rng.random() < 0.5:
            return  # vaak gebeurt er niets, en gaat de termijn voorbij
        tot = self.vandaag + timedelta(days=21)
        self._meld_door("beslistermijn_opgeschort", over="bezwaar", van=bezwaar, grond="instemming", tot=tot)

    def _dwangsom(self, nummer: int) -> None:
        stand = self.beeld.stand
        som = dwangsom(stand, stand.ingebrekestellingen[nummer], KADER)
        if self.vandaag > som.laatste_dag:
            wie = Actor(MANDAAT.get(stand.gemeente or "", "m-gor"))
            self._meld_door("dwangsom_vastgesteld", wie, nummer=nummer, bedrag=som.bedrag, oordeel="verschuldigd")

    # --- maatregelen
    def _maatregel(self) -> None:
        stand = self.beeld.stand
        if stand.einde is not None:
            return
        lopend = [m for m in stand.maatregelen.values() if m.loopt]
        if not lopend:
            gedraging, op = (
                self.rng.choice(["intake", "traject"]),
                self.vandaag - timedelta(days=self.rng.randint(0, 9)),
            )
            self._meld_door("maatregel_overwogen", OPSTELLER, gedraging=gedraging, gedraging_op=op)
        elif self.rng.random() < 0.06:
            self._meld_door("maatregel_gestaakt", nummer=lopend[0].nummer, redencode="anders")
        else:
            m = lopend[0]
            if (stap := self._wachtend(f"maatregel/besluit/{m.nummer}")) is not None:
                self.neem_besluit(stap)
                return
            for wat, soort, gegevens in (
                ("waarschuwing", "maatregel_gewaarschuwd", {"wijze": "brief"}),
                ("keren", "keren_getoetst",
                 {"hardnekkige_onwil": self.rng.random() < 0.5, "oordeelcode": "onwil-aangetoond"}),
                ("voornemen", "maatregel_voornemen", {"zienswijze_tot": self.vandaag + timedelta(days=14)}),
                ("zienswijze", "maatregel_zienswijze", {"wijze": "mondeling"}),
            ):  # fmt: skip
                if self._wachtend(f"maatregel/{wat}/{m.nummer}") is not None:
                    self._meld_door(soort, nummer=m.nummer, **gegevens)
                    return

    def _feiten(self) -> None:
        if self.rng.random() < 0.5:
            dag = self.vandaag - timedelta(days=40)
            self._meld_door("bijstand_verlaagd", gedraging_op=dag, bewijs="PW-1")
        else:
            dag = self.vandaag - timedelta(days=90)
            self._meld_door(
                "boete_elders", gemeente="GM0363", gedraging="traject", gedraging_op=dag, bedrag=25, bewijs="B-1",
                onherroepelijk_op=dag + timedelta(days=42),
            )  # fmt: skip
