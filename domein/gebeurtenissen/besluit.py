"""De gang van een besluit: concept, gronden, advies, tekst, ondertekening, bekendmaking (Awb 3:2, 3:41, 3:46, 10:1)."""

from typing import Annotated, Any, Literal

from pydantic import Field, StringConstraints

from domein.begrippen import Besluitsoort
from domein.gebeurtenissen.basis import Gegevens
from domein.gebeurtenissen.velden import Code, Kenmerk, Volgorde

Hash = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
Versie = Annotated[int, Field(ge=1, le=999)]
Zin = Annotated[str, StringConstraints(min_length=3, max_length=2000)]
Grondoordeel = Literal["onderzocht", "niet_van_toepassing"]


class BesluitConcept(Gegevens):
    """Een concept, door een behandelaar of partner. `velden` zijn die van het feit dat de ondertekening vastlegt."""

    nummer: Volgorde
    besluitsoort: Besluitsoort
    voor: Kenmerk  # de stap die op het besluit wacht
    uitkomst: Code
    velden: dict[str, Any] = Field(default_factory=dict)


class BesluitGrond(Gegevens):
    """Eén onderzochte grond (Awb 3:2): wat is bekeken, en wat bleek."""

    nummer: Volgorde
    grond: Code
    oordeel: Grondoordeel
    toelichting: Zin


class BesluitAdvies(Gegevens):
    """Het advies van een partner of collega (Awb 3:5 tot en met 3:9)."""

    nummer: Volgorde
    strekking: Literal["positief", "negatief", "anders"]
    toelichting: Zin


class BesluitTekst(Gegevens):
    """Een versie van de tekst; de tekst zelf ligt versleuteld in de kluis, hier staat haar hash."""

    nummer: Volgorde
    versie: Versie
    hash: Hash


class BesluitOndertekend(Gegevens):
    """De ondertekening namens het bevoegd orgaan; `geldig_op` is de dagtekening (Awb 10:10)."""

    nummer: Volgorde
    mandaathouder: Code
    mandaat: Code
    grondslag: str  # het mandaatbesluit
    orgaan: str
    versie: Versie
    hash: Hash


class BesluitBekendgemaakt(Gegevens):
    """De bekendmaking, met het bewijs dat het besluit is verzonden of uitgereikt (Awb 3:41)."""

    nummer: Volgorde
    wijze: Literal["post", "aangetekend", "uitgereikt", "digitaal"]
    bewijs: Code


class BesluitRetour(Gegevens):
    """De post kwam terug. Klopte het adres niet, dan was er geen bekendmaking en liep er geen termijn (Awb 3:41)."""

    nummer: Volgorde
    adres_klopt: bool
    redencode: Code


class BesluitIngetrokken(Gegevens):
    """Een concept dat niet doorgaat; een ondertekend besluit wordt nooit zo ingetrokken."""

    nummer: Volgorde
    redencode: Code
