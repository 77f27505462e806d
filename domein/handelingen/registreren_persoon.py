"""De persoon in een rij: wat wij van hem bewaren, en of een rij iets anders zegt dan wij al weten."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from domein.gebeurtenissen.basis import Actor, Gebeurtenis, NieuweGebeurtenis
from domein.gebeurtenissen.soorten import (
    Doorgehaald,
    HuishoudenGevormd,
    PersoonGewijzigd,
    TolkNodig,
)
from domein.ports import Persoon
from domein.registratie_invoer import Kennisgevingsrij
from domein.registratie_koppeling import Koppelingsrij
from domein.stand import geldende

Persoonsrij = Kennisgevingsrij | Koppelingsrij
# Wat naast BSN, naam en geboortedatum van de persoon wordt bewaard, versleuteld in één tabel.
GEGEVENS: Final = (
    *("straat", "postcode", "plaats", "email", "telefoon", "taal", "kanaal"),
    *("vertegenwoordiger_soort", "vertegenwoordiger_naam", "vertegenwoordiger_adres", "vertegenwoordiger_email"),
)


def persoon_van(rij: Persoonsrij) -> Persoon:
    extra = {veld: str(waarde) for veld in GEGEVENS if (waarde := getattr(rij, veld, None))}
    return Persoon(bsn=rij.bsn, naam=rij.naam, geboortedatum=rij.geboortedatum, gegevens=extra)


def met_de_hand(gebeurtenissen: Sequence[Gebeurtenis]) -> frozenset[str]:
    """Geef de velden die een medewerker wijzigde: een bron overschrijft die niet."""
    wijzigingen = (g.gegevens for g in geldende(gebeurtenissen))
    return frozenset(veld for w in wijzigingen if isinstance(w, PersoonGewijzigd) for veld in w.velden)


def bijgewerkt(bekend: Persoon, rij: Persoonsrij, hand: frozenset[str], *, vul_aan: bool) -> Persoon:
    """Geef de persoon volgens de rij. Wat een medewerker wijzigde blijft.

    Met `vul_aan` blijft ook wat een andere bron wist en deze rij niet noemt.
    """
    nieuw = persoon_van(rij)
    blijft = {veld: waarde for veld, waarde in bekend.gegevens.items() if veld in hand or vul_aan}
    van_rij = {veld: waarde for veld, waarde in nieuw.gegevens.items() if veld not in hand}
    return replace(nieuw, gegevens={**blijft, **van_rij})


def zelfde_persoon(bekend: Persoon, rij: Persoonsrij, hand: frozenset[str], *, vul_aan: bool) -> bool:
    """Zeg of de rij over de persoon zegt wat wij al weten, los van wat een medewerker wijzigde."""
    return bijgewerkt(bekend, rij, hand, vul_aan=vul_aan) == bekend


def _bronkenmerk(rij: Persoonsrij, wat: str) -> str:
    return f"{rij.kenmerk}#{wat}"  # een hekje komt in een kenmerk niet voor


def bijfeiten(
    rij: Persoonsrij, bij: NieuweGebeurtenis, eerder: Sequence[Gebeurtenis], actor: Actor
) -> list[NieuweGebeurtenis]:
    """Geef wat de rij naast haar melding zegt: het huishouden en de tolk. Zij gelden vanaf de dag van de melding."""

    def maak(soort: str, gegevens: HuishoudenGevormd | TolkNodig, wat: str) -> NieuweGebeurtenis:
        return NieuweGebeurtenis(
            soort, bij.geldig_op, gegevens, actor, reden=bij.reden, bron=bij.bron,
            bronkenmerk=_bronkenmerk(rij, wat), bronversie=rij.versie,
        )  # fmt: skip

    uit: list[NieuweGebeurtenis] = []
    if rij.huishouden is not None:
        uit.append(maak("huishouden_gevormd", HuishoudenGevormd(huishouden=rij.huishouden), "huishouden"))
    if rij.tolk:
        uit.append(maak("tolk_nodig", TolkNodig(taal=rij.taal), "tolk"))
    elif rij.tolk is False:
        niet_meer = [g for g in geldende(eerder) if g.bronkenmerk == _bronkenmerk(rij, "tolk") and g.bron == bij.bron]
        uit.extend(
            NieuweGebeurtenis("doorgehaald", g.geldig_op, Doorgehaald(gebeurtenis=g.id), actor, reden="toch geen tolk")
            for g in niet_meer
        )
    return uit


def zelfde_bijfeiten(rij: Persoonsrij, bron: str, eerder: Sequence[Gebeurtenis]) -> bool:
    """Zeg of deze versie eerder hetzelfde zei over huishouden en tolk."""
    gezegd = {
        g.bronkenmerk: g.gegevens for g in eerder if g.bron == bron and g.bronversie == rij.versie and g.bronkenmerk
    }
    huishouden = gezegd.get(_bronkenmerk(rij, "huishouden"))
    tolk = gezegd.get(_bronkenmerk(rij, "tolk"))
    return (
        (huishouden.huishouden if isinstance(huishouden, HuishoudenGevormd) else None) == rij.huishouden
        and (tolk.taal if isinstance(tolk, TolkNodig) else None) == (rij.taal if rij.tolk else None)
    )  # fmt: skip
