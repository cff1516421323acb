"""The words of the house as data: one YAML file per vocabulary, each term with its meaning and its source."""

from rapallo.vocab.terms import Term, Vocabulary, check, names, vocabulary

__all__ = ["Term", "Vocabulary", "check", "names", "vocabulary"]
