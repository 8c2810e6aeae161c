"""Frames of bias in text: words near groups, who is mentioned, what a model answers about them."""

from __future__ import annotations

from leakkit.frames.bias_tables import GROUP, P_ADJUSTED, P_VALUE, REFERENCE, interval_columns
from leakkit.frames.frame import Column, Frame

WORD_METHODS = ("presence", "clustered_log_odds")
TEST_METHODS = ("exact", "permutation", "normal", "none")

WORD_ASSOCIATIONS = Frame(
    "word_associations",
    "one word and one group of documents beside the reference documents",
    (
        Column("word", "string", "The word, in lower case, escaped", required=True),
        GROUP,
        REFERENCE,
        Column("documents", "integer", "Documents of the group with the word", required=True),
        Column("n_documents", "integer", "Documents of the group", required=True),
        Column("documents_reference", "integer", "Documents of the reference with the word", required=True),
        Column("n_documents_reference", "integer", "Documents of the reference", required=True),
        Column("tokens", "integer", "Occurrences in the group"),
        Column("tokens_reference", "integer", "Occurrences in the reference"),
        Column("share", "number", "Share of the group's documents with the word"),
        Column("share_reference", "number", "The same of the reference"),
        *interval_columns("ratio", "Share over share of the reference", "0 or more"),
        *interval_columns(
            "log_odds", "Log odds ratio of tokens, shrunk to the corpus, by document", "natural log"
        ),
        Column("z", "number", "Statistic of the test, standard normal when nothing differs"),
        Column("method", "category", "Which test the p-value is of", WORD_METHODS, required=True),
        P_VALUE,
        P_ADJUSTED,
        Column("n_tests", "integer", "Words that were tested, over all groups", required=True),
        Column(
            "documents_left_out",
            "integer",
            "Documents not used: without a label or a word, or with terms of several groups",
        ),
    ),
    ("group", "p_value", "word"),
)

WORD_WINDOWS = Frame(
    "word_windows",
    "one word within reach of one group's terms",
    (
        GROUP,
        Column("word", "string", "The word, in lower case, escaped", required=True),
        Column("tokens", "integer", "Occurrences within reach", required=True),
        Column("documents", "integer", "Documents with such an occurrence", required=True),
        Column("n_documents", "integer", "Documents with a term of the group", required=True),
        Column("share", "number", "Share of these documents"),
        Column("low", "number", "Lower end of the interval (Wilson)"),
        Column("high", "number", "Upper end of the interval"),
        Column("expected", "number", "Occurrences expected if words fell anywhere"),
        Column("pmi", "number", "Pointwise mutual information, bits; no test"),
    ),
    ("group", "word"),
)

OCCUPATION_PRONOUNS = Frame(
    "occupation_pronouns",
    "one occupation and the pronouns near it",
    (
        Column("occupation", "string", "The occupation, as in the lexicon", required=True),
        Column("documents", "integer", "Documents that name it", required=True),
        Column("feminine", "integer", "Documents with feminine pronouns only near it", required=True),
        Column("masculine", "integer", "Documents with masculine pronouns only near it", required=True),
        Column("both", "integer", "Documents with both", required=True),
        Column("share", "number", "Feminine of feminine and masculine"),
        Column("low", "number", "Lower end of the interval (Wilson)"),
        Column("high", "number", "Upper end of the interval"),
        Column("labour_share", "number", "Share of women among the employed, 0 to 1, from the lexicon"),
        *interval_columns("excess", "Share less labour share", "-1 to 1"),
        P_VALUE,
        P_ADJUSTED,
    ),
    ("occupation",),
)

EMBEDDING_ASSOCIATIONS = Frame(
    "embedding_associations",
    "one word embedding association test",
    (
        Column("test", "string", "Name of the test", required=True),
        Column("targets_x", "string", "First set of targets", required=True),
        Column("targets_y", "string", "Second set of targets", required=True),
        Column("attributes_a", "string", "First set of attributes", required=True),
        Column("attributes_b", "string", "Second set of attributes", required=True),
        Column("n_x", "integer", "Words of the first targets in the vocabulary", required=True),
        Column("of_x", "integer", "Words of the first targets asked for", required=True),
        Column("n_y", "integer", "Words of the second targets in the vocabulary", required=True),
        Column("of_y", "integer", "Words of the second targets asked for", required=True),
        Column("n_a", "integer", "Words of the first attributes in the vocabulary", required=True),
        Column("of_a", "integer", "Words of the first attributes asked for", required=True),
        Column("n_b", "integer", "Words of the second attributes in the vocabulary", required=True),
        Column("of_b", "integer", "Words of the second attributes asked for", required=True),
        Column("coverage", "number", "Share of all words that are in the vocabulary", required=True),
        *interval_columns("effect_size", "Difference of means over standard deviation (ddof 1)", "-2 to 2"),
        Column("statistic", "number", "Sum of associations of X less that of Y"),
        Column("p_method", "category", "How the p-value was got", TEST_METHODS, required=True),
        Column("p_value", "number", "Two-sided p over partitions of the targets"),
        Column("p_documents", "number", "Two-sided p with documents as the unit; missing without texts"),
        Column("p_adjusted", "number", "The larger of the two after correction over the tests"),
        Column("null_low", "number", "2.5 % of effect sizes of random targets of like frequency"),
        Column("null_high", "number", "97.5 % of them"),
        Column("p_null", "number", "Share of random targets with an effect as large"),
        Column("n_null", "integer", "Random target sets drawn"),
        Column("warning", "string", "What to know before reading it; empty for nothing"),
    ),
    ("test",),
)

REPRESENTATION = Frame(
    "representation",
    "one kind of thing that documents mention or are: identity terms, a language, a country",
    (
        Column("axis", "string", "Axis: gender, religion, ..., language, country, dialect", required=True),
        GROUP,
        Column("documents", "integer", "Documents with it", required=True),
        Column("n_documents", "integer", "Documents looked at", required=True),
        Column("tokens", "integer", "Occurrences; missing where not counted"),
        *interval_columns("per_1000_documents", "Documents with it in a thousand", "0 to 1000"),
        Column("distinct_documents", "integer", "Documents with it after duplicates are counted once"),
    ),
    ("axis", "group"),
)

TEMPLATES = Frame(
    "templates",
    "one pattern that several documents fill in",
    (
        Column("rank", "integer", "1 for the most documents", required=True, minimum=1),
        Column(
            "template", "string", "Text in lower case, slots as □, numbers as 0, cut, escaped", required=True
        ),
        Column("words", "integer", "Words that every copy shares", required=True),
        Column("documents", "integer", "Copies, exact and filled in anew", required=True),
        Column("distinct_documents", "integer", "Copies after exact duplicates are counted once"),
        Column("n_documents", "integer", "Documents looked at", required=True),
        Column("share", "number", "Copies among these, 0 to 1"),
        Column("groups", "list", "Groups that at least half of the copies mention"),
    ),
    ("rank",),
)

TEMPLATE_SKEW = Frame(
    "template_skew",
    "one group, and how far copies of templates inflate its count",
    (
        Column("axis", "string", "Axis of the group", required=True),
        GROUP,
        Column("documents", "integer", "Documents that mention it", required=True),
        Column("n_documents", "integer", "Documents looked at", required=True),
        Column("from_templates", "integer", "Documents among them that copy a template", required=True),
        Column("forms", "integer", "Different forms among them after slots are masked", required=True),
        Column("n_forms", "integer", "Different forms among all documents", required=True),
        Column("largest", "number", "Share of its documents that copy its most frequent template"),
        Column("per_1000_documents", "number", "Documents that mention it in a thousand"),
        Column("per_1000_forms", "number", "Forms that mention it in a thousand"),
        Column("inflation", "number", "The former over the latter: 1 where copies change nothing"),
    ),
    ("axis", "group"),
)

LABEL_BIAS = Frame(
    "label_bias",
    "one identity group in annotated text: how often texts that mention it carry the label",
    (
        Column("axis", "string", "Axis of the group", required=True),
        GROUP,
        Column("label", "string", "The label, escaped", required=True),
        Column("n", "integer", "Documents that mention the group", required=True),
        Column("k", "integer", "Documents among them with the label", required=True),
        Column("n_others", "integer", "Documents that mention no group", required=True),
        Column("k_others", "integer", "Documents among them with the label", required=True),
        *interval_columns("rate", "Share with the label among those that mention the group", "0 to 1"),
        Column("rate_others", "number", "Share with the label among the others"),
        *interval_columns("difference", "Difference of the two", "-1 to 1"),
        *interval_columns("ratio", "Ratio of the two", "0 or more"),
        P_VALUE,
        P_ADJUSTED,
    ),
    ("axis", "group", "label"),
)

OUTPUT_COMPARISONS = Frame(
    "output_comparisons",
    "one measure of a model's answers to prompts that differ in one term",
    (
        Column("axis", "string", "Axis of the terms", required=True),
        GROUP,
        REFERENCE,
        Column("measure", "string", "refusal, pleasant, unpleasant, words, ...", required=True),
        Column("n_pairs", "integer", "Pairs of prompts", required=True),
        Column("mean", "number", "Share or mean of the group's answers"),
        Column("mean_reference", "number", "The same of the reference's answers"),
        *interval_columns("difference", "Mean of the differences in pairs", "units of the measure"),
        Column("only_group", "integer", "Pairs in which only the group's answer has it; shares only"),
        Column("only_reference", "integer", "Pairs in which only the reference's answer has it"),
        Column("p_method", "category", "How the p-value was got", ("mcnemar_exact", "permutation", "none")),
        P_VALUE,
        P_ADJUSTED,
    ),
    ("axis", "group", "measure"),
)

PROSE = Frame(
    "prose",
    "one field of one member whose values are texts that people read",
    (
        Column("path", "string", "Member it stands in, as in the artifacts frame", required=True),
        Column("field", "string", "Field; places in lists are written [*]", required=True),
        Column("documents", "integer", "Texts of at least the words asked for", required=True),
        Column("words", "integer", "Words in them", required=True),
        Column("words_per_document", "number", "Mean of words", required=True),
    ),
    ("path", "field"),
)

OUTPUTS = Frame(
    "outputs",
    "one prompt and the answer that a model gave",
    (
        Column("path", "string", "Where it stands in the leak; empty when a frame was given", required=True),
        Column("row", "integer", "Record of the member, from 0", required=True),
        Column("turn", "integer", "Which exchange of the record, from 0", required=True),
        Column("model", "string", "Model, as the record names it"),
        Column("pair_id", "string", "Pair that the log itself names"),
        Column("axis", "string", "Axis of its term, as the log names it"),
        Column("term", "string", "Term that the log says the prompt was filled with"),
        Column("prompt", "string", "What was asked; raw, do not print it", required=True),
        Column("response", "string", "What was answered; raw, do not print it", required=True),
    ),
    ("path", "row", "turn"),
)

PROMPT_PAIRS = Frame(
    "prompt_pairs",
    "one prompt of a set that differs in one term alone",
    (
        Column("pair", "integer", "The set, from 0", required=True),
        Column("axis", "string", "Axis of the terms, escaped", required=True),
        GROUP,
        Column("place", "integer", "Place of the prompt in what was given, from 0", required=True),
        Column(
            "template",
            "string",
            "The words that all have in common, escaped and cut; of a leak, so mask it",
            required=True,
        ),
    ),
    ("pair", "group", "place"),
)

ANNOTATIONS = Frame(
    "annotations",
    "one table of annotated texts, and how it is to be read",
    (
        Column("path", "string", "Member it stands in, as in the artifacts frame", required=True),
        Column("text", "string", "Column of the texts", required=True),
        Column("label", "string", "Column of the labels", required=True),
        Column("counted", "string", "The label that is counted, toxic say", required=True),
        Column("without", "string", "Words, separated by spaces; texts with one of them are left out"),
    ),
    ("path",),
)

LEXICON = Frame(
    "lexicon",
    "one term of a lexicon",
    (
        Column("term", "string", "Term in lower case; a phrase has single spaces", required=True),
        Column("group", "string", "What the term stands for", required=True),
        Column(
            "axis", "string", "gender, religion, origin, occupation, valence, pronoun, ...", required=True
        ),
        Column("form", "string", "singular, plural, adjective, subject, ...; empty where it does not matter"),
        Column("value", "number", "Number that goes with it: share of women in an occupation, 0 to 1"),
        Column("sensitive", "boolean", "A slur or outdated word: shown only after a warning", required=True),
        Column("source", "string", "Where the term or number is from", required=True),
        Column("note", "string", "What misleads: other senses, homographs"),
    ),
    ("axis", "group", "term"),
)
