"""Text to claims: the trade numbers of a story, with what each measures, and what they say of each other."""

from entrepot.claims.claim import Claim as Claim
from entrepot.claims.clauses import each as each
from entrepot.claims.clauses import read as read
