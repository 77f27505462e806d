"""Wat iemand bij een kopie van zijn gegevens hoort te lezen: doel, grondslag, herkomst, rechten (art. 15 AVG)."""

from typing import Final

DOELEN: Final = (
    "De gemeente begeleidt u bij uw inburgering: intake, persoonlijk plan, lessen, gesprekken en meldingen aan DUO.",
    "De gemeente verantwoordt wat zij daarvoor doet.",
)
GRONDSLAGEN: Final = (
    "Een taak van de gemeente uit de Wet inburgering 2021 (artikel 6 lid 1 onder e AVG).",
    "Het burgerservicenummer: artikel 36 Wet inburgering 2021 en artikel 9.10 Besluit inburgering 2021.",
    "Uw gezondheid, voor zover nodig voor intake, plan en begeleiding: artikel 37 Wet inburgering 2021.",
)
HERKOMST: Final = (
    "DUO: dat u moet inburgeren, uw termijn, examens en besluiten.",
    "De basisregistratie personen: naam, geboortedatum, adres.",
    "Het COA, als u uit een azc komt.",
    "Uzelf, uw taalaanbieder en de medewerkers met wie u sprak.",
)
RECHTEN: Final = (
    "Klopt er iets niet? U kunt vragen om verbetering (artikel 16 AVG).",
    "U kunt vragen gegevens te wissen of minder te gebruiken (artikelen 17 en 18 AVG).",
    "U kunt bezwaar maken tegen het gebruik van uw gegevens (artikel 21 AVG).",
    "Bent u het niet eens met het antwoord, dan kunt u binnen zes weken bezwaar maken bij de gemeente.",
    "U kunt een klacht indienen bij de Autoriteit Persoonsgegevens.",
)
BEWAREN: Final = "Tot vijf jaar na het einde van uw inburgeringsplicht (artikel 9.9 Besluit inburgering 2021)."
GEEN_AUTOMAAT: Final = "Over u wordt geen besluit genomen door een computer alleen: elk besluit neemt een mens."
NAKIJKEN: Final = (
    "Voor wie dit verstrekt: kijk na of er in de redenen iets over een ander staat; dat hoort niet in de kopie "
    "(artikel 15 lid 4 AVG)."
)
