"""De opzichter zonder eigen diensten: Prefect, de workers en de portalen draaien als eigen processen."""

from adapters.eigen_prefect import adres_van
from adapters.omgeving import instellingen_van, laat_met_rust, maak_omgeving
from beheer.installatie import neem_slot
from beheer.opzichter import STARTTIJD, Opzichter


class LosseOpzichter(Opzichter):
    """Doet de ronde, de post en het gemiste dagwerk; start en bewaakt geen andere processen."""

    @property
    def api_url(self) -> str:
        return self.instellingen.prefect_api_url

    def bereid_voor(self) -> None:
        """Neem de map en open de database; poorten en instellingen zijn van wie ons startte.

        GeenEigenPrefect als niemand zei welke Prefect van ons is: die van een ander richten wij niet in.
        """
        adres_van(instellingen_van(self.map))
        self.map.mkdir(parents=True, exist_ok=True)
        self._slot = neem_slot(self.map)
        self._keuze = instellingen_van(self.map)
        self._omgeving = maak_omgeving(self._keuze)
        laat_met_rust()

    async def start(self) -> None:
        """Wacht op Prefect en richt hem in. Blijft hij weg, dan gaat de post toch: de ronde haalt het later in."""
        from adapters.prefect.inrichting import wacht_tot_gezond
        from domein.handelingen.bordpoort import BordOnbereikbaar

        if self._omgeving is None:
            self.bereid_voor()
        try:
            await wacht_tot_gezond(self.api_url, STARTTIJD)
        except BordOnbereikbaar:
            self.meld("Prefect antwoordt nog niet; de post gaat vast, en stappen openen zodra hij er is.")
        await self.open_bord()

    def prefect_leeft(self) -> bool:
        return True  # draait elders: alleen wie het vraagt, weet het
