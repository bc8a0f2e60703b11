"""The frame that every page stands in: navigation, lists, forms, components, charts and maps."""
