"""Een dossier aan een andere klantmanager overdragen, en wie les kreeg bij een aanbieder die wegvalt herplaatsen.

Een overdracht is een stap voor wie ontvangt: pas als die aanvaardt, gaat het dossier over. Valt een aanbieder weg, dan
bevestigt de klantmanager per persoon wat er gebeurt; niemand wordt vanzelf verplaatst. Beleid, geen wet.
"""

from domein.begrippen import Rol, Stapsoort
from domein.regels.kalender import datum
from domein.regels.planvormen import GewensteStap, Kader, Stappen
from domein.stand import Stand

AANVAARDEN = "overdracht/aanvaarden/"


def stappen(stand: Stand, kader: Kader) -> Stappen:
    if stand.einde:
        return
    for overdracht in stand.overdrachten.values():
        if overdracht.besloten_op is not None:
            continue
        start = kader.werkdag(overdracht.op)
        yield GewensteStap(
            kenmerk=f"{AANVAARDEN}{overdracht.nummer}",
            stapsoort=Stapsoort.REGISTRATIE,
            titel="Aanvaard of weiger het dossier",
            start=start,
            streef=kader.werkdagen_na(start, kader.regeling.getal("overdracht_werkdagen")),
            uiterst=None,
            rol=Rol.KLANTMANAGER,
            waarom=f"Op {datum(overdracht.op)} is u dit dossier aangeboden. Tot u aanvaardt, blijft de vorige "
            "klantmanager verantwoordelijk.",
            artikel="beleid, geen wet",
        )
    for uitval in stand.uitval.values():
        loopt = stand.acceptatie is not None and stand.acceptatie.nummer == uitval.aanmelding
        if not loopt or (stand.aanbieder_blijft_op is not None and stand.aanbieder_blijft_op >= uitval.op):
            continue
        start = kader.werkdag(uitval.op)
        yield GewensteStap(
            kenmerk=f"aanbieder/herplaatsen/{uitval.nummer}/{uitval.aanmelding}",
            stapsoort=Stapsoort.VOORTGANG,
            titel="Herplaats de inburgeraar bij een andere aanbieder",
            start=start,
            streef=kader.werkdagen_na(start, kader.regeling.getal("herplaatsen_werkdagen")),
            uiterst=None,
            rol=Rol.KLANTMANAGER,
            waarom=f"Sinds {datum(uitval.op)} kan de aanbieder geen les meer geven die meetelt. Beëindig de lessen "
            "daar; de gemeente doet dan een nieuw aanbod. De inburgeringstermijn loopt door.",
            artikel="artikel 16 Wet inburgering 2021; artikelen 4.1 en 8.1 Regeling inburgering",
        )
