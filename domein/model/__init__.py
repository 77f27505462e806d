"""De tabellen (SQLModel). Personen staan alleen versleuteld in `Persoonsgegeven` en in de cijfertekst."""

from domein.model.basis import metadata
from domein.model.bedrijf import Hartslag, Postpauze
from domein.model.bericht import Bericht
from domein.model.bewaking import Dagwerk, Lease, Signaal
from domein.model.bulk import Bulk, Bulkregel
from domein.model.dossier import Dossier
from domein.model.gebeurtenis import GebeurtenisRij
from domein.model.partnerbericht import Partnerbericht
from domein.model.persoonsgegeven import Persoonsgegeven
from domein.model.post import Adresstand, Bounce, Bouncesoort, Postbeslissing, Postkeuze
from domein.model.regioversie import Regioversie
from domein.model.stap import Stap

__all__ = [
    "Adresstand",
    "Bericht",
    "Bounce",
    "Bouncesoort",
    "Bulk",
    "Bulkregel",
    "Dagwerk",
    "Dossier",
    "GebeurtenisRij",
    "Hartslag",
    "Lease",
    "Partnerbericht",
    "Persoonsgegeven",
    "Postbeslissing",
    "Postkeuze",
    "Postpauze",
    "Regioversie",
    "Signaal",
    "Stap",
    "metadata",
]
