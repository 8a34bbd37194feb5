"""`companyfacts`, and `python -m service`, which is the same.

A worker process imports the module that its parent was started by, and so this one: it imports nothing itself.
"""


def main() -> None:
    """The command line."""
    from service.cli.commands import main as commands

    commands(prog_name="companyfacts")


if __name__ == "__main__":
    main()
