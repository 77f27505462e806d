"""De vroegste dag waarop een vervolg kan vallen: nooit vóór het feit waarop het volgt.

Een vergissing in een jaartal zou anders stil verkeerd uitpakken; een niet verschijnen zonder oproep zou meetellen voor
de derde oproep (art. 14 lid 2 Wi).
"""

from datetime import date

from domein.gebeurtenissen import soorten as s
from domein.gebeurtenissen.basis import Gegevens
from domein.stand import Stand

Eerst = tuple[date | None, str]


def vroegst(stand: Stand, d: Gegevens) -> Eerst:
    """Geef de eerste dag waarop dit feit kan, en van wat die dag is; geen dag als het nergens op volgt."""
    match d:
        case s.NietVerschenen(nummer=n) if n in stand.oproepen:
            return stand.oproepen[n].verzonden_op, "de verzending van de oproep"
        case s.DossierAfgesloten() | s.CertificaatUitgereikt() | s.PersoonGewist() if stand.einde is not None:
            return stand.einde.op, "het einde van het traject"
        case s.OntzorgenIngericht() | s.OntzorgenGeeindigd() | s.BijstandBeeindigd():
            return stand.bijstand_op, "het recht op bijstand"
        case s.BegeleidingAfgerond():
            return stand.begeleiding_op, "het begin van de begeleiding"
        case s.VoorstelAfgewezen(nummer=n) if n in stand.voorstellen:
            return stand.voorstellen[n].op, "het voorstel"
        case s.LesBeeindigd(nummer=n) if stand.acceptatie is not None and stand.acceptatie.nummer == n:
            return stand.acceptatie.op, "de acceptatie van de aanmelding"
        case _:
            return _na_verhuizing(stand, d) if _is_overdracht(d) else _na_een_bericht(stand, d)


def _is_overdracht(d: Gegevens) -> bool:
    return isinstance(d, s.DossierOpgevraagd | s.DossierGeleverd | s.DossierOvergenomen)


def _na_verhuizing(stand: Stand, d: Gegevens) -> Eerst:
    """Opvragen, leveren, ontvangen: elk pas na het vorige (art. 35 lid 4 Wi)."""
    een = stand.verhuizingen.get(getattr(d, "nummer", 0))
    if een is None:
        return None, ""
    match d:
        case s.DossierOvergenomen() if een.geleverd_op is not None:
            return een.geleverd_op, "de levering van het dossier"
        case s.DossierOvergenomen() | s.DossierGeleverd() if een.opgevraagd_op is not None:
            return een.opgevraagd_op, "het verzoek om het dossier"
        case _:
            return een.op, "de verhuizing"


def _na_een_bericht(stand: Stand, d: Gegevens) -> Eerst:
    match d:
        case (
            s.AanvraagAfgewezen(aanvraag=n)
            | s.Vrijgesteld(aanvraag=n)
            | s.Ontheven(aanvraag=n)
            | s.Verlengd(aanvraag=n)
        ):
            aanvraag = stand.aanvragen.get(n) if n is not None else None
            return (aanvraag.op if aanvraag else None), "de aanvraag"
        case s.DuoBevestigd(melding=kenmerk) if kenmerk in stand.duo:
            return stand.duo[kenmerk].ingevoerd_op, "de invoer van de melding"
        case s.TolkAfgezegd(gesprek=kenmerk) if kenmerk in stand.tolken:
            return stand.tolken[kenmerk].geboekt_op, "het boeken van de tolk"
        case s.OverdrachtAanvaard(nummer=n) | s.OverdrachtGeweigerd(nummer=n) if n in stand.overdrachten:
            return stand.overdrachten[n].op, "het aanbod van het dossier"
        case s.PauzeVerlengd(nummer=n) if n in stand.pauzes:
            return stand.pauzes[n].van, "het begin van de pauze"
        case _:
            return None, ""
