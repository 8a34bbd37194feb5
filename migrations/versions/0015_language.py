"""The language of a source."""

from service.postgres.migration import down, up

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    up(__file__)


def downgrade() -> None:
    down(__file__)
