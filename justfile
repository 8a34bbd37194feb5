# One command for each task. CI runs .ci/run.

# list the commands
default:
    @just --list

# the service with its own Postgres, e.g. `just serve --port 8080`
serve *flags:
    uv run companyfacts serve {{flags}}

# the tests, e.g. `just test tests/core -x`
test *flags:
    uv run pytest {{flags}}

# format, then lint, types and import direction
check:
    uv run ruff format
    uv run ruff check
    uv run pyright
    uv run lint-imports

# pin what pyproject.toml asks for; `just lock --upgrade` takes the newest versions
lock *flags:
    .ci/lock {{flags}}

# rewrite the committed OpenAPI document from the code
openapi:
    uv run companyfacts openapi > openapi/openapi.json

# rewrite the committed schema from the migrations
schema:
    uv run python -m migrations.dump

# start the container image and PostgreSQL 18, on http://127.0.0.1:8000
up:
    docker compose up --build --detach

# stop them and throw their data away
down:
    docker compose down --volumes

# the whole gate, as in CI
ci:
    .ci/run
