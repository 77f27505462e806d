"""What stays after a dossier was destroyed, and the wiping of what stands around it in plain text."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any, Final
from uuid import UUID

from sqlalchemy import Text, cast, delete, func, or_, update
from sqlmodel import col, select
from sqlmodel.sql.expression import SelectOfScalar

from adapters.opslag_basis import RuimteBasis
from domein.begrippen import Berichtstatus, Regelstatus, Stapstatus
from domein.model import (
    Adresstand,
    Bericht,
    Besluittekst,
    Bounce,
    Bulkregel,
    Concept,
    Dossier,
    Dossiermijlpaal,
    Dossiertermijn,
    Idempotentie,
    Importbestand,
    Partnerbericht,
    Persoonsgegeven,
    Postbeslissing,
    Signaal,
    Stap,
    Swilevering,
    Vernietigingslijst,
    Vernietigingsregel,
)

WEG: Final = "(vernietigd)"
_AF: Final = (Berichtstatus.AANVAARD, Berichtstatus.ONBESTELBAAR, Berichtstatus.VERVALLEN)
# What happens to each table that points at a dossier, a step or a message. A test walks all tables and fails on one
# that is missing here: whoever adds a table decides what destruction means for it.
GEREGELD: Final = {
    "persoonsgegeven": "the row goes, in wis_persoon",
    "gebeurtenis": "ciphertext without a key; the envelope stays for the chain",
    "stap": "texts and names go, the fact that it was done stays",
    "bericht": "texts and address go, the proof of sending stays",
    "bounce": "the rows go",
    "postbeslissing": "the rows go: they hold free text",
    "adresstand": "lets go of the message",
    "partnerbericht": "the rows go",
    "signaal": "the rows go",
    "concept": "the rows go: what somebody typed and never sent",
    "besluittekst": "the rows go: ciphertext without a key; the event keeps the digest of what was signed",
    "bulkregel": "texts go, the fact that it was part of an act stays",
    "dossiermijlpaal": "the row goes, and with it what it adds to the board",
    "dossiertermijn": "the rows go, and with them what they add to the board",
    "vernietigingsregel": "the proof itself",
}
# Every other table, and why nobody finds the person there. The same test fails on a table that stands nowhere.
ZONDER_VERWIJZING: Final = {
    "dossier": "reference, municipality and days stay as proof; who handled it goes",
    "idempotentie": "answers that name the dossier go, and all that are older than their three days",
    "importbestand": "reports that name the dossier go, and all that have expired, with the name of their file",
    "logregel": "who saw what and why, by reference: nothing of the person was ever in it",
    "logboekhoofd": "the head of that chain",
    "bulk": "codes, references and days only",
    "vernietigingslijst": "the proof itself; a reason that names a person is refused",
    "swilevering": "counts and the digest of a file; the file itself is where the region put it",
    "bordcel": "counts",
    **dict.fromkeys(("aanmeldlink", "sessie", "apitoken", "lease", "dagwerk", "postpauze", "hartslag", "regioversie"),
                    "not about a dossier"),
}  # fmt: skip


def _met_mijlpaal(gemeenten: Collection[str] | None) -> SelectOfScalar[Dossier]:
    vraag = select(Dossier).join(Dossiermijlpaal, col(Dossiermijlpaal.dossier_id) == col(Dossier.id))
    return vraag if gemeenten is None else vraag.where(col(Dossiermijlpaal.gemeente).in_(list(gemeenten)))


def _vernietigd(gemeenten: Collection[str]) -> tuple[Any, ...]:
    return Vernietigingsregel.status == Regelstatus.VERNIETIGD, col(Dossier.gemeente).in_(list(gemeenten))


class Bewaardeel(RuimteBasis):
    def vernietigingslijsten(self) -> list[Vernietigingslijst]:
        vraag = select(Vernietigingslijst).order_by(
            col(Vernietigingslijst.opgesteld_op), col(Vernietigingslijst.nummer)
        )
        return list(self.sessie.exec(vraag))

    def vernietigingsregels(
        self, *, lijst_id: UUID | None = None, dossier_id: UUID | None = None
    ) -> list[Vernietigingsregel]:
        vraag = select(Vernietigingsregel).join(Dossier, col(Dossier.id) == col(Vernietigingsregel.dossier_id))
        if lijst_id is not None:
            vraag = vraag.where(Vernietigingsregel.lijst_id == lijst_id)
        if dossier_id is not None:
            vraag = vraag.where(Vernietigingsregel.dossier_id == dossier_id)
        return list(self.sessie.exec(vraag.order_by(col(Dossier.referentie), col(Vernietigingsregel.id))))

    def bewaarblad(
        self,
        gemeenten: Collection[str] | None,
        *,
        vanaf: date | None = None,
        tot: date | None = None,
        sla_over: int = 0,
        grens: int | None = None,
    ) -> Sequence[Dossier]:
        dag = col(Dossiermijlpaal.bewaren_tot)
        vraag = _met_mijlpaal(gemeenten).where(dag >= vanaf if vanaf else dag.is_not(None))
        if tot is not None:
            vraag = vraag.where(dag <= tot)
        vraag = vraag.order_by(dag, col(Dossier.referentie)).offset(sla_over).limit(grens)
        return self.sessie.exec(vraag).all()

    def tel_bewaren(self, gemeenten: Collection[str], *, vanaf: date) -> int:
        vraag = select(func.count()).select_from(Dossiermijlpaal)
        vraag = vraag.where(col(Dossiermijlpaal.gemeente).in_(list(gemeenten)))
        return self.sessie.exec(vraag.where(col(Dossiermijlpaal.bewaren_tot) >= vanaf)).one()

    def vernietigde(
        self, gemeenten: Collection[str], *, sla_over: int = 0, grens: int = 50
    ) -> Sequence[tuple[Vernietigingsregel, Dossier]]:
        vraag = select(Vernietigingsregel, Dossier).join(Dossier, col(Dossier.id) == col(Vernietigingsregel.dossier_id))
        vraag = vraag.where(*_vernietigd(gemeenten))
        laatst = col(Vernietigingsregel.vernietigd_op).desc()
        return list(self.sessie.exec(vraag.order_by(laatst, col(Dossier.referentie)).offset(sla_over).limit(grens)))

    def tel_vernietigd(self, gemeenten: Collection[str]) -> int:
        vraag = select(func.count()).select_from(Vernietigingsregel)
        vraag = vraag.join(Dossier, col(Dossier.id) == col(Vernietigingsregel.dossier_id))
        return self.sessie.exec(vraag.where(*_vernietigd(gemeenten))).one()

    def verzoekdossiers(self, gemeenten: Collection[str] | None, *, alle: bool) -> Sequence[Dossier]:
        vraag = _met_mijlpaal(gemeenten).where(col(Dossiermijlpaal.verzoeken) > 0)
        if not alle:
            vraag = vraag.where(col(Dossiermijlpaal.verzoek_tot).is_not(None))
        return self.sessie.exec(vraag.order_by(col(Dossiermijlpaal.verzoek_tot), col(Dossier.referentie))).all()

    def besluitdossiers(self, vanaf: date | None, *, sla_over: int, grens: int) -> Sequence[UUID]:
        dag = col(Dossiermijlpaal.besluit_tot)
        vraag = select(Dossier.id).join(Dossiermijlpaal, col(Dossiermijlpaal.dossier_id) == col(Dossier.id))
        vraag = vraag.where(dag >= vanaf if vanaf else dag.is_not(None))
        vraag = vraag.order_by(dag.desc(), col(Dossier.referentie)).offset(sla_over).limit(grens)
        return self.sessie.exec(vraag).all()

    def swileveringen(self, kwartaal: str | None = None) -> list[Swilevering]:
        vraag = select(Swilevering).order_by(
            col(Swilevering.kwartaal), col(Swilevering.gemeente), col(Swilevering.versie)
        )
        if kwartaal is not None:
            vraag = vraag.where(Swilevering.kwartaal == kwartaal)
        return list(self.sessie.exec(vraag))

    def heeft_persoon(self, dossier_id: UUID) -> bool:
        return self.sessie.get(Persoonsgegeven, dossier_id) is not None

    def sleutel_id(self, dossier_id: UUID) -> UUID | None:
        return self._sleutelbos.id_van(dossier_id)

    def vernietig_sleutel(self, dossier_id: UUID) -> None:
        self._te_vernietigen.add(dossier_id)

    def ontdoe_van_inhoud(self, dossier_id: UUID) -> None:
        self._flush()
        dossier = self.sessie.get_one(Dossier, dossier_id)
        dossier.klantmanager, dossier.regie_partner, dossier.huishouden = None, None, None
        self._flush()
        van_dossier = select(Bericht.id).where(Bericht.dossier_id == dossier_id)
        self._voer_uit(delete(Bounce).where(col(Bounce.bericht_id).in_(van_dossier)))
        self._voer_uit(delete(Postbeslissing).where(col(Postbeslissing.bericht_id).in_(van_dossier)))
        self._voer_uit(update(Adresstand).where(col(Adresstand.bericht_id).in_(van_dossier)).values(bericht_id=None))
        self._voer_uit(delete(Partnerbericht).where(col(Partnerbericht.dossier_id) == dossier_id))
        self._voer_uit(delete(Signaal).where(col(Signaal.dossier_id) == dossier_id))
        stappen = select(col(Stap.id)).where(col(Stap.dossier_id) == dossier_id)
        self._voer_uit(delete(Concept).where(col(Concept.stap_id).in_(stappen)))
        self._voer_uit(delete(Besluittekst).where(col(Besluittekst.dossier_id) == dossier_id))
        van_bulk = col(Bulkregel.dossier_id) == dossier_id
        self._voer_uit(update(Bulkregel).where(van_bulk).values(waarom="", uitweg=""))
        self._wis_post(dossier)
        for verslag, tabel in ((col(Idempotentie.antwoord), Idempotentie), (col(Importbestand.verslag), Importbestand)):
            self._voer_uit(delete(tabel).where(cast(verslag, Text).contains(dossier.referentie, autoescape=True)))
        # Through the session, and not by one UPDATE: the region board counts what changes (I8).
        for stap in self.sessie.exec(select(Stap).where(Stap.dossier_id == dossier_id)):
            if stap.status in (Stapstatus.GEPLAND, Stapstatus.OPEN):
                stap.status = Stapstatus.VERVALLEN
            stap.titel, stap.waarom, stap.vervallen_waarom, stap.medewerker = WEG, "", None, None
        for soort in (Dossiermijlpaal, Dossiertermijn):
            for rij in self.sessie.exec(select(soort).where(soort.dossier_id == dossier_id)):
                self.sessie.delete(rij)
        self._flush()

    def _wis_post(self, dossier: Dossier) -> None:
        """Empty every message about this dossier, and every digest that names it."""
        # A digest belongs to no dossier; its text does name the reference.
        noemt = or_(
            col(Bericht.dossier_id) == dossier.id,
            col(Bericht.tekst).contains(dossier.referentie, autoescape=True),
            col(Bericht.html).contains(dossier.referentie, autoescape=True),
            col(Bericht.onderwerp).contains(dossier.referentie, autoescape=True),
        )
        # Whoever claimed it meanwhile books nothing any more: the number of his lease is over.
        stop = {"status": Berichtstatus.VERVALLEN, "lease_tot": None, "lease_nummer": Bericht.lease_nummer + 1}
        self._voer_uit(update(Bericht).where(noemt, col(Bericht.status).not_in(_AF)).values(**stop))
        leeg: dict[str, Any] = {
            "onderwerp": WEG, "tekst": "", "html": None, "agenda": None, "afmeldlink": None, "antwoord": None,
            "adres": "", "adresdomein": "", "in_antwoord_op": None,
        }  # fmt: skip
        self._voer_uit(update(Bericht).where(noemt).values(**leeg))

    def _voer_uit(self, opdracht: Any) -> None:
        self.sessie.exec(opdracht.execution_options(synchronize_session=False))
