"""First passwords that an office reads out or writes down for somebody without e-mail."""

import secrets

# No letter or digit that is mistaken for another when read aloud or from paper.
READABLE = "abcdefhkmnpqrstuvwxyz2345678"
GROUPS, LENGTH = 3, 4


def readable_password() -> str:
    """A random password in groups, such as 'k7mp-3xwd-qa6h' (57 bits, from the system's source)."""
    groups = ("".join(secrets.choice(READABLE) for _n in range(LENGTH)) for _g in range(GROUPS))
    return "-".join(groups)
