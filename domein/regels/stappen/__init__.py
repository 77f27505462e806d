"""De stappen van het proces, per thema één module: een functie van stand en kader naar gewenste stappen.

Een nieuw thema is een nieuwe module in `THEMAS` (domein/regels/planning.py); bestaande modules veranderen niet.
"""
