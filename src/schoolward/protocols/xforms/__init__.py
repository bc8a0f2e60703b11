"""XForms and XLSForms: read, compiled to one JSON value, evaluated, written.

After https://getodk.github.io/xforms-spec/. Bytes in, values out; nothing here knows Django, a database or a
page. `docs/reference/compiled-forms.md` describes the compiled form, which the browser evaluates as well.
"""
