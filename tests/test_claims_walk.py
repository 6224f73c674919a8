"""The readers of a walk stand on each other: none takes the place of another's part unawares."""

import inspect

from entrepot.claims.walk import Walk


def test_a_part_of_the_walk_is_said_again_only_where_it_calls_the_other():
    owners = {}
    for reader in Walk.__mro__[:-1]:
        for name, part in vars(reader).items():
            if inspect.isfunction(part) and not name.startswith("__"):
                owners.setdefault(name, []).append(part)
    for name, parts in owners.items():
        assert all(f"super().{name}(" in inspect.getsource(part) for part in parts[:-1]), name
