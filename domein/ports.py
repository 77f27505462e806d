"""De poorten waardoor handelingen de wereld zien. De adapters vullen ze in; tests nemen nepversies."""

from collections.abc import Collection, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import date, datetime, time
from enum import StrEnum
from typing import Any, Final, Literal, Protocol
from uuid import UUID

from domein.begrippen import Dossierstatus, Stapsoort, Stapstatus
from domein.gebeurtenissen.basis import Gebeurtenis, NieuweGebeurtenis
from domein.handelingen.bedrijfspoort import Bedrijfsruimte
from domein.handelingen.beheerpoort import Beheerruimte
from domein.handelingen.bewaarpoort import Bewaarruimte, GeenRegister, Vernietigingsregister
from domein.handelingen.bulkpoort import Bulkruimte
from domein.handelingen.koppelvlakpoort import Koppelvlakruimte
from domein.handelingen.personenpoort import Personenruimte
from domein.handelingen.portaalpoort import Portaalpoort
from domein.handelingen.postruimte import Postruimte
from domein.handelingen.regiobordpoort import Bordruimte
from domein.handelingen.toegangspoort import Toegangsruimte
from domein.model import (
    Dossier,
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

    def schrijf_samen(self, afspraken: Sequence[Afspraak]) -> str:
        """Eén bestand met alle afspraken (PUBLISH, RFC 5546): wie het opent, werkt zijn agenda in één keer bij."""
        ...


class GeenAgenda:
    """Een installatie die geen uitnodigingen stuurt."""

    def schrijf(self, afspraak: Afspraak) -> str:
        """Geef een lege tekst: bij dit bericht hoort geen agendabestand."""
        del afspraak
        return ""

    def schrijf_samen(self, afspraken: Sequence[Afspraak]) -> str:
        """Geef een lege tekst."""
        del afspraken
        return ""


class Ruimte(
    Portaalpoort,
    Personenruimte,
    Toegangsruimte,
    Koppelvlakruimte,
    Bordruimte,
    Bewaarruimte,
    Bulkruimte,
    Bedrijfsruimte,
    Postruimte,
    Beheerruimte,
    Protocol,
):
    """Eén transactie. Bij een fout wordt niets bewaard."""

    def bewaar(self, *rijen: Any) -> None:
        """Neem nieuwe rijen op in deze transactie (nieuwe of gewijzigde tabelrijen)."""
        ...

    def lees_vooruit(
        self, dossier_ids: Collection[UUID], stap_ids: Collection[UUID] = (), *, met_gebeurtenissen: bool = True
    ) -> None:
        """Lees in een paar vragen wat handelingen over deze dossiers (en berichten over deze stappen) gaan vragen.

        Een lijst die alleen toont wie wat mag zien, heeft de gebeurtenissen niet nodig.
        """
        ...

    def dossiers_van_stappen(self, stap_ids: Collection[UUID]) -> Mapping[UUID, UUID]:
        """Van elke stap haar dossier; wie niet bestaat, ontbreekt."""
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

    # teksten van besluiten
    def bewaar_besluittekst(self, dossier_id: UUID, besluit: int, versie: int, tekst: str) -> None:
        """Leg een versie van de tekst versleuteld in de kluis; VolgnummerBezet als een ander die versie al schreef."""
        ...

    def besluittekst(self, dossier_id: UUID, besluit: int, versie: int) -> str:
        """Geef de tekst van deze versie; PersoonGewist als de sleutel weg is, RegieFout als zij er niet is."""
        ...

    def dossiers_met_besluit(self) -> list[UUID]:
        """De dossiers met een besluit of een concept, waaraan het laatst is geschreven eerst."""
        ...

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

    def verdeeld_werk(self, stapsoort: Stapsoort, partner: str) -> list[Stap]:
        """Alle stappen van deze soort bij deze partner, om ze te tellen; ook die van dossiers die niemand hier ziet."""
        ...

    def stappen_te_bezien(self, aan_de_beurt: date, binnen: date, grens: int) -> list[Stap]:
        """Stappen waarvan het bord nog niet klopt, of die aan de beurt zijn.

        Open stappen en geplande tot en met `binnen` allemaal; van wat al klaar is of wegviel hoogstens `grens`.
        """
        ...

    def greep_stappen(self, vanaf: UUID, aantal: int) -> list[Stap]:
        """Hoogstens zo veel stappen die een run horen te hebben en waarvan het bord klopte, te beginnen bij dit id.

        Aan het eind gaat het verder bij het begin.
        """
        ...

    def zet_bord_bij(self, stappen: Collection[Stap]) -> None:
        """Onthoud dat het bord klopt met deze stappen; wat sinds het lezen veranderde, blijft te bezien."""
        ...

    def aantal_open_werk(self, medewerkers: Collection[str]) -> Mapping[tuple[str, Stapsoort], int]:
        """Van deze medewerkers per soort stap het aantal dat openstaat."""
        ...

    def open_last(self) -> Mapping[str, int]:
        """Per medewerker het aantal open stappen."""
        ...

    # samenwerking
    def regioversie_op(self, regio: str, dag: date) -> Regioversie | None:
        """De laatst geladen versie die op deze dag geldt."""
        ...

    def regioversies(self, regio: str | None = None) -> list[Regioversie]: ...

    # bewaking
    def signalen(
        self, *, open_alleen: bool = True, dossier_id: UUID | None = None, soort: str | None = None
    ) -> list[Signaal]: ...

    def databasetijd(self) -> datetime:
        """Geef de tijd van de database in UTC: voor alle machines dezelfde. Alleen voor leases."""
        ...

    def neem_lease(self, naam: str, houder: str, nu: datetime, tot: datetime) -> int | None:
        """Neem of verleng een lease; geef het afschermnummer, of None als een ander hem heeft.

        Een lease die later afloopt dan nu mogelijk is, dateert van voor het terugzetten van de klok en is vrij.
        """
        ...

    def verleng_lease(self, naam: str, houder: str, nummer: int, tot: datetime) -> bool:
        """Verleng een lease in de transactie die erop rust; False als een ander hem intussen nam."""
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

    def schoon_op(self) -> bool:
        """Laat op schijf niets achter van wat is verwijderd; False als dat later nog eens moet."""
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
    register: Vernietigingsregister = field(default_factory=GeenRegister)
