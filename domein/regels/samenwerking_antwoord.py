"""Het antwoord op de vraag wie een stap doet: een toewijzing, niet van toepassing, of een gat."""

from datetime import date

from domein.begrippen import Rol
from domein.regels.maatwerk import Maatwerk
from domein.regio.afspraken import Mandaat
from domein.regio.onderdelen import Onderdeel, Tarief
from domein.regio.soorten import AvgRol, Gegevensgroep, Overgangsregime, Peildatumsoort


class Afgevallen(Onderdeel):
    """Een mogelijkheid die het niet werd, en waarom niet."""

    afspraak: str
    uitvoerder: str = ""
    reden: str


class Optie(Onderdeel):
    """Een partner waaruit een mens nog moet kiezen, en onder welke afspraak dat is."""

    partner: str
    afspraak: str


class Toewijzing(Onderdeel):
    """De vijf partijen van een stap, en hoe wij daarbij kwamen.

    `uitvoerder` en `voorbereider` zijn codes van partners, `betaler` ook (of "inburgeraar"),
    `ondertekenaar` is de code van een medewerker; `bevoegd_orgaan` en `afzender` zijn namen
    voor in een brief.

    blijft: de persoon houdt de partner die hij had. opties: een mens kiest nog, tot dan doet de
    genoemde uitvoerder het. herbeoordeling_op: het antwoord is voorlopig, tot die dag.
    signaal: wie dit moet weten. maatwerk: er is van de afspraken afgeweken, met de reden.
    """

    uitvoerder: str
    rol: Rol
    voorbereider: str | None
    bevoegd_orgaan: str
    mandaat: Mandaat | None
    ondertekenaar: str | None
    betaler: str
    tarief: Tarief | None
    inzage: tuple[Gegevensgroep, ...]
    avg_rol: AvgRol
    afzender: str
    afspraak: str
    escalatie: tuple[Rol, ...]
    peildatumsoort: Peildatumsoort
    overgangsregime: Overgangsregime
    waarom: str
    afgevallen: tuple[Afgevallen, ...]
    peildatum: date | None = None
    blijft: bool = False
    opties: tuple[Optie, ...] = ()
    herbeoordeling_op: date | None = None
    signaal: tuple[Rol, ...] = ()
    maatwerk: Maatwerk | None = None


class NietVanToepassing(Onderdeel):
    """De stap hoeft in dit geval niet, en dat is zo afgesproken."""

    afspraak: str
    waarom: str
    afgevallen: tuple[Afgevallen, ...] = ()


class Gat(Onderdeel):
    """Niemand is aangewezen: `escalatie` moet het weten. Met `opties` moet eerst iemand kiezen."""

    waarom: str
    escalatie: tuple[Rol, ...] = (Rol.REGIOCOORDINATOR,)
    afgevallen: tuple[Afgevallen, ...] = ()
    opties: tuple[Optie, ...] = ()


Antwoord = Toewijzing | NietVanToepassing | Gat
