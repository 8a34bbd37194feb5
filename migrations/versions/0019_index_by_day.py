"""The index of versions by day is for questions about a company, and not for those about a fact."""

from service.postgres.migration import down, up

revision = "0019"
down_revision = "0018"


def upgrade() -> None:
    up(__file__)


def downgrade() -> None:
    down(__file__)
