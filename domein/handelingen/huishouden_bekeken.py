"""Een huishouden vormen zoals iemand het op zijn scherm bekeek: alleen met dossiers die hij mag zien, en één keer."""

from collections.abc import Sequence
from typing import Final

from domein.fouten import InTussenGewijzigd, OnbekendDossier
from domein.handelingen.aanmelden import Aangemelde
from domein.handelingen.eenmalig import Antwoord, eenmalig
from domein.handelingen.huishouden import Samenvoeging, Zicht, voeg_samen
from domein.handelingen.logboek import regel
from domein.handelingen.toegang import toegang_in
from domein.model import Dossier, Logsoort
from domein.ports import Omgeving, Ruimte
from domein.stand import vouw

_PORTAAL: Final = "#huishouden"  # geen partner heet zo: het hekje komt in een code niet voor
_VERANDERD: Final = "Er is intussen iets veranderd. Er is nog niets vastgelegd."


def _ziet(omgeving: Omgeving, wie: Aangemelde) -> Zicht:
    def ziet(ruimte: Ruimte, dossier: Dossier) -> bool:
        toegang = toegang_in(ruimte, omgeving, wie.kijker, dossier)
        return toegang is not None and toegang.om_te_handelen is not None

    return ziet


def huisgenoten_van(omgeving: Omgeving, wie: Aangemelde, dossier: Dossier) -> list[Dossier]:
    """Geef wie volgens zijn dossier bij dit huishouden hoort, voor zover deze persoon hem mag zien."""
    ziet = _ziet(omgeving, wie)
    with omgeving.magazijn.ruimte() as ruimte:
        code = vouw(ruimte.gebeurtenissen(dossier.id)).huishouden
        samen = ruimte.huisgenoten(code) if code is not None else ()
        return [een for een in samen if een.id != dossier.id and ziet(ruimte, een)]


def proef_samen(omgeving: Omgeving, wie: Aangemelde, referenties: Sequence[str], reden: str) -> Samenvoeging:
    """Laat zien wat er zou veranderen. OnbekendDossier als iemand een dossier noemt dat er voor hem niet is."""
    return voeg_samen(omgeving, referenties, wie.actor, reden, proef=True, ziet=_ziet(omgeving, wie))


def afdruk(omgeving: Omgeving, referenties: Sequence[str]) -> str:
    """Hoe ver elk dossier was toen iemand keek; staat er daarna iets bij, dan is er een nieuw voorbeeld."""
    with omgeving.magazijn.ruimte() as ruimte:
        return _afdruk(ruimte, referenties)


def _bekeken_leden(ruimte: Ruimte, ziet: Zicht, bekeken: str) -> tuple[str, ...]:
    """De dossiers in het voorbeeld, als er sindsdien niets bijkwam. Een dossier van een ander is er hier ook niet."""
    leden = tuple(deel.partition(":")[0] for deel in bekeken.split())
    try:
        zichtbaar = all(ziet(ruimte, ruimte.dossier_bij(een)) for een in leden)
    except OnbekendDossier:
        zichtbaar = False
    if not zichtbaar or _afdruk(ruimte, leden) != bekeken:
        raise InTussenGewijzigd(_VERANDERD, "Kijk nog eens.")
    return leden


def _afdruk(ruimte: Ruimte, referenties: Sequence[str]) -> str:
    return " ".join(f"{een.referentie}:{een.laatste_volgnummer}" for een in map(ruimte.dossier_bij, referenties))


def voeg_samen_zoals_bekeken(
    omgeving: Omgeving, wie: Aangemelde, referenties: Sequence[str], reden: str, bekeken: str, sleutel: str, naam: str
) -> None:
    """Vorm het huishouden dat is bekeken, hoogstens één keer; InTussenGewijzigd als er in een dossier iets bijkwam."""

    def werk(hier: Omgeving, ruimte: Ruimte) -> Antwoord:
        ziet = _ziet(hier, wie)
        leden = _bekeken_leden(ruimte, ziet, bekeken)
        samen = voeg_samen(hier, referenties, wie.actor, reden, ziet=ziet)
        if samen.referenties != leden:  # de transactie gaat terug
            raise InTussenGewijzigd(_VERANDERD, "Kijk nog eens.")
        dossiers = [ruimte.dossier(een.dossier_id) for een in samen.uitwerkingen]
        toegang = {een.id: toegang_in(ruimte, hier, wie.kijker, een) for een in dossiers}
        ruimte.schrijf_in_logboek(
            *(regel(omgeving, wie, naam, Logsoort.GEWIJZIGD, een, toegang[een.id]) for een in dossiers)
        )
        return Antwoord(200, {})

    inhoud = repr((sorted(referenties), reden, bekeken)).encode()
    eenmalig(omgeving, _PORTAAL, f"{wie.code} {sleutel}", inhoud, werk)
