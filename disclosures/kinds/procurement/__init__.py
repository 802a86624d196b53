"""Things bought, built, let and given (《政府采购法实施条例》《招标投标法实施条例》)."""

from disclosures.kinds.procurement import assets, contracts, gifts, purchases, tenders, works

KINDS = (
    *purchases.KINDS,
    *tenders.KINDS,
    *contracts.KINDS,
    *works.KINDS,
    *assets.KINDS,
    *gifts.KINDS,
)
