"""De tabellen (SQLModel). Personen staan alleen versleuteld in `Persoonsgegeven` en in de cijfertekst."""

from domein.model.basis import metadata
from domein.model.bedrijf import Hartslag, Postpauze
from domein.model.bericht import Bericht
from domein.model.besluittekst import Besluittekst
from domein.model.bewaking import Dagwerk, Lease, Signaal
from domein.model.bewaren import Swilevering, Vernietigingslijst, Vernietigingsregel
from domein.model.bulk import Bulk, Bulkregel
from domein.model.dossier import Dossier
from domein.model.gebeurtenis import GebeurtenisRij
from domein.model.koppelvlak import Apitoken, Idempotentie, Importbestand
from domein.model.logboek import Logboekhoofd, Logregel, Logsoort
from domein.model.partnerbericht import Partnerbericht
from domein.model.persoonsgegeven import Persoonsgegeven
from domein.model.portaal import Aanmeldlink, Concept, Sessie
from domein.model.post import Adresstand, Bounce, Bouncesoort, Postbeslissing, Postkeuze
from domein.model.regiobord import Bordcel, Dossiermijlpaal, Dossiertermijn
from domein.model.regioversie import Regioversie
from domein.model.stap import Stap

__all__ = [
    "Aanmeldlink",
    "Adresstand",
    "Apitoken",
    "Bericht",
    "Besluittekst",
    "Bordcel",
    "Bounce",
    "Bouncesoort",
    "Bulk",
    "Bulkregel",
    "Concept",
    "Dagwerk",
    "Dossier",
    "Dossiermijlpaal",
    "Dossiertermijn",
    "GebeurtenisRij",
    "Hartslag",
    "Idempotentie",
    "Importbestand",
    "Lease",
    "Logboekhoofd",
    "Logregel",
    "Logsoort",
    "Partnerbericht",
    "Persoonsgegeven",
    "Postbeslissing",
    "Postkeuze",
    "Postpauze",
    "Regioversie",
    "Sessie",
    "Signaal",
    "Stap",
    "Swilevering",
    "Vernietigingslijst",
    "Vernietigingsregel",
    "metadata",
]
