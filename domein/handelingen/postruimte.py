"""Wat de uitgaande post van de database vraagt: berichten, adressen en berichten aan systemen van partners."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Protocol
from uuid import UUID

from domein.begrippen import Berichtstatus
from domein.handelingen.postpoort import ONBEGRENSD, Boeking, Claim, Geclaimd, Postgrenzen, Staptoestand
from domein.model import Adresstand, Bericht, Bounce, Partnerbericht, Postbeslissing


class Postruimte(Protocol):
    """Een deel van `Ruimte`."""

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
