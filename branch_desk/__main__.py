"""`python -m branch_desk`."""

from branch_desk.cli import main

if __name__ == "__main__":
    main()
