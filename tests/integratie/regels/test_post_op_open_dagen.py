"""I7 voor de post: geen mail op een dag dat het kantoor van de ontvanger dicht is."""

import asyncio
from datetime import UTC, date, datetime

from domein.begrippen import Berichtstatus
from domein.handelingen.postpoort import Poststuk, Verzenduitkomst
from domein.handelingen.verzenden import verzend_wachtende
from domein.model import Bericht
from tests.integratie.regels.leven import Leven

VRIJDAG, ZATERDAG = date(2026, 2, 27), date(2026, 2, 28)
MAANDAG_ACHT_UUR = datetime(2026, 3, 2, 7, tzinfo=UTC)  # 08:00 in Amsterdam, wintertijd


class Postbode:
    """Neemt alles aan en onthoudt wat."""

    def __init__(self) -> None:
        self.bezorgd: list[str] = []

    async def bezorg(self, stuk: Poststuk) -> Verzenduitkomst:
        self.bezorgd.append(stuk.message_id)
        return Verzenduitkomst(Berichtstatus.AANVAARD, "250 ok")

    async def sluit(self) -> None:
        pass


def verzend(leven: Leven) -> list[str]:
    postbode = Postbode()
    asyncio.run(verzend_wachtende(leven.omgeving, postbode))
    return postbode.bezorgd


def taakmail(leven: Leven) -> Bericht:
    """De laatste mail over de melding van het PIP aan DUO."""
    return leven.post("duo/pip-vastgesteld/1")[-1]


def test_wat_op_zaterdag_klaar_wordt_gezet_wacht_tot_maandag_acht_uur(leven: Leven) -> None:
    leven.tot_pip()
    leven.open("duo/pip-vastgesteld/1")
    leven.post_is_aanvaard()
    leven.op(ZATERDAG)
    leven.meld("plicht_beeindigd", ZATERDAG, grond="overlijden")
    intrekking = taakmail(leven)
    assert (intrekking.soort, intrekking.volgende_poging) == ("taak_ingetrokken", MAANDAG_ACHT_UUR)
    assert verzend(leven) == []
    leven.op(date(2026, 3, 2))
    assert intrekking.message_id in verzend(leven)


def test_wat_op_vrijdag_klaarstaat_gaat_ook_niet_op_zaterdag_weg(leven: Leven) -> None:
    leven.tot_pip()
    leven.op(VRIJDAG).open("duo/pip-vastgesteld/1")
    leven.op(ZATERDAG)
    assert verzend(leven) == []
    bericht = taakmail(leven)
    assert (bericht.status, bericht.pogingen, bericht.volgende_poging) == (
        Berichtstatus.WACHTEND,
        0,
        MAANDAG_ACHT_UUR,
    )
    leven.op(date(2026, 3, 2))
    assert bericht.message_id in verzend(leven)
    assert taakmail(leven).status is Berichtstatus.AANVAARD
