"""Een leven waarin een besluit wordt genomen: concept, gronden, tekst, handtekening, bekendmaking."""

from datetime import date
from typing import Any

from domein.gebeurtenissen.basis import Actor
from domein.handelingen import besluiten
from domein.regeling.gronden import gronden_voor
from tests.hulp.invullen import ingevuld
from tests.integratie.regels.leven import MANDAAT, Leven

BEHANDELAAR = Actor("m-jdb")
JURIST = Actor("m-jur")
ADMINISTRATIE = Actor("m-adm")
PIPVELDEN = {"leerroute": "b1", "aantal_gesprekken": 4, "interval_maanden": 6}


class Besluitleven(Leven):
    """Zoals `Leven`, met de gang van een besluit. Elke methode geeft het leven terug."""

    def tot_intake_gereed(self) -> "Besluitleven":
        self.tot_intake()
        self.op(date(2026, 2, 23))
        return self

    def concept(self, stap: str, uitkomst: str, velden: dict[str, Any], door: Actor = BEHANDELAAR) -> "Besluitleven":
        besluiten.maak_concept(self.omgeving, self.dossier_id, stap, uitkomst, velden, door)
        return self

    def tot_concept(self, door: Actor = BEHANDELAAR) -> "Besluitleven":
        return self.tot_intake_gereed().concept("pip/vaststellen/1", "pip_vastgesteld", PIPVELDEN, door)

    @property
    def laatste_besluit(self) -> int:
        return max(self.stand().besluiten)

    def grond(self, code: str, nummer: int = 1, door: Actor = BEHANDELAAR) -> "Besluitleven":
        toelichting = f"Onderzocht: {code}."
        besluiten.leg_grond_vast(self.omgeving, self.dossier_id, nummer, code, "onderzocht", toelichting, door)
        return self

    def onderzoek_alles(self, nummer: int = 1, *, behalve: str = "", door: Actor = BEHANDELAAR) -> "Besluitleven":
        stand = self.stand()
        for grond in gronden_voor(stand.besluiten[nummer].soort, asiel=stand.is_asiel):
            if grond.code != behalve:
                self.grond(grond.code, nummer, door)
        return self

    def schrijf(
        self, motivering: str = "Daarom past dit.", nummer: int = 1, door: Actor = BEHANDELAAR
    ) -> "Besluitleven":
        versie = self.stand().besluiten[nummer].versie
        with self.omgeving.magazijn.ruimte() as ruimte:
            tekst = ingevuld(ruimte.besluittekst(self.dossier_id, nummer, versie), motivering)
        besluiten.schrijf_tekst(self.omgeving, self.dossier_id, nummer, tekst, door)
        return self

    def teken(
        self, door: Actor = MANDAAT, nummer: int = 1, op: date = date(2026, 2, 25), reden: str = ""
    ) -> "Besluitleven":
        if op > self.omgeving.klok.vandaag():
            self.op(op)
        besluiten.onderteken(self.omgeving, self.dossier_id, nummer, door, reden=reden)
        return self

    def concept_weg(self) -> "Besluitleven":
        """Trek het laatste concept in."""
        besluiten.trek_in(
            self.omgeving,
            self.dossier_id,
            self.laatste_besluit,
            "verkeerd",
            BEHANDELAAR,
            "Het wordt een ander besluit.",
        )
        return self

    def getekend(self) -> "Besluitleven":
        return self.tot_concept().onderzoek_alles().schrijf().teken()

    def maak_bekend(self, op: date, bewijs: str = "POST-1", nummer: int = 1) -> "Besluitleven":
        if op > self.omgeving.klok.vandaag():
            self.op(op)
        self.meld("besluit_bekendgemaakt", op, actor=ADMINISTRATIE, nummer=nummer, wijze="post", bewijs=bewijs)
        return self

    def retour(self, nummer: int = 1) -> "Besluitleven":
        vandaag = self.omgeving.klok.vandaag()
        self.meld("besluit_retour", vandaag, actor=ADMINISTRATIE, nummer=nummer, adres_klopt=False, redencode="anders")
        return self

    def neem(
        self, stap: str, uitkomst: str, velden: dict[str, Any], door: Actor, op: date, opsteller: Actor = BEHANDELAAR
    ) -> "Besluitleven":
        """Een heel besluit: concept, gronden, tekst en handtekening."""
        if op > self.omgeving.klok.vandaag():
            self.op(op)
        self.concept(stap, uitkomst, velden, opsteller)
        nummer = self.laatste_besluit
        self.onderzoek_alles(nummer, door=opsteller).schrijf(nummer=nummer, door=opsteller)
        return self.teken(door, nummer, op)
