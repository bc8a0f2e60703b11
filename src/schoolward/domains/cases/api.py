from schoolward.domains.cases.services_api import router

__all__ = ["router"]
