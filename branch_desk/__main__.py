"""`python -m branch_desk`."""

from branch_desk.start import main

if __name__ == "__main__":
    main()
