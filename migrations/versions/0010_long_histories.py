"""Indexes by which a write finds the few versions of a fact that it needs, however many the fact has."""

from service.postgres.migration import down, up

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    up(__file__)


def downgrade() -> None:
    down(__file__)
