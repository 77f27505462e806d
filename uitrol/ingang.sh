#!/bin/sh
# Zet elk bestand uit een map met geheimen als variabele klaar (de naam van het bestand is de naam), en start dan de
# opdracht. Alleen voor Prefect, die zijn geheimen niet uit bestanden leest; regie leest REGIE_INSTELLINGENMAP zelf.
set -eu
for bestand in "${OMGEVING_UIT_BESTANDEN:-/run/geheimen/omgeving}"/*; do
    [ -f "$bestand" ] || continue
    export "$(basename "$bestand")=$(cat "$bestand")"
done
exec "$@"
