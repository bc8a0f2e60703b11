"""Assessments: instruments, scores, risk, agreement and change. Pure: files and answers in, numbers out."""
