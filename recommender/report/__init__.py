"""An evaluation as one self-contained HTML page in Chinese or English."""

from recommender.report.page import write_report as write_report
