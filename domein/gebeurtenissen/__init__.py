"""De gebeurtenissen: de enige waarheid over een dossier."""
