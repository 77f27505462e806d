"""De gang van een wandeling: een handeling doen, opschrijven wat er gebeurde, en nagaan of alles nog klopt."""

from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta
from random import Random

from domein.fouten import RegieFout
from tests.eigenschappen.wandeling.nagaan import Beeld, kijk, kijk_alles_na
from tests.eigenschappen.wandeling.wereld import Wereld

DAGEN = 5 * 365
REGELS = 80


class WandelingMislukt(AssertionError):
    """Een leven waarin iets niet klopte, met het zaadje en wat er tot dan gebeurde."""


class Gang:
    """Hetzelfde zaadje geeft hetzelfde leven: alleen `rng` kiest. `beeld` is het dossier dat nu aan de beurt is."""

    beeld: Beeld

    def __init__(self, wereld: Wereld, zaad: int) -> None:
        self.wereld, self.zaad, self.rng = wereld, zaad, Random(zaad)
        self.omgeving = wereld.omgeving
        self.regels: list[str] = []
        self.gedaan: Counter[str] = Counter()
        self.geweigerd: Counter[str] = Counter()
        self.beelden: list[Beeld] = []
        wereld.opnieuw()
        self.begindag = self.vandaag
        self.einddag = self.vandaag + timedelta(days=DAGEN)

    @property
    def vandaag(self) -> date:
        return self.wereld.klok.vandaag()

    def doe(self, wat: str, act: Callable[[], object]) -> bool:
        """Doe een handeling en ga alles na; een weigering mag, maar laat alles zoals het was."""
        self.regels.append(f"{self.vandaag} {wat}")
        voor = [beeld.gebeurtenissen for beeld in self.beelden]
        gelukt = True
        try:
            act()
        except RegieFout as fout:
            self.regels.append(f"           geweigerd: {fout}")
            gelukt = False
        except Exception as fout:
            raise self.mislukt([f"{type(fout).__name__}: {fout}"]) from fout
        (self.gedaan if gelukt else self.geweigerd)[wat.split(maxsplit=1)[0]] += 1
        fouten = [fout for beeld in self.beelden if not beeld.gewist for fout in kijk(self.omgeving, beeld)]
        if not gelukt:  # een tweede antwoord wordt een vraag aan een mens, en meer niet
            erbij = [
                g.soort
                for beeld, was in zip(self.beelden, voor, strict=True)
                for g in beeld.gebeurtenissen[len(was) :]
                if g.soort != "controle_gevraagd"
            ]
            fouten += [f"Geweigerd, maar toch vastgelegd: {soort}." for soort in erbij]
        if fouten:
            raise self.mislukt(fouten)
        return gelukt

    def sluit_af(self) -> None:
        if fouten := kijk_alles_na(self.omgeving):
            raise self.mislukt(fouten)

    def mislukt(self, fouten: list[str]) -> WandelingMislukt:
        return WandelingMislukt(
            f"Leven {self.zaad} loopt mis. Herhaal alleen dit leven met:\n"
            f"  PROEF_ZAAD={self.zaad} .venv/bin/python -m pytest tests/eigenschappen/test_wandelingen.py\n"
            + "\n".join([*self.regels[-REGELS:], "", *fouten])
        )
