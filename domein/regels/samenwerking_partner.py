"""Welke partner van een afspraak de persoon krijgt: wie kan er, wie past, en wie is aan de beurt."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from domein.regels.samenwerking_antwoord import Afgevallen, Optie
from domein.regels.samenwerking_vraag import Situatie, Uitgesproken, Vraag
from domein.regels.verdeling import Verdeelstand, verdeel, vol
from domein.regio.afspraken import GEMEENTE, Samenwerkingsafspraak
from domein.regio.model import Regio
from domein.regio.partijen import Partner
from domein.regio.soorten import Wenssoort


@dataclass(frozen=True, slots=True)
class Partnerkeuze:
    """De gekozen partner, of None; `omdat` maakt de zin af. Met opties moet eerst iemand kiezen."""

    partner: str | None
    omdat: str = ""
    afgevallen: tuple[Afgevallen, ...] = ()
    opties: tuple[Optie, ...] = ()


def kies_partner(
    regio: Regio,
    afspraak: Samenwerkingsafspraak,
    vraag: Vraag,
    situatie: Situatie,
    voorkeur: str | None = None,
) -> Partnerkeuze:
    """Kies uit de eerste kring (uitvoerder of verdeling), en pas daarna uit de vervangers.

    `voorkeur` is de partner die de persoon al had: noemt deze afspraak hem ook, dan blijft hij.
    """
    kring = partnercodes(regio, afspraak.eerste_kring(), vraag.gemeente)
    reserve = tuple(c for c in partnercodes(regio, afspraak.fallback, vraag.gemeente) if c not in kring)
    beletsels = {code: belet(regio, afspraak, code, vraag, situatie, kring) for code in (*kring, *reserve)}
    weg = [_weg(afspraak, code, reden) for code, reden in beletsels.items() if reden]
    kan = [code for code in kring if not beletsels[code]]
    if voorkeur in beletsels and not beletsels[voorkeur]:
        rest = [_weg(afspraak, c, f"{voorkeur} deed het al") for c in (*kan, *reserve) if c != voorkeur]
        return Partnerkeuze(voorkeur, f"want de persoon zat al bij {voorkeur}", (*weg, *rest))
    if not kan:
        return _vervanger(afspraak, kring, reserve, beletsels, weg)
    passend, gemist = _naar_wens(regio, afspraak, kan, situatie.wensen)
    weg += [_weg(afspraak, code, f"past niet bij {gemist}") for code in kan if code not in passend]
    gekozen, omdat = passend[0], ""
    if afspraak.verdeling is not None:
        gewichten = _gewichten(regio, afspraak, vraag.gemeente)
        beurt = verdeel(afspraak.verdeling.vorm, gewichten, passend, situatie.stand or Verdeelstand(), situatie.keuze)
        if beurt.partner is None:
            opties = tuple(Optie(partner=code, afspraak=afspraak.regel_id) for code in passend)
            return Partnerkeuze(None, beurt.omdat, tuple(weg), opties)
        gekozen, omdat = beurt.partner, beurt.omdat
        weg += [_weg(afspraak, c, "is volgens de verdeling niet aan de beurt") for c in passend if c != gekozen]
    plaatsen = (*kring, *reserve)
    weg += [
        _weg(afspraak, code, f"alleen als {gekozen} niet kan (plaats {plaatsen.index(code) + 1} in de afspraak)")
        for code in reserve
        if not beletsels[code]
    ]
    if gemist and len(passend) == len(kan):
        omdat = f"{omdat}, hoewel geen partner past bij {gemist}".removeprefix(", ")
    return Partnerkeuze(gekozen, omdat, tuple(weg))


def belet(
    regio: Regio,
    afspraak: Samenwerkingsafspraak,
    code: str,
    vraag: Vraag,
    situatie: Situatie,
    kring: Sequence[str] = (),
) -> str:
    """Geef waarom deze partner niemand nieuw kan nemen, of een lege tekst als hij kan.

    Een opnamestop telt op de dag van de vraag, niet op de peildatum: zij werkt meteen.
    """
    partner = regio.partner(code)
    if reden := situatie.uitgesloten.get(code):
        return reden
    if partner is None:
        return "staat niet bij de partners van de regio"
    if stop := next((s for s in partner.opnamestops if s.geldt_op(vraag.op)), None):
        return f"neemt niemand nieuw aan: {stop.reden}"
    if situatie.stand is None:
        return ""
    if reden := vol(partner.capaciteit, situatie.stand.bezetting(code)):
        return reden
    return vol(afspraak.capaciteit, situatie.stand.van_afspraak) if code in kring else ""


def partnercode(regio: Regio, code: str, gemeente: str) -> str:
    """Geef de code van de partner; "gemeente" wordt de gemeente van de persoon."""
    if code != GEMEENTE:
        return code
    partner = regio.partner_van_gemeente(gemeente)
    return partner.code if partner else gemeente


def partnercodes(regio: Regio, codes: Sequence[str], gemeente: str) -> tuple[str, ...]:
    """Geef de codes van de partners, elk een keer, in dezelfde volgorde."""
    return tuple(dict.fromkeys(partnercode(regio, code, gemeente) for code in codes))


def _vervanger(
    afspraak: Samenwerkingsafspraak,
    kring: Sequence[str],
    reserve: Sequence[str],
    beletsels: Mapping[str, str],
    weg: Sequence[Afgevallen],
) -> Partnerkeuze:
    kan = [code for code in reserve if not beletsels[code]]
    if not kan:
        return Partnerkeuze(None, afgevallen=tuple(weg))
    plaatsen = (*kring, *reserve)
    later = [
        _weg(afspraak, code, f"alleen als {kan[0]} niet kan (plaats {plaatsen.index(code) + 1} in de afspraak)")
        for code in kan[1:]
    ]
    # Zonder eerste kring is het perceel nog niet gegund; dan vervangt niemand een ander.
    omdat = f"omdat {' en '.join(kring)} niet {'kan' if len(kring) == 1 else 'kunnen'}" if kring else ""
    return Partnerkeuze(kan[0], omdat, (*weg, *later))


def _gewichten(regio: Regio, afspraak: Samenwerkingsafspraak, gemeente: str) -> dict[str, int]:
    verdeling = afspraak.verdeling
    return {} if verdeling is None else {partnercode(regio, c, gemeente): w for c, w in verdeling.partners.items()}


def _weg(afspraak: Samenwerkingsafspraak, code: str, reden: str) -> Afgevallen:
    return Afgevallen(afspraak=afspraak.regel_id, uitvoerder=code, reden=reden)


def _naar_wens(
    regio: Regio, afspraak: Samenwerkingsafspraak, kan: Sequence[str], uitgesproken: Sequence[Uitgesproken]
) -> tuple[list[str], str]:
    """Geef wie bij de wensen over plaats en tijd past, anders iedereen; en om welke wens het ging."""
    gewenst = {wens.soort for wens in afspraak.wensen}
    wensen = [u for u in uitgesproken if u.soort in gewenst and u.soort in (Wenssoort.WERKTIJDEN, Wenssoort.LOCATIE)]
    partners = [(code, regio.partner(code)) for code in kan]
    missers = {code: [u for u in wensen if partner is not None and not _past(partner, u)] for code, partner in partners}
    minste = min(len(gemist) for gemist in missers.values())
    meeste = max(missers.values(), key=len)
    passend = [code for code in kan if len(missers[code]) == minste]
    return passend, f"de wens {_noem(meeste)}" if meeste else ""


def _noem(wensen: Sequence[Uitgesproken]) -> str:
    return " en ".join(f"{u.soort} {u.waarde}" for u in wensen)


def _past(partner: Partner, wens: Uitgesproken) -> bool:
    """Zeg of de partner bij de wens past; wat hij niet opgaf, telt als passend."""
    bekend = partner.lestijden if wens.soort is Wenssoort.WERKTIJDEN else partner.locaties
    return not bekend or wens.waarde in bekend
