"""De eerste tabellen: dossier, gebeurtenis, stap, persoonsgegeven, bericht, regioversie en bewaking.

Revision: 0001
Revises:
"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "dagwerk",
        sa.Column("soort", sa.String(length=60), nullable=False),
        sa.Column("dag", sa.Date(), nullable=False),
        sa.Column("uitgevoerd_op", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("soort", "dag", name=op.f("pk_dagwerk")),
    )
    op.create_table(
        "dossier",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("referentie", sa.String(length=20), nullable=False),
        sa.Column("regio", sa.String(length=60), nullable=False),
        sa.Column("gemeente", sa.String(length=6), nullable=False),
        sa.Column("status", sa.String(length=30), nullable=False),
        sa.Column("laatste_volgnummer", sa.Integer(), nullable=False),
        sa.Column("keten_hoofd", sa.String(length=64), nullable=False),
        sa.Column("regeling", sa.String(length=60), nullable=False),
        sa.Column("klantmanager", sa.String(length=60), nullable=True),
        sa.Column("regie_partner", sa.String(length=60), nullable=True),
        sa.Column("aangemaakt_op", sa.DateTime(timezone=True), nullable=False),
        sa.Column("beeindigd_op", sa.Date(), nullable=True),
        sa.Column("einde", sa.String(length=60), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dossier")),
        sa.UniqueConstraint("referentie", name=op.f("uq_dossier_referentie")),
    )
    with op.batch_alter_table("dossier", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_dossier_gemeente"), ["gemeente"], unique=False)
        batch_op.create_index(batch_op.f("ix_dossier_status"), ["status"], unique=False)

    op.create_table(
        "lease",
        sa.Column("naam", sa.String(length=60), nullable=False),
        sa.Column("houder", sa.String(length=200), nullable=False),
        sa.Column("tot", sa.DateTime(timezone=True), nullable=False),
        sa.Column("nummer", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("naam", name=op.f("pk_lease")),
    )
    op.create_table(
        "regioversie",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("regio", sa.String(length=60), nullable=False),
        sa.Column("versie", sa.String(length=60), nullable=False),
        sa.Column("geldig_van", sa.Date(), nullable=False),
        sa.Column("inhoud", sa.JSON(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("geladen_op", sa.DateTime(timezone=True), nullable=False),
        sa.Column("door", sa.String(length=100), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_regioversie")),
        sa.UniqueConstraint("regio", "versie", name=op.f("uq_regioversie_regio_versie")),
    )
    op.create_table(
        "gebeurtenis",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("dossier_id", sa.Uuid(), nullable=False),
        sa.Column("volgnummer", sa.Integer(), nullable=False),
        sa.Column("soort", sa.String(length=60), nullable=False),
        sa.Column("geldig_op", sa.Date(), nullable=False),
        sa.Column("vastgelegd_op", sa.DateTime(timezone=True), nullable=False),
        sa.Column("bron", sa.String(length=60), nullable=False),
        sa.Column("bronkenmerk", sa.String(length=200), nullable=True),
        sa.Column("bronversie", sa.Integer(), nullable=False),
        sa.Column("actor", sa.String(length=100), nullable=False),
        sa.Column("verificatie", sa.String(length=30), nullable=False),
        sa.Column("stap_kenmerk", sa.String(length=120), nullable=True),
        sa.Column("cijfertekst", sa.LargeBinary(), nullable=False),
        sa.Column("vorige_hash", sa.String(length=64), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["dossier_id"], ["dossier.id"], name=op.f("fk_gebeurtenis_dossier_id_dossier")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_gebeurtenis")),
        sa.UniqueConstraint(
            "bron", "bronkenmerk", "bronversie", name=op.f("uq_gebeurtenis_bron_bronkenmerk_bronversie")
        ),
        sa.UniqueConstraint("dossier_id", "volgnummer", name=op.f("uq_gebeurtenis_dossier_id_volgnummer")),
    )
    op.create_table(
        "persoonsgegeven",
        sa.Column("dossier_id", sa.Uuid(), nullable=False),
        sa.Column("cijfertekst", sa.LargeBinary(), nullable=False),
        sa.Column("bsn_index", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["dossier_id"], ["dossier.id"], name=op.f("fk_persoonsgegeven_dossier_id_dossier")
        ),
        sa.PrimaryKeyConstraint("dossier_id", name=op.f("pk_persoonsgegeven")),
        sa.UniqueConstraint("bsn_index", name=op.f("uq_persoonsgegeven_bsn_index")),
    )
    op.create_table(
        "stap",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("dossier_id", sa.Uuid(), nullable=False),
        sa.Column("gemeente", sa.String(length=6), nullable=False),
        sa.Column("kenmerk", sa.String(length=120), nullable=False),
        sa.Column("stapsoort", sa.String(length=30), nullable=False),
        sa.Column("titel", sa.String(), nullable=False),
        sa.Column("status", sa.String(length=30), nullable=False),
        sa.Column("start", sa.Date(), nullable=False),
        sa.Column("streef", sa.Date(), nullable=False),
        sa.Column("uiterst", sa.Date(), nullable=True),
        sa.Column("rol", sa.String(length=30), nullable=False),
        sa.Column("waarom", sa.String(), nullable=False),
        sa.Column("artikel", sa.String(), nullable=False),
        sa.Column("besluit", sa.Boolean(), nullable=False),
        sa.Column("generatie", sa.Integer(), nullable=False),
        sa.Column("partner", sa.String(length=60), nullable=True),
        sa.Column("medewerker", sa.String(length=60), nullable=True),
        sa.Column("afspraak", sa.String(length=120), nullable=True),
        sa.Column("afsprakenversie", sa.String(length=60), nullable=True),
        sa.Column("regeling", sa.String(length=60), nullable=False),
        sa.Column("geopend_op", sa.DateTime(timezone=True), nullable=True),
        sa.Column("afgerond_op", sa.DateTime(timezone=True), nullable=True),
        sa.Column("uitkomst", sa.String(length=60), nullable=True),
        sa.Column("vervallen_waarom", sa.String(), nullable=True),
        sa.Column("run_id", sa.Uuid(), nullable=True),
        sa.Column("run_generatie", sa.Integer(), nullable=False),
        sa.Column("run_poging", sa.Integer(), nullable=False),
        sa.Column("run_gepland_op", sa.DateTime(timezone=True), nullable=True),
        sa.Column("run_opnieuw_na", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["dossier_id"], ["dossier.id"], name=op.f("fk_stap_dossier_id_dossier")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stap")),
        sa.UniqueConstraint("dossier_id", "kenmerk", name=op.f("uq_stap_dossier_id_kenmerk")),
    )
    with op.batch_alter_table("stap", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_stap_gemeente"), ["gemeente"], unique=False)
        batch_op.create_index(batch_op.f("ix_stap_partner"), ["partner"], unique=False)
        batch_op.create_index(batch_op.f("ix_stap_run_id"), ["run_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_stap_status_medewerker"), ["status", "medewerker"], unique=False)
        batch_op.create_index(batch_op.f("ix_stap_status_start"), ["status", "start"], unique=False)

    op.create_table(
        "bericht",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("sleutel", sa.String(length=300), nullable=False),
        sa.Column("soort", sa.String(length=60), nullable=False),
        sa.Column("dossier_id", sa.Uuid(), nullable=True),
        sa.Column("stap_id", sa.Uuid(), nullable=True),
        sa.Column("generatie", sa.Integer(), nullable=False),
        sa.Column("niveau", sa.Integer(), nullable=False),
        sa.Column("ontvanger_code", sa.String(length=60), nullable=False),
        sa.Column("adres", sa.String(length=254), nullable=False),
        sa.Column("message_id", sa.String(length=254), nullable=False),
        sa.Column("onderwerp", sa.String(), nullable=False),
        sa.Column("tekst", sa.String(), nullable=False),
        sa.Column("status", sa.String(length=30), nullable=False),
        sa.Column("pogingen", sa.Integer(), nullable=False),
        sa.Column("volgende_poging", sa.DateTime(timezone=True), nullable=True),
        sa.Column("poging_begonnen_op", sa.DateTime(timezone=True), nullable=True),
        sa.Column("lease_tot", sa.DateTime(timezone=True), nullable=True),
        sa.Column("lease_nummer", sa.Integer(), nullable=False),
        sa.Column("aangemaakt_op", sa.DateTime(timezone=True), nullable=False),
        sa.Column("aanvaard_op", sa.DateTime(timezone=True), nullable=True),
        sa.Column("antwoord", sa.String(), nullable=True),
        sa.Column("fout_code", sa.String(length=60), nullable=True),
        sa.ForeignKeyConstraint(["dossier_id"], ["dossier.id"], name=op.f("fk_bericht_dossier_id_dossier")),
        sa.ForeignKeyConstraint(["stap_id"], ["stap.id"], name=op.f("fk_bericht_stap_id_stap")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bericht")),
        sa.UniqueConstraint("message_id", name=op.f("uq_bericht_message_id")),
        sa.UniqueConstraint("sleutel", name=op.f("uq_bericht_sleutel")),
    )
    with op.batch_alter_table("bericht", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_bericht_dossier_id"), ["dossier_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_bericht_stap_id"), ["stap_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_bericht_status_volgende_poging"), ["status", "volgende_poging"], unique=False
        )

    op.create_table(
        "signaal",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("soort", sa.String(length=60), nullable=False),
        sa.Column("ernst", sa.String(length=20), nullable=False),
        sa.Column("dossier_id", sa.Uuid(), nullable=True),
        sa.Column("stap_id", sa.Uuid(), nullable=True),
        sa.Column("melding", sa.String(), nullable=False),
        sa.Column("sinds", sa.DateTime(timezone=True), nullable=False),
        sa.Column("opgelost_op", sa.DateTime(timezone=True), nullable=True),
        sa.Column("open_sleutel", sa.String(length=200), nullable=True),
        sa.ForeignKeyConstraint(["dossier_id"], ["dossier.id"], name=op.f("fk_signaal_dossier_id_dossier")),
        sa.ForeignKeyConstraint(["stap_id"], ["stap.id"], name=op.f("fk_signaal_stap_id_stap")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_signaal")),
        sa.UniqueConstraint("open_sleutel", name=op.f("uq_signaal_open_sleutel")),
    )
    with op.batch_alter_table("signaal", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_signaal_dossier_id"), ["dossier_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_signaal_stap_id"), ["stap_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("signaal", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_signaal_stap_id"))
        batch_op.drop_index(batch_op.f("ix_signaal_dossier_id"))

    op.drop_table("signaal")
    with op.batch_alter_table("bericht", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_bericht_status_volgende_poging"))
        batch_op.drop_index(batch_op.f("ix_bericht_stap_id"))
        batch_op.drop_index(batch_op.f("ix_bericht_dossier_id"))

    op.drop_table("bericht")
    with op.batch_alter_table("stap", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_stap_status_start"))
        batch_op.drop_index(batch_op.f("ix_stap_status_medewerker"))
        batch_op.drop_index(batch_op.f("ix_stap_run_id"))
        batch_op.drop_index(batch_op.f("ix_stap_partner"))
        batch_op.drop_index(batch_op.f("ix_stap_gemeente"))

    op.drop_table("stap")
    op.drop_table("persoonsgegeven")
    op.drop_table("gebeurtenis")
    op.drop_table("regioversie")
    op.drop_table("lease")
    with op.batch_alter_table("dossier", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_dossier_status"))
        batch_op.drop_index(batch_op.f("ix_dossier_gemeente"))

    op.drop_table("dossier")
    op.drop_table("dagwerk")
