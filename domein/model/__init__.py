"""De tabellen (SQLModel). Personen staan alleen versleuteld in `Persoonsgegeven` en in de cijfertekst."""

from domein.model.basis import metadata
from domein.model.bericht import Bericht
from domein.model.besluittekst import Besluittekst
from domein.model.bewaking import Dagwerk, Lease, Signaal
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
    "Besluittekst",
    "Bounce",
    "Bouncesoort",
    "Dagwerk",
    "Dossier",
    "GebeurtenisRij",
    "Lease",
    "Partnerbericht",
    "Persoonsgegeven",
    "Postbeslissing",
    "Postkeuze",
    "Regioversie",
    "Signaal",
    "Stap",
    "metadata",
]
