"""Een verzender in een eigen proces: `python -m tests.hulp.verzender DATABASE KLOKBESTAND POORT [PER_KEER]`.

Verstuurt tot er niets meer aan de beurt is en schrijft dan het aantal aanvaarde berichten. Eindigt ook zonder de test.
"""

import asyncio
import sys
from pathlib import Path

from adapters.database import maak_engine
from adapters.klok import StilleKlok
from adapters.kluis import Kluis
from adapters.links import GetekendeLinks
from adapters.opslag import SqlMagazijn
from adapters.postbode import SmtpPostbode
from adapters.postinstellingen import Postinstellingen
from adapters.sjablonen import Sjablonen
from adapters.sleutelbos import Sleutelbos
from domein.handelingen.postpoort import Postgrenzen
from domein.handelingen.verzenden import verzend_wachtende
from domein.ports import Omgeving

SLEUTEL = b"s" * 32


def omgeving_van(database: str, klokbestand: Path) -> Omgeving:
    klok = StilleKlok(klokbestand)
    bos = Sleutelbos(maak_engine(f"sqlite:///{klokbestand.parent / 'sleutels.db'}", wis_veilig=True), SLEUTEL)
    magazijn = SqlMagazijn(maak_engine(database), Kluis(SLEUTEL), bos, klok)
    links = GetekendeLinks("een-geheim-van-alleen-deze-test", "http://testserver", klok)
    return Omgeving(magazijn=magazijn, klok=klok, brieven=Sjablonen(), links=links)


async def draai(omgeving: Omgeving, poort: int, per_keer: int) -> int:
    aanvaard = 0
    while True:
        postbode = SmtpPostbode(Postinstellingen(poort=poort, tls="geen", verbindingen=4))
        verslag = await verzend_wachtende(omgeving, postbode, per_keer, Postgrenzen(tegelijk=4))
        aanvaard += verslag.aantallen["aanvaard"]
        if verslag.geclaimd == 0:
            return aanvaard


if __name__ == "__main__":
    hier = omgeving_van(sys.argv[1], Path(sys.argv[2]))
    print(asyncio.run(draai(hier, int(sys.argv[3]), int(sys.argv[4]) if len(sys.argv) > 4 else 1000)), flush=True)
