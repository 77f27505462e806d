"""De handelingen: de enige weg om iets te veranderen.

Een handeling krijgt een actor, toetst de bevoegdheid, schrijft gebeurtenissen, plant opnieuw en zet berichten klaar,
in één transactie.
"""
