"""The log, the registries, facts and their versions."""

from service.postgres.migration import down, up

revision = "0001"
down_revision = None


def upgrade() -> None:
    up(__file__)


def downgrade() -> None:
    down(__file__)
