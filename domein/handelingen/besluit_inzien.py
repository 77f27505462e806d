"""Besluiten lezen: wie wat besloot, op welke gronden, onder welk mandaat; en wat een maatregel zou kunnen zijn."""

from dataclasses import asdict
from datetime import date
from typing import Any
from uuid import UUID

from domein.begrippen import Verwijtbaarheid
from domein.fouten import OngeldigeGegevens, PersoonGewist
from domein.gebeurtenissen import soorten as s
from domein.gebeurtenissen.basis import Actor, Gebeurtenis
from domein.handelingen.besluitteksten import lees_tekst
from domein.handelingen.bevoegdheid import eis_medewerker, partners_voor
from domein.handelingen.kern import kader
from domein.handelingen.papier_inzien import papier_rij, papier_rijen
from domein.handelingen.regio import regio_op
from domein.model import Dossier
from domein.ports import Omgeving, Ruimte
from domein.regeling.gronden import gronden_voor
from domein.regels.besluitgang import open_gronden, toestand
from domein.regels.besluitstapel import bezwaar_tot
from domein.regels.bezwaartermijn import beroepstermijn, beslistermijn, hogerberoepstermijn, te_laat
from domein.regels.dwangsom import lopende
from domein.regels.maatregelsignaal import signalen
from domein.regels.tarief import boetes, duotarieven, tarief
from domein.stand import Besluit, Bezwaar, Maatregel, Stand, geldende, vouw

Rij = dict[str, Any]


class OnbekendBesluit(OngeldigeGegevens):
    """Dit besluit is er niet in dit dossier."""


def besluit_rij(besluit: Besluit, dossier: Dossier, stand: Stand) -> Rij:
    return {
        "dossier": dossier.referentie, "nummer": besluit.nummer, "soort": besluit.soort.value, "stap": besluit.stap,
        "stand": toestand(besluit).value, "opgesteld_op": besluit.op, "opsteller": besluit.opsteller,
        "nog_te_onderzoeken": [g.code for g in open_gronden(besluit, asiel=stand.is_asiel)]
        if besluit.ondertekend_op is None else [],
        "dagtekening": besluit.ondertekend_op, "ondertekenaar": besluit.ondertekenaar or None,
        "mandaat": besluit.mandaat or None, "mandaat_afgeleid": False, "op_papier": False,
        "namens": besluit.orgaan or None,
        "bekendgemaakt_op": besluit.bekendgemaakt_op, "bezwaar_tot": bezwaar_tot(besluit, kader()),
    }  # fmt: skip


def besluit_lijst(omgeving: Omgeving, referentie: str | None = None) -> list[Rij]:
    """De besluiten van één dossier, of van alle, het laatst bijgewerkte dossier eerst; zonder iets van een persoon."""
    uit: list[Rij] = []
    with omgeving.magazijn.ruimte() as ruimte:
        if referentie is not None:
            dossiers = [ruimte.dossier_bij(referentie)]
        else:
            dossiers = [ruimte.dossier(dossier_id) for dossier_id in ruimte.dossiers_met_besluit()]
        for dossier in dossiers:
            try:
                gelden = geldende(ruimte.gebeurtenissen(dossier.id))
            except PersoonGewist:
                continue  # van wie is gewist, is niets meer te lezen (regel 12)
            stand = vouw(gelden)
            uit += papier_rijen(ruimte, omgeving, dossier, stand, gelden)
            uit += [besluit_rij(besluit, dossier, stand) for besluit in stand.besluiten.values()]
    return uit


def besluit_toon(omgeving: Omgeving, referentie: str, nummer: int | str, actor: Actor | None = None) -> Rij:
    """Een besluit met alles waarmee het is te reconstrueren; de tekst alleen voor wie zegt wie hij is (`actor`).

    Een besluit dat op papier is genomen heeft een sleutel als `pip-1`; zijn tekst staat op dat papier.
    """
    if isinstance(nummer, str) and not (nummer.isascii() and nummer.isdigit()):
        return _toon_papier(omgeving, referentie, nummer)
    return _toon_besluit(omgeving, referentie, int(nummer), actor)


def _toon_papier(omgeving: Omgeving, referentie: str, sleutel: str) -> Rij:
    with omgeving.magazijn.ruimte() as ruimte:
        dossier = ruimte.dossier_bij(referentie)
        gelden = geldende(ruimte.gebeurtenissen(dossier.id))
        rij = papier_rij(ruimte, omgeving, dossier, vouw(gelden), gelden, sleutel)
        if rij is None:
            raise OnbekendBesluit(
                f"Dit dossier heeft geen besluit '{sleutel[:20]}'.", "Kijk met 'regie besluit lijst'."
            )
        feit = rij.pop("feit")
        return rij | {"verloop": [_verloop(feit)] if feit is not None else []}


def _toon_besluit(omgeving: Omgeving, referentie: str, nummer: int, actor: Actor | None) -> Rij:
    with omgeving.magazijn.ruimte() as ruimte:
        dossier = ruimte.dossier_bij(referentie)
        alle = geldende(ruimte.gebeurtenissen(dossier.id))
        stand = vouw(alle)
        besluit = stand.besluiten.get(nummer)
        if besluit is None:
            raise OnbekendBesluit(f"Dit dossier heeft geen besluit {nummer}.", "Kijk met 'regie besluit lijst'.")
        rij = besluit_rij(besluit, dossier, stand) | {
            "besluit": dict(besluit.velden), "uitkomst": besluit.uitkomst, "bron_mandaat": besluit.bron or None,
            "gronden": _gronden(besluit, stand, alle, nummer), "adviezen": _adviezen(alle, nummer),
            "onderzocht": None, "tekstversie": besluit.versie, "hash": besluit.hash, "wijze": besluit.wijze or None,
            "bewijs": besluit.bewijs or None, "retour_op": besluit.retour_op,
            "verloop": [_verloop(g) for g in alle if _over(g, nummer)],
            "keten_klopt": ruimte.controleer_keten(dossier.id),
        }  # fmt: skip
        if actor is not None:
            _eis_lezer(ruimte, omgeving, dossier, actor)
            rij["tekst"] = lees_tekst(ruimte, dossier.id, nummer, besluit.versie, besluit.hash)
        return rij


def _eis_lezer(ruimte: Ruimte, omgeving: Omgeving, dossier: Dossier, actor: Actor) -> None:
    vandaag = omgeving.klok.vandaag()
    regio = regio_op(ruimte, omgeving, vandaag)
    wie = eis_medewerker(regio, actor, vandaag)
    if wie.partner not in partners_voor(regio, dossier.gemeente, None, vandaag):
        raise OngeldigeGegevens(
            f"'{wie.code}' werkt niet voor {dossier.gemeente} of een partner van haar.",
            "Vraag de tekst aan iemand van deze gemeente.",
        )


def _gronden(besluit: Besluit, stand: Stand, alle: list[Gebeurtenis], nummer: int) -> list[Rij]:
    gezegd = {
        g.gegevens.grond: g for g in alle if isinstance(g.gegevens, s.BesluitGrond) and g.gegevens.nummer == nummer
    }
    uit: list[Rij] = []
    for grond in gronden_voor(besluit.soort, asiel=stand.is_asiel):
        g = gezegd.get(grond.code)
        inhoud = g.gegevens if g is not None and isinstance(g.gegevens, s.BesluitGrond) else None
        uit.append(
            {
                "code": grond.code, "vraag": grond.vraag, "artikel": grond.artikel, "altijd": grond.altijd,
                "oordeel": inhoud.oordeel if inhoud else None, "toelichting": inhoud.toelichting if inhoud else None,
                "door": g.actor.code if g else None, "op": g.geldig_op if g else None,
            }
        )  # fmt: skip
    return uit


def _adviezen(alle: list[Gebeurtenis], nummer: int) -> list[Rij]:
    return [
        {
            "strekking": g.gegevens.strekking,
            "toelichting": g.gegevens.toelichting,
            "door": g.actor.code,
            "op": g.geldig_op,
        }
        for g in alle
        if isinstance(g.gegevens, s.BesluitAdvies) and g.gegevens.nummer == nummer
    ]


def _over(g: Gebeurtenis, nummer: int) -> bool:
    if g.soort.startswith("besluit_"):
        return getattr(g.gegevens, "nummer", None) == nummer
    return getattr(g.gegevens, "besluit", None) == nummer


def _verloop(g: Gebeurtenis) -> Rij:
    return {
        "volgnummer": g.volgnummer, "soort": g.soort, "op": g.geldig_op, "vastgelegd_op": g.vastgelegd_op,
        "door": g.actor.code, "verificatie": g.actor.verificatie.value, "reden": g.reden,
    }  # fmt: skip


# --- maatregelen en bezwaar


def maatregel_toon(omgeving: Omgeving, referentie: str) -> Rij:
    """Wat er over maatregelen in dit dossier bekend is: signalen, geschiedenis, tarief per verwijtbaarheid, artikel."""
    with omgeving.magazijn.ruimte() as ruimte:
        dossier = ruimte.dossier_bij(referentie)
        stand = vouw(ruimte.gebeurtenissen(dossier.id))
    kader_, vandaag = kader(), omgeving.klok.vandaag()
    return {
        "dossier": dossier.referentie, "asiel": stand.is_asiel,
        "signalen": [asdict(signaal) for signaal in signalen(stand, kader_)],
        "boetes": [asdict(boete) for boete in boetes(stand, kader_)],
        "bijstand_verlaagd": sorted(stand.bijstand_verlaagd),
        "maatregelen": [_maatregel(m, stand) for m in stand.maatregelen.values()],
        "bezwaren": [_bezwaar(b, stand) for b in stand.bezwaren.values()],
        "duo": [asdict(t) for t in duotarieven(stand, vandaag, kader_)],
    }  # fmt: skip


def _maatregel(m: Maatregel, stand: Stand) -> Rij:
    tarieven = {
        verwijt.value: {
            "hoogstens": een.bedrag, "uitleg": een.uitleg, "artikel": een.artikel, "herhalingen": een.herhalingen,
            "plafond": een.plafond, "al_opgelegd": een.al_opgelegd,
        }
        for verwijt in Verwijtbaarheid
        for een in (tarief(stand, m, verwijt, kader()),)
    }  # fmt: skip
    return asdict(m) | {"loopt": m.loopt, "keren_nodig": stand.is_asiel and m.keren is None, "tarief": tarieven}


def _bezwaar(b: Bezwaar, stand: Stand) -> Rij:
    beslist, beroep = beslistermijn(stand, b, kader()), beroepstermijn(stand, b, kader())
    return asdict(b) | {
        "te_laat": te_laat(stand, b, kader()), "beslissen_tot": beslist.einde if beslist else None,
        "uitleg": beslist.uitleg if beslist else "", "beroep_tot": beroep.einde if beroep else None,
        "hoger_beroep_tot": max(_hoger_beroep_tot(b, stand), default=None),
        "dwangsom": _dwangsom(b, stand),
    }  # fmt: skip


def _hoger_beroep_tot(b: Bezwaar, stand: Stand) -> list[date]:
    termijnen = [hogerberoepstermijn(een, kader()) for een in stand.beroepen.values() if een.bezwaar == b.nummer]
    return [termijn.einde for termijn in termijnen if termijn is not None]


def _dwangsom(b: Bezwaar, stand: Stand) -> Rij | None:
    som = lopende(stand, "bezwaar", b.nummer, kader())
    if som is None:
        return None
    return {
        "in_gebreke_op": som.termijn.anker, "beslissen_tot": som.termijn.einde, "eerste_dag": som.eerste_dag,
        "dagen": som.dagen, "hoogstens" if som.beslist_op is None else "bedrag": som.bedrag,
    }  # fmt: skip


def dossier_id(omgeving: Omgeving, referentie: str) -> UUID:
    with omgeving.magazijn.ruimte() as ruimte:
        return ruimte.dossier_bij(referentie).id
