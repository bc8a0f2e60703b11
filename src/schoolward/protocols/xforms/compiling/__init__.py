"""A definition in, the compiled form out: JSON for both runtimes (`docs/reference/compiled-forms.md`)."""

from .form import FORMAT, CompiledForm, compile_form

__all__ = ["FORMAT", "CompiledForm", "compile_form"]
