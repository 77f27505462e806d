"""`regie reservekopie`: maken, controleren en terugzetten, van de database en (apart) van de sleutels."""

import secrets
from contextlib import ExitStack
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

from cyclopts import App, Parameter

from beheer.uitvoer import Door, Json, Proef, Reden, fout, toon

if TYPE_CHECKING:
    from adapters.instellingen import Instellingen
    from adapters.reservekopie.kluisbestand import Opener
    from adapters.reservekopie.maken import Kopie
    from domein.ports import Omgeving

reservekopie_app = App(name="reservekopie", help="Maak, controleer of herstel een reservekopie.")

Wachtwoord = Annotated[Path | None, Parameter(name="--wachtwoordbestand", help="Bestand met het wachtwoord.")]
Ontvanger = Annotated[Path | None, Parameter(name="--ontvanger", help="Bestand met de ontvanger (openbaar).")]
Geheim = Annotated[Path | None, Parameter(name="--geheim", help="Bestand met het geheim van de ontvanger.")]


@reservekopie_app.command
def ontvanger(geheimbestand: Path, *, als_json: Json = False) -> None:
    """Maak een ontvanger. Bewaar het geheim buiten deze machine; de regel op het scherm is openbaar.

    Parameters
    ----------
    geheimbestand
        Nieuw bestand voor het geheim. Zonder dit geheim is geen reservekopie voor deze ontvanger te lezen.
    """
    from adapters.reservekopie.kluisbestand import maak_ontvanger

    regel = maak_ontvanger(geheimbestand)
    toon({"ontvanger": regel, "geheim": geheimbestand}, als_json, lambda d: print(d["ontvanger"]))


@reservekopie_app.command
def maak(
    *,
    naar: Path,
    sleutels_naar: Annotated[Path | None, Parameter(name="--sleutels-naar")] = None,
    ontvanger: Ontvanger = None,
    wachtwoordbestand: Wachtwoord = None,
    als_json: Json = False,
) -> None:
    """Maak een versleutelde reservekopie van de database, terwijl alles doorloopt.

    Parameters
    ----------
    naar
        Map voor de kopie van de database, de ankers en de eigen sjablonen.
    sleutels_naar
        Andere map voor de kopie van de sleutels; zonder deze optie gaan de sleutels niet mee.
    """
    from adapters.omgeving import instellingen
    from adapters.reservekopie import maken
    from adapters.reservekopie.kluisbestand import lees_slot
    from beheer.hoofd import versie

    slot = lees_slot(wachtwoordbestand=wachtwoordbestand, ontvanger=ontvanger)
    if sleutels_naar is not None and sleutels_naar.expanduser().resolve() == naar.expanduser().resolve():
        fout(
            "De sleutels horen niet bij de kopie die zij openen.",
            "Geef met --sleutels-naar een map op een andere plaats: anders is gewist niet gewist.",
        )
    keuze, nu = instellingen(), _echt_nu()
    # Eerst de database: een sleutel te veel schaadt niemand, een dossier zonder sleutel is onleesbaar.
    kopieen = [maken.maak_database(keuze, naar.expanduser(), slot, nu, versie())]
    if sleutels_naar is not None:
        kopieen.append(maken.maak_sleutels(keuze, sleutels_naar.expanduser(), slot, nu, versie()))
    _onthoud(kopieen)
    toon([_kopie_dict(kopie) for kopie in kopieen], als_json, _toon_kopieen)


@reservekopie_app.command
def controleer(
    bestand: Path,
    *,
    geheim: Geheim = None,
    wachtwoordbestand: Wachtwoord = None,
    als_json: Json = False,
) -> int:
    """Controleer een reservekopie tot de laatste byte, en elke keten erin. Wijzigt niets."""
    from adapters.reservekopie.controleren import controleer_kopie
    from adapters.reservekopie.kluisbestand import lees_opener

    zonder = geheim is None and wachtwoordbestand is None
    opener = None if zonder else lees_opener(wachtwoordbestand=wachtwoordbestand, geheim=geheim)
    uitslag = controleer_kopie(_bestaand(bestand), opener)
    toon(asdict(uitslag), als_json, _toon_controle)
    return 0 if uitslag.goed else 1


@reservekopie_app.command(name="zet-terug")
def zet_terug(
    bestand: Path,
    *,
    door: Door,
    reden: Reden,
    geheim: Geheim = None,
    wachtwoordbestand: Wachtwoord = None,
    vervang: Annotated[bool, Parameter(help="De database die er nu staat, mag weg.")] = False,
    ondanks_schendingen: Annotated[bool, Parameter(name="--ondanks-schendingen")] = False,
    ondanks_hartslag: Annotated[bool, Parameter(name="--ondanks-hartslag")] = False,
    proef: Proef = False,
    als_json: Json = False,
) -> None:
    """Zet een reservekopie terug: alles of niets. Daarna staat de post stil tot 'regie post hervat'.

    Parameters
    ----------
    bestand
        De kopie; of het de database of de sleutels zijn, staat erin. Zet eerst de sleutels terug.
    ondanks_schendingen
        Zet ook terug als de invarianten niet kloppen.
    ondanks_hartslag
        Zet ook terug als er net nog een ronde goed ging: de machine die haar deed, is zeker weg.
    """
    from adapters.omgeving import instellingen
    from adapters.reservekopie.controleren import soort_van_kopie
    from adapters.reservekopie.kluisbestand import lees_opener

    opener = lees_opener(wachtwoordbestand=wachtwoordbestand, geheim=geheim)
    keuze = instellingen()
    with ExitStack() as vast:
        if not proef:
            vast.callback(_neem_map(keuze.map))
        if soort_van_kopie(_bestaand(bestand), opener) == "sleutels":
            _sleutels_terug(keuze, bestand, opener, proef=proef, als_json=als_json)
            return
        from adapters.reservekopie.terugzetten import Wens, zet_database_terug
        from domein.gebeurtenissen.basis import Actor

        wens = Wens(
            Actor(door), reden, vervang=vervang, ondanks_schendingen=ondanks_schendingen,
            ondanks_hartslag=ondanks_hartslag, proef=proef,
        )  # fmt: skip
        uit = zet_database_terug(keuze, _zonder_opslag(keuze), bestand, opener, wens, merk=_merk())
    data = asdict(uit) | {"proef": proef, "post": "stil", "bestanden": len(uit.bestanden)}
    toon(data, als_json, _toon_terugzetting)


def _sleutels_terug(keuze: "Instellingen", bestand: Path, opener: "Opener", *, proef: bool, als_json: bool) -> None:
    from adapters.reservekopie.sleutels import zet_sleutels_terug

    uit = zet_sleutels_terug(keuze, bestand, opener, _echt_nu(), proef=proef)
    toon(asdict(uit) | {"proef": proef}, als_json, _toon_sleutels)


def _zonder_opslag(keuze: "Instellingen") -> "Omgeving":
    """De omgeving voor het narekenen. Haar opslag komt uit de kopie: de echte database wordt niet geopend."""
    from typing import cast

    from adapters.klok import klok
    from adapters.links import GetekendeLinks
    from adapters.sjablonen import Sjablonen
    from domein.ports import Magazijn, Omgeving

    uurwerk = klok(keuze)
    return Omgeving(
        magazijn=cast(Magazijn, None), klok=uurwerk, brieven=Sjablonen(), regio=keuze.regio,
        links=GetekendeLinks(secrets.token_bytes(32), keuze.adres_portaal, uurwerk),
    )  # fmt: skip


def _neem_map(map_: Path) -> Any:
    from beheer.installatie import neem_slot

    return neem_slot(map_).los


def _bestaand(bestand: Path) -> Path:
    if not bestand.is_file():
        fout(f"Het bestand {bestand} bestaat niet.", "Controleer de naam.", code=2)
    return bestand


def _echt_nu() -> Any:
    from adapters.klok import EchteKlok

    return EchteKlok().nu()


def _merk() -> str:
    return f"{_echt_nu():%Y%m%dT%H%M%S}"


def _onthoud(kopieen: "list[Kopie]") -> None:
    """Leg vast wanneer er een kopie was: dan ziet 'regie dokter', ook elders, dat zij uitblijft."""
    from adapters.omgeving import omgeving

    with omgeving().magazijn.ruimte() as ruimte:
        for kopie in kopieen:
            ruimte.zet_hartslag(f"reservekopie-{kopie.soort}", kopie.sha256[:12], _echt_nu())


def _kopie_dict(kopie: "Kopie") -> dict[str, Any]:
    return {
        "soort": kopie.soort, "bestand": kopie.bestand, "bytes": kopie.bytes, "sha256": kopie.sha256,
        "revisie": kopie.kop.revisie, "programma": kopie.kop.programma, "gemaakt_op": kopie.kop.gemaakt_op,
        "tabellen": dict(kopie.slot.tabellen), "bestanden": kopie.slot.bestanden, "ketenhoofd": kopie.slot.ketenhoofd,
    }  # fmt: skip


def _toon_kopieen(kopieen: list[dict[str, Any]]) -> None:
    for kopie in kopieen:
        rijen = sum(kopie["tabellen"].values())
        print(f"Gemaakt: {kopie['bestand']} ({kopie['soort']}, {rijen} rijen, {kopie['bytes']} bytes).")
    if len(kopieen) == 1:
        print("De sleutels zitten er niet in. Maak daarvan apart een kopie met --sleutels-naar.")


def _toon_controle(uitslag: dict[str, Any]) -> None:
    if not uitslag["goed"]:
        print(f"NIET GOED: {uitslag['melding']}")
        return
    print(f"Goed: {uitslag['melding']}")


def _toon_terugzetting(uit: dict[str, Any]) -> None:
    if uit["proef"]:
        print("Een proef: er is niets gewijzigd. Dit zou er gebeuren.")
    print(f"Teruggezet: {uit['tabellen'].get('dossier', 0)} dossiers, {uit['tabellen'].get('gebeurtenis', 0)} feiten.")
    if uit["opnieuw_vernietigd"]:
        print(f"Opnieuw vernietigd volgens het register: {uit['opnieuw_vernietigd']} dossiers.")
    if uit["zonder_sleutel"]:
        print(f"Let op: {uit['zonder_sleutel']} dossiers hebben hier geen sleutel; de rest is niet nagerekend.")
    if uit["nieuwer_verankerd"]:
        namen = ", ".join(uit["nieuwer_verankerd"][:20])
        print(f"Sinds de kopie is in {len(uit['nieuwer_verankerd'])} dossiers iets vastgelegd dat weg is: {namen}.")
    for naam, wat in uit["schendingen"].items():
        print(f"Klopt niet ({naam}): {wat[0]}" + (f" En nog {len(wat) - 1}." if len(wat) > 1 else ""))
    if uit["bewaard"]:
        print(f"Wat er stond, heet nu: {', '.join(uit['bewaard'])}.")
    print(
        f"De post staat stil; {uit['onzeker']} berichten zijn onzeker. Lees 'regie post stand' en 'regie post hervat'."
    )


def _toon_sleutels(uit: dict[str, Any]) -> None:
    if uit["proef"]:
        print("Een proef: er is niets gewijzigd. Dit zou er gebeuren.")
    print(f"Sleutels teruggezet: {uit['teruggezet']}; waren er al: {uit['was_er_al']}.")
    if uit["bleef_vernietigd"]:
        print(f"Vernietigd gebleven: {uit['bleef_vernietigd']}.")
