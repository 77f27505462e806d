#!/usr/bin/env python3
"""Maak de schermafdrukken in deze map, met de voorbeeldregio midden in het jaar.

Zo: `.venv/bin/python docs/schermen/maak.py [PATROON]`. Dat vraagt Chromium en de omgeving van `./regie test`; met een
patroon (`bord`) alleen de afdrukken waarvan de naam erop lijkt. De personen zijn verzonnen.
"""

import os
import re
import shutil
import sys
import threading
from collections import Counter
from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

HIER: Final = Path(__file__).resolve().parent
sys.path.insert(0, str(HIER.parents[1]))

import uvicorn  # noqa: E402
from playwright.sync_api import Browser, Page, sync_playwright  # noqa: E402

from adapters.database import maak_engine, maak_klaar  # noqa: E402
from adapters.klok import EchteKlok, dag_van  # noqa: E402
from adapters.kluis import Kluis  # noqa: E402
from adapters.links import GetekendeLinks  # noqa: E402
from adapters.opslag import SqlMagazijn  # noqa: E402
from adapters.sjablonen import Sjablonen  # noqa: E402
from adapters.sleutelbos import Sleutelbos  # noqa: E402
from adapters.vernietigingsregister import BestandRegister  # noqa: E402
from beheer.demo.archief import Archiefstuk, vernietig_archief, zet_archief_klaar  # noqa: E402
from beheer.demo.in_proces import doorloop  # noqa: E402
from beheer.demo.vullen import lees_voorbeeld  # noqa: E402
from domein.begrippen import Stapstatus  # noqa: E402
from domein.handelingen.aanmelden import maak_link  # noqa: E402
from domein.handelingen.besluit_inzien import besluit_lijst  # noqa: E402
from domein.handelingen.vernietigingslijst import lijsten  # noqa: E402
from domein.ports import Omgeving  # noqa: E402
from portaal.app import maak_app  # noqa: E402

VANDAAG: Final = date(2026, 5, 20)
LATER: Final = date(2027, 7, 1)
AANTAL: Final = 40
AANBIEDER: Final = "taalhuis-lingestroom"
BREED, SMAL = 1280, 360
HOOG: Final = 1500  # de bovenkant zegt genoeg, en zo blijven de afdrukken klein
OOK_DONKER: Final = frozenset({"bord", "dossier", "taak"})
VLAGGEN: Final = [
    "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--no-first-run", "--lang=nl-NL",
]  # fmt: skip


class _Genoeg(Exception):
    """De voorbeelden zijn ver genoeg."""


@dataclass
class _Klok:
    moment: datetime = field(default_factory=lambda: datetime(2026, 1, 1, 9, tzinfo=UTC))

    def nu(self) -> datetime:
        return self.moment

    def vandaag(self) -> date:
        return dag_van(self.moment)

    def zet(self, dag: date) -> None:
        if dag > VANDAAG:
            raise _Genoeg
        self.moment = datetime.combine(dag, time(9), UTC)


@dataclass
class Portaal:
    """Een draaiend portaal met de voorbeeldregio."""

    omgeving: Omgeving
    adres: str
    klok: _Klok
    archief: list[Archiefstuk]


@contextmanager
def portaal(map_: Path) -> Generator[Portaal]:
    klok = _Klok()
    engine = maak_engine(f"sqlite:///{map_ / 'regie.db'}")
    maak_klaar(engine)
    bos = Sleutelbos(maak_engine(f"sqlite:///{map_ / 'sleutels.db'}", wis_veilig=True), b"s" * 32)
    magazijn = SqlMagazijn(engine, Kluis(b"i" * 32), bos, klok)
    links = GetekendeLinks("alleen voor de afdrukken van deze pagina's", "http://127.0.0.1", klok)
    omgeving = Omgeving(magazijn=magazijn, klok=klok, brieven=Sjablonen(), links=links, register=BestandRegister(map_))
    voorbeeld = lees_voorbeeld(omgeving, AANTAL)
    klok.zet(date(2026, 1, 2))
    archief = zet_archief_klaar(omgeving)
    try:
        doorloop(omgeving, voorbeeld, klok.zet)
    except _Genoeg:
        klok.zet(VANDAAG)
    with magazijn.ruimte() as ruimte:
        ruimte.zet_hartslag("ronde", "de-afdrukken", EchteKlok().nu())  # beheer hoort niet te klagen over deze machine
    app = maak_app(omgeving, links, wekmap=map_, prefect_url="http://127.0.0.1:4200")
    server = uvicorn.Server(uvicorn.Config(app, port=0, log_config=None, ws="none"))
    draad = threading.Thread(target=server.run)
    draad.start()
    while not server.started and draad.is_alive():
        threading.Event().wait(0.01)
    try:
        yield Portaal(omgeving, f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}", klok, archief)
    finally:
        server.should_exit = True
        draad.join(10)
        magazijn.sluit()


# De naam en het pad van een afdruk, en wat er eerst op die pagina gebeurt.
Scherm = tuple[str, str] | tuple[str, str, Callable[[Page], None]]


def schermen(hier: Portaal) -> dict[str, list[Scherm]]:
    """Per medewerker elke afdruk."""
    with hier.omgeving.magazijn.ruimte() as ruimte:
        eigen = next(d for d in ruimte.dossiers() if d.klantmanager is not None and d.status.value == "lopend")
        wie = eigen.klantmanager
        taak = next(iter(ruimte.stappen_waar(statussen=[Stapstatus.OPEN], medewerker=wie)), None)
        rijkste = max(ruimte.dossiers(), key=lambda d: d.laatste_volgnummer)
    return {
        "m-reg": [
            ("bord", "/bord"), ("bord-stappen", "/bord/stappen?status=open&gemeente=GM0512"),
            ("bord-termijnen", "/bord/termijnen?termijn=aanbod&week=later"),
            ("dossier-coordinator", f"/dossiers/{rijkste.referentie}"),
            ("vooruitkijken", f"/dossiers/{rijkste.referentie}/vooruit?wat=verhuizing&op=2026-06-01&gemeente=GM1978"),
            ("afspraken", "/afspraken?gemeente=GM0512&leerroute=b1"),
            *_samen(hier), ("uitval", "/uitval"), ("uitval-voorbeeld", "/uitval", _uitval),
        ],
        "m-con": [("bord-contractmanager", "/bord"), ("uitval-contractmanager", "/uitval", _uitval)],
        eigen.klantmanager or "": [
            ("dossier", f"/dossiers/{eigen.referentie}"), ("dossiers", "/dossiers"), ("mijn-werk", "/mijn-werk"),
            ("mijn-werk-team", "/mijn-werk/team"), *([("taak", f"/taken/{taak.id}")] if taak else []),
            ("melden", f"/dossiers/{eigen.referentie}/melden"),
            ("vastleggen", f"/dossiers/{eigen.referentie}/melden/verhuisd"),
            ("vastleggen-voorbeeld", f"/dossiers/{eigen.referentie}/melden/verhuisd", _verhuizing),
            ("zoeken", "/dossiers", _zoek_niemand),
        ],
        "m-bhr": [
            ("beheer", "/beheer"), ("beheer-stappen", "/beheer/stappen?wat=zonder-run"),
            ("beheer-post", "/beheer/post?wat=vast"), ("beheer-handelen", "/beheer/handelen?handeling=verzetten"),
        ],
        "m-fg": [("logboek", "/logboek"), ("logboek-keten", "/logboek/keten"), ("verzoeken", "/verzoeken")],
        "m-wil": [("besluiten", "/besluiten"), *_een_besluit(hier), *_maatwerk(hier)],
        "m-adm": [("inlezen", "/invoer"), ("bewaren", "/bewaren")],
    }  # fmt: skip


def _samen(hier: Portaal) -> list[Scherm]:
    """Twee lopende dossiers in Gorinchem, die bij elkaar gaan horen."""
    with hier.omgeving.magazijn.ruimte() as ruimte:
        een, ander, *_ = [d for d in ruimte.dossiers() if (d.status.value, d.gemeente) == ("lopend", "GM0512")]
    pad = f"/dossiers/{een.referentie}/huishouden"

    def vul(pagina: Page) -> None:
        pagina.get_by_label("Welke dossiers").fill(ander.referentie)
        pagina.get_by_label("Waarom?").fill("Zij wonen op één adres.")
        pagina.get_by_role("button", name="Bekijk wat er verandert").click()

    return [("huishouden", pad), ("huishouden-voorbeeld", pad, vul)]


def _maatwerk(hier: Portaal) -> list[Scherm]:
    """Maatwerk stelt alleen vast wie mandaat heeft: een open taak bij het team van de teamleider."""
    with hier.omgeving.magazijn.ruimte() as ruimte:
        taken = ruimte.stappen_waar(statussen=[Stapstatus.OPEN], partner="avres", grens=1)
        return [("maatwerk", f"/dossiers/{ruimte.dossier(t.dossier_id).referentie}/melden/maatwerk") for t in taken]


def _uitval(pagina: Page) -> None:
    pagina.get_by_label("Welke aanbieder?").select_option(AANBIEDER)
    pagina.get_by_label("De aanbieder stopt").check()
    pagina.get_by_label("Waarom?").fill("De aanbieder stopt op 1 juli.")
    pagina.get_by_role("button", name="Bekijk wie dit raakt").click()


def _verhuizing(pagina: Page) -> None:
    pagina.get_by_label("Nieuwe gemeente").select_option("GM1978")
    pagina.get_by_role("button", name="Bekijk wat er verandert").click()


def _zoek_niemand(pagina: Page) -> None:
    pagina.get_by_label("Naam").fill("Yodit Tesfay")
    pagina.get_by_label("Geboortedatum").fill("1990-01-01")
    pagina.get_by_role("button", name="Zoek het dossier").click()


def _een_besluit(hier: Portaal) -> list[Scherm]:
    """Het dossier met de meeste besluiten: een bezwaar dat is gewonnen, en een PIP dat opnieuw wordt vastgesteld."""
    tellen = Counter(rij["dossier"] for rij in besluit_lijst(hier.omgeving))
    ((referentie, aantal),) = tellen.most_common(1)
    basis = f"/dossiers/{referentie}/besluiten"
    return [("besluiten-dossier", basis), ("besluit", f"{basis}/{aantal}")]


def schermen_later(hier: Portaal) -> dict[str, list[Scherm]]:
    """Jaren later, als van twee dossiers de bewaartermijn voorbij is: de een vernietigd, de ander op een lijst."""
    hier.klok.moment = datetime.combine(LATER, time(9), UTC)
    vernietig_archief(hier.omgeving, hier.archief)
    per_stand = {lijst["status"]: lijst["nummer"] for lijst in lijsten(hier.omgeving)}
    return {
        "m-mol": [("bewaren-keuren", f"/bewaren/lijsten/{per_stand['opgesteld']}")],
        "m-gor": [
            ("bewaren-vernietigd", "/bewaren?toon=vernietigd"),
            ("bewaren-verklaring", f"/bewaren/lijsten/{per_stand['uitgevoerd']}/verklaring"),
        ],
    }


def druk_af(browser: Browser, hier: Portaal, doel: Path, paginas_per_rol: dict[str, list[Scherm]]) -> None:
    for medewerker, paginas in paginas_per_rol.items():
        for breedte, donker in ((BREED, False), (BREED, True), (SMAL, False)):
            venster = browser.new_context(
                viewport={"width": breedte, "height": HOOG}, color_scheme="dark" if donker else "light", locale="nl-NL"
            )
            pagina = venster.new_page()
            pagina.goto(maak_link(hier.omgeving, medewerker, hier.adres))
            pagina.get_by_role("button").first.click()
            for naam, pad, *doe in paginas:
                if donker and naam not in OOK_DONKER:
                    continue
                pagina.goto(f"{hier.adres}{pad}")
                for een in doe:
                    een(pagina)
                    pagina.wait_for_load_state()
                soort = "donker" if donker else "breed" if breedte == BREED else "smal"
                pagina.screenshot(path=doel / f"{naam}-{soort}.jpg", type="jpeg", quality=50)
            venster.close()


def main() -> None:
    keuze = re.compile(sys.argv[1]) if len(sys.argv) > 1 else re.compile("")
    chromium = next(
        (pad for naam in ("chromium", "chromium-browser", "google-chrome") if (pad := shutil.which(naam))), None
    )
    if chromium is None:
        sys.exit("Er is geen Chromium op deze machine; installeer het pakket `chromium`.")
    with TemporaryDirectory(prefix="regie-schermen-") as map_, portaal(Path(map_)) as hier, sync_playwright() as speler:
        doel = Path(map_) / "uit"
        browser = speler.chromium.launch(
            executable_path=chromium, args=VLAGGEN, env={**os.environ, "LANGUAGE": "nl_NL"}
        )
        druk_af(browser, hier, doel, schermen(hier))
        druk_af(browser, hier, doel, schermen_later(hier))
        browser.close()
        for bestand in sorted(doel.glob("*.jpg")):
            if keuze.search(bestand.name):
                shutil.copyfile(bestand, HIER / bestand.name)
                print(f"{bestand.name}: {bestand.stat().st_size // 1024} kB")


if __name__ == "__main__":
    main()
