"""The sources that a source is derived from, and how many publishers verify a fact on their own."""

from service.postgres.migration import down, up

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    up(__file__)


def downgrade() -> None:
    down(__file__)
