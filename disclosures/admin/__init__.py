"""The pages of the workplace about what is disclosed: editions, and the catalogue they follow."""

from disclosures.admin import adoption, catalogue, editions, registers

__all__ = ["adoption", "catalogue", "editions", "registers"]
