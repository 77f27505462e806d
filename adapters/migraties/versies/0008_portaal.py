"""Het portaal: aanmeldingen, sessies, concepten, en het logboek waar alleen bij komt.

Revision: 0008
Revises: 0004
"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "aanmeldlink",
        sa.Column("code_hash", sa.String(length=64), nullable=False),
        sa.Column("medewerker", sa.String(length=60), nullable=False),
        sa.Column("browser_hash", sa.String(length=64), nullable=False),
        sa.Column("gemaakt_op", sa.DateTime(timezone=True), nullable=False),
        sa.Column("vervalt_op", sa.DateTime(timezone=True), nullable=False),
        sa.Column("gebruikt_op", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("code_hash", name=op.f("pk_aanmeldlink")),
    )
    op.create_index(op.f("ix_aanmeldlink_medewerker_gemaakt_op"), "aanmeldlink", ["medewerker", "gemaakt_op"])
    op.create_table(
        "sessie",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("medewerker", sa.String(length=60), nullable=False),
        sa.Column("partner", sa.String(length=60), nullable=False),
        sa.Column("rollen", sa.JSON(), nullable=False),
        sa.Column("verificatie", sa.String(length=30), nullable=False),
        sa.Column("bewijs", sa.String(length=64), nullable=False),
        sa.Column("begonnen_op", sa.DateTime(timezone=True), nullable=False),
        sa.Column("gezien_op", sa.DateTime(timezone=True), nullable=False),
        sa.Column("vervalt_op", sa.DateTime(timezone=True), nullable=False),
        sa.Column("beeindigd_op", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sessie")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_sessie_token_hash")),
    )
    op.create_index(op.f("ix_sessie_medewerker_beeindigd_op"), "sessie", ["medewerker", "beeindigd_op"])
    op.create_table(
        "concept",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("stap_id", sa.Uuid(), nullable=False),
        sa.Column("medewerker", sa.String(length=60), nullable=False),
        sa.Column("generatie", sa.Integer(), nullable=False),
        sa.Column("cijfertekst", sa.LargeBinary(), nullable=False),
        sa.Column("bewaard_op", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["stap_id"], ["stap.id"], name=op.f("fk_concept_stap_id_stap")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_concept")),
        sa.UniqueConstraint("stap_id", "medewerker", name=op.f("uq_concept_stap_id_medewerker")),
    )
    op.create_index(op.f("ix_stap_status_partner"), "stap", ["status", "partner"])
    _maak_logboek()


def _maak_logboek() -> None:
    op.create_table(
        "logregel",
        sa.Column("volgnummer", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("trace_id", sa.String(length=32), nullable=False),
        sa.Column("operatie_id", sa.String(length=16), nullable=False),
        sa.Column("status", sa.String(length=10), nullable=False),
        sa.Column("naam", sa.String(length=120), nullable=False),
        sa.Column("begonnen_op", sa.DateTime(timezone=True), nullable=False),
        sa.Column("geeindigd_op", sa.DateTime(timezone=True), nullable=False),
        sa.Column("verwerking", sa.String(length=120), nullable=False),
        sa.Column("betrokkene", sa.String(length=20), nullable=True),
        sa.Column("dossier_id", sa.Uuid(), nullable=True),
        sa.Column("soort", sa.String(length=30), nullable=False),
        sa.Column("actor", sa.String(length=100), nullable=False),
        sa.Column("partner", sa.String(length=60), nullable=False),
        sa.Column("verificatie", sa.String(length=30), nullable=False),
        sa.Column("gronden", sa.String(length=200), nullable=False),
        sa.Column("gegevens", sa.String(length=400), nullable=False),
        sa.Column("vorige_hash", sa.String(length=64), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("volgnummer", name=op.f("pk_logregel")),
        sa.UniqueConstraint("id", name=op.f("uq_logregel_id")),
    )
    for kolom in ("betrokkene", "dossier_id", "actor"):
        op.create_index(op.f(f"ix_logregel_{kolom}"), "logregel", [kolom])
    op.create_table(
        "logboekhoofd",
        sa.Column("naam", sa.String(length=20), nullable=False),
        sa.Column("volgnummer", sa.Integer(), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("naam", name=op.f("pk_logboekhoofd")),
    )
    if op.get_bind().dialect.name == "sqlite":
        for daad in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER logregel_geen_{daad.lower()} BEFORE {daad} ON logregel BEGIN "
                "SELECT RAISE(ABORT, 'in het logboek komt alleen bij'); END"
            )
        return
    op.execute(
        "CREATE OR REPLACE FUNCTION logregel_vast() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'in het logboek komt alleen bij'; END $$"
    )
    op.execute(
        "CREATE TRIGGER logregel_vast BEFORE UPDATE OR DELETE ON logregel FOR EACH ROW EXECUTE FUNCTION logregel_vast()"
    )


def downgrade() -> None:
    if op.get_bind().dialect.name != "sqlite":
        op.execute("DROP TRIGGER logregel_vast ON logregel")
        op.execute("DROP FUNCTION logregel_vast()")
    op.drop_index(op.f("ix_stap_status_partner"), "stap")
    for tabel in ("logboekhoofd", "logregel", "concept", "sessie", "aanmeldlink"):
        op.drop_table(tabel)
