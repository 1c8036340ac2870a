"""The code lists of the warehouse: each a tuple, in the order documentation shows them. No logic here."""

DISPOSITIONS = ("indicator", "criterion", "period", "list_marker", "reference", "masked_name", "chrome", "word")
KINDS = ("count", "amount", "percentage", "ranking")
SOURCE_STATUS = ("loaded", "duplicate", "quarantined")
ORGANISATION_TYPES = ("government", "bureau", "commission", "office", "township", "other")
LEVELS = ("national", "province", "city", "county", "township")
REPORT_TYPES = ("work_summary", "government_work_report", "bulletin", "plan", "other")
SECTION_TYPES = ("preamble", "achievements", "highlights", "problems", "plan", "closing", "chrome")
OBS_STATUS = ("Q", "L", "F", "E", "P", "A")  # SDMX CL_OBS_STATUS, the first that applies
APPROXIMATIONS = ("exact", "about", "at_least", "at_most", "range")
CHANGE_BASES = ("yoy", "mom", "since", "plan", "annual_average")
DIRECTIONS = ("up", "down", "flat")
SCENARIOS = ("actual", "expected", "planned")
TARGET_FORCES = ("binding", "strive", "anticipated", "plain")
PERIOD_TYPES = ("year", "half", "quarter", "months", "month", "to_date", "point", "multi_year", "event")
FLOW_OR_STOCK = ("flow", "stock")
PRICE_BASES = ("nominal", "constant")
BETTER = ("up", "down")
ORIGINS = ("catalogue", "derived")
CHECK_DIMENSIONS = ("completeness", "validity", "consistency", "uniqueness", "timeliness", "provenance")
SEVERITIES = ("error", "warn")
CHECK_STATUS = ("pass", "warn", "fail", "not_evaluated")
VERDICTS = ("pass", "warn", "fail")
PERIOD_CODE = (
    r"^\d{4}(?:-S[12]|-Q[1-4]|-TD|-EV|-\d{2}(?:-\d{2}(?:/P\d+[MY])?)?)?$"  # SDMX time ranges, see the contract of period codes
)
