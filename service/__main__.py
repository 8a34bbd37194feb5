"""`python -m service`, the same as `companyfacts`."""

from service.cli import main

if __name__ == "__main__":
    main(prog_name="companyfacts")
