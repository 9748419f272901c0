"""What Microsoft's refusals of the bot itself mean, in words: `check --live`, the log and the administrators are told the same."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from bot.delivery.senders import RetryLater
from bot.platforms.teams.clouds import CLOUDS
from bot.settings import TeamsSettings

# https://learn.microsoft.com/entra/identity-platform/reference-error-codes. The codes may change: Entra's own words are told as well.
_CODES = {
    "7000112": "the application is switched off. Switch it on: Entra, Enterprise applications, Properties",
    "7000215": "{secret} isn't the secret. Copy the secret's Value, not its Secret ID: Entra, App registrations, Certificates & secrets",
    "7000222": "the secret in {secret} has ended. Make a new one: Entra, App registrations, Certificates & secrets",
    "7000229": "the application has no service principal in the tenant. Make one: az ad sp create --id APP-ID",
    "700016": "the tenant in {tenant} doesn't know the application in {app}. Compare both with Entra, App registrations, Overview",
    "700027": "Entra doesn't know the certificate in {secret}. Upload its public part: Entra, App registrations, Certificates & secrets",
    "90002": "there is no tenant with the id in {tenant}. Copy the Directory (tenant) ID: Entra, App registrations, Overview",
    "900023": "{tenant} doesn't hold a tenant's id. Copy the Directory (tenant) ID: Entra, App registrations, Overview",
}
_NO_IDENTITY = (
    "Teams: Azure gives the bot no token. Is the user-assigned managed identity whose client id {app} holds assigned to this machine (Identity, "
    "User assigned), and does it run on Azure? It says: {said}."
)
_UNREACHED = "Let this machine call {host} on port 443, or try again in a minute."


def unreached(error: RetryLater, names: TeamsSettings) -> str:
    """What it means that nobody answers."""
    if names.managed_identity:
        return _NO_IDENTITY.format(app=names.app_id_env, said=str(error).rstrip("."))
    return f"Teams: Microsoft's sign-in can't be reached: {error}. {_UNREACHED.format(host=urlsplit(CLOUDS[names.cloud].login).netloc)}"


def explained(refusal: str, names: TeamsSettings) -> str:
    """Give what Entra's refusal means and what to do next: by its code where that is known, with Entra's own first sentence."""
    if names.managed_identity:
        return _NO_IDENTITY.format(app=names.app_id_env, said=refusal.rstrip("."))
    match = re.search(r"AADSTS(\d+):\s*([^\r\n]*)", refusal)
    if match is None:
        known = "Compare {app}, {tenant} and {secret} with Entra, App registrations"
        said = refusal
    else:
        known = _CODES.get(match[1], "Look the code up at https://login.microsoftonline.com/error")
        said = f"AADSTS{match[1]}: {match[2].partition(' Trace ID')[0]}"
    secret = names.certificate_env or names.app_password_env
    what = known.format(app=names.app_id_env, tenant=names.tenant_id_env, secret=secret)
    return f"Teams: Entra gives the bot no token: {what}. It says: {said.rstrip('.')}."
