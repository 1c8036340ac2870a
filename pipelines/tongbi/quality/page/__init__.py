"""What the report's page is made of: data from the published warehouse, sentences around failing rows, charts, templates, machine-readable twins.

What belongs here: showing. What does not: judging (`quality.evaluate`) and writing files (`quality.report`, `quality.view`).
"""
