"""Hulp voor de pagina's over besluiten: de voorbeeldregio met één dossier na de intake, en een formulier invullen."""

import html
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from fastapi import FastAPI
from httpx import Response

from adapters.opslag import SqlMagazijn
from adapters.regiobestand import laad_regiobestand
from domein.handelingen.regio import laad_regio
from domein.model import Logregel
from domein.ports import Omgeving
from portaal.app import maak_app
from tests.integratie.portaal_bezoek import Browser, meld_aan
from tests.integratie.portaal_hulp import ADMINISTRATIE, VOORBEELD
from tests.integratie.post_hulp import Installatie, Zetbaar, installeer
from tests.integratie.regels.besluitleven import Besluitleven


@dataclass
class Besluitwereld:
    hier: Installatie
    app: FastAPI
    leven: Besluitleven

    @property
    def omgeving(self) -> Omgeving:
        return self.hier.omgeving

    @property
    def ref(self) -> str:
        return self.leven.dossier().referentie

    @property
    def pad(self) -> str:
        return f"/dossiers/{self.ref}/besluiten"

    def als(self, code: str) -> Browser:
        return meld_aan(self.hier, self.app, code)

    def logregels(self, dossier: str | None = None) -> list[Logregel]:
        with self.hier.magazijn.ruimte() as ruimte:
            return [r for r in ruimte.heel_logboek() if dossier in (None, r.betrokkene)]


def besluitwereld(
    magazijn: SqlMagazijn, klok: Zetbaar, tmp_path: Path, *,
    geopend: bool = True, na_intake: bool = True, **persoon: Any,
) -> Besluitwereld:  # fmt: skip
    """Na de intake staat het PIP open: de mandaathouder en de klantmanager zien het dossier."""
    hier = installeer(magazijn, klok)
    laad_regio(hier.omgeving, laad_regiobestand(VOORBEELD), ADMINISTRATIE)
    leven = Besluitleven(hier.omgeving)
    leven.begin(**persoon)
    if na_intake:
        leven.tot_intake_gereed()
    if geopend:
        leven.open("pip/vaststellen/1")
    return Besluitwereld(hier, maak_app(hier.omgeving, hier.links, wekmap=tmp_path), leven)


def leesbaar(antwoord: Response) -> str:
    """De tekst van een pagina, zonder opmaak en met gewone spaties."""
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", antwoord.text)))


def tekst_in(antwoord: Response) -> str:
    """Wat er in het vak met de tekst van het besluit staat."""
    gevonden = re.search(r'<textarea id="tekst"[^>]*>\n?(.*?)</textarea>', antwoord.text, re.S)
    assert gevonden is not None
    return html.unescape(gevonden.group(1))


def versie_in(antwoord: Response) -> str:
    gevonden = re.search(r'name="versie" value="(\d+)"', antwoord.text)
    assert gevonden is not None
    return gevonden.group(1)
