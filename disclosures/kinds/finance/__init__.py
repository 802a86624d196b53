"""Money: from the yearly budget to the party's dues (《预算法》第十四条)."""

from disclosures.kinds.finance import balances, budgets, execution, expenses, funds, meals, terms

KINDS = (
    *budgets.KINDS,
    *execution.KINDS,
    *terms.KINDS,
    *balances.KINDS,
    *expenses.KINDS,
    *meals.KINDS,
    *funds.KINDS,
)
