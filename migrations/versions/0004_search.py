"""Search indexes: words of companies, concepts, series, facts and archived texts."""

from service.postgres.migration import down, up

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    up(__file__)


def downgrade() -> None:
    down(__file__)
