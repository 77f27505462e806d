"""De poorten waardoor handelingen de wereld zien. De adapters vullen ze in; tests nemen nepversies."""

from collections.abc import Collection, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import date, datetime, time
from enum import StrEnum
from typing import Any, Final, Literal, Protocol
from uuid import UUID

from domein.begrippen import Berichtstatus, Dossierstatus, Stapstatus
from domein.gebeurtenissen.basis import Gebeurtenis, NieuweGebeurtenis
from domein.handelingen.portaalpoort import Portaalpoort
from domein.handelingen.postpoort import ONBEGRENSD, Boeking, Claim, Geclaimd, Postgrenzen, Staptoestand
from domein.handelingen.regiobordpoort import Bordruimte
from domein.model import (
    Adresstand,
    Bericht,
    Bounce,
    Dossier,
    Partnerbericht,
    Postbeslissing,
    Regioversie,
    Signaal,
    Stap,
)

SJABLOON_FOUT: Final = "sjabloon_fout"  # de code van de fout als een sjabloon niet is te vullen


class Klok(Protocol):
    """De enige lezer van de tijd."""

    def nu(self) -> datetime:
        """Geef het moment, in UTC en met tijdzone."""
        ...

    def vandaag(self) -> date:
        """Geef de dag in Europe/Amsterdam."""
        ...


@dataclass(frozen=True, slots=True)
class Persoon:
    """De persoonsgegevens bij een dossier; staan versleuteld in één tabel en nergens anders."""

    bsn: str
    naam: str
    geboortedatum: date
    gegevens: Mapping[str, str] = field(default_factory=dict[str, str])  # adres, contact, taal, kanaal


@dataclass(frozen=True, slots=True)
class Bronversie:
    """Eén versie van een feit uit een bron, zonder inhoud: dit bewijs blijft ook na het wissen."""

    dossier_id: UUID
    soort: str
    versie: int
    gewist: bool


@dataclass(frozen=True, slots=True)
class Brief:
    """Een gevuld sjabloon: dezelfde inhoud als gewone tekst en als HTML."""

    onderwerp: str
    tekst: str
    html: str = ""


class Briefschrijver(Protocol):
    """Vult een sjabloon; een ontbrekende variabele is een fout, nooit een leeg gat."""

    def schrijf(self, soort: str, gegevens: Mapping[str, Any], taal: str = "nl") -> Brief:
        """Vul het sjabloon; RegieFout met code `sjabloon_fout` als dat niet kan."""
        ...


class Linkdoel(StrEnum):
    """Waar een link uit een mail voor is; een link voor het ene doel opent het andere niet."""

    KLAAR = "taak"
    LATER = "later"
    NIET_VOOR_MIJ = "niet-voor-mij"


class Linkzetter(Protocol):
    """Maakt getekende, verlopende links naar een stap; gebonden aan doel, stap, generatie en persoon."""

    def taaklink(self, stap_id: UUID, generatie: int, medewerker: str, doel: Linkdoel = Linkdoel.KLAAR) -> str: ...

    def werklink(self, medewerker: str) -> str: ...


AgendaMethode = Literal["REQUEST", "CANCEL"]


@dataclass(frozen=True, slots=True)
class Afspraak:
    """Een gesprek voor in de agenda van een medewerker; zonder iets van de persoon.

    `volgnummer` stijgt bij elke verandering: een agenda neemt alleen een hoger nummer aan. Zonder `tijd` duurt de
    afspraak de hele dag.
    """

    stap_id: UUID
    volgnummer: int
    methode: AgendaMethode
    referentie: str
    dag: date
    adres: str
    link: str
    gemaakt_op: datetime
    tijd: time | None = None


class Agendaschrijver(Protocol):
    """Maakt van een afspraak een agendabestand (RFC 5545); dezelfde afspraak geeft altijd dezelfde tekst."""

    def schrijf(self, afspraak: Afspraak) -> str: ...


class GeenAgenda:
    """Een installatie die geen uitnodigingen stuurt."""

    def schrijf(self, afspraak: Afspraak) -> str:
        """Geef een lege tekst: bij dit bericht hoort geen agendabestand."""
        del afspraak
        return ""


class Ruimte(Portaalpoort, Bordruimte, Protocol):
    """Eén transactie. Bij een fout wordt niets bewaard."""

    def bewaar(self, *rijen: Any) -> None:
        """Neem nieuwe rijen op in deze transactie (nieuwe of gewijzigde tabelrijen)."""
        ...

    # dossiers en personen
    def nieuw_dossier(self, dossier: Dossier, persoon: Persoon, *, na: UUID | None = None) -> None:
        """Bewaar een dossier, maak zijn sleutel en versleutel de persoonsgegevens.

        `na` is een eerder dossier van deze persoon: het nieuwe is voortaan wat er bij zijn BSN hoort.
        """
        ...

    def dossier(self, dossier_id: UUID) -> Dossier: ...

    def dossier_bij(self, referentie: str) -> Dossier:
        """Zoek op referentie (hoofdletters vergeven); OnbekendDossier als het er niet is."""
        ...

    def bestaat_referentie(self, referentie: str) -> bool: ...

    def dossier_met_bsn(self, bsn: str) -> Dossier | None: ...

    def dossiers(
        self, *, status: Dossierstatus | None = None, gemeenten: Collection[str] | None = None
    ) -> Sequence[Dossier]:
        """Alle dossiers, op referentie; `gemeenten` beperkt de inzage."""
        ...

    def huisgenoten(self, huishouden: str) -> Sequence[Dossier]:
        """De dossiers van één huishouden, op referentie."""
        ...

    def persoon(self, dossier_id: UUID) -> Persoon | None:
        """De persoon, of None als de sleutel is vernietigd."""
        ...

    def wijzig_persoon(self, dossier_id: UUID, persoon: Persoon) -> None: ...

    def wis_persoon(self, dossier_id: UUID) -> None:
        """Vernietig de sleutel: de persoon is gewist, de keten blijft te controleren (regel 12)."""
        ...

    # gebeurtenissen
    def gebeurtenissen(self, dossier_id: UUID, *, zoals_bekend_op: datetime | None = None) -> tuple[Gebeurtenis, ...]:
        """Alle gebeurtenissen, op volgnummer (ook de doorgehaalde). PersoonGewist als de sleutel weg is."""
        ...

    def schrijf(self, dossier_id: UUID, nieuw: NieuweGebeurtenis, verwacht_volgnummer: int) -> Gebeurtenis:
        """Leg vast als volgnummer verwacht_volgnummer + 1, versleuteld en geketend.

        VolgnummerBezet als een ander dat nummer al nam.
        """
        ...

    def uit_bron(self, bron: str, bronkenmerk: str) -> tuple[Gebeurtenis, ...]:
        """Alle leesbare versies van één feit uit een bron, over alle dossiers (regel 10); van wie is gewist geen."""
        ...

    def bronversies(self, bron: str, bronkenmerk: str) -> tuple[Bronversie, ...]:
        """Welke versies van één feit er zijn en in welk dossier, ook van wie is gewist; op versie."""
        ...

    def controleer_keten(self, dossier_id: UUID) -> bool: ...

    # stappen
    def stap(self, stap_id: UUID) -> Stap: ...

    def stappen(self, dossier_id: UUID) -> list[Stap]: ...

    def stappen_waar(
        self,
        *,
        statussen: Collection[Stapstatus] | None = None,
        begonnen_op: date | None = None,
        gemeente: str | None = None,
        partner: str | None = None,
        medewerker: str | None = None,
        stapsoort: str | None = None,
        kenmerk: str | None = None,
        ids: Collection[UUID] | None = None,
        afgerond_vanaf: datetime | None = None,
        grens: int | None = None,
    ) -> list[Stap]:
        """Stappen die aan alle voorwaarden voldoen, op uiterste datum; begonnen_op: start <= die dag.

        `afgerond_vanaf`: klaar geworden op dat moment of later.
        """
        ...

    def open_last(self) -> Mapping[str, int]:
        """Per medewerker het aantal open stappen."""
        ...

    # post
    def bericht(self, bericht_id: UUID) -> Bericht | None: ...

    def bericht_met_sleutel(self, sleutel: str) -> Bericht | None: ...

    def bericht_met_token(self, token: str) -> Bericht | None:
        """Het bericht met dit kenmerk in zijn retouradres."""
        ...

    def berichten(
        self,
        *,
        statussen: Collection[Berichtstatus] | None = None,
        stap_id: UUID | None = None,
        dossier_id: UUID | None = None,
        grens: int | None = None,
    ) -> list[Bericht]: ...

    def onzekere_berichten(self, voor: datetime) -> list[Bericht]:
        """Wat sinds dat moment of eerder onzeker is en vanzelf beslist mag worden (dus niet `hoogstens_eens`)."""
        ...

    def is_ander_onzeker(self, bericht: Bericht | Geclaimd) -> bool:
        """Of er over dezelfde stap (of zonder stap: hetzelfde dossier) nog een ander bericht onzeker is."""
        ...

    def claim_berichten(
        self, nu: datetime, lease_tot: datetime, aantal: int, grenzen: Postgrenzen = ONBEGRENSD
    ) -> list[Geclaimd]:
        """Neem te versturen berichten met één voorwaardelijke UPDATE … RETURNING; hoogt lease_nummer op."""
        ...

    def begin_pogingen(self, claims: Collection[Claim], nu: datetime, lease_tot: datetime) -> set[UUID]:
        """Leg vast dat deze pogingen beginnen; geef welke nog van ons zijn."""
        ...

    def boek(self, boekingen: Sequence[Boeking]) -> dict[UUID, Berichtstatus]:
        """Leg uitkomsten vast; geef van wat nog van ons was de status ervoor."""
        ...

    def verleng_leases(self, claims: Collection[Claim], lease_tot: datetime) -> set[UUID]:
        """De hartslag van een verzender die nog bezig is; geef wat nog van hem is."""
        ...

    def geef_claims_terug(self, claims: Collection[Claim], *, begonnen: bool) -> None:
        """Geef terug wat zeker niet is verzonden; `begonnen`: er was al een poging vastgelegd."""
        ...

    def staptoestanden(self, ids: Collection[UUID]) -> Mapping[UUID, Staptoestand]:
        """Van deze stappen alleen wat een verzender moet weten; wie niet bestaat, ontbreekt."""
        ...

    def verklaar_onzeker(self, nu: datetime) -> list[Bericht]:
        """Zet op `onzeker` wat begonnen was en waarvan de houder niet meer leeft; geef die."""
        ...

    def bounces(self, bericht_id: UUID | None = None) -> list[Bounce]: ...

    def postbeslissingen(self, bericht_id: UUID) -> list[Postbeslissing]: ...

    def adresstand(self, adres: str) -> Adresstand | None: ...

    def adresstanden(self) -> list[Adresstand]:
        """De adressen waar nu geen mail naartoe gaat, het langste eerst."""
        ...

    def onbestelbare_adressen(self, adressen: Collection[str]) -> set[str]:
        """Welke van deze adressen niet werken, in kleine letters."""
        ...

    # berichten aan het systeem van een partner
    def partnerbericht(self, bericht_id: UUID) -> Partnerbericht: ...

    def partnerberichten(
        self, *, dossier_id: UUID | None = None, partner: str | None = None
    ) -> Sequence[Partnerbericht]: ...

    def partnerbericht_wacht(self, nu: datetime) -> bool:
        """Zeg of er een bericht is dat nu mag."""
        ...

    def claim_partnerbericht(self, nu: datetime, lease_tot: datetime) -> Partnerbericht | None:
        """Neem het oudste bericht dat nu mag; nooit een waarvoor een eerder bericht van dat dossier nog wacht."""
        ...

    # samenwerking
    def regioversie_op(self, regio: str, dag: date) -> Regioversie | None:
        """De laatst geladen versie die op deze dag geldt."""
        ...

    def regioversies(self, regio: str | None = None) -> list[Regioversie]: ...

    # bewaking
    def signalen(self, *, open_alleen: bool = True, dossier_id: UUID | None = None) -> list[Signaal]: ...

    def neem_lease(self, naam: str, houder: str, nu: datetime, tot: datetime) -> int | None:
        """Neem of verleng een lease; geef het afschermnummer, of None als een ander hem heeft."""
        ...

    def laat_lease_los(self, naam: str, houder: str) -> None: ...

    def dagwerk_gedaan(self, soort: str, dag: date) -> bool: ...

    def doe_dagwerk(self, soort: str, dag: date, nu: datetime) -> bool:
        """Zet het dagwerk op gedaan; False als een ander het al deed (unieke sleutel)."""
        ...


class Magazijn(Protocol):
    def ruimte(self) -> AbstractContextManager[Ruimte]:
        """Open een transactie: bij een normaal einde bewaard, bij een fout teruggedraaid."""
        ...


@dataclass(frozen=True, slots=True)
class Omgeving:
    """Alles wat een handeling nodig heeft."""

    magazijn: Magazijn
    klok: Klok
    brieven: Briefschrijver
    links: Linkzetter
    regio: str = "avres"
    agenda: Agendaschrijver = field(default_factory=GeenAgenda)
