"""What the cells of the bundled tables of facts may hold: columns, kinds and words with their meaning."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

VECTORS = {
    "misconfigured_storage": "database, bucket or document store open through settings",
    "publication_error": "private material shipped in a release, package, page or installer",
    "application_bug": "flaw in code or authorisation, including injection and prompt extraction",
    "design_default": "worked as designed, but the default or the design exposed data",
    "credential_exposure": "key, token or password published, guessed, default, or stolen and used again",
    "insider_leak": "person with legitimate access passed it on",
    "third_party_vendor": "exposure at or through a supplier or contractor",
    "supply_chain_compromise": "poisoned software dependency or build",
    "external_intrusion": "outside attacker, route not better known",
    "misuse_by_user": "staff put data into an unsuitable AI service",
    "social_engineering": "person tricked into giving access",
    "research_release_abuse": "material shared for research used beyond its terms",
    "scraping": "unwanted content gathered into or found in a collected data set",
    "model_extraction": "content or capability drawn out of a model by querying",
    "ai_agent_action": "an AI agent's own action caused the exposure",
    "unknown": "route not known",
}
ARTIFACTS = {
    "model_weights": "parameters of a model",
    "model_access": "use of a model without a copy of it",
    "model_config": "settings and choices of models",
    "model_outputs": "answers harvested in bulk",
    "source_code": "programs",
    "training_data": "what a model was or would be trained on",
    "evaluation_data": "items and answers of benchmarks",
    "test_logs": "logs, telemetry, results of tests",
    "system_prompt": "instructions given to a model before the user's",
    "user_conversations": "prompts, chats, transcripts",
    "user_records": "accounts, profiles, files about people",
    "user_media": "photos, audio, video of or from users",
    "biometric_data": "faces, fingerprints, voices used to recognise people",
    "credentials": "passwords, keys, tokens",
    "internal_documents": "papers of the organisation",
    "policy_documents": "drafts of law or policy",
}
CATEGORIES = (
    "biometrics",
    "child_sexual_abuse_material",
    "children",
    "contact_details",
    "credentials",
    "employment",
    "faces",
    "government_id",
    "health",
    "identity_documents",
    "intimate_conversations",
    "intimate_images",
    "legal",
    "location",
    "payment",
    "self_harm",
    "sex_life",
    "viewing_history",
)
SECTORS = (
    "ai_application",
    "ai_companion",
    "ai_data_vendor",
    "ai_developer",
    "ai_infrastructure",
    "automotive",
    "consumer_device",
    "electronics",
    "finance",
    "government",
    "health",
    "professional_services",
    "recruitment",
    "research",
    "software",
    "surveillance",
)
CONFIDENCES = {
    "low": "recalled, nothing read",
    "medium": "only partial support was read",
    "high": "a source that supports the figures was read",
}
LEAK_STATUSES = {
    "confirmed": "owner, court, regulator or solid evidence",
    "alleged": "one side only",
    "disputed": "the owner contests scale or fact",
}
DUTIES = {
    "notify_authority": "tell an authority",
    "notify_people": "tell the people concerned",
    "notify_market": "tell investors, media or credit agencies",
    "notify_customer": "processor tells controller, deployer tells provider",
    "record_keeping": "keep a record",
    "model_provider_duty": "duty of who provides a model",
    "fine_ceiling": "most that a fine may be",
}
UNITS = ("hours", "calendar_days", "business_days", "months", "years")
FINE_RULES = {
    "higher_of": "the higher of amount and share of turnover",
    "lower_of_for_SME": "the lower of both, for each tier; goes with the rows of the tiers",
    "fixed": "an amount",
    "turnover_only": "a share of turnover",
    "turnover_capped_at_fixed": "a share of turnover, at most the amount",
    "either": "the text does not say which prevails",
}
DUTY_STATUSES = {
    "in_force": "in force when the table was made",
    "enacted_future": "adopted, in_force_from still ahead when the table was made",
    "proposed": "not adopted; no law",
    "superseded": "replaced by a later text",
    "repealed": "no longer law",
}
TOPICS = ("breach_cost", "breach_share", "memorisation")


@dataclass(frozen=True, slots=True)
class Cell:
    """What a column may hold.

    `kind` is id, text, word, words (several, ``;`` between), date (to the year, month or day), day, count,
    amount, percent, year, currency, country, jurisdiction or url.
    """

    column: str
    kind: str = "text"
    allowed: tuple[str, ...] = ()
    required: bool = False


@dataclass(frozen=True)
class Table:
    """A bundled table of facts: its file, the columns that name a row, and its cells."""

    file: str
    key: tuple[str, ...]
    cells: tuple[Cell, ...]
    columns: tuple[str, ...] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "columns", tuple(cell.column for cell in self.cells))

    @property
    def name(self) -> str:
        """Name of the file without its ending."""
        return self.file.removesuffix(".csv")


def _words(column: str, allowed: Mapping[str, str] | tuple[str, ...], *, required: bool = True) -> Cell:
    """Give a column of one word out of a closed list."""
    return Cell(column, "word", tuple(allowed), required)


_SOURCES = (Cell("source_title"), Cell("source_url", "url"))

AI_LEAKS = Table(
    "ai_leaks.csv",
    ("incident_id",),
    (
        Cell("incident_id", "id", required=True),
        Cell("title", required=True),
        Cell("organisation", required=True),
        _words("sector", SECTORS),
        Cell("date_occurred", "date"),
        Cell("date_disclosed", "date"),
        _words("date_precision", ("day", "month", "year", "unknown")),
        _words("exposure_vector", VECTORS),
        Cell("artifact_types", "words", tuple(ARTIFACTS), required=True),
        Cell("records_exposed", "count"),
        Cell("bytes_exposed", "count"),
        Cell("people_affected", "count"),
        _words("pii", ("yes", "no", "unknown")),
        Cell("sensitive_categories", "words", CATEGORIES),
        Cell("country", "country"),
        Cell("regulator_action"),
        Cell("fine_amount", "amount"),
        Cell("fine_currency", "currency"),
        Cell("discovered_by"),
        _words("status", LEAK_STATUSES),
        *_SOURCES,
        Cell("source_url_2", "url"),
        Cell("notes", required=True),
        _words("confidence", CONFIDENCES),
    ),
)
LEGAL_DUTIES = Table(
    "legal_duties.csv",
    ("duty_id",),
    (
        Cell("duty_id", "id", required=True),
        Cell("jurisdiction", "jurisdiction", required=True),
        Cell("instrument", required=True),
        Cell("article"),
        _words("duty", DUTIES),
        Cell("trigger", required=True),
        Cell("deadline_hours", "count"),
        Cell("deadline_value", "count"),
        _words("deadline_unit", UNITS, required=False),
        Cell("threshold"),
        Cell("fine_fixed_amount", "amount"),
        Cell("fine_currency", "currency"),
        Cell("fine_turnover_percent", "percent"),
        _words("fine_rule", FINE_RULES, required=False),
        Cell("in_force_from", "day"),
        _words("status", DUTY_STATUSES),
        *_SOURCES,
        Cell("notes"),
        _words("confidence", CONFIDENCES),
    ),
)
CORPUS_PII_PREVALENCE = Table(
    "corpus_pii_prevalence.csv",
    ("corpus", "entity"),
    (
        Cell("corpus", required=True),
        Cell("entity", "id", required=True),
        Cell("count", "count"),
        Cell("precision_percent", "percent"),
        Cell("corpus_documents", "count"),
        Cell("rate_per_1000_documents", "amount"),
        Cell("rate_text"),
        Cell("method", required=True),
        *_SOURCES,
        Cell("notes"),
        _words("confidence", CONFIDENCES),
    ),
)
HARM_REFERENCE_POINTS = Table(
    "harm_reference_points.csv",
    ("topic", "measure", "population_or_model", "year"),
    (
        _words("topic", TOPICS),
        Cell("measure", required=True),
        Cell("value"),
        Cell("unit"),
        Cell("population_or_model"),
        Cell("year", "year"),
        *_SOURCES,
        Cell("licence_note"),
        Cell("notes"),
        _words("confidence", CONFIDENCES),
    ),
)
TABLES = (AI_LEAKS, LEGAL_DUTIES, CORPUS_PII_PREVALENCE, HARM_REFERENCE_POINTS)
"""The four tables of facts that ship with leakkit."""
