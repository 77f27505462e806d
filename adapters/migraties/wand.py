"""The second wall as SQL, for migrations: row-level security on PostgreSQL, nothing on SQLite (ADR 0014).

A migration that adds a table about a dossier calls `zet_wand` for it; a test finds the table that was forgotten.
"""

from typing import Final

from alembic import op
from sqlalchemy import text

from domein.fouten import RegieFout

ROL: Final = "regie_portaal"

# A subselect is worked out once for the whole query instead of once per row.
_ORGANISATIE: Final = "(SELECT nullif(current_setting('regie.organisatie', true), ''))"
_REGIO: Final = "(SELECT nullif(current_setting('regie.regio', true), ''))"
_MEDEWERKERS: Final = "((SELECT regie_lijst('regie.medewerkers'))::text[])"
_GEMEENTEN: Final = "((SELECT regie_lijst('regie.gemeenten'))::text[])"
_STAPPEN: Final = "((SELECT regie_lijst('regie.stappen'))::uuid[])"

# Most often the dossier itself says it, and looking there costs a tenth of the function; the function knows the rest.
# A subselect that gives the answer, not EXISTS: PostgreSQL may turn that one into a walk through every dossier.
_ZEGT_HET: Final = (
    f"d.gemeente = ANY {_GEMEENTEN} OR d.regio = {_REGIO} OR d.klantmanager = ANY {_MEDEWERKERS}"
    f" OR d.regie_partner = {_ORGANISATIE}"
)
VAN_DOSSIER: Final = f"(SELECT {_ZEGT_HET} FROM dossier d WHERE d.id = dossier_id) OR regie_ziet(dossier_id)"  # noqa: S608 - vaste tekst
VAN_STAP: Final = (
    f"partner = {_ORGANISATIE} OR medewerker = ANY {_MEDEWERKERS} OR gemeente = ANY {_GEMEENTEN}"
    f" OR id = ANY {_STAPPEN} OR {VAN_DOSSIER}"
)
DOSSIER: Final = (
    f"gemeente = ANY {_GEMEENTEN} OR regio = {_REGIO} OR klantmanager = ANY {_MEDEWERKERS}"
    f" OR regie_partner = {_ORGANISATIE} OR regie_ziet(id)"
)
MET_GEMEENTE: Final = f"gemeente = ANY {_GEMEENTEN} OR {VAN_DOSSIER}"
EIGEN: Final = f"medewerker = ANY {_MEDEWERKERS}"
VOOR_DE_REGIO: Final = f"{_REGIO} IS NOT NULL"
VAN_DOSSIER_OF_REGIO: Final = f"{_REGIO} IS NOT NULL OR {VAN_DOSSIER}"
BERICHT: Final = f"{_REGIO} IS NOT NULL OR ontvanger_code = ANY {_MEDEWERKERS} OR {VAN_DOSSIER}"
# What is about no dossier may be added by anyone: a sign-in mail, an alert about a template.
ERBIJ: Final = f"dossier_id IS NULL OR {VAN_DOSSIER}"

# The tables behind the wall since revision 0014; what came later is in its own migration.
TABELLEN: Final = {
    "dossier": DOSSIER,
    "stap": VAN_STAP,
    "persoonsgegeven": VAN_DOSSIER,
    "gebeurtenis": VAN_DOSSIER,
    "besluittekst": VAN_DOSSIER,
    "partnerbericht": VAN_DOSSIER,
    "bulkregel": VAN_DOSSIER,
    "vernietigingsregel": VAN_DOSSIER,
    "dossiermijlpaal": MET_GEMEENTE,
    "dossiertermijn": MET_GEMEENTE,
    "concept": EIGEN,
}
MET_ERBIJ: Final = {
    "bericht": (BERICHT, ERBIJ),
    "signaal": (VAN_DOSSIER_OF_REGIO, ERBIJ),
    "logregel": (VOOR_DE_REGIO, "true"),
}

_LIJST: Final = """
CREATE OR REPLACE FUNCTION regie_lijst(naam text) RETURNS text[] LANGUAGE sql STABLE PARALLEL SAFE
RETURN string_to_array(nullif(current_setting(naam, true), ''), E'\\n')
"""

# The owner runs it, so what it reads is not behind the wall: a policy on `stap` that reads `stap` would never end.
_ZIET: Final = """
CREATE OR REPLACE FUNCTION regie_ziet(welk uuid) RETURNS boolean LANGUAGE plpgsql STABLE SECURITY DEFINER PARALLEL SAFE
SET search_path FROM CURRENT AS $$
DECLARE
    medewerkers text[] := regie_lijst('regie.medewerkers');
    gemeenten text[] := regie_lijst('regie.gemeenten');
    stappen uuid[] := regie_lijst('regie.stappen')::uuid[];
    organisatie text := nullif(current_setting('regie.organisatie', true), '');
BEGIN
    RETURN EXISTS (
        SELECT FROM dossier d WHERE d.id = welk
        AND (d.gemeente = ANY (gemeenten) OR d.klantmanager = ANY (medewerkers) OR d.regie_partner = organisatie
             OR d.regio = nullif(current_setting('regie.regio', true), ''))
    ) OR EXISTS (
        SELECT FROM stap s WHERE s.dossier_id = welk
        AND (s.partner = organisatie OR s.medewerker = ANY (medewerkers) OR s.id = ANY (stappen))
    );
END $$
"""


def op_postgres() -> bool:
    return op.get_bind().dialect.name == "postgresql"


def maak_rol() -> None:
    """Make the role that the portal takes on, and let whoever migrates take it on; RegieFout when that is not allowed.

    A role belongs to the whole server: another database on it may have made it already, or be doing so right now.
    """
    verbinding = op.get_bind()
    verbinding.execute(
        text(f"""
        DO $$ BEGIN
            IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{ROL}') THEN
                CREATE ROLE {ROL} NOLOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS;
            END IF;
            IF NOT pg_has_role(current_user, '{ROL}', 'MEMBER') THEN
                EXECUTE format('GRANT {ROL} TO %I', current_user);
            END IF;
        EXCEPTION WHEN duplicate_object OR unique_violation OR insufficient_privilege THEN NULL;
        END $$""")
    )
    mag = verbinding.execute(
        text("SELECT bool_and(pg_has_role(current_user, oid, 'MEMBER')) FROM pg_roles WHERE rolname = :rol"),
        {"rol": ROL},
    ).scalar_one()
    if not mag:
        wie = verbinding.execute(text("SELECT current_user")).scalar_one()
        raise RegieFout(
            f"De database kent de rol {ROL} nog niet, of '{wie}' mag haar niet aannemen. Er is niets gewijzigd.",
            f"Laat de beheerder van PostgreSQL eenmaal uitvoeren: CREATE ROLE {ROL} NOLOGIN; GRANT {ROL} TO {wie};",
        )


def maak_functies() -> None:
    op.execute(_LIJST)
    op.execute(_ZIET)


def geef_rechten() -> None:
    """The role may do with every table what the portal does, now and later; which rows is up to the wall."""
    for wat, welke in (("SELECT, INSERT, UPDATE, DELETE", "TABLES"), ("USAGE", "SEQUENCES")):
        op.execute(f"GRANT {wat} ON ALL {welke} IN SCHEMA {_schema()} TO {ROL}")
        op.execute(f"ALTER DEFAULT PRIVILEGES IN SCHEMA {_schema()} GRANT {wat} ON {welke} TO {ROL}")
    op.execute(f"GRANT USAGE ON SCHEMA {_schema()} TO {ROL}")
    op.execute(f"REVOKE INSERT, UPDATE, DELETE ON alembic_version FROM {ROL}")


def neem_rechten_terug() -> None:
    for welke in ("TABLES", "SEQUENCES"):
        op.execute(f"ALTER DEFAULT PRIVILEGES IN SCHEMA {_schema()} REVOKE ALL ON {welke} FROM {ROL}")
        op.execute(f"REVOKE ALL ON ALL {welke} IN SCHEMA {_schema()} FROM {ROL}")
    op.execute(f"REVOKE ALL ON SCHEMA {_schema()} FROM {ROL}")


def zet_wand(tabel: str, zichtbaar: str = VAN_DOSSIER, *, erbij: str = "") -> None:
    """Show the portal only these rows, and let it write only these. `erbij`: what it may add, when that is more."""
    op.execute(f"ALTER TABLE {tabel} ENABLE ROW LEVEL SECURITY")
    op.execute(f"CREATE POLICY wand ON {tabel} TO {ROL} USING ({zichtbaar})")
    if erbij:
        op.execute(f"CREATE POLICY wand_erbij ON {tabel} FOR INSERT TO {ROL} WITH CHECK ({erbij})")


def wijzig_wand(tabel: str, zichtbaar: str = VAN_DOSSIER, *, erbij: str = "") -> None:
    """Say anew which rows the portal is shown; the wall stands all the while."""
    op.execute(f"ALTER POLICY wand ON {tabel} USING ({zichtbaar})")
    if erbij:
        op.execute(f"ALTER POLICY wand_erbij ON {tabel} WITH CHECK ({erbij})")


def haal_wand_weg(tabel: str) -> None:
    op.execute(f"DROP POLICY IF EXISTS wand ON {tabel}")
    op.execute(f"DROP POLICY IF EXISTS wand_erbij ON {tabel}")
    op.execute(f"ALTER TABLE {tabel} DISABLE ROW LEVEL SECURITY")


def haal_functies_weg() -> None:
    op.execute("DROP FUNCTION regie_ziet(uuid)")
    op.execute("DROP FUNCTION regie_lijst(text)")


def _schema() -> str:
    schema: str = op.get_bind().execute(text("SELECT quote_ident(current_schema())")).scalar_one()
    return schema
