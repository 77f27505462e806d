#!/bin/sh
# Maakt bij de eerste start de drie databases, elk met een eigen eigenaar: de dossiers, de sleutels en Prefect.
# De sleutels horen buiten de reservekopie van de dossiers; in echt gebruik liefst op een andere server.
set -eu
for naam in regie sleutels prefect; do
    psql -v ON_ERROR_STOP=1 --username "$POSTGRES_USER" \
        -v naam="$naam" -v woord="$(cat "/run/secrets/wachtwoord_$naam")" <<'SQL'
CREATE ROLE :"naam" LOGIN PASSWORD :'woord';
CREATE DATABASE :"naam" OWNER :"naam";
REVOKE CONNECT ON DATABASE :"naam" FROM PUBLIC;
SQL
done
# Het portaal vraagt als een rol die minder mag (docs/besluiten/0014). De eigenaar hierboven mag zelf geen rollen maken.
psql -v ON_ERROR_STOP=1 --username "$POSTGRES_USER" -c 'CREATE ROLE regie_portaal NOLOGIN' -c 'GRANT regie_portaal TO regie'
psql -v ON_ERROR_STOP=1 --username "$POSTGRES_USER" --dbname prefect -c 'CREATE EXTENSION IF NOT EXISTS pg_trgm'
