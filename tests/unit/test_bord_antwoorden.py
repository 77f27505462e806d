"""Wat Prefect antwoordt, en waar dat over gaat: over één run, of over het hele bord."""

from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from uuid import UUID, uuid4

import httpx
import pytest
from prefect.client.orchestration import PrefectClient
from prefect.settings import PREFECT_CLIENT_MAX_RETRIES, temporary_settings

from adapters.prefect.bord import PrefectBord
from domein.handelingen.bordpoort import BordOnbereikbaar, RunGeweigerd, RunOpdracht

NU = datetime(2026, 3, 2, 8, tzinfo=UTC)
RUN = uuid4()


class Server:
    """De paar antwoorden van Prefect die het bord gebruikt; `geeft` zegt per pad welke status er komt."""

    def __init__(self) -> None:
        self.geeft: dict[str, int] = {}
        self.weg = False
        self.gevraagd: Counter[str] = Counter()
        self.deployment = uuid4()

    def __call__(self, verzoek: httpx.Request) -> httpx.Response:
        if self.weg:
            raise httpx.ConnectError("weg", request=verzoek)
        pad = verzoek.url.path.removeprefix("/api")
        wat = pad.rsplit("/", 1)[-1] if "filter" not in pad else pad.split("/")[1] + "/filter"
        self.gevraagd[wat] += 1
        if wat == "csrf-token":
            return httpx.Response(422, json={"detail": "CSRF protection is disabled."}, request=verzoek)
        if wat in self.geeft:
            return httpx.Response(self.geeft[wat], json={"detail": "nee"}, request=verzoek)
        if wat == "deployments/filter":
            rij = {"id": str(self.deployment), "name": "intake", "flow_id": str(uuid4())}
            return httpx.Response(200, json=[rij], request=verzoek)
        if wat == "create_flow_run":
            if str(self.deployment) not in pad:
                return httpx.Response(404, json={"detail": "Deployment not found"}, request=verzoek)
            return httpx.Response(201, json={"id": str(RUN), "flow_id": str(uuid4()), "name": "x"}, request=verzoek)
        if wat == "set_state":
            antwoord = {"state": None, "status": "ACCEPT", "details": {"type": "accept_details"}}
            return httpx.Response(201, json=antwoord, request=verzoek)
        return httpx.Response(200, json=[], request=verzoek)


@asynccontextmanager
async def bord_op(server: Server) -> AsyncIterator[PrefectBord]:
    with temporary_settings({PREFECT_CLIENT_MAX_RETRIES: 0}):
        client = PrefectClient(
            "http://prefect.example/api",
            httpx_settings={"transport": httpx.MockTransport(server)},
            server_type="server",  # pyright: ignore[reportArgumentType]
        )
        async with client as open_:
            yield PrefectBord(open_)


def opdracht() -> RunOpdracht:
    return RunOpdracht(uuid4(), 1, 1, "intake", "intake 1", (), NU)


Daad = Callable[[PrefectBord], object]
OVER_EEN_RUN = {
    "maak": ("create_flow_run", lambda bord: bord.maak(opdracht())),
    "verzet": ("set_state", lambda bord: bord.verzet(RUN, NU)),
    "wek": ("set_state", lambda bord: bord.wek(RUN)),
    "beeindig": ("set_state", lambda bord: bord.beeindig(RUN, "klaar")),
}


@pytest.mark.parametrize("code", [403, 409, 422, 500])
@pytest.mark.parametrize("daad", OVER_EEN_RUN)
async def test_een_weigering_over_een_run_gaat_over_die_run(daad: str, code: int) -> None:
    pad, doe = OVER_EEN_RUN[daad]
    server = Server()
    server.geeft[pad] = code
    async with bord_op(server) as bord:
        with pytest.raises(RunGeweigerd) as geweigerd:
            await doe(bord)
    assert geweigerd.value.code == code


@pytest.mark.parametrize("code", [429, 502, 503, 504])
@pytest.mark.parametrize("daad", OVER_EEN_RUN)
async def test_een_server_die_nu_niemand_helpt_is_onbereikbaar(daad: str, code: int) -> None:
    pad, doe = OVER_EEN_RUN[daad]
    server = Server()
    server.geeft[pad] = code
    async with bord_op(server) as bord:
        with pytest.raises(BordOnbereikbaar):
            await doe(bord)


@pytest.mark.parametrize("daad", OVER_EEN_RUN)
async def test_zonder_verbinding_is_het_bord_onbereikbaar(daad: str) -> None:
    server = Server()
    async with bord_op(server) as bord:
        server.weg = True
        with pytest.raises(BordOnbereikbaar):
            await OVER_EEN_RUN[daad][1](bord)


@pytest.mark.parametrize("code", [404, 422, 500, 503])
async def test_een_fout_op_een_vraag_naar_alle_runs_gaat_over_het_bord(code: int) -> None:
    server = Server()
    server.geeft["flow_runs/filter"] = code
    async with bord_op(server) as bord:
        with pytest.raises(BordOnbereikbaar):
            await bord.open_runs()


async def test_een_deployment_die_opnieuw_is_gemaakt_wordt_opnieuw_opgezocht() -> None:
    server = Server()
    async with bord_op(server) as bord:
        assert await bord.maak(opdracht()) == RUN
        server.deployment = UUID(int=7)  # verwijderd en opnieuw geregistreerd
        assert await bord.maak(opdracht()) == RUN
    assert server.gevraagd["deployments/filter"] == 2


async def test_een_run_die_verwijderd_is_valt_niet_te_wekken_en_dat_is_geen_fout() -> None:
    server = Server()
    server.geeft["set_state"] = 404
    async with bord_op(server) as bord:
        await bord.wek(RUN)
