"""Validators: does a matched text pass the checksum or the issuing rules of its kind; looked up by name."""

from leakkit.pii.validators.registry import get as get
from leakkit.pii.validators.registry import get_many as get_many
from leakkit.pii.validators.registry import names as names
