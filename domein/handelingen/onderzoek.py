"""Is het werk gezond? Elke functie kijkt naar één ding en geeft haar bevindingen, met een uitweg.

Een lege lijst is goed nieuws. Meldingen noemen dossiers bij referentie, nooit een persoon of een adres.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Final

from domein.begrippen import Berichtstatus, Stapstatus
from domein.fouten import GeenUitvoerder
from domein.handelingen.bewaren import voorbijlijst
from domein.handelingen.invarianten import kijk_plannen_na, zonder_volgende_stap
from domein.handelingen.onverwacht import VOORVOEGSEL, Mislukking, noem
from domein.handelingen.regio import AfsprakenOnleesbaar, regio_op
from domein.handelingen.regiobord_bijwerken import onderzoek_bord
from domein.handelingen.verzoeken import verzoeklijst
from domein.model import Bericht, Stap
from domein.ports import Omgeving
from domein.regels.kalender import atw_kalender
from domein.regio.bevinding import Bevinding, Ernst

VOORUIT: Final = timedelta(days=60)
POST_TE_OUD: Final = timedelta(hours=1)
BLIJFT_LIGGEN: Final = timedelta(days=7)  # langer dicht is geen kantoor; daarna opent niemand de stappen
_ONDERWEG: Final = (Berichtstatus.WACHTEND, Berichtstatus.BEZIG, Berichtstatus.UITGESTELD)
UITWEG_ONLEESBAAR: Final = (
    "Voor deze dossiers gebeurt niets meer; de andere gaan door. Noemt de dokter ook de sleutels, zet dan de goede "
    "sleutels terug. Anders zijn de gegevens beschadigd: zet een reservekopie van daarvoor terug met "
    "'regie reservekopie zet-terug' (eerst met --proef). Is die er niet, stuur deze melding dan naar uw beheerder."
)


def bevinding(soort: str, ernst: Ernst, plaats: str, melding: str, uitweg: str = "") -> Bevinding:
    return Bevinding(soort=soort, ernst=ernst, melding=melding, uitweg=uitweg, plaats=plaats)


def regio(omgeving: Omgeving) -> list[Bevinding]:
    """De afspraken gelden vandaag en de komende zestig dagen, en geen mandaat loopt dan af."""
    vandaag = omgeving.klok.vandaag()
    straks = vandaag + VOORUIT
    laad = "Laad een nieuwe versie met 'regie regio laad MAP'."
    with omgeving.magazijn.ruimte() as ruimte:
        try:
            nu, dan = (regio_op(ruimte, omgeving, dag) for dag in (vandaag, straks))
        except (GeenUitvoerder, AfsprakenOnleesbaar) as geen:
            return [bevinding("regio", Ernst.FOUT, omgeving.regio, geen.melding, geen.uitweg)]
    if nu.kop.geldig_tot < vandaag:
        melding = f"De afspraken (versie {nu.versie}) golden tot en met {nu.kop.geldig_tot}."
        return [bevinding("regio", Ernst.FOUT, omgeving.regio, melding, laad)]
    if dan.kop.geldig_tot < straks:
        melding = f"De afspraken (versie {dan.versie}) gelden nog tot en met {dan.kop.geldig_tot}."
        return [bevinding("regio", Ernst.WAARSCHUWING, omgeving.regio, melding, laad)]
    # Een opvolger voor dezelfde gemeente en dezelfde stappen maakt aflopen gewoon.
    over = {(m.gemeente, stap) for m in dan.mandaten if m.geldt_op(straks) for stap in m.stappen}
    af = [m.id for m in nu.mandaten if m.geldt_op(vandaag) and not {(m.gemeente, stap) for stap in m.stappen} <= over]
    if not af:
        return []
    melding = f"Binnen {VOORUIT.days} dagen loopt zonder opvolger af: mandaat {noem(af)}."
    return [bevinding("mandaat", Ernst.WAARSCHUWING, omgeving.regio, melding, f"Verleng het besluit. {laad}")]


def feestdagen(omgeving: Omgeving) -> list[Bevinding]:
    """De aangewezen feestdagen zijn bekend tot en met volgend jaar (art. 3 lid 3 Algemene termijnenwet)."""
    jaar, bekend = omgeving.klok.vandaag().year, atw_kalender().jaren_bekend()
    if bekend > jaar:
        return []
    ernst = Ernst.FOUT if bekend < jaar else Ernst.WAARSCHUWING
    melding = f"De aangewezen feestdagen zijn bekend tot en met {bekend}; latere termijnen zijn onzeker."
    return [bevinding("feestdagen", ernst, "feestdagen.toml", melding, "Werk het programma bij.")]


def volgende_stap(omgeving: Omgeving) -> list[Bevinding]:
    """Elk lopend dossier heeft een volgende stap of een signaal (I1)."""
    with omgeving.magazijn.ruimte() as ruimte:
        zonder = [dossier.referentie for dossier in zonder_volgende_stap(ruimte)]
    if not zonder:
        return []
    melding = f"{len(zonder)} lopende dossiers hebben geen volgende stap: {noem(zonder)}."
    uitweg = "Kijk met 'regie dossier toon REF' wat er mist, en leg dat vast met 'regie dossier meld'."
    return [bevinding("geen_volgende_stap", Ernst.FOUT, "dossiers", melding, uitweg)]


def _einde(stap: Stap) -> str:
    return (stap.uiterst or stap.streef).isoformat()


def te_laat(omgeving: Omgeving) -> list[Bevinding]:
    """Open stappen waarvan de uiterste dag (of anders de streefdag) voorbij is."""
    vandaag = omgeving.klok.vandaag()
    with omgeving.magazijn.ruimte() as ruimte:
        open_ = ruimte.stappen_waar(statussen=[Stapstatus.OPEN])
        laat = sorted((s for s in open_ if (s.uiterst or s.streef) < vandaag), key=lambda s: (_einde(s), s.kenmerk))
        if not laat:
            return []
        oudste = laat[0]
        wie = oudste.medewerker or oudste.partner or "niemand"
        plaats = f"{ruimte.dossier(oudste.dossier_id).referentie}:{oudste.kenmerk}"
    melding = f"{len(laat)} open stappen zijn te laat; de oudste sinds {_einde(oudste)}, bij {wie}."
    uitweg = "Bekijk ze met 'regie stap lijst --status open'; spreek de behandelaar aan of draag ze over."
    return [bevinding("te_laat", Ernst.WAARSCHUWING, plaats, melding, uitweg)]


def niet_geopend(omgeving: Omgeving, *, zonder_run: bool = False) -> list[Bevinding]:
    """Geplande stappen die al een week open hadden moeten staan: dan loopt de ronde niet, of er is niemand voor.

    `zonder_run`: alleen het eerste, dus waarvoor de ronde nooit een run maakte.
    """
    grens = omgeving.klok.vandaag() - BLIJFT_LIGGEN
    gisteren = omgeving.klok.nu() - timedelta(days=1)
    with omgeving.magazijn.ruimte() as ruimte:
        # Een kennisgeving die laat binnenkwam geeft stappen in het verleden: die krijgen een dag de tijd.
        oud = {dossier.id for dossier in ruimte.dossiers() if dossier.aangemaakt_op < gisteren}
        begonnen = ruimte.stappen_waar(statussen=[Stapstatus.GEPLAND], begonnen_op=grens)
        liggen = [s for s in begonnen if s.dossier_id in oud and not (zonder_run and s.run_id is not None)]
        if not liggen:
            return []
        oudste = min(liggen, key=lambda stap: (stap.start, stap.kenmerk))
        plaats = f"{ruimte.dossier(oudste.dossier_id).referentie}:{oudste.kenmerk}"
    melding = f"{len(liggen)} stappen hadden al open moeten zijn; de oudste sinds {oudste.start}."
    uitweg = "Start de installatie met './regie start'; zij opent ze dan."
    return [bevinding("niet_geopend", Ernst.WAARSCHUWING, plaats, melding, uitweg)]


def post(omgeving: Omgeving, *, onbestelbaar_sinds: datetime | None = None) -> list[Bevinding]:
    """Mail die niet weg komt, of waarvan niet vaststaat dat hij aankwam.

    Mail die haar dag afwacht, blijft niet liggen. `onbestelbaar_sinds`: noem alleen wat daarna onbestelbaar werd.
    """
    oud = omgeving.klok.nu() - POST_TE_OUD
    with omgeving.magazijn.ruimte() as ruimte:
        berichten = ruimte.berichten(statussen=[*_ONDERWEG, Berichtstatus.ONZEKER, Berichtstatus.ONBESTELBAAR])
    vast = [b for b in berichten if b.status in _ONDERWEG and _aan_de_beurt(b) < oud]
    uit: list[Bevinding] = []
    if vast:
        sinds = f"{min(map(_aan_de_beurt, vast)):%Y-%m-%d %H:%M} UTC"
        melding = f"{len(vast)} mails wachten langer dan een uur; de oudste sinds {sinds}."
        uitweg = "Controleer de mailserver en verstuur ze met 'regie post verstuur'."
        uit.append(bevinding("post_wacht", Ernst.WAARSCHUWING, "post", melding, uitweg))
    for status, tekst, uitweg in (
        (Berichtstatus.ONZEKER, "mails zijn misschien aangekomen", "Vraag het na bij"),
        (Berichtstatus.ONBESTELBAAR, "mails zijn niet te bezorgen", "Controleer in de regio het adres van"),
    ):
        zulke = [b for b in berichten if b.status is status]
        if status is Berichtstatus.ONBESTELBAAR and onbestelbaar_sinds is not None:
            zulke = [b for b in zulke if (b.laatste_poging_op or b.aangemaakt_op) >= onbestelbaar_sinds]
        if zulke:
            wie = noem(sorted({b.ontvanger_code for b in zulke}))
            melding = f"{len(zulke)} {tekst}."
            uit.append(bevinding(f"post_{status.value}", Ernst.WAARSCHUWING, "post", melding, f"{uitweg} {wie}."))
    return uit


def _aan_de_beurt(bericht: Bericht) -> datetime:
    """Wanneer deze mail weg mocht. Is hij al geprobeerd, dan wachtte hij sinds hij ontstond."""
    wacht_op_haar_dag = bericht.pogingen == 0 and bericht.volgende_poging is not None
    return bericht.volgende_poging or bericht.aangemaakt_op if wacht_op_haar_dag else bericht.aangemaakt_op


def signalen(omgeving: Omgeving, *, welke: Callable[[str], bool] = lambda _soort: True) -> list[Bevinding]:
    """De open signalen, per soort; `welke` kiest er soorten uit."""
    with omgeving.magazijn.ruimte() as ruimte:
        alle = [signaal for signaal in ruimte.signalen() if welke(signaal.soort)]
        referenties = {dossier.id: dossier.referentie for dossier in ruimte.dossiers()} if alle else {}
    uit: list[Bevinding] = []
    for (soort, ernst), aantal in sorted(Counter((s.soort, s.ernst) for s in alle).items()):
        zulke = [s for s in alle if (s.soort, s.ernst) == (soort, ernst)]
        dossiers = sorted({referenties[s.dossier_id] for s in zulke if s.dossier_id is not None})
        melding = f"{aantal} keer: {zulke[0].melding}" if aantal > 1 else zulke[0].melding
        # Een signaal is werk voor een mens, geen storing van het systeem: het kleurt de uitslag niet rood.
        mild = Ernst.INFO if ernst == Ernst.INFO.value else Ernst.WAARSCHUWING
        uitweg = f"Kijk met 'regie dossier toon' in {noem(dossiers)}." if dossiers else ""
        uit.append(bevinding(f"signaal_{soort}", mild, "signalen", melding, uitweg))
    return uit


def keten(omgeving: Omgeving) -> list[Bevinding]:
    """De keten van elk dossier klopt (I4)."""
    with omgeving.magazijn.ruimte() as ruimte:
        kapot = [d.referentie for d in ruimte.dossiers() if not ruimte.controleer_keten(d.id)]
    if not kapot:
        return []
    melding = f"De keten van {len(kapot)} dossiers klopt niet: {noem(kapot)}. Iemand wijzigde de database."
    uitweg = "Zet een reservekopie terug en meld dit aan de functionaris voor gegevensbescherming."
    return [bevinding("keten", Ernst.FOUT, "dossiers", melding, uitweg)]


def plan_klopt(omgeving: Omgeving) -> list[Bevinding]:
    """Elk dossier is te lezen, en zijn stappen zijn wat het plan over zijn gebeurtenissen geeft (I3)."""
    with omgeving.magazijn.ruimte() as ruimte:
        gekeken = kijk_plannen_na(ruimte)
    uit = onleesbaar(gekeken.mislukt)
    if gekeken.fouten:
        melding = f"{len(gekeken.fouten)} stappen wijken af van het plan: {noem(gekeken.fouten)}."
        uitweg = "De volgende melding in het dossier zet ze gelijk; blijft het zo, waarschuw dan de beheerder."
        uit.append(bevinding("plan", Ernst.FOUT, "stappen", melding, uitweg))
    return uit


def onleesbaar(mislukt: Sequence[Mislukking]) -> list[Bevinding]:
    """Dossiers waarvan de gebeurtenissen niet te lezen of niet te volgen zijn: daar gebeurt niets meer."""
    if not mislukt:
        return []
    waarom = ", ".join(sorted({een.code.removeprefix(VOORVOEGSEL) for een in mislukt}))
    melding = f"{len(mislukt)} dossiers zijn niet te lezen: {noem(een.dossier for een in mislukt)} ({waarom})."
    return [bevinding("onleesbaar", Ernst.FOUT, "dossiers", melding, UITWEG_ONLEESBAAR)]


def bewaren(omgeving: Omgeving) -> list[Bevinding]:
    """Dossiers die al vernietigd hadden moeten zijn, of nog op geen lijst staan (art. 9.9 Bi)."""
    rijen = voorbijlijst(omgeving)
    uit: list[Bevinding] = []
    for ernst, staat, zin in (
        (Ernst.WAARSCHUWING, "te_laat", "hadden al vernietigd moeten zijn"),
        (Ernst.INFO, "te_vernietigen", "staan op geen vernietigingslijst, terwijl de bewaartermijn voorbij is"),
    ):
        referenties = [rij["referentie"] for rij in rijen if rij["staat"] == staat]
        if referenties:
            melding = f"{len(referenties)} dossiers {zin}: {noem(referenties)}."
            uitweg = "Stel per gemeente een lijst op met 'regie bewaren maak-lijst'; een ander keurt haar goed."
            uit.append(bevinding("bewaartermijn", ernst, "dossiers", melding, uitweg))
    return uit


def verzoeken(omgeving: Omgeving) -> list[Bevinding]:
    """Verzoeken om inzage of verbetering waarvan de termijn voorbij is (art. 12 lid 3 AVG)."""
    laat = [rij["referentie"] for rij in verzoeklijst(omgeving) if rij["staat"] == "overschreden"]
    if not laat:
        return []
    melding = f"{len(laat)} verzoeken over eigen gegevens zijn te laat: {noem(laat)}."
    return [bevinding("verzoek_te_laat", Ernst.WAARSCHUWING, "verzoeken", melding, "Kijk met 'regie verzoek lijst'.")]


def bord(omgeving: Omgeving) -> list[Bevinding]:
    """De tellingen van het regiobord kloppen (I8)."""
    afwijkingen, ontbreekt = onderzoek_bord(omgeving)
    if not afwijkingen and not ontbreekt:
        return []
    wat = f"{len(afwijkingen)} tellingen kloppen niet" if afwijkingen else "er zijn dossiers die er nog niet op staan"
    melding = f"Het regiobord klopt niet: {wat}."
    return [bevinding("bord", Ernst.FOUT, "regiobord", melding, "Draai 'regie bord herstel'.")]


ONDERZOEKEN: Final[tuple[tuple[str, Callable[[Omgeving], list[Bevinding]]], ...]] = (
    ("de samenwerkingsafspraken", regio),
    ("de feestdagen", feestdagen),
    ("de volgende stap van elk dossier", volgende_stap),
    ("stappen die te laat zijn", te_laat),
    ("stappen die open moeten", niet_geopend),
    ("de uitgaande post", post),
    ("open signalen", signalen),
    ("de bewaartermijnen", bewaren),
    ("verzoeken over eigen gegevens", verzoeken),
    ("de keten van elk dossier", keten),
    ("het plan van elk dossier", plan_klopt),
    ("de tellingen van het regiobord", bord),
)
