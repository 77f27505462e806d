"""Een huishouden vormen: één code, één klantmanager, gesprekken bij elkaar. Beleid, geen wet.

De code zegt niets: wie bij elkaar hoort staat alleen in de dossiers zelf.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from domein.begrippen import Rol, Stapstatus
from domein.fouten import OnbekendDossier, OngeldigeGegevens, RedenNodig
from domein.gebeurtenissen.basis import Actor, Gegevens, NieuweGebeurtenis
from domein.gebeurtenissen.soorten import HuishoudenGevormd, KlantmanagerToegewezen, StapToegewezen
from domein.handelingen.bevoegdheid import eis_beheer
from domein.handelingen.kern import Uitwerking, in_ruimte, leg_vast, voorbeeld
from domein.handelingen.melden import hypothese
from domein.handelingen.regio import regio_op
from domein.handelingen.registreren_rijen import nieuwe_code
from domein.model import Dossier
from domein.ports import Omgeving, Ruimte
from domein.regio.model import Regio
from domein.stand import Stand, vouw

Zicht = Callable[[Ruimte, Dossier], bool]
REDEN = "Dit dossier hoort bij een huishouden."


@dataclass(frozen=True, slots=True)
class Lid:
    dossier: Dossier
    stand: Stand


@dataclass(frozen=True, slots=True)
class Samenvoeging:
    """Het huishouden met zijn leden; `code` is None bij een proef die een nieuw huishouden zou maken."""

    code: str | None
    klantmanager: str | None
    referenties: tuple[str, ...]
    uitwerkingen: tuple[Uitwerking, ...]


def voeg_samen(
    omgeving: Omgeving, referenties: Sequence[str], actor: Actor, reden: str, *, proef: bool = False,
    ziet: Zicht = lambda _ruimte, _dossier: True,
) -> Samenvoeging:  # fmt: skip
    """Voeg dossiers samen tot een huishouden, in één transactie; nog eens hetzelfde verandert niets.

    Hoort een van hen al bij een huishouden, dan komen de anderen daarbij. De klantmanager van het eerste dossier dat
    er een heeft, krijgt ze alle, met de open taken van zijn voorganger. Wie niet elk dossier ziet (`ziet`), kan een
    vreemd dossier niet noemen, en verandert ook niets in een lid dat hij niet ziet.
    """
    if not reden.strip():
        raise RedenNodig("Deze handeling heeft een reden nodig.", "Geef haar met --reden.")

    def werk(ruimte: Ruimte) -> Samenvoeging:
        vandaag = omgeving.klok.vandaag()
        regio = regio_op(ruimte, omgeving, vandaag)
        leden = _leden(ruimte, referenties, ziet)
        bestaand = next((lid.stand.huishouden for lid in leden if lid.stand.huishouden is not None), None)
        if bestaand is not None:
            leden += [lid for lid in _wie_er_al_bij_horen(ruimte, bestaand, leden) if ziet(ruimte, lid.dossier)]
        for lid in leden:
            eis_beheer(regio, lid.stand.gemeente, actor, vandaag)
        code = bestaand or nieuwe_code("H", lambda code: bool(ruimte.huisgenoten(code)))
        klantmanager = _klantmanager(regio, leden, omgeving)
        uitwerkingen: list[Uitwerking] = []
        for lid in leden:
            nieuwe = [
                NieuweGebeurtenis(soort, vandaag, gegevens, actor, reden=reden, stap=stap)
                for soort, gegevens, stap in _feiten(ruimte, lid, code, klantmanager)
            ]
            if not nieuwe:
                continue
            dossier_id = lid.dossier.id
            if proef:
                gesteld = [hypothese(ruimte, omgeving, dossier_id, n) for n in nieuwe]
                uitwerkingen.append(voorbeeld(ruimte, dossier_id, gesteld))
            else:
                uitwerkingen.append(leg_vast(ruimte, omgeving, dossier_id, nieuwe, reden=REDEN))
        return Samenvoeging(
            bestaand if proef else code,
            klantmanager.medewerker if klantmanager else None,
            tuple(lid.dossier.referentie for lid in leden),
            tuple(uitwerkingen),
        )

    return in_ruimte(omgeving, werk)


def _leden(ruimte: Ruimte, referenties: Sequence[str], ziet: Zicht) -> list[Lid]:
    """Lees de dossiers, elk één keer; OngeldigeGegevens als zij geen huishouden kunnen zijn."""
    dossiers = {dossier.id: dossier for dossier in map(ruimte.dossier_bij, referenties)}
    if not all(ziet(ruimte, dossier) for dossier in dossiers.values()):
        raise OnbekendDossier("Dit dossier bestaat niet.", "Kijk de referentie na; zij ziet eruit als D-7F3K9.")
    if len(dossiers) < 2:
        raise OngeldigeGegevens("Een huishouden telt minstens twee dossiers.", "Noem er twee of meer.")
    leden = [Lid(dossier, vouw(ruimte.gebeurtenissen(dossier.id))) for dossier in dossiers.values()]
    for lid in leden:
        if lid.stand.einde is not None:
            raise OngeldigeGegevens(f"Dossier {lid.dossier.referentie} is geëindigd.", "Laat dit dossier weg.")
    gemeenten = sorted({lid.stand.gemeente or "" for lid in leden})
    if len(gemeenten) > 1:
        raise OngeldigeGegevens(
            f"Deze dossiers horen bij verschillende gemeenten: {', '.join(gemeenten)}.",
            "Een huishouden woont op één adres. Leg eerst de verhuizing vast.",
        )
    return leden


def _wie_er_al_bij_horen(ruimte: Ruimte, code: str, genoemd: Sequence[Lid]) -> list[Lid]:
    """De andere leden van dit huishouden die nog lopen en in dezelfde gemeente wonen."""
    al = {lid.dossier.id for lid in genoemd}
    uit: list[Lid] = []
    for dossier in ruimte.huisgenoten(code):
        if dossier.id in al or ruimte.persoon(dossier.id) is None:
            continue
        stand = vouw(ruimte.gebeurtenissen(dossier.id))
        if stand.einde is None and stand.gemeente == genoemd[0].stand.gemeente:
            uit.append(Lid(dossier, stand))
    return uit


def _klantmanager(regio: Regio, leden: Sequence[Lid], omgeving: Omgeving) -> KlantmanagerToegewezen | None:
    """De klantmanager van het eerste dossier dat er een heeft die er nog werkt."""
    for lid in leden:
        wie = regio.medewerker(lid.stand.klantmanager) if lid.stand.klantmanager else None
        if wie is not None and wie.in_dienst_op(omgeving.klok.vandaag()):
            return KlantmanagerToegewezen(medewerker=wie.code, partner=wie.partner)
    return None


def _feiten(
    ruimte: Ruimte, lid: Lid, code: str, klantmanager: KlantmanagerToegewezen | None
) -> list[tuple[str, Gegevens, str | None]]:
    uit: list[tuple[str, Gegevens, str | None]] = []
    if lid.stand.huishouden != code:
        uit.append(("huishouden_gevormd", HuishoudenGevormd(huishouden=code), None))
    if klantmanager is None or lid.stand.klantmanager == klantmanager.medewerker:
        return uit
    uit.append(("klantmanager_toegewezen", klantmanager, None))
    for stap in ruimte.stappen(lid.dossier.id):
        van_de_vorige = stap.medewerker is not None and stap.medewerker == lid.stand.klantmanager
        if stap.rol is Rol.KLANTMANAGER and stap.status is Stapstatus.OPEN and van_de_vorige:
            gegevens = StapToegewezen(partner=klantmanager.partner, medewerker=klantmanager.medewerker)
            if stap.partner == klantmanager.partner:
                uit.append(("stap_toegewezen", gegevens, stap.kenmerk))
    return uit
