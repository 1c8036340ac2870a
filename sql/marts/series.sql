-- One row per organisation × indicator × kind × change_basis × period window × scenario group: the mention chosen for it (see choices).
-- The organisation goes by the name in its latest report.
select * exclude (observation_row)
from steps.cells
