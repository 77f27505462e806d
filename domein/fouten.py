"""Fouten van het domein: genoemd naar wat er gebeurde, met een uitweg voor wie hem leest.

Elke melding mag op een scherm of in een terminal staan: er staat nooit een naam, BSN of vrije tekst in.
"""

from uuid import UUID


class RegieFout(Exception):
    """Een handeling is geweigerd. `melding` zegt wat er is, `uitweg` wat iemand kan doen."""

    code: str = "geweigerd"

    def __init__(self, melding: str, uitweg: str = "") -> None:
        super().__init__(melding)
        self.melding = melding
        self.uitweg = uitweg


class OnbekendDossier(RegieFout):
    code = "onbekend_dossier"


class OnbekendeStap(RegieFout):
    code = "onbekende_stap"


class AchterDeWand(RegieFout):
    """Het dossier bestaat, maar de database laat het niet zien aan wie kijkt. Voor hem is het er niet."""

    def __init__(self, melding: str, uitweg: str, dossier_id: UUID, referentie: str) -> None:
        super().__init__(melding, uitweg)
        self.dossier_id = dossier_id
        self.referentie = referentie  # alleen voor het logboek


class DossierAchterDeWand(AchterDeWand, OnbekendDossier):
    code = "onbekend_dossier"


class StapAchterDeWand(AchterDeWand, OnbekendeStap):
    code = "onbekende_stap"


class OnbekendeGebeurtenis(RegieFout):
    code = "onbekende_gebeurtenis"


class OngeldigeGegevens(RegieFout):
    """De gegevens passen niet bij de soort; `fouten` noemt per veld wat er mis is."""

    code = "ongeldige_gegevens"

    def __init__(self, melding: str, uitweg: str = "", fouten: dict[str, str] | None = None) -> None:
        super().__init__(melding, uitweg)
        self.fouten = fouten or {}


class OvergangNietToegestaan(RegieFout):
    code = "overgang_niet_toegestaan"


class GeenBevoegdheid(RegieFout):
    """De wet of het mandaat staat deze persoon deze handeling niet toe."""

    code = "geen_bevoegdheid"


class RedenNodig(RegieFout):
    """Het kan, maar het is onwaarschijnlijk: iemand moet zeggen waarom het toch klopt."""

    code = "reden_nodig"


class AlBeantwoord(RegieFout):
    """De stap had al een antwoord; het tweede antwoord is bewaard als vraag voor een mens."""

    code = "al_beantwoord"


class VerouderdeVraag(RegieFout):
    """De link of het formulier hoort bij een oudere versie van de stap."""

    code = "verouderd"


class InTussenGewijzigd(RegieFout):
    """Een ander was eerder (regel 9); de melding zegt wat er is veranderd."""

    code = "intussen_gewijzigd"


class DoorhalingGeweigerd(RegieFout):
    """Latere gebeurtenissen rusten op deze gebeurtenis (regel 11)."""

    code = "doorhaling_geweigerd"


class GeenUitvoerder(RegieFout):
    """De samenwerkingsafspraken wijzen niemand aan."""

    code = "geen_uitvoerder"


class PersoonGewist(RegieFout):
    """De sleutel van het dossier is vernietigd; alleen het bewijs is er nog (regel 12)."""

    code = "persoon_gewist"


class OngeldigBestand(RegieFout):
    """Een bestand kan niet worden ingelezen; niets is bewaard."""

    code = "ongeldig_bestand"


class OpslagOnbeschikbaar(RegieFout):
    """De database kan nu niet verder. Van deze handeling is alles bewaard of niets; straks opnieuw proberen mag."""

    code = "opslag_onbeschikbaar"


class SchijfVol(OpslagOnbeschikbaar):
    code = "schijf_vol"


class DatabaseBezet(OpslagOnbeschikbaar):
    code = "database_bezet"


class DatabaseWeg(OpslagOnbeschikbaar):
    code = "database_weg"


class VolgnummerBezet(Exception):
    """Een ander schreef eerst in dit dossier: vouw opnieuw en probeer het nog eens (regel 9)."""
