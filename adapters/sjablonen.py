"""Writes mail and letters from templates; a missing variable is an error and never a gap.

Each kind has three parts per language: the subject, the text (written by hand) and the HTML. A region may bring
templates of its own in a folder `<kind>/<language>/`: then all three parts come from there, never a mix, and they
are checked before use. A template of a region that fails blocks that one mail; the standard template takes its
place only where the installation chose so.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from jinja2 import TemplateError, TemplateNotFound, TemplateSyntaxError, meta

from adapters.sjablonen_datum import RECHTS_NAAR_LINKS
from adapters.sjablonen_soorten import DELEN, MAP, VAST, Berichtsoort, berichtsoorten
from adapters.sjablonen_taal import GEDEELD, Sjabloonomgeving, maak_gewoon, schoon
from domein.fouten import RegieFout
from domein.ports import SJABLOON_FOUT, Brief

GROOTSTE_TEKST: Final = 20_000
GROOTSTE_HTML: Final = 100_000  # above about this size mail programs cut a message off
GROOTSTE_ONDERWERP: Final = 200
NEDERLANDS: Final = "nl"

_SJABLOONFOUTEN = (
    TemplateError,
    TypeError,
    AttributeError,
    LookupError,
    ValueError,
    ArithmeticError,
    RecursionError,
    OSError,
)


class SjabloonFout(RegieFout):
    """Een sjabloon kan niet worden gevuld; alleen deze ene brief blijft liggen."""

    code = SJABLOON_FOUT


class Sjablonen:
    """Fills templates; implements the port `Briefschrijver`.

    `eigen` is the folder of the region. `terugval` lets the standard template take the place of a template of the
    region that fails.
    """

    def __init__(self, eigen: Path | None = None, *, terugval: bool = False) -> None:
        self._eigen_map = eigen
        self._terugval = terugval
        self._standaard = Sjabloonomgeving(MAP)
        self._eigen = Sjabloonomgeving(MAP, eigen) if eigen is not None else None
        self._gekeurd: dict[tuple[str, str], tuple[int, ...]] = {}

    def schrijf(self, soort: str, gegevens: Mapping[str, Any], taal: str = NEDERLANDS) -> Brief:
        """Fill the three parts of one message; SjabloonFout names the template, never a value."""
        if self._eigen is None or not self.heeft_eigen(soort, taal):
            return self._schrijf(self._standaard, soort, gegevens, taal)
        try:
            self.keur_eigen(soort, taal)
            return self._schrijf(self._eigen, soort, gegevens, taal)
        except SjabloonFout:
            if self._terugval:
                return self._schrijf(self._standaard, soort, gegevens, taal)
            raise

    def zonder_terugval(self) -> "Sjablonen":
        """The same templates, where a template of the region that fails is always an error."""
        return Sjablonen(self._eigen_map)

    # templates of a region

    def heeft_eigen(self, soort: str, taal: str) -> bool:
        return self._eigen_map is not None and (self._eigen_map / soort / taal).is_dir()

    def eigen(self) -> tuple[tuple[str, str], ...]:
        """The kinds and languages for which the region has a folder, also of kinds that do not exist."""
        if self._eigen_map is None or not self._eigen_map.is_dir():
            return ()
        mappen = [map_ for map_ in sorted(self._eigen_map.glob("*/*")) if map_.is_dir()]
        return tuple((map_.parent.name, map_.name) for map_ in mappen)

    def keur_eigen(self, soort: str, taal: str) -> None:
        """Raise SjabloonFout when a part is missing, or names a variable that this kind does not have."""
        assert self._eigen_map is not None and self._eigen is not None  # noqa: PT018
        bekend = _soort(soort)
        staat: list[int] = []
        for deel in DELEN:
            try:
                staat.append((self._eigen_map / soort / taal / deel).stat().st_mtime_ns)
            except OSError as fout:
                raise SjabloonFout(
                    f"Van het eigen sjabloon {soort}/{taal} ontbreekt {deel}.",
                    f"Een sjabloon heeft {', '.join(DELEN)}.",
                ) from fout
        if self._gekeurd.get((soort, taal)) == tuple(staat):
            return  # the same files as last time
        for deel in DELEN:
            self.keur_deel(self._eigen, bekend, f"{soort}/{taal}/{deel}")
        self._gekeurd[(soort, taal)] = tuple(staat)

    def keur_standaard(self, soort: str, taal: str) -> None:
        bekend = _soort(soort)
        for deel in DELEN:
            self.keur_deel(self._standaard, bekend, f"{soort}/{taal}/{deel}")

    def keur_deel(self, omgeving: Sjabloonomgeving, soort: Berichtsoort, naam: str) -> None:
        """Check one part without filling it: it parses, stays in the small language, and names what it may."""
        onbekend = sorted(_gebruikt(omgeving, naam) - soort.namen - VAST)
        if onbekend:
            raise SjabloonFout(
                f"Het sjabloon {naam} noemt {', '.join(onbekend)}, en dat is geen variabele van {soort.naam}.",
                "Kijk met 'regie sjabloon lijst' welke variabelen er zijn.",
            )

    # filling

    def _schrijf(self, omgeving: Sjabloonomgeving, soort: str, gegevens: Mapping[str, Any], taal: str) -> Brief:
        _soort(soort)
        gewoon: dict[str, Any] = maak_gewoon(gegevens)
        gewoon |= {"taal": taal, "richting": "rtl" if taal in RECHTS_NAAR_LINKS else "ltr", "onderwerp": ""}
        onderwerp = schoon(_vul(omgeving, f"{soort}/{taal}/onderwerp.txt.j2", gewoon, GROOTSTE_TEKST))
        onderwerp = onderwerp[:GROOTSTE_ONDERWERP].rstrip()
        if not onderwerp:
            raise SjabloonFout(f"Het sjabloon {soort} geeft een leeg onderwerp.", "Vul onderwerp.txt.j2.")
        gewoon["onderwerp"] = onderwerp
        return Brief(
            onderwerp=onderwerp,
            tekst=_vul(omgeving, f"{soort}/{taal}/tekst.txt.j2", gewoon, GROOTSTE_TEKST),
            html=_vul(omgeving, f"{soort}/{taal}/html.j2", gewoon, GROOTSTE_HTML),
        )


def _soort(soort: str) -> Berichtsoort:
    bekend = berichtsoorten().get(soort)
    if bekend is None:
        raise SjabloonFout(
            f"Het sjabloon {soort[:60]} bestaat niet: er is geen berichtsoort met die naam.",
            "Kijk met 'regie sjabloon lijst' welke er zijn.",
        )
    return bekend


def _vul(omgeving: Sjabloonomgeving, naam: str, gegevens: Mapping[str, Any], grens: int) -> str:
    stukken: list[str] = []
    lengte = 0
    try:
        for stuk in omgeving.get_template(naam).generate(dict(gegevens)):
            lengte += len(stuk)
            if lengte > grens:
                raise SjabloonFout(f"De tekst uit {naam} wordt te lang.", "Maak het sjabloon korter.")
            stukken.append(stuk)
    except _SJABLOONFOUTEN as fout:
        raise _als_sjabloonfout(fout, naam) from fout
    return "".join(stukken)


def _gebruikt(omgeving: Sjabloonomgeving, naam: str) -> set[str]:
    """The variables that a part and the shared parts it uses read from the data."""
    gezien: set[str] = set()
    nog = [naam]
    variabelen: set[str] = set()
    try:
        while nog:
            een = nog.pop()
            if een in gezien:
                continue
            gezien.add(een)
            assert omgeving.loader is not None
            bron = omgeving.loader.get_source(omgeving, een)[0]
            boom = omgeving.parse(bron, een)
            variabelen |= meta.find_undeclared_variables(boom)
            nog += [str(ander) for ander in meta.find_referenced_templates(boom) if ander]
    except _SJABLOONFOUTEN as fout:
        raise _als_sjabloonfout(fout, naam) from fout
    return variabelen


def _als_sjabloonfout(fout: Exception, naam: str) -> SjabloonFout:
    if isinstance(fout, TemplateNotFound):
        welk = str(fout) if str(fout).startswith(GEDEELD) else naam
        return SjabloonFout(f"Het sjabloon {welk} bestaat niet.", "Voeg het bestand toe.")
    if isinstance(fout, TemplateSyntaxError):  # found before any value was near
        waar = f"{fout.name or naam}, regel {fout.lineno}"
        return SjabloonFout(f"Het sjabloon {waar}: {fout.message}.", "Verbeter die regel.")
    # Of other errors only the type: their text may hold a value of the dossier.
    melding = f"Het sjabloon {naam} kan niet worden gevuld ({type(fout).__name__})."
    return SjabloonFout(melding, "Kijk of elke variabele in het sjabloon bestaat.")
