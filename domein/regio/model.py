"""De regio: alles wat in een regiobestand staat, als een onveranderlijk geheel."""

from datetime import date
from functools import cached_property
from typing import Self

from pydantic import Field, model_validator

from domein.begrippen import Stapsoort
from domein.regio.afspraken import GEMEENTE, Mandaat, Samenwerkingsafspraak, Samenwerkingsverband
from domein.regio.instroom import Instroom
from domein.regio.onderdelen import Code, Gemeentecode, Onderdeel, Periode, Tekst, periode_klopt
from domein.regio.partijen import Medewerker, Partner
from domein.regio.soorten import Partnersoort
from domein.regio.weging import Weging


class Regiokop(Onderdeel):
    """De kop van het bestand: welke regio, welke versie, vanaf wanneer."""

    code: Code
    naam: Tekst
    versie: Tekst
    geldig_van: date
    geldig_tot: date
    gemeenten: tuple[Gemeentecode, ...] = Field(min_length=1)
    toelichting: str = ""

    @model_validator(mode="after")
    def _volgorde(self) -> Self:
        periode_klopt(self.geldig_van, self.geldig_tot, "geldig_van/geldig_tot")
        return self


class Regio(Onderdeel):
    """Een versie van een regio. Opzoeken gaat op code en geeft None bij een onbekende."""

    kop: Regiokop = Field(alias="regio")
    partners: tuple[Partner, ...] = Field(min_length=1)
    medewerkers: tuple[Medewerker, ...] = Field(min_length=1)
    samenwerkingsverbanden: tuple[Samenwerkingsverband, ...] = Field(min_length=1)
    mandaten: tuple[Mandaat, ...] = ()
    samenwerkingsafspraken: tuple[Samenwerkingsafspraak, ...] = Field(min_length=1)
    instroom: tuple[Instroom, ...] = ()
    weging: Weging = Weging()

    @property
    def code(self) -> str:
        """De code van de regio."""
        return self.kop.code

    @property
    def naam(self) -> str:
        """De naam van de regio."""
        return self.kop.naam

    @property
    def versie(self) -> str:
        """De versie van dit bestand."""
        return self.kop.versie

    @property
    def gemeenten(self) -> tuple[str, ...]:
        """De gemeentecodes van de regio."""
        return self.kop.gemeenten

    @cached_property
    def _partners(self) -> dict[str, Partner]:
        return {partner.code: partner for partner in self.partners}

    @cached_property
    def _medewerkers(self) -> dict[str, Medewerker]:
        return {medewerker.code: medewerker for medewerker in self.medewerkers}

    @cached_property
    def _verbanden(self) -> dict[str, Samenwerkingsverband]:
        return {verband.id: verband for verband in self.samenwerkingsverbanden}

    @cached_property
    def _mandaten(self) -> dict[str, Mandaat]:
        return {mandaat.id: mandaat for mandaat in self.mandaten}

    @cached_property
    def _afspraken(self) -> dict[str, Samenwerkingsafspraak]:
        return {afspraak.regel_id: afspraak for afspraak in self.samenwerkingsafspraken}

    @cached_property
    def _gemeentepartners(self) -> dict[str, Partner]:
        return {p.gemeente: p for p in self.partners if p.soort is Partnersoort.GEMEENTE and p.gemeente}

    @cached_property
    def _medewerkers_per_partner(self) -> dict[str, tuple[Medewerker, ...]]:
        per: dict[str, list[Medewerker]] = {}
        for medewerker in self.medewerkers:
            per.setdefault(medewerker.partner, []).append(medewerker)
        return {partner: tuple(team) for partner, team in per.items()}

    @cached_property
    def _per_vervanger(self) -> dict[str, tuple[Medewerker, ...]]:
        per: dict[str, list[Medewerker]] = {}
        for medewerker in self.medewerkers:
            for vervanger in {afwezig.vervanger for afwezig in medewerker.afwezigheid if afwezig.vervanger}:
                per.setdefault(vervanger, []).append(medewerker)
        return {code: tuple(collegas) for code, collegas in per.items()}

    @cached_property
    def _afspraken_per_vak(self) -> dict[tuple[Stapsoort, str], tuple[Samenwerkingsafspraak, ...]]:
        per: dict[tuple[Stapsoort, str], list[Samenwerkingsafspraak]] = {}
        for afspraak in sorted(self.samenwerkingsafspraken, key=lambda a: a.regel_id):
            for gemeente in self.gemeenten_van(afspraak):
                for stap in dict.fromkeys(afspraak.stappen):
                    per.setdefault((stap, gemeente), []).append(afspraak)
        return {vak: tuple(afspraken) for vak, afspraken in per.items()}

    @cached_property
    def _afspraken_per_partner(self) -> dict[tuple[str, str], tuple[tuple[Samenwerkingsafspraak, Periode], ...]]:
        per: dict[tuple[str, str], list[tuple[Samenwerkingsafspraak, Periode]]] = {}
        for afspraak in self.samenwerkingsafspraken:
            periode = self.periode_van(afspraak)
            for gemeente in self.gemeenten_van(afspraak):
                eigen = self.partner_van_gemeente(gemeente)
                namen = {eigen.code if code == GEMEENTE and eigen else code for code in afspraak.kandidaten()}
                for partner in namen:
                    per.setdefault((partner, gemeente), []).append((afspraak, periode))
        return {wie: tuple(afspraken) for wie, afspraken in per.items()}

    def afspraken_met(self, partner: str, gemeente: str, dag: date) -> tuple[Samenwerkingsafspraak, ...]:
        """Geef de afspraken die op deze dag deze partner noemen voor deze gemeente."""
        samen = self._afspraken_per_partner.get((partner, gemeente), ())
        return tuple(afspraak for afspraak, periode in samen if periode.bevat(dag))

    def afspraken_over(self, stap: Stapsoort, gemeente: str) -> tuple[Samenwerkingsafspraak, ...]:
        """Geef de afspraken die deze stap in deze gemeente noemen, op naam."""
        return self._afspraken_per_vak.get((stap, gemeente), ())

    def partner(self, code: str) -> Partner | None:
        """Zoek een partner op."""
        return self._partners.get(code)

    def medewerker(self, code: str) -> Medewerker | None:
        """Zoek een medewerker op."""
        return self._medewerkers.get(code)

    def vervangen_door(self, code: str, dag: date) -> tuple[Medewerker, ...]:
        """Geef de medewerkers die op deze dag afwezig zijn en door deze persoon worden vervangen."""

        def weg(collega: Medewerker) -> bool:
            afwezig = collega.afwezig_op(dag)
            return afwezig is not None and afwezig.vervanger == code

        return tuple(collega for collega in self._per_vervanger.get(code, ()) if weg(collega))

    def verband(self, id_: str) -> Samenwerkingsverband | None:
        """Zoek een samenwerkingsverband op."""
        return self._verbanden.get(id_)

    def mandaat(self, id_: str) -> Mandaat | None:
        """Zoek een mandaat op."""
        return self._mandaten.get(id_)

    def afspraak(self, regel_id: str) -> Samenwerkingsafspraak | None:
        """Zoek een samenwerkingsafspraak op."""
        return self._afspraken.get(regel_id)

    def partner_van_gemeente(self, gemeente: str) -> Partner | None:
        """Zoek de gemeente als partner op."""
        return self._gemeentepartners.get(gemeente)

    def gemeentenaam(self, gemeente: str) -> str:
        """Geef de naam van de gemeente zoals de regio haar als partner noemt, anders de code."""
        partner = self.partner_van_gemeente(gemeente)
        return partner.naam.removeprefix("Gemeente ").removeprefix("gemeente ") if partner else gemeente

    def medewerkers_van(self, partner: str) -> tuple[Medewerker, ...]:
        """Geef de medewerkers van een partner."""
        return self._medewerkers_per_partner.get(partner, ())

    def gemeenten_van(self, afspraak: Samenwerkingsafspraak) -> frozenset[str]:
        """Geef de gemeenten van een afspraak; weggelaten zijn het die van het verband."""
        if afspraak.gemeenten:
            return frozenset(afspraak.gemeenten)
        verband = self.verband(afspraak.verband)
        return frozenset(verband.gemeenten) if verband else frozenset()

    def periode_van(self, afspraak: Samenwerkingsafspraak) -> Periode:
        """Geef de geldigheid: van de afspraak, anders van het verband, anders van de regio.

        Een afspraak geldt nooit buiten haar verband of de regio.
        """
        verband = self.verband(afspraak.verband)
        begin = [self.kop.geldig_van, afspraak.geldig_van, verband.geldig_van if verband else None]
        einde = [self.kop.geldig_tot, afspraak.geldig_tot, verband.geldig_tot if verband else None]
        van = max(dag for dag in begin if dag is not None)
        tot = min(dag for dag in einde if dag is not None)
        # Zonder controle: valt de afspraak buiten haar verband, dan is de periode leeg (van na tot).
        return Periode.model_construct(van=van, tot=tot, reden="")

    def bron_van(self, afspraak: Samenwerkingsafspraak) -> str:
        """Geef de bron: van de afspraak, anders het besluit onder het verband."""
        verband = self.verband(afspraak.verband)
        if afspraak.bron or verband is None:
            return afspraak.bron
        besluit = verband.besluit
        kenmerk = f", {besluit.kenmerk}" if besluit.kenmerk else ""
        return f"besluit van {besluit.orgaan}, {besluit.datum.isoformat()}{kenmerk}"
