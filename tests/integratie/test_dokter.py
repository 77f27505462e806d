"""`regie dokter`: zegt wat er mis is met een uitweg, en eindigt alleen met 1 bij een fout."""

import importlib.metadata
import json
import threading
from collections.abc import Generator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from sqlalchemy import text

from adapters.keten import veranker
from adapters.prefect.inrichting import verwachte_versies
from domein.begrippen import Stapstatus
from tests.integratie.beheer_hulp import Regie, mailserver


def soorten(bevindingen: list[dict[str, str]]) -> dict[str, str]:
    return {bevinding["soort"]: bevinding["ernst"] for bevinding in bevindingen}


@contextmanager
def prefectserver(workers: list[dict[str, str]] | None, anders: dict[str, object] | None = None) -> Generator[str]:
    """Antwoordt als de API van Prefect; None: de werkvoorraad bestaat niet. `anders` vervangt een antwoord."""
    deployments = [{"name": naam, "version": versie, "paused": False} for naam, versie in verwachte_versies().items()]
    antwoorden: dict[str, tuple[int, object]] = {
        "/health": (200, True),
        "/admin/version": (200, importlib.metadata.version("prefect")),
        "/deployments/filter": (200, deployments),
        "/flow_runs/count": (200, 0),
    }
    if workers is not None:
        antwoorden["/work_pools/regie/workers/filter"] = (200, workers)
        antwoorden["/work_pools/regie"] = (200, {"name": "regie", "is_paused": False})
    antwoorden |= {pad: (200, inhoud) for pad, inhoud in (anders or {}).items()}

    class Antwoord(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._zeg(*antwoorden.get(self.path.removeprefix("/api"), (404, {"detail": "nee"})))

        def do_POST(self) -> None:
            self.rfile.read(int(self.headers.get("Content-Length", 0)))
            self._zeg(*antwoorden.get(self.path.removeprefix("/api"), (404, {"detail": "nee"})))

        def _zeg(self, status: int, inhoud: object) -> None:
            lijf = json.dumps(inhoud).encode()
            self.send_response(status)
            self.send_header("Content-Length", str(len(lijf)))
            self.end_headers()
            self.wfile.write(lijf)

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Antwoord)
    draad = threading.Thread(target=server.serve_forever)
    draad.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/api"
    finally:
        server.shutdown()
        draad.join(10)
        server.server_close()


def test_zonder_installatie_is_het_een_fout_en_ontstaat_er_niets(regie: Regie) -> None:
    gevonden = soorten(regie.json("dokter", code=1))
    assert gevonden == {"database": "fout", "prefect": "waarschuwing", "mailserver": "waarschuwing"}
    assert not (regie.map / "regie.db").exists()
    assert not (regie.map / "geheimen").exists()


def test_een_stilstaande_installatie_is_een_waarschuwing_met_een_uitweg(regie: Regie) -> None:
    regie.vul()
    bevindingen = regie.json("dokter")
    assert soorten(bevindingen) == {"prefect": "waarschuwing", "mailserver": "waarschuwing"}
    assert all("./regie start" in bevinding["uitweg"] for bevinding in bevindingen)
    assert "goed: de keten van elk dossier" in regie("dokter")


def test_als_alles_draait_is_de_lijst_leeg(regie: Regie, tmp_path: Path) -> None:
    regie.vul()
    with mailserver(tmp_path / "post") as poort, prefectserver([{"status": "ONLINE"}]) as adres:
        regie.instelling(smtp_port=poort, prefect_api_url=adres)
        assert regie.json("dokter") == []


@pytest.mark.parametrize("workers", [None, [], [{"status": "OFFLINE"}]], ids=["geen-pool", "geen", "weg"])
def test_een_worker_die_er_niet_is_valt_op(regie: Regie, workers: list[dict[str, str]] | None) -> None:
    regie.vul(1)
    with prefectserver(workers) as adres:
        regie.instelling(prefect_api_url=adres)
        assert "worker" in soorten(regie.json("dokter"))


def test_buiten_de_demo_is_een_mailserver_die_zwijgt_een_fout(regie: Regie) -> None:
    regie.vul(1)
    regie.instelling(demo="false", klokbestand="")
    assert soorten(regie.json("dokter", code=1))["mailserver"] == "fout"


def test_een_mailserver_zonder_gevraagde_versleuteling_valt_op(regie: Regie, tmp_path: Path) -> None:
    regie.vul(1)
    with mailserver(tmp_path / "post") as poort:
        regie.instelling(smtp_port=poort, smtp_tls="starttls")
        assert "mailserver" in soorten(regie.json("dokter"))


def test_een_gewijzigde_database_valt_op_in_keten_en_ankers(regie: Regie) -> None:
    regie.vul(1)
    veranker(regie.magazijn, regie.map / "ankers", regie.omgeving.klok.vandaag(), regie.omgeving.klok.nu())
    with regie.magazijn.engine.begin() as verbinding:
        verbinding.execute(text("UPDATE gebeurtenis SET actor = 'iemand-anders', hash = 'x'"))
    gevonden = soorten(regie.json("dokter", code=1))
    assert (gevonden["keten"], gevonden["ankers"]) == ("fout", "fout")


def test_een_dossier_zonder_volgende_stap_en_een_plan_dat_niet_klopt(regie: Regie) -> None:
    regie.vul(1)
    with regie.magazijn.ruimte() as ruimte:
        for stap in ruimte.stappen_waar():
            stap.status = Stapstatus.VERVALLEN
            ruimte.bewaar(stap)
    gevonden = soorten(regie.json("dokter", code=1))
    assert (gevonden["geen_volgende_stap"], gevonden["plan"]) == ("fout", "fout")


def test_wat_blijft_liggen_komt_in_de_lijst(regie: Regie) -> None:
    ref = regie.vul(1)[0]
    regie.zet_klok("2026-02-02T08:00:00+00:00")
    assert "niet_geopend" in soorten(regie.json("dokter"))
    regie.open_stappen()
    regie.zet_klok("2026-03-31T08:00:00+00:00")
    bevindingen = regie.json("dokter")
    gevonden = soorten(bevindingen)
    assert {"te_laat", "post_wacht"} <= gevonden.keys()
    te_laat = next(bevinding for bevinding in bevindingen if bevinding["soort"] == "te_laat")
    oudste = min(regie.json("stap", "lijst", "--status", "open"), key=lambda stap: stap["uiterst"] or stap["streef"])
    assert te_laat["plaats"] == f"{ref}:{oudste['kenmerk']}"
    assert f"sinds {oudste['uiterst'] or oudste['streef']}" in te_laat["melding"]


def test_sleutels_die_anderen_kunnen_lezen_zijn_een_fout(regie: Regie) -> None:
    regie.vul(1)
    (regie.map / "geheimen" / "hoofdsleutel").chmod(0o644)
    bevindingen = regie.json("dokter", code=1)
    assert soorten(bevindingen)["sleutels"] == "fout"
    assert any("chmod 600" in bevinding["uitweg"] for bevinding in bevindingen)


@pytest.mark.parametrize(
    ("vandaag", "soort", "ernst"),
    [
        pytest.param("2028-05-01", "feestdagen", "waarschuwing", id="volgend-jaar-onbekend"),
        pytest.param("2029-05-01", "feestdagen", "fout", id="dit-jaar-onbekend"),
        pytest.param("2099-05-01", "regio", "fout", id="afspraken-verlopen"),
    ],
)
def test_wat_afloopt_valt_op_tijd_op(regie: Regie, vandaag: str, soort: str, ernst: str) -> None:
    regie.vul(1)
    regie.zet_klok(f"{vandaag}T08:00:00+00:00")
    assert soorten(regie.json("dokter", code=int(ernst == "fout")))[soort] == ernst
